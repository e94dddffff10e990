"""A call after it: its topics, when each was talked about, and every entry."""

from collections.abc import Iterator, Sequence

from iview_tui.domain.entry import WORDS, Entry, Kind
from iview_tui.domain.guide import Priority
from iview_tui.domain.live import LiveInterview
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.notes import SIGNS, note_text
from iview_tui.ui.layout.page import Item, facts, heading, labelled, paragraph, titled
from iview_tui.ui.layout.segs import EMPTY, Row, Seg
from iview_tui.ui.text import cells, cut, minutes, pad, right, shown
from iview_tui.ui.themes import Signs

GOES = (Kind.GO, Kind.NEXT, Kind.SKIP)
LEAVES = (Kind.SAID, Kind.NONE, Kind.WRAP, Kind.END)
STEP = 300
"""Seconds between two numbers over the bars."""


def head(record: CallRecord, live: LiveInterview, grid: Grid) -> tuple[Row, Row, Row]:
    """Length, day, names, and who it was."""
    end = live.ended_at if live.ended_at is not None else live.now
    length = max(0, end - live.agreement.start) if live.spans else 0
    at = live.instant(live.agreement.start) if live.spans else None
    day = f"{at:%a} {at.day} {at:%B %H:%M}".lower() if at is not None else "not begun"
    told = facts(grid, minutes(length), f"agreed {record.agreed_minutes}:00", day)
    ok = "  ok" if len(live.names) >= live.wanted else ""
    names: Row = (Seg(f"NAMES {len(live.names)}", "strong!"), Seg(ok, "muted"))
    return told, names, person(record.contact)


def person(contact: Contact | None) -> Row:
    """Who it is about, as the header has it."""
    if contact is None:
        return titled("nobody named")
    place = ", ".join(part for part in (contact.role, contact.organization) if part)
    return titled(contact.name, place, f"via {contact.via}" if contact.via else "")


def words(live: LiveInterview, topic: int | None = None) -> list[Entry]:
    """Entries with words in the order of their moments; of one topic where one is given."""
    found = [e for e in live.counting if e.kind in WORDS and (topic is None or e.topic == topic)]
    return sorted(found, key=lambda entry: entry.stamp)


def topic_items(live: LiveInterview, grid: Grid, signs: Signs) -> tuple[Item, ...]:
    """One row a topic: how far it came, and how long it took."""
    rows = [heading("TOPICS", "min")]
    wide = grid.list_width
    for topic in live.ground.guide.topics:
        coverage = live.coverage(topic.number)
        state = str(coverage.state)
        role = {"partly": "partly", "asked": "asked"}.get(state, "muted")
        spent = live.seconds_on(topic.number)
        end = minutes(spent) if spent else ""
        tail = " *" if coverage.unprompted else ""
        key = " key" if topic.priority is Priority.MUST else ""
        room = wide - 5 - len(tail) - len(key) - 6
        title = cut(shown(topic.title), room, signs.dots)
        name_role = "muted" if state in ("covered", "skipped", "untouched") else "text"
        row = (Seg(f"{getattr(signs, state)} ", role), Seg(right(str(topic.number), 2) + " "),
               Seg(title, name_role), Seg(tail, "covered"), Seg(key, "strong!"))  # fmt: skip
        rows.append(Item(tuple(s for s in row if s.text), (Seg(end, "muted"),), topic.number))
    loose = [e for e in words(live) if e.topic is None]
    if loose:
        rows.append(Item((Seg("     no topic"),), (Seg(str(len(loose)), "muted"),), 0))
    return tuple(rows)


def entry_items(
    live: LiveInterview, entries: Sequence[Entry], grid: Grid, signs: Signs
) -> tuple[Item, ...]:
    """One row an entry: minute, sign, words."""
    return tuple(
        Item(_entry(live, entry, grid.list_width, signs), (), entry.id) for entry in entries
    )


def _entry(live: LiveInterview, entry: Entry, width: int, signs: Signs) -> Row:
    minute = f"{max(0, entry.stamp - live.agreement.start) // 60}'"
    starred = live.is_starred(entry)
    sign = "!" if starred else SIGNS.get(entry.kind, "")
    role = "private" if live.is_private(entry) else "strong" if starred else "text"
    return (
        Seg(right(minute, 3), "muted"),
        Seg(right(sign, 3) + " ", "partly!" if starred else "muted"),
        Seg(cut(note_text(entry), max(width - 7, 4), signs.dots), role),
    )


