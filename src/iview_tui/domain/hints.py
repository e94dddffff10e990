"""What a newcomer is told in the lulls of the first calls: a sentence at a time, each once a call.

A hint is last on the prompt line, is kept nowhere, and is passed over where its time is over, it
has nothing to be done with now, or was found out already.
"""

from collections.abc import Callable
from dataclasses import replace

from iview_tui.domain.entry import WORDS, Kind
from iview_tui.domain.live import LiveInterview, Phase
from iview_tui.domain.prompting import Label, Prompt, Say
from iview_tui.domain.value import value

CALLS = 3
"""Calls that were held, after which hints rest."""
FIRST_AFTER = 5
"""Seconds after connecting before which nothing is hinted at."""
LULL = 15
"""Seconds without an entry that make a lull."""
STANDS = 20
"""Seconds for which a hint stands, at most."""
APART = 45
"""Seconds between the end of a hint and the next one."""


@value
class Hint:
    """Something that can be done, and when it is worth saying."""

    name: str
    text: str
    fits: Callable[[LiveInterview], bool]
    commands: tuple[str, ...] = ()
    """Commands whose keys stand behind it."""


def _wrote(live: LiveInterview, *kinds: Kind) -> bool:
    return any(entry.kind in kinds for entry in live.log)


def _words(live: LiveInterview) -> bool:
    return any(entry.kind in WORDS for entry in live.counting)


HINTS = (
    Hint("enter", "Write what matters, a few words; Enter files it.",
         lambda live: not _words(live)),
    Hint("next", "When a topic is answered, go on to the next one.",
         lambda live: not _wrote(live, Kind.NEXT), ("next",)),
    Hint("undo", "Whatever a line or a key did can be taken back.",
         lambda live: _words(live) and not _wrote(live, Kind.UNDO), ("undo",)),
    Hint("elsewhere", "They answer another topic? 2: and the words file them under topic 2.",
         lambda live: live.current not in (None, 2) and live.topic(2) is not None),
    Hint("name", "They name somebody? @Name, organization keeps who it is.",
         lambda live: not live.referrals, ("name",)),
)  # fmt: skip
"""In the order in which they are of use."""


@value
class Hinted:
    """What was hinted at so far in a call."""

    told: tuple[str, ...] = ()
    prompt: Prompt | None = None
    """The hint that stands."""
    over: int | None = None
    """When the last one went."""


def hinted(live: LiveInterview, before: Hinted, *, free: bool, typing: bool) -> Hinted:
    """What stands at `live.now`.

    `free` says that nothing else has a reason to stand on the line; `typing`, that a line is half
    typed: then no hint comes, and one that stands stays.
    """
    if before.prompt is not None:
        hint = next(each for each in HINTS if each.name == before.told[-1])
        since = before.prompt.since
        put_away = live.notnow_at is not None and live.notnow_at >= since
        if free and not put_away and live.now < since + STANDS and hint.fits(live):
            return before
        told = tuple(each.name for each in HINTS) if put_away else before.told
        return Hinted(told, None, live.now)
    if not free or typing or not _lull(live, before):
        return before
    hints = (each for each in HINTS if each.name not in before.told and each.fits(live))
    if (found := next(hints, None)) is None:
        return before
    prompt = Prompt((Say.HINT,), found.text, live.now, Label.NOTHING, found.commands)
    return replace(before, told=(*before.told, found.name), prompt=prompt)


def _lull(live: LiveInterview, before: Hinted) -> bool:
    """Whether a call goes on in which nothing was entered for a while; never once names are due."""
    last_over = -APART if before.over is None else before.over
    if live.phase is not Phase.LIVE or live.now >= live.agreement.gate:
        return False
    if live.now < max(live.agreement.start + FIRST_AFTER, last_over + APART):
        return False
    last = next((e for e in reversed(live.log) if e.kind not in (Kind.SHOWN, Kind.START)), None)
    return last is None or live.now >= last.entered + LULL
