"""The right side's head: number and title, the question, probes; in the opening, what to say."""

from iview_tui.domain.guide import Priority
from iview_tui.domain.live import Phase
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.segs import Row, Seg, clip, spread
from iview_tui.ui.text import cut, even, pad, shown, wrap
from iview_tui.ui.view import View


def subject(view: View, grid: Grid) -> list[Row]:
    """The rows above the notes; none where there is nothing to ask or say."""
    topic = view.live.topic(view.live.current)
    if topic is None:
        return _between(view, grid)
    width = grid.right_width
    rows: list[Row] = []
    if not grid.stacked:
        key = topic.priority is Priority.MUST and view.live.coverage(topic.number).open
        end = (Seg("key", "strong!"),) if key else ()
        title = cut(f"{topic.number} {shown(topic.title)}", width - 4, view.signs.dots)
        rows.append(spread((Seg(title, "accent!"),), end, width))
    rows += [(Seg(line, "strong"),) for line in even(shown(topic.question), width)]
    if view.others:
        rows.append((Seg(cut(shown(view.others), width, view.signs.dots), "muted"),))
    probes = 0 if grid.stacked else 3 if grid.roomy else 1
    for probe in topic.probes[:probes]:
        rows.append((Seg(cut(f"- {shown(probe)}", width, view.signs.dots), "muted"),))
    return rows


def _between(view: View, grid: Grid) -> list[Row]:
    """The opening's lines to say, or the close's."""
    live, guide = view.live, view.live.ground.guide
    if live.phase is Phase.ENDED:
        said = ("What is still in your head? Type it now, line by line.",)
        return _said("After the call", said, "", grid)
    if live.opening:
        thanks = ("Thank you for making time for me.", view.purpose or "")
        until = f"I have us down until {view.at(live.agreement.end):%H:%M}; does that still suit?"
        lines = tuple(view.spoken(guide.opening) or filter(None, (*thanks, until)))
        agreed = "they agreed to notes" if live.consent else f"{view.consent_question}  /consent"
        rows = _said("Opening", lines, agreed, grid, done=bool(live.consent), view=view)
        return [*rows[:1], *_who_it_is(view, grid), *rows[1:]]
    if live.asked_at is not None or live.wrap_since is not None or live.now >= live.agreement.close:
        close = tuple(view.spoken(guide.close))
        return _said("Closing", close, "", grid) if close else []
    return []


def _who_it_is(view: View, grid: Grid) -> list[Row]:
    """How the name is said, who sent me, and one thing known of them: what one opens with."""
    who = view.contact
    if who is None or grid.stacked:
        return []
    told = [("said", who.said), ("via", who.via), ("hook", who.background)]
    return [
        (Seg(pad(label, 6), "muted"),
         Seg(cut(shown(text.splitlines()[0]), grid.right_width - 6, view.signs.dots)))
        for label, text in told
        if text
    ]  # fmt: skip


def _said(
    title: str, lines: tuple[str, ...], last: str, grid: Grid, *, done: bool = False,
    view: View | None = None,
) -> list[Row]:  # fmt: skip
    rows: list[Row] = [] if grid.stacked else [(Seg(title, "accent!"),)]
    for line in lines:
        for index, part in enumerate(wrap(shown(line), grid.right_width - 2)):
            rows.append((Seg("- " if not index else "  ", "muted"), Seg(part, "strong")))
    if last and view:
        sign = view.signs.covered if done else view.signs.untouched
        rows.append((Seg(f"{sign} ", "muted"), Seg(last, "covered" if done else "text")))
    return [clip(row, grid.right_width) for row in rows]
