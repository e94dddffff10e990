"""The `iview` command: finds the module of a command, and imports no other."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from iview_tui import __version__
from iview_tui.cli.codes import DATABASE, DONE, FAILED, INTERRUPTED, USAGE, say
from iview_tui.lazy import leave_out, put_off

COMMANDS: dict[str, tuple[str, str]] = {
    "today": ("iview_tui.cli.agenda", "the next call, what is due, whom to write to"),
    "live": ("iview_tui.cli.live", "run a call"),
    "demo": ("iview_tui.cli.live", "watch a made-up call, nothing kept"),
    "rehearse": ("iview_tui.cli.live", "the real screen, nothing kept"),
    "replay": ("iview_tui.cli.live", "play a script of lines mm:ss on a held clock"),
    "guide": ("iview_tui.cli.guide", "the list of questions: show, fit, export"),
    "people": ("iview_tui.cli.people", "whom I know: add, show, list, find, import"),
    "log": ("iview_tui.cli.people", "an attempt to reach somebody, and what came of it"),
    "done": ("iview_tui.cli.people", "something that was due is done"),
    "plan": ("iview_tui.cli.agenda", "an agreed time: when, how long, who calls whom"),
    "sheet": ("iview_tui.cli.agenda", "all for one call on a page to print"),
    "draft": ("iview_tui.cli.draft", "a letter, proofread; the program sends nothing"),
    "match": ("iview_tui.cli.match", "which prepared topics a text belongs to"),
    "review": ("iview_tui.cli.review", "a call as a plain timeline"),
    "search": ("iview_tui.cli.search", "everything that you wrote, by words"),
    "compare": ("iview_tui.cli.across", "one question across all interviews"),
    "chain": ("iview_tui.cli.across", "who led to whom"),
    "glossary": ("iview_tui.cli.across", "the field's own words, and who said them"),
    "packet": ("iview_tui.cli.packet", "all that follows a call, in one directory"),
    "export": ("iview_tui.cli.export", "a call, a person or everything, in seven formats"),
    "import": ("iview_tui.cli.export", "take in what export wrote as JSON"),
    "erase": ("iview_tui.cli.upkeep", "take a person out of everything, backups too"),
    "backup": ("iview_tui.cli.upkeep", "make a verified copy of the database"),
    "restore": ("iview_tui.cli.upkeep", "take a backup back; can itself be undone"),
    "doctor": ("iview_tui.cli.upkeep", "whether all is well; tells nothing private"),
    "keys": ("iview_tui.cli.shell", "every key, and the command that does the same"),
    "config": ("iview_tui.cli.shell", "every setting, and where its value comes from"),
    "completion": ("iview_tui.cli.shell", "completion for bash, zsh and fish"),
    "man": ("iview_tui.cli.shell", "the manual page"),
    "path": ("iview_tui.cli.path", "where the database and the settings lie"),
}
"""Every command, the module that holds it, and its line in the help.

