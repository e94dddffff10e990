"""The call, folded from its log: the one value that everything on the screen shows.

`fold` makes it from a log, `append` adds one entry, `LiveInterview.at` lets time run on. All give
the same value for the same log and moment; whatever has to be remembered is remembered here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from pendulum import DateTime

from iview_tui.domain import agreement, room
from iview_tui.domain.coverage import ASKED_AFTER, Coverage, State
from iview_tui.domain.entry import WORDS, Entry, Kind
from iview_tui.domain.guide import Guide, Priority, Topic
from iview_tui.domain.log import CHANGES_THE_PAST, merges, standing
from iview_tui.domain.pacing import Agreement, Span
from iview_tui.domain.referral import Person, same_name

QUIET = 120
"""Seconds after the start, and after a change, in which no key topic is called at risk."""
BRIDGE_AFTER = 180
"""Seconds beyond a topic's plan after which the prompt line offers the way back."""
SHORT_CALL = 20
"""A call begun for fewer minutes wants one name, any other two."""


class Phase(StrEnum):
    """Where a call is."""

    PLANNED = "planned"
    LIVE = "live"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a call stands on and no entry changes."""

    guide: Guide
    connected_at: DateTime
    """The instant of connecting, in the zone of the call: zero of the call's clock."""
    read_person: Callable[[str], Person]
    """Reads the text of a referral with the words of the bank."""


@dataclass(frozen=True, slots=True)
class Referral:
    """A person they named, as it stands after everything that was said about them."""

    entry: str
    """The id of the entry that named them first."""
    at: int
    name: str
    organization: str | None = None
    contact: str | None = None
    sure: bool = True
    """Whether it is a person's name; what is not sure is someone to find."""
    may_use_name: str | None = None
    """May I say that you suggested them: yes, no, they_ask_first."""
    check_in: str | None = None
    spelling_checked: bool | None = None
    """None where nobody doubted it."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of one of the lists, with how it was settled."""

    entry: Entry
    how: str | None = None


@dataclass(frozen=True, slots=True)
class Drop:
    """The line was gone from one moment until another, or still is."""

    since: int
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Loss:
    """Key topics that lost their place together, and when."""

    at: int
    topics: frozenset[int]


@dataclass(frozen=True, slots=True)
class Aside:
    """The topic that was current when the goodbyes began."""

    topic: int
    at_close: bool
    """Whether the close sent it away; otherwise the question or the wrap-up did."""


@dataclass(frozen=True, slots=True)
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
    privates: frozenset[str] = frozenset()
    private_mode: bool = False

    agreed_minutes: int = 0
    spans: tuple[Span, ...] = ()
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
        return entry.private or entry.id in self.privates

    def is_starred(self, entry: Entry) -> bool:
        """Whether it matters more than others."""
        return entry.starred or entry.id in self.starred

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
            gate = span.agreement.gate
            if since is not None and gate > span.at:
                since = None
            if since is None and gate <= until:
                since = max(gate, span.at)
        return since

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
        if self.phase is not Phase.LIVE:
            return replace(self, now=now)
        close = self.agreement.close
        if self.current is not None and self.now < close <= now:
            return _step_aside(_run(self, close), at_close=True).at(now)
        return _run(self, now)


def begin(ground: Ground) -> LiveInterview:
    """A call of which nothing is written yet."""
    return LiveInterview(ground, topics=tuple(Coverage() for _ in ground.guide.topics))


def fold(ground: Ground, log: Sequence[Entry]) -> LiveInterview:
    """The call that a log tells, at the moment of its last entry."""
    now = standing(log)
    live = replace(begin(ground), log=tuple(log), retracted=now.retracted, passed=now.passed)
    spans = agreement.spans(log, ground.connected_at)
    for entry in now.counting:
        reached = tuple(span for span in spans if span.at <= entry.entered)
        live = _step(replace(live, spans=reached or live.spans), entry)
    moment = max((entry.entered for entry in log), default=0)
    return replace(live, spans=spans).at(moment)


