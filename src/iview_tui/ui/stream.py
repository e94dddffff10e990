"""The terminal's two streams: what may go out, what comes in, and how it is left sane.

No Textual here.
"""

import contextlib
import os
import re
import sys
import termios
from collections.abc import Iterator
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any

ENTER = (
    "\x1b[?1049h\x1b[?25l\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h\x1b[?1004h\x1b[?2004h\x1b[?7l"
)
"""Screen of our own, no caret, mouse, focus, bracketed paste, no wrap."""
LEAVE = (
    "\x1b[?2026l\x1b[?2004l\x1b[?7h\x1b[?1006l\x1b[?1015l\x1b[?1003l\x1b[?1000l\x1b[?1004l"
    "\x1b[0m\x1b[?1049l\x1b[?25h"
)
_FORMATS = (
    "\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e007f"
)
"""Of no width, and able to reorder or hide what is read: as a regex class."""
_UNSAFE = re.compile(f"[\x00-\x1f\x7f-\x9f{_FORMATS}]")
_WORDS = r"\x1b\](?:2;[^\x00-\x1f\x7f-\x9f]*|22;[a-z-]*)\x07"
"""The window's title, and the shape of the mouse's pointer."""
_ORDER = (
    r"\[[\d;:]*[mHK]"  # colors and places
    r"|\[2[23];2t"  # the window's title, kept and given back
    r"|\[\?[\d;]+(?:[hl]|\$p)"  # modes, and whether frames are known
)
_OTHER_WORDS = r"\x1b[\]P_^X][^\x00-\x1f\x7f-\x9f]*(?:\x07|\x1b\\)"
_FOREIGN = re.compile(
    f"({_WORDS})|{_OTHER_WORDS}|\x1b(?!{_ORDER})|[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f{_FORMATS}]"
)
PASTE, PASTED = "\x1b[200~", "\x1b[201~"
MOST_PASTED = 200_000
"""Characters of one paste that are handed on: ten times what the note line takes."""
LONELY = 0.1
"""Seconds without input after which a single key is no part of a paste that never ended."""
SHOWN_AFTER = 0.2
"""Seconds after which a paste that is not over is handed on as far as it came."""


def safe(text: str) -> str:
    """Text without what a terminal could take for an order; it takes the same cells as before."""
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub("", text)


def ours(data: str) -> str:
    """What goes to the terminal, with only the orders that this program gives.

    Texts have passed `safe` before; whatever else comes here goes, or is plain text without its
    first, widthless sign.
    """
    return _FOREIGN.sub(lambda found: found[1] or "", data)


# -- in ------------------------------------------------------------------------------------------


@dataclass
class Pastes:
    """Tells what was pasted from what was typed.

    A paste keeps its controls, is bounded, and one whose end never comes lets typing go on.
    Times are seconds of any clock that runs on.
    """

    inside: bool = False
    held: str = ""
    """The beginning of what may be a sign of begin or end."""
    _parts: list[str] = field(default_factory=list)
    _taken: int = 0
    _last: float = 0.0
    _since: float = 0.0

    def feed(self, text: str, now: float) -> Iterator[tuple[str, bool]]:
        """Pieces of what came in, in order, each with whether it was pasted."""
        if self.inside and not self.held and now - self._last >= LONELY and _is_key(text):
            yield from self._given()
            self.inside = False
        self._last = now
        text, self.held = self.held + text, ""
        while text:
            sign = PASTED if self.inside else PASTE
            before, found, text = text.partition(sign)
            if not found:
                keep = _begun(before, sign)
                self.held = before[len(before) - keep :]
                before = before[: len(before) - keep]
            if self.inside:
                yield from self._take(before, now)
            elif before:
                yield before, False
            if found:
                if self.inside:
                    yield from self._given()
                self.inside = not self.inside
                self._taken = 0

    def quiet(self, now: float) -> Iterator[tuple[str, bool]]:
        """Nothing came for a moment: nothing is held back any longer."""
        if self.held and now - self._last >= LONELY / 4:
            held, self.held = self.held, ""
            if self.inside and held != PASTED[0]:
                yield from self._take(held, now)
            else:  # the Escape key, which also leaves a paste without an end
                yield from self._given()
                self.inside = False
                yield held, False
        if self._parts and now - self._since >= SHOWN_AFTER:
            yield from self._given(whole=False)

    def _take(self, text: str, now: float) -> Iterator[tuple[str, bool]]:
        room = MOST_PASTED - self._taken
        if not text or room <= 0:
            return
        if not self._parts:
            self._since = now
        self._parts.append(text[:room])
        self._taken += len(text)
        if self._taken >= MOST_PASTED:
            yield from self._given()
        elif now - self._since >= SHOWN_AFTER:
            yield from self._given(whole=False)

    def _given(self, *, whole: bool = True) -> Iterator[tuple[str, bool]]:
        """What was pasted; line ends at the end of a part wait for what follows them."""
        text = "".join(self._parts)
        self._parts.clear()
        if not whole:
            kept = text.rstrip("\r\n")
            self._parts += [text[len(kept) :]] if len(kept) < len(text) else []
            text = kept
        if text:
            yield text, True


