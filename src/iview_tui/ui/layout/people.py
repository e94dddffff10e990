"""The finder, and the questions that bring names to mind."""

from collections.abc import Sequence

from iview_tui.domain.record import Contact
from iview_tui.ui.layout.grid import Grid
from iview_tui.ui.layout.page import Item, heading, paragraph
from iview_tui.ui.layout.segs import EMPTY, Row, Seg
from iview_tui.ui.text import cells, cut, shown
from iview_tui.ui.themes import Signs

TAP: tuple[tuple[str, str, str], ...] = (
    ("alumni", "Who went to school with me?",
     "Alumni: their career office or club may keep a list of those who are glad to be asked."),
    ("faculty or staff", "Who taught me, or works where I learned?",
     "Faculty and staff know where people of their field went."),
    ("family", "Who in the family knows somebody?",
     "Family: their work, and whom they meet through it."),
    ("friend", "Which friends, and friends of friends?",
     "Friends: what they do, and whom they would ask themselves."),
    ("neighbor", "Who lives near me?",
     "Neighbors, and whom one meets at the club, the doctor, the gym."),
    ("web", "Whom have I read or heard of?",
     "Authors of articles, speakers, members of the field's associations."),
)  # fmt: skip
"""Whom to tap: how the names will be marked, the question, and a word more."""


def items(
    people: Sequence[Contact], grid: Grid, signs: Signs, digits: str = ""
) -> tuple[Item, ...]:
    """One row a person: name, and organization or the number that was looked for."""
    return tuple(_row(person, grid, signs, digits) for person in people)


def _row(person: Contact, grid: Grid, signs: Signs, digits: str) -> Item:
    number = next((p for p in person.phones if digits and digits in _digits(p)), "")
    end = shown(number or person.organization or "")
    room = grid.list_width - cells(shown(person.name)) - 1
    end = cut(end, max(room, 0), signs.dots) if room > 4 else ""
    return Item((Seg(shown(person.name)),), (Seg(end, "muted"),) if end else (), person)


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())


def digits(text: str) -> str:
    """The digits of a number that is being typed; empty for anything else."""
    found = _digits(text)
    return found if found and all(s.isdigit() or s in " +-()/." for s in text.strip()) else ""


def tap_items(step: int, names: Sequence[tuple[str, str]]) -> tuple[Item, ...]:
    """The six questions, with how many names each has brought."""
    rows = [heading("WHOM TO TAP", f"{len(names)} names")]
    for at, (source, question, _) in enumerate(TAP):
        count = sum(of == source for of, _ in names)
        end = "now" if at == step else str(count) if count else ""
        told = (Seg(end, "accent" if at == step else "muted"),)
        rows.append(Item((Seg(f"{at + 1} "), Seg(question)), told, ("tap", at)))
    return tuple(rows)


def tap_subject(step: int, names: Sequence[tuple[str, str]], grid: Grid) -> list[Row]:
    """What the question is for, and the names so far."""
    source, question, more = TAP[step]
    rows: list[Row] = [(Seg(question, "accent!"),)]
    rows += paragraph(more, grid.right_width, "strong")
    rows.append(EMPTY)
    return [*rows, *((Seg(shown(name)),) for of, name in names if of == source)]
