"""Taking back, what is private, and what only a face can do."""

from dataclasses import replace

from iview_tui.domain import log
from iview_tui.domain.desk import Answer
from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.line import Command
from iview_tui.domain.turn import Turn


def undo(turn: Turn, command: Command) -> Answer:
    """Take back the latest line, mark or change of the clock."""
    first = log.to_undo(turn.live.log)
    if first is None:
        return turn.cannot("nothing to take back")
    turn.write(Kind.UNDO, command.text, about=first.id)
    turn.desk = replace(turn.desk, offer=None)
    return Answer(echo=f"took back: {_called(turn, first)}. /redo puts it back")


def redo(turn: Turn, command: Command) -> Answer:
    """Put back what the latest undo took."""
    undone = log.to_redo(turn.live.log)
    if undone is None:
        return turn.cannot("nothing to put back")
    turn.write(Kind.REDO, command.text, about=undone.id)
    first = next(e for e in turn.live.log if e.id == undone.about)
    return turn.done(f"put back: {_called(turn, first)}")


def _called(turn: Turn, entry: Entry) -> str:
    """An entry in a few words."""
    if entry.kind is Kind.COVERED and entry.topic:
        return f"the mark on {turn.titled(entry.topic)}"
    return entry.text[:32] or str(entry.kind)


def star(turn: Turn, command: Command) -> Answer:
    """Star the last entry."""
    return turn.star(command.text)


def private(turn: Turn, command: Command) -> Answer:
    """The last entry and the next ones are private."""
    if turn.live.private_mode:
        return turn.cannot("private already; /public ends it")
    last = turn.live.last_words
    turn.write(Kind.PRIVATE, command.text, about=last.id if last else None)
    return turn.done("private from the last entry on")


def public(turn: Turn, command: Command) -> Answer:
    """No longer private."""
    if not turn.live.private_mode:
        return turn.cannot("nothing is private from here on")
    turn.write(Kind.PUBLIC, command.text)
    return turn.done("no longer private")


def me(turn: Turn, command: Command) -> Answer:
    """The story card, or back."""
    turn.write(Kind.ME, command.text)
    return turn.done("my 90 seconds" if turn.live.me_since is not None else "back to them")


def consent(turn: Turn, command: Command) -> Answer:
    """They agreed to notes."""
    turn.write(Kind.CONSENT, command.text)
    return turn.done("they agreed to notes")


def join(turn: Turn, command: Command) -> Answer:
    """A second person joins."""
    turn.write(Kind.JOIN, command.text, value={"name": command.value})
    return turn.done(f"{command.value} is there too")


def hide(turn: Turn, command: Command) -> Answer:
    """Hide everything but the clock, or show it again."""
    turn.desk = replace(turn.desk, hidden=not turn.desk.hidden)
    return Answer(act="hide")


def face(turn: Turn, command: Command) -> Answer:
    """What only a face can do."""
    return Answer(act=command.name)


def crash(turn: Turn, command: Command) -> Answer:
    """Raise, for the fault tests."""
    raise RuntimeError("/crash was typed")
