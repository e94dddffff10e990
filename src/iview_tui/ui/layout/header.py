"""The header: time left, names, who is on the phone, what is saved, and the time line."""

from collections.abc import Sequence

from pendulum import DateTime

from iview_tui.domain import room
from iview_tui.domain.live import LiveInterview, Phase
from iview_tui.domain.pacing import Mark
from iview_tui.domain.prompting import at_risk
from iview_tui.domain.record import Contact
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.segs import EMPTY, Row, Seg, fill, indent, size
from iview_tui.ui.text import cut, minutes, shown
from iview_tui.ui.themes import Signs
from iview_tui.ui.view import View

NAME_AT_LEAST = 18
"""Cells below which the person's name is never cut."""
CALM_STEP = 10


def header(view: View, grid: Grid) -> list[Row]:
    """The rows from the top to the body."""
    rows: list[Row] = [EMPTY] * grid.top
    if view.desk.hidden:
        rows += [_line(grid, _facts(view, grid, alone=True), ())]
        rows += [_line(grid, (Seg("Notes", "muted"),), ())]
    else:
        rows += [_line(grid, _facts(view, grid), _names(view), chip=True)]
        rows += [_line(grid, _who(view, grid), _saved(view), chip=True)]
    rows.append(time_line(view.live, view.signs, grid))
    return rows


