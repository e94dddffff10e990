import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iview_tui.domain.entry import Kind
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.store import interviews, people
from iview_tui.store.database import Database, DatabaseError
from store_samples import entry

WORDS = st.text(st.characters(exclude_categories=["Cs"]))


def test_a_call_comes_back_as_it_was(database: Database, call: CallRecord) -> None:
    whole = replace(call, draft="half a li", draft_private=True)
    with database.transaction() as connection:
        assert interviews.add_interview(connection, whole)
        assert interviews.load(connection, call.id) == whole


def test_telling_a_call_twice_adds_nothing(database: Database, call: CallRecord) -> None:
    with database.transaction() as connection:
        interviews.add_interview(connection, call)
        assert not interviews.add_interview(connection, call)
        assert interviews.load(connection, call.id) == call
        assert len(people.find_by_name(connection, "Priya Raghunathan")) == 1


def test_a_planned_call_takes_over_what_is_agreed_when_it_connects(
    database: Database, call: CallRecord
) -> None:
    only_planned = replace(call, connected_at=None, entries=(), agreed_minutes=20, boot_id=None)
    with database.transaction() as connection:
        interviews.add_interview(connection, only_planned)
        assert interviews.last(connection) is None
        assert [s.state for s in interviews.planned(connection)] == ["planned"]
        interviews.add_interview(connection, call)

        assert interviews.load(connection, call.id) == call
        assert interviews.planned(connection) == []


def test_entries_keep_the_order_of_enter(database: Database, call: CallRecord) -> None:
    later_said = [entry(3, stamp=1), entry(1, stamp=2), entry(2, stamp=0)]
    with database.transaction() as connection:
        interviews.add_interview(connection, call)
        interviews.append(connection, call.id, later_said)
        interviews.append(connection, call.id, [later_said[0], entry(4)])
        kept = interviews.load(connection, call.id).entries

    assert [e.line for e in kept] == [0, 3, 1, 2, 4]


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=WORDS, comment=st.none() | WORDS, value=st.dictionaries(WORDS, WORDS | st.integers()))
def test_any_text_comes_back_exactly(
    database: Database, call: CallRecord, text: str, comment: str | None, value: dict[str, object]
) -> None:
    told = entry(1, text=text, comment=comment, value=value, caption=comment)
    with pytest.raises(RollbackError), database.transaction() as connection:  # noqa: PT012
        interviews.add_interview(connection, call)
        interviews.append(connection, call.id, [told])
        interviews.keep_draft(connection, call.id, text)
        record = interviews.load(connection, call.id)
        assert record.entries[-1] == told
        assert record.draft == text
        raise RollbackError


class RollbackError(Exception):
    """Takes a transaction back, so that the next example begins anew."""


def test_an_entry_is_never_changed(database: Database, call: CallRecord) -> None:
    with database.transaction() as connection:
        interviews.add_interview(connection, call)
    with pytest.raises(DatabaseError), database.transaction() as connection:
        connection.exec_driver_sql("UPDATE entry SET text = 'other'")


def test_an_older_half_line_never_takes_the_place_of_a_newer(
    database: Database, call: CallRecord
) -> None:
    with database.transaction() as connection:
        interviews.add_interview(connection, call)
        interviews.keep_draft(connection, call.id, "newer", sequence=5)
        interviews.keep_draft(connection, call.id, "older", sequence=4)
        assert interviews.load(connection, call.id).draft == "newer"
        interviews.keep_draft(connection, call.id, None)
        assert interviews.load(connection, call.id).draft is None
        assert interviews.draft_sequence(connection, call.id) == 6


END = entry(5, Kind.END, id="end")
UNDO = entry(6, Kind.UNDO, id="undo", about="end")
REDO = entry(7, Kind.REDO, id="redo", about="undo")


