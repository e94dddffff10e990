"""The commands of the note line, each with what it writes."""

from collections.abc import Callable
from dataclasses import replace

from iview_tui.domain.desk import Answer
from iview_tui.domain.line import Command
from iview_tui.domain.live import Phase
from iview_tui.domain.orders import ending, offers, people, rest, topics
from iview_tui.domain.turn import Turn

Order = Callable[[Turn, Command], Answer]

ORDERS: dict[str, Order] = {
    "go": topics.go, "next": topics.next_, "skip": topics.skip, "here": offers.here,
    "take": offers.take, "other": offers.other, "away": offers.away, "name": people.name,
    "may": people.may, "spell": people.spell, "fix": people.fix, "said": people.said,
    "none": people.none, "bridge": topics.bridge, "notnow": offers.notnow, "wrap": ending.wrap,
    "ok": ending.settle, "yes": ending.settle, "took": ending.settle, "mail": ending.settle,
    "leave": ending.settle, "began": ending.began, "drop": ending.drop, "back": ending.back,
    "still": ending.back, "end": ending.end, "undo": rest.undo, "redo": rest.redo,
    "star": rest.star, "private": rest.private, "public": rest.public, "me": rest.me,
    "consent": rest.consent, "join": rest.join, "hide": rest.hide, "help": rest.face,
    "quit": rest.face, "crash": rest.crash,
}  # fmt: skip
"""Every command's order."""
DURING_THE_CALL = frozenset(
    {"go", "next", "skip", "said", "none", "notnow", "wrap", "began", "drop", "back", "still",
     "end", "me", "consent", "join", "bridge"}
)  # fmt: skip
"""Commands that mean nothing before the call or after it."""


def obey(turn: Turn, command: Command) -> Answer:
    """Do what a command says."""
    if command.name != "end" and not turn.desk.ending_anyway:
        turn.desk = replace(turn.desk, ending_at=None)
    if command.name in DURING_THE_CALL and turn.live.phase is not Phase.LIVE:
        over = turn.live.phase is Phase.ENDED
        return turn.cannot("the call is over" if over else "the call has not begun")
    return ORDERS[command.name](turn, command)
