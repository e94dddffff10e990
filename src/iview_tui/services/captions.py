"""A caption feed beside a call: read on a thread of its own, so that it can hold up nothing."""

import codecs
import os
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from iview_tui.clock import Clock
from iview_tui.interchange.captions import Captions, Heard

LOOKED_AFTER = 0.25
"""Seconds after which a file is looked at again."""
AT_ONCE, BEHIND = 65_536, 262_144
"""Bytes that are taken at a time, and by which reading may be behind before the rest is skipped."""
WAITING = 500
"""Lines that wait for the call."""
SILENT = 60
"""Seconds without captions after which that is said."""
RECENT = 20
"""Seconds of captions that go with a quote or a moment, where they are kept."""
LONGEST_RECENT = 2000
NO_TEXT = 0.3
"""Share of bytes that are none of a text from which on a piece is not taken for one."""


class Feed:
    """A growing file, or a descriptor. Who speaks is known by the names of both."""

    def __init__(
        self, source: Path | int, clock: Clock, *, me: str = "", them: str | None = None,
        keep: bool = False,
    ) -> None:  # fmt: skip
        """Know where the captions come from; what a file has already is passed over."""
        self._source = source
        self._clock = clock
        self._sides = {"Q": _names(me), "A": _names(them or "")}
        self._keep = keep
        self._offset = _size(source) if isinstance(source, Path) else 0
        self._file: object = _identity(source) if isinstance(source, Path) else None
        self._lock = threading.Lock()
        self._lines: deque[Heard] = deque(maxlen=WAITING)
        self._said: deque[tuple[float, str]] = deque(maxlen=WAITING)
        self._last = clock.boot()
        self._trouble = ""
        self._stop = threading.Event()
        self._anew()

    def start(self) -> None:
        """Begin to read."""
        target = self._tail if isinstance(self._source, Path) else self._listen
        threading.Thread(target=target, name="iview-captions", daemon=True).start()

    def stop(self) -> None:
        """Read no more."""
        self._stop.set()

    def heard(self) -> Sequence[Heard]:
        """What came since it was asked last; speakers are Q (who interviews), A, or None."""
        with self._lock:
            lines, self._lines = tuple(self._lines), deque(maxlen=WAITING)
        return lines

    def trouble(self) -> str:
        """What is wrong with the feed, in words; empty where nothing is."""
        with self._lock:
            if self._trouble or self._clock.boot() - self._last < SILENT:
                return self._trouble
            return "no captions for a minute"

    def recent(self) -> str | None:
        """What was said in the last twenty seconds; None where it is not to be kept."""
        if not self._keep:
            return None
        since = self._clock.boot() - RECENT
        with self._lock:
            said = " ".join(text for at, text in self._said if at >= since)
        return said[-LONGEST_RECENT:] or None

    # -- on the thread ---------------------------------------------------------------------------

    def _anew(self) -> None:
        self._reader = Captions()
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")

    def _tail(self) -> None:
        """Follow a file that may come later, be cut short, or be another one."""
        assert isinstance(self._source, Path)
        while not self._stop.wait(LOOKED_AFTER):
            try:
                self._look(self._source)
            except FileNotFoundError:
                self._say(f"no captions yet: {self._source.name} is not there")
            except OSError as error:
                self._say(f"no captions: {error.strerror or error}")

    def _look(self, path: Path) -> None:
        with path.open("rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            same = (status.st_dev, status.st_ino)
            if same != self._file or status.st_size < self._offset:
                self._file, self._offset = same, 0
                self._anew()
            left_out = status.st_size - self._offset > BEHIND
            if left_out:
                self._offset = status.st_size - AT_ONCE
                self._anew()
            file.seek(self._offset)
            data = file.read(AT_ONCE)
            self._offset += len(data)
        self._take(data, left_out)

    def _listen(self) -> None:
        assert isinstance(self._source, int)
        taken, since = 0, self._clock.boot()
        while not self._stop.is_set():
            try:
                data = os.read(self._source, AT_ONCE)
            except OSError as error:
                self._say(f"no captions: {error.strerror or error}")
                return
            if not data:
                self._say("the captions have ended")
                return
            now = self._clock.boot()
            if now - since >= 1:
                taken, since = 0, now
            taken += len(data)
            if taken > BEHIND:
                self._say("captions come too fast: some are left out")
            else:
                self._take(data, left_out=False)

    def _take(self, data: bytes, left_out: bool) -> None:
        if not data:
            if isinstance(self._source, Path):
                self._say("", came=False)
            return
        text = self._decoder.decode(data)
        if sum(char in "\ufffd\0" for char in text) > NO_TEXT * len(text):
            self._say("the captions are no text")
            return
        lines = [self._of_side(line) for line in self._reader.take(text)]
        with self._lock:
            now = self._clock.boot()
            self._lines.extend(lines)
            self._said.extend((now, line.text) for line in lines if line.final)
        self._say("captions come too fast: some are left out" if left_out else "")

    def _say(self, trouble: str, *, came: bool = True) -> None:
        with self._lock:
            self._trouble = trouble
            if came:
                self._last = self._clock.boot()

    def _of_side(self, line: Heard) -> Heard:
        names = _names(line.speaker or "")
        side = next((side for side, known in self._sides.items() if names & known), None)
        return Heard(line.text, side, line.final)


def _names(name: str) -> frozenset[str]:
    return frozenset(name.casefold().split())


def _identity(path: Path) -> object:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
