"""Scripts, and whole calls that they play."""

from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calls import START, Played, guide, played
from iview_tui.clock import HeldClock
from iview_tui.domain import room
from iview_tui.domain.entry import Kind
from iview_tui.domain.live import Phase, fold
from iview_tui.domain.record import CallRecord
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper, SaveState, ids_from, zone_of
from iview_tui.services.replay import Cue, ScriptError, read_script

KEYS = guide(8, musts=(1, 4, 5, 8), opening_minutes=3)


def prompts(call: Played) -> list[tuple[str, str]]:
    """When each sentence came to stand, without the key topics that have no time left."""
    shown = [(f"{at // 60}:{at % 60:02}", kind) for at, kind in call.prompts]
    return [row for row in shown if row[1] != "must_at_risk"]


# -- scripts ---------------------------------------------------------------------------------------


def test_a_script_is_lines_with_stamps() -> None:
    cues = read_script("# a remark\n00:05 a note\n\n01:00\n01:00   two  blanks \r\n75:30 #Name\n")

    assert cues == (
        Cue(2, 5, "a note"), Cue(4, 60, None), Cue(5, 60, "two  blanks"), Cue(6, 4530, "#Name"),
    )  # fmt: skip


def test_a_mark_of_the_encoding_is_no_text() -> None:
    assert read_script("\ufeff00:05 a") == (Cue(1, 5, "a"),)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("a note", "line 1: no stamp mm:ss at the beginning"),
        ("00:05 a\nb", "line 2: no stamp mm:ss at the beginning"),
        ("00:60 a", "line 1: no stamp mm:ss at the beginning"),
        ("00:5 a", "line 1: no stamp mm:ss at the beginning"),
        ("00:05a", "line 1: no stamp mm:ss at the beginning"),
        ("-1:05 a", "line 1: no stamp mm:ss at the beginning"),
        ("00:05 a\n#b\n00:04 c", "line 3: goes back in time"),
        ("1440:00 a", "line 1: later than a day after the start"),
        ("9" * 5000 + ":00 a", "line 1: no stamp mm:ss at the beginning"),
    ],
)
def test_a_script_that_cannot_be_played(script: str, why: str) -> None:
    with pytest.raises(ScriptError) as error:
        read_script(script)

    assert str(error.value) == why


@given(st.text(max_size=80))
def test_any_text_is_a_script_or_says_why_not(text: str) -> None:
    cues: tuple[Cue, ...] = ()
    with suppress(ScriptError):
        cues = read_script(text)

    assert all(one.seconds <= other.seconds for one, other in pairwise(cues))


def test_within_a_second_the_clock_goes_first() -> None:
    """The gate opens at 22:45, five seconds before the line of 22:50, and not after it."""
    call = played("22:45 /notnow\n22:50 @Dele Okonjo\n23:00")

    assert prompts(call)[0] == ("22:45", "referral_gate")
    assert call.answer.echo.startswith("name: ")
    assert call.live.asked_at == 1370


def test_a_bare_stamp_answers_a_question_of_name_with_nothing() -> None:
    call = played("00:10 /name\n00:11 Dele Okonjo\n00:12\n00:13\n00:14 yes\n00:15\n00:20")

    assert [(r.name, r.may_use_name) for r in call.live.names] == [("Dele Okonjo", "yes")]
    assert call.live.now == 20


def test_a_line_that_stayed_is_the_draft_of_a_call_that_is_left() -> None:
    call = played("00:10 a\n00:20 +3\n01:00")

    assert call.call.record.draft == "+3"
    assert call.live.phase is Phase.LIVE


def test_the_same_script_gives_the_same_log_byte_for_byte() -> None:
    script = "00:10 /next\n01:00 a note\n23:00 @Dele Okonjo\n28:30 /end"

    assert repr(played(script).live.log) == repr(played(script).live.log)


def test_ids_are_of_what_was_given() -> None:
    one, same, other = ids_from(1, "a"), ids_from(1, "a"), ids_from(1, "b")
    first = [one() for _ in range(3)]

    assert first == [same() for _ in range(3)]
    assert len({*first, *(other() for _ in range(3))}) == 6


# -- whole calls -----------------------------------------------------------------------------------


def test_half_an_hour_with_drift() -> None:
    call = played(
        """\
03:00 /next
05:00 loves public meetings
12:00 /bridge
12:20 /next
13:00 gis
14:00 4: portfolio beats the certificate
16:00 /go 5
17:00 "we hire from the intern pool" - laughing
19:00 $may need people in autumn
19:30 >send resume by mon
22:55 @Dele Okonjo, Metro council
23:05 @Ana Brandt
23:12 /may yes
23:40 #Planning Institute
27:00 /wrap
27:10 /ok 1
28:30 /end
""",
        KEYS,
    )
    live = call.live

    assert prompts(call) == [
        ("8:30", "drift"), ("18:00", "must_sweep"), ("21:30", "drift"), ("22:45", "referral_gate"),
        ("23:05", "may_i_say"), ("25:00", "courtesy"), ("28:00", "close"),
    ]  # fmt: skip
    assert [call.state(n) for n in range(1, 9)] == [
        "covered", "partly", "untouched", "partly", "partly", "untouched", "untouched",
        "untouched",
    ]  # fmt: skip
    assert live.coverage(4).unprompted
    assert live.seconds_on(1) == 560
    assert (live.outcome, live.asked_at, len(live.names)) == ("held", 1375, 2)


