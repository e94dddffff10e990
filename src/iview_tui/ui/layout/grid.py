"""Where the parts of the live screen stand at a size: the tables of LOOK.md, section 1."""

from iview_tui.domain.value import value

FRAME = 168
"""Columns of the frame in the middle, from 160 columns on."""


@value
class Grid:
    """Columns and rows of the parts; all in cells."""

    width: int
    height: int
    margin: int
    """Where the first axis is."""
    edge: int
    """The column behind the last one that text may take."""
    label: int
    """The third axis: where the sentence and the typed line begin."""
    list_width: int
    right: int
    """The second axis: where the right side begins; the first one where sides are stacked."""
    right_width: int
    third: int | None
    third_width: int
    top: int
    """Empty rows above the header."""
    under_header: int
    body: int
    """Rows of the body."""
    under_body: int
    band: int
    note: int
    above_keys: int

    @property
    def stacked(self) -> bool:
        """Whether the list stands above the notes."""
        return self.width < 70

    @property
    def wide(self) -> bool:
        """Whether minutes and `key` have columns of their own and all notes wrap."""
        return self.width >= 100

    @property
    def tall(self) -> bool:
        """Whether band and note line have empty rows of their own ground."""
        return self.height >= 34

    @property
    def roomy(self) -> bool:
        """Whether section headings and three probes are shown."""
        return self.wide and self.height >= 30


def grid(width: int, height: int, band_lines: int = 2) -> Grid:
    """The grid at a size; a sentence of more lines than two takes rows above it, never a cut."""
    margin, edge, label = 1, width - 1, 14
    list_width, right, third, third_width = 33, 36, None, 0
    if width < 70:
        label, list_width, right = 11, width - 2, 1
    elif width >= 160:
        margin = max((width - FRAME) // 2, 2)
        edge, label = width - margin, margin + 24
        list_width, right, third = 54, margin + 58, margin + 130
        third_width = edge - third
    elif width >= 100:
        margin, edge, label = 2, width - 2, 26
        list_width, right = 48, 54
    right_width = (third - 4 if third else edge) - right
    tall = height >= 34
    band = band_lines + (2 if tall else 0)
    note, top, under, above = (3, 1, 1, 1) if tall else (1, 0, 0, 0)
    under_body = 1 if height >= 24 and band_lines <= 2 else 0
    body = height - top - 3 - under - under_body - band - note - above - 1
    return Grid(
        width, height, margin, edge, label, list_width, right, max(right_width, 1), third,
        third_width, top, under, max(body, 0), under_body, band, note, above,
    )  # fmt: skip
