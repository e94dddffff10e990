"""The one door to the screen: text of people as whole signs that take the cells they are said to.

Nothing here parses markup, and nothing of it reaches a widget that does. What a terminal could
take for an order, or draw wider or narrower than counted, is replaced; the kept text is not.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rich.cells import cell_len as _rich_cells

DOTS = "…"
_JOINER = "\u200d"
_PLAIN = {"\n": "¶", "\t": " ", "\u2028": "¶", "\u2029": "¶"}
_FLAG_A, _FLAG_Z = 0x1F1E6, 0x1F1FF
_TONES = range(0x1F3FB, 0x1F400)
_MOST_MARKS = 4
"""Marks kept on one letter: more than any script needs, fewer than runs over the rows above."""


def cells(text: str) -> int:
    """How many columns a shown text takes."""
    return len(text) if text.isascii() else _rich_cells(text)


@lru_cache(maxsize=2048)
def shown(text: str) -> str:
    """The text as it may stand on the screen, on one line.

    Line ends become `¶`; controls and bidi orders go; a joined emoji is its first sign, a flag its
    letters, since terminals do not agree on how wide these are (LOOK.md, section 6).
    """
    if text.isascii() and text.isprintable():
        return text
    out: list[str] = []
    marks = 0
    skip = False
    for char in text:
        if skip:
            skip = False
            if ord(char) > 0x2000:
                continue
        code = ord(char)
        if char in _PLAIN:
            char = _PLAIN[char]
        elif char == _JOINER and out and ord(out[-1]) > 0x2000:
            skip = True
            continue
        elif _FLAG_A <= code <= _FLAG_Z:
            char = chr(ord("A") + code - _FLAG_A)
        elif code in _TONES or 0xFE00 <= code <= 0xFE0F or code == 0x20E3:
            continue
        category = unicodedata.category(char)
        if category in ("Mn", "Me"):
            marks += 1
            if marks > _MOST_MARKS or not out:
                continue
        else:
            marks = 0
            if category == "Cs":
                char = "\N{REPLACEMENT CHARACTER}"
            elif category in ("Cc", "Cf", "Cn", "Co"):
                continue
        out.append(char)
    return "".join(out)


def clusters(text: str) -> Iterable[str]:
    """The text in pieces that must not be cut: a sign with the marks on it."""
    piece = ""
    for char in text:
        if piece and unicodedata.category(char) in ("Mn", "Me", "Mc"):
            piece += char
        else:
            if piece:
                yield piece
            piece = char
    if piece:
        yield piece


def head(text: str, width: int) -> str:
    """The beginning of a shown text that fits, padded where a wide sign would be halved."""
    if text.isascii():
        return text[: max(width, 0)]
    taken, room = "", width
    for piece in clusters(text):
        size = cells(piece)
        if size > room:
            return taken + " " * (room if size == 2 and room == 1 else 0)
        taken, room = taken + piece, room - size
    return taken


def cut(text: str, width: int, dots: str = DOTS) -> str:
    """A shown text of at most `width` cells; what is left out becomes one `…`."""
    if cells(text) <= width:
        return text
    if width <= len(dots):
        return head(text, width)
    return head(text, width - len(dots)).rstrip() + dots


def pad(text: str, width: int, dots: str = DOTS) -> str:
    """A shown text of exactly `width` cells."""
    text = cut(text, width, dots)
    return text + " " * (width - cells(text))


def right(text: str, width: int) -> str:
    """A shown text of exactly `width` cells, at their end; a longer one keeps its beginning."""
    text = head(text, width)
    return " " * (width - cells(text)) + text


def wrap(text: str, width: int) -> list[str]:
    """A shown text in lines of at most `width` cells, broken between words where that can be."""
    width = max(width, 2)
    lines: list[str] = []
    line, room = "", width
    for word in text.split():
        size = cells(word)
        if line and size + 1 <= room:
            line, room = f"{line} {word}", room - size - 1
            continue
        if line:
            lines.append(line)
        while size > width:
            begin = head(word, width).rstrip() or word[0]
            lines.append(begin)
            word = word[len(begin) :]
            size = cells(word)
        line, room = word, width - size
    if line:
        lines.append(line)
    return lines or [""]


def even(text: str, width: int) -> list[str]:
    """A shown text in as few lines as `wrap` needs, about equally long: read at one glance."""
    lines = wrap(text, width)
    if len(lines) == 1:
        return lines
    low, high = max(map(cells, text.split()), default=1), width
    while low < high:
        middle = (low + high) // 2
        if len(wrap(text, middle)) <= len(lines):
            high = middle
        else:
            low = middle + 1
    return wrap(text, min(low, width))


def minutes(seconds: int) -> str:
    """A duration as `m:ss`."""
    return f"{seconds // 60}:{seconds % 60:02}"
