"""Lists of questions, for those who may not read files: the built-in one, or one by its path."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

from iview_tui.domain.guide import Guide
from iview_tui.domain.value import value
from iview_tui.interchange.guides import GuideError, GuideNotFound, parse_guide, read_guide

__all__ = [
    "BankTopic",
    "GuideError",
    "GuideNotFound",
    "bank_topics",
    "built_in_guide",
    "load_guide",
    "short_names",
]


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
    """The guide that comes with the program."""
    return parse_guide(_text("guide.md"), "md", bank=short_names())


def load_guide(path: str | Path | None = None) -> Guide:
    """The guide in a file, or the built-in one.

    Raises GuideNotFound where no such file is, GuideError where it is unreadable, empty, binary,
    too large or without a question; the error's text is the sentence to show.
    """
    return built_in_guide() if path is None else read_guide(Path(path), short_names())


def _text(name: str) -> str:
    return (files("iview_tui.domain") / "bank" / name).read_text(encoding="utf-8")
