"""The agreed start and end of a call, read from its log through every change and undo."""

import re
from collections.abc import Sequence
from datetime import datetime

from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.log import taken_back
from iview_tui.domain.pacing import Agreement, Span

CLOCK = frozenset({Kind.START, Kind.EXTEND, Kind.BEGAN, Kind.UNDO, Kind.REDO})
"""Kinds that can move the start or the end."""
TIME_OF_DAY = re.compile(r"\s*=\s*\d{1,2}\s*:\s*\d")


def seconds_to(instant: str, connected_at: datetime) -> int:
    """An ISO 8601 instant as a moment of the call's clock."""
    return round(datetime.fromisoformat(instant).timestamp() - connected_at.timestamp())


def spans(log: Sequence[Entry], connected_at: datetime) -> tuple[Span, ...]:
    """Every agreement that stood, from when on; the last one stands now."""
    found: list[Span] = []
    for index, entry in enumerate(log):
        if entry.kind not in CLOCK:
            continue
        stands = _standing(log[: index + 1], connected_at)
        if stands is not None and (not found or found[-1].agreement != stands):
            found.append(Span(entry.entered, stands))
    return tuple(found)


def _standing(log: Sequence[Entry], connected_at: datetime) -> Agreement | None:
    """The agreement at the end of a log.

    An end said as a time of day stays where the start moves; otherwise the length stays.
    """
    retracted = taken_back(log)
    stands: Agreement | None = None
    fixed = False
    for entry in log:
        if entry.id in retracted:
            continue
        if entry.kind is Kind.START:
            end = int(entry.value["agreed_minutes"]) * 60
            if planned := entry.value.get("planned_end"):
                fixed = seconds_to(planned, connected_at) <= end
                end = min(end, seconds_to(planned, connected_at))
            stands = Agreement(0, end)
        elif entry.kind is Kind.EXTEND and stands:
            if entry.text.lstrip().startswith("="):
                fixed = TIME_OF_DAY.match(entry.text) is not None
            stands = Agreement(stands.start, seconds_to(entry.value["agreed_end"], connected_at))
        elif entry.kind is Kind.BEGAN and stands:
            start = entry.entered - int(entry.value["minutes"]) * 60
            if start < stands.start:
                moved = 0 if fixed else stands.start - start
                stands = Agreement(start, stands.end - moved)
    return stands
