"""After the call: six steps, each of which may be left; the call's own figures beside them."""

from collections.abc import Mapping, Sequence
from typing import Any

from pendulum import DateTime

from iview_tui.domain.desk import WrapRow
from iview_tui.domain.entry import WORDS, Entry, Kind
from iview_tui.domain.live import LiveInterview
from iview_tui.domain.reflection import Plan
from iview_tui.domain.value import value
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.notes import SIGNS, note_text
from iview_tui.ui.layout.page import BLANK, Item, facts, heading, labelled, paragraph
from iview_tui.ui.layout.segs import EMPTY, Row, Seg
from iview_tui.ui.text import cut, minutes, pad, right, shown, wrap
from iview_tui.ui.themes import Signs

DUMP = 120
"""Seconds that the brain dump is meant to take."""
STEPS = ("Brain dump", "Style", "What it means for me", "Names", "Promises", "Thank-you")
STYLE = (
    ("worked", "What worked?"),
    ("differently", "What would I do differently?"),
    ("confidence", "How sure of myself was I, 1 to 5?"),
)
"""Questions on one's own style, with how they are kept."""
WEIGHS = ("closer", "further", "unsure")
PEOPLE_GROUPS = ("SPELLING", "MAY I SAY", "TO FIND")
BADGES = ("dump", "style", "plans", "names", "promises", "thanks")
BADGES_WIDE = ("brain dump", "my style", "what it means for me", "names", "promises", "thank-you")


@value
class Debrief:
    """What the screen shows."""

    live: LiveInterview
    figures: Mapping[str, Any]
    now: DateTime
    step: int = 0
    spent: int = 0
    """Seconds since the debrief was opened."""
    answers: Mapping[tuple[str, str | None], str] | None = None
    """What was answered: by the question and what it is about."""
    plans: tuple[Plan, ...] = ()
    rows: tuple[WrapRow, ...] = ()
    """What is still to be settled."""
    place: int = 0
    """Which question or row of the step is on."""
    calm: bool = False


