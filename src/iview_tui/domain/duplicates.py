"""Whether somebody out of an address book is known already."""

import difflib
import re
import unicodedata
from collections.abc import Iterable

from iview_tui.domain.record import Contact
from iview_tui.domain.value import value

ALIKE = 0.85
"""From which likeness on two names at the same organization may be one person's."""
SHORTEST_NUMBER = 7
"""Digits from which on the end of a number tells whose it is."""


@value
class Match:
    """What was found."""

    kind: str
    """same, doubtful or new."""
    contact: Contact | None = None
    """Who is meant."""
    why: str = ""


NEW = Match("new")


class Known:
    """People by what tells them apart; looking somebody up does not grow with their number."""

    def __init__(self, contacts: Iterable[Contact] = ()) -> None:
        self._by_email: dict[str, Contact] = {}
        self._by_phone: dict[str, Contact] = {}
        self._by_name: dict[str, list[Contact]] = {}
        self._by_place: dict[str, list[Contact]] = {}
        for contact in contacts:
            self.add(contact)

    def add(self, contact: Contact) -> None:
        """Know one more; who was there first keeps an address that two have."""
        for email in contact.emails:
            self._by_email.setdefault(email.casefold(), contact)
        for phone in contact.phones:
            if number := _number(phone):
                self._by_phone.setdefault(number, contact)
        self._by_name.setdefault(_key(contact.name), []).append(contact)
        if contact.organization:
            self._by_place.setdefault(_key(contact.organization), []).append(contact)

    def match(self, contact: Contact) -> Match:
        """Same by e-mail, by number and like name, by name at one place; else doubtful or new."""
        for email in contact.emails:
            if found := self._by_email.get(email.casefold()):
                return Match("same", found, f"the same e-mail, {email}")
        for phone in contact.phones:
            if found := self._by_phone.get(_number(phone)):
                same = _alike(contact.name, found.name)  # else a switchboard, which many share
                return Match("same" if same else "doubtful", found, f"the same number, {phone}")
        place = _key(contact.organization or "")
        for found in self._by_name.get(_key(contact.name), ()):
            there = _key(found.organization or "")
            if not place or not there or place == there:
                return Match("same", found, "the same name")
            return Match("doubtful", found, f"the same name at {found.organization}")
        for found in self._by_place.get(place, ()) if place else ():
            if _alike(contact.name, found.name):
                return Match(
                    "doubtful", found, f"nearly the same name, also at {found.organization}"
                )
        return NEW


def _alike(one: str, other: str) -> bool:
    """Nearly the same letters, or a short form: A. Brandt, Ana Brandt."""
    first, second = _key(one).split(), _key(other).split()
    if first and second and first[-1] == second[-1]:
        short, long = sorted((first[0].rstrip("."), second[0].rstrip(".")), key=len)
        if long.startswith(short):
            return True
    return difflib.SequenceMatcher(None, _key(one), _key(other)).ratio() >= ALIKE


def _key(text: str) -> str:
    """Letters without case and accents, single blanks."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def _number(phone: str) -> str:
    """The last digits of a number, as it is the same with and without its country."""
    digits = re.sub(r"\D", "", phone.partition("ext")[0])
    return digits[-9:] if len(digits) >= SHORTEST_NUMBER else ""
