"""Every key of the live screen, declared once: bindings, footer, palette, help and keymap."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual.binding import Binding

from iview_tui.domain.value import value


@value
class Action:
    """Something that a key does."""

    id: str
    """By which it is re-mapped."""
    keys: tuple[str, ...]
    """A ctrl key and an F-key where it is wanted while a line is half typed."""
    word: str
    """What it is called in the footer."""
    help: str
    brief: str
    """The help in at most 23 cells."""
    command: str = ""
    """The command of the note line that it runs; empty where only the screen can do it."""
    action: str = ""
    """The method of the note line; `press` with the command where empty."""
    band: str = ""
    """What it is called behind a sentence, where that differs."""

    @property
    def bound(self) -> str:
        """The action as a binding names it."""
        return self.action or f"press({self.command!r})"

    @property
    def binding(self) -> Binding:
        """The binding of the note line's class."""
        return Binding(
            ",".join(self.keys), self.bound, self.word, id=self.id, tooltip=self.help, show=False
        )


ACTIONS = (
    Action("call.next-topic", ("ctrl+n", "f2"), "covered",
           "this topic is covered, on to the next; on the referral question: asked",
           "covered; on to the next", "next", "next_topic", "move on"),
    Action("call.name-person", ("ctrl+r", "f3"), "name",
           "a person they name, in five short questions",
           "a person they name", "name"),
    Action("call.bridge-back", ("ctrl+g", "f4"), "bridge",
           "a sentence that leads back to the open question; again: other words",
           "way back to a question", "bridge", band="way back"),
    Action("call.star-entry", ("ctrl+t", "f5"), "star",
           "star the last entry",
           "star the last entry", "star"),
    Action("call.put-away", ("ctrl+l", "f6"), "not now",
           "what stands on the prompt line goes, until the next mark",
           "not now: band goes", "notnow"),
    Action("call.check-spelling", ("ctrl+y", "f7"), "spelling",
           "spelling of the last name: to be read back",
           "spelling of last name", "spell"),
    Action("call.wrap-up", ("ctrl+o", "f8"), "wrap",
           "wrap-up card; again: back",
           "wrap-up card, back", "wrap"),
    Action("call.drop-line", ("ctrl+right_square_bracket", "f9"), "dropped",
           "the line dropped; again: we are back",
           "line dropped, back", "drop"),
    Action("call.end-call", ("ctrl+backslash", "f10"), "end",
           "end the call: asks once",
           "end; asks once", "end"),
    Action("call.undo-last", ("ctrl+z",), "undo",
           "take back the latest: typing, entry, mark or change of the clock",
           "take back the latest", "undo", "undo"),
    Action("call.list-all", ("ctrl+p", "f11"), "all",
           "everything, by name, in the note line",
           "everything by name", "", "palette"),
    Action("call.hide-screen", ("ctrl+underscore", "ctrl+slash", "f12"), "hide",
           "hide everything but the clock; again to show",
           "hide; again: show", "hide"),
    Action("call.show-help", ("f1",), "help",
           "help beside the call",
           "help", "help"),
    Action("call.take-offer", ("tab",), "take",
           "take the offer",
           "take the offer", "take", "take", "take it"),
    Action("call.turn-offer", ("shift+tab",), "other",
           "turn the offer to the next likeliest",
           "turn the offer", "other", "other", "another"),
    Action("call.leave-it", ("escape",), "away",
           "put the offer away; close the list",
           "put the offer away", "away", "away", "put away"),
    Action("call.topic-before", ("up",), "topic before",
           "the topic before",
           "topic before", "", "up"),
    Action("call.topic-after", ("down",), "topic after",
           "the topic after",
           "topic after", "", "down"),
    Action("call.feed-line", ("ctrl+j",), "Enter",
           "a line feed is Enter",
           "", "", "line_feed"),
    Action("call.how-to-end", ("ctrl+c", "super+c"), "how to end",
           "says how the call ends",
           "", "", "how_to_end"),
)  # fmt: skip

FOOT: tuple[str, ...] = (
    "next",
    "name",
    "bridge",
    "star",
    "notnow",
    "spell",
    "wrap",
    "drop",
    "undo",
    "",
    "help",
)
"""What the footer shows from 100 columns on; the empty one is the palette."""
FOOT_80: tuple[str, ...] = ("next", "name", "bridge", "star", "wrap", "drop", "undo", "help")
FOOT_60: tuple[str, ...] = ("next", "name", "bridge", "undo", "help")

BAND_WORDS = {
    "said": "asked", "back": "we are back", "still": "still on the call", "drop": "dropped",
    "may yes": "yes", "may no": "no", "may first": "they ask first",
}  # fmt: skip

_NAMES = {
    "right_square_bracket": "]", "backslash": "\\", "underscore": "/", "slash": "/",
    "escape": "Esc", "tab": "Tab", "up": "Up", "down": "Down", "enter": "Enter",
    "left": "Left", "right": "Right", "pageup": "PgUp", "pagedown": "PgDn",
}  # fmt: skip


def named(key: str) -> str:
    """A key as it is written on the screen: `^N`, `F2`, `shift+Tab`."""
    *modifiers, name = key.split("+")
    name = _NAMES.get(name, name)
    if modifiers == ["ctrl"] and len(name) == 1:
        return "^" + name.upper()
    if name[:1] == "f" and name[1:].isdigit():
        name = name.upper()
    return "+".join((*modifiers, name))


@value
class Keys:
    """The actions with the keys that they have here."""

    actions: tuple[Action, ...]

    def find(self, command: str) -> Action | None:
        """The action that runs a command; the palette for an empty one."""
        if not command:
            return next(a for a in self.actions if a.action == "palette")
        wanted = {"said": "next", "back": "drop"}.get(command, command)
        return next((a for a in self.actions if a.command == wanted), None)

    def key(self, command: str) -> str:
        """What to press, or to write, for a command."""
        action = self.find(command)
        if action is None or not (action.keys or command == "help"):
            return f"/{command}"
        return "?" if command == "help" else named(action.keys[0])

    def band(self, command: str) -> tuple[str, str]:
        """Key and word of a command behind a sentence."""
        action = self.find(command)
        word = BAND_WORDS.get(command) or (action and (action.band or action.word)) or command
        return self.key(command), word


KEYS = Keys(ACTIONS)


def moved(actions: Iterable[Action], keymap: Mapping[str, tuple[str, ...]]) -> Keys:
    """Actions with the keys that a table, checked by `ui.remapping`, gives them."""
    return Keys(tuple(replace(a, keys=keymap[a.id]) if a.id in keymap else a for a in actions))
