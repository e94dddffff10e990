"""The prompt line: the one sentence that stands on it, worked out from the call and its moment.

What is outranked during its seconds is over; nothing is queued, nothing is stored here.
"""

from collections.abc import Iterator
from enum import StrEnum

from iview_tui.domain import room, wording
from iview_tui.domain.coverage import State
from iview_tui.domain.entry import Kind
from iview_tui.domain.guide import Priority
from iview_tui.domain.live import LiveInterview, Phase, Referral
from iview_tui.domain.pacing import MARK_LASTS, Came, Mark
from iview_tui.domain.passing import BRIDGE_AFTER
from iview_tui.domain.value import value

OFFERS_BEFORE_QUESTION = 60
"""Seconds after the question opened from which on offers go before it."""
MAY_AFTER, ELSE_AFTER, ORGANIZATIONS_AFTER, ORGANIZATIONS_SOON = 10, 60, 90, 40
"""Seconds after the last name, or the question, at which each follow-up is due."""
QUIET = 120
"""Seconds after the start, and after a change, in which no key topic is called at risk."""
RESCHEDULE_AFTER = 600
"""Seconds of a dropped line after which another time is better than calling back."""


class Say(StrEnum):
    """Kinds of prompt; the words are those of the JSON export, which has no answers and hints."""

    NOT_SAVED = "not_saved"
    SLEEP = "sleep"
    DROPPED = "dropped"
    ANSWER = "answer"
    OVERTIME = "overtime"
    CLOSE = "close"
    COURTESY = "courtesy"
    REFERRAL_GATE = "referral_gate"
    MUST_SWEEP = "must_sweep"
    MAY_I_SAY = "may_i_say"
    WHO_ELSE = "who_else"
    ORGANIZATIONS = "organizations"
    SUGGESTION = "suggestion"
    MUST_AT_RISK = "must_at_risk"
    DRIFT = "drift"
    HINT = "hint"


class Label(StrEnum):
    """The word that stands before a sentence, and the ground it stands on."""

    SAY = "SAY"
    OFFER = "OFFER"
    BRIDGE = "BRIDGE"
    DISK = "DISK"
    NOTHING = ""


@value
class Prompt:
    """One sentence, why it stands there and since when."""

    kinds: tuple[Say, ...]
    text: str
    since: int
    label: Label = Label.SAY
    commands: tuple[str, ...] = ()
    """Commands whose keys stand behind the sentence, most useful first."""
    names: tuple[str, ...] = ()
    """Ids of the entries whose people it names."""


@value
class Beside:
    """What the line has to know that no log holds."""

    trouble: str | None = None
    """Why what is typed is not saved."""
    answer: Prompt | None = None
    """The answer to the last key."""
    offer: Prompt | None = None
    """What one key would take."""


NOTHING_BESIDE = Beside()


def prompt(live: LiveInterview, beside: Beside = NOTHING_BESIDE) -> Prompt | None:
    """The first of all sentences that have a reason to stand at `live.now`."""
    return next(_candidates(live, beside), None)


def _candidates(live: LiveInterview, beside: Beside) -> Iterator[Prompt]:
    if beside.trouble:
        yield Prompt((Say.NOT_SAVED,), beside.trouble, live.now, Label.DISK, ("help",))
    if live.phase is not Phase.LIVE:
        yield from filter(None, (beside.answer, beside.offer))
        return
    yield from _interrupted(live)
    if beside.answer:
        yield beside.answer
    question, came = _question(live), live.mark
    yield from _mark(live, question, came)
    if question and beside.offer and live.now >= question.since + OFFERS_BEFORE_QUESTION:
        yield beside.offer
    if question and not _put_away(live, _asked_anew(live, question.since, came)):
        yield question
    yield from _sweep(live, came)
    yield from _follow_ups(live)
    if beside.offer:
        yield beside.offer
    yield from _at_risk(live)
    yield from _drift(live)


def _put_away(live: LiveInterview, since: int) -> bool:
    return live.notnow_at is not None and live.notnow_at >= since


