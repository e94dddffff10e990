import copy
import json
from dataclasses import replace
from typing import Any

import pendulum
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.domain.record import MEDIA, WHO_CALLS, Agreement
from iview_tui.domain.text import clean
from iview_tui.interchange.import_json import BadShape, read_export
from iview_tui.services.library import BadImport, _check_folds, export_text, export_value, folded
from records import EXAMPLE, played

TEXT = (EXAMPLE / "export.json").read_text(encoding="utf-8")
POOL = [
    "a note", "5", "1", "2", "1: under one", "2: under two", "!important", "!", ".", "+5", "+3",
    "=10", "=14:20", "=14:30", "@Dele Okonjo, Metro council, dele@metro.example", "@Ana Li?",
    "@someone on the team", "@Dele Okonjo, 555 0199 22", "#Planning Institute", "<survey by fri",
    ">resume by mon", "~modal split = shares", "$may hire", "?certificate", "&their move",
    '"as said" - so', "/go 1", "/go 2", "/next", "/skip", "/here", "/star", "/private", "/public",
    "/private a secret", "/undo", "/undo", "/redo", "/said", "/none", "/may yes",
    "/may first 2 dec", "/spell", "/fix Ana Brandt", "/wrap", "/ok 1", "/took 1", "/mail 2",
    "/leave 1", "/drop", "/back", "/began 2", "/me", "/consent", "/join Bo Ek", "/notnow", "/name",
    "/take", "/end", "# of staff 30", "off the record, no", "take your time", "/what", "/priv",
]  # fmt: skip
LINES = st.lists(
    st.tuples(
        st.sampled_from([0, 1, 5, 12, 40, 200]),
        st.sampled_from(POOL) | st.text(max_size=20).map(clean),
    ),
    max_size=20,
)

FOLDED = (
    "spans", "drops", "topics", "current", "opening", "asked_at", "retracted", "referrals",
    "private_mode", "outcome", "wrap_since", "drifts",
)  # fmt: skip


def example() -> dict[str, Any]:
    return copy.deepcopy(json.loads(TEXT))


def test_the_example_comes_back_byte_for_byte() -> None:
    (record,) = read_export(TEXT).interviews

    assert export_text(record, with_private=True) == TEXT


TEXTS = st.none() | st.text(min_size=1, max_size=20).map(clean)


@settings(max_examples=25, deadline=None)
@given(
    agreed=st.builds(
        Agreement,
        medium=st.sampled_from([None, *MEDIA]), who_calls=st.sampled_from([None, *WHO_CALLS]),
        place=TEXTS, asked=TEXTS, invitation=TEXTS, learn=TEXTS, brief=TEXTS,
        invitation_sequence=st.none() | st.integers(0, 2**31 - 1),
        cancelled_at=st.none() | st.just(pendulum.datetime(2026, 11, 24, 9, 30)),
        goals=st.lists(st.text(max_size=20).map(clean), max_size=3).map(tuple),
    )
)  # fmt: skip
def test_what_was_agreed_comes_back_and_is_not_there_where_nothing_was(agreed: Agreement) -> None:
    record = replace(played([]), connected_at=None, entries=(), agreement=agreed)
    text = export_text(record)
    (back,) = read_export(text).interviews

    assert back.agreement == agreed
    assert export_text(back) == text
    assert ("agreement" in json.loads(text)["interview"]) == (agreed != Agreement())


@settings(max_examples=40, deadline=None)
@given(steps=LINES)
def test_any_call_comes_back_byte_for_byte(steps: list[tuple[int, str]]) -> None:
    second, lines = 0, []
    for wait, line in steps:
        second += wait
        lines.append((second, line))
    record = played(lines)
    text = export_text(record, with_private=True)
    (back,) = read_export(text).interviews
    before, after = folded(record), folded(back)

    assert export_text(back, with_private=True) == text
    assert [(x.entry.id, x.how) for x in before.listed] == [
        (x.entry.id, x.how) for x in after.listed
    ]
    for name in FOLDED:
        assert getattr(before, name) == getattr(after, name), name
    _check_folds(read_export(export_text(record)).interviews[0])


def test_extra_keys_are_tolerated() -> None:
    value = example()
    value["more"] = value["entries"][1]["more"] = value["interview"]["more"] = [1]

    assert read_export(json.dumps(value)).interviews == read_export(TEXT).interviews


def test_every_text_comes_through_the_door() -> None:
    value = example()
    value["entries"][2]["text"] = "a\x1b[31mb‮"

    assert read_export(json.dumps(value)).interviews[0].entries[2].text == "a[31mb"


