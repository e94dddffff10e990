"""The installed program in a real pseudo-terminal: type as a person does, read the screen."""

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

import pyte
from ptyprocess import PtyProcess

from iview_tui.clock import SystemClock
from iview_tui.paths import find
from iview_tui.services import library, upkeep

IVIEW = Path(sys.executable).with_name("iview")
PATIENCE = 20.0
"""Seconds after which a screen that never comes is a failure."""
SETTLED = 5.0
"""Seconds that a running program may take to have its database open; a killed one never does."""


def export(home: Path) -> dict[str, Any]:
    """The last call as `iview export` finds it on the disk, out of a second process: this one.

    At a start the rescue file stands in for the database.
    """
    paths, until = find({"IVIEW_HOME": str(home)}, None), time.monotonic() + SETTLED
    while True:
        upkeep.bring_back_if_free(paths, SystemClock())
        over = time.monotonic() > until
        try:
            if over or not upkeep.rescue_files(paths):
                return library.export_of(paths.database, "last", with_private=True)
        except library.NotFound:
            if over:
                raise
        time.sleep(0.02)


class Terminal:
    """A running `iview` and its screen."""

    def __init__(
        self,
        *args: str,
        home: Path,
        size: tuple[int, int] = (80, 24),
        environ: Mapping[str, str] | None = None,
        program: Path = IVIEW,
    ) -> None:
        self.columns, self.rows = size
        self.screen = pyte.Screen(self.columns, self.rows)
        self.stream = pyte.ByteStream(self.screen)
        env = {
            **os.environ, "IVIEW_HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8",
            "COLORTERM": "truecolor", **(environ or {}),
        }  # fmt: skip
        for name in ("NO_COLOR", "COLUMNS", "LINES"):  # the size is the terminal's own
            env.pop(name, None)
        self.process = PtyProcess.spawn(
            [str(program), *args], dimensions=(self.rows, self.columns), env=env
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.kill()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def type(self, text: str) -> None:
        """Type characters; `\r` is Enter."""
        self.process.write(text.encode())

    def line(self, text: str) -> None:
        """Type a line, wait until it stands there, and press Enter."""
        self.type(text)
        self.wait(text[-24:])
        self.type("\r")

    def wait(self, wanted: str) -> str:
        """Read until `wanted` stands on the screen; the screen's text."""
        return self.wait_for(lambda text: wanted in text, wanted)

    def wait_for(self, fits: Callable[[str], bool], what: str = "the screen") -> str:
        """Read until the screen is as it should be; its text."""
        until = time.monotonic() + PATIENCE
        while not fits(self.text):
            if not self._read(until - time.monotonic()):
                break
        assert fits(self.text), f"{what!r} never came:\n{self.text}"
        return self.text

    def resize(self, columns: int, rows: int) -> None:
        self.process.setwinsize(rows, columns)
        self.screen.resize(rows, columns)

    def end(self) -> int:
        """Wait until the program has ended; its exit status."""
        until = time.monotonic() + PATIENCE
        while self.process.isalive() and time.monotonic() < until:
            self._read(0.1)
        assert not self.process.isalive(), f"still running:\n{self.text}"
        status = self.process.exitstatus
        return status if status is not None else 128 + (self.process.signalstatus or 0)

    def kill(self) -> None:
        """End it as a flat battery would."""
        if self.process.isalive():
            self.process.kill(signal.SIGKILL)
            self.process.wait()
        self.process.close(force=True)

    def _read(self, patience: float) -> bool:
        if patience <= 0:
            return False
        ready, _, _ = select.select([self.process.fd], [], [], min(patience, 0.2))
        if not ready:
            return bool(self.process.isalive())
        try:
            data = os.read(self.process.fd, 65536)
        except OSError:
            return False
        self.stream.feed(data)
        return True
