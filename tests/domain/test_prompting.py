"""The one sentence on the prompt line: which, when, and in what words."""

import pytest

from calls import Played, guide, topic
from iview_tui.domain import wording
from iview_tui.domain.guide import Guide
from iview_tui.domain.live import Phase
from iview_tui.domain.prompting import Beside, Label, Prompt, Say, prompt, without_a_place

QUESTION = "ould you suggest two or three other people I might talk with?"


def kinds(call: Played, kind: str) -> list[int]:
    """When a kind of sentence came to stand."""
    return [moment for moment, shown in call.prompts if shown == kind]


# -- the marks -------------------------------------------------------------------------------------


def test_half_an_hour_in_which_nothing_is_typed() -> None:
    """Each mark stands for thirty seconds, the question on and on."""
    call = Played().until(1900)

    assert call.prompts == [
        (1365, "referral_gate"), (1500, "courtesy"), (1680, "close"), (1800, "overtime"),
    ]  # fmt: skip
    assert call.kinds == ("referral_gate",)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (1365, f"C{QUESTION}"),
        (1500, f"We have about five minutes. Before we close, c{QUESTION}"),
        (1530, f"C{QUESTION}"),
        (1680, f"Thank you, this was a great help. Before we close, c{QUESTION}"),
        (1800, f"I see we are past our half hour. Before I let you go, c{QUESTION}"),
    ],
)
def test_every_mark_says_the_question_too_while_it_is_open(moment: int, said: str) -> None:
    assert Played().until(moment).said == said


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (1499, ""),
        (1500, "We have about five minutes left; is there anything that I should have asked?"),
        (1529, "We have about five minutes left; is there anything that I should have asked?"),
        (1530, ""),
        (1680, "Thank you, this was a great help. May I write once more and tell you how it goes?"),
        (1800, "I see we are past our half hour. Thank you; shall I let you go?"),
        (1830, ""),
    ],
)
def test_the_marks_alone_once_the_question_was_asked(moment: int, said: str) -> None:
    assert Played().lines((60, "/said")).until(moment).said == said


def test_it_asks_for_others_besides_those_already_named() -> None:
    call = Played().lines((600, "@Dele Okonjo, Metro council")).until(1365)

    assert call.said == "Could you suggest one or two people besides Dele?"


@pytest.mark.parametrize(
    ("minutes", "line", "past"),
    [
        (30, "a note", "our half hour"),
        (60, "a note", "our hour"),
        (20, "a note", "our twenty minutes"),
        (45, "a note", "our forty-five minutes"),
        (30, "+5", "our time"),
        (30, "=25", "our time"),
        (30, "/began 1", "our time"),
    ],
)
def test_our_half_hour_is_said_only_of_the_length_that_was_arranged(
    minutes: int, line: str, past: str
) -> None:
    call = Played(minutes=minutes).lines((10, line))

    assert call.until(call.live.agreement.end).said.startswith(f"I see we are past {past}.")


def test_a_change_that_was_taken_back_is_none() -> None:
    call = Played().lines((10, "+5"), (20, "/undo")).until(1800)

    assert "our half hour" in call.said


def test_minutes_are_worked_out_when_the_sentence_comes_to_stand() -> None:
    """Half an hour that is cut to two and a half minutes: courtesy's time is gone, it comes now."""
    call = Played().lines((1450, "=3"))

    assert call.said.startswith("We have about three minutes. Before we close, ")
    assert Played().lines((1510, "=3")).said == f"C{QUESTION}"


def test_what_an_extension_made_untrue_goes_at_once() -> None:
    call = Played().lines((60, "/said"), (1505, "+5"))

    assert call.said == ""
    assert kinds(call.until(1801), "courtesy") == [1500, 1800]


# -- the sweep -------------------------------------------------------------------------------------


def test_the_sweep_names_the_first_open_key_topic_that_is_not_current() -> None:
    call = Played(guide(musts=(2, 4))).lines((10, "/go 2")).until(1080)

    assert call.said == "One thing I wanted to be sure to ask: what about training?"


def test_the_sweep_is_silent_when_all_key_topics_are_covered_or_skipped() -> None:
    call = Played(guide(musts=(2, 4))).lines((10, "/go 4"), (20, "/skip"), (40, "2"))

    assert kinds(call.until(1200), "must_sweep") == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("I read of GIS. Is it so?", "I read of GIS. Is it so?"),
        ("GIS or not?", "GIS or not?"),
        ("What now?", "what now?"),
    ],
)
def test_a_question_inside_a_sentence_keeps_the_capitals_of_words(question: str, said: str) -> None:
    assert wording.lower(question) == said


# -- put away --------------------------------------------------------------------------------------


def test_not_now_puts_the_question_away_until_the_next_mark() -> None:
    call = Played().lines((1370, "/notnow"))

    assert call.until(1499).said == ""
    assert call.until(1500).kinds == ("courtesy", "referral_gate")
    assert call.until(1531).kinds == ("referral_gate",)


