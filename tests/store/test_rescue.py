import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iview_tui.domain.entry import Kind
from iview_tui.domain.record import CallRecord
from iview_tui.store import interviews, rescue
from iview_tui.store.database import Database
from iview_tui.store.journal import Journal
from iview_tui.store.rescue import RescueFile
from store_samples import entry


def begun(call: CallRecord) -> Journal:
    journal = Journal()
    journal.begin(call, new_contact=False)
    return journal


def written(directory: Path, database: Path, journal: Journal) -> Path:
    file = RescueFile(directory, database, "0a0a0a0a-call")
    file.write(journal.since(0), 100)
    file.sync()
    file.close()
    return file.path


def test_a_whole_call_comes_back_from_a_file(tmp_path: Path, call: CallRecord) -> None:
    journal = begun(call)
    journal.append([entry(1, text="été\n\x1b", value={"a": [1, None]})], clear=True)
    journal.keep("half", private=True)
    path = written(tmp_path, tmp_path / "iview.db", journal)
    (found,) = rescue.pending(tmp_path / "iview.db", [])

    assert found.record == replace(
        call,
        entries=(*call.entries, entry(1, text="été\n\x1b", value={"a": [1, None]})),
        draft="half",
        draft_private=True,
    )
    assert (found.sequence, found.torn, found.paths) == (103, False, (path,))
    assert path.stat().st_mode & 0o777 == 0o600


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=st.lists(st.none() | st.text(), min_size=1, max_size=8))
def test_only_changes_of_a_half_line_are_written_and_all_of_it_is_read(
    tmp_path: Path, call: CallRecord, lines: list[str | None]
) -> None:
    journal = begun(call)
    file = RescueFile(tmp_path, tmp_path / "iview.db", "call")
    file.write(journal.since(0), 0)
    for line in lines:
        before = journal.last
        journal.keep(line, private=False)
        file.write(journal.since(before), 0)
        found = rescue.read(file.path)
        assert found
        assert found.record.draft == line
    file.remove()


def test_typing_on_costs_a_line_not_the_whole_text(tmp_path: Path, call: CallRecord) -> None:
    journal = begun(call)
    journal.keep("x" * 20_000, private=False)
    file = RescueFile(tmp_path, tmp_path / "iview.db", "call")
    file.write(journal.since(0), 0)
    size = file.path.stat().st_size
    journal.keep("x" * 20_001, private=False)
    file.write(journal.since(journal.last - 1), 0)
    file.close()

    assert file.path.stat().st_size - size < 200


def test_every_torn_end_is_tolerated(tmp_path: Path, call: CallRecord) -> None:
    journal = begun(call)
    for number in (1, 2, 3):
        journal.append([entry(number, text="words")], clear=False)
    path = written(tmp_path, tmp_path / "iview.db", journal)
    whole = path.read_bytes()
    first = whole.index(b"\n") + 1
    for length in range(first, len(whole), 7):
        path.write_bytes(whole[:length])
        found = rescue.read(path)
        assert found
        complete = whole[:length].count(b"\n") - 1
        assert len(found.record.entries) in {complete, complete + 1}
    path.write_bytes(whole[: first - 20])

    assert rescue.read(path) is None
    assert rescue.pending(tmp_path / "iview.db", []) == []


def test_what_comes_back_comes_back_once(
    tmp_path: Path, database: Database, call: CallRecord
) -> None:
    journal = begun(call)
    journal.append([entry(1), entry(2)], clear=False)
    journal.keep("half", private=False)
    written(tmp_path, database.path, journal)
    with database.transaction() as connection:
        interviews.add_interview(connection, call)
        interviews.append(connection, call.id, [entry(1)])
    (found,) = rescue.pending(database.path, [tmp_path])
    for _ in range(2):
        with database.transaction() as connection:
            rescue.replay_into(connection, found)
    rescue.discard(found)

    assert rescue.pending(database.path, [tmp_path]) == []
    with database.transaction() as connection:
        interviews.keep_draft(connection, call.id, "typed later")
        rescue.replay_into(connection, found)
        record = interviews.load(connection, call.id)
    assert [e.line for e in record.entries] == [0, 1, 2]
    assert record.draft == "typed later"


def test_the_same_call_in_two_places_is_one(tmp_path: Path, call: CallRecord) -> None:
    database = tmp_path / "iview.db"
    journal = begun(call)
    journal.append([entry(1)], clear=False)
    journal.keep("early", private=False)
    written(tmp_path / "a", database, journal)
    journal.append([entry(2)], clear=False)
    journal.keep("late", private=True)
    written(tmp_path / "b", database, journal)
    (found,) = rescue.pending(database, [tmp_path / "b", tmp_path / "a"])

    assert [e.line for e in found.record.entries] == [0, 1, 2]
    assert (found.record.draft, found.record.draft_private) == ("late", True)
    assert len(found.paths) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ([1, 2, 3], [1, 3, 4, 5]),
        ([2, 3, 4, 5], [1, 2]),
        ([1, 3, 5], [2, 4, 5]),
        ([1, 2, 3, 4, 5], []),
    ],
)
def test_a_line_that_one_of_two_files_lacks_comes_back_at_its_place(
    tmp_path: Path, call: CallRecord, one: list[int], other: list[int]
) -> None:
    """A line in the middle of a file is torn; the other place has it."""
    for number, numbers in enumerate((one, other)):
        journal = begun(replace(call, entries=()))
        journal.append([entry(each, text=f"note {each}") for each in numbers], clear=False)
        (tmp_path / str(number)).mkdir()
        written(tmp_path / str(number), tmp_path / "iview.db", journal)
    (found,) = rescue.pending(tmp_path / "iview.db", [tmp_path / "0", tmp_path / "1"])
    there = [int(each.text.removeprefix("note ")) for each in found.record.entries]

    assert [each for each in there if each in one] == one
    assert [each for each in there if each in other] == other
    if (one, other) != ([1, 3, 5], [2, 4, 5]):  # which of two comes first is not known there
        assert there == [1, 2, 3, 4, 5]


