"""Cards that take the left side's place: wrap-up, dropped line, story, help, and the list."""

from collections.abc import Sequence
from itertools import groupby

from iview_tui.domain import room, wording
from iview_tui.domain.desk import WrapRow, settled
from iview_tui.domain.entry import WORDS, Kind
from iview_tui.domain.live import Phase
from iview_tui.domain.prompting import without_a_place
from iview_tui.ui.keys import named
from iview_tui.ui.layout.foot import next_word
from iview_tui.ui.layout.grammar import GRAMMAR
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.notes import SIGNS, note_text
from iview_tui.ui.layout.segs import EMPTY, Row, Seg, clip, fill, spread
from iview_tui.ui.layout.topics import listed
from iview_tui.ui.text import cut, minutes, pad, right, shown, wrap
from iview_tui.ui.view import View

STORY = 120
"""Seconds that the story may take before it is time to hand the word back."""
ALONE = 120
"""Seconds after which one calls oneself, where they were to call."""
ANEW = 600
HELP_KEYS, HELP_SIGNS = 10, 13
ON = {
    "begin": "on to the first topic", "covered": "covered; on to the next",
    "next": "on to the next topic", "asked": "the question was asked",
}  # fmt: skip
"""What the key of the next topic does now, in the help."""


def card(view: View, grid: Grid, height: int) -> list[Row] | None:
    """The card that is open, or None: then the list of topics stands there."""
    if view.choices:
        return choices(view, grid, height)
    if view.help_page is not None:
        return help_card(view, grid, height)
    if view.live.dropped_since is not None:
        return _fit(dropped(view, grid), height)
    if view.live.me_since is not None:
        return _fit(story(view, grid), height)
    if view.live.wrap_since is not None:
        return _fit(wrap_up(view, grid), height)
    return None


def _fit(rows: list[Row], height: int) -> list[Row]:
    """In so many rows: empty rows go first, then the last row says how many more there are."""
    while len(rows) > height and EMPTY in rows:
        rows.pop(len(rows) - 1 - rows[::-1].index(EMPTY))
    if len(rows) <= height:
        return rows
    more = len(rows) - height + 1
    return [*rows[: max(height - 1, 0)], (Seg(f"{more} more", "muted"),)]


def _title(view: View, grid: Grid, title: str, command: str, word: str) -> Row:
    end = f"{view.keys.key(command)} {word}"
    return spread((Seg(title, "accent!"),), (Seg(end, "muted", "", command),), grid.list_width)


def _heading(text: str) -> Row:
    return (Seg(text, "muted"),)


def _texts(text: str, grid: Grid, before: str = "   ", role: str = "text") -> list[Row]:
    lines = wrap(shown(text), grid.list_width - len(before))
    return [(Seg(before if not index else " " * len(before), "muted"), Seg(line, role))
            for index, line in enumerate(lines)]  # fmt: skip


# -- wrap-up -------------------------------------------------------------------------------------


def wrap_up(view: View, grid: Grid) -> list[Row]:
    """Recap, then the numbered rows in their groups."""
    rows = [_title(view, grid, "WRAP-UP", "wrap", "back"), EMPTY]
    recap = recap_points(view)
    if recap:
        rows.append(_heading("RECAP in two points"))
        for sign, text in recap:
            line = cut(text, grid.list_width - 6, view.signs.dots)
            rows.append((Seg(f"    {sign} ", "muted"), Seg(line, "strong")))
        rows.append(EMPTY)
    if still := without_a_place(view.live):
        rows.append(_heading("STILL TO ASK"))
        rows += [(Seg(f"    {line}", "strong"),)
                 for text in still for line in wrap(text, grid.list_width - 4)]  # fmt: skip
        rows.append(EMPTY)
    for group, members in groupby(view.desk.wrap_rows, key=lambda row: row.group):
        inside = list(members)
        answers = "  ".join(f"/{answer}" for answer in inside[0].answers)
        if group == "MAY I SAY":
            answers = "/may yes, no, first"
        rows.append((Seg(group, "muted"), Seg(f"  {answers}", "muted")))
        rows += [_wrap_row(view, grid, row) for row in inside]
        rows.append(EMPTY)
    if not (view.desk.wrap_rows or still):
        rows.append((Seg("nothing is left open", "covered"),))
    return rows[:-1] if rows[-1] == EMPTY else rows


