"""`python -m screenshots [NAME...]`: draw the demo call and the screens around it."""

import argparse
import asyncio
import subprocess
import sys
from pathlib import Path

from iview_tui.ui import themes
from screenshots.lighter import lighten
from screenshots.moments import MOMENTS, SIZES, THEMES, Moment, strips
from screenshots.png import drawer
from screenshots.svg import size, svg

PLACE = Path(__file__).parent
ABOUT = """\
# Screenshots

The demo call (`iview demo`) at its telling moments, and the screens before and after a call, at
80x24 and 120x36, dark and light. All of it is made up. `make shoot` draws these pictures and
writes this page.
"""


def main() -> int:
    """Draw; an exit code."""
    parser = argparse.ArgumentParser(prog="python -m screenshots", description=__doc__)
    names = [moment.name for moment in MOMENTS]
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    wanted = parser.parse_args().names or names
    if unknown := set(wanted) - set(names):
        parser.error(f"there is no moment {', '.join(sorted(unknown))}")
    drawn = [
        _draw(moment, columns_rows, theme)
        for moment in MOMENTS
        if moment.name in wanted
        for columns_rows in SIZES
        for theme in THEMES
    ]
    (PLACE / "README.md").write_text(_page(), encoding="utf-8")
    return 0 if _convert(drawn) else 1


def _file(moment: Moment, grid: tuple[int, int], theme: str) -> str:
    return f"{moment.name}-{grid[0]}x{grid[1]}-{theme}"


def _draw(moment: Moment, grid: tuple[int, int], theme: str) -> tuple[Path, tuple[int, int]]:
    colors = themes.LIGHT if theme == "light" else themes.DARK
    path = PLACE / f"{_file(moment, grid, theme)}.svg"
    rows = asyncio.run(strips(moment, grid, theme))
    picture = svg(rows, ground=colors["background"], text=colors["text"], title=moment.says)
    path.write_text(picture, encoding="utf-8")
    return path, size(*grid)


def _convert(drawn: list[tuple[Path, tuple[int, int]]]) -> bool:
    """Draw the PNGs; whether every one that could be drawn was."""
    found = drawer()
    if found is None:
        print(f"{len(drawn)} SVGs; no PNG: neither chromium nor rsvg-convert is installed")
        return True
    name, draw = found
    for path, pixels in drawn:
        try:
            draw(path, path.with_suffix(".png"), pixels)
            lighten(path.with_suffix(".png"))
        except (OSError, subprocess.SubprocessError) as error:
            print(f"{path.name}: {name} did not draw it: {error}", file=sys.stderr)
            return False
    print(f"{len(drawn)} pictures as SVG, and as PNG by {name}")
    return True


def _page() -> str:
    parts = [ABOUT]
    for moment in MOMENTS:
        small = _file(moment, SIZES[0], THEMES[0])
        others = [_file(moment, grid, theme) for grid in SIZES for theme in THEMES]
        links = " · ".join(
            f"[{other.removeprefix(moment.name + '-').replace('-', ' ')}]({other}.png)"
            f" ([SVG]({other}.svg))"
            for other in others
        )
        parts.append(f"## {moment.says}\n\n![{moment.says}]({small}.png)\n\n{links}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
