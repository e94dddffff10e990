"""The start, the dropped line, the wrap-up and the end."""

from dataclasses import replace

from iview_tui.domain import agreement, wording
from iview_tui.domain.desk import ABOUT_PEOPLE, ANSWER_LASTS, Answer, wrap_rows
from iview_tui.domain.entry import Kind
from iview_tui.domain.line import Command, Words
from iview_tui.domain.prompting import Label
from iview_tui.domain.turn import Turn


def wrap(turn: Turn, command: Command) -> Answer:
    """The wrap-up card, or back to the topics."""
    rows = wrap_rows(turn.live) if turn.live.wrap_since is None else ()
    turn.write(Kind.WRAP, command.text)
    turn.desk = replace(turn.desk, wrap_rows=rows, ending_at=None, ending_anyway=False)
    return turn.done("wrap-up" if turn.live.wrap_since is not None else "wrap-up closed")


def settle(turn: Turn, command: Command) -> Answer:
    """A row of the wrap-up card is dealt with."""
    row = next((r for r in turn.desk.wrap_rows if r.number == command.value), None)
    if row is None or command.name not in row.answers:
        reason = f"no row {command.value} on the wrap-up card"
        if row is not None:
            reason = f"row {row.number} takes {', '.join('/' + a for a in row.answers)}"
        note = Words(Kind.NOTE, command.text)
        return turn.stay(command.text, f"{reason}; Enter again: a note", note)
    value = {"how": command.name}
    if command.name == "leave" and row.group in ABOUT_PEOPLE:
        value["of"] = ABOUT_PEOPLE[row.group]
    turn.write(Kind.SETTLE, command.text, about=row.entry, topic=row.topic, value=value)
    return turn.done(f"{row.text[:20]}: {command.name}")


def began(turn: Turn, command: Command) -> Answer:
    """The call began some minutes before now."""
    start = turn.now - command.value * 60
    stands, why = turn.live.agreement, ""
    if start >= stands.start:
        why = "the call began before that already"
    elif agreement.began(stands, start, fixed=turn.live.fixed_end).end <= turn.now:
        why = "then its time would be over"
    if why:
        note = Words(Kind.NOTE, command.text)
        return turn.stay(command.text, f"{why}; Enter again: a note", note)
    turn.write(Kind.BEGAN, command.text, value={"minutes": command.value})
    return turn.done(f"began {turn.time_of_day(start)}")


def drop(turn: Turn, command: Command) -> Answer:
    """The line dropped."""
    if turn.live.dropped_since is not None:
        return turn.cannot("the line is dropped; /back when they are there")
    turn.write(Kind.DROP, command.text)
    return turn.done("line dropped; the end does not wait")


def back(turn: Turn, command: Command) -> Answer:
    """We are back on the line; or still on the call after a sleep."""
    if turn.live.dropped_since is None and turn.live.slept is None:
        return turn.cannot("the line is not dropped")
    turn.write(Kind.BACK, command.text)
    return turn.done("back on the line")


def end(turn: Turn, command: Command) -> Answer:
    """End the call: asked once, after the wrap-up where the question is unasked."""
    live = turn.live
    if not turn.scripted and not _sure_to_end(turn):
        return _ask_to_end(turn, command)
    outcome = "held"
    if live.agreement.end - turn.now > live.agreement.length / 4:
        outcome = "cut_short"
    if live.dropped_since is not None:
        outcome = "dropped"
    turn.write(Kind.END, command.text, value={"outcome": outcome})
    turn.desk = replace(turn.desk, ending_at=None, ending_anyway=False, answer=None, offer=None)
    return replace(turn.done("the call is over"), act="ended")


def _sure_to_end(turn: Turn) -> bool:
    """Whether it was asked already; an `/end` that opened the wrap-up is asked while that is on."""
    asked = turn.desk.ending_at
    if turn.desk.ending_anyway and turn.live.wrap_since is not None:
        return True
    return asked is not None and turn.now - asked <= ANSWER_LASTS


def _ask_to_end(turn: Turn, command: Command) -> Answer:
    """Ask once; with the question unasked the wrap-up is opened first."""
    live = turn.live
    unasked = live.asked_at is None and live.names_wanting and live.wrap_since is None
    if unasked:
        turn.desk = replace(turn.desk, wrap_rows=wrap_rows(live))
        turn.write(Kind.WRAP, command.text)
        ask = wording.ask(live.names)
        turn.say(f"{wording.BEFORE_YOU_GO}{ask}", commands=("said", "end"))
    else:
        turn.say("End the call? The same again ends it.", Label.NOTHING, ("end",))
    turn.desk = replace(turn.desk, ending_at=turn.now, ending_anyway=unasked)
    return Answer()
