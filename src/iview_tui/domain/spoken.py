"""What was said in a call, as captions or a transcript have it."""

from typing import NamedTuple


class Spoken(NamedTuple):
    """One thing that was said."""

    seconds: int
    """Whole seconds since the start of the recording."""
    speaker: str | None
    text: str
