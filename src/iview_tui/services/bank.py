"""The bank's data files as values: read once, handed to the domain."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from iview_tui.domain.lexicon import Lexicon
from iview_tui.domain.outreach import Cadence

if TYPE_CHECKING:
    from iview_tui.domain.question_lint import Rule

_BANK = Path(__file__).parents[1] / "domain" / "bank"
"""Files of the package: looking them up as resources costs ten times reading them."""


@cache
def lexicon(*, crash: bool = False) -> Lexicon:
    """The words and signs of the note line; with `crash`, `/crash` is one of its commands."""
    if crash:
        return replace(lexicon(), crash=True)
    _, table = _text("signs.txt").split("\n\n", 1)
    rows = (row.split(" ", 1) for row in table.splitlines())
    signs = {ord(form): ord(sign) for sign, forms in rows for form in forms}
    return Lexicon(
        signs=MappingProxyType(signs),
        commonest=_words("commonest.txt"),
        bodies=_words("bodies.txt"),
        days=_words("days.txt"),
        nobody=_words("nobody.txt"),
        quantities=_words("quantities.txt"),
    )


@cache
def cadence() -> Cadence:
    """How often one tries to reach a person, and when what follows a talk is due."""
    rows = _toml(_text("cadence.toml"))
    return Cadence(**rows | {"posted_after": tuple(rows["posted_after"])})


def _words(name: str) -> frozenset[str]:
    """The words of a list, parted by blanks; a line that begins with `#` is a remark."""
    lines = _text(name).splitlines()
    return frozenset(
        word.casefold() for line in lines if not line.startswith("#") for word in line.split()
    )


def _text(name: str) -> str:
    return (_BANK / name).read_text(encoding="utf-8")


@cache
def lint_rules() -> tuple[Rule, ...]:
    """What to look for in a prepared question."""
    from iview_tui.domain.question_lint import rules_of

    return rules_of(_toml(_text("question_lint.toml"))["rule"])


def _toml(text: str) -> dict[str, Any]:
    import tomllib  # not at every start

    return tomllib.loads(text)