def _stands(live: LiveInterview, since: int) -> bool:
    """Whether a sentence of thirty seconds stands."""
    return since <= live.now < since + MARK_LASTS and not _put_away(live, since)


def _interrupted(live: LiveInterview) -> Iterator[Prompt]:
    if live.slept:
        text = wording.slept(live.slept.value["seconds"])
        commands = ("still", "drop")
        yield Prompt((Say.SLEEP,), text, live.slept.entered, Label.NOTHING, commands)
    since = live.dropped_since
    if since is not None and not live.drops[-1].put_away:
        where = live.topic(live.current if live.current is not None else live.last)
        long = live.now - since >= RESCHEDULE_AFTER
        text = wording.RESCHEDULE if long else wording.again(where)
        yield Prompt((Say.DROPPED,), text, since, Label.SAY, ("back",))


def _question(live: LiveInterview) -> Prompt | None:
    """The referral question while it is open, put away or not."""
    since = live.question_since
    if since is None:
        return None
    there = live.names
    names = tuple(referral.entry for referral in wording.besides(there))
    text = wording.question(there)
    return Prompt((Say.REFERRAL_GATE,), text, since, Label.SAY, ("said", "notnow"), names)


def _asked_anew(live: LiveInterview, since: int, came: Came | None) -> int:
    """From when on the question stands anew: each mark says it once more."""
    moments = (came.at if came else None, live.wrap_since)
    return max([since, *(moment for moment in moments if moment is not None)])


SAYS = {Mark.COURTESY: Say.COURTESY, Mark.CLOSE: Say.CLOSE, Mark.OVERTIME: Say.OVERTIME}


def _mark(live: LiveInterview, question: Prompt | None, came: Came | None) -> Iterator[Prompt]:
    """Courtesy, close and overtime, joined with the question while that is open."""
    if came is None or came.mark not in SAYS or not _stands(live, came.at):
        return
    text = _mark_text(live, came, live.names if question else None)
    if question:
        kinds, commands = (SAYS[came.mark], Say.REFERRAL_GATE), ("said", "notnow")
        yield Prompt(kinds, text, came.at, Label.SAY, commands, question.names)
    else:
        yield Prompt((SAYS[came.mark],), text, came.at, Label.SAY, ("notnow",))


def _mark_text(live: LiveInterview, came: Came, ask: tuple[Referral, ...] | None) -> str:
    if came.mark is Mark.COURTESY:
        return wording.courtesy(live.agreement.end - came.at, ask)
    if came.mark is Mark.CLOSE:
        return wording.close(ask)
    changed = len(live.spans) > 1
    return wording.overtime(None if changed else live.agreed_minutes, ask)


def _sweep(live: LiveInterview, came: Came | None) -> Iterator[Prompt]:
    if came is None or came.mark is not Mark.SWEEP or not _stands(live, came.at):
        return
    musts = [t for t in live.ground.guide.topics if t.priority is Priority.MUST]
    still = [topic for topic in musts if live.coverage(topic.number).open]
    if still:
        topic = next((t for t in still if t.number != live.current), still[0])
        text = wording.sweep(topic)
        yield Prompt((Say.MUST_SWEEP,), text, came.at, Label.SAY, ("notnow",))


# -- what follows the question --------------------------------------------------------------------


def _follow_ups(live: LiveInterview) -> Iterator[Prompt]:
    """May I say, who else, organizations: counted from the last name or the question."""
    bases = _bases(live)
    if not bases:
        return
    base = bases[-1]
    unanswered = [r for r in live.names if r.may_use_name is None]
    may = base + MAY_AFTER
    if unanswered and _stands(live, may):
        commands = ("may yes", "may first", "may no")
        yield Prompt((Say.MAY_I_SAY,), wording.MAY_I_SAY, may, Label.SAY, commands)
    for once in _come_once(live, bases):
        if once.since < live.agreement.close and _stands(live, once.since):
            yield once


