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
    """As many keys as fit; help is always there."""
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
