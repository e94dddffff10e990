"""Templates, what may be cited, and proofreading."""

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.domain.letters import (
    KINDS,
    LINKEDIN,
    BadTemplate,
    Draft,
    Held,
    Known,
    Me,
    as_text,
    draft,
    filled,
    first_way,
    from_text,
    promised,
)
from iview_tui.domain.proofreading import proofread
from iview_tui.domain.record import Contact
from iview_tui.domain.text import one_line
from iview_tui.services.letters import rules, words

TODAY = date(2026, 11, 24)
DANA = Contact("d", "Dana Reyes", "Metro Council", "planner", ("dana@metro.example",), ("555",))
ME = Me("Tomke Lund", "I am a student of sociology", "urban planning", "555 0101", "t@lund.example")
KNOWN = Known(DANA, ME, TODAY, learn="how you came to planning")
WORDS = words(Path("/nowhere"))
GOOD = (
    "Dear Dana Reyes,\n\nMy name is Tomke Lund. I am a student of sociology. I read your article on"
    " bus lanes. I would like to learn how you came to planning. Might you have 30 minutes?"
)


def rules_of(body: str, kind: str = "email", known: Known = KNOWN) -> list[str]:
    return [each.rule for each in proofread(Draft(kind, None, "", body), known, rules())]


@pytest.mark.parametrize("kind", KINDS)
def test_every_letter_has_blanks_only_for_what_is_not_known(kind: str) -> None:
    bare = draft(kind, Known(Contact("d", "Dana Reyes"), Me(), TODAY), WORDS)
    assert "[" in bare.subject + bare.body
    assert "$" not in bare.subject + bare.body
    assert any(f.rule == "blank" for f in proofread(bare, KNOWN, rules()))


def test_the_referrer_is_named_only_where_they_may_be() -> None:
    named = Known(DANA, ME, TODAY, referrer="Susan Wilson")
    for kind in ("email", "letter", "phone", "voicemail", "referral"):
        assert "Susan Wilson suggested" in draft(kind, named, WORDS).body.replace(
            "Susan Wilson, with whom I talked about urban planning,", "Susan Wilson"
        )
        hidden = Known(DANA, ME, TODAY, not_to_name=("Susan Wilson",))
        assert "Susan" not in draft(kind, hidden, WORDS).body
    assert rules_of(GOOD, known=named) == ["referrer_missing"]
    hidden = Known(DANA, ME, TODAY, not_to_name=("Susan Wilson",))
    assert rules_of(GOOD + " Susan sends her regards.", known=hidden) == ["referrer_named"]


def test_thanks_cite_each_of_their_words_once() -> None:
    held = Held(
        TODAY, ("The studio decides.", "Ask early."), ("bus lanes first",), named=("Bo Ek",)
    )
    made = draft("thanks", Known(DANA, ME, TODAY, held=held), WORDS)
    for text in ("“The studio decides.”", "“Ask early.”", "bus lanes first", "naming Bo Ek"):
        assert made.body.count(text) == 1
    assert "[" not in made.body
    assert "who else" not in made.body
    nobody = draft("thanks", Known(DANA, ME, TODAY, held=Held(TODAY, nobody_named=True)), WORDS)
    assert "who else" in nobody.body
    assert "[what you took from the talk]" in nobody.body
    linked = draft("linkedin", Known(DANA, ME, TODAY, held=held), WORDS)
    assert "The studio decides." in linked.body
    assert "Ask early." not in linked.body
    assert len(linked.body) <= LINKEDIN[0]


