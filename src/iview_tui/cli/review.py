"""`iview review`: a call as a plain timeline or topic by topic, and its entries edited."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from iview_tui.cli import arguments
from iview_tui.cli.codes import DONE, FAILED, NOT_FOUND, USAGE, say

if TYPE_CHECKING:
    from iview_tui.domain.course import Course
    from iview_tui.domain.record import CallRecord
    from iview_tui.domain.spoken import Spoken
    from iview_tui.interchange.review import Proposed
    from iview_tui.services.review import Edit


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `review`."""
    parser = subparsers.add_parser("review", help="a call as a plain timeline")
    parser.add_argument(
        "call", nargs="?", default="last", metavar="ID|last", help="which call (last)"
    )
    parser.add_argument("--json", action="store_true", help="the JSON export of the call")
    parser.add_argument("--by-topic", action="store_true", help="the notes under their topics")
    parser.add_argument("--with-private", action="store_true", help="private entries as well")
    parser.add_argument(
        "--transcript", metavar="FILE", help="lay a transcript beside the notes, by the time"
    )
    edits = parser.add_argument_group(
        "edits",
        "ENTRY is the first letters of an entry's id, as --json has it; all or none is done",
    )
    for name, words, help_ in (
        ("--reword", ("ENTRY", "TEXT"), "other words"),
        ("--move", ("ENTRY", "N"), "to another topic; 0 is none"),
        ("--star", "ENTRY", "it matters more than others"),
        ("--unstar", "ENTRY", "it does not"),
        ("--private", "ENTRY", "leave it out of letters and exports"),
        ("--public", "ENTRY", "leave it in after all"),
    ):
        count = 2 if isinstance(words, tuple) else 1
        edits.add_argument(
            name, nargs=count, metavar=words, action="append", default=[], help=help_
        )
    arguments.add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a call, after what edits were asked for."""
    from iview_tui.interchange.export_json import dumps
    from iview_tui.services import library, review

    paths = arguments.paths_to_read(args)
    clock = arguments.clock()
    try:
        record = library.find_call(paths.database, args.call)
    except library.NotFound as error:
        return say(str(error), NOT_FOUND)
    if any(not number.isascii() or not number.isdigit() for _, number in args.move):
        return say("--move takes an entry and the number of a topic; 0 is none", USAGE)
    try:
        edits = _edits(args, record)
        record = review.edit(paths, clock, record.id, edits) if edits else record
    except review.CannotEdit as error:
        return say(str(error), FAILED)
    spoken, code = _spoken(args.transcript)
    if spoken is None:
        return code
    sided = _sided(record, spoken)
    if args.json:
        value = library.export_value(record, with_private=args.with_private)
        if spoken:
            value |= beside(library.talked_about(record, sided), spoken)
        value["course"] = course_value(library.course(record, sided))
        sys.stdout.write(dumps(value))
        return DONE
    text = library.review_text(
        record, with_private=args.with_private, by_topic=args.by_topic, spoken=spoken, sided=sided
    )
    sys.stdout.write(text)
    return DONE


def _spoken(path: str | None) -> tuple[Sequence[Spoken] | None, int]:
    """The rows of a transcript; None and the exit code where it cannot be read, the reason said."""
    if path is None:
        return [], DONE
    text, code = arguments.source(path)
    if text is None:
        return None, code
    from iview_tui.domain.text import one_line
    from iview_tui.interchange import transcripts

    try:
        return transcripts.read(text, path), DONE
    except ValueError as error:
        return None, say(f"{one_line(path, 200)}: {error}", FAILED)


def _sided(record: CallRecord, spoken: Sequence[Spoken]) -> Sequence[Spoken]:
    """What was said by Q and A, for the tracker."""
    if not spoken:
        return spoken
    from iview_tui.paths import find
    from iview_tui.services.course import of_sides
    from iview_tui.settings import load

    me = load(find(os.environ).config_file, os.environ).me.get("name")
    return of_sides(spoken, me, record.contact.name if record.contact else None)


def course_value(course: Course) -> dict[str, Any]:
    """The course of a talk as an object; `adrift` is null where no transcript tells it."""
    return {
        "stretches": [
            {"begins": each.begins, "ends": each.ends, "topic": each.topic}
            for each in course.stretches
        ],
        "adrift": course.adrift,
        "never": list(course.never),
    }


def beside(proposed: Sequence[Proposed], spoken: Sequence[Spoken]) -> dict[str, Any]:
    """What a transcript adds to the object of a call."""
    return {
        "transcript": [{"seconds": s, "speaker": who, "text": text} for s, who, text in spoken],
        "proposed": [
            {"topic": number, "title": title, "seconds": seconds, "text": text}
            for number, title, seconds, text in proposed
        ],
    }


def _edits(args: argparse.Namespace, record: CallRecord) -> list[Edit]:
    """The edits of the command line. Raises CannotEdit for an entry that is not there."""
    from iview_tui.services.review import Hide, Move, Reword, Star, entry_of

    def of(given: str) -> str:
        return entry_of(record, given)

    return [
        *(Reword(of(entry), text) for entry, text in args.reword),
        *(Move(of(entry), int(number[:6]) or None) for entry, number in args.move),
        *(Star(of(entry)) for (entry,) in args.star),
        *(Star(of(entry), on=False) for (entry,) in args.unstar),
        *(Hide(of(entry)) for (entry,) in args.private),
        *(Hide(of(entry), on=False) for (entry,) in args.public),
    ]
