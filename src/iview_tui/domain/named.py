"""The people they named, as each stands after everything that was said about them."""

from dataclasses import replace

from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.referral import Person, merge, same_name
from iview_tui.domain.value import value

SPELLING, MAY, FIND = "spelling", "may", "find"
"""What there is to settle about a person at the wrap-up."""


@value
class Referral:
    """A person they named."""

    entry: str
    """The id of the entry that named them first."""
    at: int
    """When they became a name that counts, or were first named."""
    name: str
    organization: str | None = None
    contact: str | None = None
    sure: bool = True
    """Whether it is a person's name; what is not sure is someone to find."""
    may_use_name: str | None = None
    """May I say that you suggested them: yes, no, they_ask_first."""
    check_in: str | None = None
    spelling_checked: bool | None = None
    """None where nobody doubted it."""
    left: frozenset[str] = frozenset()
    """What was left as it is at the wrap-up: spelling, may or find."""

    def certain(self, at: int) -> "Referral":
        """The same person, whose name counts; from now on where it did not before."""
        return self if self.sure else replace(self, sure=True, at=at)


def named(known: tuple[Referral, ...], entry: Entry, person: Person) -> tuple[Referral, ...]:
    """The referrals with one more, or with what the same name brings anew.

    What the five questions of `/name` were answered stands in the entry's value.
    """
    value = entry.value
    may, check_in = value.get("may_use_name"), value.get("check_in")
    if value:
        name, organization = value["name"], value.get("organization")
        person = replace(person, name=name, organization=organization, contact=value.get("contact"))
    for index, old in enumerate(known):
        if same_name(old.name, person.name):
            both = merge(Person(old.name, old.organization, old.contact), person)
            same = replace(
                old.certain(entry.entered) if person.sure else old,
                organization=both.organization,
                contact=both.contact,
                may_use_name=old.may_use_name or may,
                check_in=old.check_in or check_in,
                spelling_checked=False if person.doubt else old.spelling_checked,
            )
            return (*known[:index], same, *known[index + 1 :])
    new = Referral(
        entry.id, entry.entered, person.name, person.organization, person.contact, person.sure,
        may, check_in, False if person.doubt else None,
    )  # fmt: skip
    return (*known, new)


def told(person: Referral, entry: Entry) -> Referral:
    """The person after what an entry says about them."""
    value = entry.value
    match entry.kind:
        case Kind.MAY:
            return replace(person, may_use_name=value["answer"], check_in=value.get("check_in"))
        case Kind.FIX:
            checked = replace(person, name=value["name"], spelling_checked=True)
            return checked.certain(entry.entered)
        case Kind.SPELL:
            return replace(person, spelling_checked=False, left=person.left - {SPELLING})
        case Kind.SETTLE if value.get("how") == "ok":
            return replace(person, spelling_checked=True)
        case Kind.SETTLE if value.get("how") == "yes":
            return person.certain(entry.entered)
        case Kind.SETTLE:
            of = value.get("of")
            return replace(person, left=person.left | ({of} if of else {SPELLING, MAY, FIND}))
    return person
