"""What a person looks for is read out of any text, and is never an error."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iview_tui.domain.finding import KINDS, Term, Wanted, read, read_past, snippet, spans

TODAY = date(2026, 11, 24)  # a Tuesday


def words(text: str) -> list[tuple[str, bool]]:
    return [(term.text, term.prefix) for term in read(text, TODAY).terms]


def test_words_may_go_on_and_phrases_may_not() -> None:
    assert words('plan "two-year degree" a portf*') == [
        ("plan", True), ("two-year degree", False), ("a", False), ("portf", True),
    ]  # fmt: skip
    assert words("“their words” «et ceux-ci»") == [("their words", False), ("et ceux-ci", False)]
    assert words('"open') == [("open", False)]


def test_what_narrows() -> None:
    wanted = read('by:priya with:"Dele O" topic:entry kind:quote kind:letter work', TODAY)

    assert wanted.by == ("priya", "Dele O")
    assert wanted.topics == ("entry",)
    assert wanted.kinds == frozenset({"quote", "draft"})
    assert wanted.terms == (Term("work", True),)
    assert read("kind:no-such-thing", TODAY).kinds == frozenset()


@pytest.mark.parametrize(
    ("text", "since", "before", "left"),
    [
        ("since march", date(2026, 3, 1), None, []),
        ("since december salary", date(2025, 12, 1), None, ["salary"]),
        ("before 2026-11", None, date(2026, 11, 1), []),
        ("since:2026-11-03 before:today", date(2026, 11, 3), date(2026, 11, 24), []),
        ("since 3 march 2025", date(2025, 3, 3), None, []),
        ("since the 3rd of march", date(2026, 3, 3), None, []),
        ("since last week", date(2026, 11, 16), None, []),
        ("since 2 weeks ago", date(2026, 11, 10), None, []),
        ("since monday", date(2026, 11, 23), None, []),
        ("since tuesday", date(2026, 11, 17), None, []),
        ("since last year pay", date(2025, 1, 1), None, ["pay"]),
        ("since they moved", None, None, ["since", "they", "moved"]),
        ("before", None, None, ["before"]),
        ("since: 2026-13", None, None, ["2026-13"]),
    ],
)
def test_times(text: str, since: date | None, before: date | None, left: list[str]) -> None:
    wanted = read(text, TODAY)

    assert (wanted.since, wanted.before) == (since, before)
    assert [term.text for term in wanted.terms] == left


@given(st.text(), st.dates())
def test_any_text_can_be_looked_for(text: str, today: date) -> None:
    wanted = read(text, today)

    assert all(any(map(str.isalnum, t.text)) or not t.text.isascii() for t in wanted.terms)
    assert wanted.empty == (wanted == Wanted())
    for day in (wanted.since, wanted.before):
        assert day is None or isinstance(day, date)


@given(st.dates(min_value=date(1990, 1, 1)), st.sampled_from(["day", "week", "month", "year"]),
       st.integers(1, 5000))  # fmt: skip
def test_ago_is_never_in_the_future(today: date, unit: str, count: int) -> None:
    day = read_past(f"{count} {unit}s ago", today)

    assert day is not None
    assert day < today
    assert read_past("yesterday", today) == today - timedelta(1)


def test_every_kind_has_a_name_that_is_read() -> None:
    for kind, others in KINDS.items():
        for name in (kind, *others):
            assert kind in (read(f"kind:{name}", TODAY).kinds or ()), name


# -- where it is ---------------------------------------------------------------------------------


def test_words_are_found_without_accents_and_case_at_their_beginning() -> None:
    text = "Ecole, an École of replanning plans"

    assert [text[a:b] for a, b in spans(text, read("ecole plan", TODAY).terms)] == [
        "Ecole", "École", "plan",
    ]  # fmt: skip
    assert [text[a:b] for a, b in spans(text, read('"plan"', TODAY).terms)] == []
    assert spans("two - year degree", read('"two-year"', TODAY).terms) == ((0, 10),)


@given(st.text(), st.text(max_size=20), st.integers(5, 60))
def test_a_snippet_fits_and_shows_its_words(text: str, looked_for: str, width: int) -> None:
    terms = read(looked_for, TODAY).terms
    line = snippet(text, terms, width)

    assert len(line) <= width
    assert "\n" not in line
    for start, end in spans(line, terms):
        assert 0 <= start < end <= len(line)


def test_a_snippet_is_around_the_first_word() -> None:
    text = "they said " * 40 + "the portfolio beats the certificate " + "and so on " * 40

    assert "portfolio" in snippet(text, read("portf", TODAY).terms, 60)
    assert snippet(text, (), 20).startswith("they said")
