"""Arguments that several commands take, and the bounds they have."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from iview_tui.cli.codes import DONE, FAILED, NOT_FOUND, say

if TYPE_CHECKING:
    from pendulum import DateTime

    from iview_tui.clock import Clock
    from iview_tui.domain.guide import Guide
    from iview_tui.domain.record import Contact
    from iview_tui.paths import Paths

MOST, LEAST, LEAST_NOW, USUAL = 60, 20, 10, 30
LONGEST_SCRIPT = 4_000_000
"""Bytes of a script."""
LONGEST_TEXT = 500
"""Characters of a name or a purpose."""


def add_database(parser: argparse.ArgumentParser) -> None:
    """`--db`."""
    parser.add_argument("--db", metavar="PATH", help="another database file")


def add_minutes(parser: argparse.ArgumentParser) -> None:
    """`--minutes` and `--now`."""
    parser.add_argument("--minutes", metavar="N", help="20 to 60 (30)")
    parser.add_argument("--now", action="store_true", help="offered on the spot: 10 to 60, no card")


def add_person(parser: argparse.ArgumentParser) -> None:
    """`--with` and what is known of the person."""
    parser.add_argument("--with", dest="name", metavar="NAME", help="who is on the phone")
    parser.add_argument("--new", action="store_true", help="another person of the same name")
    parser.add_argument("--org", metavar="ORG", help="their organization")
    parser.add_argument("--via", metavar="NAME", help="who sent me")
    parser.add_argument("--phone", metavar="NUMBER", help="their number")


def text(given: str | None) -> str | None:
    """A text of the command line after the door, or None where nothing is left."""
    from iview_tui.domain.text import one_line

    return (one_line(given, LONGEST_TEXT).strip() or None) if given else None


def person(args: argparse.Namespace, new_id: str) -> Contact | None:
    """The person that the command line names."""
    from iview_tui.domain.record import Contact

    name = text(args.name)
    if name is None:
        return None
    phone = text(args.phone)
    phones = (phone,) if phone else ()
    return Contact(new_id, name, text(args.org), None, (), phones, text(args.via))


def minutes(given: str | None, *, now: bool) -> int | None:
    """Minutes within their bounds, or None once the reason was said; 30 unless given."""
    if given is None:
        return USUAL
    from iview_tui.domain.text import one_line

    shown = one_line(given, 20)
    least = LEAST_NOW if now else LEAST
    if not (given.isascii() and given.isdigit()):
        say(f"--minutes takes a whole number from {least} to {MOST}, not {shown!r}")
    elif least <= int(given[:9]) <= MOST:
        return int(given)
    elif now:
        say(f"--minutes is 10 to 60 where they offer the call on the spot, not {shown}")
    else:
        say(f"--minutes is 20 to 60, what one may ask a stranger for, not {shown}"
            " (from 10 on with --now, where they offer it on the spot)")  # fmt: skip
    return None


def guide(path: str | None) -> tuple[Guide | None, int]:
    """The guide of that path or the built-in one; else None and the exit code, the reason said."""
    from iview_tui.domain.guide import GuideError, GuideNotFound
    from iview_tui.services.guides import load_guide

    if path is not None and path.lower().endswith(".ics"):
        return None, say(f"{path}: an invitation; this version reads lists of questions", FAILED)
    try:
        return load_guide(path), DONE
    except GuideNotFound as error:
        kept = _kept(path)
        return (kept, DONE) if kept else (None, say(str(error), NOT_FOUND))
    except GuideError as error:
        return None, say(str(error), FAILED)


def _kept(title: str | None) -> Guide | None:
    """The kept list of that title, where there is no file of that name."""
    import os

    from iview_tui.paths import find
    from iview_tui.services.guides import kept_guide
    from iview_tui.store.errors import DatabaseError

    try:
        return kept_guide(find(os.environ).database, title) if title else None
    except DatabaseError:
        return None


def source(path: str) -> tuple[str | None, int]:
    """The text of a script, or None and the exit code, the reason said."""
    from pathlib import Path

    try:
        if path == "-":
            data = sys.stdin.buffer.read(LONGEST_SCRIPT + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(LONGEST_SCRIPT + 1)
    except FileNotFoundError:
        return None, say(f"{path}: there is no such file", NOT_FOUND)
    except OSError as error:
        return None, say(f"{path}: {error.strerror or error}", FAILED)
    if len(data) > LONGEST_SCRIPT:
        return None, say(f"{path}: longer than {LONGEST_SCRIPT:,} bytes", FAILED)
    try:
        return data.decode("utf-8-sig"), DONE
    except UnicodeDecodeError:
        return None, say(f"{path}: not text in UTF-8", FAILED)


def start(given: str) -> DateTime | None:
    """An instant in ISO 8601, local where it names no zone; None once the reason was said."""
    from datetime import datetime

    import pendulum

    try:
        read = datetime.fromisoformat(given)
    except ValueError:
        say(f"--start takes an instant such as 2026-11-24T14:00:00+01:00, not {given[:40]!r}")
        return None
    whole = read.replace(microsecond=0)
    return pendulum.instance(whole, tz=clock().zone())


def my_emails() -> tuple[str, ...]:
    """My own e-mails, `[me]` of the settings: several are parted by commas or blanks."""
    import os

    from iview_tui.paths import find
    from iview_tui.settings import load

    me = load(find(os.environ).config_file, os.environ).me
    return tuple(me.get("email", "").replace(",", " ").split())


def paths(args: argparse.Namespace) -> Paths:
    """Where things lie, with the database that was named."""
    from iview_tui.paths import find

    return find(os.environ, args.db)


def paths_to_read(args: argparse.Namespace) -> Paths:
    """The same, when a call that broke off is back in the database, or it was said why not."""
    from iview_tui.services import upkeep

    found = paths(args)
    if waits := upkeep.bring_back_if_free(found, clock()):
        say(waits)
    return found


def clock() -> Clock:
    """The machine's clock."""
    from iview_tui.clock import SystemClock

    return SystemClock()
