"""A call and entries to keep."""

from dataclasses import replace

import pendulum

from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.guide import Guide, Priority, Topic, Unparsed
from iview_tui.domain.record import CallRecord, Contact

AT = pendulum.datetime(2026, 3, 4, 14, 0, tz="UTC")


def sample_call() -> CallRecord:
    """A call that was just connected, with a guide of two topics."""
    return CallRecord(
        id="0a0a0a0a-0000-4000-8000-000000000001",
        contact=Contact(
            id="c0c0c0c0-0000-4000-8000-000000000001",
            name="Priya Raghunathan",
            organization="Civic Works",
            role="planner",
            emails=("priya@civic.example",),
            phones=("+1 202 555 0143",),
            via="Susan Wilson",
        ),
        guide=Guide(
            title="Planning",
            purpose="to learn what planners do",
            topics=(
                Topic(1, "Rewarding side", "What do you enjoy?", "Field", Priority.MUST, 3.0),
                Topic(
                    2,
                    "Skills",
                    "What does one need?",
                    key="general_skills",
                    probes=("which were learned on the job?",),
                    background=("the brochure says statistics",),
                    keywords=("skill",),
                ),
            ),
            opening=("Thanks for the time.",),
            opening_minutes=4.0,
            close=("Could you suggest others?",),
            kept=(Unparsed(7, "??"),),
        ),
        purpose="to learn what planners do",
        agreed_minutes=30,
        planned_at=AT,
        connected_at=AT.add(seconds=3, microseconds=250),
        time_zone="America/New_York",
        entries=(entry(0, Kind.START, value={"agreed_minutes": 30}),),
        boot_id="boot-1",
        boot_at_connect=1234.5,
    )


def entry(number: int, kind: Kind = Kind.NOTE, text: str = "", **more: object) -> Entry:
    """An entry whose line, second and id are its number."""
    made = Entry(
        id=f"e{number:04}", line=number, kind=kind, entered=number, stamp=number, text=text
    )
    return replace(made, **more)  # type: ignore[arg-type]