def head(seen: Debrief, grid: Grid) -> tuple[Row, Row]:
    """What is left of the brain dump's two minutes, and the names."""
    live = seen.live
    left = DUMP - seen.spent
    left = -(-left // 10) * 10 if seen.calm else left
    ended = live.instant(live.ended_at) if live.ended_at is not None else None
    end = f"ended {ended:%H:%M}" if ended is not None else ""
    if seen.step == 0 and left > 0:
        told = facts(grid, f"{minutes(left)} left", f"brain dump {minutes(DUMP)}", end)
    else:
        told = facts(grid, f"{seen.step + 1} of {len(STEPS)}", STEPS[seen.step].casefold(), end)
    state = "ok" if len(live.names) >= live.wanted else "none" if not live.names else ""
    names: Row = (Seg(f"NAMES {len(live.names)}", "strong!"),)
    return told, (*names, Seg(f"  {state}", "muted")) if state else names


def line(seen: Debrief) -> float | None:
    """The quiet bar: how much of the two minutes is gone."""
    return min(seen.spent / DUMP, 1.0) if seen.step == 0 else None


def of_step(rows: Sequence[WrapRow], step: int) -> tuple[WrapRow, ...]:
    """What is to be settled in a step: people, or promises and what is open."""
    people = step == STEPS.index("Names")
    return tuple(row for row in rows if (row.group in PEOPLE_GROUPS) == people)


def items(seen: Debrief, grid: Grid) -> tuple[Item, ...]:
    """The steps, then the call in figures."""
    rows = []
    for at, name in enumerate(STEPS):
        end = "now" if at == seen.step else _count(seen, at)
        role = "accent" if at == seen.step else "muted"
        rows.append(Item((Seg(f"{at + 1} {name}"),), (Seg(end, role),) if end else (), at))
    return (*rows, BLANK, heading("THE CALL"), *_figures(seen, grid))


def _count(seen: Debrief, step: int) -> str:
    answers = seen.answers or {}
    match step:
        case 0:
            count = len(dumped(seen.live))
            return f"{count} line{'s' * (count != 1)}" if count else ""
        case 1:
            open_ = sum((key, None) not in answers for key, _ in STYLE)
            return f"{open_} question{'s' * (open_ != 1)}" if open_ else "done"
        case 2:
            return f"{len(seen.plans)} plan{'s' * (len(seen.plans) != 1)}" if seen.plans else ""
        case 3 | 4:
            count = len(of_step(seen.rows, step))
            return str(count) if count else "done"
    if seen.live.ended_at is None:
        return ""
    due = seen.live.instant(seen.live.ended_at).add(days=1)
    return f"by {due:%a %H:%M}".lower()


def _figures(seen: Debrief, grid: Grid) -> list[Item]:
    figures, live = seen.figures, seen.live
    over = figures.get("over", 0)
    told = f"{minutes(over)} over" if over > 0 else f"{minutes(-over)} early" if over < 0 else ""
    rows = [
        ("talked", minutes(figures.get("length", 0)), told),
        ("key topics", f"{figures.get('musts_answered', 0)} of {figures.get('musts', 0)}", ""),
        ("by itself", f"{figures.get('unprompted', 0)} *", ""),
        ("names", f"{len(live.names)} of {live.wanted}", ""),
    ]
    out = [
        Item((Seg(pad(label, 11), "muted"), Seg(text)), (Seg(end, "muted"),) if end else ())
        for label, text, end in rows
    ]
    topics = live.ground.guide.topics
    longest = sorted(topics, key=lambda t: -live.seconds_on(t.number))[:2]
    for topic in longest:
        if live.seconds_on(topic.number):
            name = Seg(cut(shown(topic.title), grid.list_width - 18, "…"), "muted")
            spent = minutes(live.seconds_on(topic.number))
            out.append(Item((Seg(pad(spent, 11)), name)))
    open_ = [t for t in topics if str(live.coverage(t.number).state) in ("untouched", "asked")]
    for topic in [t for t in open_ if t.priority == "must"][:2]:
        title = cut(shown(topic.title), grid.list_width - 14, "…")
        out.append(
            Item((Seg(pad("open", 11), "muted"), Seg(f"{topic.number} {title}", "asked")))
        )  # fmt: skip
    return out


def dumped(live: LiveInterview) -> list[Entry]:
    """What was written after the end."""
    if live.ended_at is None:
        return []
    return [e for e in live.counting if e.kind in WORDS and e.entered >= live.ended_at
            and e.stamp >= live.ended_at]  # fmt: skip


def subject(seen: Debrief, grid: Grid, signs: Signs) -> tuple[list[Row], bool]:
    """The step, and whether its newest row is the lowest."""
    width = grid.edge - grid.margin if grid.stacked else grid.right_width
    match seen.step:
        case 0:
            return _dump(seen, width, signs), False
        case 1:
            return _style(seen, width, signs), False
        case 2:
            return _plans(seen, width, signs), False
        case 3 | 4:
            return _open(seen, width, signs), False
    return _thanks(seen, width), False


def _title(title: str, question: str, width: int) -> list[Row]:
    return [(Seg(title, "accent!"),), *paragraph(question, width, "strong"), EMPTY]


def _dump(seen: Debrief, width: int, signs: Signs) -> list[Row]:
    rows = _title("Everything still in the head", "What surprised me? What would I ask next?",
                  width)  # fmt: skip
    end = seen.live.ended_at or 0
    for entry in dumped(seen.live)[-12:]:
        minute = f"{max(0, entry.entered - end) // 60}'"
        starred = seen.live.is_starred(entry)
        sign = "!" if starred else SIGNS.get(entry.kind, "")
        role = "private" if seen.live.is_private(entry) else "strong" if starred else "text"
        before: Row = (Seg(right(minute, 3), "muted"),
                       Seg(right(sign, 3) + " ", "partly!" if starred else "muted"))  # fmt: skip
        for at, text in enumerate(wrap(note_text(entry), max(width - 7, 8))):
            rows.append((*(before if not at else (Seg(" " * 7),)), Seg(text, role)))
    return rows


def _at(here: bool, signs: Signs) -> Seg:
    return Seg(f"{signs.now} " if here else "  ", "accent!")


def _style(seen: Debrief, width: int, signs: Signs) -> list[Row]:
    rows = _title("My style", "Beside the figures: how did I do?", width)
    answers = seen.answers or {}
    for at, (key, question) in enumerate(STYLE):
        here = at == seen.place
        rows.append((_at(here, signs), Seg(question, "strong!" if here else "text")))
        if (key, None) in answers:
            rows += [(Seg("  "), *row) for row in paragraph(answers[key, None], width - 2, "muted")]
    return rows


def _plans(seen: Debrief, width: int, signs: Signs) -> list[Row]:
    rows = _title("What it means for my plans", "Closer, further or unsure? And what I have, "
                  "what I need.", width)  # fmt: skip
    answers = seen.answers or {}
    for at, plan in enumerate(seen.plans):
        here = at == seen.place
        told = [(_at(here and not n, signs), Seg(line, "strong!" if here else "text"))
                for n, line in enumerate(wrap(shown(plan.text), width - 2))]  # fmt: skip
        rows += told
        if ("plan", plan.id) in answers:
            said = answers["plan", plan.id]
            rows += [(Seg("  "), *row) for row in paragraph(said, width - 2, "muted")]
    if not seen.plans:
        rows += paragraph("No plan is written down yet. What do you want of all these talks? "
                          "A line each.", width)  # fmt: skip
    elif seen.place >= len(seen.plans):
        rows.append((_at(True, signs), Seg("one plan more, or Enter for the next step", "muted")))
    return rows


def _open(seen: Debrief, width: int, signs: Signs) -> list[Row]:
    people = seen.step == STEPS.index("Names")
    title = "The people they named" if people else "Promises, and what is still open"
    ask = ("Is the name spelled right? May I say who sent me?" if people
           else "What did I promise, what did they? By when?")  # fmt: skip
    rows = _title(title, ask, width)
    found = of_step(seen.rows, seen.step)
    group = ""
    for at, row in enumerate(found):
        if row.group != group:
            group = row.group
            rows.append((Seg(group, "muted"),))
        here = at == seen.place
        sign = f"{row.sign} " if row.sign else f"{row.topic} " if row.topic else ""
        text = cut(shown(row.text), width - 2 - len(sign), signs.dots)
        name = Seg(text, "strong!" if here else "text")
        rows.append((_at(here, signs), Seg(sign, "muted"), name))
    if not found:
        rows.append((Seg("nothing is left to settle", "covered"),))
    if people and not seen.live.names:
        rows += [EMPTY, *paragraph("No names? The question can go into the thank-you: "
                                   "/ask puts it there.", width, "partly")]  # fmt: skip
    return rows


def _thanks(seen: Debrief, width: int) -> list[Row]:
    rows = _title("The thank-you note", "Within a day, in their own words.", width)
    live = seen.live
    words = [e for e in live.counting if e.kind in (Kind.NOTE, Kind.QUOTE)
             and not live.is_private(e)]  # fmt: skip
    best = [e for e in words if live.is_starred(e)] or [e for e in words if e.kind is Kind.QUOTE]
    for entry in best[:4]:
        rows += labelled(SIGNS.get(entry.kind, "!") or "!", note_text(entry), 2, width)
    if not best:
        rows.append((Seg("nothing was starred or quoted; the note says so", "muted"),))
    return rows
