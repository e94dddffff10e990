"""The row of keys."""

from iview_tui.domain.live import Phase
from iview_tui.ui import keys as table
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.segs import Row, Seg, fill, indent, size
from iview_tui.ui.view import View


def next_word(view: View) -> str:
    """What the key of the next topic does now."""
    if view.asks:
        return "asked"
    if view.live.opening:
        return "begin"
    return "covered" if view.live.current is not None else "next"


def foot(view: View, grid: Grid) -> Row:
    """As many keys as fit; help is always there. While a demo plays, what it shows."""
    if view.guidance:
        return guided(view.guidance, grid)
    commands = table.FOOT_60 if grid.stacked else table.FOOT if grid.wide else table.FOOT_80
    if view.desk.hidden:
        commands = ("hide",)
    elif view.live.phase is Phase.ENDED:
        commands = ("name", "star", "spell", "undo", "", "quit", "help")
    room = grid.edge - grid.margin
    last = _key(view, commands[-1])
    row: Row = ()
    for command in commands[:-1]:
        piece = _key(view, command)
        if size((*row, *piece, *last)) + 2 <= room:
            row = (*row, *piece, Seg("  "))
    return fill(indent((*row, *last), grid.margin), grid.width)


def guided(guidance: tuple[str, ...], grid: Grid) -> Row:
    """A sentence in the place of the keys, and what stands at the right of it where that fits."""
    row: Row = (Seg(guidance[0], "text"),)
    end: Row = tuple(Seg(words, "muted") for words in guidance[1:])
    if size(row) + 2 + size(end) <= grid.edge - grid.margin:
        row = (*fill(row, grid.edge - grid.margin - size(end)), *end)
    return fill(indent(row, grid.margin), grid.width)


def _key(view: View, command: str) -> Row:
    action = view.keys.find(command)
    word = action.word if action else {"quit": "leave"}.get(command, command)
    if command == "next":
        word = next_word(view)
    elif command == "hide" and view.desk.hidden:
        word = "show"
    elif command == "drop" and view.live.dropped_since is not None:
        word = "back"
    act = action.id if action else command
    return Seg(view.keys.key(command), "text", "", act), Seg(f" {word}", "muted", "", act)
