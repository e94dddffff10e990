"""Who is that: people found by a name, an organization or the last digits of a number, as typed."""

from collections.abc import Sequence

from iview_tui.domain.finding import folded
from iview_tui.domain.record import Contact
from iview_tui.domain.value import value

LEAST_DIGITS = 3
"""Digits from which a number is looked for."""
LINE = 7
"""Last digits by which two numbers are the same line, whatever stands before them."""
_RANKS = 5


@value
class Known:
    """A person with what is searched, prepared once."""

    contact: Contact
    name: str
    words: str
    """Name, organization, role, tags, e-mails: each word behind a blank."""
    digits: str
    """The digits of each number, behind a blank and before one."""


def known(contact: Contact) -> Known:
    """A person, prepared."""
    name = " " + " ".join(folded(contact.name).split())
    rest = (contact.organization or "", contact.role or "", *contact.tags, *contact.emails)
    words = " " + " ".join(folded(" ".join(rest)).split())
    numbers = ("".join(c for c in phone if c.isdecimal()) for phone in contact.phones)
    return Known(contact, name, name + words, " ".join(("", *numbers, "")))


def find(people: Sequence[Known], wanted: str, limit: int = 50) -> list[Contact]:
    """Those whom the text means, best first; within that in the order of `people`.

    Every word may be the beginning of one of theirs; case and accents count nothing. A text without
    letters and of three digits or more is the end of a number, else a part of one.
    """
    digits = "".join(c for c in wanted if c.isdecimal())
    if len(digits) >= LEAST_DIGITS and not any(c.isalpha() for c in wanted):
        return _by_number(people, digits, limit)
    text = folded(wanted).split()
    if not text:
        return []
    words = [f" {word}" for word in text]
    whole, first = " " + " ".join(text), words[0]
    found: Sequence[Known] = people
    for word in words:
        found = [each for each in found if word in each.words]
    ranks: list[list[Contact]] = [[] for _ in range(_RANKS)]
    for each in found:
        name = each.name
        if not name.startswith(first):
            rank = 3 if first in name else 4
        elif name.startswith(whole):
            rank = 0 if name == whole else 1
        else:
            rank = 2
        ranks[rank].append(each.contact)
    return [contact for rank in ranks for contact in rank][:limit]


def _by_number(people: Sequence[Known], digits: str, limit: int) -> list[Contact]:
    ends, line = digits + " ", digits[-LINE:] + " "
    ranks: list[list[Contact]] = [[], [], []]
    for each in people:
        if ends in each.digits:
            ranks[0].append(each.contact)
        elif len(digits) >= LINE and line in each.digits:
            ranks[1].append(each.contact)
        elif digits in each.digits:
            ranks[2].append(each.contact)
    return [contact for rank in ranks for contact in rank][:limit]
