"""What others may have written, through every door: nothing of it breaks, orders or gets lost.

`make hostile` sends 10,000 strings and prints figures; a test run sends some hundred.
"""

import argparse
import contextlib
import csv
import email
import email.policy
import io
import itertools
import json
import os
import random
import re
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pendulum
from markdown_it import MarkdownIt

from iview_tui.cli import output
from iview_tui.cli.main import main as run_command
from iview_tui.cli.plain import Plain
from iview_tui.clock import HeldClock
from iview_tui.domain import letters as making
from iview_tui.domain.guide import GuideError
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.domain.text import bounded, clean, one_line
from iview_tui.interchange import calendar, captions, contacts, mail, table, transcripts
from iview_tui.interchange.guides import parse_guide, write_csv, write_guide, write_text
from iview_tui.paths import Paths, find, make_ready
from iview_tui.services import guides, letters, library, people
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper, new_uuid
from iview_tui.services.keeping import Keeping
from iview_tui.services.search import Search
from iview_tui.ui.layout import across, grid, notes, page, segs
from iview_tui.ui.layout import people as people_rows
from iview_tui.ui.stream import ours, safe
from iview_tui.ui.text import shown, wrap
from iview_tui.ui.themes import Signs
from iview_tui.ui.view import View

AT = pendulum.datetime(2026, 11, 24, 14, tz="UTC")
LONGEST = 15_000
"""Characters of one string; what is longer the note line bounds, and says so."""
FOREIGN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What no text of this program holds, and no terminal may be sent."""

# -- the strings ---------------------------------------------------------------------------------

ATOMS: dict[str, tuple[str, ...]] = {
    "terminal": (
        "\x1b[2J", "\x1b[31m", "\x1b[6n", "\x1b]0;title\x07", "\x1b]52;c;aGk=\x07",
        "\x1b]8;;x:y\x1b\\",
        "\x1bP1$r\x1b\\", "\x1b_Ga=T\x1b\\", "\x1bc", "\x9b31m", "\x9d2;t\x9c", "\x1b[?1049l",
        "\x1b[200~", "\x1b[201~", "\x1b", "\x0e", *map(chr, (*range(32), *range(127, 160))),
    ),
    "unseen": tuple(
        "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\u200b\u200c\u200d"
        "\u2060\ufeff\xad\u034f\u180e\u2028\u2029\ufff9\u3164\u115f\ufe0f\U000e0041\U000e007f"
    ),
    "signs": (
        "e\u0301", "\u0301", "a" + "\u0300\u0316" * 9, "\u0430\u0301",
        "\U0001f469\u200d\U0001f52c",
        "\U0001f1eb\U0001f1f7", "\U0001f44d\U0001f3fd", "\u5b57", "\uff21", "\ufdfa", "\ud800",
        "\udfff",
        "\uffff", "\ufdd0", "\U0010ffff", "\ue000", "\u212b", "\u1100\u1161", "\u0fb2\u0f80",
    ),
    "sheets": (
        "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"x\")", "\uff1d1", "|calc",
        "'=1",
        " =1", "\u3000=1", "\xa0=1", ";=1", ",", ";", '"', '""', "a,b\nc",
    ),
    "markup": (
        "[", "]", "[/]", "[bold]x", "[@click=app.quit]x[/]", "[link=file:///x]y[/link]", "\\[",
        "{0.a}",
        "{}", "$name", "${x", "$$", "%s", "%(a)s", "# h", "## h", "> q", "- i", "1. n", "---",
        "```", "~~~",
        "`c`", "*a*", "_b_", "| a | b |", "![x](http://e.example)", "](javascript:x)",
        "<http://e.example>",
        "[[page]]", "%%", "==x==", "^id", "\\", "? ", "Subject: x", "keywords: x", "purpose: x",
        "(5 min)", "key", "#enjoy", "Q:", "A:", "00:01", "00:00:01.000 --> 00:00:02.000",
        "WEBVTT", "NOTE",
    ),
    "pages": (
        "<script>x</script>", "<img src=x onerror=x>", "<!--", "-->", "]]>", "&lt;",
        "&#x3c;b&#62;", "<v Bo>",
        "<style>*{}</style>", "</title>", "'\" onload=x",
    ),
    "queries": (
        "'; DROP TABLE entry;--", '"', "AND", "OR NOT", "NEAR(a b, 9)", "a*", "^a", "col:x",
        "{a b}: c", "-x",
        "C++", "AT&T", "50%", "O'Brien", "C#", ".NET", "since:", "before:2026", "from:x",
        "is:private", "%", "_",
    ),
    "heads": (
        "x\r\nBcc: eve@e.example", "x\nBcc: y", "x\rBcc: y", "\r\n\r\nbody", "x\u2028Bcc: y",
        "x\x0bBcc: y",
        "\r\nEND:VCARD\r\nBEGIN:VCARD", "\r\nEND:VEVENT\r\nBEGIN:VALARM", "a;b,c\\n",
        "=?utf-8?q?=0ABcc?=",
        "eve@e.example", "\"a\" <b@c.example>, d@e.example", "\u00e9@e.example", "a..b@e.example",
    ),
    "places": (
        "../../etc/passwd", "..\\x", "/dev/null", "~", "CON", "nul.txt", ".", "..", "-rf",
        "--help", "a/b", "a:b",
        "$(id)", "`id`", "; rm", ".hidden", "\U00010330" * 90, "\u5b57" * 120, "x" * 300,
    ),
    "lines": (
        "5", "5:", "5: x", "@", "@Bo Ek, Acme, bo@e.example", "#Acme", "<x by fri", ">x",
        "~a = b", "$x", "?x",
        "&x", '"x" - y', "!", "!x", ".", "+5", "=10", "=14:20", "/next", "/go 5", "/name",
        "/may yes", "/end",
        "/undo", "/private x", "/edit", "/quit", "/", "//", "0/0",
    ),
    "data": (
        "9" * 400, "1e999", "NaN", "-0", "2026-02-30T25:61", '{"a":' * 40, "[" * 200, "null",
        "!!python/x",
        "jndi:ldap://x", "{{7*7}}",
    ),
}  # fmt: skip
PLAIN = ("how", "did", "you", "get", "into", "this", "field", "and", "what", "would", "today")


def texts(many: int, seed: int = 11) -> list[str]:
    """So many strings: each atom alone, then mixtures, broken and very long ones, every script."""
    luck = random.Random(seed)
    atoms = [atom for each in ATOMS.values() for atom in each]
    alone = atoms if many > 2 * len(atoms) else luck.sample(atoms, many // 2)
    mixed = (_mixed(luck, atoms) for _ in itertools.count())
    return [text[:LONGEST] for text in itertools.islice(itertools.chain(alone, mixed), many)]


def _mixed(luck: random.Random, atoms: Sequence[str]) -> str:
    kind = luck.random()
    if kind < 0.15:
        return _of_a_script(luck)
    parts = [
        luck.choice(atoms if luck.random() < 0.6 else PLAIN) for _ in range(luck.randint(1, 7))
    ]
    text = luck.choice(("", " ", " ", "\n")).join(parts)
    if kind < 0.2:
        return text * luck.randint(10, 300)
    if kind < 0.4:
        return "".join(sign for sign in text if luck.random() > 0.1)
    if kind < 0.5:
        return "".join(luck.sample(text, len(text)))
    return text


def _of_a_script(luck: random.Random) -> str:
    """Neighbors somewhere in Unicode, with blanks between."""
    begin = luck.choice((luck.randrange(0x20, 0x3100), luck.randrange(0x3100, 0x20000)))
    near = [chr(begin + n) for n in range(60)]
    given = [sign for sign in near if unicodedata.category(sign) not in ("Cn", "Cs")] or ["x"]
    return "".join(luck.choice([*given, " "]) for _ in range(luck.randint(1, 60)))


# -- what is looked at ---------------------------------------------------------------------------


class Seen:
    """What came through, and what went wrong."""

    def __init__(self) -> None:
        self.sent: Counter[str] = Counter()
        self.faults: dict[str, list[str]] = {}

    @contextlib.contextmanager
    def sending(self, door: str, text: str, *refusals: type[Exception]) -> Iterator[None]:
        """One string through a door; what is raised and is no refusal is a fault."""
        self.sent[door] += 1
        try:
            yield
        except refusals:
            pass
        except Exception as error:
            frame = traceback.extract_tb(error.__traceback__)[-1]
            place = f"{Path(frame.filename).name}:{frame.lineno}"
            self.fault(door, f"{type(error).__name__} at {place}: {str(error)[:200]}", text)

    def fault(self, door: str, what: str, text: str) -> None:
        """Something that may not be."""
        self.faults.setdefault(door, []).append(f"{what} <- {text[:160]!a}")

    def same(self, door: str, found: object, wanted: object, text: str) -> None:
        """A text is what it was."""
        if found != wanted:
            self.fault(door, f"{ascii(found)[:160]} is not {ascii(wanted)[:160]}", text)

    def harmless(self, door: str, said: str, text: str) -> None:
        """A text that may stand on a terminal, or in a file."""
        if found := FOREIGN.search(said):
            self.fault(door, f"U+{ord(found[0]):04X} in it", text)

    def rows(self, door: str, rows: Iterable[segs.Row], width: int, text: str) -> None:
        """Rows of the screen: no order in them, no wider than they are said to be."""
        for row in rows:
            told = "".join(seg.text for seg in row)
            if safe(told) != told or ours(told) != told:
                self.fault(door, f"would be sent: {ascii(told)[:100]}", text)
            if segs.size(row) > width:
                self.fault(door, f"{segs.size(row)} cells of {width}", text)


def home(place: Path) -> Paths:
    """The places of an empty database."""
    paths = find({"IVIEW_HOME": str(place)}, None)
    make_ready(paths)
    return paths


def _call(paths: Paths | None, contact: Contact) -> tuple[LiveCall, Keeping | None]:
    clock = HeldClock(AT)
    guide = guides.built_in_guide()
    record = CallRecord(new_uuid(), contact, guide, None, 30, None, None, "UTC")
    keeping = Keeping(paths, clock, "somebody") if paths else None
    keeper = keeping.keeper if keeping else MemoryKeeper()
    call = LiveCall(record, clock=clock, keeper=keeper, lexicon=lexicon(), scripted=True)
    call.connect()
    return call, keeping


def _person(text: str) -> Contact:
    """Somebody who has the string for everything, as the command line lets it in."""
    said = one_line(text, 500)
    return Contact(
        new_uuid(), said or "x", said or None, said or None, (said,) if said else (),
        (said,) if said else (), said or None, said or None, said or None, said or None,
        background=said or None, tags=(said,) if said else (),
    )  # fmt: skip


# -- the doors -----------------------------------------------------------------------------------

Door = Callable[[Sequence[str], Path, Seen], None]
IN_A_CALL = 250


def note_line(given: Sequence[str], place: Path, seen: Seen) -> None:
    """Notes into a real database, each painted, and read back."""
    paths = home(place)
    size = grid.grid(100, 30)
    wanted: list[str] = []
    for begin in range(0, len(given), IN_A_CALL):
        call, keeping = _call(paths, _person(given[begin]))
        assert keeping is not None
        with keeping:
            for text in given[begin : begin + IN_A_CALL]:
                with seen.sending("note line", text):
                    call.draft(text)
                    call.badge(text)
                    call.enter(f"note {text}")
                    at = call.time_of_day
                    view = View(call.live, call.desk, call.save, at, contact=call.contact)
                    rows = notes.notes(view, size, 6)
                    seen.rows("note line", rows, size.right_width, text)
                    wanted.append(clean(f"note {text}").strip())
            call.enter("/end")
    found = library.export_of(paths.database, "all", with_private=True)
    entries = [entry for one in found["interviews"] for entry in one["entries"]]
    kept = [entry["text"] for entry in entries if entry["kind"] == "note"]
    seen.same("note line", len(kept), len(wanted), "how many")
    for one, other in zip(sorted(kept), sorted(wanted), strict=False):
        seen.same("note line", one, other, other)


def lines_as_they_are(given: Sequence[str], place: Path, seen: Seen) -> None:
    """Each as a line of plain mode, whatever it then orders."""
    for begin in range(0, len(given), 50):
        call, _ = _call(None, _person(given[begin]))
        for text in given[begin : begin + 50]:
            said: list[str] = []
            face = Plain(call, said.append)
            with seen.sending("line of plain mode", text):
                face.enter(text)
                face.status()
                seen.harmless("line of plain mode", "\n".join(said), text)


def screen(given: Sequence[str], place: Path, seen: Seen) -> None:
    """As a name, a sentence and a text beside the list, at three sizes."""
    sizes = [grid.grid(*size) for size in ((60, 20), (80, 24), (168, 50))]
    for number, text in enumerate(given):
        size = sizes[number % len(sizes)]
        with seen.sending("screen", text):
            items = people_rows.items([replace(_person(text), name=clean(text))], size, Signs())
            said = clean(text)
            subject = tuple((segs.Seg(line),) for line in wrap(shown(said), size.right_width))
            whole = page.Page(items=items, subject=subject, band=page.Band(said[:400]))
            done = page.painted(whole, size, Signs())
            seen.rows("screen", (*done.header, *done.body, *done.band), size.width, text)
        with seen.sending("terminal's stream", text):
            seen.same("terminal's stream", safe(safe(text)), safe(text), text)
            seen.same("terminal's stream", ours(safe(text)), safe(text), text)
            left = re.sub(r"\x1b\](?:2;[^\x07]*|22;[a-z-]*)\x07|\x1b", "", ours(text))
            seen.harmless("terminal's stream", left, text)


def lists_of_questions(given: Sequence[str], place: Path, seen: Seen) -> None:
    """As questions that come back out of every format and the database, and as raw files."""
    paths = home(place)
    for begin in range(0, len(given), 40):
        part = [f"Q {one_line(text, 300)}?" for text in given[begin : begin + 40]]
        text = "# A list\n\n" + "".join(f"- {question}\n" for question in part)
        door = "list of questions"
        with seen.sending(door, text):
            guide = parse_guide(text, "md", title="A list")
            seen.harmless(door, "\n".join(t.question for t in guide.topics), text)
            again = parse_guide(write_guide(guide), "md", title=guide.title)
            seen.same(f"{door} (md)", again.topics, guide.topics, text)
            sheet = write_csv(guide)
            for row in csv.reader(io.StringIO(sheet)):
                for cell in row:
                    seen.same(f"{door} (csv)", table.cell(cell), cell, cell)
            questions = [topic.question for topic in guide.topics]
            again = parse_guide(sheet, "csv", title=guide.title)
            for one, other in zip([t.question for t in again.topics], questions, strict=True):
                seen.same(f"{door} (csv)", one, other, other)
            parse_guide(write_text(guide), "text", title=guide.title)
            kept = replace(guide, title=f"A list {begin}")
            guides.keep_guide(paths, HeldClock(AT), kept)
            seen.same(door, guides.kept_guide(paths.database, kept.title), kept, text)
        seen.sent[door] += len(part) - 1
    for number, text in enumerate(given):
        path = place / f"raw{('.md', '.txt', '.csv')[number % 3]}"
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        with seen.sending("file of questions", text, GuideError):
            read = guides.load_guide(path)
            for topic in read.topics:
                seen.harmless("file of questions", topic.question + topic.title, text)


def address_books(given: Sequence[str], place: Path, seen: Seen) -> None:
    """LinkedIn's table, and vCards, made properly and badly."""
    paths = home(place)
    heads = ("First Name", "Last Name", "URL", "Email Address", "Company", "Position")
    for begin in range(0, len(given), 200):
        part = given[begin : begin + 200]
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(heads)
        writer.writerows((f"P{begin + n}", *[text] * 5) for n, text in enumerate(part))
        data = out.getvalue().replace("\0", "").encode("utf-8", "replace")
        with seen.sending("table of people", "", contacts.BadContacts):
            found = {c.contact.name.split()[0]: c.contact
                     for c in contacts.read_contacts(data, "c.csv", new_uuid).contacts}  # fmt: skip
            for number, text in enumerate(part):
                contact = found[f"P{begin + number}"]
                said = text.replace("\0", "").encode("utf-8", "replace").decode()
                seen.same("table of people", contact.organization or "", one_line(said, 500), text)
        with seen.sending("table of people", "", people.BadContacts):
            people.take_in(paths, HeldClock(AT), data, "c.csv")
        seen.sent["table of people"] += len(part) - 2
    finder = people.Finder(paths.database)
    for listed in finder.everybody():
        told = (listed.contact.name, listed.contact.organization, listed.contact.role)
        seen.harmless("table of people", " ".join(filter(None, told)), listed.contact.name)
    for text in given:
        with seen.sending("person looked for", text):
            finder.find(text)
        with seen.sending("card", text):
            contact = _person(text)
            card = contacts.write_vcards([contact])
            _content_lines(seen, "card", card, text)
            (line,) = contacts.read_contacts(card.encode(), "c.vcf", new_uuid).contacts
            seen.same("card", line.contact.name, contact.name, text)
            seen.same("card", line.contact.background, contact.background, text)
        raw = f"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:{text}\r\nEMAIL:{text}\r\nEND:VCARD\r\n"
        with seen.sending("bad card", text, contacts.BadContacts):
            data = raw.encode("utf-8", "surrogatepass")
            for line in contacts.read_contacts(data, "c.vcf", new_uuid).contacts:
                seen.harmless("bad card", line.contact.name, text)


