"""What is shown across all talks: found words, the matrix, the chain, the glossary."""

from collections.abc import Mapping, Sequence

from pendulum import DateTime

from iview_tui.domain import synthesis
from iview_tui.domain.synthesis import AGREES, Answer, Compared, Linked, Mention, Style, Term
from iview_tui.services.across import Comparison
from iview_tui.services.search import Found, Hit
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import BLANK, Item, heading, item, labelled, paragraph, section
from iview_tui.ui.layout.segs import EMPTY, Row, Seg, clip, size, spread
from iview_tui.ui.text import cells, cut, pad, right, shown
from iview_tui.ui.themes import Signs

KINDS = {
    "promise_theirs": "they promise", "promise_mine": "I promise", "follow_up": "reminder",
    "guide_topic": "question", "accord": "compared", "interview": "talk",
}  # fmt: skip
"""What a kind is called on the screen, where its own word is not plain."""
NAME_WIDE = 9
COLUMN = 10
STATES = {"untouched": "·", "asked": "○", "partly": "◐", "covered": "✓", "skipped": "–"}


# -- search --------------------------------------------------------------------------------------


def hit_items(found: Found, grid: Grid, signs: Signs) -> tuple[Item, ...]:
    """One row a hit: who, and the words around what was looked for."""
    return tuple(_hit(found, hit, grid, signs) for hit in found.hits)


def _hit(found: Found, hit: Hit, grid: Grid, signs: Signs) -> Item:
    who = cut(shown(hit.name or KINDS.get(hit.kind, hit.kind)).split(" ")[0], NAME_WIDE - 1, "")
    end = f"{hit.at:%d %b}".lower() if hit.at else KINDS.get(hit.kind, hit.kind)
    room = grid.list_width - NAME_WIDE - cells(end) - 1
    line, spans = found.snippet(hit, max(room, 8))
    row: Row = (Seg(pad(who, NAME_WIDE), "muted"), *marked(line, spans, hit.private))
    row = clip(row, NAME_WIDE + room, signs.dots)
    return Item(row, (Seg(end, "muted"),), hit.id)


def marked(line: str, spans: Sequence[tuple[int, int]], private: bool = False) -> Row:
    """A text with the words that were looked for in strong."""
    role = "private" if private else "text"
    row: list[Seg] = []
    at = 0
    for begin, end in spans:
        row += [Seg(shown(line[at:begin]), role), Seg(shown(line[begin:end]), "accent!")]
        at = end
    row.append(Seg(shown(line[at:]), role))
    return tuple(seg for seg in row if seg.text)


def hit_subject(hit: Hit, grid: Grid) -> list[Row]:
    """All of a hit's text, and where it stands."""
    width = grid.right_width
    rows: list[Row] = [(Seg(shown(hit.name or KINDS.get(hit.kind, hit.kind)), "accent!"),)]
    told = [KINDS.get(hit.kind, hit.kind)]
    if hit.number is not None and hit.topic:
        told.append(f"{hit.number} {shown(hit.topic)}")
    if hit.at is not None:
        told.append(f"{hit.at:%d %b %Y, %H:%M}".lower())
    if hit.seconds is not None:
        told.append(f"{max(hit.seconds, 0) // 60}'")
    rows += paragraph("  ".join(told), width, "muted")
    if hit.private:
        rows.append((Seg("PRIVATE", "private!"),))
    return [*rows, EMPTY, *paragraph(hit.text, width, "private" if hit.private else "strong")]


# -- compare -------------------------------------------------------------------------------------


