"""What is kept, found again: one call by `last`, its ID or a name, all of them, out and in."""

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pendulum import datetime as instant_of

from iview_tui.clock import Clock
from iview_tui.domain.course import Course
from iview_tui.domain.coverage import State
from iview_tui.domain.live import Ground, LiveInterview, fold
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.domain.referral import parse
from iview_tui.domain.spoken import Spoken
from iview_tui.domain.text import one_line
from iview_tui.domain.value import value
from iview_tui.interchange import export_json, import_json, review
from iview_tui.paths import Paths, make_ready
from iview_tui.services import afterwards
from iview_tui.services.bank import lexicon
from iview_tui.services.call import zone_of
from iview_tui.store import follow_ups, interviews, lock, outreach, people
from iview_tui.store.database import Connection, open_to_read, open_to_write
from iview_tui.store.errors import explain

SHORTEST_ID = 4
"""Letters of an id that are enough."""
MOST_CANDIDATES = 5
_NEVER = instant_of(2000, 1, 1)


class NotFound(Exception):  # noqa: N818 (the name is the sentence)
    """There is no such call or person, or more than one; the text is a sentence."""


class BadImport(Exception):  # noqa: N818 (the name is the sentence)
    """A file that cannot be taken in; the text is a sentence. Nothing of it was kept."""


@value
class Taken:
    """What an import did, or would do."""

    added: tuple[CallRecord, ...]
    unchanged: tuple[CallRecord, ...]
    """Calls that were known."""
    people: int
    """People that are new."""
    left: tuple[str, ...]
    """What the file holds and was not taken, each in a few words."""


# -- a call --------------------------------------------------------------------------------------


def folded(record: CallRecord) -> LiveInterview:
    """The call as its log tells it, at the moment of its last entry."""
    at = (record.connected_at or record.planned_at or _NEVER).in_timezone(zone_of(record.time_zone))
    return fold(Ground(record.guide, at, partial(parse, lexicon=lexicon())), record.entries)


def export_value(record: CallRecord, *, with_private: bool = False) -> dict[str, Any]:
    """The call as the object of the JSON export."""
    return export_json.interview_value(record, folded(record), lexicon(), with_private=with_private)


def export_text(record: CallRecord, *, with_private: bool = False) -> str:
    """The call as the text of the JSON export."""
    return export_json.dumps(export_value(record, with_private=with_private))


def review_text(
    record: CallRecord,
    *,
    with_private: bool = False,
    by_topic: bool = False,
    spoken: Sequence[Spoken] = (),
    sided: Sequence[Spoken] | None = None,
) -> str:
    """The call as a plain timeline, beside what was said; or topic by topic.

    `sided` is what was said with Q and A for the speakers, where they are known.
    """
    value = export_value(record, with_private=with_private)
    sided = spoken if sided is None else sided
    found = talked_about(record, sided)
    if by_topic:
        text = review.by_topic(value, found)
    else:
        text = review.timeline(value, spoken, found, course(record, sided))
    left_out = len(export_value(record, with_private=True)["entries"]) - len(
        export_value(record)["entries"]
    )
    if left_out and not with_private:
        lines = "entry is" if left_out == 1 else "entries are"
        text += f"\n{left_out} private {lines} left out; --with-private shows them.\n"
    return text


def course(record: CallRecord, spoken: Sequence[Spoken] = ()) -> Course:
    """Which topic the call was on when."""
    from iview_tui.services.course import course_of

    return course_of(folded(record), spoken)


def talked_about(record: CallRecord, spoken: Sequence[Spoken]) -> tuple[review.Proposed, ...]:
    """Topics that were talked about, as a transcript shows, and that nobody noted or ticked.

    Each with the second and the words at which it came up first.
    """
    if not spoken:
        return ()
    from iview_tui.services.tracker import Tracker

    live = folded(record)
    tracker = Tracker(record.guide.topics)
    first: dict[int, tuple[int, str]] = {}
    for seconds, speaker, text in spoken:
        side = speaker if speaker in ("Q", "A") else None
        offered = tracker.read(text, seconds, side, spoken=True).suggestion
        if offered is not None:
            first.setdefault(offered, (seconds, text))
    open_ = (State.UNTOUCHED, State.ASKED)
    return tuple(
        (topic.number, topic.title, *first[topic.number])
        for topic in record.guide.topics
        if topic.number in first and live.coverage(topic.number).state in open_
    )


