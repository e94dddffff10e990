"""The note line: one line that always has the focus; every key of the call is declared here."""

from collections.abc import Callable
from typing import ClassVar, Protocol

from rich.segment import Segment
from textual import events
from textual.geometry import Offset, Region
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input
from textual.widgets.input import Selection

from iview_tui.domain.text import bounded, clean
from iview_tui.ui.keys import ACTIONS, Keys
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.noteline import Typed, index_at, note_line, parts
from iview_tui.ui.layout.segs import EMPTY, Row, fill
from iview_tui.ui.terminal import paint_now
from iview_tui.ui.text import cells
from iview_tui.ui.themes import Look
from iview_tui.ui.widgets.rows import changed_cells

MOST = 20_000
"""Characters that a line takes."""
AT_ONCE = 0.05
"""Seconds within which a line feed belongs to the Enter before it."""


class Desk(Protocol):
    """Whom the note line asks, at once: what is typed must be kept before it is painted."""

    def typed(self, text: str) -> None:
        """The text changed by typing."""

    def entered(self, text: str) -> None:
        """Enter."""

    def pressed(self, command: str) -> None:
        """A key of a command."""

    def acted(self, action: str) -> None:
        """A key of something only the screen can do."""

    def around(self, text: str) -> Typed:
        """Badge, echo and manner for what is typed."""

    def said(self, words: str, *, first: bool = False) -> None:
        """Something to say at the right end of the row; `first`, where the line gives way to it."""


def _acts(name: str) -> Callable[["NoteLine"], None]:
    def act(self: "NoteLine") -> None:
        self.desk.acted(name)

    act.__doc__ = f"What the key of {name.replace('_', ' ')} does, the screen knows."
    return act


