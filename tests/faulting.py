"""What is typed, and what is left of it: faults of every kind in the installed program.

`make faults` runs it and prints figures; `python tests/faulting.py --trials 1000 --only kill` runs
one kind long. A character counts as seen once it stands on the screen of the pseudo-terminal.
"""

import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
import termios
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from iview_tui.services import library
from terminal import PATIENCE, Terminal, export

SPEEDS = ("slow", "fast", "burst", "paste")
WINDOW = 12
"""So many characters of a line, all different from any others, are looked for on the screen."""
WORDS = ("plan", "river", "council", "budget", "street", "school", "permit", "survey")
MODES = re.compile(rb"\x1b\[\?(1049|1000|1003|1006|1015|1004|2004|2026)([hl])")
Do = Callable[["Typist"], None]


class Typist:
    """Types words that never come again, and knows which of them were seen."""

    def __init__(self, terminal: Terminal, luck: random.Random) -> None:
        self.terminal = terminal
        self.luck = luck
        self.lines = [""]
        self.seen = 0
        self.heard = b""
        self._number = 0
        self._before = 0
        """Characters in the lines before the last."""
        feed = terminal.stream.feed

        def heard(data: bytes) -> None:
            self.heard += data
            feed(data)
            self.look()

        terminal.stream.feed = heard  # type: ignore[method-assign]

    @property
    def typed(self) -> str:
        return "".join(self.lines)

    def look(self) -> None:
        """What stands on the screen has been seen."""
        line, text = self.lines[-1], self.terminal.text
        for end in range(len(line), max(self.seen - self._before, 0), -1):
            if line[max(end - WINDOW, 0) : end] in text and end >= WINDOW:
                self.seen = self._before + end
                return

    def word(self) -> str:
        self._number += 1
        return f"{self.luck.choice(WORDS)}{self._number:04} "

    def send(self, text: str, *, pasted: bool = False) -> None:
        self.lines[-1] += text
        self.terminal.type(f"\x1b[200~{text}\x1b[201~" if pasted else text)

    def enter(self) -> None:
        self._before += len(self.lines[-1])
        self.lines.append("")
        self.terminal.type("\r")

    def type_for(self, seconds: float, speed: str, *, read: bool = True) -> None:
        """Type so long, a new line now and then."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            match speed:
                case "slow" | "fast":
                    for char in self.word():
                        self.send(char)
                        self.pause(0.07 if speed == "slow" else 0.02, read=read)
                case "burst":
                    self.send("".join(self.word() for _ in range(self.luck.randint(1, 5))))
                    self.pause(self.luck.uniform(0.02, 0.15), read=read)
                case _:
                    many = self.luck.randint(5, 100)
                    self.send("".join(self.word() for _ in range(many)), pasted=True)
                    self.pause(self.luck.uniform(0.1, 0.4), read=read)
            if len(self.lines[-1]) > 50:
                self.enter()

    def pause(self, seconds: float, *, read: bool = True) -> None:
        """Wait so long, and look meanwhile."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if read:
                self.terminal._read(left)
            else:
                time.sleep(left)

    def all_is_seen(self) -> bool:
        """Type a last word, and wait until it stands there."""
        self.send(self.word() + self.word())
        until = time.monotonic() + PATIENCE
        while self.seen < len(self.typed.rstrip()) and time.monotonic() < until:
            self.terminal._read(0.1)
        return self.seen >= len(self.typed.rstrip())

    def signal(self, *names: str) -> None:
        for name in names:
            os.kill(self.terminal.process.pid, getattr(signal, f"SIG{name}"))
            self.pause(0.1)


def _close_window(typist: Typist) -> None:
    typist.terminal.process.fileobj.close()
    _reap(typist.terminal)


def _reap(terminal: Terminal) -> None:
    """Wait for a program whose terminal is gone, and tell its keeper."""
    process, until = terminal.process, time.monotonic() + PATIENCE
    while (done := os.waitpid(process.pid, os.WNOHANG)) == (0, 0) and time.monotonic() < until:
        time.sleep(0.01)
    if done == (0, 0):
        return
    process.status = done[1]
    process.exitstatus = os.waitstatus_to_exitcode(done[1])
    process.fd, process.closed, process.terminated = -1, True, True


def _order(command: str) -> Do:
    def do(typist: Typist) -> None:
        typist.enter()
        typist.terminal.type(f"/{command}\r")

    return do


def _stop(typist: Typist) -> None:
    typist.signal("STOP")
    typist.type_for(0.3, "fast", read=False)
    typist.signal("CONT")


def _storm(typist: Typist) -> None:
    sizes = [(1, 1), (2, 2), (20, 5), (500, 200), (80, 24), (132, 50), (1, 1), (60, 20), (3, 90)]
    for size in typist.luck.sample(sizes, len(sizes)):
        typist.terminal.resize(*size)
        typist.send(typist.word())
        typist.pause(0.01)
    typist.terminal.resize(80, 24)
    typist.enter()


ENDS: dict[str, tuple[Do, int]] = {
    "window closed": (_close_window, 129),
    "hup": (lambda t: t.signal("HUP"), 129),
    "int": (lambda t: t.signal("INT"), 130),
    "quit": (lambda t: t.signal("QUIT"), 131),
    "term": (lambda t: t.signal("TERM"), 143),
    "left": (_order("quit"), 0),
}
"""What ends the program, and its exit status then."""
SURVIVED: dict[str, Do] = {
    "exception": _order("crash"),
    "stop and go on": _stop,
    "bare go on": lambda t: t.signal("CONT", "CONT"),
    "tstp": lambda t: t.signal("TSTP", "CONT"),
    "resize storm": _storm,
    "stalled terminal": lambda t: t.type_for(1.0, "burst", read=False),
    "invalid utf-8": lambda t: t.terminal.process.write(b"\xff\xe9"),
}
"""What the program goes on after."""
FAULTS = ("kill", *ENDS, *SURVIVED)


