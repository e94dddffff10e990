"""Calls out of the JSON that `export` wrote; what others changed in it is checked, never trusted.

Nothing is kept here: the whole text is read first, or refused with the place that is wrong.
"""

import json
from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from iview_tui.domain.entry import NOTHING, Entry, Kind
from iview_tui.domain.follow_up import FollowUp
from iview_tui.domain.guide import Guide, Priority, Topic, Unparsed
from iview_tui.domain.log import taken_back
from iview_tui.domain.outreach import CHANNELS, OUTCOMES, Attempt
from iview_tui.domain.privacy import made_private
from iview_tui.domain.record import MEDIA, WHO_CALLS, Agreement, CallRecord, Contact
from iview_tui.domain.value import value
from iview_tui.interchange.entry_values import check_value
from iview_tui.interchange.export_json import INTERVIEW, LIBRARY
from iview_tui.interchange.json_shape import BadShape, Node

__all__ = ["BadShape", "Brought", "read_export"]

LARGEST = 256 * 1024 * 1024
"""Characters of a file."""
MOST_MINUTES = 24 * 60
_NOT_KEPT_YET = ("guides", "drafts")


@value
class Brought:
    """What a file brings."""

    interviews: tuple[CallRecord, ...]
    people: tuple[Contact, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    left: tuple[str, ...] = ()
    """What it holds beside that and is not taken, each in a few words."""


def read_export(text: str) -> Brought:
    """The calls of an export.

    Raises BadShape, whose text says in one sentence what is wrong and where in the JSON.
    """
    if len(text) > LARGEST:
        raise BadShape(f"it is too large: {LARGEST:,} characters are the most")
    try:
        value = json.loads(text.removeprefix("\ufeff"), parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise BadShape(f"it is not JSON: line {error.lineno}: {error.msg.lower()}") from error
    except (ValueError, RecursionError) as error:
        raise BadShape("it is not JSON: a number or a depth in it is too great") from error
    whole = Node(value)
    schema = value.get("schema") if isinstance(value, dict) else None
    if schema == INTERVIEW:
        return Brought((_record(whole),))
    if schema == LIBRARY:
        return _library(whole)
    if isinstance(schema, str) and schema.startswith(("iview/interview/", "iview/library/")):
        raise BadShape("it was written by a newer iview, whose schema this one does not know")
    raise BadShape("it is not an export of iview: schema is neither of the two that are known")


def _no_constant(name: str) -> float:
    raise ValueError(name)


def _library(whole: Node) -> Brought:
    interviews = tuple(_record(node) for node in whole["interviews"].items())
    seen: set[str] = set()
    for record in interviews:
        for taken in (record.id, *(entry.id for entry in record.entries)):
            if taken in seen:
                raise BadShape(f"the id {taken} is there twice")
            seen.add(taken)
    people = tuple(_person(node) for node in whole["people"].items())
    attempts = tuple(_attempt(node) for node in whole["outreach"].items())
    follow_ups = tuple(_follow_up(node) for node in whole["follow_ups"].items())
    left = tuple(
        f"{len(there)} {name.replace('_', '-')}"
        for name in _NOT_KEPT_YET
        if (there := whole[name].items())
    )
    return Brought(interviews, people, attempts, follow_ups, left)


def _record(whole: Node) -> CallRecord:
    about = whole["interview"]
    call_id = about["id"].id()
    guide = _guide(whole)
    entries, start = _entries(whole["entries"])
    started = about["started_at"].instant_or_none()
    if entries and started is None:
        raise about["started_at"].bad("is missing, although there are entries")
    if started is not None and not entries:
        raise whole["entries"].bad("holds no start, although the call has started")
    # Zero of the call's clock is the moment of connecting, which `/began` leaves where it was.
    connected = started.add(seconds=start) if started is not None else None
    entries = _with_own_flags(entries, whole["entries"])
    entries = _with_prompts(entries, whole["prompts"], call_id, start)
    record = CallRecord(
        id=call_id,
        contact=_contact(about["contact"]) if about["contact"].there else None,
        guide=guide,
        purpose=about["purpose"].text_or_none(),
        agreed_minutes=about["agreed_minutes"].whole(1, MOST_MINUTES),
        planned_at=about["planned_at"].instant_or_none(),
        connected_at=connected,
        time_zone=about["time_zone"].zone(),
        entries=entries,
        draft=whole["draft"].text_or_none() or None,
        origin="import",
        agreement=_agreement(about["agreement"]) if about["agreement"].there else Agreement(),
    )
    return replace(record, draft_private=_ends_private(entries))


def _agreement(node: Node) -> Agreement:
    return Agreement(
        medium=node["medium"].one_of(MEDIA) if node["medium"].there else None,
        who_calls=node["who_calls"].one_of(WHO_CALLS) if node["who_calls"].there else None,
        place=node["place"].text_or_none(),
        asked=node["asked"].text_or_none(),
        invitation=node["invitation"].text_or_none(),
        invitation_sequence=(
            node["invitation_sequence"].whole(0, 2**31 - 1)
            if node["invitation_sequence"].there
            else None
        ),
        cancelled_at=node["cancelled_at"].instant_or_none(),
        learn=node["learn"].text_or_none(),
        goals=node["goals"].texts(),
        brief=node["brief"].text_or_none(),
    )


def _contact(node: Node) -> Contact:
    return Contact(
        id=node["id"].id(),
        name=node["name"].words(),
        organization=node["organization"].text_or_none(),
        role=node["role"].text_or_none(),
        emails=node["emails"].texts(),
        phones=node["phones"].texts(),
        via=node["via"].text_or_none(),
    )


def _person(node: Node) -> Contact:
    """A person of a library, where more of them is told than in a call."""
    return replace(
        _contact(node),
        said=node["said"].text_or_none(),
        pronouns=node["pronouns"].text_or_none(),
        linkedin=node["linkedin"].text_or_none(),
        time_zone=node["time_zone"].zone() if node["time_zone"].there else None,
        source=node["source"].text_or_none(),
        background=node["background"].text_or_none(),
        tags=node["tags"].texts(),
    )


def _attempt(node: Node) -> Attempt:
    return Attempt(
        id=node["id"].id(),
        contact=node["contact"].id(),
        at=node["at"].instant(),
        channel=node["channel"].one_of(CHANNELS) if node["channel"].there else None,
        sent=node["sent"].text_or_none(),
        outcome=node["outcome"].one_of(OUTCOMES) if node["outcome"].there else None,
        text=node["text"].text_or_none() or "",
        next=_moment(node["next"]),
        interview=node["interview"].id_or_none(),
    )


def _follow_up(node: Node) -> FollowUp:
    return FollowUp(
        id=node["id"].id(),
        what=node["what"].words(),
        contact=node["contact"].id_or_none(),
        interview=node["interview"].id_or_none(),
        entry=node["entry"].id_or_none(),
        due=_moment(node["due"]),
        done_at=node["done_at"].instant_or_none(),
    )


def _moment(node: Node) -> date | None:
    """A day or an instant, or null."""
    if not node.there:
        return None
    if isinstance(node.value, str) and "T" in node.value:
        return node.instant()
    return date.fromisoformat(node.date())


def _guide(whole: Node) -> Guide:
    guide = whole["guide"]
    topics = tuple(
        _topic(node, number) for number, node in enumerate(whole["topics"].items(), start=1)
    )
    return Guide(
        title=guide["title"].text(),
        purpose=guide["purpose"].text_or_none(),
        topics=topics,
        opening=guide["opening"].texts(),
        opening_minutes=guide["opening_minutes"].minutes_or_none(),
        close=guide["close"].texts(),
        kept=tuple(
            Unparsed(row["line"].whole(0, 10**9), row["text"].text())
            for row in guide["kept"].items()
        ),
    )


def _topic(node: Node, number: int) -> Topic:
    if node["number"].whole(1, 10**6) != number:
        raise node["number"].bad(f"is not {number}: topics are numbered from 1 on")
    minutes = node["minutes"].minutes_or_none()
    if minutes is None:
        raise node["minutes"].bad("is missing")
    return Topic(
        number=number,
        title=node["title"].text(),
        question=node["question"].text(),
        section=node["section"].text(),
        priority=Priority(node["priority"].one_of(tuple(Priority))),
        minutes=minutes,
        key=node["key"].text_or_none(),
        probes=node["probes"].texts(),
        background=node["background"].texts(),
        keywords=node["keywords"].texts(),
    )


# -- the log -------------------------------------------------------------------------------------


def _entries(nodes: Node) -> tuple[tuple[Entry, ...], int]:
    """The entries on the call's own clock, and the distance of its zero from the start."""
    rows = nodes.items()
    if not rows:
        return (), 0
    if rows[0]["kind"].value != Kind.START:
        raise rows[0]["kind"].bad("is not start, with which every log begins")
    start = rows[0]["entered"].moment()
    known: dict[str, Entry] = {}
    for row in rows:
        entry = _entry(row, start, known)
        if entry.id in known:
            raise row["id"].bad("is there twice")
        if known and entry.kind is Kind.START:
            raise row["kind"].bad("is start for a second time")
        known[entry.id] = entry
    return tuple(known.values()), start


def _entry(row: Node, start: int, known: dict[str, Entry]) -> Entry:
    kind = Kind(row["kind"].one_of(tuple(kind for kind in Kind if kind is not Kind.SHOWN)))
    about = row["about"].id_or_none()
    if about is not None and about not in known:
        raise row["about"].bad("is the id of no entry before this one")
    if kind is Kind.UNDO and about is None:
        raise row["about"].bad("is missing: an undo is about an entry")
    if kind is Kind.REDO and (about is None or known[about].kind is not Kind.UNDO):
        raise row["about"].bad("is not the id of an undo")
    value = row["value"].json_object()
    check_value(kind, row["value"], value)
    return Entry(
        id=row["id"].id(),
        line=row["line"].whole(0, 10**9),
        kind=kind,
        entered=row["entered"].moment() - start,
        stamp=row["seconds"].moment() - start,
        text=row["text"].text(),
        comment=row["comment"].text_or_none(),
        topic=row["topic"].whole(1, 10**6) if row["topic"].there else None,
        about=about,
        value=value or NOTHING,
        caption=row["caption"].text_or_none(),
    )


def _with_own_flags(entries: tuple[Entry, ...], nodes: Node) -> tuple[Entry, ...]:
    """Starred, private and taken back: an entry's own are those that no other entry explains."""
    rows = nodes.items()

    def told(flag: str) -> set[str]:
        return {entry.id for entry, row in zip(entries, rows, strict=True) if row[flag].yes_or_no()}

    retracted = told("retracted") - taken_back(entries)
    entries = tuple(replace(entry, retracted=entry.id in retracted) for entry in entries)
    gone = taken_back(entries)
    starred = told("starred") - {
        entry.about for entry in entries if entry.kind is Kind.STAR and entry.id not in gone
    }
    private = told("private") - made_private(entries)
    return tuple(
        replace(entry, starred=entry.id in starred, private=entry.id in private)
        for entry in entries
    )


def _with_prompts(
    entries: tuple[Entry, ...], nodes: Node, call_id: str, start: int
) -> tuple[Entry, ...]:
    """The log with the sentences that were shown, each behind what was entered before it."""
    shown = [
        Entry(
            id=str(uuid5(NAMESPACE_URL, f"iview:{call_id}/shown/{index}")),
            line=0,
            kind=Kind.SHOWN,
            entered=node["seconds"].moment() - start,
            stamp=node["seconds"].moment() - start,
            text=node["text"].text(),
            value={"kind": node["kind"].words()},
        )
        for index, node in enumerate(nodes.items())
    ]
    if shown and not entries:
        raise nodes.bad("is not empty, although the call has not started")
    log: list[Entry] = []
    line = 0
    for entry in entries:
        while shown and shown[0].entered < entry.entered:
            log.append(replace(shown.pop(0), line=line))
        line = max(line, entry.line)
        log.append(entry)
    return (*log, *(replace(entry, line=line) for entry in shown))


def _ends_private(entries: tuple[Entry, ...]) -> bool:
    """Whether private mode was on at the end, when the half-typed line was typed."""
    gone = taken_back(entries)
    modes = [
        entry.kind
        for entry in entries
        if entry.id not in gone
        and (entry.kind is Kind.PRIVATE or (entry.kind is Kind.PUBLIC and not entry.about))
    ]
    return bool(modes) and modes[-1] is Kind.PRIVATE
