"""What all the talks say together: one question across people, who led to whom, the own style.

Topics of different lists are the same where the bank knows them by one key; without a key, where
the question is worded the same.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

from iview_tui.domain.coverage import State
from iview_tui.domain.entry import Kind
from iview_tui.domain.guide import Priority
from iview_tui.domain.live import LiveInterview
from iview_tui.domain.text import bounded, one_line
from iview_tui.domain.value import value

AGREES, CONTRADICTS = "agrees", "contradicts"
"""What a person may mark of two entries."""
ASKED = frozenset({State.ASKED, State.PARTLY, State.COVERED})
NOBODY: Mapping[str, int] = {}
_BARS = "▁▂▃▄▅▆▇█"


# -- topics --------------------------------------------------------------------------------------


@value
class Said:
    """Something that somebody said about a topic."""

    entry: str
    text: str
    kind: str
    starred: bool = False
    private: bool = False


@value
class Answer:
    """One person's answer to a topic, in one talk."""

    name: str | None
    interview: str
    state: str
    """untouched, asked, partly, covered or skipped."""
    said: tuple[Said, ...] = ()
    at: str = ""
    """When the talk began, ISO 8601 in UTC."""
    title: str = ""
    """How the topic was called in that talk."""
    must: bool = False


@value
class Accord:
    """Two entries that agree or contradict, as the user marked them."""

    id: str
    key: str
    kind: str
    """agrees or contradicts."""
    entry: str
    other: str
    text: str = ""


@value
class Compared:
    """One topic across the talks that had it on their list."""

    ident: str
    """What ties its wordings together: the key of the bank, or the folded question."""
    key: str | None
    title: str
    question: str
    answers: tuple[Answer, ...] = ()
    """The newest talk first."""
    accords: tuple[Accord, ...] = ()

    @property
    def asked_of(self) -> int:
        """How many talks it was asked in."""
        return sum(answer.state in ASKED for answer in self.answers)

    @property
    def answered(self) -> int:
        """How many talks said something about it."""
        return sum(answer.state in (State.PARTLY, State.COVERED) for answer in self.answers)

    @property
    def ways(self) -> int:
        """How many different answers there are, as far as contradictions were marked."""
        return ways(self.accords) if self.answered else 0

    @property
    def saturation(self) -> str:
        """How far it is known: `asked of 7, answered by 6, two ways`."""
        if not self.asked_of:
            return "not asked yet"
        said = f"asked of {self.asked_of}, answered by {self.answered}"
        number = self.ways
        words = {0: "", 1: "", 2: ", two ways", 3: ", three ways"}
        return said + words.get(number, f", {number} ways")


def ident(key: str | None, question: str) -> str:
    """What makes two wordings of a question one topic."""
    return key or "?" + " ".join(re.findall(r"[^\W_]+", _folded(question)))


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.casefold())
    return "".join(sign for sign in bare if unicodedata.category(sign) != "Mn")


def ways(accords: Iterable[Accord]) -> int:
    """Into how many groups the marked answers fall: what agrees is one, what contradicts parts.

    Without a contradiction there is one way.
    """
    group: dict[str, str] = {}

    def root(entry: str) -> str:
        while group.setdefault(entry, entry) != entry:
            entry = group[entry]
        return entry

    known = list(accords)
    for accord in known:
        if accord.kind == AGREES:
            group[root(accord.entry)] = root(accord.other)
    apart = {
        root(entry)
        for accord in known
        if accord.kind == CONTRADICTS and root(accord.entry) != root(accord.other)
        for entry in (accord.entry, accord.other)
    }
    return max(1, len(apart))


