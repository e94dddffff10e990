"""One door for all formats."""

from collections.abc import Mapping
from typing import Literal

from iview_tui.domain.guide import Guide
from iview_tui.domain.text import clean
from iview_tui.interchange.guides.lists import parse_csv, parse_text
from iview_tui.interchange.guides.markdown import parse_markdown

Format = Literal["md", "text", "csv"]


def parse_guide(
    text: str, kind: Format, *, title: str = "", bank: Mapping[str, str] | None = None
) -> Guide:
    """The list of questions in a text. What does not parse is in `kept`, with its line number.

    `title` is the guide's where the text has none. `bank` gives the short name of each key; with
    it any other key is reported, without it every key is taken. A CSV list without its header
    raises GuideError.
    """
    match kind:
        case "md":
            return parse_markdown(clean(text), title, bank)
        case "csv":
            return parse_csv(clean(text), title, bank)
        case "text":
            return parse_text(clean(text), title, bank)