def append(live: LiveInterview, entry: Entry) -> LiveInterview:
    """The call with one more entry: the same as folding the longer log."""
    log = (*live.log, entry)
    last = next((e for e in reversed(live.log) if e.kind not in (Kind.SHOWN, Kind.SLEEP)), None)
    if entry.kind in CHANGES_THE_PAST or entry.retracted or merges(last, entry):
        return fold(live.ground, log).at(live.now)
    spans = live.spans
    if entry.kind in agreement.CLOCK:
        spans = agreement.spans(log, live.ground.connected_at)
    return replace(_step(replace(live, spans=spans), entry), log=log)


# -- one entry -----------------------------------------------------------------------------------


def _step(live: LiveInterview, entry: Entry) -> LiveInterview:
    """Time runs on to the entry, then the entry does what it does."""
    before = live.spans
    if entry.kind in agreement.CLOCK and len(before) > 1 and before[-1].at == entry.entered:
        live = replace(replace(live, spans=before[:-1]).at(entry.entered), spans=before)
    live = live.at(entry.entered)
    done = _do(replace(live, counting=(*live.counting, entry)), entry)
    return _weigh(done, done.now)


def _do(live: LiveInterview, entry: Entry) -> LiveInterview:
    now = entry.entered
    match entry.kind:
        case kind if kind in WORDS:
            return _words(live, entry)
        case Kind.GO:
            return _choose(live, entry.topic, now)
        case Kind.NEXT:
            if live.current is not None and not live.opening:
                live = _change(live, live.current, live.coverage(live.current).cover(current=True))
            return _choose(live, entry.topic, now)
        case Kind.COVERED if entry.topic is not None and live.topic(entry.topic):
            current = entry.topic == live.current
            return _change(live, entry.topic, live.coverage(entry.topic).turn(current=current))
        case Kind.SKIP:
            left = entry.value.get("topic")
            if left is not None and live.topic(left):
                live = _change(live, left, live.coverage(left).skip())
            return _choose(live, entry.topic, now)
        case Kind.START:
            return replace(live, agreed_minutes=int(entry.value["agreed_minutes"]))
        case Kind.EXTEND | Kind.BEGAN:
            return _clock_changed(live, now)
        case Kind.DROP:
            return replace(_pause(live), drops=(*live.drops, Drop(now)), slept=None)
        case Kind.BACK:
            return _back(live, now)
        case Kind.SLEEP:
            return replace(live, slept=entry)
        case Kind.END:
            return replace(
                _pause(live), ended_at=now, outcome=entry.value.get("outcome"), wrap_since=None
            )
        case Kind.SAID:
            return _step_aside(replace(live, asked_at=live.asked_at or now))
        case Kind.NONE:
            return _step_aside(replace(live, asked_at=live.asked_at or now, none_at=now))
        case Kind.WRAP if live.wrap_since is None:
            return _step_aside(replace(live, wrap_since=now))
        case Kind.WRAP:
            return replace(live, wrap_since=None)
        case Kind.NOTNOW:
            return replace(live, notnow_at=now, slept=None)
        case Kind.ME:
            return replace(live, me_since=now if live.me_since is None else None)
        case Kind.CONSENT:
            return replace(live, consent=True)
        case Kind.JOIN:
            return replace(live, also_present=(*live.also_present, entry.value["name"]))
        case Kind.PRIVATE:
            about = live.privates | ({entry.about} if entry.about else set())
            return replace(live, private_mode=True, privates=about)
        case Kind.PUBLIC:
            return replace(live, private_mode=False)
        case Kind.STAR if entry.about:
            return replace(live, starred=live.starred | {entry.about})
        case Kind.MAY | Kind.FIX | Kind.SPELL | Kind.SETTLE:
            return _about(live, entry)
    return live


