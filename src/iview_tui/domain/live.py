"""The call, folded from its log: the one value that everything on the screen shows.

`fold` makes it from a log, `append` adds one entry, `LiveInterview.at` lets time run on. All give
the same value for the same log and moment; whatever has to be remembered is remembered here.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum

from pendulum import DateTime

from iview_tui.domain import agreement, moves, named, passing
from iview_tui.domain.coverage import Coverage
from iview_tui.domain.entry import WORDS, Entry, Kind
from iview_tui.domain.guide import Guide, Topic
from iview_tui.domain.log import BESIDE, CHANGES_THE_PAST, merges, standing
from iview_tui.domain.moves import Aside
from iview_tui.domain.named import Referral
from iview_tui.domain.pacing import Agreement, Came, Span, heard, latest_mark
from iview_tui.domain.passing import Loss
from iview_tui.domain.referral import Person
from iview_tui.domain.value import value

__all__ = [
    "Drop", "Ground", "Listed", "LiveInterview", "Phase", "Referral", "append", "begin", "fold",
]  # fmt: skip

SHORT_CALL = 20
"""A call begun for fewer minutes wants one name, any other two."""
COVERS = frozenset({Kind.NOTE, Kind.QUOTE, Kind.JARGON, Kind.OPPORTUNITY, Kind.ORGANIZATION})
"""Kinds that make their topic partly covered."""


class Phase(StrEnum):
    """Where a call is."""

    PLANNED = "planned"
    LIVE = "live"
    ENDED = "ended"


@value
class Ground:
    """What a call stands on and no entry changes."""

    guide: Guide
    connected_at: DateTime
    """The instant of connecting, in the zone of the call: zero of the call's clock."""
    read_person: Callable[[str], Person]
    """Reads the text of a referral with the words of the bank."""


@value
class Listed:
    """An entry of one of the lists, with how it was settled."""

    entry: Entry
    how: str | None = None


@value
class Drop:
    """The line was gone from one moment until another, or still is."""

    since: int
    until: int | None = None
    put_away: bool = False
    """Whether its sentence was put away."""


@value
class LiveInterview:
    """A call as it stands at the moment `now`, whole seconds after connecting."""

    ground: Ground
    now: int = 0
    log: tuple[Entry, ...] = ()
    counting: tuple[Entry, ...] = ()
    """What counts of the log, under its present topic and in its present wording."""
    retracted: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()
    starred: frozenset[str] = frozenset()
    unstarred: frozenset[str] = frozenset()
    """Entries whose star was taken away later."""
    privates: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    """Entries that are not private after all."""
    private_mode: bool = False

    agreed_minutes: int = 0
    spans: tuple[Span, ...] = ()
    """Every agreement that stood and was not taken back, from when on."""
    fixed_end: bool = False
    """Whether the end was said as a time of day."""
    lapses: tuple[tuple[int, int], ...] = ()
    """From when to when each change of the clock stood that was taken back."""
    drops: tuple[Drop, ...] = ()
    slept: Entry | None = None
    """A sleep that nobody has answered yet."""
    ended_at: int | None = None
    outcome: str | None = None

    opening: bool = True
    current: int | None = None
    since: int | None = None
    """From when on time counts for the current topic; None while the line is dropped."""
    last: int | None = None
    """The topic that was current last, where none is now."""
    aside: Aside | None = None
    topics: tuple[Coverage, ...] = ()
    drifts: tuple[tuple[int, int], ...] = ()
    """Topic and moment of each time that the bridge became ready."""
    held: frozenset[int] = frozenset()
    """Key topics that have, or had, a place."""
    losses: tuple[Loss, ...] = ()

    asked_at: int | None = None
    none_at: int | None = None
    notnow_at: int | None = None
    wrap_since: int | None = None
    me_since: int | None = None
    referrals: tuple[Referral, ...] = ()
    listed: tuple[Listed, ...] = ()
    mailed: frozenset[int] = frozenset()
    """Open key topics that will be asked by mail, or were left, at the wrap-up."""
    also_present: tuple[str, ...] = ()
    consent: bool | None = None

    # -- the clock -------------------------------------------------------------------------

    @property
    def phase(self) -> Phase:
        """Planned before connecting, ended after the end."""
        if not self.spans:
            return Phase.PLANNED
        return Phase.LIVE if self.ended_at is None else Phase.ENDED

    @property
    def agreement(self) -> Agreement:
        """From when to when, as it stands."""
        return self.spans[-1].agreement if self.spans else Agreement(0, 0)

    @property
    def dropped_since(self) -> int | None:
        """When the line dropped, where it is gone now."""
        return self.drops[-1].since if self.drops and self.drops[-1].until is None else None

    def instant(self, moment: int) -> DateTime:
        """A moment of the call as a time of day, in the zone of the call."""
        return self.ground.connected_at.add(seconds=moment)

    # -- topics ----------------------------------------------------------------------------

    def coverage(self, number: int) -> Coverage:
        """What has happened to a topic."""
        return self.topics[number - 1]

    def topic(self, number: int | None) -> Topic | None:
        """The prepared topic of that number."""
        return self.ground.guide.topic(number)

    def seconds_on(self, number: int) -> int:
        """Time spent on a topic up to now, drops left out."""
        running = self.since is not None and number == self.current
        return self.coverage(number).seconds + (self.now - (self.since or 0) if running else 0)

    def is_private(self, entry: Entry) -> bool:
        """Whether it is left out of letters and exports."""
        private = entry.private or entry.id in self.privates
        return private and entry.id not in self.opened

    def is_starred(self, entry: Entry) -> bool:
        """Whether it matters more than others."""
        starred = entry.starred or entry.id in self.starred
        return starred and entry.id not in self.unstarred

    @property
    def last_words(self) -> Entry | None:
        """The last entry with words that was not taken back."""
        return next((e for e in reversed(self.counting) if e.kind in WORDS), None)

    # -- names -----------------------------------------------------------------------------

    @property
    def wanted(self) -> int:
        """How many names the call is to yield."""
        return 1 if self.agreed_minutes < SHORT_CALL else 2

    @property
    def names(self) -> tuple[Referral, ...]:
        """The sure ones: only these count."""
        return tuple(referral for referral in self.referrals if referral.sure)

    @property
    def names_wanting(self) -> bool:
        """Whether fewer than wanted are there."""
        return len(self.names) < self.wanted

    @property
    def gate_since(self) -> int | None:
        """Since when the time to ask for names has been there, through all changes of the end."""
        since: int | None = None
        upto = [span.at for span in self.spans[1:]] + [self.now]
        for span, until in zip(self.spans, upto, strict=True):
            gate = heard(span.agreement.gate, self.lapses)
            if since is not None and gate > span.at:
                since = None
            if since is None and gate <= until:
                since = max(gate, span.at)
        return since

    @property
    def mark(self) -> Came | None:
        """The newest mark that has come, and still holds."""
        return latest_mark(self.spans, self.now, self.lapses)

    @property
    def question_since(self) -> int | None:
        """Since when the referral question is open; None while it is not."""
        if self.phase is not Phase.LIVE or self.asked_at is not None or not self.names_wanting:
            return None
        return min((t for t in (self.gate_since, self.wrap_since) if t is not None), default=None)

    # -- time running on -------------------------------------------------------------------

    def at(self, now: int) -> "LiveInterview":
        """The same call at a later moment; an earlier one changes nothing."""
        if now <= self.now:
            return self
        return passing.on(self, now) if self.phase is Phase.LIVE else replace(self, now=now)


