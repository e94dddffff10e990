"""Days that are said in words: `by fri` behind a promise, `2 dec` behind `/may first`."""

import re
import unicodedata
from datetime import date, timedelta

_WEEKDAYS = (
    ("mon", "monday"),
    ("tue", "tues", "tuesday"),
    ("wed", "weds", "wednesday"),
    ("thu", "thur", "thurs", "thursday"),
    ("fri", "friday"),
    ("sat", "saturday"),
    ("sun", "sunday"),
)
_WEEKDAY = {word: number for number, words in enumerate(_WEEKDAYS) for word in words}
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = {month: number for number, month in enumerate(_MONTHS, 1)}
_MONTH |= {month[:3]: number for month, number in _MONTH.items()} | {"sept": 9}
_FRIDAY = 4
_SATURDAY = 5

_BY = re.compile(r"(?:^|(?<=\s))by(?=\s)", re.IGNORECASE)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_MONTH = re.compile(
    r"(?:the\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?([a-z]+)\.?(?:,?\s+(\d{4}))?"
)
_MONTH_DAY = re.compile(r"([a-z]+)\.?\s+(?:the\s+)?(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_DASHES = re.compile("[‐‑‒–—−]")


def due(text: str, today: date) -> date | None:
    """The day that a promise names by a last `by ...` to the end of the line, or None.

    What stands behind `by` must be a day and nothing else: `by the author` leaves no date.
    """
    ends = [found.end() for found in _BY.finditer(text)]
    return read_date(text[ends[-1] :], today) if ends else None


def read_date(words: str, today: date) -> date | None:
    """The day that the words name, or None where they are anything else.

    A weekday (the next one, never today), today, tomorrow, eow (Friday), day and month in words
    with or without a year (without: the next one, today included), ISO.
    """
    said = _DASHES.sub("-", unicodedata.normalize("NFKC", words)).casefold().strip().rstrip(".!")
    if said in _WEEKDAY:
        return today + timedelta((_WEEKDAY[said] - today.weekday() - 1) % 7 + 1)
    if said in ("today", "tomorrow"):
        return today + timedelta(said == "tomorrow")
    if said == "eow":
        return today + timedelta((_FRIDAY - today.weekday()) % 7)
    if iso := _ISO.fullmatch(said):
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    if found := _DAY_MONTH.fullmatch(said):
        return _in_words(found[1], found[2], found[3], today)
    if found := _MONTH_DAY.fullmatch(said):
        return _in_words(found[2], found[1], found[3], today)
    return None


def is_date(words: str) -> bool:
    """Whether the words name a day at all, whenever today is."""
    return read_date(words, date(2000, 1, 1)) is not None


def check_in(words: str, today: date) -> date:
    """When to check in with someone they ask first: the day that is named, else the usual one.

    The usual one is in 7 days, moved off a weekend to its Monday, so in 7 to 9.
    """
    named = read_date(words, today)
    if named:
        return named
    usual = today + timedelta(7)
    return usual + timedelta(max(0, 7 - usual.weekday()) if usual.weekday() >= _SATURDAY else 0)


def _in_words(day: str, month: str, year: str | None, today: date) -> date | None:
    number = _MONTH.get(month)
    if number is None:
        return None
    if year:
        return _day(int(year), number, int(day))
    # Four years on the 29th of February has come once; eight, where a century leaves one out.
    days = (_day(today.year + ahead, number, int(day)) for ahead in range(9))
    return next((found for found in days if found and found >= today), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
