"""The note line's grammar, by a table of hurried lines and by what holds for any text."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iview_tui.domain import commands
from iview_tui.domain.badge import NARROW, SHORT, WIDE, badge
from iview_tui.domain.entry import Kind
from iview_tui.domain.guide import Topic
from iview_tui.domain.line import (
    LONGEST,
    SIGNS,
    Command,
    Help,
    Later,
    Left,
    Mark,
    May,
    Moment,
    Nothing,
    Reading,
    Referrals,
    Star,
    Stays,
    Until,
    Words,
    read,
    term_and_meaning,
)
from iview_tui.domain.text import cells
from iview_tui.services import bank

TODAY = date(2026, 11, 24)  # a Tuesday
TITLES = (
    "Rewarding side", "General skills", "Specific skills", "Training", "Entry level",
    "Negative side", "Future of field", "Other ways in", "Organization",
)  # fmt: skip
TOPICS = tuple(Topic(number, title, f"{title}?") for number, title in enumerate(TITLES, 1))
LEXICON = bank.lexicon()
TABLE = tomllib.loads((Path(__file__).parent / "lines.toml").read_text(encoding="utf-8"))
ROWS = [(rule, *row) for rule, rows in TABLE.items() for row in rows]


def describe(typed: str, reading: Reading) -> str:
    """A reading in the words of the table; a note's text only where it is not the whole line."""
    match reading:
        case Words():
            return _words(typed, reading)
        case Referrals():
            return "; ".join(_words(typed, part) for part in reading.parts)
        case Mark():
            return f"mark {reading.topic}"
        case Later():
            return f"later {reading.minutes}"
        case Left():
            return f"left {reading.minutes}"
        case Until():
            return f"until {reading.hour}:{reading.minute:02}"
        case Command(value=May(answer=answer, check_in_text=day, name=name)):
            return f"do may {answer} [{day}] [{name or ''}]"
        case Command():
            return f"do {reading.name}" + (f" {reading.value}" if reading.value is not None else "")
        case Moment():
            return "private moment" if reading.private else "moment"
        case Stays():
            back = ", taken back" if reading.command_like else ""
            return f"stays, then {describe(typed, reading.then)}{back}"
        case Star() | Help() | Nothing():
            return type(reading).__name__.lower()


def _words(typed: str, words: Words) -> str:
    said = "private " * words.private + "! " * words.starred + str(words.kind)
    if words.topic is not None:
        said += f" >{words.topic}"
    if person := words.person:
        said = said.replace("referral", "name" if person.sure else "find")
        parts = (person.name + "?" * person.doubt, person.organization, person.contact)
        said += ": " + " | ".join(part or "" for part in parts).rstrip(" |")
    elif words.text != typed.strip():
        said += f": {words.text}"
    if words.comment is not None:
        said += f" // {words.comment}"
    return said + (f", offers {words.offer}" if words.offer else "")


def _topic(reading: Reading) -> Topic:
    parts = reading.parts if isinstance(reading, Referrals) else (reading,)
    named = getattr(parts[0], "topic", None)
    return TOPICS[(named or 5) - 1]


@pytest.mark.parametrize(
    ("rule", "typed", "becomes", "words"), ROWS, ids=[f"{r[0]}: {r[1]}" for r in ROWS]
)
def test_hurried_lines(rule: str, typed: str, becomes: str, words: str) -> None:
    """Each line becomes what the table says, and the badge says so while it is typed."""
    reading = read(typed, TOPICS, LEXICON)

    assert describe(typed, reading) == becomes
    assert badge(reading, topic=_topic(reading), today=TODAY, room=WIDE) == words


def test_the_table_is_long() -> None:
    """Two hundred lines and more, each once."""
    typed = [row[1] for row in ROWS]

    assert len(typed) >= 200
    assert len(set(typed)) == len(typed)


def test_every_command_is_in_the_table() -> None:
    """Every command is tried as one."""
    done = {row[2].split()[1] for row in ROWS if row[2].startswith("do ")}

    assert done | {"private"} == set(commands.COMMANDS)


def test_a_paste_of_several_lines_is_one_note() -> None:
    """Text with a line end is never a command, a mark or a change of the clock."""
    pasted = "/end\n5\n+5"

    assert read(pasted, TOPICS, LEXICON, pasted=True) == Words(Kind.NOTE, pasted)


@pytest.mark.parametrize("typed", ["/end", "5", "+5", "@Dele Okonjo"])
def test_a_pasted_single_line_is_read_like_a_typed_one(typed: str) -> None:
    """Its line end is a blank at the end."""
    pasted = read(f"{typed}\n", TOPICS, LEXICON, pasted=True)

    assert pasted == read(typed, TOPICS, LEXICON)


@pytest.mark.parametrize("typed", ["", " ", "\t", "\u3000 "])
def test_an_empty_line_does_nothing(typed: str) -> None:
    """Blanks of any script are no words."""
    assert read(typed, TOPICS, LEXICON) == Nothing()


