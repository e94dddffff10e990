"""Search, compare, chain and glossary: all talks together."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from iview_tui.domain.synthesis import AGREES, CONTRADICTS, Compared, Linked, Mention, Term, wanted
from iview_tui.services.across import Comparison
from iview_tui.services.search import Found, Hit
from iview_tui.ui.layout import across as layout
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import Band, Item, Page, facts, paragraph, titled
from iview_tui.ui.layout.segs import Seg
from iview_tui.ui.screens.house import HouseScreen

if TYPE_CHECKING:
    from iview_tui.ui.house import HouseApp


class SearchScreen(HouseScreen):
    """Everything that was written, as one types."""

    TABLE: ClassVar = "search"
    LEAD: ClassVar = "read"

    def __init__(self, app: HouseApp, about: str = "") -> None:
        super().__init__(app)
        self.text = about
        self.found: Found | None = None

    def on_mount(self) -> None:
        """What was typed before stands in the line; the rest is everybody's."""
        if self.text:
            self.note.put(self.text)

    def load(self) -> None:
        """Look for what stands in the line."""
        self.changed(self.text)

    def changed(self, text: str) -> None:
        """Look for it."""
        self.text = text
        self.found = self.house.search(text) if text.strip() else None

    def badge(self, text: str) -> str:
        """What the line is for."""
        return "search all talks" if self.grid.wide else "search"

    def items(self, grid: Grid) -> tuple[Item, ...]:
        """The hits."""
        return layout.hit_items(self.found, grid, self.look.signs) if self.found else ()

    @property
    def hit(self) -> Hit | None:
        """What is chosen."""
        hits = self.found.hits if self.found else ()
        return next((hit for hit in hits if hit.id == self.key), None)

    def page(self, grid: Grid) -> Page:
        """What was found."""
        count = len(self.found.hits) if self.found else 0
        more = " and more" if self.found and self.found.more else ""
        told = f"{count}{more} found" if self.found else "all talks, people and letters"
        subject = layout.hit_subject(self.hit, grid) if self.hit else []
        hint = 'Words, "a phrase", a beginning*; with: priya  topic: training  since march'
        if self.found and not self.found.hits:
            hint = "Nothing has these words. Fewer letters find more."
        return Page(
            facts(grid, told), (), titled("search", self.text), subject=tuple(subject),
            band=Band(hint, (("Enter", "read it there"),) if self.hit else ()),
        )  # fmt: skip

    def enter(self, text: str) -> None:
        """Read it where it stands."""
        hit = self.hit
        if hit is None:
            return
        if hit.interview:
            about = f"{hit.interview} {hit.entry or ''}".strip()
            self.rooms.follow(self.rooms.made("review", about))
        elif hit.kind in ("contact", "organization"):
            self.rooms.follow(self.rooms.made("people", hit.name or hit.text))