def recap_points(view: View) -> list[tuple[str, str]]:
    """The two latest starred entries, else the two latest quotes."""
    words = [e for e in view.live.counting if e.kind in WORDS and note_text(e)]
    starred = [e for e in words if view.live.is_starred(e) and e.kind is not Kind.REFERRAL]
    quotes = [e for e in words if e.kind is Kind.QUOTE and e not in starred]
    points = (starred + quotes[::-1])[:2] if len(starred) < 2 else starred[-2:]
    return [("!" if view.live.is_starred(e) else SIGNS.get(e.kind, ""), note_text(e))
            for e in points]  # fmt: skip


def _wrap_row(view: View, grid: Grid, row: WrapRow) -> Row:
    done = settled(view.live, row)
    sign, text = row.sign, shown(row.text)
    end = ""
    if row.group == "PROMISES" and row.entry:
        text, end = listed(view, row.entry)
    elif row.group == "SPELLING":
        text = f"{text}?"
    elif row.topic is not None:
        sign = str(row.topic)
    end = view.signs.covered if done else end
    role = "muted" if done else "text"
    head = (Seg(right(str(row.number), 2), "strong!" if not done else "muted"),
            Seg(right(sign, 3) + " ", "muted"))  # fmt: skip
    return spread((*head, Seg(text, role)), (Seg(end, "covered" if done else "muted"),),
                  grid.list_width)  # fmt: skip


# -- the line dropped ----------------------------------------------------------------------------


def dropped(view: View, grid: Grid) -> list[Row]:
    """Number, where one was, how long it has been."""
    live = view.live
    since = live.dropped_since or 0
    away = live.now - since
    phones = view.contact.phones if view.contact else ()
    number = shown(phones[0]) if phones else "no number is noted"
    rows = [_title(view, grid, "LINE DROPPED", "back", "we are back"), EMPTY, _heading("CALL")]
    rows.append((Seg("   "), Seg(number, "strong")))
    who = "who called, calls again" if away < ALONE else "do not wait: you call"
    rows += [(Seg("   "), Seg(who, "text")), EMPTY]
    topic = live.topic(live.current or live.last)
    if topic is not None:
        rows += [_heading("WHERE YOU WERE")]
        rows.append((Seg(right(str(topic.number), 2) + " ", "muted"),
                     Seg(shown(topic.title), "text")))  # fmt: skip
        rows += _texts(topic.question, grid)
        last = live.last_words
        if last is not None:
            text = cut(note_text(last), grid.list_width - 3, view.signs.dots)
            rows.append((Seg(right(SIGNS.get(last.kind, ""), 2) + " ", "muted"), Seg(text)))
        rows.append(EMPTY)
    end = f"{view.at(live.agreement.end):%H:%M}"
    rows += [
        _heading("AWAY"),
        spread((Seg("   talk time waits"),), (Seg(minutes(away), "muted"),), grid.list_width),
        spread((Seg("   the end does not"),), (Seg(end, "muted"),), grid.list_width),
    ]
    past = "past 10:00 arrange anew" if away < ANEW else "over 10:00: arrange anew"
    return [*rows, (Seg("   "), Seg(past))]


# -- my 90 seconds -------------------------------------------------------------------------------


def story(view: View, grid: Grid) -> list[Row]:
    """What to say of oneself, and the way back to them."""
    live = view.live
    spent = live.now - (live.me_since or 0)
    step = spent // 10 * 10 if view.calm else spent
    title = f"STORY  {minutes(step)} of {minutes(STORY)}"
    rows = [_title(view, grid, title, "me", "back"), EMPTY]
    rows += [_heading("WHO I AM"), *_texts("two sentences, no resume", grid), EMPTY]
    purpose = view.purpose or "what draws you to this field"
    rows += [_heading("WHY THIS FIELD"), *_texts(purpose, grid), EMPTY]
    via = view.contact.via if view.contact else None
    why = f"{via} sent me to you" if via else "what you know of their work"
    rows += [_heading("WHY YOU"), *_texts(why, grid), EMPTY]
    topic = live.topic(live.current or room.next_best(live))
    back = f"so: {wording.lower(topic.question)}" if topic else "so: how is it for you?"
    return [*rows, _heading("BACK TO THEM"), *_texts(back, grid, role="strong")]


# -- help ----------------------------------------------------------------------------------------


def help_rows(view: View, grid: Grid) -> list[Row]:
    """What can be done now, the grammar of the line, then every key with its command."""
    rows: list[Row] = [(Seg(pad(key, HELP_SIGNS), "accent!"), Seg(word)) for key, word in now(view)]
    for sign, meaning in GRAMMAR:
        rows.append((Seg(pad(sign, HELP_SIGNS), "strong"), Seg(meaning, "muted")))
    for action in view.keys.actions:
        if action.id in ("call.feed-line", "call.how-to-end"):
            continue
        names = [view.keys.key(action.command or "")] if action.command else []
        if not action.command:
            names = [named(key) for key in action.keys[:1]]
        names += [named(key) for key in action.keys[1:2] if key[:1] == "f"]
        rows.append((Seg(pad(" ".join(names), HELP_KEYS), "strong"), Seg(action.brief, "muted")))
    return [clip(row, grid.list_width, view.signs.dots) for row in rows]


