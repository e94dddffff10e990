"""`iview keys`, `config`, `completion` and `man`: what the program says of itself."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from iview_tui.cli.codes import DONE, FAILED, USAGE, say

if TYPE_CHECKING:
    from iview_tui.ui.keys import Action

SHELLS = ("bash", "zsh", "fish")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands."""
    keys = subparsers.add_parser("keys", help="every key, and the command that does the same")
    keys.add_argument("--json", action="store_true", help="as JSON")
    keys.add_argument("--markdown", action="store_true", help="as the page of the docs")
    keys.set_defaults(run=run_keys)

    config = subparsers.add_parser("config", help="every setting, and where its value comes from")
    config.add_argument("--json", action="store_true", help="as JSON")
    config.add_argument(
        "--write", action="store_true", help="write a config file with every setting as a comment"
    )
    config.set_defaults(run=run_config)

    completion = subparsers.add_parser("completion", help="completion for bash, zsh and fish")
    completion.add_argument("shell", metavar="bash|zsh|fish", help="whose")
    completion.set_defaults(run=run_completion)

    man = subparsers.add_parser("man", help="the manual page")
    man.set_defaults(run=run_man)


# -- keys ----------------------------------------------------------------------------------------


def run_keys(args: argparse.Namespace) -> int:
    """Print every action with its keys, as they are re-mapped here."""
    if args.markdown:
        sys.stdout.write(keys_page())
        return DONE
    from iview_tui.cli.configured import key_problems
    from iview_tui.paths import find
    from iview_tui.settings import load
    from iview_tui.ui.keys import moved
    from iview_tui.ui.remapping import remap

    file = find(os.environ).config_file
    settings = load(file, os.environ)
    problems = key_problems(file, settings)
    for problem in problems:
        say(problem)
    keymap = remap(settings.keys).keys
    groups = [(name, moved(actions, keymap).actions) for name, actions in groups_of_keys()]
    if args.json:
        rows = [
            {"screen": name, "id": a.id, "keys": list(a.keys), "command": a.command or None,
             "help": a.help}
            for name, actions in groups for a in actions
        ]  # fmt: skip
        print(json.dumps({"keys": rows, "problems": problems}, indent=1, ensure_ascii=False))
        return DONE
    for name, actions in groups:
        sys.stdout.write(f"{name}\n")
        for action in actions:
            sys.stdout.write(f"  {_written(action):<15} {_command(action):<10} {action.help}\n")
            sys.stdout.write(f"  {'':<15} {'':<10} {action.id}\n")
    return DONE


KEYS_EXAMPLE = ('"call.wrap-up" = "f5"', '"call.star-entry" = "ctrl+t"')


def keys_page() -> str:
    """docs/keys.md: the same tables."""
    parts = [
        "# Keys",
        "",
        "Written by `iview keys --markdown` from the tables that the program itself uses;"
        " `iview keys` prints them as they are re-mapped on this machine. A key is moved in the"
        " config file, by its id:",
        "",
        "```toml",
        "[keys]",
        *KEYS_EXAMPLE,
        "```",
        "",
        "- Several keys are parted by commas, and may be written as they are shown here: `^B, F12`."
        " An empty text takes every key away; what it did is still to be had by its command.",
        "- A key that is asked for goes before one that was there: above, F5 is no longer the"
        " star's, which keeps ^T; its own line says that this is meant, or it is told at each"
        " start. Of two that ask for one key on one screen, the first gets it.",
        "- Nothing is left without a key by the way: the last key of an action that has no line"
        " of its own stays with it, and where none of the keys in a line can be taken, its own"
        " stay.",
        "- Left out are keys that type or edit (letters, digits, signs, Space, Enter, Backspace,"
        " Delete, Left, Right, Home, End, ^A ^D ^E ^F ^K ^U ^V ^W ^X), those that arrive as another"
        " (^I ^M ^J ^H), those that do not arrive everywhere (with alt, with ctrl and a digit,"
        " ctrl+Enter, shift+Enter), and ^C and ^Q. `iview doctor keys` shows what arrives here.",
        "",
        "What is wrong is said at the start, by `iview keys`, `iview config` and `iview doctor`.",
    ]
    for name, actions in groups_of_keys():
        parts += ["", f"## {name[0].upper()}{name[1:]}", "", "| keys | command | does | id |",
                  "| --- | --- | --- | --- |"]  # fmt: skip
        parts += [
            f"| {_written(a) or '-'} | {f'`{_command(a)}`' if _command(a) else '-'} | {a.help}"
            f" | `{a.id}` |"
            for a in actions
        ]
    return "\n".join(parts) + "\n"


