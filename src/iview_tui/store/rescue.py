"""Rescue files: a whole call as JSON lines, where the database did not take it.

Append-only, 0600, beside the database or, where that place is sick, in another. The first line
holds the call, each further line an entry or the half-typed line. A line that was torn by a crash
is passed over. At the next start what is found comes back into the database, once.
"""

import contextlib
import json
import os
import re
import stat
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.guide import Guide, Priority, Topic, Unparsed
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.domain.value import value
from iview_tui.store.journal import Batch, HalfLine

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

FORMAT = "iview/rescue/1"
_Value = TypeVar("_Value")


@value
class Rescued:
    """A call that was found in rescue files."""

    record: CallRecord
    """With all entries and the half-typed line."""
    sequence: int
    """The number of the half-typed line."""
    new_contact: bool
    paths: tuple[Path, ...]
    torn: bool
    """Whether something in them could not be read."""


class RescueFile:
    """One file that is being written; by one thread. All methods raise OSError."""

    def __init__(self, directory: Path, database: Path, call: str) -> None:
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._database = database
        self._half = ""
        self.path, self._descriptor = _new_file(directory, f"{_stem(database)}{call[:8]}")
        self._good = 0

    def write(self, batch: Batch, base: int) -> None:
        """Add what is new, half-typed lines numbered from `base` on.

        After a failure the file is as it was before, as far as it can be.
        """
        lines = [self._head(batch.record, batch.new_contact)] if batch.record else []
        lines += [{"entry": entry_as_json(entry)} for entry in batch.entries]
        half = self._half
        if batch.half_line:
            line, half = self._half_line(batch.half_line, base)
            lines.append(line)
        text = "".join(json.dumps(line) + "\n" for line in lines).encode("ascii")
        try:
            written = os.write(self._descriptor, text)
            while written < len(text):
                written += os.write(self._descriptor, text[written:])
        except OSError:
            self._half = ""
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._good)
            raise
        self._good += len(text)
        self._half = half

    def sync(self) -> None:
        """Let it reach the disk."""
        sync_data(self._descriptor)

    def close(self) -> None:
        """Leave the file where it is."""
        os.close(self._descriptor)

    def remove(self) -> None:
        """All of it is in the database."""
        self.path.unlink(missing_ok=True)
        os.close(self._descriptor)

    def _head(self, record: CallRecord, new_contact: bool) -> dict[str, Any]:
        return {
            "rescue": FORMAT,
            "database": str(self._database),
            "new_contact": new_contact,
            "call": record_as_json(record),
        }

    def _half_line(self, line: HalfLine, base: int) -> tuple[dict[str, Any], str]:
        """Only what changed since the line before: a long line is not written at every key."""
        text = line.text or ""
        kept = len(os.path.commonprefix((self._half, text)))  # noqa: RUF071 (characters are meant)
        return {
            "half": None if line.text is None else text[kept:],
            "kept": kept,
            "private": line.private,
            "sequence": base + line.number,
        }, text


def sync_data(descriptor: int) -> None:
    """Let the content of a file reach the disk. Raises OSError."""
    getattr(os, "fdatasync", os.fsync)(descriptor)


def pending(database: Path, places: Iterable[Path]) -> list[Rescued]:
    """The calls of a database that wait in rescue files, the oldest first; changes nothing."""
    calls: dict[str, Rescued] = {}
    for path in files(database, places):
        found = read(path)
        if found:
            known = calls.get(found.record.id)
            calls[found.record.id] = _merged(known, found) if known else found
    return list(calls.values())


def read(path: Path) -> Rescued | None:
    """The call in one rescue file; None where not even its first line can be read."""
    try:
        lines = path.read_bytes().splitlines()
    except OSError:
        return None
    record: CallRecord | None = None
    entries: dict[str, Entry] = {}
    half: str | None = None
    private = torn = new_contact = False
    sequence = 0
    for line in lines:
        try:
            given = json.loads(line)
            if "call" in given:
                record = record_from_json(given["call"])
                new_contact = bool(given.get("new_contact"))
            elif "entry" in given:
                entry = entry_from_json(given["entry"])
                entries[entry.id] = entry
            elif "half" in given:
                tail = given["half"]
                half = None if tail is None else (half or "")[: given["kept"]] + tail
                private, sequence = bool(given["private"]), int(given["sequence"])
        except (ValueError, KeyError, TypeError, AttributeError):
            torn = True
    if record is None:
        return None
    whole = replace(record, entries=tuple(entries.values()), draft=half, draft_private=private)
    return Rescued(whole, sequence, new_contact, (path,), torn)


def replay_into(connection: "Connection", rescued: Rescued) -> None:
    """Bring a call into the database; what is there already is left alone.

    Call `discard` when that is committed.
    """
    from iview_tui.store import interviews

    record = replace(rescued.record, draft=None)
    interviews.add_interview(connection, record, new_contact=rescued.new_contact)
    if rescued.sequence:
        interviews.keep_draft(
            connection,
            record.id,
            rescued.record.draft,
            rescued.record.draft_private,
            sequence=rescued.sequence,
        )


