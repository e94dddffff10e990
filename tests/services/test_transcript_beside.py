"""A transcript beside the notes: by elapsed time, with topics that nobody ticked."""

from dataclasses import replace

from fields import guide
from iview_tui.domain.spoken import Spoken
from iview_tui.services.library import review_text, talked_about
from records import played

LINES = [(20, "1: portfolio beats the certificate"), (60, "a remark"), (90, "/end")]
RECORD = replace(played(LINES), guide=guide("planning"))
SPOKEN = [
    Spoken(10, "Q", "What training did you have?"),
    Spoken(15, "A", "I did a master's degree in planning."),
    Spoken(38, "Q", "And what do you enjoy most about the work?"),
    Spoken(40, "A", "I love meeting the people in the evening."),
]


def test_what_was_said_lies_between_the_notes_by_the_time() -> None:
    text = review_text(RECORD, spoken=SPOKEN)
    order = ["What training", "master's degree", "portfolio beats", "I love", "a remark"]
    places = [text.index(words) for words in order]

    assert places == sorted(places)
    assert "  0:40    |  A: I love meeting" in text


def test_topics_that_came_up_and_were_not_ticked_are_proposed() -> None:
    found = talked_about(RECORD, SPOKEN)

    assert [row[:3] for row in found] == [(2, "Rewarding", 38)]
    assert "TALKED ABOUT, BUT NOT TICKED\n     2  Rewarding  at 0:38: And" in review_text(
        RECORD, spoken=SPOKEN, by_topic=True
    )
    assert talked_about(RECORD, ()) == ()