def _content_lines(seen: Seen, door: str, made: str, text: str) -> None:
    """Lines of RFC 5545 and 6350: each a property or the rest of one, none too long."""
    if re.search(r"(?<!\r)\n", made) or not made.endswith("\r\n"):
        seen.fault(door, "a bare line end", text)
    for line in made.split("\r\n"):
        if len(line.encode()) > 75:
            seen.fault(door, f"a line of {len(line.encode())} octets", text)
        if not re.match(r"[A-Z0-9-]+[;:]|[ ]|$", line):
            seen.fault(door, f"no line of a property: {ascii(line)[:60]}", text)


def calendars(given: Sequence[str], place: Path, seen: Seen) -> None:
    """Events written and read again, and invitations made badly."""
    for text in given:
        with seen.sending("event", text):
            said = clean(text)
            event = calendar.Event("u1", 0, AT, 30, said, said, said)
            made = calendar.write_event(event, AT)
            _content_lines(seen, "event", made, text)
            read = calendar.read_invitation(made.encode(), "i.ics")
            seen.same("event", read.summary, one_line(text, calendar.LONGEST_LINE), text)
            wanted = bounded(said.replace("\t", " "), calendar.LONGEST_TEXT).strip()
            seen.same("event", read.description, wanted, text)
        raw = (
            "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTART:20261124T140000Z\r\n"
            f"SUMMARY:{text}\r\nORGANIZER;CN={text}:mailto:{text}\r\nLOCATION:{text}\r\n"
            "END:VEVENT\r\nEND:VCALENDAR\r\n"
        )
        with seen.sending("bad invitation", text, calendar.BadCalendar):
            read = calendar.read_invitation(raw.encode("utf-8", "surrogatepass"), "i.ics")
            told = (read.summary, read.name, read.email, read.place, read.description, *read.notes)
            seen.harmless("bad invitation", "\n".join(filter(None, told)), text)


