"""`iview draft`: a letter made of what is known, and what there is to look at in it."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from iview_tui.cli import arguments
from iview_tui.cli.codes import DONE, FAILED, NOT_FOUND, USAGE, say

if TYPE_CHECKING:
    from pathlib import Path

    from iview_tui.domain.letters import Draft
    from iview_tui.domain.proofreading import Finding
    from iview_tui.paths import Paths

EDITORS = ("editor", "nano", "vi", "notepad.exe")
"""Where neither VISUAL nor EDITOR is set."""
STDERR = 2
LONGEST_READ = 1_000_000


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `draft`."""
    draft = subparsers.add_parser("draft", help="a letter, proofread; the program sends nothing")
    draft.add_argument(
        "kind", metavar="KIND",
        help="email, letter, phone, voicemail, followup, thanks, posted, loop, linkedin, referral",
    )  # fmt: skip
    draft.add_argument("name", metavar="NAME", help="to whom: a name, or first letters of an id")
    out = draft.add_mutually_exclusive_group()
    out.add_argument("--eml", metavar="PATH", help="a draft for a mail program; - is stdout")
    out.add_argument("--copy", action="store_true", help="into the clipboard")
    out.add_argument("--mailto", action="store_true", help="as a mailto: address")
    draft.add_argument("--edit", action="store_true", help="in $VISUAL or $EDITOR, and keep it")
    draft.add_argument("--fresh", action="store_true", help="made anew, not as it was left")
    draft.add_argument("--sent", action="store_true", help="you sent it: into the contact log")
    draft.add_argument("--force", action="store_true", help="write over a file that is there")
    draft.add_argument("--json", action="store_true", help="as JSON")
    arguments.add_database(draft)
    draft.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Make the letter, and do with it what was said."""
    from iview_tui.domain.letters import KINDS, BadTemplate
    from iview_tui.paths import find
    from iview_tui.services import letters, people
    from iview_tui.settings import load

    if args.kind not in KINDS:
        return say(f"draft KIND is one of {', '.join(KINDS)}", USAGE)
    paths, clock = find(os.environ, args.db), arguments.clock()
    settings = load(paths.config_file, os.environ)
    for problem in settings.problems:
        say(problem)
    try:
        letter = letters.write(paths, clock, settings.me, args.kind, args.name, fresh=args.fresh)
        if args.edit:
            letter, code = _edited(paths, letter, args.name)
            if code:
                return code
        about = letters.known(paths, clock, settings.me, args.name)
        findings = letters.look(letter, about)
        code = _out(args, paths, letter, settings.me.get("email", ""))
        if code:
            return code
        if args.sent:
            letters.sent(paths, clock, letter, args.name)
            say(f"recorded as sent: {letter.kind} to {about.contact.name}")
    except people.NotFound as error:
        return say(str(error), NOT_FOUND)
    except BadTemplate as error:
        return say(str(error), FAILED)
    return _put(args, letter, findings)


def _out(args: argparse.Namespace, paths: Paths, letter: Draft, me: str) -> int:
    """The letter into a file or the clipboard, where that was wanted."""
    from iview_tui.cli import output
    from iview_tui.services import clipboard, letters

    if args.eml:
        data = letters.eml(letter, me).decode("ascii", "replace")
        name = output.file_name(letter.kind, args.name, suffix="eml")
        return output.put(data, args.eml, name, force=args.force)
    if args.copy:
        try:
            say(clipboard.copy(letter.body, os.environ, paths.state))
        except OSError as error:
            return say(f"it cannot be copied: {(error.strerror or str(error)).lower()}", FAILED)
    return DONE


def _put(args: argparse.Namespace, letter: Draft, findings: tuple[Finding, ...]) -> int:
    """The letter on standard output, where it is nowhere else, the findings beside it."""
    from iview_tui.domain.letters import as_text
    from iview_tui.services import letters

    address = letters.mailto(letter) if args.mailto else None
    if address is not None and address.cut:
        say(f"{address.cut} characters did not fit into the address; --eml has them all")
    if args.json and args.eml != "-":
        value: dict[str, Any] = draft_value(letter, findings)
        print(json.dumps(value | ({"mailto": address.url} if address else {}), indent=1,
                         ensure_ascii=False))  # fmt: skip
    elif address is not None:
        print(address.url)
    elif not args.eml and not args.copy:
        print(as_text(letter))
    for each in findings if not args.json else ():
        say(each.message)
    return DONE


def draft_value(letter: Draft, findings: tuple[Finding, ...]) -> dict[str, Any]:
    """A letter as JSON."""
    return {
        "kind": letter.kind,
        "to": letter.to,
        "subject": letter.subject,
        "body": letter.body,
        "findings": [{"rule": f.rule, "text": f.text, "message": f.message} for f in findings],
        "id": letter.id or None,
    }


# -- editing -------------------------------------------------------------------------------------


def _edited(paths: Paths, letter: Draft, name: str) -> tuple[Draft, int]:
    """The letter as an editor left it, kept; the file stays where it could not be kept."""
    import tempfile
    from pathlib import Path

    from iview_tui.domain.letters import as_text, from_text
    from iview_tui.services import letters
    from iview_tui.store.errors import DatabaseError

    command = _editor()
    if command is None:
        return letter, say("there is no editor: set VISUAL or EDITOR", FAILED)
    try:
        paths.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, made = tempfile.mkstemp(prefix="edit-", suffix=".txt", dir=paths.state)  # 0600
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(as_text(letter) + "\n")
    except OSError as error:
        return letter, say(f"the letter cannot be written to be edited: {error.strerror}", FAILED)
    path = Path(made)
    _open(command, path)
    try:
        with path.open("rb") as read:
            text = read.read(LONGEST_READ).decode("utf-8-sig")
        letter = letters.keep(paths, arguments.clock(), from_text(text, letter), name)
    except UnicodeDecodeError:
        return letter, say(f"what the editor left is not text in UTF-8; it is in {path}", FAILED)
    except OSError as error:
        return letter, say(f"what the editor left cannot be read: {error.strerror}", FAILED)
    except DatabaseError:
        say(f"what you wrote is in {path}")
        raise
    path.unlink(missing_ok=True)
    return letter, DONE


def _editor() -> list[str] | None:
    import shlex
    import shutil

    for variable in ("VISUAL", "EDITOR"):
        given = os.environ.get(variable, "").strip()
        try:
            words = shlex.split(given)
        except ValueError:
            say(f"{variable} is no command: {given[:80]!r}")
            continue
        if words:
            return words
    return next(([found] for each in EDITORS if (found := shutil.which(each))), None)


def _open(command: list[str], path: Path) -> None:
    """Run the editor; that it failed is said, and what it wrote is taken all the same."""
    import subprocess

    # Its screen is the terminal, also where our standard output goes elsewhere.
    screen = None if sys.stdout.isatty() else STDERR
    try:
        code = subprocess.run([*command, str(path)], stdout=screen, check=False).returncode  # noqa: S603
    except OSError as error:
        say(f"{command[0]}: {(error.strerror or str(error)).lower()}; the letter is as it was")
        return
    if code:
        say(f"{command[0]} ended with {code}; what it wrote was taken")