def now(view: View) -> list[tuple[str, str]]:
    """The keys that answer what stands on the prompt line, and the one that goes on."""
    if view.live.phase is not Phase.LIVE:
        return []
    commands = view.prompt.commands if view.prompt else ()
    rows = [view.keys.band(command) for command in commands if command != "help"]
    keys = [key for key, _ in rows]
    on = view.keys.key("next")
    return [*rows, *([] if on in keys else [(on, ON[next_word(view)])])]


def help_pages(view: View, grid: Grid, height: int) -> int:
    """How many pages the help takes."""
    return max(1, -(-len(help_rows(view, grid)) // max(height - 2, 1)))


def help_card(view: View, grid: Grid, height: int) -> list[Row]:
    """One page of the help; the key turns the page, behind the last one it closes."""
    pages = help_pages(view, grid, height)
    page = min(view.help_page or 0, pages - 1)
    each = max(height - 2, 1)
    word = "back" if page == pages - 1 else f"more {page + 1}/{pages}"
    end = (Seg(f"{named('f1')} {word}", "muted", "", "help"),)
    title = spread((Seg("HELP", "accent!"),), end, grid.list_width)
    return [title, *help_rows(view, grid)[page * each : (page + 1) * each]]


# -- the list that drops down --------------------------------------------------------------------


def choices(view: View, grid: Grid, height: int) -> list[Row]:
    """The rows around the chosen one."""
    rows = view.choices or ()
    title = spread(
        (Seg("COMMANDS", "accent!"),), (Seg("Esc closes", "muted", "", "away"),), grid.list_width
    )
    places = max(height - 2, 1)
    chosen = max(0, view.chosen)
    begin = max(0, min(chosen - places // 2, len(rows) - places))
    out: list[Row] = [title]
    seen = rows[begin : begin + places]
    wide = min(max((len(choice.text) for choice in seen), default=0), HELP_SIGNS)
    for index, choice in enumerate(seen, start=begin):
        on = index == view.chosen
        ground = "raised" if on else ""
        act = f"choose {index}"
        text = Seg(pad(choice.text, wide), "strong!" if on else "text", ground, act)
        told = cut(choice.help, grid.list_width - wide - 1, view.signs.dots)
        row: Row = (text, Seg(" " + told, "text" if on else "muted", ground, act))
        if on:
            bar = Seg(view.signs.bar, "accent", ground)
            row = (bar, *fill(row, grid.list_width + 1, ground))
        out.append(row)
    more = len(rows) - begin - places
    return [*out, (Seg(f"{more} more", "muted"),)] if more > 0 else out


def third(view: View, grid: Grid, height: int) -> list[Row]:
    """The third column of a very wide screen: names, promises, parked, jargon."""
    live, width = view.live, grid.third_width
    names = [(shown(r.name) + ("" if r.sure else " ?"), shown(r.organization or ""))
             for r in live.referrals]  # fmt: skip
    groups: list[tuple[str, Sequence[tuple[str, str]]]] = [("NAMES", names or [("none yet", "")])]
    for title, kind in (("THEY PROMISE", Kind.PROMISE_THEIRS), ("I PROMISE", Kind.PROMISE_MINE),
                        ("PARKED", Kind.PARKED)):  # fmt: skip
        groups.append((title, [listed(view, x.entry.id) for x in live.listed
                               if x.entry.kind is kind and x.how is None]))  # fmt: skip
    rows: list[Row] = []
    for title, members in groups:
        if not members:
            continue
        rows += [EMPTY] if rows else []
        rows.append(_heading(title))
        for text, end in members:
            role = "muted" if text == "none yet" else "text"
            rows.append(spread((Seg(text, role),), (Seg(end, "muted"),), width))
    jargon = [x.entry for x in live.listed if x.entry.kind is Kind.JARGON]
    if jargon:
        rows += [EMPTY, _heading("JARGON")]
    for entry in jargon:
        term, _, meaning = shown(entry.text).partition("=")
        rows.append((Seg(cut(term.strip(), width), "text"),))
        if meaning:
            rows.append((Seg(cut(meaning.strip(), width), "muted"),))
    return _fit(rows, height)
