"""`python -m benchmarks soak [MINUTES]`: a whole call at typing speed, with nothing growing.

It prints, for each tenth of the time, the private memory and the latency of a key, and at the end
whether every line is on the disk. Exit code 1 where a bar is missed.
"""

import json
import random
import statistics
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import machine
from benchmarks.measures import LETTERS, painted
from benchmarks.programs import environment, first_picture, ours
from benchmarks.terminal import Terminal

MINUTES = 60.0
PARTS = 10
MOST_GROWN = 10.0
"""Megabytes that a whole call may add."""
STEADY = 2.0
"""How much slower the slowest hundredth of the keys may be at the end than at the beginning."""
WORDS = 9
"""Words of five letters in a line."""


def main(arguments: list[str]) -> int:
    """Run it; an exit code."""
    minutes = float(arguments[0]) if arguments else MINUTES
    program = ours()
    with TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as home:
        env = environment(home)
        terminal = Terminal((*program.argv, "--minutes", "60"), env, Path(home))
        try:
            first_picture(terminal, program)
            terminal.read_for(5.0)  # what is loaded after the first picture
            typed, grown, slower = _type(terminal, minutes)
            terminal.read_for(3.0)
        finally:
            terminal.end()
        argv = [program.argv[0], "export", "last", "--format", "json"]
        done = subprocess.run(argv, env=env, capture_output=True, text=True, check=True)
        notes = [e["text"] for e in json.loads(done.stdout)["entries"] if e["kind"] == "note"]
    missed = len(typed) - sum(a == b for a, b in zip(typed, notes, strict=False))
    lines = f"lines {len(typed)}, missed {missed}"
    print(f"{lines}, grown {grown:.1f} MB, p99 at the end {slower:.2f}x")
    return int(bool(missed) or grown > MOST_GROWN or slower > STEADY)


def _type(terminal: Terminal, minutes: float) -> tuple[list[str], float, float]:
    """The lines; megabytes from the first part to the last; p99 of the last to the first."""
    luck = random.Random(7)
    lines: list[str] = []
    memory: list[float] = []
    slow: list[float] = []
    for part in range(1, PARTS + 1):
        latencies: list[float] = []
        until = time.perf_counter() + minutes * 60 / PARTS
        while time.perf_counter() < until:
            line = " ".join("".join(luck.choices(LETTERS, k=5)) for _ in range(WORDS))
            latencies += _line(terminal, line, luck)
            lines.append(line)
        latencies.sort()
        memory.append(machine.private_memory(terminal.pid))
        slow.append(latencies[int(len(latencies) * 0.99)])
        print(
            f"{part / PARTS:4.0%}  {len(lines):5} lines  {memory[-1]:6.1f} MB  key to paint"
            f" p50 {statistics.median(latencies) * 1000:5.1f} ms  p99 {slow[-1] * 1000:5.1f} ms",
            flush=True,
        )
    return lines, memory[-1] - memory[0], slow[-1] / slow[0]


def _line(terminal: Terminal, line: str, luck: random.Random) -> list[float]:
    """Type a line; the latencies of its letters. What was shown before is not kept."""
    begin = len(terminal.arrivals)
    sent: list[tuple[str, float]] = []
    for letter in line:
        sent.append((letter, terminal.send(letter.encode())))
        terminal.read_for(luck.uniform(0.06, 0.14))
    latencies = painted(terminal, begin, sent)
    terminal.send(b"\r")
    terminal.read_for(luck.uniform(0.4, 1.0))
    shown = terminal.arrivals[-1][0], b"".join(data for _, data in terminal.arrivals)[-KEPT:]
    terminal.arrivals[:] = [shown]
    return latencies


KEPT = 400_000
"""Bytes of what was shown that are gone through again: the last pictures are in them."""
