"""The card before the call, and the card of a call that was left unfinished."""

from pendulum import DateTime

from iview_tui.domain import wording
from iview_tui.domain.guide import Priority
from iview_tui.domain.pacing import Agreement, Fit
from iview_tui.domain.record import CallRecord
from iview_tui.domain.value import value
from iview_tui.domain.wording import first
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.header import theirs
from iview_tui.ui.layout.segs import EMPTY, Row, Seg, clip, fill, indent, join, size, spread
from iview_tui.ui.text import cells, cut, minutes, pad, shown, wrap
from iview_tui.ui.themes import Signs

CHECKS = (
    "place quiet, door shut", "headset on, charger in", "water", "name said aloud",
    "resume at hand, not offered", "keys tried",
)  # fmt: skip
NAME_ALOUD = CHECKS.index("name said aloud")
KEYS_TRIED = len(CHECKS) - 1
LATE = 60
"""Seconds behind the planned time from which on both lengths are offered."""
TOO_SHORT = 600
"""Seconds before the planned end under which the full length is offered first."""
OUTCOMES = {
    "n": ("no_answer", "no answer"), "v": ("voicemail", "voicemail"),
    "g": ("gatekeeper", "gatekeeper"), "c": ("call_back", "call back"),
}  # fmt: skip

CALL_BACK = {
    "h": ("in an hour", {"hours": 1}), "t": ("tomorrow", {"days": 1}),
    "w": ("in a week", {"days": 7}),
}  # fmt: skip
"""When to call back, counted from now, by the key that says so."""
WHEN = "call back when?"


@value
class Ends:
    """What Enter agrees to, and what the other key does where the call begins late."""

    enter: DateTime | None
    """The planned end that stays, or None for the full length."""
    other: DateTime | None = None
    both: bool = False


def ends(record: CallRecord, now: DateTime) -> Ends:
    """A planned call keeps its end; late ones offer the full length, very late ones first."""
    if record.planned_at is None:
        return Ends(None)
    end = record.planned_at.add(minutes=record.agreed_minutes)
    planned = _local(end, now)
    late = (now - record.planned_at).total_seconds()
    left = (planned - now).total_seconds()
    if late < 0:
        return Ends(None)  # never later than its length after the start
    if late < LATE:
        return Ends(planned)
    if left < TOO_SHORT:
        return Ends(None, planned if left > 0 else None, left > 0)
    return Ends(planned, None, True)


def _local(instant: DateTime, now: DateTime) -> DateTime:
    """An instant where `now` is told."""
    return instant.in_timezone(now.timezone_name or "UTC")


@value
class Before:
    """What the card shows."""

    record: CallRecord
    now: DateTime
    fit: Fit
    purpose: str | None
    opening: tuple[str, ...] = ()
    """The guide's lines to say, with what is known filled in."""
    consent_question: str = wording.NOTES
    ticked: frozenset[int] = frozenset()
    place: int = 0
    voicemail: bool = False
    """Whether the script is shown."""
    said: str = ""
    """An answer to the last key."""
    sick: str = ""
    """What is wrong with the database."""
    calling_back: bool = False
    """Whether it is asked when to call back."""


def before(state: Before, grid: Grid, signs: Signs) -> list[Row]:
    """All rows of the screen."""
    top = [EMPTY] * grid.top + [indent(row, grid.margin) for row in _head(state, grid)]
    rule = _rule(state, grid, signs)
    left, right = _left(state, grid, signs), _right(state, grid, signs)
    if grid.stacked:
        body = [_out(row, grid, signs) for row in (*left, *right)]
    else:
        body = []
        for index in range(max(len(left), len(right))):
            one = left[index] if index < len(left) else EMPTY
            two = right[index] if index < len(right) else EMPTY
            body.append(join(((0, _out(one, grid, signs)), (grid.right, two)), grid.width))
    body = [EMPTY] * grid.under_header + body
    room = grid.under_header + grid.body + grid.under_body
    body = (body + [EMPTY] * room)[:room]
    rows = [*top, rule, *body, *_band(state, grid), *_below(state, grid)]
    return [fill(row, grid.width) for row in rows]


