"""The badge left of the note line: in words, while a line is typed, how it will be taken."""

from collections.abc import Sequence
from datetime import date

from iview_tui.domain import due, line
from iview_tui.domain.entry import Kind
from iview_tui.domain.guide import Topic
from iview_tui.domain.text import bounded, cells

WIDE = 23
"""Cells of the long words, on a screen of 100 columns and more."""
SHORT = 12
"""Cells of the short words, on 70 to 99 columns; `they promise` just fits."""
NARROW = 10
"""Cells on fewer columns."""

_PRIVATE = "PRIVATE"

# Long words first; the first that fits is shown.
_KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.NOTE: ("note",),
    Kind.QUOTE: ("quote",),
    Kind.REFERRAL: ("name",),
    Kind.ORGANIZATION: ("organization", "org"),
    Kind.PROMISE_THEIRS: ("they promise", "they"),
    Kind.PROMISE_MINE: ("I promise", "I"),
    Kind.JARGON: ("jargon",),
    Kind.OPPORTUNITY: ("opening they mention", "opening"),
    Kind.LATER: ("question for later", "later"),
    Kind.PARKED: ("parked",),
}


def badge(
    reading: line.Reading,
    *,
    topic: Topic | None,
    today: date,
    room: int = SHORT,
    private: bool = False,
) -> str:
    """The words for a reading, in at most `room` cells.

    `topic` is the one that the words go under, or that a mark is about; `private` says that the
    call is in private mode (a line that is private by itself says so anyway).
    """
    private = private or _is_private(reading)
    left = room - len(_PRIVATE) - 1 if private else room
    forms = _forms(reading, topic, today)
    if not private:
        return next((form for form in forms if cells(form) <= left), _cut(forms[-1], left))
    said = next((form for form in forms if form and cells(form) <= left), "")
    return f"{_PRIVATE} {said}".strip()


def _forms(reading: line.Reading, topic: Topic | None, today: date) -> Sequence[str]:
    """The ways to say it, longest first; the last one always fits the narrowest place."""
    match reading:
        case line.Words(kind=Kind.NOTE | Kind.QUOTE):
            return _starred(reading, _under(_KINDS[reading.kind][0], topic))
        case line.Words(kind=Kind.PROMISE_THEIRS | Kind.PROMISE_MINE):
            return _starred(reading, _promise(reading, today))
        case line.Words():
            return _starred(reading, _KINDS.get(reading.kind, ("note",)))
        case line.Referrals():
            return _starred(reading.parts[0], _people(reading))
        case line.Mark():
            title = [f"{topic.number} {topic.title}: covered"] if topic else []
            return (*title, f"{reading.topic} covered", f"{reading.topic} done")
        case line.Later():
            return (f"{reading.minutes} min later", f"+{reading.minutes} min")
        case line.Left():
            return (f"{reading.minutes} min left", f"={reading.minutes} min")
        case line.Until():
            return (f"ends {reading.hour}:{reading.minute:02}",)
        case line.Command():
            return (f"do {reading.name} {reading.argument}".strip(), f"do {reading.name}", "do")
        case line.Star():
            return ("star the last", "star")
        case line.Moment():
            return ("moment",)
        case line.Help():
            return ("help",)
        case line.Stays(then=line.Later(minutes=minutes)):
            return (f"{minutes} min later?", f"+{minutes}?")
        case line.Stays():
            return ("do ...",) if reading.command_like else _under("note", topic)
        case line.Nothing():
            return _under("note", topic)


def _under(word: str, topic: Topic | None) -> tuple[str, ...]:
    """With the topic's number, and its short name cut where only that fits."""
    if topic is None:
        return (word,)
    number = f"{word} > {topic.number}"
    titled = f"{number} {topic.title}"
    cut = _cut(titled, WIDE)
    return (titled, *([cut] if cells(cut) > cells(number) + 4 else []), number, word)


def _promise(reading: line.Words, today: date) -> tuple[str, ...]:
    """With the day that was read."""
    long, short = _KINDS[reading.kind]
    day = due.due(reading.text, today)
    if day is None:
        return (long, short)
    said = f"{day.day} {day:%b}"
    return (f"{long}, {day:%a} {said}", f"{long} {day:%a} {said}", f"{short} {day:%a} {said}",
            f"{short} {said}", f"{short} {day.day}{day:%b}")  # fmt: skip


def _people(reading: line.Referrals) -> tuple[str, ...]:
    people = [part.person for part in reading.parts if part.person]
    sure = [person for person in people if person.sure]
    if len(people) > 1 and not sure:
        return (f"{len(people)} to find",)
    if len(people) > 1:
        names = f"{len(sure)} name{'s' * (len(sure) != 1)}"
        find = f" +{len(people) - len(sure)}?" if len(sure) < len(people) else ""
        return (names + find,)
    if not sure:
        return ("someone to find", "to find")
    named = f"name: {sure[0].name}{'?' * sure[0].doubt}"
    return (named, _cut(named, WIDE), "name?" if sure[0].doubt else "name")


def _starred(words: line.Words, forms: Sequence[str]) -> Sequence[str]:
    """With the star in front, where it was typed so."""
    return [f"! {form}" for form in forms] if words.starred else forms


def _is_private(reading: line.Reading) -> bool:
    match reading:
        case line.Referrals():
            return reading.parts[0].private
        case line.Words() | line.Moment():
            return reading.private
        case _:
            return False


def _cut(text: str, room: int) -> str:
    """The beginning of a text with one `…`, where it has more cells than there are."""
    if cells(text) <= room:
        return text
    kept = text
    while kept and cells(kept) > room - 1:
        kept = bounded(kept, len(kept) - 1)
    return kept.rstrip() + "…"
