"""`iview live`, `rehearse`, `demo` and `replay`: a call on the screen, in lines, or played."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from functools import cache
from typing import TYPE_CHECKING

from iview_tui.cli import arguments
from iview_tui.cli.codes import DATABASE, DONE, FAILED, USAGE, say
from iview_tui.domain.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pendulum import DateTime

    from iview_tui.clock import Clock, HeldClock
    from iview_tui.domain.guide import Guide
    from iview_tui.domain.record import CallRecord
    from iview_tui.services.call import Keeper, LiveCall
    from iview_tui.services.captions import Feed
    from iview_tui.services.following import Tracker
    from iview_tui.services.keeping import Keeping
    from iview_tui.settings import Settings
    from iview_tui.ui.background import Background

NO_TERMINAL = "no terminal here: iview live --plain takes lines, iview replay plays a script"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands that hold a call."""
    live = subparsers.add_parser("live", help="run a call")
    live.add_argument(
        "guide", nargs="?", metavar="GUIDE|INVITE.ics", help="questions, or an invitation"
    )
    arguments.add_person(live)
    arguments.add_minutes(live)
    live.add_argument("--purpose", metavar="TEXT", help="what the talk is for")
    live.add_argument("--plain", action="store_true", help="line by line, nothing repainted")
    live.add_argument(
        "--captions", metavar="FILE|-", help="captions that run along, for the tracker alone"
    )
    arguments.add_database(live)
    live.set_defaults(run=run_live)

    rehearse = subparsers.add_parser("rehearse", help="the real screen, nothing kept")
    rehearse.add_argument("guide", nargs="?", metavar="GUIDE", help="a list of questions")
    arguments.add_minutes(rehearse)
    rehearse.add_argument("--plain", action="store_true", help="line by line")
    rehearse.set_defaults(run=run_rehearse)

    demo = subparsers.add_parser("demo", help="watch a made-up call, nothing kept")
    demo.add_argument("--speed", type=float, default=12.0, metavar="N", help="times real time")
    demo.add_argument("--json", action="store_true", help="its export, at once")
    demo.set_defaults(run=run_demo)

    replay = subparsers.add_parser("replay", help="play a script of lines mm:ss on a held clock")
    replay.add_argument(
        "script", metavar="SCRIPT|TRANSCRIPT", help="a file of lines `mm:ss text`, or -"
    )
    replay.add_argument("--guide", metavar="GUIDE", help="a list of questions")
    arguments.add_person(replay)
    arguments.add_minutes(replay)
    replay.add_argument("--purpose", metavar="TEXT", help="what the talk is for")
    replay.add_argument("--start", metavar="ISO", help="the instant of connecting")
    replay.add_argument("--json", action="store_true", help="the export")
    arguments.add_database(replay)
    replay.set_defaults(run=run_replay)


@value
class Asked:
    """What the command line says about a call."""

    guide: Guide
    minutes: int


def _asked(args: argparse.Namespace) -> Asked | int:
    """The guide and the minutes, or the exit code once the reason was said."""
    minutes = arguments.minutes(args.minutes, now=args.now)
    if minutes is None:
        return USAGE
    guide, code = arguments.guide(args.guide)
    return Asked(guide, minutes) if guide is not None else code


def _record(args: argparse.Namespace, asked: Asked, clock: Clock, origin: str) -> CallRecord:
    from iview_tui.domain.record import CallRecord
    from iview_tui.services.call import new_uuid

    who = arguments.person(args, new_uuid()) if hasattr(args, "name") else None
    purpose = arguments.text(getattr(args, "purpose", None)) or asked.guide.purpose
    return CallRecord(
        new_uuid(), who, asked.guide, purpose, asked.minutes, None, None, clock.zone(),
        origin=origin,
    )  # fmt: skip


def made_call(
    record: CallRecord,
    clock: Clock,
    keeper: Keeper,
    *,
    plain: bool,
    database: Path | None = None,
    captions: Path | int | None = None,
) -> LiveCall:
    """A call over what is kept of it, as settings and environment want it."""
    from iview_tui.services.bank import lexicon
    from iview_tui.services.call import LiveCall

    return LiveCall(
        record, clock=clock, keeper=keeper, back_date=settings().back_date,
        lexicon=lexicon(crash=os.environ.get("IVIEW_TEST_CRASH") == "1"),
        undoes="/undo undoes" if plain else "^Z undoes",
        tracker=lambda: _tracker(record),
        others=None if database is None else lambda: _others(database, record),
        hints=None if plain or not settings().hints else lambda: _is_new_to_it(database),
        captions=None if captions is None else _feed(captions, record, clock),
    )  # fmt: skip


