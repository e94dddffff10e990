"""The agreed start and end of a call: what each line of the clock makes of them."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime

from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.log import taken_back
from iview_tui.domain.pacing import Agreement, Span

MOVES = frozenset({Kind.START, Kind.EXTEND, Kind.BEGAN})
"""Kinds that set or move the start or the end."""
TIME_OF_DAY = re.compile(r"=\s*\d{1,2}\s*:\s*\d")


def seconds_to(instant: str, connected_at: datetime) -> int:
    """An ISO 8601 instant as a moment of the call's clock."""
    return round(datetime.fromisoformat(instant).timestamp() - connected_at.timestamp())


def after(
    stands: Agreement | None, fixed: bool, entry: Entry, connected_at: datetime
) -> tuple[Agreement | None, bool]:
    """The agreement behind a line of the clock, and whether its end is said as a time of day."""
    if entry.kind is Kind.START:
        end = int(entry.value["agreed_minutes"]) * 60
        if planned := entry.value.get("planned_end"):
            at = seconds_to(planned, connected_at)
            return Agreement(0, min(end, at)), at <= end
        return Agreement(0, end), False
    if stands is None:
        return None, False
    if entry.kind is Kind.EXTEND:
        said = unicodedata.normalize("NFKC", entry.text).lstrip()
        if said.startswith("="):
            fixed = TIME_OF_DAY.match(said) is not None
        return Agreement(stands.start, seconds_to(entry.value["agreed_end"], connected_at)), fixed
    start = entry.entered - int(entry.value["minutes"]) * 60
    return (began(stands, start, fixed=fixed), fixed) if start < stands.start else (stands, fixed)


def began(stands: Agreement, start: int, *, fixed: bool) -> Agreement:
    """The start moves: an end said as a time of day stays, otherwise the length stays."""
    return Agreement(start, stands.end if fixed else stands.end - (stands.start - start))


def spans(log: Sequence[Entry], connected_at: datetime) -> tuple[Span, ...]:
    """Every agreement of a log that was not taken back, from when on; the last one stands."""
    gone = taken_back(log)
    found: list[Span] = []
    stands: Agreement | None = None
    fixed = False
    for entry in log:
        if entry.kind in MOVES and entry.id not in gone:
            before = stands
            stands, fixed = after(stands, fixed, entry, connected_at)
            if stands is not None and stands != before:
                found.append(Span(entry.entered, stands))
    return tuple(found)


def lapses(log: Sequence[Entry]) -> tuple[tuple[int, int], ...]:
    """From when to when each change of the clock stood that was then taken back."""
    by_id = {entry.id: entry for entry in log}
    undone: dict[int, int] = {}
    for entry in log:
        about = by_id.get(entry.about or "")
        if about is not None and entry.kind is Kind.UNDO:
            undone[about.line] = entry.entered
        elif about is not None and entry.kind is Kind.REDO and about.about in by_id:
            undone.pop(by_id[about.about].line, None)
    moves = (e for e in log if e.kind in MOVES and e.kind is not Kind.START)
    found = ((e.entered, undone[e.line]) for e in moves if e.line in undone)
    return tuple(sorted(found, key=lambda lapse: lapse[1]))