def spoken(given: Sequence[str], place: Path, seen: Seen) -> None:
    """Transcripts of each form, and a feed of captions."""
    forms = (
        ("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n{}\n", "t.vtt"),
        ("1\n00:00:01,000 --> 00:00:02,000\n{}\n", "t.srt"),
        ("[00:00:01.000 --> 00:00:02.000] {}\n", "t.txt"),
        ("00:01 {}\n00:02 Bo: {}\n", "t.txt"),
        ("{}  0:03\n{}\n", "t.txt"),
    )
    feed = captions.Captions()
    for number, text in enumerate(given):
        form, name = forms[number % len(forms)]
        with seen.sending("transcript", text, ValueError):
            for row in transcripts.read(form.replace("{}", text), name):
                seen.harmless("transcript", f"{row.speaker}\n{row.text}", text)
        with seen.sending("captions", text):
            for heard in (*feed.take(text), *feed.take("\n"), *feed.quiet()):
                seen.harmless("captions", f"{heard.speaker}\n{heard.text}", text)


def searches(given: Sequence[str], place: Path, seen: Seen) -> None:
    """Anything can be searched for, in a database full of all that."""
    paths = find({"IVIEW_HOME": str(place)}, None)
    size = grid.grid(80, 24)
    with Search(paths.database, HeldClock(AT)) as search:
        for text in given:
            with seen.sending("search", text):
                found = search.find(text, limit=8)
                items = across.hit_items(found, size, Signs())
                seen.rows("search", [item.row for item in items], size.list_width, text)
        for text in given[:: max(1, len(given) // 200)]:
            words = re.findall(r"(?<!\S)[a-z]{5,}(?!\S)", clean(text))
            if words:
                seen.same("search", bool(search.find(words[0]).hits), True, words[0])


HEADERS = {"x-unsent", "to", "from", "subject", "content-type", "content-transfer-encoding",
           "mime-version"}  # fmt: skip


def correspondence(given: Sequence[str], place: Path, seen: Seen) -> None:
    """Letters to somebody of that name, out of templates of the user's that say it."""
    bank = letters._bank()
    kinds = making.KINDS
    for number, text in enumerate(given):
        kind = kinds[number % len(kinds)]
        known = making.Known(_person(text), making.Me(*[one_line(text, 200)] * 5), AT.date(),
                             learn=clean(text), referrer=one_line(text, 100))  # fmt: skip
        with seen.sending("letter", text):
            letter = making.draft(kind, known, bank)
            letters.look(letter, known)
            seen.harmless("letter", making.as_text(letter), text)
            _mail(seen, letter, text)
        own = replace(bank, templates={**bank.templates, making.variant(kind, known): clean(text)})
        with seen.sending("template", text, making.BadTemplate):
            letter = making.draft(kind, known, own)
            seen.harmless("template", making.as_text(letter), text)
            _mail(seen, letter, text)


def _mail(seen: Seen, letter: making.Draft, text: str) -> None:
    seen.sent["mail"] += 1
    made = letters.eml(letter, letter.to or "")
    read = email.message_from_bytes(made, policy=email.policy.default)
    names = [name.lower() for name in read.keys()]  # noqa: SIM118 (a message has keys twice)
    if not set(names) <= HEADERS or len(names) != len(set(names)):
        seen.fault("mail", f"headers {names}", text)
    subject = one_line(letter.subject, mail.LONGEST_HEADER).replace("=?", "= ?")
    seen.same("mail", read["subject"], subject, text)
    body = read.get_content()
    said = body.replace("\r\n", "\n").rstrip("\n")
    seen.same("mail", said, clean(letter.body).rstrip("\n"), text)
    address = letters.mailto(letter)
    if not re.fullmatch(r"mailto:[\x21-\x7e]*", address.url) or len(address.url) > 1600:
        seen.fault("mail", f"address {ascii(address.url)[:80]}", text)


class _Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag, *(f"{tag} {name}" for name, _ in attrs)}


OURS = {"html", "html lang", "head", "meta", "meta charset", "meta http-equiv", "meta content",
        "meta name",
        "title", "style", "body", "article", "h1", "h2", "h3", "p", "p class", "span",
        "span class", "ul", "li",
        "time", "q", "strong", "br"}  # fmt: skip


def exports(given: Sequence[str], place: Path, seen: Seen) -> None:
    """Out in every format, and with all that is private in again somewhere else."""
    paths = find({"IVIEW_HOME": str(place)}, None)
    out = place / "out"
    out.mkdir()
    made: dict[str, str] = {}
    for kind in ("md", "html", "json", "csv", "vcf", "ics"):
        with seen.sending("export", kind):
            path = out / f"all.{kind}"
            command = ["export", "all", "--format", kind, "--with-private", "-o", str(path)]
            code, said = command_line(command, place)
            if kind != "ics":
                seen.same("export", code, 0, said)
            seen.harmless("export", said, kind)
            if path.exists():
                made[kind] = path.read_bytes().decode()
                seen.harmless("export", made[kind].replace("\r\n", "\n"), kind)
                seen.same("export", path.stat().st_mode & 0o777, 0o600, kind)
    told = [clean(f"note {text}").strip() for text in given]
    seen.sent["export"] += len(told) * len(made)
    tags = _Tags()
    tags.feed(made["html"])
    seen.same("export (html)", tags.found - OURS, set(), "")
    plain = unescape(made["html"].replace("<br>", "\n"))
    for text in told:
        if text not in plain:
            seen.fault("export (html)", "is not there", text)
    rows = {row[7].removeprefix("'") for row in csv.reader(io.StringIO(made["csv"], newline=""))}
    for text in told:
        if text not in rows and text.replace("\n", "\r\n") not in rows:
            seen.fault("export (csv)", "is not there", text)
    for row in csv.reader(io.StringIO(made["csv"], newline="")):
        for cell in row:
            seen.same("export (csv)", table.cell(cell), cell, cell)
    _content_lines(seen, "export (vcf)", made["vcf"], "")
    render = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    seen_by_all = render.render(
        re.sub(r"\A---\n.*?\n---\n", "", made["md"], flags=re.DOTALL)  # front matter is no Markdown
    )
    allowed = r"<(?!/?(?:h[1-3]|ul|li|p|strong)>|br ?/>)[a-zA-Z/!][^>]*>"
    if found := re.search(allowed, seen_by_all):
        around = seen_by_all[max(found.start() - 80, 0) :]
        seen.fault("export (md)", f"{ascii(found[0])[:60]} in it", around)
    _round_trip(paths, made["json"], place, seen)


def _round_trip(paths: Paths, text: str, place: Path, seen: Seen) -> None:
    """Taken in elsewhere, all is what it was."""
    with seen.sending("JSON in again", ""):
        there = home(place / "elsewhere")
        library.take_in(there, text, HeldClock(AT))
        again = library.export_of(there.database, "all", with_private=True)
        was = json.loads(text)
        by_id = {call["interview"]["id"]: call for call in again["interviews"]}
        for call in was["interviews"]:
            found = by_id[call["interview"]["id"]]
            for part in call:
                seen.same("JSON in again", found[part], call[part], part)
            seen.sent["JSON in again"] += len(call["entries"])


def command_line(command: Sequence[str], place: Path) -> tuple[int, str]:
    """A command's exit code, and all it said."""
    said = io.StringIO()
    os.environ["IVIEW_HOME"], os.environ["IVIEW_DEBUG"] = str(place), "1"
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = run_command(command)
    return code, said.getvalue()


COMMANDS: tuple[tuple[str, ...], ...] = (
    ("people", "add", "--org", "{}", "--", "{}"), ("people", "show", "--", "{}"),
    ("people", "find", "--", "{}"), ("log", "--note", "{}", "--", "{}"), ("done", "--", "{}"),
    ("search", "--", "{}"), ("review", "--", "{}"), ("export", "--", "{}"),
    ("export", "--format", "md", "--", "{}"), ("draft", "email", "--", "{}"),
    ("draft", "--", "{}", "x"), ("guide", "show", "--", "{}"), ("match", "--", "{}"),
    ("compare", "--", "{}"), ("import", "--", "{}"), ("people", "import", "--", "{}"),
    ("replay", "--", "{}"), ("export", "last", "--format", "{}"), ("plan", "--", "{}"),
    ("sheet", "--", "{}"), ("packet", "--", "{}"), ("glossary", "--", "{}"), ("{}",),
)  # fmt: skip


def arguments(given: Sequence[str], place: Path, seen: Seen) -> None:
    """As an argument of one command after the other."""
    before = Path.cwd()
    empty = place / "here"
    empty.mkdir()
    os.chdir(empty)
    try:
        for number, text in enumerate(given):
            # No argument has a NUL, and broken bytes come as Python lets them in.
            said = os.fsdecode(text.replace("\0", "").encode("utf-8", "surrogatepass"))
            command = [part.replace("{}", said) for part in COMMANDS[number % len(COMMANDS)]]
            if command[0] in ("live", "demo", "rehearse") or said.startswith("/dev/"):
                continue
            with seen.sending("argument", " ".join(command)):
                code, told = command_line(command, place / "commands")
                seen.harmless("argument", told, " ".join(command))
                if code not in (0, 1, 2, 3, 4):
                    seen.fault("argument", f"exit {code}", " ".join(command))
    finally:
        os.chdir(before)
    left = [path.name for path in empty.rglob("*")]
    seen.same("argument", left, [], "files that nobody asked for")
    for text in given:
        with seen.sending("file name", text):
            name = output.file_name(text, suffix="md")
            path = empty / name
            path.write_text("x")
            seen.same("file name", [each.name for each in empty.iterdir()], [name], text)
            path.unlink()


DOORS: tuple[Door, ...] = (
    note_line, searches, exports, lines_as_they_are, screen, lists_of_questions, address_books,
    calendars, spoken, correspondence, arguments,
)  # fmt: skip


def send(given: Sequence[str], place: Path, told: Callable[[str], None] = lambda _: None) -> Seen:
    """All strings through all doors; the first of these fill the database for the others."""
    seen = Seen()
    for door in DOORS:
        began = time.monotonic()
        where = place if door in (note_line, searches, exports) else place / door.__name__
        where.mkdir(exist_ok=True, parents=True)
        door(given, where, seen)
        told(f"{door.__name__}: {time.monotonic() - began:.1f} s")
    return seen


def main() -> int:
    """Send them and print a line for each door; an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strings", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=11)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hostile-") as place:
        seen = send(texts(args.strings, args.seed), Path(place),
                    lambda line: print(line, file=sys.stderr, flush=True))  # fmt: skip
    print("door, strings, faults")
    for door in {**seen.sent, **seen.faults}:
        faults = seen.faults.get(door, [])
        print(f"{door}, {seen.sent[door]}, {len(faults)}")
        for fault in faults[:5]:
            print(f"  {fault}")
    return 1 if seen.faults else 0


if __name__ == "__main__":
    sys.exit(main())
