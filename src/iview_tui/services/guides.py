"""Lists of questions, for those who may not read files: the built-in one, or one by its path."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from iview_tui.domain.guide import Guide, Priority, Topic
from iview_tui.domain.text import clean, one_line
from iview_tui.domain.value import value
from iview_tui.services.bank import lint_rules

if TYPE_CHECKING:
    from iview_tui.clock import Clock
    from iview_tui.domain.question_lint import Finding
    from iview_tui.paths import Paths

_BANK = Path(__file__).parents[1] / "domain" / "bank"


@value
class BankTopic:
    """A topic of the bank: what `#key` means."""

    key: str
    short: str
    """Its name in a row of topics: at most a cell of sixteen."""
    title: str
    group: str
    """field, organization, or tracker: not in the built-in list, but said all the same."""


@cache
def bank_topics() -> tuple[BankTopic, ...]:
    """All topics of the bank, those for the tracker alone last."""
    return tuple(BankTopic(**row) for row in json.loads(_text("topics.json")))


@cache
def short_names() -> Mapping[str, str]:
    """The short name of each key of the bank."""
    return MappingProxyType({topic.key: topic.short for topic in bank_topics()})


@cache
def built_in_guide() -> Guide:
    """The guide that comes with the program: `guide.md`, parsed beforehand for a quick start."""
    ready = json.loads(_text("guide.json"))
    guide = ready["guide"]
    return Guide(
        title=guide["title"],
        purpose=guide["purpose"],
        topics=tuple(_topic(row) for row in ready["topics"]),
        opening=tuple(guide["opening"]),
        opening_minutes=guide["opening_minutes"],
        close=tuple(guide["close"]),
    )


def _topic(row: dict[str, Any]) -> Topic:
    lists = {name: tuple(row[name]) for name in ("probes", "background", "keywords")}
    return Topic(**row | lists | {"priority": Priority(row["priority"])})


def load_guide(path: str | Path | None = None) -> Guide:
    """The guide in a file, or the built-in one.

    Raises GuideNotFound where no such file is, GuideError where it is unreadable, empty, binary,
    too large or without a question; the error's text is the sentence to show.
    """
    if path is None:
        return built_in_guide()
    from iview_tui.interchange.guides import read_guide

    return read_guide(Path(path), short_names())


def kept_guides(database: Path) -> list[Guide]:
    """The lists that were kept, by title; none where there is no database. Raises DatabaseError."""
    if not database.exists():
        return []
    from iview_tui.store import guides
    from iview_tui.store.database import open_to_read

    with open_to_read(database) as opened, opened.transaction() as connection:
        return guides.everything(connection)


def kept_guide(database: Path, title: str) -> Guide | None:
    """The kept list of that title, or None. Raises DatabaseError."""
    if not database.exists():
        return None
    from iview_tui.store import guides
    from iview_tui.store.database import open_to_read

    with open_to_read(database) as opened, opened.transaction() as connection:
        return guides.find(connection, title)


def keep_guide(paths: Paths, clock: Clock, guide: Guide) -> bool:
    """Keep a list under its title; True where that is new. Raises DatabaseError."""
    from iview_tui.services.writing import writing
    from iview_tui.store import guides

    with writing(paths, clock, "a list of questions") as connection:
        return guides.keep(connection, guide, clock.wall())


def guide_text(path: str | Path | None, guide: Guide) -> str:
    """The text that a list was read from, for the numbers of its lines; a kept one is written."""
    if path is None:
        return _text("guide.md")
    try:
        return clean(Path(path).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        from iview_tui.interchange.guides import write_guide

        return write_guide(guide)


def lint_guide(text: str, guide: Guide) -> list[tuple[int, Topic, Finding]]:
    """What there is to look at in a list: line (from 1), topic, finding; in the order of the list.

    A question is looked for from the line of the one before it on.
    """
    from iview_tui.domain.question_lint import lint

    rules, lines, at = lint_rules(), text.split("\n"), 0
    found: list[tuple[int, Topic, Finding]] = []
    for topic in guide.topics:
        words = one_line(topic.question)
        at = next((n for n in range(at, len(lines)) if words in one_line(lines[n])), at)
        found += [(at + 1, topic, finding) for finding in lint(topic.question, rules)]
    return found


def _text(name: str) -> str:
    return (_BANK / name).read_text(encoding="utf-8")