def test_twenty_minutes() -> None:
    call = played(
        "02:00 /next\n15:20 @Dele Okonjo; Ana Brandt\n15:28 /may yes\n19:00 /end", KEYS, 20
    )

    assert prompts(call) == [
        ("7:30", "drift"), ("12:00", "must_sweep"), ("15:00", "courtesy"),
        ("15:00", "referral_gate"), ("16:00", "organizations"), ("18:00", "close"),
    ]  # fmt: skip


def test_an_hour_that_runs_over() -> None:
    call = played("02:00 /next\n52:50 /said\n52:55 @Dele Okonjo\n52:56 /may no\n61:00", KEYS, 60)
    said = [e.text for e in call.live.log if e.kind is Kind.SHOWN][-1]

    assert prompts(call)[-6:] == [
        ("52:45", "referral_gate"), ("53:55", "who_else"), ("54:25", "organizations"),
        ("55:00", "courtesy"), ("58:00", "close"), ("60:00", "overtime"),
    ]  # fmt: skip
    assert said == "I see we are past our hour. Thank you; shall I let you go?"


def test_an_extension_in_the_last_minutes() -> None:
    """The question was asked; the topic comes back, and every mark again."""
    call = played("02:00 /go 1\n22:50 /said\n22:55 /none\n25:10 +15\n26:00 more\n45:00", KEYS)

    assert prompts(call)[-7:] == [
        ("22:45", "referral_gate"), ("23:55", "who_else"), ("24:25", "organizations"),
        ("25:00", "courtesy"), ("40:00", "courtesy"), ("43:00", "close"), ("45:00", "overtime"),
    ]  # fmt: skip
    assert call.last.topic == 1
    assert call.live.seconds_on(1) == (22 * 60 + 50 - 120) + (43 * 60 - (25 * 60 + 10))


def test_they_have_only_fifteen() -> None:
    call = played("00:30 I only have fifteen\n00:35 /take\n01:00 /next\n15:40", KEYS)

    assert call.live.agreement.end == 35 + 900
    assert prompts(call)[0] == ("0:30", "suggestion")
    assert [p for p in prompts(call) if p[1] not in ("suggestion", "drift")] == [
        ("9:21", "must_sweep"), ("10:35", "referral_gate"), ("11:42", "courtesy"),
        ("14:02", "close"), ("15:35", "overtime"),
    ]  # fmt: skip


def test_the_line_drops_and_they_call_back() -> None:
    call = played("02:00 /go 4\n05:00 /drop\n07:30 /back\n08:00 a note\n08:30 /go 5\n09:00", KEYS)

    assert call.live.seconds_on(4) == 180 + 60
    assert call.live.agreement.end == 1800
    assert [(d.since, d.until) for d in call.live.drops] == [(300, 450)]
    assert ("5:00", "dropped") in prompts(call)


def test_nobody_comes_to_mind() -> None:
    call = played("22:50 /none\n24:50\n28:30 /end", KEYS)

    assert prompts(call)[-5:] == [
        ("22:45", "referral_gate"), ("23:50", "who_else"), ("24:20", "organizations"),
        ("25:00", "courtesy"), ("28:00", "close"),
    ]  # fmt: skip
    assert call.live.none_at == 1370


def test_a_second_person_joins() -> None:
    call = played("05:00 /join Tom Okafor\n05:10 a note\n06:00 /undo\n06:01 /undo")

    assert call.live.also_present == ()
    assert played("05:00 /join Tom Okafor").live.also_present == ("Tom Okafor",)


def test_ten_minutes_on_the_spot_want_one_name() -> None:
    call = played("00:40 /next\n06:40 @Dele Okonjo\n06:45 /may yes\n09:30 /end", KEYS, 10)

    assert [p for p in prompts(call) if p[1] != "drift"] == [
        ("6:00", "must_sweep"), ("6:30", "referral_gate"), ("7:20", "organizations"),
        ("7:30", "courtesy"), ("9:00", "close"),
    ]  # fmt: skip
    assert call.live.wanted == 1


def test_they_wind_up_early() -> None:
    call = played("02:00 /next\n12:00 /wrap\n12:10 @Dele Okonjo\n13:00 /end", KEYS)

    assert call.live.asked_at == 730
    assert call.live.outcome == "cut_short"
    assert ("12:00", "referral_gate") in prompts(call)


def test_what_follows_a_script_s_end_is_the_debriefs() -> None:
    call = played("05:00 /go 2\n10:00 /end\n11:00 they were kind\n12:00 2: and this")

    assert [(e.topic, e.entered) for e in call.of(Kind.NOTE)] == [(None, 660), (2, 720)]
    assert call.live.seconds_on(2) == 300


