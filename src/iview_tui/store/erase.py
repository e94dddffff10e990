"""Erasing a person: out of the tables, the index, free pages and the journal; backups too.

Their calls go whole, with all that hangs on them. Where others' calls or letters name them, the
name and the ways to reach them are taken out, and a referral to them loses its text.
"""

import contextlib
import json
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Table, Text

from iview_tui.domain.value import value
from iview_tui.store import backup, rows
from iview_tui.store import database as opening
from iview_tui.store.errors import BusyDatabase, DamagedDatabase
from iview_tui.store.people import name_key

ERASED = "(erased)"
"""What stands where a name stood in somebody else's call."""

KINDS = {
    "contact": "people", "interview": "interviews", "interview_topic": "topics",
    "entry": "entries", "half_line": "half_typed_lines", "draft": "drafts",
    "referral": "referrals", "outreach": "outreach", "follow_up": "follow_ups",
    "reflection": "reflections", "organization": "organizations",
    "accord": "accords", "spoken": "spoken_lines",
}  # fmt: skip
"""How the rows of a table are called to a person; other tables go by their own name."""
MENTIONS = "mentions"
"""Rows of others in which the person was named."""

_LEFT_ALONE = {
    "contact": {"name", "emails", "phones"},  # somebody else's own
    "organization": {"name"},
}
_NO_TEXT = {"uuid", "name_key", "kind", "origin", "boot_id", "time_zone", "about", "entry", "at",
            "planned_at", "connected_at", "kept_at", "sent_at", "left_at", "added_at", "state",
            "cancelled_at", "invitation", "other", "due", "done_at", "next", "check_in", "priority",
            "key"}  # fmt: skip
_WAIT_FOR_READERS = 3000
"""Milliseconds."""


@value
class Person:
    """Whom to erase."""

    name: str
    ids: frozenset[str] = frozenset()
    """UUIDs of the rows that are meant."""
    alone: bool = True
    """Whether nobody else of that name stays: then the name is taken out wherever it stands."""


@dataclass(slots=True)
class Found:
    """What a database has of a person."""

    counts: dict[str, int] = field(default_factory=dict)
    probes: set[str] = field(default_factory=set)
    """Names, ways to reach them, ids of their rows: what a file that holds them would show."""

    def __bool__(self) -> bool:
        return any(self.counts.values())

    def add(self, kind: str, number: int) -> None:
        """Count more of a kind."""
        self.counts[kind] = self.counts.get(kind, 0) + number


@contextmanager
def in_memory(path: Path) -> Iterator[sqlite3.Connection]:
    """A copy of a database in memory, of the present schema. Raises DatabaseError."""
    with (
        opening.open_to_read(path) as database,
        opening.translated(),
        contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as memory,
    ):
        database.raw().backup(memory)
        yield memory


def take_out(connection: sqlite3.Connection, person: Person) -> Found:
    """Take a person out of the tables and the index, in one transaction; say what went."""
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = _take_out(connection, person)
        if found:
            for order in ("rebuild", "optimize"):  # deleted words stay in the index's old parts
                connection.execute("INSERT INTO search (search) VALUES (?)", (order,))
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return found


