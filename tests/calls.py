"""Whole calls on a held clock, for tests: lines in, the folded call out."""

from collections.abc import Sequence

import pendulum
from pendulum import DateTime

from iview_tui.clock import HeldClock
from iview_tui.domain.desk import Answer
from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.guide import Guide, Priority, Topic
from iview_tui.domain.live import LiveInterview
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.services.bank import lexicon
from iview_tui.services.call import Keeper, LiveCall, MemoryKeeper, ids_from
from iview_tui.services.replay import play, read_script

START = pendulum.datetime(2026, 11, 24, 14, 0, tz="Europe/Berlin")
"""A Tuesday, two in the afternoon."""
TITLES = (
    "Rewarding", "Skills", "Tools", "Training", "Entry level", "Negatives", "Future", "Ways in",
)  # fmt: skip


def topic(
    number: int, *, must: bool = False, minutes: float = 2.5, priority: Priority | None = None
) -> Topic:
    """The topic of that number, named after `TITLES`."""
    title = TITLES[(number - 1) % len(TITLES)]
    chosen = priority or (Priority.MUST if must else Priority.SHOULD)
    return Topic(number, title, f"What about {title.lower()}?", "", chosen, minutes)


def guide(
    count: int = 5,
    *,
    musts: Sequence[int] = (),
    minutes: float = 2.5,
    opening_minutes: float | None = 0.0,
) -> Guide:
    """A list of so many topics, without an opening unless it is given."""
    topics = tuple(topic(n, must=n in musts, minutes=minutes) for n in range(1, count + 1))
    return Guide("A list", None, topics, opening_minutes=opening_minutes)


class Played:
    """A call that goes on line by line; moments are seconds after connecting."""

    def __init__(
        self,
        questions: Guide | None = None,
        minutes: int = 30,
        *,
        scripted: bool = True,
        back_date: int = 0,
        planned_end: DateTime | None = None,
        keeper: Keeper | None = None,
        start: DateTime = START,
    ) -> None:
        """Connect."""
        contact = Contact("c1", "Priya Raghunathan")
        record = CallRecord(
            "i1", contact, questions or guide(), None, minutes, None, None, "Europe/Berlin"
        )
        self.clock = HeldClock(start.in_timezone("UTC"))
        self.call = LiveCall(
            record, clock=self.clock, keeper=keeper or MemoryKeeper(), lexicon=lexicon(),
            new_id=ids_from(1), back_date=back_date, scripted=scripted,
        )  # fmt: skip
        self.answer = Answer()
        self.call.connect(planned_end=planned_end)

    def until(self, moment: int, *, step: int = 1) -> "Played":
        """Let the seconds pass, one by one, or `step` at once."""
        while self.live.now < moment:
            self.clock.advance(min(step, moment - self.live.now))
            self.call.tick()
        return self

    def line(self, moment: int, text: str) -> Answer:
        """Enter a line at a moment."""
        self.answer = self.until(moment).call.enter(text)
        return self.answer

    def lines(self, *lines: tuple[int, str]) -> "Played":
        """Enter several."""
        for moment, text in lines:
            self.line(moment, text)
        return self

    def key(self, moment: int, command: str) -> Answer:
        """Press a key at a moment."""
        self.answer = self.until(moment).call.press(command)
        return self.answer

    @property
    def live(self) -> LiveInterview:
        """The call as it stands."""
        return self.call.live

    @property
    def last(self) -> Entry:
        """The entry that was written last, but for sentences."""
        return next(e for e in reversed(self.live.log) if e.kind is not Kind.SHOWN)

    @property
    def said(self) -> str:
        """What stands on the prompt line."""
        return self.call.prompt.text if self.call.prompt else ""

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of what stands on the prompt line."""
        return tuple(map(str, self.call.prompt.kinds)) if self.call.prompt else ()

    def state(self, number: int) -> str:
        """How far a topic is."""
        return str(self.live.coverage(number).state)

    @property
    def prompts(self) -> list[tuple[int, str]]:
        """When each kind of sentence came to stand, in order."""
        shown = (e for e in self.live.log if e.kind is Kind.SHOWN)
        return [(e.entered, e.value["kind"]) for e in shown]

    def of(self, *kinds: Kind) -> list[Entry]:
        """The entries of some kinds that count."""
        return [e for e in self.live.counting if e.kind in kinds]


def played(script: str, questions: Guide | None = None, minutes: int = 30) -> Played:
    """A script `mm:ss line`, played to its end."""
    one = Played.__new__(Played)
    contact = Contact("c1", "Priya Raghunathan")
    record = CallRecord(
        "i1", contact, questions or guide(), None, minutes, None, None, "Europe/Berlin",
        origin="replay",
    )  # fmt: skip
    one.clock = HeldClock(START.in_timezone("UTC"))
    one.call = LiveCall(
        record, clock=one.clock, keeper=MemoryKeeper(), lexicon=lexicon(), new_id=ids_from(script),
        back_date=0, scripted=True,
    )  # fmt: skip
    for _, answer in play(one.call, one.clock, read_script(script)):
        one.answer = answer
    return one
