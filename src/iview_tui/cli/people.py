"""`iview people`, `log` and `done`: whom I know, every attempt to reach them, what is done."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from iview_tui.cli import arguments
from iview_tui.cli.codes import DONE, NOT_FOUND, USAGE, say

if TYPE_CHECKING:
    from datetime import date

    from iview_tui.domain.outreach import Attempt
    from iview_tui.services.people import Imported, Listed, Story

TEXTS = {
    "org": "their organization", "role": "what they do there", "said": "how the name is said",
    "pronouns": "how they are spoken of", "linkedin": "the address of their page",
    "via": "who sent me", "about": "what I know of them", "zone": "their time zone",
    "source": "how I got the name: alumni, friend, event, web and the like",
}  # fmt: skip
"""Options of `people add` that are one text each."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `people`, `log` and `done`."""
    _register_people(subparsers.add_parser("people", help="whom I know"))

    log = subparsers.add_parser("log", help="an attempt to reach somebody, and what came of it")
    log.add_argument("name", metavar="NAME", help="a person, by name or id")
    log.add_argument("--channel", metavar="C", help="email, phone, letter, linkedin or in_person")
    log.add_argument("--outcome", metavar="O", help="no_reply, replied, call_back and the like")
    log.add_argument("--next", metavar="DATE", help="when to try again: fri, 2 dec, 2026-12-02")
    log.add_argument("--sent", metavar="KIND", help="what was sent: email, thanks and the like")
    log.add_argument("--note", metavar="TEXT", help="anything worth keeping")
    _add_json(log)
    log.set_defaults(run=run_log)

    done = subparsers.add_parser("done", help="something that was due is done")
    done.add_argument("id", metavar="ID", help="the first letters of the id, as iview today has it")
    _add_json(done)
    done.set_defaults(run=run_done)


def _register_people(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="people_command", metavar="COMMAND", required=True)
    add = commands.add_parser("add", help="keep a person, or more about one")
    add.add_argument("name", metavar="NAME")
    for option, words in TEXTS.items():
        add.add_argument(f"--{option}", metavar="TEXT", help=words)
    add.add_argument("--email", action="append", default=[], metavar="ADDRESS")
    add.add_argument("--phone", action="append", default=[], metavar="NUMBER")
    add.add_argument("--tag", action="append", default=[], metavar="WORD")
    add.add_argument("--new", action="store_true", help="another person of the same name")
    _add_json(add)
    add.set_defaults(run=run_add)

    show = commands.add_parser("show", help="all that is known of a person")
    show.add_argument("name", metavar="NAME", help="a name, or the first letters of an id")
    _add_json(show)
    show.set_defaults(run=run_show)

    list_ = commands.add_parser("list", help="everybody")
    _add_json(list_)
    list_.set_defaults(run=run_list)

    find = commands.add_parser("find", help="by name, organization, or last digits of a number")
    find.add_argument("words", nargs="+", metavar="QUERY")
    _add_json(find)
    find.set_defaults(run=run_find)

    import_ = commands.add_parser("import", help="LinkedIn's Connections.csv, vCard, CSV")
    import_.add_argument("file", metavar="FILE")
    import_.add_argument("--dry-run", action="store_true", help="only say what would be done")
    _add_json(import_)
    import_.set_defaults(run=run_import)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="as JSON")
    arguments.add_database(parser)


# -- people --------------------------------------------------------------------------------------


def run_add(args: argparse.Namespace) -> int:
    """Keep a person."""
    from iview_tui.domain.record import SOURCES, Contact
    from iview_tui.services import people
    from iview_tui.services.call import new_uuid

    name = arguments.text(args.name)
    if name is None:
        return say("people add takes a name", USAGE)
    given = {option: arguments.text(getattr(args, option)) for option in TEXTS}
    if given["source"] and given["source"] not in SOURCES:
        return say(f"--source is one of {', '.join(SOURCES)}", USAGE)
    if given["zone"] and not is_zone(given["zone"]):
        return say(f"--zone takes a name such as Europe/Berlin, not {given['zone']!r}", USAGE)
    contact = Contact(
        id=new_uuid(), name=name, organization=given["org"], role=given["role"],
        emails=_texts(args.email), phones=_texts(args.phone), via=given["via"], said=given["said"],
        pronouns=given["pronouns"], linkedin=given["linkedin"], time_zone=given["zone"],
        source=given["source"], background=given["about"], tags=_texts(args.tag),
    )  # fmt: skip
    kept = people.add(arguments.paths(args), arguments.clock(), contact, new=args.new)
    if args.json:
        return _put(person_value(kept, None))
    known = "" if kept.id == contact.id else ", who was known"
    print(f"{kept.id[:8]}  {kept.name}{known}")
    return DONE


def is_zone(name: str) -> bool:
    """Whether that is the name of a time zone."""
    import pendulum

    try:
        pendulum.timezone(name)
    except (ValueError, OSError, KeyError):
        return False
    return True


