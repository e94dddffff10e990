"""What a person may set: flag before environment before config file before default.

The config file is TOML, and only read. What it says wrongly is explained and left out, never fatal.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from iview_tui.domain.value import value

NO_KEYS: Mapping[str, str] = MappingProxyType({})
THEMES = ("auto", "dark", "light")
OF_ME = ("name", "who", "exploring", "phone", "email")
LONGEST_OF_ME = 300
TABLES = ("keys", "me")
"""Settings that are tables: too much for a variable of the environment."""


@value
class Settings:
    """All settings, with their defaults."""

    back_date: int = 8
    """Seconds that a line with words is stamped before its first keystroke."""
    theme: str = "auto"
    """auto, dark or light."""
    ascii: bool = False
    """Only ASCII symbols on the screen."""
    reduced_motion: bool = False
    hints: bool = True
    """Whether the prompt line says in the first three calls what can be done."""
    keep_captions: bool = False
    """Whether quotes and moments keep what the captions said just before."""
    tracker: tuple[str, ...] = ()
    """The command of a tracker of one's own, as words; empty: the built-in one."""
    keys: Mapping[str, str] = field(default_factory=lambda: NO_KEYS)
    """Binding ids and the keys that they are moved to."""
    me: Mapping[str, str] = field(default_factory=lambda: NO_KEYS)
    """What letters say of the user, by the names in OF_ME."""
    problems: tuple[str, ...] = ()
    """What could not be taken, each in one sentence."""


def load(
    config_file: Path, environ: Mapping[str, str], flags: Mapping[str, Any] | None = None
) -> Settings:
    """The settings that hold; `flags` are those of the command line, None where not given."""
    problems: list[str] = []
    values = {row.name: row.value for row in _found(config_file, environ, flags or {}, problems)}
    return Settings(**values, problems=tuple(problems))


@value
class Setting:
    """A setting as it holds."""

    name: str
    value: Any
    source: str
    """The default, the config file by its name, the environment, or the command line."""


def explained(config_file: Path, environ: Mapping[str, str]) -> tuple[Setting, ...]:
    """Every setting, in their order, and where its value comes from."""
    found = {row.name: row for row in _found(config_file, environ, {}, [])}
    default = Settings()
    return tuple(
        _plain(found.get(name) or Setting(name, getattr(default, name), "default"))
        for name in _READERS
    )


def commented() -> str:
    """A config file in which every setting stands as a comment, with its default."""
    default = Settings()
    rows = ["# Settings of iview. Take away the # in front of what you change."]
    for name, about in _ABOUT.items():
        value = _plain(Setting(name, getattr(default, name), "")).value
        rows += ["", *(f"# {line}" for line in about.splitlines())]
        if name == "keys":
            rows += ["# [keys]", '# "call.wrap-up" = "ctrl+b"']
        elif name == "me":
            rows += ["# [me]", *(f'# {each} = ""' for each in OF_ME)]
        else:
            rows += [f"# {name} = {json.dumps(value)}"]
    return "\n".join(rows) + "\n"


def _plain(row: Setting) -> Setting:
    """With a value that JSON and TOML have words for."""
    value = row.value
    if isinstance(value, Mapping):
        value = dict(value)
    elif isinstance(value, tuple):
        value = list(value)
    return Setting(row.name, value, row.source)


def _found(
    config_file: Path, environ: Mapping[str, str], flags: Mapping[str, Any], problems: list[str]
) -> list[Setting]:
    """What is set, the last of a name being the one that holds; wrong ones are told."""
    found: dict[str, Setting] = {}
    for source, given in (
        (config_file.name, _file(config_file, problems)),
        ("the environment", _environment(environ)),
        ("the command line", {k: v for k, v in flags.items() if v is not None}),
    ):
        for name, given_value in given.items():
            if name not in _READERS:
                problems.append(f"{source}: there is no setting {name!r}{_nearest(name)}.")
                continue
            try:
                found[name] = Setting(name, _READERS[name](given_value), source)
            except ValueError as reason:
                problems.append(f"{source}: {name} {reason}; it stays as it was.")
    return list(found.values())


