"""People: kept, found as one types, with their whole story, and every attempt to reach them."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pendulum import DateTime

from iview_tui.clock import Clock
from iview_tui.domain import knowing
from iview_tui.domain import today as day
from iview_tui.domain.follow_up import FollowUp
from iview_tui.domain.outreach import Attempt, Step, next_step
from iview_tui.domain.record import Contact
from iview_tui.domain.text import one_line
from iview_tui.domain.value import value
from iview_tui.paths import Paths
from iview_tui.services.bank import cadence
from iview_tui.services.call import new_uuid
from iview_tui.services.writing import writing

if TYPE_CHECKING:
    from iview_tui.store.database import Connection

SHORTEST_ID = 4
"""Letters of an id that are enough."""


class NotFound(Exception):  # noqa: N818 (the name is the sentence)
    """There is no such person or thing, or more than one; the text is a sentence."""


@value
class Listed:
    """A person in a list."""

    contact: Contact
    last_contact: DateTime | None


@value
class Story:
    """All that is known of a person."""

    contact: Contact
    attempts: tuple[Attempt, ...]
    """In the order of time."""
    talks: tuple[day.Talk, ...]
    named: tuple[day.Told, ...]
    """Whom they named."""
    named_by: tuple[day.Told, ...]
    """Where they were named themselves."""
    due: tuple[day.Due, ...]
    step: Step
    """What comes next with them."""


# -- finding -------------------------------------------------------------------------------------


class Finder:
    """Everybody, read and prepared once, so that a search takes a few milliseconds."""

    def __init__(self, database: Path) -> None:
        """Read everybody. Raises DatabaseError."""
        from iview_tui.store import people
        from iview_tui.store.database import open_to_read
        from iview_tui.store.moments import read_instant

        with open_to_read(database) as opened, opened.transaction() as connection:
            self._last = {
                who: read_instant(at) for who, at in people.last_contacts(connection).items()
            }
            everybody = people.everybody(connection)
        everybody.sort(key=lambda one: (one.id not in self._last, one.name.casefold()))
        self._known = [knowing.known(contact) for contact in everybody]

    def find(self, wanted: str, limit: int = 50) -> tuple[Listed, ...]:
        """Those whom a name, an organization or the last digits of a number mean, best first."""
        return tuple(self._listed(one) for one in knowing.find(self._known, wanted, limit))

    def everybody(self) -> tuple[Listed, ...]:
        """Everybody; those with whom there was contact first, then by name."""
        return tuple(self._listed(each.contact) for each in self._known)

    def _listed(self, contact: Contact) -> Listed:
        return Listed(contact, self._last.get(contact.id))


def story(database: Path, wanted: str) -> Story:
    """The story of the person whom a name or the first letters of an id mean.

    Raises NotFound or DatabaseError.
    """
    from iview_tui.store import facts
    from iview_tui.store.database import open_to_read

    with open_to_read(database) as opened, opened.transaction() as connection:
        contact = person(connection, wanted)
        known = facts.read(connection)
    attempts = tuple(each for each in known.attempts if each.contact == contact.id)
    own_talks = tuple(talk for talk in known.talks if talk.contact == contact.id)
    due = (item for item in day.all_due(known, cadence()) if item.contact == contact.id)
    return Story(
        contact,
        attempts,
        own_talks,
        tuple(each for each in known.told if each.by == contact.name),
        tuple(each for each in known.told if each.contact == contact.id),
        tuple(sorted(due, key=lambda item: (item.due.isoformat(), item.id))),
        next_step(attempts, cadence()),
    )


def person(connection: Connection, wanted: str) -> Contact:
    """The person of that name, or whose id begins so. Raises NotFound."""
    from iview_tui.store import people

    named = people.find_by_name(connection, wanted)
    if len(named) == 1:
        return named[0]
    if named:
        rows = [f"{one.id[:8]} ({one.organization or 'no organization'})" for one in named]
        raise NotFound(
            f"{len(named)} people have that name; say which by its id: {', '.join(rows)}"
        )
    everybody = people.everybody(connection)
    if len(wanted) >= SHORTEST_ID:
        by_id = [one for one in everybody if one.id.startswith(wanted.casefold())]
        if len(by_id) == 1:
            return by_id[0]
    keys = {people.name_key(one.name): one.name for one in everybody}
    near = difflib.get_close_matches(people.name_key(wanted), keys, n=3, cutoff=0.6)
    mean = f"; did you mean {' or '.join(keys[key] for key in near)}?" if near else ""
    raise NotFound(f"nobody here has the name {one_line(wanted, 60)!r}{mean}")


# -- keeping -------------------------------------------------------------------------------------


def add(paths: Paths, clock: Clock, contact: Contact, *, new: bool = False) -> Contact:
    """Keep a person; the same name is the same person, unless `new`. Raises DatabaseError."""
    from iview_tui.store import people

    with writing(paths, clock, "adding a person") as connection:
        return people.keep(connection, contact, new=new)


def change(paths: Paths, clock: Clock, contact: Contact) -> Contact:
    """Keep a known person exactly as given. Raises NotFound or DatabaseError."""
    from iview_tui.store import people

    with writing(paths, clock, "a change of a person") as connection:
        if people.get(connection, contact.id) is None:
            raise NotFound(f"{contact.name} is not kept here any more")
        people.put(connection, contact)
    return contact


def log(paths: Paths, clock: Clock, wanted: str, attempt: Attempt) -> tuple[Attempt, ...]:
    """Record an attempt to reach a person; all attempts with them, in the order of time.

    Its id, person and instant are made here. Raises NotFound or DatabaseError.
    """
    from iview_tui.store import outreach

    with writing(paths, clock, "the contact log") as connection:
        contact = person(connection, wanted)
        made = replace(attempt, id=new_uuid(), contact=contact.id, at=clock.wall())
        outreach.add(connection, made)
        return tuple(outreach.with_person(connection, contact.id))


def attempts(database: Path, wanted: str) -> tuple[Attempt, ...]:
    """The attempts to reach a person, in the order of time. Raises NotFound or DatabaseError."""
    from iview_tui.store import outreach
    from iview_tui.store.database import open_to_read

    with open_to_read(database) as opened, opened.transaction() as connection:
        return tuple(outreach.with_person(connection, person(connection, wanted).id))


def remind(paths: Paths, clock: Clock, what: str, due: date, wanted: str | None = None) -> FollowUp:
    """Keep something to be reminded of on a day. Raises NotFound or DatabaseError."""
    from iview_tui.store import follow_ups

    with writing(paths, clock, "a reminder") as connection:
        contact = person(connection, wanted).id if wanted else None
        row = FollowUp(new_uuid(), what, contact, due=due)
        follow_ups.keep(connection, row)
        return row


def done(paths: Paths, clock: Clock, wanted: str) -> day.Due:
    """Record that something that was due is done: by the first letters of its id.

    Raises NotFound or DatabaseError.
    """
    from iview_tui.store import facts, follow_ups

    with writing(paths, clock, "marking something done") as connection:
        known = facts.read(connection)
        prefix = wanted.strip().casefold()
        found = [
            item
            for item in day.all_due(known, cadence())
            if len(prefix) >= SHORTEST_ID and item.id.startswith(prefix)
        ]
        if len(found) != 1:
            several = f"{len(found)} things that are due have" if found else "nothing due has"
            raise NotFound(f"{several} an ID that begins with {one_line(wanted, 40)!r}")
        item = found[0]
        row = FollowUp(
            item.id, item.what, item.contact, item.interview, item.entry, item.due, clock.wall()
        )
        follow_ups.keep(connection, row)
        return item


# -- address books -------------------------------------------------------------------------------


class BadContacts(Exception):  # noqa: N818 (the name is the sentence)
    """An address book that cannot be taken; the text is a sentence. Nothing of it was kept."""


@value
class Doubtful:
    """Somebody who may be known already; not taken in until a person has said so."""

    line: int
    contact: Contact
    like: Contact
    why: str


@value
class LeftOut:
    """What was not taken."""

    line: int
    text: str
    why: str


@value
class Imported:
    """What an address book brought, or would bring."""

    added: tuple[Contact, ...] = ()
    merged: tuple[Contact, ...] = ()
    unchanged: int = 0
    doubtful: tuple[Doubtful, ...] = ()
    left: tuple[LeftOut, ...] = ()


def take_in(
    paths: Paths,
    clock: Clock,
    data: bytes,
    name: str,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Imported:
    """Take in an address book: all of it or nothing; `progress` is told what is done, of how much.

    Doubtful ones are given back and not kept: `add` merges one or, with `new`, keeps them apart.
    Raises BadContacts or DatabaseError.
    """
    from iview_tui.interchange import contacts
    from iview_tui.store import people
    from iview_tui.store.database import open_to_read

    try:
        found = contacts.read_contacts(data, name, new_uuid, progress)
    except contacts.BadContacts as error:
        raise BadContacts(str(error)) from error
    left = tuple(LeftOut(row.line, row.text, row.why) for row in found.left)
    brought = [(row.line, row.contact) for row in found.contacts]
    if dry_run:
        with open_to_read(paths.database) as opened, opened.transaction() as connection:
            return replace(_sorted_out(people.everybody(connection), brought), left=left)
    with writing(paths, clock, "an import of people") as connection:
        sorted_out = _sorted_out(people.everybody(connection), brought)
        at = clock.wall().in_timezone("UTC").isoformat()
        people.add_all(connection, sorted_out.added, at)
        for contact in sorted_out.merged:
            people.put(connection, contact)
    return replace(sorted_out, left=left)


def _sorted_out(here: list[Contact], brought: list[tuple[int, Contact]]) -> Imported:
    """Who is new, known with something new, known altogether, or perhaps known."""
    from iview_tui.domain.duplicates import Known

    known = Known(here)
    now = {contact.id: contact for contact in here}
    kept = frozenset(now)
    changed: dict[str, None] = {}
    added: list[str] = []
    unchanged, doubtful = 0, []
    for line, contact in brought:
        match = known.match(contact)
        if match.contact is None:
            known.add(contact)
            now[contact.id] = contact
            added.append(contact.id)
        elif match.kind == "doubtful":
            doubtful.append(Doubtful(line, contact, now[match.contact.id], match.why))
        else:
            before = now[match.contact.id]
            after = before.filled(contact)
            unchanged += after == before
            if after != before:
                now[before.id] = after
                known.add(after)
                if before.id in kept:
                    changed[before.id] = None
    return Imported(
        tuple(now[each] for each in added),
        tuple(now[each] for each in changed),
        unchanged,
        tuple(doubtful),
    )
