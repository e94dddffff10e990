"""SVG to PNG, by what is installed: headless Chromium, else rsvg-convert."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

Draw = Callable[[Path, Path, tuple[int, int]], None]
"""Draws the SVG of the first path to the second, so many pixels wide and high."""

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LONGEST = 60
"""Seconds for one picture."""


def drawer() -> tuple[str, Draw] | None:
    """The name of what draws, and the function; None where neither is there."""
    for name in BROWSERS:
        if found := shutil.which(name):
            return name, lambda svg, png, size: _browser(found, svg, png, size)
    if found := shutil.which("rsvg-convert"):
        return "rsvg-convert", lambda svg, png, _: _run(found, "-o", str(png), str(svg))
    return None


def _browser(program: str, svg: Path, png: Path, size: tuple[int, int]) -> None:
    with tempfile.TemporaryDirectory(prefix="shoot-", ignore_cleanup_errors=True) as profile:
        _run(
            program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--no-first-run", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--hide-scrollbars", "--force-device-scale-factor=1",
            f"--user-data-dir={profile}", f"--window-size={size[0]},{size[1]}",
            f"--screenshot={png}", svg.absolute().as_uri(),
        )  # fmt: skip


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=LONGEST)  # noqa: S603
