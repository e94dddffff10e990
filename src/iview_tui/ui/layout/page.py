"""The skeleton of the screens outside the call: header, rule, list, subject, band, keys.

Each screen says what stands in it as a `Page`; where things stand is said here alone.
"""

from collections.abc import Sequence

from iview_tui.domain.value import value
from iview_tui.ui.house_keys import called
from iview_tui.ui.keys import Action, Keys, named
from iview_tui.ui.layout.before import band_rows
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.segs import EMPTY, Row, Seg, clip, fill, indent, join, size, spread
from iview_tui.ui.text import cut, pad, shown, wrap
from iview_tui.ui.themes import Signs

HELP_WIDTH = 10


@value
class Item:
    """A row of the list."""

    row: Row
    end: Row = ()
    """What stands at its right edge."""
    key: object = None
    """What the row is about; None where it cannot be chosen."""


@value
class Band:
    """What is said above the line, and the keys that answer it."""

    text: str
    keys: tuple[tuple[str, str], ...] = ()
    label: str = ""
    ground: str = ""
    """offer, trouble, or empty for a hint."""


NO_BAND = Band("")


@value
class Page:
    """What a screen shows, but for its line."""

    facts: Row = ()
    corner: Row = ()
    title: Row = ()
    state: Row = (Seg("saved", "muted"),)
    items: tuple[Item, ...] = ()
    place: int = -1
    """Which item is chosen; -1: none."""
    subject: tuple[Row, ...] = ()
    """The right side, as wide as `grid.right_width`; below the list where `whole`."""
    band: Band = NO_BAND
    whole: bool = False
    """Whether the list takes the whole width, and the subject stands below it."""
    line: float | None = None
    """How much of the rule is heavy, 0 to 1; None for a plain rule."""
    floor: bool = False
    """Whether the subject's newest row is the lowest, and older ones go first."""


@value
class Painted:
    """All rows of a screen, but for its line."""

    header: tuple[Row, ...]
    body: tuple[Row, ...]
    band: tuple[Row, ...]


def painted(page: Page, grid: Grid, signs: Signs) -> Painted:
    """The page at a size."""
    width = grid.edge - grid.margin
    head = [
        *[EMPTY] * grid.top,
        indent(spread(page.facts, page.corner, width), grid.margin),
        indent(spread(page.title, page.state, width), grid.margin),
        _rule(page, grid, signs),
    ]
    body = [*[EMPTY] * grid.under_header, *_body(page, grid, signs), *[EMPTY] * grid.under_body]
    band = page.band
    if band.text:
        keys = list(band.keys)
        rows = band_rows(band.label, shown(band.text), keys, grid, band.ground)[: grid.band]
    else:
        rows = [EMPTY] * grid.band
    return Painted(tuple(head), tuple(body), tuple(rows))


def _rule(page: Page, grid: Grid, signs: Signs) -> Row:
    width = grid.edge - grid.margin
    heavy = round(width * page.line) if page.line is not None else 0
    heavy = max(0, min(width, heavy))
    row = (Seg(signs.gone * heavy, "trackgone"), Seg(signs.left * (width - heavy), "rule"))
    return indent(tuple(seg for seg in row if seg.text), grid.margin)


def list_width(page: Page, grid: Grid) -> int:
    """Cells of a row of the list."""
    return grid.edge - grid.margin - 1 if page.whole else grid.list_width


