"""A call as the one JSON object that others rely on, and many calls as a library of them.

Keys and their order are a contract (docs/data.md); all are always there, unknown is null.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from iview_tui.domain.agreement import spans
from iview_tui.domain.due import due
from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.follow_up import FollowUp
from iview_tui.domain.lexicon import Lexicon
from iview_tui.domain.line import term_and_meaning
from iview_tui.domain.live import Listed, LiveInterview, Phase, fold
from iview_tui.domain.outreach import Attempt
from iview_tui.domain.privacy import private_ids, with_all_about
from iview_tui.domain.record import Agreement, CallRecord, Contact
from iview_tui.domain.wording import first
from iview_tui.interchange.guides.value import guide_value

INTERVIEW = "iview/interview/1"
LIBRARY = "iview/library/1"
PRIVATE = "(private)"
"""What stands in place of a sentence that names someone private."""


def dumps(value: Any) -> str:
    """The text of an export, with a line end."""
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def interview_value(
    record: CallRecord, live: LiveInterview, lexicon: Lexicon, *, with_private: bool = False
) -> dict[str, Any]:
    """One call as an object; `live` is the fold of the record's log.

    Without `with_private` the private entries are left out, with what is folded from them and said
    about them.
    """
    private = private_ids(live.log)
    left_out = frozenset[str]() if with_private else with_all_about(live.log, private)
    told = _without(live, left_out) if left_out else live
    return {
        "schema": INTERVIEW,
        "interview": _interview(record, live, told),
        "guide": guide_value(record.guide)["guide"],
        "topics": _topics(record, told),
        "entries": list(_entries(live, private, left_out)),
        "draft": record.draft if with_private or not record.draft_private else None,
        **_lists(told, lexicon),
        "changes": list(_changes(live)),
        "prompts": list(_prompts(live, left_out)),
    }


def library_value(
    people: Iterable[Contact],
    interviews: Sequence[dict[str, Any]],
    attempts: Iterable[Attempt] = (),
    follow_ups: Iterable[FollowUp] = (),
) -> dict[str, Any]:
    """Many calls, the people of them, and every attempt to reach these."""
    return {
        "schema": LIBRARY,
        "people": [person_value(contact) for contact in people],
        "guides": [],
        "outreach": [_attempt(attempt) for attempt in attempts],
        "drafts": [],
        "follow_ups": [_follow_up(row) for row in follow_ups],
        "interviews": list(interviews),
    }


def contact_value(contact: Contact) -> dict[str, Any]:
    """A person."""
    return {
        "id": contact.id,
        "name": contact.name,
        "organization": contact.organization,
        "role": contact.role,
        "emails": list(contact.emails),
        "phones": list(contact.phones),
        "via": contact.via,
    }


def person_value(contact: Contact) -> dict[str, Any]:
    """A person, with all that is known of them."""
    return {
        **contact_value(contact),
        "said": contact.said,
        "pronouns": contact.pronouns,
        "linkedin": contact.linkedin,
        "time_zone": contact.time_zone,
        "source": contact.source,
        "background": contact.background,
        "tags": list(contact.tags),
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "id": attempt.id,
        "contact": attempt.contact,
        "at": attempt.at.isoformat(),
        "channel": attempt.channel,
        "sent": attempt.sent,
        "outcome": attempt.outcome,
        "text": attempt.text,
        "next": attempt.next.isoformat() if attempt.next else None,
        "interview": attempt.interview,
    }


def _follow_up(row: FollowUp) -> dict[str, Any]:
    return {
        "id": row.id,
        "what": row.what,
        "contact": row.contact,
        "interview": row.interview,
        "entry": row.entry,
        "due": row.due.isoformat() if row.due else None,
        "done_at": row.done_at.isoformat() if row.done_at else None,
    }


def _without(live: LiveInterview, left_out: frozenset[str]) -> LiveInterview:
    """The call as it would stand had the left out entries not been written."""
    kept = (
        replace(entry, retracted=entry.id in live.retracted)
        for entry in live.log
        if entry.id not in left_out and entry.kind not in (Kind.UNDO, Kind.REDO)
    )
    return fold(live.ground, tuple(kept))


def _interview(record: CallRecord, live: LiveInterview, told: LiveInterview) -> dict[str, Any]:
    connected = live.phase is not Phase.PLANNED
    zone = live.ground.connected_at.timezone
    planned = record.planned_at.in_timezone(zone) if record.planned_at and zone else None
    agreement, start = live.agreement, live.agreement.start
    return {
        "id": record.id,
        "contact": contact_value(record.contact) if record.contact else None,
        "also_present": list(told.also_present),
        "purpose": record.purpose or record.guide.purpose,
        "agreed_minutes": live.agreed_minutes if connected else record.agreed_minutes,
        "planned_at": planned.isoformat() if planned else None,
        "started_at": _instant(live, agreement.start) if connected else None,
        "agreed_end": _instant(live, agreement.end) if connected else None,
        "ended_at": None if live.ended_at is None else _instant(live, live.ended_at),
        "time_zone": record.time_zone,
        "consent": live.consent,
        "drops": [
            {
                "seconds": drop.since - start,
                "until": None if drop.until is None else drop.until - start,
            }
            for drop in live.drops
        ],
        "state": str(live.phase),
        "outcome": live.outcome,
        **({"agreement": _agreement(record.agreement)} if record.agreement != Agreement() else {}),
    }


def _agreement(agreement: Agreement) -> dict[str, Any]:
    """What was arranged and prepared; a call without any of it has no such key."""
    called_off = agreement.cancelled_at
    return {
        "medium": agreement.medium,
        "who_calls": agreement.who_calls,
        "place": agreement.place,
        "asked": agreement.asked,
        "learn": agreement.learn,
        "goals": list(agreement.goals),
        "brief": agreement.brief,
        "invitation": agreement.invitation,
        "invitation_sequence": agreement.invitation_sequence,
        "cancelled_at": called_off.in_timezone("UTC").isoformat() if called_off else None,
    }


def _instant(live: LiveInterview, moment: int) -> str:
    return live.instant(moment).isoformat()


def _topics(record: CallRecord, told: LiveInterview) -> list[dict[str, Any]]:
    return [
        {
            **topic,
            "state": str(told.coverage(topic["number"]).state),
            "unprompted": told.coverage(topic["number"]).unprompted,
            "seconds": told.seconds_on(topic["number"]),
        }
        for topic in guide_value(record.guide)["topics"]
    ]


def _entries(
    live: LiveInterview, private: frozenset[str], left_out: frozenset[str]
) -> Iterator[dict[str, Any]]:
    """The log but for what was shown and the moves that another move replaced."""
    stands = {entry.id: entry for entry in live.counting}
    start = live.agreement.start
    for written in live.log:
        if written.kind is Kind.SHOWN or written.id in live.passed or written.id in left_out:
            continue
        entry = stands.get(written.id, written)
        yield {
            "id": entry.id,
            "line": entry.line,
            "seconds": entry.stamp - start,
            "entered": entry.entered - start,
            "kind": str(entry.kind),
            "text": entry.text,
            "comment": entry.comment,
            "topic": entry.topic,
            "about": entry.about,
            "value": dict(entry.value) or None,
            "caption": entry.caption,
            "starred": live.is_starred(entry),
            "private": entry.id in private,
            "retracted": entry.id in live.retracted,
        }


def _lists(told: LiveInterview, lexicon: Lexicon) -> dict[str, Any]:
    """What was folded from the log, in the order of the log."""
    by_kind: dict[Kind, list[Listed]] = {kind: [] for kind in Kind}
    for listed in told.listed:
        by_kind[listed.entry.kind].append(listed)

    def settling(kind: Kind) -> list[dict[str, Any]]:
        return [
            {"entry": one.entry.id, "text": one.entry.text, "settled": one.how is not None}
            for one in by_kind[kind]
        ]

    return {
        "referrals": _referrals(told),
        "organizations": settling(Kind.ORGANIZATION),
        "opportunities": settling(Kind.OPPORTUNITY),
        "later": settling(Kind.LATER),
        "parked": settling(Kind.PARKED),
        "promises": list(_promises(told)),
        "jargon": [_jargon(one.entry, lexicon) for one in by_kind[Kind.JARGON]],
    }


def _referrals(told: LiveInterview) -> list[dict[str, Any]]:
    return [
        {
            "entry": person.entry,
            "name": person.name,
            "organization": person.organization,
            "contact": person.contact,
            "sure": person.sure,
            "may_use_name": person.may_use_name,
            "check_in": person.check_in,
            "spelling_checked": person.spelling_checked,
        }
        for person in told.referrals
    ]


def _promises(told: LiveInterview) -> Iterator[dict[str, Any]]:
    whose = {Kind.PROMISE_THEIRS: "theirs", Kind.PROMISE_MINE: "mine"}
    for listed in told.listed:
        entry = listed.entry
        if entry.kind in whose:
            day = due(entry.text, told.instant(entry.entered).date())
            yield {
                "entry": entry.id,
                "whose": whose[entry.kind],
                "text": entry.text,
                "due": day.isoformat() if day else None,
            }


def _jargon(entry: Entry, lexicon: Lexicon) -> dict[str, Any]:
    term, meaning = term_and_meaning(entry.text, lexicon)
    return {"entry": entry.id, "term": term, "meaning": meaning}


def _changes(live: LiveInterview) -> Iterator[dict[str, Any]]:
    """What moved the start or the end and counts, each with the end that it led to."""
    counts = {entry.id for entry in live.counting}
    for index, entry in enumerate(live.log):
        if entry.kind in (Kind.EXTEND, Kind.BEGAN) and entry.id in counts:
            after = spans(live.log[: index + 1], live.ground.connected_at)[-1].agreement
            yield {
                "entry": entry.id,
                "seconds": entry.entered - live.agreement.start,
                "text": entry.text,
                "agreed_end": _instant(live, after.end),
            }


def _prompts(live: LiveInterview, left_out: frozenset[str]) -> Iterator[dict[str, Any]]:
    hidden = _named_in_private(live, left_out)
    for entry in live.log:
        if entry.kind is Kind.SHOWN:
            names_them = hidden is not None and hidden.search(entry.text)
            yield {
                "seconds": entry.entered - live.agreement.start,
                "kind": entry.value.get("kind"),
                "text": PRIVATE if names_them else entry.text,
            }


def _named_in_private(live: LiveInterview, left_out: frozenset[str]) -> re.Pattern[str] | None:
    """Finds the people that only left out entries name, as a sentence would name them."""
    names: dict[bool, set[str]] = {True: set(), False: set()}
    stands = {entry.id: entry for entry in live.counting}
    for written in live.log:
        for entry in (written, stands.get(written.id, written)):
            if entry.kind is Kind.REFERRAL or entry.kind is Kind.FIX:
                name = entry.value.get("name") or live.ground.read_person(entry.text).name
                names[written.id in left_out].add(first(name))
    hidden = sorted(names[True] - names[False] - {""})
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, hidden))})(?!\w)") if hidden else None
