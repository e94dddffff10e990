"""`iview search`, `compare`, `chain`, `glossary`, and edits by `review`, as a person calls them."""

import json
from pathlib import Path

import pytest

from fields import FIELDS, talks
from iview_tui.cli.main import main
from iview_tui.clock import HeldClock
from iview_tui.services.afterwards import work_out
from iview_tui.store import interviews
from iview_tui.store.database import open_to_write

Capture = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    (home / "data").mkdir()
    with (
        open_to_write(home / "data" / "iview.db", HeldClock().wall()) as database,
        database.transaction() as connection,
    ):
        for record in talks():
            interviews.add_interview(connection, record)
        work_out(connection)
    return home


@pytest.fixture(autouse=True)
def home(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IVIEW_HOME", str(library))
    monkeypatch.delenv("IVIEW_DB", raising=False)


def answer(capsys: Capture, *argv: str) -> dict[str, list[dict[str, object]]]:
    assert main([*argv, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert isinstance(told, dict)
    return told


def test_search_as_json(capsys: Capture) -> None:
    told = answer(capsys, "search", "portfolio")
    (hit,) = told["hits"]

    assert list(hit)[:8] == [
        "interview", "entry", "kind", "name", "topic", "at", "seconds", "text",
    ]  # fmt: skip
    assert (hit["kind"], hit["name"], hit["topic"], hit["text"], hit["seconds"]) == (
        "note", "Hy Ito", "Training", "a portfolio", 30,
    )  # fmt: skip
    assert hit["at"] == "2026-03-02T10:00:30+01:00"
    assert not told["more"]


def test_search_shows_private_and_exports_it_only_when_asked(capsys: Capture) -> None:
    assert main(["search", "boss", "by:ada"]) == 0
    assert capsys.readouterr().out.endswith("(private)\n")
    assert answer(capsys, "search", "boss")["hits"] == []
    assert len(answer(capsys, "search", "boss", "--with-private")["hits"]) == 10


@pytest.mark.parametrize("query", ['"', "*", "AND", "a OR", ")(", "by:", "kind:x", "-x", "%00"])
def test_search_is_never_an_error(query: str, capsys: Capture) -> None:
    assert main(["search", "--", query]) == 0
    assert "fault" not in capsys.readouterr().err


def test_search_says_that_there_is_more(capsys: Capture) -> None:
    assert main(["search", "kind:note", "--limit", "2"]) == 0
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 2
    assert "--limit 4 shows them" in said.err
    assert main(["search", "x", "--limit", "0"]) == 2


def test_compare(capsys: Capture) -> None:
    told = answer(capsys, "compare", "training")
    (topic,) = told["topics"]
    assert list(topic)[:4] == ["key", "title", "asked_of", "answers"]
    assert (topic["key"], topic["asked_of"]) == ("training", 10)
    assert isinstance(topic["answers"], list)
    assert list(topic["answers"][0])[:4] == ["name", "interview", "state", "texts"]
    assert topic["answers"][0]["texts"] == ["nights in a bakery"]
    assert [each["title"] for each in answer(capsys, "compare")["unknown"]] == ["Pay"]
    assert main(["compare"]) == 0
    out = capsys.readouterr().out
    assert "STILL UNKNOWN" in out
    assert "asked of 10, answered by 10" in out
    assert main(["compare", "no", "such"]) == 3


def test_chain_and_glossary(capsys: Capture) -> None:
    people = answer(capsys, "chain")["people"]
    assert list(people[0])[:5] == ["name", "via", "depth", "talked", "led_to"]
    assert main(["chain"]) == 0
    assert capsys.readouterr().out.endswith("11 people, 10 talked with, 4 deep\n")
    told = answer(capsys, "glossary")
    assert list(told["terms"][0])[:4] == ["term", "meaning", "name", "interview"]
    assert len(told["organizations"]) == len(told["opportunities"]) == 10
    assert main(["glossary"]) == 0
    assert "nuc = a small colony   Bo Ek" in capsys.readouterr().out


def test_nothing_is_kept_yet(tmp_path: Path, capsys: Capture) -> None:
    for command in ("compare", "chain", "glossary"):
        assert main([command, "--db", str(tmp_path / "none.db")]) == 0
        said = capsys.readouterr()
        assert said.out == ""
        assert said.err.count("\n") == 1
        assert main([command, "--db", str(tmp_path / "none.db"), "--json"]) == 0
        assert not any(json.loads(capsys.readouterr().out).values())


def test_review_by_topic_and_its_edits(capsys: Capture) -> None:
    call = talks()[0].id
    assert main(["review", call, "--by-topic"]) == 0
    assert "\n  0:30  two-year degree in planning\n" in capsys.readouterr().out
    first = next(e.id for e in talks()[0].entries if e.text.startswith("two-year"))
    edits = ["--reword", first[:12], "a degree", "--star", first[:12], "--move", first, "2"]

    assert main(["review", call, *edits]) == 0
    assert "  0:30    2  * a degree" in capsys.readouterr().out
    assert [hit["text"] for hit in answer(capsys, "search", "degree", "by:ada")["hits"]] == [
        "a degree"
    ]
    assert main(["review", call, "--star", "zzzz"]) == 1
    assert main(["review", call, "--move", first, "x"]) == 2
    assert main(["review", call, "--move", first, "9"]) == 1
    assert main(["review", call, "--private", first]) == 0
    assert "a degree" not in capsys.readouterr().out


def test_a_library_comes_back_with_those_whom_they_named(tmp_path: Path, capsys: Capture) -> None:
    out, again = tmp_path / "all.json", tmp_path / "again.json"
    other = ["--db", str(tmp_path / "other.db")]
    assert main(["export", "all", "--with-private", "-o", str(out)]) == 0
    assert main(["import", str(out), *other]) == 0
    assert main(["export", "all", "--with-private", "-o", str(again), *other]) == 0
    assert again.read_bytes() == out.read_bytes()
    names = [person["name"] for person in json.loads(out.read_text("utf-8"))["people"]]
    assert sorted(names) == sorted([*{row[0] for row in FIELDS}, "Kit Lund"])
