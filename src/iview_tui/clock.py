"""The three clocks of a call; the only place that asks the system for the time.

The *wall* clock says what time of day it is and may be set. The *boot-time* clock counts seconds
and goes on while the laptop sleeps; it begins anew at a reboot, which `boot_id` tells. The *awake*
clock stands still while the laptop sleeps. Stored instants are UTC; a zone is for display only.
"""

import os
import sys
import time
from pathlib import Path
from typing import Protocol

import pendulum
from pendulum import DateTime

if sys.platform == "darwin":
    _BOOT, _AWAKE = time.CLOCK_MONOTONIC, time.CLOCK_UPTIME_RAW
else:
    _BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    _AWAKE = time.CLOCK_MONOTONIC


class Clock(Protocol):
    """What a call asks of the time."""

    def wall(self) -> DateTime:
        """The present instant, in UTC."""

    def boot(self) -> float:
        """Seconds since the machine started, sleep counted."""

    def awake(self) -> float:
        """Seconds since some moment, sleep not counted."""

    def boot_id(self) -> str:
        """Which start of the machine `boot` counts from; empty where the system does not say."""

    def zone(self) -> str:
        """The name of the local time zone, as `pendulum.timezone` takes it."""


class SystemClock:
    """The machine's own clocks."""

    def wall(self) -> DateTime:
        """The present instant, in UTC."""
        return pendulum.now("UTC")

    def boot(self) -> float:
        """Seconds since the machine started, sleep counted."""
        return time.clock_gettime(_BOOT)

    def awake(self) -> float:
        """Seconds since some moment, sleep not counted."""
        return time.clock_gettime(_AWAKE)

    def boot_id(self) -> str:
        """Which start of the machine `boot` counts from; empty where the system does not say."""
        if sys.platform == "darwin":
            return _sysctl(b"kern.bootsessionuuid")
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        except OSError:
            return ""

    def zone(self) -> str:
        """The name of the local time zone, read anew at each call: pendulum keeps the first."""
        return local_zone()


class HeldClock:
    """A clock that moves only when it is told to: for replays and tests."""

    def __init__(
        self, wall: DateTime | None = None, *, boot: float = 1000.0, zone: str = "UTC"
    ) -> None:
        self._wall = wall or pendulum.datetime(2026, 1, 5, 14, 0, tz="UTC")
        self._boot = self._awake = boot
        self._boot_number = 1
        self._zone = zone

    def wall(self) -> DateTime:
        """The instant that was set, in UTC."""
        return self._wall.in_timezone("UTC")

    def boot(self) -> float:
        """Seconds since the pretended start, sleep counted."""
        return self._boot

    def awake(self) -> float:
        """Seconds since the pretended start, sleep not counted."""
        return self._awake

    def boot_id(self) -> str:
        """Another one after each `reboot`."""
        return f"held-{self._boot_number}"

    def zone(self) -> str:
        """The zone that was set."""
        return self._zone

    def advance(self, seconds: float) -> None:
        """Let that many seconds pass, awake."""
        self.sleep(seconds)
        self._awake += seconds

    def sleep(self, seconds: float) -> None:
        """Let the laptop sleep that many seconds: the awake clock stands still."""
        self._wall = self._wall.add(seconds=seconds)
        self._boot += seconds

    def set_wall(self, instant: DateTime) -> None:
        """Set the wall clock alone, as a person or a time server does."""
        self._wall = instant

    def set_zone(self, name: str) -> None:
        """Travel to another time zone."""
        self._zone = name

    def reboot(self, seconds: float = 0.0) -> None:
        """Be off for that many seconds and start anew: only the wall clock knows of it."""
        self._wall = self._wall.add(seconds=seconds)
        self._boot = self._awake = 0.0
        self._boot_number += 1


def local_zone() -> str:
    """The name of the system's time zone at this moment.

    `TZ` first, then /etc/timezone, then where /etc/localtime leads; where none of them names a
    zone, the present distance from UTC in whole hours (`Etc/GMT-2`), and at last `UTC`.
    """
    environment = os.environ.get("TZ")
    if environment is not None:
        candidates = [_zone_in(environment.lstrip(":")) or "UTC"]
    else:
        candidates = [
            _file_zone(Path("/etc/timezone")),
            _zone_in(os.path.realpath("/etc/localtime")),
        ]
    for name in candidates:
        if name and _is_zone(name):
            return name
    offset = time.localtime().tm_gmtoff
    if offset and offset % 3600 == 0:
        return f"Etc/GMT{-offset // 3600:+d}"
    return "UTC"


def _zone_in(path: str) -> str:
    """`Europe/Berlin` of `/usr/share/zoneinfo/Europe/Berlin`; a bare name is itself."""
    if not path.startswith("/"):
        return path
    _, found, name = path.partition("/zoneinfo/")
    return name.removeprefix("posix/").removeprefix("right/") if found else ""


def _file_zone(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").split("#")[0].strip()
    except (OSError, ValueError):
        return ""


def _is_zone(name: str) -> bool:
    try:
        pendulum.timezone(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _sysctl(name: bytes) -> str:
    """A text of macOS's kernel state; empty where it is not to be had."""
    import ctypes
    import ctypes.util

    library = ctypes.CDLL(ctypes.util.find_library("c"))
    buffer = ctypes.create_string_buffer(128)
    size = ctypes.c_size_t(len(buffer))
    if library.sysctlbyname(name, buffer, ctypes.byref(size), None, 0) != 0:
        return ""
    return buffer.value.decode("ascii", "replace")
