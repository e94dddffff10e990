"""The end that is said before the call."""

from dataclasses import replace

import pytest

from iview_tui.services import demo


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(-5, "14:30"), (4, "14:30"), (31, "15:01")],
    ids=["early", "late", "the arranged end is over"],
)
def test_before_the_call_the_arranged_end_is_said(minutes: int, said: str) -> None:
    call, clock, _ = demo.ready()
    call.record = replace(call.record, planned_at=demo.BEGINS)
    clock.set_wall(demo.BEGINS.add(minutes=minutes))

    assert call.spoken(["until $end"]) == [f"until {said}"]