class NoteLine(Input):
    """One line of text; it never loses the focus, and its keys are those of `ui.keys`."""

    BINDINGS: ClassVar = [action.binding for action in ACTIONS]
    ALLOW_SELECT = False

    # As Textual declares them, but that a change does not paint the whole widget.
    value: Reactive[str] = Reactive("", repaint=False, init=False)
    selection: Reactive[Selection] = Reactive(
        Selection.cursor(0), repaint=False, init=False, always_update=True
    )

    def __init__(self, desk: Desk, look: Look, keys: Keys, grid: Grid, part: str) -> None:
        super().__init__(id=part, compact=True, select_on_focus=False)
        self.desk = desk
        self.look = look
        self.grid = grid
        self.cursor_blink = False
        self._initial_value = False
        self._quiet = False
        self._entered_now = False
        self._history: list[str | None] = []
        self._painted: Row = EMPTY
        self._painted_on: tuple[int, Grid] | None = None
        ours = {key: action.bound for action in keys.actions for key in action.keys}
        declared = {key for action in ACTIONS for key in action.keys}
        self._keys = {
            key: bindings[0].action
            for key, bindings in self._bindings.key_to_bindings.items()
            if key not in declared
        } | ours

    @property
    def just_entered(self) -> bool:
        """Whether Enter was pressed a moment ago."""
        return self._entered_now

    def takes(self, event: events.Key) -> bool:
        """Whether a key types or does something."""
        return event.is_printable or event.key in self._keys

    # -- text ----------------------------------------------------------------------------------

    def put(self, text: str) -> None:
        """Set the text without its being typed."""
        self._quiet = True
        try:
            self.value = text
            self.cursor_position = len(text)
        finally:
            self._quiet = False
        self._history.clear()

    def marked(self) -> None:
        """A key wrote something: undo takes that back before the typing before it."""
        self._history.append(None)

    def take_back(self) -> bool:
        """Undo typing, where that is the latest; False where it is not."""
        while self._history:
            before = self._history.pop()
            if before is None:
                return False
            if before != self.value:
                self.value = before
                self.cursor_position = len(before)
                return True
        return False

    def _watch_value(self, value: str) -> None:
        """What is typed is kept before it is painted: by whoever then sets the caret."""
        if not self._quiet:
            self.desk.typed(value)

    def _watch_selection(self, selection: Selection) -> None:
        self.app.cursor_position = self.cursor_screen_offset
        self.repaint()

    def replace(self, text: str, start: int, end: int) -> None:
        """Put text in the place of other text; more than the line takes is said in words."""
        start, end = sorted((max(0, start), min(len(self.value), end)))
        text = clean(text)
        room = MOST - len(self.value) + (end - start)
        if len(text) > room:
            self.desk.said(f"only {MOST:,} characters fit; the rest is left out", first=True)
            text = bounded(text, room)
        self._remember(text, start, end)
        self.value = self.value[:start] + text + self.value[end:]
        self.cursor_position = start + len(text)

    def insert(self, text: str, index: int) -> None:
        """Put text in."""
        self.replace(text, index, index)

    def delete(self, start: int, end: int) -> None:
        """Take text out."""
        start, end = sorted((max(0, start), min(len(self.value), end)))
        if start < end:
            self._remember("", start, end)
            self.value = self.value[:start] + self.value[end:]
            self.cursor_position = start

    def _remember(self, text: str, start: int, end: int) -> None:
        """A step of undo is a word, a deletion or a paste."""
        before = self.value
        begins = not before or before[-1:].isspace()
        last = self._history[-1] if self._history else None
        if len(text) != 1 or end > start or begins or last is None:
            self._history.append(before)
            del self._history[:-200]

    # -- keys ----------------------------------------------------------------------------------

    async def _on_key(self, event: events.Key) -> None:
        """Keys act here and now, in the order typed: nothing may overtake an Enter."""
        event.stop()
        event.prevent_default()
        action = self._keys.get(event.key)
        if action is not None:
            await self.run_action(action)
        elif event.is_printable and event.character is not None:
            self.replace(event.character, *self.selection)
            paint_now(self)

    def _on_paste(self, event: events.Paste) -> None:
        """Several lines are one text; a single line is as if typed."""
        event.stop()
        event.prevent_default()
        text = clean(event.text)
        text = text.rstrip("\n") if text.count("\n") == 1 and text.endswith("\n") else text
        self.replace(text, *self.selection)

    async def action_submit(self) -> None:
        """Enter files the line."""
        self._entered_now = True
        self.set_timer(AT_ONCE, self._enter_over)
        self.desk.entered(self.value)

    def _enter_over(self) -> None:
        self._entered_now = False

    async def action_line_feed(self) -> None:
        """A line feed is Enter, unless it follows one at once."""
        if self._entered_now:
            self._entered_now = False
        else:
            await self.action_submit()

    def action_press(self, command: str) -> None:
        """A key of a command."""
        self.desk.pressed(command)

    def action_undo(self) -> None:
        """Typing first, then the latest entry, mark or change of the clock."""
        if not self.take_back():
            self.desk.pressed("undo")

    action_next_topic = _acts("next_topic")
    action_palette = _acts("palette")
    action_take = _acts("take")
    action_other = _acts("other")
    action_away = _acts("away")
    action_up = _acts("up")
    action_down = _acts("down")
    action_how_to_end = _acts("how_to_end")

    # -- painting ------------------------------------------------------------------------------

    @property
    def now(self) -> Typed:
        """What stands in the line, and around it."""
        return self.desk.around(self.value)

    @property
    def _row(self) -> int:
        return 1 if self.grid.note == 3 else 0

    def repaint(self) -> None:
        """Paint the cells of the row that changed, and nothing else."""
        width = self.size.width
        if not width:
            return
        before, row = self._painted, self._line(self.now)
        self._painted, self._painted_on = row, (width, self.grid)
        if not before or before[0].ground != row[0].ground:
            self.refresh()
        elif row != before:
            begin, end = changed_cells(before, row, width)
            self.refresh(Region(begin, self._row, end - begin, 1))

    def _line(self, typed: Typed) -> Row:
        return fill(note_line(typed, self.grid, self.look.signs.dots), self.size.width)

    def render_line(self, y: int) -> Strip:
        """The row of text; a tall line has a row of its own ground above and below."""
        width = self.size.width
        if self._painted_on != (width, self.grid):
            self._painted, self._painted_on = self._line(self.now), (width, self.grid)
        row = self._painted
        if y != self._row:
            row = fill(EMPTY, width, row[0].ground)
        style = self.look.style
        return Strip([Segment(seg.text, style(seg.role, seg.ground)) for seg in row], width)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the caret is, so that an input method opens its window there."""
        x, y, _width, _height = self.content_region
        width = self.grid.edge - self.grid.label
        before, _, _ = parts(self.now)
        return Offset(x + self.grid.label + min(cells(before), width - 1), y + self._row)

    def _cell_offset_to_index(self, offset: int) -> int:
        width = self.grid.edge - self.grid.label
        return index_at(self.now, max(0, offset - self.grid.label), width)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """One row, three where the screen is tall."""
        return self.grid.note
