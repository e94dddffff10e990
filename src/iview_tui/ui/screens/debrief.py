"""The debrief: it opens at the end of a call, and may be left and taken up at any moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from iview_tui.domain.desk import WrapRow
from iview_tui.domain.live import LiveInterview, Phase
from iview_tui.domain.record import CallRecord
from iview_tui.domain.reflection import Plan, Reflection
from iview_tui.domain.revising import Reword
from iview_tui.domain.synthesis import figures
from iview_tui.services.house import Wanted
from iview_tui.ui.layout import debrief as layout
from iview_tui.ui.layout import review
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import Band, Item, Page, facts, titled
from iview_tui.ui.screens.house import HouseScreen

if TYPE_CHECKING:
    from iview_tui.ui.house import HouseApp

NAMES, PROMISES, THANKS = 3, 4, 5
HINTS = (
    "Type it as it comes. Enter files it; nothing has to be whole.",
    "One line each; an empty Enter goes on. Nothing is graded.",
    "closer, further or unsure; then, after a comma, what I have and what I need.",
    "Enter: the name is right. Or type it as it is spelled. /leave leaves it.",
    "Enter: it is settled. /leave leaves it, /mail asks it by mail.",
    "Enter writes the thank-you out of their own words.",
)


class DebriefScreen(HouseScreen):
    """What a call leaves: written down while it is fresh."""

    TABLE: ClassVar = "debrief"
    LEAD: ClassVar = "file"
    TICKS: ClassVar = True

    def __init__(self, app: HouseApp, about: str = "") -> None:
        """`about` is a call by its ID, `last` or a name."""
        super().__init__(app)
        self.about = about
        self.record: CallRecord | None = None
        self.live: LiveInterview | None = None
        self.step = 0
        self.place = 0
        self.opened = app.services.clock.awake()
        self.answers: dict[tuple[str, str | None], str] = {}
        self.plans: tuple[Plan, ...] = ()

    @property
    def call(self) -> str:
        """The id of the call."""
        return self.record.id if self.record else self.about

    @property
    def person_name(self) -> str | None:
        """Who it was."""
        return self.record.contact.name if self.record and self.record.contact else None

    def load(self) -> None:
        """The call, and what was answered before."""
        self._took(self.house.call(self.record.id if self.record else self.about or "last"))
        self.plans = self.house.plans()
        self.answers = {(r.question, r.about): r.text for r in self.house.reflections(self.call)}

    def _took(self, record: CallRecord) -> None:
        self.record, self.live = record, self.house.folded(record)

    def badge(self, text: str) -> str:
        """What the line is for."""
        return (layout.BADGES_WIDE if self.grid.wide else layout.BADGES)[self.step]

    def seen(self) -> layout.Debrief | None:
        """All that is shown, as one value."""
        if self.live is None:
            return None
        spent = int(self.house.clock.awake() - self.opened)
        return layout.Debrief(
            self.live, figures(self.live), self.house.now, self.step, spent, self.answers,
            self.plans, self.house.open_rows(self.live), self.place, self.rooms.calm,
        )  # fmt: skip

    def items(self, grid: Grid) -> tuple[Item, ...]:
        """The steps and the figures."""
        seen = self.seen()
        self.key = self.step
        return layout.items(seen, grid) if seen else ()

    def page(self, grid: Grid) -> Page:
        """The step."""
        seen = self.seen()
        if seen is None or self.record is None:
            return Page(facts(grid, "no talk yet"), (), titled("debrief"),
                        band=Band("After a call its debrief stands here."))  # fmt: skip
        told, names = layout.head(seen, grid)
        rows, floor = layout.subject(seen, grid, self.look.signs)
        keys = (("^N", "next step"), ("Esc", "later"))
        return Page(
            told, names, review.person(self.record.contact), subject=tuple(rows), floor=floor,
            band=Band(self._hint(), keys), line=layout.line(seen),
        )  # fmt: skip

    def _hint(self) -> str:
        row = self._row()
        if row is not None and row.group == "MAY I SAY":
            return "yes, no, or: they ask first, and a day. /leave leaves it."
        if row is not None and row.group == "TO FIND":
            return "Enter: it is a name. Or type the name. /leave leaves it."
        return HINTS[self.step]

    # -- what is typed -------------------------------------------------------------------------

    def enter(self, text: str) -> None:
        """A line of the step that is on."""
        match self.step:
            case 0 if text:
                record, words = self.house.say(self.call, text)
                self._took(record)
                self.said(words)
            case 1:
                self._style(text)
            case 2:
                self._plan(text)
            case 3 | 4:
                self._settle(text)
            case 5:
                self._thanks()
            case _:
                self._go(self.step + 1)
        self.note.put("")

    def _style(self, text: str) -> None:
        key = layout.STYLE[self.place][0]
        if key == "confidence" and text and text not in "12345":
            self.tell("A number from 1 to 5.", trouble=True)
            return
        if text:
            self._answer(key, None, text)
        self._on(len(layout.STYLE))

    def _plan(self, text: str) -> None:
        if self.place < len(self.plans):
            if text:
                self._answer("plan", self.plans[self.place].id, text)
            self.place += 1
        elif text:
            self.house.add_plan(text)
            self.plans = self.house.plans()
            self.place = len(self.plans)
        else:
            self._go(self.step + 1)

    def _answer(self, question: str, about: str | None, text: str) -> None:
        self.house.reflect(self.call, Reflection(question, about, text))
        self.answers[question, about] = text

    def _on(self, count: int) -> None:
        """The next question of the step, or the next step."""
        if self.place + 1 < count:
            self.place += 1
        else:
            self._go(self.step + 1)

    def _rows(self) -> tuple[WrapRow, ...]:
        if self.live is None or self.step not in (NAMES, PROMISES):
            return ()
        return layout.of_step(self.house.open_rows(self.live), self.step)

    def _row(self) -> WrapRow | None:
        rows = self._rows()
        return rows[min(self.place, len(rows) - 1)] if rows else None

    def _settle(self, text: str) -> None:
        row = self._row()
        if row is None:
            self._go(self.step + 1)
            return
        if row.group == "MAY I SAY":
            self._may(row, text)
            return
        if text and row.entry and row.group in ("SPELLING", "TO FIND"):
            self._respell(row.entry, row.text, text)
            rows = self._rows()
            row = next((r for r in rows if (r.group, r.entry) == (row.group, row.entry)), None)
        elif text and row.entry and row.group == "PROMISES":
            self._took(self.house.edit(self.call, Reword(row.entry, f"{row.text} by {text}")))
            self.tell(f"{row.text} by {text}")
            return
        if row is not None:
            first = next((a for a in row.answers if a in ("ok", "yes", "took")), "leave")
            self._run_row(row, first)

    def _may(self, row: WrapRow, text: str) -> None:
        if not text:
            self._run_row(row, "leave")
            return
        words = text.replace("they ask first", "first")
        named = row.text.split(",")[0]
        record, said = self.house.say(self.call, f"/may {words}")
        self._took(record)
        self.tell(said or f"{named}: {text}")

    def _respell(self, entry_id: str, old: str, new: str) -> None:
        live = self.live
        assert live is not None
        entry = next(e for e in live.counting if e.id == entry_id)
        text = new if not entry.text else entry.text.replace(f"{old}?", new).replace(old, new)
        self._took(self.house.edit(self.call, Reword(entry_id, text)))

    def _run_row(self, row: WrapRow, command: str) -> None:
        record, words = self.house.say(self.call, f"/{command}", row)
        self._took(record)
        self.said(words)
        self.place = max(0, min(self.place, len(self._rows()) - 1))

    # -- going on ------------------------------------------------------------------------------

    def _go(self, step: int) -> None:
        self.step = max(0, min(len(layout.STEPS) - 1, step))
        self.place = 0

    def moved(self, by: int) -> bool:
        """Up and Down go through a step's questions, or through the steps."""
        count = {1: len(layout.STYLE), 2: len(self.plans) + 1}.get(self.step, len(self._rows()))
        if count > 1 and 0 <= self.place + by < count:
            self.place += by
        else:
            self._go(self.step + (1 if by > 0 else -1))
        return True

    def do(self, command: str, rest: str) -> None:
        """Step by step; a star; the thank-you."""
        match command:
            case "next":
                self._go(self.step + 1)
            case "before":
                self._go(self.step - 1)
            case "star" | "undo":
                line = "!" if command == "star" else "/undo"
                record, words = self.house.say(self.call, line)
                self._took(record)
                if self.live is not None and self.live.phase is Phase.LIVE:
                    self.rooms.want(Wanted("call", interview=record.id))  # the end was taken back
                self.said(words)
            case "write":
                self._thanks()
            case "leave" | "mail" if self._row() is not None:
                row = self._row()
                assert row is not None
                if command in row.answers:
                    self._run_row(row, command)
            case "ask":
                self._thanks()

    def _thanks(self) -> None:
        who = self.record.contact if self.record else None
        if who is None:
            self.tell("Nobody is named for this call: /people adds them.")
            return
        self.rooms.follow(self.rooms.made("letter", f"thanks {who.id} {self.call}"))