def _out(row: Row, grid: Grid, signs: Signs) -> Row:
    """A row of the left side; the chosen one brings the bar for the column before the axis."""
    barred = bool(row) and row[0].role == "accent" and row[0].ground == "raised"
    return indent(row, grid.margin - barred)


def _head(state: Before, grid: Grid) -> list[Row]:
    record = state.record
    planned, now = record.planned_at, state.now
    width = grid.edge - grid.margin
    gap = Seg("  " if grid.width < 78 else "   ")
    parts = [Seg("now", "strong!")]
    if planned is not None:
        wait = int((planned - now).total_seconds())
        begin = _local(planned, now)
        words = f"in {_wait(wait)}" if wait > 0 else f"{_wait(-wait)} late" if wait < 0 else "now"
        parts = [Seg(words, "strong!"), gap, Seg(f"starts {begin:%H:%M}", "muted")]
    end = _end(state)
    parts += [gap, Seg(f"ends {end:%H:%M}", "muted")]
    there = theirs(record.contact, end)
    parts += [Seg(f" ({there})", "muted")] if there else []
    if grid.width >= 78:
        parts += [gap, Seg(f"room for {len(state.fit.fits)}", "muted")]
    gate = Agreement(0, record.agreed_minutes * 60)
    ask = end.subtract(seconds=gate.end - gate.gate)
    names = (Seg("NAMES 0", "strong!"), Seg(f"  ask {ask:%H:%M}", "muted"))
    who = record.contact
    name = shown(who.name).upper() if who else "NOBODY NAMED"
    job = ", ".join(shown(p) for p in (who.role, who.organization) if p) if who else ""
    via = f"via {shown(who.via)}" if who and who.via else ""
    rest = "".join(f"  {part}" for part in (job, via) if part)
    return [
        spread(parts, names, width),
        spread((Seg(name, "text!"), Seg(rest, "muted")), (), width),
    ]


def _wait(seconds: int) -> str:
    if seconds < 3600:
        return minutes(seconds)
    days, hours = seconds // 86400, seconds % 86400 // 3600
    return f"{days} d {hours} h" if days else f"{hours} h {seconds % 3600 // 60} min"


def _end(state: Before) -> DateTime:
    record = state.record
    kept = ends(record, state.now).enter
    begin = state.now
    if record.planned_at is not None and record.planned_at > state.now:
        begin = _local(record.planned_at, state.now)
    return kept or begin.add(minutes=record.agreed_minutes)


def _rule(state: Before, grid: Grid, signs: Signs) -> Row:
    width = max(grid.edge - grid.margin, 0)
    return indent((Seg(signs.left * width, "rule"),), grid.margin)


def _left(state: Before, grid: Grid, signs: Signs) -> list[Row]:
    record, width = state.record, grid.list_width
    done = f"{len(state.ticked)} of {len(CHECKS)}"
    rows = [spread((Seg("BEFORE THE CALL", "muted"),), (Seg(done, "muted"),), width)]
    for index, check in enumerate(CHECKS):
        if index == NAME_ALOUD and record.contact and record.contact.said:
            check = f"{check}: {record.contact.said}"
        ticked = index in state.ticked
        sign = signs.covered if ticked else signs.untouched
        at = index == state.place
        ground = "raised" if at else ""
        role = "covered" if ticked else "strong!" if at else "text"
        row: Row = (
            Seg(f"{sign} ", "muted", ground),
            Seg(cut(shown(check), width - 2, signs.dots), role, ground),
        )
        if at:
            row = (Seg(signs.bar, "accent", "raised"), *fill(row, width + 1, ground))
        rows.append(row)
    agreed = record.agreement
    phone = record.contact.phones[0] if record.contact and record.contact.phones else ""
    phone = agreed.place or phone or "not noted"
    who = "they call you" if agreed.who_calls == "them" else "you call them"
    who += f", {agreed.medium}" if agreed.medium not in (None, "phone") else ""
    length = f"{record.agreed_minutes} minutes, until {_end(state):%H:%M}"
    facts = [("number", phone), ("who", who), ("length", length)]
    facts += [("purpose", state.purpose)] if state.purpose else []
    facts += [("learn", agreed.learn)] if agreed.learn else []
    if grid.stacked:
        facts = facts[:1]
    else:
        rows += [EMPTY, (Seg("THE CALL", "muted"),)]
    for label, text in facts:
        told = cut(shown(text), width - 9, signs.dots)
        rows.append((Seg(pad(label, 9), "muted"), Seg(told, "text")))
    return rows


