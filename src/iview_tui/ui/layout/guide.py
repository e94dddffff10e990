"""A list of questions being written: what each line is, and whether it all fits."""

from collections.abc import Mapping

from iview_tui.domain.guide import Guide, Priority, Topic
from iview_tui.domain.pacing import Fit
from iview_tui.ui.layout.editing import Remark
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import Item, facts, titled
from iview_tui.ui.layout.segs import Row, Seg
from iview_tui.ui.text import cut, pad, shown
from iview_tui.ui.themes import Signs

KEY_WIDE = 20


def head(guide: Guide | None, fit: Fit | None, minutes: int, looks: int, name: str, saved: bool,
         grid: Grid) -> tuple[Row, Row, Row, Row]:  # fmt: skip
    """Minutes needed against those there are; how much there is to look at; the title."""
    if guide is None or fit is None:
        told = facts(grid, "no question yet")
    else:
        over = fit.needed - fit.room
        words = f"{over:.0f} over" if over >= 0.5 else f"{-over:.0f} left" if over <= -0.5 else ""
        told = facts(grid, f"{fit.needed:.0f} of {fit.room:.0f} min", words,
                     f"{minutes} agreed")  # fmt: skip
    corner: Row = (Seg(str(looks), "strong!"), Seg(" to look at", "muted")) if looks else (
        Seg("nothing to look at", "muted"),)  # fmt: skip
    state: Row = (Seg("saved" if saved else "not saved yet", "muted"),)
    title = guide.title if guide else ""
    return told, corner, titled("guide", title, name), state


def topic_lines(text: str, guide: Guide) -> dict[int, Topic]:
    """On which line (from 0) each topic of the list stands."""
    found: dict[int, Topic] = {}
    wanted = list(guide.topics)
    for number, line in enumerate(text.splitlines()):
        if wanted and line[:2] == "- " and wanted[0].question in line:
            found[number] = wanted.pop(0)
    return found


def remarks(
    text: str, guide: Guide | None, fit: Fit | None, lint: Mapping[int, str], signs: Signs
) -> dict[int, Remark]:
    """What stands beside each line."""
    if guide is None or fit is None:
        return {0: Remark("a line `- question` is wanted", trouble=True)}
    found: dict[int, Remark] = {0: Remark("FIT")}
    for line, topic in topic_lines(text, guide).items():
        minutes = f"{topic.minutes:g}"
        key = topic.priority is Priority.MUST
        if line in lint:
            found[line] = Remark(lint[line], minutes, trouble=True, key=key)
        elif topic.number in fit.left_out:
            found[line] = Remark(f"{topic.title}  no time", minutes, key=key)
        else:
            found[line] = Remark(topic.title.casefold(), minutes, good=True, key=key)
    return found


def bank_items(
    bank: tuple[tuple[str, str, str], ...], wanted: str, there: frozenset[str],
    told: Mapping[str, str], grid: Grid, signs: Signs,
) -> tuple[Item, ...]:  # fmt: skip
    """The bank's topics with these letters, and what others said to each."""
    begun = wanted.casefold().strip()
    rows = []
    width = grid.edge - grid.margin
    for key, short, question in bank:
        if begun not in f"{key} {short} {question}".casefold():
            continue
        more = told.get(key) or question
        text = cut(shown(more), max(width - KEY_WIDE - 10, 10), signs.dots)
        role = "muted" if key in there else "text"
        row = (Seg(pad(shown(short), KEY_WIDE), role), Seg(text, "muted"))
        rows.append(Item(row, (Seg("there", "covered"),) if key in there else (), key))
    return tuple(rows)