def without_a_place(live: LiveInterview) -> tuple[str, ...]:
    """Sentences behind the question whose time is over and that never stood on the line."""
    shown = {e.value.get("kind") for e in live.log if e.kind is Kind.SHOWN}
    close = live.agreement.close
    return tuple(
        once.text
        for once in _come_once(live, _bases(live))
        if once.kinds[0] not in shown and (live.now >= close or live.now >= once.since + MARK_LASTS)
    )


def _come_once(live: LiveInterview, bases: list[int]) -> Iterator[Prompt]:
    """Who else, and organizations, from when they are due, where there is a reason for them."""
    due = _once(live, bases, ELSE_AFTER, None)
    if live.names_wanting and due is not None:
        yield Prompt((Say.WHO_ELSE,), wording.WHO_ELSE, due, Label.SAY, ("notnow",))
    noted = any(x.entry.kind is Kind.ORGANIZATION for x in live.listed)
    due = _once(live, bases, ORGANIZATIONS_AFTER, ORGANIZATIONS_SOON)
    if not noted and due is not None:
        yield Prompt((Say.ORGANIZATIONS,), wording.ORGANIZATIONS, due, Label.SAY, ("notnow",))


def _bases(live: LiveInterview) -> list[int]:
    """The moments from which follow-ups are counted anew, in order.

    Where the question was never asked, the first is the gate, or when the wanted names were there.
    """
    named = sorted(referral.at for referral in live.names)
    begin = live.asked_at
    if begin is None:
        if live.names_wanting or live.gate_since is None:
            return []
        begin = max(live.gate_since, named[live.wanted - 1])
    later = [t for t in (*named, live.none_at) if t is not None and t > begin]
    return [begin, *sorted(later)]


def _once(live: LiveInterview, bases: list[int], few: int, enough: int | None) -> int | None:
    """When a follow-up that comes once is due: after the first base that nothing followed in time.

    `few` and `enough` are its seconds where fewer names than wanted are there, and where not; it
    does not come where there are none.
    """
    for base, following in zip(bases, [*bases, None][1:], strict=True):
        there = sum(referral.at <= base for referral in live.names)
        after = few if there < live.wanted else enough
        if after is not None and (following is None or base + after < following):
            return base + after
    return None


# -- topics --------------------------------------------------------------------------------------


def at_risk(live: LiveInterview) -> tuple[int, ...]:
    """Key topics that had a place and have none now."""
    has = set(room.with_time(live))
    lost = {number for loss in live.losses for number in loss.topics}
    return tuple(
        number
        for number in sorted(lost)
        if number not in has
        and number != live.current
        and live.coverage(number).state in (State.UNTOUCHED, State.ASKED)
    )


def _at_risk(live: LiveInterview) -> Iterator[Prompt]:
    if not live.losses or live.now >= live.agreement.gate:
        return
    last = live.spans[-1]
    changed = last.at if len(live.spans) > 1 else last.agreement.start
    quiet_until = max(live.agreement.start, changed) + QUIET
    now = set(at_risk(live))
    for loss in reversed(live.losses):
        since = max(loss.at, quiet_until)
        together = [
            number
            for other in live.losses
            if max(other.at, quiet_until) == since
            for number in sorted(other.topics & now)
        ]
        if together and _stands(live, since):
            topics = [topic for n in together if (topic := live.topic(n))]
            text = wording.at_risk(topics)
            yield Prompt((Say.MUST_AT_RISK,), text, since, Label.NOTHING, ("next", "notnow"))
            return


def _drift(live: LiveInterview) -> Iterator[Prompt]:
    for number, since in reversed(live.drifts):
        topic, to = live.topic(number), live.topic(room.next_best(live))
        if number == live.current and topic and to and _stands(live, since):
            minutes = (int(topic.minutes * 60) + BRIDGE_AFTER) // 60
            text = wording.drift(topic, minutes, to)
            yield Prompt((Say.DRIFT,), text, since, Label.BRIDGE, ("bridge", "notnow"))


def row_text(live: LiveInterview, shown: Prompt) -> str:
    """The sentence as it is recorded: one that names someone private is not."""
    private = any(e.id in shown.names and live.is_private(e) for e in live.counting)
    return "(private)" if private else shown.text
