"""Days that are said in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.domain.due import check_in, due, is_date, read_date

TUESDAY = date(2026, 11, 24)
DAYS = st.dates(date(1990, 1, 1), date(2100, 1, 1))
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("fri", date(2026, 11, 27)),
        ("Friday", date(2026, 11, 27)),
        ("FRI.", date(2026, 11, 27)),
        ("tue", date(2026, 12, 1)),
        ("tues", date(2026, 12, 1)),
        ("weds", date(2026, 11, 25)),
        ("thurs", date(2026, 11, 26)),
        ("sun", date(2026, 11, 29)),
        ("today", TUESDAY),
        ("tomorrow", date(2026, 11, 25)),
        ("eow", date(2026, 11, 27)),
        ("2 dec", date(2026, 12, 2)),
        ("2 December", date(2026, 12, 2)),
        ("2nd of december", date(2026, 12, 2)),
        ("the 2nd of December", date(2026, 12, 2)),
        ("2. dec.", date(2026, 12, 2)),
        ("dec 2", date(2026, 12, 2)),
        ("Dec. 2nd", date(2026, 12, 2)),
        ("december 2, 2027", date(2027, 12, 2)),
        ("2 dec 2025", date(2025, 12, 2)),
        ("24 nov", TUESDAY),
        ("23 nov", date(2027, 11, 23)),
        ("3 sept", date(2027, 9, 3)),
        ("may 3", date(2027, 5, 3)),
        ("29 feb", date(2028, 2, 29)),
        ("2026-12-02", date(2026, 12, 2)),
        ("2026–12–02", date(2026, 12, 2)),
        ("２ dec", date(2026, 12, 2)),
    ],
)
def test_a_day_in_words(words: str, day: date) -> None:
    """Weekdays, today, tomorrow, eow, day and month in words, ISO, however they are typed."""
    assert read_date(words, TUESDAY) == day
    assert due(f"salary survey by {words}", TUESDAY) == day


@pytest.mark.parametrize(
    "words",
    [
        "", "the author", "next week", "next fri", "fri noon", "friday at 5", "eod", "noon",
        "31 nov", "30 feb", "2/12", "12.2.", "2026-13-01", "2026", "dec", "2", "may", "5pm",
        "the 2nd", "0 dec", "2 decade", "march law", "fri or mon", "2 dec 0000",
    ],
)  # fmt: skip
def test_anything_else_leaves_no_date(words: str) -> None:
    """When in doubt, no date is made up."""
    assert read_date(words, TUESDAY) is None
    assert due(f"salary survey by {words}", TUESDAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("salary survey by fri", date(2026, 11, 27)),
        ("salary survey By Fri", date(2026, 11, 27)),
        ("by fri", date(2026, 11, 27)),
        ("the book by the author by fri", date(2026, 11, 27)),
        ("salary survey by by fri", date(2026, 11, 27)),
        ("salary survey by fri by mail", None),
        ("salary survey fri", None),
        ("standby fri", None),
        ("salary survey by", None),
        ("salary survey by fri ", date(2026, 11, 27)),
    ],
)
def test_only_the_last_by_to_the_end_counts(text: str, day: date | None) -> None:
    """Behind the last `by` stands a day and nothing else."""
    assert due(text, TUESDAY) == day


@given(DAYS, st.sampled_from(WEEKDAYS))
@settings(max_examples=150)
def test_a_weekday_is_the_next_one_and_never_today(today: date, word: str) -> None:
    """One to seven days ahead, and that weekday."""
    day = read_date(word, today)

    assert day is not None
    assert 1 <= (day - today).days <= 7
    assert WEEKDAYS[day.weekday()] == word


@given(DAYS)
@settings(max_examples=150)
def test_the_end_of_the_week_is_a_friday(today: date) -> None:
    """Today's, where today is one."""
    day = read_date("eow", today)

    assert day is not None
    assert day.weekday() == 4
    assert 0 <= (day - today).days < 7


@given(DAYS, DAYS)
@settings(max_examples=150)
def test_day_and_month_are_the_next_such_day(today: date, said: date) -> None:
    """Today or later, the same day and month, in words that are read back."""
    day = read_date(f"{said:%d %B}", today)

    assert day is not None
    assert day >= today
    assert (day.day, day.month) == (said.day, said.month)
    assert (day - today).days <= 366 * 8


@given(st.text(max_size=30), DAYS)
@settings(max_examples=150)
def test_any_words_are_read_without_an_error(words: str, today: date) -> None:
    """A day or None; and whether it is a date does not hang on today."""
    assert (read_date(words, today) is not None) == is_date(words)


@given(DAYS)
@settings(max_examples=150)
def test_the_usual_check_in(today: date) -> None:
    """In seven to ten days, and not on a weekend."""
    day = check_in("", today)

    assert 7 <= (day - today).days <= 10
    assert day.weekday() < 5


def test_a_check_in_that_was_named() -> None:
    """The day that is named, also where it is a Saturday."""
    assert check_in("2 dec", TUESDAY) == date(2026, 12, 2)
    assert check_in("sat", TUESDAY) == date(2026, 11, 28)
    assert check_in("whenever", TUESDAY) == TUESDAY + timedelta(7)
