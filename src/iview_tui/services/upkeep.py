"""The database's upkeep: backups, taking one back, rescue files, erasing a person."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from iview_tui.clock import Clock
from iview_tui.domain.value import value
from iview_tui.paths import Paths, make_ready
from iview_tui.store import lock, rescue
from iview_tui.store.errors import (
    BusyDatabase,
    DamagedDatabase,
    DatabaseError,
    ForeignDatabase,
    NewerDatabase,
    explain,
)

if TYPE_CHECKING:
    from iview_tui.store.erase import Found, Person

SETTLED = 5.0
"""Seconds into a call after which the backup before it is made: the screen stands, a line is typed
at leisure."""
LONGEST = 0.5
"""Seconds that leaving a call waits for the backup after it."""
A_DAY = 86_400


class NotFound(Exception):  # noqa: N818 (the name is the sentence)
    """There is no such backup or person, or more than one; the text is a sentence."""


@value
class Restored:
    """What a restore did."""

    backup: Path
    kept: Path | None
    """What was there before; None where nothing was."""
    undoable: bool
    """Whether `iview restore` takes `kept` back: else it is kept byte for byte, and not whole."""


# -- backups -------------------------------------------------------------------------------------


def back_up(paths: Paths, clock: Clock) -> Path:
    """Make a backup by hand; works beside a call. Raises NotFound or DatabaseError."""
    from iview_tui.store import backup
    from iview_tui.store.database import look

    if look(paths.database) is None:
        raise NotFound("there is no database yet, and so nothing to back up")
    return backup.make(paths.database, clock.wall(), "by-hand")


def backups(paths: Paths) -> list[Path]:
    """The backups, the newest first."""
    from iview_tui.store import backup

    return backup.all_of(paths.database)


def restore(
    paths: Paths, clock: Clock, wanted: str | None = None, *, replace: bool = False
) -> Restored:
    """Take a backup back: the one of that name or path, else the newest good one.

    What was there is kept. A file of a newer iview or another program stays untouched, unless
    `replace`: then it is set aside. Raises NotFound or DatabaseError.
    """
    with _held(paths, "a restore"):
        return restore_held(paths, clock, wanted, replace=replace)


def restore_held(
    paths: Paths, clock: Clock, wanted: str | None = None, *, replace: bool = False
) -> Restored:
    """As `restore`, by a caller that holds the lock and has no writer open."""
    from iview_tui.store import backup
    from iview_tui.store.database import look

    try:
        look(paths.database)
    except (ForeignDatabase, NewerDatabase) as error:
        if not replace:
            raise type(error)(
                f"{error} It is left as it is; iview restore --replace sets it aside."
            ) from error
    except DamagedDatabase:
        pass  # that is what backups are for
    chosen = _backup(paths, wanted)
    kept = backup.restore(chosen, paths.database, clock.wall())
    undoable = kept is not None and kept.parent == backup.folder(paths.database)
    return Restored(chosen, kept or _aside(paths), undoable)


def _backup(paths: Paths, wanted: str | None) -> Path:
    from iview_tui.store import backup

    there = backup.all_of(paths.database)
    if wanted is None:
        newest = backup.newest_good(paths.database)
        if newest is None:
            none_good = "none of the backups is whole" if there else "there is no backup yet"
            raise NotFound(none_good)
        return newest
    named = [path for path in there if path.name.startswith(wanted)]
    if len(named) == 1:
        return named[0]
    if named:
        raise NotFound(f"{len(named)} backups have a name that begins so: {_names(named)}")
    with contextlib.suppress(OSError, ValueError):
        given = Path(wanted).expanduser()
        if given.is_file() and not given.samefile(paths.database):
            return given
    raise NotFound(f"there is no such backup; there are {_names(there) or 'none'}")


def _aside(paths: Paths) -> Path | None:
    """A journal that was left without its database, now set aside."""
    from iview_tui.store.erase import set_aside

    return next(reversed(set_aside(paths.database)), None)


def _names(found: Iterable[Path]) -> str:
    return ", ".join(path.name for path in found)


class CallBackups:
    """The backups around one call: before it, after it, and one a day; never in its way.

    The one before is made some seconds into the call, by a thread of its own, and holds what was
    there before (a log only grows). What cannot be made is left: the call comes first.
    """

    def __init__(self, paths: Paths, clock: Clock) -> None:
        self._paths, self._clock = paths, clock
        self._written = _last_written(paths.database)
        self._over = threading.Event()
        self._before: threading.Thread | None = None

    def begun(self) -> None:
        """A call is being kept."""
        if self._before is None:
            self._before = threading.Thread(
                target=self._make_before, name="iview-backup", daemon=True
            )
            self._before.start()

    def over(self) -> None:
        """The call is over and the database closed; waits no longer than half a second."""
        self._over.set()
        if self._before is None:
            return
        self._before.join(LONGEST)
        after = threading.Thread(target=self._make, args=("after-call",), daemon=True)
        after.start()
        after.join(LONGEST)

    def _make_before(self) -> None:
        if self._written is None or self._over.wait(SETTLED):
            return
        newest = max((path.stat().st_mtime for path in backups(self._paths)), default=0.0)
        if self._written > newest:
            self._make("before-call")
        elif self._clock.wall().timestamp() - newest > A_DAY:
            self._make("daily")

    def _make(self, reason: str) -> None:
        from iview_tui.store import backup

        with contextlib.suppress(DatabaseError):
            backup.make(self._paths.database, self._clock.wall(), reason)


def _last_written(database: Path) -> float | None:
    """When a database was last written, as its files tell; None where there is none."""
    times = []
    for path in (database, database.with_name(database.name + "-wal")):
        with contextlib.suppress(OSError):
            times.append(path.stat().st_mtime)
    return max(times, default=None)


# -- trouble before and during a call ------------------------------------------------------------

_REMEDIES = (
    (("is damaged", "but its journal"), "the database is damaged: iview restore after the call"),
    (("is empty, although",), "the database is empty: iview restore after the call"),
    (("newer iview",), "a newer iview wrote the database"),
    (("not a database of iview", "another program."), "the file is no database of iview"),
)
_PASSING = ("still opening", "slow to answer")


def sickness(paths: Paths) -> str:
    """What is wrong with the database, read through, in words; empty where it is well.

    A database that another program holds for a moment is not sick.
    """
    from iview_tui.store import backup
    from iview_tui.store.database import look

    try:
        if look(paths.database) is not None:
            backup.verify(paths.database)
    except BusyDatabase:
        return ""
    except (DatabaseError, OSError) as error:
        return remedy(str(explain(error))).partition(": iview restore")[0]
    return ""


def remedy(reason: str) -> str:
    """What the writer says of a database, short enough for the prompt line, and what helps.

    Empty for what passes by itself and loses nothing: a disk that is slow.
    """
    if any(words in reason for words in _PASSING):
        return ""
    for signs, sentence in _REMEDIES:
        if any(words in reason for words in signs):
            return sentence
    return reason.rstrip(".")


# -- rescue files --------------------------------------------------------------------------------


def bring_back(paths: Paths, clock: Clock) -> int:
    """Bring the calls of rescue files into the database, and remove the files; how many calls.

    The caller holds the lock. Raises DatabaseError; what is not brought in stays where it is.
    """
    waiting = rescue.pending(paths.database, paths.rescue_places)
    if not waiting:
        return 0
    from iview_tui.services import afterwards
    from iview_tui.store.database import open_to_write

    with open_to_write(paths.database, clock.wall(), check=True) as database:
        for rescued in waiting:
            with database.transaction() as connection:
                rescue.replay_into(connection, rescued)
        with database.transaction() as connection:
            afterwards.work_out(connection)
    for rescued in waiting:
        with contextlib.suppress(OSError):
            rescue.discard(rescued)
    return len(waiting)


def bring_back_if_free(paths: Paths, clock: Clock) -> str:
    """Let a reader see what a call that broke off left in rescue files.

    Where a call runs beside, or the database does not take it, everything stays as it is; in the
    second case a sentence says why.
    """
    if rescue_files(paths):
        try:
            with _held(paths, "a reader"):
                bring_back(paths, clock)
        except BusyDatabase:
            return ""
        except (DatabaseError, OSError) as error:
            reason = str(explain(error)).rstrip(".")
            return f"a call waits in a rescue file, and is not shown: {reason}"
    return ""


# -- erasing -------------------------------------------------------------------------------------


def would_erase(paths: Paths, name: str) -> dict[str, int]:
    """What erasing a person would take away, by kind; changes nothing.

    `name` is a name, or the first letters of a person's id where several have the name. Raises
    NotFound or DatabaseError, also where another process writes.
    """
    with _held(paths, "erasing"):
        found, _ = _found(paths, name, _person(paths, name))
        return found.counts


def erase_person(paths: Paths, name: str, clock: Clock) -> dict[str, int]:
    """Erase a person everywhere; what went, by kind.

    Raises NotFound or DatabaseError. The database goes last: where it stops half-way, doing it
    again finishes.
    """
    from iview_tui.store import erase
    from iview_tui.store.database import open_to_write, translated

    with _held(paths, "erasing"), translated():
        before, in_rescue = _found(paths, name, _person(paths, name))
        bring_back(paths, clock)
        person = _person(paths, name)  # a call in a rescue file may have been the only one
        found, files = _found(paths, name, person, elsewhere=before)
        with open_to_write(paths.database, clock.wall(), check=True) as database:
            for path in backups(paths):
                with contextlib.suppress(DamagedDatabase, ForeignDatabase, NewerDatabase):
                    erase.rewrite_backup(path, person)
            for path in {*in_rescue, *files}:
                erase.remove(path)
            gone = erase.take_out(database.raw(), person)
            for kind in ("backups", "rescue_files", "other_files"):
                gone.add(kind, max(before.counts[kind], found.counts[kind]))
            erase.leave_nothing_free(database.raw())
        return gone.counts


def _found(
    paths: Paths, name: str, person: Person, elsewhere: Found | None = None
) -> tuple[Found, list[Path]]:
    """What there is of a person, and the files to be removed; found on copies in memory.

    Raises NotFound where there is nothing, here and in what was found before, DatabaseError.
    """
    from iview_tui.store import erase

    with erase.in_memory(paths.database) as memory:
        found = erase.take_out(memory, person)
    found.add("backups", 0)
    for path in backups(paths):
        with contextlib.suppress(DatabaseError), erase.in_memory(path) as memory:
            there = erase.take_out(memory, person)
            found.add("backups", bool(there))
            found.probes |= there.probes
    waiting = _showing(rescue_files(paths), found)
    others = _showing(_other_files(paths), found)
    found.add("rescue_files", len(waiting))
    found.add("other_files", len(others))
    if not (found or elsewhere):
        raise NotFound(_nobody(paths, name))
    return found, [*waiting, *others]


def _person(paths: Paths, wanted: str) -> Person:
    """Whom a name or the first letters of an id mean; a name that is not kept may be mentioned."""
    from iview_tui.store import people
    from iview_tui.store.database import open_to_read
    from iview_tui.store.erase import Person

    with open_to_read(paths.database) as database, database.transaction() as connection:
        known = people.find_by_name(connection, wanted)
        if len(known) > 1:
            rows = [f"{c.id[:8]} ({c.organization or 'no organization'})" for c in known]
            raise NotFound(
                f"{len(known)} people have that name; say which by its id: {', '.join(rows)}"
            )
        if known:
            return Person(known[0].name, frozenset({known[0].id}))
        kept = people.everybody(connection) if len(wanted) >= 4 else []
        by_id = [each for each in kept if each.id.startswith(wanted.lower())]
        if len(by_id) == 1:
            alone = len(people.find_by_name(connection, by_id[0].name)) == 1
            return Person(by_id[0].name, frozenset({by_id[0].id}), alone=alone)
    return Person(wanted)


def _nobody(paths: Paths, name: str) -> str:
    import difflib

    from iview_tui.store.database import open_to_read
    from iview_tui.store.people import everybody, name_key

    with open_to_read(paths.database) as database, database.transaction() as connection:
        keys = {name_key(kept.name): kept.name for kept in everybody(connection)}
    near = [keys[key] for key in difflib.get_close_matches(name_key(name), keys, n=3, cutoff=0.6)]
    mean = f"; did you mean {' or '.join(near)}?" if near else ""
    return f"nothing here is about anybody of that name{mean}"


def rescue_files(paths: Paths) -> list[Path]:
    """Rescue files of the database, also those of which nothing can be read."""
    return rescue.files(paths.database, paths.rescue_places)


def _other_files(paths: Paths) -> list[Path]:
    """What else may hold somebody's words: set-aside and half-made copies, damaged backups."""
    from iview_tui.store import backup, erase

    damaged = []
    for path in backups(paths):
        try:
            backup.verify(path)
        except DatabaseError:
            damaged.append(path)
    return [*erase.set_aside(paths.database), *erase.leftovers(paths.database), *damaged]


def _showing(files: Iterable[Path], found: Found) -> list[Path]:
    """Those of the files whose bytes show the person."""
    from iview_tui.store.erase import shows

    return [path for path in files if any(shows(f, found.probes) for f in _all_in(path))]


def _all_in(path: Path) -> list[Path]:
    return [p for p in path.rglob("*") if p.is_file()] if path.is_dir() else [path]


@contextmanager
def _held(paths: Paths, what: str) -> Iterator[None]:
    """Hold the lock; a refusal names who holds it. Raises DatabaseError."""
    try:
        make_ready(paths)
    except OSError as error:
        raise explain(error) from error
    with lock.hold(paths.lock, what):
        yield