def spans(live: LiveInterview) -> dict[int, list[tuple[int, int]]]:
    """From when to when each topic was the one talked about."""
    found: dict[int, list[tuple[int, int]]] = {}
    current, since = None, 0
    for entry in live.counting:
        if entry.kind not in GOES and entry.kind not in LEAVES:
            continue
        if current is not None and entry.entered > since:
            found.setdefault(current, []).append((since, entry.entered))
        current = entry.topic if entry.kind in GOES else None
        since = entry.entered
    end = live.ended_at if live.ended_at is not None else live.now
    if current is not None and end > since:
        found.setdefault(current, []).append((since, end))
    return found


def bars(live: LiveInterview, chosen: object, grid: Grid, signs: Signs) -> list[Row]:
    """Beside each topic when it was talked about, and below when which signs were typed."""
    start = live.agreement.start
    end = live.ended_at if live.ended_at is not None else live.now
    width = grid.right_width
    per = max((end - start) / max(width - 1, 1), 1)

    def cell(moment: int) -> int:
        return max(0, min(width - 1, int((moment - start) / per)))

    scale = [" "] * (width + 4)
    for at in range(0, end - start + 1, STEP):
        label = f"{at // 60}'"
        place = cell(start + at)
        scale[place : place + len(label)] = label
    rows: list[Row] = [(Seg("".join(scale)[:width].rstrip(), "muted"),)]
    by_topic = spans(live)
    for topic in live.ground.guide.topics:
        line = [" "] * width
        for begin, until in by_topic.get(topic.number, ()):
            for at in range(cell(begin), cell(until) + 1):
                line[at] = "=" if signs.gone == "=" else "▬"
        role = "accent" if topic.number == chosen else "trackgone"
        rows.append((Seg("".join(line).rstrip(), role),))
    line = [" "] * width
    for entry, sign in _signed(live):
        line[cell(entry.stamp)] = sign
    return [*rows, (Seg("".join(line).rstrip(), "partly"),)]


def _signed(live: LiveInterview) -> Iterator[tuple[Entry, str]]:
    for entry in words(live):
        sign = "!" if live.is_starred(entry) else SIGNS.get(entry.kind, "")
        if sign:
            yield entry, sign


def topic_subject(
    live: LiveInterview, number: int, others: str, grid: Grid, signs: Signs
) -> list[Row]:
    """A topic's question, and everything that was noted under it."""
    topic = live.ground.guide.topic(number)
    width = grid.right_width
    title = f"{number} {shown(topic.title)}" if topic else "No topic"
    rows: list[Row] = [(Seg(title, "accent!"),)]
    if topic is not None and not grid.tall:
        rows += paragraph(topic.question, width, "strong")
    found = [e for e in words(live) if e.topic == (number or None)]
    rows += [EMPTY] if rows and not grid.tall else []
    rows += [_entry(live, entry, width, signs) for entry in found]
    if not found:
        rows.append((Seg("nothing was noted", "muted"),))
    if others:
        rows += [EMPTY, *labelled("others", others, 8, width, "muted")]
    return rows


def entry_subject(live: LiveInterview, entry: Entry, old: Sequence[str], grid: Grid) -> list[Row]:
    """One entry in full, with where it stands and how it was worded before."""
    width = grid.right_width
    topic = live.topic(entry.topic)
    title = f"{topic.number} {shown(topic.title)}" if topic else "No topic"
    moment = max(0, entry.stamp - live.agreement.start)
    kind = str(entry.kind).replace("_", " ")
    rows: list[Row] = [(Seg(title, "accent!"),)]
    flags = ["starred"] if live.is_starred(entry) else []
    flags += ["private"] if live.is_private(entry) else []
    rows += paragraph("  ".join([f"{minutes(moment)} gone", kind, *flags]), width, "muted")
    role = "private" if live.is_private(entry) else "strong"
    rows += [EMPTY, *paragraph(note_text(entry), width, role)]
    if old:
        rows += [EMPTY, (Seg("BEFORE", "muted"),)]
        rows += [row for text in old for row in paragraph(text, width, "muted")]
    return rows


def before(live: LiveInterview, entry: Entry) -> list[str]:
    """How an entry was worded before, the first wording first."""
    first = next((e for e in live.log if e.id == entry.id), entry)
    texts = [first.text] + [
        e.text for e in live.log if e.kind is Kind.REVISION and e.about == entry.id
    ]
    return [text for text in dict.fromkeys(texts) if text != entry.text]


def badge(text: str, grid: Grid) -> str:
    """A badge that fits before the third axis."""
    return pad(text, min(cells(text), grid.label - grid.margin - 1))
