"""A feed of captions as it grows: whisper.cpp's `stream`, WebVTT, SubRip, plain lines.

What is written over itself, said again or grown longer counts once.
"""

import re
from collections import deque
from html import unescape

from iview_tui.domain.text import one_line
from iview_tui.domain.value import value
from iview_tui.interchange.transcripts import as_shown

LONGEST = 4000
"""Characters of a line; a longer one is read in pieces."""
REMEMBERED = 4
"""Lines back in which a line that rolls up is known again."""
_FRAME = re.compile(
    r"WEBVTT\b.*|NOTE\b.*|STYLE\b.*|\d+|###.*"
    r"|(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,3})?\s*-->.*"
    r"|(?:\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|\s)+"
)
"""What stands around words: headers, numbers and times of cues, marks, `[BLANK_AUDIO]`."""
_TIMED = re.compile(r"\[\s*[\d:.,]+\s*-->\s*[\d:.,]+\s*\]\s*")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"<[^<>]*>")
_NAMED = re.compile(r"\[?([^\W_][^:\[\]?!.]{0,39}?)\]?\s*:\s+(?=\S)")
_MOST_WORDS = 4


@value
class Heard:
    """A line of captions."""

    text: str
    speaker: str | None = None
    final: bool = True
    """False while it may still be written over."""


class Captions:
    """Reads a feed piece by piece."""

    def __init__(self) -> None:
        self._rest = ""
        self._partial = ""
        self._before: deque[str] = deque(maxlen=REMEMBERED)

    def take(self, piece: str) -> list[Heard]:
        """The lines that a piece completes; the last may be one that is not complete yet."""
        *whole, rest = (self._rest + piece).split("\n")
        while len(rest) > LONGEST:
            whole.append(rest[:LONGEST])
            rest = rest[LONGEST:]
        self._rest = rest
        heard = [line for each in whole if (line := self._final(each))]
        words, speaker = _words(rest)
        if words and words != self._partial:
            heard.append(Heard(words, speaker, final=False))
        self._partial = words
        return heard

    def _final(self, line: str) -> Heard | None:
        words, speaker = _words(line)
        if not words or words in self._before:
            return None
        last = self._before[-1] if self._before else ""
        self._before.append(words)
        grown = last and words.casefold().startswith(last.casefold())
        new = words[len(last) :].strip(" ,.…") if grown else words
        return Heard(new, speaker) if new else None


def _words(line: str) -> tuple[str, str | None]:
    """What was said in a line, and by whom where that stands in front."""
    shown = _TIMED.sub("", as_shown(line)).strip()
    voice = _VOICE.match(shown)
    speaker = unescape(voice[1]) if voice else None
    words = one_line(unescape(_TAG.sub("", shown)), LONGEST)
    if _FRAME.fullmatch(words):
        return "", None
    named = None if voice else _NAMED.match(words)
    if named and len(named[1].split()) <= _MOST_WORDS:
        return words[named.end() :], named[1]
    return words, speaker
