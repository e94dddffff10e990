"""What the tracker makes of a call: one suggestion at a time, and what was answered in passing.

It is told the log entry by entry, so that a call that is taken up again stands where it stood.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from iview_tui.domain import line as grammar
from iview_tui.domain.desk import Offer
from iview_tui.domain.entry import WORDS, Entry, Kind
from iview_tui.domain.lexicon import Lexicon
from iview_tui.domain.live import LiveInterview, Phase

if TYPE_CHECKING:
    from iview_tui.domain.tracking import Reading

LEAST_WORDS = 3
"""Words of a half-typed line from which on it is looked at."""
LULL = 20
"""Seconds without words after which what was probably answered is offered."""
AGAIN = 120
"""Seconds for which what captions speak of is not offered a second time."""
_MOVES = (Kind.GO, Kind.NEXT, Kind.SKIP)
_KINDS = {
    Kind.REFERRAL: "a name", Kind.ORGANIZATION: "an organization", Kind.OPPORTUNITY: "an opening",
    Kind.PROMISE_THEIRS: "they promise", Kind.PROMISE_MINE: "I promise",
}  # fmt: skip
_WEIGHT = {"private": 0, "clock": 1, "kind": 2, "list": 3, "topic": 4}
"""One offer at a time: a lower one goes first."""


class Tracker(Protocol):
    """What follows a call; topics are named by their numbers, times are seconds of the call."""

    def asked(self, number: int | None, t: float) -> None:
        """A topic became current, or none."""

    def take(self, number: int, t: float) -> None:
        """A suggestion was taken."""

    def refuse(self, number: int, t: float) -> None:
        """A suggestion was put away."""

    def read(self, text: str, t: float, speaker: str | None = None, final: bool = True, *,
             spoken: bool | None = None) -> Reading:  # fmt: skip
        """What a note, or a line of captions, is about; one that is not `final` is not kept."""

    def probably_answered(self) -> tuple[int, ...]:
        """Topics that nobody asked and that were probably answered."""

    def trouble(self) -> str:
        """What is wrong with the tracker, in words; empty where nothing is."""

    def close(self) -> None:
        """The call is left."""


class Following:
    """A tracker beside a call."""

    def __init__(self, tracker: Tracker, lexicon: Lexicon) -> None:
        self._tracker = tracker
        self._lexicon = lexicon
        self._seen = 0
        self._half = ""
        self._offered: set[int] = set()
        """Topics that were offered for the half-typed line."""
        self._in_passing: set[int] = set()
        """Topics that were offered as answered in passing."""
        self._spoken: dict[int, int] = {}
        """When a topic was last offered for what captions said."""
        self.maybe: frozenset[int] = frozenset()
        """Topics that were probably answered in passing."""

    def heard(self, live: LiveInterview, standing: Offer | None) -> Offer | None:
        """Tell what came to the log; the offer that stands from now on."""
        reading: tuple[Entry, Reading] | None = None
        for entry in live.log[self._seen :]:
            reading = self._tell(entry) or reading
        self._seen = len(live.log)
        if reading is not None:
            self._half, self._offered = "", set()
            self.maybe = frozenset(self._tracker.probably_answered())
        if reading is None or live.phase is not Phase.LIVE:
            return standing
        offer = self._of_entry(live, *reading)
        if offer is None or (standing and _WEIGHT[standing.kind] <= _WEIGHT[offer.kind]):
            return standing
        return offer

    def typed(self, live: LiveInterview, half: str, standing: Offer | None) -> Offer | None:
        """What to offer for a half-typed line, or in a lull."""
        if live.phase is not Phase.LIVE:
            return standing
        if half == self._half:
            return standing if half or standing else self._lull(live)
        self._half = half
        if standing is not None and not _is_typed(standing):
            return standing
        if half.startswith("/") or len(half.split()) < LEAST_WORDS:
            return None
        reading = self._tracker.read(half, live.now, final=False)
        number = reading.suggestion
        if number is None or number == live.current or not self._takes(live, number, half):
            return None
        if standing is not None and standing.topics[:1] == (number,):
            return standing
        if number in self._offered:
            return None
        self._offered.add(number)
        return self._offer(live, number, reading, ())

    def said(
        self, live: LiveInterview, text: str, speaker: str | None, final: bool,
        standing: Offer | None,
    ) -> Offer | None:  # fmt: skip
        """Tell a line of captions, of Q, A or nobody known; the offer that stands from now on.

        Captions tick nothing: a question of the interviewer only moves what the tracker expects,
        and a topic that they speak of is offered for the line that is typed, or typed next.
        """
        if live.phase is not Phase.LIVE:
            return standing
        reading = self._tracker.read(text, live.now, speaker, final, spoken=True)
        if final:
            self.maybe = frozenset(self._tracker.probably_answered())
        number = reading.suggestion
        if number is None or number == live.current or standing is not None:
            return standing
        if live.now - self._spoken.get(number, -AGAIN) < AGAIN:
            return standing
        offer = self._offer(live, number, reading, ())
        if offer is None:
            return standing
        self._spoken[number] = live.now
        return replace(offer, spoken=True)

    def put_away(self, offer: Offer, now: int) -> None:
        """The user does not want it."""
        if offer.kind == "topic" and offer.topics:
            self._tracker.refuse(offer.topics[0], now)

    # -- how -------------------------------------------------------------------------------------

    def _tell(self, entry: Entry) -> tuple[Entry, Reading] | None:
        if entry.kind in _MOVES:
            self._tracker.asked(entry.topic, entry.entered)
        elif entry.kind is Kind.FILE and entry.topic is not None:
            self._tracker.take(entry.topic, entry.entered)
        elif entry.kind in WORDS and entry.text:
            return entry, self._tracker.read(entry.text, entry.entered)
        return None

    def _of_entry(self, live: LiveInterview, entry: Entry, reading: Reading) -> Offer | None:
        if entry.kind is Kind.NOTE and reading.kind in _KINDS:
            text = f"-> {_KINDS[reading.kind]}?"
            return Offer("kind", text, live.now, (entry.id,), becomes=reading.kind)
        number = reading.suggestion
        if entry.kind not in (Kind.NOTE, Kind.QUOTE) or number in (None, entry.topic):
            return None
        assert number is not None
        return self._offer(live, number, reading, (entry.id,))

    def _offer(
        self, live: LiveInterview, number: int, reading: Reading, about: tuple[str, ...]
    ) -> Offer | None:
        others = tuple(n for n, _ in reading.likeliest if n != number)
        topic = live.topic(number)
        if topic is None:
            return None
        text = f"-> {number} {topic.title}?"
        return Offer("topic", text, live.now, about, (number, *others))

    def _takes(self, live: LiveInterview, number: int, half: str) -> bool:
        """Whether the half line with the topic in front of it is read as words of that topic."""
        topics = live.ground.guide.topics
        reading = grammar.read(f"{number}: {half}", topics, self._lexicon)
        return isinstance(reading, grammar.Words) and reading.topic == number

    def _lull(self, live: LiveInterview) -> Offer | None:
        """What was probably answered in passing, once, when nobody types or at the wrap-up."""
        last = live.last_words
        quiet = live.now - (last.entered if last else 0) >= LULL
        if not quiet and live.wrap_since is None:
            return None
        for number in sorted(self.maybe - self._in_passing):
            topic = live.topic(number)
            if topic is not None and live.coverage(number).open and number != live.current:
                self._in_passing.add(number)
                text = f"{number} {topic.title} came up: covered?"
                return Offer("topic", text, live.now, (), (number,), line=str(number))
        return None


def _is_typed(offer: Offer) -> bool:
    """Whether an offer is about the half-typed line."""
    return offer.kind == "topic" and not (offer.about or offer.line or offer.spoken)
