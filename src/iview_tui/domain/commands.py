"""The commands of the note line, declared once: for reading, for the list, for the help."""

from enum import StrEnum

from iview_tui.domain.lexicon import Lexicon
from iview_tui.domain.value import value


class Takes(StrEnum):
    """What may stand behind a command's name."""

    NOTHING = "nothing"
    TOPIC = "topic"
    MINUTES = "minutes"
    ROW = "row"
    NAME = "name"
    ANSWER = "answer"
    TEXT = "text"


@value
class Spec:
    """One command."""

    name: str
    help: str
    """One line, for the list and for help."""
    takes: Takes = Takes.NOTHING
    usage: str = ""
    """How it is written with what it takes; empty where it takes nothing."""

    @property
    def needs(self) -> bool:
        """Whether it can do nothing without what it takes."""
        return self.takes not in (Takes.NOTHING, Takes.TEXT)


_ALL = (
    Spec("go", "go to a topic", Takes.TOPIC, "/go 5 or /go skills"),
    Spec("next", "this topic is covered; on to the next best one"),
    Spec("take", "take the offer"),
    Spec("other", "turn the offer to the next likeliest"),
    Spec("away", "put the offer away"),
    Spec("name", "a person they name, in five short questions"),
    Spec("may", "may I say that you suggested I write", Takes.ANSWER, "/may yes, no, first 2 dec"),
    Spec("bridge", "a sentence that leads back to the open question"),
    Spec("star", "star the last entry"),
    Spec("notnow", "put away what stands on the prompt line"),
    Spec("spell", "check the spelling of the last name"),
    Spec("fix", "put the last name right", Takes.NAME, "/fix Ana Brandt"),
    Spec("wrap", "wrap-up card"),
    Spec("ok", "a row of the wrap-up is right, or said", Takes.ROW, "/ok 2"),
    Spec("yes", "someone to find is a name", Takes.ROW, "/yes 2"),
    Spec("took", "a parked thing was taken up", Takes.ROW, "/took 2"),
    Spec("mail", "ask a row of the wrap-up by mail", Takes.ROW, "/mail 2"),
    Spec("leave", "leave a row of the wrap-up", Takes.ROW, "/leave 2"),
    Spec("drop", "the line dropped"),
    Spec("back", "we are back on the line"),
    Spec("still", "still on the call"),
    Spec("end", "end the call"),
    Spec("hide", "hide everything but the clock; again to show"),
    Spec("undo", "take back the latest"),
    Spec("redo", "put back what undo took"),
    Spec("help", "help for where you are"),
    Spec("quit", "leave the call to be resumed"),
    Spec("said", "the referral question was asked"),
    Spec("none", "asked, and nobody comes to mind"),
    Spec("me", "my 90 seconds: the story card"),
    Spec("consent", "they agreed to notes"),
    Spec("join", "a second person joins", Takes.NAME, "/join Ana Brandt"),
    Spec("began", "the call began some minutes before now", Takes.MINUTES, "/began 2"),
    Spec("skip", "leave this topic out"),
    Spec("here", "the last notes belong to the current topic"),
    Spec("private", "private from the last entry on, or one text", Takes.TEXT, "/private [text]"),
    Spec("public", "no longer private"),
)
COMMANDS = {spec.name: spec for spec in _ALL}
"""Every command by its name, in the order of the list."""

CRASH = Spec("crash", "raise inside a handler (for the fault tests)")

_NEAR_FROM = 4
_FAR_FROM = 7
_BEGUN = 6


def find(name: str, lexicon: Lexicon) -> Spec | None:
    """The command of that name, whatever its case, or None."""
    name = name.casefold()
    if name == CRASH.name and lexicon.crash:
        return CRASH
    return COMMANDS.get(name)


def nearly(word: str, lexicon: Lexicon) -> str | None:
    """The command whose name the word nearly is: one slip away (two for long names), or cut short.

    A word of everyday language is none (`/make`, `/text`), nor is anything near a very short name.
    """
    word = word.casefold()
    if word in lexicon.commonest:
        return None
    for name in COMMANDS:
        slips = 0 if len(name) < _NEAR_FROM else 1 if len(name) < _FAR_FROM else 2
        begun = len(name) >= _BEGUN and len(word) >= _NEAR_FROM
        if begun and (name.startswith(word) or word.startswith(name)):
            return name
        if slips and abs(len(name) - len(word)) <= slips and _distance(word, name) <= slips:
            return name
    return None


def _distance(one: str, other: str) -> int:
    """Letters to put in, leave out, change or swap with the next to make one of the other."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = row, before, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]
