"""A letter, with what the proofreading says beside it. The program sends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from iview_tui.domain.letters import LINKEDIN, Draft
from iview_tui.ui.layout.editing import Finding, Remark
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import Page, facts, titled
from iview_tui.ui.layout.segs import Row, Seg
from iview_tui.ui.screens.editing import EditingScreen

if TYPE_CHECKING:
    from iview_tui.ui.house import HouseApp

CALLED = {
    "email": "e-mail", "letter": "business letter", "phone": "phone script",
    "voicemail": "voicemail script", "followup": "follow-up", "thanks": "thank-you",
    "posted": "keep posted", "loop": "close the loop", "linkedin": "LinkedIn note",
    "referral": "to somebody they named",
}  # fmt: skip
LIMITS = {"linkedin": LINKEDIN}
"""Characters that LinkedIn takes of a note, for all and for those who pay."""


class LetterScreen(EditingScreen):
    """One letter to one person."""

    TABLE: ClassVar = "letter"
    NUMBERS: ClassVar = False

    def __init__(self, app: HouseApp, about: str = "") -> None:
        """`about` is a kind, a person's ID, and a call's ID where it is about one."""
        super().__init__(app)
        self.kind, _, rest = about.partition(" ")
        self.contact, _, self.talk = rest.partition(" ")
        self.letter: Draft | None = None
        self.whom = ""

    @property
    def person_name(self) -> str | None:
        """To whom."""
        return self.whom or None

    def load(self) -> None:
        """The letter as it was left, or a new one; only once."""
        if self.letter is not None:
            return
        self.letter = self.house.letter(self.kind, self.contact, self.talk or None)
        person = self.house.person(self.contact)
        self.whom = person.contact.name if person else ""
        self.editor.load_text(written(self.letter))
        self.looked(self.editor.text)

    def looked(self, text: str) -> None:
        """Proofread it, and keep it."""
        if self.letter is None:
            return
        self.letter = read(text, self.letter)
        told = self.house.proofread(self.letter, self.contact, self.talk or None)
        lines = text.splitlines()
        self.findings = tuple(
            Finding(
                next((at for at, line in enumerate(lines) if one.text and one.text in line), -1),
                one.message,
            )
            for one in told
        )
        self.remarks = {
            found.line: Remark(found.message, trouble=True)
            for found in reversed(self.findings) if found.line >= 0
        }  # fmt: skip
        loose = [found for found in self.findings if found.line < 0]
        for at, found in enumerate(loose):
            place = next(n for n in range(at, 10_000) if n not in self.remarks)
            self.remarks[place] = Remark(found.message, trouble=True)

    def page(self, grid: Grid) -> Page:
        """How long it is, how much there is to look at, to whom."""
        letter = self.letter
        if letter is None:
            return Page(facts(grid, "no letter"), (), titled("letter"), whole=True)
        words = len(letter.body.split())
        count = f"{words} word{'s' * (words != 1)}"
        if self.kind in LIMITS:
            count = f"{len(letter.body)} of {' and '.join(map(str, LIMITS[self.kind]))} characters"
        looks = len(self.findings)
        corner: Row = (Seg("nothing to look at", "muted"),)
        if looks:
            corner = (Seg(str(looks), "strong!"), Seg(" to look at", "muted"))
        told = facts(grid, CALLED.get(self.kind, self.kind), count)
        band = self.finding_band(
            "Nothing is sent from here: copy it, or let a mail program take the draft.",
            ("^Y", "copy"),
            ("^T", ".eml"),
            ("^O", "sent"),
        )
        return Page(told, corner, titled(self.whom or "letter", letter.to or ""), band=band,
                    whole=True)  # fmt: skip

    def back(self) -> bool:
        """What was written is kept when it is left."""
        if self.letter is not None:
            self.house.keep_letter(self.letter, self.contact, self.talk or None)
        return False

    def do(self, command: str, rest: str) -> None:
        """Out of the program, by hand."""
        letter = self.letter
        if letter is None:
            return
        match command:
            case "copy":
                told = self.house.copied(letter.body)
                self.tell(f"{told[:1].upper()}{told[1:]}.")
            case "eml":
                where = self.house.eml(letter, self.whom)
                self.tell(f"Written: {where}. Opened, it is a draft in the mail program.")
            case "sent":
                self.house.sent(letter, self.contact, self.talk or None)
                self.tell(f"Recorded: {CALLED.get(self.kind, self.kind)} to {self.whom}.")
            case "edit":
                self.tell("In a shell: iview draft with --edit opens it in $EDITOR.")


def written(letter: Draft) -> str:
    """A letter as one text: to whom, subject, an empty line, the rest."""
    head = [f"To: {letter.to}"] if letter.to else []
    head += [f"Subject: {letter.subject}"] if letter.subject else []
    return "\n".join([*head, "", letter.body] if head else [letter.body])


def read(text: str, before: Draft) -> Draft:
    """The letter that a text is now."""
    to, subject = None, ""
    lines = text.splitlines()
    while lines and lines[0].partition(":")[0].casefold() in ("to", "subject"):
        name, _, rest = lines.pop(0).partition(":")
        if name.casefold() == "to":
            to = rest.strip() or None
        else:
            subject = rest.strip()
    if (to or subject) and lines and not lines[0].strip():
        lines.pop(0)
    return Draft(before.kind, to, subject, "\n".join(lines), before.id)
