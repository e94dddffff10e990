"""The help of the call says first what can be done now."""

from collections.abc import Callable

import pytest

from iview_tui.services.call import LiveCall
from iview_tui.ui.layout.cards import now
from iview_tui.ui.view import View


@pytest.mark.parametrize(
    ("lines", "rows"),
    [
        ((), [("^N", "on to the first topic")]),
        (("/next",), [("^N", "covered; on to the next")]),
        (("/next", "/drop"), [("^]", "we are back"), ("^N", "covered; on to the next")]),
        (("/next", "/end", "/end"), []),
    ],
    ids=["the opening", "a topic", "the line dropped", "over"],
)
def test_what_can_be_done_now(
    made: Callable[..., LiveCall], lines: tuple[str, ...], rows: list[tuple[str, str]]
) -> None:
    call = made()
    call.scripted = True
    for line in lines:
        call.enter(line)
    view = View(call.live, call.desk, call.save, call.time_of_day, call.spoken, prompt=call.prompt)

    assert now(view) == rows


def test_on_the_referral_question_it_is_asked_or_put_away(gate: LiveCall) -> None:
    view = View(gate.live, gate.desk, gate.save, gate.time_of_day, gate.spoken, prompt=gate.prompt)

    assert now(view) == [("^N", "asked"), ("^L", "not now")]
