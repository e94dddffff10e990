"""A text with what is to be said about its lines beside it."""

from collections.abc import Mapping, Sequence

from iview_tui.domain.value import value
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.segs import EMPTY, Row, Seg, clip
from iview_tui.ui.text import right, shown
from iview_tui.ui.themes import Signs


@value
class Remark:
    """What stands beside a line."""

    text: str
    minutes: str = ""
    trouble: bool = False
    good: bool = False
    key: bool = False


@value
class Finding:
    """Something to look at."""

    line: int
    """From 0; -1 where it is about no line."""
    message: str
    instead: str = ""
    """What the line could be."""


def margin_column(grid: Grid) -> int:
    """Where the margin begins; the width where there is no room for one."""
    if grid.stacked:
        return grid.width
    return grid.edge - (36 if grid.wide else 27)


def margin(
    rows: Sequence[tuple[int, bool]], remarks: Mapping[int, Remark], width: int, signs: Signs
) -> list[Row]:
    """The margin beside the rows of the text that are seen."""
    out: list[Row] = []
    for line, begins in rows:
        remark = remarks.get(line) if begins else None
        out.append(EMPTY if remark is None else clip(_remark(remark, signs), width, signs.dots))
    return out


def _remark(remark: Remark, signs: Signs) -> Row:
    sign = "!" if remark.trouble else signs.covered if remark.good else " "
    role = "no_time" if remark.trouble else "covered"
    row: Row = (Seg(f"{sign} ", role),)
    if remark.minutes:
        row = (
            *row,
            Seg(right(remark.minutes, 3), "text" if remark.trouble else "muted"),
            Seg("  "),
        )
    row = (*row, Seg(shown(remark.text), "strong" if remark.trouble else "muted"))
    return (*row, Seg("  key", "strong!")) if remark.key else row
