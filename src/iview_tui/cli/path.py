"""`iview path`: where everything lies. Nothing is made by asking."""

import argparse
import json
import os
import sys

from iview_tui.cli import arguments
from iview_tui.cli.codes import DONE


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `path`."""
    parser = subparsers.add_parser("path", help="where the database and the settings lie")
    parser.add_argument("--json", action="store_true", help="as JSON")
    arguments.add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the folder of the database, and the files."""
    from iview_tui.paths import find

    paths = find(os.environ, args.db)
    places = {
        "folder": paths.database.parent,
        "database": paths.database,
        "backups": paths.backups,
        "config": paths.config_file,
        "state": paths.state,
    }
    if args.json:
        named = {name: str(place) for name, place in places.items()}
        print(json.dumps(named, indent=1, ensure_ascii=False))
        return DONE
    for name, place in places.items():
        there = "" if place.exists() else "  (not there yet)"
        sys.stdout.write(f"{name:<9} {place}{there}\n")
    return DONE
