"""Hints in a call: asked for late, last on the line, and kept nowhere."""

import pytest

from calls import START
from iview_tui.clock import HeldClock
from iview_tui.domain.entry import Kind
from iview_tui.domain.hints import HINTS
from iview_tui.domain.prompting import Say
from iview_tui.domain.record import CallRecord
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper
from iview_tui.services.guides import built_in_guide


def begun(*, wanted: bool) -> LiveCall:
    record = CallRecord("c", None, built_in_guide(), None, 30, None, None, "Europe/Berlin")
    clock = HeldClock(START.in_timezone("UTC"), zone="Europe/Berlin")
    call = LiveCall(
        record, clock=clock, keeper=MemoryKeeper(), lexicon=lexicon(), hints=lambda: wanted
    )
    call.connect()
    return call


def wait(call: LiveCall, seconds: int) -> LiveCall:
    assert isinstance(call.clock, HeldClock)
    for _ in range(seconds):
        call.clock.advance(1)
        call.tick()
    return call


@pytest.mark.parametrize("wanted", [True, False])
def test_they_come_where_they_are_wanted(wanted: bool) -> None:
    call = begun(wanted=wanted)
    assert wait(call, 10).prompt is None  # nobody was asked before the picture stands
    call.load()
    wait(call, 1)

    assert (call.prompt is not None and call.prompt.text == HINTS[0].text) == wanted


def test_they_are_not_kept_and_give_way() -> None:
    call = begun(wanted=True)
    call.load()
    wait(call, 10)
    assert call.prompt is not None
    assert call.prompt.kinds == (Say.HINT,)
    call.press("end")

    assert call.prompt.kinds == (Say.ANSWER,)
    wait(call, 300)
    assert not [e for e in call.live.log if e.kind is Kind.SHOWN and e.value["kind"] == "hint"]


def test_none_comes_over_a_half_typed_line() -> None:
    call = begun(wanted=True)
    call.load()
    call.draft("half a li")
    wait(call, 60)

    assert call.prompt is None


def test_put_away_one_takes_all_others_with_it() -> None:
    call = begun(wanted=True)
    call.load()
    wait(call, 10)
    call.press("notnow")

    assert call.prompt is None
    for _ in range(30):
        assert wait(call, 10).prompt is None
