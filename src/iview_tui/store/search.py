"""Looking for words in everything that a person wrote: the newest of each table first.

The index gives row ids alone, newest first, so that a word that is everywhere costs no more than a
rare one; only what is shown is then read.
"""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from iview_tui.domain.entry import NOTHING, WORDS, Entry, Kind
from iview_tui.domain.finding import Wanted, folded
from iview_tui.domain.log import standing
from iview_tui.domain.privacy import private_ids
from iview_tui.domain.value import value
from iview_tui.store import rows

MOST_LOOKED_AT = 10_000
"""Entries that are read at the most where words are common and what narrows them is rare."""
_FEW = 50
"""Interviews that are looked through one by one."""
_ABOUT = frozenset({Kind.REVISION, Kind.FILE, Kind.FIX})
"""Kinds in whose text or value the present words of another entry stand."""
_PLACES = {table: place for place, table in enumerate(rows.INDEXED)}
_PEOPLE = ("organization", "contact")
_CHANGING = ", ".join(f"'{kind}'" for kind in rows.CHANGING)
COLUMNS = (
    "id, uuid, interview_id, line, kind, entered, stamp, text, comment, topic, about, value,"
    " starred, private, retracted"
)
"""What is read of an entry, in this order."""


@value
class Hit:
    """Something that was found."""

    id: str
    """The UUID of the row, or the entry's."""
    kind: str
    """An entry's kind as it stands, else the table."""
    text: str
    interview: str | None = None
    entry: str | None = None
    name: str | None = None
    """Who said it, or whom it is about."""
    number: int | None = None
    topic: str | None = None
    """The short name of its topic."""
    at: str | None = None
    """An instant of the row's own, ISO 8601."""
    seconds: int | None = None
    """Since the start of the call."""
    moment: int | None = None
    """Since connecting: with `at`, the instant of connecting, when it was said."""
    time_zone: str | None = None
    private: bool = False
    starred: bool = False


@value
class Bounds:
    """Instants between which it must be, ISO 8601 in UTC; the second one excluded."""

    since: str | None = None
    before: str | None = None

    def hold(self, at: str | None) -> bool:
        """Whether an instant lies between them; without bounds also none."""
        if self.since is None and self.before is None:
            return True
        if at is None or (self.since is not None and at < self.since):
            return False
        return self.before is None or at < self.before


def find(
    connection: Connection, wanted: Wanted, bounds: Bounds, limit: int, *, private: bool
) -> tuple[list[Hit], bool]:
    """The hits, people first, then by time; and whether there are more.

    Without `private` nothing private is among them.
    """
    calls = _Calls(connection, wanted, bounds)
    found = list(_others(connection, wanted, bounds, calls, limit + 10, private))
    more = len(found) > limit
    if wanted.kinds is None or not wanted.kinds.isdisjoint(map(str, (*WORDS, Kind.JOIN))):
        taken: list[Hit] = []
        for hit in _entries(connection, wanted, calls, limit, private):
            if len(taken) == limit:
                more = True
                break
            taken.append(hit)
        more = more or calls.gave_up
        found += taken
    words = [word for term in wanted.terms for word in folded(term.text).split()]
    best = [hit for hit in found if hit.kind in _PEOPLE and _named(hit, words)]
    first = {hit.id for hit in best}
    rest = sorted((h for h in found if h.id not in first), key=_when, reverse=True)
    hits = [*best, *rest]
    return hits[:limit], more or len(hits) > limit


def expression(wanted: Wanted, kinds: Collection[str] | None) -> str | None:
    """What FTS5 is asked; None where nothing is: every word is quoted, so nothing is an error."""
    parts = []
    if wanted.terms:
        terms = (f'"{_escaped(t.text)}"' + ("*" if t.prefix else "") for t in wanted.terms)
        parts.append("{words} : (" + " AND ".join(terms) + ")")
    if kinds is not None:
        parts.append("{kind} : (" + " OR ".join(f'"{kind}"' for kind in sorted(kinds)) + ")")
    return " AND ".join(f"({part})" for part in parts) or None


def _escaped(text: str) -> str:
    return text.replace("\0", " ").replace('"', '""')


