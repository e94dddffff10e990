"""Today: what `iview` opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from iview_tui.domain.record import Contact
from iview_tui.domain.today import Due, Quiet, Talk, Today, WriteTo
from iview_tui.services.house import Person, Wanted
from iview_tui.ui.layout import people as finder
from iview_tui.ui.layout import today as layout
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import Band, Item, Page, facts, titled
from iview_tui.ui.layout.segs import Row
from iview_tui.ui.screens.person import PersonScreen

if TYPE_CHECKING:
    from iview_tui.ui.house import HouseApp


class TodayScreen(PersonScreen):
    """The next call, what is due, who is quiet, whom to write to; typing finds a person."""

    TABLE: ClassVar = "today"
    TICKS: ClassVar = True

    def __init__(self, app: HouseApp, about: str = "") -> None:
        """`about` is something to be read first."""
        super().__init__(app)
        self.about = about
        self.seen = Today(None)
        self.planned_talks: tuple[Talk, ...] = ()
        self.found: tuple[Contact, ...] | None = None
        self.first = False
        self._people: dict[str, Person | None] = {}

    def load(self) -> None:
        """The day, worked out of what is recorded."""
        self._people.clear()
        self.house.refresh()
        self.first = self.house.empty
        if not self.first:
            self.seen, self.planned_talks = self.house.today()
            nobody = not (self.seen.due or self.seen.quiet or self.seen.write_to)
            self.first = nobody and not self.planned_talks and not self.house.find("")
        if self.about:
            self.tell(self.about)
            self.about = ""

    def badge(self, text: str) -> str:
        """What the line is for."""
        return "who is calling?" if self.grid.wide else "who?"

    def changed(self, text: str) -> None:
        """Whoever that may be."""
        self.found = self.house.find(text) if text.strip() else None

    def back(self) -> bool:
        """Out of those who were found."""
        if self.found is None:
            return False
        self.found = None
        return True

    def items(self, grid: Grid) -> tuple[Item, ...]:
        """The day, or those who are found."""
        signs = self.look.signs
        if self.found is not None:
            return finder.items(self.found, grid, signs, finder.digits(self.note.value))
        if self.first:
            return layout.first_start(grid)[0]
        return layout.items(self.seen, self.planned_talks, self.house.now, grid, signs)

    def _contact(self) -> str | None:
        match self.key:
            case Talk() | Due() | Quiet() | WriteTo():
                return self.key.contact
            case Contact():
                return self.key.id
        return None

    def known(self, contact: str | None) -> Person | None:
        """All about a person, read once."""
        if contact is None:
            return None
        if contact not in self._people:
            self._people[contact] = self.house.person(contact)
        return self._people[contact]

    @property
    def person(self) -> Contact | None:
        """The person of the chosen row."""
        found = self.known(self._contact())
        return found.contact if found else None

    @property
    def planned(self) -> str | None:
        """The planned call of the chosen row."""
        return self.key.id if isinstance(self.key, Talk) else None

    def page(self, grid: Grid) -> Page:
        """The day."""
        now = self.house.now
        if self.first and self.found is None:
            return Page(
                facts(grid, "Welcome"), (), titled("iview", "informational interviews by phone"),
                (), subject=tuple(layout.first_start(grid)[1]), band=layout.band(self.key),
            )  # fmt: skip
        following = self.seen.next
        ahead = self.known(following.contact) if following else None
        how = ahead.how(following.id) if ahead and following else ""
        told, corner, who = layout.head(
            self.seen, ahead.contact if ahead else None, how, now, grid, self.rooms.calm
        )
        person = self.known(self._contact())
        extra: list[Row] = []
        if isinstance(self.key, Talk) and person is not None:
            talk = self.key
            width = grid.edge - grid.margin if grid.stacked else grid.right_width
            extra = layout.agreed(talk, person.how(talk.id), person.purpose(talk.id), now, width)
        subject = layout.card(person, now, grid, extra) if person else []
        return Page(told, corner, who, subject=tuple(subject), band=self._band())

    def _band(self) -> Band:
        if self.found is not None and not self.found:
            return Band("Nobody of that name is known. /add adds them; ^N starts a call.",
                               (("^N", "now is fine"),))  # fmt: skip
        return layout.band(self.key)

    def enter(self, text: str) -> None:
        """Act on what is chosen."""
        key = self.key
        match key:
            case ("do", str(command)):
                self.run(command, "")
            case Talk():
                self.rooms.want(Wanted("call", None, key.id, minutes=key.minutes))
            case Due(kind="thanks" | "posted") if key.contact:
                self.rooms.follow(self.rooms.made("letter", f"{key.kind} {key.contact}"))
            case Quiet():
                self.rooms.follow(self.rooms.made("letter", f"followup {key.contact}"))
            case WriteTo():
                self.run("write", "")
            case _ if self._contact():
                self.rooms.follow(self.rooms.made("people", self._contact() or ""))

    def do(self, command: str, rest: str) -> None:
        """Done with what is due; else what can be done with a person."""
        if command != "done":
            super().do(command, rest)
        elif isinstance(self.key, Due):
            self.house.done(self.key.id)
            self.tell(f"Done: {self.key.what}")
            self.load()
        else:
            self.tell("Choose something that is due first.")
