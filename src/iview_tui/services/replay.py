"""A script of a call, played on a held clock: the same lines as in the screen, without waiting."""

import re
from collections.abc import Iterator

from iview_tui.clock import HeldClock
from iview_tui.domain.desk import Answer
from iview_tui.domain.value import value
from iview_tui.services.call import LiveCall

STAMP = re.compile(r"(\d{1,6}):([0-5]\d)(?:[ \t]+(.*))?")
LONGEST = 24 * 60
"""Minutes that a call may last: nobody waits for more on a held clock either."""


class ScriptError(Exception):
    """A script that cannot be played; says why, with the line's number."""


@value
class Cue:
    """A line of a script."""

    number: int
    seconds: int
    text: str | None
    """None where there is a stamp alone: time runs on, or a question is left unanswered."""


def read_script(text: str) -> tuple[Cue, ...]:
    """The lines of a script `mm:ss <line>`. Raises ScriptError, with the number of the line."""
    cues: list[Cue] = []
    for number, row in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        row = row.rstrip("\r")
        if not row.strip() or row.startswith("#"):
            continue
        found = STAMP.fullmatch(row.strip())
        if not found:
            raise ScriptError(f"line {number}: no stamp mm:ss at the beginning")
        if int(found[1]) >= LONGEST:
            raise ScriptError(f"line {number}: later than a day after the start")
        seconds = int(found[1]) * 60 + int(found[2])
        if cues and seconds < cues[-1].seconds:
            raise ScriptError(f"line {number}: goes back in time")
        cues.append(Cue(number, seconds, found[3]))
    return tuple(cues)


def play(call: LiveCall, clock: HeldClock, cues: tuple[Cue, ...]) -> Iterator[tuple[Cue, Answer]]:
    """Connect and play every line; within a second first the clock, then the lines.

    Yields each line with its answer. A bare stamp is an empty Enter where a question waits.
    """
    call.connect()
    now = 0
    for cue in cues:
        while now < cue.seconds:
            clock.advance(1)
            now += 1
            call.tick()
        if cue.text is not None or call.desk.form is not None:
            yield cue, call.enter(cue.text or "")