def test_not_now_on_a_mark_puts_away_what_it_says_too() -> None:
    call = Played().lines((1505, "/notnow"))

    assert call.said == ""
    assert call.until(1679).said == ""
    assert call.until(1680).kinds == ("close", "referral_gate")


def test_not_now_puts_away_only_what_stands() -> None:
    """The laptop slept while the question was open: the question stands again."""
    call = Played().until(1370)
    call.clock.sleep(5)
    call.call.tick()

    assert call.kinds == ("sleep",)

    call.line(1380, "/notnow")

    assert call.kinds == ("referral_gate",)


def test_where_nothing_stands_nothing_is_put_away() -> None:
    call = Played().lines((10, "/notnow"))

    assert call.answer.echo == "nothing stands there"
    assert call.last.kind == "start"


# -- what follows the question ---------------------------------------------------------------------


def test_what_follows_when_nobody_comes_to_mind() -> None:
    call = Played().lines((1370, "/none")).until(1495)

    assert call.prompts == [
        (1365, "referral_gate"), (1430, "who_else"), (1460, "organizations"),
    ]  # fmt: skip


def test_what_follows_one_name() -> None:
    call = Played().lines((1375, "@Dele Okonjo")).until(1499)

    assert call.prompts == [
        (1365, "referral_gate"), (1385, "may_i_say"), (1435, "who_else"), (1465, "organizations"),
    ]  # fmt: skip


def test_with_the_wanted_number_organizations_come_sooner() -> None:
    call = Played().lines((1375, "@Dele Okonjo"), (1380, "@Ana Brandt")).until(1499)

    assert call.prompts == [(1365, "referral_gate"), (1390, "may_i_say"), (1420, "organizations")]


def test_may_i_say_only_where_a_sure_name_has_no_answer() -> None:
    answered = Played().lines((1375, "@Dele Okonjo"), (1380, "/may no")).until(1430)
    unsure = Played().lines((1375, "@someone on the team")).until(1430)

    assert kinds(answered, "may_i_say") == []
    assert kinds(unsure, "may_i_say") == []


def test_every_new_name_asks_again_whether_i_may_say_so() -> None:
    call = Played().lines(
        (1375, "@Dele Okonjo"), (1388, "/may yes"), (1400, "@Ana Brandt"), (1404, "@Dele Okonjo, x")
    )

    assert kinds(call.until(1499), "may_i_say") == [1385, 1410]


def test_organizations_only_where_none_is_noted() -> None:
    call = Played().lines((100, "#Planning Institute"), (1370, "/none")).until(1499)

    assert kinds(call, "organizations") == []


def test_who_else_and_organizations_come_once() -> None:
    """Behind the first name that nothing followed in time, and not behind the next."""
    call = Played().lines((600, "@Dele Okonjo"), (610, "/said"), (715, "@Ana Brandt")).until(900)

    assert kinds(call, "who_else") == [670]
    assert kinds(call, "organizations") == [700]


def test_they_come_only_before_the_close() -> None:
    call = Played().lines((1630, "/none")).until(1750)

    assert kinds(call, "who_else") == []
    assert kinds(call, "organizations") == []


def test_names_that_came_early_are_counted_from_the_gate() -> None:
    call = Played().lines((600, "@Dele Okonjo; Ana Brandt")).until(1499)

    assert call.prompts == [(1375, "may_i_say"), (1405, "organizations")]


def test_a_last_name_that_is_made_sure_counts_from_then() -> None:
    call = Played().lines(
        (180, "@Dele Okonjo"), (240, "@someone in transit"), (1560, "/wrap"), (1567, "/yes 2")
    )

    assert kinds(call.until(1660), "may_i_say") == [1577]
    assert kinds(call, "organizations") == [1607]


def test_what_found_no_place_on_the_line_is_told_apart() -> None:
    """The courtesy took its seconds."""
    call = Played().lines((1370, "/none"), (1410, "@Dele Okonjo")).until(1529)
    assert kinds(call, "organizations") == []
    assert without_a_place(call.live) == ()

    call.until(1530)
    assert without_a_place(call.live) == (wording.ORGANIZATIONS,)
    call.line(1535, "#Planning Institute")
    assert without_a_place(call.live) == ()


def test_what_stood_on_the_line_found_its_place() -> None:
    call = Played().lines((1370, "/said")).until(1700)

    assert kinds(call, "who_else") == [1430]
    assert without_a_place(call.live) == ()


def test_what_would_come_behind_the_close_finds_no_place() -> None:
    call = Played().lines((1630, "/none")).until(1679)
    assert without_a_place(call.live) == ()

    assert without_a_place(call.until(1680).live) == (wording.WHO_ELSE, wording.ORGANIZATIONS)