def test_two_files_that_say_different_things_are_read_all_the_same(
    tmp_path: Path, call: CallRecord
) -> None:
    """Whatever was done to them, nothing of it is left out."""
    for number, numbers in enumerate(([1, 2], [2, 1, 3])):
        journal = begun(replace(call, entries=()))
        journal.append([entry(each, text=f"note {each}") for each in numbers], clear=False)
        (tmp_path / str(number)).mkdir()
        written(tmp_path / str(number), tmp_path / "iview.db", journal)
    (found,) = rescue.pending(tmp_path / "iview.db", [tmp_path / "0", tmp_path / "1"])

    assert sorted(each.text for each in found.record.entries) == ["note 1", "note 2", "note 3"]


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    many=st.integers(2, 12),
    torn=st.tuples(st.sets(st.integers(1, 12)), st.sets(st.integers(1, 12))),
    ends=st.tuples(st.integers(0, 12), st.integers(0, 12)),
)
def test_lines_torn_in_the_middle_of_two_places_fill_each_other_up(
    tmp_path: Path,
    call: CallRecord,
    many: int,
    torn: tuple[set[int], set[int]],
    ends: tuple[int, int],
) -> None:
    left = []
    for place, holes, end in zip(("a", "b"), torn, ends, strict=True):
        journal = begun(call)
        for number in range(1, min(many, max(end, 1)) + 1):
            journal.append([entry(number, text="words")], clear=False)
        path = written(tmp_path / place, tmp_path / "iview.db", journal)
        lines = path.read_bytes().splitlines(keepends=True)  # call, start, one a note
        for number in holes & set(range(1, len(lines) - 1)):
            lines[number + 1] = lines[number + 1][:20] + b"\x00\xff\n"
        path.write_bytes(b"".join(lines))
        left.append(set(range(1, len(lines) - 1)) - holes)
    (found,) = rescue.pending(tmp_path / "iview.db", [tmp_path / "a", tmp_path / "b"])
    rescue.discard(found)

    assert [e.line for e in found.record.entries] == [0, *sorted(left[0] | left[1])]


def test_of_half_lines_of_one_number_the_untorn_one_is_taken(
    tmp_path: Path, call: CallRecord
) -> None:
    paths = []
    for place in ("a", "b"):
        journal = begun(call)
        file = RescueFile(tmp_path / place, tmp_path / "iview.db", "call")
        for text in ("", "one", "one two", "one two three"):
            before = journal.last if text else 0
            journal.keep(text, private=False)
            file.write(journal.since(before), 0)
        file.close()
        paths.append(file.path)
    lines = paths[0].read_bytes().splitlines(keepends=True)
    paths[0].write_bytes(b"".join([*lines[:-2], b'{"half": " tw\n', lines[-1]]))
    for older in (0, 1):
        for number, path in enumerate(paths):
            os.utime(path, (1000 + (number != older),) * 2)
        (found,) = rescue.pending(tmp_path / "iview.db", [path.parent for path in paths])
        assert (found.record.draft, found.torn) == ("one two three", True)


def test_files_of_others_are_left_alone(tmp_path: Path, call: CallRecord) -> None:
    shared = tmp_path / "shared"
    mine = written(shared, tmp_path / "iview.db", begun(call))
    written(shared, tmp_path / "elsewhere" / "iview.db", begun(call))
    (shared / mine.name.replace("-1.jsonl", "-7.jsonl")).symlink_to(mine)
    (shared / mine.name.replace("-1.jsonl", "-8.jsonl")).mkdir()
    (found,) = rescue.pending(tmp_path / "iview.db", [shared, tmp_path / "missing"])

    assert found.paths == (mine,)


def test_a_failed_write_leaves_what_was_there(
    tmp_path: Path, call: CallRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = begun(call)
    file = RescueFile(tmp_path, tmp_path / "iview.db", "call")
    file.write(journal.since(0), 0)
    journal.keep("abc", private=False)
    really = os.write

    def half(descriptor: int, text: bytes) -> int:
        if len(text) < 10:
            raise OSError(28, "No space left on device")
        return really(descriptor, text[:-5])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half)
        with pytest.raises(OSError, match="space"):
            file.write(journal.since(1), 0)
    file.write(journal.since(1), 0)
    file.close()
    found = rescue.read(file.path)

    assert found
    assert (found.record.draft, found.torn) == ("abc", False)


def test_a_call_without_anybody_comes_back(tmp_path: Path, call: CallRecord) -> None:
    bare = replace(call, contact=None, planned_at=None, entries=(entry(1, Kind.START),))
    found = rescue.read(written(tmp_path, tmp_path / "iview.db", begun(bare)))

    assert found
    assert found.record == bare
