"""`iview today`, `plan` and `sheet`: the day, an agreed time, and a page for one call."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from iview_tui.cli import arguments, output
from iview_tui.cli.codes import DONE, FAILED, NOT_FOUND, USAGE, say

if TYPE_CHECKING:
    from iview_tui.domain.record import CallRecord
    from iview_tui.domain.today import Today
    from iview_tui.paths import Paths
    from iview_tui.services.agenda import Planned

MEDIA = {"in_person": "in person", "in person": "in person", "phone": "phone", "video": "video"}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `today` and `plan`."""
    today = subparsers.add_parser("today", help="the next call, what is due, whom to write to")
    today.add_argument("--json", action="store_true", help="as JSON")
    today.add_argument("--with-private", action="store_true", help="private things in it as well")
    arguments.add_database(today)
    today.set_defaults(run=run_today)

    plan = subparsers.add_parser("plan", help="an agreed time: when, how long, who calls whom")
    plan.add_argument("name", metavar="NAME", help="a person; again: moves what is planned")
    plan.add_argument("--at", metavar="WHEN", help="tue 2pm, 2 dec 14:00, 2026-12-02T14:00+01:00")
    plan.add_argument("--minutes", metavar="N", help="20 to 60 (30)")
    plan.add_argument("--medium", choices=("in_person", "phone", "video"))
    plan.add_argument("--who-calls", choices=("me", "them"))
    plan.add_argument("--place", metavar="P", help="where, or the number or link")
    plan.add_argument("--zone", metavar="ZONE", help="their time zone")
    plan.add_argument("--guide", metavar="GUIDE", help="a list of questions")
    plan.add_argument("--asked", metavar="TEXT", help="what was asked and agreed")
    plan.add_argument("--learn", metavar="TEXT", help="what I must learn, in one sentence")
    plan.add_argument("--goal", action="append", metavar="TEXT", help="why I want this talk")
    plan.add_argument("--brief", metavar="TEXT", help="what I looked up beforehand")
    plan.add_argument("--cancel", action="store_true", help="it was called off")
    plan.add_argument("--ics", metavar="PATH|DIR|-", help="write it as an event for a calendar")
    plan.add_argument("--force", action="store_true", help="write over a file that is there")
    plan.add_argument("--json", action="store_true", help="as JSON")
    arguments.add_database(plan)
    plan.set_defaults(run=run_plan)

    sheet = subparsers.add_parser("sheet", help="all for one call on a page to print")
    sheet.add_argument("id", nargs="?", metavar="ID", help="a planned call; the next one")
    arguments.add_database(sheet)
    sheet.set_defaults(run=run_sheet)


# -- today ---------------------------------------------------------------------------------------


def run_today(args: argparse.Namespace) -> int:
    """Print the day."""
    from iview_tui.services import agenda

    paths, clock = arguments.paths_to_read(args), arguments.clock()
    shown = not args.json or args.with_private
    found = agenda.today(paths.database, clock, with_private=shown)
    next_ = agenda.planned(paths.database, found.next.id) if found.next else None
    if args.json:
        print(json.dumps(_today_value(found, next_), indent=1, ensure_ascii=False))
    else:
        print(_today_text(found, next_))
    return DONE


def _today_value(found: Today, next_: Planned | None) -> dict[str, Any]:
    return {
        "next": plan_value(next_) if next_ else None,
        "due": [
            {
                "id": item.id,
                "what": item.what,
                "name": item.name,
                "due": item.due.isoformat(),
                "kind": item.kind,
                "interview": item.interview,
            }
            for item in found.due
        ],
        "quiet": [
            {"name": one.name, "since": one.since.isoformat(), "why": one.why, "again": one.again}
            for one in found.quiet
        ],
        "write_to": [{"name": one.name, "why": one.why} for one in found.write_to],
    }


