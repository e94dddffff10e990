"""The body: list or card, subject and notes, and the third column, laid side by side."""

from iview_tui.ui.layout.cards import card, third
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.notes import notes, right_side
from iview_tui.ui.layout.segs import EMPTY, Row, fill, indent, join
from iview_tui.ui.layout.subject import subject
from iview_tui.ui.layout.topics import foot, topics
from iview_tui.ui.view import View

LAST_NOTES = 3
"""Notes that stay below a card where sides are stacked."""


def body(view: View, grid: Grid) -> list[Row]:
    """The rows between the header and the band."""
    height = grid.body
    if view.desk.hidden:
        rows: list[Row] = [EMPTY] * height
    elif grid.stacked:
        rows = _stacked(view, grid, height)
    else:
        rows = _beside(view, grid, height)
    above, below = [EMPTY] * grid.under_header, [EMPTY] * grid.under_body
    return [fill(row, grid.width) for row in (*above, *rows[:height], *below)]


def _out(row: Row, grid: Grid) -> Row:
    """A row of the list; the chosen one brings the bar for the column before the axis."""
    barred = bool(row) and row[0].role == "accent" and row[0].ground == "raised"
    return indent(row, grid.margin - barred)


def _left(view: View, grid: Grid, height: int) -> list[Row]:
    shown = card(view, grid, height)
    if shown is not None:
        return shown
    below = foot(view, grid, height) if grid.third is None else []
    below = below[-max(height - 4, 0) :] if below else below
    place = height - len(below) - (1 if below else 0)
    above = topics(view, grid, place)
    return [*above, *[EMPTY] * (height - len(above) - len(below)), *below]


def _beside(view: View, grid: Grid, height: int) -> list[Row]:
    left = _left(view, grid, height)
    right = right_side(view, grid, height, subject(view, grid))
    far = third(view, grid, height) if grid.third is not None else []
    rows = []
    for index in range(height):
        sides = [(0, _out(left[index], grid) if index < len(left) else EMPTY),
                 (grid.right, right[index] if index < len(right) else EMPTY)]  # fmt: skip
        if grid.third is not None:
            sides.append((grid.third, far[index] if index < len(far) else EMPTY))
        rows.append(join(sides, grid.width))
    return rows


def _stacked(view: View, grid: Grid, height: int) -> list[Row]:
    below = notes(view, grid, LAST_NOTES)
    shown = card(view, grid, max(height - len(below) - 1, 1))
    if shown is not None:
        rows = [_out(row, grid) for row in shown]
    else:
        head = subject(view, grid)
        wanted = len(head) + (1 if head else 0)
        place = max(height - wanted - LAST_NOTES - 2, 3)
        rows = [_out(row, grid) for row in topics(view, grid, place)]
        rows += [EMPTY, *(indent(row, grid.margin) for row in head)]
        below = notes(view, grid, max(height - len(rows) - 1, 1))
    gap = max(height - len(rows) - len(below), 0)
    rows = rows[: height - len(below)]
    return [*rows, *[EMPTY] * gap, *(indent(row, grid.margin) for row in below)]
