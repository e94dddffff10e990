"""The one door in for text lets in what has a shape, and nothing else."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.domain.text import bounded, cells, clean, one_line

ANY_TEXT = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\x1b[31mb\x07", "a[31mb"),
        ("a\x9b2Jb\x9d52;c\x9c", "a2Jb52;c"),
        ("\x1b]0;title\x07", "]0;title"),
        ("abc\u202ecba\u2066x\u2069", "abccbax"),
        ("a\u200bb\ufeffc\u2060d\u00ade\u200e", "abcde"),
        ("pay\U000e0041\U000e007f", "pay"),
        ("a\u3164b\u034fc\uffa0", "abc"),
        ("one\r\ntwo\rthree\u2028four\x85five\x0bsix", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("tab\tkept\n", "tab\tkept\n"),
        ("Mu\u0308ller", "M\u00fcller"),
        ("\U0001f469\u200d\U0001f4bb \u0645\u06cc\u200c\u062e\u0648", None),
        ("\u6c17\ue000 \u2764\ufe0f", None),
        ("half \ud800", "half \ufffd"),
        ("\ufdd0x\ufffe\U0010ffff", "x"),
        ("u\u200b\u0308", "\u00fc"),
        ("\u0600\u0661", None),
    ],
)
def test_clean(raw: str, cleaned: str | None) -> None:
    """What is no text goes, what scripts and emoji need stays (None: unchanged)."""
    assert clean(raw) == (raw if cleaned is None else cleaned)


@settings(max_examples=200)
@given(ANY_TEXT)
def test_clean_text_is_clean(raw: str) -> None:
    """Whatever comes, the result is NFC, can be written to a file, and stays as it is."""
    text = clean(raw)

    assert clean(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert text.encode().decode() == text
    assert not [c for c in text if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert not [c for c in text if unicodedata.bidirectional(c) in {"LRE", "RLO", "RLI", "FSI"}]


@settings(max_examples=150)
@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_letters_are_never_lost(raw: str) -> None:
    """The door takes out signs that show nothing; letters and digits pass."""
    blank = "\u115f\u1160\u3164\uffa0"
    seen = "".join(c for c in unicodedata.normalize("NFC", raw) if c not in blank)

    assert clean(raw) == unicodedata.normalize("NFC", seen)


def test_one_line_is_one_line_and_bounded() -> None:
    """Line ends and runs of blanks become one blank."""
    assert one_line("  a\n\n b\tc  ") == "a b c"
    assert one_line("a b c", 2) == "a"


@settings(max_examples=150)
@given(ANY_TEXT, st.integers(0, 20))
def test_bounded_is_a_beginning(text: str, most: int) -> None:
    """At most so many characters, all from the start."""
    cut = bounded(text, most)

    assert len(cut) <= most
    assert text.startswith(cut)


def test_bounded_parts_no_mark_from_its_letter() -> None:
    """A mark that would be cut off takes its letter along; a joined sign goes whole."""
    assert bounded("abx\u0323\u0304", 3) == "ab"
    assert bounded("ab\U0001f469\u200d\U0001f4bb", 4) == "ab"


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("\u57f9\u8bad", 4), ("e\u0301", 1), ("\u2764\ufe0f", 2)]
)
def test_cells(text: str, width: int) -> None:
    """Wide signs take two columns, marks none."""
    assert cells(text) == width


def test_code_points_without_a_sign_that_nothing_shows_go() -> None:
    assert clean("a\u2065b\ufff3c\U000e0fffd") == "abcd"
