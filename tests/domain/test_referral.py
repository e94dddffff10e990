"""People they named, read without guessing; the table of lines has most of the forms."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.domain.referral import Person, merge, parse, same_name, split
from iview_tui.services import bank

LEXICON = bank.lexicon()

FIRST = ("Dele", "Ana", "Sinéad", "Jean-Luc", "Ngozi", "Łukasz", "王小明", "Мария", "J.")
LAST = ("Okonjo", "Brandt", "O'Brien", "O’Neill", "Smith-Jones", "de la Cruz", "van Berg", "Öberg")
NAMES = st.builds(lambda first, last: f"{first} {last}", *map(st.sampled_from, (FIRST, LAST)))
WORDS = st.sampled_from(
    ["Dele", "Okonjo", "and", "&", ";", "@", ",", "at", "from", "-", "(", ")", "?", "the", "Metro",
     "council", "dele@metro.example", "555", "0100", "someone", "王小明", "🙂", "d'", "."]
)  # fmt: skip


@given(NAMES)
@settings(max_examples=100)
def test_a_full_name_is_sure_in_every_case_and_form(name: str) -> None:
    """As it is, in lower case, in capitals; with what follows or without."""
    for typed in (name, name.lower(), name.upper()):
        person = parse(typed, LEXICON)
        more = parse(f"{typed}, Metro council, dele@metro.example", LEXICON)

        assert person == Person(typed, sure=True)
        assert more == Person(typed, "Metro council", "dele@metro.example", sure=True)


@given(st.sampled_from(sorted(LEXICON.bodies | LEXICON.days | LEXICON.nobody)), NAMES)
@settings(max_examples=150)
def test_a_body_a_day_or_nobody_is_never_sure(word: str, name: str) -> None:
    """In no case, alone or beside a name."""
    for typed in (word, word.title(), word.upper(), f"{name.split()[0]} {word.title()}"):
        assert not parse(f"{typed}, Metro", LEXICON).sure


@given(st.sampled_from(sorted(LEXICON.commonest)))
@settings(max_examples=150)
def test_a_common_word_in_lower_case_is_never_sure(word: str) -> None:
    """Not even where a name stands beside it."""
    assert not parse(f"{word}, Metro", LEXICON).sure
    assert not parse(f"{word} okonjo, Metro", LEXICON).sure


@given(st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=40))
@settings(max_examples=200)
def test_any_text_is_someone(text: str) -> None:
    """It is split and read without an error; what is sure is one to four words."""
    people = split(text, LEXICON)

    assert people
    for person in (parse(one, LEXICON) for one in people):
        assert not person.sure or 1 <= len(person.name.split()) <= 4
        assert not (person.sure and person.looks_like_body)
        assert "?" not in person.name or not person.sure


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Dele Okonjo", ("Dele Okonjo",)),
        ("Dele Okonjo;", ("Dele Okonjo",)),
        (";", (";",)),
        ("Dele; Ana", ("Dele", "Ana")),
        ("Dele；Ana", ("Dele", "Ana")),
        ("Dele @Ana", ("Dele", "Ana")),
        ("Dele @ Metro", ("Dele @ Metro",)),
        ("Dele, dele@metro.example", ("Dele, dele@metro.example",)),
        ("Dele Okonjo, Metro and Civic Works", ("Dele Okonjo, Metro and Civic Works",)),
        ("Dele Okonjo & Ana Brandt, Metro", ("Dele Okonjo, Metro", "Ana Brandt, Metro")),
        ("Dele Okonjo and Ana Brandt at Metro", ("Dele Okonjo at Metro", "Ana Brandt at Metro")),
        ("Dele Okonjo at Metro and Ana Brandt", ("Dele Okonjo at Metro", "Ana Brandt")),
        (
            "Dele Okonjo and Ana Brandt, Metro, 555 0100",
            ("Dele Okonjo, Metro, 555 0100", "Ana Brandt, Metro, 555 0100"),
        ),
        (
            "Dele Okonjo and Ana Brandt, ana@metro.example, dele@metro.example",
            ("Dele Okonjo, dele@metro.example", "Ana Brandt, ana@metro.example"),
        ),
    ],
)
def test_people_of_one_line(text: str, people: tuple[str, ...]) -> None:
    """What follows two is both's, but for an address that names one of them."""
    assert split(text, LEXICON) == people


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Dele Okonjo", "dele  okonjo", True),
        ("Sinéad O’Brien", "sinéad o'brien", True),
        ("J. R. Smith", "J R Smith", True),
        ("Smith‑Jones", "Smith-Jones", True),
        ("Dele Okonjo", "Dele", False),
        ("Ana Brandt", "Anna Brandt", False),
    ],
)
def test_the_same_name(one: str, other: str, same: bool) -> None:
    """But for case, full stops, and forms of marks and blanks."""
    assert same_name(one, other) is same


def test_merge_fills_what_was_empty_and_adds_a_way() -> None:
    """Nothing that was said is overwritten."""
    old = parse("Dele, Metro", LEXICON)
    new = parse("Dele?, Civic, dele@metro.example", LEXICON)
    merged = merge(old, new)
    again = merge(merged, parse("Dele, 555 0100, dele@metro.example", LEXICON))

    assert merged == Person("Dele", "Metro", "dele@metro.example", sure=True, doubt=True)
    assert again.contact == "dele@metro.example; 555 0100"


def test_merge_makes_a_name_sure() -> None:
    """One first name in lower case is not; with what follows it is."""
    assert merge(parse("dele", LEXICON), parse("dele, metro", LEXICON)).sure
