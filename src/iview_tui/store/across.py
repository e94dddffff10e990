"""What looks across all calls, read as columns: nothing is folded that was worked out before."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from iview_tui.domain.synthesis import Accord, Linked, Said, Style
from iview_tui.store import rows
from iview_tui.store.search import COLUMNS, Told, stand

_ANSWERS = ("note", "quote", "jargon", "opportunity", "organization")
"""Kinds that answer a topic."""
_CHANGING = ", ".join(f"'{kind}'" for kind in rows.CHANGING)
_PART = 500


def topics(connection: Connection, newest: int | None = None) -> list[Any]:
    """Every topic of every call that was begun, the newest call first; or only of so many calls.

    Rows: interview_id, number, key, title, question, priority, state, uuid, connected_at, name.
    """
    query = (
        "SELECT t.interview_id, t.number, t.key, t.title, t.question, t.priority, t.state,"
        " i.uuid, i.connected_at, c.name"
        " FROM interview i JOIN interview_topic t ON t.interview_id = i.id"
        " LEFT JOIN contact c ON c.id = i.contact_id"
        " WHERE i.id IN (SELECT id FROM interview WHERE connected_at IS NOT NULL"
        "  ORDER BY connected_at DESC, id DESC LIMIT ?)"
        " ORDER BY i.connected_at DESC, i.id DESC, t.number"
    )
    return list(connection.exec_driver_sql(query, (-1 if newest is None else newest,)).all())


def said(
    connection: Connection, places: Collection[tuple[int, int]], *, private: bool
) -> dict[tuple[int, int], tuple[Said, ...]]:
    """What was said in calls (by row id) about topics (by number), as it stands."""
    calls = sorted({call for call, _ in places})
    found: dict[tuple[int, int], list[Said]] = {}
    wanted = set(places)
    numbers = {number for _, number in places}
    few = f" AND e.topic IN ({_list(numbers)})" if len(numbers) < 40 else ""
    for start in range(0, len(calls), _PART):
        some = _list(calls[start : start + _PART])
        log = connection.exec_driver_sql(
            f"SELECT {COLUMNS} FROM entry e WHERE e.interview_id IN ({some})"  # noqa: S608
            f" AND e.kind IN ({_quoted(_ANSWERS)}){few}"
        ).all()
        for call, told in _stand(connection, some, log).items():
            for entry in told.stands.values():
                place = (call, entry.topic or 0)
                hidden = entry.id in told.private
                if place in wanted and str(entry.kind) in _ANSWERS and (private or not hidden):
                    starred = entry.id in told.starred
                    found.setdefault(place, []).append(
                        Said(entry.id, told.words(entry), str(entry.kind), starred, hidden)
                    )
    return {place: tuple(all_said) for place, all_said in found.items()}


def of_kind(connection: Connection, kind: str) -> list[tuple[Any, Told]]:
    """The entries of a kind, the newest call first: (row of the call with uuid, connected_at, name;
    the entries as they stand)."""
    query = (
        "SELECT e.interview_id FROM search s JOIN entry e ON e.id = s.rowid"
        " WHERE search MATCH ? AND s.rowid BETWEEN 0 AND ?"
    )
    match = '{kind} : "' + kind + '"'
    calls = sorted({row[0] for row in connection.exec_driver_sql(query, (match, rows.PLACE - 1))})
    found: list[tuple[Any, Told]] = []
    for start in range(0, len(calls), _PART):
        some = _list(calls[start : start + _PART])
        log = connection.exec_driver_sql(
            f"SELECT {COLUMNS} FROM entry e WHERE e.interview_id IN ({some}) AND e.kind = ?",  # noqa: S608
            (kind,),
        ).all()
        told = _stand(connection, some, log)
        heads = connection.exec_driver_sql(
            "SELECT i.id, i.uuid, i.connected_at, c.name FROM interview i"  # noqa: S608
            f" LEFT JOIN contact c ON c.id = i.contact_id WHERE i.id IN ({some})"
        )
        found += [(head, told[head.id]) for head in heads if head.id in told]
    return sorted(found, key=lambda pair: pair[0].connected_at or "", reverse=True)


def _stand(connection: Connection, calls: str, log: Sequence[Any]) -> dict[int, Told]:
    changing = connection.exec_driver_sql(
        f"SELECT {COLUMNS} FROM entry e WHERE e.interview_id IN ({calls})"  # noqa: S608
        f" AND e.kind IN ({_CHANGING})"
    ).all()
    return stand(connection, [*log, *changing])


def accords(connection: Connection) -> dict[str, tuple[Accord, ...]]:
    """What was marked, by what ties the wordings of its topic together."""
    found: dict[str, list[Accord]] = {}
    query = "SELECT uuid, key, kind, entry, other, text FROM accord ORDER BY id"
    for row in connection.exec_driver_sql(query):
        found.setdefault(row.key, []).append(Accord(*row))
    return {key: tuple(each) for key, each in found.items()}


def mark(connection: Connection, accord: Accord, at: str) -> None:
    """Keep what a person marked of two entries; what was marked of the same two before goes."""
    pair = (accord.entry, accord.other)
    connection.exec_driver_sql(
        "DELETE FROM accord WHERE (entry = ?1 AND other = ?2) OR (entry = ?2 AND other = ?1)", pair
    )
    connection.exec_driver_sql(
        "INSERT INTO accord (uuid, at, key, kind, entry, other, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (accord.id, at, accord.key, accord.kind, *pair, accord.text),
    )


def unmark(connection: Connection, accord_id: str) -> bool:
    """Take a mark away; False where there is none."""
    found = connection.exec_driver_sql("DELETE FROM accord WHERE uuid = ?", (accord_id,))
    return found.rowcount > 0


def entries_there(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Those of the entries that are kept."""
    wanted = tuple(ids)
    marks = ", ".join("?" * len(wanted))
    query = f"SELECT uuid FROM entry WHERE uuid IN ({marks})"  # noqa: S608
    return {row[0] for row in connection.exec_driver_sql(query, wanted)}