@dataclass(frozen=True)
class Trial:
    """What came of one fault."""

    seen: int = 0
    lost: int = 0
    """Characters that had been seen and are not kept."""
    disordered: bool = False
    damaged: bool = False
    hung: bool = False
    status: bool = True
    """Whether the exit status was right."""
    raw: bool = False
    """Whether the terminal was left as the program had it."""
    slow: float = 0.0
    """Seconds until the program was gone."""

    @property
    def good(self) -> bool:
        bad = self.disordered or self.damaged or self.hung or self.raw or not self.status
        return not (bad or self.lost)


def trial(fault: str, seed: int) -> Trial:
    """Type at one of the speeds, have the fault at a random moment, and look what is kept."""
    luck = random.Random(f"{fault} {seed}")
    speed = SPEEDS[seed % len(SPEEDS)]
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as name:
        home = Path(name)
        arguments = ("live", "--with", "Ann Lee", "--minutes", "30", "--now")
        with Terminal(*arguments, home=home, environ={"IVIEW_TEST_CRASH": "1"}) as terminal:
            terminal.wait("left")
            typist = Typist(terminal, luck)
            typist.type_for(luck.uniform(0.3, 1.3), speed)
            until = time.monotonic() + PATIENCE
            while not typist.seen and time.monotonic() < until:  # else nothing could be lost
                typist.type_for(0.1, speed)
            found = _after(fault, typist)
        damaged = _damaged(home / "data" / "iview.db")
        kept = _flat(_kept(home))
    typed = _flat(typist.typed)
    seen = _flat(typist.typed[: typist.seen])
    pairs = zip(kept, typed, strict=False)
    same = next((n for n, (one, two) in enumerate(pairs) if one != two), min(len(kept), len(typed)))
    return replace(
        found, seen=len(seen), lost=max(len(seen) - same, 0),
        disordered=not typed.startswith(kept), damaged=damaged,
    )  # fmt: skip


def _after(fault: str, typist: Typist) -> Trial:
    """Have the fault; what can be told of the program and its terminal."""
    if fault == "kill":
        typist.terminal.kill()
        return Trial()
    if fault in SURVIVED:
        SURVIVED[fault](typist)
        return Trial(hung=not typist.all_is_seen())
    do, code = ENDS[fault]
    began = time.monotonic()
    do(typist)
    if fault == "window closed":
        gone = typist.terminal.process.closed
        right = typist.terminal.process.exitstatus == code
        return Trial(hung=not gone, slow=time.monotonic() - began, status=right)
    try:
        status = typist.terminal.end()
    except AssertionError:
        return Trial(hung=True)
    taken = time.monotonic() - began
    cooked = bool(termios.tcgetattr(typist.terminal.process.fd)[3] & termios.ICANON)
    modes = set(dict(MODES.findall(typist.heard)).values())
    return Trial(status=status == code, slow=taken, raw=not cooked or modes != {b"l"})


def _damaged(database: Path) -> bool:
    """Whether what lies there, before anything mends it, is not whole; looked at in a copy."""
    with tempfile.TemporaryDirectory() as name:
        for path in database.parent.glob(f"{database.name}*"):
            if path.is_file():
                with contextlib.suppress(FileNotFoundError):
                    shutil.copy(path, name)
        copy = Path(name) / database.name
        if not copy.exists():
            return False
        with closing(sqlite3.connect(copy)) as connection:
            try:
                return bool(connection.execute("PRAGMA integrity_check").fetchone() != ("ok",))
            except sqlite3.Error:
                return True


def _kept(home: Path) -> str:
    call = export(home)
    texts = [entry["text"] for entry in call["entries"] if entry["kind"] == "note"]
    return "".join([*texts, call["draft"] or ""])


def _flat(text: str) -> str:
    """Only what was typed: no blanks, and nothing that stands for broken bytes."""
    return re.sub(r"[\s\ufffd]", "", text)


def main() -> int:
    """Run them and print a line for each kind; an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--trials", type=int, default=20, help="of each kind")
    parser.add_argument("--only", choices=FAULTS, action="append")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    print(
        "fault, trials, seen, lost, out of order, damaged, hung, status, raw, slowest s, bad seeds"
    )
    good = True
    for fault in args.only or FAULTS:
        sums: Counter[str] = Counter()
        slowest, bad = 0.0, []
        for seed in range(args.seed, args.seed + args.trials):
            try:
                done = trial(fault, seed)
            except (AssertionError, OSError, library.NotFound) as error:
                print(f"{fault} {seed}: {error}", file=sys.stderr)
                bad.append(seed)
                continue
            sums.update(
                seen=done.seen, lost=done.lost, disordered=int(done.disordered),
                damaged=int(done.damaged), hung=int(done.hung), status=int(not done.status),
                raw=int(done.raw),
            )  # fmt: skip
            slowest = max(slowest, done.slow)
            bad += [] if done.good else [seed]
        numbers = [sums[n] for n in
                   ("seen", "lost", "disordered", "damaged", "hung", "status", "raw")]  # fmt: skip
        print(f"{fault}, {args.trials}, {', '.join(map(str, numbers))}, {slowest:.2f}, "
              f"{bad or 'none'}", flush=True)  # fmt: skip
        good = good and not bad
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
