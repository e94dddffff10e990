"""What is agreed and what the day asks for: planning, putting off, calling off, and today."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pendulum import DateTime

from iview_tui.clock import Clock
from iview_tui.domain import today as day
from iview_tui.domain.guide import Guide
from iview_tui.domain.record import Agreement, CallRecord, Contact
from iview_tui.domain.scheduling import Invitation, Slot, both_zones, clashes, outside_hours
from iview_tui.domain.value import value
from iview_tui.paths import Paths
from iview_tui.services.bank import cadence
from iview_tui.services.call import new_uuid
from iview_tui.services.writing import writing

if TYPE_CHECKING:
    from iview_tui.interchange.calendar import Event
    from iview_tui.store.database import Connection


LEAST, MOST = 10, 60
"""Minutes of a call: from ten on where it is offered on the spot."""
LEAST_DIGITS = 5


class BadInvitation(Exception):  # noqa: N818 (the name is the sentence)
    """An invitation that cannot be taken; the text is a sentence."""


@value
class Asked:
    """What is to be agreed; None leaves a planned call's as it is."""

    at: DateTime | None = None
    minutes: int | None = None
    medium: str | None = None
    who_calls: str | None = None
    place: str | None = None
    asked: str | None = None
    learn: str | None = None
    goals: tuple[str, ...] | None = None
    brief: str | None = None
    guide: Guide | None = None
    zone: str | None = None
    """Theirs."""


@value
class Planned:
    """A call as it is agreed now."""

    record: CallRecord
    clashes: tuple[Slot, ...] = ()
    """Other calls at that time."""
    words: tuple[str, ...] = ()
    """What is worth saying: a clash, a time outside their working day; each a sentence."""


# -- today ---------------------------------------------------------------------------------------


def today(database: Path, clock: Clock, *, with_private: bool = True) -> day.Today:
    """The day, worked out of what is recorded. Raises DatabaseError."""
    from iview_tui.store import facts
    from iview_tui.store.database import open_to_read

    with open_to_read(database) as opened, opened.transaction() as connection:
        known = facts.read(connection)
    if not with_private:
        known = _public(known)
    return day.today(known, clock.wall().in_timezone(clock.zone()), cadence())


def _public(known: day.Facts) -> day.Facts:
    """The facts without what is private."""
    return replace(
        known,
        people={who: one for who, one in known.people.items() if day.PRIVATE not in one.tags},
        told=[each for each in known.told if not each.private],
        promises=[each for each in known.promises if not each.private],
    )


def planned(database: Path, interview: str) -> Planned:
    """A planned call as it is agreed, by its UUID. Raises KeyError or DatabaseError."""
    from iview_tui.store import interviews
    from iview_tui.store.database import open_to_read

    with open_to_read(database) as opened, opened.transaction() as connection:
        return _checked(connection, interviews.load(connection, interview))


# -- planning ------------------------------------------------------------------------------------


def plan(
    paths: Paths, clock: Clock, contact: Contact, asked: Asked, guide: Guide, *, new: bool = False
) -> Planned:
    """Agree on a call with a person, or move the one that is planned with them.

    The person is kept where they are not known; `guide` is for a call that is not planned yet.
    Raises DatabaseError.
    """
    from iview_tui.store import interviews, people

    with writing(paths, clock, "planning a call") as connection:
        who = people.keep(connection, replace(contact, time_zone=None), new=new)
        zone = asked.zone or contact.time_zone
        if zone and who.time_zone != zone:
            who = replace(who, time_zone=zone)
            people.put(connection, who)
        found = _planned_with(connection, who)
        record = found or CallRecord(
            new_uuid(), who, guide, guide.purpose, 30, None, None, clock.zone()
        )
        record = _numbered(_agreed(replace(record, contact=who), asked), found)
        interviews.add_interview(connection, record)
        return _checked(connection, record)


def call_off(paths: Paths, clock: Clock, contact: str) -> CallRecord | None:
    """Call off the planned call with a person, by name or id; None where none is planned.

    Raises people.NotFound or DatabaseError.
    """
    from iview_tui.services.people import person
    from iview_tui.store import interviews

    with writing(paths, clock, "calling off a call") as connection:
        record = _planned_with(connection, person(connection, contact))
        if record is None:
            return None
        agreement = replace(record.agreement, cancelled_at=clock.wall())
        record = _numbered(replace(record, agreement=agreement), record)
        interviews.add_interview(connection, record)
        return record


