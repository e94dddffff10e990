"""Transcripts: WebVTT, SubRip, and the texts of Zoom, Teams, Otter and whisper.cpp.

What a file is, its content says. Every row needs a time; a text without times cannot be laid beside
anything.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from iview_tui.domain.spoken import Spoken
from iview_tui.domain.text import one_line

LARGEST = 20_000_000
"""Characters of a file."""
LONGEST, LONGEST_NAME = 4000, 60
"""Characters of one thing said, and of a speaker's name."""
_HALF_A_DAY, _HOUR = 12 * 3600, 3600

STAMP = r"(?:\d{1,3}:)?\d{1,3}:\d{1,2}(?:[.,]\d{1,3})?"
_CUE = re.compile(rf"\s*({STAMP})\s*-->\s*{STAMP}(?:\s.*)?$")
_WHISPER = re.compile(rf"\s*\[({STAMP})\s*-->\s*{STAMP}\]\s*(.*)$")
_NAME_THEN_CLOCK = re.compile(r"\s*\[([^\[\]]{1,60})\]\s+(\d{1,2}:\d{2}:\d{2})\s*$")
"""Zoom's saved captions: who, and the time of day."""
_NAME_THEN_TIME = re.compile(rf"\s*(\S.{{0,59}}?)(?:\s+|\s*\()({STAMP})\)?:?\s*$")
"""Otter and Teams: `Ana Ruiz  0:03`, with what was said in the lines below."""
_NAME_TIME_TEXT = re.compile(rf"\s*([^\s:\[(][^:\[(]{{0,59}}?)\s*[\[(]({STAMP})[\])]:?\s+(\S.*)$")
_TIME_TEXT = re.compile(rf"\s*[\[(]?({STAMP})[\])]?(?:\s+-)?(?:\s+(.*))?$")
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
_TAG = re.compile(r"</?[a-zA-Z0-9:.][^<>]*>")
_ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_PREFIX = re.compile(r"\[?([^\W_][^:\[\]]{0,59}?)\]?\s*:\s+(?=\S)")
_OWN_LINE = re.compile(
    r"(?![^\n]*[.,?!…:]\s*\n)[^\W\d_a-z]\S*(?: [^\W\d_a-z]\S*){0,3} ?\n.*\S", re.DOTALL
)
_NUMBERED = re.compile(r"\((speaker \S{1,10})\)\s*", re.IGNORECASE)
_BRACKETS_ONLY = re.compile(r"(?:\[[^\]]*\]|\([^)]*\)|\s)+")
_FOOTER = re.compile(r"transcribed by https?://\S+", re.IGNORECASE)
MOST_WORDS = 4
"""Words of a name before a colon."""


def read(text: str, name: str) -> tuple[Spoken, ...]:
    """What was said, in the order of time.

    `name` is that of the file. Raises ValueError, whose text is one sentence that says why not.
    """
    if len(text) > LARGEST:
        raise ValueError(f"it is too large for a transcript (over {LARGEST:,} characters)")
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise ValueError("it is empty")
    if "\0" in text:
        raise ValueError("it is not a text")
    lines = [
        as_shown(line) for line in (text if "\n" in text else text.replace("\r", "\n")).split("\n")
    ]
    lowered = name.casefold()
    cues = lines[0].startswith("WEBVTT") or lowered.endswith((".vtt", ".srt"))
    if cues or any(_CUE.match(line) for line in lines):
        rows = list(_cues(lines))
    else:
        rows = list(_of_day(_timed(lines)))
    found = [
        Spoken(row.seconds, _name(row.speaker), words)
        for row in _with_prefixes(rows)
        if (words := one_line(row.text, LONGEST)) and not _BRACKETS_ONLY.fullmatch(words)
    ]
    if not found:
        raise ValueError("it has no line with a time and what was said then")
    return tuple(sorted(_settled(found), key=lambda row: row.seconds))


def as_shown(line: str) -> str:
    """What a terminal would show of a line that was written over itself."""
    return _ESCAPE.sub("", line).rstrip("\r").rpartition("\r")[2]


def _seconds(stamp: str) -> int:
    """`1:02:03.500`, `2:03`, and with a comma."""
    parts = [int(part) for part in re.split(r"[.,]", stamp)[0].split(":")]
    whole = 0
    for part in parts:
        whole = 60 * whole + part
    return whole


def _name(given: str | None) -> str | None:
    return one_line(given, LONGEST_NAME) or None if given else None


# -- cues ----------------------------------------------------------------------------------------


def _cues(lines: Sequence[str]) -> Iterator[Spoken]:
    """The cues of WebVTT and SubRip; a cue ends with a blank line, or where the next begins."""
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if "-->" not in line:
            continue
        begun = _CUE.match(line)
        if begun is None:
            raise ValueError(f"line {number} is no time of a cue: {one_line(line, 60)!r}")
        words: list[str] = []
        while number < len(lines) and lines[number].strip() and "-->" not in lines[number]:
            words.append(lines[number])
            number += 1
        if number < len(lines) and "-->" in lines[number] and words and words[-1].strip().isdigit():
            words.pop()  # the number of the next cue
        yield from _voices(_seconds(begun[1]), "\n".join(words))


