"""What a process uses, what the machine is, and whether others were at work on it."""

import os
import platform
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

HERE = Path("/proc/self/smaps_rollup").exists()
"""Whether the system tells what a process uses (Linux)."""
DISTURBED = 0.15
"""Processors that others may take before a round counts as disturbed."""


@dataclass(frozen=True, slots=True)
class Use:
    """What all threads of a process have used so far."""

    cpu: float
    """Seconds of a processor."""
    wakes: int
    """How often one waited and was woken."""


def use(pid: int) -> Use:
    """What a process has used so far."""
    cpu, wakes = 0, 0
    for task in _tasks(pid):
        cpu += int((task / "schedstat").read_text().split()[0])
        wakes += _number(task / "status", "voluntary_ctxt_switches")
    return Use(cpu / 1e9, wakes)


def private_memory(pid: int) -> float:
    """Megabytes that are a process's own."""
    rollup = Path(f"/proc/{pid}/smaps_rollup")
    return (_number(rollup, "Private_Dirty") + _number(rollup, "Private_Clean")) / 1024


def _tasks(pid: int) -> Iterator[Path]:
    return Path(f"/proc/{pid}/task").iterdir()


def _number(path: Path, name: str) -> int:
    for line in path.read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1])
    raise KeyError(name)


class Others:
    """How many processors others take, on average, from now on."""

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._busy, self._ours = _busy(), _ours()

    def share(self) -> float:
        """Processors; what this process and its ended children took is left out.

        0 where the system does not tell.
        """
        took = time.perf_counter() - self._began
        return max(0.0, (_busy() - self._busy) - (_ours() - self._ours)) / took


def _busy() -> float:
    try:
        first = Path("/proc/stat").read_text().split("\n", 1)[0]
    except OSError:
        return 0.0
    user, nice, system, _idle, _wait, irq, softirq, steal = map(int, first.split()[1:9])
    return (user + nice + system + irq + softirq + steal) / os.sysconf("SC_CLK_TCK")


def _ours() -> float:
    if not Path("/proc/stat").exists():
        return 0.0
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def description() -> str:
    """The machine and the versions, in one line."""
    names = ("iview-tui", "textual", "sqlalchemy")
    packages = ", ".join(f"{name} {version(name)}" for name in names)
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors ({_processor()}),"
        f" Python {platform.python_version()}, {packages}"
    )


def _processor() -> str:
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    except OSError:
        pass
    return platform.processor() or "unknown"
