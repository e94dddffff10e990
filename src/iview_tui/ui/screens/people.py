"""People: found as one types, with their whole story; names added as fast as they come."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from iview_tui.domain.record import Contact
from iview_tui.services.house import Person
from iview_tui.ui.layout import people as layout
from iview_tui.ui.layout import today
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import Band, Item, Page, facts, titled
from iview_tui.ui.screens.person import PersonScreen

if TYPE_CHECKING:
    from iview_tui.ui.house import HouseApp

FIELDS = ("name", "org", "role", "email", "phone", "linkedin", "zone", "said", "pronouns", "via",
          "source", "knows", "tags")  # fmt: skip


class PeopleScreen(PersonScreen):
    """Everybody, or whom the line finds."""

    TABLE: ClassVar = "people"

    def __init__(self, app: HouseApp, about: str = "") -> None:
        """`about` is a person's ID, or a text to look for."""
        super().__init__(app)
        self.about = about
        self.text = ""
        self.found: tuple[Contact, ...] = ()
        self.tapping: int | None = None
        """Which of the six questions is asked."""
        self.tapped: list[tuple[str, str]] = []
        self._known: Person | None = None

    def load(self) -> None:
        """Look for the text again; the person may have changed."""
        self._known = None
        self.house.refresh()
        about, self.about = self.about, ""
        person = self.house.person(about) if about else None
        if about and person is None:
            self.text = about
            self.note.put(about)
        self.found = self.house.find(self.text)
        if person is not None:
            self.found = (person.contact, *(p for p in self.found if p.id != person.contact.id))
            self.key = person.contact
        elif isinstance(self.key, Contact):
            wanted = self.key.id
            self.key = next((p for p in self.found if p.id == wanted), None)

    def badge(self, text: str) -> str:
        """What the line is for."""
        if self.tapping is not None:
            return (
                "names"
                if self.grid.stacked
                else "who comes to mind?"
                if self.grid.wide
                else "names"
            )
        return "who is calling?" if self.grid.wide else "who?"

    def changed(self, text: str) -> None:
        """Whoever that may be."""
        if self.tapping is None:
            self.text = text
            self.found = self.house.find(text)

    def items(self, grid: Grid) -> tuple[Item, ...]:
        """Those who are found, or the questions."""
        if self.tapping is not None:
            return layout.tap_items(self.tapping, self.tapped)
        return layout.items(self.found, grid, self.look.signs, layout.digits(self.text))

    @property
    def person(self) -> Contact | None:
        """Who is chosen."""
        return self.key if isinstance(self.key, Contact) else None

    def page(self, grid: Grid) -> Page:
        """Those who are found, and one of them."""
        if self.tapping is not None:
            subject = layout.tap_subject(self.tapping, self.tapped, grid)
            return Page(
                facts(grid, f"{self.tapping + 1} of {len(layout.TAP)}", "whom to tap"), (),
                titled("people", "whoever comes to mind"), subject=tuple(subject),
                band=Band("A name, Enter, the next. An empty Enter is the next question.",
                          (("Enter", "next question"), ("Esc", "enough"))),
            )  # fmt: skip
        person = self._all_about()
        count = len(self.found)
        words = "found" if self.text else "person" if count == 1 else "people"
        told = facts(grid, f"{count} {words}")
        subject = today.card(person, self.house.now, grid) if person else []
        return Page(told, (), titled("people", self.text), subject=tuple(subject),
                    band=self._band(person))  # fmt: skip

    def _all_about(self) -> Person | None:
        who = self.person
        if who is None:
            return None
        if self._known is None or self._known.contact.id != who.id:
            self._known = self.house.person(who.id)
        return self._known

    def _band(self, person: Person | None) -> Band:
        keys = (("^N", "now is fine"), ("^L", "write"), ("^O", "log"), ("^T", "plan"))
        if person is None and self.text:
            return Band("Nobody is found. /add adds them; ^N starts a call.", keys[:1])
        if person is None:
            return Band("Nobody yet. ^G asks six questions that bring names.",
                        (("^G", "whom to tap"),))  # fmt: skip
        return Band("Enter reads the last talk. /set role planner puts a field right.", keys)

    def enter(self, text: str) -> None:
        """The talk with the person; a name of the brainstorm."""
        if self.tapping is not None:
            self._tap(text)
        elif self.person is not None:
            person = self._all_about()
            if person is not None and person.talked:
                self.rooms.follow(self.rooms.made("review", person.contact.name))
            else:
                self.run("write", "")

    def _tap(self, text: str) -> None:
        assert self.tapping is not None
        source = layout.TAP[self.tapping][0]
        if text:
            self.house.added(text, source)
            self.tapped.append((source, text))
            self.note.put("")
        elif self.tapping + 1 < len(layout.TAP):
            self._ask(self.tapping + 1)
        else:
            self.back()

    def _ask(self, step: int) -> None:
        self.tapping = step
        self.key = ("tap", step)

    def moved(self, by: int) -> bool:
        """Up and Down go through the questions."""
        if self.tapping is None:
            return False
        self._ask(max(0, min(len(layout.TAP) - 1, self.tapping + (1 if by > 0 else -1))))
        return True

    def back(self) -> bool:
        """Out of the brainstorm, or out of those who were found."""
        if self.tapping is None:
            if self.text:
                self.changed("")
                return True
            return False
        self.tapping, self.key = None, None
        self.load()
        return True

    def do(self, command: str, rest: str) -> None:
        """The brainstorm, a field; else what can be done with a person."""
        who = self.person
        if command == "tap":
            self.note.put("")
            self._ask(0)
        elif command == "set" and who is not None:
            field, _, text = rest.partition(" ")
            if field not in FIELDS or not text:
                self.ask("/set ", f"A field and its text: {', '.join(FIELDS)}")
                return
            self.tell(self.house.put(who, field, text))
            self.load()
        else:
            super().do(command, rest)
