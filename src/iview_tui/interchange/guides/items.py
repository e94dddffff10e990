"""One line of a list of questions, read and written: `! Short name: question (3) #key`.

A backslash before a sign takes the sign as it stands, in all three formats. While a line is read
or written such a sign is replaced by one of the 32 noncharacters U+FDD0 and up, which the door
lets nobody bring in, so that no rule sees it.
"""

import re
import string
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from iview_tui.domain.guide import MINUTES_OF_A_TOPIC, Priority, Topic
from iview_tui.domain.text import bounded, cells, fitting
from iview_tui.domain.value import value

NAME_CELLS = 16
"""The width of a name in a row of topics; names made from a question are cut to it."""
NAME_WORDS = 3
MOST_MINUTES = 600
"""A number in brackets above this is no length but a year or an amount: text."""

_SHIELD = {ord(sign): 0xFDD0 + index for index, sign in enumerate(string.punctuation)}
_BARE = {hidden: sign for sign, hidden in _SHIELD.items()}
_ESCAPE = {hidden: f"\\{chr(sign)}" for sign, hidden in _SHIELD.items()}
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SIGN = re.compile(r"([!?])\1*\s*")
_COLON = re.compile(r":(?!//)(?:(?<!\d:)|(?!\d))")
_TAIL = re.compile(
    r"(?:^|\s)(?:\((?P<minutes>[0-9]{1,6}(?:[.,][0-9]+)?)(?:\s?(?:m|mins?|minutes?))?\)"
    r"|#(?P<key>[A-Za-z][A-Za-z0-9_]*))\Z"
)
_MARKER = re.compile(r"(?:[-*+•]|[0-9]{1,9}[.)])(?:[ \t]+|\Z)")
_READ_AS_MARKUP = re.compile(r"[-!?#>+*_~`=|<\[]|[0-9]{1,9}([.)])(?=\s|\Z)")
_SIGNS = {Priority.MUST: "! ", Priority.SHOULD: "", Priority.COULD: "? "}


@dataclass(slots=True)
class Draft:
    """A topic while it is read: what its line said, and what stands under it."""

    line: int
    question: str
    title: str | None = None
    priority: Priority | None = None
    minutes: float | None = None
    key: str | None = None
    unknown_key: str | None = None
    section: int = 0
    probes: list[str] = field(default_factory=list)
    background: list[str] = field(default_factory=list)
    keywords: list[str] = field(default_factory=list)


@value
class Section:
    """A heading, and the minutes it says."""

    title: str
    minutes: float | None = None


def squeeze(text: str) -> str:
    """Text on one line, with single blanks."""
    return re.sub(r"[ \t\n]+", " ", text).strip()


def shield(raw: str) -> str:
    """Text of a list with its escaped signs hidden from every rule."""
    return _ESCAPED.sub(lambda match: match[1].translate(_SHIELD), raw)


def bare(text: str) -> str:
    """The text that is meant: hidden signs as they are."""
    return text.translate(_BARE)


def unmarked(line: str) -> tuple[bool, str]:
    """Whether a bullet or number opens the line, and the line without it."""
    text = line.strip()
    match = _MARKER.match(text)
    return (True, text[match.end() :]) if match else (False, text)


def read_item(raw: str, line: int, known_keys: Mapping[str, str] | None) -> Draft | None:
    """The question of a line, or None where it holds none (no letter, no digit).

    With `known_keys` another `#key` is no key: it is left in `unknown_key`, to be reported.
    """
    text = squeeze(shield(raw))
    draft = Draft(line, "")
    if sign := _SIGN.match(text):
        draft.priority = Priority.MUST if sign[1] == "!" else Priority.COULD
        text = text[sign.end() :]
    key: str | None = None
    while tail := _TAIL.search(text):
        if tail["minutes"] and draft.minutes is None and (value := read_minutes(tail["minutes"])):
            draft.minutes = value
        elif tail["key"] and key is None:
            key = tail["key"].lower()
        else:
            break
        text = text[: tail.start()].rstrip()
    if key is None or known_keys is None or key in known_keys:
        draft.key = key
    else:
        draft.unknown_key = f"#{key}"
    name, question = _split_name(text)
    draft.title = None if name is None else bare(name)
    draft.question = bare(question)
    return draft if any(char.isalnum() for char in draft.question) else None


def read_minutes(text: str) -> float | None:
    """Minutes of more than nothing and up to `MOST_MINUTES`, or None."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if 0 < value <= MOST_MINUTES else None


def read_heading(raw: str) -> Section:
    """A section's heading: `About the field (10)`."""
    text = squeeze(shield(raw))
    tail = _TAIL.search(text)
    if tail and tail["minutes"] and (value := read_minutes(tail["minutes"])):
        return Section(bare(text[: tail.start()].strip()), value)
    return Section(bare(text))


