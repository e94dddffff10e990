"""What each line writes, and what is answered."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from calls import START, Played, guide, topic
from iview_tui.domain import wording
from iview_tui.domain.desk import settled
from iview_tui.domain.due import is_date
from iview_tui.domain.entry import Kind
from iview_tui.domain.guide import Guide
from iview_tui.domain.live import Phase
from iview_tui.domain.orders import ORDERS
from iview_tui.domain.orders.people import MAY_ANSWERS
from iview_tui.domain.text import clean
from iview_tui.domain.turn import JOB_LEAD

UNDOES = ". ^Z undoes"
ASK_AGAIN = "; Enter again: a note"


def echo(*lines: tuple[int, str]) -> str:
    """What is answered to the last of some lines."""
    return Played().lines(*lines).answer.echo


# -- every command ---------------------------------------------------------------------------------

NAME, GO = (5, "@Dele Okonjo, Metro council"), (10, "/go 1")


@pytest.mark.parametrize(
    ("lines", "kind", "said"),
    [
        ([(10, "/go 2")], Kind.GO, "now 2 Skills"),
        ([(10, "/go ski")], Kind.GO, "now 2 Skills"),
        ([GO, (40, "/next")], Kind.NEXT, "1 Rewarding: covered; now 2 Skills"),
        ([GO, (40, "/skip")], Kind.SKIP, "1 Rewarding: skipped"),
        ([GO, (40, "/next"), (50, "1: late"), (51, "/here")], Kind.FILE, "note to 2 Skills"),
        ([NAME, (10, "/may yes")], Kind.MAY, "Dele: yes"),
        ([NAME, (10, "/may no Dele Okonjo")], Kind.MAY, "Dele: no"),
        ([NAME, (10, "/may first 2 dec")], Kind.MAY, "Dele: they ask first"),
        ([NAME, (10, "/spell")], Kind.SPELL, "spelling of Dele Okonjo to be read back"),
        ([NAME, (10, "/fix Dele Okonyo")], Kind.FIX, "Dele Okonjo is now Dele Okonyo"),
        ([NAME, (10, "/star")], Kind.STAR, "starred: Dele Okonjo, Metro counc"),
        ([NAME, (10, "!")], Kind.STAR, "starred: Dele Okonjo, Metro counc"),
        ([(10, "/said")], Kind.SAID, "asked"),
        ([(10, "/none")], Kind.NONE, "asked, no names"),
        ([(10, "/wrap")], Kind.WRAP, "wrap-up"),
        ([(10, "/wrap"), (20, "/wrap")], Kind.WRAP, "wrap-up closed"),
        ([(10, "/began 2")], Kind.BEGAN, "began 13:58"),
        ([(10, "/drop")], Kind.DROP, "line dropped; the end does not wait"),
        ([(10, "/drop"), (20, "/back")], Kind.BACK, "back on the line"),
        ([(10, "/me")], Kind.ME, "my 90 seconds"),
        ([(10, "/me"), (99, "/me")], Kind.ME, "back to them"),
        ([(10, "/consent")], Kind.CONSENT, "they agreed to notes"),
        ([(10, "/join Ana Brandt")], Kind.JOIN, "Ana Brandt is there too"),
        ([(10, "/private")], Kind.PRIVATE, "private from the last entry on"),
        ([(10, "/private"), (11, "/public")], Kind.PUBLIC, "no longer private"),
        ([(10, "+5")], Kind.EXTEND, "ends 14:35, 35 minutes from now"),
        ([(10, "=10")], Kind.EXTEND, "ends 14:10, 10 minutes from now"),
        ([(0, "=14:20")], Kind.EXTEND, "ends 14:20, 20 minutes from now"),
        ([(10, "4")], Kind.COVERED, "4 Training: covered"),
        ([(10, "/end")], Kind.END, "the call is over"),
        ([(10, ".")], Kind.MOMENT, "a moment"),
    ],
)
def test_what_a_line_does_and_says(lines: list[tuple[int, str]], kind: Kind, said: str) -> None:
    call = Played().lines(*lines)

    assert call.last.kind is kind
    assert call.answer.echo == said + UNDOES


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ([(10, "/go 2"), (20, "/go 2")], "on 2 Skills already"),
        ([(10, "/skip")], "no topic is current"),
        ([(10, "/here")], "no topic is current"),
        ([GO, (20, "a"), (21, "/here")], "the last notes are under 1 Rewarding"),
        ([(10, "/take")], "nothing is offered"),
        ([(10, "/other")], "nothing else is offered"),
        ([(10, "/may yes")], "every name has its answer"),
        ([(10, "/spell")], "no name is noted yet"),
        ([(10, "/star")], "nothing to star yet"),
        ([(10, "a"), (11, "!"), (12, "!")], "starred already"),
        ([(10, "/said"), (11, "/said")], "asked already"),
        ([(10, "/drop"), (11, "/drop")], "the line is dropped; /back when they are there"),
        ([(10, "/back")], "the line is not dropped"),
        ([(10, "/private"), (11, "/private")], "private already; /public ends it"),
        ([(10, "/public")], "nothing is private from here on"),
        ([(10, "/undo")], "nothing to take back"),
        ([(10, "/redo")], "nothing to put back"),
        ([(10, "/notnow")], "nothing stands there"),
        ([(10, "/end"), (11, "/next")], "the call is over"),
        ([(10, "/end"), (11, "/end")], "the call is over"),
    ],
)
def test_why_nothing_was_done(lines: list[tuple[int, str]], why: str) -> None:
    call = Played().lines(*lines[:-1])
    before = call.live.log
    call.line(*lines[-1])

    assert call.answer.echo == why
    assert call.live.log == before


@pytest.mark.parametrize(("line", "act"), [("?", "help"), ("/help", "help"), ("/quit", "quit"),
                                           ("/hide", "hide")])  # fmt: skip
def test_what_only_a_face_can_do(line: str, act: str) -> None:
    call = Played().lines((10, line))

    assert call.answer.act == act
    assert call.last.kind is Kind.START


def test_every_command_has_its_order() -> None:
    from iview_tui.domain.commands import COMMANDS, CRASH

    assert set(ORDERS) == {*COMMANDS, CRASH.name}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a note", "note under 1 Rewarding"),
        ("3: a note", "note under 3 Tools"),
        ('"their words"', "quote under 1 Rewarding"),
        ("/private a note", "private note under 1 Rewarding"),
        ("@Dele Okonjo", "name: Dele Okonjo"),
        ("@someone there", "someone to find: someone there"),
        ("@Dele Okonjo; Ana Brandt", "name: Dele Okonjo; name: Ana Brandt"),
        ("#Planning Institute", "organization"),
        ("<survey", "they promise"),
        (">resume", "I promise"),
        ("~mode shift", "jargon"),
        ("$may need people", "an opening of theirs"),
        ("?worth it", "a question for later"),
        ("&their move", "parked"),
    ],
)
def test_every_entry_is_echoed_in_words(line: str, said: str) -> None:
    assert echo((10, "/go 1"), (20, line)) == said + UNDOES


# -- lines that stay -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("+3", "Enter again: 3 minutes later; or go on typing"),
        ("+1", "Enter again: 1 minute later; or go on typing"),
        ("-5", f"=10 says ten minutes left{ASK_AGAIN}"),
        ("/foo", f"no such command{ASK_AGAIN}"),
        ("/go", f"/go 5 or /go skills{ASK_AGAIN}"),
        ("/privat she left", f"not quite /private{ASK_AGAIN}"),
        ("=13:59", f"13:59 has passed{ASK_AGAIN}"),
        ("/ok 1", f"no row 1 on the wrap-up card{ASK_AGAIN}"),
        ("5:", f"nothing behind it{ASK_AGAIN}"),
    ],
)
def test_a_line_that_stays_writes_nothing_and_says_why(line: str, reason: str) -> None:
    call = Played().lines((60, line))
    assert (call.answer.line, call.answer.stays) == (line, reason)
    assert call.last.kind is Kind.START
    assert call.call.record.draft == line


@pytest.mark.parametrize(
    ("line", "kind"),
    [("+3", Kind.EXTEND), ("-5", Kind.NOTE), ("/foo", Kind.NOTE), ("=13:59", Kind.NOTE)],
)
def test_the_same_again_does_what_was_said(line: str, kind: Kind) -> None:
    call = Played().lines((60, line), (70, f" {line} "))

    assert (call.last.kind, call.last.text, call.last.entered) == (kind, line, 70)
    assert call.last.id not in call.live.retracted
    assert call.call.record.draft is None


@pytest.mark.parametrize(
    ("line", "back"), [("+3", True), ("/foo", True), ("=13:59", True), ("5:", False)]
)
def test_anything_else_lets_it_go_as_a_note_at_its_own_moment(line: str, back: bool) -> None:
    """A command or a clock line as a note already taken back."""
    call = Played().lines((60, line), (75, "something else"))
    kept, new = call.live.log[-2:]

    assert (kept.kind, kept.text, kept.entered, kept.stamp) == (Kind.NOTE, line, 60, 60)
    assert (kept.id in call.live.retracted) is back
    assert (new.text, new.entered) == ("something else", 75)
    assert new.line == kept.line + 1


def test_an_empty_line_lets_it_go_too() -> None:
    call = Played().lines((60, "+3"), (65, ""))

    assert (call.last.text, call.last.entered) == ("+3", 60)
    assert call.call.desk.stayed is None


def test_undo_while_a_line_stays_takes_back_what_was_before() -> None:
    call = Played().lines((10, "a note"), (60, "+3"), (65, "/undo"))

    assert call.answer.echo == "took back: a note. /redo puts it back"
    assert len(call.of(Kind.NOTE)) == 0


def test_a_key_leaves_the_line_standing() -> None:
    call = Played().lines((10, "/go 1"), (60, "+3"))
    call.until(62).call.press("next", "+3")

    assert call.live.current == 2
    assert call.call.record.draft == "+3"

    call.line(64, "+3")

    assert call.last.kind is Kind.EXTEND


@pytest.mark.parametrize(
    ("lines", "stays"),
    [
        ([(50, "how many on the team"), (55, "4")], True),
        ([(50, "how many on the team"), (60, "4")], False),
        ([(50, "4: how many"), (55, "4")], False),
        ([(50, "2: other"), (52, "4: this"), (55, "4")], True),
        ([(50, "."), (55, "4")], False),
        ([(50, "taken back"), (51, "/undo"), (55, "4")], False),
    ],
)
def test_a_bare_number_may_be_an_answer(lines: list[tuple[int, str]], stays: bool) -> None:
    """Where words of another topic or of none were entered under ten seconds ago."""
    call = Played().lines(*lines)

    assert bool(call.answer.stays) is stays
    assert (call.state(4) == "covered") is not stays


def test_an_answer_that_was_let_go_is_a_note() -> None:
    call = Played().lines((50, "how many"), (55, "4"), (60, "in all"))

    assert [e.text for e in call.of(Kind.NOTE)] == ["how many", "4", "in all"]


def test_a_line_that_stays_at_the_end_can_be_let_go() -> None:
    call = Played().lines((60, "+3"))
    call.call.release()

    assert call.last.text == "+3"
    assert call.call.record.draft is None


# -- the clock -------------------------------------------------------------------------------------


def test_later_is_counted_from_the_end_or_from_now() -> None:
    assert Played().lines((60, "+5")).live.agreement.end == 2100
    assert Played().lines((1900, "+5")).live.agreement.end == 2200


@pytest.mark.parametrize(
    ("line", "end"), [("=14:20", 1200), ("=2:20", 1200), ("=16:59", 179 * 60), ("=14:01", 60)]
)
def test_until_a_time_of_day(line: str, end: int) -> None:
    assert Played().lines((10, line)).live.agreement.end == end


def test_a_time_of_day_beyond_three_hours_is_a_note() -> None:
    assert Played().lines((10, "=17:01")).last.kind is Kind.NOTE
    assert Played().lines((10, "=10:59")).last.kind is Kind.NOTE


@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.7])
def test_a_time_of_day_is_met_to_the_second(fraction: float) -> None:
    """Also where the line was picked up, and the line entered, in mid-second."""
    call = Played(start=START.add(microseconds=600_000))
    call.clock.advance(300 + fraction)
    call.call.tick()
    call.call.enter("=14:20")

    assert call.last.value["agreed_end"] == "2026-11-24T14:20:00+01:00"


def test_midnight_is_no_wall() -> None:
    call = Played(start=START.set(hour=23, minute=50)).lines((10, "=0:10"))

    assert call.live.agreement.end == 1200


def test_where_the_wall_clock_was_set_the_time_of_day_is_the_new_ones() -> None:
    """Minutes gone go on unmoved; until 14:40 there are ten minutes left now."""
    call = Played().until(600)
    call.clock.set_wall(START.add(minutes=30).in_timezone("UTC"))
    call.call.tick()

    assert call.live.now == 600
    assert call.line(600, "=14:40").echo == f"ends 14:40, 10 minutes from now{UNDOES}"
    assert call.live.agreement.end == 1200


def test_the_call_begins_earlier_never_later_and_never_so_that_it_is_over() -> None:
    call = Played().lines((60, "/began 5"))

    assert call.live.agreement.start == -240

    later = call.line(120, "/began 5")
    over = call.line(1500, "/began 60")

    assert later.stays == "the call began before that already; Enter again: a note"
    assert over.stays == "then its time would be over; Enter again: a note"


def test_after_the_end_the_clocks_lines_are_notes() -> None:
    call = Played().lines((60, "/end"), (70, "+5"), (71, "=10"), (72, "=14:20"))

    assert [e.kind for e in call.live.log[-3:]] == [Kind.NOTE] * 3
    assert call.live.agreement.end == 1800


# -- names -----------------------------------------------------------------------------------------


def test_a_name_five_seconds_after_the_question_opened_means_that_it_was_asked() -> None:
    soon = Played().lines((1369, "@Dele Okonjo"))
    later = Played().lines((1370, "@Dele Okonjo"))

    assert soon.live.asked_at is None
    assert later.last.kind is Kind.SAID
    assert later.last.about == later.of(Kind.REFERRAL)[0].id
    assert later.last.line == later.of(Kind.REFERRAL)[0].line
    assert later.live.asked_at == 1370


def test_any_such_line_does_also_someone_to_find_and_one_that_was_offered_as_a_name() -> None:
    find = Played().lines((1370, "@someone on the team"))
    offered = Played().lines((1425, "@ Ana Brandt"), (1427, "/take"))

    assert find.live.asked_at == 1370
    assert offered.live.asked_at == 1427
    assert [r.name for r in offered.live.names] == ["Ana Brandt"]


def test_one_undo_takes_the_name_and_the_asking() -> None:
    call = Played().lines((1370, "@Dele Okonjo; Ana Brandt"), (1380, "/undo"))

    assert call.live.referrals == ()
    assert call.live.asked_at is None


def test_may_is_for_everyone_not_yet_answered_or_the_one_named() -> None:
    call = Played().lines(
        (10, "@Dele Okonjo"), (11, "@Ana Brandt"), (12, "@Mia Dorn"), (13, "/may no ana"),
        (14, "/may first 2 dec"), (15, "/may yes Mia Dorn"),
    )  # fmt: skip
    answers = {r.name: (r.may_use_name, r.check_in) for r in call.live.names}

    assert answers == {
        "Dele Okonjo": ("they_ask_first", "2026-12-02"),
        "Ana Brandt": ("no", None),
        "Mia Dorn": ("yes", None),
    }


def test_they_ask_first_without_a_day_is_checked_in_a_week_or_a_little_more() -> None:
    call = Played().lines((10, "@Dele Okonjo"), (14, "/may first"))
    day = call.live.names[0].check_in

    assert day is not None
    assert 7 <= (date.fromisoformat(day) - START.date()).days <= 10


@pytest.mark.parametrize("line", ["/may yes Bob Stone", "/fix Bob Stone"])
def test_a_command_about_nobody_known_is_a_note(line: str) -> None:
    call = Played().lines((10, line))

    assert (call.last.kind, call.last.text) == (Kind.NOTE, line)


def test_fix_means_the_last_name_or_one_in_doubt_that_is_nearer() -> None:
    call = Played().lines(
        (10, "@Anna Brand?"), (20, "@Dele Okonjo"), (30, "/fix Ana Brandt"), (40, "/fix Dele Okon")
    )

    assert [r.name for r in call.live.names] == ["Ana Brandt", "Dele Okon"]
    assert [r.spelling_checked for r in call.live.names] == [True, True]


# -- five questions --------------------------------------------------------------------------------


FORM = [(10, "/name"), (11, "Dele Okonjo"), (12, "Metro council"), (13, "dele@metro.example")]


def test_a_referral_by_five_questions() -> None:
    call = Played().lines(*FORM, (14, "they ask first"), (15, "2 dec"))
    entry = call.last

    assert call.answer.echo == f"name: Dele Okonjo{UNDOES}"
    assert entry.text == "Dele Okonjo, Metro council, dele@metro.example"
    assert dict(entry.value) == {
        "name": "Dele Okonjo",
        "organization": "Metro council",
        "contact": "dele@metro.example",
        "may_use_name": "they_ask_first",
        "check_in": "2026-12-02",
    }
    assert entry.stamp == 11
    assert call.call.desk.form is None


def test_what_was_answered_is_the_half_typed_line() -> None:
    """So that a crash loses nothing."""
    call = Played().lines(*FORM[:3])

    assert call.call.record.draft == "@Dele Okonjo, Metro council"
    assert call.call.badge("x") == "reach them"


def test_each_question_may_be_skipped_and_signs_inside_are_letters() -> None:
    call = Played().lines(
        (10, "/name"), (11, "Dele Okonjo?"), (12, "/undo & Co"), (13, ""), (14, ""), (15, "")
    )
    (dele,) = call.live.referrals

    assert (dele.name, dele.organization, dele.contact) == ("Dele Okonjo", "/undo & Co", None)
    assert dele.spelling_checked is False


def test_without_a_name_what_was_answered_is_a_note() -> None:
    call = Played().lines((10, "/name"), (11, ""), (12, "Metro"), (13, ""), (14, "yes"), (15, ""))

    assert (call.last.kind, call.last.text) == (Kind.NOTE, "Metro, yes")


def test_without_any_answer_nothing_is_written() -> None:
    call = Played().lines((10, "/name"), *[(11 + n, "") for n in range(5)])

    assert call.last.kind is Kind.START
    assert call.call.desk.form is None


def test_what_cannot_be_read_is_kept_beside_the_name() -> None:
    call = Played().lines(*FORM, (14, "if she is asked nicely"), (15, "some day"))

    assert call.last.comment == "if she is asked nicely; some day"
    assert call.last.value["may_use_name"] is None


def test_left_by_escape_it_keeps_what_was_answered() -> None:
    call = Played().lines(*FORM[:2])
    call.key(14, "away")

    assert [r.name for r in call.live.names] == ["Dele Okonjo"]
    assert call.call.desk.form is None


# -- offers ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("off the record: x", "Off the record: private from here on?"),
        ("I only have fifteen", "-> 15 minutes left from now?"),
        ("they only have 10 more minutes today", "-> 10 minutes left from now?"),
        ("she only has two kids", ""),
        ("take your time", "-> 5 minutes later?"),
        ("@ Ana Brandt", "-> a name?"),
        ("# planning people", "-> organization?"),
        ("& then she left", "-> parked?"),
        ("@Smith & Sons", "-> organization?"),
        ("off the record: I only have ten", "Off the record: private from here on?"),
    ],
)
def test_one_offer_at_a_time(line: str, offered: str) -> None:
    assert Played().lines((10, line)).said == offered


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("off the record: x", Kind.PRIVATE), ("I only have fifteen", Kind.EXTEND),
        ("take your time", Kind.EXTEND), ("@ Ana Brandt", Kind.FILE),
    ],
)  # fmt: skip
def test_an_offer_that_is_taken(line: str, kind: Kind) -> None:
    call = Played().lines((10, line), (12, "/take"))

    assert call.last.kind is kind
    assert call.said == ""

    call.line(13, "/undo")

    assert [e.text for e in call.live.counting[1:]] == [clean(line)]


def test_a_kind_that_is_taken_loses_its_sign_in_every_form() -> None:
    call = Played().lines((10, "＆ their move"), (12, "/take"))

    assert [x.entry.text for x in call.live.listed] == ["their move"]
    assert call.live.listed[0].entry.kind is Kind.PARKED


def test_what_was_taken_stays_what_it_is_when_it_is_filed_elsewhere() -> None:
    call = Played().lines((5, "/go 1"), (10, "& law"), (12, "/take"), (20, "/go 2"), (21, "/here"))
    (parked,) = call.live.listed

    assert (parked.entry.kind, parked.entry.text, parked.entry.topic) == (Kind.PARKED, "law", 2)


def test_an_offer_goes_by_itself_or_is_put_away_or_with_its_note() -> None:
    lines = ((10, "@ Ana Brandt"),)

    assert Played().lines(*lines).until(20).said == ""
    assert Played().lines(*lines, (11, "/away")).said == ""
    assert Played().lines(*lines, (11, "/notnow")).said == ""
    assert Played().lines(*lines, (11, "/undo")).said == ""


def test_an_offer_that_nobody_sees_is_not_taken() -> None:
    """In its first minute the question stands above it."""
    call = Played().lines((1370, "take your time"), (1371, "/take"))

    assert call.answer.echo == "nothing is offered"


@pytest.mark.parametrize("line", ["/take", "/here"])
def test_one_then_two_looks_like_a_list(line: str) -> None:
    call = Played().lines((10, "/go 5"), (20, "1: salary"), (50, "2: hours"))

    assert call.said == "A list? -> both to 5 Entry level"

    call.line(52, line)

    assert [e.topic for e in call.of(Kind.NOTE)] == [5, 5]
    assert (call.state(1), call.state(2), call.state(5)) == ("untouched", "untouched", "partly")
    assert call.said == ""

    call.line(60, "/undo")

    assert [e.topic for e in call.of(Kind.NOTE)] == [1, 2]


@pytest.mark.parametrize(
    "lines",
    [
        [(10, "/go 2"), (20, "1: a"), (30, "2: b")],
        [(10, "/go 5"), (20, "1: a"), (90, "2: b")],
        [(10, "/go 5"), (20, "1: a"), (30, "between"), (40, "2: b")],
        [(20, "1: a"), (30, "2: b")],
    ],
)
def test_what_does_not_look_like_a_list(lines: list[tuple[int, str]]) -> None:
    assert Played().lines(*lines).said == ""


def test_here_means_the_topic_that_stepped_aside_where_none_is_current() -> None:
    call = Played().lines((10, "/go 3"), (600, "/said"), (610, "a"), (620, "b"), (630, "/here"))

    assert [e.topic for e in call.of(Kind.NOTE)] == [3, 3]
    assert call.answer.echo == f"2 notes to 3 Tools{UNDOES}"


# -- a job lead, the bridge ------------------------------------------------------------------------


def test_a_job_lead_has_two_replies() -> None:
    call = Played().lines((5, "/go 1"), (10, "$may need people"))

    assert call.said == JOB_LEAD[0]

    call.line(12, "/bridge")

    assert call.said == JOB_LEAD[1]

    call.key(14, "bridge")

    assert call.said == JOB_LEAD[0]
    assert "what about skills?" in Played().lines((5, "/go 1"), (30, "/bridge")).said


def test_the_bridge_has_other_words_each_time_and_names_both_topics() -> None:
    call = Played().lines((5, "/go 1"))
    said = []
    for moment in range(30, 34):
        call.key(moment, "bridge")
        said.append(call.said)

    assert len(set(said)) == 3
    assert said[0] == said[3]
    assert all(text.endswith("what about skills?") for text in said)
    assert "rewarding" in said[0]


def test_braces_in_a_question_are_letters() -> None:
    topics = (topic(1), replace(topic(2), question="What of {here}?"))
    call = Played(Guide("a", topics=topics)).lines((5, "/go 1"), (30, "/bridge"))

    assert call.said.endswith("what of {here}?")


# -- the wrap-up -----------------------------------------------------------------------------------

NOTED = [
    (10, "?worth it"), (11, "@someone on the team"), (12, "@Dele Okonjo?"), (13, "&their move"),
    (14, ">resume"), (15, "@Ana Brandt"), (16, "/may yes ana"), (17, "<survey by fri"),
    (18, "/go 1"), (40, "/go 2"),
]  # fmt: skip


def wrapped() -> Played:
    return Played(guide(4, musts=(3, 4))).lines(*NOTED, (60, "4"), (100, "/wrap"))


def test_the_rows_of_the_wrap_up() -> None:
    """Names, someone to find, promises, parked, for later, then key topics and what was asked."""
    rows = [(row.number, row.group, row.text) for row in wrapped().call.desk.wrap_rows]

    assert rows == [
        (1, "SPELLING", "Dele Okonjo"), (2, "MAY I SAY", "Dele Okonjo"),
        (3, "TO FIND", "someone on the team"), (4, "PROMISES", "resume"),
        (5, "PROMISES", "survey by fri"), (6, "PARKED", "their move"), (7, "LATER", "worth it"),
        (8, "STILL OPEN", "Tools"), (9, "STILL OPEN", "Rewarding"), (10, "STILL OPEN", "Skills"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("/ok 1", 1), ("/leave 1", 1), ("/may yes", 2), ("/leave 2", 2), ("/yes 3", 3),
        ("/leave 3", 3), ("/ok 4", 4), ("/leave 5", 5), ("/took 6", 6), ("/mail 6", 6),
        ("/ok 7", 7), ("/mail 7", 7), ("/mail 8", 8), ("/leave 9", 9),
    ],
)  # fmt: skip
def test_each_row_is_settled_alone_and_keeps_its_number(line: str, row: int) -> None:
    call = wrapped()
    call.line(110, line)
    rows = call.call.desk.wrap_rows

    assert [r.number for r in rows if settled(call.live, r)] == [row]
    assert len(rows) == 10

    call.line(111, "/undo")

    assert not any(settled(call.live, r) for r in rows)


def test_a_row_takes_only_its_own_answers() -> None:
    call = wrapped()

    assert call.line(110, "/took 1").stays == f"row 1 takes /ok, /leave{ASK_AGAIN}"
    assert call.line(120, "/ok 11").stays == f"no row 11 on the wrap-up card{ASK_AGAIN}"


def test_rows_are_numbered_anew_when_it_opens_again() -> None:
    call = wrapped().lines((110, "/ok 1"), (111, "/ok 4"), (112, "/wrap"))

    assert not any(call.call.desk.wrap_rows)

    call.line(113, "/wrap")

    assert [row.text for row in call.call.desk.wrap_rows][:3] == [
        "Dele Okonjo", "someone on the team", "survey by fri",
    ]  # fmt: skip


def test_an_undone_wrap_up_has_no_rows_and_a_redone_one_has_them_again() -> None:
    call = wrapped().lines((110, "/undo"))

    assert call.call.desk.wrap_rows == ()

    call.line(111, "/redo")

    assert len(call.call.desk.wrap_rows) == 10


def test_someone_to_find_becomes_a_name() -> None:
    call = wrapped()
    call.line(110, "/yes 3")

    assert {r.name: r.at for r in call.live.names}["someone on the team"] == 110


# -- the end ---------------------------------------------------------------------------------------


def over(call: Played) -> bool:
    return call.live.phase is Phase.ENDED


def test_a_script_s_end_never_asks() -> None:
    assert over(Played().lines((10, "/end")))


def test_it_is_asked_once_and_the_same_again_ends() -> None:
    call = Played(scripted=False).lines((10, "/said"), (1700, "/end"))

    assert not over(call)
    assert call.said == "End the call? The same again ends it."

    call.line(1710, "/end")

    assert over(call)


def test_after_ten_seconds_or_another_command_it_is_asked_again() -> None:
    call = Played(scripted=False).lines((10, "/said"), (1700, "/end"), (1711, "/end"))

    assert not over(call)

    call.lines((1712, "/me"), (1713, "/end"))

    assert not over(call)


@pytest.mark.parametrize("between", [[], [(1300, "@Dele Okonjo"), (1301, "/said")]])
def test_with_the_question_unasked_it_opens_the_wrap_up_and_the_next_ends(
    between: list[tuple[int, str]],
) -> None:
    call = Played(scripted=False).lines((1200, "/end"))

    asks = "could you suggest two or three other people I might talk with?"
    assert call.said == f"Before you go: {asks}"
    assert (call.last.kind, call.last.text) == (Kind.WRAP, "/end")
    assert call.live.question_since == 1200

    call.lines(*between, (1400, "/end"))

    assert over(call)


def test_where_the_wrap_up_was_closed_again_it_asks_anew() -> None:
    call = Played(scripted=False).lines((1200, "/end"), (1205, "/wrap"), (1206, "/end"))

    assert not over(call)


@pytest.mark.parametrize(
    ("lines", "outcome"),
    [
        ([(1349, "/end")], "cut_short"), ([(1350, "/end")], "held"), ([(1900, "/end")], "held"),
        ([(1700, "/drop"), (1710, "/end")], "dropped"),
        ([(60, "=14:10"), (500, "/end")], "held"),
    ],
)  # fmt: skip
def test_how_it_ended(lines: list[tuple[int, str]], outcome: str) -> None:
    assert Played().lines(*lines).live.outcome == outcome


def test_the_end_can_be_undone_and_the_call_goes_on() -> None:
    call = Played().lines((10, "/go 2"), (600, "/end"), (610, "/undo")).until(700)

    assert not over(call)
    assert call.live.seconds_on(2) == 690


def test_notes_after_the_end_are_the_debriefs() -> None:
    call = Played().lines((10, "/go 2"), (600, "/end"), (610, "in my head"), (620, "2: this"))

    assert [e.topic for e in call.of(Kind.NOTE)] == [None, 2]
    assert call.until(700).live.seconds_on(2) == 590


# -- undo ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("a note", "a note"), ("+5", "+5"), ("4", "the mark on 4 Training"), ("/go 2", "/go 2"),
        ("@Dele Okonjo, Metro", "Dele Okonjo, Metro"), (".", "moment"),
    ],
)  # fmt: skip
def test_undo_says_what_it_took_and_redo_what_it_put_back(line: str, what: str) -> None:
    call = Played().lines((10, line), (20, "/undo"))

    assert call.answer.echo == f"took back: {what}. /redo puts it back"
    assert call.line(21, "/redo").echo == f"put back: {what}{UNDOES}"
    assert call.line(22, "/redo").echo == "nothing to put back"


def test_undo_takes_all_that_one_enter_wrote() -> None:
    call = Played().lines((10, "@Dele Okonjo"), (11, "@Ana Brandt"), (12, "/may yes"))
    call.line(13, "/undo")

    assert [r.may_use_name for r in call.live.names] == [None, None]


def test_a_new_line_ends_what_redo_could_put_back() -> None:
    call = Played().lines((10, "a"), (11, "/undo"), (12, "b"), (13, "/redo"))

    assert call.answer.echo == "nothing to put back"


# -- stamps ----------------------------------------------------------------------------------------


def test_words_are_stamped_with_their_first_key_less_eight_seconds() -> None:
    call = Played(scripted=False, back_date=8).lines((10, "/go 1"))
    call.until(100).call.draft("h")
    call.until(130).call.draft("half a line")
    call.line(140, "half a line")

    assert (call.last.stamp, call.last.entered) == (92, 140)

    call.line(150, "pasted at once")

    assert (call.last.stamp, call.last.entered) == (142, 150)


def test_a_stamp_is_never_before_the_start() -> None:
    call = Played(scripted=False, back_date=8).lines((3, "early"))

    assert call.last.stamp == 0

    call.lines((60, "/began 2"), (61, "more"))

    assert call.last.stamp == 53


def test_what_has_no_words_is_stamped_as_it_is_entered() -> None:
    call = Played(scripted=False, back_date=8)
    call.until(90).call.draft("/")
    call.line(100, "/go 1")

    assert call.last.stamp == 100


# -- sleep -----------------------------------------------------------------------------------------


def slept(seconds: float) -> Played:
    call = Played().until(100)
    call.clock.sleep(seconds)
    call.call.tick()
    return call


def test_the_laptop_slept() -> None:
    call = slept(192)

    assert call.said == "The laptop slept 3:12. Still on the call?"
    assert (call.last.kind, dict(call.last.value), call.last.entered) == (
        Kind.SLEEP, {"seconds": 192}, 292,
    )  # fmt: skip
    assert slept(2).last.kind is Kind.START


@pytest.mark.parametrize("line", ["/still", "/back", "a note", "/notnow"])
def test_what_answers_it(line: str) -> None:
    call = slept(192)
    call.line(300, line)

    assert call.live.slept is None
    assert call.said == ""


def test_a_wall_clock_that_was_set_asks_nothing() -> None:
    call = Played().until(100)
    call.clock.set_wall(START.add(hours=1))
    call.until(101)

    assert call.said == ""
    assert call.live.now == 101


# -- any text whatever -----------------------------------------------------------------------------

TEXTS = st.one_of(
    st.text(max_size=60),
    st.text("@#<>~$?&!.:;\"'/\\+=-0123456789 abcDE\n\t（＠＃＂", max_size=24),
    st.sampled_from(("/", "//", "/go", "/may yes Bob", "5", "5:", "+3", "=13:00", "/take", "\\")),
)


def held(call: Played, since: int) -> str:
    """The words of what was written behind an entry, without blanks."""
    texts = [e.text + (e.comment or "") for e in call.live.log[since:] if e.kind is not Kind.SHOWN]
    return "".join("".join(texts).split())


@given(st.lists(TEXTS, min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
@example(["x" * 20_001, "y"])
def test_no_text_raises_or_disappears(texts: list[str]) -> None:
    """An entry holds its letters, or it stays, or it was a whole command that said what it did."""
    call = Played()
    for number, text in enumerate(texts):
        since, typed = len(call.live.log), clean(text).strip()
        answer = call.line(20 * number, text)
        commanded = typed[:1] in ("/", "!", "?") and bool(answer.echo or answer.act or call.said)
        letters = [c for c in typed if c.isalpha()]
        rest = iter(held(call, since))

        assert not typed or answer.line == typed or commanded or all(c in rest for c in letters)


@given(st.lists(TEXTS, min_size=1, max_size=7))
@settings(max_examples=100, deadline=None)
def test_the_five_questions_lose_nothing_either(texts: list[str]) -> None:
    """Whatever is answered is in the entry, or still in the half-typed line."""
    call = Played().lines((5, "/name"))
    since = len(call.live.log)
    answers = [clean(text).strip() for text in texts[:5]]
    for number, text in enumerate(texts[:5]):
        call.line(10 + number, text)
    values = "".join(str(v) for e in call.live.log[since:] for v in e.value.values())
    kept = held(call, since) + values + (call.call.record.draft or "")

    # What was read as an answer or a day is in the value as that.
    read = [a.casefold() in MAY_ANSWERS or is_date(a) for a in answers]
    assert all(
        set(filter(str.isalpha, answer)) <= set(kept)
        for number, answer in enumerate(answers)
        if number < 3 or not read[number]
    )


def test_a_bare_number_after_the_end_is_an_answer_and_changes_no_topic() -> None:
    call = Played().lines((60, "5"), (90, "/end"), (100, "5"))

    assert str(call.live.coverage(5).state) == "covered"
    assert [e.text for e in call.live.log if e.kind is Kind.NOTE] == ["5"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Ana Brandt", "Ana"), ("Mr. Smith", "Mr. Smith"), ("Dr Ana Maria Jones", "Dr Jones"),
        ("Prof. Okonjo", "Prof. Okonjo"), ("Dr", "Dr"), ("", ""), ("Drew Hall", "Drew"),
    ],
)  # fmt: skip
def test_somebody_is_spoken_of_by_the_first_name_or_title_and_last(name: str, said: str) -> None:
    assert wording.first(name) == said
