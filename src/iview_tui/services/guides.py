"""Lists of questions, for those who may not read files: the built-in one, or one by its path."""

import json
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from iview_tui.domain.guide import Guide, GuideError, GuideNotFound, Priority, Topic
from iview_tui.domain.value import value

__all__ = [
    "BankTopic",
    "GuideError",
    "GuideNotFound",
    "bank_topics",
    "built_in_guide",
    "load_guide",
    "short_names",
]

_BANK = Path(__file__).parents[1] / "domain" / "bank"


@value
class BankTopic:
    """A topic of the bank: what `#key` means."""

    key: str
    short: str
    """Its name in a row of topics."""
    title: str
    group: str
    """field, organization, or tracker."""


@cache
def bank_topics() -> tuple[BankTopic, ...]:
    """All topics of the bank, those for the tracker alone last."""
    rows = tomllib.loads(_text("topics.toml"))["topic"]
    return tuple(BankTopic(**row) for row in rows)


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


def _text(name: str) -> str:
    return (_BANK / name).read_text(encoding="utf-8")
