"""What one key takes, turns or puts away; and notes that go to another topic."""

from dataclasses import replace

from iview_tui.domain.desk import Answer, Offer
from iview_tui.domain.entry import WORDS, Entry, Kind
from iview_tui.domain.line import SIGNS, Command, read
from iview_tui.domain.prompting import Say
from iview_tui.domain.turn import Turn

LAST_NOTES = 60
"""Seconds in which notes filed elsewhere are the last notes that `/here` means."""


def here(turn: Turn, command: Command) -> Answer:
    """The last notes belong to the current topic, or the one that stepped aside."""
    live = turn.live
    target = live.current or (live.aside.topic if live.aside else live.last)
    if target is None:
        return turn.cannot("no topic is current")
    moved: list[Entry] = []
    for entry in reversed([e for e in live.counting if e.kind in WORDS]):
        near = turn.now - entry.entered <= LAST_NOTES or not moved
        if entry.topic == target or not near:
            break
        moved.append(entry)
    if not moved:
        return turn.cannot(f"the last notes are under {turn.titled(target)}")
    for entry in reversed(moved):
        turn.write(Kind.FILE, command.text, about=entry.id, topic=target)
    turn.desk = replace(turn.desk, offer=None)
    what = "note" if len(moved) == 1 else f"{len(moved)} notes"
    return turn.done(f"{what} to {turn.titled(target)}")


def _offer(turn: Turn) -> Offer | None:
    """The offer where it stands on the prompt line: what nobody sees is not taken."""
    stands = turn.standing is not None and Say.SUGGESTION in turn.standing.kinds
    return turn.desk.offer if stands else None


def take(turn: Turn, command: Command) -> Answer:
    """Take the offer."""
    offer = _offer(turn)
    turn.desk = replace(turn.desk, offer=None)
    if offer is None:
        return turn.cannot("nothing is offered")
    if offer.kind == "list":
        for about in offer.about:
            turn.write(Kind.FILE, command.text, about=about, topic=offer.topics[0])
        return turn.done(f"both to {turn.titled(offer.topics[0])}")
    if offer.kind == "topic" and not offer.about and not offer.line:
        return Answer(line=f"{offer.topics[0]}: ")  # in front of the half-typed line
    if offer.line:
        return turn.take(read(offer.line, turn.live.ground.guide.topics, turn.lexicon))
    entry = next((e for e in turn.live.counting if e.id == offer.about[0]), None)
    if entry is None:
        return turn.cannot("that was taken back")
    if offer.becomes is not None:
        return _take_kind(turn, offer, entry, offer.becomes)
    turn.write(Kind.FILE, command.text, about=entry.id, topic=offer.topics[0])
    return turn.done(f"note under {turn.titled(offer.topics[0])}")


def _take_kind(turn: Turn, offer: Offer, entry: Entry, kind: Kind) -> Answer:
    """A note whose sign did not count becomes what the sign stands for."""
    text = entry.text
    if entry.kind is Kind.NOTE:
        signs = len(text) - len(turn.lexicon.plain(text).lstrip("".join(SIGNS)))
        text = text[signs:].strip()
    since = turn.live.question_since
    value = {"kind": str(kind)}
    filed = turn.write(Kind.FILE, text, about=entry.id, topic=entry.topic, value=value)
    if kind is Kind.REFERRAL:
        turn.asked_with(filed, since)
    return turn.done(f"{offer.text.strip('->? ')}: {text[:24]}")


def other(turn: Turn, command: Command) -> Answer:
    """Turn the offer to the next likeliest topic."""
    offer = _offer(turn)
    if offer is None or len(offer.topics) < 2:
        return turn.cannot("nothing else is offered")
    topics = (*offer.topics[1:], offer.topics[0])
    text = f"-> {turn.titled(topics[0])}?"
    turn.desk = replace(turn.desk, offer=replace(offer, topics=topics, text=text, since=turn.now))
    return Answer()


def away(turn: Turn, command: Command) -> Answer:
    """Put the offer away, or leave the five questions."""
    if turn.desk.form is not None:
        return turn.leave_form(turn.desk.form)
    turn.desk = replace(turn.desk, offer=None)
    return Answer()


def notnow(turn: Turn, command: Command) -> Answer:
    """What stands on the prompt line goes, until the next mark."""
    stands = turn.standing
    if stands is None or Say.NOT_SAVED in stands.kinds:
        return turn.cannot("nothing stands there")
    if Say.ANSWER in stands.kinds:
        turn.desk = replace(turn.desk, answer=None)
        return Answer()
    if Say.SUGGESTION in stands.kinds:
        return away(turn, command)
    turn.write(Kind.NOTNOW, command.text)
    return turn.done("put away until the next mark")