def begin(ground: Ground) -> LiveInterview:
    """A call of which nothing is written yet."""
    return LiveInterview(ground, topics=tuple(Coverage() for _ in ground.guide.topics))


def fold(ground: Ground, log: Sequence[Entry]) -> LiveInterview:
    """The call that a log tells, at the moment of its last entry."""
    stands = standing(log)
    live = replace(
        begin(ground), log=tuple(log), counting=stands.counting, retracted=stands.retracted,
        passed=stands.passed, lapses=agreement.lapses(log),
    )  # fmt: skip
    for entry in stands.counting:
        live = _step(live, entry)
    return live.at(max((entry.entered for entry in log), default=0))


def append(live: LiveInterview, entry: Entry) -> LiveInterview:
    """The call with one more entry: the same as folding the longer log."""
    log = (*live.log, entry)
    if entry.retracted:
        live = replace(live, log=log, retracted=live.retracted | {entry.id})
        return live.at(entry.entered)
    if entry.kind is Kind.SHOWN:
        return replace(live, log=log).at(entry.entered)
    last = next((e for e in reversed(live.log) if e.kind not in BESIDE), None)
    if entry.kind in CHANGES_THE_PAST or merges(last, entry):
        return fold(live.ground, log).at(live.now)
    return _step(replace(live, log=log, counting=(*live.counting, entry)), entry)


# -- one entry -----------------------------------------------------------------------------------


def _step(live: LiveInterview, entry: Entry) -> LiveInterview:
    """Time runs on to the entry, then the entry does what it does."""
    done = _do(live.at(entry.entered), entry)
    return passing.weigh(done, done.now) if done.phase is Phase.LIVE else done


def _do(live: LiveInterview, entry: Entry) -> LiveInterview:
    kind = entry.kind
    if kind in WORDS:
        return _words(live, entry)
    if kind in agreement.MOVES:
        return _clock(live, entry)
    if kind in (Kind.GO, Kind.NEXT, Kind.COVERED, Kind.SKIP):
        return _topics(live, entry)
    if kind in (Kind.MAY, Kind.FIX, Kind.SPELL, Kind.SETTLE):
        return _about(live, entry)
    return _rest(live, entry)