The module has `register(subparsers)`, which adds the parsers of its commands; each of them sets
`run`, a function of the parsed arguments that gives the exit code.
"""
OWN_UMASK = 0o077


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, and takes no option cut short."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """An argument parser."""
        kwargs.setdefault("allow_abbrev", False)
        super().__init__(*args, **kwargs)
        self.options: list[str] = []

    def add_argument(self, *args: Any, **kwargs: Any) -> argparse.Action:
        """Add an argument, and know its name for near misses."""
        action = super().add_argument(*args, **kwargs)
        self.options = [*getattr(self, "options", ["--help"]), *action.option_strings]
        return action

    def print_help(self, file: Any = None) -> None:
        """Print the help; what keeps it from being read is not passed over."""
        (file or sys.stdout).write(self.format_help())

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2 and one sentence."""
        from iview_tui.domain.text import one_line

        command = self.prog.removeprefix("iview").strip()
        help_ = f"iview {command} --help" if command else "iview --help"
        raise SystemExit(say(f"{one_line(message, 300)}; {help_} says more", USAGE))


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; gives back the exit code."""
    put_off("dateutil.parser")
    leave_out("ssl")
    os.umask(OWN_UMASK)  # before anything is made; `paths` has it too, and imports more
    _write_utf8()
    try:
        code = _left(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _let_go_of_stdout()
        return DONE  # the reader had enough
    except OSError as error:
        _let_go_of_stdout()
        return say(f"it did not work: {(error.strerror or str(error)).lower()}", FAILED)
    except Exception as error:
        from iview_tui.store.errors import DatabaseError

        if isinstance(error, DatabaseError):
            return say(str(error), DATABASE)
        if os.environ.get("IVIEW_DEBUG"):
            raise
        return say(_fault(error), FAILED)
    return code


def _left(argv: list[str]) -> int:
    """The exit code, also where argparse leaves by itself."""
    try:
        return _run(argv)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else DONE


def _run(argv: list[str]) -> int:
    if not argv:
        return _bare()
    word = next((argument for argument in argv if not argument.startswith("-")), None)
    if word is not None and word not in COMMANDS and argv[0] == word:
        return say(_no_command(word), USAGE)
    parser, _ = build_parser(word)
    arguments, unknown = parser.parse_known_args(argv)
    if unknown:
        return say(_no_option(unknown[0], arguments), USAGE)
    run = getattr(arguments, "run", None)
    if run is None:
        return _run(["today"])
    return int(run(arguments))


def _bare() -> int:
    """Bare `iview`: Today on the screen; without a terminal what `iview today` prints."""
    from iview_tui.cli.live import has_terminal

    if has_terminal():
        from iview_tui.cli.house import run

        return run()
    return _run(["today"])


def build_parser(word: str | None) -> tuple[Parser, dict[str, Parser]]:
    """The parser, and the parsers of the commands of the one module that was asked for."""
    parser = Parser(
        prog="iview",
        description="Run a live informational interview by phone: questions, time, names, notes.",
    )
    parser.add_argument("--version", action="version", version=f"iview {__version__}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    wanted = COMMANDS[word][0] if word in COMMANDS else None
    for name, (module, line) in COMMANDS.items():
        if module != wanted:
            subparsers.add_parser(name, help=line, add_help=False)
        elif name not in subparsers.choices:
            importlib.import_module(module).register(subparsers)
    registered = {
        name: subparsers.choices[name]
        for name, (module, _) in COMMANDS.items()
        if module == wanted and name in subparsers.choices
    }
    return parser, registered


def _no_command(word: str) -> str:
    import difflib

    from iview_tui.domain.text import one_line

    near = difflib.get_close_matches(word, COMMANDS, n=1)
    mean = f"did you mean {near[0]}?" if near else "iview --help names them all"
    return f"there is no command {one_line(word, 40)!r}; {mean}"


def _no_option(given: str, arguments: argparse.Namespace) -> str:
    import difflib

    from iview_tui.domain.text import one_line

    shown, command = one_line(given, 40), arguments.command or ""
    if not given.startswith("-"):
        return f"{command} does not take {shown!r} as well; iview {command} --help says more"
    near = difflib.get_close_matches(given.partition("=")[0], _options(command), n=1)
    mean = f"did you mean {near[0]}?" if near else f"iview {command} --help says more".strip()
    return f"{command or 'iview'} has no option {shown!r}; {mean}"


def _options(command: str) -> list[str]:
    _, registered = build_parser(command)
    return registered[command].options if command in registered else ["--help", "--version"]


def _write_utf8() -> None:
    """Data is UTF-8 whatever the locale says; what a terminal cannot show never stops a command."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            reconfigure(errors="replace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def _let_go_of_stdout() -> None:
    """Nothing more is written, also not when Python ends."""
    try:
        descriptor = os.open(os.devnull, os.O_WRONLY)
        os.dup2(descriptor, sys.stdout.fileno())
        os.close(descriptor)
    except (OSError, ValueError):
        pass


def _fault(error: Exception) -> str:
    """A fault of the program's own, without a word of what was being worked on."""
    from pathlib import Path

    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f"{Path(frame.tb_frame.f_code.co_filename).name}:{frame.tb_lineno}" if frame else "?"
    return f"this is a fault of iview's own ({type(error).__name__}, {place}); nothing was changed"
