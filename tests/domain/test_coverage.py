"""How far a topic is, by what was done with it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls import Played
from iview_tui.domain.coverage import Coverage, State
from iview_tui.domain.entry import Kind


def test_a_topic_that_was_current_for_ten_seconds_was_asked() -> None:
    call = Played().lines((10, "/go 3"))
    call.until(19)

    assert call.state(3) == "untouched"

    call.until(20)

    assert call.state(3) == "asked"


def test_arrowing_past_asks_nothing_and_is_one_entry() -> None:
    call = Played().lines((10, "/go 1"), (18, "/go 2"), (26, "/go 3"), (60, "a note"))

    assert [call.state(n) for n in (1, 2, 3)] == ["untouched", "untouched", "partly"]
    assert [e.text for e in call.of(Kind.GO)] == ["/go 3"]
    assert len(call.live.passed) == 2


def test_the_seconds_of_a_move_that_is_replaced_belong_to_the_topic_before() -> None:
    call = Played().lines((10, "/go 1"), (60, "/go 2"), (66, "/go 3")).until(100)

    assert [call.live.seconds_on(n) for n in (1, 2, 3)] == [56, 0, 34]


def test_moves_with_a_note_between_them_are_two() -> None:
    call = Played().lines((10, "/go 1"), (12, "a note"), (14, "/go 2"))

    assert [e.topic for e in call.of(Kind.GO)] == [1, 2]
    assert call.state(1) == "partly"


@pytest.mark.parametrize(
    "line", ["a note", '"their words"', "~mode shift", "$may need people", "#Planning Institute"]
)
def test_what_makes_a_topic_partly(line: str) -> None:
    assert Played().lines((10, "/go 1"), (12, line)).state(1) == "partly"


@pytest.mark.parametrize(
    "line", ["@Dele Okonjo", "<survey", ">resume", "&their move", "?worth it", ".", "!"]
)
def test_what_does_not(line: str) -> None:
    assert Played().lines((10, "/go 1"), (12, line)).state(1) == "untouched"


def test_its_bare_number_covers_and_puts_back_what_was_before() -> None:
    call = Played().lines((10, "/go 1"), (12, "a note"), (40, "1"))

    assert (call.state(1), call.answer.echo) == ("covered", "1 Rewarding: covered. ^Z undoes")

    call.line(41, "1")

    assert (call.state(1), call.answer.echo) == ("partly", "1 Rewarding: partly. ^Z undoes")


def test_a_mark_by_itself_came_up_unprompted_until_it_is_put_back() -> None:
    call = Played().lines((10, "/go 1"), (40, "4"))

    assert call.live.coverage(4).unprompted

    call.line(41, "4")

    assert call.live.coverage(4) == Coverage()


def test_next_covers_and_the_bare_number_puts_that_back_too() -> None:
    call = Played().lines((10, "/go 1"), (30, "/next"), (50, "1"))

    assert call.state(1) == "asked"
    assert call.live.current == 2


def test_a_skip_is_taken_back_by_the_number_a_note_or_ten_seconds() -> None:
    lines = (10, "/go 1"), (15, "/skip")

    assert Played().lines(*lines).state(1) == "skipped"
    assert Played().lines(*lines, (20, "1")).state(1) == "untouched"
    assert Played().lines(*lines, (20, "1: late")).state(1) == "partly"
    assert Played().lines(*lines, (20, "/go 1")).until(31).state(1) == "asked"


def test_a_skip_of_what_was_covered_gives_that_back() -> None:
    call = Played().lines((10, "/go 1"), (20, "1"), (30, "/skip"), (40, "1"))

    assert call.state(1) == "covered"


@pytest.mark.parametrize(
    ("lines", "unprompted"),
    [
        (((60, "3: by itself"),), True),
        (((60, "3"),), True),
        (((60, "/go 3"), (61, "a note")), False),
        (((60, "/go 3"), (75, "/go 1"), (90, "3: later")), False),
        (((60, "/go 3"), (65, "/go 1"), (90, "3: arrowed past")), True),
        (((60, "3: by itself"), (70, "/go 3"), (90, "more")), True),
    ],
)
def test_came_up_by_itself(lines: tuple[tuple[int, str], ...], unprompted: bool) -> None:
    """Its first note or mark fell while it was not current and had not been asked."""
    call = Played().lines((10, "/go 1"), *lines)

    assert call.live.coverage(3).unprompted is unprompted


def test_notes_of_the_opening_belong_to_no_topic() -> None:
    call = Played().lines((30, "in the opening"), (60, "2: but this"), (70, "still"))

    assert [e.topic for e in call.of(Kind.NOTE)] == [None, 2, None]
    assert call.live.opening


DEEDS = st.lists(
    st.tuples(st.sampled_from(("ask", "note", "turn", "cover", "skip")), st.booleans())
)


@given(DEEDS)
def test_turning_twice_changes_nothing(deeds: list[tuple[str, bool]]) -> None:
    """What a number typed by mistake does, the number puts right."""
    coverage = Coverage()
    for deed, current in deeds:
        takes = {"current": current} if deed in ("note", "turn", "cover") else {}
        coverage = getattr(coverage, deed)(**takes)
    if coverage.state is not State.SKIPPED:
        for current in (True, False):
            back = coverage.turn(current=current).turn(current=current)

            assert back.state is coverage.state
            assert coverage.covered or back == coverage
