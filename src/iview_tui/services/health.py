"""What `iview doctor` finds out about the database and what lies beside it."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from pathlib import Path

from iview_tui.clock import Clock
from iview_tui.domain.value import value
from iview_tui.paths import Paths
from iview_tui.services import upkeep
from iview_tui.store import lock, rescue
from iview_tui.store.errors import DatabaseError, explain

LEAST_FREE = 50_000_000
"""Bytes below which a disk counts as nearly full: some thousand calls."""


@value
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str
    """In words; nothing of what anybody wrote, and the home directory as `~`."""


def examine(paths: Paths, clock: Clock) -> list[Check]:
    """Look at the database and what lies beside it. Changes nothing and raises nothing."""
    database, usable = _database_check(paths)
    return [
        database,
        _integrity_check(paths, usable=usable),
        _writer_check(paths),
        _paths_check(paths),
        _modes_check(paths),
        _backups_check(paths, clock),
        _space_check(paths),
        _rescue_check(paths),
        _others_check(paths),
    ]


def _shown(path: Path) -> str:
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)


def _said(error: DatabaseError) -> str:
    """A sentence about the database with the home directory as `~`."""
    return str(error).replace(str(Path.home()), "~")


def _database_check(paths: Paths) -> tuple[Check, bool]:
    from iview_tui.store.database import SCHEMA, look

    try:
        schema = look(paths.database)
    except DatabaseError as error:
        return Check(
            "database", False, f"{_said(error)} iview restore brings a backup back."
        ), False
    if schema is None:
        return Check("database", True, f"{_shown(paths.database)}: not there yet"), False
    size = paths.database.stat().st_size / 1e6
    older = "" if schema == SCHEMA else f", lifted to {SCHEMA} when next written"
    detail = f"{_shown(paths.database)}: schema {schema}{older}, {size:.1f} MB"
    return Check("database", True, detail), True


def _integrity_check(paths: Paths, *, usable: bool) -> Check:
    from iview_tui.store import backup

    if not usable:
        return Check("integrity", True, "nothing to read through")
    try:
        backup.verify(paths.database)
    except DatabaseError as error:
        return Check("integrity", False, f"{_said(error)} iview restore brings a backup back.")
    return Check("integrity", True, "read through, whole")


def _writer_check(paths: Paths) -> Check:
    held = lock.holder(paths.lock)
    who = f"process {held.pid} writes" if held else "nobody writes"
    return Check("writer", True, who)


def _paths_check(paths: Paths) -> Check:
    sick = []
    for place in dict.fromkeys((paths.database.parent, paths.config, paths.state)):
        there = next(p for p in (place, *place.parents) if p.exists())
        if not (there.is_dir() and os.access(there, os.W_OK | os.X_OK)):
            sick.append(_shown(place))
    if sick:
        return Check("paths", False, f"not writable: {', '.join(sick)}")
    return Check("paths", True, f"data {_shown(paths.data)}, settings {_shown(paths.config)}")


def _modes_check(paths: Paths) -> Check:
    """Files of ours that others may read."""
    database = paths.database
    beside = [p for p in database.parent.glob(f"*{database.name}*") if p.is_file()]
    files = [*beside, *upkeep.backups(paths), *upkeep.rescue_files(paths)]
    directories = [p for p in (paths.data, paths.state, paths.backups) if p.is_dir()]
    open_ = []
    for path in dict.fromkeys((*files, *directories)):
        with contextlib.suppress(OSError):
            if stat.S_IMODE(path.stat().st_mode) & 0o077:
                open_.append(_shown(path))
    if open_:
        return Check("modes", False, f"others may read: {', '.join(sorted(open_))}")
    return Check("modes", True, "nobody else may read them")


def _backups_check(paths: Paths, clock: Clock) -> Check:
    from iview_tui.store import backup

    there = backup.all_of(paths.database)
    if not there:
        needed = paths.database.exists()
        detail = "none yet; iview backup makes one" if needed else "none yet"
        return Check("backups", not needed, detail)
    age = clock.wall().timestamp() - there[0].stat().st_mtime
    detail = f"{len(there)}, the newest {_ago(age)} ago ({there[0].name})"
    try:
        backup.verify(there[0])
    except DatabaseError:
        return Check("backups", False, f"{detail}, which is damaged")
    return Check("backups", True, detail)


def _ago(seconds: float) -> str:
    for unit, word in ((86_400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= unit:
            number = int(seconds // unit)
            return f"{number} {word}{'' if number == 1 else 's'}"
    return "less than a minute"


def _space_check(paths: Paths) -> Check:
    place = paths.database.parent
    there = next(p for p in (place, *place.parents) if p.exists())
    try:
        free = shutil.disk_usage(there).free
    except OSError as error:
        return Check("space", False, str(explain(error)))
    return Check("space", free >= LEAST_FREE, f"{free / 1e6:,.0f} MB free")


def _rescue_check(paths: Paths) -> Check:
    files = upkeep.rescue_files(paths)
    calls = rescue.pending(paths.database, paths.rescue_places)
    if not files:
        return Check("rescue", True, "no rescue file waits")
    torn = sum(rescued.torn for rescued in calls)
    unread = len(set(files) - {path for rescued in calls for path in rescued.paths})
    detail = f"{len(calls)} calls wait in {len(files)} rescue files"
    detail += f", {torn} of them torn" if torn else ""
    detail += f", {unread} files cannot be read" if unread else ""
    return Check("rescue", False, f"{detail}; the next iview live takes them in")


def _others_check(paths: Paths) -> Check:
    from iview_tui.store import erase

    aside, left = erase.set_aside(paths.database), erase.leftovers(paths.database)
    if not aside and not left:
        return Check("set aside", True, "nothing")
    detail = f"{len(aside)} files set aside by a restore, {len(left)} half-made copies"
    return Check("set aside", True, detail)
