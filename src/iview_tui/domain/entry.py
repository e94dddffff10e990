"""The log of a call: what one line or key writes down, never overwritten.

Moments are whole seconds on the *call's own clock*, whose zero is the moment of connecting (the
`start` entry). `/began 2` lets the call begin before that zero, so a moment's distance from the
beginning is worked out by the fold, never stored.
"""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from iview_tui.domain.value import value

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Kind(StrEnum):
    """What an entry is; the words are those of the JSON export."""

    # words
    NOTE = "note"
    QUOTE = "quote"
    REFERRAL = "referral"
    ORGANIZATION = "organization"
    PROMISE_THEIRS = "promise_theirs"
    PROMISE_MINE = "promise_mine"
    JARGON = "jargon"
    OPPORTUNITY = "opportunity"
    LATER = "later"
    PARKED = "parked"
    MOMENT = "moment"
    # about an entry
    STAR = "star"
    UNDO = "undo"
    REDO = "redo"
    FIX = "fix"
    MAY = "may"
    SPELL = "spell"
    FILE = "file"
    SETTLE = "settle"
    PRIVATE = "private"
    PUBLIC = "public"
    REVISION = "revision"
    # topics
    GO = "go"
    NEXT = "next"
    COVERED = "covered"
    SKIP = "skip"
    # clock
    START = "start"
    BEGAN = "began"
    EXTEND = "extend"
    DROP = "drop"
    BACK = "back"
    SLEEP = "sleep"
    END = "end"
    # the rest
    SAID = "said"
    NONE = "none"
    NOTNOW = "notnow"
    WRAP = "wrap"
    JOIN = "join"
    ME = "me"
    CONSENT = "consent"
    OUTCOME = "outcome"
    SHOWN = "shown"


WORDS = frozenset(
    {
        Kind.NOTE, Kind.QUOTE, Kind.REFERRAL, Kind.ORGANIZATION, Kind.PROMISE_THEIRS,
        Kind.PROMISE_MINE, Kind.JARGON, Kind.OPPORTUNITY, Kind.LATER, Kind.PARKED, Kind.MOMENT,
    }
)  # fmt: skip
"""Kinds that hold what was said or thought; only these are stamped before their Enter."""

NOT_UNDONE = frozenset({Kind.START, Kind.UNDO, Kind.REDO, Kind.SLEEP, Kind.SHOWN, Kind.REVISION})
"""Kinds that undo passes over."""


@value
class Entry:
    """One thing written down in a call."""

    id: str
    """A UUID, as text; survives export and import."""
    line: int
    """The number of the Enter (or key) that wrote it; undo takes a whole line."""
    kind: Kind
    entered: int
    """The moment of Enter, seconds after connecting."""
    stamp: int
    """When it was said: the first keystroke less eight seconds; `entered` for what has no words."""
    text: str = ""
    """What was typed, after the door, without the sign that opened the line."""
    comment: str | None = None
    """What follows a quote."""
    topic: int | None = None
    """The topic it was entered under, or that it leads to."""
    about: str | None = None
    """The id of the entry that it is about."""
    value: Mapping[str, Any] = field(default_factory=lambda: NOTHING)
    """What the kind needs beside its text; JSON values only. Instants are ISO 8601 with offset."""
    caption: str | None = None
    """The last seconds of the caption feed, where it is kept."""
    starred: bool = False
    """Starred as it was typed (`!text`)."""
    private: bool = False
    """Private as it was typed (`/private text`)."""
    retracted: bool = False
    """Taken back as it was written: a command that stayed and was let go."""