def _voices(seconds: int, text: str) -> Iterator[Spoken]:
    """One row for each voice of a cue."""
    said, *voiced = VOICE.split(text)
    if plain(said):
        yield Spoken(seconds, None, plain(said))
    for speaker, words in zip(voiced[::2], voiced[1::2], strict=True):
        yield Spoken(seconds, unescape(speaker), plain(words))


def plain(text: str) -> str:
    """Without the marks and escapes of WebVTT and SubRip."""
    return unescape(_TAG.sub("", text)).strip()


# -- texts ---------------------------------------------------------------------------------------


def _timed(lines: Sequence[str]) -> Iterator[tuple[Spoken, bool]]:
    """The rows of a text, each with whether its time is one of the day.

    The form that most lines have is that of the file; what looks like another is what was said.
    """
    heads = max(_FORMS, key=lambda form: sum(form(line) is not None for line in lines))
    at: int | None = None
    of_day, speaker, words = False, None, list[str]()
    for line in lines:
        if line.startswith("### ") or _FOOTER.fullmatch(line.strip()):
            continue
        head = heads(line)
        if head is None:
            words.append(line.strip())
            continue
        if at is not None:
            yield Spoken(at, speaker, " ".join(words)), of_day
        stamp, speaker, said, of_day = head
        at, words = _seconds(stamp), [said]
    if at is not None:
        yield Spoken(at, speaker, " ".join(words)), of_day


_Head = tuple[str, str | None, str, bool]
"""The time, speaker and words with which a line begins something said; whether of the day."""


def _whisper(line: str) -> _Head | None:
    found = _WHISPER.match(line)
    return (found[1], None, found[2], False) if found else None


def _name_then_clock(line: str) -> _Head | None:
    found = _NAME_THEN_CLOCK.match(line)
    return (found[2], found[1], "", True) if found else None


def _time_text(line: str) -> _Head | None:
    found = _TIME_TEXT.match(line)
    return (found[1], None, found[2] or "", False) if found else None


def _name_time_text(line: str) -> _Head | None:
    found = _NAME_TIME_TEXT.match(line)
    return (found[2], found[1], found[3], False) if found else None


def _name_then_time(line: str) -> _Head | None:
    found = _NAME_THEN_TIME.match(line)
    few = found is not None and len(found[1].split()) <= MOST_WORDS
    return (found[2], found[1], "", False) if found and few else None


_FORMS = (_whisper, _name_then_clock, _time_text, _name_time_text, _name_then_time)


def _of_day(rows: Iterable[tuple[Spoken, bool]]) -> Iterator[Spoken]:
    """Times of the day as seconds since the first; a text that begins after an hour has such."""
    first: int | None = None
    last, days = 0, 0
    for row, of_day in rows:
        if first is None:
            first = row.seconds if of_day or row.seconds >= _HOUR else 0
            last = row.seconds
        if first and last - row.seconds > _HALF_A_DAY:
            days += 1
        last = row.seconds
        yield row._replace(seconds=max(0, row.seconds + days * 2 * _HALF_A_DAY - first))


# -- who -----------------------------------------------------------------------------------------


def _with_prefixes(rows: Sequence[Spoken]) -> list[Spoken]:
    """`Ana Ruiz: ...` is a speaker where most rows of the file begin so.

    Older files of Teams have the name on a line of its own in each cue.
    """
    if all(row.speaker is None and _OWN_LINE.match(row.text) for row in rows if row.text):
        parted = [row.text.partition("\n") for row in rows]
        return [Spoken(row.seconds, who or None, words)
                for row, (who, _, words) in zip(rows, parted, strict=True)]  # fmt: skip
    split = [row if row.speaker else _prefixed(row) for row in rows]
    bare = sum(row.speaker is None for row in rows)
    named = sum(row.speaker is None and one.speaker is not None
                for row, one in zip(rows, split, strict=True))  # fmt: skip
    return split if 2 * named >= bare else list(rows)


def _prefixed(row: Spoken) -> Spoken:
    found = _NUMBERED.match(row.text) or _PREFIX.match(row.text)
    if found is None:
        return row
    words = found[1].split()
    shaped = len(words) <= MOST_WORDS and not any(word[:1].islower() for word in words[:1])
    if not shaped and not found[0].startswith("("):
        return row
    return row._replace(speaker=found[1], text=row.text[found.end() :])


def _settled(rows: Iterable[Spoken]) -> Iterator[Spoken]:
    """A row that says the one before it again, and more of it, takes its place."""
    pending: Spoken | None = None
    for row in rows:
        if pending is not None:
            grown = row.speaker == pending.speaker and row.text.startswith(pending.text)
            if not (grown and row.seconds - pending.seconds <= 1):
                yield pending
        pending = row
    if pending is not None:
        yield pending
