"""Lists of questions are read as the format says; nothing is dropped; written ones come back."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from iview_tui.domain.guide import Guide, GuideError, GuideNotFound, Priority, Topic, Unparsed
from iview_tui.domain.text import cells, clean, one_line
from iview_tui.interchange.guides import (
    MOST_BYTES,
    Format,
    guide_value,
    parse_guide,
    read_guide,
    read_guide_bytes,
    write_csv,
    write_guide,
    write_text,
)
from iview_tui.interchange.guides.items import first_words
from iview_tui.interchange.guides.markdown import _blocks, _plain_blocks

BANK = {"enjoy": "Rewarding side", "training": "Training", "future": "Future of field"}


def md(text: str) -> Guide:
    return parse_guide(text, "md", bank=BANK)


def only(line: str, kind: Format = "md") -> Topic:
    guide = parse_guide(f"- {line}\n", kind, bank=BANK)
    assert guide.kept == ()
    return guide.topics[0]


EXAMPLE = """\
# Urban planning
Purpose: find out whether city planning is a field for me

## Opening (2)
- Thank you for making time. I have us down until 14:20; does that still suit?

## About the field (10)
- Rewarding side: What do you enjoy most about planning? (3) #enjoy
  - A recent day that went well?
- ! Training: What training would you recommend today? (4) #training
"""


def test_a_guide_whole() -> None:
    """Title, purpose, lines to say, sections, topics with all that stands on their lines."""
    guide = md(EXAMPLE)

    assert guide == Guide(
        title="Urban planning",
        purpose="find out whether city planning is a field for me",
        topics=(
            Topic(
                1, "Rewarding side", "What do you enjoy most about planning?", "About the field",
                Priority.SHOULD, 3, "enjoy", ("A recent day that went well?",),
            ),
            Topic(
                2, "Training", "What training would you recommend today?", "About the field",
                Priority.MUST, 4, "training",
            ),
        ),
        opening=("Thank you for making time. I have us down until 14:20; does that still suit?",),
        opening_minutes=2,
    )  # fmt: skip
    assert write_guide(guide) == EXAMPLE.replace(" (10)", "")


def test_the_value_is_that_of_the_export() -> None:
    """Whole minutes are whole numbers in JSON, unknown things null."""
    value = guide_value(md(EXAMPLE))

    assert json.dumps(value["guide"]["opening_minutes"]) == "2"
    assert json.dumps([topic["minutes"] for topic in value["topics"]]) == "[3, 4]"
    assert list(value["topics"][0]) == [
        "number", "key", "title", "question", "section", "priority", "minutes", "probes",
        "background", "keywords",
    ]  # fmt: skip
    assert guide_value(md("- What?"))["guide"]["purpose"] is None


@pytest.mark.parametrize(
    ("line", "title", "question"),
    [
        ("Pay: What does it pay?", "Pay", "What does it pay?"),
        ("One two three: What?", "One two three", "What?"),
        ("One two three four: what?", "One two three", "One two three four: what?"),
        ("What would you tell a friend?", "What would you", "What would you tell a friend?"),
        ("When does the 9:30 shift begin?", "When does the", "When does the 9:30 shift begin?"),
        ("See https://x.example now?", "See", "See https://x.example now?"),
        ("Training:", "Training", "Training"),
        ("Donaudampfschifffahrt?", "Donaudampfschiff", "Donaudampfschifffahrt?"),
        ("您在工作中最喜欢的是什么呢？", "您在工作中最喜欢", "您在工作中最喜欢的是什么呢？"),
        ("What is new? #future", "Future of field", "What is new?"),
        ("New: What is new? #future", "New", "What is new?"),
        (r"Honestly\: what now?", "Honestly: what", "Honestly: what now?"),
    ],
)
def test_short_names(line: str, title: str, question: str) -> None:
    """Before the first colon; else the bank's; else the first words, in sixteen cells."""
    topic = only(line)

    assert (topic.title, topic.question) == (title, question)


