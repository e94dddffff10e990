"""Rows of the screen as values: pieces of text with role, ground and what a click does."""

from collections.abc import Sequence
from typing import NamedTuple

from iview_tui.ui.text import DOTS, cells, cut


class Seg(NamedTuple):
    """A piece of a row."""

    text: str
    role: str = "text"
    """A colour role of LOOK.md, section 3; with `!` behind it, bold."""
    ground: str = ""
    """The ground it stands on; empty: the screen's."""
    act: str = ""
    """The id of the action, or the command, that a click on it runs."""


Row = tuple[Seg, ...]

EMPTY: Row = ()


def size(row: Sequence[Seg]) -> int:
    """How many cells a row takes."""
    return sum(cells(seg.text) for seg in row)


def clip(row: Sequence[Seg], width: int, dots: str = "") -> Row:
    """A row of at most `width` cells; the cut piece ends in `dots`."""
    out: list[Seg] = []
    room = width
    for seg in row:
        wide = cells(seg.text)
        if wide > room:
            out.append(seg._replace(text=cut(seg.text, room, dots)))
            break
        out.append(seg)
        room -= wide
    return tuple(out)


def fill(row: Sequence[Seg], width: int, ground: str = "") -> Row:
    """A row of exactly `width` cells, blank behind its text."""
    row = clip(row, width)
    blank = width - size(row)
    return (*row, Seg(" " * blank, "text", ground)) if blank else tuple(row)


def spread(left: Sequence[Seg], end: Sequence[Seg], width: int, ground: str = "") -> Row:
    """Left and right end of a row of exactly `width` cells; what is left is cut first."""
    wide = size(end)
    gap = 1 if end and left else 0
    begin = fill(clip(left, max(width - wide - gap, 0), DOTS), max(width - wide, 0), ground)
    return clip((*begin, *end), width)


def indent(row: Sequence[Seg], margin: int, ground: str = "") -> Row:
    """A row with blanks before it."""
    return (Seg(" " * margin, "text", ground), *row) if margin else tuple(row)


def join(sides: Sequence[tuple[int, Sequence[Seg]]], width: int) -> Row:
    """Pieces of a row laid side by side, each from its own column on."""
    row: Row = ()
    for column, side in sides:
        row = (*fill(row, column), *side)
    return fill(row, width)