def wanted(topics: Sequence[Compared], asked: str) -> list[Compared]:
    """The topics that a word of the user means: the key, else a beginning of words in the title,
    else words of the question."""
    said = re.sub(r"[\s_-]+", " ", _folded(one_line(asked, 200))).strip()
    if not said:
        return []
    exact = [t for t in topics if t.key and _folded(t.key).replace("_", " ") == said]
    exact = exact or [t for t in topics if _folded(t.title) == said]
    near = [t for t in topics if f" {said}" in f" {_folded(t.title)}"]
    far = [t for t in topics if f" {said}" in f" {_folded(t.question)}"]
    return exact or near or far


def unknown(topics: Iterable[Compared]) -> list[Compared]:
    """The topics that nobody has said anything about, those that were a key topic first."""
    open_ = [topic for topic in topics if not topic.answered]
    return sorted(open_, key=lambda t: not any(answer.must for answer in t.answers))


def in_one_line(answers: Iterable[Answer], width: int = 200) -> str:
    """What others told, one line: `Dele: two-year degree; Ana: evening classes`."""
    parts: list[str] = []
    for answer in answers:
        said = sorted((s for s in answer.said if not s.private), key=lambda s: not s.starred)
        if said:
            first = next(iter((answer.name or "").split()), "someone")
            parts.append(f"{first}: {one_line(said[0].text, 80)}")
        if sum(map(len, parts)) > width:
            break
    line = "; ".join(parts)
    return line if len(line) <= width else bounded(line, width - 1).rstrip() + "…"


# -- who led to whom -----------------------------------------------------------------------------


@value
class Linked:
    """A person, and whom they led to."""

    name: str
    id: str | None
    """The person's UUID; None for a name that is only mentioned."""
    via: str | None
    talks: int
    depth: int = 0
    """Steps from the one with whom the chain begins; the shortest way where there are several."""
    led_to: tuple[str, ...] = ()
    private: bool = False

    @property
    def talked(self) -> bool:
        """Whether there was a talk with them."""
        return self.talks > 0


def chain(people: Sequence[Linked], links: Iterable[tuple[str, str]]) -> tuple[Linked, ...]:
    """The people as trees, each behind who led to them; links are (who led, to whom) by name.

    Who leads in a circle begins with the one who is known longest. Every name is there once.
    """
    known = {_folded(person.name): person for person in people}
    led: dict[str, dict[str, str]] = {}
    has_source: set[str] = set()
    pairs = [(p.via, p.name) for p in people if p.via] + list(links)
    for source, target in pairs:
        one, other = _folded(source), _folded(target)
        if one == other:
            continue
        for name, folded in ((source, one), (target, other)):
            known.setdefault(folded, Linked(name, None, None, 0))
        led.setdefault(one, {})[other] = known[other].name
        has_source.add(other)
    roots = [name for name in known if name not in has_source]
    reached = _depths(roots, led)
    for name in known:  # circles, to which nobody outside leads
        if name not in reached:
            roots.append(name)
            reached |= _depths([name], led, reached)
    placed = _depths(roots, led)
    ordered: list[str] = []
    for root in (name for name in known if placed[name] == 0):
        _walk(root, led, placed, ordered)
    return tuple(_linked(known[name], placed[name], led.get(name, {})) for name in ordered)


def _linked(person: Linked, depth: int, led: Mapping[str, str]) -> Linked:
    return Linked(
        person.name, person.id, person.via, person.talks, depth, tuple(led.values()), person.private
    )


def _depths(
    roots: Sequence[str], led: Mapping[str, Mapping[str, str]], but_for: Mapping[str, int] = NOBODY
) -> dict[str, int]:
    """How many steps everybody is away from the nearest root; some are left out, and passed by."""
    depths: dict[str, int] = {}
    row, depth = list(roots), 0
    while row:
        for name in row:
            depths.setdefault(name, depth)
        further = dict.fromkeys(name for each in row for name in led.get(each, ()))
        row = [name for name in further if name not in depths and name not in but_for]
        depth += 1
    return depths