@pytest.mark.parametrize(
    ("log", "offered"),
    [
        ([], True),
        ([END], False),
        ([END, UNDO], True),
        ([END, UNDO, REDO], False),
        ([END, UNDO, REDO, entry(8, Kind.UNDO, id="again", about="end")], True),
        ([replace(END, retracted=True)], True),
        ([END, entry(6, text="it went well")], False),
    ],
)
def test_a_call_without_its_end_is_unfinished(
    database: Database, call: CallRecord, log: list[object], offered: bool
) -> None:
    with database.transaction() as connection:
        interviews.add_interview(connection, call)
        interviews.append(connection, call.id, log)  # type: ignore[arg-type]
        assert bool(interviews.unfinished(connection)) is offered


@pytest.mark.parametrize("origin", ["replay", "import"])
def test_what_was_not_held_here_is_never_offered(
    database: Database, call: CallRecord, origin: str
) -> None:
    with database.transaction() as connection:
        interviews.add_interview(connection, replace(call, origin=origin))
        assert interviews.unfinished(connection) == []
        assert interviews.last(connection) == call.id


def test_last_is_the_call_that_was_started_last(database: Database, call: CallRecord) -> None:
    assert call.connected_at
    earlier = replace(call, id="0b0b", entries=(), connected_at=call.connected_at.subtract(days=1))
    with database.transaction() as connection:
        interviews.add_interview(connection, call)
        interviews.add_interview(connection, earlier)
        assert interviews.last(connection) == call.id
        assert interviews.all_ids(connection) == [call.id, "0b0b"]
        assert interviews.find(connection, "0B0") == ["0b0b"]
        assert interviews.find(connection, "%") == []
        assert [s.id for s in interviews.by_name(connection, "priya  RAGHUNATHAN ")] == [
            call.id,
            "0b0b",
        ]


def test_the_same_name_is_the_same_person(database: Database) -> None:
    first = Contact("1", "Zoë  Brandt", emails=("zoe@law.example",))
    again = Contact("2", "zoe\u0308 brandt", "Law School", phones=("5551234",))
    other = Contact("3", "Zoë Brandt", "Metro")
    with database.transaction() as connection:
        people.keep(connection, first)
        merged = people.keep(connection, again)
        assert merged == replace(first, organization="Law School", phones=("5551234",))
        assert people.keep(connection, other, new=True).id == "3"
        assert [c.id for c in people.find_by_name(connection, "ZOË BRANDT")] == ["3", "1"]
        assert people.keep(connection, Contact("4", "Zoë Brandt", "law school")).id == "1"


def test_the_index_follows_what_was_written(database: Database, call: CallRecord) -> None:
    def hits(words: str) -> int:
        with database.transaction() as connection:
            return int(
                connection.exec_driver_sql(
                    "SELECT count(*) FROM search WHERE search MATCH ?", (words,)
                ).scalar_one()
            )

    told = [
        entry(1, text="Évening classes", comment="mine"),
        entry(2, Kind.REFERRAL, value={"name": "Dele Okonjo"}),
        entry(3, Kind.SHOWN, text="Could you suggest"),
    ]
    with database.transaction() as connection:
        interviews.add_interview(connection, call)
        interviews.append(connection, call.id, told)

    assert [hits(w) for w in ("evening", "mine", "okonjo", "suggest", "civic", "plan*")] == [
        1, 1, 1, 0, 1, 2,
    ]  # fmt: skip
    with database.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM interview")
        connection.exec_driver_sql("UPDATE contact SET role = 'mayor'")

    assert [hits(w) for w in ("evening", "okonjo", "planner", "mayor")] == [0, 0, 0, 1]


def test_no_call_of_that_id(database: Database) -> None:
    with database.transaction() as connection:
        with pytest.raises(KeyError):
            interviews.load(connection, "none")
        with pytest.raises(KeyError):
            interviews.append(connection, "none", [entry(1)])


def test_values_are_stored_as_readable_json(database: Database, call: CallRecord) -> None:
    with database.transaction() as connection:
        interviews.add_interview(connection, call)
        (value,) = connection.exec_driver_sql("SELECT value FROM entry").one()

    assert json.loads(value) == {"agreed_minutes": 30}
