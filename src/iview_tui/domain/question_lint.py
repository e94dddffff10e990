"""What to look at in a prepared question: closed, double, leading, or none to ask at all.

The rules are data (`bank/question_lint.toml`); the source of what they look for is the practice of
informational interviewing: learn, never ask for a job, and read up beforehand what can be read.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from iview_tui.domain.value import value

_SENTENCE = re.compile(r"[^.?!]*[.?!]+[\"')\]]*|[^.?!]+$")
_ASKS = re.compile(
    r"^(?:and |so |but )?(?:what|how|why|which|who|whom|where|when|is|are|was|were|do|does|did|can"
    r"|could|would|will|should|has|have|had|may|might)\b"
)


@value
class Rule:
    """Something to look for."""

    name: str
    message: str
    """What to ask instead."""
    of: str
    """sentence: each by itself; last: the last that asks, unless another is open; whole."""
    find: tuple[re.Pattern[str], ...]
    but: tuple[re.Pattern[str], ...]
    bad: tuple[str, ...]
    good: tuple[str, ...]

    def fits(self, text: str) -> bool:
        """Whether a text has it."""
        return any(one.search(text) for one in self.find) and not any(
            one.search(text) for one in self.but
        )


@value
class Finding:
    """Something to look at."""

    rule: str
    message: str


def rules_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules as the data file has them. Raises re.error or KeyError where it is wrong."""
    return tuple(
        Rule(
            row["name"], row["message"], row.get("of", "sentence"),
            tuple(re.compile(each) for each in row["find"]),
            tuple(re.compile(each) for each in row["but"]),
            tuple(row["bad"]), tuple(row["good"]),
        )
        for row in rows
    )  # fmt: skip


def lint(question: str, rules: Sequence[Rule]) -> tuple[Finding, ...]:
    """What there is to look at in one question, in the order of the rules."""
    whole = _plain(question)
    sentences = [found.strip() for found in _SENTENCE.findall(whole) if found.strip()]
    asking = [each for each in sentences if each.endswith("?")] or sentences[-1:]
    return tuple(Finding(rule.name, rule.message) for rule in rules if _has(rule, whole, asking))


def _has(rule: Rule, whole: str, asking: Sequence[str]) -> bool:
    if rule.of == "whole":
        return rule.fits(whole)
    if rule.of == "last":
        opens = [each for each in asking if _ASKS.match(each) and not rule.fits(each)]
        return bool(asking) and not opens and rule.fits(asking[-1])
    return any(rule.fits(each) for each in asking)


def _plain(text: str) -> str:
    """One line in lower case, with straight quotes and single blanks, without a list's marks."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'")
    return " ".join(folded.replace('"', "").replace("“", "").replace("”", "").split()).lstrip(
        "-*•! "
    )
