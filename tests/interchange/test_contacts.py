"""Address books as others write them; nothing of them is dropped in silence."""

from dataclasses import replace
from itertools import count

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.domain.record import Contact
from iview_tui.domain.text import one_line
from iview_tui.interchange.contacts import BadContacts, Found, read_contacts, write_vcards

LINKEDIN = '''Notes:
"When exporting your connection data, you may notice that some e-mail addresses are missing."

First Name,Last Name,URL,Email Address,Company,Position,Connected On
Dele,Okonjo,https://linkedin.example/in/dele,,Metro council,Planner,12 May 2025
"Ana ""A.""",Brandt,,ana@brandt.example,Brandt & Co,"Head, GIS",1 May 2025
,,https://linkedin.example/in/x,,,,
'''
CARDS = """BEGIN:VCARD
VERSION:3.0
FN:Mar\u00eda L\u00f3pez
N:L\u00f3pez;Mar\u00eda;;;
item1.EMAIL;TYPE=INTERNET:maria@x.example
item1.X-ABLabel:
TEL;TYPE=CELL:+1 555 0101
ORG:Civic Works;Planning
TITLE:Planner
URL:https\\://www.linkedin.com/in/maria
CATEGORIES:alumni,bus
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgICAgMCAgIDAwMDBAYE
 BAQEBAgGBgUGCQgKCgkI
END:VCARD
BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=96zil;Ay=C5=9Fe
FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Ay=C5=9Fe =C3=96zil
TEL;CELL:+49 30 1234567
EMAIL;INTERNET:ayse@x.example
NOTE;ENCODING=QUOTED-PRINTABLE:line one=0D=0A=
line two
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Lee Wong
EMAIL;PREF=1:lee@x.example
TEL;VALUE=uri;TYPE="voice,home":tel:+1-555-555-5555
END:VCARD
BEGIN:VCARD
VERSION:3.0
ORG:No name
END:VCARD
"""


def read(data: str | bytes, name: str = "book") -> Found:
    numbers = count()
    raw = data.encode() if isinstance(data, str) else data
    return read_contacts(raw, name, lambda: str(next(numbers)))


def test_linkedin_s_connections_below_their_notes() -> None:
    found = read(LINKEDIN, "Connections.csv")

    assert [(line.line, line.contact.name) for line in found.contacts] == [
        (5, "Dele Okonjo"), (6, 'Ana "A." Brandt'),
    ]  # fmt: skip
    ana = found.contacts[1].contact
    assert (ana.organization, ana.role) == ("Brandt & Co", "Head, GIS")
    assert ana.emails == ("ana@brandt.example",)
    assert [(left.line, left.why) for left in found.left] == [(7, "no name in it")]


def test_cards_of_every_version() -> None:
    maria, ayse, lee = (line.contact for line in read(CARDS).contacts)

    assert (maria.name, maria.organization) == ("Mar\u00eda L\u00f3pez", "Civic Works")
    assert maria.linkedin == "https://www.linkedin.com/in/maria"
    assert maria.tags == ("alumni", "bus")
    assert (ayse.name, ayse.background) == ("Ay\u015fe \u00d6zil", "line one line two")
    assert ayse.phones == ("+49 30 1234567",)
    assert (lee.emails, lee.phones) == (("lee@x.example",), ("+1-555-555-5555",))
    assert [(left.line, left.why) for left in read(CARDS).left] == [(30, "no name in it")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_in_any_order(delimiter: str) -> None:
    rows = [["E-mail 1 - Value", "Name", "Phone 1 - Value", "Organization Name"],
            ["a@x.example ::: b@x.example", "Ann Lee", "+1 555", "Corp"]]  # fmt: skip
    (line,) = read("\n".join(delimiter.join(row) for row in rows)).contacts

    assert line.contact == Contact(
        "0", "Ann Lee", "Corp", None, ("a@x.example", "b@x.example"), ("+1 555",)
    )


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"), (b"hello\nworld", "neither vCards nor a row of headings"),
        (b"a\0b", "not a text file"), (b"Name,Email\n", "nobody in it"),
        (b"BEGIN:VCARD\nEND:VCARD\n", "nobody in it: line 1"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a text file"), (b"x" * 64_000_001, "too large"),
    ],
)  # fmt: skip
def test_a_file_with_nobody_in_it_is_refused_loudly(data: bytes, why: str) -> None:
    with pytest.raises(BadContacts, match=why) as raised:
        read(data, "book.csv")
    assert "\n" not in str(raised.value)


def test_progress_is_told_and_twenty_thousand_rows_are_read() -> None:
    told: list[tuple[int, int]] = []
    rows = "".join(f"P{n},Q{n},,Org {n % 500}\n" for n in range(20_000))
    found = read_contacts(
        f"First Name,Last Name,Email,Company\n{rows}".encode(), "x", lambda: "i",
        lambda done, whole: told.append((done, whole)),
    )  # fmt: skip

    assert len(found.contacts) == 20_000
    assert len(told) > 10
    assert told[-1] == (20_001, 20_001)