def _rest(live: LiveInterview, entry: Entry) -> LiveInterview:
    """What is neither words nor about the topics, the end, or something noted."""
    now = entry.entered
    match entry.kind:
        case Kind.DROP:
            return replace(moves.pause(live), drops=(*live.drops, Drop(now)), slept=None)
        case Kind.BACK:
            return _back(live, now)
        case Kind.SLEEP:
            return replace(live, slept=entry)
        case Kind.END:
            outcome = entry.value.get("outcome")
            return replace(moves.pause(live), ended_at=now, outcome=outcome, wrap_since=None)
        case Kind.SAID:
            return _asked(live, now)
        case Kind.NONE:
            return replace(_asked(live, now), none_at=now)
        case Kind.WRAP if live.wrap_since is None:
            return replace(moves.step_aside(live), wrap_since=now)
        case Kind.WRAP:
            return replace(live, wrap_since=None)
        case Kind.NOTNOW:
            return _put_away(live, now)
        case Kind.ME:
            return replace(live, me_since=now if live.me_since is None else None)
        case Kind.CONSENT:
            return replace(live, consent=True)
        case Kind.JOIN:
            return replace(live, also_present=(*live.also_present, entry.value["name"]))
        case Kind.PRIVATE:
            about = live.privates | ({entry.about} if entry.about else set())
            opened = live.opened - {entry.about}
            return replace(live, private_mode=True, privates=about, opened=opened)
        case Kind.PUBLIC if entry.about:
            return replace(live, opened=live.opened | {entry.about})
        case Kind.PUBLIC:
            return replace(live, private_mode=False)
        case Kind.STAR if entry.about and entry.value.get("off"):
            return replace(live, unstarred=live.unstarred | {entry.about})
        case Kind.STAR if entry.about:
            unstarred = live.unstarred - {entry.about}
            return replace(live, starred=live.starred | {entry.about}, unstarred=unstarred)
    return live


def _words(live: LiveInterview, entry: Entry) -> LiveInterview:
    live = replace(live, slept=None)
    if live.private_mode:
        live = replace(live, privates=live.privates | {entry.id})
    if entry.topic is not None and entry.kind in COVERS and live.topic(entry.topic):
        current = entry.topic == live.current
        live = moves.change(live, entry.topic, live.coverage(entry.topic).note(current=current))
    if entry.kind is Kind.REFERRAL:
        person = live.ground.read_person(entry.text)
        return replace(live, referrals=named.named(live.referrals, entry, person))
    if entry.kind in (Kind.NOTE, Kind.QUOTE, Kind.MOMENT):
        return live
    return replace(live, listed=(*live.listed, Listed(entry)))


def _clock(live: LiveInterview, entry: Entry) -> LiveInterview:
    """The start, or a change of the start or the end."""
    before = live.agreement
    stands = live.agreement if live.spans else None
    stands, fixed = agreement.after(stands, live.fixed_end, entry, live.ground.connected_at)
    if stands is None:
        return live
    if entry.kind is Kind.START:
        live = replace(live, agreed_minutes=int(entry.value["agreed_minutes"]))
    live = replace(live, fixed_end=fixed)
    if live.spans and stands == before:
        return live
    live = replace(live, spans=(*live.spans, Span(entry.entered, stands)))
    return live if entry.kind is Kind.START else moves.clock_changed(live, before)


def _topics(live: LiveInterview, entry: Entry) -> LiveInterview:
    """A mark on a topic, or a move to another."""
    current = live.current
    if entry.kind is Kind.COVERED:
        number = entry.topic
        if number is None or live.topic(number) is None:
            return live
        turned = live.coverage(number).turn(current=number == current)
        return moves.change(live, number, turned)
    if entry.kind is Kind.NEXT and current is not None:
        live = moves.change(live, current, live.coverage(current).cover(current=True))
    if entry.kind is Kind.SKIP:
        left = entry.value.get("topic")
        if left is not None and live.topic(left):
            live = moves.change(live, left, live.coverage(left).skip())
    return moves.choose(live, entry.topic)


def _about(live: LiveInterview, entry: Entry) -> LiveInterview:
    """What is said about a name, a thing of the lists or an open topic."""
    if entry.kind is Kind.SETTLE and entry.about is None and entry.topic is not None:
        return replace(live, mailed=live.mailed | {entry.topic})
    people = tuple(
        named.told(person, entry) if person.entry == entry.about else person
        for person in live.referrals
    )
    listed = live.listed
    if entry.kind is Kind.SETTLE:
        how = entry.value.get("how")
        listed = tuple(replace(x, how=how) if x.entry.id == entry.about else x for x in listed)
    return replace(live, referrals=people, listed=listed)


def _asked(live: LiveInterview, now: int) -> LiveInterview:
    """The referral question was asked: once, whatever follows."""
    return replace(moves.step_aside(live), asked_at=now if live.asked_at is None else live.asked_at)


def _put_away(live: LiveInterview, now: int) -> LiveInterview:
    """What stands on the prompt line goes: the sleep, the dropped line, or all beneath them."""
    if live.slept is not None:
        return replace(live, slept=None)
    if live.dropped_since is not None and not live.drops[-1].put_away:
        return replace(live, drops=(*live.drops[:-1], replace(live.drops[-1], put_away=True)))
    return replace(live, notnow_at=now)


def _back(live: LiveInterview, now: int) -> LiveInterview:
    live = replace(live, slept=None)
    if live.dropped_since is None:
        return live
    drops = (*live.drops[:-1], replace(live.drops[-1], until=now))
    return replace(live, drops=drops, since=now if live.current is not None else None)
