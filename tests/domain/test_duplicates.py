"""Who is known already, who may be, and who is new."""

import pytest

from iview_tui.domain.duplicates import Known
from iview_tui.domain.record import Contact

ANA = Contact("1", "Ana Brandt", "Civic Works", None, ("ana@x.example",), ("+49 30 123 456 78",))
LEE = Contact("2", "Lee Wong", "Metro")


@pytest.mark.parametrize(
    ("contact", "kind", "whose"),
    [
        (Contact("x", "A. B.", emails=("ANA@x.example",)), "same", ANA),
        (Contact("x", "Somebody", phones=("030 12345678",)), "doubtful", ANA),
        (Contact("x", "A. Brandt", phones=("030 12345678",)), "same", ANA),
        (Contact("x", "ana  BRANDT"), "same", ANA),
        (Contact("x", "\u00c1na Brandt", "civic works"), "same", ANA),
        (Contact("x", "Ana Brandt", "Elsewhere"), "doubtful", ANA),
        (Contact("x", "Anna Brandt", "Civic Works"), "doubtful", ANA),
        (Contact("x", "A. Brandt", "Civic Works"), "doubtful", ANA),
        (Contact("x", "Anna Brandt"), "new", None),
        (Contact("x", "Anna Brandt", "Metro"), "new", None),
        (Contact("x", "Lee Wong", phones=("12345",)), "same", LEE),
        (Contact("x", "Dele Okonjo", "Metro"), "new", None),
    ],
)  # fmt: skip
def test_match(contact: Contact, kind: str, whose: Contact | None) -> None:
    found = Known([ANA, LEE]).match(contact)

    assert (found.kind, found.contact) == (kind, whose)
    assert bool(found.why) == (kind != "new")


def test_somebody_added_is_known() -> None:
    known = Known()
    assert known.match(ANA).kind == "new"
    known.add(ANA)
    assert known.match(ANA).kind == "same"
