"""Search over a real database: what is found, what is not, and that nothing is an error."""

import random
from collections.abc import Iterator
from dataclasses import replace

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.clock import HeldClock
from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.services.search import Search
from iview_tui.store import interviews, people, rows
from iview_tui.store.database import open_to_write
from records import played

NOW = pendulum.datetime(2026, 11, 25, 9, tz="Europe/Berlin")
LINES = [
    (20, "2: portfolio beats the certificate"),
    (30, '1: "we all read the Lüneburg plan" - laughing'),
    (40, "@Dele Okonjo, Metro council"),
    (45, "/fix Dele Okonjoh"),
    (50, "/private her boss is leaving"),
    (60, "budget nonsense"),
    (61, "/undo"),
    (70, "<salary survey by fri"),
    (80, "/end"),
]


def revised(record: CallRecord, old: str, new: str) -> CallRecord:
    about = next(e for e in record.entries if e.text == old)
    last = record.entries[-1]
    entry = Entry(
        f"rev-{about.id}", last.line + 1, Kind.REVISION, last.entered, last.entered, new,
        about=about.id,
    )  # fmt: skip
    return replace(record, entries=(*record.entries, entry))


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Search]:
    path = tmp_path_factory.mktemp("search") / "iview.db"
    first = played(LINES, seed="1", name="Ana Brandt")
    second = played([(20, "2: the certificate in planning helped"), (30, "/end")], seed="2",
                    name="José Peña")  # fmt: skip
    second = replace(second, connected_at=pendulum.datetime(2026, 1, 10, tz="UTC"))
    with (
        open_to_write(path, HeldClock().wall()) as database,
        database.transaction() as connection,
    ):
        interviews.add_interview(connection, second)
        interviews.add_interview(
            connection, revised(first, "portfolio beats the certificate", "a portfolio wins")
        )
        people.keep(connection, Contact("p3", "Planta Ruiz", "Planning Office", "portfolio lead"))
        connection.execute(
            rows.guide.insert(), {"uuid": "g1", "title": "Mine", "kept_at": "2026-11-01T10:00:00Z"}
        )
        connection.execute(
            rows.guide_topic.insert(),
            {"guide_id": 1, "number": 1, "title": "Pay", "question": "What about the pension?",
             "priority": "should", "minutes": 2.5},
        )  # fmt: skip
    with Search(path, HeldClock(NOW, zone="Europe/Berlin")) as opened:
        yield opened


def texts(search: Search, query: str, **more: bool) -> list[str]:
    return [hit.text for hit in search.find(query, **more).hits]


def test_newest_first_and_people_before_all(search: Search) -> None:
    assert texts(search, "certificate") == ["the certificate in planning helped"]
    hits = search.find("plan").hits
    assert [(hit.kind, hit.name) for hit in hits][:2] == [
        ("contact", "Planta Ruiz"), ("organization", None),
    ]  # fmt: skip
    assert [hit.name for hit in hits if hit.entry] == ["Ana Brandt", "José Peña"]


def test_what_stands_is_found(search: Search) -> None:
    (hit,) = (hit for hit in search.find("portfolio").hits if hit.entry)
    assert (hit.text, hit.kind, hit.topic, hit.number) == (
        "a portfolio wins", "note", "Training", 2,
    )  # fmt: skip
    assert hit.seconds == 20
    assert hit.at is not None
    assert hit.at.isoformat() == "2026-11-24T14:00:20+01:00"
    assert texts(search, "beats") == []
    assert texts(search, "nonsense") == []
    assert texts(search, "undo") == texts(search, "/end") == []
    assert texts(search, "okonjoh") == ["Dele Okonjoh (Dele Okonjo, Metro council)"]


def test_accents_phrases_and_prefixes(search: Search) -> None:
    (quote,) = search.find("luneb").hits
    assert quote.kind == "quote"
    assert search.find('"read the luneburg"').hits == (quote,)
    assert search.find('"read luneburg"').hits == ()
    assert search.find('"lunebur"').hits == ()


def test_filters(search: Search) -> None:
    assert texts(search, "by:jose") == ["the certificate in planning helped", "José Peña"]
    assert texts(search, "by:jose kind:note") == ["the certificate in planning helped"]
    assert texts(search, "topic:train plan") == ["the certificate in planning helped"]
    assert texts(search, "kind:promise") == ["salary survey by fri"]
    assert texts(search, "kind:question") == ["What about the pension?"]
    assert texts(search, "pension by:jose") == []
    assert texts(search, "kind:note since november") == ["her boss is leaving", "a portfolio wins"]
    assert texts(search, "kind:note before 2026-11") == ["the certificate in planning helped"]


def test_private_is_left_out_where_it_is_not_asked_for(search: Search) -> None:
    (hit,) = search.find("boss").hits
    assert hit.private
    assert search.find("boss", with_private=False).hits == ()


def test_more(search: Search) -> None:
    assert search.find("kind:note", limit=2).more
    assert len(search.find("kind:note", limit=2).hits) == 2
    assert not search.find("kind:note", limit=3).more


@settings(max_examples=100, deadline=None)
@given(text=st.text(alphabet=st.characters(), max_size=40))
def test_any_text_is_valid(search: Search, text: str) -> None:
    found = search.find(text, limit=3)

    assert len(found.hits) <= 3
    assert not (found.more and len(found.hits) < 3)


def test_hostile_texts_are_valid(search: Search) -> None:
    chance = random.Random(1)
    parts = [
        '"', "'", "*", "(", ")", "{", "}", ":", "^", "-", "+", "AND", "OR", "NOT", "NEAR(", "by:",
        "kind:", "topic:", "since", "before:", "2026-11", "plan", "é", "\0", "%", "_", ";--",
        "words", "\ud800", "字", "1", "a", ",", "\\", "kind:quote", "by:ana",
    ]  # fmt: skip
    for _ in range(3_000):
        query = chance.choice(["", " "]).join(chance.choices(parts, k=chance.randint(1, 6)))
        assert len(search.find(query, limit=3).hits) <= 3