def _words(live: LiveInterview, entry: Entry) -> LiveInterview:
    live = replace(live, slept=None)
    if live.private_mode:
        live = replace(live, privates=live.privates | {entry.id})
    covers = {Kind.NOTE, Kind.QUOTE, Kind.JARGON, Kind.OPPORTUNITY, Kind.ORGANIZATION}
    if entry.topic is not None and entry.kind in covers and live.topic(entry.topic):
        current = entry.topic == live.current
        live = _change(live, entry.topic, live.coverage(entry.topic).note(current=current))
    if entry.kind is Kind.REFERRAL:
        return replace(live, referrals=_named(live, entry))
    if entry.kind in (Kind.NOTE, Kind.QUOTE, Kind.MOMENT):
        return live
    return replace(live, listed=(*live.listed, Listed(entry)))


def _named(live: LiveInterview, entry: Entry) -> tuple[Referral, ...]:
    """The referrals with one more, or with what the same name brings anew."""
    value = entry.value
    parts = [value.get(part) for part in ("name", "organization", "contact")]
    person = live.ground.read_person(", ".join(p for p in parts if p) if value else entry.text)
    if value:
        person = replace(person, name=value["name"], organization=parts[1], contact=parts[2])
    may, check_in = value.get("may_use_name"), value.get("check_in")
    for index, old in enumerate(live.referrals):
        if same_name(old.name, person.name):
            contact = old.contact
            if person.contact and person.contact not in (old.contact or "").split("; "):
                contact = f"{contact}; {person.contact}" if contact else person.contact
            same = replace(
                old,
                organization=old.organization or person.organization,
                contact=contact,
                sure=old.sure or person.sure,
                may_use_name=old.may_use_name or may,
                check_in=old.check_in or check_in,
                spelling_checked=False if person.doubt else old.spelling_checked,
            )
            return (*live.referrals[:index], same, *live.referrals[index + 1 :])
    new = Referral(
        entry.id, entry.entered, person.name, person.organization, person.contact, person.sure,
        may, check_in, False if person.doubt else None,
    )  # fmt: skip
    return (*live.referrals, new)


def _about(live: LiveInterview, entry: Entry) -> LiveInterview:
    """What is said about a name or a thing of the lists."""
    value, how = entry.value, entry.value.get("how")
    if entry.kind is Kind.SETTLE and entry.about is None and entry.topic is not None:
        return replace(live, mailed=live.mailed | {entry.topic})

    def told(referral: Referral) -> Referral:
        if referral.entry != entry.about:
            return referral
        if entry.kind is Kind.MAY:
            return replace(referral, may_use_name=value["answer"], check_in=value.get("check_in"))
        if entry.kind is Kind.FIX:
            return replace(referral, name=value["name"], sure=True, spelling_checked=True)
        if entry.kind is Kind.SPELL:
            return replace(referral, spelling_checked=False)
        if how == "ok":
            return replace(referral, spelling_checked=True)
        return replace(referral, sure=True) if how == "yes" else referral

    listed = live.listed
    if entry.kind is Kind.SETTLE:
        listed = tuple(replace(x, how=how) if x.entry.id == entry.about else x for x in listed)
    return replace(live, referrals=tuple(told(r) for r in live.referrals), listed=listed)


# -- the current topic ---------------------------------------------------------------------------


def _change(live: LiveInterview, number: int, coverage: Coverage) -> LiveInterview:
    return replace(live, topics=(*live.topics[: number - 1], coverage, *live.topics[number:]))


def _pause(live: LiveInterview) -> LiveInterview:
    """Time stops counting for the current topic."""
    if live.current is None or live.since is None:
        return live
    spent = live.coverage(live.current).spent(live.now - live.since)
    return replace(_change(live, live.current, spent), since=None)


def _choose(live: LiveInterview, number: int | None, now: int) -> LiveInterview:
    """Another topic becomes current, or none."""
    live = replace(live, opening=False, aside=None)
    if number == live.current or (number is not None and live.topic(number) is None):
        return live
    live = _pause(live)
    running = number is not None and live.dropped_since is None
    return replace(
        live,
        current=number,
        since=now if running else None,
        last=live.current if number is None else number,
    )


