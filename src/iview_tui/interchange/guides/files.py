"""Files with questions: what a file is, its name says; bounded, and refused in one sentence."""

from collections.abc import Mapping
from pathlib import Path, PurePath

from iview_tui.domain.guide import Guide, GuideError, GuideNotFound
from iview_tui.domain.text import one_line
from iview_tui.interchange.guides.reading import Format, parse_guide

MOST_BYTES = 1_000_000
"""A list of questions is a page or two; what is larger is something else."""


def read_guide(path: Path, bank: Mapping[str, str] | None = None) -> Guide:
    """The list of questions in a file; raises GuideError, and GuideNotFound where none is."""
    shown = _shown(path)
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise GuideNotFound(f"there is no file {shown}") from None
    except IsADirectoryError:
        raise GuideError(f"{shown} is a directory, not a list of questions") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise GuideError(f"{shown} cannot be read: {reason.lower()}") from None
    return read_guide_bytes(data, path.name, bank)


def read_guide_bytes(data: bytes, name: str, bank: Mapping[str, str] | None = None) -> Guide:
    """The list of questions in the bytes of a file of that name; raises GuideError."""
    shown = _shown(PurePath(name))
    if len(data) > MOST_BYTES:
        raise GuideError(f"{shown} is too large for a list of questions (over 1 MB)")
    text = _decoded(data, shown)
    if not text.strip():
        raise GuideError(f"{shown} is empty")
    try:
        title = one_line(PurePath(name).stem)
        guide = parse_guide(text, kind_of(name, text), title=title, bank=bank)
    except GuideError as error:
        raise GuideError(f"{shown}: {error}") from None
    if not guide.topics:
        raise GuideError(f"{shown} has no questions in it")
    return guide


def kind_of(name: str, text: str) -> Format:
    """Markdown, CSV or plain text: by the name, and by a `# ` at the beginning of plain text."""
    match PurePath(name).suffix.lower():
        case ".md" | ".markdown":
            return "md"
        case ".csv":
            return "csv"
        case _:
            return "md" if text.startswith("# ") else "text"


def _decoded(data: bytes, shown: str) -> str:
    """Text in UTF-8, or in UTF-16 where its mark is there."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    if encoding == "utf-8-sig" and b"\0" in data:
        raise GuideError(f"{shown} is not a text file")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise GuideError(f"{shown} is not text in UTF-8") from None


def _shown(path: PurePath) -> str:
    return one_line(str(path), 200) or "the file"
