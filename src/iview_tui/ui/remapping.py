"""What `[keys]` of the config file comes to: the keys that hold, and a sentence for each wrong one.

Loaded only where somebody has moved a key.
"""

import difflib
import unicodedata
from collections.abc import Mapping

from textual.keys import key_to_character

from iview_tui.domain.value import value
from iview_tui.ui import house_keys
from iview_tui.ui.keys import ACTIONS, Action, named

Asked = list[tuple[str, str]]
"""Ids and the keys that are asked for them, in the order of the file."""

SCREENS = (
    ACTIONS,
    *((*house_keys.COMMON, *actions) for actions in house_keys.SCREENS.values()),
)
"""The actions that stand beside each other: no key may mean two of them."""
KNOWN: Mapping[str, Action] = {action.id: action for screen in SCREENS for action in screen}
FIXED = {"call.feed-line", "house.feed-line", "house.open-it"}
"""What Enter does, however it arrives."""

_ALIASES = {
    "esc": "escape", "return": "enter", "pgup": "pageup", "pgdn": "pagedown", "ins": "insert",
    "del": "delete", "control": "ctrl", "option": "alt", "]": "right_square_bracket",
    "\\": "backslash", "/": "underscore", "slash": "underscore", "_": "underscore",
    "^": "circumflex_accent", "space": "@", "at": "@",
}  # fmt: skip
"""Of keys as they are written on the screen; of ctrl and a slash an underscore arrives."""
_ARRIVES_AS = {
    "ctrl+i": "Tab", "ctrl+j": "Enter", "ctrl+m": "Enter", "ctrl+h": "Backspace",
    "ctrl+[": "Esc", "ctrl+left_square_bracket": "Esc",
    **{f"shift+f{n}": f"F{n + 12}" for n in range(1, 13)},
}  # fmt: skip
_ENDS = {"ctrl+c", "ctrl+q"}
_EDITS = {
    *(f"ctrl+{letter}" for letter in "adefkuvwx"), "left", "right", "home", "end", "delete",
    "backspace", "ctrl+left", "ctrl+right", "shift+left", "shift+right", "shift+home", "shift+end",
    "shift+up", "shift+down", "ctrl+shift+left", "ctrl+shift+right", "shift+delete",
    "ctrl+backspace", "ctrl+delete", "ctrl+shift+a", "ctrl+shift+k",
}  # fmt: skip
_MOVES = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown")
_ARRIVES = {
    "tab", "shift+tab", "escape", "insert", *_MOVES,
    *(f"{with_}+{key}" for with_ in ("ctrl", "shift", "ctrl+shift") for key in _MOVES),
    *(f"{with_}f{n}" for with_ in ("", "ctrl+") for n in range(1, 25)),
    *(f"ctrl+{letter}" for letter in "abcdefghijklmnopqrstuvwxyz@"),
    "ctrl+backslash", "ctrl+right_square_bracket", "ctrl+circumflex_accent", "ctrl+underscore",
}  # fmt: skip
_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta", "cmd")


@value
class Remapping:
    """What holds of a table of ids and keys."""

    keys: Mapping[str, tuple[str, ...]]
    """The keys of each action that has others than its own; none where it was given none."""
    problems: tuple[str, ...]


def remap(given: Mapping[str, str]) -> Remapping:
    """Check ids and keys, several parted by commas, and settle who has which key.

    What is asked for goes before a default, and of two that ask the first one gets it. Nothing
    loses its last key but by an empty text of its own.
    """
    problems: list[str] = []
    emptied: set[str] = set()
    asked = _valid(given, emptied, problems)
    asked = _first_of_each(asked, problems)
    _keep_the_last(asked, emptied, problems)
    moved = {id_ for id_, _ in asked}
    problems += [
        f"{id_} stays with {_listed(_left(KNOWN[id_], asked))}."
        for id_ in given
        if id_ in KNOWN and id_ not in FIXED | moved | emptied and KNOWN[id_].keys
    ]
    keys: dict[str, tuple[str, ...]] = {}
    for action in KNOWN.values():
        if action.id in emptied:
            keys[action.id] = ()
        elif action.id in moved:
            keys[action.id] = tuple(key for id_, key in asked if id_ == action.id)
        elif (left := _left(action, asked)) != action.keys:
            keys[action.id] = left
            problems += _lost(action, left, asked)
    return Remapping(keys, tuple(problems))


