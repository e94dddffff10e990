"""A text into the clipboard, by whatever this machine has; the program opens no connection."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

TOOLS = (
    (("pbcopy",), None),
    (("wl-copy",), "WAYLAND_DISPLAY"),
    (("xclip", "-selection", "clipboard"), "DISPLAY"),
    (("xsel", "--clipboard", "--input"), "DISPLAY"),
    (("clip.exe",), None),
)
"""Commands that take a text on standard input, each with the variable that must be there."""
PATIENCE = 5.0
"""Seconds for a tool."""
LONGEST_SEQUENCE = 74_000
"""Bytes of base64 that terminals still take."""


def copy(
    text: str,
    environ: Mapping[str, str],
    state: Path,
    which: Callable[[str], str | None] = shutil.which,
    terminal: Path = Path("/dev/tty"),
) -> str:
    """Copy a text; gives the sentence that says how.

    A tool of this machine first, which tells whether it took it; over SSH the terminal (OSC 52),
    since the tools there are another machine's; else a file in the state directory, 0600. Raises
    OSError where not even that can be written.
    """
    if not (environ.get("SSH_CONNECTION") or environ.get("SSH_TTY")):
        for command, variable in TOOLS:
            if variable and not environ.get(variable):
                continue
            found = which(command[0])
            if found and _took((found, *command[1:]), text):
                return f"copied with {command[0]}"
    if environ.get("TERM", "dumb") != "dumb" and _told(terminal, text):
        return "copied through the terminal, where it lets programs do that"
    return f"there is no clipboard here; the text is in {_filed(state, text)}"


def _took(command: tuple[str, ...], text: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 (a fixed command, the text on its standard input)
            command, input=text.encode(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _told(terminal: Path, text: str) -> bool:
    coded = base64.b64encode(text.encode())
    if len(coded) > LONGEST_SEQUENCE:
        return False
    try:
        descriptor = os.open(terminal, os.O_WRONLY | getattr(os, "O_NOCTTY", 0))
    except OSError:
        return False
    try:
        os.write(descriptor, b"\x1b]52;c;" + coded + b"\x07")
    except OSError:
        return False
    finally:
        os.close(descriptor)
    return True


def _filed(state: Path, text: str) -> Path:
    state.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix="letter-", suffix=".txt", dir=state)  # 0600
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
    return Path(name)