def groups_of_keys() -> list[tuple[str, tuple[Action, ...]]]:
    """Every action of every screen, once, under the name of its screen."""
    from iview_tui.ui import house_keys
    from iview_tui.ui.keys import ACTIONS

    shared = {*house_keys.COMMON, *house_keys.PLACES}
    groups: list[tuple[str, tuple[Action, ...]]] = [("during the call", ACTIONS)]
    groups.append(("on every other screen", (*house_keys.COMMON, *house_keys.PLACES)))
    told: set[str] = set()
    for name, actions in house_keys.SCREENS.items():
        own = tuple(a for a in actions if a not in shared and a.id not in told)
        told |= {a.id for a in own}
        if own:
            groups.append((name, own))
    return groups


def _written(action: Action) -> str:
    from iview_tui.ui.keys import named

    return " ".join(list(dict.fromkeys(named(key) for key in action.keys))[:2])


def _command(action: Action) -> str:
    return f"/{action.command}" if action.command else ""


# -- config --------------------------------------------------------------------------------------


def run_config(args: argparse.Namespace) -> int:
    """Print every setting with its value and source, or write a file of comments."""
    from iview_tui import settings
    from iview_tui.cli.configured import load
    from iview_tui.paths import find

    path = find(os.environ).config_file
    if args.write:
        return _write_config(path)
    rows = settings.explained(path, os.environ)
    found = load(path)
    for problem in found.problems:
        say(problem)
    if args.json:
        value = {
            "file": str(path),
            "settings": [
                {"name": row.name, "value": row.value, "from": row.source} for row in rows
            ],
            "problems": list(found.problems),
        }
        print(json.dumps(value, indent=1, ensure_ascii=False))
        return DONE
    for row in rows:
        sys.stdout.write(f"{row.name:<15} {_shown(row.value):<24} {row.source}\n")
    return DONE


def _shown(value: Any) -> str:
    from iview_tui.domain.text import one_line

    return one_line(json.dumps(value, ensure_ascii=False), 60)


def _write_config(path: Any) -> int:
    from iview_tui.settings import commented

    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return say(f"{path} is there already and stays as it is", FAILED)
    except OSError as error:
        return say(f"{path} cannot be written: {(error.strerror or str(error)).lower()}", FAILED)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(commented())
    sys.stdout.write(f"{path}\n")
    return DONE


# -- completion ----------------------------------------------------------------------------------


def run_completion(args: argparse.Namespace) -> int:
    """Print the script of a shell."""
    if args.shell not in SHELLS:
        return say(f"completion is there for {', '.join(SHELLS)}", USAGE)
    sys.stdout.write(completion_of(args.shell))
    return DONE


def completion_of(shell: str) -> str:
    """The completion of a shell: commands, their options, and files where a file is taken."""
    commands = _commands()
    match shell:
        case "bash":
            return _bash(commands)
        case "zsh":
            return _zsh(commands)
        case _:
            return _fish(commands)


def _bash(commands: dict[str, argparse.ArgumentParser]) -> str:
    cases = "\n".join(
        f"    {name}) words={_quoted(' '.join(_words(parser)))} ;;"
        for name, parser in commands.items()
    )
    return f"""# eval "$(iview completion bash)"
_iview() {{
  local word=${{COMP_WORDS[COMP_CWORD]}} words
  case ${{COMP_CWORD}}:${{COMP_WORDS[1]}} in
    1:*) words={_quoted(" ".join((*commands, "--help", "--version")))} ;;
    *) case ${{COMP_WORDS[1]}} in
{cases}
    esac ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}}
complete -o default -F _iview iview iview-tui
"""


def _zsh(commands: dict[str, argparse.ArgumentParser]) -> str:
    names = "\n".join(
        f"    {_quoted(f'{name}:{_about(parser)}')}" for name, parser in commands.items()
    )
    cases = "\n".join(
        f"    {name}) compadd -- {' '.join(_words(parser))}; _files ;;"
        for name, parser in commands.items()
    )
    return f"""#compdef iview iview-tui
# iview completion zsh > a directory of $fpath/_iview
_iview() {{
  local -a commands
  commands=(
{names}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  case $words[2] in
{cases}
  esac
}}
compdef _iview iview iview-tui
"""


