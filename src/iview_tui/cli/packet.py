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
    from iview_tui.paths import find
    from iview_tui.services import library, packets

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
        target.mkdir(mode=0o700)
    except FileExistsError:
        return say(f"{output.shown(target)} is there already and stays as it is", FAILED)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return say(f"{output.shown(target)} cannot be made: {reason}", FAILED)
    written = []
    for kind, text in packets.Writer(paths, arguments.clock(), settings().me).packet(call):
        path = target / call_name(call, kind)
        code = output.put(text, str(path), path.name)
        if code != DONE:
            return code
        written.append(str(path))
    if args.json:
        print(json.dumps({"directory": str(target), "files": written}, indent=1))
    else:
        sys.stdout.write("".join(f"{path}\n" for path in written))
    return DONE