def _file(config_file: Path, problems: list[str]) -> dict[str, Any]:
    try:
        text = config_file.read_text(encoding="utf-8")
        import tomllib  # like the rest that is imported here in functions: not at every start

        return tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except OSError as error:
        problems.append(f"{config_file.name} cannot be read: {os.strerror(error.errno or 0)}.")
    except ValueError as error:  # not TOML, or not UTF-8
        problems.append(f"{config_file.name} is not valid TOML: {error}.")
    return {}


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """`IVIEW_THEME` and the like; tables are too much for a variable."""
    names = {name: f"IVIEW_{name.upper()}" for name in _READERS if name not in TABLES}
    return {name: environ[variable] for name, variable in names.items() if environ.get(variable)}


def _nearest(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, _READERS, n=1)
    return f" (is it {near[0]!r}?)" if near else ""


def _seconds(value: Any) -> int:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 60:
        raise ValueError("is a whole number of seconds from 0 to 60")
    return value


def _theme(value: Any) -> str:
    if value not in THEMES:
        raise ValueError(f"is one of {', '.join(THEMES)}")
    return str(value)


def _switch(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"0", "false", "no", "off"}:
        return False
    raise ValueError("is true or false")


def _command(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        import shlex

        return tuple(shlex.split(value))  # an open quotation mark is a ValueError as well
    if isinstance(value, Mapping) and set(value) == {"command"}:
        value = value["command"]  # [tracker] as a table
    if isinstance(value, list) and all(isinstance(word, str) for word in value):
        return tuple(value)
    raise ValueError("is a command, or a list of its words")


def _keys(value: Any) -> Mapping[str, str]:
    if isinstance(value, Mapping):
        found: dict[str, Any] = {}
        for name, given in value.items():  # call.wrap-up without quotation marks is a table
            tables = given if isinstance(given, Mapping) else None
            found |= {f"{name}.{k}": v for k, v in tables.items()} if tables else {name: given}
        if all(isinstance(key, str) for key in found.values()):
            return MappingProxyType(found)
    raise ValueError("is a table of binding ids and keys, each a text")


def _me(value: Any) -> Mapping[str, str]:
    if not isinstance(value, Mapping):
        raise ValueError("is a table")
    for name, text in value.items():
        if name not in OF_ME:
            raise ValueError(f"has {', '.join(OF_ME)}, not {name!r}")
        if not isinstance(text, str) or len(text) > LONGEST_OF_ME or not text.isprintable():
            raise ValueError(f"takes one line of at most {LONGEST_OF_ME} characters as {name}")
    return MappingProxyType({name: text.strip() for name, text in value.items()})


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "back_date": _seconds,
    "theme": _theme,
    "ascii": _switch,
    "reduced_motion": _switch,
    "hints": _switch,
    "keep_captions": _switch,
    "tracker": _command,
    "keys": _keys,
    "me": _me,
}
_ABOUT: Mapping[str, str] = {
    "back_date": "Seconds that a line with words is stamped before its first keystroke, 0 to 60.",
    "theme": "auto, dark or light.",
    "ascii": "Only ASCII symbols on the screen.",
    "reduced_motion": "What counts seconds steps every ten.",
    "hints": "In the lulls of your first three calls the prompt line says what can be done.",
    "keep_captions": "Quotes and moments keep the last twenty seconds of the captions.",
    "tracker": "The command of a tracker of your own, as a list of words; empty: the built-in one.",
    "keys": "Keys by the id of what they do; `iview keys` prints all ids.",
    "me": "What letters say of you: your name, one sentence on who you are, what you are\n"
    "exploring, your number and your e-mail. What is empty stands as a blank in a letter.",
}
