"""Where the parts stand: the tables of the look, at every size."""

import pytest

from iview_tui.ui.layout.grid import grid

SIZES = [
    (w, h)
    for w in (60, 69, 70, 80, 99, 100, 120, 159, 160, 200, 300)
    for h in (20, 24, 30, 34, 36, 50, 60)
]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_rows_of_all_parts_fill_the_screen(width: int, height: int) -> None:
    g = grid(width, height)

    assert (
        g.top + 3 + g.under_header + g.body + g.under_body + g.band + g.note + g.above_keys + 1
        == height
    )
    assert 0 <= g.margin < g.label < g.edge <= width


@pytest.mark.parametrize(
    ("size", "axes", "rows"),
    [
        ((60, 20), (1, 1, 11), (13, 2, 1)),
        ((80, 24), (1, 36, 14), (16, 2, 1)),
        ((100, 30), (2, 54, 26), (22, 2, 1)),
        ((120, 36), (2, 54, 26), (21, 4, 3)),
        ((200, 50), (16, 74, 40), (35, 4, 3)),
    ],
)
def test_the_three_axes_and_the_heights_of_the_pictures(
    size: tuple[int, int], axes: tuple[int, int, int], rows: tuple[int, int, int]
) -> None:
    g = grid(*size)

    assert (g.margin, g.right, g.label) == axes
    assert (g.body, g.band, g.note) == rows


def test_a_long_sentence_takes_its_row_from_the_body() -> None:
    short, long = grid(60, 20), grid(60, 20, 3)

    assert (long.band, long.body) == (short.band + 1, short.body - 1)