@pytest.mark.parametrize(
    ("line", "priority", "minutes", "key", "question"),
    [
        ("What? (3)", "should", 3, None, "What?"),
        ("! What?", "must", 2.5, None, "What?"),
        ("!What? #enjoy (1.5)", "must", 1.5, "enjoy", "What?"),
        ("? What? (4 min) #ENJOY", "could", 4, "enjoy", "What?"),
        ("What since (2019)", "should", 2.5, None, "What since (2019)"),
        ("What since (0)", "should", 2.5, None, "What since (0)"),
        (r"What since \(19)", "should", 2.5, None, "What since (19)"),
        (r"\! What \#enjoy", "should", 2.5, None, "! What #enjoy"),
        ("¿Qué le gusta más?", "should", 2.5, None, "¿Qué le gusta más?"),
        ("# of staff?", "should", 2.5, None, "# of staff?"),
    ],
)
def test_signs_of_a_line(
    line: str, priority: str, minutes: float, key: str | None, question: str
) -> None:
    """Priority in front, minutes and key behind, in either order; escaped they are text."""
    topic = only(line)

    assert (topic.priority, topic.minutes, topic.key) == (priority, minutes, key)
    assert topic.question == question


@pytest.mark.parametrize(
    ("heading", "own", "minutes"),
    [
        ("## S (10)", ["(3)", "(4)", ""], [3, 4, 3]),
        ("## S (10)", ["", "", "(4)"], [3, 3, 4]),
        ("## S (10)", ["", "", ""], [10 / 3] * 3),
        ("## S (5)", ["(5)", ""], [5, 2.5]),
        ("## S (5)", ["(8)", ""], [8, 2.5]),
        ("## S", ["(5)", ""], [5, 2.5]),
        ("## S (0)", ["", ""], [2.5, 2.5]),
    ],
)
def test_minutes_are_shared(heading: str, own: list[str], minutes: list[float]) -> None:
    """Topics without minutes share what is left of their section's; else two and a half."""
    guide = md("\n".join([heading, *(f"- What {n}? {m}" for n, m in enumerate(own))]))

    assert [topic.minutes for topic in guide.topics] == minutes
    assert md(write_guide(guide)) == guide


def test_below_a_topic() -> None:
    """Indented lines are probes, with or without a bullet; two signs say something else."""
    guide = md(
        "- What?\n  plain\n - one blank\n\n    - deeper\n      still deeper\n"
        "  keywords: pay money\n  Keywords: time management, law\n  > read this\n> and this\n"
        "  - # of staff?\n"
    )

    topic = guide.topics[0]
    assert topic.probes == ("plain", "one blank", "deeper", "still deeper", "# of staff?")
    assert topic.keywords == ("pay", "money", "time management", "law")
    assert topic.background == ("read this", "and this")
    assert guide.kept == ()


def test_numbered_lists_and_other_bullets() -> None:
    """Any list of Markdown is a list of topics, numbered from 1 through all sections."""
    guide = md("1. Who?\n   - p\n2) What?\n  - q\n## B\n* When?\n+ Where?\n")

    assert [(t.number, t.question, t.section) for t in guide.topics] == [
        (1, "Who?", ""), (2, "What?", ""), (3, "When?", "B"), (4, "Where?", "B"),
    ]  # fmt: skip
    assert [t.probes for t in guide.topics] == [("p",), ("q",), (), ()]


def test_lines_to_say_are_no_topics() -> None:
    """In Opening and Close nothing is read from a line, and lines below are said too."""
    guide = md("## opening\n- ! Hello: you (3) #enjoy\n  - and more\nstray\n## Close\n- Bye\n")

    assert guide.opening == ("! Hello: you (3) #enjoy", "and more")
    assert (guide.close, guide.topics, guide.opening_minutes) == (("Bye",), (), None)
    assert guide.kept == (Unparsed(4, "stray"),)


