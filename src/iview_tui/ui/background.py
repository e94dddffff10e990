"""Whether the terminal is dark or light: it is asked while the program is still being loaded.

OSC 11 asks for the background; the DA1 behind it is a fence, which every terminal answers: once
that has come, or after `PATIENCE`, no other answer is waited for. Keys typed meanwhile are kept.
"""

import contextlib
import os
import re
import select
import sys
import termios
import time
from typing import Any

ASK = "\x1b]11;?\x1b\\\x1b[c"
PATIENCE = 0.15
"""Seconds from asking on."""
LIGHT = 0.5
"""The luminance from which on a background is light; that of a mid grey is below."""
_COLOR = re.compile(rb"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})"
                    rb"[^\x07\x1b]*(?:\x07|\x1b\\)")  # fmt: skip
_FENCE = re.compile(rb"\x1b\[\?[\d;]*c")
REPLIES = re.compile(r"\x1b\]11;[^\x07\x1b]*(?:\x07|\x1b\\)|\x1b\[\?[\d;]*c")
"""Answers, also such as come too late to be waited for."""
BEGUN = re.compile(r"\x1b(?:\](?:1(?:1(?:;[^\x07\x1b]*\x1b?)?)?)?|\[(?:\?[\d;]*)?)?\Z")
"""The beginning of one at the end of what was read."""


class Background:
    """A terminal that was asked. `answer` takes what it said, once, and leaves it as it was."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._asked = time.monotonic()
        self._before: list[Any] | None = None
        with contextlib.suppress(termios.error, OSError):
            modes = termios.tcgetattr(descriptor)
            self._before = [*modes[:6], list(modes[6])]
            modes[3] &= ~(termios.ECHO | termios.ICANON)
            modes[6][termios.VMIN], modes[6][termios.VTIME] = 1, 0
            termios.tcsetattr(descriptor, termios.TCSANOW, modes)
            os.write(sys.stdout.fileno(), ASK.encode())

    def answer(self) -> tuple[bool | None, str]:
        """Whether it is light, None where it did not say; and what was typed meanwhile."""
        data = b""
        while self._before is not None and not _FENCE.search(data):
            left = max(0.0, self._asked + PATIENCE - time.monotonic())
            if not select.select([self._descriptor], [], [], left)[0]:
                break
            try:
                more = os.read(self._descriptor, 4096)
            except OSError:
                break
            if not more:
                break
            data += more
        self.leave()
        found = _COLOR.search(data)
        typed = REPLIES.sub("", data.decode("utf-8", "replace"))
        return (is_light(found[1], found[2], found[3]) if found else None), typed

    def leave(self) -> None:
        """The terminal is as it was."""
        before, self._before = self._before, None
        if before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._descriptor, termios.TCSANOW, before)


def ask() -> Background:
    """Ask the terminal that is standard input and output."""
    return Background(sys.stdin.fileno())


def is_light(*channels: bytes) -> bool:
    """Whether a color of red, green and blue, in one to four hexadecimal digits each, is light."""
    red, green, blue = (int(part, 16) / (16 ** len(part) - 1) for part in channels)
    return bool(0.2126 * red + 0.7152 * green + 0.0722 * blue >= LIGHT)