def _named(hit: Hit, beginnings: Sequence[str]) -> bool:
    """Whether a name has words that begin so, all of them."""
    words = folded(hit.name or hit.text).split()
    return bool(beginnings) and all(any(w.startswith(b) for w in words) for b in beginnings)


def _when(hit: Hit) -> tuple[str, int]:
    return (hit.at or "", hit.moment or 0)


# -- in which calls ------------------------------------------------------------------------------


class _Calls:
    """Which calls are meant, as ranges of the ids of their entries and as a set."""

    def __init__(self, connection: Connection, wanted: Wanted, bounds: Bounds) -> None:
        self._connection = connection
        self.contacts = _contacts(connection, wanted.by) if wanted.by else None
        self.ids: frozenset[int] | None = None
        self._titles = _titles_like(connection, wanted.topics) if wanted.topics else None
        self.gave_up = False
        self._bounds = bounds
        if self.contacts is not None:
            marks = _list(self.contacts)
            found = connection.exec_driver_sql(
                f"SELECT id FROM interview WHERE contact_id IN ({marks})"  # noqa: S608
            )
            self.ids = frozenset(row[0] for row in found)
        elif bounds != Bounds():
            found = connection.exec_driver_sql(
                "SELECT id FROM interview WHERE connected_at >= ? AND connected_at < ? LIMIT ?",
                (bounds.since or "", bounds.before or "9999", _FEW + 1),
            )
            ids = frozenset(row[0] for row in found)
            self.ids = ids if len(ids) <= _FEW else None

    def ranges(self) -> list[tuple[int, int]]:
        """Ranges of entries, the newest first."""
        if self._titles is not None and not self._titles:
            return []
        if self.ids is not None and len(self.ids) <= _FEW:
            found = self._connection.exec_driver_sql(
                "SELECT (SELECT min(id) FROM entry WHERE interview_id = i.id),"  # noqa: S608
                " (SELECT max(id) FROM entry WHERE interview_id = i.id)"
                f" FROM interview i WHERE i.id IN ({_list(self.ids)})"
            )
            return sorted(((a, b) for a, b in found if a is not None), reverse=True)
        low, high = 0, rows.PLACE - 1
        if self._bounds.since is not None:
            low = self._end("min", ">=", self._bounds.since, high)
        if self._bounds.before is not None:
            high = self._end("max", "<", self._bounds.before, -1)
        return [(low, high)]

    def _end(self, end: str, than: str, instant: str, none: int) -> int:
        query = (
            f"SELECT {end}((SELECT {end}(id) FROM entry WHERE interview_id = i.id))"  # noqa: S608
            f" FROM interview i WHERE i.connected_at {than} ?"
        )
        found = self._connection.exec_driver_sql(query, (instant,)).scalar()
        return none if found is None else int(found)

    def meant(self, interview: int, connected_at: str | None) -> bool:
        """Whether a call is one of them."""
        return (self.ids is None or interview in self.ids) and self._bounds.hold(connected_at)

    def has_topic(self, title: str | None, key: str | None) -> bool:
        """Whether a topic is one that is meant."""
        return self._titles is None or (title, key) in self._titles


def _titles_like(
    connection: Connection, wanted: Sequence[str]
) -> frozenset[tuple[str | None, str | None]]:
    """The topics, as title and key, that have words which begin so."""
    topics = [f" {folded(topic).replace('_', ' ')}" for topic in wanted]
    found = connection.exec_driver_sql(
        "SELECT DISTINCT title, key FROM interview_topic"
        " UNION SELECT DISTINCT title, key FROM guide_topic"
    )
    return frozenset(
        (title, key)
        for title, key in found
        if all(t in folded(f" {title} {key or ''}").replace("_", " ") for t in topics)
    )


def _contacts(connection: Connection, names: Sequence[str]) -> frozenset[int]:
    """The people whose names have words that begin so."""
    found: set[int] = set()
    first = _PLACES["contact"] * rows.PLACE
    for name in names:
        words = [word for word in name.split() if any(map(str.isalnum, word))]
        terms = " AND ".join(f'"{_escaped(word)}"*' for word in words)
        if terms:
            query = (
                "SELECT c.id, c.name FROM search s JOIN contact c ON c.id = s.rowid - ?"
                " WHERE search MATCH ? AND s.rowid BETWEEN ? AND ?"
            )
            hits = connection.exec_driver_sql(
                query, (first, "{words} : (" + terms + ")", first, first + rows.PLACE - 1)
            )
            begin = [folded(word) for word in words]
            found |= {row[0] for row in hits if _named(Hit("", "", row[1]), begin)}
    return frozenset(found)


