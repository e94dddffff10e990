"""A pseudo-terminal that a program believes in, and a stamp on everything that it writes.

It answers what Textual asks a terminal, so that no time-out is measured. Stamps are those of
`time.perf_counter`, taken where bytes arrive; what they show is worked out afterwards.
"""

import contextlib
import os
import re
import select
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ptyprocess import PtyProcess

COLUMNS, LINES = 80, 24
LONGEST = 30.0
"""Seconds that anything is waited for."""
_CHUNK = 65536
_ANSWERS: tuple[tuple[bytes, bytes], ...] = (
    (rb"\x1b\[\?2026\$p", b"\x1b[?2026;2$y"),  # frames shown whole: known, off
    (rb"\x1b\[\?2048\$p", b"\x1b[?2048;0$y"),  # sizes told in the stream: not known
    (rb"\x1b\]10;\?(?:\x07|\x1b\\)", b"\x1b]10;rgb:d5d5/dbdb/e0e0\x1b\\"),
    (rb"\x1b\]11;\?(?:\x07|\x1b\\)", b"\x1b]11;rgb:1414/1818/1d1d\x1b\\"),
    (rb"\x1b\[6n", b"\x1b[1;1R"),
    (rb"\x1b\[0?c", b"\x1b[?62;22c"),
)
_QUERY = re.compile(b"|".join(b"(%s)" % query for query, _ in _ANSWERS))
_ORDERS = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_^X].*?(?:\x07|\x1b\\)|[ -/]*[0-~])", re.DOTALL
)
"""Control sequences of ECMA-48: what is no text."""


class TooLongError(Exception):
    """What was waited for did not come."""


class Terminal:
    """One program in one terminal. Linux and macOS."""

    def __init__(self, argv: Sequence[str], env: Mapping[str, str], cwd: Path) -> None:
        """Start the program; `began` is the moment before."""
        self.arrivals: list[tuple[float, bytes]] = []
        """Moments, and what had come by then."""
        self._unanswered = b""
        self.began = time.perf_counter()
        self._process = PtyProcess.spawn(
            list(argv), cwd=str(cwd), env=dict(env), dimensions=(LINES, COLUMNS)
        )
        self.pid: int = self._process.pid

    def send(self, data: bytes) -> float:
        """Type something; gives back the moment."""
        moment = time.perf_counter()
        os.write(self._process.fd, data)
        return moment

    def read_for(self, seconds: float) -> None:
        """Take what comes for so long."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self._read(left)

    def read_until(self, text: bytes, since: int = 0) -> float:
        """Take what comes until `text` was written; the moment at which it came.

        `since` leaves out so many arrivals. Raises TooLongError.
        """
        return self._until(lambda seen: text in shown(seen), since)

    def end(self) -> None:
        """End the program, and wait until it is gone."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._process.wait()
        self._process.close(force=True)

    def _until(self, there: Callable[[bytes], bool], since: int) -> float:
        end = time.perf_counter() + LONGEST
        seen, counted = b"", since
        while time.perf_counter() < end:
            for moment, data in self.arrivals[counted:]:
                seen += data
                if there(seen):
                    return moment
            counted = len(self.arrivals)
            self._read(end - time.perf_counter())
            if counted == len(self.arrivals) and not self._process.isalive():
                break
        raise TooLongError(shown(seen)[-400:].decode(errors="replace"))

    def _read(self, seconds: float) -> None:
        """Wait so long for something, and take it."""
        ready, _, _ = select.select([self._process.fd], [], [], seconds)
        if not ready:
            return
        try:
            data = os.read(self._process.fd, _CHUNK)
        except OSError:  # Linux says so when the other end is gone
            data = b""
        if not data:
            time.sleep(0.01)
            return
        self.arrivals.append((time.perf_counter(), data))
        self._answer(data)

    def _answer(self, data: bytes) -> None:
        asked = self._unanswered + data
        done = 0
        for query in _QUERY.finditer(asked):
            assert query.lastindex is not None
            os.write(self._process.fd, _ANSWERS[query.lastindex - 1][1])
            done = query.end()
        self._unanswered = asked[max(done, len(asked) - 16) :]


def shown(data: bytes) -> bytes:
    """What was written without the control sequences in it."""
    return _ORDERS.sub(b"", data)
