"""Letters as drafts: whole, in any script, and never with a header that a text brought along."""

from email import message_from_bytes, policy
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iview_tui.domain.text import clean, one_line
from iview_tui.interchange.mail import LONGEST_MAILTO, eml, is_address, mailto


@settings(max_examples=150)
@example(subject="=?", body="", to="")
@given(subject=st.text(max_size=120), body=st.text(max_size=400), to=st.text(max_size=30))
def test_a_draft_says_what_was_written_and_nothing_else(subject: str, body: str, to: str) -> None:
    data = eml(to, subject, body)
    read = message_from_bytes(data, policy=policy.default)

    allowed = {"x-unsent", "subject", "content-type", "content-transfer-encoding", "mime-version",
               "to"}  # fmt: skip
    assert {name.lower() for name in read} <= allowed
    assert read["X-Unsent"] == "1"
    assert read.get_content().splitlines() == (clean(body) or "\n").splitlines()
    harmless = one_line(subject, 500).replace("=?", "= ?")  # else it would be decoded
    assert str(read["Subject"] or "").split() == harmless.split()


def test_a_header_cannot_be_brought_in() -> None:
    data = eml("dele@metro.example", "Hello\r\nBcc: all@x.example", "text", "me@me.example")
    read = message_from_bytes(data, policy=policy.default)

    assert read["Bcc"] is None
    assert (read["To"], read["From"]) == ("dele@metro.example", "me@me.example")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("dele@metro.example", True), ("dele@m\u00fcnchen.example", True), ("dele", False),
        ("d\u00e9l@x.example", False), ("a b@x.example", False), ("a@b", False),
        ("a@x.example, b@x.example", False),
        ("", False), (None, False), ("a\r\nBcc: x@y.example", False), (".a@x.example", False),
    ],
)  # fmt: skip
def test_an_address(text: str | None, is_one: bool) -> None:
    assert is_address(text) is is_one
    assert (b"\nTo:" in eml(text, "s", "b")) is is_one


@settings(max_examples=100)
@given(subject=st.text(max_size=60), body=st.text(max_size=1500))
def test_an_address_of_a_letter_is_short_enough_and_says_what_was_cut(
    subject: str, body: str
) -> None:
    made = mailto("dele@metro.example", subject, body)

    assert len(made.url) <= LONGEST_MAILTO
    parts = urlsplit(made.url)
    told = unquote(parse_qs(parts.query, keep_blank_values=True).get("body", [""])[0])
    text = clean(body).strip()
    if not made.cut and "%" not in text and "&" not in text:
        assert told.replace("\r\n", "\n") == text
    assert len(text) - made.cut <= len(text)


def test_a_long_letter_is_cut_between_signs() -> None:
    made = mailto("dele@metro.example", "s & t", "\u00f6" * 3000)

    assert 2000 < made.cut < 3000
    assert len(made.url) <= LONGEST_MAILTO
    assert made.url.endswith("%C3%B6")


@pytest.mark.parametrize(
    "text", ["a\x00b@c.example", "a@c\x1b.example", "a@" + "c" * 260 + ".example"]
)
def test_what_no_mail_program_takes_is_no_address(text: str) -> None:
    """Control characters, and more than an address can have."""
    assert not is_address(text)


def test_a_long_subject_leaves_room_in_a_mailto() -> None:
    """The whole address is one that mail programs open."""
    made = mailto("a@b.example", "é" * 500, "Dear Dr. Okonjo, " * 200)

    assert len(made.url) <= LONGEST_MAILTO
    assert "Dear%20Dr." in made.url


def test_an_encoded_word_in_a_name_hides_no_header() -> None:
    hidden = "About =?utf-8?q?=0ABcc:_eve=40e.example?="

    made = eml("=?utf-8?q?=0ABcc?=@bo.example", hidden, "Dear Bo,")

    read = message_from_bytes(made, policy=policy.default)
    assert "Bcc" not in read
    assert "To" not in read
    assert read["Subject"] == "About = ?utf-8?q?=0ABcc:_eve=40e.example?="
    assert read.get_content().strip() == "Dear Bo,"