def _list(ids: Collection[int]) -> str:
    return ", ".join(str(int(each)) for each in ids)


# -- entries -------------------------------------------------------------------------------------


def _entries(
    connection: Connection, wanted: Wanted, calls: _Calls, limit: int, private: bool
) -> Iterator[Hit]:
    """The entries as they stand, the newest first."""
    kinds = wanted.kinds or (None if wanted.terms else frozenset(map(str, (*WORDS, Kind.JOIN))))
    match = expression(wanted, kinds and kinds | set(map(str, _ABOUT)))
    seen: set[str] = set()
    looked, size = 0, limit + 10
    for low, high in calls.ranges():
        while low <= high:
            if looked >= MOST_LOOKED_AT:
                calls.gave_up = True
                return
            chunk = _chunk(connection, match, low, high, size)
            looked += len(chunk)
            for hit in _hits(connection, chunk, calls, seen):
                if (wanted.kinds is None or hit.kind in wanted.kinds) and (
                    private or not hit.private
                ):
                    yield hit
            if len(chunk) < size:
                break
            high = chunk[-1].id - 1
            size = min(4 * size, 5000)


def _chunk(
    connection: Connection, match: str | None, low: int, high: int, size: int
) -> Sequence[Any]:
    query = (
        f"SELECT {COLUMNS} FROM (SELECT rowid AS hit FROM search"  # noqa: S608
        " WHERE search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?)"
        " JOIN entry ON entry.id = hit"
    )
    found = connection.exec_driver_sql(query, (match, low, high, size)).all()
    return sorted(found, key=lambda row: -int(row.id))


def _hits(
    connection: Connection, chunk: Sequence[Any], calls: _Calls, seen: set[str]
) -> Iterator[Hit]:
    if not chunk:
        return
    heads = _heads(connection, chunk)
    meant = [r for r in chunk if calls.meant(r.interview_id, heads[r.interview_id].connected_at)]
    told = _told(connection, meant)
    titles = _titles(connection, meant, told)
    for row in meant:
        call = told[row.interview_id]
        target = row.about if Kind(row.kind) in _ABOUT else row.uuid
        entry = call.stands.get(target or "")
        if entry is None or entry.id in seen or not call.is_now(row.uuid, entry.id):
            continue
        title, key = titles.get((row.interview_id, entry.topic), (None, None))
        if not calls.has_topic(title, key):
            continue
        seen.add(entry.id)
        head = heads[row.interview_id]
        yield Hit(
            id=entry.id,
            kind=str(entry.kind),
            text=call.words(entry),
            interview=head.uuid,
            entry=entry.id,
            name=head.name,
            number=entry.topic,
            topic=title,
            at=head.connected_at,
            seconds=entry.stamp - head.start,
            moment=entry.stamp,
            time_zone=head.time_zone,
            private=entry.id in call.private,
            starred=entry.id in call.starred,
        )


def _heads(connection: Connection, chunk: Sequence[Any]) -> dict[int, Any]:
    ids = _list({row.interview_id for row in chunk})
    query = (
        "SELECT i.id, i.uuid, i.connected_at, i.time_zone, c.name,"  # noqa: S608
        " coalesce(json_extract(i.figures, '$.start'), 0) AS start"
        f" FROM interview i LEFT JOIN contact c ON c.id = i.contact_id WHERE i.id IN ({ids})"
    )
    return {row.id: row for row in connection.exec_driver_sql(query)}


def _titles(
    connection: Connection, meant: Sequence[Any], told: dict[int, "Told"]
) -> dict[tuple[int, int | None], tuple[str, str | None]]:
    """The topics of these calls that are there by now, by call and number."""
    if not meant:
        return {}
    query = (
        "SELECT interview_id, number, title, key FROM interview_topic"  # noqa: S608
        f" WHERE interview_id IN ({_list(told)})"
    )
    return {(r[0], r[1]): (r[2], r[3]) for r in connection.exec_driver_sql(query)}


