"""Calls in every format, each read again with a library of its own."""

import csv
import io
import json
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import vobject
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from iview_tui.cli.main import main
from iview_tui.domain.text import clean
from iview_tui.interchange.html import page
from iview_tui.interchange.markdown import front_matter
from iview_tui.interchange.table import cell
from iview_tui.services import demo
from iview_tui.services.library import export_value

Capture = pytest.CaptureFixture[str]
SCRIPT = """00:30 /next
01:00 "we hire from the intern pool
01:30 !portfolio beats the certificate
02:00 see <script>alert(1)</script> & so on
02:30 =1+1
03:00 @Dele Okonjo, Metro council, dele@metro.example
03:30 /private she may leave
04:00 /public
04:30 >send resume by fri
05:00 /end
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("IVIEW_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "call.script").write_text(SCRIPT, encoding="utf-8")
    assert main(["replay", "call.script", "--with", "Ann Lee", "--org", "Corp",
                 "--start", "2026-11-20T14:00+01:00", "--json"]) == 0  # fmt: skip
    return tmp_path


def exported(capsys: Capture, *words: str) -> str:
    capsys.readouterr()
    assert main(["export", *words]) == 0
    return capsys.readouterr().out


class Seen(HTMLParser):
    """The tags and words of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_html_stands_for_itself_and_runs_nothing(capsys: Capture) -> None:
    seen = Seen(exported(capsys, "last", "--format", "html"))

    assert not {"script", "img", "link", "iframe"} & set(seen.tags)
    assert seen.links == []
    assert "<script>alert(1)</script> & so on" in seen.words
    assert "we hire from the intern pool" in seen.words
    assert "she may leave" not in seen.words
    private = exported(capsys, "last", "--format", "html", "--with-private")
    assert "she may leave" in Seen(private).words


def test_a_table_has_no_formula_in_it(capsys: Capture) -> None:
    rows = list(csv.DictReader(io.StringIO(exported(capsys, "last", "--format", "csv"))))

    assert {row["name"] for row in rows} == {"Ann Lee"}
    assert "'=1+1" in [row["text"] for row in rows]
    assert not any(value[:1] in "=+-@" for row in rows for value in row.values() if value)
    assert [row["starred"] for row in rows if "portfolio" in row["text"]] == ["yes"]
    assert not any("leave" in row["text"] for row in rows)


def test_cards_are_of_who_talked_and_who_was_named(capsys: Capture) -> None:
    cards = list(vobject.readComponents(exported(capsys, "last", "--format", "vcf")))

    assert [card.fn.value for card in cards] == ["Ann Lee", "Dele Okonjo"]
    assert cards[1].email.value == "dele@metro.example"
    everybody = exported(capsys, "all", "--format", "vcf")
    assert everybody.count("BEGIN:VCARD") == 2


def test_an_event_is_at_the_time_of_the_call(capsys: Capture) -> None:
    (event,) = Calendar.from_ical(exported(capsys, "last", "--format", "ics")).walk("VEVENT")

    assert str(event.decoded("DTSTART")) == "2026-11-20 13:00:00+00:00"
    assert str(event["SUMMARY"]) == "Interview with Ann Lee"


def test_a_letter_opens_as_a_draft(capsys: Capture) -> None:
    text = exported(capsys, "last", "--format", "eml")
    message = message_from_bytes(text.encode(), policy=policy.default)

    assert message["X-Unsent"] == "1"
    assert "intern pool" in message.get_content()
    assert "may leave" not in message.get_content()


def test_front_matter_is_yaml_with_links_that_are_texts(capsys: Capture) -> None:
    text = exported(capsys, "last", "--format", "md")
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    found = yaml.safe_load(front)

    assert found["person"] == "[[Ann Lee]]"
    assert found["organization"] == "[[Corp]]"
    assert found["named"] == ["[[Dele Okonjo]]"]
    assert found["date"] == "2026-11-20"
    assert body.startswith("\n# Ann Lee\n")


@settings(max_examples=100, deadline=None)
@given(
    name=st.text(min_size=1, max_size=40).map(clean).filter(bool)
    | st.sampled_from(["]] [[Other", "a|b", "# x", "no", "1: 2", "x\n---\ny", "\\", '"', "\x7f"])
)
def test_no_name_is_yaml_or_another_link(name: str) -> None:
    contact = {**DEMO["interview"]["contact"], "name": name}
    value = {**DEMO, "interview": {**DEMO["interview"], "contact": contact}}
    front = front_matter(value)
    found = yaml.safe_load(front.removeprefix("---\n").removesuffix("---\n\n"))

    assert found["title"] == name
    assert set(found.get("person", "[[x]]")[2:-2]).isdisjoint("[]|#^\n")
    assert front.count("\n---\n") == 1


