"""Address books in and out: LinkedIn's Connections.csv, other CSV, vCard 2.1 to 4.

What a file is, its content says. Nothing of it is dropped in silence: what cannot be taken is left
with its line and the reason.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from iview_tui.domain.record import Contact
from iview_tui.domain.scheduling import known_zone
from iview_tui.domain.text import one_line
from iview_tui.domain.value import value
from iview_tui.interchange.folding import folded

LARGEST = 64_000_000
"""Bytes of a file."""
LONGEST = 500
"""Characters of a field."""
MOST_WAYS = 10
UNFOLDED = 1_000_000
"""Octets of a line that is long enough for any."""
HEADER_WITHIN = 40
"""Lines within which a table's header is looked for: LinkedIn writes notes above it."""
TELL_EVERY = 500

_FIELDS: Mapping[str, tuple[str, ...]] = {
    "first": ("first name", "given name", "firstname", "forename"),
    "last": ("last name", "family name", "surname", "lastname"),
    "name": ("name", "full name", "display name", "contact", "contact name"),
    "organization": ("company", "organization", "organisation", "company name", "employer",
                     "organization name", "organization 1 - name", "organization 1 name"),
    "role": ("position", "role", "title", "job title", "occupation", "organization title",
             "organization 1 - title", "organization 1 title"),
    "linkedin": ("url", "linkedin", "linkedin url", "profile", "profile url"),
    "time_zone": ("time zone", "timezone", "zone"),
    "via": ("via", "referred by", "introduced by"),
    "source": ("source", "how i got the name"),
    "background": ("notes", "note", "about", "background", "what i know"),
    "said": ("pronunciation", "said", "phonetic name"),
    "pronouns": ("pronouns",),
    "tags": ("tags", "labels", "group membership", "categories"),
}  # fmt: skip
_EMAIL = re.compile(r"e-?mail(?: \d+)?(?: address)?(?: \d+)?(?: - value| value)?")
_PHONE = re.compile(
    r"(?:(?:mobile|work|home|business|primary|other|car|company main) )?"
    r"(?:phone|telephone|mobile|tel|number)(?: number)?(?: \d+)?(?: - value| value)?"
)
_PARTS = re.compile(r"\s*(?:;|:::|\n)\s*")
_CARD = re.compile(rb"^BEGIN:VCARD[ \t]*\r?$", re.IGNORECASE | re.MULTILINE)
"""At the beginning of a line: a folded one only says so."""
_ZONE_NAME = re.compile(r"[A-Za-z_]+/[A-Za-z_/+-]+")


class BadContacts(Exception):  # noqa: N818 (the name is the sentence)
    """A file without contacts; the text is one sentence that says why."""


@value
class Line:
    """A contact and where it stood."""

    line: int
    contact: Contact


@value
class Left:
    """What was not taken."""

    line: int
    text: str
    why: str


@value
class Found:
    """What an address book brings."""

    contacts: tuple[Line, ...]
    left: tuple[Left, ...] = ()


def read_contacts(
    data: bytes,
    name: str,
    new_id: Callable[[], str],
    progress: Callable[[int, int], None] | None = None,
) -> Found:
    """The contacts of a file.

    `progress` is told every few hundred records how many of how many bytes or rows are done.
    Raises BadContacts where the file holds none, with the reason.
    """
    shown = one_line(name, 200) or "the file"
    if len(data) > LARGEST:
        raise BadContacts(f"{shown} is too large for an address book (over 64 MB)")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    if not data.strip():
        raise BadContacts(f"{shown} is empty")
    tell = progress or (lambda _done, _all: None)
    cards = _CARD.search(data)
    found = _cards(data, new_id, tell) if cards else _table(_decoded(data, shown), new_id, tell)
    if found is None:
        raise BadContacts(
            f"{shown} has neither vCards nor a row of headings with a name"
            " (such as First Name, Last Name, Company)"
        )
    if not found.contacts:
        more = f": line {found.left[0].line}: {found.left[0].why}" if found.left else ""
        raise BadContacts(f"{shown} has nobody in it{more}")
    return found


def _decoded(data: bytes, shown: str) -> str:
    if b"\0" in data[:4096]:
        raise BadContacts(f"{shown} is not a text file")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what Excel writes where it is left alone


# -- tables --------------------------------------------------------------------------------------


def _table(text: str, new_id: Callable[[], str], tell: Callable[[int, int], None]) -> Found | None:
    """A CSV table, from the row of headings on; None where there is none."""
    start = _header(text)
    if start is None:
        return None
    before, columns, delimiter = start
    contacts: list[Line] = []
    left: list[Left] = []
    total = text.count("\n")
    for number, row in _rows(text, delimiter):
        if number <= before:
            continue
        if isinstance(row, str):
            left.append(Left(number, one_line(row, 200), "a quotation mark in it is not closed"))
            continue
        if not any(cell.strip() for cell in row):
            continue
        contact, why = _of_row(row, columns, new_id)
        if contact is None:
            left.append(Left(number, one_line(", ".join(row), 200), why))
        else:
            contacts.append(Line(number, contact))
        if len(contacts) % TELL_EVERY == 0:
            tell(number, total)
    tell(total, total)
    return Found(tuple(contacts), tuple(left))


