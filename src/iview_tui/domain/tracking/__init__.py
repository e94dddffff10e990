"""Which prepared topics the words of a call belong to: pure, causal, the same on every run."""

from iview_tui.domain.tracking.board import Board, assign, lay
from iview_tui.domain.tracking.follow import (
    Followed,
    Knowledge,
    Reading,
    Setting,
    asked,
    begin,
    map_question,
    probably_answered,
    read,
    refused,
    took,
    turn,
)

__all__ = [
    "Board",
    "Followed",
    "Knowledge",
    "Reading",
    "Setting",
    "asked",
    "assign",
    "begin",
    "lay",
    "map_question",
    "probably_answered",
    "read",
    "refused",
    "took",
    "turn",
]