def _valid(given: Mapping[str, str], emptied: set[str], problems: list[str]) -> Asked:
    """Known ids with keys that can be theirs."""
    asked: Asked = []
    for id_, text in given.items():
        if id_ not in KNOWN:
            near = difflib.get_close_matches(id_, KNOWN, n=1)
            mean = f" (is it {near[0]!r}?)" if near else ""
            problems.append(f"there is no action {id_!r}{mean}; iview keys lists them all.")
        elif id_ in FIXED:
            problems.append(f"{id_} is Enter, which cannot be moved.")
        elif not text.strip():
            emptied.add(id_)
        else:
            for written in text.split(","):
                key = spelled(written)
                own = {_one(each): each for each in KNOWN[id_].keys}
                if why := "" if _one(key) in own else refused(key):
                    problems.append(f"{id_}: {written.strip()!r} {why}; it is left out.")
                elif (id_, own.get(_one(key), key)) not in asked:
                    asked.append((id_, own.get(_one(key), key)))
    return asked


def spelled(written: str) -> str:
    """A key as Textual names it: also `^N`, `F2`, `Esc` and `ctrl+]`, as the screen has them."""
    written = written.strip()
    if len(written) == 1:
        return written
    if written[0:1] == "^":
        written = f"ctrl+{written[1:]}"
    *modifiers, key = (part.strip() for part in written.lower().split("+"))
    modifiers = [_ALIASES.get(each, each) for each in modifiers]
    if "ctrl" in modifiers or len(key) > 1:
        key = _ALIASES.get(key, key) if modifiers or key not in ("space", "slash", "at") else key
    order = [each for each in _MODIFIERS if each in modifiers]
    return "+".join((*order, *(each for each in modifiers if each not in order), key))


def refused(key: str) -> str:
    """Why nothing may be moved to a key; empty where it may."""
    *modifiers, name = key.split("+")
    if key in _ARRIVES_AS:
        return f"arrives as {_ARRIVES_AS[key]}"
    if key in _ENDS:
        return "ends other programs, and keeps what it does here"
    if key in _EDITS:
        return "edits what is typed"
    if key == "enter":
        return "files the line"
    if modifiers in ([], ["shift"]) and _types(name):
        return "is typed"
    if key in _ARRIVES:
        return ""
    if set(modifiers) <= set(_MODIFIERS) and modifiers and (_types(name) or _is_key(name)):
        return "never arrives in many terminals"
    return "is no key"


def _types(name: str) -> bool:
    character = key_to_character(name)
    if character is None and name in ("plus", "minus", "slash", "backslash", "at", "underscore"):
        return True
    # Longer names are of characters, too; a key such as `bell` is none that is wanted.
    return character is not None and unicodedata.category(character)[0] != "C"


def _is_key(name: str) -> bool:
    return name in _ARRIVES or name in ("enter", "backspace", "delete")


def _one(key: str) -> str:
    """One name of a key that has two."""
    return {"ctrl+slash": "ctrl+underscore"}.get(key, key)


def _beside(one: str, other: str) -> bool:
    """Whether two actions are to be had on one screen."""
    return any({one, other} <= {action.id for action in screen} for screen in SCREENS)


def _first_of_each(asked: Asked, problems: list[str]) -> Asked:
    """Of two on one screen that ask for one key, the first."""
    held: Asked = []
    for id_, key in asked:
        first = next((i for i, k in held if _one(k) == _one(key) and _beside(i, id_)), None)
        if first is None:
            held.append((id_, key))
        else:
            problems.append(f"{id_}: {named(key)} was given to {first} before; it is left out.")
    return held


def _left(action: Action, asked: Asked) -> tuple[str, ...]:
    """The keys of its own that an action still has beside what is asked for."""
    taken = {_one(key) for id_, key in asked if id_ != action.id and _beside(id_, action.id)}
    return tuple(key for key in action.keys if _one(key) not in taken)


def _keep_the_last(asked: Asked, emptied: set[str], problems: list[str]) -> None:
    """Take out of what is asked for, the last first, whatever would leave an action no key."""
    while True:
        settled = emptied | {id_ for id_, _ in asked}
        bare = next(
            (a for a in KNOWN.values()
             if a.keys and a.id not in settled and not _left(a, asked)), None,
        )  # fmt: skip
        if bare is None:
            return
        own = {_one(key) for key in bare.keys}
        id_, key = next(
            (id_, key) for id_, key in reversed(asked)
            if _one(key) in own and _beside(id_, bare.id)
        )  # fmt: skip
        asked.remove((id_, key))
        problems.append(
            f"{id_}: {named(key)} is the last key of {bare.id}; it is left out."
            f" Give {bare.id} another one first, or an empty text."
        )


def _lost(action: Action, left: tuple[str, ...], asked: Asked) -> list[str]:
    """What a default is told that lost a key."""
    return [
        f"{named(key)} is {id_} now; {action.id} keeps {_listed(left)}."
        for id_, key in asked
        if _one(key) in map(_one, action.keys) and _beside(id_, action.id)
    ]


def _listed(keys: tuple[str, ...]) -> str:
    return " ".join(dict.fromkeys(named(key) for key in keys))