def _rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """The rows with the numbers of their last lines; a line that begins none is a text.

    A quotation mark that is not closed would take the lines behind it for one cell: that line is
    left alone, and reading goes on with the next.
    """
    lines = list(io.StringIO(text, newline=""))
    begin = 0
    while begin < len(lines):
        reader = csv.reader((lines[at] for at in range(begin, len(lines))), delimiter=delimiter)
        at = begin
        while at < len(lines):
            try:
                row: list[str] | None = next(reader, [])
            except csv.Error:
                row = None
            end = begin + reader.line_num
            if row is None or (end > at + 1 and not _is_whole(lines[at:end], delimiter)):
                yield at + 1, lines[at]
                begin = at + 1
                break
            yield end, row
            at = end
        else:
            return


def _is_whole(lines: list[str], delimiter: str) -> bool:
    """Whether lines are one row with all of its quotation marks closed where a cell ends."""
    try:
        return len(list(csv.reader(lines, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _header(text: str) -> tuple[int, dict[int, str], str] | None:
    """The number of the line of headings, what each column holds, and what parts them."""
    head = "\n".join(text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN])
    for delimiter in (",", ";", "\t"):
        for number, row in _rows(head, delimiter):
            if isinstance(row, str):
                continue
            columns = {place: kind for place, cell in enumerate(row) if (kind := _kind(cell))}
            kinds = set(columns.values())
            if (kinds & {"name", "first", "last"} and len(kinds) > 1) or kinds == {"name"}:
                return number, columns, delimiter
    return None


def _kind(heading: str) -> str | None:
    word = " ".join(heading.replace("_", " ").strip().casefold().split())
    for kind, words in _FIELDS.items():
        if word in words:
            return kind
    if _EMAIL.fullmatch(word):
        return "email"
    if _PHONE.fullmatch(word):
        return "phone"
    return None


def _of_row(
    row: list[str], columns: dict[int, str], new_id: Callable[[], str]
) -> tuple[Contact | None, str]:
    given: dict[str, list[str]] = {}
    for place, kind in columns.items():
        cell = one_line(row[place], LONGEST) if place < len(row) else ""
        if cell:
            given.setdefault(kind, []).append(cell)
    first = {kind: cells[0] for kind, cells in given.items()}
    name = first.get("name") or " ".join(filter(None, (first.get("first"), first.get("last"))))
    if not name:
        return None, "no name in it"
    emails = [each for cell in given.get("email", ()) for each in _PARTS.split(cell) if each]
    phones = [each for cell in given.get("phone", ()) for each in _PARTS.split(cell) if each]
    tags = [tag for cell in given.get("tags", ()) for tag in re.split(r"\s*(?:,|;|:::)\s*", cell)]
    return _contact(new_id(), {**first, "name": name}, emails, phones, tags), ""


def _contact(
    id_: str, given: Mapping[str, str], emails: list[str], phones: list[str], tags: list[str]
) -> Contact:
    """A contact out of cleaned texts; an e-mail without an @ is kept with the numbers."""
    real = [each for each in emails if "@" in each]
    said = given.get("time_zone", "")
    zone, background = known_zone(said), given.get("background")
    if said and zone is None:  # not one that a clock could follow
        background = one_line(f"{background or ''} (time zone: {said})", LONGEST)
    return Contact(
        id=id_,
        name=given["name"],
        organization=given.get("organization"),
        role=given.get("role"),
        emails=_some(real),
        phones=_some([*phones, *(each for each in emails if "@" not in each)]),
        via=given.get("via"),
        said=given.get("said"),
        pronouns=given.get("pronouns"),
        linkedin=given.get("linkedin"),
        time_zone=zone,
        source=given.get("source"),
        background=background,
        tags=_some([tag.removeprefix("* ") for tag in tags]),
    )


def _some(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))[:MOST_WAYS]


# -- vCards --------------------------------------------------------------------------------------


def _cards(data: bytes, new_id: Callable[[], str], tell: Callable[[int, int], None]) -> Found:
    """Card by card, so that one that cannot be read costs none of the others."""
    contacts: list[Line] = []
    left: list[Left] = []
    starts = [found.start() for found in _CARD.finditer(data)]
    line, at = 1, 0
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True)):
        line += data.count(b"\n", at, start)
        at = start
        card = data[start:end]
        contact, why = _of_card(card, new_id)
        if contact is None:
            left.append(Left(line, one_line(card[:200].decode("utf-8", "replace")), why))
        else:
            contacts.append(Line(line, contact))
        if number % TELL_EVERY == 0:
            tell(end, len(data))
    tell(len(data), len(data))
    return Found(tuple(contacts), tuple(left))