def test_what_does_not_parse_is_kept_with_its_line() -> None:
    """Stray text, second titles, deeper headings, code, unknown keys, lines without a letter."""
    guide = md(
        "# T\nstray one\n\n  - indented before all\n## S\n- What? #nokey\nstray two\n"
        "### deeper\n# second\n```\n- in code\n```\n- ???\n  below it\n> quote of nothing\n---\n"
    )

    assert guide.kept == (
        Unparsed(2, "stray one"),
        Unparsed(6, "#nokey"),
        Unparsed(7, "stray two"),
        Unparsed(8, "### deeper"),
        Unparsed(9, "# second"),
        Unparsed(10, "```"),
        Unparsed(11, "- in code"),
        Unparsed(12, "```"),
        Unparsed(13, "- ???"),
        Unparsed(14, "below it"),
        Unparsed(15, "> quote of nothing"),
    )
    assert [topic.question for topic in guide.topics] == ["indented before all", "What?"]


def test_a_section_without_topics_is_kept() -> None:
    """Its heading would be nowhere else; Opening and Close need no lines."""
    guide = md("## Empty (3)\n## Opening\n## S\n- What?\nstray\n## Last")

    assert guide.kept == (Unparsed(1, "## Empty (3)"), Unparsed(5, "stray"), Unparsed(6, "## Last"))


def test_text_in_a_guide_is_text() -> None:
    """Screen markup, HTML, links and entities stay as they were typed; escapes lose their power."""
    guide = md("- [red]x [/] <b>&amp; [a](b) \x1b[31m *so*\n[ref]: http://x\n")

    assert guide.topics[0].question == "[red]x [/] <b>&amp; [a](b) [31m *so*"
    assert guide.kept == (Unparsed(2, "[ref]: http://x"),)


def test_plain_text() -> None:
    """A question a line; bullets and numbers go, signs in front count."""
    guide = parse_guide("1. Who?\n\n- ! Pay: What pay? (3)\n   ? Why?\n-----\n• 2 of?\n", "text")

    assert [(t.title, t.question, t.priority, t.minutes) for t in guide.topics] == [
        ("Who?", "Who?", "should", 2.5),
        ("Pay", "What pay?", "must", 3),
        ("Why?", "Why?", "could", 2.5),
        ("2 of?", "2 of?", "should", 2.5),
    ]
    assert guide.kept == (Unparsed(5, "-----"),)


def test_csv() -> None:
    """Columns in any order; a row that does not parse is kept with the line it begins on."""
    guide = parse_guide(
        "key,Minutes,question,priority,section,mood\n"
        "enjoy,3,What?,must,A,\n"
        ',,"Two\nlines: yes?",,A,\n'
        ",abc,When?,,A,\n"
        ",,Where?,never,A,\n"
        ",,,could,A,\n"
        "nokey,,'=1+1 why?,could,B,\n"
        ",,Welcome,,Opening,\n"
        ",,Bye,,close,\n"
        ",,too,,A,,many\n",
        "csv",
        bank=BANK,
    )

    assert [(t.title, t.question, t.priority, t.minutes, t.section) for t in guide.topics] == [
        ("Rewarding side", "What?", "must", 3, "A"),
        ("Two lines", "yes?", "should", 2.5, "A"),
        ("=1+1 why?", "=1+1 why?", "could", 2.5, "B"),
    ]
    assert (guide.opening, guide.close) == (("Welcome",), ("Bye",))
    assert [(row.line, row.text) for row in guide.kept] == [
        (1, "mood"),
        (5, ",abc,When?,,A,"),
        (6, ",,Where?,never,A,"),
        (7, ",,,could,A,"),
        (8, "#nokey"),
        (11, ",,too,,A,,many"),
    ]