def _step_aside(live: LiveInterview, *, at_close: bool = False) -> LiveInterview:
    """Goodbyes are nobody's answer: no topic is current until one is chosen again."""
    if live.current is None:
        return live
    aside = Aside(live.current, at_close)
    return replace(_choose(live, None, live.now), aside=aside)


def _clock_changed(live: LiveInterview, now: int) -> LiveInterview:
    """The end moved: a topic comes back, or goes, with the mark that sends it away."""
    live = replace(live, losses=())
    stands = live.agreement
    if live.aside and now < (stands.close if live.aside.at_close else stands.gate):
        return _choose(live, live.aside.topic, now)
    return _step_aside(live, at_close=True) if stands.close <= now and _came_now(live) else live


def _came_now(live: LiveInterview) -> bool:
    """Whether the last change put the close into the past."""
    changes = list(pairwise(live.spans))
    return bool(changes) and changes[-1][0].agreement.close > live.now


def _back(live: LiveInterview, now: int) -> LiveInterview:
    live = replace(live, slept=None)
    if live.dropped_since is None:
        return live
    drops = (*live.drops[:-1], replace(live.drops[-1], until=now))
    return replace(live, drops=drops, since=now if live.current is not None else None)


# -- time ----------------------------------------------------------------------------------------


def _run(live: LiveInterview, now: int) -> LiveInterview:
    """Time runs on over a stretch in which nothing is written and no close comes."""
    later = replace(live, now=now)
    if live.current is not None and live.since is not None:
        coverage = live.coverage(live.current)
        if now - live.since >= ASKED_AFTER:
            later = _change(later, live.current, coverage.ask())
        later = _drift(later, live.current, live.since)
    return _weigh(later, live.now)


def _drift(live: LiveInterview, number: int, since: int) -> LiveInterview:
    """Note the moment at which the way back is ready, once a topic."""
    topic = live.topic(number)
    assert topic is not None
    ready = since + int(topic.minutes * 60) + BRIDGE_AFTER - live.coverage(number).seconds
    if ready > live.now or any(n == number for n, _ in live.drifts):
        return live
    moment = max(ready, since)
    if room.next_best(replace(live, now=moment)) is None:
        return live
    return replace(live, drifts=(*live.drifts, (number, moment)))


def _weigh(live: LiveInterview, before: int) -> LiveInterview:
    """Remember which key topics have a place, and since `before` have lost it.

    While nothing is written a place is only ever lost, so its moment is found by halving.
    """
    if live.phase is not Phase.LIVE:
        return live
    musts = {
        t.number
        for t, c in zip(live.ground.guide.topics, live.topics, strict=True)
        if t.priority is Priority.MUST and c.state in (State.UNTOUCHED, State.ASKED)
    }
    if not musts:
        return live
    gate = live.agreement.gate
    known = frozenset[int]().union(*(loss.topics for loss in live.losses))
    losses = live.losses
    upto = min(live.now, gate)
    low = before
    lost = (live.held & musts) - known - _placed(live, upto)
    while lost and low <= upto:
        first = _first(live, lost, low, upto)
        together = lost - _placed(live, first)
        losses = (*losses, Loss(first, frozenset(together)))
        lost, low = lost - together, first + 1
    placed = _placed(live, live.now) & musts
    if placed <= live.held and losses is live.losses:
        return live
    return replace(live, held=live.held | placed, losses=losses)


def _placed(live: LiveInterview, moment: int) -> frozenset[int]:
    """Topics with a place at a moment of a stretch in which nothing is written."""
    has = frozenset(room.with_time(replace(live, now=moment)))
    return has if live.current is None else has | {live.current}


def _first(live: LiveInterview, topics: frozenset[int], low: int, high: int) -> int:
    """The first second from `low` to `high` at which one of the topics has no place."""
    while low < high:
        middle = (low + high) // 2
        if topics - _placed(live, middle):
            high = middle
        else:
            low = middle + 1
    return low