def _texts(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for one in given if (each := arguments.text(one))))


def run_show(args: argparse.Namespace) -> int:
    """Print a person's story."""
    from iview_tui.services import people

    try:
        story = people.story(arguments.paths(args).database, args.name)
    except people.NotFound as error:
        return say(str(error), NOT_FOUND)
    if args.json:
        return _put(story_value(story))
    sys.stdout.write(_story_text(story))
    return DONE


def run_list(args: argparse.Namespace) -> int:
    """Print everybody."""
    from iview_tui.services import people

    return _put_people(people.Finder(arguments.paths(args).database).everybody(), args)


def run_find(args: argparse.Namespace) -> int:
    """Print who is meant, best first."""
    from iview_tui.services import people

    found = people.Finder(arguments.paths(args).database).find(" ".join(args.words))
    if not found and not args.json:
        say("nobody here has that name, organization or number")
    return _put_people(found, args)


def _put_people(found: Iterable[Listed], args: argparse.Namespace) -> int:
    if args.json:
        rows = [person_value(one.contact, one.last_contact) for one in found]
        return _put({"people": rows})
    for one in found:
        who, last = one.contact, one.last_contact
        day = last.date().isoformat() if last else ""
        reach = "  ".join((*who.phones[:1], *who.emails[:1]))
        place = ", ".join(part for part in (who.role, who.organization) if part)
        row = (who.id[:8], f"{day:<10}", who.name, place, reach)
        print("  ".join(part for part in row if part).rstrip())
    return DONE


def person_value(contact: Any, last_contact: date | None) -> dict[str, Any]:
    """A person as JSON."""
    from iview_tui.interchange import export_json

    return {
        **export_json.person_value(contact),
        "last_contact": last_contact.isoformat() if last_contact else None,
    }


def story_value(story: Story) -> dict[str, Any]:
    """A person's story as JSON."""
    last = max((each.at for each in story.attempts), default=None)
    talked = [talk.ended_at for talk in story.talks if talk.ended_at]
    last = max((at for at in (last, *talked) if at is not None), default=None)
    return {
        **person_value(story.contact, last),
        "attempts": [attempt_value(each) for each in story.attempts],
        "talks": [
            {
                "interview": talk.id,
                "planned_at": talk.planned_at.isoformat() if talk.planned_at else None,
                "ended_at": talk.ended_at.isoformat() if talk.ended_at else None,
                "cancelled": talk.cancelled,
            }
            for talk in story.talks
        ],
        "named": [{"name": each.name, "may_use_name": each.may_use_name} for each in story.named],
        "named_by": [
            {"name": each.by, "may_use_name": each.may_use_name} for each in story.named_by
        ],
        "due": [
            {"id": item.id, "what": item.what, "name": item.name, "due": item.due.isoformat()}
            for item in story.due
        ],
        "next_step": {
            "what": story.step.what,
            "day": story.step.day.isoformat() if story.step.day else None,
            "why": story.step.why,
        },
    }


def _story_text(story: Story) -> str:
    who = story.contact
    rows = [f"{who.name}" + (f" (said {who.said})" if who.said else "")]
    about = {
        "pronouns": who.pronouns, "role": who.role, "organization": who.organization,
        "phones": ", ".join(who.phones), "e-mails": ", ".join(who.emails), "page": who.linkedin,
        "time zone": who.time_zone, "via": who.via, "source": who.source, "about": who.background,
        "tags": ", ".join(who.tags),
    }  # fmt: skip
    rows += [f"  {name}: {text}" for name, text in about.items() if text]
    rows += ["", "CONTACT LOG"] if story.attempts else []
    rows += [f"  {attempt_text(each)}" for each in story.attempts]
    rows += ["", "TALKS"] if story.talks else []
    for talk in story.talks:
        at = talk.ended_at or talk.planned_at
        state = "ended" if talk.ended_at else "running" if talk.begun else "planned"
        state = "called off" if talk.cancelled else state
        rows.append(f"  {talk.id[:8]}  {at.date().isoformat() if at else '':<10}  {state}")
    rows += ["", "NAMED"] if story.named else []
    rows += [f"  {each.name}  {each.may_use_name or 'not answered'}" for each in story.named]
    rows += ["", "DUE"] if story.due else []
    rows += [f"  {item.id[:8]}  {item.due.isoformat()[:10]}  {item.what}" for item in story.due]
    rows += ["", f"next: {story.step.why}"]
    return "\n".join(rows) + "\n"


# -- address books -------------------------------------------------------------------------------


