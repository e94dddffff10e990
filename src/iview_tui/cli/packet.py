"""`iview packet`: all that follows a call, in one new directory."""

import argparse
import json
import os
import sys
from pathlib import Path

from iview_tui.cli import arguments, output
from iview_tui.cli.codes import DONE, FAILED, NOT_FOUND, USAGE, say


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `packet`."""
    parser = subparsers.add_parser("packet", help="all that follows a call, in one directory")
    parser.add_argument(
        "what", nargs="?", default="last", metavar="ID|last|NAME", help="which call"
    )
    parser.add_argument("-o", "--output", metavar="DIR", help="a new directory; here, if not said")
    parser.add_argument("--with-private", action="store_true", help="private entries as well")
    parser.add_argument("--json", action="store_true", help="the files, as JSON")
    arguments.add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the call, its table, the cards of who was named and the letter to them."""
    from iview_tui.cli.export import call_name, settings
    from iview_tui.domain.letters import BadTemplate
    from iview_tui.paths import find
    from iview_tui.services import library, packets, people

    paths = find(os.environ, args.db)
    try:
        record = library.find_call(paths.database, args.what)
    except library.NotFound as error:
        return say(str(error), NOT_FOUND)
    call = library.export_value(record, with_private=args.with_private)
    if call["interview"]["started_at"] is None:
        return say("that call is only planned: iview sheet is for before it", USAGE)
    target = Path(args.output or call_name(call, "x").removesuffix(".x"))
    try:
        written = dict(packets.Writer(paths, arguments.clock(), settings().me).packet(call))
    except (BadTemplate, people.NotFound) as error:
        return say(str(error), FAILED)
    files = {call_name(call, kind): text for kind, text in written.items()}
    code = output.put_directory(files, target)
    if code != DONE:
        return code
    if args.json:
        names = [str(target / name) for name in files]
        print(json.dumps({"directory": str(target), "files": names}, indent=1, ensure_ascii=False))
    else:
        sys.stdout.write("".join(f"{target / name}\n" for name in files))
    return DONE
