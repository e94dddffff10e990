"""The programs that are driven: the live screen on a database of its own, and its bare twin."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.terminal import Terminal

GUIDE = Path(__file__).parents[1] / "src/iview_tui/domain/bank/demo.md"
CALL = ("--with", "Ann", "--minutes", "30", "--now")
TWIN = (sys.executable, str(Path(__file__).parent / "twin.py"))


@dataclass(frozen=True, slots=True)
class Program:
    """How a program is started, and by what its first picture is known."""

    argv: tuple[str, ...]
    marker: bytes
    entries: int = 0
    """How many notes the call has already."""
    again: bool = False
    """Whether the person was called before."""


def ours(entries: int = 0, *, again: bool = False) -> Program:
    """The installed `iview live`."""
    script = shutil.which("iview", path=str(Path(sys.executable).parent)) or "iview"
    return Program((script, "live", str(GUIDE), *CALL), b" left", entries, again)


def twin() -> Program:
    """The bare twin."""
    return Program(TWIN, b"clock 0")


def environment(home: str) -> dict[str, str]:
    """A home of its own, and a terminal that knows all colors."""
    return {
        "HOME": home, "PATH": os.environ["PATH"], "TERM": "xterm-256color",
        "COLORTERM": "truecolor", "LANG": "C.UTF-8",
    }  # fmt: skip


@contextmanager
def running(program: Program) -> Iterator[Terminal]:
    """A program in a terminal and a home of its own."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as home:
        env = environment(home)
        if program.entries or program.again:
            _have_noted(program, env)
        terminal = Terminal(program.argv, env, Path(home))
        try:
            yield terminal
        finally:
            terminal.end()


def first_picture(terminal: Terminal, program: Program) -> float:
    """Wait for it; the moment at which it came. A call that was begun is gone on with."""
    if program.entries:
        terminal.read_until(b"Enter")
        before = len(terminal.arrivals)
        terminal.send(b"\r")
        return terminal.read_until(program.marker, before)
    return terminal.read_until(program.marker)


def _have_noted(program: Program, env: dict[str, str]) -> None:
    """Have a call with so many notes left unfinished, or ended."""
    notes = "".join(
        f"note {number} of what they told about their work\n"
        for number in range(1, program.entries + 1)
    )
    if program.again:
        notes += "/end\n/end\n/end\n"
    subprocess.run(
        [*program.argv, "--plain"], input=notes, env=env, text=True, check=True,
        stdout=subprocess.DEVNULL, timeout=300,
    )  # fmt: skip
