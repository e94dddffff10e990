"""A screen whose subject is a text: the editor, its margin, and the line below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import TextArea

from iview_tui.ui.layout import editing as layout
from iview_tui.ui.layout.editing import Finding, Remark
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import Band, Item
from iview_tui.ui.layout.segs import EMPTY, Row, Seg, indent
from iview_tui.ui.screens.house import HouseScreen
from iview_tui.ui.widgets.editor import Editor
from iview_tui.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from iview_tui.ui.house import HouseApp


class EditingScreen(HouseScreen):
    """A text has the focus; a key goes to the line and back."""

    AUTO_FOCUS = "Editor"
    NUMBERS: ClassVar = True
    LEAD: ClassVar = ""

    CSS = """
    EditingScreen Horizontal { height: auto; }
    EditingScreen Editor { height: 100%; }
    EditingScreen #margin { height: 100%; }
    """

    def __init__(self, app: HouseApp) -> None:
        super().__init__(app)
        self.editor = Editor(self.look, self.keys, self.pressed, numbers=self.NUMBERS)
        self.margin = Rows(self.look, "margin")
        self.left_edge = Rows(self.look, "edge")
        self.remarks: dict[int, Remark] = {}
        self.findings: tuple[Finding, ...] = ()
        self.listed = False
        """Whether the list has the body's place."""

    def compose(self) -> ComposeResult:
        """The text stands in the body's place, but for the lists."""
        yield self.header
        yield self.body
        with Horizontal(id="text"):
            yield self.left_edge
            yield self.editor
            yield self.margin
        yield from (self.band, self.note, self.foot)

    def take_focus(self) -> None:
        """The text has the focus, but while something is looked for in the line."""
        (self.note if self.listed or self._over_list else self.editor).focus()

    # -- what each has of its own --------------------------------------------------------------

    def looked(self, text: str) -> None:
        """Look the text through: `remarks` and `findings`."""

    def lines_for(self, text: str) -> tuple[Item, ...]:
        """What the line finds, shown in the body's place while it is typed in."""
        return ()

    def take(self, key: object) -> None:
        """A row of that list was taken."""

    # -- the text ------------------------------------------------------------------------------

    @on(TextArea.Changed)
    def _edited(self) -> None:
        self.looked(self.editor.text)
        self.show()

    @on(TextArea.SelectionChanged)
    def _moved(self) -> None:
        self.show()

    @property
    def typing(self) -> bool:
        """Whether the caret is in the line, and not in the text."""
        return self.note.has_focus

    @property
    def line_now(self) -> int:
        """The line that the caret is in, from 0."""
        return int(self.editor.cursor_location[0])

    def finding(self) -> Finding | None:
        """What there is to say about the line that the caret is in, else about the whole."""
        here = next((f for f in self.findings if f.line == self.line_now), None)
        return here or next((f for f in self.findings if f.line < 0), None)

    def finding_band(self, hint: str, *keys: tuple[str, str]) -> Band:
        """The finding, with what could stand there instead."""
        found = self.finding()
        if found is None:
            return Band(hint, keys)
        label = f"LINE {found.line + 1}" if found.line >= 0 and self.NUMBERS else "LOOK"
        words = f"{found.message} Try: {found.instead}" if found.instead else found.message
        more = (("Tab", "take it"),) if found.instead else ()
        return Band(words, (*more, ("^N", "next")), label, "offer")

    def items(self, grid: Grid) -> tuple[Item, ...]:
        """What the line finds, while it has the focus."""
        return self.lines_for(self.note.value) if self.listed else ()

    def show(self) -> None:
        """The text, or the list in its place."""
        listing = self._over_list or self.listed
        for widget, there in ((self.body, listing), (self.query_one("#text"), not listing)):
            if widget.display != there:
                widget.display = there
        super().show()
        if self.size and not listing:
            self._show_margin()

    def _show_margin(self) -> None:
        place = self.grid
        height = place.under_header + place.body + place.under_body
        column = layout.margin_column(place)
        text = self.query_one("#text")
        if text.styles.height is None or text.styles.height.value != height:
            text.styles.height = height
            text.styles.padding = (place.under_header, 0, place.under_body, 0)
        self.left_edge.styles.width = place.margin
        wide = min(column - place.margin - 2, place.edge - place.margin)
        self.editor.styles.width = wide
        self.margin.styles.width = max(place.width - place.margin - wide, 0)
        rows = self.editor.rows(place.body)
        shown = layout.margin(rows, self.remarks, place.width - column - 1, self.look.signs)
        self.margin.show([indent(row, 2) for row in shown])
        bar = self.editor.cursor_location[0]
        edge = [(indent((), 0) if line != bar else _bar(place, self.look.signs.bar))
                for line, _ in rows]  # fmt: skip
        self.left_edge.show([row or EMPTY for row in edge])

    # -- between text and line -----------------------------------------------------------------

    def to_line(self) -> None:
        """The line has the focus, and what it finds is listed."""
        self.listed = True
        self.note.focus()

    def to_text(self) -> None:
        """The text has the focus again."""
        self.listed, self.helping, self.choices = False, False, None
        self.note.put("")
        self.editor.focus()

    def run(self, command: str, rest: str) -> None:
        """Keys that go between the two, then everybody's."""
        if command == "line":
            self.to_text() if self.note.has_focus else self.to_line()
        elif command == "back" and (self.note.has_focus or self._over_list):
            self.to_text()
        elif command in ("all", "help") and not self._over_list:
            super().run(command, rest)
            self.note.focus()
        elif command == "next":
            self._next()
        elif command == "take" and not self.choices:
            self._take()
        else:
            super().run(command, rest)

    def enter(self, text: str) -> None:
        """A row of the list is taken."""
        if self.listed and self.key is not None:
            self.take(self.key)
        self.to_text()

    def entered(self, text: str) -> None:
        """A command leaves the line for the text."""
        super().entered(text)
        if not self._over_list and not self.note.value and self.is_current:
            self.to_text()
            self.show()

    def _next(self) -> None:
        lines = sorted({found.line for found in self.findings if found.line >= 0})
        if not lines:
            self.tell("Nothing to look at.")
            return
        after = next((line for line in lines if line > self.line_now), lines[0])
        self.to_text()
        self.editor.move_cursor((after, 0))

    def _take(self) -> None:
        found = self.finding()
        if found is None or not found.instead or found.line < 0:
            if self.editor.has_focus:
                self.editor.insert("  ")
            return
        line = found.line
        old = self.editor.document.get_line(line)
        self.editor.replace(found.instead, (line, 0), (line, len(old)))


def _bar(place: Grid, bar: str) -> Row:
    return (Seg(" " * (place.margin - 1)), Seg(bar, "accent", "raised"))