def test_csv_of_a_spreadsheet_elsewhere() -> None:
    """Semicolons, as spreadsheets write them where the comma is the decimal sign."""
    guide = parse_guide("question;minutes\nWhat, then?;1,5\n", "csv")

    assert [(t.question, t.minutes) for t in guide.topics] == [("What, then?", 1.5)]


@pytest.mark.parametrize("text", ["What?\nWho?\n", "", "section,topic\nA,What?\n"])
def test_csv_without_its_header_is_refused(text: str) -> None:
    """Without a header nobody knows which column is the question."""
    with pytest.raises(GuideError, match="section,question,priority,minutes,key"):
        parse_guide(text, "csv")


def test_csv_that_breaks_off_is_kept() -> None:
    """A quote that never closes, longer than CSV takes, is kept from its line on."""
    guide = parse_guide('question\nWhat?\n"' + "x" * 200_000 + "\nlast\n", "csv")

    assert [topic.question for topic in guide.topics] == ["What?"]
    assert [row.line for row in guide.kept] == [3]
    assert guide.kept[0].text.endswith("last")


def test_no_cell_is_a_formula() -> None:
    """A question that a spreadsheet would run is written as text."""
    topic = Topic(1, "=cmd|' /C calc'!A1", "=cmd|' /C calc'!A1", section="@S")
    table = write_csv(Guide("T", topics=(topic,)))

    assert not re.search(r'(^|[,"])[=+@-]', table, re.MULTILINE)
    assert parse_guide(table, "csv").topics[0].question == topic.question
    assert parse_guide(table, "csv").topics[0].section == "@S"


# Properties

SIGNS = st.sampled_from(
    ["# ", ":", "(3)", "#key", "!", "?", "\\", "- ", "> ", "1. ", "`", "```", "~~~", "---", "<b>",
     "keywords:", "Purpose:", "[a]: b", "9:30", "//", ",", ";", "&amp;", "|", "(2.5)", "[/]", "'",
     "• ", "\\#", " #enjoy", "培训", "مرحبا", "é", "\U0001f469\u200d\U0001f4bb", "=1", "$end"]
)  # fmt: skip
WORDS = st.one_of(SIGNS, st.text(max_size=6), st.sampled_from([" ", "a", "what", "5"]))
LINES = st.lists(WORDS, max_size=8).map(lambda parts: one_line("".join(parts)))
TEXTS = LINES.filter(bool)
QUESTIONS = LINES.filter(lambda text: any(char.isalnum() for char in text))
TITLES = TEXTS.filter(lambda text: len(text.split()) <= 3)
MINUTES = st.sampled_from([0.5, 1.0, 1.5, 2.5, 3.0, 10 / 3, 7 / 3, 12.0, 600.0, 1e-5])
SECTIONS = LINES.filter(lambda text: text.casefold() not in ("opening", "close"))


@st.composite
def topics(draw: st.DrawFn) -> Topic:
    question = draw(QUESTIONS)
    key = draw(st.sampled_from([None, *BANK]))
    unnamed = first_words(question) if key is None else BANK[key]
    return Topic(
        number=1,
        title=draw(TITLES | st.just(unnamed)),
        question=question,
        section=draw(st.sampled_from(["", "A", "B"]) | SECTIONS),
        priority=draw(st.sampled_from(Priority)),
        minutes=draw(MINUTES),
        key=key,
        probes=tuple(draw(st.lists(TEXTS, max_size=2))),
        background=tuple(draw(st.lists(TEXTS, max_size=2))),
        keywords=tuple(draw(st.lists(TEXTS, max_size=3))),
    )


@st.composite
def guides(draw: st.DrawFn) -> Guide:
    drawn = draw(st.lists(topics(), max_size=5))
    kept = draw(st.lists(TEXTS, max_size=2))
    return Guide(
        title=draw(TEXTS),
        purpose=draw(st.none() | TEXTS),
        topics=tuple(replace(topic, number=n) for n, topic in enumerate(drawn, 1)),
        opening=tuple(draw(st.lists(TEXTS, max_size=3))),
        opening_minutes=draw(st.none() | MINUTES),
        close=tuple(draw(st.lists(TEXTS, max_size=3))),
        kept=tuple(Unparsed(n, text) for n, text in enumerate(kept)),
    )


