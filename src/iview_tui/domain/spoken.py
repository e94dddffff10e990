"""What was said in a call, as captions or a transcript have it."""

from typing import NamedTuple

_LABELS = {
    "Q": frozenset({"q", "me", "interviewer"}),
    "A": frozenset({"a", "interviewee", "guest"}),
}
"""What stands for a name where a program or a person labels the two."""


class Spoken(NamedTuple):
    """One thing that was said."""

    seconds: int
    """Whole seconds since the start of the recording."""
    speaker: str | None
    text: str


def side_of(name: str | None, me: str | None, them: str | None) -> str | None:
    """Q where a speaker's name is that of who interviews, A of who answers, None where neither.

    The more words of a name are shared, the surer; two who share a family name share one word.
    """
    words = _words(name)
    asks, answers = (
        len(words & (_LABELS[side] | _words(known))) for side, known in (("Q", me), ("A", them))
    )
    return None if asks == answers else "Q" if asks > answers else "A"


def _words(name: str | None) -> frozenset[str]:
    return frozenset((name or "").casefold().split())
