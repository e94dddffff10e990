"""The one door in for text: what a person, a file or a paste brings is cleaned here, once."""

import re
import unicodedata

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ZWNJ, _ZWJ = "\u200c", "\u200d"
_KEPT_FORMATS = frozenset(
    {_ZWNJ, _ZWJ}  # they join and part letters, in names too
    | {chr(c) for c in (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD)}
)
"""Signs of the category Cf that have a shape or change one."""
_BLANK_LETTERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u3164\uffa0")
"""Signs that count as letters or marks, and show nothing."""
_UNSHOWN = range(0x2065, 0x2066), range(0xFFF0, 0xFFF9), range(0xE0000, 0xE1000)
"""Unicode has kept them for signs that show nothing."""
_WIDE_SIGN = "\ufe0f"


def clean(text: str) -> str:
    """Text without what is not text, in NFC, its line ends `\\n`.

    Control, C1, bidi and invisible signs and noncharacters go; newline, tab, and the joiners that
    scripts and emoji need (ZWJ, ZWNJ) stay. Half a surrogate, which no file can hold, becomes
    U+FFFD, so that it is seen. Cleaning twice changes nothing.
    """
    text = _LINE_ENDS.sub("\n", text)
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", "".join(map(_let_in, text)))


def one_line(text: str, most: int | None = None) -> str:
    """Cleaned text on one line, runs of blanks made one; at most so many characters."""
    line = re.sub(r"[ \t\n]+", " ", clean(text)).strip()
    return line if most is None else bounded(line, most).rstrip()


def bounded(text: str, most: int) -> str:
    """The first `most` characters or fewer, where the cut would part a mark from its letter."""
    if len(text) <= most:
        return text
    end = max(most, 0)
    while end > 0 and (_joins(text[end]) or text[end - 1] == _ZWJ):
        end -= 1
    return text[:end]


def cells(text: str) -> int:
    """How many columns of a terminal the text takes, near enough to shorten a name."""
    return sum(map(_width, text))


def fitting(text: str, width: int) -> int:
    """How many characters of the text fit into so many columns."""
    taken = 0
    for index, char in enumerate(text):
        taken += _width(char)
        if taken > width:
            return index
    return len(text)


def _let_in(char: str) -> str:
    """The character, what stands for it, or nothing."""
    if char in "\n\t":
        return char
    match unicodedata.category(char):
        case "Cc":
            return ""
        case "Cf":
            return char if char in _KEPT_FORMATS else ""
        case "Cs":
            return "\N{REPLACEMENT CHARACTER}"
        case "Cn" if any(ord(char) in signs for signs in _UNSHOWN):
            return ""
        case "Cn" if 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE:
            return ""
        case _:
            return "" if char in _BLANK_LETTERS else char


def _joins(char: str) -> bool:
    """Whether it belongs to the character before it."""
    return char in (_ZWJ, _ZWNJ) or unicodedata.category(char) in ("Mn", "Mc", "Me")


def _width(char: str) -> int:
    if char == _WIDE_SIGN:
        return 1  # it makes the narrow sign before it wide
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
