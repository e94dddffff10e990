"""A list of questions as Markdown: docs/guide-format.md says what its lines mean."""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Literal

from iview_tui.domain.guide import MINUTES_OF_A_TOPIC, Guide, Topic, Unparsed
from iview_tui.domain.value import value
from iview_tui.interchange.guides.items import (
    Draft,
    Section,
    bare,
    decimal,
    finish,
    read_heading,
    read_item,
    shared,
    shield,
    squeeze,
    unmarked,
    write_heading,
    write_item,
    write_line,
)

KEPT = "kept"
"""The word behind the fence in which a written guide holds what did not parse."""
_PLAIN = re.compile(
    r"(?P<marks>##?) (?P<heading>[^\W_](?:[^#]*[^#\s])?)"
    r"|(?P<inner> {2,3})?- (?P<item>(?:[^\W\d_]|[!?(\"“„«¿¡]).*)"
    r"|(?P<text>[^\W\d_].*)"
)
"""A line that means one thing only, wherever it stands: a heading, a bullet and words, words."""
_KEYWORDS = re.compile(r"keywords:", re.IGNORECASE)
_PURPOSE = re.compile(r"purpose:", re.IGNORECASE)

_Kind = Literal["title", "section", "item", "kept", "mark", "rest"]


def parse_markdown(text: str, title: str, bank: Mapping[str, str] | None) -> Guide:
    """Markdown, read line by line with what Markdown says each line is."""
    reader = _Reader(text.split("\n"), bank)
    blocks = _plain_blocks(text)
    for number, block in sorted((_blocks(text) if blocks is None else blocks).items()):
        reader.take(number, block)
    return reader.guide(title)


@value
class _Block:
    kind: _Kind
    text: str = ""


def _plain_blocks(text: str) -> dict[int, _Block] | None:
    """What Markdown says of each line where no line could mean two things; None elsewhere.

    Most lists are headings, bullets and one row of bullets below these. Loading the Markdown
    parser for them takes a tenth of the time to the first picture of a call.
    """
    blocks: dict[int, _Block] = {}
    listed = False
    for number, line in enumerate(text.split("\n")):
        if not line.strip(" "):
            continue
        match = _PLAIN.fullmatch(line)
        if match is None or "\r" in line:
            return None
        if match["heading"]:
            kind: _Kind = "title" if match["marks"] == "#" else "section"
            blocks[number], listed = _Block(kind, match["heading"]), False
        elif match["item"] and (listed or not match["inner"]):
            blocks[number], listed = _Block("item"), True
        elif match["text"] and not listed:
            blocks[number] = _Block("rest")
        else:
            return None
    return blocks


def _blocks(text: str) -> dict[int, _Block]:
    """What Markdown says of each line, by line number from 0.

    Only headings, lists, quotes, fences and rules are Markdown here; code by indentation, HTML,
    underlined headings and link definitions would hide lines that a person means as text.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").disable(["code", "reference", "html_block", "lheading"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    tokens = parser.parse(text)
    lines = text.split("\n")
    blocks: dict[int, _Block] = {}
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        start, end = token.map
        if token.type == "heading_open" and token.level == 0 and token.tag in ("h1", "h2"):
            kind: _Kind = "title" if token.tag == "h1" else "section"
            blocks.setdefault(start, _Block(kind, tokens[index + 1].content))
        elif token.type == "list_item_open" and unmarked(lines[start])[0]:
            blocks.setdefault(start, _Block("item"))
        elif token.type == "hr":
            blocks.setdefault(start, _Block("mark"))
        elif token.type == "fence":
            ours = token.info.strip() == KEPT
            for line in range(start, end):
                blocks.setdefault(line, _Block("kept"))
            if ours:
                blocks[start] = _Block("mark")
                if end - 1 > start and lines[end - 1].strip().startswith(token.markup):
                    blocks[end - 1] = _Block("mark")
    return {n: blocks.get(n, _Block("rest")) for n, line in enumerate(lines) if line.strip()}


class _Reader:
    """Takes the lines of a guide in their order; a line that nothing takes is kept."""

    def __init__(self, lines: list[str], bank: Mapping[str, str] | None) -> None:
        self.lines = lines
        self.bank = bank
        self.title: str | None = None
        self.purpose: str | None = None
        self.sections = [Section("")]
        self.headings: dict[int, int] = {}
        """The line of each section's heading."""
        self.opening_minutes: float | None = None
        self.say: dict[str, list[str]] = {"opening": [], "close": []}
        self.drafts: list[Draft] = []
        self.kept: list[Unparsed] = []
        self.column: int | None = None
        """Where the bullet of the last topic or line to say stands, in this section."""

    def take(self, number: int, block: _Block) -> None:
        """Read one line, numbered from 0."""
        raw = self.lines[number]
        match block.kind:
            case "mark":
                return
            case "title":
                taken = self._title(block.text)
            case "section":
                taken = self._section(number, block.text)
            case "item" | "rest":
                taken = self._line(number, raw, is_item=block.kind == "item")
            case "kept":
                taken = False
        if not taken:
            self.kept.append(Unparsed(number + 1, raw.strip()))

    def guide(self, title: str) -> Guide:
        """What was read; the heading of a section with nothing in it is kept as a line."""
        filled = {draft.section for draft in self.drafts}
        for index, number in self.headings.items():
            name = self.sections[index].title
            if index not in filled and name and name.casefold() not in self.say:
                self.kept.append(Unparsed(number + 1, self.lines[number].strip()))
        return Guide(
            title=title if self.title is None else self.title,
            purpose=self.purpose,
            topics=finish(self.drafts, self.sections, self.bank or {}),
            opening=tuple(self.say["opening"]),
            opening_minutes=self.opening_minutes,
            close=tuple(self.say["close"]),
            kept=tuple(sorted(self.kept, key=lambda row: row.line)),
        )

    def _title(self, text: str) -> bool:
        title = bare(squeeze(shield(text)))
        if self.title is not None or not title:
            return False
        self.title = title
        return True

    def _section(self, number: int, text: str) -> bool:
        section = read_heading(text)
        self.headings[len(self.sections)] = number
        self.sections.append(section)
        self.column = None
        if section.title.casefold() == "opening" and self.opening_minutes is None:
            self.opening_minutes = section.minutes
        return True

    def _line(self, number: int, raw: str, *, is_item: bool) -> bool:
        marked, text = unmarked(raw)
        indent = raw.expandtabs(4)
        column = len(indent) - len(indent.lstrip())
        under = self.column is not None and column > self.column
        say = self.say.get(self.sections[-1].title.casefold())
        if say is not None:
            return self._to_say(say, text, column, top=is_item and not under, under=under)
        if is_item and not under:
            return self._topic(text, number, column)
        if self.column is None:
            return not marked and self._purpose(raw)
        return self._under_topic(text, indented=under) or (not marked and self._purpose(raw))

    def _to_say(self, say: list[str], text: str, column: int, *, top: bool, under: bool) -> bool:
        line = bare(squeeze(shield(text)))
        if not line or not (top or under) or text.startswith(">"):
            return False
        if top:
            self.column = column
        say.append(line)
        return True

    def _topic(self, text: str, number: int, column: int) -> bool:
        draft = read_item(text, number + 1, self.bank)
        if draft is None:
            self.column = None
            return False
        if draft.unknown_key:
            self.kept.append(Unparsed(number + 1, draft.unknown_key))
        draft.section = len(self.sections) - 1
        self.drafts.append(draft)
        self.column = column
        return True

    def _under_topic(self, text: str, *, indented: bool) -> bool:
        """A line below a topic: its sign says what it is; without one only when indented."""
        draft = self.drafts[-1]
        shielded = squeeze(shield(text))
        if shielded.startswith(">"):
            line = bare(shielded[1:].strip())
            draft.background.extend([line] if line else [])
            return True
        if match := _KEYWORDS.match(shielded):
            draft.keywords.extend(map(bare, _words(shielded[match.end() :])))
            return True
        if not indented or not shielded:
            return False
        draft.probes.append(bare(shielded))
        return True

    def _purpose(self, raw: str) -> bool:
        text = squeeze(shield(raw))
        match = _PURPOSE.match(text)
        if match is None or self.purpose is not None:
            return False
        self.purpose = bare(text[match.end() :].strip()) or None
        return True