@settings(max_examples=30, deadline=None)
@given(guides())
@example(md("## S (10)\n- A: a?\n- B: b?\n- C: c?\n"))
def test_a_written_guide_comes_back(guide: Guide) -> None:
    """Of any script, with any sign of the grammar in it; kept lines are counted anew."""
    text = write_guide(guide)
    back = md(text)

    assert [row.text for row in back.kept] == [row.text for row in guide.kept]
    assert replace(back, kept=()) == replace(guide, kept=())
    assert write_guide(back) == text


@settings(max_examples=40, deadline=None)
@given(guides())
def test_questions_come_back_from_tables_and_plain_text(guide: Guide) -> None:
    """CSV keeps what its columns hold, plain text the lines of the topics."""
    held = [(t.number, t.title, t.question, t.priority, t.minutes, t.key) for t in guide.topics]
    table = parse_guide(write_csv(guide), "csv", bank=BANK)
    plain = parse_guide(write_text(guide), "text", bank=BANK)

    for back in (table, plain):
        assert back.kept == ()
        assert held == [
            (t.number, t.title, t.question, t.priority, t.minutes, t.key) for t in back.topics
        ]
    assert [t.section for t in table.topics] == [t.section for t in guide.topics]
    assert (table.opening, table.close) == (guide.opening, guide.close)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.one_of(LINES, st.text(max_size=20), TEXTS.map("  - {}".format),
                       TEXTS.map("## {}".format), TEXTS.map("- {}".format)), max_size=12),
    st.sampled_from(["md", "text", "csv"]),
)  # fmt: skip
def test_nothing_is_dropped(lines: list[str], kind: Format) -> None:
    """Any text whatever is read, and each of its words is somewhere in the guide."""
    text = clean("\n".join((["question,section"] if kind == "csv" else []) + lines))
    guide = parse_guide(text, kind, bank=BANK)

    held = json.dumps(guide_value(guide), ensure_ascii=False).casefold()
    numbers = re.compile(r"[\d.,]+|minutes?|mins?|m|keywords|purpose|kept|enjoy|opening|close")
    for word in re.findall(r"[^\W_]+", text.removeprefix("question,section")):
        assert numbers.fullmatch(word) or word.casefold() in held or word.isdigit()


@pytest.mark.parametrize(
    "text",
    [
        "- " * 20_000 + "a",
        "> " * 20_000 + "a",
        "  - a\n" * 20_000,
        "*" * 100_000 + "a",
        "# a\n" * 20_000,
    ],
)
def test_hostile_nesting_is_read_in_time(text: str) -> None:
    """Deep and long lists come to an end, and nothing is lost on the way."""
    guide = md(text)

    assert guide.topics or guide.kept


# Files


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("a.md", b"", "a.md is empty"),
        ("a.txt", b" \n\n", "a.txt is empty"),
        ("a.md", b"\x89PNG\0\0", "a.md is not a text file"),
        ("a.md", b"- Caf\xe9?", "a.md is not text in UTF-8"),
        ("a.md", b"# Title\n\nNo list.\n", "a.md has no questions in it"),
        ("a.md", b"a" * 10_000_000, "a.md is too large for a list of questions (over 1 MB)"),
    ],
)
def test_bad_files_are_refused_in_one_sentence(
    tmp_path: Path, name: str, data: bytes, sentence: str
) -> None:
    """Empty, binary, foreign, too large, without a question."""
    (tmp_path / name).write_bytes(data)

    with pytest.raises(GuideError) as by_path:
        read_guide(tmp_path / name)
    with pytest.raises(GuideError) as by_bytes:
        read_guide_bytes(data, name)
    assert str(by_bytes.value) == sentence
    assert str(by_path.value).endswith(sentence)


