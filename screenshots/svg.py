"""A screen as SVG: plain cells in JetBrains Mono, its ground out to the edge."""

from collections.abc import Iterable, Sequence
from html import escape

from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.strip import Strip

CELL = (12, 26)
"""Width and height of a cell, in pixels."""
MARGIN = 14
FONT_SIZE = 20
BASELINE = 19
"""Pixels from the top of a row to the line that letters stand on."""
FONT = "'JetBrains Mono', 'DejaVu Sans Mono', monospace"
BLANK = "\N{NO-BREAK SPACE}"
"""In place of blanks, which some renderers drop."""


def size(columns: int, rows: int) -> tuple[int, int]:
    """The width and height of a picture, in pixels."""
    return columns * CELL[0] + 2 * MARGIN, rows * CELL[1] + 2 * MARGIN


def svg(strips: Sequence[Strip], *, ground: str, text: str, title: str) -> str:
    """The picture. `ground` and `text` are the colors of what has none of its own."""
    width, height = size(strips[0].cell_length, len(strips))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
        f' width="{width}" height="{height}" font-family="{FONT}" font-size="{FONT_SIZE}"'
        ' xml:space="preserve">',
        f"<title>{escape(title)}</title>",
        f'<rect width="100%" height="100%" fill="{ground}"/>',
    ]
    for number, strip in enumerate(strips):
        parts += _row(strip, MARGIN + number * CELL[1], ground, text)
    return "\n".join([*parts, "</svg>", ""])


def _row(strip: Strip, top: int, ground: str, text: str) -> Iterable[str]:
    column = 0
    grounds, letters = [], []
    for run, style in _runs(strip):
        x, cells = MARGIN + column * CELL[0], cell_len(run)
        column += cells
        front, behind = _hex(style.color, text), _hex(style.bgcolor, ground)
        if style.reverse:
            front, behind = behind, front
        if behind != ground:
            grounds.append(
                f'<rect x="{x}" y="{top}" width="{cells * CELL[0]}" height="{CELL[1]}"'
                f' fill="{behind}"/>'
            )
        if run.strip():
            letters.append(_letters(run, x, top + BASELINE, front, bold=bool(style.bold)))
    return grounds + letters


def _runs(strip: Strip) -> Iterable[tuple[str, Style]]:
    """Neighbouring cells of one style as one text."""
    held, style = "", Style.null()
    for text, its, _ in strip:
        if its is not None and its != style:
            if held:
                yield held, style
            held, style = "", its
        held += text
    if held:
        yield held, style


def _letters(run: str, x: int, y: int, color: str, *, bold: bool) -> str:
    """A text whose signs stand in their cells, whatever the font."""
    start = len(run) - len(run.lstrip())
    x, run = x + start * CELL[0], run.strip()
    if run.isascii():
        place = f'x="{x}" textLength="{len(run) * CELL[0]}" lengthAdjust="spacingAndGlyphs"'
    else:
        places, column = [], 0
        for sign in run:
            places.append(str(x + column * CELL[0]))
            column += cell_len(sign)
        place = f'x="{" ".join(places)}"'
    weight = ' font-weight="bold"' if bold else ""
    shown = escape(run).replace(" ", BLANK)
    return f'<text {place} y="{y}" fill="{color}"{weight}>{shown}</text>'


def _hex(color: Color | None, default: str) -> str:
    if color is None or color.triplet is None:
        return default
    return color.triplet.hex.upper()