def leave_nothing_free(connection: sqlite3.Connection) -> None:
    """Write the file anew, without free room, and empty its journal. Raises BusyDatabase."""
    connection.execute(f"PRAGMA busy_timeout = {_WAIT_FOR_READERS}")
    with opening.translated():
        connection.execute("VACUUM")
        (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise BusyDatabase(
            "Erased, but another program still reads the database as it was; its journal goes"
            " when that has ended and the database is next written."
        )


def rewrite_backup(path: Path, person: Person) -> Found:
    """Put a copy without the person in the place of a backup that has them.

    Raises DatabaseError; then the backup is as it was.
    """
    with in_memory(path) as memory:
        found = take_out(memory, person)
        if not found:
            return found
        memory.execute("VACUUM")
        status = path.stat()
        building = path.with_name(f".building-{os.getpid()}")
        with opening.translated():
            try:
                os.close(os.open(building, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
                backup.copy(memory, building)
                os.utime(building, ns=(status.st_atime_ns, status.st_mtime_ns))
                opening.sync(building)
                building.replace(path)
                opening.sync(path.parent)
            finally:
                for suffix in ("", "-journal", "-wal", "-shm"):
                    building.with_name(building.name + suffix).unlink(missing_ok=True)
        return found


def set_aside(database: Path) -> list[Path]:
    """Files that a restore has set aside, journals included."""
    return sorted(database.parent.glob(f"{database.name}.set-aside-*"))


def leftovers(database: Path) -> list[Path]:
    """Half-made copies of the database that a killed program has left."""
    beside = database.parent
    found = [p for step in ("new", "rebuilding", "restoring")
             for p in beside.glob(f".{database.name}.{step}-*")]  # fmt: skip
    found += backup.folder(database).glob(".building-*")
    for place in {tempfile.gettempdir(), "/dev/shm"}:  # noqa: S108 (copies to read from)
        for copies in Path(place).glob("iview-read-*"):
            with contextlib.suppress(OSError):
                if copies.lstat().st_uid == os.getuid() and (copies / database.name).exists():
                    found.append(copies)
    return found


def remove(path: Path) -> None:
    """Remove a file, or a directory of copies. Raises OSError."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def shows(path: Path, probes: set[str]) -> bool:
    """Whether the bytes of a file show any of the probes. Raises OSError."""
    data = path.read_bytes().lower()
    for probe in probes:
        spellings = {probe, probe.casefold(), json.dumps(probe)[1:-1]}
        if any(spelling.encode("utf-8", "replace").lower() in data for spelling in spellings):
            return True
    return False


# -- the tables ----------------------------------------------------------------------------------


def _take_out(connection: sqlite3.Connection, person: Person) -> Found:
    contacts = connection.execute("SELECT id, uuid, name, name_key, emails, phones,"
                                  " organization_id, linkedin FROM contact").fetchall()  # fmt: skip
    key = name_key(person.name)
    theirs = [c for c in contacts if c[1] in person.ids or (person.alone and c[3] == key)]
    names = {c[2] for c in theirs} | {person.name} if person.alone else set()
    ways = {way for c in theirs for column in (c[4], c[5]) for way in json.loads(column)}
    ways |= {c[7] for c in theirs if c[7]}
    found = Found(probes={*names, *ways, *(c[1] for c in theirs)})
    ids = [c[0] for c in theirs]
    calls = _ids(connection, "interview", "contact_id", ids)
    theirs += _named_alone(connection, contacts, ids, calls, found)
    found.probes |= {u for (u,) in _where(connection, "uuid", "interview", "id", calls)}
    gone = _where(connection, "uuid", "entry", "interview_id", calls)
    found.probes |= {uuid for (uuid,) in gone}
    found.add(KINDS["accord"], sum(
        connection.execute("DELETE FROM accord WHERE ? IN (entry, other)", uuid).rowcount
        for uuid in gone
    ))  # fmt: skip
    for table in reversed(rows.metadata.sorted_tables):
        if table.name in KINDS or {"contact_id", "interview_id"} & set(table.c.keys()):
            found.add(KINDS.get(table.name, table.name), _delete(connection, table, ids, calls))
    if person.alone:
        for row, name in connection.execute("SELECT id, name FROM referral").fetchall():
            if name_key(name) == key:
                connection.execute("DELETE FROM referral WHERE id = ?", (row,))
                found.add(KINDS["referral"], 1)
    for organization in {c[6] for c in theirs if c[6] is not None}:
        found.add(KINDS["organization"], connection.execute(
            "DELETE FROM organization WHERE id = ?1 AND NOT EXISTS"
            " (SELECT 1 FROM contact WHERE organization_id = ?1)", (organization,)
        ).rowcount)  # fmt: skip
    words = _Words(names, ways)
    for table in rows.metadata.sorted_tables:
        found.add(MENTIONS, _scrub(connection, table, words))
    return found


def _named_alone(
    connection: sqlite3.Connection,
    contacts: Sequence[tuple[Any, ...]],
    ids: Sequence[int],
    calls: Sequence[int],
    found: Found,
) -> list[tuple[Any, ...]]:
    """Delete the people who are known from these calls alone, and with whom nothing was done."""
    hanging = " ".join(
        f"AND NOT EXISTS (SELECT 1 FROM {table} t WHERE t.contact_id = c.id)"  # noqa: S608
        for table in ("interview", "draft", "outreach", "follow_up")
    )
    query = (
        "SELECT DISTINCT c.id FROM referral r JOIN contact c ON c.id = r.contact_id"  # noqa: S608
        f" WHERE r.interview_id IN ({_list(calls)}) AND c.id NOT IN ({_list(ids)})"
        " AND c.source = 'referral' AND coalesce(c.role, c.background, c.linkedin) IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM referral o WHERE o.contact_id = c.id"
        f" AND o.interview_id NOT IN ({_list(calls)})) {hanging}"
    )
    alone = {row for (row,) in connection.execute(query)}
    connection.execute(f"DELETE FROM referral WHERE contact_id IN ({_list(sorted(alone))})")  # noqa: S608
    connection.execute(f"DELETE FROM contact WHERE id IN ({_list(sorted(alone))})")  # noqa: S608
    if alone:
        found.add("people_they_named", len(alone))
    return [contact for contact in contacts if contact[0] in alone]


def _delete(
    connection: sqlite3.Connection, table: Table, contacts: Sequence[int], calls: Sequence[int]
) -> int:
    """Delete the rows of a table that hang on these people and calls; how many went."""
    owners = {"contact": contacts, "interview": calls}
    columns = {f"{name}_id": ids for name, ids in owners.items() if f"{name}_id" in table.c}
    if table.name in owners:
        columns = {"id": owners[table.name]}
    return sum(
        connection.execute(
            f"DELETE FROM {table.name} WHERE {column} IN ({_list(ids)})"  # noqa: S608
        ).rowcount
        for column, ids in columns.items()
    )


def _scrub(connection: sqlite3.Connection, table: Table, words: "_Words") -> int:
    """Take the words out of all texts of a table; the number of rows that had any."""
    left = _LEFT_ALONE.get(table.name, set()) | _NO_TEXT
    texts = [c for c in table.c if isinstance(c.type, Text) and c.name not in left]
    if not texts:
        return 0
    blank = _referrals(connection, words) if table.name == "entry" else set()
    names = [c.name for c in table.c]
    lists = {c.name for c in texts if _is_json(c)}
    changed = 0
    for row in connection.execute(f"SELECT * FROM {table.name}").fetchall():  # noqa: S608
        old = dict(zip(names, row, strict=True))
        new = dict(old)
        for column in texts:
            value = words.out_of(old[column.name], as_json=column.name in lists)
            new[column.name] = None if value == ERASED and column.nullable else value
        if old.get("uuid") in blank:
            new |= {"text": ERASED, "comment": None, "caption": None, "value": "{}"}
        if new != old:
            _put(connection, table, new)
            changed += 1
    return changed


def _referrals(connection: sqlite3.Connection, words: "_Words") -> set[str]:
    """The referrals that are to the person: by their own words, or by a later fix of the name."""
    hit: set[str] = set()
    query = "SELECT uuid, kind, text, comment, value, about FROM entry"
    for uuid, kind, text, comment, given, about in connection.execute(query):
        named = words.are_in(text) or words.are_in(comment) or words.are_in(given, as_json=True)
        if kind == "referral" and (named or words.open_with(text)):
            hit.add(uuid)
        elif named and kind in {"fix", "may", "spell"} and about:
            hit.add(about)
    referrals = connection.execute("SELECT uuid FROM entry WHERE kind = 'referral'")
    return hit & {uuid for (uuid,) in referrals}


def _put(connection: sqlite3.Connection, table: Table, row: dict[str, Any]) -> None:
    """Put a row in the place of the one of the same key; an entry lets itself not be updated."""
    key = next(iter(table.primary_key)).name
    if table.name != "entry":
        others = [name for name in row if name != key]
        sets = ", ".join(f'"{name}" = :{name}' for name in others)
        connection.execute(f"UPDATE {table.name} SET {sets} WHERE {key} = :{key}", row)  # noqa: S608
        return
    connection.execute("DELETE FROM entry WHERE id = :id", row)
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO entry ({names}) VALUES ({values})", row)  # noqa: S608


def _is_json(column: Any) -> bool:
    default = column.server_default
    return default is not None and str(default.arg) in {"[]", "{}"}


def _ids(connection: sqlite3.Connection, table: str, column: str, of: Sequence[int]) -> list[int]:
    return [row for (row,) in _where(connection, "id", table, column, of)]


def _where(
    connection: sqlite3.Connection, wanted: str, table: str, column: str, ids: Sequence[int]
) -> list[tuple[Any]]:
    query = f"SELECT {wanted} FROM {table} WHERE {column} IN ({_list(ids)})"  # noqa: S608
    return connection.execute(query).fetchall()


def _list(ids: Sequence[int]) -> str:
    return ", ".join(str(int(each)) for each in ids)


class _Words:
    """What is taken out of others' texts: full names, addresses, numbers.

    A name of one word is often an ordinary word too, and goes only where it stands alone.
    """

    def __init__(self, names: set[str], ways: set[str]) -> None:
        self._whole = {name_key(name) for name in names} - {""}
        parts = [r"\s+".join(map(re.escape, name.split())) for name in names if " " in name.strip()]
        parts += [re.escape(way) for way in ways if way.strip()]
        numbers = {re.sub(r"\D", "", way) for way in ways if "@" not in way}
        parts += [r"[\s().-]*".join(number) for number in numbers if len(number) >= 7]
        self._anywhere = _whole_words(parts)
        self._first = _whole_words([re.escape(name) for name in names if name.strip()])

    def are_in(self, text: str | None, *, as_json: bool = False) -> bool:
        """Whether a text has any of them."""
        return bool(self.out_of(text, as_json=as_json) != text)

    def open_with(self, text: str) -> bool:
        """Whether a text begins with the name, also with one of a single word."""
        return bool(self._first and self._first.match(text.strip()))

    def out_of(self, text: Any, *, as_json: bool = False) -> Any:
        """The text without them."""
        if not isinstance(text, str):
            return text
        if as_json:
            try:
                old = json.loads(text)
            except ValueError as error:
                raise DamagedDatabase("The database is damaged: a list in it is none.") from error
            new = self._out_of_value(old)
            return text if new == old else json.dumps(new, ensure_ascii=False)
        if name_key(text) in self._whole:
            return ERASED
        return self._anywhere.sub(ERASED, text) if self._anywhere else text

    def _out_of_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._out_of_value(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self._out_of_value(each) for each in value]
        return self.out_of(value)


def _whole_words(parts: Sequence[str]) -> re.Pattern[str] | None:
    if not parts:
        return None
    longest_first = sorted(parts, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(longest_first)})(?![\w-])", re.IGNORECASE)
