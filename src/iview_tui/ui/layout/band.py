"""The prompt band: one sentence, never cut, and the keys that answer it."""

from iview_tui.domain.prompting import Label, Prompt
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.segs import EMPTY, Row, Seg, fill, indent, size
from iview_tui.ui.text import cells, pad, shown, wrap
from iview_tui.ui.view import View

GROUNDS = {
    Label.SAY: "band", Label.OFFER: "offer", Label.BRIDGE: "offer", Label.DISK: "trouble",
    Label.NOTHING: "",
}  # fmt: skip


def ground(prompt: Prompt | None) -> str:
    """Amber to speak, teal to choose, rose for the disk; a hint has none."""
    return GROUNDS[prompt.label] if prompt else ""


def lines(view: View, grid: Grid) -> list[str]:
    """The sentence in lines of the label column's width."""
    if view.prompt is None or view.desk.hidden:
        return []
    return wrap(shown(view.prompt.text), grid.edge - grid.label)


def band(view: View, grid: Grid) -> list[Row]:
    """The rows of the band; the keys stand at the right of the last text row."""
    prompt, sentence = view.prompt, lines(view, grid)
    if prompt is None or not sentence:
        return [EMPTY] * grid.band
    on = ground(prompt)
    text_role = f"{on}_text" + ("!" if on == "band" else "") if on else "muted"
    key_role = f"{on}_keys" if on else "muted"
    rows: list[Row] = []
    count = max(len(sentence), 2)
    for index in range(count):
        label = str(prompt.label) if index == 0 else ""
        text = sentence[index] if index < len(sentence) else ""
        head = pad(label, grid.label - grid.margin)
        row: Row = indent((Seg(head, f"{key_role}!", on), Seg(text, text_role, on)),
                          grid.margin, on)  # fmt: skip
        if index == count - 1:
            row = _with_keys(view, grid, row, cells(text), on, key_role)
        rows.append(fill(row, grid.width, on))
    spare = grid.band - len(rows)
    above = [fill(EMPTY, grid.width, on)] * (spare // 2)
    below = [fill(EMPTY, grid.width, on)] * (spare - spare // 2)
    return [*above, *rows, *below]


def _with_keys(view: View, grid: Grid, row: Row, used: int, on: str, role: str) -> Row:
    """As many keys as fit, most useful first; one that does not fit is left out."""
    assert view.prompt is not None
    strong = f"{on}_text!" if on else "strong!"
    end: Row = ()
    edge = grid.edge if grid.third is None else grid.third - 4
    left = edge - grid.label - used - 2
    for command in view.prompt.commands:
        key, word = view.keys.band(command)
        more = (Seg("   ", role, on),) if end else ()
        piece = (Seg(key, strong, on, command), Seg(f" {word}", role, on, command))
        if size((*end, *more, *piece)) > left:
            continue
        end = (*end, *more, *piece)
    return (*fill(row, edge - size(end), on), *end) if end else row