def entry(number: int, **more: Any) -> Any:
    def change(value: dict[str, Any]) -> None:
        value["entries"][number].update(more)

    return change


def call(**more: Any) -> Any:
    return lambda value: value["interview"].update(more)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (entry(2, kind="shout"), "entries[2].kind"),
        (entry(2, kind="shown"), "entries[2].kind"),
        (entry(2, text=None), "entries[2].text"),
        (entry(2, text=["x"]), "entries[2].text"),
        (entry(2, text="x" * 1_000_001), "entries[2].text"),
        (entry(2, entered=1.5), "entries[2].entered"),
        (entry(2, entered=True), "entries[2].entered"),
        (entry(2, seconds=10**30), "entries[2].seconds"),
        (entry(2, id="../x"), "entries[2].id"),
        (entry(2, id="e1"), "entries[2].id"),
        (entry(6, about="e9"), "entries[6].about"),
        (entry(2, kind="undo"), "entries[2].about"),
        (entry(6, kind="redo"), "entries[6].about"),
        (entry(2, kind="start", value={"agreed_minutes": 20}), "entries[2].kind"),
        (entry(0, kind="note"), "entries[0].kind"),
        (entry(0, value=None), "entries[0].value"),
        (entry(0, value={"agreed_minutes": "20"}), "entries[0].value.agreed_minutes"),
        (entry(2, kind="extend", value={"agreed_end": "soon"}), "entries[2].value.agreed_end"),
        (entry(2, kind="extend", value={"agreed_end": "2026-11-24T14:20:00"}), "offset"),
        (entry(2, kind="extend"), "entries[2].value"),
        (entry(7, value={"answer": "maybe"}), "entries[7].value.answer"),
        (entry(7, value={"answer": "yes", "check_in": "fri"}), "entries[7].value.check_in"),
        (entry(5, value={"name": 3}), "entries[5].value.name"),
        (entry(2, starred="yes"), "entries[2].starred"),
        (entry(2, value={"a": {"a": {"a": {"a": {"a": {"a": {"a": {}}}}}}}}), "too deep"),
        (call(id=None), "interview.id"),
        (call(time_zone="Mars/Base"), "interview.time_zone"),
        (call(time_zone="../../etc/passwd"), "interview.time_zone"),
        (call(started_at=None), "interview.started_at"),
        (call(started_at="9999-12-31T23:59:59+00:00"), "interview.started_at"),
        (call(agreed_minutes=0), "interview.agreed_minutes"),
        (call(contact={"id": "c1", "name": " "}), "interview.contact.name"),
        (call(contact=7), "interview.contact"),
        (lambda v: v.update(entries={}), "entries"),
        (lambda v: v.update(entries=[]), "entries"),
        (lambda v: v["topics"][0].update(number=2), "topics[0].number"),
        (lambda v: v["topics"][0].update(priority="key"), "topics[0].priority"),
        (lambda v: v["topics"][0].update(minutes=float("1e999")), "number"),
        (lambda v: v["guide"].update(opening="x"), "guide.opening"),
        (lambda v: v["prompts"][0].update(kind=None), "prompts[0].kind"),
        (lambda v: v.update(schema="iview/interview/2"), "newer"),
        (lambda v: v.update(schema="other"), "not an export"),
    ],
)
def test_a_wrong_shape_is_refused_with_its_place(change: Any, place: str) -> None:
    value = example()
    change(value)

    with pytest.raises(BadShape) as refused:
        read_export(json.dumps(value))

    assert place in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "nothing", "[]", "3", "null", "[" * 100_000, "1" * 5000, '{"schema": NaN}']
)
def test_what_is_no_export_is_refused(text: str) -> None:
    with pytest.raises(BadShape):
        read_export(text)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@settings(max_examples=80, deadline=None)
@given(data=st.data(), wrong=JSON)
def test_any_damage_is_refused_or_folds(data: st.DataObject, wrong: Any) -> None:
    value = example()
    at: Any = value
    while True:
        keys = list(at) if isinstance(at, dict) else list(range(len(at)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(at[key], dict | list) or not at[key] or data.draw(st.booleans()):
            at[key] = wrong
            break
        at = at[key]
    try:
        (record,) = read_export(json.dumps(value)).interviews
        _check_folds(record)
    except (BadShape, BadImport):
        return

    assert read_export(export_text(record, with_private=True)).interviews
    assert export_value(record)["schema"] == value["schema"]