# -- finding -------------------------------------------------------------------------------------


def find_call(database_path: Path, wanted: str) -> CallRecord:
    """The call that `last`, the first letters of an ID, or a name mean.

    Of several calls with the same person the latest. Raises NotFound or DatabaseError.
    """
    with open_to_read(database_path) as database, database.transaction() as connection:
        return interviews.load(connection, _ids(connection, wanted)[0])


def export_of(database_path: Path, wanted: str, *, with_private: bool = False) -> dict[str, Any]:
    """The object that `wanted` means: a call by `last` or an ID, a library by `all` or a name.

    Raises NotFound or DatabaseError.
    """
    with open_to_read(database_path) as database, database.transaction() as connection:
        if wanted == "all":
            who, calls = people.everybody(connection), interviews.all_ids(connection)
            return _library(connection, who, calls, with_private, everything=True)
        named = _is_name(connection, wanted)
        who = people.find_by_name(connection, wanted) if named else []
        ids = (
            [each.id for each in interviews.by_name(connection, wanted)]
            if who
            else (_ids(connection, wanted))
        )
        if not named:
            return export_value(interviews.load(connection, ids[0]), with_private=with_private)
        order = {call_id: place for place, call_id in enumerate(interviews.all_ids(connection))}
        return _library(connection, who, sorted(ids, key=order.__getitem__), with_private)


def _library(
    connection: Connection,
    who: Iterable[Contact],
    ids: Iterable[str],
    with_private: bool,
    *,
    everything: bool = False,
) -> dict[str, Any]:
    calls = [
        export_value(interviews.load(connection, call_id), with_private=with_private)
        for call_id in ids
    ]
    told = [contact for contact in who if with_private or "private" not in contact.tags]
    known = {contact.id for contact in told}
    here = {call["interview"]["id"] for call in calls}
    attempts = [one for one in outreach.everything(connection) if one.contact in known]
    rows = [
        row
        for row in follow_ups.everything(connection)
        if (row.contact in known if row.contact else everything or row.interview in here)
    ]
    return export_json.library_value(told, calls, attempts, rows)


def _ids(connection: Connection, wanted: str) -> list[str]:
    """The ids of the calls that are meant, the latest first; at least one."""
    if wanted == "last":
        latest = interviews.last(connection)
        if latest is None:
            raise NotFound("no call was started yet")
        return [latest]
    by_id = _by_id(connection, wanted)
    if len(by_id) == 1:
        return by_id
    if by_id:
        raise NotFound(
            f"{len(by_id)} calls have an ID that begins with {one_line(wanted, 40)}:"
            f" {', '.join(by_id[:MOST_CANDIDATES])}"
        )
    by_name = [summary.id for summary in interviews.by_name(connection, wanted)]
    if by_name:
        return by_name
    raise NotFound(_nobody(connection, wanted))


def _is_name(connection: Connection, wanted: str) -> bool:
    return wanted != "last" and not _by_id(connection, wanted)


def _by_id(connection: Connection, wanted: str) -> list[str]:
    looks = re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z_-]*", wanted)
    if not looks:
        return []
    found = interviews.find(connection, wanted)
    whole = [call_id for call_id in found if call_id.casefold() == wanted.casefold()]
    return whole or (found if len(wanted) >= SHORTEST_ID else [])


def _nobody(connection: Connection, wanted: str) -> str:
    """Why nothing was found, with the names that are nearly the one given."""
    shown = one_line(wanted, 60)
    names = {contact.name for contact in people.everybody(connection)}
    if people.find_by_name(connection, wanted):
        return f"there is no call with {shown} yet"
    keys = {people.name_key(name): name for name in sorted(names)}
    key = people.name_key(wanted)
    near = [keys[k] for k in difflib.get_close_matches(key, keys, n=3, cutoff=0.6)]
    near += [name for k, name in keys.items() if name not in near and key and key in k.split()]
    sentence = f"no call has the ID or the name {shown!r}"
    return f"{sentence}; did you mean {' or '.join(near[:3])}?" if near else sentence


