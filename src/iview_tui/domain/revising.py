"""Edits after the call: nothing in the log is overwritten, each edit is one more entry about an old
one, as in the call itself."""

from collections.abc import Callable

from iview_tui.domain.entry import NOTHING, WORDS, Entry, Kind
from iview_tui.domain.live import LiveInterview, Phase
from iview_tui.domain.text import clean, one_line
from iview_tui.domain.value import value

LONGEST = 20_000
"""Characters of an entry, as in the note line."""


class CannotEdit(Exception):  # noqa: N818 (the name is the sentence)
    """An edit that cannot be made; the text is a sentence."""


@value
class Reword:
    """The entry in other words; of somebody entered through `/name`, their name put right."""

    entry: str
    text: str


@value
class Star:
    """The entry matters more than others, or does so no more."""

    entry: str
    on: bool = True


@value
class Move:
    """The entry belongs to another topic, or to none."""

    entry: str
    topic: int | None


@value
class Hide:
    """The entry is private, or is so no more."""

    entry: str
    on: bool = True


Edit = Reword | Star | Move | Hide


def revised(
    live: LiveInterview, edit: Edit, new_id: Callable[[], str], entered: int
) -> tuple[Entry, ...]:
    """The entries that an edit writes, all of one line; none where all is so already.

    `entered` is the moment of the edit, seconds after connecting. Raises CannotEdit.
    """
    old = next((e for e in live.counting if e.id == edit.entry and e.kind in WORDS), None)
    if old is None:
        raise CannotEdit("there is no entry with words of that id in this call")
    line = max((entry.line for entry in live.log), default=0) + 1
    moment = entered if live.phase is Phase.ENDED else 0
    moment = max(moment, max((entry.entered for entry in live.log), default=0))

    def about(kind: Kind, text: str = "", **more: object) -> Entry:
        made = more or NOTHING
        return Entry(new_id(), line, kind, moment, moment, text, about=old.id, value=made)

    match edit:
        case Reword(text=text):
            return _reworded(old, text, about)
        case Star(on=on):
            if live.is_starred(old) == on:
                return ()
            return (about(Kind.STAR) if on else about(Kind.STAR, off=True),)
        case Move(topic=topic):
            if topic is not None and live.topic(topic) is None:
                raise CannotEdit(f"there is no topic {topic} in this call")
            if topic == old.topic:
                return ()
            filed = about(Kind.FILE)
            return (Entry(filed.id, line, Kind.FILE, moment, moment, topic=topic, about=old.id),)
        case Hide(on=on):
            return _hidden(live, old, on, about)


def _reworded(old: Entry, text: str, about: Callable[..., Entry]) -> tuple[Entry, ...]:
    words = clean(text).strip()
    if not words and old.kind is not Kind.MOMENT:
        raise CannotEdit("an entry cannot be left without words; /undo takes it back")
    if len(words) > LONGEST:
        raise CannotEdit(f"longer than {LONGEST:,} characters, which is the most")
    if old.kind is Kind.REFERRAL and old.value:
        name = one_line(words)
        return () if name == old.value.get("name") else (about(Kind.FIX, name=name),)
    if words == old.text:
        return ()
    anew = about(Kind.REVISION, words)
    # With its comment, so that both are found together.
    return (
        Entry(
            anew.id, anew.line, anew.kind, anew.entered, anew.stamp, words, old.comment,
            about=old.id,
        ),
    )  # fmt: skip


def _hidden(
    live: LiveInterview, old: Entry, on: bool, about: Callable[..., Entry]
) -> tuple[Entry, ...]:
    if live.is_private(old) == on:
        return ()
    if not on:
        return (about(Kind.PUBLIC),)
    hidden = about(Kind.PRIVATE)
    if live.private_mode:
        return (hidden,)
    # `/private` goes on for what follows, until `/public`.
    after = about(Kind.PUBLIC)
    return (hidden, Entry(after.id, after.line, Kind.PUBLIC, after.entered, after.stamp))