@value
class Told:
    """Some entries of a call, as they stand after all that was said about them."""

    stands: dict[str, Entry]
    wording: dict[str, str]
    """Ids of the entries that hold the present wording of others."""
    names: dict[str, str]
    """Names that were put right, by the entry that named them."""
    private: frozenset[str]
    starred: frozenset[str]

    def is_now(self, found: str, entry: str) -> bool:
        """Whether what was found is an entry's present wording, or its name put right."""
        return self.wording.get(entry, entry) == found or self.names.get(found) is not None

    def words(self, entry: Entry) -> str:
        """The text that is shown."""
        text = f"{entry.text} - {entry.comment}" if entry.comment else entry.text
        right = self.names.get(entry.id)
        return text if right is None or right in text else f"{right} ({text})"


def _told(connection: Connection, found: Sequence[Any]) -> dict[int, Told]:
    """The calls of these rows, as far as the rows need."""
    if not found:
        return {}
    ids = _list({row.interview_id for row in found})
    changing = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM entry WHERE interview_id IN ({ids})"  # noqa: S608
        f" AND kind IN ({_CHANGING})"
    ).all()
    return stand(connection, [*found, *changing])


def stand(connection: Connection, found: Sequence[Any]) -> dict[int, Told]:
    """Of every call some rows of its log (`COLUMNS`), the changing ones included, as they stand."""
    by_id = {row[0]: row for row in found}
    here = {row[1] for row in found}
    missing = {row[10] for row in found if row[10]} - here
    wanted = sorted(missing)
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        marks = ", ".join("?" * len(some))
        query = f"SELECT {COLUMNS} FROM entry WHERE uuid IN ({marks})"  # noqa: S608
        by_id |= {row[0]: row for row in connection.exec_driver_sql(query, tuple(some))}
    logs: dict[int, list[Entry]] = {}
    for row_id in sorted(by_id):
        row = by_id[row_id]
        logs.setdefault(row[2], []).append(_entry(row))
    return {call: _stand(log) for call, log in logs.items()}


def _stand(log: Sequence[Entry]) -> Told:
    stands = standing(log)
    wording: dict[str, str] = {}
    names: dict[str, str] = {}
    starred: set[str] = set()
    for entry in stands.counting:
        about = entry.about or ""
        if entry.kind is Kind.REVISION or (
            entry.kind is Kind.FILE and entry.value.get("kind") and about not in wording
        ):
            wording[about] = entry.id
        elif entry.kind is Kind.FIX:
            names[about] = names[entry.id] = str(entry.value.get("name", ""))
        elif entry.kind is Kind.STAR:
            (starred.discard if entry.value.get("off") else starred.add)(about)
    of_words: Callable[[Entry], bool] = lambda e: e.kind in WORDS or e.kind is Kind.JOIN  # noqa: E731
    return Told(
        {entry.id: entry for entry in stands.counting if of_words(entry)},
        wording, names, private_ids(log), frozenset(starred),
    )  # fmt: skip


_KINDS = {str(kind): kind for kind in Kind}


def _entry(row: Any) -> Entry:
    (_, uuid, _, line, kind, entered, stamp, text, comment, topic, about, value,
     starred, private, retracted) = row  # fmt: skip
    return Entry(
        uuid, line, _KINDS[kind], entered, stamp, text, comment, topic, about,
        NOTHING if value == "{}" else json.loads(value),
        None, bool(starred), bool(private), bool(retracted),
    )  # fmt: skip


# -- everything else -----------------------------------------------------------------------------

