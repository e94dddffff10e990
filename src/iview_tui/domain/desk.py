"""What lies on the desk during a call and is in no log: it does not outlive the program.

A line that stays, the five questions of `/name`, an offer, the rows of the wrap-up card.
"""

from collections.abc import Iterator
from dataclasses import replace

from iview_tui.domain.coverage import State
from iview_tui.domain.entry import Kind
from iview_tui.domain.guide import Priority
from iview_tui.domain.line import Reading
from iview_tui.domain.live import Listed, LiveInterview, Phase
from iview_tui.domain.named import FIND, MAY, SPELLING, Referral
from iview_tui.domain.prompting import Label, Prompt, Say
from iview_tui.domain.value import value

ANSWER_LASTS = 10
"""Seconds for which an answer to a key stands on the prompt line, and for which `/end` waits."""
OFFER_LASTS = 10
"""Seconds for which an offer stands after its Enter."""


@value
class Answer:
    """What the note line's row says after a line or a key."""

    line: str = ""
    """What stands in the note line now: nothing, or the text that stays."""
    echo: str = ""
    """What was done, for four seconds at the right end of the row."""
    stays: str = ""
    """What the same again would do."""
    act: str = ""
    """What only a face can do: help, quit, hide, ended."""


@value
class Stayed:
    """A line that keeps standing until it is said again, or let go."""

    text: str
    then: Reading
    """What the same again does."""
    reason: str
    command_like: bool
    """Whether it is let go as a note already taken back."""
    entered: int
    stamp: int
    topic: int | None


FORM = ("name", "organization", "reach them", "may I say", "check in")
"""The five questions of `/name`, as the badge words them."""


@value
class Form:
    """The questions of `/name`, as far as they are answered."""

    answers: tuple[str, ...] = ()
    stamp: int = 0

    @property
    def label(self) -> str:
        """The badge of the question that is asked now."""
        return FORM[len(self.answers)]


@value
class Offer:
    """Something that one key takes; private goes before clock, kind, list and topic."""

    kind: str
    """private, clock, kind, list or topic."""
    text: str
    since: int
    about: tuple[str, ...] = ()
    """Ids of the entries that it would change."""
    topics: tuple[int, ...] = ()
    """The topics to choose from, likeliest first; the first is offered."""
    becomes: Kind | None = None
    line: str = ""
    """The line that taking it stands for."""

    @property
    def prompt(self) -> Prompt:
        """The offer as a sentence of the prompt line."""
        commands = ("take", "other", "away") if len(self.topics) > 1 else ("take", "away")
        return Prompt((Say.SUGGESTION,), self.text, self.since, Label.OFFER, commands)

    spoken: bool = False
    """Whether captions speak of it; it stands while something else is typed."""


@value
class WrapRow:
    """A numbered row of the wrap-up card."""

    number: int
    group: str
    sign: str
    text: str
    entry: str | None = None
    topic: int | None = None
    answers: tuple[str, ...] = ()
    """The commands that settle it."""


@value
class Desk:
    """What lies there now."""

    stayed: Stayed | None = None
    form: Form | None = None
    offer: Offer | None = None
    answer: Prompt | None = None
    bridges: int = 0
    """How many wordings of the way back were shown."""
    wrap_rows: tuple[WrapRow, ...] = ()
    ending_at: int | None = None
    """When the end was asked for."""
    ending_anyway: bool = False
    """The wrap-up was opened by `/end`: the next one ends."""
    hidden: bool = False

    def answered(self, now: int) -> Prompt | None:
        """The answer to the last key while it stands."""
        stands = self.answer is not None and now < self.answer.since + ANSWER_LASTS
        return self.answer if stands else None

    def offered(self, now: int) -> Prompt | None:
        """The offer while it stands."""
        stands = self.offer is not None and now < self.offer.since + OFFER_LASTS
        return self.offer.prompt if stands and self.offer else None


def with_rows(desk: Desk, live: LiveInterview) -> Desk:
    """The desk with the rows of the wrap-up card, where an undo or a restart opened or shut it."""
    if live.wrap_since is None:
        return desk if live.phase is Phase.ENDED else replace(desk, wrap_rows=())
    return desk if desk.wrap_rows else replace(desk, wrap_rows=wrap_rows(live))


def wrap_rows(live: LiveInterview) -> tuple[WrapRow, ...]:
    """The rows of the wrap-up card, numbered in its order."""
    return tuple(WrapRow(number, *row) for number, row in enumerate(_rows(live), start=1))


PEOPLE = (
    ("SPELLING", SPELLING, ("ok", "leave")),
    ("MAY I SAY", MAY, ("leave",)),
    ("TO FIND", FIND, ("yes", "leave")),
)
"""Groups of the card about people: what is to be settled, and by which commands."""
ABOUT_PEOPLE = {group: of for group, of, _ in PEOPLE}

Row = tuple[str, str, str, str | None, int | None, tuple[str, ...]]


def _rows(live: LiveInterview) -> Iterator[Row]:
    for group, of, answers in PEOPLE:
        for person in live.referrals:
            if _to_settle(person, of):
                yield group, "@", person.name, person.entry, None, answers
    lists: tuple[tuple[str, dict[Kind, str], tuple[str, ...]], ...] = (
        ("PROMISES", {Kind.PROMISE_THEIRS: "<", Kind.PROMISE_MINE: ">"}, ("ok", "leave")),
        ("PARKED", {Kind.PARKED: "&"}, ("took", "mail", "leave")),
        ("LATER", {Kind.LATER: "?"}, ("ok", "mail", "leave")),
    )
    for group, signs, takes in lists:
        for one in live.listed:
            if one.entry.kind in signs and one.how is None:
                sign, entry = signs[one.entry.kind], one.entry
                yield group, sign, entry.text, entry.id, None, takes
    topics = [t for t in live.ground.guide.topics if t.number not in live.mailed]
    state = {topic.number: live.coverage(topic.number).state for topic in topics}
    musts = [t for t in topics if t.priority is Priority.MUST]
    open_ = [t for t in musts if state[t.number] in (State.UNTOUCHED, State.ASKED)]
    asked = [t for t in topics if t not in musts and state[t.number] is State.ASKED]
    for topic in (*open_, *asked):
        yield "STILL OPEN", "", topic.title, None, topic.number, ("mail", "leave")


def _to_settle(person: Referral, of: str) -> bool:
    """Whether something about a person needs to be settled."""
    if of in person.left:
        return False
    if of == FIND:
        return not person.sure
    wanting = person.spelling_checked is False if of == SPELLING else person.may_use_name is None
    return person.sure and wanting


def settled(live: LiveInterview, row: WrapRow) -> bool:
    """Whether a row needs nothing more."""
    if row.topic is not None:
        return row.topic in live.mailed
    of = ABOUT_PEOPLE.get(row.group)
    if of is not None:
        return not any(p.entry == row.entry and _to_settle(p, of) for p in live.referrals)
    return any(is_settled(one) for one in live.listed if one.entry.id == row.entry)


def is_settled(listed: Listed) -> bool:
    """Whether something of the lists was dealt with."""
    return listed.how is not None