def _right(state: Before, grid: Grid, signs: Signs) -> list[Row]:
    width = grid.right_width
    title = "If the machine answers" if state.voicemail else "To say first"
    rows: list[Row] = [(Seg(title, "accent!"),)]
    for line in voicemail(state) if state.voicemail else to_say(state):
        for index, part in enumerate(wrap(shown(line), width - 2)):
            rows.append((Seg("  " if index else "- ", "muted"), Seg(part, "strong")))
    guide, fit = state.record.guide, state.fit
    keys = sum(topic.priority is Priority.MUST for topic in guide.topics)
    count = f"{len(guide.topics)} topics, {keys} key"
    rows += [EMPTY, (Seg("PLAN", "muted"), Seg(f"  {shown(guide.title)}", "muted"))]
    sums = f"{fit.needed:.0f} min for a room of {fit.room:.0f}"
    rows.append(spread((Seg(count, "text"),), (Seg(sums, "muted"),), width))
    rows += [(Seg(line, "muted"),) for line in wrap(fit.sentence, width)]
    return [clip(row, width, signs.dots) for row in rows]


def to_say(state: Before) -> tuple[str, ...]:
    """The opening's own lines, else thanks, purpose, why you, the time and the notes."""
    who = state.record.contact
    if state.opening:
        return (*state.opening, state.consent_question)
    lines = ["Thank you for making time for me."]
    if state.purpose:
        lines.append(f"I want to find out: {state.purpose}")
    if who and who.via:
        lines.append(f"{who.via} told me of you.")
    lines.append(f"I have us down until {_end(state):%H:%M}; does that still suit?")
    return (*lines, state.consent_question)


def voicemail(state: Before) -> tuple[str, ...]:
    """What to leave on the machine."""
    who = state.record.contact
    hello = f"Hello {first(who.name)}," if who else "Hello,"
    return (
        f"{hello} this is ... calling for our talk about your work.",
        "I will try once more in ten minutes.",
        "If another time suits you better, my number is ...",
        "Thank you, and good-bye.",
    )


def _band(state: Before, grid: Grid) -> list[Row]:
    choice = ends(state.record, state.now)
    text = "Enter when they pick up: the clock starts."
    keys = [("Enter", "connected")]
    full = f"{state.record.agreed_minutes} minutes"
    if choice.both and choice.enter is not None:
        text = f"It is late. Enter: until {choice.enter:%H:%M} as planned. f: the full {full}."
        keys.append(("f", f"full {full}"))
    elif choice.both and choice.other is not None:
        text = f"Little is left. Enter: the full {full}. u: until {choice.other:%H:%M}."
        keys.append(("u", f"until {choice.other:%H:%M}"))
    if state.sick:
        keys.insert(0, ("r", "restore the newest backup"))
        words = shown(state.sick)
        text = f"{words[:1].upper()}{words[1:]}. Lines are kept beside it. {text}"
        return band_rows("DATABASE", text, keys, grid)
    return band_rows("READY", text, keys, grid)


