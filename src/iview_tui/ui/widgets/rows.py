"""A widget that paints the rows it is given, and repaints only the cells that changed."""

from collections.abc import Sequence

from rich.segment import Segment
from textual.events import Click
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from iview_tui.ui.layout.segs import EMPTY, Row, fill
from iview_tui.ui.text import cells
from iview_tui.ui.themes import Look


class Rows(Widget):
    """Rows of text with roles; never markup."""

    class Clicked(Message):
        """A piece that does something was clicked."""

        def __init__(self, act: str) -> None:
            super().__init__()
            self.act = act
            """The id of an action, or a command."""

    def __init__(self, look: Look, part: str) -> None:
        super().__init__(id=part)
        self.look = look
        self._rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Paint these rows from now on."""
        old, self._rows = self._rows, list(rows)
        if len(old) != len(rows):
            self.refresh()
            return
        changed = [
            Region(begin, y, end - begin, 1)
            for y, (before, now) in enumerate(zip(old, rows, strict=True))
            if before != now
            for begin, end in (changed_cells(before, now, self.size.width),)
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """One row as a strip of exactly the widget's width."""
        width = self.size.width
        row = fill(self._rows[y] if y < len(self._rows) else EMPTY, width)
        style = self.look.style
        return Strip([Segment(seg.text, style(seg.role, seg.ground)) for seg in row], width)

    def on_click(self, event: Click) -> None:
        """Say what was clicked."""
        if event.y >= len(self._rows):
            return
        column = 0
        for seg in self._rows[event.y]:
            column += cells(seg.text)
            if event.x < column:
                if seg.act:
                    self.post_message(self.Clicked(seg.act))
                return


def changed_cells(before: Row, now: Row, width: int) -> tuple[int, int]:
    """From which cell to which two rows differ."""
    begin = 0
    for one, other in zip(before, now, strict=False):
        if one != other:
            same = one[1:] == other[1:] and one.text.isascii() and other.text.isascii()
            if same:
                begin += next(
                    (i for i, (a, b) in enumerate(zip(one.text, other.text, strict=False))
                     if a != b),
                    min(len(one.text), len(other.text)),
                )  # fmt: skip
            break
        begin += cells(one.text)
    behind = 0
    for one, other in zip(reversed(before), reversed(now), strict=False):
        if one != other:
            break
        behind += cells(one.text)
    # A wide sign may begin one cell earlier than the difference.
    begin = max(begin - 1, 0)
    return begin, max(width - behind, begin + 1)