# -- key topics without time, and drift ------------------------------------------------------------


def test_key_topics_that_lose_their_place_together_are_named_once() -> None:
    """Two of ten minutes on the current topic: the last key topic goes first."""
    topics = (topic(1), topic(2, must=True, minutes=10), topic(3, must=True, minutes=10))
    call = Played(Guide("a", topics=topics, opening_minutes=0)).lines((10, "/go 1"))
    lost = call.until(1000)

    assert kinds(lost, "must_at_risk") == [166, 766]


def test_an_extension_names_them_again_after_two_minutes_at_the_earliest() -> None:
    topics = (topic(1), topic(2, must=True, minutes=20))
    call = Played(Guide("a", topics=topics, opening_minutes=0)).lines((10, "/go 1"))
    call.until(200)

    assert kinds(call, "must_at_risk") == [166]

    call.lines((210, "+1"), (211, "+1")).until(400)

    assert kinds(call, "must_at_risk") == [166, 331]


def test_no_key_topic_is_called_at_risk_in_the_first_two_minutes() -> None:
    topics = (topic(1), topic(2, must=True, minutes=22))
    call = Played(Guide("a", topics=topics, opening_minutes=0)).lines((10, "/go 1")).until(400)

    assert kinds(call, "must_at_risk") == [120]


def test_drift_is_said_once_a_topic() -> None:
    """Two and a half minutes of plan and three beyond."""
    call = Played(guide(3)).lines((10, "/go 1")).until(340)

    assert call.said == "On Rewarding for five minutes. A way back to Skills is ready."
    assert call.until(370).said == ""

    call.lines((380, "/go 2"), (400, "/go 1")).until(900)

    assert kinds(call, "drift") == [340]


def test_drift_needs_somewhere_to_go() -> None:
    assert kinds(Played(guide(1)).lines((10, "/go 1")).until(900), "drift") == []


# -- the order -------------------------------------------------------------------------------------


def test_the_order_of_the_line() -> None:
    """What is not saved, the interruption, the answer, the mark, the offer, the question."""
    call = Played().lines((10, "/go 1")).until(1500)
    answer = Prompt((Say.ANSWER,), "an answer", 0)
    offer = Prompt((Say.SUGGESTION,), "an offer", 0, Label.OFFER)
    everything = Beside("not saved", answer, offer)

    def first(beside: Beside) -> tuple[Say, ...]:
        shown = prompt(call.live, beside)
        return shown.kinds if shown else ()

    assert first(everything) == (Say.NOT_SAVED,)
    assert first(Beside(None, answer, offer)) == (Say.ANSWER,)
    assert first(Beside(None, None, offer)) == (Say.COURTESY, Say.REFERRAL_GATE)

    call.until(1531)

    assert first(Beside(None, None, offer)) == (Say.SUGGESTION,)
    assert first(Beside()) == (Say.REFERRAL_GATE,)

    call.line(1540, "/drop")

    assert first(Beside(None, answer, offer)) == (Say.DROPPED,)
    assert first(everything) == (Say.NOT_SAVED,)


def test_offers_wait_a_minute_for_the_question() -> None:
    call = Played().lines((1390, "off the record"))

    assert call.kinds == ("referral_gate",)

    call.line(1425, "off the record again")

    assert call.kinds == ("suggestion",)


def test_the_answer_to_a_key_stands_until_the_next_or_for_ten_seconds() -> None:
    call = Played().lines((10, "/go 1"))
    call.key(100, "bridge")

    assert call.kinds == ("answer",)
    assert call.until(109).kinds == ("answer",)
    assert call.until(110).kinds == ()


def test_a_dropped_line_takes_up_the_open_question_and_after_ten_minutes_another_time() -> None:
    call = Played().lines((10, "/go 2"), (100, "/drop"))

    assert call.said.endswith("You were telling me about this: what about skills?")
    assert call.until(700).said == wording.RESCHEDULE
    assert kinds(call, "dropped") == [100]


def test_after_the_end_nothing_is_asked_any_more() -> None:
    call = Played().lines((1400, "/end")).until(2000)

    assert call.live.phase is Phase.ENDED
    assert call.prompts == [(1365, "referral_gate")]
    assert call.said == ""


# -- private ---------------------------------------------------------------------------------------


def test_a_row_that_names_someone_private_has_no_text() -> None:
    call = Played().lines((600, "/private @Dele Okonjo, Metro council")).until(1365)

    assert "besides Dele" in call.said
    assert [e.text for e in call.live.log if e.kind == "shown"] == ["(private)"]


def test_a_row_that_does_not_name_them_is_whole() -> None:
    call = Played().lines((600, "/private @Dele Okonjo, Metro council"), (601, "/said"))
    texts = [e.text for e in call.until(1500).live.log if e.kind == "shown"]

    assert "(private)" not in texts