class CompareScreen(HouseScreen):
    """One question across all talks."""

    TABLE: ClassVar = "compare"
    LEAD: ClassVar = "read"

    def __init__(self, app: HouseApp, about: str = "") -> None:
        super().__init__(app)
        self.text = about
        self.seen: Comparison | None = None
        self.column = 0
        self.marked: str | None = None
        """The entry that another is compared with."""
        self._read: dict[object, Compared] = {}

    def load(self) -> None:
        """The matrix."""
        self._read.clear()
        self.seen = self.house.compare()

    def changed(self, text: str) -> None:
        """Only topics with these words."""
        self.text = text

    def badge(self, text: str) -> str:
        """What the line is for."""
        return "topic or word" if self.grid.wide else "topic"

    def _topics(self) -> tuple[Compared, ...]:
        if self.seen is None:
            return ()
        found = wanted(self.seen.topics, self.text) if self.text.strip() else None
        topics = self.seen.topics if found is None else tuple(found)
        return tuple(self._read.get(topic.ident, topic) for topic in topics)

    @property
    def topic(self) -> Compared | None:
        """The chosen topic, with what was said about it."""
        bare = next((t for t in self._topics() if t.ident == self.key), None)
        if bare is not None and bare.ident not in self._read:
            with_texts = self.house.compare(bare.key or bare.title).topics
            found = next((t for t in with_texts if t.ident == bare.ident), bare)
            self._read[bare.ident] = found
        return self._read.get(bare.ident) if bare is not None else None

    @property
    def person(self) -> str | None:
        """The call of the chosen column."""
        people = self.seen.people if self.seen else ()
        return people[self.column][0] if self.column < len(people) else None

    def items(self, grid: Grid) -> tuple[Item, ...]:
        """The matrix."""
        if self.seen is None or not self.seen.people:
            return ()
        topics = self._topics()
        if self.key not in [topic.ident for topic in topics]:
            self.key = topics[0].ident if topics else None
        if self.topic is not None:
            topics = self._topics()
        return layout.matrix(self.seen, topics, self.column, self.key, grid, self.look.signs)

    def page(self, grid: Grid) -> Page:
        """The matrix, and the chosen topic below it."""
        seen, topic = self.seen, self.topic
        if seen is None or not seen.people:
            return Page(
                facts(grid, "no talks yet"), (), titled("compare"),
                band=Band("After the first talk its topics stand here, person by person."),
            )  # fmt: skip
        talks = len(seen.people)
        told = facts(grid, f"{talks} talk{'s' * (talks != 1)}", f"{len(seen.topics)} topics",
                     f"{len(seen.unknown)} still unknown" if seen.unknown else "")  # fmt: skip
        rows = [] if topic is None else layout.answers(
            topic, seen.plans, self.marked, self.person, grid, self.look.signs)  # fmt: skip
        if self.grid.tall and len(seen.styles) > 1:
            rows += [(), (Seg("MY STYLE over time", "muted"),)]
            rows += layout.style_rows(seen.styles, grid.edge - grid.margin - 1)
        signs = self.look.signs
        legend = (f"{signs.asked} asked, {signs.partly} partly, {signs.covered} covered, "
                  "= agree, / differ")  # fmt: skip
        keys = (("Enter", "read"), ("^T", "agree"), ("^O", "differ"))
        return Page(
            told, (), titled("compare", topic.question if topic else ""), subject=tuple(rows),
            band=Band(legend, keys), whole=True,
        )  # fmt: skip

    def do(self, command: str, rest: str) -> None:
        """Move between people; mark what agrees."""
        people = self.seen.people if self.seen else ()
        match command:
            case "left" | "right":
                by = -1 if command == "left" else 1
                self.column = max(0, min(len(people) - 1, self.column + by))
            case "agree" | "differ":
                self._mark(AGREES if command == "agree" else CONTRADICTS)

    def _mark(self, kind: str) -> None:
        topic = self.topic
        answers = topic.answers if topic else ()
        answer = next((a for a in answers if a.interview == self.person), None)
        if topic is None or answer is None or not answer.said:
            self.tell("There are no words of this person on this topic to compare.")
            return
        entry = answer.said[0].entry
        if self.marked is None or self.marked == entry:
            self.marked = None if self.marked == entry else entry
            self.tell("Marked. Go to another person with ctrl+Right and press the same key."
                      if self.marked else "No longer marked.")  # fmt: skip
            return
        self.house.mark(topic.ident, kind, self.marked, entry)
        self.marked = None
        self.load()

    def enter(self, text: str) -> None:
        """Read the talk of the chosen cell."""
        if self.person:
            self.rooms.follow(self.rooms.made("review", self.person))