def finish(
    drafts: Sequence[Draft], sections: Sequence[Section], names: Mapping[str, str]
) -> tuple[Topic, ...]:
    """Topics, numbered from 1, each with its name and its minutes."""
    of_section: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        of_section[draft.section].append(draft)
    minutes: dict[int, float] = {}
    for index, mine in of_section.items():
        shares = shared(sections[index].minutes, [draft.minutes for draft in mine])
        minutes.update(zip((draft.line for draft in mine), shares, strict=True))
    return tuple(
        Topic(
            number=number,
            title=draft.title or names.get(draft.key or "") or first_words(draft.question),
            question=draft.question,
            section=sections[draft.section].title,
            priority=draft.priority or Priority.SHOULD,
            minutes=minutes[draft.line],
            key=draft.key,
            probes=tuple(draft.probes),
            background=tuple(draft.background),
            keywords=tuple(draft.keywords),
        )
        for number, draft in enumerate(drafts, 1)
    )


def shared(total: float | None, own: Sequence[float | None]) -> list[float]:
    """The minutes of a section's topics: those without take equal parts of what is left."""
    without = own.count(None)
    rest = (total or 0) - sum(minutes or 0 for minutes in own)
    share = rest / without if without and rest > 0 else MINUTES_OF_A_TOPIC
    return [share if minutes is None else minutes for minutes in own]


def first_words(question: str) -> str:
    """The words of a question that fit into a row of topics; of a longer word its beginning."""
    words = question.split()
    name = words[0]
    for word in words[1:]:
        if cells(f"{name} {word}") > NAME_CELLS:
            break
        name = f"{name} {word}"
    end = min(fitting(name, NAME_CELLS), 4 * NAME_CELLS)  # marks take no cell, without end
    return bounded(name, end) or name[:end]


def write_item(topic: Topic, minutes: float | None) -> str:
    """The line of a topic; with no minutes they are left to its section, or to the usual ones."""
    question, title = _hidden(topic.question), _hidden(topic.title)
    named = topic.key is not None or topic.title != first_words(topic.question)
    if named and 1 <= len(title.split()) <= NAME_WORDS:
        text = f"{_hide(title, ':')}: {question}"
    else:
        text = question
        while (split := _name_end(text)) is not None:
            text = _hide_at(text, split)
    tail = _TAIL.search(text)
    if tail:
        text = _hide_at(text, tail.start() + len(tail[0]) - len(tail[0].lstrip()))
    text = escaped(_plain_start(text))
    length = "" if minutes is None else f" ({decimal(minutes)})"
    return f"{_SIGNS[topic.priority]}{text}{length}{f' #{topic.key}' if topic.key else ''}"


def write_heading(title: str, minutes: float | None = None) -> str:
    """The text of a heading that reads back as this title."""
    text = _hidden(title)
    tail = _TAIL.search(text)
    if tail and tail["minutes"]:
        text = _hide_at(text, text.rindex("("))
    if text.endswith("#"):
        text = _hide_at(text, len(text) - 1)
    return escaped(text) + ("" if minutes is None else f" ({decimal(minutes)})")


def write_line(text: str, also: str = "") -> str:
    """A probe or a line to say: its beginning opens nothing, and no sign of `also` counts."""
    return escaped(_plain_start(_hide(_hidden(text), also)))


def escaped(text: str) -> str:
    """Hidden signs written out, each behind a backslash."""
    return text.translate(_ESCAPE)


def decimal(minutes: float) -> str:
    """Minutes without an exponent, and without `.0`."""
    return str(int(minutes)) if minutes == int(minutes) else f"{Decimal(repr(minutes)):f}"


def _split_name(text: str) -> tuple[str | None, str]:
    """The short name before the first colon, and the question; a name alone is the question."""
    end = _name_end(text)
    if end is None:
        return None, text
    name = text[:end].strip()
    return name, text[end + 1 :].strip() or name


def _name_end(text: str) -> int | None:
    """Where the colon of a short name stands: behind one to three words, in no time or address."""
    colon = _COLON.search(text)
    if colon is None or not 1 <= len(text[: colon.start()].split()) <= NAME_WORDS:
        return None
    return colon.start()


def _hidden(text: str) -> str:
    """Text that is to be written, with its own backslashes hidden."""
    return _hide(squeeze(text), "\\")


def _hide(text: str, signs: str) -> str:
    return text.translate({ord(sign): _SHIELD[ord(sign)] for sign in signs})


def _hide_at(text: str, index: int) -> str:
    return text[:index] + text[index].translate(_SHIELD) + text[index + 1 :]


def _plain_start(text: str) -> str:
    """Text whose beginning is no sign of this grammar or of Markdown."""
    match = _READ_AS_MARKUP.match(text)
    if match is None:
        return text
    return _hide_at(text, match.start(1) if match[1] else 0)