def _fish(commands: dict[str, argparse.ArgumentParser]) -> str:
    lines = ["# iview completion fish > ~/.config/fish/completions/iview.fish"]
    for name, parser in commands.items():
        lines.append(
            f"complete -c iview -n __fish_use_subcommand -f -a {name} -d {_quoted(_about(parser))}"
        )
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        for action in parser._actions:
            for option in action.option_strings:
                if option.startswith("--"):
                    told = _quoted(action.help or "")
                    lines.append(f"complete -c iview {seen} -l {option[2:]} -d {told}")
        nested = _nested(parser)
        if nested:
            lines.append(f"complete -c iview {seen} -a {_quoted(' '.join(nested))}")
    return "\n".join(lines) + "\n"


def _commands() -> dict[str, argparse.ArgumentParser]:
    """The parser of each command, in the order of the help."""
    from iview_tui.cli.main import COMMANDS, build_parser

    found: dict[str, argparse.ArgumentParser] = {}
    for name in COMMANDS:
        if name not in found:
            found.update(build_parser(name)[1])
    return {name: found[name] for name in COMMANDS if name in found}


def _about(parser: argparse.ArgumentParser) -> str:
    from iview_tui.cli.main import COMMANDS

    return COMMANDS[parser.prog.removeprefix("iview ")][1]


def _words(parser: argparse.ArgumentParser) -> list[str]:
    """What may follow a command: the words below it, and every long option of all of them."""
    nested = _nested(parser)
    options = [
        option
        for each in (parser, *nested.values())
        for action in each._actions
        for option in action.option_strings
        if option.startswith("--")
    ]
    return list(dict.fromkeys((*nested, *options)))


def _nested(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def _quoted(text: str) -> str:
    """A word of a shell: in single quotes, which are spelled out."""
    return "'" + text.replace("'", "'\\''") + "'"


# -- man -----------------------------------------------------------------------------------------


def run_man(args: argparse.Namespace) -> int:
    """Print the manual page, for `iview man | man -l -`."""
    sys.stdout.write(manual())
    return DONE


def manual() -> str:
    """The manual page in the macros of man(7)."""
    from iview_tui import __version__

    rows = [
        f'.TH IVIEW 1 "" "iview {__version__}" "User Commands"',
        ".SH NAME",
        "iview \\- run a live informational interview by phone from the terminal",
        ".SH SYNOPSIS",
        ".B iview",
        "[COMMAND] [ARGUMENTS]",
        ".SH DESCRIPTION",
        "One line takes everything that is said: notes, quotes, names, promises, the clock. The",
        "screen says how long is left, what was covered, what to ask next, and whether names",
        "were given. Everything is kept in one file on this machine, and nothing is sent.",
        ".SH COMMANDS",
    ]
    for name, parser in _commands().items():
        rows += [".TP", f".B iview {name}", _roff(_about(parser))]
        parsers = _nested(parser) or {"": parser}
        for word, each in parsers.items():
            if word:
                rows += [".RS", ".TP", f".B {_roff(word)}", _roff(each.description or ""), ".RE"]
            for action in each._actions:
                names = ", ".join(action.option_strings) or str(action.metavar or "")
                if isinstance(action, argparse._HelpAction | argparse._SubParsersAction):
                    continue
                takes = f" {action.metavar}" if action.option_strings and action.metavar else ""
                rows += [".RS", ".TP", f".B {_roff(names + takes)}", _roff(action.help or ""),
                         ".RE"]  # fmt: skip
    rows += [".SH EXIT STATUS"]
    for code, meaning in EXIT_CODES:
        rows += [".TP", f".B {code}", _roff(meaning)]
    rows += [".SH ENVIRONMENT"]
    for name, meaning in ENVIRONMENT:
        rows += [".TP", f".B {name}", _roff(meaning)]
    rows += [".SH FILES", ".B iview path", "says where everything lies."]
    return "\n".join(rows) + "\n"


EXIT_CODES = (
    ("0", "done"),
    ("1", "failed: a file that is unreadable, empty or without a question; a bad script"),
    ("2", "usage, or no terminal where one is needed"),
    ("3", "not found: a file, a person, an interview"),
    ("4", "the database or its directory: busy, full, damaged, newer, foreign, not writable"),
    ("129, 130, 131, 143", "hung up, interrupted, quit, terminated"),
)
ENVIRONMENT = (
    ("IVIEW_HOME", "where everything lies"),
    ("IVIEW_DB", "the database alone; --db goes before it"),
    ("IVIEW_THEME, IVIEW_ASCII, IVIEW_REDUCED_MOTION, IVIEW_BACK_DATE", "settings of that name"),
    ("NO_COLOR", "no color at all"),
    ("VISUAL, EDITOR", "what --edit opens"),
)


def _roff(text: str) -> str:
    """Text that man(7) takes as it is."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + escaped if escaped[:1] in (".", "'") else escaped