def discard(rescued: Rescued) -> None:
    """Remove the files of a call that is in the database. Raises OSError."""
    for path in rescued.paths:
        path.unlink(missing_ok=True)


def record_as_json(record: CallRecord) -> dict[str, Any]:
    """A call without its entries and half-typed line, as JSON values."""
    return {
        "id": record.id,
        "contact": asdict(record.contact) if record.contact else None,
        "guide": asdict(record.guide),
        "purpose": record.purpose,
        "agreed_minutes": record.agreed_minutes,
        "planned_at": record.planned_at.isoformat() if record.planned_at else None,
        "connected_at": record.connected_at.isoformat() if record.connected_at else None,
        "time_zone": record.time_zone,
        "origin": record.origin,
        "boot_id": record.boot_id,
        "boot_at_connect": record.boot_at_connect,
    }


def record_from_json(given: Mapping[str, Any]) -> CallRecord:
    """The call again. Raises ValueError, KeyError or TypeError where it is not one."""
    guide = dict(given["guide"])
    guide["topics"] = tuple(
        _made(Topic, {**topic, "priority": Priority(topic["priority"])})
        for topic in guide["topics"]
    )
    guide["kept"] = tuple(_made(Unparsed, line) for line in guide["kept"])
    return _made(
        CallRecord,
        {
            **given,
            "contact": _made(Contact, given["contact"]) if given["contact"] else None,
            "guide": _made(Guide, guide),
            "planned_at": _instant(given["planned_at"]),
            "connected_at": _instant(given["connected_at"]),
        },
    )


def entry_as_json(entry: Entry) -> dict[str, Any]:
    """An entry as JSON values."""
    named = {each.name: getattr(entry, each.name) for each in fields(entry)}
    return {**named, "kind": entry.kind.value, "value": dict(entry.value)}


def entry_from_json(given: Mapping[str, Any]) -> Entry:
    """The entry again. Raises ValueError, KeyError or TypeError where it is not one."""
    return _made(Entry, {**given, "kind": Kind(given["kind"])})


def _made(kind: type[_Value], given: Mapping[str, Any]) -> _Value:
    """A value of a dataclass; names that it does not know are passed over."""
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    return kind(
        **{
            name: tuple(value) if isinstance(value, list) else value
            for name, value in given.items()
            if name in names
        }
    )


def _instant(text: str | None) -> Any:
    from datetime import datetime

    import pendulum

    return pendulum.instance(datetime.fromisoformat(text)).in_timezone("UTC") if text else None


def _merged(one: Rescued, other: Rescued) -> Rescued:
    """The same call from two places: all entries, and the later half-typed line.

    Of two half-typed lines of one number, that of the file which could be read to the end.
    """
    latest = max(one, other, key=lambda r: (r.sequence, not r.torn))
    record = replace(
        latest.record, entries=tuple(_in_one_row(one.record.entries, other.record.entries))
    )
    return Rescued(
        record,
        latest.sequence,
        one.new_contact or other.new_contact,
        one.paths + other.paths,
        one.torn or other.torn,
    )


def _in_one_row(one: Iterable[Entry], other: Iterable[Entry]) -> list[Entry]:
    """Each entry of two logs once; either may have gaps, and both are in the order of writing.

    What the other log does not have stays behind what stood before it; between two such entries
    the number of the line decides.
    """
    rows = {each.id: each for each in one}, {each.id: each for each in other}
    row: list[Entry] = []
    while all(rows):
        (mine, first), (its, second) = (next(iter(each.items())) for each in rows)
        ahead = (mine in rows[1], first.line) > (its in rows[0], second.line)
        taken = second if mine != its and ahead else first
        row.append(taken)
        for each in rows:
            each.pop(taken.id, None)
    return [*row, *rows[0].values(), *rows[1].values()]


def _stem(database: Path) -> str:
    """How rescue files of that database are named: its name, and a mark of its place."""
    mark = zlib.crc32(os.fsencode(database.absolute()))
    return f"{database.name}.rescue-{mark:08x}-"


def files(database: Path, places: Iterable[Path]) -> list[Path]:
    """Rescue files of that database, the oldest first.

    Only ours: in a shared directory anybody may leave some.
    """
    found: dict[Path, float] = {}
    for place in (database.parent, *places):
        beside = place == database.parent  # there also those from before it was moved
        stem = re.escape(f"{database.name}.rescue-" if beside else _stem(database))
        try:
            named = [p for p in place.iterdir() if re.fullmatch(stem + r".+\.jsonl", p.name)]
        except OSError:
            continue
        for path in named:
            with contextlib.suppress(OSError):  # one that has gone since
                status = path.lstat()
                if stat.S_ISREG(status.st_mode) and status.st_uid == os.getuid():
                    found[path] = status.st_mtime
    return sorted(found, key=lambda path: found[path])


def _new_file(directory: Path, stem: str) -> tuple[Path, int]:
    """A file that was not there. Raises OSError."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_NOFOLLOW
    for number in range(1, 1000):
        path = directory / f"{stem}-{os.getpid()}-{number}.jsonl"
        with contextlib.suppress(FileExistsError):
            return path, os.open(path, flags, 0o600)
    raise FileExistsError(directory)
