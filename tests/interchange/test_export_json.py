import json
from dataclasses import replace
from functools import partial
from typing import Any

import pendulum

from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.guide import Guide, Priority, Topic
from iview_tui.domain.live import Ground, fold
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.domain.referral import parse
from iview_tui.interchange import export_json
from iview_tui.services.bank import lexicon
from iview_tui.services.call import zone_of
from iview_tui.services.library import export_value
from records import EXAMPLE, played

EXPECTED = json.loads((EXAMPLE / "export.json").read_text(encoding="utf-8"))


def example() -> CallRecord:
    """The log of the example, written by hand."""
    rows: list[tuple[int, int, Kind, str, dict[str, Any]]] = [
        (0, 0, Kind.START, "", {"value": {"agreed_minutes": 20, "planned_end": None}}),
        (1, 30, Kind.GO, "/go 1", {"topic": 1}),
        (2, 60, Kind.NOTE, "loves public meetings", {"topic": 1}),
        (3, 120, Kind.NOTE, "portfolio beats the certificate", {"topic": 2}),
        (4, 180, Kind.QUOTE, "nobody reads the plan", {"comment": "laughing", "topic": 1}),
        (5, 910, Kind.REFERRAL, "Dele Okonjo, Metro council, dele@metro.example", {"topic": 1}),
        (5, 910, Kind.SAID, "", {"about": "e6"}),
        (6, 928, Kind.MAY, "/may yes",
         {"about": "e6", "value": {"name": "Dele Okonjo", "answer": "yes", "check_in": None}}),
        (7, 960, Kind.PROMISE_THEIRS, "salary survey by fri", {}),
        (8, 1170, Kind.END, "/end", {"value": {"outcome": "held"}}),
    ]  # fmt: skip
    entries = [
        Entry(f"e{number}", line, kind, second, second, text, **more)
        for number, (line, second, kind, text, more) in enumerate(rows, start=1)
    ]
    shown = [
        Entry(f"s{n}", 0, Kind.SHOWN, p["seconds"], p["seconds"], p["text"],
              value={"kind": p["kind"]})
        for n, p in enumerate(EXPECTED["prompts"])
    ]  # fmt: skip
    log = sorted([*entries, *shown], key=lambda entry: entry.entered)
    purpose = "find out whether city planning is a field for me"
    field = "About the field"
    topics = (
        Topic(1, "Rewarding side", "What do you enjoy most about planning?", field,
              Priority.SHOULD, 3.0, "enjoy", ("A recent day that went well?",)),
        Topic(2, "Training", "What training would you recommend today?", field,
              Priority.MUST, 4.0, "training"),
    )  # fmt: skip
    opening = "Thank you for making time. I have us down until 14:20; does that still suit?"
    return CallRecord(
        "i1", Contact("c1", "Priya Raghunathan"),
        Guide("Urban planning", purpose, topics, (opening,), 2.0), purpose, 20, None,
        pendulum.datetime(2026, 11, 24, 13, tz="UTC"), "+01:00", tuple(log),
    )  # fmt: skip


def test_the_example_exports_as_it_is_written_down() -> None:
    record = example()
    assert record.connected_at
    at = record.connected_at.in_timezone(zone_of("+01:00"))
    live = fold(Ground(record.guide, at, partial(parse, lexicon=lexicon())), record.entries)
    text = export_json.dumps(export_json.interview_value(record, live, lexicon()))

    assert text == (EXAMPLE / "export.json").read_text(encoding="utf-8")


def test_seconds_count_from_a_beginning_that_was_moved() -> None:
    value = export_value(played([(60, "a note"), (120, "/began 4"), (180, "another")]))
    call = value["interview"]

    assert call["started_at"] == "2026-11-24T13:58:00+01:00"
    assert call["agreed_end"] == "2026-11-24T14:18:00+01:00"
    assert [e["seconds"] for e in value["entries"]] == [120, 180, 240, 300]
    assert [(c["seconds"], c["agreed_end"]) for c in value["changes"]] == [
        (240, "2026-11-24T14:18:00+01:00")
    ]


def test_each_change_tells_the_end_that_it_led_to() -> None:
    value = export_value(played([(60, "=15"), (70, "+10"), (80, "/undo"), (90, "+5")]))

    ends = [(c["text"], c["agreed_end"][11:16]) for c in value["changes"]]
    assert ends == [("=15", "14:16"), ("+5", "14:21")]


def test_arrowing_past_is_one_entry() -> None:
    value = export_value(played([(10, "/go 1"), (13, "/go 2"), (16, "/go 1"), (40, "x")]))

    assert [e["topic"] for e in value["entries"] if e["kind"] == "go"] == [1]


def test_what_was_taken_back_stays_among_the_entries_alone() -> None:
    lines = [(30, "~modal split = how people travel"), (40, "/undo"), (50, "@Dele Okonjo"),
             (60, "/undo")]  # fmt: skip
    value = export_value(played(lines))

    assert [e["text"] for e in value["entries"] if e["retracted"]] == [
        "modal split = how people travel", "Dele Okonjo",
    ]  # fmt: skip
    assert value["jargon"] == value["referrals"] == []


