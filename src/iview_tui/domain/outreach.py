"""Attempts to reach a person, and what comes next: a nudge, a promised call, or letting it rest."""

from collections.abc import Sequence
from datetime import date, timedelta

from pendulum import DateTime

from iview_tui.domain.value import value

CHANNELS = ("email", "phone", "letter", "linkedin", "in_person")
OUTCOMES = (
    "no_answer", "no_reply", "replied", "voicemail", "gatekeeper", "call_back", "declined",
    "scheduled", "wrong_number",
)  # fmt: skip
ANSWERED = frozenset({"replied", "scheduled", "call_back", "declined"})
"""Outcomes by which they answered."""
PUT_OFF = frozenset({"call_back", "scheduled"})
THANKS = "thanks"
"""What was sent, where it was the thank-you note."""


@value
class Attempt:
    """One try to reach a person, or any other contact with them."""

    id: str
    """A UUID, as text."""
    contact: str
    """The person's UUID."""
    at: DateTime
    channel: str | None = None
    """One of CHANNELS."""
    sent: str | None = None
    """What was sent: letter, thanks, posted, and the like."""
    outcome: str | None = None
    """One of OUTCOMES; None where it is not known yet."""
    text: str = ""
    next: date | None = None
    """When one is to try again, as promised: a day, or an instant (a DateTime is a date)."""
    interview: str | None = None
    """The UUID of the call that it was for."""


@value
class Cadence:
    """How often and how long; the rows of cadence.toml, which says the units."""

    nudge_after: int
    most: int
    reschedule_more: int
    thanks_within: int
    posted_after: tuple[int, ...]
    posted_early: int
    posted_shown: int
    shown_ahead: int


@value
class Step:
    """What comes next with a person."""

    what: str
    """first, nudge, call_back, answer, talk, other_way (the number was wrong) or rest."""
    day: date | None = None
    """When, as far as that is known; an instant where one was agreed."""
    number: int = 0
    """Which attempt that would be, from 1 on; 0 where it would be none."""
    why: str = ""
    """In a few words."""


def next_step(attempts: Sequence[Attempt], cadence: Cadence) -> Step:
    """The next step after attempts in the order of time.

    A reply begins the count anew. At most so many attempts; one that was put off at the last counts
    one more, which is the source's rule against pestering.
    """
    if not attempts:
        return Step("first", None, 1, "not written to yet")
    last, tried = attempts[-1], _tried(attempts)
    match last.outcome:
        case "declined":
            return Step("rest", None, 0, "declined")
        case "replied":
            return Step("answer", last.next, 0, "replied")
        case "scheduled":
            return Step("talk", last.next, 0, "a time is agreed")
        case "wrong_number":
            return Step("other_way", last.next, tried + 1, "wrong number: look for another way")
        case "call_back":
            return Step("call_back", last.next or day_of(last.at), tried + 1, "call back as agreed")
    if last.next is not None:
        return Step("call_back", last.next, tried + 1, "promised")
    most = cadence.most + cadence.reschedule_more * _put_off_at_last(attempts, cadence.most)
    if tried >= most:
        return Step("rest", None, 0, f"{_times(tried)} without an answer")
    day = day_of(last.at) + timedelta(cadence.nudge_after)
    return Step("nudge", day, tried + 1, f"no answer yet: attempt {tried + 1} of {most}")


def kept_words(outcome: str, step: Step, zone: str) -> str:
    """What came of a ring, and when to try again, as one sentence; `zone` is the user's."""
    said = f"{outcome.replace('_', ' ')} is kept"
    if step.day is None:
        return f"{said}; {step.why}"
    at = step.day
    words = f"{at:%a} {at.day} {at:%b}"
    if isinstance(at, DateTime):
        at = at.in_timezone(zone)
        words = f"{at:%a} {at.day} {at:%b}, {at:%H:%M}"
    return f"{said}; next try {words}"


def waiting_since(attempts: Sequence[Attempt]) -> DateTime | None:
    """Since when nobody answered: the first attempt of those after the last answer."""
    since = None
    for attempt in attempts:
        answered = attempt.outcome in ANSWERED
        since = None if answered else since or attempt.at
    return since


def day_of(instant: date) -> date:
    """The day of a day or an instant."""
    return instant.date() if isinstance(instant, DateTime) else instant


def _run(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The attempts after the last reply."""
    replies = [index for index, each in enumerate(attempts) if each.outcome == "replied"]
    return list(attempts[replies[-1] + 1 :] if replies else attempts)


def _tried(attempts: Sequence[Attempt]) -> int:
    return len(_run(attempts))


def _put_off_at_last(attempts: Sequence[Attempt], most: int) -> bool:
    run = _run(attempts)
    return len(run) >= most and run[most - 1].outcome in PUT_OFF


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