def _today_text(found: Today, next_: Planned | None) -> str:
    rows = ["NEXT", f"  {plan_text(next_)}"] if next_ else ["NEXT", "  no call is planned"]
    rows += ["", "DUE"] if found.due else []
    for item in found.due:
        who = f"{item.name}: " if item.name else ""
        rows.append(f"  {item.id[:8]}  {item.due.isoformat()[:10]}  {who}{item.what}")
    rows += ["", "QUIET"] if found.quiet else []
    rows += [f"  {q.since.date().isoformat()}  {q.name}: {q.why}" for q in found.quiet]
    rows += ["", "WRITE TO"] if found.write_to else []
    rows += [f"  {one.name}: {one.why}" for one in found.write_to]
    return "\n".join(rows)


# -- plan ----------------------------------------------------------------------------------------


def run_plan(args: argparse.Namespace) -> int:
    """Agree on a time, move it, or call it off."""
    from iview_tui.cli.people import is_zone
    from iview_tui.domain.record import Contact
    from iview_tui.domain.scheduling import read_when
    from iview_tui.services import agenda, people
    from iview_tui.services.call import new_uuid

    paths, clock = arguments.paths(args), arguments.clock()
    if args.ics and output.is_taken(args.ics, force=args.force):
        return FAILED
    if args.cancel:
        return _cancel(args)
    name, zone = arguments.text(args.name), arguments.text(args.zone)
    if name is None:
        return say("plan takes a name", USAGE)
    if zone and not is_zone(zone):
        return say(f"--zone takes a name such as Europe/Berlin, not {zone!r}", USAGE)
    at = None
    if args.at:
        when = read_when(args.at, clock.wall().in_timezone(clock.zone()))
        if when.at is None:
            return say(f"--at: {when.problem}", USAGE)
        at = when.at
        if when.note:
            say(when.note)
    if at is not None and at < clock.wall():
        return say("that time is past", USAGE)
    minutes = arguments.minutes(args.minutes, now=False) if args.minutes else None
    if args.minutes and minutes is None:
        return USAGE
    guide, code = arguments.guide(args.guide)
    if guide is None:
        return code
    goals = tuple(g for each in args.goal if (g := arguments.text(each))) if args.goal else None
    asked = agenda.Asked(
        at, minutes, MEDIA.get(args.medium), args.who_calls, arguments.text(args.place),
        arguments.text(args.asked), arguments.text(args.learn), goals, arguments.text(args.brief),
        guide if args.guide else None, zone,
    )  # fmt: skip
    try:
        contact = people.story(paths.database, name).contact
    except people.NotFound as error:
        if "have that name" in str(error):
            return say(str(error), NOT_FOUND)
        contact = Contact(new_uuid(), name)
    if at is None and contact.name == name and not _has_plan(paths, contact.id):
        return say("plan takes --at, when it is to be", USAGE)
    found = agenda.plan(paths, clock, contact, asked, guide)
    for sentence in found.words:
        say(sentence)
    if args.ics != "-":
        told = json.dumps(plan_value(found), indent=1, ensure_ascii=False)
        print(told if args.json else plan_text(found))
    return _put_event(args, found.record)


def _put_event(args: argparse.Namespace, record: CallRecord) -> int:
    """Write the event, where one is asked for; what was agreed is kept by then."""
    from iview_tui.services import agenda

    if not args.ics:
        return DONE
    text = agenda.event_text(record, arguments.clock())
    if text is None:
        return say("it has no time yet: there is no event to write", FAILED)
    name = record.contact.name if record.contact else record.guide.title
    return output.put(text, args.ics, output.file_name(name, suffix="ics"), force=args.force)


def run_sheet(args: argparse.Namespace) -> int:
    """Print the page for one call."""
    from iview_tui.services import agenda, library
    from iview_tui.services.sheet import sheet

    paths, clock = arguments.paths(args), arguments.clock()
    wanted = args.id
    if wanted is None:
        next_ = agenda.today(paths.database, clock).next
        if next_ is None:
            return say("no call is planned; iview plan NAME --at WHEN plans one", NOT_FOUND)
        wanted = next_.id
    try:
        record = library.find_call(paths.database, wanted)
    except library.NotFound as error:
        return say(str(error), NOT_FOUND)
    print(sheet(agenda.planned(paths.database, record.id)), end="")
    return DONE