def _of_card(card: bytes, new_id: Callable[[], str]) -> tuple[Contact | None, str]:
    import vobject

    text = _without_pictures(_card_text(card))
    try:
        read = vobject.readOne(text, allowQP=True)
    except Exception as error:  # the library raises what it meets
        return None, one_line(str(error), 120) or "it cannot be read"
    lines: dict[str, list[Any]] = getattr(read, "contents", {})
    name = _first(lines, "fn") or _name_of(lines)
    if not name:
        return None, "no name in it"
    urls = [each.replace("\\:", ":") for each in _all(lines, "url")]
    given = {
        "name": name,
        "organization": _organization(lines),
        "role": _first(lines, "title") or _first(lines, "role"),
        "background": _first(lines, "note"),
        "linkedin": next((each for each in urls if "linkedin." in each), ""),
        "time_zone": next((each for each in _all(lines, "tz") if _ZONE_NAME.fullmatch(each)), ""),
        "said": " ".join(filter(None, (_first(lines, "x-phonetic-first-name"),
                                       _first(lines, "x-phonetic-last-name")))),
        "pronouns": _first(lines, "pronouns") or _first(lines, "x-pronouns"),
        "via": _first(lines, "x-iview-via"),
        "source": _first(lines, "x-iview-source"),
    }  # fmt: skip
    phones = [each.removeprefix("tel:") for each in _all(lines, "tel")]
    tags = [part for each in _all(lines, "categories") for part in each.split(",")]
    kept = {kind: text for kind, text in given.items() if text}
    return _contact(new_id(), kept, _all(lines, "email"), phones, [t.strip() for t in tags]), ""


def _card_text(card: bytes) -> str:
    """UTF-8 unless it is not; a card of version 2.1 may be in any charset, and says so by line."""
    try:
        text = card.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = card.decode("cp1252", "replace")
    # Old cards write `TEL;HOME;CELL:` where later ones write `TEL;TYPE=HOME`.
    return re.sub(r"\r\n?|\n", "\r\n", text)


def _without_pictures(text: str) -> str:
    """Photos, keys and sounds are long, and nothing of them is taken."""
    return re.sub(
        r"^(?:[\w-]+\.)?(?:PHOTO|LOGO|SOUND|KEY)[;:].*\r\n(?:[ \t].*\r\n|(?=[A-Za-z0-9+/=]+\r\n)"
        r"[A-Za-z0-9+/=]{30,}\r\n)*",
        "",
        text,
        flags=re.MULTILINE | re.IGNORECASE,
    )


def _all(lines: Mapping[str, list[Any]], kind: str) -> list[str]:
    found: list[str] = []
    for each in lines.get(kind, ()):
        said = each.value
        parts = said if isinstance(said, list) else [said]
        text = one_line(", ".join(str(part) for part in parts if part), LONGEST)
        if text:
            found.append(text)
    return found


def _first(lines: Mapping[str, list[Any]], kind: str) -> str:
    return next(iter(_all(lines, kind)), "")


def _organization(lines: Mapping[str, list[Any]]) -> str:
    """The organization's name, without the departments behind it."""
    for each in lines.get("org", ()):
        names = each.value if isinstance(each.value, list) else [each.value]
        return one_line(str(next(iter(names), "")), LONGEST)
    return ""


def _name_of(lines: Mapping[str, list[Any]]) -> str:
    for each in lines.get("n", ()):
        parts = (getattr(each.value, "given", ""), getattr(each.value, "family", ""))
        name = one_line(" ".join(str(part) for part in parts if part), LONGEST)
        if name:
            return name
    return ""


def write_vcards(contacts: Iterable[Contact]) -> str:
    """The contacts as vCard 3, which every address book reads; CRLF and folded as it wants."""
    return "".join(map(_card_of, contacts))


def _card_of(contact: Contact) -> str:
    import vobject

    card = vobject.vCard()
    card.add("fn").value = contact.name
    given, _, family = contact.name.rpartition(" ")
    card.add("n").value = vobject.vcard.Name(family=family, given=given)
    card.add("uid").value = contact.id
    if contact.organization:
        card.add("org").value = [contact.organization]
    for kind, texts in (
        ("title", (contact.role,)), ("email", contact.emails), ("tel", contact.phones),
        ("note", (contact.background,)), ("url", (contact.linkedin,)), ("tz", (contact.time_zone,)),
        ("x-phonetic-first-name", (contact.said,)), ("x-pronouns", (contact.pronouns,)),
        ("x-iview-via", (contact.via,)), ("x-iview-source", (contact.source,)),
    ):  # fmt: skip
        for text in texts:
            if text:
                card.add(kind).value = text
    if contact.tags:
        card.add("categories").value = list(contact.tags)
    whole = str(card.serialize(lineLength=UNFOLDED))  # it would count letters, not octets
    return "".join(folded(row) + "\r\n" for row in whole.split("\r\n") if row)
