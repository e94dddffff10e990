"""The badge's manner that is not a matter of one line: cutting by cells, the fullest words."""

from datetime import date

import pytest

from iview_tui.domain.badge import SHORT, WIDE, badge
from iview_tui.domain.entry import Kind
from iview_tui.domain.guide import Topic
from iview_tui.domain.line import Mark, Words
from iview_tui.domain.text import cells

TODAY = date(2026, 11, 24)
NOTE = Words(Kind.NOTE, "text")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Entry level", "note > 5 Entry level"),
        ("Entry-level jobs, outlook", "note > 5 Entry-level j…"),
        ("入門レベルの職と見通し", "note > 5 入門レベルの…"),
    ],
)
def test_a_long_title_is_cut_by_cells(title: str, words: str) -> None:
    """Wide signs count two, and none is halved."""
    said = badge(NOTE, topic=Topic(5, title, "?"), today=TODAY, room=WIDE)

    assert said == words
    assert cells(said) <= WIDE


def test_the_number_stands_where_the_title_does_not_fit() -> None:
    """On 80 columns the number is enough, up to two hundred topics."""
    assert (
        badge(NOTE, topic=Topic(200, "Entry level", "?"), today=TODAY, room=SHORT) == "note > 200"
    )


def test_a_mark_names_its_topic() -> None:
    """With the title where there is room, also where the topic is not known."""
    topic = Topic(14, "Career path", "?")

    assert badge(Mark(14, "14"), topic=topic, today=TODAY, room=WIDE) == "14 Career path: covered"
    assert badge(Mark(14, "14"), topic=None, today=TODAY, room=WIDE) == "14 covered"
