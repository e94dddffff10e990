"""The list of topics, folded into its place, and what stands at the foot of it."""

from collections.abc import Sequence

from iview_tui.domain import room
from iview_tui.domain.coverage import Coverage, State
from iview_tui.domain.desk import is_settled
from iview_tui.domain.entry import Kind
from iview_tui.domain.guide import Priority, Topic
from iview_tui.domain.value import value
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.segs import EMPTY, Row, Seg, fill, spread
from iview_tui.ui.text import cut, minutes, pad, right, shown
from iview_tui.ui.view import View

MINUTES_STEP = 10
"""Minutes on the current row step every ten seconds."""
FOOT_LABEL = 8


@value
class Line:
    """A row of the list, and the topic that it is."""

    row: Row
    topic: int | None = None
    current: bool = False


@value
class Standing:
    """How a topic's row reads."""

    topic: Topic
    coverage: Coverage
    current: bool
    no_time: bool
    maybe: bool = False
    """Whether it was probably answered in passing."""

    @property
    def key(self) -> bool:
        """Whether the row says `key`."""
        return self.topic.priority is Priority.MUST and self.coverage.open


def standings(view: View) -> list[Standing]:
    """Every topic with what its row says."""
    live = view.live
    have = set(room.with_time(live))
    return [
        Standing(
            topic, coverage, topic.number == live.current,
            coverage.open and topic.number not in have and bool(live.spans),
            topic.number in view.maybe,
        )
        for topic, coverage in zip(live.ground.guide.topics, live.topics, strict=True)
    ]  # fmt: skip


def topics(view: View, grid: Grid, height: int) -> list[Row]:
    """The list in so many rows: headings go first, then covered topics fold, then it scrolls."""
    rows = standings(view)
    sections = {s.topic.section for s in rows}
    if grid.roomy and any(sections):
        lines = _with_headings(view, grid, rows)
        if len(lines) <= height:
            return [line.row for line in lines]
    if grid.stacked:
        return _window(view, grid, _folded(view, grid, rows, fold_no_time=True), height)
    if len(rows) <= height:
        return [line.row for line in _plain(view, grid, rows)]
    return _window(view, grid, _folded(view, grid, rows, fold_no_time=False), height)


def _plain(view: View, grid: Grid, rows: Sequence[Standing]) -> list[Line]:
    return [Line(topic_row(view, grid, s), s.topic.number, s.current) for s in rows]


def _with_headings(view: View, grid: Grid, rows: Sequence[Standing]) -> list[Line]:
    lines: list[Line] = []
    section = None
    for s in rows:
        if s.topic.section != section:
            section = s.topic.section
            if lines:
                lines.append(Line(EMPTY))
            title = cut(shown(section), grid.list_width, view.signs.dots)
            lines.append(Line((Seg(title, "muted"),)))
        lines.append(Line(topic_row(view, grid, s), s.topic.number, s.current))
    return lines


def _folded(view: View, grid: Grid, rows: Sequence[Standing], *, fold_no_time: bool) -> list[Line]:
    covered = [s for s in rows if s.coverage.state is State.COVERED and not s.current]
    late = [
        s for s in rows
        if fold_no_time and s.no_time and not s.current and s.coverage.state is State.UNTOUCHED
    ]  # fmt: skip
    lines = []
    if covered:
        numbers = " ".join(f"{s.topic.number}{'*' * s.coverage.unprompted}" for s in covered)
        text = cut(numbers, grid.list_width - 12, view.signs.dots)
        word = " covered " if grid.stacked else "  covered "
        fold = (Seg(view.signs.covered, "covered"), Seg(word, "covered"), Seg(text, "muted"))
        lines.append(Line(fold))
    lines += _plain(view, grid, [s for s in rows if s not in covered and s not in late])
    if late:
        names = "  ".join(f"{s.topic.number} {shown(s.topic.title)}" for s in late)
        text = cut(names, grid.list_width - 10, view.signs.dots)
        sign = f"{view.signs.no_time} no time "
        lines.append(Line((Seg(sign, "no_time"), Seg(text, "muted"))))
    return lines


def _window(view: View, grid: Grid, lines: Sequence[Line], height: int) -> list[Row]:
    """So many lines that the current topic and the next key topic stay in view."""
    if len(lines) <= height or height <= 0:
        return [line.row for line in lines[: max(height, 0)]]
    held = lines[:1] if lines[0].topic is None else []
    rest = list(lines[len(held) :])
    places = height - len(held) - 1
    current = next((i for i, line in enumerate(rest) if line.current), None)
    if current is None:
        following = room.next_best(view.live)
        current = next((i for i, line in enumerate(rest) if line.topic == following), 0)
    guide = view.live.ground.guide
    key = next(
        (
            i for i, line in enumerate(rest)
            if i > current and (t := guide.topic(line.topic)) and t.priority is Priority.MUST
            and view.live.coverage(t.number).open
        ),
        current,
    )  # fmt: skip
    begin = max(0, min(current - 1, len(rest) - places))
    shown_rows = rest[begin : begin + places]
    if key >= begin + places:
        shown_rows = [*shown_rows[:-1], rest[key]]
    more = len(rest) - len(shown_rows)
    last = (Seg(f"{more} more", "muted"),)
    return [*[line.row for line in (*held, *shown_rows)][: height - 1], last]


