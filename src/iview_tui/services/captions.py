"""A caption feed beside a call: read on a thread of its own, so that it can hold up nothing."""

import codecs
import os
import select
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from iview_tui.clock import Clock
from iview_tui.domain.spoken import side_of
from iview_tui.interchange.captions import Captions, Heard

LOOKED_AFTER = 0.25
"""Seconds after which a file is looked at again."""
AT_ONCE, BEHIND = 65_536, 262_144
"""Bytes that are taken at a time, and by which reading may be behind before the rest is skipped."""
WAITING, AT_A_TIME = 100, 8
"""Lines that wait for the call, and that it is given at a time: once a second, so that a flood
takes no time from the keys."""
QUIET = 6
"""Looks in a row that found nothing, after which the last line is final."""
TOLD = 20
"""Seconds for which it is said what was wrong with something that came."""
SILENT = 60
"""Seconds without captions after which that is said."""
RECENT = 20
"""Seconds of captions that go with a quote or a moment, where they are kept."""
LONGEST_RECENT = 2000
TOO_FAST = "captions come too fast: some are left out"
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
        self._names = me, them
        self._keep = keep
        self._offset = _size(source) if isinstance(source, Path) else 0
        self._file: object = _identity(source) if isinstance(source, Path) else None
        self._lock = threading.Lock()
        self._lines: deque[Heard] = deque(maxlen=WAITING)
        self._said: deque[tuple[str, float]] = deque(maxlen=WAITING)
        self._last = clock.boot()
        self._trouble = ""
        self._fault: tuple[str, float] = "", 0.0
        """What was wrong with something that came, and when."""
        self._unsettled: tuple[str, float] = "", 0.0
        """What is not final yet, and when it came."""
        self._looks = 0
        self._begun = False
        self._stop = threading.Event()
        self._anew()

    def start(self) -> None:
        """Begin to read; once, however often the screen comes back."""
        if self._begun:
            return
        self._begun = True
        target = self._tail if isinstance(self._source, Path) else self._listen
        threading.Thread(target=target, name="iview-captions", daemon=True).start()

    def stop(self) -> None:
        """Read no more."""
        self._stop.set()

    def heard(self) -> Sequence[Heard]:
        """The next lines; speakers are Q (who interviews), A, or None."""
        with self._lock:
            count = min(len(self._lines), AT_A_TIME)
            return [self._lines.popleft() for _ in range(count)]

    def trouble(self) -> str:
        """What is wrong with the feed, in words; empty where nothing is."""
        now = self._clock.boot()
        with self._lock:
            if self._trouble:
                return self._trouble
            fault, at = self._fault
            if fault and now - at < TOLD:
                return fault
            return "no captions for a minute" if now - self._last >= SILENT else ""

    def recent(self) -> str | None:
        """What was said in the last twenty seconds; None where it is not to be kept."""
        if not self._keep:
            return None
        since = self._clock.boot() - RECENT
        with self._lock:
            said = " ".join(text for text, at in (*self._said, self._unsettled) if at >= since)
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
                if not select.select([self._source], [], [], LOOKED_AFTER)[0]:
                    self._nothing()
                    continue
                data = os.read(self._source, AT_ONCE)
            except OSError as error:
                self._say(f"no captions: {error.strerror or error}")
                return
            if not data:
                self._settle(self._reader.quiet())
                self._say("the captions have ended")
                return
            now = self._clock.boot()
            if now - since >= 1:
                taken, since = 0, now
            taken += len(data)
            if taken > BEHIND:
                self._wrong(TOO_FAST)
                self._stop.wait(LOOKED_AFTER)  # whoever babbles waits, too
            else:
                self._take(data, left_out=False)

    def _take(self, data: bytes, left_out: bool) -> None:
        self._say("")
        if not data:
            self._nothing()
            return
        self._looks = 0
        with self._lock:
            self._last = self._clock.boot()
        text = self._decoder.decode(data)
        if sum(char in "\ufffd\0" for char in text) > NO_TEXT * len(text):
            self._wrong("the captions are no text")
            return
        if self._settle(self._reader.take(text)) or left_out:
            self._wrong(TOO_FAST)

    def _nothing(self) -> None:
        """A look that found nothing new."""
        self._looks += 1
        if self._looks == QUIET:
            self._settle(self._reader.quiet())

    def _settle(self, lines: Sequence[Heard]) -> bool:
        """Lines for the call; whether some were left out because too many wait."""
        now = self._clock.boot()
        with self._lock:
            if lines and self._lines and not self._lines[-1].final:
                self._lines.pop()  # written over
            left_out = len(self._lines) + len(lines) > WAITING
            self._lines.extend(self._of_side(line) for line in lines)
            before, then = self._unsettled
            self._said.extend(
                (line.text, then if line.text == before else now) for line in lines if line.final
            )
            rest = self._reader.unsettled
            if rest != before:
                self._unsettled = rest, now
        return left_out

    def _wrong(self, fault: str) -> None:
        with self._lock:
            self._fault = fault, self._clock.boot()

    def _say(self, trouble: str) -> None:
        with self._lock:
            self._trouble = trouble

    def _of_side(self, line: Heard) -> Heard:
        return Heard(line.text, side_of(line.speaker, *self._names), line.final)


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
