"""The commands of the note line, each with what it writes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher

from iview_tui.domain import agreement, due, log, room, wording
from iview_tui.domain.desk import ABOUT_PEOPLE, ANSWER_LASTS, Answer, Form, Offer, wrap_rows
from iview_tui.domain.entry import WORDS, Entry, Kind
from iview_tui.domain.line import SIGNS, Command, May, Words, read
from iview_tui.domain.live import LiveInterview, Phase, Referral
from iview_tui.domain.prompting import Label, Say
from iview_tui.domain.referral import same_name
from iview_tui.domain.turn import JOB_LEAD, Turn

Order = Callable[[Turn, Command], Answer]

MAY_ANSWERS = {"yes": "yes", "y": "yes", "no": "no", "n": "no", "first": "they_ask_first",
               "they ask first": "they_ask_first", "ask first": "they_ask_first"}  # fmt: skip
BRIDGES = (
    "That helps me see {here}. Before our time runs, may I ask: {question}",
    "I could listen to this for long. One thing I came to ask: {question}",
    "That leads me to something else: {question}",
)
LAST_NOTES = 60
"""Seconds in which notes filed elsewhere are the last notes that `/here` means."""


def obey(turn: Turn, command: Command) -> Answer:
    """Do what a command says."""
    if command.name != "end" and not turn.desk.ending_anyway:
        turn.desk = replace(turn.desk, ending_at=None)
    if command.name in DURING_THE_CALL and turn.live.phase is not Phase.LIVE:
        over = turn.live.phase is Phase.ENDED
        return turn.cannot("the call is over" if over else "the call has not begun")
    return ORDERS[command.name](turn, command)


# -- topics --------------------------------------------------------------------------------------


def go(turn: Turn, command: Command) -> Answer:
    """The first open one of the topics that fit becomes current."""
    fitting: tuple[int, ...] = command.value
    open_ = [number for number in fitting if turn.live.coverage(number).open]
    number = (open_ or fitting)[0]
    if number == turn.live.current:
        return turn.cannot(f"on {turn.titled(number)} already")
    turn.write(Kind.GO, command.text, topic=number)
    return turn.done(f"now {turn.titled(number)}")


def _covered(live: LiveInterview, *, skip: bool = False) -> LiveInterview:
    """The call as if the current topic were done with, to see what comes next."""
    if live.current is None:
        return replace(live, opening=False)
    coverage = live.coverage(live.current)
    done = coverage.skip() if skip else coverage.cover(current=True)
    index = live.current - 1
    return replace(live, topics=(*live.topics[:index], done, *live.topics[index + 1 :]))


def next_(turn: Turn, command: Command) -> Answer:
    """The current topic is covered; the next best one becomes current."""
    left = turn.live.current
    to = room.next_best(_covered(turn.live))
    opening = turn.live.opening
    if left is None and to is None and not opening:
        return turn.cannot("no open topic is left")
    turn.write(Kind.NEXT, command.text, topic=to)
    what = "opening over" if left is None and opening else ""
    what = f"{turn.titled(left)}: covered" if left is not None else what
    now = f"now {turn.titled(to)}" if to is not None else "no open topic is left"
    return turn.done(f"{what}; {now}" if what else now)


def skip(turn: Turn, command: Command) -> Answer:
    """The current topic is left out of this talk."""
    left = turn.live.current
    if left is None:
        return turn.cannot("no topic is current")
    to = room.next_best(_covered(turn.live, skip=True))
    turn.write(Kind.SKIP, command.text, topic=to, value={"topic": left})
    return turn.done(f"{turn.titled(left)}: skipped")


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


# -- offers --------------------------------------------------------------------------------------


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


# -- names ---------------------------------------------------------------------------------------


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


# -- the prompt line -----------------------------------------------------------------------------


def bridge(turn: Turn, command: Command) -> Answer:
    """A sentence that leads back; where they raised a job, the other reply."""
    to = turn.live.topic(room.next_best(turn.live))
    times = turn.desk.bridges
    if turn.standing is not None and turn.standing.text in JOB_LEAD:
        reply = JOB_LEAD[(JOB_LEAD.index(turn.standing.text) + 1) % len(JOB_LEAD)]
        turn.say(reply, commands=("bridge",))
        return Answer()
    if to is None:
        return turn.cannot("no open topic is left")
    here_ = turn.live.topic(turn.live.current)
    said_ = wording.lower(here_.title) if here_ else "it"
    text = BRIDGES[times % len(BRIDGES)].format_map(
        {"here": said_, "question": wording.lower(to.question)}
    )
    turn.desk = replace(turn.desk, bridges=times + 1)
    turn.say(text, Label.BRIDGE, ("bridge",))
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


# -- the wrap-up ---------------------------------------------------------------------------------


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


# -- the clock and the end -----------------------------------------------------------------------


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


# -- taking back ---------------------------------------------------------------------------------


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


# -- the rest ------------------------------------------------------------------------------------


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


ORDERS: dict[str, Order] = {
    "go": go, "next": next_, "skip": skip, "here": here, "take": take, "other": other,
    "away": away, "name": name, "may": may, "spell": spell, "fix": fix, "said": said,
    "none": none, "bridge": bridge, "notnow": notnow, "wrap": wrap, "ok": settle, "yes": settle,
    "took": settle, "mail": settle, "leave": settle, "began": began, "drop": drop, "back": back,
    "still": back, "end": end, "undo": undo, "redo": redo, "star": star, "private": private,
    "public": public, "me": me, "consent": consent, "join": join, "hide": hide, "help": face,
    "quit": face, "crash": crash,
}  # fmt: skip
"""Every command's order."""
DURING_THE_CALL = frozenset(
    {"go", "next", "skip", "said", "none", "notnow", "wrap", "began", "drop", "back", "still",
     "end", "me", "consent", "join", "bridge"}
)  # fmt: skip
"""Commands that mean nothing before the call or after it."""