def test_cards_tell_all_that_is_known_of_people(capsys: Capture) -> None:
    main(["people", "add", "Ann Lee", "--email", "ann@corp.example", "--role", "planner"])
    main(["people", "add", "Dele Okonjo", "--phone", "+1 202 555 0143"])
    cards = list(vobject.readComponents(exported(capsys, "last", "--format", "vcf")))

    assert [card.fn.value for card in cards] == ["Ann Lee", "Dele Okonjo"]
    assert cards[0].email.value == "ann@corp.example"
    assert cards[0].title.value == "planner"
    assert (cards[1].tel.value, cards[1].email.value) == ("+1 202 555 0143", "dele@metro.example")


def test_the_planned_talks_of_all_are_one_calendar(capsys: Capture) -> None:
    assert main(["export", "all", "--format", "ics"]) == 3
    main(["plan", "Bo Ek", "--at", "2040-12-02T14:00+00:00"])
    main(["plan", "Cy Orr", "--at", "2040-12-03T14:00+00:00"])
    main(["plan", "Di Fox", "--at", "2040-12-04T14:00+00:00"])
    main(["plan", "Di Fox", "--cancel"])
    events = Calendar.from_ical(exported(capsys, "all", "--format", "ics")).walk("VEVENT")

    assert [str(event["SUMMARY"]) for event in events] == [
        "Interview with Bo Ek", "Interview with Cy Orr",
    ]  # fmt: skip


def test_a_letter_to_a_person_without_a_call(capsys: Capture) -> None:
    main(["people", "add", "Bo Ek", "--email", "bo@place.example"])
    message = message_from_bytes(exported(capsys, "Bo Ek", "--format", "eml").encode(),
                                 policy=policy.default)  # fmt: skip

    assert message["To"] == "bo@place.example"
    assert main(["export", "all", "--format", "eml"]) == 3
    assert main(["export", "Bo Ek", "--format", "html"]) == 3


def test_nothing_is_written_where_one_file_is_there(home: Path, capsys: Capture) -> None:
    (home / "second.script").write_text("00:10 a note\n00:20 /end\n", encoding="utf-8")
    main(["replay", "second.script", "--with", "Bo Ek", "--start", "2026-11-21T14:00+01:00"])
    (home / "out").mkdir()
    (home / "out" / "2026-11-21 Bo Ek.md").write_text("mine", encoding="utf-8")

    assert main(["export", "all", "--format", "md", "-o", "out"]) == 1
    assert [path.name for path in (home / "out").iterdir()] == ["2026-11-21 Bo Ek.md"]
    assert main(["export", "all", "--format", "md", "-o", "out", "--force"]) == 0
    assert len(list((home / "out").iterdir())) == 2


def test_an_unknown_format_is_named(capsys: Capture) -> None:
    assert main(["export", "last", "--format", "htm"]) == 2
    assert "did you mean html?" in capsys.readouterr().err


def test_a_directory_has_a_file_for_each_call(home: Path, capsys: Capture) -> None:
    (home / "out").mkdir()
    exported(capsys, "all", "--format", "html", "-o", "out")

    assert [path.name for path in (home / "out").iterdir()] == ["2026-11-20 Ann Lee.html"]
    assert main(["export", "all", "--format", "html", "-o", "out"]) == 1


def test_a_packet_is_all_that_follows_a_call(home: Path, capsys: Capture) -> None:
    capsys.readouterr()
    assert main(["packet", "-o", "after", "--json"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]

    assert sorted(Path(path).suffix for path in files) == [
        ".csv", ".eml", ".html", ".ics", ".json", ".md", ".vcf",
    ]  # fmt: skip
    assert all(not Path(path).stat().st_mode & 0o077 for path in files)
    assert not any("may leave" in Path(path).read_text() for path in files)
    text = (home / "after" / "2026-11-20 Ann Lee.ics").read_text(encoding="utf-8")
    due: Any = Calendar.from_ical(text).walk("VEVENT")[0]
    assert str(due["SUMMARY"]) == "I promised: send resume by fri (Ann Lee)"
    assert due["DTSTART"].dt.isoformat() == "2026-11-27"
    assert not (home / "after").stat().st_mode & 0o077
    assert main(["packet", "-o", "after"]) == 1
    assert main(["packet", "Nobody"]) == 3


TEXTS = st.text(max_size=60)


DEMO = export_value(demo.played().record)


def tags(text: str, name: str) -> list[str]:
    entry = {**DEMO["entries"][3], "text": text, "kind": "note", "retracted": False}
    contact = {**DEMO["interview"]["contact"], "name": name}
    interview = {**DEMO["interview"], "contact": contact}
    value = {**DEMO, "entries": [entry, *DEMO["entries"]], "interview": interview}
    return [tag for tag in Seen(page([value], name)).tags if tag != "br"]


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.generate))
@given(text=TEXTS, name=TEXTS)
def test_no_text_is_ever_markup(text: str, name: str) -> None:
    assert tags(text, name) == tags("x", "x")


@settings(max_examples=100)
@given(text=TEXTS)
def test_no_cell_is_a_formula(text: str) -> None:
    found = str(cell(text))

    assert found.lstrip(" ")[:1] not in tuple("=+-@\t\r") or not found.strip()
    assert found in (text, f"'{text}")
