"""`iview review`: a call as a plain timeline."""

import argparse
import os
import sys

from iview_tui.cli import arguments
from iview_tui.cli.codes import DONE, NOT_FOUND, say


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `review`."""
    parser = subparsers.add_parser("review", help="a call as a plain timeline")
    parser.add_argument(
        "call", nargs="?", default="last", metavar="ID|last", help="which call (last)"
    )
    parser.add_argument("--json", action="store_true", help="the JSON export of the call")
    parser.add_argument("--with-private", action="store_true", help="private entries as well")
    arguments.add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print a call."""
    from iview_tui.paths import find
    from iview_tui.services import library, upkeep

    paths = find(os.environ, args.db)
    upkeep.bring_back_if_free(paths, arguments.clock())
    try:
        record = library.find_call(paths.database, args.call)
    except library.NotFound as error:
        return say(str(error), NOT_FOUND)
    text = library.export_text if args.json else library.review_text
    sys.stdout.write(text(record, with_private=args.with_private))
    return DONE
