"""The list of questions as text, with what is to be said about it beside it, and the bank below."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from iview_tui.domain.guide import Guide
from iview_tui.domain.pacing import Fit, fit
from iview_tui.services.house import Refused
from iview_tui.ui.layout import guide as layout
from iview_tui.ui.layout.editing import Finding
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import Band, Item, Page
from iview_tui.ui.screens.editing import EditingScreen

if TYPE_CHECKING:
    from iview_tui.ui.house import HouseApp

LEAST, MOST = 10, 60


class GuideScreen(EditingScreen):
    """A list of questions."""

    TABLE: ClassVar = "guide"

    def __init__(self, app: HouseApp, about: str = "") -> None:
        """`about` is the path of a list; empty for the built-in one."""
        super().__init__(app)
        self.path = about or None
        self.minutes = 30
        self.guide: Guide | None = None
        self.fit: Fit | None = None
        self.kept = ""
        self._told: dict[str, str] = {}

    def load(self) -> None:
        """The text of the file; only once, as what is typed is not to be lost."""
        if self.kept:
            return
        self.kept = self.house.guide_text(self.path)
        self.editor.load_text(self.kept)
        self.looked(self.kept)
        try:
            guide = self.guide
            told = self.house.told(guide) if guide is not None else {}
            self._told = {t.key: told[t.number] for t in (guide.topics if guide else ())
                          if t.key and t.number in told}  # fmt: skip
        except Refused:
            self._told = {}

    def looked(self, text: str) -> None:
        """Minutes and findings of every line."""
        self.guide = self.house.read_guide(text)
        self.fit = fit(self.guide, self.minutes) if self.guide else None
        self.findings = tuple(
            Finding(line, message, instead)
            for line, message, instead in self.house.lint(text, self.guide)
        )
        lint = {found.line: found.message.rstrip(".").casefold() for found in self.findings}
        self.remarks = layout.remarks(text, self.guide, self.fit, lint, self.look.signs)

    def badge(self, text: str) -> str:
        """What the line is for."""
        return "bank: find a topic" if self.grid.wide else "bank"

    def lines_for(self, text: str) -> tuple[Item, ...]:
        """The bank."""
        there = frozenset(t.key for t in (self.guide.topics if self.guide else ()) if t.key)
        return layout.bank_items(self.house.bank(), text, there, self._told, self.grid,
                                 self.look.signs)  # fmt: skip

    def page(self, grid: Grid) -> Page:
        """The fit, and what there is to say about the line."""
        saved = self.editor.text == self.kept and self.path is not None
        name = self.path or "the built-in one"
        told, corner, who, state = layout.head(
            self.guide, self.fit, self.minutes, len(self.findings), name, saved, grid
        )
        if self.listed:
            band = Band("Enter puts the topic below the line that the caret was in.",
                        (("Enter", "take it"), ("Esc", "back")))  # fmt: skip
        else:
            hint = self.fit.sentence if self.fit else "A line `- short name: question` is a topic."
            band = self.finding_band(hint, ("^L", "bank"), ("^O", "save"))
        return Page(told, corner, who, state, band=band, whole=True)

    def take(self, key: object) -> None:
        """A topic of the bank goes below the line."""
        found = next((row for row in self.house.bank() if row[0] == key), None)
        if found is None:
            return
        line = self.line_now
        end = len(self.editor.document.get_line(line))
        self.editor.insert(f"\n- {found[1]}: {found[2]} #{found[0]}", (line, end))

    def do(self, command: str, rest: str) -> None:
        """Save it; other minutes."""
        match command:
            case "save" if rest or self.path:
                where = self.house.keep_guide(rest or self.path or "", self.editor.text)
                self.path, self.kept = where, self.editor.text
                self.tell(f"Saved: {where}")
            case "save":
                self.to_line()
                self.ask("/save ", "Where to, as in: ~/questions.md")
            case "fit" if rest.isdigit() and LEAST <= int(rest) <= MOST:
                self.minutes = int(rest)
                self.looked(self.editor.text)
            case "fit":
                self.to_line()
                self.ask("/fit ", f"Minutes, from {LEAST} to {MOST}.")