def left_words(view: View) -> str:
    """The time left, or over, in words: the corner that is read first, and the window's title."""
    live = view.live
    if live.phase is Phase.PLANNED:
        return minutes(0)
    left = live.agreement.end - (live.ended_at if live.ended_at is not None else live.now)
    if view.calm:
        left = -(-left // CALM_STEP) * CALM_STEP if left > 0 else left // CALM_STEP * CALM_STEP
    return f"{minutes(left)} left" if left >= 0 else f"{minutes(-left)} over"


def _facts(view: View, grid: Grid, *, alone: bool = False) -> Row:
    live, agreement = view.live, view.live.agreement
    now = live.ended_at if live.ended_at is not None else live.now
    gone = now - agreement.start
    if view.calm:
        gone = gone // CALM_STEP * CALM_STEP
    end = f"{view.at(agreement.end):%H:%M}"
    gap = Seg("  " if grid.width < 78 else "   ")
    ends = f"was {end}" if now > agreement.end else f"ends {end}"
    parts = [Seg(left_words(view), "strong!")]
    if not alone:
        parts += [gap, Seg(f"{minutes(gone)} gone", "muted")]
    parts += [gap, Seg(ends, "muted")]
    there = theirs(view.contact, view.at(agreement.end))
    if there and not alone and not grid.stacked:
        parts += [Seg(f" ({there})", "muted")]
    pace = room_words(live)
    if pace and not alone and not grid.stacked:
        parts += [gap, Seg(pace, "muted")]
    return tuple(parts)


def theirs(contact: Contact | None, at: DateTime) -> str:
    """A time of day where they are, in words; empty where that is the same, or not known."""
    if contact is None or not contact.time_zone:
        return ""
    try:
        there = at.in_timezone(contact.time_zone)
    except ValueError:  # a name that this machine has no zone for
        return ""
    return f"{there:%H:%M} theirs" if there.utcoffset() != at.utcoffset() else ""


def room_words(live: LiveInterview) -> str:
    """How much still fits, never as blame."""
    if live.phase is Phase.ENDED:
        return "ended"
    if live.dropped_since is not None:
        return f"dropped {minutes(live.now - live.dropped_since)}"
    if live.question_since is not None:
        return "names next"
    if live.wrap_since is not None:
        return "wrapping up"
    lost = at_risk(live)
    if lost:
        return "no time for " + ", ".join(map(str, lost[:3]))
    if not room.needs(live):
        return ""
    count = room.more(live)
    if count:
        return f"room for {count} more" if live.current else f"room for {count}"
    return "room for this one" if live.current in room.with_time(live) else ""


def names_words(view: View) -> tuple[str, str]:
    """`NAMES 1 +1?`, and how the referral question stands."""
    live = view.live
    there, find = len(live.names), len(live.referrals) - len(live.names)
    count = f"NAMES {there}" + (f" +{find}?" if find else "")
    if there >= live.wanted:
        return count, "ok"
    if live.question_since is not None:
        return count, "ask now"
    if not there and (live.none_at is not None or live.phase is Phase.ENDED):
        return count, "none"
    if live.asked_at is not None:
        return count, "asked"
    if live.phase is Phase.ENDED:
        return count, ""
    return count, f"ask {view.at(live.agreement.gate):%H:%M}"


def _names(view: View) -> Row:
    count, state = names_words(view)
    if state == "ask now":
        return (Seg(f" {count}  {state} ", "band_text!", "band"),)
    return (Seg(count, "strong!"), Seg(f"  {state}" if state else "", "muted"))


def _saved(view: View) -> Row:
    if view.save.saved:
        return (Seg("saved", "muted"),)
    waiting = view.save.waiting
    lines = f"  {waiting} line{'s' * (waiting != 1)}" if waiting else ""
    return (Seg(f" NOT SAVED{lines} ", "trouble_text!", "trouble"),)


def _who(view: View, grid: Grid) -> Row:
    """The name is cut last: first `via`, then role, then organization."""
    contact = view.contact
    room_ = grid.edge - grid.margin - size(_saved(view)) - 2
    pace = ""
    if grid.stacked:
        there = theirs(contact, view.at(view.live.agreement.end))
        pace = "  ".join(filter(None, (room_words(view.live), there)))
    name = shown(contact.name).upper() if contact else "NOBODY NAMED"
    present = [shown(person).upper() for person in view.live.also_present]
    name = " + ".join([name, *present])
    if grid.stacked:
        room_ -= len(pace) + 3 if pace else 0
        head = (Seg(cut(name, max(room_, NAME_AT_LEAST), view.signs.dots), "text!"),)
        return (*head, Seg(f"   {pace}", "muted")) if pace else head
    role = shown(contact.role or "") if contact else ""
    organization = shown(contact.organization or "") if contact else ""
    via = f"via {shown(contact.via)}" if contact and contact.via else ""
    for job, way in (
        (_job(role, organization), via), (_job(role, organization), ""), (organization, ""),
    ):  # fmt: skip
        parts = [Seg(f"  {part}", "muted") for part in (job, way) if part]
        if size((Seg(name), *parts)) <= room_:
            return (Seg(name, "text!"), *parts)
    name = cut(name, max(room_ - size((Seg(organization),)) - 2, NAME_AT_LEAST), view.signs.dots)
    left = room_ - size((Seg(name),)) - 2
    organization = cut(organization, left, view.signs.dots) if left > 3 else ""
    return (Seg(name, "text!"), Seg(f"  {organization}" if organization else "", "muted"))


def _job(role: str, organization: str) -> str:
    return ", ".join(part for part in (role, organization) if part)


def _line(grid: Grid, left: Sequence[Seg], end: Row, *, chip: bool = False) -> Row:
    """A row between the margins; a chip stands one blank beyond its text."""
    beyond = 1 if chip and end and end[0].ground else 0
    upto = grid.edge + beyond - size(end)
    begin = fill(indent(left, grid.margin), max(upto, 0))
    return fill((*begin, *end), grid.width)


def time_line(live: LiveInterview, signs: Signs, grid: Grid) -> Row:
    """Heavy is gone, light is left; two ticks: names, and five minutes."""
    agreement = live.agreement
    width, length = max(grid.edge - grid.margin, 0), max(agreement.length, 1)
    now = live.ended_at if live.ended_at is not None else live.now
    gone = max(0, min(width, (now - agreement.start) * width // length))
    moments = [agreement.at(mark) - agreement.start for mark in (Mark.GATE, Mark.COURTESY)]
    ticks = {moment * width // length for moment in moments} if agreement.length else set()
    segs: list[Seg] = []
    begin = 0
    for column in sorted({*(t for t in ticks if t < width), width}):
        if column > begin:
            heavy = max(0, min(gone, column) - begin)
            segs.append(Seg(signs.gone * heavy, "trackgone"))
            segs.append(Seg(signs.left * (column - begin - heavy), "rule"))
        if column < width:
            segs.append(Seg(signs.tick_gone if column < gone else signs.tick, "trackgone"))
        begin = column + 1
    return fill(indent([seg for seg in segs if seg.text], grid.margin), grid.width)