def _walk(
    root: str, led: Mapping[str, Mapping[str, str]], placed: Mapping[str, int], ordered: list[str]
) -> None:
    """Depth first, without recursion: chains may be long, and circles are."""
    seen = set(ordered)
    stack = [root]
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        ordered.append(name)
        below = [n for n in led.get(name, ()) if n not in seen and placed[n] == placed[name] + 1]
        stack += reversed(below)


# -- words of the field --------------------------------------------------------------------------


@value
class Term:
    """A word of the field, and who said it."""

    term: str
    meaning: str | None
    name: str | None
    interview: str
    entry: str
    private: bool = False


@value
class Mention:
    """An organization they named, or an opportunity that they raised."""

    text: str
    name: str | None
    interview: str
    entry: str
    at: str
    private: bool = False


# -- the own style -------------------------------------------------------------------------------


@value
class Style:
    """The figures of one talk, for how one's own way of talking changes."""

    interview: str
    name: str | None
    at: str
    """ISO 8601 in UTC."""
    figures: Mapping[str, Any] = field(default_factory=dict)
    confidence: int | None = None
    """1 to 5, as the user put it afterwards."""


MEASURES = {
    "over": "minutes over",
    "answered": "topics answered",
    "musts_answered": "key topics answered",
    "unprompted": "came up by itself",
    "names": "names",
    "notes": "notes",
}
"""The figures that are drawn, with what they are called; minutes over are whole minutes."""


def figures(live: LiveInterview) -> dict[str, Any]:
    """A call in figures; seconds, but for `agreed`, which are minutes, and what is counted."""
    end = live.ended_at if live.ended_at is not None else live.now
    start = live.agreement.start
    states = [
        (topic.priority is Priority.MUST, live.coverage(topic.number))
        for topic in live.ground.guide.topics
    ]
    answered = (State.PARTLY, State.COVERED)
    kinds = [entry.kind for entry in live.counting]
    return {
        "start": start,
        "agreed": live.agreed_minutes,
        "length": end - start,
        "over": end - live.agreement.end,
        "topics": len(states),
        "asked": sum(coverage.state in ASKED for _, coverage in states),
        "answered": sum(coverage.state in answered for _, coverage in states),
        "musts": sum(must for must, _ in states),
        "musts_answered": sum(must and coverage.state in answered for must, coverage in states),
        "unprompted": sum(coverage.unprompted for _, coverage in states),
        "names": len(live.names),
        "notes": kinds.count(Kind.NOTE) + kinds.count(Kind.QUOTE),
        "quotes": kinds.count(Kind.QUOTE),
        "starred": sum(live.is_starred(entry) for entry in live.counting),
    }


def series(styles: Sequence[Style]) -> list[tuple[str, tuple[float | None, ...]]]:
    """The figures over time, oldest first: what each is called, and its value in every talk."""
    ordered = sorted(styles, key=lambda style: style.at)
    rows: list[tuple[str, tuple[float | None, ...]]] = []
    for name, called in MEASURES.items():
        scale = 60 if name == "over" else 1
        values = tuple(
            None if (v := style.figures.get(name)) is None else round(v / scale, 1)
            for style in ordered
        )
        rows.append((called, values))
    confidence = tuple(None if s.confidence is None else float(s.confidence) for s in ordered)
    if any(each is not None for each in confidence):
        rows.append(("confidence", confidence))
    return rows


def chart(values: Sequence[float | None], width: int = 30) -> str:
    """Values as a row of bars, the last ones where there are too many; a gap is a dot.

    Zero or less is the lowest bar, the greatest the highest.
    """
    shown = list(values)[-max(1, width) :]
    most = max((each for each in shown if each is not None), default=0)
    return "".join("·" if each is None else _bar(each, most) for each in shown)


def _bar(of: float, most: float) -> str:
    if most <= 0 or of <= 0:
        return _BARS[0]
    return _BARS[min(len(_BARS) - 1, round(of / most * (len(_BARS) - 1)))]
