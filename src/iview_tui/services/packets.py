"""Calls as documents for others' programs, and all that follows a call together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pendulum
from pendulum import DateTime

from iview_tui.clock import Clock
from iview_tui.domain.record import Contact
from iview_tui.domain.today import PRIVATE
from iview_tui.paths import Paths
from iview_tui.services import letters

if TYPE_CHECKING:
    from iview_tui.domain.letters import Draft
    from iview_tui.interchange.calendar import AllDay, Event

THANKS_UNTIL = 30
"""Days after a talk for which its letter is the thank-you; later it tells how things went."""
Value = Mapping[str, Any]


class NothingThere(Exception):  # noqa: N818 (the name is the sentence)
    """There is nothing for such a document; the text is a sentence."""


class Writer:
    """Documents out of the objects of the JSON export, which has left out what is private."""

    def __init__(self, paths: Paths, clock: Clock, me: Mapping[str, str]) -> None:
        self._paths = paths
        self._clock = clock
        self._me = me

    def document(self, kind: str, value: Value) -> str:
        """A call, or a library of calls, as one document: md, html, csv, ics, vcf or eml.

        Raises NothingThere, BadTemplate, people.NotFound or DatabaseError.
        """
        calls = [value] if "interview" in value else value["interviews"]
        if not calls and kind in ("md", "html", "csv"):
            raise NothingThere("no call is there yet: there is nothing to write")
        match kind:
            case "md":
                from iview_tui.interchange.markdown import document, markdown

                # Front matter is one of a file, at its very beginning.
                return document(calls[0]) if len(calls) == 1 else "\n".join(map(markdown, calls))
            case "html":
                from iview_tui.interchange.html import page

                return page(calls, _title(calls))
            case "csv":
                from iview_tui.interchange.table import table

                return table(calls)
            case "vcf":
                return self._cards(calls, value.get("people", ()))
            case "ics":
                return self._events(calls, planned_alone=calls != [value])
            case _:
                draft = self._letter(value)
                return letters.eml(draft, self._me.get("email", "")).decode("utf-8")

    def packet(self, call: Value) -> Iterator[tuple[str, str]]:
        """The kinds of documents that follow a call, each with its text; what is empty is left.

        The events are what is due: promises with a day, and check-ins. Raises as `document` does.
        """
        from iview_tui.interchange.calendar import write_events
        from iview_tui.interchange.export_json import dumps

        yield "json", dumps(dict(call))
        for kind in ("md", "html", "csv", "vcf", "eml"):
            try:
                yield kind, self.document(kind, call)
            except NothingThere:
                continue
        if due := list(_due(call)):
            yield "ics", write_events(due, self._clock.wall())

    # -- cards -----------------------------------------------------------------------------------

    def _cards(self, calls: Sequence[Value], people: Sequence[Value]) -> str:
        """The people of a library; of one call who talked and, of the named ones, the sure ones."""
        from iview_tui.interchange.contacts import write_vcards

        by_id, by_name = self._kept()
        found: dict[str, Contact] = {}
        for row in people:
            told = by_id.get(row["id"], _contact(row))
            found.setdefault(told.id, told)
        for call in calls:
            who = call["interview"]["contact"]
            if who:
                told = by_id.get(who["id"], _contact(who))
                found.setdefault(told.id, told)
            names = {_key(contact.name) for contact in found.values()}
            for row in call["referrals"]:
                if row["sure"] and _key(row["name"]) not in names:
                    names.add(_key(row["name"]))
                    named = _named(row, who)
                    kept = by_name.get(_key(named.name))
                    told = replace(kept.filled(named), id=kept.id) if kept else named
                    found.setdefault(told.id, told)
        if not found:
            raise NothingThere("nobody is named there: there is no card to write")
        return write_vcards(found.values())

    def _kept(self) -> tuple[dict[str, Contact], dict[str, Contact]]:
        """Everybody by id, and, but for those who were named in private, by name."""
        from iview_tui.store import people
        from iview_tui.store.database import open_to_read

        with open_to_read(self._paths.database) as opened, opened.transaction() as connection:
            everybody = people.everybody(connection)
        named = {_key(each.name): each for each in everybody if PRIVATE not in each.tags}
        return {each.id: each for each in everybody}, named

    # -- events ----------------------------------------------------------------------------------

    def _events(self, calls: Sequence[Value], *, planned_alone: bool) -> str:
        """One call, or of several those that are still planned, as a calendar."""
        from iview_tui.interchange.calendar import write_events

        found = [
            event
            for call in calls
            if not (planned_alone and not _is_planned(call)) and (event := self._event(call))
        ]
        if not found:
            raise NothingThere("no time is agreed there: there is no event to write")
        return write_events(found, self._clock.wall())

    def _event(self, call: Value) -> Event | None:
        from iview_tui.services import agenda, library

        return agenda.event(library.find_call(self._paths.database, call["interview"]["id"]))

    # -- letters ---------------------------------------------------------------------------------

    def _letter(self, value: Value) -> Draft:
        """Of a call its letter; of a person the one worked on last, else that of the last call."""
        if "interview" in value:
            return self._about(value)
        if len(value["people"]) != 1:
            raise NothingThere("a letter is to one person: name them, or one call with them")
        who = value["people"][0]["id"]
        draft = letters.newest(self._paths, who)
        if draft is not None:
            return draft
        ended = [call for call in value["interviews"] if call["interview"]["ended_at"]]
        if ended:
            last = max(ended, key=lambda call: str(call["interview"]["ended_at"]))
            return self._about(last)
        return letters.write(self._paths, self._clock, self._me, "email", who)

    def _about(self, value: Value) -> Draft:
        call = value["interview"]
        if not call["contact"]:
            raise NothingThere("nobody is named there: there is no letter to write")
        kind = "email"
        if call["ended_at"]:
            ended = pendulum.parse(call["ended_at"])
            assert isinstance(ended, DateTime)
            days = (self._clock.wall() - ended).total_days()
            kind = "thanks" if days <= THANKS_UNTIL else "posted"
        return letters.write(
            self._paths, self._clock, self._me, kind, call["contact"]["id"],
            call["id"] if call["ended_at"] else None,
        )  # fmt: skip


def _title(calls: Sequence[Value]) -> str:
    if len(calls) == 1:
        who = calls[0]["interview"]["contact"]
        return str(who["name"] if who else calls[0]["guide"]["title"])
    return f"{len(calls)} interviews"


def _is_planned(call: Value) -> bool:
    about = call["interview"]
    return about["started_at"] is None and not about.get("agreement", {}).get("cancelled_at")


def _due(value: Value) -> Iterator[AllDay]:
    """Promises with a day, and the days on which to ask whether they asked a person."""
    from iview_tui.interchange.calendar import AllDay

    who = value["interview"]["contact"]
    name = who["name"] if who else "they"
    for row in value["promises"]:
        if row["due"]:
            whose = f"{name} promised" if row["whose"] == "theirs" else "I promised"
            to = f" ({name})" if row["whose"] == "mine" and who else ""
            day = date.fromisoformat(row["due"])
            yield AllDay(f"{row['entry']}-promise", day, f"{whose}: {row['text']}{to}")
    for row in value["referrals"]:
        if row["check_in"]:
            asked = f"Check in with {name} about {row['name']}" if who else row["name"]
            yield AllDay(f"{row['entry']}-check-in", date.fromisoformat(row["check_in"]), asked)


def _contact(row: Value) -> Contact:
    return Contact(
        row["id"], row["name"], row["organization"], row["role"], tuple(row["emails"]),
        tuple(row["phones"]), row["via"],
    )  # fmt: skip


def _named(row: Value, who: Value | None) -> Contact:
    reach = row["contact"] or ""
    ways = [way.strip() for way in reach.split(";") if way.strip()]
    return Contact(
        row["entry"], row["name"], row["organization"], None,
        tuple(way for way in ways if "@" in way), tuple(way for way in ways if "@" not in way),
        who["name"] if who else None,
    )  # fmt: skip


def _key(name: str) -> str:
    from iview_tui.store.people import name_key

    return name_key(name)