_PERSON = "LEFT JOIN contact c ON c.id = t.contact_id"
_CALL = "LEFT JOIN interview i ON i.id = t.interview_id"
_READ = {
    "interview": (
        "t.uuid AS interview, c.name, coalesce(t.connected_at, t.planned_at), {words}, t.id"
        f" FROM interview t {_PERSON}"
    ),
    "guide_topic": (
        "NULL, g.title, g.kept_at, t.question, NULL, t.number, t.title, t.key"
        " FROM guide_topic t JOIN guide g ON g.id = t.guide_id"
    ),
    "plan": "NULL, NULL, t.at, t.text, NULL FROM plan t",
    "accord": "NULL, NULL, t.at, t.text, NULL FROM accord t",
    "reflection": (
        f"i.uuid, c.name, t.at, t.text, i.id FROM reflection t {_CALL}"
        " LEFT JOIN contact c ON c.id = i.contact_id"
    ),
    "follow_up": (
        f"i.uuid, c.name, t.due, t.what, i.id FROM follow_up t {_PERSON} {_CALL}"
    ),
    "outreach": f"i.uuid, c.name, t.at, t.text, i.id FROM outreach t {_PERSON} {_CALL}",
    "draft": (
        "i.uuid, c.name, t.at, trim(coalesce(t.subject, '') || char(10) || t.body), i.id"
        f" FROM draft t {_PERSON} {_CALL}"
    ),
    "organization": "NULL, NULL, NULL, t.name, NULL FROM organization t",
    "contact": (
        "NULL, t.name, t.added_at, coalesce(t.role || ' ', '')"
        " || coalesce('at ' || o.name || ' ', '') || coalesce('via ' || t.via || ' ', '')"
        " || coalesce(t.background, ''), t.tags LIKE '%\"private\"%'"
        " FROM contact t LEFT JOIN organization o ON o.id = t.organization_id"
    ),
}  # fmt: skip
"""Of each table: interview, name, at, text, row id of the call; a topic."""


def _others(
    connection: Connection, wanted: Wanted, bounds: Bounds, calls: _Calls, most: int, private: bool
) -> Iterator[Hit]:
    """People and what else is no entry; of people and of all else not more than `most`."""
    tables = [t for t in _READ if wanted.kinds is None or t in wanted.kinds]
    if not tables or (not wanted.terms and wanted.kinds is None and not wanted.by):
        return
    ids: dict[str, list[int]] = {}
    names = list(rows.INDEXED)
    people = _PLACES[_PEOPLE[0]] * rows.PLACE
    match = expression(wanted, set(tables) if wanted.kinds or not wanted.terms else None)
    for first, last in ((people, len(names) * rows.PLACE), (rows.PLACE, people)):
        query = (
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? AND rowid < ?"
            " ORDER BY rowid DESC LIMIT ?"
        )
        for (hit,) in connection.exec_driver_sql(query, (match, first, last, most)).all():
            place, row_id = divmod(hit, rows.PLACE)
            ids.setdefault(names[place], []).append(row_id)
    for table, found in ids.items():
        words = rows.INDEXED[table].format(row="t") if table == "interview" else ""
        columns = _READ[table].format(words=words)
        query = f"SELECT t.uuid, {columns} WHERE t.id IN ({_list(found)})"
        if table == "guide_topic":
            query = query.replace("t.uuid", "g.uuid", 1)
        whose = _whose(connection, table, found, calls)
        for row in connection.exec_driver_sql(query).all():
            hit = Hit(
                f"{row[0]}/{row[6]}" if table == "guide_topic" else row[0], table,
                (row[4] or "").strip() or (row[2] if table == "contact" else ""), interview=row[1],
                name=row[2], at=row[3], number=row[6] if len(row) > 6 else None,
                topic=row[7] if len(row) > 7 else None,
                private=table == "contact" and bool(row[5]),
            )  # fmt: skip
            if (
                hit.text
                and (private or not hit.private)
                and bounds.hold(hit.at)
                and (whose is None or row[0] in whose)
            ):
                if wanted.topics and not (hit.topic and calls.has_topic(hit.topic, row[8])):
                    continue
                yield hit


def _whose(
    connection: Connection, table: str, ids: Sequence[int], calls: _Calls
) -> frozenset[str] | None:
    """The rows that are about the people who are meant; None where nobody in particular is."""
    if calls.contacts is None:
        return None
    people = _list(calls.contacts)
    where = {
        "contact": f"t.id IN ({people})",
        "reflection": f"t.interview_id IN ({_list(calls.ids or ())})",
    }.get(table, f"t.contact_id IN ({people})" if "contact_id" in rows.metadata.tables[table].c
          else "0")  # fmt: skip
    if where == "0":
        return frozenset()
    query = f"SELECT t.uuid FROM {table} t WHERE t.id IN ({_list(ids)}) AND {where}"  # noqa: S608
    return frozenset(row[0] for row in connection.exec_driver_sql(query))
