"""`iview export` and `iview import`: calls out of the database and in again."""

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from iview_tui.cli import arguments, output
from iview_tui.cli.codes import DONE, FAILED, NOT_FOUND, USAGE, say

if TYPE_CHECKING:
    from iview_tui.paths import Paths
    from iview_tui.services.library import Taken
    from iview_tui.settings import Settings

FORMATS = ("md", "html", "json", "csv", "ics", "vcf", "eml")
ONE_EACH = ("md", "html", "ics", "eml")
"""Formats that give a file for each call where the target is a directory."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `export` and `import`."""
    export = subparsers.add_parser(
        "export", help="a call, a person or everything as Markdown or JSON"
    )
    export.add_argument(
        "what", metavar="ID|last|all|NAME", help="a call, everything, or one person's"
    )
    export.add_argument(
        "--format", default="json", metavar="md|html|json|csv|ics|vcf|eml", help="json, unless said"
    )
    export.add_argument("--with-private", action="store_true", help="private entries as well")
    export.add_argument(
        "-o", "--output", default="-", metavar="PATH|DIR|-", help="where to; - is standard output"
    )
    export.add_argument("--force", action="store_true", help="write over a file that is there")
    arguments.add_database(export)
    export.set_defaults(run=run_export)

    import_ = subparsers.add_parser("import", help="take in a JSON export, or an invitation")
    import_.add_argument("file", metavar="FILE", help="JSON, or .ics; - is standard input")
    import_.add_argument("--dry-run", action="store_true", help="only say what would be done")
    import_.add_argument("--json", action="store_true", help="say it as JSON")
    arguments.add_database(import_)
    import_.set_defaults(run=run_import)


# -- out -----------------------------------------------------------------------------------------


def run_export(args: argparse.Namespace) -> int:
    """Write calls out."""
    if args.format not in FORMATS:
        return say(_no_format(args.format), USAGE)
    from iview_tui.services import library

    paths = arguments.paths_to_read(args)
    try:
        value = library.export_of(paths.database, args.what, with_private=args.with_private)
    except library.NotFound as error:
        return say(str(error), NOT_FOUND)
    if args.format == "json":
        from iview_tui.interchange.export_json import dumps

        name = call_name(value, "json") if "interview" in value else f"{_safe(args.what)}.json"
        return output.put(dumps(value), args.output, name, force=args.force)
    return _written(args, paths, value)


def _written(args: argparse.Namespace, paths: "Paths", value: Mapping[str, Any]) -> int:
    """One document, or one for each call where the target is a directory."""
    from iview_tui.domain.letters import BadTemplate
    from iview_tui.services import packets, people

    writer = packets.Writer(paths, arguments.clock(), settings().me)
    library = "interview" not in value
    apart = args.format in ONE_EACH and args.output != "-" and Path(args.output).is_dir()
    files: dict[str, str] = {}
    empty = "no call is there yet: there is nothing to write"
    try:
        if apart and library:
            for call in value["interviews"]:
                name = call_name(call, args.format)
                if name in files:
                    name = call_name(call, args.format, call["interview"]["id"][:8])
                try:
                    files[name] = writer.document(args.format, call)
                except packets.NothingThere as error:
                    empty = str(error)
        else:
            name = f"{_safe(args.what)}.{args.format}"
            name = name if library else call_name(value, args.format)
            files[name] = writer.document(args.format, value)
    except packets.NothingThere as error:
        return say(str(error), NOT_FOUND)
    except (BadTemplate, people.NotFound) as error:
        return say(str(error), FAILED)
    if not files:
        return say(empty, NOT_FOUND)
    return output.put_all(files, args.output, force=args.force)


def settings() -> "Settings":
    """The settings as they hold."""
    from iview_tui.paths import find
    from iview_tui.settings import load

    return load(find(os.environ).config_file, os.environ)


def call_name(value: Mapping[str, Any], suffix: str, more: str = "") -> str:
    """A file name of a call: its day and who it was with."""
    call = value["interview"]
    day = (call["started_at"] or call["planned_at"] or "")[:10]
    who = call["contact"]["name"] if call["contact"] else value["guide"]["title"]
    return output.file_name(day, who, more, suffix=suffix)


def _safe(what: str) -> str:
    return output.file_name("iview", what, suffix="x").removesuffix(".x")


def _no_format(given: str) -> str:
    from difflib import get_close_matches

    from iview_tui.domain.text import one_line

    near = get_close_matches(given, FORMATS, n=1)
    mean = f"did you mean {near[0]}?" if near else f"there are {', '.join(FORMATS)}"
    return f"there is no format {one_line(given, 20)!r}; {mean}"


# -- in ------------------------------------------------------------------------------------------


def run_import(args: argparse.Namespace) -> int:
    """Take calls in, or an invitation."""
    data, code = _read(args.file)
    if data is None:
        return code
    if args.file.lower().endswith(".ics") or data.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        from iview_tui.cli.agenda import run_invitation

        return run_invitation(args.file, data, args)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return say(f"{_shown(args.file)}: not text in UTF-8", FAILED)
    from iview_tui.paths import find
    from iview_tui.services import library

    paths = find(os.environ, args.db)
    try:
        taken = library.take_in(paths, text, arguments.clock(), dry_run=args.dry_run)
    except library.BadImport as error:
        return say(f"{_shown(args.file)}: {error}", FAILED)
    for left in taken.left:
        say(f"left out: {left}")
    if args.json:
        print(json.dumps(_value(taken, args.dry_run), indent=1, ensure_ascii=False))
    else:
        sys.stdout.write(_text(taken, args.dry_run))
    return DONE


def _value(taken: "Taken", dry_run: bool) -> dict[str, Any]:
    return {
        "dry_run": dry_run,
        "added": [record.id for record in taken.added],
        "unchanged": [record.id for record in taken.unchanged],
        "people": taken.people,
        "left": list(taken.left),
    }


def _text(taken: "Taken", dry_run: bool) -> str:
    would = "would be " if dry_run else ""
    rows = [f"{would}added: {_count(len(taken.added), 'interview')}"]
    for record in taken.added:
        at = record.connected_at or record.planned_at
        who = record.contact.name if record.contact else record.guide.title
        rows.append(f"  {record.id[:8]}  {at.date().isoformat() if at else 'planned':<10}  {who}")
    rows.append(f"{would}added: {_count(taken.people, 'person', 'people')}")
    if taken.unchanged:
        rows.append(f"here already: {_count(len(taken.unchanged), 'interview')}")
    return "\n".join(rows) + "\n"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _shown(path: str) -> str:
    from iview_tui.domain.text import one_line

    return "standard input" if path == "-" else one_line(path, 200)


def _read(path: str) -> tuple[bytes | None, int]:
    """What a file holds, or None and the exit code once the reason was said."""
    from iview_tui.interchange.import_json import LARGEST

    shown = _shown(path)
    try:
        if path == "-":
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(LARGEST + 1)
    except FileNotFoundError:
        return None, say(f"{shown}: there is no such file", NOT_FOUND)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return None, say(f"{shown} cannot be read: {reason.lower()}", FAILED)
    if len(data) > LARGEST:
        return None, say(f"{shown}: larger than {LARGEST:,} bytes", FAILED)
    return data, DONE