def test_what_is_not_there(tmp_path: Path) -> None:
    """A missing file is another error than a bad one; its name is shown without its escapes."""
    with pytest.raises(GuideNotFound, match=r"there is no file .*a\[31mb\.md$"):
        read_guide(tmp_path / "a\x1b[31mb.md")
    with pytest.raises(GuideError, match="is a directory") as caught:
        read_guide(tmp_path)
    assert not isinstance(caught.value, GuideNotFound)


@pytest.mark.parametrize(
    ("name", "data", "title", "question"),
    [
        ("plan.md", b"- What?", "plan", "What?"),
        ("plan.TXT", b"# Plan\n- What?", "Plan", "What?"),
        ("plan", b"#1 reason?", "plan", "#1 reason?"),
        ("plan.csv", b"\xef\xbb\xbfquestion\r\nWhat?\r\n", "plan", "What?"),
        ("plan.txt", "Qu\u00e9?\n".encode("utf-16"), "plan", "Qu\u00e9?"),
    ],
)
def test_what_a_file_is_its_name_says(name: str, data: bytes, title: str, question: str) -> None:
    """Unless plain text begins with `# `; a list without a title has its file's name."""
    guide = read_guide_bytes(data, name)

    assert (guide.title, guide.topics[0].question) == (title, question)


def test_the_largest_file_is_read() -> None:
    """Just under the bound is a list of questions still."""
    line = b"- What is it that you do on a usual day at work, and with whom?\n" * 10
    assert read_guide_bytes(line * (MOST_BYTES // len(line) // 8), "a.md").topics


@given(QUESTIONS)
def test_names_fit_their_column(question: str) -> None:
    """A name made from a question fits into sixteen cells and is its beginning."""
    name = first_words(question)

    assert 0 < cells(name) <= 16 or not cells(question)
    assert " ".join(question.split()).startswith(name)


def test_the_example_of_the_format_page_is_read_whole() -> None:
    """What docs/guide-format.md shows parses, but for the line that it says does not."""
    page = (Path(__file__).parents[2] / "docs" / "guide-format.md").read_text(encoding="utf-8")
    text = re.search(r"````markdown\n(.*?)````", page, re.DOTALL)
    assert text is not None
    guide = md(text[1])

    assert [topic.title for topic in guide.topics] == ["Rewarding side", "Training", "Pay"]
    assert guide.topics[1].keywords == ("degree", "evening classes")
    assert [row.text for row in guide.kept] == ["This line is not indented and has no bullet."]
    assert f"line {guide.kept[0].line}" in page


PIECES = st.sampled_from(
    ["", " ", "  ", "   ", "    ", "\t", "- ", "* ", "+ ", "1. ", "2) ", "# ", "## ", "### ", "#",
     "> ", "```", "~~~", "---", "===", "<b>", "Words", "words: of it", "Why?", "(3)", "!", "[a]: b",
     "|", "\\", "&amp;", "_", "5", "\u00a0", "\u2028", "\x0c", "é", "中"]
)  # fmt: skip
LINES = st.lists(PIECES, max_size=4).map("".join) | st.sampled_from(EXAMPLE.split("\n"))


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=9).map("\n".join))
@example("Words\n  - inner without an outer")
@example("- one\nwords that go on with it\n  - inner")
@example("# Heading #\n- - one in one")
def test_a_plain_list_is_read_as_the_markdown_parser_reads_it(text: str) -> None:
    """Where the parser is left out its answer is the same."""
    plain = _plain_blocks(text)

    assert plain is None or plain == _blocks(text)


def test_a_usual_list_needs_no_markdown_parser() -> None:
    """Headings, bullets, and bullets below these."""
    assert _plain_blocks(EXAMPLE) is not None