def _is_key(text: str) -> bool:
    """Whether it can be one press of a key."""
    return len(text) == 1 or (text[0] == "\x1b" and len(text) <= 8 and not _begun(text, PASTED))


def _begun(text: str, sign: str) -> int:
    """How many characters at the end of the text may begin the sign."""
    most = min(len(text), len(sign) - 1)
    return next((n for n in range(most, 0, -1) if text.endswith(sign[:n])), 0)


# -- out -----------------------------------------------------------------------------------------


class Out:
    """Writes to the terminal from a thread of its own; whoever writes never waits."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._waiting: SimpleQueue[str | Event] = SimpleQueue()
        self.gone = False
        """Whether the terminal is no more."""
        Thread(target=self._run, name="terminal-out", daemon=True).start()

    def put(self, data: str) -> None:
        """Have something written, in turn."""
        if not self.gone:
            self._waiting.put(data)

    def drain(self, timeout: float) -> bool:
        """Wait until all is written; False where the terminal has not taken it in `timeout` s."""
        written = Event()
        self._waiting.put(written)
        return self.gone or written.wait(timeout)

    def _run(self) -> None:
        while True:
            pieces: list[str] = []
            events: list[Event] = []
            item: str | Event = self._waiting.get()
            with contextlib.suppress(Empty):
                while True:
                    pieces.append(item) if isinstance(item, str) else events.append(item)
                    if len(pieces) > 200:
                        break
                    item = self._waiting.get_nowait()
            self._write(ours("".join(pieces)).encode("utf-8", "replace"))
            for event in events:
                event.set()

    def _write(self, data: bytes) -> None:
        while data and not self.gone:
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                Event().wait(0.01)  # someone else's descriptor is set not to block
            except OSError:
                self.gone = True  # nobody looks any more; what is typed is kept all the same


class Modes:
    """How the terminal is set while the program has it, and how it was before."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._before: list[Any] | None = None

    @property
    def entered(self) -> bool:
        """Whether the program has it."""
        return self._before is not None

    def enter(self) -> None:
        """Every key at once, none of them an order to the system."""
        with contextlib.suppress(termios.error):
            modes = termios.tcgetattr(self.descriptor)
            if self._before is None:
                self._before = [*modes[:6], list(modes[6])]
            modes[0] &= ~(
                termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR
            )
            modes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
            modes[6][termios.VMIN], modes[6][termios.VTIME] = 1, 0
            termios.tcsetattr(self.descriptor, termios.TCSANOW, modes)

    def leave(self) -> None:
        """As it was; keys that nobody has read are left to whoever reads next."""
        if self._before is not None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self.descriptor, termios.TCSANOW, self._before)
            self._before = None


def write_now(data: str) -> None:
    """Write what the terminal takes at once, and wait for nothing: the last thing before an end."""
    with contextlib.suppress(OSError):
        # A description of its own: not to block there blocks nobody else's.
        descriptor = os.open("/dev/tty", os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            os.write(descriptor, data.encode())
        finally:
            os.close(descriptor)


def screen_descriptor() -> int:
    """Where the screen is drawn: the terminal that standard output or error is."""
    for stream in (sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(AttributeError, OSError, ValueError):
            if stream is not None and stream.isatty():
                return stream.fileno()
    return 2
