"""The notes: they stand on the floor, the newest directly above the band."""

from collections.abc import Iterator

from iview_tui.domain.entry import WORDS, Entry, Kind
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.segs import EMPTY, Row, Seg
from iview_tui.ui.text import cut, right, shown, wrap
from iview_tui.ui.view import View

SIGNS = {
    Kind.QUOTE: '"', Kind.REFERRAL: "@", Kind.ORGANIZATION: "#", Kind.PROMISE_THEIRS: "<",
    Kind.PROMISE_MINE: ">", Kind.JARGON: "~", Kind.OPPORTUNITY: "$", Kind.LATER: "?",
    Kind.PARKED: "&", Kind.MOMENT: ".",
}  # fmt: skip
BEFORE = 7
"""Cells before a note's text: the minute, two, the sign, one."""


def notes(view: View, grid: Grid, height: int) -> list[Row]:
    """The newest notes in at most so many rows."""
    rows: list[Row] = []
    width = max(grid.right_width - BEFORE, 4)
    newest = True
    for entry, sign in _signed(view):
        if len(rows) >= height:
            break
        block = _note(view, entry, sign, width, whole=newest or grid.wide)
        newest = False
        if len(block) > height - len(rows):
            block = block[: height - len(rows)] if not rows else []
            if not block:
                break
        rows = block + rows
    return rows


def _signed(view: View) -> Iterator[tuple[Entry, str]]:
    """Notes, newest first, with the topic's number where one went elsewhere."""
    current: int | None = None
    found: list[tuple[Entry, str]] = []
    for entry in view.live.counting:
        if entry.kind in (Kind.GO, Kind.NEXT, Kind.SKIP):
            current = entry.topic
        elif entry.kind in (Kind.SAID, Kind.NONE, Kind.WRAP):
            current = None
        elif entry.kind in WORDS:
            elsewhere = entry.topic is not None and entry.topic != current
            sign = SIGNS.get(entry.kind, str(entry.topic) if elsewhere else "")
            found.append((entry, sign))
    return reversed(found)


def note_text(entry: Entry) -> str:
    """An entry's words as one line."""
    text = entry.text
    if entry.kind is Kind.MOMENT:
        text = "a moment that mattered"
    if entry.kind is Kind.REFERRAL and not text:
        text = ", ".join(str(v) for v in entry.value.values() if v)
    if entry.comment:
        text = f"{text} - {entry.comment}"
    return shown(text)


def _note(view: View, entry: Entry, sign: str, width: int, *, whole: bool) -> list[Row]:
    live = view.live
    minute = f"{max(0, entry.stamp - live.agreement.start) // 60}'"
    starred, private = live.is_starred(entry), live.is_private(entry)
    if starred:
        sign, sign_role = "!", "partly!"
    else:
        sign_role = "accent" if entry.kind is Kind.REFERRAL else "muted"
    role = "private" if private else "strong" if starred else "text"
    text = note_text(entry)
    lines = wrap(text, width) if whole else [cut(text, width, view.signs.dots)]
    head = (Seg(right(minute, 3), "muted"), Seg(right(sign, 3) + " ", sign_role))
    return [
        (*(head if not index else (Seg(" " * BEFORE),)), Seg(line, role))
        for index, line in enumerate(lines)
    ]


def right_side(view: View, grid: Grid, height: int, head: list[Row]) -> list[Row]:
    """Subject above, one empty row, notes on the floor."""
    head = head[:height]
    below = notes(view, grid, max(height - len(head) - (1 if head else 0), 0))
    return [*head, *[EMPTY] * (height - len(head) - len(below)), *below]