def test_jargon_is_split_where_it_is_explained() -> None:
    value = export_value(played([(30, "~modal split = a = b"), (40, "~mode shift")]))

    assert [(j["term"], j["meaning"]) for j in value["jargon"]] == [
        ("modal split", "a = b"),
        ("mode shift", None),
    ]


def test_a_filed_entry_and_a_revised_one_export_as_they_stand() -> None:
    record = played([(30, "/go 1"), (60, "2: evening classes"), (70, "/here")])
    note = next(e for e in record.entries if e.kind is Kind.NOTE)
    revision = Entry("r1", 9, Kind.REVISION, 100, 100, "evening classes count", about=note.id)
    value = export_value(replace(record, entries=(*record.entries, revision)))

    row = next(e for e in value["entries"] if e["id"] == note.id)
    assert (row["topic"], row["text"]) == (1, "evening classes count")


def test_a_settled_thing_says_so() -> None:
    lines = [(30, "&their move from law"), (40, "&the intern pool"), (50, "/wrap"), (60, "/took 2")]
    value = export_value(played(lines))

    assert [(p["text"], p["settled"]) for p in value["parked"]] == [
        ("their move from law", False),
        ("the intern pool", True),
    ]


def test_a_call_that_is_only_planned_has_every_key() -> None:
    value = export_value(replace(example(), connected_at=None, entries=()))

    assert list(value) == list(EXPECTED)
    assert list(value["interview"]) == list(EXPECTED["interview"])
    assert value["interview"]["state"] == "planned"
    assert value["interview"]["started_at"] is None


# -- private -------------------------------------------------------------------------------------

SECRET = [
    (30, "/private she leaves in May, Zelda knows"),
    (40, "open words"),
    (50, "/private"),
    (60, "@Zelda Quill, zelda@quill.example"),
    (61, "~Zelda trick = nothing"),
    (62, "<Zelda file by fri"),
    (63, "&Zelda again"),
    (64, "?ask Zelda"),
    (65, "$Zelda hires"),
    (66, "#Zelda House"),
    (67, '"Zelda said so" - Zelda'),
    (68, "/may yes"),
    (69, "Zelda taken back"),
    (70, "/undo"),
    (71, "!"),
    (72, "/zelda"),
    (900, "/public"),
    (901, "free again"),
]


def test_private_entries_and_what_comes_of_them_are_left_out() -> None:
    record = played(SECRET, minutes=15)
    text = export_json.dumps(export_value(record))
    value = json.loads(text)

    assert "Zelda" in export_json.dumps(export_value(record, with_private=True))
    assert "zelda" not in text.casefold()
    assert value["referrals"] == []
    assert not any(entry["private"] for entry in value["entries"])
    assert [e["text"] for e in value["entries"] if e["kind"] == "note"] == ["free again"]


def test_a_topic_does_not_tell_of_what_was_noted_under_it_in_private() -> None:
    lines = [(30, "1: open words"), (60, "/private 2: hush")]
    record = played(lines)

    told = {t["number"]: (t["state"], t["unprompted"]) for t in export_value(record)["topics"]}
    whole = export_value(record, with_private=True)["topics"]
    assert told[1] == ("partly", True)
    assert told[2] == ("untouched", False)
    assert {t["number"]: t["state"] for t in whole}[2] == "partly"


def test_what_was_typed_in_private_stays_private_when_all_of_it_is_taken_back() -> None:
    lines = [(30, "open"), (40, "/private"), (50, "hidden"), (60, "/undo"), (70, "/undo")]
    texts = [entry["text"] for entry in export_value(played(lines))["entries"]]

    assert "hidden" not in texts


def test_a_public_name_does_not_keep_what_was_added_in_private() -> None:
    lines = [(30, "@Dele Okonjo, Metro council"), (40, "/private @Dele Okonjo, 555 0199 22")]
    value = export_value(played(lines))

    assert [(r["name"], r["contact"]) for r in value["referrals"]] == [("Dele Okonjo", None)]


def test_a_sentence_that_names_someone_made_private_later_is_masked() -> None:
    lines = [(60, "@Dele Okonjo"), (905, "x"), (906, "/said"), (910, "@Ines Vidal")]
    record = played(lines)
    named = next(e for e in record.entries if e.kind is Kind.REFERRAL)
    hidden = Entry("p1", 99, Kind.PRIVATE, 950, 950, "/private", about=named.id)
    later = replace(record, entries=(*record.entries, hidden))

    before = [p["text"] for p in export_value(record)["prompts"]]
    after = [p["text"] for p in export_value(later)["prompts"]]
    assert any("Dele" in text for text in before)
    assert after == [export_json.PRIVATE if "Dele" in text else text for text in before]


def test_a_half_typed_line_of_private_mode_is_left_out() -> None:
    record = replace(played([(30, "x")]), draft="half a secr", draft_private=True)

    assert export_value(record)["draft"] is None
    assert export_value(record, with_private=True)["draft"] == "half a secr"
    assert export_value(replace(record, draft_private=False))["draft"] == "half a secr"
