"""A list of questions as plain text, one a line, and as CSV."""

import io
import re
from collections.abc import Iterator, Mapping

from iview_tui.domain.guide import MINUTES_OF_A_TOPIC, Guide, GuideError, Priority, Topic, Unparsed
from iview_tui.interchange.guides.items import (
    Draft,
    Section,
    bare,
    decimal,
    finish,
    read_item,
    read_minutes,
    shield,
    squeeze,
    unmarked,
    write_item,
    write_line,
)

COLUMNS = ("section", "question", "priority", "minutes", "key")
_FORMULA = re.compile(r"'*[=+\-@]")
_PRIORITIES = {"must": Priority.MUST, "key": Priority.MUST, "!": Priority.MUST,
               "should": Priority.SHOULD, "could": Priority.COULD, "?": Priority.COULD}  # fmt: skip


def parse_text(text: str, title: str, bank: Mapping[str, str] | None) -> Guide:
    """A question a line; bullets and numbers are dropped, lines without a question are kept."""
    drafts: list[Draft] = []
    kept: list[Unparsed] = []
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw.strip():
            continue
        draft = read_item(unmarked(raw)[1], number, bank)
        if draft is None:
            kept.append(Unparsed(number, raw.strip()))
            continue
        if draft.unknown_key:
            kept.append(Unparsed(number, draft.unknown_key))
        drafts.append(draft)
    topics = finish(drafts, [Section("")], bank or {})
    return Guide(title=title, topics=topics, kept=tuple(kept))


def parse_csv(text: str, title: str, bank: Mapping[str, str] | None) -> Guide:
    """Rows under a header with `question` in it; a row that does not parse is kept.

    Rows of the sections Opening and Close are lines to say. Raises GuideError without a header.
    """
    rows = _rows(text)
    number, header, _ = next(rows, (1, [], ""))
    names = [name.strip().casefold() for name in header or []]
    if "question" not in names:
        raise GuideError(
            f"line {number} is not the header of a question list: {','.join(COLUMNS)}, in any order"
        )
    reader = _Table(names, bank)
    reader.kept.extend(Unparsed(number, name) for name in names if name not in ("", *COLUMNS))
    for number, cells, raw in rows:
        if cells is None or not reader.take(number, cells):
            reader.kept.append(Unparsed(number, raw))
    return reader.guide(title)


def _rows(text: str) -> Iterator[tuple[int, list[str] | None, str]]:
    """Each row with the line it begins on and its own text; None where CSV ends in an error."""
    import csv  # a list as Markdown does without

    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    begin = 0
    while begin < len(lines):
        try:
            cells: list[str] | None = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        end = reader.line_num if cells is not None else len(lines)
        raw = squeeze("\n".join(lines[begin:end]))
        if raw:
            yield begin + 1, cells, raw
        begin = end


class _Table:
    """Takes the rows of a table in their order."""

    def __init__(self, names: list[str], bank: Mapping[str, str] | None) -> None:
        self.names = names
        self.bank = bank
        self.sections: list[Section] = []
        self.drafts: list[Draft] = []
        self.say: dict[str, list[str]] = {"opening": [], "close": []}
        self.kept: list[Unparsed] = []

    def take(self, number: int, cells: list[str]) -> bool:
        """Read one row; False where it does not parse."""
        if not any(cell.strip() for cell in cells):
            return True
        if any(cell.strip() for cell in cells[len(self.names) :]):
            return False
        row = dict(zip(self.names, map(_read_cell, cells), strict=False))
        section, question = bare(shield(row.get("section", ""))), row.get("question", "")
        say = self.say.get(section.casefold())
        if say is not None:
            line = bare(shield(question))
            say.extend([line] if line else [])
            return bool(line)
        draft = read_item(question, number, self.bank)
        if draft is None or not self._columns(draft, row):
            return False
        if not self.sections or self.sections[-1].title != section:
            self.sections.append(Section(section))
        draft.section = len(self.sections) - 1
        if draft.unknown_key:
            self.kept.append(Unparsed(number, draft.unknown_key))
        self.drafts.append(draft)
        return True

    def guide(self, title: str) -> Guide:
        """What was read."""
        return Guide(
            title=title,
            topics=finish(self.drafts, self.sections, self.bank or {}),
            opening=tuple(self.say["opening"]),
            close=tuple(self.say["close"]),
            kept=tuple(self.kept),
        )

    def _columns(self, draft: Draft, row: Mapping[str, str]) -> bool:
        """Let the row's own columns go before what its question says; False where one is wrong."""
        if priority := row.get("priority", ""):
            if priority.casefold() not in _PRIORITIES:
                return False
            draft.priority = _PRIORITIES[priority.casefold()]
        if minutes := row.get("minutes", ""):
            draft.minutes = read_minutes(minutes)
            if draft.minutes is None:
                return False
        if key := row.get("key", "").removeprefix("#").lower():
            known = self.bank is None or key in self.bank
            draft.key, draft.unknown_key = (key, None) if known else (None, f"#{key}")
        return True


def write_text(guide: Guide) -> str:
    """The questions alone, one a line."""
    lines = (write_item(topic, _length(topic)) for topic in guide.topics)
    return "".join(f"- {line}\n" if unmarked(line)[0] else f"{line}\n" for line in lines)


def write_csv(guide: Guide) -> str:
    """The table of the questions, the lines to say among them; no cell is ever a formula."""
    import csv

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for line in guide.opening:
        writer.writerow(map(_write_cell, ("Opening", write_line(line), "", "", "")))
    for topic in guide.topics:
        writer.writerow(map(_write_cell, _row(topic)))
    for line in guide.close:
        writer.writerow(map(_write_cell, ("Close", write_line(line), "", "", "")))
    return out.getvalue()


def _row(topic: Topic) -> tuple[str, ...]:
    plain = Topic(number=topic.number, title=topic.title, question=topic.question, key=topic.key)
    question = write_item(plain, None)
    if topic.key:
        question = question.removesuffix(f" #{topic.key}")
    section = write_line(topic.section)
    return section, question, topic.priority, decimal(topic.minutes), topic.key or ""


def _length(topic: Topic) -> float | None:
    return None if topic.minutes == MINUTES_OF_A_TOPIC else topic.minutes


def _write_cell(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text


def _read_cell(text: str) -> str:
    text = squeeze(text)
    return text[1:] if text[:1] == "'" and _FORMULA.match(text) else text
