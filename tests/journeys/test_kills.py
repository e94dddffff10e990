"""A short run of what `make faults` runs long: nothing that was seen is lost."""

import pytest

from faulting import SPEEDS, trial


@pytest.mark.parametrize("speed", SPEEDS)
def test_what_was_seen_is_kept_when_the_program_is_killed(speed: str) -> None:
    done = trial("kill", SPEEDS.index(speed))

    assert done.seen
    assert done.good, done


@pytest.mark.parametrize("fault", ["resize storm", "stalled terminal"])
def test_the_program_goes_on_after_it(fault: str) -> None:
    done = trial(fault, 2)

    assert done.seen
    assert done.good, done
