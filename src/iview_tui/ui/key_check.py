"""`iview doctor keys`: what this terminal really sends for a key, and what iview does with it."""

import contextlib
import os
import select
import sys
import time

from textual._xterm_parser import XTermParser
from textual.events import Key

from iview_tui.ui.keys import KEYS, Keys, named
from iview_tui.ui.stream import Modes

LEAVES = "q"
"""Pressed twice in a row, it leaves."""
TOGETHER = 0.03
"""Seconds within which bytes belong to one key."""


def run(keys: Keys = KEYS) -> None:
    """Say each key that the terminal on standard input sends, until `q` comes twice."""
    sys.stdout.write("Press any key; q q leaves.\n")
    for name in ("TERM", "TMUX", "STY", "ZELLIJ", "SSH_TTY"):
        if os.environ.get(name):
            sys.stdout.write(f"{name} is {'set' if name != 'TERM' else os.environ[name]}\n")
    sys.stdout.flush()
    modes = Modes(sys.stdin.fileno())
    modes.enter()
    try:
        before = ""
        while (data := _read(sys.stdin.fileno())) is not None:
            name, line = told(data, keys)
            sys.stdout.write(f"{line}\r\n")
            sys.stdout.flush()
            if name == before == LEAVES:
                break
            before = name
    finally:
        modes.leave()


def _read(descriptor: int) -> bytes | None:
    """The bytes of one press of a key, or None where the terminal is gone."""
    data = b""
    with contextlib.suppress(OSError):
        data = os.read(descriptor, 64)
        while select.select([descriptor], [], [], TOGETHER)[0] and len(data) < 64:
            data += os.read(descriptor, 64)
    return data or None


def told(data: bytes, keys: Keys = KEYS) -> tuple[str, str]:
    """The name of what came first, and a line about all of it: bytes, names, what they do."""
    parser = XTermParser(False)
    found: list[object] = list(parser.feed(data.decode("utf-8", "replace")))
    if data == b"\x1b":
        time.sleep(0.11)  # Esc is one once nothing has followed it
    found += list(parser.tick())
    pressed = [event.key for event in found if isinstance(event, Key)]
    does = [
        next((action.help for action in keys.actions if key in action.keys), "") for key in pressed
    ]
    names = " ".join(named(key) for key in pressed) or "no key"
    shown = " ".join(f"{byte:02x}" for byte in data)
    told_ = "; ".join(filter(None, does)) or ("is typed" if _typed(found) else "does nothing")
    return (pressed[0] if pressed else ""), f"{shown:<24} {names:<14} {told_}"


def _typed(found: list[object]) -> bool:
    return any(isinstance(event, Key) and event.is_printable for event in found)