def run_import(args: argparse.Namespace) -> int:
    """Take in an address book."""
    from pathlib import Path

    from iview_tui.cli.codes import FAILED
    from iview_tui.domain.text import one_line
    from iview_tui.services import people

    shown = one_line(args.file, 200)
    try:
        data = Path(args.file).read_bytes()
    except FileNotFoundError:
        return say(f"{shown}: there is no such file", NOT_FOUND)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return say(f"{shown} cannot be read: {reason.lower()}", FAILED)
    progress = _bar if sys.stderr.isatty() else None
    try:
        found = people.take_in(
            arguments.paths(args), arguments.clock(), data, args.file, dry_run=args.dry_run,
            progress=progress,
        )  # fmt: skip
    except people.BadContacts as error:
        return say(str(error), FAILED)
    finally:
        if progress is not None:
            sys.stderr.write("\r\x1b[K")
    would = "would be " if args.dry_run else ""
    counts = f"{would}added {len(found.added)}, merged {len(found.merged)}, "
    counts += f"unchanged {found.unchanged}, doubtful {len(found.doubtful)}, left {len(found.left)}"
    if args.json:
        return _put(_imported_value(found, args.dry_run))
    print(counts)
    for one in found.doubtful:
        print(f"  line {one.line}: {one.contact.name}, perhaps {one.like.name}: {one.why}")
    for row in found.left:
        print(f"  line {row.line} left: {one_line(row.text, 60)}: {row.why}")
    return DONE


def _bar(done: int, whole: int) -> None:
    sys.stderr.write(f"\rreading {100 * done // max(whole, 1):3} %")
    sys.stderr.flush()


def _imported_value(found: Imported, dry_run: bool) -> dict[str, Any]:
    return {
        "added": len(found.added),
        "merged": len(found.merged),
        "unchanged": found.unchanged,
        "doubtful": [
            {"line": one.line, "name": one.contact.name, "like": one.like.name, "why": one.why}
            for one in found.doubtful
        ],
        "left": [{"line": row.line, "text": row.text, "why": row.why} for row in found.left],
        "dry_run": dry_run,
    }


# -- the contact log -----------------------------------------------------------------------------


def run_log(args: argparse.Namespace) -> int:
    """Record an attempt, where one is told; print all of them."""
    from iview_tui.domain.outreach import CHANNELS, OUTCOMES, Attempt
    from iview_tui.services import people

    clock = arguments.clock()
    for option, allowed in (("channel", CHANNELS), ("outcome", OUTCOMES)):
        given = getattr(args, option)
        if given is not None and given not in allowed:
            return say(f"--{option} is one of {', '.join(allowed)}", USAGE)
    next_: date | None = None
    if args.next is not None:
        from iview_tui.domain.due import read_date

        today = clock.wall().in_timezone(clock.zone()).date()
        next_ = read_date(args.next, today)
        if next_ is None:
            return say("--next takes a day such as fri, 2 dec or 2026-12-02", USAGE)
    sent, note = arguments.text(args.sent), arguments.text(args.note) or ""
    told = any((args.channel, args.outcome, next_, sent, note))
    try:
        if told:
            attempt = Attempt("", "", clock.wall(), args.channel, sent, args.outcome, note, next_)
            found = people.log(arguments.paths(args), clock, args.name, attempt)
        else:
            found = people.attempts(arguments.paths(args).database, args.name)
    except people.NotFound as error:
        return say(str(error), NOT_FOUND)
    if args.json:
        return _put({"attempts": [attempt_value(each) for each in found]})
    for each in found:
        print(attempt_text(each))
    return DONE


def attempt_value(attempt: Attempt) -> dict[str, Any]:
    """An attempt as JSON."""
    return {
        "at": attempt.at.isoformat(),
        "channel": attempt.channel,
        "outcome": attempt.outcome,
        "text": attempt.text,
        "next": attempt.next.isoformat() if attempt.next else None,
        "sent": attempt.sent,
        "interview": attempt.interview,
        "id": attempt.id,
    }


def attempt_text(attempt: Attempt) -> str:
    """An attempt in a row."""
    said = (attempt.channel, attempt.sent and f"sent {attempt.sent}", attempt.outcome)
    words = ", ".join(word.replace("_", " ") for word in said if word)
    later = f" (next {attempt.next.isoformat()[:10]})" if attempt.next else ""
    note = f": {attempt.text}" if attempt.text else ""
    return f"{attempt.at.date().isoformat()}  {words or 'contact'}{later}{note}"


def run_done(args: argparse.Namespace) -> int:
    """Record that something is done."""
    from iview_tui.services import people

    try:
        item = people.done(arguments.paths(args), arguments.clock(), args.id)
    except people.NotFound as error:
        return say(str(error), NOT_FOUND)
    if args.json:
        return _put({"done": {"id": item.id, "what": item.what, "name": item.name}})
    print(f"{item.id[:8]}  done: {item.what}" + (f" ({item.name})" if item.name else ""))
    return DONE


def _put(found: dict[str, Any]) -> int:
    print(json.dumps(found, indent=1, ensure_ascii=False))
    return DONE
