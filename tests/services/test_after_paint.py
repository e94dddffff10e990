"""A call that begins before the screen stands: nothing is opened until then, nothing is lost."""

from collections.abc import Callable

import pytest

from iview_tui.domain.entry import Entry, Kind
from iview_tui.domain.record import CallRecord
from iview_tui.services import demo
from iview_tui.services.keeping import WriterKeeper
from iview_tui.store.writer import Writer

NOTE = Entry("note", 1, Kind.SHOWN, 1, 1, "a sentence")


class Told(Writer):
    """A writer that only says what it was told."""

    def __init__(self) -> None:
        self.told: list[object] = []

    def begin(self, record: CallRecord, *, new_contact: bool = False) -> None:  # type: ignore[override]
        self.told.append(record.id)

    def append(self, entries: object, *, clear_draft: bool = False) -> None:  # type: ignore[override]
        self.told.append(tuple(entries))  # type: ignore[arg-type]

    def keep_draft(self, text: str | None, private: bool = False) -> None:  # type: ignore[override]
        self.told.append(text)

    def close(self, timeout: float = 2.0) -> None:  # type: ignore[override]
        pass


@pytest.mark.parametrize(
    ("then", "after"),
    [
        (WriterKeeper.settle, []),
        (lambda keeper: keeper.keep_draft("h", private=False), ["h"]),
        (lambda keeper: keeper.append((NOTE,), None, private=False), [(NOTE,)]),
        (WriterKeeper.close, []),
    ],
    ids=["the screen stands", "a letter", "a line", "left"],
)
def test_what_was_held_is_kept_first(
    then: Callable[[WriterKeeper], None], after: list[object]
) -> None:
    made: list[Told] = []

    def make() -> Writer:
        made.append(Told())
        return made[-1]

    record = demo.ready()[0].record
    keeper = WriterKeeper(make, after_paint=True)
    keeper.begin(record)
    keeper.note(NOTE)

    assert made == []
    assert keeper.state().saved

    then(keeper)
    then(keeper)

    assert len(made) == 1
    assert made[0].told[: 2 + len(after)] == [record.id, (NOTE,), *after]


def test_without_a_screen_it_is_kept_at_once() -> None:
    writer = Told()
    keeper = WriterKeeper(lambda: writer)
    keeper.begin(demo.ready()[0].record)
    keeper.note(NOTE)

    assert writer.told[1:] == [(NOTE,)]
