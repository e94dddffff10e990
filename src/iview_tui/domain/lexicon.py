"""The words and signs that the note line is read by: data of the bank, handed in as one value."""

import re
from collections.abc import Mapping

from iview_tui.domain.value import value

_DIGIT = re.compile(r"\d")


@value
class Lexicon:
    """What reading a line needs to know beside the line; `services.bank.lexicon` loads it."""

    signs: Mapping[int, int]
    """Code point of a typographic or full-width form -> code point of the sign it stands for."""
    commonest: frozenset[str]
    """The commonest words, lower case: none of them is in a name that is typed in lower case."""
    bodies: frozenset[str]
    """Words for a body (team, council), lower case; endings for scripts without blanks."""
    days: frozenset[str]
    """Words for a day, lower case."""
    nobody: frozenset[str]
    """Words that are in no name however they are written (the, someone)."""
    quantities: frozenset[str]
    """Words of quantity (half, most), which jargon does not hold."""
    crash: bool = False
    """Whether `/crash` is a command (for the fault tests)."""

    def plain(self, text: str) -> str:
        """The text with every form of a sign or digit as ASCII: to decide by, never to keep.

        One character stands for one, so a place found in it is a place in the text.
        """
        if text.isascii():
            return text
        return _DIGIT.sub(lambda digit: str(int(digit[0])), text.translate(dict(self.signs)))
