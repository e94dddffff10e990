"""What the screens outside the call ask for, over one database; each is there when it is asked for.

Why something cannot be done is a `Refused`, whose text is the sentence to show.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pendulum import DateTime

from iview_tui.clock import Clock
from iview_tui.domain import today as the_day
from iview_tui.domain.guide import Guide
from iview_tui.domain.live import LiveInterview
from iview_tui.domain.outreach import Attempt
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.domain.reflection import Plan, Reflection
from iview_tui.domain.synthesis import Linked, Mention, Term
from iview_tui.domain.text import one_line
from iview_tui.domain.today import Due, Facts, Talk, Today
from iview_tui.domain.value import value
from iview_tui.paths import Paths
from iview_tui.services.bank import cadence

if TYPE_CHECKING:
    from iview_tui.domain.desk import WrapRow
    from iview_tui.domain.letters import Draft, Known
    from iview_tui.domain.proofreading import Finding
    from iview_tui.domain.revising import Edit
    from iview_tui.services import agenda
    from iview_tui.services.across import Comparison
    from iview_tui.services.people import Finder
    from iview_tui.services.search import Found, Search


LONGEST = 500
"""Characters of a field of a person."""
LONGEST_ANSWER = 5000
_COLUMNS = {
    "org": "organization", "zone": "time_zone", "knows": "background", "email": "emails",
    "phone": "phones",
}  # fmt: skip
_SAID = {
    "who": {"they call(?: me)?": "them", "(?:i|you) call(?: them)?": "me"},
    "medium": {"in person": "in person", "video": "video", "by phone": "phone", "phone": "phone"},
}
_NONE: Mapping[str, tuple[str, str]] = MappingProxyType({})
_NOBODY: Mapping[str, str] = MappingProxyType({})


class Refused(Exception):  # noqa: N818 (the name is the sentence)
    """It cannot be done; the text is a sentence."""


@value
class Wanted:
    """What is to be done outside the screens."""

    what: str
    """call, demo, or edit for the person's own editor."""
    contact: Contact | None = None
    interview: str | None = None
    """The UUID of a planned call."""
    now: bool = False
    """They offered it on the spot: no card before it."""
    minutes: int = 30
    guide: str | None = None
    """The path of a list of questions; None for the built-in one."""


@value
class Person:
    """A person with their whole story."""

    contact: Contact
    story: tuple[tuple[date, str], ...] = ()
    """What happened with them, the oldest first."""
    due: tuple[Due, ...] = ()
    talks: tuple[Talk, ...] = ()
    step: str = ""
    """What comes next with them, in words."""
    named: tuple[str, ...] = ()
    """Whom they named."""
    agreements: Mapping[str, tuple[str, str]] = field(default_factory=lambda: _NONE)
    """How, and what for, by the UUID of a planned call."""

    def how(self, talk: str) -> str:
        """Who calls, and by what medium, for a planned call."""
        return self.agreements.get(talk, ("", ""))[0]

    def purpose(self, talk: str) -> str:
        """What a planned call is for."""
        return self.agreements.get(talk, ("", ""))[1]

    @property
    def talked(self) -> bool:
        """Whether there was a talk with them."""
        return any(talk.begun for talk in self.talks)


@contextmanager
def door() -> Iterator[None]:
    """Every reason that services have becomes a `Refused`."""
    from iview_tui.domain.letters import BadTemplate
    from iview_tui.domain.revising import CannotEdit
    from iview_tui.services import across, library, people
    from iview_tui.store.errors import DatabaseError

    try:
        yield
    except (
        DatabaseError, CannotEdit, BadTemplate, across.NotFound, library.NotFound, people.NotFound,
    ) as error:  # fmt: skip
        raise Refused(str(error)) from error


def call_wanted(wanted: Wanted, paths: Paths, clock: Clock) -> CallRecord:
    """The call that is to be begun: a planned one as it is kept, or a new one."""
    from iview_tui.domain.guide import GuideError
    from iview_tui.services import library
    from iview_tui.services.call import new_uuid
    from iview_tui.services.guides import load_guide

    with door():
        if wanted.interview:
            return library.find_call(paths.database, wanted.interview)
    try:
        guide = load_guide(wanted.guide)
    except GuideError as error:
        raise Refused(str(error)) from error
    return CallRecord(
        new_uuid(), wanted.contact, guide, guide.purpose, wanted.minutes, None, None, clock.zone()
    )


