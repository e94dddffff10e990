"""`iview backup`, `restore`, `doctor` and `erase`: the database's upkeep."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING

from iview_tui.cli import arguments
from iview_tui.cli.codes import DATABASE, DONE, FAILED, NOT_FOUND, USAGE, say

if TYPE_CHECKING:
    from iview_tui.paths import Paths
    from iview_tui.services.health import Check

PACKAGES = ("textual", "sqlalchemy", "alembic", "pendulum", "platformdirs", "markdown-it-py")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `backup`, `restore`, `doctor` and `erase`."""
    backup = subparsers.add_parser("backup", help="make a verified copy of the database")
    backup.set_defaults(run=run_backup)

    restore = subparsers.add_parser("restore", help="take a backup back; can itself be undone")
    restore.add_argument(
        "backup", nargs="?", metavar="BACKUP", help="its name or path; the newest good one"
    )
    restore.add_argument("--list", action="store_true", help="only name the backups")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="set aside even a file of a newer iview or another program",
    )
    restore.set_defaults(run=run_restore)

    doctor = subparsers.add_parser("doctor", help="whether all is well; tells nothing private")
    doctor.add_argument("what", nargs="?", choices=["keys"], metavar="keys",
                        help="what this terminal sends for each key")  # fmt: skip
    doctor.set_defaults(run=run_doctor)

    erase = subparsers.add_parser("erase", help="take a person out of everything, backups too")
    erase.add_argument("name", metavar="NAME", help="who, or the first letters of their id")
    erase.add_argument("--yes", action="store_true", help="do not ask")
    erase.set_defaults(run=run_erase)

    for parser in (backup, restore, doctor, erase):
        parser.add_argument("--json", action="store_true", help="as JSON")
        arguments.add_database(parser)


def run_backup(args: argparse.Namespace) -> int:
    """Make a backup and say where it is."""
    from iview_tui.services import upkeep

    try:
        made = upkeep.back_up(arguments.paths(args), arguments.clock())
    except upkeep.NotFound as error:
        return say(str(error), NOT_FOUND)
    if args.json:
        _print({"backup": str(made)})
    else:
        sys.stdout.write(f"{made}\n")
    return DONE


def run_restore(args: argparse.Namespace) -> int:
    """Take a backup back, and say how that is undone."""
    from iview_tui.services import upkeep

    paths = arguments.paths(args)
    if args.list:
        there = upkeep.backups(paths)
        if args.json:
            _print({"backups": [str(path) for path in there]})
        else:
            sys.stdout.write("".join(f"{path.name}\n" for path in there))
        return DONE
    try:
        done = upkeep.restore(paths, arguments.clock(), args.backup, replace=args.replace)
    except upkeep.NotFound as error:
        return say(str(error), NOT_FOUND)
    if args.json:
        kept = str(done.kept) if done.kept else None
        _print({"restored": str(done.backup), "kept": kept, "undoable": done.undoable})
        return DONE
    sys.stdout.write(f"restored {done.backup.name}\n")
    if done.kept and done.undoable:
        sys.stdout.write(f"iview restore {done.kept.name} undoes this\n")
    elif done.kept:
        sys.stdout.write(f"what was there is kept as it was: {done.kept}\n")
    return DONE


# -- doctor --------------------------------------------------------------------------------------


def run_doctor(args: argparse.Namespace) -> int:
    """Look at everything; exit code 4 where the database is sick, 1 where something else is."""
    if args.what == "keys":
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            return say("no terminal here: iview keys prints the keys without one", USAGE)
        from iview_tui.settings import load
        from iview_tui.ui import key_check
        from iview_tui.ui.keys import ACTIONS, moved
        from iview_tui.ui.run import keymap

        settings = load(arguments.paths(args).config_file, os.environ)
        key_check.run(moved(ACTIONS, keymap(settings)))
        return DONE
    from iview_tui.services import health

    paths = arguments.paths(args)
    checks = [
        _versions(),
        _terminal(),
        _settings(paths),
        *health.examine(paths, arguments.clock()),
    ]
    ok = all(check.ok for check in checks)
    if args.json:
        rows = [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in checks]
        _print({"ok": ok, "checks": rows})
    else:
        for check in checks:
            sys.stdout.write(f"{'ok ' if check.ok else 'BAD'} {check.name:<10} {check.detail}\n")
    if ok:
        return DONE
    sick = any(not c.ok for c in checks if c.name in {"database", "integrity"})
    return DATABASE if sick else FAILED


def _versions() -> Check:
    import platform
    import sqlite3
    from importlib.metadata import PackageNotFoundError, version

    from iview_tui import __version__
    from iview_tui.services.health import Check

    found, missing = [], []
    for package in PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            missing.append(package)
    detail = ", ".join(
        [f"iview {__version__}", f"Python {platform.python_version()}",
         f"SQLite {sqlite3.sqlite_version}", f"{platform.system()} {platform.release()}", *found]
    )  # fmt: skip
    if missing:
        return Check("versions", False, f"missing: {', '.join(missing)}; {detail}")
    return Check("versions", True, detail)


def _terminal() -> Check:
    from iview_tui.services.health import Check

    term = os.environ.get("TERM") or "none"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return Check("terminal", True, f"none here (TERM {_word(term)})")
    columns, lines = os.get_terminal_size(sys.stdout.fileno())
    depth = os.environ.get("COLORTERM") or "unsaid"
    detail = f"TERM {_word(term)}, {columns}x{lines}, colors {_word(depth)}, {sys.stdout.encoding}"
    if term in {"none", "dumb"}:
        return Check("terminal", False, f"{detail}: iview live --plain is for this one")
    return Check("terminal", True, detail)


def _settings(paths: Paths) -> Check:
    from iview_tui.cli.configured import load
    from iview_tui.services.health import Check

    problems = load(paths.config_file).problems
    if problems:
        return Check("settings", False, "; ".join(problems))
    return Check("settings", True, "read" if paths.config_file.exists() else "none set")


def _word(given: str) -> str:
    from iview_tui.domain.text import one_line

    return one_line(given, 40)


# -- erase ---------------------------------------------------------------------------------------


def run_erase(args: argparse.Namespace) -> int:
    """Show what would go, ask, and erase it."""
    from iview_tui.services import upkeep

    paths, name = arguments.paths(args), arguments.text(args.name)
    if name is None:
        return say("erase takes a name", USAGE)
    try:
        if not args.yes:
            would = upkeep.would_erase(paths, name)
            sys.stderr.write(_rows(f"This would erase {name} for good:", would))
            if not (sys.stdin.isatty() and sys.stderr.isatty()):
                return say("nothing was erased: there is nobody to ask; --yes erases", USAGE)
            sys.stderr.write("Exports that you made are not touched. Type yes to erase: ")
            sys.stderr.flush()
            if sys.stdin.readline().strip().casefold() != "yes":
                return say("nothing was erased", FAILED)
        gone = upkeep.erase_person(paths, name, arguments.clock())
    except upkeep.NotFound as error:
        return say(str(error), NOT_FOUND)
    if args.json:
        _print({"erased": gone})
    else:
        sys.stdout.write(_rows(f"erased {name}:", gone))
    return DONE


def _rows(head: str, counts: dict[str, int]) -> str:
    rows = [f"  {number:>5}  {kind.replace('_', ' ')}" for kind, number in counts.items() if number]
    return "\n".join([head, *rows]) + "\n"


def _print(value: object) -> None:
    print(json.dumps(value, indent=1, ensure_ascii=False))
