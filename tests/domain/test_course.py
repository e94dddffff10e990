"""The course of a talk, from evidence in the order of time."""

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.domain.course import HOLDS, Course, Evidence, Stretch, stretches

FOUND = st.lists(
    st.builds(Evidence, st.integers(0, 3600), st.none() | st.integers(1, 9)), max_size=30
)


def test_a_topic_goes_on_for_a_while_and_then_the_talk_is_adrift() -> None:
    found = [Evidence(10, 6), Evidence(40, 6), Evidence(300, 4)]
    rows = stretches(found, 330, hold=HOLDS)

    assert rows == (Stretch(10, 120, 6), Stretch(120, 300, None), Stretch(300, 330, 4))
    assert Course(rows, heard=True).adrift == 180
    assert Course(rows).adrift is None


def test_what_was_said_to_be_current_stays_so() -> None:
    assert stretches([Evidence(10, 6)], 3000, hold=None) == (Stretch(10, 3000, 6),)


def test_that_the_talk_has_left_is_evidence_too() -> None:
    found = [Evidence(5, None), Evidence(10, 6), Evidence(30, None), Evidence(50, 6)]
    rows = stretches(found, 60, hold=HOLDS)

    assert rows == (Stretch(10, 30, 6), Stretch(30, 50, None), Stretch(50, 60, 6))


@given(FOUND, st.integers(0, 4000), st.none() | st.integers(1, 200))
@settings(max_examples=100)
def test_stretches_follow_each_other_without_gaps(
    found: list[Evidence], ends: int, hold: int | None
) -> None:
    rows = stretches(found, ends, hold=hold)

    assert all(row.begins < row.ends for row in rows)
    assert all(a.ends == b.begins and a.topic != b.topic for a, b in pairwise(rows))
    assert {row.topic for row in rows} <= {each.topic for each in found} | {None}
    assert not rows or rows[0].topic is not None