TEXTS = st.text(max_size=40).map(one_line)
NAMES = TEXTS.filter(bool)


@settings(max_examples=100, deadline=None)
@given(name=NAMES, organization=TEXTS, note=TEXTS, tags=st.lists(NAMES, max_size=3, unique=True))
def test_a_card_comes_back(name: str, organization: str, note: str, tags: list[str]) -> None:
    clean_tags = tuple(t for tag in tags if (t := tag.replace(",", "").strip()) and t[:2] != "* ")
    contact = Contact(
        "u1", name, organization or None, "planner", ("a@x.example",), ("+1 555 0101",),
        background=note or None, tags=tuple(dict.fromkeys(clean_tags)),
    )  # fmt: skip
    text = write_vcards([contact, replace(contact, id="u2")])
    (line, _) = read(text).contacts

    assert replace(line.contact, id="u1") == contact
    assert len(list(vobject.readComponents(text))) == 2
    assert text.count("BEGIN:VCARD") == text.count("\r\nEND:VCARD") == 2 or ("VCARD" in name + note)


def test_a_mark_before_the_first_card_and_a_folded_line_cost_nobody() -> None:
    marked = b"\xef\xbb\xbf" + write_vcards([Contact("1", "Ann"), Contact("2", "Bo")]).encode()
    assert [line.contact.name for line in read(marked).contacts] == ["Ann", "Bo"]

    note = "x" * 69 + "BEGIN:VCARD"
    (line,) = read(write_vcards([Contact("1", "Ann", background=note)])).contacts
    assert line.contact.background == note


@settings(max_examples=100)
@given(data=st.binary(max_size=400), head=st.sampled_from([b"", b"Name,Email\n", b"BEGIN:VCARD\n"]))
def test_any_bytes_are_read_or_refused(data: bytes, head: bytes) -> None:
    try:
        found = read(head + data)
    except BadContacts:
        return
    assert all(line.contact.name for line in found.contacts)


@pytest.mark.parametrize("later", ["", '"Quoted, Ann",Example City\n', 'Ed,"Two\nlines"\n'])
def test_a_quotation_mark_that_is_not_closed_costs_its_own_line_alone(later: str) -> None:
    """Whether or not one stands further down."""
    text = (
        f'Name,Company\nDele Okonjo,"Metro council\nInes Farkas,Example City\n{later}Last One,X\n'
    )
    found = read_contacts(text.encode(), "people.csv", lambda: "id")

    names = [each.contact.name for each in found.contacts]
    assert (names[0], names[-1]) == ("Ines Farkas", "Last One")
    assert len(names) == 2 + bool(later)
    assert [(left.line, left.why) for left in found.left] == [
        (2, "a quotation mark in it is not closed")
    ]


def test_outlook_s_columns_are_known() -> None:
    """Numbers stand in the middle of their headings."""
    text = (
        "First Name,Last Name,Company,Job Title,E-mail Address,E-mail 2 Address,Business Phone,"
        "Mobile Phone,Notes\n"
        "Dele,Okonjo,Metro council,Planner,dele@metro.example,d@home.example,555 0100,555 0101,Hi\n"
    )
    (line,) = read_contacts(text.encode("utf-16"), "contacts.csv", lambda: "id").contacts

    assert line.contact.emails == ("dele@metro.example", "d@home.example")
    assert line.contact.phones == ("555 0100", "555 0101")
    assert (line.contact.role, line.contact.background) == ("Planner", "Hi")


def test_cards_may_be_in_two_bytes_a_letter() -> None:
    """As some phones write them."""
    card = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Dele Okonjo\r\nEND:VCARD\r\n"
    (line,) = read_contacts(card.encode("utf-16"), "a.vcf", lambda: "id").contacts

    assert line.contact.name == "Dele Okonjo"


def test_a_time_zone_that_no_clock_knows_is_a_note() -> None:
    """It is not followed, and not lost."""
    text = "Name,Time zone\nDele Okonjo,Mars/Olympus\nInes Farkas,Europe/Budapest\n"
    dele, ines = read_contacts(text.encode(), "people.csv", lambda: "id").contacts

    assert (dele.contact.time_zone, dele.contact.background) == (None, "(time zone: Mars/Olympus)")
    assert ines.contact.time_zone == "Europe/Budapest"


def test_no_line_of_a_card_is_longer_than_75_octets() -> None:
    contact = Contact("c1", "字" * 60, background="Ṥ" * 400)

    card = write_vcards([contact])

    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    (again,) = read_contacts(card.encode(), "c.vcf", lambda: "c2").contacts
    assert (again.contact.name, again.contact.background) == (contact.name, contact.background)
