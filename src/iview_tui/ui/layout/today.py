"""Today: the next call with its countdown, what is due, who is quiet, whom to write to."""

from collections.abc import Sequence
from datetime import date

from pendulum import DateTime

from iview_tui.domain.outreach import day_of
from iview_tui.domain.record import Contact
from iview_tui.domain.today import Due, Quiet, Talk, Today, WriteTo
from iview_tui.services.house import Person
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import (
    BLANK,
    Band,
    Item,
    facts,
    gap,
    heading,
    labelled,
    paragraph,
    section,
    titled,
)
from iview_tui.ui.layout.segs import Row, Seg, spread
from iview_tui.ui.text import pad, shown
from iview_tui.ui.themes import Signs

DAY, HOUR = 86_400, 3600
FIRST_STEPS = (
    ("add", "Add a person", "/add"),
    ("guide", "Look at the list of questions", "/guide"),
    ("demo", "Watch a made-up call", "/demo"),
    ("now", "Start a call now", "^N"),
)
"""What a first start offers: the command, its words, and how else it is reached."""
FIRST_WORDS = (
    "You talk with people about their work; iview stands beside the call:",
    "what to ask next, how much time is left, what they said, whom they name.",
    "Begin anywhere. Nothing has to be filled in first.",
)


def wait(seconds: int) -> str:
    """How long until then: `1:12:40`, `12:40`, `3 days`."""
    if seconds >= DAY:
        days = seconds // DAY
        return f"{days} day{'s' * (days != 1)}"
    hours, rest = divmod(seconds, HOUR)
    if hours:
        return f"{hours}:{rest // 60:02}:{rest % 60:02}"
    return f"{rest // 60}:{rest % 60:02}"


def day(at: date, now: DateTime) -> str:
    """A day or an instant as it is said today: `15:30`, `today`, `thu`, `3 mar`."""
    days = (day_of(at) - now.date()).days
    if days == 0:
        here = at.in_timezone(now.timezone_name or "UTC") if isinstance(at, DateTime) else None
        return f"{here:%H:%M}" if here is not None else "today"
    if days == 1:
        return "tomorrow"
    if 1 < days < 7:
        return f"{at:%a}".lower()
    return f"{at.day} {at:%b}".lower()


def head(
    seen: Today, person: Contact | None, how: str, now: DateTime, grid: Grid, calm: bool = False
) -> tuple[Row, Row, Row]:
    """The next call and how long until then; how much is due; who it will be."""
    count = len(seen.due)
    corner: Row = (Seg(f"{count} due", "strong!"),) if count else (Seg("nothing due", "muted"),)
    talk = seen.next
    if talk is None or talk.planned_at is None:
        told = facts(grid, f"{now:%A} {now.day} {now:%B}".lower())
        return told, corner, titled("today", "no call is planned")
    begin = talk.planned_at.in_timezone(now.timezone_name or "UTC")
    left = int((begin - now).total_seconds())
    left = left // 10 * 10 if calm else left
    when = f"in {wait(left)}" if left >= 0 else f"{wait(-left)} late"
    end = begin.add(minutes=talk.minutes)
    row = facts(grid, when, f"{_named_day(begin, now)} {begin:%H:%M}", f"ends {end:%H:%M}")
    if how and not grid.stacked:
        row = (*row, gap(grid), Seg(how, "muted"))
    if person is None:
        return row, corner, titled(talk.name or "nobody named")
    place = ", ".join(part for part in (person.role, person.organization) if part)
    who = titled(person.name, place, f"via {person.via}" if person.via else "")
    return row, corner, who


def _named_day(at: DateTime, now: DateTime) -> str:
    return "today" if at.date() == now.date() else day(at.date(), now)


def items(
    seen: Today, planned: Sequence[Talk], now: DateTime, grid: Grid, signs: Signs
) -> tuple[Item, ...]:
    """Everything of the day, group by group."""
    groups = [
        [heading("NEXT CALLS"), *(_talk(t, seen.next, now) for t in planned)] if planned else [],
        [heading("DUE"), *(_due(d, now) for d in seen.due)] if seen.due else [],
        [heading("QUIET since"), *(_quiet(q, now) for q in seen.quiet)] if seen.quiet else [],
        [heading("WORTH WRITING TO"), *(_write(w) for w in seen.write_to)]
        if seen.write_to else [],
    ]  # fmt: skip
    rows: list[Item] = []
    for group in groups:
        if group:
            rows += [BLANK, *group] if rows else group
    return tuple(rows)


def _talk(talk: Talk, following: Talk | None, now: DateTime) -> Item:
    assert talk.planned_at is not None
    at = talk.planned_at.in_timezone(now.timezone_name or "UTC")
    is_next = following is not None and talk.id == following.id
    end = Seg("next", "accent") if is_next else Seg(f"{talk.minutes} min", "muted")
    return Item((Seg(pad(day(at, now), 10)), Seg(shown(talk.name or "nobody named"))), (end,), talk)