def test_a_letter_promises_a_call_on_a_working_day() -> None:
    made = draft("letter", KNOWN, WORDS)
    assert promised(made.body, TODAY) == date(2026, 12, 1)
    saturday = draft("letter", Known(DANA, ME, date(2026, 11, 28)), WORDS)
    assert promised(saturday.body, date(2026, 11, 28)) == date(2026, 12, 7)
    assert promised("I will call on Monday, January 4.", TODAY) == date(2027, 1, 4)
    assert promised("Monday, February 31, 2027", TODAY) is None
    assert "no_call" in rules_of(GOOD, "letter")


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("Dear $name,\n\n$nme", "own.txt, line 3: there is no $nme"),
        ("It costs $ 5", "own.txt, line 1: a $ that stands for itself is written $$"),
        ("${name.__class__}", "own.txt, line 1: a $"),
    ],
)
def test_a_template_that_names_something_unknown_is_said(template: str, sentence: str) -> None:
    with pytest.raises(BadTemplate, match="own") as caught:
        filled("own", template, {"name": ("Dana",)}, {})
    assert str(caught.value).startswith(sentence)


def test_who_is_new_is_written_to_by_what_is_known() -> None:
    assert first_way(DANA) == "email"
    assert first_way(Contact("a", "A B", "Metro", phones=("1",))) == "letter"
    assert first_way(Contact("a", "A B", phones=("1",))) == "phone"
    assert first_way(Contact("a", "A B")) == "letter"


NAMES = st.one_of(
    st.text(min_size=1, max_size=40).map(one_line).filter(bool),
    st.sampled_from(["$me_email", "${why}", "{0}", "%s", "Bo\nBcc: x@y.example", "? $name", "$$"]),
)


@settings(max_examples=100, deadline=None)
@given(name=NAMES, words_of=NAMES, kind=st.sampled_from(KINDS))
def test_no_name_is_a_template_or_a_header(name: str, words_of: str, kind: str) -> None:
    who = Contact("d", name, words_of, None, ("dana@metro.example",))
    held = Held(TODAY, (words_of,), named=(name,))
    known = Known(who, ME, TODAY, referrer=words_of, held=held, led_to=(name,))
    made = draft(kind, known, WORDS)
    assert one_line(name) in made.body or one_line(name) in made.subject
    assert "\n" not in made.subject
    proofread(made, known, rules())


@settings(max_examples=100, deadline=None)
@given(subject=NAMES, body=st.text(max_size=200))
def test_a_letter_as_text_is_the_same_letter(subject: str, body: str) -> None:
    made = Draft("email", "dana@metro.example", one_line(subject), body)
    once = from_text(as_text(made), made)
    assert once.subject == made.subject
    assert from_text(as_text(once), once) == once


def test_a_good_letter_has_nothing_to_look_at() -> None:
    assert rules_of(GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("Dear Dana Reyes", "Dear Ms. Smith", "wrong_name"),
        ("Dear Dana Reyes,", "Hello,", "missing_name"),
        ("Dana Reyes", "Dana Reyse", "spelling"),
        ("Dana", "Dána", "spelling"),
        ("your article on bus lanes", "that Metro Counsil is near", "spelling"),
        ("30 minutes", "a moment", "no_time"),
        ("30 minutes", "90 minutes", "too_long_asked"),
        ("30 minutes", "two hours", "too_long_asked"),
        ("I read your article on bus lanes.", "", "no_why_person"),
        ("My name is Tomke Lund. I am a student of sociology.", "", "no_who"),
        ("I would like to learn how you came to planning.", "Talk to me.", "no_help"),
        ("Might you", "word " * 200 + "Might you", "too_long"),
        ("Might you", "____ Might you", "blank"),
    ],
)
def test_each_fault_is_found(old: str, new: str, rule: str) -> None:
    assert old in GOOD
    assert rule in rules_of(GOOD.replace(old, new))


def test_linkedin_counts_characters() -> None:
    told = [
        [
            f.message
            for f in proofread(Draft("linkedin", None, "", "Dana " + "y" * n), KNOWN, rules())
        ]
        for n in (195, 196, 300)
    ]
    assert [len(each) for each in told] == [0, 1, 2]


def test_asking_for_a_job_is_told_from_talking_about_jobs() -> None:
    labelled = tomllib.loads((Path(__file__).parent / "proofreading.toml").read_text("utf-8"))
    missed = [text for text in labelled["asks_job"] if "asks_job" not in rules_of(text)]
    wrong = [text for text in labelled["fine"] if "asks_job" in rules_of(text)]
    assert (missed, wrong) == ([], [])
