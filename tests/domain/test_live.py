"""The fold: one value for one log and moment, however it is reached."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calls import START, Played, guide
from iview_tui.domain.entry import NOT_UNDONE, Kind
from iview_tui.domain.live import LiveInterview, append, begin, fold
from iview_tui.domain.log import to_undo

GUIDE = guide(6, musts=(2, 4, 6), minutes=3, opening_minutes=2)

LINES = (
    "a note", "5: another", '"their words" - mine', "2", "4", ".", "!", "!starred", "1: one",
    "2: two", "@Dele Okonjo, Metro council", "@Dele Okonjo, dele@metro.example", "@Ana Brandt?",
    "@someone on the team", "#Planning Institute", "<survey by fri", ">resume by mon",
    "~mode shift", "$may need people", "?worth it", "&their move", "@ Ana Brandt", "/go 1",
    "/go 2", "/go 3", "/go 6", "/next", "/skip", "/here", "/take", "/said", "/none", "/wrap",
    "/ok 1", "/leave 1", "/yes 1", "/mail 1", "/may yes", "/may first 2 dec", "/may no Dele",
    "/fix Ana Brand", "/spell", "+5", "+10", "=3", "=12", "=14:20", "+2", "/began 2", "/began 20",
    "/drop", "/back", "/still", "/private", "/public", "/private psst", "off the record",
    "take your time", "/notnow", "/me", "/consent", "/join Ana Brandt", "/star", "/bridge",
    "/undo", "/redo", "/name", "", "/foo", "/end",
)  # fmt: skip
SCRIPTS = st.lists(
    st.tuples(st.sampled_from((0, 0, 1, 3, 8, 11, 40, 70, 200, 420)), st.sampled_from(LINES)),
    max_size=16,
)
STEPS = st.sampled_from((4, 30, 600))
"""Seconds that pass between two looks at the clock."""


def run(script: list[tuple[int, str]], minutes: int = 20, step: int = 300) -> Played:
    call, now = Played(GUIDE, minutes), 0
    for wait, text in script:
        now += wait
        call.until(now, step=step).line(now, text)
    return call


def bare(live: LiveInterview) -> LiveInterview:
    """The value without what only the log knows: that something was taken back, or went by."""
    return replace(live, log=(), retracted=frozenset(), passed=frozenset(), lapses=())


@given(SCRIPTS, st.sampled_from((10, 20, 30)), STEPS)
@settings(max_examples=100, deadline=None)
def test_folded_at_once_or_entry_by_entry_it_is_the_same_call(
    script: list[tuple[int, str]], minutes: int, step: int
) -> None:
    """The call was looked at now and then, folded once, and appended to without any look."""
    live = run(script, minutes, step).live
    stepped = begin(live.ground)
    for entry in live.log:
        stepped = append(stepped, entry)

    assert stepped.at(live.now) == live
    assert fold(live.ground, live.log).at(live.now) == live


@given(SCRIPTS, st.lists(st.integers(1, 400), max_size=8))
@settings(max_examples=100, deadline=None)
def test_it_does_not_matter_how_often_it_is_looked_at(
    script: list[tuple[int, str]], looks: list[int]
) -> None:
    """Once in a while or at once at the end: the same seconds, losses and bridges."""
    live = run(script).live
    looked = live
    for wait in looks:
        looked = looked.at(looked.now + wait)

    assert live.at(looked.now) == looked


@given(SCRIPTS, st.integers(0, 60))
@settings(max_examples=100, deadline=None)
def test_undo_restores_the_fold_and_redo_brings_it_back(
    script: list[tuple[int, str]], wait: int
) -> None:
    """Of anything but the start; a move takes with it the moves that it had replaced."""
    call = run(script)
    call.call.release()
    before, latest = call.live, to_undo(call.live.log)
    if latest is None:
        return
    kept = [
        e
        for e in before.log
        if (e.line != latest.line or e.kind in NOT_UNDONE) and e.id not in before.passed
    ]
    now = before.now + wait
    call.until(now, step=60).key(now, "undo")

    assert call.answer.echo.startswith("took back: ")
    assert bare(call.live) == bare(fold(before.ground, kept).at(now))

    call.key(now, "redo")

    assert bare(call.live) == bare(before.at(now))


@given(SCRIPTS)
@settings(max_examples=40, deadline=None)
def test_everything_can_be_taken_back_but_the_start(script: list[tuple[int, str]]) -> None:
    """Line by line, until nothing is left; and what was taken is put back one by one."""
    call = run(script)
    call.call.release()
    before, now, taken = call.live, call.live.now, 0
    while call.key(now, "undo").echo != "nothing to take back":
        taken += 1

    assert [e.kind for e in call.live.counting if e.kind is not Kind.SLEEP] == [Kind.START]

    for _ in range(taken):
        call.key(now, "redo")

    assert bare(call.live) == bare(before)


# -- the clock -------------------------------------------------------------------------------------


def test_an_end_said_as_a_time_of_day_stays_where_the_start_moves() -> None:
    call = Played().lines((60, "=14:20"), (90, "/began 3"))

    assert (call.live.agreement.start, call.live.agreement.end) == (-90, 1200)


@pytest.mark.parametrize("line", ["+5", "=20"])
def test_otherwise_the_length_stays(line: str) -> None:
    call = Played().lines((60, line), (90, "/began 3"))
    end = 2100 if line == "+5" else 1260

    assert (call.live.agreement.start, call.live.agreement.end) == (-90, end - 90)


def test_the_forms_of_a_time_of_day_are_one() -> None:
    call = Played().lines((60, "＝１４：２０"), (90, "/began 3"))

    assert call.live.agreement.end == 1200


def test_a_planned_call_that_starts_late_ends_when_it_was_planned() -> None:
    """And never later than its length after the start."""
    late = Played(planned_end=START.add(minutes=24))
    early = Played(planned_end=START.add(minutes=36))
    over = Played(planned_end=START.subtract(minutes=1))

    assert late.live.agreement.length == 24 * 60
    assert early.live.agreement.length == 30 * 60
    assert over.live.agreement.length == 30 * 60


def test_the_planned_end_is_a_time_of_day() -> None:
    call = Played(planned_end=START.add(minutes=24))
    call.line(60, "/began 2")

    assert call.live.agreement.end == 24 * 60


def test_a_dropped_line_stops_talk_time_never_the_end() -> None:
    call = Played().lines((10, "/go 1"), (70, "/drop"), (100, "a note"), (190, "/back"))
    call.until(200)

    assert call.live.seconds_on(1) == 70
    assert call.live.agreement.end == 1800
    assert [(d.since, d.until) for d in call.live.drops] == [(70, 190)]


def test_a_topic_chosen_while_the_line_is_gone_begins_when_it_is_back() -> None:
    call = Played().lines((10, "/go 1"), (70, "/drop"), (100, "/go 2"), (190, "/back"))
    call.until(200)

    assert (call.live.seconds_on(1), call.live.seconds_on(2)) == (60, 10)


# -- the question ----------------------------------------------------------------------------------


def test_a_change_of_the_end_shuts_the_question_and_it_opens_again() -> None:
    call = Played().lines((1370, "+20"))

    assert call.live.question_since is None

    call.until(3000 - 435)

    assert call.live.question_since == 2565


def test_the_wrap_up_opens_the_question_and_its_end_shuts_it() -> None:
    call = Played().lines((600, "/wrap"))

    assert call.live.question_since == 600

    call.line(660, "/wrap")

    assert call.live.question_since is None

    call.line(700, "/wrap")

    assert call.live.question_since == 700


def test_enough_names_shut_the_question_and_an_undone_one_opens_it_again() -> None:
    call = Played().lines((1366, "@Dele Okonjo"), (1367, "@Ana Brandt"))

    assert call.live.question_since is None
    assert call.live.asked_at is None

    call.line(1380, "/undo")

    assert call.live.question_since == 1365


@pytest.mark.parametrize(("minutes", "wanted"), [(10, 1), (19, 1), (20, 2), (60, 2)])
def test_how_many_names_are_wanted_goes_by_the_length_it_was_begun_for(
    minutes: int, wanted: int
) -> None:
    call = Played(minutes=minutes).lines((60, "+30"))

    assert call.live.wanted == wanted


def test_an_extension_that_is_taken_back_leaves_the_question_open_from_the_undo_on() -> None:
    """It was shut when its time came."""
    call = Played().lines((1360, "+5"), (1370, "/undo"))

    assert call.live.question_since == 1370


# -- stepping aside --------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["/said", "/none", "/wrap"])
def test_the_topic_steps_aside_when_the_goodbyes_begin(line: str) -> None:
    call = Played().lines((10, "/go 3"), (1400, line), (1410, "a note"))

    assert call.live.current is None
    assert call.last.topic is None
    assert call.live.seconds_on(3) == 1390


def test_a_name_that_means_it_was_asked_still_belongs_to_the_topic() -> None:
    call = Played().lines((10, "/go 3"), (1370, "@Dele Okonjo"), (1380, "a note"))

    assert [e.topic for e in call.of(Kind.REFERRAL, Kind.NOTE)] == [3, None]


def test_at_the_close_the_topic_steps_aside_by_itself() -> None:
    call = Played().lines((10, "/go 3")).until(1700)

    assert call.live.current is None
    assert call.live.seconds_on(3) == 1670


def test_an_extension_past_the_close_gives_the_topic_back() -> None:
    call = Played().lines((10, "/go 3"), (1690, "+5"))

    assert call.live.current == 3

    call.until(2000)

    assert call.live.current is None
    assert call.live.seconds_on(3) == 1670 + (1980 - 1690)


def test_an_extension_past_the_gate_gives_back_what_the_question_sent_away() -> None:
    call = Played().lines((10, "/go 3"), (1400, "/said"), (1500, "=6"))

    assert call.live.current is None

    call.line(1510, "+10")

    assert call.live.current == 3


def test_a_shorter_end_gives_nothing_back() -> None:
    call = Played().lines((10, "/go 3"), (600, "/said"), (700, "=12"))

    assert call.live.current is None


def test_a_topic_chosen_behind_the_close_stays() -> None:
    call = Played().lines((10, "/go 3"), (1700, "/go 4")).until(1900)

    assert call.live.current == 4


def test_a_change_that_puts_the_close_in_the_past_sends_the_topic_away() -> None:
    call = Played().lines((10, "/go 3"), (1500, "=1"))

    assert call.live.agreement.close == 1500 + 60 - 120
    assert call.live.current is None


# -- names -----------------------------------------------------------------------------------------


def test_the_same_name_fills_what_was_empty_and_adds_a_way() -> None:
    call = Played().lines(
        (10, "@Dele Okonjo, dele@metro.example"), (20, "@dele okonjo, Metro council, 555 01 234")
    )
    (dele,) = call.live.referrals

    assert (dele.name, dele.organization) == ("Dele Okonjo", "Metro council")
    assert dele.contact == "dele@metro.example; 555 01 234"
    assert dele.at == 10


def test_a_name_counts_from_the_moment_at_which_it_is_sure() -> None:
    call = Played().lines((10, "@dele"), (20, "a note"))

    assert not any(person.sure for person in call.live.referrals)

    call.line(30, "@dele, Metro council")

    assert [person.at for person in call.live.names] == [30]


# -- private ---------------------------------------------------------------------------------------


def test_private_goes_from_the_last_entry_on_until_public() -> None:
    call = Played().lines(
        (10, "open"), (20, "told in trust"), (30, "/private"), (40, "more"), (50, "/public"),
        (60, "open again"), (70, "/private by itself"), (80, "open still"),
    )  # fmt: skip
    private = [e.text for e in call.of(Kind.NOTE) if call.live.is_private(e)]

    assert private == ["told in trust", "more", "by itself"]


def test_what_was_marked_private_by_itself_stays_so_without_the_mode() -> None:
    call = Played().lines((20, "/private"), (40, "/private psst"), (45, "x"))
    entry = call.of(Kind.NOTE)[0]

    assert entry.private
