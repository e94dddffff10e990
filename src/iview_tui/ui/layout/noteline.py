"""The note line's row: badge, what is typed with the caret in it, and the echo at its right end."""

from iview_tui.domain.value import value
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.segs import Row, Seg, fill, indent
from iview_tui.ui.text import cells, clusters, cut, head, pad, shown

LEAST = 12
"""Cells that a line which stays keeps for its own beginning."""


@value
class Typed:
    """What stands in the line, and around it."""

    text: str
    caret: int
    """Characters before the caret."""
    badge: str = "note"
    end: str = ""
    """An echo or a reason, at the right end."""
    stays: bool = False
    """Whether the end is the question of a line that stays: then the text gives way to it."""
    private: bool = False
    hidden: bool = False
    selection: tuple[int, int] = (0, 0)
    focused: bool = True
    """Whether the caret is here: only one thing on the screen has it."""


def note_line(typed: Typed, grid: Grid, dots: str = "…") -> Row:
    """The row; its text always begins at the third axis."""
    ground = "private" if typed.private else "surface"
    role = "private!" if typed.private else "accent!"
    width = max(grid.edge - grid.label, 2)
    wide = grid.label - grid.margin
    badge = pad(shown(typed.badge), wide - 1, dots) + " "
    row = indent(
        (Seg(badge, role, ground), *_text(typed, width, ground, dots)), grid.margin, ground
    )
    end = _end(typed, width, dots)
    if end:
        row = (*fill(row, grid.edge - cells(end), ground), Seg(end, "muted", ground))
    return fill(row, grid.width, ground)


def _end(typed: Typed, width: int, dots: str) -> str:
    """The words at the right end; an echo gives way to what is typed, a question does not."""
    end = shown(typed.end)
    if not end or typed.hidden:
        return ""
    if typed.stays:
        least = min(LEAST, cells(shown(typed.text)) + 1)
        return cut(end, width - least - 2, dots)
    if not typed.text:
        return cut(end, width - 3, dots)
    return end if cells(shown(typed.text)) + 3 + cells(end) <= width else ""


def _text(typed: Typed, width: int, ground: str, dots: str) -> Row:
    before, at, after = parts(typed)
    if typed.stays and typed.end:
        room = width - cells(_end(typed, width, dots)) - 2
        if cells(before + at + after) > room:
            return (Seg(cut(before + at + after, room - 1, dots), "strong", ground),
                    Seg(" ", "text", "caret"))  # fmt: skip
    sign = at or " "
    start, room = "", width - max(cells(sign), 1)
    if cells(before) > room:
        start = dots
        before = tail(before, room - len(dots))
    left = room - cells(start) - cells(before)
    after = head(after, left)
    segs = [Seg(start, "muted", ground), *_before(typed, before, ground),
            Seg(sign, *(("background!", "caret") if typed.focused else ("strong", ground))),
            Seg(after, "strong", ground)]  # fmt: skip
    return tuple(seg for seg in segs if seg.text)


def _before(typed: Typed, before: str, ground: str) -> list[Seg]:
    first, last = sorted(typed.selection)
    if first == last or last != typed.caret:
        return [Seg(before, "strong", ground)]
    marked = tail(before, cells(shown(typed.text[first:last])))
    plain = before[: len(before) - len(marked)]
    return [Seg(plain, "strong", ground), Seg(marked, "strong", "raised")]


def parts(typed: Typed) -> tuple[str, str, str]:
    """The text as shown before, under and behind the caret; as dots on the privacy screen."""
    before, after = shown(typed.text[: typed.caret]), typed.text[typed.caret :]
    pieces = list(clusters(shown(after)))
    at = pieces[0] if pieces else ""
    rest = "".join(pieces[1:])
    if typed.hidden:
        dot = "\u00b7"
        return dot * cells(before), dot if at else "", dot * cells(rest)
    return before, at, rest


def tail(text: str, width: int) -> str:
    """The end of a shown text that fits, padded where a wide sign would be halved."""
    if text.isascii():
        return text[len(text) - width :] if 0 < width < len(text) else text if width > 0 else ""
    kept: list[str] = []
    room = width
    for piece in reversed(list(clusters(text))):
        size = cells(piece)
        if size > room:
            kept.append(" " * room)
            break
        kept.append(piece)
        room -= size
    return "".join(reversed(kept))


def index_at(typed: Typed, cell: int, width: int) -> int:
    """The character at a cell of the shown text: where a click puts the caret."""
    before = cells(shown(typed.text[: typed.caret]))
    scrolled = max(0, before - (width - 1))
    wanted = cell + scrolled
    for index in range(len(typed.text) + 1):
        if cells(shown(typed.text[:index])) >= wanted:
            return index
    return len(typed.text)