def _is_new_to_it(database: Path | None) -> bool:
    """Whether hints are still of use; in a rehearsal they always are."""
    from iview_tui.domain.hints import CALLS
    from iview_tui.store.glance import held

    count = 0 if database is None else held(database, most=CALLS)
    return count is not None and count < CALLS


def _feed(source: Path | int, record: CallRecord, clock: Clock) -> Feed:
    from iview_tui.services.captions import Feed

    them = record.contact.name if record.contact else None
    return Feed(
        source, clock, me=settings().me.get("name", ""), them=them, keep=settings().keep_captions
    )


def _caption_source(given: str | None, *, plain: bool) -> Path | int | None:
    """Where captions come from. Raises ValueError with the reason.

    Standard input is moved aside, and the terminal put in its place for the keys.
    """
    if given is None:
        return None
    if given != "-":
        from pathlib import Path

        path = Path(given)
        if path.is_dir():
            raise ValueError(f"{given} is a directory: --captions takes a file that grows, or -")
        return path
    if plain:
        raise ValueError("--captions - takes the standard input that --plain reads its lines from")
    if sys.stdin.isatty():
        raise ValueError("--captions - reads what is piped in, and nothing is")
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise ValueError(NO_TERMINAL) from error
    source = os.dup(0)
    os.dup2(terminal, 0)
    os.close(terminal)
    return source


def _tracker(record: CallRecord) -> Tracker:
    if command := settings().tracker:
        from iview_tui.services.matcher import Matcher

        return Matcher(command, record.guide.topics)
    from iview_tui.services.tracker import Tracker

    return Tracker(record.guide.topics)


def _others(database: Path, record: CallRecord) -> Mapping[int, str]:
    """What others told about each topic; nothing where the database cannot be read."""
    from iview_tui.services.across import others
    from iview_tui.store.errors import DatabaseError

    try:
        return others(database, record.guide.topics, but_for=record.id)
    except (DatabaseError, OSError):
        return {}


@cache
def settings() -> Settings:
    """The settings, read once; what could not be taken is said."""
    from iview_tui.cli.configured import load
    from iview_tui.paths import find

    settings = load(find(os.environ).config_file)
    for problem in settings.problems:
        say(problem)
    return settings


def has_terminal() -> bool:
    """Whether a person sits at a terminal that a screen can be drawn on."""
    dumb = os.environ.get("TERM", "") in ("", "dumb")
    return sys.stdin.isatty() and sys.stdout.isatty() and not dumb


# -- live ----------------------------------------------------------------------------------------


def run_live(args: argparse.Namespace) -> int:
    """Run a call; an unfinished one is offered first."""
    try:
        args.captions = _caption_source(args.captions, plain=args.plain)
    except ValueError as error:
        return say(str(error), USAGE)
    if not args.plain and not has_terminal():
        return say(NO_TERMINAL, USAGE)
    asked = None
    if not args.plain:
        asked = ask_background()  # it answers while the rest is loaded
        # Most of what a start makes stays: looking it through for garbage costs a tenth of the
        # time to the first picture. The screen lets the collector run again once it stands.
        gc.disable()
    try:
        return _run_live(args, asked)
    finally:
        gc.enable()
        if asked is not None:
            asked.answer()  # left before anybody wanted it: it is not to reach the shell


def ask_background() -> Background | None:
    """Ask the terminal whether it is dark or light, where that is not set and would be seen."""
    if settings().theme != "auto" or os.environ.get("NO_COLOR"):
        return None
    from iview_tui.ui.background import ask

    return ask()