def columns(grid: Grid, count: int) -> int:
    """How many people fit beside the topics."""
    return max(1, min(count, (grid.edge - grid.margin - _title_wide(grid)) // COLUMN))


def _title_wide(grid: Grid) -> int:
    return 18 if grid.stacked else 24


def first_column(place: int, fit: int, count: int) -> int:
    """Which person is the first one shown, so that the chosen one is in view."""
    return max(0, min(place - fit // 2, count - fit))


def matrix(
    seen: Comparison, topics: Sequence[Compared], place: int, chosen: object, grid: Grid,
    signs: Signs,
) -> tuple[Item, ...]:  # fmt: skip
    """Topics x people: how far each topic came with each of them."""
    people = seen.people
    fit = columns(grid, len(people))
    first = first_column(place, fit, len(people))
    shown_people = people[first : first + fit]
    wide = grid.edge - grid.margin - 1 - fit * COLUMN
    head: list[Seg] = [Seg(pad(f"{first + fit} of {len(people)}" if len(people) > fit else "",
                               wide), "muted")]  # fmt: skip
    for at, (_, name) in enumerate(shown_people, start=first):
        called = right(cut(_first(name), COLUMN - 2, ""), COLUMN)
        head.append(Seg(called, "strong!" if at == place else "muted"))
    rows = [Item(tuple(head))]
    for topic in topics:
        by_call = {answer.interview: answer for answer in topic.answers}
        must = any(answer.must for answer in topic.answers)
        key = " key" if must else ""
        title = cut(shown(topic.title), wide - 1 - len(key), signs.dots)
        row = [Seg(title), Seg(key, "strong!"), Seg(" " * (wide - cells(title) - len(key)))]
        for at, (call, _) in enumerate(shown_people, start=first):
            on = topic.ident == chosen and at == place
            row += _cell(by_call.get(call), topic, on, signs)
        rows.append(Item(tuple(seg for seg in row if seg.text), (), topic.ident))
    return tuple(rows)


def _first(name: str | None) -> str:
    return shown(name or "nobody").split(" ")[0]


def sign_of(state: str, signs: Signs) -> tuple[str, str]:
    """A state's sign, and the role of its color."""
    role = {"untouched": "muted", "skipped": "muted", "asked": "asked", "partly": "partly",
            "covered": "covered"}.get(state, "muted")  # fmt: skip
    return str(getattr(signs, state, signs.untouched)), role


def _cell(answer: Answer | None, topic: Compared, on: bool, signs: Signs) -> list[Seg]:
    sign, role = sign_of(answer.state, signs) if answer else (" ", "muted")
    said = f"{len(answer.said)} {sign}" if answer and answer.said else sign
    mark = _accord(answer, topic)
    text = f"[{said}]{mark}" if on else f" {said} {mark}".rstrip() if mark else f" {said} "
    return [Seg(right(text, COLUMN), "accent!" if on else role)]


def _accord(answer: Answer | None, topic: Compared) -> str:
    if answer is None:
        return ""
    entries = {said.entry for said in answer.said}
    kinds = {a.kind for a in topic.accords if a.entry in entries or a.other in entries}
    return "" if not kinds else "=" if kinds == {AGREES} else "/"


def answers(
    topic: Compared, plans: Sequence[tuple[str, int]], marked_entry: str | None, chosen: str | None,
    grid: Grid, signs: Signs,
) -> list[Row]:  # fmt: skip
    """Who said what about a topic, with what was marked as agreeing or not."""
    width = grid.edge - grid.margin - 1
    by_entry = {s.entry: _first(a.name) for a in topic.answers for s in a.said}
    title = (Seg(shown(topic.title), "accent!"),)
    rows: list[Row] = [spread(title, (Seg(topic.saturation, "muted"),), width)]
    for answer in topic.answers:
        at = answer.interview == chosen
        if not answer.said and not at:
            continue
        name = pad(cut(_first(answer.name), 11, ""), 12)
        if not answer.said:
            sign, role = sign_of(answer.state, signs)
            rows.append((Seg(name, "strong!"), Seg(f"{sign} {answer.state}", role)))
        for index, said in enumerate(answer.said[: 6 if at else 1]):
            end = _said_end(said.entry, topic, by_entry, marked_entry)
            role = "private" if said.private else "strong" if said.starred else "text"
            head = Seg(name if not index else " " * 12, "strong!" if at else "strong")
            rows.append(spread((head, Seg(shown(said.text), role)), end, width))
    for plan, talks in plans:
        end = (Seg(f"{talks} talks" if talks != 1 else "1 talk", "muted"),)
        rows.append(spread((Seg(pad("my plan", 12), "muted"), Seg(shown(plan), "muted")), end,
                           width))  # fmt: skip
    return rows


def _said_end(entry: str, topic: Compared, names: Mapping[str, str], marked_: str | None) -> Row:
    if entry == marked_:
        return (Seg("marked", "accent"),)
    for accord in topic.accords:
        if entry in (accord.entry, accord.other):
            other = names.get(accord.other if entry == accord.entry else accord.entry, "another")
            if accord.kind == AGREES:
                return (Seg(f"= like {other}", "covered"),)
            return (Seg(f"/ unlike {other}", "no_time"),)
    return ()


def style_rows(styles: Sequence[Style], width: int) -> list[Row]:
    """The own style over time, as small charts."""
    rows: list[Row] = []
    for called, values in synthesis.series(styles):
        last = next((v for v in reversed(values) if v is not None), None)
        told = "" if last is None else f"{last:g}"
        rows.append(
            (Seg(pad(called, 22), "muted"), Seg(right(told, 5) + "  "),
             Seg(synthesis.chart(values, max(width - 29, 5)), "covered"))
        )  # fmt: skip
    return rows


# -- chain ---------------------------------------------------------------------------------------


def chain_items(people: Sequence[Linked], grid: Grid, signs: Signs) -> tuple[Item, ...]:
    """Everybody behind the one who led to them."""
    rows = []
    for person in people:
        lead = " " * (2 * min(person.depth, 8))
        end = f"{person.talks} talk{'s' * (person.talks != 1)}" if person.talks else "no talk yet"
        role = "private" if person.private else "text" if person.talked else "muted"
        led = f"  +{len(person.led_to)}" if person.led_to else ""
        row = (Seg(lead), Seg(shown(person.name), role), Seg(led, "accent"))
        rows.append(Item(tuple(s for s in row if s.text), (Seg(end, "muted"),), person.name))
    return tuple(rows)


def chain_subject(person: Linked, grid: Grid) -> list[Row]:
    """What one person led to."""
    width = grid.right_width
    rows: list[Row] = [(Seg(shown(person.name), "accent!"),)]
    rows += labelled("via", person.via or "nobody", 9, width)
    rows += labelled("steps", str(person.depth), 9, width)
    rows += labelled("talks", str(person.talks), 9, width)
    return [*rows, *section("LED TO", [(Seg(shown(name)),) for name in person.led_to])]


# -- glossary ------------------------------------------------------------------------------------


def term_items(terms: Sequence[Term], grid: Grid) -> tuple[Item, ...]:
    """The words of the field, each once, with how many said it."""
    by_term: dict[str, list[Term]] = {}
    for term in terms:
        by_term.setdefault(term.term.casefold(), []).append(term)
    return tuple(
        item(said[0].term, _who(said), key) for key, said in by_term.items()
    )  # fmt: skip


def _who(said: Sequence[Term]) -> str:
    names = {_first(term.name) for term in said if term.name}
    return next(iter(names)) if len(names) == 1 else f"{len(names)} people" if names else ""


def term_subject(said: Sequence[Term], grid: Grid) -> list[Row]:
    """What a word means, and who said so."""
    width = grid.right_width
    rows: list[Row] = [(Seg(shown(said[0].term), "accent!"),)] if said else []
    for term in said:
        rows.append(EMPTY)
        role = "private" if term.private else "strong"
        rows += paragraph(term.meaning or "no meaning noted", width,
                          role if term.meaning else "muted")  # fmt: skip
        rows.append((Seg(shown(term.name or "nobody named"), "muted"),))
    return rows


def mention_items(title: str, found: Sequence[Mention]) -> list[Item]:
    """Organizations, or opportunities, with who named them."""
    if not found:
        return []
    return [BLANK, heading(title), *(
        item(each.text, _first(each.name), each.entry) for each in found
    )]  # fmt: skip


def when(at: DateTime, now: DateTime) -> str:
    """A day as it is said: `today 14:00`, `tue 14:00`, `3 mar`."""
    days = (at.date() - now.date()).days
    if days == 0:
        return f"{at:%H:%M}"
    if 0 < days < 7:
        return f"{at:%a}".lower()
    return f"{at.day} {at:%b}".lower()


def fits(row: Row, width: int) -> bool:
    """Whether a row needs no cut."""
    return size(row) <= width
