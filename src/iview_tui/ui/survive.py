"""Running the call's app: through its own faults, and to a clean end on every signal."""

import asyncio
import contextlib
import os
import select
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from pendulum import DateTime

from iview_tui.ui.stream import LEAVE, write_now
from iview_tui.ui.terminal import SurvivingApp, Terminal

ENDING = {signal.SIGHUP: 129, signal.SIGINT: 130, signal.SIGQUIT: 131, signal.SIGTERM: 143}
"""Signals that end the call, and the exit codes that say so."""
NOTED = (*ENDING, signal.SIGTSTP, signal.SIGCONT, signal.SIGWINCH)
CLEANLY = 0.6
"""Seconds that the program has to end by itself; then it is ended."""
CLOSING = 0.25
"""Seconds that are left then to close what keeps the call."""
FAULTS, WITHIN = 5, 60.0
"""So many faults in so many seconds are the end."""
FAILED = 1
MOST_LOGGED = 256 * 1024
"""Bytes of the log of faults; a longer one begins anew."""


class FaultLog:
    """Where the program failed, without a word of what was worked on: types, files and lines."""

    def __init__(self, path: Path | None, wall: Callable[[], DateTime]) -> None:
        self.path = path
        self._wall = wall

    def write(self, error: BaseException) -> None:
        """Add a fault; a log that cannot be written is nobody's trouble now."""
        if self.path is None:
            return
        text = f"{self._wall().isoformat()}\n" + "".join(_frames(error))
        with contextlib.suppress(OSError):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
            descriptor = os.open(self.path, flags, 0o600)
            try:
                os.fchmod(descriptor, 0o600)
                if os.fstat(descriptor).st_size > MOST_LOGGED:
                    os.ftruncate(descriptor, 0)
                os.write(descriptor, text.encode())
            finally:
                os.close(descriptor)


def _frames(error: BaseException) -> Iterator[str]:
    """Types and places of a fault and of what led to it; never a message or a variable."""
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        yield f"  {type(step).__module__}.{type(step).__qualname__}\n"
        trace: TracebackType | None = step.__traceback__
        while trace is not None:
            code = trace.tb_frame.f_code
            yield f"    {code.co_filename}:{trace.tb_lineno} {code.co_name}\n"
            trace = trace.tb_next
        step = step.__cause__ or step.__context__


class Watch:
    """Hears signals in a thread of its own, so that a loop that is stuck can be ended too."""

    def __init__(self, terminal: Terminal, close: Callable[[], None]) -> None:
        self.code: int | None = None
        """The exit code, once the end was asked for."""
        self.app: SurvivingApp | None = None
        self._terminal = terminal
        self._close = close
        self._before: dict[signal.Signals, Any] = {}
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._writer, False)
        terminal.lost = lambda: self._end(signal.SIGHUP)

    def __enter__(self) -> "Watch":
        for number in NOTED:
            self._before[number] = signal.signal(number, _noted)
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        threading.Thread(target=self._hear, name="signals", daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Signals are as before, but that those which end do not undo an end that is under way."""
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            if self.code is None or number not in ENDING:
                signal.signal(number, handler)

    def _hear(self) -> None:
        while True:
            heard = os.read(self._reader, 64)
            while heard:
                byte, heard = heard[0], heard[1:]
                if byte in ENDING:
                    self._end(signal.Signals(byte))
                elif byte == signal.SIGTSTP:
                    self._terminal.leave()
                    if select.select([self._reader], [], [], 0)[0]:
                        heard += os.read(self._reader, 64)
                    if signal.SIGCONT not in heard:  # else it is to go on before it stopped
                        os.kill(os.getpid(), signal.SIGSTOP)
                elif byte == signal.SIGCONT:
                    self._go_on()
                elif byte == signal.SIGWINCH:
                    self._ask(lambda app: app.driver_resized())

    def _ask(self, do: Callable[[SurvivingApp], None]) -> None:
        """Have the app do something on its own loop."""
        app = self.app
        loop = app._loop if app is not None else None
        if app is not None and loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(do, app)

    def _end(self, number: signal.Signals) -> None:
        if self.code is not None:
            return
        code = self.code = ENDING[number]
        threading.Thread(target=self._end_for_sure, args=(code,), daemon=True).start()
        self._ask(lambda app: app.exit(code))

    def _end_for_sure(self, code: int) -> None:
        """The process is gone within a second, whatever its loop does."""
        time.sleep(CLEANLY)
        closing = threading.Thread(target=self._close, daemon=True)
        closing.start()
        closing.join(CLOSING)
        self._terminal.modes.leave()
        write_now(LEAVE)
        os._exit(code)

    def _go_on(self) -> None:
        """The terminal may have been anyone's meanwhile: take it again, and paint everything."""
        self._terminal.enter()
        self._ask(lambda app: app.paint_anew())


def _noted(_number: int, _frame: FrameType | None) -> None:
    """The thread that hears signals does what is to be done."""


@contextlib.contextmanager
def _nothing_printed(log: FaultLog) -> Iterator[None]:
    """Faults in threads and in what is being thrown away are logged, not printed."""
    thread_hook, stray_hook = threading.excepthook, sys.unraisablehook
    threading.excepthook = lambda args: log.write(args.exc_value or args.exc_type())
    sys.unraisablehook = lambda args: log.write(args.exc_value or args.exc_type())
    try:
        yield
    finally:
        threading.excepthook, sys.unraisablehook = thread_hook, stray_hook


def run_surviving(
    make: Callable[[SurvivingApp | None], SurvivingApp],
    *,
    log: FaultLog,
    close: Callable[[], None] = lambda: None,
    lives: int = FAULTS,
    terminal: Terminal | None = None,
) -> int:
    """Run an app, and after a fault the next one; an exit code.

    `make` gets the app that failed, to take up from it where it was; `close` is what keeps the
    call being let go, for an end that cannot wait. After `lives` faults in a minute, 1.
    A `terminal` is given where another app had it before: it is read by one thread alone.
    """
    terminal = terminal or Terminal()
    faults: deque[float] = deque(maxlen=lives)
    app: SurvivingApp | None = None
    with _nothing_printed(log), Watch(terminal, close) as watch:
        try:
            while True:
                app = make(app)
                app.terminal, app.on_fault = terminal, log.write
                watch.app = app
                code = _run(app, log)
                if watch.code is not None or app.fault is None:
                    return watch.code if watch.code is not None else code
                faults.append(time.monotonic())
                if len(faults) == lives and faults[-1] - faults[0] <= WITHIN:
                    return FAILED
        finally:
            terminal.leave()


def _run(app: SurvivingApp, log: FaultLog) -> int:
    """One life of the app."""

    async def life() -> int | None:
        def stray(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            error = context.get("exception")
            if isinstance(error, BaseException):
                log.write(error)

        asyncio.get_running_loop().set_exception_handler(stray)
        return await app.run_async()

    code = asyncio.run(life())
    return code or app.return_code or 0