# -- the service: taken up again, saved, keys ------------------------------------------------------


def test_a_call_is_taken_up_again_as_it_was() -> None:
    """After a restart of the program, and after one of the machine, at the right minute."""
    call = Played(scripted=False).lines((10, "/go 2"), (600, "/wrap"), (610, "+3"))
    call.call.draft("half a li")
    for rebooted in (False, True):
        if rebooted:
            call.clock.reboot(0)
        call.clock.advance(60)
        again = LiveCall(
            call.call.record, clock=call.clock, keeper=MemoryKeeper(), lexicon=lexicon()
        )

        assert again.record.draft == "half a li"
        assert again.live.counting == call.live.counting
        assert again.desk.wrap_rows != ()
    assert again.live.now == 610 + 120


def test_a_call_that_was_not_begun_takes_no_line() -> None:
    record = CallRecord("i", None, KEYS, None, 30, None, None, "UTC")
    call = LiveCall(record, clock=HeldClock(), keeper=MemoryKeeper(), lexicon=lexicon())

    assert call.enter("a note").line == "a note"
    assert call.live.log == ()


class Counting(MemoryKeeper):
    """A keeper that counts, and may be in trouble."""

    def __init__(self) -> None:
        self.drafts: list[tuple[str | None, bool]] = []
        self.trouble = False

    def keep_draft(self, text: str | None, *, private: bool) -> None:
        self.drafts.append((text, private))

    def state(self) -> SaveState:
        return SaveState(False, "the disk is full", 2) if self.trouble else SaveState()


def test_the_half_line_is_kept_as_it_is_typed_and_knows_whether_it_is_private() -> None:
    keeper = Counting()
    call = Played(keeper=keeper, scripted=False)
    call.call.draft("a")
    call.line(10, "/private")
    call.call.draft("b")
    call.call.draft("")

    assert keeper.drafts == [("a", False), ("b", True), (None, True)]


def test_what_is_not_saved_stands_above_all() -> None:
    keeper = Counting()
    call = Played(keeper=keeper).until(1370)
    keeper.trouble = True

    assert call.until(1371).said == (
        "The disk is full. 2 lines are held here and saved when it can be. Keep typing."
    )


def test_the_key_of_the_dropped_line_brings_it_back_too() -> None:
    call = Played()
    call.key(100, "drop")
    call.key(160, "drop")

    assert [e.kind for e in call.live.counting[1:]] == [Kind.DROP, Kind.BACK]


def test_the_badge_says_how_the_line_would_be_taken() -> None:
    call = Played().lines((10, "/go 5"))

    assert call.call.badge("x", room=23) == "note > 5 Entry level"

    call.line(20, "/end")

    assert call.call.badge("x", room=23) == "note"


def test_the_time_of_day_goes_by_the_wall_clock_as_it_is_set() -> None:
    call = Played().until(600)
    call.clock.set_wall(START.add(minutes=15).in_timezone("UTC"))

    assert f"{call.call.time_of_day(call.live.agreement.end):%H:%M}" == "14:35"


def test_lines_to_say_are_filled_in_or_left_out() -> None:
    call = Played()
    lines = ["We have until $end.", "$via sent me.", "Hello $name, for $5."]

    assert call.call.spoken(lines) == [
        "We have until 14:30.", "Hello Priya Raghunathan, for $5.",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "hours"), [("+01:00", 1), ("-05:30", -5.5), ("UTC", 0), ("Europe/Berlin", 1)]
)
def test_a_zone_is_a_name_or_an_offset(name: str, hours: float) -> None:
    assert START.in_timezone(zone_of(name)).offset_hours == hours


TYPED = (
    "a note", "/next", "/skip", "2", "5: x", "@Dele Okonjo", "/said", "/none", "+5", "=9", "/wrap",
    "/undo", "/redo", "/drop", "/back", "/notnow", "/private", "/public", "+2", "/name", "/here",
    "off the record", "/take", "/began 3", "/end", "",
)  # fmt: skip
WAITS = st.sampled_from((0, 2, 11, 40, 150))
VOCABULARY = st.lists(st.tuples(WAITS, st.sampled_from(TYPED)), max_size=14)


@given(VOCABULARY)
@settings(max_examples=25, deadline=None)
def test_any_call_can_be_played_again_and_folds_from_its_log(
    rows: list[tuple[int, str]],
) -> None:
    now, script = 0, ""
    for wait, text in rows:
        now += wait
        script += f"{now // 60:02}:{now % 60:02} {text}\n"
    call, again = played(script, KEYS, 20), played(script, KEYS, 20)
    live = call.live

    assert live.log == again.live.log
    assert fold(live.ground, live.log).at(live.now) == live
    assert set(room.with_time(live)) <= set(range(1, 9))
    assert sum(live.seconds_on(n) for n in range(1, 9)) <= live.now
    for one, other in pairwise(call.prompts):
        assert one[0] <= other[0]
