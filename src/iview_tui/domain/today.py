"""What the day asks for, worked out of recorded facts alone: nothing here is a stored to-do.

So any contact that is logged moves what was due, and what is undone comes back.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from pendulum import DateTime

from iview_tui.domain.follow_up import FollowUp
from iview_tui.domain.outreach import THANKS, Attempt, Cadence, day_of, next_step, waiting_since
from iview_tui.domain.record import Contact
from iview_tui.domain.value import value

PRIVATE = "private"
"""The tag of a person who was named in private."""
_SOURCES = ("family", "friend", "neighbor", "alumni", "faculty or staff", "event", "web")
"""How I came by a name, the warmest first: the order of the source's brainstorm of whom to tap."""


@value
class Talk:
    """A call as the day sees it."""

    id: str
    contact: str | None
    name: str | None
    planned_at: DateTime | None
    ended_at: DateTime | None
    """None while planned or running."""
    begun: bool = False
    cancelled: bool = False
    minutes: int = 30


@value
class Told:
    """A person whom somebody named in a call, as the call left it."""

    id: str
    name: str
    contact: str | None
    by: str | None
    """Who named them."""
    sure: bool
    may_use_name: str | None = None
    check_in: date | None = None
    private: bool = False


@value
class Promise:
    """What I promised in a call, with a day."""

    entry: str
    interview: str
    contact: str | None
    name: str | None
    text: str
    day: date
    private: bool = False


@value
class Facts:
    """All that is recorded; attempts in the order of time."""

    people: Mapping[str, Contact]
    talks: Sequence[Talk] = ()
    told: Sequence[Told] = ()
    promises: Sequence[Promise] = ()
    attempts: Sequence[Attempt] = ()
    follow_ups: Sequence[FollowUp] = ()


@value
class Due:
    """Something to be done."""

    id: str
    """Stable: a UUID made of what it comes from."""
    kind: str
    """thanks, call_back, check_in, posted, promise or reminder."""
    what: str
    name: str | None
    contact: str | None
    due: date
    """A day, or an instant."""
    interview: str | None = None
    entry: str | None = None


@value
class Quiet:
    """Somebody who has not answered for as long as one waits."""

    name: str
    contact: str
    since: DateTime
    """The last attempt."""
    why: str
    """What that means: one more, or letting it rest."""
    again: bool
    """Whether one more attempt is in order."""


@value
class WriteTo:
    """Somebody worth writing to next."""

    name: str
    contact: str
    why: str


