"""What can be done with a person from any list that they stand in."""

from __future__ import annotations

from iview_tui.domain.outreach import CHANNELS, OUTCOMES
from iview_tui.domain.record import Contact
from iview_tui.services.house import Person, Wanted
from iview_tui.ui.screens.house import HouseScreen

LETTERS = ("email", "letter", "phone", "voicemail", "followup", "thanks", "posted", "loop",
           "linkedin", "referral")  # fmt: skip
LEAST, MOST = 10, 60
USUAL = 30


class PersonScreen(HouseScreen):
    """A screen whose chosen row may be a person."""

    @property
    def person(self) -> Contact | None:
        """The person that the chosen row is about."""
        return None

    @property
    def person_name(self) -> str | None:
        """Their name, for screens that are gone to from here."""
        return self.person.name if self.person else None

    def known(self, contact: str | None) -> Person | None:
        """All about a person."""
        return self.house.person(contact) if contact else None

    def do(self, command: str, rest: str) -> None:
        """Start a call, write, log, plan, add."""
        who = self.person
        if command in ("take", "turn", "undo"):
            return
        if command == "add":
            self._add(rest)
        elif command == "now":
            self._now(rest)
        elif who is None:
            self.tell("Choose a person first: type their name, or /add one.")
        elif command == "write":
            self._write(who, rest)
        elif command == "log":
            self._log(who, rest)
        elif command == "plan":
            if rest:
                self.tell(self.house.plan(who, rest))
                self.load()
            else:
                self.ask("/plan ", "When, as in: tue 2pm 30 min, they call")

    def _now(self, rest: str) -> None:
        minutes = int(rest) if rest.isdigit() else USUAL
        if not LEAST <= minutes <= MOST:
            self.tell(f"From {LEAST} to {MOST} minutes.", trouble=True)
            return
        who = self.person
        typed = self.note.value.strip()
        if who is None and typed and typed[:1] != "/":
            who = self.house.added(typed)
        self.rooms.want(Wanted("call", who, self.planned, True, minutes))

    @property
    def planned(self) -> str | None:
        """The planned call of the chosen row."""
        return None

    def _add(self, rest: str) -> None:
        typed = self.note.value.strip()
        text = rest or ("" if typed[:1] == "/" else typed)
        if not text:
            self.ask("/add ", "Name, organization, as in: Ana Brandt, Baking House")
            return
        who = self.house.added(text)
        self.note.put("")
        self.rooms.follow(self.rooms.made("people", who.id))

    def _write(self, who: Contact, rest: str) -> None:
        kind = rest.split(" ")[0].casefold() if rest else self.house.first_letter(who)
        if kind not in LETTERS:
            self.tell(f"{kind} is none of: {', '.join(LETTERS)}", trouble=True)
            return
        self.rooms.follow(self.rooms.made("letter", f"{kind} {who.id}"))

    def _log(self, who: Contact, rest: str) -> None:
        if not rest:
            self.ask("/log ", "How, and what came of it, as in: email no reply; "
                     "phone call back, thu; sent linkedin")  # fmt: skip
            return
        channel, outcome, words = read_attempt(rest)
        self.tell(self.house.log(who, channel, outcome, words))
        self.load()


def read_attempt(text: str) -> tuple[str | None, str | None, str]:
    """Channel, outcome and the words left of what was typed for an attempt."""
    rest = " ".join(text.replace("e-mail", "email").split())
    found: dict[str, str | None] = {"channel": None, "outcome": None}
    for kind, words in (("outcome", OUTCOMES), ("channel", CHANNELS)):
        for word in sorted(words, key=len, reverse=True):
            spoken = word.replace("_", " ")
            folded = f" {rest.casefold()} "
            at = max(folded.find(f" {spoken} "), folded.find(f" {spoken},"))
            if at >= 0:
                found[kind] = word
                rest = " ".join((rest[:at] + " " + rest[at + len(spoken) :]).split())
                break
    return found["channel"], found["outcome"], rest.strip(" ,;:")