def test_the_longest_line() -> None:
    """One character more than fits stays, says both numbers, and loses nothing said again."""
    assert read("x" * LONGEST, TOPICS, LEXICON) == Words(Kind.NOTE, "x" * LONGEST)

    longer = read("x" * (LONGEST + 1), TOPICS, LEXICON)

    assert isinstance(longer, Stays)
    assert "20,001" in longer.reason
    assert "20,000" in longer.reason
    assert longer.then == Words(Kind.NOTE, "x" * (LONGEST + 1))


def test_crash_is_a_command_only_where_it_is_allowed() -> None:
    """An ordinary call knows no such command."""
    assert isinstance(read("/crash", TOPICS, LEXICON), Stays)
    assert read("/crash", TOPICS, bank.lexicon(crash=True)) == Command("crash", "", "/crash")


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("+3", "Enter again: 3 minutes later; or go on typing"),
        ("+1", "Enter again: 1 minute later; or go on typing"),
        ("-5", "=10 says ten minutes left; Enter again: a note"),
        ("/go", "/go 5 or /go skills; Enter again: a note"),
        ("/privat she left", "not quite /private; Enter again: a note"),
        ("/foo", "no such command; Enter again: a note"),
    ],
)
def test_a_line_that_stays_says_why(typed: str, says: str) -> None:
    """The sentence names what the same again does."""
    reading = read(typed, TOPICS, LEXICON)

    assert isinstance(reading, Stays)
    assert reading.reason == says


@pytest.mark.parametrize("spec", commands.COMMANDS.values(), ids=lambda spec: spec.name)
def test_a_command_with_words_it_cannot_take_is_a_note(spec: commands.Spec) -> None:
    """Whatever the command, a sentence that begins like one is kept as it was typed."""
    typed = f"/{spec.name} of the year, they say"
    reading = read(typed, TOPICS, LEXICON)

    if spec.takes is commands.Takes.TEXT:
        assert reading == Words(Kind.NOTE, "of the year, they say", private=True)
    else:
        assert reading == Words(Kind.NOTE, typed)


def test_go_takes_every_topic_that_fits() -> None:
    """By the beginnings of words of the short name, by the key, or by a part in another script."""
    topics = (
        Topic(1, "General skills", "?"), Topic(2, "Skills", "?", key="specific_skills"),
        Topic(3, "必要な技能", "?"),
    )  # fmt: skip
    fitting = {
        typed: read(typed, topics, LEXICON) for typed in ("/go sk", "/go specific", "/go 技能")
    }

    assert [getattr(reading, "value", None) for reading in fitting.values()] == [(1, 2), (2,), (3,)]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("mode shift = people changing", ("mode shift", "people changing")),
        ("mode shift", ("mode shift", None)),
        ("LOS ＝ level of service", ("LOS", "level of service")),
        ("mode shift =", ("mode shift", None)),
    ],
)
def test_term_and_meaning(text: str, sides: tuple[str, str | None]) -> None:
    """The text of a jargon entry has two sides."""
    assert term_and_meaning(text, LEXICON) == sides


# -- for any text ------------------------------------------------------------------------------

_HURRIED = st.text(
    st.sampled_from("@#<>~$?&!+-=.:;,/\\\"'()% 059aZé王٥５＠“”–") | st.characters(codec="utf-8"),
    max_size=40,
)
_GLUED = st.lists(
    st.sampled_from(
        [
            "/private ", "/go ", "/may ", "/fix ", "/end", "5: ", "!", '"', '" - ', "@", "; @",
            " and ", "Dele Okonjo", "Ana Brandt", "someone", ", Metro", ", dele@metro.example",
            " at ", "(", ")", "<", ">", "~", "$", "&", "?", "#", "+5", "=14:20", " by fri", "\\",
            " = ", "the plan", "\n",
        ]
    ),
    max_size=8,
).map("".join)  # fmt: skip
ANY = _HURRIED | _GLUED
_JOINTS = {"and", "private"}


def _filed(reading: Reading) -> tuple[Words, ...]:
    if isinstance(reading, Stays):
        return _filed(reading.then)
    return (
        reading.parts
        if isinstance(reading, Referrals)
        else (reading,)
        if isinstance(reading, Words)
        else ()
    )


def _kept(reading: Reading) -> str:
    """Everything of a line that is on disk once it is entered."""
    words = _filed(reading)
    if not words:
        return getattr(reading, "text", "")
    numbers = [str(part.topic) for part in words if part.topic is not None]
    return " ".join([*numbers, *(f"{part.text} {part.comment or ''}" for part in words)])


def _said(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W_]+", LEXICON.plain(text))} - _JOINTS


@settings(max_examples=300)
@given(ANY)
@example("\\")
@example('"a" -')
@example("5:")
def test_nothing_typed_disappears(typed: str) -> None:
    """Any text at all is read, and every word of it stands in what is kept."""
    reading = read(typed, TOPICS, LEXICON)

    assert _said(typed) <= _said(_kept(reading))
    assert all(part.text for part in _filed(reading))


