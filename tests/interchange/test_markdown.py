import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from iview_tui.domain.text import clean
from iview_tui.interchange.markdown import escaped, markdown
from iview_tui.services.library import export_value
from records import played

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = st.text(st.sampled_from(list("ab1 \n\t\\`*_{}[]()<>#+-.!|~&=:@$^%\"'/;é漢")), max_size=30)


def shown(tokens: list[Token]) -> str:
    """What a reader of the Markdown sees, and nothing but plain paragraphs may be in it."""
    seen = []
    for token in tokens:
        assert token.type in ("paragraph_open", "inline", "paragraph_close"), token
        for child in token.children or ():
            assert child.type in ("text", "hardbreak", "text_special"), child
            seen.append("\n" if child.type == "hardbreak" else child.content)
    return "".join(seen)


@settings(max_examples=200, deadline=None)
@given(text=(SIGNS | st.text(max_size=20)).map(clean))
def test_a_reader_sees_the_text_and_no_markup(text: str) -> None:
    lines = [line.replace("\t", " ").strip(" ") for line in text.strip().split("\n")]

    assert shown(READER.parse(escaped(text))) == "\n".join(lines)


@pytest.mark.parametrize(
    "text",
    ["# no heading", "1. no list", "2) no list", "- none", "+ none", "> none", "===", "---", "***",
     "```", "[a](javascript:x)", "![x](y)", "<script>", "&lt;", "<b>", "~~x~~", "| a | b |", "[^1]",
     "https://<x>", "`code`", "    code", "\\", "a\\", "_x_", "[[wiki]]", "#tag", "%%gone%%",
     "$60k and $80k", "==marked=="],
)  # fmt: skip
def test_what_would_be_markup_is_text(text: str) -> None:
    assert shown(READER.parse(escaped(text))) == text.strip()


def test_a_document_holds_headings_and_bullets_of_its_own_alone() -> None:
    record = played(
        [(30, "# staff is 30"), (40, "first line\n# not a heading\n\n- nor a bullet"),
         (50, "@Dele Okonjo, <script>"), (60, "~<b> = *bold*"), (61, "~mode shift = *bold*"),
         (70, '"a `b` c" - _d_'), (80, "gone"), (85, "/undo")],
        name="Ana *Brandt*\n# x",
    )  # fmt: skip
    text = markdown(export_value(record))
    tokens = READER.parse(text)

    headings = [after.content for token, after in pairwise(tokens) if token.type == "heading_open"]
    assert len(headings) == 1 + 1 + 2 + 1 + 1 + 1  # title, section, topics, beside, names, jargon
    assert "gone" not in text
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {
        "text", "hardbreak", "text_special", "strong_open", "strong_close", "softbreak",
    }  # fmt: skip
    assert not any(token.type.startswith(("html", "code", "fence", "ordered")) for token in tokens)
    assert "first line" in text


def test_private_entries_are_there_only_when_asked_for() -> None:
    record = played([(30, "/private she leaves"), (40, "she stays")])

    assert "leaves" not in markdown(export_value(record))
    assert "leaves (private)" in markdown(export_value(record, with_private=True))


def test_a_planned_call_is_a_document_too() -> None:
    record = replace(played([]), connected_at=None, entries=())

    assert re.match("# Ana Brandt\n\n- not yet planned, 20 minutes", markdown(export_value(record)))
