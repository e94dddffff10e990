"""Which topic a call was on when: from its log, and from a transcript."""

import pytest

from iview_tui.domain.course import Stretch
from iview_tui.domain.spoken import Spoken, side_of
from iview_tui.services.course import as_transcript, cues_of, of_sides
from iview_tui.services.guides import built_in_guide
from iview_tui.services.library import course
from records import played

CALL = played([(60, "/go 1"), (120, "2: a degree"), (300, "/go 2"), (600, "/end")])
TALK = [
    Spoken(10, "Ann Lee", "Where do people usually start, what do entry level jobs look like?"),
    Spoken(15, "Dele", "Most people here started as interns, then as assistant planners."),
    Spoken(300, "Ann Lee", "What kind of training or education did you have?"),
    Spoken(310, "Dele", "I did a master's degree in planning."),
]


def test_the_log_alone_says_which_topic_was_current() -> None:
    found = course(CALL)

    assert found.stretches == (Stretch(60, 300, 1), Stretch(300, 600, 2))
    assert (found.adrift, found.never) == (None, ())


def test_goodbyes_drift_from_nothing() -> None:
    call = played([(60, "/go 1"), (100, "a note"), (960, "/said"), (1100, "/end")])
    said = [Spoken(at, None, "thank you so much, it was a pleasure") for at in (970, 1000)]

    assert course(call).stretches == (Stretch(60, 960, 1),)
    assert course(call, said).stretches[-1].ends == 960
    assert course(call).never == (2,)


def test_a_transcript_shows_when_the_talk_left_a_topic() -> None:
    said = [*of_sides(TALK), Spoken(590, "A", "mine is the red boat on the lake")]
    found = course(CALL, said)

    assert found.heard
    assert found.stretches[0].topic == 1
    assert found.adrift is not None
    assert found.adrift > 60


def test_a_transcript_as_a_script_asks_what_was_asked_and_ticks_nothing() -> None:
    cues = cues_of(built_in_guide().topics, of_sides(TALK))

    assert [(cue.seconds, cue.text) for cue in cues] == [(10, "/go 6"), (300, "/go 4"),
                                                        (310, "/end")]  # fmt: skip


@pytest.mark.parametrize(
    ("me", "them"), [("Ann", None), (None, "Dele Okonjo"), (None, None), ("Ann Lee", "Dele")]
)
def test_who_asks_is_known_by_name_or_by_asking(me: str | None, them: str | None) -> None:
    assert [row.speaker for row in of_sides(TALK, me, them)] == ["Q", "A", "Q", "A"]


def test_of_three_nobody_is_guessed() -> None:
    said = [*TALK, Spoken(400, "Pat", "And what about me?")]

    assert {row.speaker for row in of_sides(said)} == {None}


@pytest.mark.parametrize(
    ("text", "name", "is_one"),
    [
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n", "-", True),
        ("1\n00:00:01,000 --> 00:00:02,000\nhello\n", "x.srt", True),
        ("[00:00:01.000 --> 00:00:02.000]   hello\n", "x.txt", True),
        ("Ana Ruiz  0:03\nhello\n\nDele  0:20\nyes\n", "x.txt", True),
        ("0:03 hello\n0:20 yes\n", "x.txt", False),
        ("# a script\n0:03 hello\n", "x", False),
        ("hello\n0:03 a script that lacks a stamp\n", "x", False),
        ("", "x", False),
    ],
)
def test_a_transcript_is_told_from_a_script(text: str, name: str, is_one: bool) -> None:
    assert (as_transcript(text, name) is not None) is is_one


def test_a_file_of_cues_that_holds_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no line with a time"):
        as_transcript("nothing here\n", "x.vtt")


@pytest.mark.parametrize(
    ("name", "side"),
    [("Ann Lee", "Q"), ("ann", "Q"), ("Bo Lee", "A"), ("BO", "A"), ("Lee", None), ("Q", "Q"),
     ("Interviewee", "A"), ("Speaker 3", None), (None, None)],
)  # fmt: skip
def test_a_side_is_known_by_the_name_also_where_a_family_name_is_shared(
    name: str | None, side: str | None
) -> None:
    assert side_of(name, "Ann Lee", "Bo Lee") == side
    assert side_of("Ann", None, None) is None
