"""Calls as documents for others' programs, and all that follows a call together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pendulum
from pendulum import DateTime

from iview_tui.clock import Clock
from iview_tui.domain.letters import BadTemplate
from iview_tui.domain.record import Contact
from iview_tui.paths import Paths
from iview_tui.services import letters

if TYPE_CHECKING:
    from iview_tui.interchange.calendar import Event

THANKS_UNTIL = 30
"""Days after a talk for which its letter is the thank-you; later it tells how things went."""


class NothingThere(Exception):  # noqa: N818 (the name is the sentence)
    """There is nothing for such a document; the text is a sentence."""


class Writer:
    """Documents out of the objects of the JSON export, which has left out what is private."""

    def __init__(self, paths: Paths, clock: Clock, me: Mapping[str, str]) -> None:
        self._paths = paths
        self._clock = clock
        self._me = me

    def document(
        self,
        kind: str,
        calls: Sequence[Mapping[str, Any]],
        people: Sequence[Mapping[str, Any]] = (),
    ) -> str:
        """The text of a document: md, html, csv, ics, vcf or eml.

        Raises NothingThere, BadTemplate or DatabaseError.
        """
        match kind:
            case "md":
                from iview_tui.interchange.markdown import markdown

                return "\n".join(map(markdown, calls))
            case "html":
                from iview_tui.interchange.html import page

                return page(calls, _title(calls))
            case "csv":
                from iview_tui.interchange.table import table

                return table(calls)
            case "vcf":
                return self._cards(calls, people)
            case "ics":
                return self._events(calls)
            case _:
                return self._letter(calls)

    def packet(self, call: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """The kinds of documents that follow a call, each with its text; what is empty is left."""
        from iview_tui.interchange.export_json import dumps

        yield "json", dumps(dict(call))
        for kind in ("md", "html", "csv", "vcf", "eml"):
            try:
                yield kind, self.document(kind, [call])
            except (NothingThere, BadTemplate):
                continue

    def _cards(
        self, calls: Sequence[Mapping[str, Any]], people: Sequence[Mapping[str, Any]]
    ) -> str:
        from iview_tui.interchange.contacts import write_vcards

        found = [_contact(row) for row in people]
        known = {contact.name.casefold() for contact in found}
        for call in calls:
            who = call["interview"]["contact"]
            rows = [_contact(who)] if who else []
            rows += [_named(row, who) for row in call["referrals"] if row["sure"]]
            for contact in rows:
                if contact.name.casefold() not in known:
                    known.add(contact.name.casefold())
                    found.append(contact)
        if not found:
            raise NothingThere("nobody is named there: there is no card to write")
        return write_vcards(found)

    def _events(self, calls: Sequence[Mapping[str, Any]]) -> str:
        from iview_tui.interchange.calendar import write_event

        found = [event for call in calls if (event := _event(call)) is not None]
        if not found:
            raise NothingThere("no time is agreed there: there is no event to write")
        return "".join(write_event(event, event.at) for event in found)

    def _letter(self, calls: Sequence[Mapping[str, Any]]) -> str:
        if len(calls) != 1 or not calls[0]["interview"]["contact"]:
            raise NothingThere("a letter is about one call with somebody who is named")
        call = calls[0]["interview"]
        kind = "email"
        if call["ended_at"]:
            ended = pendulum.parse(call["ended_at"])
            assert isinstance(ended, DateTime)
            days = (self._clock.wall() - ended).total_days()
            kind = "thanks" if days <= THANKS_UNTIL else "posted"
        draft = letters.write(
            self._paths, self._clock, self._me, kind, call["contact"]["id"],
            call["id"] if call["ended_at"] else None,
        )  # fmt: skip
        return letters.eml(draft, self._me.get("email", "")).decode("utf-8")


def _title(calls: Sequence[Mapping[str, Any]]) -> str:
    if len(calls) == 1:
        who = calls[0]["interview"]["contact"]
        return str(who["name"] if who else calls[0]["guide"]["title"])
    return f"{len(calls)} interviews"


def _contact(row: Mapping[str, Any]) -> Contact:
    return Contact(
        row["id"], row["name"], row["organization"], row["role"], tuple(row["emails"]),
        tuple(row["phones"]), row["via"],
    )  # fmt: skip


def _named(row: Mapping[str, Any], who: Mapping[str, Any] | None) -> Contact:
    reach = row["contact"] or ""
    ways = [way.strip() for way in reach.split(";") if way.strip()]
    return Contact(
        row["entry"], row["name"], row["organization"], None,
        tuple(way for way in ways if "@" in way), tuple(way for way in ways if "@" not in way),
        who["name"] if who else None,
    )  # fmt: skip


def _event(value: Mapping[str, Any]) -> Event | None:
    from iview_tui.interchange.calendar import Event

    call = value["interview"]
    said = call["started_at"] or call["planned_at"]
    if said is None:
        return None
    at = pendulum.parse(said)
    assert isinstance(at, DateTime)
    who, agreed = call["contact"], call.get("agreement") or {}
    rows = [
        f"Number: {who['phones'][0]}" if who and who["phones"] else "",
        f"Who calls: {'they do' if agreed.get('who_calls') == 'them' else 'I do'}",
        f"Purpose: {call['purpose']}" if call["purpose"] else "",
        *[f"{topic['number']} {topic['title']}" for topic in value["topics"]],
    ]
    name = who["name"] if who else value["guide"]["title"]
    return Event(
        agreed.get("invitation") or f"{call['id']}@iview", agreed.get("invitation_sequence") or 0,
        at, call["agreed_minutes"], f"Interview with {name}", "\n".join(filter(None, rows)),
        agreed.get("place") or "", bool(agreed.get("cancelled_at")),
    )  # fmt: skip