def word(s: Standing) -> tuple[str, str]:
    """The word for a row's state, and its role."""
    state = s.coverage.state
    if s.current:
        return "now", "accent!"
    if s.maybe and state is State.UNTOUCHED:
        return "maybe", "asked"
    if s.no_time and state is State.UNTOUCHED:
        return "no time", "no_time"
    if state is State.COVERED:
        return "covered" + " *" * s.coverage.unprompted, "covered"
    roles = {State.ASKED: "asked", State.PARTLY: "partly", State.SKIPPED: "muted"}
    return ("", "text") if state is State.UNTOUCHED else (str(state), roles[state])


def symbol(view: View, s: Standing) -> tuple[str, str]:
    """The sign before a row, and its role."""
    signs, state = view.signs, s.coverage.state
    if s.current:
        return signs.now, "accent!"
    if s.no_time and state is State.UNTOUCHED:
        return signs.no_time, "no_time"
    return {
        State.UNTOUCHED: (signs.untouched, "muted"), State.ASKED: (signs.asked, "asked"),
        State.PARTLY: (signs.partly, "partly"), State.COVERED: (signs.covered, "covered"),
        State.SKIPPED: (signs.skipped, "muted"),
    }[state]  # fmt: skip


def topic_row(view: View, grid: Grid, s: Standing) -> Row:
    """One topic; the current one begins one column before the axis, with the bar."""
    ground = "raised" if s.current else ""
    act = f"go {s.topic.number}"
    sign, sign_role = symbol(view, s)
    said, role = word(s)
    quiet = not s.coverage.open and not s.current
    name_role = "strong!" if s.current else "muted" if quiet else "strong" if s.key else "text"
    number_role = "strong!" if s.current else "muted"
    seconds = view.live.seconds_on(s.topic.number)
    if s.current:
        seconds = seconds // MINUTES_STEP * MINUTES_STEP
    width = grid.list_width
    head = [Seg(sign, sign_role, ground, act), Seg(right(str(s.topic.number), 3), number_role,
            ground, act), Seg(" ", "text", ground, act)]  # fmt: skip
    title = shown(s.topic.title)
    if grid.wide:
        time = minutes(seconds) if seconds else ""
        tail = [
            Seg("key" if s.key else "   ", "strong!", ground, act),
            Seg("  ", "text", ground, act),
            Seg(pad(said, 10), role, ground, act),
            Seg(right(time, 7), "text" if s.current else "muted", ground, act),
        ]
        room_ = width - 5 - 22 - 1
    else:
        tail = _narrow_tail(s, said, role, minutes(seconds) if s.current else "", ground, act)
        room_ = width - 5 - 12 - 1
    name = Seg(pad(title, room_, view.signs.dots) + " ", name_role, ground, act)
    row: Row = (*head, name, *tail)
    if not s.current:
        return row
    return (Seg(view.signs.bar, "accent", ground, act), *fill(row, width + 1, ground))


def _narrow_tail(s: Standing, said: str, role: str, time: str, ground: str, act: str) -> list[Seg]:
    tail = [Seg("key", "strong!", ground, act)] if s.key else []
    if said:
        tail.append(Seg((" " if s.key else "") + said, role, ground, act))
    used = sum(len(seg.text) for seg in tail)
    tail.append(Seg(right(time, max(12 - used, len(time) + 1 if time else 0)), "text", ground, act))
    return tail


def foot(view: View, grid: Grid, height: int) -> list[Row]:
    """PARKED, THEY and I: what is not settled yet, the newest last, one row each where short."""
    groups = (
        ("PARKED", Kind.PARKED), ("THEY", Kind.PROMISE_THEIRS), ("I", Kind.PROMISE_MINE),
    )  # fmt: skip
    most = 2 if height >= 20 else 1
    rows: list[Row] = []
    for label, kind in groups:
        open_ = [x.entry for x in view.live.listed if x.entry.kind is kind and not is_settled(x)]
        for index, entry in enumerate(open_[-most:]):
            text, end = listed(view, entry.id)
            more = f" +{len(open_) - most}" if index == 0 and len(open_) > most else ""
            head = pad(label + more if not index else "", FOOT_LABEL)
            rows.append(
                spread((Seg(head, "muted"), Seg(text, "text")), (Seg(end, "muted"),),
                       grid.list_width)
            )  # fmt: skip
    return rows


def listed(view: View, entry_id: str) -> tuple[str, str]:
    """Text of an entry of a list without its date, and at the right its date or minute."""
    live = view.live
    entry = next(e for e in live.counting if e.id == entry_id)
    text = shown(entry.text)
    if entry.kind in (Kind.PROMISE_THEIRS, Kind.PROMISE_MINE):
        head, by, day = text.rpartition(" by ")
        if by and len(day) <= 12:
            return head, day
        return text, ""
    return text, f"{max(0, entry.stamp - live.agreement.start) // 60}'"
