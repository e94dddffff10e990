"""The made-up call that is shown to whoever wants to see one; nothing of it is kept."""

from importlib.resources import files

import pendulum

from iview_tui.clock import HeldClock
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.interchange.guides import parse_guide
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper, ids_from
from iview_tui.services.guides import short_names
from iview_tui.services.replay import Cue, play, read_script

MINUTES = 30
BEGINS = pendulum.datetime(2026, 3, 2, 14, 0)


def ready(*, plain: bool = False) -> tuple[LiveCall, HeldClock, tuple[Cue, ...]]:
    """The call before it begins, the clock it goes by, and the lines that will be typed."""
    bank = files("iview_tui.domain") / "bank"
    guide = parse_guide((bank / "demo.md").read_text(encoding="utf-8"), "md", bank=short_names())
    new_id = ids_from("demo")
    priya = Contact(
        new_id(), "Priya Raghunathan", "Civic Works", "planner", ("priya@civicworks.example",),
        ("+1 555 0142",), "Susan Wilson",
    )  # fmt: skip
    record = CallRecord(
        new_id(), priya, guide, guide.purpose, MINUTES, None, None, "UTC", origin="rehearse"
    )
    clock = HeldClock(BEGINS)
    call = LiveCall(
        record, clock=clock, keeper=MemoryKeeper(), lexicon=lexicon(), new_id=new_id,
        back_date=0, scripted=True, undoes="/undo undoes" if plain else "^Z undoes",
    )  # fmt: skip
    return call, clock, read_script((bank / "demo.script").read_text(encoding="utf-8"))


def tour() -> tuple[Cue, ...]:
    """What a newcomer is told of what is just shown, from which second on."""
    bank = files("iview_tui.domain") / "bank"
    return read_script((bank / "demo.tour").read_text(encoding="utf-8"))


def played() -> LiveCall:
    """The call when it is over."""
    call, clock, cues = ready()
    for _ in play(call, clock, cues):
        pass
    return call
