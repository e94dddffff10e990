"""Every key and command of the screens outside the call, declared once, screen by screen."""

from collections.abc import Mapping

from iview_tui.ui.keys import Action, Keys, moved, named


def _act(id_: str, keys: str, word: str, help_: str, command: str, action: str = "") -> Action:
    """An action; without keys it is a command alone."""
    given = tuple(keys.split()) if keys else ()
    return Action(id_, given, word, help_, word, command, action)


COMMON = (
    _act("house.open-it", "enter", "open", "act on what is chosen", "", "submit"),
    _act("house.row-before", "up", "before", "the row before", "up"),
    _act("house.row-after", "down", "after", "the row after", "down"),
    _act("house.page-before", "pageup", "page up", "a page of rows before", "pageup"),
    _act("house.page-after", "pagedown", "page down", "a page of rows after", "pagedown"),
    _act("house.take-it", "tab", "take", "take what is offered, or write the command out", "take"),
    _act("house.turn-it", "shift+tab", "other", "the other way round", "turn"),
    _act("house.go-back", "escape", "back",
         "empty the line; close the list; go back to the screen before", "back"),
    _act("house.who-calls", "ctrl+r f3", "who is calling?",
         "a name, an organization or the last digits of a number, from anywhere", "people"),
    _act("house.list-all", "ctrl+p f11", "all", "everything by name", "all"),
    _act("house.show-help", "f1", "help", "help for this screen", "help"),
    _act("house.leave-it", "ctrl+q ctrl+c", "leave", "leave iview; everything is kept", "quit"),
    _act("house.undo-typing", "ctrl+z", "undo typing", "take back what was typed", "", "undo"),
    _act("house.feed-line", "ctrl+j", "Enter", "a line feed is Enter", "", "line_feed"),
)  # fmt: skip

PLACES = (
    _act("house.go-today", "", "today", "the next call, and what is due", "today"),
    _act("house.go-search", "", "search", "everything that was written, by words", "search"),
    _act("house.go-review", "", "review", "the last call, or that of the chosen person", "review"),
    _act("house.go-compare", "", "compare", "one question across all talks", "compare"),
    _act("house.go-chain", "", "chain", "who led to whom", "chain"),
    _act("house.go-glossary", "", "glossary", "the words of the field", "glossary"),
    _act("house.go-guide", "", "guide", "the list of questions; a path opens a file", "guide"),
    _act("house.play-demo", "", "demo", "watch a made-up call", "demo"),
)  # fmt: skip

_PERSON = (
    _act("person.call-now", "ctrl+n f2", "now is fine", "start a call with the one chosen, now",
         "now"),
    _act("person.write-letter", "ctrl+l f6", "write",
         "a letter: email, letter, phone, voicemail, followup, thanks, linkedin", "write"),
    _act("person.log-attempt", "ctrl+o f8", "log",
         "an attempt: how, and what came of it, as in: email no reply", "log"),
    _act("person.plan-time", "ctrl+t f5", "plan", "an agreed time, as in: tue 2pm 30 min", "plan"),
    _act("person.add-person", "", "a person", "a name, an organization", "add"),
)  # fmt: skip

SCREENS: Mapping[str, tuple[Action, ...]] = {
    "today": (
        *_PERSON,
        _act("today.done-it", "ctrl+y f7", "done", "what is chosen is done", "done"),
        *PLACES,
    ),
    "people": (
        *_PERSON,
        _act("people.tap-six", "ctrl+g f4", "whom to tap", "six questions that bring names", "tap"),
        _act("people.set-field", "", "a field", "a field of the person, as in: role planner",
             "set"),
        *PLACES,
    ),
    "letter": (
        _act("letter.next-finding", "ctrl+n f2", "next finding", "go to the next finding", "next"),
        _act("letter.edit-outside", "", "in $EDITOR", "write it in an editor of your own", "edit"),
        _act("letter.copy-it", "ctrl+y f7", "copy", "copy the letter", "copy"),
        _act("letter.write-eml", "ctrl+t f5", ".eml", "write it as a draft for a mail program",
             "eml"),
        _act("letter.was-sent", "ctrl+o f8", "sent", "it was sent: recorded for the contact log",
             "sent"),
        _act("letter.to-line", "ctrl+l f6", "text or line", "between the text and the line",
             "line"),
        *PLACES,
    ),
    "guide": (
        _act("guide.next-finding", "ctrl+n f2", "next finding", "go to the next finding", "next"),
        _act("guide.to-line", "ctrl+l f6", "bank or text", "between the text and the bank", "line"),
        _act("guide.save-it", "ctrl+o f8", "save", "write the file", "save"),
        _act("guide.fit-it", "", "minutes", "minutes of the agreement, as in: fit 25", "fit"),
        *PLACES,
    ),
    "debrief": (
        _act("debrief.next-step", "ctrl+n f2", "next step", "on to the next step", "next"),
        _act("debrief.step-before", "ctrl+b", "step before", "back one step", "before"),
        _act("debrief.star-line", "ctrl+t f5", "star", "star the last line", "star"),
        _act("debrief.leave-row", "", "it", "leave a row as it is", "leave"),
        _act("debrief.mail-row", "", "it", "ask a row by mail", "mail"),
        _act("debrief.ask-names", "", "for names",
             "the question for names goes into the thank-you", "ask"),
        _act("debrief.write-thanks", "ctrl+l f6", "thank-you", "the thank-you note", "write"),
        *PLACES,
    ),
    "review": (
        _act("review.star-it", "ctrl+t f5", "star", "star the entry, or take the star away",
             "star"),
        _act("review.move-it", "ctrl+g f4", "move", "to another topic, as in: move 4", "move"),
        _act("review.hide-it", "ctrl+o f8", "private", "private, or no longer", "private"),
        _act("review.other-view", "ctrl+n f2", "by topic", "by time, or by topic", "view"),
        _act("review.debrief-it", "ctrl+l f6", "debrief", "the debrief of this call", "debrief"),
        *PLACES,
    ),
    "search": (*PLACES,),
    "compare": (
        _act("compare.column-before", "ctrl+left", "left", "the person before", "left"),
        _act("compare.column-after", "ctrl+right", "right", "the person after", "right"),
        _act("compare.agree", "ctrl+t f5", "agree", "it agrees with the answer that was marked",
             "agree"),
        _act("compare.differ", "ctrl+o f8", "differ",
             "it contradicts the answer that was marked", "differ"),
        *PLACES,
    ),
    "chain": (*PLACES,),
    "glossary": (*PLACES,),
}  # fmt: skip
"""What each screen has besides `COMMON`, in the order of its footer."""

ALL: tuple[Action, ...] = tuple(
    {a.id: a for part in (COMMON, *SCREENS.values()) for a in part}.values()
)
"""Every action once."""


def keys_of(screen: str, keymap: Mapping[str, tuple[str, ...]] | None = None) -> Keys:
    """The actions of a screen, with the keys that they have here."""
    return moved((*SCREENS[screen], *COMMON), keymap or {})


def called(action: Action) -> str:
    """What to press, or to write, for an action."""
    return named(action.keys[0]) if action.keys else f"/{action.command}"
