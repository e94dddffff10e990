"""What newcomers are told in the lulls of a call: which, when, and for how long."""

import pytest

from calls import Played, guide
from iview_tui.domain.hints import APART, FIRST_AFTER, HINTS, LULL, STANDS, Hinted, hinted
from iview_tui.domain.prompting import Label, Prompt

ENTER, NEXT, UNDO, ELSEWHERE, NAME = (hint.name for hint in HINTS)


def told(call: Played, until: int, *, typing: range = range(0)) -> list[tuple[int, str]]:
    """When each hint came, second by second on from now."""
    seen, now, came = Hinted(), call.live.now, list[tuple[int, str]]()
    for moment in range(now, until):
        live = call.until(moment).live
        before = len(seen.told)
        seen = hinted(live, seen, free=call.call.prompt is None, typing=moment in typing)
        came += [(moment, name) for name in seen.told[before:]]
    return came


def test_without_a_line_the_hints_come_one_by_one() -> None:
    every = STANDS + APART

    assert told(Played(guide(5)), 600) == [
        (FIRST_AFTER, ENTER), (FIRST_AFTER + every, NEXT), (FIRST_AFTER + 2 * every, NAME),
    ]  # fmt: skip


def test_the_one_about_undo_waits_for_something_to_take_back() -> None:
    call = Played(guide(5)).lines((10, "/next"), (20, "a note"))

    assert [name for _, name in told(call, 400)] == [UNDO, ELSEWHERE, NAME]


@pytest.mark.parametrize(
    ("line", "passed_over"),
    [
        ("a note", ENTER), ("/next", NEXT), ("/undo", UNDO), ("@Dele Okonjo, Metro council", NAME),
    ],
)  # fmt: skip
def test_what_was_found_out_is_not_told(line: str, passed_over: str) -> None:
    call = Played(guide(5)).lines((5, "first"), (10, "second"), (11, line))

    assert passed_over not in [name for _, name in told(call, 600)]


def test_none_comes_in_the_midst_of_typing() -> None:
    busy = Played(guide(5)).lines((30, "a note"))

    assert told(busy, 200)[0] == (30 + LULL, NEXT)
    assert told(Played(guide(5)), 200, typing=range(40))[0] == (40, ENTER)


def test_none_comes_once_names_are_due() -> None:
    call = Played(guide(5)).lines((1500, "/said"))

    assert told(call, 1800) == []


@pytest.mark.parametrize(
    ("moment", "free", "typing", "stands"),
    [
        (FIRST_AFTER + STANDS - 1, True, False, True),
        (FIRST_AFTER + STANDS, True, False, False),
        (FIRST_AFTER + 2, False, False, False),
        (FIRST_AFTER + 2, True, True, True),
    ],
    ids=["for its time", "no longer", "outranked", "while a line is typed"],
)
def test_how_long_one_stands(moment: int, free: bool, typing: bool, stands: bool) -> None:
    call = Played(guide(5)).until(FIRST_AFTER)
    seen = hinted(call.live, Hinted(), free=True, typing=False)
    assert seen.prompt is not None
    then = hinted(call.until(moment).live, seen, free=free, typing=typing)

    assert (then.prompt is not None) == stands
    assert then.told == (ENTER,)


def test_one_has_no_ground_and_the_key_of_what_it_says() -> None:
    call = Played(guide(5)).lines((1, "a note")).until(LULL + 1)
    found = hinted(call.live, Hinted(), free=True, typing=False).prompt

    assert isinstance(found, Prompt)
    assert (found.label, found.commands) == (Label.NOTHING, ("next",))