def _due(due: Due, now: DateTime) -> Item:
    late = day_of(due.due) <= now.date()
    words = {"thanks": "thank-you", "posted": "keep posted"}.get(due.kind, due.what)
    end = day(due.due, now)
    past = day_of(due.due) < now.date()
    told: Row = (Seg("! " if late else "  ", "partly"), Seg(shown(words)))
    told = (*told, Seg(f"  {shown(due.name)}")) if due.name else told
    return Item(told, (Seg(f"since {end}" if past else end, "partly" if late else "muted"),), due)


def _quiet(quiet: Quiet, now: DateTime) -> Item:
    days = max((now.date() - quiet.since.date()).days, 0)
    return Item((Seg("  "), Seg(shown(quiet.name))), (Seg(f"{days} days", "muted"),), quiet)


def _write(to: WriteTo) -> Item:
    return Item((Seg("  "), Seg(shown(to.name))), (Seg("new", "muted"),), to)


def first_start(grid: Grid) -> tuple[tuple[Item, ...], list[Row]]:
    """The way in, where nothing is kept yet."""
    rows = [heading("BEGIN")]
    for command, words, key in FIRST_STEPS:
        rows.append(Item((Seg(words),), (Seg(key, "muted"),), ("do", command)))
    told: list[Row] = [(Seg("A talk about their work", "accent!"),)]
    for line in FIRST_WORDS:
        told += paragraph(line, grid.right_width)
    return tuple(rows), told


# -- the right side: a person --------------------------------------------------------------------


def card(person: Person, now: DateTime, grid: Grid, extra: Sequence[Row] = ()) -> list[Row]:
    """A person with their whole story."""
    who, width = person.contact, grid.edge - grid.margin if grid.stacked else grid.right_width
    phone = shown(who.phones[0]) if who.phones else ""
    name: Row = (Seg(shown(who.name), "accent!"),)
    if who.pronouns or who.said:
        told = ", ".join(part for part in (who.said, who.pronouns) if part)
        name = (*name, Seg(f"  {shown(told)}", "muted"))
    rows: list[Row] = [spread(name, (Seg(phone, "muted"),) if phone else (), width)]
    place = ", ".join(part for part in (who.role, who.organization) if part)
    for text in (place, *who.emails[:2], *who.phones[1:3], who.linkedin or ""):
        if text:
            rows.append((Seg(shown(text), "muted"),))
    rows += list(extra)
    got = " ".join(part for part in (who.via, f"({who.source})" if who.source else "") if part)
    rows += section("HOW I GOT THE NAME", paragraph(got, width) if got else [])
    rows += section("WHAT I KNOW", paragraph(who.background, width) if who.background else [])
    if who.tags:
        rows += section("TAGS", paragraph("  ".join(who.tags), width))
    due = [
        spread((Seg("! ", "partly"), Seg(shown(d.what))), (Seg(day(d.due, now), "partly"),), width)
        for d in person.due
    ]
    rows += section("DUE", due)
    story: list[Row] = []
    for at, text in person.story:
        label = f"{at.day} {at:%b}".lower()
        story += labelled(label, text, 7, width)
    rows += section("SO FAR", story)
    rows += section("NAMED", [(Seg(shown(name)),) for name in person.named])
    if person.step:
        rows += section("NEXT", paragraph(person.step, width))
    return rows


def agreed(talk: Talk, how: str, purpose: str, now: DateTime, width: int) -> list[Row]:
    """What was agreed for a planned call."""
    if talk.planned_at is None:
        return []
    at = talk.planned_at.in_timezone(now.timezone_name or "UTC")
    told = f"{talk.minutes} minutes, {_named_day(at, now)} {at:%H:%M}"
    rows = paragraph(f"{told}, {how}" if how else told, width)
    if purpose:
        rows += paragraph(f"Purpose: {purpose}", width)
    return section("AGREED", rows)


def band(key: object) -> Band:
    """What Enter does with what is chosen."""
    now_is_fine = ("^N", "now is fine")
    match key:
        case Talk():
            return Band("Enter opens the card before the call.",
                        (("Enter", "open"), now_is_fine))  # fmt: skip
        case Due(kind="thanks"):
            return Band("Enter opens the thank-you note; it is recorded once it was sent.",
                        (("Enter", "write"), ("^Y", "done")))  # fmt: skip
        case Due(kind="posted"):
            return Band("Enter opens a note that tells how it went on.",
                        (("Enter", "write"), ("^Y", "done")))  # fmt: skip
        case Due():
            return Band("Enter opens the person. Whatever is logged moves what is due.",
                        (("Enter", "open"), ("^O", "log"), ("^Y", "done")))  # fmt: skip
        case Quiet():
            return Band(f"{key.why}.".capitalize(),
                        (("Enter", "follow up"), ("^O", "log"), now_is_fine))  # fmt: skip
        case WriteTo():
            return Band(f"{key.why[:1].upper()}{key.why[1:]}.",
                        (("Enter", "write"), now_is_fine))  # fmt: skip
        case ("do", _):
            return Band("Enter does it; typing looks for a person.", (("Enter", "do it"),))
        case Contact():
            return Band("Enter opens the person.", (("Enter", "open"), now_is_fine))
    return Band("Type a name, an organization or the last digits of a number.")
