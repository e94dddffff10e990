"""A page to print for one call: what was agreed, what to see to, and the questions."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from iview_tui.domain.scheduling import both_zones
from iview_tui.services.agenda import Planned

_BANK = Path(__file__).parents[1] / "domain" / "bank"
LINES = 3
"""Lines to write on under a question."""
RULE = "_" * 72
PHONE = "phone"


@cache
def _checklist() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads((_BANK / "checklist.toml").read_text(encoding="utf-8"))["check"])


def checks(medium: str | None) -> tuple[tuple[int, str], ...]:
    """What to see to before a talk of that kind (by phone unless said), with minutes before it."""
    kind = medium or PHONE
    return tuple(
        (row["before"], row["text"]) for row in _checklist() if kind in row.get("medium", (kind,))
    )


def sheet(planned: Planned) -> str:
    """The page as plain text, a line end at the end."""
    return "\n".join(_rows(planned)) + "\n"


def _rows(planned: Planned) -> Iterator[str]:
    record, agreed = planned.record, planned.record.agreement
    who = record.contact
    yield (who.name if who else record.guide.title).upper()
    if who:
        about = (who.said and f"said {who.said}", who.pronouns, who.role, who.organization)
        yield from _joined(about)
        yield from _joined((*who.phones, *who.emails, who.via and f"via {who.via}"))
    there = who.time_zone if who else None
    at = both_zones(record.planned_at, record.time_zone, there) if record.planned_at else None
    calls = {"me": "I call", "them": "they call"}.get(agreed.who_calls or "")
    yield from _joined((at, f"{record.agreed_minutes} min", agreed.medium, calls, agreed.place))
    for title, text in (
        ("Asked and agreed", agreed.asked), ("Purpose", record.purpose),
        ("What I must learn", agreed.learn), ("Looked up", agreed.brief),
        ("Known of them", who.background if who else None),
    ):  # fmt: skip
        if text:
            yield from ("", title.upper(), text)
    if agreed.goals:
        yield from ("", "GOALS", *(f"- {goal}" for goal in agreed.goals))
    yield from ("", "BEFORE")
    for before, text in checks(agreed.medium):
        yield f"[ ] {_before(before):<10}  {text}"
    yield from ("", "QUESTIONS")
    for topic in record.guide.topics:
        mark = " (key)" if topic.priority == "must" else ""
        yield from ("", f"{topic.number}. {topic.question or topic.title}{mark}")
        yield from (RULE,) * LINES
    yield from ("", "NAMES: who else might I talk with? may I say that you suggested it?")
    yield from (RULE,) * LINES


def _joined(parts: tuple[str | None, ...]) -> Iterator[str]:
    told = "  ".join(part for part in parts if part)
    if told:
        yield told


def _before(minutes: int) -> str:
    if minutes >= 1440:
        return "day before"
    return f"{minutes // 60} h" if minutes >= 60 and minutes % 60 == 0 else f"{minutes} min"