def _run_live(args: argparse.Namespace, background: Background | None) -> int:
    invited: CallRecord | None = None
    if args.guide is not None and args.guide.lower().endswith(".ics"):
        taken = _invited(args)
        if isinstance(taken, int):
            return taken
        invited, args.guide = taken, None
        args.now = args.now or invited.agreed_minutes < arguments.LEAST
    asked = _asked(args)
    if isinstance(asked, int):
        return asked
    from iview_tui.paths import find
    from iview_tui.services.keeping import Keeping
    from iview_tui.store.errors import BusyDatabase

    paths = find(os.environ, args.db)
    clock = arguments.clock()
    try:
        keeping = Keeping(paths, clock, arguments.text(args.name), after_paint=not args.plain)
    except BusyDatabase as busy:
        return say(str(busy), DATABASE)
    with keeping:
        unfinished = keeping.unfinished()
        record = keeping.known(_record(args, asked, clock, "live"), new=args.new)
        planned = invited or _planned(args, keeping)
        if planned is not None:
            record = _taken_up(args, planned, record)
        if args.plain:
            from iview_tui.cli.plain import offer_unfinished, run_plain

            if unfinished is not None:
                choice = offer_unfinished(unfinished, clock)
                if choice is None:
                    return FAILED
                if choice:
                    record = unfinished
                else:
                    keeping.end_as_it_was(unfinished)
            call = made_call(
                record, clock, keeping.keeper, plain=True, database=paths.database,
                captions=args.captions,
            )  # fmt: skip
            if args.now and record is not unfinished:
                call.connect()
            return run_plain(call, keeping)
        from iview_tui.ui.run import run_screen
        from iview_tui.ui.terminal import Terminal

        terminal, over = Terminal(background), list[str]()
        code = run_screen(
            lambda chosen: made_call(
                chosen,
                clock,
                keeping.keeper,
                plain=False,
                database=paths.database,
                captions=args.captions,
            ),
            record,
            unfinished=unfinished,
            end_unfinished=keeping.end_as_it_was,
            rang=lambda *told: say(keeping.rang(*told)),
            database=keeping,
            on_the_spot=args.now,
            settings=settings(),
            faults=paths.state / "faults.log",
            terminal=terminal,
            ended=lambda call: over.append(call.record.id),
        )
    if not over:
        return code
    from iview_tui.cli.house import debrief

    gc.enable()
    return debrief(over[0], paths, terminal)


def _invited(args: argparse.Namespace) -> CallRecord | int:
    """The call of an invitation, kept as planned; or the exit code, the reason said.

    Where the database does not take it, the call goes on all the same.
    """
    from pathlib import Path

    from iview_tui.cli.codes import NOT_FOUND
    from iview_tui.services import agenda
    from iview_tui.services.guides import built_in_guide
    from iview_tui.store.errors import BusyDatabase, DatabaseError

    shown, clock, name = args.guide, arguments.clock(), arguments.text(args.name)
    try:
        with Path(args.guide).open("rb") as file:
            data = file.read(arguments.LONGEST_SCRIPT)
        invitation = agenda.read_invitation(data, shown, arguments.my_emails())
        if invitation.cancelled:
            return say(f"{shown}: it calls the talk off; iview import takes that in", FAILED)
        try:
            found = agenda.take_invitation(
                arguments.paths(args), clock, invitation, built_in_guide(), name=name
            )
            record, words = found.record, found.words
        except BusyDatabase as busy:
            return say(str(busy), DATABASE)
        except DatabaseError:
            record, words = agenda.of_invitation(invitation, built_in_guide(), clock.zone(), name)
    except agenda.BadInvitation as error:
        return say(f"{shown}: {error}", FAILED)
    except FileNotFoundError:
        return say(f"{shown}: there is no such file", NOT_FOUND)
    except OSError as error:
        return say(f"{shown}: {error.strerror or error}", FAILED)
    for sentence in words:
        say(sentence)
    return record


def _planned(args: argparse.Namespace, keeping: Keeping) -> CallRecord | None:
    """The planned call that is meant: with whom is named, else the next one."""
    name = arguments.text(args.name)
    if args.new or (name is None and (args.now or args.guide is not None)):
        return None
    return keeping.planned(name)


def _taken_up(args: argparse.Namespace, planned: CallRecord, given: CallRecord) -> CallRecord:
    """A planned call, with what the command line says otherwise."""
    from dataclasses import replace

    return replace(
        planned,
        contact=given.contact or planned.contact,
        guide=given.guide if args.guide else planned.guide,
        purpose=arguments.text(args.purpose) or planned.purpose,
        agreed_minutes=given.agreed_minutes if args.minutes else planned.agreed_minutes,
        time_zone=given.time_zone,
    )


def run_rehearse(args: argparse.Namespace) -> int:
    """The real screen, or plain lines, on a database that is thrown away."""
    if not args.plain and not has_terminal():
        return say(NO_TERMINAL, USAGE)
    asked = _asked(args)
    if isinstance(asked, int):
        return asked
    from iview_tui.services.call import MemoryKeeper

    clock = arguments.clock()
    record = _record(args, asked, clock, "rehearse")
    call = made_call(record, clock, MemoryKeeper(), plain=args.plain)
    if args.plain:
        from iview_tui.cli.plain import run_plain

        return run_plain(call)
    from iview_tui.ui.run import run_screen
    from iview_tui.ui.terminal import Terminal

    return run_screen(
        lambda _: call, record, on_the_spot=args.now, settings=settings(),
        terminal=Terminal(ask_background()),
    )  # fmt: skip