def _words(text: str) -> list[str]:
    """Words for the tracker: parted by commas, or else by blanks."""
    parts = re.split(r"[,;]", text) if re.search(r"[,;]", text) else text.split()
    return [part.strip() for part in parts if part.strip()]


def write_guide(guide: Guide) -> str:
    """A guide as Markdown that reads back as the same guide.

    Names of more than three words have no place in the format: such a topic is written without
    one and takes the first words of its question again. What did not parse is at the end, in a
    fence; its line numbers are then those of the new text.
    """
    blocks = [
        "\n".join(_head(guide)),
        _say("Opening", guide.opening, guide.opening_minutes),
        *map("\n".join, _sections(guide)),
        _say("Close", guide.close, None),
        _fence([row.text for row in guide.kept]),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _head(guide: Guide) -> Iterator[str]:
    if guide.title:
        yield f"# {write_heading(guide.title)}"
    if guide.purpose is not None:
        yield f"Purpose: {write_line(guide.purpose)}"


def _say(name: str, lines: tuple[str, ...], minutes: float | None) -> str:
    if not lines and minutes is None:
        return ""
    heading = f"## {name}" + ("" if minutes is None else f" ({decimal(minutes)})")
    return "\n".join([heading, *(f"- {write_line(line)}" for line in lines)])


def _sections(guide: Guide) -> Iterator[list[str]]:
    for index, (title, group) in enumerate(groupby(guide.topics, key=lambda t: t.section)):
        topics = list(group)
        total, own = _lengths(topics)
        lines: list[str] = []
        bare_start = not index and not title and not guide.opening and not guide.opening_minutes
        if not bare_start or total is not None:
            lines.append(f"## {write_heading(title, total)}".rstrip())
        for topic, minutes in zip(topics, own, strict=True):
            lines.append(f"- {write_item(topic, minutes)}")
            lines.extend(_below(topic))
        yield lines


def _lengths(topics: list[Topic]) -> tuple[float | None, list[float | None]]:
    """Minutes for the heading and for each topic; a share like 3.33... is left to the heading."""
    minutes = [topic.minutes for topic in topics]
    own = [length if length == round(length, 2) else None for length in minutes]
    total = round(sum(minutes), 2)
    if None in own and shared(total, own) == minutes:
        return total, own
    return None, [None if length == MINUTES_OF_A_TOPIC else length for length in minutes]


def _below(topic: Topic) -> Iterator[str]:
    for probe in topic.probes:
        text = write_line(probe, ":") if _KEYWORDS.match(squeeze(probe)) else write_line(probe)
        yield f"  - {text}"
    if topic.keywords:
        words = [write_line(word, ",;") for word in topic.keywords]
        yield f"  keywords: {', '.join(words)}{',' if len(words) == 1 else ''}"
    for line in topic.background:
        yield f"  > {write_line(line)}"


def _fence(texts: list[str]) -> str:
    if not texts:
        return ""
    longest = max((len(run) for text in texts for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return "\n".join([f"{fence}{KEPT}", *texts, fence])
