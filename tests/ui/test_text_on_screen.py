"""The door to the screen: nothing is drawn wider than counted, nothing is taken for an order."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.ui.text import cells, cut, even, head, pad, right, shown, wrap


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("[red]x [/] [@click=app.quit]y", "[red]x [/] [@click=app.quit]y"),
        ("one\ntwo", "one¶two"),
        ("a\tb", "a b"),
        ("bell\x07 esc\x1b[31m", "bell esc[31m"),
        ("\u202eevil", "evil"),
        ("👩‍👩‍👧 family", "👩 family"),
        ("👍🏽 ok", "👍 ok"),
        ("🇫🇷 Paris", "FR Paris"),
        ("❤️ it", "❤ it"),
        ("Jose\u0301", "Jose\u0301"),
        ("नमस्ते", "नमस्ते"),
    ],
)
def test_what_stands_on_the_screen_for_what_was_typed(typed: str, seen: str) -> None:
    assert shown(typed) == seen


@settings(max_examples=150)
@given(st.text(max_size=60), st.integers(0, 40))
def test_every_way_of_cutting_keeps_its_width(text: str, width: int) -> None:
    seen = shown(text)

    assert cells(cut(seen, width)) <= width
    assert cells(pad(seen, width)) == width
    assert cells(right(seen, width)) == width
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in seen)


@settings(max_examples=150)
@given(st.text(max_size=200), st.integers(2, 60))
def test_wrapping_loses_no_sign_and_no_line_is_too_long(text: str, width: int) -> None:
    seen = shown(text)
    for lines in (wrap(seen, width), even(seen, width)):
        assert all(cells(line) <= width for line in lines)
        assert "".join("".join(lines).split()) == "".join(seen.split())


def test_a_wide_sign_that_would_be_halved_leaves_a_blank() -> None:
    assert head("東京", 3) == "東 "


def test_a_question_breaks_into_even_lines() -> None:
    question = "Where do people usually start, and how does it look for them right now?"

    assert even(question, 43) == [
        "Where do people usually start, and",
        "how does it look for them right now?",
    ]