@settings(max_examples=200)
@given(ANY)
def test_texts_are_kept_as_they_were_typed(typed: str) -> None:
    """No sign inside a text is changed to its plain form; only shared parts stand apart."""
    reading = read(typed, TOPICS, LEXICON)
    for part in _filed(reading):
        if part.kind is not Kind.REFERRAL:
            assert part.text in typed
            assert part.comment is None or part.comment in typed


@settings(max_examples=200)
@given(ANY, st.sampled_from([NARROW, SHORT, WIDE]), st.booleans(), st.booleans())
def test_the_badge_fits_its_place(typed: str, room: int, private: bool, current: bool) -> None:
    """Whatever is typed, in private mode or not, in words that fit; PRIVATE is never left out."""
    reading = read(typed, TOPICS, LEXICON)
    topic = TOPICS[0] if current else None
    words = badge(reading, topic=topic, today=TODAY, room=room, private=private)

    assert words
    assert cells(words) <= room
    assert words.startswith("PRIVATE") or not private


@settings(max_examples=200)
@given(st.text(st.characters(codec="utf-8")).map(lambda text: text.replace("\n", " ").strip()))
def test_behind_a_backslash_all_is_a_note(text: str) -> None:
    """Whatever follows."""
    reading = read(f"\\{text}", TOPICS, LEXICON)

    assert isinstance(reading, Words)
    assert reading.kind is Kind.NOTE
    assert len(text.splitlines()) > 1 or reading.text == (text or "\\")


@settings(max_examples=200)
@given(st.sampled_from(sorted(SIGNS)), st.text(st.characters(codec="utf-8"), max_size=20))
def test_a_sign_counts_only_before_a_letter(sign: str, rest: str) -> None:
    """With anything but a letter directly behind it, it is a note with the sign in it."""
    typed = (sign + rest).strip()
    if len(typed) > 1 and not typed[1].isalpha():
        reading = read(typed, TOPICS, LEXICON)

        assert isinstance(reading, Words)
        assert (reading.kind, reading.text) == (Kind.NOTE, typed)


@pytest.mark.parametrize("rule", ["@", "!", '"', "5: ", "/private ", "~", "<"])
def test_a_very_long_line_is_read_at_once(rule: str) -> None:
    """No text of the greatest length takes more than a moment; here it only has to end."""
    for filling in ("a and b at c ", '" - ', " by fri", ", a@b", "12345 ", " ", "; @a", "("):
        typed = (rule + "x" + filling * LONGEST)[: LONGEST - 1] + "x"
        assert 0 < cells(badge(read(typed, TOPICS, LEXICON), topic=None, today=TODAY)) <= SHORT


# -- the badge ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "narrow", "short"),
    [
        ("loves it", "note > 5", "note > 5"),
        ('"loves it"', "quote > 5", "quote > 5"),
        ("!loves it", "! note > 5", "! note > 5"),
        ("@Dele Okonjo", "name", "name"),
        ("@Ana", "name: Ana", "name: Ana"),
        ("@Dele Okonjo?", "name?", "name?"),
        ("@someone there", "to find", "to find"),
        ("@Dele Okonjo; msg them", "1 name +1?", "1 name +1?"),
        ("#APA", "org", "organization"),
        ("<survey", "they", "they promise"),
        ("<survey by fri", "they 27Nov", "they 27 Nov"),
        (">resume by fri", "I 27 Nov", "I Fri 27 Nov"),
        ("~mode shift", "jargon", "jargon"),
        ("$may hire", "opening", "opening"),
        ("?worth it", "later", "later"),
        ("&their move", "parked", "parked"),
        ("5", "5 covered", "5 covered"),
        ("+5", "+5 min", "5 min later"),
        ("=10", "=10 min", "10 min left"),
        ("=14:20", "ends 14:20", "ends 14:20"),
        ("/end", "do end", "do end"),
        ("/private she left", "PRIVATE", "PRIVATE note"),
    ],
)
def test_short_words_of_the_badge(typed: str, narrow: str, short: str) -> None:
    """The words on 80 columns and on fewer, with topic 5 current."""
    reading = read(typed, TOPICS, LEXICON)
    said = [badge(reading, topic=TOPICS[4], today=TODAY, room=room) for room in (NARROW, SHORT)]

    assert said == [narrow, short]


def test_the_badge_in_private_mode() -> None:
    """A line that says nothing about it is private too."""
    reading = read("she left", TOPICS, LEXICON)
    words = badge(reading, topic=TOPICS[4], today=TODAY, room=WIDE, private=True)

    assert words == "PRIVATE note > 5"


def test_the_badge_without_a_topic() -> None:
    """In the opening and after the end words belong to no topic."""
    assert badge(read("", TOPICS, LEXICON), topic=None, today=TODAY) == "note"