def _body(page: Page, grid: Grid, signs: Signs) -> list[Row]:
    height = grid.body
    wide = list_width(page, grid)
    if not (page.whole or grid.stacked):
        left = _list(page, grid, signs, height, wide)
        right = _subject(page, grid, signs, height, grid.right_width)
        pairs = [
            (left[at] if at < len(left) else EMPTY, right[at] if at < len(right) else EMPTY)
            for at in range(height)
        ]
        return [join(((0, one), (grid.right, two)), grid.width) for one, two in pairs]
    if not page.subject:
        above = _list(page, grid, signs, height, wide)
    else:
        share = height - min(len(page.subject) + 1, height // 2)
        above = _list(page, grid, signs, max(share, 3), wide)
        above = [*above, EMPTY][:height]
    below = _subject(page, grid, signs, height - len(above), grid.edge - grid.margin)
    below = [indent(row, grid.margin) for row in below]
    rows = [*above, *below][:height]
    return [*rows, *[EMPTY] * (height - len(rows))]


def _subject(page: Page, grid: Grid, signs: Signs, height: int, width: int) -> list[Row]:
    rows = [clip(row, width, signs.dots) for row in page.subject]
    if len(rows) <= height:
        return rows
    if page.floor:
        return rows[len(rows) - height :]
    return [*rows[: max(height - 1, 0)], (Seg(f"{len(rows) - height + 1} more", "muted"),)]


def _list(page: Page, grid: Grid, signs: Signs, height: int, width: int) -> list[Row]:
    """The rows around the chosen one; the last says how many more there are."""
    items = page.items
    begin = 0
    if len(items) > height and page.place >= 0:
        begin = max(0, min(page.place - height // 2, len(items) - height))
    seen = items[begin : begin + height]
    rows = [_row(each, at, at == page.place, grid, signs, width)
            for at, each in enumerate(seen, start=begin)]  # fmt: skip
    more = len(items) - begin - len(seen)
    if more > 0 and rows:
        rows[-1] = indent((Seg(f"{more + 1} more", "muted"),), grid.margin)
    return rows


def _row(item: Item, at: int, chosen: bool, grid: Grid, signs: Signs, width: int) -> Row:
    if not chosen:
        act = f"row {at}" if item.key is not None else ""
        row = spread(item.row, item.end, width)
        return indent(tuple(s if s.act else s._replace(act=act) for s in row), grid.margin)
    row = tuple(_on_raised(seg) for seg in item.row)
    end = tuple(seg._replace(ground=seg.ground or "raised") for seg in item.end)
    inside = fill(spread(row, end, width, "raised"), width + 1, "raised")
    return (*fill((), grid.margin - 1), Seg(signs.bar, "accent", "raised"), *inside)


def _on_raised(seg: Seg) -> Seg:
    role = {"text": "strong!", "strong": "strong!"}.get(seg.role, seg.role)
    return seg._replace(role=role, ground=seg.ground or "raised")


# -- pieces that screens are made of ---------------------------------------------------------


def gap(grid: Grid) -> Seg:
    """Between facts of the header."""
    return Seg("  " if grid.width < 78 else "   ")


def facts(grid: Grid, first: str, *more: str) -> Row:
    """The first fact strong, the others muted."""
    row: Row = (Seg(first, "strong!"),)
    for each in more:
        if each:
            row = (*row, gap(grid), Seg(each, "muted"))
    return row


def titled(name: str, *more: str) -> Row:
    """Who or what it is about, in capitals, and what is known of it."""
    row: Row = (Seg(shown(name).upper(), "text!"),)
    for each in more:
        if each:
            row = (*row, Seg("  "), Seg(shown(each), "muted"))
    return row


def heading(text: str, end: str = "") -> Item:
    """A small heading of the list."""
    return Item((Seg(text, "muted"),), (Seg(end, "muted"),) if end else ())


BLANK = Item(EMPTY)


def item(text: str, end: str = "", key: object = None, *, sign: str = "", indent_: int = 0,
         role: str = "text", end_role: str = "muted") -> Item:  # fmt: skip
    """A row of the list with a text of people."""
    row: Row = ()
    if sign or indent_:
        row = (Seg(pad(sign, max(indent_, 2 if sign else 0)), "partly"),)
    return Item((*row, Seg(shown(text), role)), (Seg(shown(end), end_role),) if end else (), key)


def labelled(label: str, text: str, wide: int, width: int, role: str = "text") -> list[Row]:
    """A muted label and a text beside it, in as many rows as it needs."""
    lines = wrap(shown(text), max(width - wide, 4))
    return [
        (Seg(pad(label if not at else "", wide), "muted"), Seg(line, role))
        for at, line in enumerate(lines)
    ]


def paragraph(text: str, width: int, role: str = "text") -> list[Row]:
    """A text in rows."""
    return [(Seg(line, role),) for line in wrap(shown(text), width)]


def section(title: str, rows: Sequence[Row]) -> list[Row]:
    """A small heading over rows, with an empty row before it; nothing where there are none."""
    return [EMPTY, (Seg(title, "muted"),), *rows] if rows else []


# -- the keys, and help ---------------------------------------------------------------------


def foot(keys: Keys, grid: Grid, lead: str = "open") -> Row:
    """As many keys as fit: Enter first, help last, always."""
    enter = next(a for a in keys.actions if a.action == "submit")
    shown_first = [(named("enter"), lead, enter.id)] if lead else []
    own = [a for a in keys.actions if a.word and a.id.partition(".")[0] != "house"]
    back, everything = (
        next(a for a in keys.actions if a.id == wanted)
        for wanted in ("house.go-back", "house.list-all")
    )
    pieces = shown_first + [(called(a), a.word, a.id) for a in (*own, back)]
    last = (*_key(called(everything), everything.word, everything.id), *_key("?", "help", "help"))
    room = grid.edge - grid.margin - size(last) + 2
    row: Row = ()
    for piece in pieces:
        more = _key(*piece)
        if size((*row, *more)) <= room:
            row = (*row, *more)
    return fill(indent((*row, *last), grid.margin), grid.width)


def _key(key: str, word: str, act: str) -> Row:
    return (Seg(key, "text", "", act), Seg(f" {word}", "muted", "", act), Seg("  "))


def help_items(keys: Keys, grid: Grid, signs: Signs, now: Sequence[str] = ()) -> list[Item]:
    """What can be done now, then here, then everywhere; `now` are keys as they are written."""
    named_now = [a for name in now for a in keys.actions if called(a) == name]
    rest = [a for a in keys.actions if a not in named_now and a.id != "house.feed-line"]
    own = [a for a in rest if not a.id.startswith("house.")]
    common = [a for a in rest if a.id.startswith("house.")]
    rows = [Item((Seg("HELP", "accent!"),), (Seg(f"{named('f1')} back", "muted", "", "help"),))]
    for title, actions in (("NOW", named_now), ("HERE", own), ("EVERYWHERE", common)):
        if actions:
            rows += [heading(title)]
        rows += [_help_row(action, grid, signs) for action in actions]
    return rows


def _help_row(action: Action, grid: Grid, signs: Signs) -> Item:
    names = " ".join(named(key) for key in action.keys[:2]) or f"/{action.command}"
    wide = max(HELP_WIDTH + 4, len(names) + 1)
    told = cut(action.help, max(grid.edge - grid.margin - wide - 1, 4), signs.dots)
    return Item((Seg(pad(names, wide), "strong", "", action.id), Seg(told, "muted")), (), action.id)


def choice_items(actions: Sequence[Action], grid: Grid, signs: Signs) -> list[Item]:
    """The commands that begin as typed."""
    rows = [Item((Seg("COMMANDS", "accent!"),), (Seg("Esc closes", "muted", "", "back"),))]
    for action in actions:
        name = pad(f"/{action.command}", HELP_WIDTH)
        told = cut(action.help, max(grid.edge - grid.margin - HELP_WIDTH - 1, 4), signs.dots)
        rows.append(Item((Seg(name, "text"), Seg(told, "muted")), (), action.command))
    return rows
