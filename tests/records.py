"""Calls for the tests, played line by line on a held clock."""

from collections.abc import Iterable
from pathlib import Path

import pendulum

from iview_tui.clock import HeldClock
from iview_tui.domain.guide import Guide, Priority, Topic
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper, ids_from

EXAMPLE = Path(__file__).parent / "journeys" / "example"
AT = pendulum.datetime(2026, 11, 24, 14, tz="Europe/Berlin")
GUIDE = Guide(
    "Urban planning",
    "find out whether city planning is a field for me",
    (
        Topic(1, "Rewarding side", "What do you enjoy?", "The field", Priority.SHOULD, 3.0),
        Topic(2, "Training", "What training counts?", "The field", Priority.MUST, 2.5),
    ),
    ("Thank you for making time.",),
    2.0,
)


def played(
    lines: Iterable[tuple[int, str]], *, seed: str = "", minutes: int = 20, name: str = "Ana Brandt"
) -> CallRecord:
    """The record of a call of (second, line), the half-typed line included."""
    ids = ids_from("tests", seed, minutes, name)
    record = CallRecord(
        ids(), Contact(ids(), name), GUIDE, None, minutes, None, None, "Europe/Berlin"
    )
    clock = HeldClock(AT, zone="Europe/Berlin")
    call = LiveCall(
        record, clock=clock, keeper=MemoryKeeper(), lexicon=lexicon(), new_id=ids,
        back_date=0, scripted=True,
    )  # fmt: skip
    call.connect()
    now = 0
    for second, line in lines:
        for _ in range(second - now):
            clock.advance(1)
            call.tick()
        now = max(now, second)
        call.draft(call.enter(line).line)
    return call.record