# -- demo ----------------------------------------------------------------------------------------


def run_demo(args: argparse.Namespace) -> int:
    """A made-up call: in the screen, as plain text where there is no terminal, or its export."""
    from iview_tui.services import demo

    if not 0 < args.speed <= 1000:
        return say("--speed is a number above 0, up to 1000", USAGE)
    if args.json:
        from iview_tui.services.library import export_text

        sys.stdout.write(export_text(demo.played().record))
        return DONE
    if not has_terminal():
        from iview_tui.cli.plain import recite

        recite(*demo.ready(plain=True), sys.stdout.write)
        return DONE
    from iview_tui.ui.run import run_played
    from iview_tui.ui.terminal import Terminal

    return run_played(
        *demo.ready(), speed=args.speed, tour=demo.tour(), settings=settings(),
        terminal=Terminal(ask_background()),
    )  # fmt: skip


# -- replay --------------------------------------------------------------------------------------


def run_replay(args: argparse.Namespace) -> int:
    """Play a script; keep it like a real call, and print its review or export."""
    from iview_tui.domain.live import Phase
    from iview_tui.services.replay import ScriptError, play, read_script

    asked = _asked(args)
    if isinstance(asked, int):
        return asked
    source, code = arguments.source(args.script)
    if source is None:
        return code
    start = arguments.start(args.start) if args.start else None
    if args.start and start is None:
        return USAGE
    from iview_tui.services import course

    try:
        spoken = course.as_transcript(source, args.script) or ()
        sided = course.of_sides(spoken, settings().me.get("name"), arguments.text(args.name))
        cues = course.cues_of(asked.guide.topics, sided) if spoken else read_script(source)
    except (ScriptError, ValueError) as error:
        return say(f"{args.script}: {error}", FAILED)
    call, clock = _replayed(args, asked, start, source)
    after, ended = 0, False
    for _cue, _answer in play(call, clock, cues):
        after += ended
        ended = call.live.phase is Phase.ENDED
    if after:
        say(f"{after} line{'' if after == 1 else 's'} after the end: the debrief's")
    from iview_tui.services import library
    from iview_tui.services.keeping import keep_whole
    from iview_tui.store.errors import DatabaseError

    try:
        record = keep_whole(arguments.paths(args), call.record, arguments.clock(), new=args.new)
    except DatabaseError as error:
        return say(str(error), DATABASE)
    if args.json and spoken:
        from iview_tui.cli.review import beside, course_value
        from iview_tui.interchange.export_json import dumps

        value = library.export_value(record) | beside(library.talked_about(record, sided), spoken)
        sys.stdout.write(dumps(value | {"course": course_value(library.course(record, sided))}))
    elif args.json:
        sys.stdout.write(library.export_text(record))
    else:
        sys.stdout.write(library.review_text(record, spoken=spoken, sided=sided))
    return DONE


def _replayed(
    args: argparse.Namespace, asked: Asked, start: DateTime | None, source: str
) -> tuple[LiveCall, HeldClock]:
    """The call of a script, and the clock that it is played on.

    With a start everything that it is made from gives its ids: the same replay is the same call.
    """
    from iview_tui.clock import HeldClock
    from iview_tui.domain.record import CallRecord
    from iview_tui.services.bank import lexicon
    from iview_tui.services.call import LiveCall, MemoryKeeper, ids_from, new_uuid

    new_id, zone = new_uuid, arguments.clock().zone()
    if start is not None:
        given = (start.isoformat(), asked.guide, args.name, asked.minutes, args.now, source)
        new_id, zone = ids_from(*given), start.format("Z")
    begins = start or arguments.clock().wall()
    who = arguments.person(args, new_id())
    purpose = arguments.text(args.purpose) or asked.guide.purpose
    record = CallRecord(
        new_id(), who, asked.guide, purpose, asked.minutes, None, None, zone, origin="replay"
    )
    clock = HeldClock(begins.in_timezone("UTC"), zone=zone)
    call = LiveCall(
        record, clock=clock, keeper=MemoryKeeper(), lexicon=lexicon(), new_id=new_id,
        back_date=0, scripted=True,
    )  # fmt: skip
    return call, clock