def _agreed(words: str) -> tuple[str, agenda.Asked]:
    """What is left of the words for when, and what else they say."""
    from iview_tui.services import agenda

    found: dict[str, str] = {}
    for name, said in _SAID.items():
        for spoken, meaning in said.items():
            bare = re.sub(rf"(?i)[,;]?\s*\b{spoken}\b", "", words)
            if bare != words:
                words, found[name] = bare, meaning
                break
    length = re.search(r"(?i)[,;]?\s*\b(\d{1,3})\s*(?:min\b|mins\b|minutes\b)", words)
    minutes = None
    if length:
        words, minutes = words.replace(length[0], ""), int(length[1])
        if not 10 <= minutes <= 60:
            raise Refused("a talk takes 20 to 60 minutes, 10 where they offer it on the spot")
    return words.strip(" ,;"), agenda.Asked(
        minutes=minutes, who_calls=found.get("who"), medium=found.get("medium")
    )


def _attempt(each: Attempt) -> str:
    parts = [each.channel, each.sent, (each.outcome or "").replace("_", " "), each.text]
    return ", ".join(part.replace("_", " ") for part in parts if part)


class House:
    """One database and one clock."""

    def __init__(self, paths: Paths, clock: Clock, me: Mapping[str, str] = _NOBODY) -> None:
        """`me` is what the settings say of the user."""
        self.paths = paths
        self.clock = clock
        self.me = me
        self._search: Search | None = None
        self._finder: Finder | None = None
        self._known: Known | None = None
        """What the open letter may draw upon."""

    def close(self) -> None:
        """Let go of what is held open."""
        if self._search is not None:
            self._search.close()
            self._search = None

    @property
    def now(self) -> DateTime:
        """The present instant, where the user is."""
        return self.clock.wall().in_timezone(self.clock.zone())

    @property
    def empty(self) -> bool:
        """Whether nothing was ever kept here."""
        return not self.paths.database.exists()

    # -- before --------------------------------------------------------------------------------

    def today(self) -> tuple[Today, tuple[Talk, ...]]:
        """The day, and every planned call, the next one first."""
        facts = self._facts()
        seen = the_day.today(facts, self.now, cadence())
        ahead = sorted(
            (t for t in facts.talks if t.planned_at and not t.begun and not t.cancelled
             and t.planned_at.add(minutes=t.minutes) > self.now),
            key=lambda talk: str(talk.planned_at),
        )  # fmt: skip
        return seen, tuple(ahead)

    def find(self, text: str, limit: int = 200) -> tuple[Contact, ...]:
        """People by name, organization, or the last digits of a number; all for an empty text."""
        from iview_tui.services.people import Finder

        with door():
            if self._finder is None:
                self._finder = Finder(self.paths.database)
            found = self._finder.find(text, limit) if text.strip() else self._finder.everybody()
        return tuple(each.contact for each in found)

    def person(self, wanted: str) -> Person | None:
        """All about the person of that ID, or name; None where there is nobody."""
        from iview_tui.services import people

        with door():
            try:
                known = people.story(self.paths.database, wanted)
            except people.NotFound:
                return None
        told: list[tuple[date, str]] = [(each.at, _attempt(each)) for each in known.attempts]
        told += [(t.ended_at, "talk") for t in known.talks if t.ended_at is not None]
        told += [
            (t.planned_at, f"{t.minutes} minutes agreed")
            for t in known.talks if t.planned_at is not None and not t.begun
        ]  # fmt: skip
        return Person(
            known.contact, tuple(sorted(told, key=lambda row: row[0].isoformat())), known.due,
            known.talks, known.step.why if known.attempts else "",
            tuple(each.name for each in known.named), self._agreements(known.talks),
        )  # fmt: skip

    def _agreements(self, talks: Iterable[Talk]) -> Mapping[str, tuple[str, str]]:
        from iview_tui.services import library

        found: dict[str, tuple[str, str]] = {}
        for talk in talks:
            if talk.begun or talk.cancelled or talk.planned_at is None:
                continue
            with door():
                record = library.find_call(self.paths.database, talk.id)
            agreed = record.agreement
            who = "they call" if agreed.who_calls == "them" else "you call"
            how = ", ".join(part for part in (who, agreed.medium, agreed.place) if part)
            found[talk.id] = (how, record.purpose or record.guide.purpose or "")
        return found

    def refresh(self) -> None:
        """What was read may have changed."""
        self._finder = None

    def added(self, text: str, source: str | None = None) -> Contact:
        """A new person as typed: `name, organization, how to reach them`; a known one of that name
        is given back with what is new about them."""
        from iview_tui.domain.referral import parse
        from iview_tui.services import people
        from iview_tui.services.bank import lexicon
        from iview_tui.services.call import new_uuid

        read = parse(one_line(text, LONGEST), lexicon())
        ways = [way.strip() for way in (read.contact or "").split(";") if way.strip()]
        emails = tuple(way for way in ways if "@" in way)
        name = read.name.strip()
        if not name:
            raise Refused("a name is wanted first, as in: Ana Brandt, Baking House")
        new = Contact(
            new_uuid(), name, read.organization, None, emails,
            tuple(way for way in ways if way not in emails), source=source,
        )  # fmt: skip
        self._finder = None
        with door():
            return people.add(self.paths, self.clock, new)

    def first_letter(self, who: Contact) -> str:
        """What to write first: by what is known of them."""
        return "email" if who.emails else "phone" if who.phones else "linkedin"

    def log(self, who: Contact, channel: str | None, outcome: str | None, words: str) -> str:
        """Record an attempt, with the day of the next one where one is named at the end of the
        words; what was recorded, in words."""
        from iview_tui.domain.due import due
        from iview_tui.domain.outreach import Attempt
        from iview_tui.services import people

        words = one_line(words, LONGEST)
        day = due(words, self.now.date())
        made = Attempt("", who.id, self.now, channel, None, outcome, words, day)
        self._finder = None
        with door():
            people.log(self.paths, self.clock, who.id, made)
        told = _attempt(made) or "an attempt"
        return f"Logged for {who.name}: {told}" + (f"; again on {day:%a} {day.day} {day:%b}"
                                                   if day else "")  # fmt: skip

    def plan(self, who: Contact, words: str) -> str:
        """Plan a talk as agreed, or move the one that is planned; what was agreed, in words.

        The words: when, and where they are there `30 min`, `they call`, `i call`, `phone`, `video`,
        `in person`.
        """
        from iview_tui.domain.scheduling import both_zones, read_when
        from iview_tui.services import agenda
        from iview_tui.services.guides import built_in_guide

        rest, asked = _agreed(one_line(words, LONGEST))
        when = read_when(rest, self.now)
        if when.at is None and (rest or asked == agenda.Asked()):
            raise Refused(when.problem or "when? as in: tue 2pm 30 min, they call")
        asked = replace(asked, at=when.at)
        with door():
            made = agenda.plan(self.paths, self.clock, who, asked, built_in_guide())
        record = made.record
        told = ""
        if record.planned_at is not None:
            at = record.planned_at.in_timezone(self.clock.zone())
            there = record.contact.time_zone if record.contact else None
            told = both_zones(at, self.clock.zone(), there)
        said = [f"{who.name}: {told}, {record.agreed_minutes} minutes", when.note, *made.words]
        return ". ".join(each.rstrip(".") for each in said if each)

    def put(self, who: Contact, name: str, text: str) -> str:
        """Put a field of a person right; what it is now, in words."""
        from iview_tui.services import people

        text = one_line(text, LONGEST)
        several = tuple(part.strip() for part in text.split(",") if part.strip())
        more: dict[str, Any] = {
            "name": text, "org": text, "role": text, "linkedin": text, "zone": text, "said": text,
            "pronouns": text, "via": text, "source": text, "knows": text, "email": several,
            "phone": several, "tags": several,
        }  # fmt: skip
        column = _COLUMNS.get(name, name)
        self._finder = None
        with door():
            people.change(self.paths, self.clock, replace(who, **{column: more[name]}))
        return f"{name}: {text}"

    def done(self, due: str) -> None:
        """What was due is done."""
        from iview_tui.services import people

        with door():
            people.done(self.paths, self.clock, due)

    def _facts(self) -> Facts:
        from iview_tui.store import facts
        from iview_tui.store.database import open_to_read

        with (
            door(),
            open_to_read(self.paths.database) as database,
            database.transaction() as connection,
        ):
            return facts.read(connection)

    # -- after ---------------------------------------------------------------------------------

    def search(self, text: str, *, limit: int = 50) -> Found:
        """What the text finds; any text is taken."""
        from iview_tui.services.search import Search

        with door():
            if self._search is None:
                self._search = Search(self.paths.database, self.clock)
            return self._search.find(text, limit=limit)

    def compare(self, topic: str | None = None) -> Comparison:
        """The matrix alone, or one topic with what was said about it."""
        from iview_tui.services import across

        with door():
            return across.compare(
                self.paths.database, topic, with_texts=topic is not None, with_private=True
            )

    def mark(self, topic: str, kind: str, entry: str, other: str) -> None:
        """Two entries agree (`agrees`) or not (`contradicts`)."""
        from iview_tui.services import across

        with door():
            across.mark(self.paths, self.clock, topic, kind, entry, other)

    def chain(self) -> tuple[Linked, ...]:
        """Who led to whom."""
        from iview_tui.services import across

        with door():
            return across.chain(self.paths.database, with_private=True)

    def glossary(self) -> tuple[Term, ...]:
        """The words of the field."""
        from iview_tui.services import across

        with door():
            return across.glossary(self.paths.database, with_private=True)

    def mentions(self, kind: str) -> tuple[Mention, ...]:
        """Organizations named, or opportunities raised."""
        from iview_tui.services import across

        with door():
            return across.mentions(self.paths.database, kind, with_private=True)

    def call(self, wanted: str) -> CallRecord:
        """A call by `last`, its ID or a name."""
        from iview_tui.services import library

        with door():
            return library.find_call(self.paths.database, wanted or "last")

    def folded(self, record: CallRecord) -> LiveInterview:
        """The call as its log tells it."""
        from iview_tui.services import library

        return library.folded(record)

    def edit(self, call: str, *edits: Edit) -> CallRecord:
        """Edits after a call: all of them or none."""
        from iview_tui.services import review

        with door():
            return review.edit(self.paths, self.clock, call, edits)

    def others(self, record: CallRecord) -> dict[int, str]:
        """What others told about each topic of a call, by its number."""
        from iview_tui.services import across

        with door():
            topics = record.guide.topics
            return across.others(self.paths.database, topics, but_for=record.id)

    # -- the debrief ---------------------------------------------------------------------------

    def say(self, call: str, line: str, row: WrapRow | None = None) -> tuple[CallRecord, str]:
        """A line of the call's own grammar after the call: what is typed is the debrief's.

        With a `row` of what is still open the line is a command, and the row's number is put behind
        it. Gives the call as it then is, and the answer in words.
        """
        from iview_tui.domain.desk import wrap_rows
        from iview_tui.services import afterwards
        from iview_tui.services.bank import lexicon
        from iview_tui.services.call import LiveCall, MemoryKeeper
        from iview_tui.services.writing import writing
        from iview_tui.store import interviews

        with door(), writing(self.paths, self.clock, "a debrief") as connection:
            record = interviews.load(connection, call)
            live = LiveCall(
                record, clock=self.clock, keeper=MemoryKeeper(), lexicon=lexicon(), back_date=0
            )
            rows = wrap_rows(live.live)
            live.desk = replace(live.desk, wrap_rows=rows)
            if row is not None:
                found = next((r for r in rows if (r.group, r.entry, r.topic)
                              == (row.group, row.entry, row.topic)), None)  # fmt: skip
                if found is None:
                    return record, "that is settled"
                line = f"{line} {found.number}"
            answer = live.enter(line)
            interviews.append(connection, call, live.record.entries[len(record.entries) :])
            afterwards.work_out(connection)
            return interviews.load(connection, call), answer.stays or answer.echo

    def open_rows(self, live: LiveInterview) -> tuple[WrapRow, ...]:
        """What is still to be settled after a call."""
        from iview_tui.domain.desk import wrap_rows

        return wrap_rows(live)

    def reflections(self, call: str) -> tuple[Reflection, ...]:
        """What was answered in the debrief of a call; the latest answer to each question."""
        from iview_tui.store import reflections
        from iview_tui.store.database import open_to_read

        with (
            door(),
            open_to_read(self.paths.database) as database,
            database.transaction() as connection,
        ):
            return tuple(reflections.of_call(connection, call))

    def reflect(self, call: str, answer: Reflection) -> None:
        """Keep an answer of the debrief; an earlier one to the same question gives way to it."""
        from iview_tui.services.writing import writing
        from iview_tui.store import reflections

        answer = replace(answer, text=one_line(answer.text, LONGEST_ANSWER))
        with door(), writing(self.paths, self.clock, "a debrief") as connection:
            reflections.keep(connection, call, answer, self.clock.wall())

    def plans(self) -> tuple[Plan, ...]:
        """What I want of all talks together."""
        from iview_tui.store import reflections
        from iview_tui.store.database import open_to_read

        with (
            door(),
            open_to_read(self.paths.database) as database,
            database.transaction() as connection,
        ):
            return tuple(reflections.plans(connection))

    def add_plan(self, text: str) -> None:
        """One thing more that I want of all talks together."""
        from iview_tui.services.call import new_uuid
        from iview_tui.services.writing import writing
        from iview_tui.store import reflections

        plan = Plan(new_uuid(), one_line(text, LONGEST_ANSWER))
        with door(), writing(self.paths, self.clock, "a debrief") as connection:
            reflections.add_plan(connection, plan, self.clock.wall())

    # -- lists of questions --------------------------------------------------------------------

    def guide_text(self, path: str | None) -> str:
        """A list of questions as text; the built-in one where no path is given."""
        from importlib.resources import files
        from pathlib import Path

        if path is None:
            return (files("iview_tui.domain") / "bank" / "guide.md").read_text(encoding="utf-8")
        try:
            return Path(path).expanduser().read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not text in UTF-8"
            raise Refused(f"{path}: {reason.lower()}") from error

    def read_guide(self, text: str) -> Guide | None:
        """The text as a list of questions; None while it has none."""
        from iview_tui.domain.guide import GuideError
        from iview_tui.interchange.guides import parse_guide
        from iview_tui.services.guides import short_names

        try:
            return parse_guide(text, "md", bank=short_names())
        except GuideError:
            return None

    def keep_guide(self, path: str, text: str) -> str:
        """Write a list of questions; where it is now."""
        from pathlib import Path

        place = Path(path).expanduser()
        try:
            beside = place.with_name(f".{place.name}.new")
            beside.write_text(text, encoding="utf-8")
            beside.replace(place)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise Refused(f"{path}: {reason.lower()}") from error
        return str(place)

    def bank(self) -> tuple[tuple[str, str, str], ...]:
        """The topics of the bank: (key, short name, question)."""
        from iview_tui.services.guides import bank_topics, built_in_guide

        asked = {topic.key: topic.question for topic in built_in_guide().topics}
        return tuple(
            (topic.key, topic.short, asked.get(topic.key, topic.title))
            for topic in bank_topics() if topic.group != "tracker"
        )  # fmt: skip

    def told(self, guide: Guide) -> dict[int, str]:
        """What others told about each topic of a list, by its number."""
        from iview_tui.services import across

        with door():
            return across.others(self.paths.database, guide.topics)

    def lint(self, text: str, guide: Guide | None) -> tuple[tuple[int, str, str], ...]:
        """What there is to say about lines: (line from 0, sentence, what could stand there)."""
        from iview_tui.services.guides import lint_guide

        if guide is None:
            return ()
        return tuple((line - 1, one.message, "") for line, _, one in lint_guide(text, guide))

    # -- letters -------------------------------------------------------------------------------

    def letter(self, kind: str, contact: str, call: str | None) -> Draft:
        """The letter of that kind to a person, as it was left, or made of what is known."""
        from iview_tui.services import letters

        with door():
            self._known = None
            return letters.write(self.paths, self.clock, self.me, kind, contact, call)

    def proofread(self, letter: Draft, contact: str, call: str | None) -> tuple[Finding, ...]:
        """What there is to look at before it leaves."""
        from iview_tui.services import letters

        if self._known is None:
            with door():
                self._known = letters.known(self.paths, self.clock, self.me, contact, call)
        return letters.look(letter, self._known)

    def keep_letter(self, letter: Draft, contact: str, call: str | None) -> None:
        """Keep a letter as it is."""
        from iview_tui.services import letters

        with door():
            letters.keep(self.paths, self.clock, letter, contact, call)

    def sent(self, letter: Draft, contact: str, call: str | None) -> None:
        """It was sent, by the user: a fact for the contact log."""
        from iview_tui.services import letters

        with door():
            letters.sent(self.paths, self.clock, letter, contact, call)

    def eml(self, letter: Draft, name: str) -> str:
        """Write a letter as a draft for a mail program, here and over nothing; where it is."""
        from iview_tui.services import letters

        bare = re.sub(r"[^\w -]+", " ", one_line(f"{name} {letter.kind}", 80)).strip() or "letter"
        data = letters.eml(letter, self.me.get("email", ""))
        for number in range(1, 100):
            path = Path.cwd() / f"{bare}{f' {number}' if number > 1 else ''}.eml"
            try:
                descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
                with os.fdopen(descriptor, "wb") as file:
                    file.write(data)
            except FileExistsError:
                continue
            except OSError as error:
                raise Refused(f"{path} cannot be written: {error.strerror}") from error
            return str(path)
        raise Refused(f"there are a hundred files called {bare} here")

    def copied(self, text: str) -> str:
        """Copy a text by whatever this machine has; how, as a sentence."""
        from iview_tui.services import clipboard

        try:
            return clipboard.copy(text, os.environ, self.paths.state)
        except OSError as error:
            raise Refused(f"it cannot be copied: {error.strerror}") from error