def _has_plan(paths: Paths, contact: str) -> bool:
    from iview_tui.services import people

    try:
        talks = people.story(paths.database, contact).talks
    except people.NotFound:
        return False
    return any(not talk.begun and not talk.cancelled for talk in talks)


def _cancel(args: argparse.Namespace) -> int:
    from iview_tui.services import agenda, people

    try:
        record = agenda.call_off(arguments.paths(args), arguments.clock(), args.name)
    except people.NotFound as error:
        return say(str(error), NOT_FOUND)
    if record is None:
        return say("no call is planned with them", NOT_FOUND)
    if args.ics != "-":
        told = json.dumps({"cancelled": record.agreement.invitation or record.id})
        print(told if args.json else f"{record.id[:8]}  called off")
    return _put_event(args, record)


def run_invitation(path: str, data: bytes, args: argparse.Namespace) -> int:
    """Take in an invitation, for `iview import`."""
    from iview_tui.domain.text import one_line
    from iview_tui.services import agenda

    guide, code = arguments.guide(None)
    if guide is None:
        return code
    try:
        invitation = agenda.read_invitation(data, path, arguments.my_emails())
        if args.dry_run:
            record, words = agenda.of_invitation(invitation, guide, arguments.clock().zone())
            found = agenda.Planned(record, words=words)
        else:
            found = agenda.take_invitation(
                arguments.paths(args), arguments.clock(), invitation, guide
            )
    except agenda.BadInvitation as error:
        return say(f"{one_line(path, 200)}: {error}", FAILED)
    for sentence in found.words:
        say(sentence)
    if args.json:
        told = {"cancelled": invitation.uid} if invitation.cancelled else plan_value(found)
        print(json.dumps(told, indent=1, ensure_ascii=False))
    else:
        print(("called off  " if invitation.cancelled else "") + plan_text(found))
    return DONE


def plan_value(found: Planned) -> dict[str, Any]:
    """An agreed call as JSON."""
    from iview_tui.services.call import zone_of

    record = found.record
    at = record.planned_at
    return {
        "interview": record.id,
        "name": record.contact.name if record.contact else None,
        "at": at.in_timezone(zone_of(record.time_zone)).isoformat() if at else None,
        "minutes": record.agreed_minutes,
        "time_zone": record.time_zone,
        "their_time_zone": record.contact.time_zone if record.contact else None,
        "who_calls": record.agreement.who_calls,
        "where": where(found),
        "clashes": [{"interview": c.interview, "at": c.at.isoformat()} for c in found.clashes],
        "medium": record.agreement.medium,
        "learn": record.agreement.learn,
        "goals": list(record.agreement.goals),
        "guide": record.guide.title,
    }


def where(found: Planned) -> str | None:
    """The place that was agreed, else the number by which I call them."""
    record = found.record
    if record.agreement.place or record.agreement.who_calls == "them":
        return record.agreement.place
    phones = record.contact.phones if record.contact else ()
    return phones[0] if phones and record.agreement.medium in (None, "phone") else None


def plan_text(found: Planned) -> str:
    """An agreed call in a row."""
    from iview_tui.services.call import zone_of

    record = found.record
    at = record.planned_at
    local = at.in_timezone(zone_of(record.time_zone)) if at else None
    there = record.contact.time_zone if record.contact else None
    theirs = f"({at.in_timezone(zone_of(there)):%H:%M} there)" if at and there else ""
    calls = {"me": "I call", "them": "they call"}.get(record.agreement.who_calls or "", "")
    parts = (
        record.id[:8],
        f"{local:%Y-%m-%d %H:%M}" if local else "no time yet",
        theirs,
        f"{record.agreed_minutes} min",
        record.contact.name if record.contact else record.guide.title,
        calls,
        where(found),
    )
    return "  ".join(part for part in parts if part)
