"""The people they name, and whether they were asked for."""

from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from iview_tui.domain import due, wording
from iview_tui.domain.desk import Answer, Form
from iview_tui.domain.entry import Kind
from iview_tui.domain.line import Command, May, Words
from iview_tui.domain.live import LiveInterview, Referral
from iview_tui.domain.referral import same_name
from iview_tui.domain.turn import Turn

MAY_ANSWERS = {"yes": "yes", "y": "yes", "no": "no", "n": "no", "first": "they_ask_first",
               "they ask first": "they_ask_first", "ask first": "they_ask_first"}  # fmt: skip


def name(turn: Turn, command: Command) -> Answer:
    """A referral as five short questions."""
    turn.desk = replace(turn.desk, form=Form(), offer=None)
    return Answer()


def file_form(turn: Turn, form: Form) -> Answer:
    """The answers as a referral; without a name what was answered becomes a note."""
    who, organization, contact, may, when = (*form.answers, "", "", "", "", "")[:5]
    said = [part for part in (who, organization, contact) if part]
    answer = MAY_ANSWERS.get(may.casefold())
    today = date(turn.wall.year, turn.wall.month, turn.wall.day)
    day = due.read_date(when, today) if when else None
    unread = [text for text, read in ((may, answer), (when, day)) if text and not read]
    if not who:
        answered = ", ".join(part for part in form.answers if part)
        if not answered:
            return Answer()
        turn.stamp = form.stamp
        return turn.words(Words(Kind.NOTE, answered))
    if answer == "they_ask_first" and day is None:
        day = due.check_in("", today)
    # Signs inside are letters; but a name in doubt is not spelled with its question mark.
    name = who[: len(turn.lexicon.plain(who).rstrip("? "))] or who
    value = {
        "name": name, "organization": organization or None, "contact": contact or None,
        "may_use_name": answer, "check_in": day.isoformat() if day else None,
    }  # fmt: skip
    since, turn.stamp = turn.live.question_since, form.stamp
    entry = turn.write(
        Kind.REFERRAL, ", ".join(said), comment="; ".join(unread) or None, topic=turn.topic,
        value=value,
    )  # fmt: skip
    turn.asked_with(entry, since)
    return turn.done(f"name: {name}")


def may(turn: Turn, command: Command) -> Answer:
    """May I say that you suggested I write: for one name, or every one not yet answered."""
    asked: May = command.value
    people = [r for r in turn.live.names if r.may_use_name is None]
    if asked.name:
        people = _called_so(turn.live, asked.name)
        if not people:
            return turn.words(Words(Kind.NOTE, command.text))
    if not people:
        return turn.cannot("every name has its answer")
    today = date(turn.wall.year, turn.wall.month, turn.wall.day)
    answer = MAY_ANSWERS[asked.answer]
    check_in = None
    if answer == "they_ask_first":
        check_in = due.check_in(asked.check_in_text or "", today).isoformat()
    for person in people:
        value = {"name": person.name, "answer": answer, "check_in": check_in}
        turn.write(Kind.MAY, command.text, about=person.entry, value=value)
    names = ", ".join(wording.first(person.name) for person in people)
    return turn.done(f"{names}: {answer.replace('_', ' ')}")


def _called_so(live: LiveInterview, called: str) -> list[Referral]:
    """The one that is meant by a name or a part of it: the same name, else the last that has it."""
    words = set(called.casefold().split())
    same = [r for r in live.referrals if same_name(r.name, called)]
    part = [r for r in live.referrals if words <= set(r.name.casefold().split())]
    return same or part[-1:]


def _last_name(live: LiveInterview) -> Referral | None:
    order = {entry.id: index for index, entry in enumerate(live.counting)}
    return max(live.referrals, key=lambda r: order.get(r.entry, -1), default=None)


def spell(turn: Turn, command: Command) -> Answer:
    """The last name goes into the read-back queue."""
    person = _last_name(turn.live)
    if person is None:
        return turn.cannot("no name is noted yet")
    turn.write(Kind.SPELL, command.text, about=person.entry)
    return turn.done(f"spelling of {person.name} to be read back")


def fix(turn: Turn, command: Command) -> Answer:
    """The last name is put right and checked; or one in doubt that is nearer to what is typed."""
    last = _last_name(turn.live)
    if last is None:
        return turn.words(Words(Kind.NOTE, command.text))
    doubted = [r for r in turn.live.referrals if r.spelling_checked is False]

    def likeness(person: Referral) -> float:
        return SequenceMatcher(None, person.name.casefold(), command.value.casefold()).ratio()

    person = max([last, *reversed(doubted)], key=likeness)
    turn.write(Kind.FIX, command.text, about=person.entry, value={"name": command.value})
    return turn.done(f"{person.name} is now {command.value}")


def said(turn: Turn, command: Command) -> Answer:
    """The referral question was asked."""
    if turn.live.asked_at is not None:
        return turn.cannot("asked already")
    turn.write(Kind.SAID, command.text)
    return turn.done("asked")


def none(turn: Turn, command: Command) -> Answer:
    """Asked, and nobody comes to mind."""
    turn.write(Kind.NONE, command.text)
    return turn.done("asked, no names")