# -- in ------------------------------------------------------------------------------------------


def take_in(paths: Paths, text: str, clock: Clock, *, dry_run: bool = False) -> Taken:
    """Keep the calls of an export; what is known already is left as it is.

    All of it or nothing. Raises BadImport or DatabaseError.
    """
    try:
        brought = import_json.read_export(text)
    except import_json.BadShape as error:
        raise BadImport(str(error)) from error
    for record in brought.interviews:
        _check_folds(record)
    if dry_run:
        with open_to_read(paths.database) as database, database.transaction() as connection:
            return _sorted_out(connection, brought)
    try:
        make_ready(paths)
    except OSError as error:
        raise explain(error) from error
    with (
        lock.hold(paths.lock, "an import"),
        open_to_write(paths.database, clock.wall()) as database,
        database.transaction() as connection,
    ):
        taken = _sorted_out(connection, brought)
        known = {people.name_key(contact.name) for contact in people.everybody(connection)}
        here: dict[str, str] = {}
        """Who a person of the file is here."""
        for contact in brought.people:
            new = people.name_key(contact.name) not in known
            here[contact.id] = people.keep(connection, contact, new=new).id
        for record in taken.added:
            who = record.contact
            new = who is not None and people.name_key(who.name) not in known
            interviews.add_interview(connection, record, new_contact=new)
            if len(interviews.load(connection, record.id).entries) != len(record.entries):
                raise BadImport(f"entries of the call {record.id} have the ids of another call's")
        for attempt in brought.attempts:
            outreach.add(connection, replace(attempt, contact=here.get(attempt.contact, "")))
        there = {row.id for row in follow_ups.everything(connection)}
        for row in (row for row in brought.follow_ups if row.id not in there):
            who_is = here.get(row.contact) if row.contact else None
            follow_ups.keep(connection, replace(row, contact=who_is))
        afterwards.work_out(connection)
        return taken


def _check_folds(record: CallRecord) -> None:
    """A log that the checks let through and the fold does not take must not be kept."""
    try:
        export_value(record, with_private=True)
    except (ArithmeticError, AssertionError, LookupError, TypeError, ValueError) as error:
        raise BadImport(
            f"the entries of the call {record.id} make no call: {type(error).__name__}"
        ) from error


def _sorted_out(connection: Connection, brought: import_json.Brought) -> Taken:
    """Which calls and people of a file are new here."""
    here = set(interviews.all_ids(connection))
    planned = {summary.id for summary in interviews.planned(connection)}
    added: list[CallRecord] = []
    unchanged: list[CallRecord] = []
    left = list(brought.left)
    for record in brought.interviews:
        takes_over = record.id in planned and record.connected_at is not None
        if record.id not in here or takes_over:
            added.append(record)
            continue
        unchanged.append(record)
        if more := _more(interviews.load(connection, record.id), record):
            left.append(f"{more} of the call {record.id[:8]}, which is here already")
    known = people.everybody(connection)
    ids = {contact.id for contact in known}
    names = {people.name_key(contact.name) for contact in known}
    brought_people = {
        contact.id: contact
        for contact in (*brought.people, *(r.contact for r in added if r.contact))
    }
    new = [
        contact
        for contact in brought_people.values()
        if contact.id not in ids and people.name_key(contact.name) not in names
    ]
    return Taken(tuple(added), tuple(unchanged), len(new), tuple(left))


def _more(kept: CallRecord, record: CallRecord) -> str:
    """Entries that a file has of a known call and the one here has not."""
    here = {entry.id for entry in kept.entries}
    more = sum(entry.id not in here for entry in record.entries if entry.kind != "shown")
    return f"{more} {'entry' if more == 1 else 'entries'}" if more else ""
