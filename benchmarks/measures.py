"""What is measured: each measure runs a program once and gives its samples."""

import random
import time
from collections.abc import Iterator
from itertools import cycle

import pyte

from benchmarks import machine
from benchmarks.figures import Samples
from benchmarks.programs import Program, first_picture, running
from benchmarks.terminal import COLUMNS, LINES, Terminal

LETTERS = "xqzj"
"""Typed to be counted: no screen shows them otherwise often, and none comes with a second."""
KEYS, KEYS_A_LINE = 180, 45
WATCHED = 20.0
"""Seconds for which an idle program is watched."""
MARK = "ø".encode()
"""A key that no screen shows by itself."""
GAP = 0.1
"""Seconds without a byte between two paints of an idle program."""


def startup(program: Program) -> Samples:
    """Milliseconds from the start to the first picture, and to the first key on the screen."""
    with running(program) as terminal:
        painted = first_picture(terminal, program)
        before = len(terminal.arrivals)
        terminal.send(MARK)
        accepted = terminal.read_until(MARK, before)
        return {
            "paint": [(painted - terminal.began) * 1000],
            "key": [(accepted - terminal.began) * 1000],
        }


def keys(program: Program) -> Samples:
    """Milliseconds from each key to its letter on the screen, and bytes written for it."""
    with running(program) as terminal:
        first_picture(terminal, program)
        terminal.read_for(2.5)  # what is loaded after the first picture
        latencies: list[float] = []
        written: list[float] = []
        waits = random.Random(7)
        text = _typed()
        for _ in range(KEYS // KEYS_A_LINE):
            begin = len(terminal.arrivals)
            sent: list[tuple[str, float]] = []
            for _ in range(KEYS_A_LINE):
                key = next(text)
                moment = terminal.send(key.encode())
                sent.append((key, moment))
                terminal.read_for(waits.uniform(0.06, 0.12))
            written.append(sum(len(data) for _, data in terminal.arrivals[begin:]) / len(sent))
            latencies += painted(terminal, begin, sent)
            terminal.send(b"\r")
            terminal.read_for(0.6)
        return {"key": [each * 1000 for each in latencies], "bytes": written}


def idle(program: Program) -> Samples:
    """What a program uses while nobody types."""
    with running(program) as terminal:
        first_picture(terminal, program)
        terminal.read_for(4.0)
        samples: dict[str, list[float]] = {}
        if machine.HERE:
            before = machine.use(terminal.pid)
        began = time.perf_counter()
        watched = len(terminal.arrivals)
        terminal.read_for(WATCHED)
        took = time.perf_counter() - began
        if machine.HERE:
            after = machine.use(terminal.pid)
            samples["cpu"] = [(after.cpu - before.cpu) / took * 1000]
            samples["wakes"] = [(after.wakes - before.wakes) / took]
            samples["memory"] = [machine.private_memory(terminal.pid)]
        samples["bytes"] = list(_bursts(terminal.arrivals[watched:]))
        return samples


def _typed() -> Iterator[str]:
    """Words of five letters."""
    letters = cycle(LETTERS)
    while True:
        yield from (next(letters) for _ in range(5))
        yield " "


def painted(terminal: Terminal, begin: int, sent: list[tuple[str, float]]) -> list[float]:
    """Seconds from each key that is a letter to the moment when the screen had it.

    What arrived is shown to a terminal emulator afterwards, so that nothing waits for it. A key
    whose letter never came is counted up to the end.
    """
    screen = pyte.Screen(COLUMNS, LINES)
    stream = pyte.ByteStream(screen)
    stream.feed(b"".join(data for _, data in terminal.arrivals[:begin]))
    counts = {row: _letters(screen, row) for row in range(LINES)}
    before = sum(counts.values())
    came: list[float] = []
    screen.dirty.clear()
    for moment, data in terminal.arrivals[begin:]:
        stream.feed(data)
        counts |= {row: _letters(screen, row) for row in screen.dirty if row < LINES}
        screen.dirty.clear()
        came += [moment] * (sum(counts.values()) - before - len(came))
    letters = [moment for key, moment in sent if key in LETTERS]
    last = terminal.arrivals[-1][0]
    came += [last] * (len(letters) - len(came))
    return [there - key for key, there in zip(letters, came, strict=False)]


def _letters(screen: pyte.Screen, row: int) -> int:
    cells = screen.buffer[row]
    return sum(cells[column].data in LETTERS for column in range(COLUMNS))


def _bursts(arrivals: list[tuple[float, bytes]]) -> Iterator[float]:
    """How many bytes came at a time."""
    size, last = 0, None
    for moment, data in arrivals:
        if last is not None and moment - last > GAP:
            yield size
            size = 0
        size += len(data)
        last = moment
    yield size