def event(record: CallRecord) -> Event | None:
    """A call as it goes into a calendar; None where it has no time."""
    from iview_tui.interchange.calendar import Event

    at = record.connected_at or record.planned_at
    if at is None:
        return None
    who, agreed = record.contact, record.agreement
    calls = {"me": "I call", "them": "they call"}.get(agreed.who_calls or "", "")
    rows = [
        ", ".join(filter(None, (who.role, who.organization))) if who else "",
        f"Numbers: {', '.join(who.phones)}" if who and who.phones else "",
        f"E-mails: {', '.join(who.emails)}" if who and who.emails else "",
        ", ".join(filter(None, (agreed.medium, calls, agreed.place))),
        f"To learn: {agreed.learn}" if agreed.learn else "",
        *(f"Goal: {goal}" for goal in agreed.goals),
        f"Purpose: {record.purpose}" if record.purpose else "",
        *(f"{topic.number} {topic.title}" for topic in record.guide.topics),
    ]
    phones = who.phones if who and agreed.who_calls != "them" else ()
    return Event(
        uid=agreed.invitation or record.id,
        sequence=agreed.invitation_sequence or 0,
        at=at,
        minutes=record.agreed_minutes,
        summary=f"Interview with {who.name}" if who else record.guide.title,
        description="\n".join(filter(None, rows)),
        place=agreed.place or (phones[0] if phones and agreed.medium in (None, "phone") else ""),
        cancelled=agreed.cancelled_at is not None,
    )


def event_text(record: CallRecord, clock: Clock) -> str | None:
    """The text of an `.ics` for an agreed call; None where it has no time."""
    from iview_tui.interchange.calendar import write_event

    found = event(record)
    return write_event(found, clock.wall()) if found else None


def _numbered(record: CallRecord, was: CallRecord | None) -> CallRecord:
    """The call with the UID of its event, and a SEQUENCE that grows with each change of it.

    An event that somebody else invited to is theirs to number: were theirs overtaken here, their
    next change would be taken for an old one.
    """
    agreement = record.agreement
    if agreement.invitation not in (None, record.id):
        return record
    if agreement.invitation is None:
        agreement = replace(agreement, invitation=record.id, invitation_sequence=0)
    elif was is not None and event(record) != event(was):
        sequence = (agreement.invitation_sequence or 0) + 1
        agreement = replace(agreement, invitation_sequence=sequence)
    return replace(record, agreement=agreement)


def _agreed(record: CallRecord, asked: Asked) -> CallRecord:
    was = record.agreement
    agreement = Agreement(
        medium=asked.medium or was.medium,
        who_calls=asked.who_calls or was.who_calls,
        place=asked.place or was.place,
        asked=asked.asked or was.asked,
        invitation=was.invitation,
        invitation_sequence=was.invitation_sequence,
        learn=asked.learn or was.learn,
        goals=was.goals if asked.goals is None else asked.goals,
        brief=asked.brief or was.brief,
    )
    return replace(
        record,
        guide=asked.guide or record.guide,
        agreed_minutes=asked.minutes or record.agreed_minutes,
        planned_at=asked.at or record.planned_at,
        agreement=agreement,
    )


def _planned_with(connection: Connection, who: Contact) -> CallRecord | None:
    """The call that is planned with a person, the latest where there are several."""
    from iview_tui.store import facts, interviews

    own = [
        talk.id
        for talk in facts.talks(connection)
        if talk.contact == who.id and not talk.begun and not talk.cancelled
    ]
    return interviews.load(connection, own[-1]) if own else None


def _checked(connection: Connection, record: CallRecord) -> Planned:
    from iview_tui.store import facts

    if record.planned_at is None:
        return Planned(record)
    talks = [
        talk
        for talk in facts.talks(connection)
        if not talk.begun and not talk.cancelled and talk.planned_at is not None
    ]
    slots = [Slot(t.id, t.planned_at, t.minutes) for t in talks if t.planned_at]
    own = Slot(record.id, record.planned_at, record.agreed_minutes)
    found = clashes(own, [slot for slot in slots if slot.interview != record.id])
    names = {talk.id: talk.name for talk in talks}
    words = [
        f"at that time there is a call with {names[slot.interview] or 'somebody'} already,"
        f" {both_zones(slot.at, record.time_zone, None)}"
        for slot in found
    ]
    theirs = record.contact.time_zone if record.contact else None
    if outside := outside_hours(record.planned_at, theirs):
        words.append(outside)
    return Planned(record, found, tuple(words))


# -- invitations ---------------------------------------------------------------------------------


