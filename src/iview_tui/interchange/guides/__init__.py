"""Lists of questions in and out: Markdown, plain text, CSV."""

from iview_tui.interchange.guides.files import (
    MOST_BYTES,
    kind_of,
    read_guide,
    read_guide_bytes,
)
from iview_tui.interchange.guides.lists import write_csv, write_text
from iview_tui.interchange.guides.markdown import write_guide
from iview_tui.interchange.guides.reading import Format, parse_guide
from iview_tui.interchange.guides.value import guide_value

__all__ = [
    "MOST_BYTES",
    "Format",
    "guide_value",
    "kind_of",
    "parse_guide",
    "read_guide",
    "read_guide_bytes",
    "write_csv",
    "write_guide",
    "write_text",
]
