import json
from dataclasses import replace
from pathlib import Path

import pytest

from iview_tui import paths
from iview_tui.clock import HeldClock
from iview_tui.domain.record import CallRecord
from iview_tui.interchange.export_json import dumps
from iview_tui.services import library
from iview_tui.store import interviews, lock
from iview_tui.store.database import DatabaseError, open_to_read, open_to_write
from records import played

CLOCK = HeldClock()


@pytest.fixture
def here(tmp_path: Path) -> paths.Paths:
    return paths.find({"IVIEW_HOME": str(tmp_path / "here")})


@pytest.fixture
def elsewhere(tmp_path: Path) -> paths.Paths:
    return paths.find({"IVIEW_HOME": str(tmp_path / "elsewhere")})


def keep(place: paths.Paths, *records: CallRecord, new: bool = False) -> None:
    with (
        open_to_write(place.database, CLOCK.wall()) as database,
        database.transaction() as connection,
    ):
        for record in records:
            interviews.add_interview(connection, record, new_contact=new)


def count(place: paths.Paths) -> int:
    with open_to_read(place.database) as database, database.transaction() as connection:
        return len(interviews.all_ids(connection))


ANA = played([(30, "a note"), (40, "/private a secret")], seed="ana")
BO = played([(30, "another")], seed="bo", name="Bo Ek")


def test_last_an_id_and_a_name_find_a_call(here: paths.Paths) -> None:
    assert BO.connected_at
    later = replace(BO, connected_at=BO.connected_at.add(days=1))
    keep(here, ANA, later)

    assert library.find_call(here.database, "last").id == BO.id
    assert library.find_call(here.database, ANA.id[:4]).id == ANA.id
    assert library.find_call(here.database, ANA.id[:8].upper()).id == ANA.id
    assert library.find_call(here.database, "ana  BRANDT").id == ANA.id


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ("last", "no call was started yet"),
        ("Ana Brand", "no call has the ID or the name"),
        ("", "no call"),
    ],
)
def test_what_is_not_there_is_said(here: paths.Paths, wanted: str, words: str) -> None:
    with pytest.raises(library.NotFound, match=words):
        library.find_call(here.database, wanted)
    assert not here.database.exists()


def test_a_near_miss_is_suggested(here: paths.Paths) -> None:
    keep(here, ANA, BO)

    with pytest.raises(library.NotFound, match="did you mean Ana Brandt"):
        library.find_call(here.database, "Ana Brand")
    with pytest.raises(library.NotFound, match="did you mean Bo Ek"):
        library.find_call(here.database, "ek")


def test_the_letters_of_several_ids_name_them(here: paths.Paths) -> None:
    keep(here, replace(ANA, id="abcd1-x", entries=()), replace(BO, id="abcd2-x", entries=()))

    with pytest.raises(library.NotFound, match=r"2 calls .*abcd2-x, abcd1-x"):
        library.find_call(here.database, "abcd")


def test_a_library_comes_back_byte_for_byte(here: paths.Paths, elsewhere: paths.Paths) -> None:
    namesake = played([(30, "of the same name")], seed="other")
    keep(here, ANA, BO)
    keep(here, namesake, new=True)
    text = dumps(library.export_of(here.database, "all", with_private=True))
    taken = library.take_in(elsewhere, text, CLOCK)

    assert (len(taken.added), taken.people, taken.left) == (3, 3, ())
    assert dumps(library.export_of(elsewhere.database, "all", with_private=True)) == text
    assert json.loads(text)["schema"] == "iview/library/1"


def test_a_name_exports_that_person_s_calls(here: paths.Paths) -> None:
    keep(here, ANA, BO, played([(20, "again")], seed="second"))
    value = library.export_of(here.database, "Ana Brandt")

    assert [person["name"] for person in value["people"]] == ["Ana Brandt"]
    assert [call["entries"][1]["text"] for call in value["interviews"]] == ["a note", "again"]
    assert "secret" not in dumps(value)


def test_importing_again_adds_nothing(here: paths.Paths) -> None:
    keep(here, ANA)
    text = library.export_text(ANA, with_private=True)
    before = library.export_of(here.database, "all", with_private=True)
    taken = library.take_in(here, text, CLOCK)

    assert (taken.added, [r.id for r in taken.unchanged], taken.people) == ((), [ANA.id], 0)
    assert library.export_of(here.database, "all", with_private=True) == before


def test_what_a_known_call_has_more_of_is_said(here: paths.Paths) -> None:
    keep(here, replace(ANA, entries=ANA.entries[:-1]))
    taken = library.take_in(here, library.export_text(ANA, with_private=True), CLOCK)

    assert taken.left == (f"1 entry of the call {ANA.id[:8]}, which is here already",)


def test_a_planned_call_takes_over_what_became_of_it(here: paths.Paths) -> None:
    keep(here, replace(ANA, connected_at=None, entries=()))
    library.take_in(here, library.export_text(ANA), CLOCK)

    assert library.find_call(here.database, "last").connected_at == ANA.connected_at


def test_a_dry_run_keeps_nothing(here: paths.Paths) -> None:
    taken = library.take_in(here, library.export_text(ANA), CLOCK, dry_run=True)

    assert len(taken.added) == 1
    assert not here.database.exists()


def test_a_person_who_is_known_by_name_is_the_same(here: paths.Paths) -> None:
    keep(here, ANA)
    other = played([(20, "again")], seed="second")
    taken = library.take_in(here, library.export_text(other), CLOCK)
    people = library.export_of(here.database, "all")["people"]

    assert taken.people == 0
    assert len(people) == 1


def test_entries_of_another_call_s_ids_stop_the_whole_import(here: paths.Paths) -> None:
    keep(here, ANA)
    good = library.export_value(BO)
    stolen = {**library.export_value(ANA), "interview": {**good["interview"], "id": "stolen"}}
    text = dumps({"schema": "iview/library/1", "interviews": [good, stolen]})

    with pytest.raises(library.BadImport, match="ids of another call"):
        library.take_in(here, text, CLOCK)
    assert count(here) == 1


def test_one_bad_call_stops_the_whole_import(here: paths.Paths) -> None:
    good, bad = library.export_value(ANA), library.export_value(BO)
    bad["entries"][1]["kind"] = "shout"
    text = dumps({"schema": "iview/library/1", "interviews": [good, bad]})

    with pytest.raises(library.BadImport, match=r"interviews\[1\].entries\[1\].kind"):
        library.take_in(here, text, CLOCK)
    assert not here.database.exists()


def test_what_is_not_kept_yet_is_said(here: paths.Paths) -> None:
    text = dumps({"schema": "iview/library/1", "interviews": [], "drafts": [{}, {}]})

    assert library.take_in(here, text, CLOCK).left == ("2 drafts",)


def test_nothing_is_written_while_another_process_writes(here: paths.Paths) -> None:
    keep(here, ANA)
    with lock.hold(here.lock, "the call with Ana Brandt"):
        assert library.find_call(here.database, "last").id == ANA.id
        with pytest.raises(DatabaseError, match="the call with Ana Brandt"):
            library.take_in(here, library.export_text(BO), CLOCK)


def test_a_half_typed_line_of_private_mode_is_private_again(here: paths.Paths) -> None:
    record = replace(played([(30, "/private")], seed="p"), draft="half", draft_private=True)
    library.take_in(here, library.export_text(record, with_private=True), CLOCK)
    back = library.find_call(here.database, "last")

    assert (back.draft, back.draft_private) == ("half", True)
