"""One line or key of a call: what it writes into the log, and what is answered.

A `Turn` lives for one Enter. It reads the call as it stands, collects entries that all bear the
same line number, and leaves the desk as it is to be.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from pendulum import DateTime

from iview_tui.domain import line as grammar
from iview_tui.domain import wording
from iview_tui.domain.desk import Answer, Desk, Form, Offer, Stayed
from iview_tui.domain.entry import WORDS, Entry, Kind
from iview_tui.domain.lexicon import Lexicon
from iview_tui.domain.live import LiveInterview, Phase, append
from iview_tui.domain.prompting import Label, Prompt, Say

SAID_AFTER = 5
"""Seconds after the question opened from which on a name means that it was asked."""
MAY_BE_AN_ANSWER = 10
"""Seconds after other words in which a bare number may be an answer."""
LATELY = 40
"""More entries than anyone writes in that time."""
A_LIST = 60
"""Seconds within which `1:` and `2:` look like a list."""
THREE_HOURS = 3 * 60 * 60

OFF_THE_RECORD = re.compile(r"\boff the record\b|\bdon'?t quote me\b", re.IGNORECASE)
ONLY = re.compile(
    r"\bonly (?:have|has|got) (\w+)(?: more)?(?: min(?:ute)?s?\b|(?=\s*(?:[.,;!?]|$)))",
    re.IGNORECASE,
)
TAKE_YOUR_TIME = re.compile(r"\btake your time\b", re.IGNORECASE)
JOB_LEAD = (
    "Thank you, I would be glad to hear of it in time. Today I am here to learn from you.",
    "That is kind. May I write about it later, and ask you one more thing now?",
)
ECHOES = {
    Kind.QUOTE: "quote", Kind.ORGANIZATION: "organization", Kind.PROMISE_THEIRS: "they promise",
    Kind.PROMISE_MINE: "I promise", Kind.JARGON: "jargon", Kind.OPPORTUNITY: "an opening of theirs",
    Kind.LATER: "a question for later", Kind.PARKED: "parked", Kind.MOMENT: "a moment",
}  # fmt: skip


@dataclass(slots=True)
class Turn:
    """One Enter, or one key."""

    live: LiveInterview
    """The call at `now`; entries are added as they are written."""
    desk: Desk
    now: int
    wall: DateTime
    """The wall clock now, in the zone of the call."""
    lexicon: Lexicon
    new_id: Callable[[], str]
    standing: Prompt | None = None
    """What stands on the prompt line."""
    stamp: int | None = None
    """When the words were said; None: the moment of Enter."""
    again: int | None = None
    """The stamp of a line that is said again."""
    scripted: bool = False
    """A script's `/end` never asks."""
    undoes: str = "^Z undoes"
    caption: str | None = None
    """What the captions said just now: kept with a quote and with a moment."""
    written: list[Entry] = field(default_factory=list)
    number: int = 0
    """The number of the Enter."""

    def __post_init__(self) -> None:
        """Number the Enter behind all that wrote before."""
        self.number = max((entry.line for entry in self.live.log), default=0) + 1

    # -- writing ---------------------------------------------------------------------------

    def write(self, kind: Kind, text: str = "", **more: Any) -> Entry:
        """Add an entry to the log; words bear the stamp of their first keystroke."""
        stamp = self.now if self.stamp is None or kind not in WORDS else self.stamp
        stamp = more.pop("stamp", max(stamp, self.live.agreement.start))
        entered = more.pop("entered", self.now)
        if self.caption and kind in (Kind.QUOTE, Kind.MOMENT):
            more["caption"] = self.caption
        entry = Entry(self.new_id(), self.number, kind, entered, stamp, text, **more)
        self.live = append(self.live, entry)
        self.written.append(entry)
        return entry

    def done(self, what: str) -> Answer:
        """The echo of something that undo takes back."""
        return Answer(echo=f"{what}. {self.undoes}")

    def cannot(self, why: str) -> Answer:
        """The reason why nothing was done."""
        return Answer(echo=why)

    def say(self, text: str, label: Label = Label.SAY, commands: tuple[str, ...] = ()) -> None:
        """Put an answer on the prompt line."""
        answer = Prompt((Say.ANSWER,), text, self.now, label, commands)
        self.desk = replace(self.desk, answer=answer)

    def titled(self, number: int) -> str:
        """A topic's number and short name."""
        topic = self.live.topic(number)
        return f"{number} {topic.title}" if topic else str(number)

    @property
    def topic(self) -> int | None:
        """Where words go that name no topic."""
        return None if self.live.phase is Phase.ENDED else self.live.current

    # -- a line ----------------------------------------------------------------------------

    def enter(self, text: str, *, pasted: bool = False) -> Answer:
        """Enter on the note line."""
        self.desk = replace(self.desk, answer=None)
        if self.desk.form is not None:
            return self.answer_form(text)
        stayed = self.desk.stayed
        if stayed is not None and text.strip() == stayed.text:
            self.desk = replace(self.desk, stayed=None)
            self.stamp = self.again
            return self.take(stayed.then, again=True)
        self.let_go()
        if not text.strip():
            return Answer()
        topics = self.live.ground.guide.topics
        reading = grammar.read(text, topics, self.lexicon, pasted=pasted)
        return self.take(of_the_debrief(reading) if self.live.phase is Phase.ENDED else reading)

    def let_go(self) -> None:
        """A line that stayed becomes a note at the moment of its own Enter."""
        stayed = self.desk.stayed
        if stayed is None:
            return
        self.desk = replace(self.desk, stayed=None)
        self.write(
            Kind.NOTE, stayed.text, entered=stayed.entered, stamp=stayed.stamp,
            topic=stayed.topic, retracted=stayed.command_like,
        )  # fmt: skip
        self.number += 1

    def take(self, reading: grammar.Reading, *, again: bool = False) -> Answer:
        """Do what a line says; `again` where it was said a second time."""
        match reading:
            case grammar.Words():
                return self.words(reading)
            case grammar.Referrals():
                return self.referrals(reading)
            case grammar.Mark():
                return self.mark(reading, again)
            case grammar.Later() | grammar.Left() | grammar.Until():
                return self.clock(reading)
            case grammar.Moment():
                self.write(Kind.MOMENT, topic=self.topic, starred=reading.starred)
                return self.done("a moment")
            case grammar.Star():
                return self.star("")
            case grammar.Help():
                return Answer(act="help")
            case grammar.Stays():
                return self.stay(reading.text, reading.reason, reading.then, reading.command_like)
            case grammar.Command():
                from iview_tui.domain.orders import obey

                return obey(self, reading)
            case _:
                return Answer()

    def stay(
        self, text: str, reason: str, then: grammar.Reading, command_like: bool = True
    ) -> Answer:
        """The line keeps standing, with what the same again would do."""
        stamp = self.now if self.stamp is None else self.stamp
        stayed = Stayed(text, then, reason, command_like, self.now, stamp, self.topic)
        self.desk = replace(self.desk, stayed=stayed)
        return Answer(line=text, stays=reason)

    # -- words -----------------------------------------------------------------------------

    def words(self, reading: grammar.Words) -> Answer:
        """File words, and offer what else they may be."""
        topic = self.topic if reading.topic is None else reading.topic
        entry = self.write(
            reading.kind, reading.text, comment=reading.comment, topic=topic,
            starred=reading.starred, private=reading.private,
        )  # fmt: skip
        self.offer(entry, reading)
        if reading.kind is Kind.OPPORTUNITY and self.live.phase is Phase.LIVE:
            self.say(JOB_LEAD[0], commands=("bridge",))
        what = ECHOES.get(reading.kind, "note")
        if reading.kind in (Kind.NOTE, Kind.QUOTE) and topic is not None:
            what = f"{what} under {self.titled(topic)}"
        if reading.private or self.live.private_mode:
            what = f"private {what}"
        return self.done(what)

    def referrals(self, reading: grammar.Referrals) -> Answer:
        """File each person; the question was asked where one comes soon after it opened."""
        since = self.live.question_since
        entries = [
            self.write(
                Kind.REFERRAL, part.text, topic=self.topic if part.topic is None else part.topic,
                starred=part.starred, private=part.private,
            )
            for part in reading.parts
        ]  # fmt: skip
        self.asked_with(entries[0], since)
        self.offer(entries[-1], reading.parts[-1])
        people = [self.live.ground.read_person(part.text) for part in reading.parts]
        return self.done(
            "; ".join(f"{'name' if p.sure else 'someone to find'}: {p.name}" for p in people)
        )

    def asked_with(self, entry: Entry, since: int | None) -> None:
        """A name some seconds after the question opened, at `since`, means that it was asked."""
        if since is not None and self.now >= since + SAID_AFTER:
            self.write(Kind.SAID, about=entry.id)

    def offer(self, entry: Entry, reading: grammar.Words) -> None:
        """What one key could do with the entry: one offer, the most pressing."""
        self.desk = replace(self.desk, offer=next(iter(self._offers(entry, reading)), None))

    def _offers(self, entry: Entry, reading: grammar.Words) -> list[Offer]:
        about, text = (entry.id,), entry.text
        found = []
        if OFF_THE_RECORD.search(text) and not self.live.is_private(entry):
            found.append(Offer("private", "Off the record: private from here on?", self.now, about,
                               line="/private"))  # fmt: skip
        if entry.kind is Kind.NOTE and self.live.phase is Phase.LIVE:
            found.extend(self._clock_offers(text))
        if reading.offer is not None:
            what = {Kind.REFERRAL: "a name", **ECHOES}.get(reading.offer, str(reading.offer))
            found.append(Offer("kind", f"-> {what}?", self.now, about, becomes=reading.offer))
        listed = self._list(entry) if self.live.phase is Phase.LIVE else ()
        if listed:
            to, topics = self.titled(self.live.current or 0), (self.live.current or 0,)
            found.append(Offer("list", f"A list? -> both to {to}", self.now, listed, topics))
        return found

    def _clock_offers(self, text: str) -> list[Offer]:
        if only := ONLY.search(text):
            word = only[1].casefold()
            words = {wording.number(n): n for n in range(1, 61)}
            minutes = int(word) if word.isascii() and word.isdigit() else words.get(word, 0)
            if 1 <= minutes <= 60:
                text = f"-> {minutes} minutes left from now?"
                return [Offer("clock", text, self.now, line=f"={minutes}")]
        if TAKE_YOUR_TIME.search(text):
            return [Offer("clock", "-> 5 minutes later?", self.now, line="+5")]
        return []

    def _list(self, entry: Entry) -> tuple[str, ...]:
        """The entries of `1:` and `2:` within a minute while another topic is current."""
        words = [e for e in self.live.counting if e.kind in WORDS][-2:]
        current = self.live.current
        if len(words) < 2 or current is None or words[1].id != entry.id:
            return ()
        one, two = words
        near = two.entered - one.entered <= A_LIST
        looks = one.topic == 1 and two.topic == 2 and current not in (1, 2)
        return (one.id, two.id) if near and looks else ()

    def star(self, text: str) -> Answer:
        """Star the last entry with words."""
        last = self.live.last_words
        if last is None:
            return self.cannot("nothing to star yet")
        if self.live.is_starred(last):
            return self.cannot("starred already")
        self.write(Kind.STAR, text, about=last.id)
        return self.done(f"starred: {last.text[:24]}")

    # -- marks and the clock ---------------------------------------------------------------

    def mark(self, reading: grammar.Mark, again: bool) -> Answer:
        """A topic's bare number: covered, or what was before."""
        number = reading.topic
        fresh = (e for e in self.live.counting[-LATELY:] if self.now - e.entered < MAY_BE_AN_ANSWER)
        answers = any(e.kind in WORDS and e.text and e.topic != number for e in fresh)
        if answers and not again:
            reason = f"Enter again: {self.titled(number)} covered; or go on typing"
            return self.stay(reading.text, reason, reading, command_like=False)
        self.write(Kind.COVERED, reading.text, topic=number)
        return self.done(f"{self.titled(number)}: {self.live.coverage(number).state}")

    def clock(self, reading: grammar.Later | grammar.Left | grammar.Until) -> Answer:
        """The agreed end moves."""
        note = grammar.Words(Kind.NOTE, reading.text)
        if self.live.phase is not Phase.LIVE:
            return self.words(note)
        if isinstance(reading, grammar.Later):
            end = max(self.live.agreement.end, self.now) + reading.minutes * 60
        elif isinstance(reading, grammar.Left):
            end = self.now + reading.minutes * 60
        else:
            ahead = _until(self.wall.replace(microsecond=0), reading.hour, reading.minute)
            if ahead is None:
                return self.words(note)
            if ahead <= 0:
                time = f"{reading.hour}:{reading.minute:02}"
                reason = f"{time} has passed; Enter again: a note"
                return self.stay(reading.text, reason, note)
            end = self.now + ahead
        at = self.live.instant(end).isoformat()
        self.write(Kind.EXTEND, reading.text, value={"agreed_end": at})
        left = (end - self.now + 30) // 60
        return self.done(f"ends {self.time_of_day(end)}, {left} minutes from now")

    def time_of_day(self, moment: int) -> str:
        """A moment of the call by the wall clock as it is set now."""
        return f"{self.wall.add(seconds=moment - self.now):%H:%M}"

    # -- five questions --------------------------------------------------------------------

    def answer_form(self, text: str) -> Answer:
        """One of the five questions of `/name` is answered; the last one files the name."""
        form = self.desk.form
        assert form is not None
        stamp = self.now if self.stamp is None else self.stamp
        answers = (*form.answers, text.strip())
        form = Form(answers, form.stamp if form.answers else stamp)
        if len(answers) < 5:
            self.desk = replace(self.desk, form=form)
            return Answer()
        return self.leave_form(form)

    def leave_form(self, form: Form) -> Answer:
        """File what was answered so far."""
        from iview_tui.domain.orders.people import file_form

        self.desk = replace(self.desk, form=None)
        return file_form(self, form)


def _until(wall: DateTime, hour: int, minute: int) -> int | None:
    """Seconds until the next such time of day within three hours.

    Not above zero where it passed within the last three; None where it is farther off.
    `2:20` may be the afternoon's.
    """
    hours = {hour, hour + 12} if hour < 12 else {hour}
    away = [
        round(wall.replace(hour=h, minute=minute, second=0, microsecond=0)
              .add(days=days).timestamp() - wall.timestamp())
        for h in hours for days in (-1, 0, 1)
    ]  # fmt: skip
    coming = [seconds for seconds in away if 0 < seconds <= THREE_HOURS]
    gone = [seconds for seconds in away if -THREE_HOURS <= seconds <= 0]
    return min(coming) if coming else max(gone, default=None)


def of_the_debrief(reading: grammar.Reading) -> grammar.Reading:
    """A line as it is taken after the end: a bare number or a time is an answer, and so a note."""
    match reading:
        case grammar.Mark() | grammar.Later() | grammar.Left() | grammar.Until():
            return grammar.Words(Kind.NOTE, reading.text)
        case _:
            return reading
