"""A call after it: read by topic or by time, and put right as revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.live import LiveInterview
from iview_tui.domain.record import CallRecord
from iview_tui.domain.revising import Hide, Move, Reword, Star
from iview_tui.services.house import Refused
from iview_tui.ui.layout import review as layout
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import Band, Item, Page, facts, titled
from iview_tui.ui.layout.segs import EMPTY
from iview_tui.ui.screens.house import HouseScreen

if TYPE_CHECKING:
    from iview_tui.ui.house import HouseApp


class ReviewScreen(HouseScreen):
    """One call."""

    TABLE: ClassVar = "review"
    LEAD: ClassVar = "entries, edit"

    def __init__(self, app: HouseApp, about: str = "") -> None:
        """`about` is a call's ID, `last` or a name, and an entry's id behind it."""
        super().__init__(app)
        self.about, _, self._entry = about.partition(" ") if len(about) > 36 else (about, "", "")
        self.record: CallRecord | None = None
        self.live: LiveInterview | None = None
        self.by_time = False
        self.topic: int | None = None
        """The topic whose entries are the list; None for the list of topics."""
        self.editing: str | None = None
        self.others: dict[int, str] = {}

    @property
    def call(self) -> str:
        """The id of the call."""
        return self.record.id if self.record else self.about

    def load(self) -> None:
        """The call as it now is."""
        self._took(self.house.call(self.record.id if self.record else self.about or "last"))
        if self._entry and self.live is not None:
            self.by_time, self.key, self._entry = True, self._entry, ""
        try:
            self.others = self.house.others(self.record) if self.record else {}
        except Refused:
            self.others = {}

    def _took(self, record: CallRecord) -> None:
        self.record, self.live = record, self.house.folded(record)

    def badge(self, text: str) -> str:
        """What the line is for."""
        if self.editing:
            return "edit"
        return "search all talks" if self.grid.wide else "search"

    @property
    def entry(self) -> Entry | None:
        """The entry that is chosen."""
        if self.live is None:
            return None
        return next((e for e in layout.words(self.live) if e.id == self.key), None)

    def items(self, grid: Grid) -> tuple[Item, ...]:
        """Topics, or entries."""
        if self.live is None:
            return ()
        signs = self.look.signs
        if self.by_time:
            return layout.entry_items(self.live, layout.words(self.live), grid, signs)
        if self.topic is not None:
            found = [e for e in layout.words(self.live) if e.topic == (self.topic or None)]
            return layout.entry_items(self.live, found, grid, signs)
        return layout.topic_items(self.live, grid, signs)

    def page(self, grid: Grid) -> Page:
        """The call."""
        if self.live is None or self.record is None:
            return Page(facts(grid, "no talk yet"), (), titled("review"),
                        band=Band("After a call its notes stand here."))  # fmt: skip
        signs, live = self.look.signs, self.live
        told, names, who = layout.head(self.record, live, grid)
        entry = self.entry
        subject = []
        if entry is not None:
            subject = layout.entry_subject(live, entry, layout.before(live, entry), grid)
        elif isinstance(self.key, int):
            if grid.tall and grid.wide and not self._over_list:
                subject = [*layout.bars(live, self.key, grid, signs), EMPTY]
            others = self.others.get(self.key, "")
            subject += layout.topic_subject(live, self.key, others, grid, signs)
        return Page(told, names, who, subject=tuple(subject), band=self._band(entry))

    def _band(self, entry: Entry | None) -> Band:
        if self.editing:
            return Band("Enter keeps the new wording; the old one stays below it. Esc leaves it.")
        if entry is not None:
            keys = (("Enter", "edit"), ("^T", "star"), ("^O", "private"), ("^G", "move"))
            return Band("Enter edits an entry; the old wording is kept.", keys)
        return Band("Enter goes to the entries of a topic. Words in the line search all talks.",
                    (("Enter", "entries"), ("^N", "by time")))  # fmt: skip

    def enter(self, text: str) -> None:
        """Into a topic; edit an entry; keep what was edited; search."""
        entry = self.entry
        if self.editing and self.record:
            editing, self.editing = self.editing, None
            if text:
                self._took(self.house.edit(self.call, Reword(editing, text)))
            self.note.put("")
        elif text:
            self.note.put("")
            self.rooms.follow(self.rooms.made("search", text))
        elif entry is not None:
            self.editing = entry.id
            named = entry.kind is Kind.REFERRAL and not entry.text
            self.note.put(str(entry.value.get("name", "")) if named else entry.text)
        elif isinstance(self.key, int):
            self.topic, self.key = self.key, None

    def clear(self) -> None:
        """Esc leaves the entry as it is."""
        self.editing = None
        super().clear()

    def back(self) -> bool:
        """Out of a topic's entries."""
        if self.topic is None:
            return False
        self.topic, self.key = None, self.topic
        return True

    def do(self, command: str, rest: str) -> None:
        """An edit of the entry that is chosen."""
        entry, live = self.entry, self.live
        if command in ("take", "turn", "undo"):
            return
        if command == "view":
            self.by_time, self.topic = not self.by_time, None
            if entry is not None and not self.by_time:
                self.key = entry.topic or 0
            return
        if entry is None or live is None:
            self.tell("Choose an entry first: Enter goes into a topic.")
            return
        match command:
            case "star":
                edit: Star | Move | Hide = Star(entry.id, not live.is_starred(entry))
            case "private":
                edit = Hide(entry.id, not live.is_private(entry))
            case "move" if rest.isdigit():
                edit = Move(entry.id, int(rest) or None)
            case "move":
                self.ask("/move ", "The number of the topic; 0 for none.")
                return
            case _:
                return
        self._took(self.house.edit(self.call, edit))