def people(connection: Connection) -> list[Linked]:
    """Everybody who is kept, with how many talks there were, known longest first."""
    query = (
        "SELECT c.name, c.uuid, c.via, c.tags,"
        " (SELECT count(*) FROM interview i"
        "  WHERE i.contact_id = c.id AND i.connected_at IS NOT NULL) AS talks"
        " FROM contact c ORDER BY c.id"
    )
    return [
        Linked(r.name, r.uuid, r.via, r.talks, private='"private"' in r.tags)
        for r in connection.exec_driver_sql(query)
    ]


def links(connection: Connection, *, private: bool) -> list[tuple[str, str]]:
    """Who named whom, by name, in the order of the calls."""
    query = (
        "SELECT c.name, coalesce(p.name, r.name) FROM referral r"
        " JOIN interview i ON i.id = r.interview_id JOIN contact c ON c.id = i.contact_id"
        " LEFT JOIN contact p ON p.id = r.contact_id"
        " WHERE r.sure AND (? OR NOT r.private) ORDER BY r.id"
    )
    return [(row[0], row[1]) for row in connection.exec_driver_sql(query, (private,))]


def styles(connection: Connection) -> list[Style]:
    """The figures of every call that was worked out, oldest first."""
    query = (
        "SELECT i.uuid, c.name, i.connected_at, i.figures,"
        " (SELECT r.text FROM reflection r WHERE r.interview_id = i.id"
        "  AND r.question = 'confidence' ORDER BY r.id DESC LIMIT 1) AS confidence"
        " FROM interview i LEFT JOIN contact c ON c.id = i.contact_id"
        " WHERE i.connected_at IS NOT NULL AND i.figures IS NOT NULL ORDER BY i.connected_at"
    )
    return [
        Style(r.uuid, r.name, r.connected_at, json.loads(r.figures), _whole(r.confidence))
        for r in connection.exec_driver_sql(query)
    ]


def plans(connection: Connection) -> list[tuple[str, int]]:
    """What the user wants of all talks and has not left, with how many reflections are about it."""
    query = (
        "SELECT p.text, (SELECT count(DISTINCT r.interview_id) FROM reflection r"
        " WHERE r.about = p.uuid) FROM plan p WHERE p.left_at IS NULL ORDER BY p.id"
    )
    return [(row[0], row[1]) for row in connection.exec_driver_sql(query)]


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 3 else None


def _list(ids: Iterable[int]) -> str:
    return ", ".join(str(int(each)) for each in ids)


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