@value
class Today:
    """The day."""

    next: Talk | None
    """The next call that is planned."""
    due: tuple[Due, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    write_to: tuple[WriteTo, ...] = ()


def today(facts: Facts, now: DateTime, cadence: Cadence, *, most: int = 10) -> Today:
    """The day as the facts make it at `now`, whose zone says which day it is.

    At most so many people to write to.
    """
    ahead = now.date() + timedelta(cadence.shown_ahead)
    due = [item for item in all_due(facts, cadence) if day_of(item.due) <= ahead]
    soon = now.date() + timedelta(cadence.posted_shown)
    due = [item for item in due if item.kind != "posted" or day_of(item.due) <= soon]
    return Today(
        next_talk(facts.talks, now),
        tuple(sorted(due, key=_in_time)),
        tuple(_quiet(facts, now, cadence)),
        tuple(_write_to(facts, now)[:most]),
    )


def next_talk(talks: Iterable[Talk], now: DateTime) -> Talk | None:
    """The first planned call whose agreed end is not over yet."""
    ahead = [
        talk
        for talk in talks
        if not talk.begun and not talk.cancelled and talk.planned_at is not None
        and talk.planned_at.add(minutes=talk.minutes) > now
    ]  # fmt: skip
    return min(ahead, key=lambda talk: (talk.planned_at, talk.id), default=None)


def all_due(facts: Facts, cadence: Cadence) -> list[Due]:
    """Everything that is to be done, however far ahead."""
    done = {row.id for row in facts.follow_ups if row.done_at is not None}
    contacts = _by_person(facts.attempts)
    found = [
        *_thanks(facts, contacts, cadence),
        *_posted(facts, contacts, cadence),
        *_call_backs(facts, contacts, cadence),
        *_check_ins(facts, contacts),
        *_promises(facts),
        *_reminders(facts),
    ]
    return [item for item in found if item.id not in done]


def derived_id(kind: str, *anchors: str) -> str:
    """The stable id of what is due for that reason."""
    return str(uuid5(NAMESPACE_URL, "iview:due/" + "/".join((kind, *anchors))))


# -- what is due ---------------------------------------------------------------------------------


def _thanks(facts: Facts, contacts: Mapping[str, list[Attempt]], cadence: Cadence) -> Iterator[Due]:
    """A thank-you note within a day of a talk, until one is recorded."""
    for talk in facts.talks:
        if talk.ended_at is None or talk.contact is None:
            continue
        after = (each for each in contacts.get(talk.contact, ()) if each.sent == THANKS)
        if any(each.interview == talk.id or each.at >= talk.ended_at for each in after):
            continue
        yield Due(
            derived_id("thanks", talk.id), "thanks", "thank-you note", talk.name, talk.contact,
            talk.ended_at.add(hours=cadence.thanks_within), talk.id,
        )  # fmt: skip


def _posted(facts: Facts, contacts: Mapping[str, list[Attempt]], cadence: Cadence) -> Iterator[Due]:
    """Telling how it went on, 30 and 90 days after the last talk with a person.

    A contact shortly before such a day stands for it; any earlier one moves it.
    """
    last: dict[str, Talk] = {}
    for talk in facts.talks:
        if talk.ended_at is not None and talk.contact is not None:
            before = last.get(talk.contact)
            if before is None or before.ended_at is None or before.ended_at < talk.ended_at:
                last[talk.contact] = talk
    for who, talk in last.items():
        assert talk.ended_at is not None
        ended = talk.ended_at
        days = [ended.date() + timedelta(days) for days in cadence.posted_after]
        gap = timedelta(cadence.posted_after[0])
        for contact in contacts.get(who, ()):
            if contact.at <= ended or contact.sent == THANKS or not days:
                continue
            day = contact.at.date()
            if day >= days[0] - timedelta(cadence.posted_early):
                days.pop(0)
            days = [max(each, day + gap) for each in days]
        if days:
            number = str(len(cadence.posted_after) - len(days) + 1)
            yield Due(
                derived_id("posted", talk.id, number), "posted", "tell how it went on", talk.name,
                who, days[0], talk.id,
            )  # fmt: skip


def _call_backs(
    facts: Facts, contacts: Mapping[str, list[Attempt]], cadence: Cadence
) -> Iterator[Due]:
    """What was promised at the last contact: to call back, or the call that a letter promised."""
    for who, attempts in contacts.items():
        step, last = next_step(attempts, cadence), attempts[-1]
        if step.day is None or step.what == "nudge":
            continue
        person = facts.people.get(who)
        words = "call back" if step.what == "call_back" else "get in touch"
        if last.outcome not in ("call_back", "scheduled") and last.channel in ("letter", "email"):
            words = "call, as the letter promised"
        yield Due(
            derived_id("call_back", last.id), "call_back", words, person.name if person else None,
            who, step.day, last.interview,
        )  # fmt: skip


def _check_ins(facts: Facts, contacts: Mapping[str, list[Attempt]]) -> Iterator[Due]:
    """Asking the one who wanted to ask the named person first; until there was contact with them.

    With whoever named them, from that day on; or with the named person at all.
    """
    by_name = {talk.name: talk.contact for talk in facts.talks if talk.name and talk.contact}
    for told in facts.told:
        if told.check_in is None:
            continue
        asked = by_name.get(told.by or "")
        reached = bool(told.contact and contacts.get(told.contact))
        since = (each.at.date() for each in contacts.get(asked or "", ()))
        if reached or any(day >= told.check_in for day in since):
            continue
        yield Due(
            derived_id("check_in", told.id), "check_in", f"check in about {told.name}", told.by,
            asked, told.check_in,
        )  # fmt: skip


def _promises(facts: Facts) -> Iterator[Due]:
    for promise in facts.promises:
        yield Due(
            derived_id("promise", promise.entry), "promise", promise.text, promise.name,
            promise.contact, promise.day, promise.interview, promise.entry,
        )  # fmt: skip


def _reminders(facts: Facts) -> Iterator[Due]:
    for row in facts.follow_ups:
        if row.due is not None:
            person = facts.people.get(row.contact or "")
            yield Due(
                row.id, "reminder", row.what, person.name if person else None, row.contact, row.due,
                row.interview, row.entry,
            )  # fmt: skip


# -- people --------------------------------------------------------------------------------------


def _quiet(facts: Facts, now: DateTime, cadence: Cadence) -> list[Quiet]:
    """Those whom one tried to reach and who have not answered in time; the latest first.

    Not those with whom a talk was had or planned since.
    """
    talked: dict[str, DateTime] = {}
    for talk in facts.talks:
        at = None if talk.cancelled else talk.ended_at or talk.planned_at
        if talk.contact and at:
            talked[talk.contact] = max(at, talked.get(talk.contact, at))
    found = []
    for who, attempts in _by_person(facts.attempts).items():
        since, person = waiting_since(attempts), facts.people.get(who)
        last = attempts[-1]
        if since is None or person is None or last.next is not None or last.sent == THANKS:
            continue
        if who in talked and talked[who] >= since:
            continue
        if day_of(last.at) + timedelta(cadence.nudge_after) > now.date():
            continue
        step = next_step(attempts, cadence)
        found.append(Quiet(person.name, who, last.at, step.why, step.what != "rest"))
    return sorted(found, key=lambda quiet: (not quiet.again, -quiet.since.timestamp()))


def _write_to(facts: Facts, now: DateTime) -> list[WriteTo]:
    """Those to whom nobody wrote yet, the warmest first.

    Names from a talk come first, those whose referrer may be named before all; then by how I came
    by the name; within that those whom one can reach.
    """
    reached = {attempt.contact for attempt in facts.attempts}
    reached |= {talk.contact for talk in facts.talks if talk.contact and not talk.cancelled}
    told = {each.contact: each for each in facts.told if each.contact and each.sure}
    ranked = []
    for who, person in facts.people.items():
        if who in reached:
            continue
        rank, why = _warmth(person, told.get(who), now)
        if rank is not None:
            ranked.append(
                (rank, not (person.emails or person.phones), WriteTo(person.name, who, why))
            )
    ranked.sort(key=lambda row: (row[0], row[1], row[2].name.casefold()))
    return [row[2] for row in ranked]


def _warmth(person: Contact, told: Told | None, now: DateTime) -> tuple[int | None, str]:
    """How warm a name is, 0 the warmest, None not yet; and why, in a few words."""
    if told is not None and told.by:
        match told.may_use_name:
            case "yes":
                return 0, f"{told.by} suggested them, and may be named"
            case "they_ask_first":
                if told.check_in is None or told.check_in > now.date():
                    return None, ""
                return 2, f"{told.by} wanted to ask them first"
            case "no":
                return 3, f"{told.by} named them, and is not to be named"
        return 1, f"{told.by} suggested them"
    if person.via:
        return 4, f"the name comes from {person.via}"
    if person.source in _SOURCES:
        return 5 + _SOURCES.index(person.source), f"{person.source}; not written to yet"
    return 5 + len(_SOURCES), "not written to yet"


def _by_person(attempts: Iterable[Attempt]) -> dict[str, list[Attempt]]:
    found: dict[str, list[Attempt]] = {}
    for attempt in attempts:
        found.setdefault(attempt.contact, []).append(attempt)
    return found


def _in_time(item: Due) -> tuple[date, float, str]:
    exact = item.due.timestamp() if isinstance(item.due, DateTime) else 0.0
    return day_of(item.due), exact, item.id