def read_invitation(data: bytes, name: str, mine: Collection[str] = ()) -> Invitation:
    """What an invitation says; `mine` are my own e-mails, of which none is the other person's.

    Raises BadInvitation, whose text is a sentence.
    """
    from iview_tui.interchange.calendar import BadCalendar
    from iview_tui.interchange.calendar import read_invitation as read

    try:
        found = read(data, name, mine)
    except BadCalendar as error:
        raise BadInvitation(str(error)) from error
    if found.at is None and not found.cancelled:
        raise BadInvitation("it names no time")
    return found


def take_invitation(
    paths: Paths, clock: Clock, invitation: Invitation, guide: Guide, *, name: str | None = None
) -> Planned:
    """Plan the call of an invitation, or move or call off the one that it made before.

    `name` says who it is with, where the invitation does not, or says it badly. The same person is
    the one with the e-mail, else of the name. Raises BadInvitation where one is called off that is
    not known here, or DatabaseError.
    """
    from iview_tui.store import interviews, people

    with writing(paths, clock, "an invitation") as connection:
        known = _invited(connection, invitation.uid)
        if invitation.cancelled:
            if known is None:
                raise BadInvitation("it calls off a talk that is not planned here")
            agreement = replace(
                known.agreement,
                cancelled_at=clock.wall(),
                invitation_sequence=invitation.sequence,
            )
            known = replace(known, agreement=agreement)
            interviews.add_interview(connection, known)
            return Planned(known)
        if known and (known.agreement.invitation_sequence or 0) > (invitation.sequence or 0):
            newer = "a later version of this invitation is here already, and stands"
            return replace(_checked(connection, known), words=(newer,))
        record, words = of_invitation(invitation, guide, clock.zone(), name)
        if who := record.contact:
            by_mail = _by_email(connection, who.emails)
            if by_mail and not name:
                who = replace(who, id=by_mail.id, name=by_mail.name)
            kept = people.keep(connection, who)
            record = replace(record, contact=kept)
            known = known or _planned_with(connection, kept)
        if known is not None:
            record = _moved(known, record)
        interviews.add_interview(connection, record)
        checked = _checked(connection, record)
        return replace(checked, words=(*words, *checked.words))


def of_invitation(
    invitation: Invitation, guide: Guide, zone: str, name: str | None = None
) -> tuple[CallRecord, tuple[str, ...]]:
    """The call of an invitation as nobody knows of it yet, and what is worth saying."""
    minutes = invitation.minutes or 30
    words = list(invitation.notes)
    if minutes > MOST:
        words.append(f"the invitation is for {minutes} minutes; taken as {MOST}")
    called = name or invitation.name or invitation.email
    contact = None
    if called:
        emails = (invitation.email,) if invitation.email else ()
        contact = Contact(new_uuid(), called, emails=emails)
    agreement = Agreement(
        medium=_medium(invitation.place),
        place=invitation.place,
        asked=invitation.description,
        invitation=invitation.uid,
        invitation_sequence=invitation.sequence,
    )
    record = CallRecord(
        new_uuid(), contact, guide, guide.purpose, max(LEAST, min(minutes, MOST)), invitation.at,
        None, zone, agreement=agreement,
    )  # fmt: skip
    return record, tuple(words)


def _moved(known: CallRecord, told: CallRecord) -> CallRecord:
    """A planned call as an invitation tells it now; what was prepared for it stays."""
    was, now = known.agreement, told.agreement
    return replace(
        known,
        contact=told.contact or known.contact,
        agreed_minutes=told.agreed_minutes,
        planned_at=told.planned_at,
        agreement=replace(
            was,
            medium=now.medium or was.medium,
            place=now.place or was.place,
            asked=was.asked or now.asked,
            invitation=now.invitation,
            invitation_sequence=now.invitation_sequence,
            cancelled_at=None,
        ),
    )


def _invited(connection: Connection, uid: str) -> CallRecord | None:
    from iview_tui.store import interviews

    query = "SELECT uuid FROM interview WHERE invitation = ? AND connected_at IS NULL"
    found = connection.exec_driver_sql(query, (uid,)).scalar()
    return interviews.load(connection, found) if found else None


def _by_email(connection: Connection, emails: tuple[str, ...]) -> Contact | None:
    from iview_tui.store import people

    wanted = {email.casefold() for email in emails}
    everybody = people.everybody(connection) if wanted else []
    theirs = (one for one in everybody if wanted & {each.casefold() for each in one.emails})
    return next(theirs, None)


def _medium(place: str | None) -> str | None:
    """video for a link, phone for a number, else unknown."""
    if not place:
        return None
    if "://" in place:
        return "video"
    signs = [sign for sign in place if not sign.isspace()]
    number = sum(sign.isdecimal() or sign in "+()-/#,*" for sign in signs)
    return "phone" if number == len(signs) and number >= LEAST_DIGITS else None