class ChainScreen(HouseScreen):
    """Who led to whom."""

    TABLE: ClassVar = "chain"

    def __init__(self, app: HouseApp, about: str = "") -> None:
        super().__init__(app)
        self.text = about
        self.people: tuple[Linked, ...] = ()

    def load(self) -> None:
        """The tree."""
        self.people = self.house.chain()

    def changed(self, text: str) -> None:
        """Only names with these letters."""
        self.text = text

    def items(self, grid: Grid) -> tuple[Item, ...]:
        """Everybody, behind the one who led to them."""
        begun = self.text.casefold().strip()
        people = [p for p in self.people if begun in p.name.casefold()]
        return layout.chain_items(people, grid, self.look.signs)

    def page(self, grid: Grid) -> Page:
        """The tree, and one of them."""
        chosen = next((p for p in self.people if p.name == self.key), None)
        talked = sum(person.talked for person in self.people)
        deepest = max((person.depth for person in self.people), default=0)
        told = facts(grid, f"{len(self.people)} people", f"{talked} talked with",
                     f"{deepest} steps at most" if deepest else "")  # fmt: skip
        hint = ("Enter opens the person." if self.people
                else "Who is named in a talk, and who sent you to whom, stands here.")  # fmt: skip
        subject = layout.chain_subject(chosen, grid) if chosen else []
        return Page(told, (), titled("chain", "who led to whom"), subject=tuple(subject),
                    band=Band(hint))  # fmt: skip

    def enter(self, text: str) -> None:
        """The person."""
        if isinstance(self.key, str):
            self.rooms.follow(self.rooms.made("people", self.key))


class GlossaryScreen(HouseScreen):
    """The words of the field, organizations named, and what they offered."""

    TABLE: ClassVar = "glossary"
    LEAD: ClassVar = "read"

    def __init__(self, app: HouseApp, about: str = "") -> None:
        super().__init__(app)
        self.text = about
        self.terms: tuple[Term, ...] = ()
        self.organizations: tuple[Mention, ...] = ()
        self.chances: tuple[Mention, ...] = ()

    def load(self) -> None:
        """All of it."""
        self.terms = self.house.glossary()
        self.organizations = self.house.mentions("organization")
        self.chances = self.house.mentions("opportunity")

    def changed(self, text: str) -> None:
        """Only what has these letters."""
        self.text = text

    def items(self, grid: Grid) -> tuple[Item, ...]:
        """Words first, then organizations and opportunities."""
        begun = self.text.casefold().strip()
        terms = [t for t in self.terms if begun in f"{t.term} {t.meaning or ''}".casefold()]
        named = [m for m in self.organizations if begun in m.text.casefold()]
        raised = [m for m in self.chances if begun in m.text.casefold()]
        rows = [*layout.term_items(terms, grid),
                *layout.mention_items("ORGANIZATIONS named", named),
                *layout.mention_items("THEY RAISED", raised)]  # fmt: skip
        return tuple(rows[1:] if rows and not rows[0].row else rows)

    def page(self, grid: Grid) -> Page:
        """The words, and one of them."""
        said = [term for term in self.terms if term.term.casefold() == self.key]
        subject = layout.term_subject(said, grid)
        chosen = next((m for m in (*self.organizations, *self.chances) if m.entry == self.key),
                      None)  # fmt: skip
        if chosen is not None and not said:
            subject = [*paragraph(chosen.text, grid.right_width, "strong"),
                       (Seg(f"named by {chosen.name or 'nobody'}", "muted"),)]  # fmt: skip
        words = len({term.term.casefold() for term in self.terms})
        hint = "Enter reads the talk." if self._items else "A line ~term = meaning in a call."
        told = facts(grid, f"{words} words", f"{len(self.organizations)} organizations",
                     f"{len(self.chances)} raised by them")  # fmt: skip
        return Page(told, (), titled("glossary", "words of the field"), subject=tuple(subject),
                    band=Band(hint))  # fmt: skip

    def enter(self, text: str) -> None:
        """The talk in which it was said."""
        talks: dict[object, str] = {m.entry: m.interview for m in self.organizations}
        talks |= {m.entry: m.interview for m in self.chances}
        talks |= {t.term.casefold(): t.interview for t in self.terms}
        if self.key in talks:
            self.rooms.follow(self.rooms.made("review", talks[self.key]))
