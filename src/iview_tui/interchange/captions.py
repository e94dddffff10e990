"""A feed of captions as it grows: whisper.cpp's `stream`, WebVTT, SubRip, plain lines.

What is written over itself, said again or grown longer counts once: a line is final when the next
one is not the same and more.
"""

import re
from collections import deque
from html import unescape

from iview_tui.domain.text import one_line
from iview_tui.domain.value import value
from iview_tui.interchange.transcripts import MOST_WORDS, STAMP, VOICE, as_shown, plain

LONGEST = 4000
"""Characters of a line; a longer one is read in pieces."""
REMEMBERED = 4
"""Lines back in which a line that rolls up is known again."""
_FRAME = re.compile(
    rf"WEBVTT\b.*|NOTE\b.*|STYLE\b.*|\d+|###.*|{STAMP}\s*-->.*"
    r"|(?:\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|\s)+"
)
"""What stands around words: headers, numbers and times of cues, marks, `[BLANK_AUDIO]`."""
_TIMED = re.compile(rf"\[\s*{STAMP}\s*-->\s*{STAMP}\s*\]\s*")
_MARK = re.compile(r"\[[A-Z_ ]+\]")
"""`[SPEAKER_TURN]` and the like, within a line."""
_NO_WORD = re.compile(r"[^\w']+")
_NAMED = re.compile(r"\[?([^\W_][^:\[\]?!.]{0,39}?)\]?\s*:\s+(?=\S)")


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
        self._pending: Heard | None = None
        """The last whole line, as long as the next may be the same and more."""
        self._before: deque[str] = deque(maxlen=REMEMBERED)

    def take(self, piece: str) -> list[Heard]:
        """The lines that are final by this piece; the last may be one that is not final yet."""
        *whole, rest = (self._rest + piece).split("\n")
        while len(rest) > LONGEST:
            whole.append(rest[:LONGEST])
            rest = rest[LONGEST:]
        self._rest = rest
        heard = [line for each in whole if (line := self._whole(each))]
        words, speaker = _words(rest)
        if not words and self._pending is not None:
            words, speaker = self._pending.text, self._pending.speaker
        if words and words != self._partial:
            heard.append(Heard(words, speaker, final=False))
        self._partial = words
        return heard

    def quiet(self) -> list[Heard]:
        """Nothing came for a while: the last whole line is final."""
        pending, self._pending, self._partial = self._pending, None, ""
        return [pending] if pending is not None else []

    @property
    def unsettled(self) -> str:
        """What was said and is not final yet."""
        return self._partial

    def _whole(self, line: str) -> Heard | None:
        """What is final now that this line is there."""
        words, speaker = _words(line)
        if not words or words in self._before:
            return None
        pending, self._pending = self._pending, Heard(words, speaker)
        self._before.append(words)
        if pending is None or (pending.speaker == speaker and _grown(pending.text, words)):
            return None
        return pending


def _grown(before: str, now: str) -> bool:
    """Whether a line says the one before it again, and perhaps more."""
    old, new = _NO_WORD.sub(" ", before).split(), _NO_WORD.sub(" ", now).split()
    return [each.casefold() for each in new[: len(old)]] == [each.casefold() for each in old]


def _words(line: str) -> tuple[str, str | None]:
    """What was said in a line, and by whom where that stands in front."""
    shown = _TIMED.sub("", as_shown(line)).strip()
    voice = VOICE.match(shown)
    speaker = unescape(voice[1]) if voice else None
    words = one_line(_MARK.sub(" ", plain(shown)), LONGEST).strip()
    if _FRAME.fullmatch(words):
        return "", None
    named = None if voice else _NAMED.match(words)
    if named and len(named[1].split()) <= MOST_WORDS:
        return words[named.end() :], named[1]
    return words, speaker
