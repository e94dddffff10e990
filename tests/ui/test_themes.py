"""Both themes can be read by everybody: computed from their own tables.

Contrast is that of WCAG 2; distances are CIEDE2000, for the usual eye and for the three kinds of
color blindness as Machado, Oliveira and Fernandes (2009) simulate them at full strength.
"""

from itertools import combinations
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

import pytest
from rich.color import Color

from iview_tui.ui import themes

Rgb = tuple[float, float, float]
FULL = {"dark": themes.DARK, "light": themes.LIGHT}
INDEXED = {"dark": themes.DARK_256, "light": themes.LIGHT_256}
ON_EVERY_GROUND = ("text", "strong", "muted", "accent", "covered", "partly", "asked", "no_time")
GROUNDS = ("background", "surface", "raised")
PAIRS = [(role, ground) for role in ON_EVERY_GROUND for ground in GROUNDS] + [
    ("band_text", "band"), ("band_keys", "band"), ("offer_text", "offer"), ("offer_keys", "offer"),
    ("trouble_text", "trouble"), ("trouble_keys", "trouble"), ("private", "private_line"),
    ("private", "background"), ("text", "private_line"), ("strong", "private_line"),
    ("background", "accent"), ("trackgone", "background"),
]  # fmt: skip
STATES = ("accent", "covered", "partly", "asked", "no_time")
MACHADO: dict[str, tuple[Rgb, Rgb, Rgb]] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216),
               (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413),
               (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602),
               (0.004733, 0.691367, 0.303900)),
}  # fmt: skip
LEAST_CONTRAST = 4.5
LEAST_DISTANCE, LEAST_DISTANCE_256 = 11.0, 5.0
"""Those of the palettes; in 256 colors bold, the bar and `>` carry the lowest (now and covered)."""


def linear(color: str | int) -> Rgb:
    """Red, green and blue from 0 to 1, in proportion to light."""
    parsed = Color.from_ansi(color) if isinstance(color, int) else Color.parse(color)
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (part / 255 for part in parsed.get_truecolor())
    )
    return red, green, blue


def contrast(one: str | int, other: str | int) -> float:
    def luminance(color: str | int) -> float:
        red, green, blue = linear(color)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def seen(color: str | int, eye: str) -> Rgb:
    """Lightness and the two colors of CIELAB (D65), as an eye sees it."""
    source = linear(color)
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, source, strict=True))))
        for row in MACHADO[eye]
    )
    x = (0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047
    y = 0.2126729 * red + 0.7151522 * green + 0.0721750 * blue
    z = (0.0193339 * red + 0.1191920 * green + 0.9503041 * blue) / 1.08883
    fx, fy, fz = (
        t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116 for t in (x, y, z)
    )
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def ciede2000(one: Rgb, other: Rgb) -> float:
    """The distance of two colors of CIELAB (Sharma, Wu and Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean = (hypot(a1, b1) + hypot(a2, b2)) / 2
    g = 0.5 * (1 - sqrt(mean**7 / (mean**7 + 25.0**7)))
    c1, c2 = hypot((1 + g) * a1, b1), hypot((1 + g) * a2, b2)
    h1 = degrees(atan2(b1, (1 + g) * a1)) % 360
    h2 = degrees(atan2(b2, (1 + g) * a2)) % 360
    turn = h2 - h1
    if c1 * c2 == 0:
        turn = 0.0
    elif turn > 180:
        turn -= 360
    elif turn < -180:
        turn += 360
    hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2))
    mean_h = h1 + h2 if c1 * c2 == 0 else (h1 + h2 + 360 * (abs(h1 - h2) > 180)) / 2
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (1 - 0.17 * cos(radians(mean_h - 30)) + 0.24 * cos(radians(2 * mean_h))
         + 0.32 * cos(radians(3 * mean_h + 6)) - 0.2 * cos(radians(4 * mean_h - 63)))  # fmt: skip
    sl = 1 + 0.015 * (mean_l - 50) ** 2 / sqrt(20 + (mean_l - 50) ** 2)
    sc, sh = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    rt = (-2 * sqrt(mean_c**7 / (mean_c**7 + 25.0**7))
          * sin(radians(60 * exp(-(((mean_h - 275) / 25) ** 2)))))  # fmt: skip
    dl, dc, dh = (l2 - l1) / sl, (c2 - c1) / sc, hue / sh
    return sqrt(dl**2 + dc**2 + dh**2 + rt * dc * dh)


def test_the_distance_is_that_of_the_published_pairs() -> None:
    assert ciede2000((50, 2.6772, -79.7751), (50, 0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50, 2.5, 0), (61, -5, 29)) == pytest.approx(22.8977, abs=1e-4)
    assert ciede2000((2.0776, 0.0795, -1.135), (0.9033, -0.0636, -0.5514)) == pytest.approx(
        0.9082, abs=1e-4
    )


@pytest.mark.parametrize("table", [FULL, INDEXED], ids=["full", "256"])
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_every_text_can_be_read_on_its_ground(
    table: dict[str, dict[str, str | int]], theme: str
) -> None:
    colors = table[theme]
    found = {(role, on): contrast(colors[role], colors[on]) for role, on in PAIRS}
    low = {pair: round(value, 2) for pair, value in found.items() if value < LEAST_CONTRAST}

    assert low == {}, f"lowest of all {min(found.values()):.2f}"


@pytest.mark.parametrize("eye", MACHADO)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_states_are_told_apart_by_every_eye(theme: str, eye: str) -> None:
    for table, least in ((FULL, LEAST_DISTANCE), (INDEXED, LEAST_DISTANCE_256)):
        colors = {state: seen(table[theme][state], eye) for state in STATES}
        found = {
            (a, b): round(ciede2000(colors[a], colors[b]), 1) for a, b in combinations(STATES, 2)
        }
        assert {pair: value for pair, value in found.items() if value < least - 0.5} == {}


def test_sixteen_colors_and_none_leave_the_terminal_s_own() -> None:
    for depth in (themes.Depth.SIXTEEN, themes.Depth.NONE):
        look = themes.look("dark", depth)
        for role in (*ON_EVERY_GROUND, "band_text", "offer_text", "trouble_text"):
            for ground in ("", "band", "offer", "trouble", "raised"):
                style = look.style(role, ground)
                assert style.bgcolor is None
                assert style.color is None or depth is themes.Depth.SIXTEEN


def test_signs_differ_without_any_color() -> None:
    for signs in (themes.Signs(), themes.ASCII):
        states = (signs.untouched, signs.asked, signs.partly, signs.covered, signs.skipped,
                  signs.no_time, signs.now)  # fmt: skip
        assert len(set(states)) == len(states)
    assert all(
        value.isascii() for value in (themes.ASCII.bar, themes.ASCII.tick, themes.ASCII.dots)
    )