def band_rows(
    label: str, text: str, keys: list[tuple[str, str]], grid: Grid, on: str = "offer"
) -> list[Row]:
    """A band of something to take with one key; a hint stands on no ground."""
    head_role, text_role = (f"{on}_keys", f"{on}_text") if on else ("muted", "muted")
    key_role = f"{on}_text!" if on else "strong!"
    lines = wrap(text, grid.edge - grid.label)
    count = max(2, len(lines))
    rows: list[Row] = []
    for index in range(count):
        line = lines[index] if index < len(lines) else ""
        head = pad(label if not index else "", grid.label - grid.margin)
        row: Row = (Seg(head, f"{head_role}!", on), Seg(line, text_role, on))
        row = indent(row, grid.margin, on)
        if index == count - 1:
            end: Row = ()
            for key, word in keys:
                gap = (Seg("   ", head_role, on),) if end else ()
                piece = (Seg(key, key_role, on, key.lower()),
                         Seg(f" {word}", head_role, on, key.lower()))  # fmt: skip
                if size((*end, *gap, *piece)) <= grid.edge - grid.label - cells(line) - 2:
                    end = (*end, *gap, *piece)
            row = (*fill(row, grid.edge - size(end), on), *end)
        rows.append(fill(row, grid.width, on))
    spare = max(grid.band - len(rows), 0)
    blank = fill(EMPTY, grid.width, on)
    return [*[blank] * (spare // 2), *rows, *[blank] * (spare - spare // 2)]


def _below(state: Before, grid: Grid) -> list[Row]:
    """No note line here: the answer to the last key, then the keys."""
    said = indent((Seg(cut(shown(state.said), grid.edge - grid.label), "muted"),), grid.label)
    above = (grid.note - 1) // 2
    if state.calling_back:
        keys = [(key, word) for key, (word, _) in CALL_BACK.items()]
        keys += [("Enter", "they did not say"), ("Esc", "back")]
    else:
        keys = [("Space", "tick"), *((key, word) for key, (_, word) in OUTCOMES.items())]
        keys += [("s", "to say" if state.voicemail else "script"), ("Esc", "leave")]
    row: Row = ()
    for key, word in keys:
        piece = (Seg(key, "text", "", key.lower()), Seg(f" {word}", "muted", "", key.lower()))
        gap = (Seg("  "),) if row else ()
        if size((*row, *gap, *piece)) <= grid.edge - grid.margin:
            row = (*row, *gap, *piece)
    note = [EMPTY] * above + [said] + [EMPTY] * (grid.note - 1 - above)
    return [*note, *[EMPTY] * grid.above_keys, indent(row, grid.margin)]


def unfinished(record: CallRecord, now: DateTime, grid: Grid, signs: Signs) -> list[Row]:
    """One card: who, since when, what is there; Enter goes on, e closes it."""
    who = shown(record.contact.name).upper() if record.contact else "NOBODY NAMED"
    begun = _local(record.connected_at, now) if record.connected_at else now
    gone = max(0, int((now - begun).total_seconds()))
    width = grid.edge - grid.margin
    day = f"{begun:%H:%M}" if gone < 43200 else f"{begun:%a %d %b, %H:%M}"
    lines = len({e.line for e in record.entries if e.line})
    rows: list[Row] = [
        (Seg("UNFINISHED CALL", "accent!"),), (Seg(who, "text!"),), EMPTY,
        (Seg(pad("begun", 9), "muted"), Seg(f"{day}, {_wait(gone)} ago")),
        (Seg(pad("length", 9), "muted"), Seg(f"{record.agreed_minutes} minutes")),
        (Seg(pad("written", 9), "muted"), Seg(f"{lines} line{'s' * (lines != 1)}, all kept")),
    ]  # fmt: skip
    if record.draft and not record.draft_private:
        half = cut(shown(record.draft), width - 9, signs.dots)
        rows.append((Seg(pad("typed", 9), "muted"), Seg(half, "strong")))
    body = [EMPTY] * grid.top + [indent(clip(row, width, signs.dots), grid.margin) for row in rows]
    text = "Enter goes on, at the right minute. e closes it as it was."
    band = band_rows("RESUME", text, [("Enter", "go on"), ("e", "close it")], grid)
    below = grid.note + grid.above_keys + 1
    space = max(grid.height - len(body) - len(band) - below, 0)
    all_rows = [*body, *[EMPTY] * space, *band, *[EMPTY] * below]
    return [fill(row, grid.width) for row in all_rows[: grid.height]]
