"""What was typed in this call, in memory and numbered: all other places are copies of it."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from iview_tui.domain.entry import Entry
from iview_tui.domain.record import CallRecord
from iview_tui.domain.value import value


@value
class HalfLine:
    """The half-typed line; a text of None says that there is none."""

    text: str | None
    private: bool
    number: int


@value
class Batch:
    """What a place does not have yet, to be kept all at once."""

    record: CallRecord | None
    """Without entries and half-typed line."""
    new_contact: bool
    entries: tuple[Entry, ...]
    half_line: HalfLine | None
    upto: int
    """The number of the last step in it."""

    @property
    def urgent(self) -> bool:
        """Whether it is to be synced at once."""
        return self.record is not None or bool(self.entries)


@dataclass(slots=True)
class Journal:
    """The call so far. Every step has a number, from 1; of half-typed lines the last is kept."""

    last: int = 0
    last_urgent: int = 0
    """The number of the last step that is to be synced at once."""
    record: CallRecord | None = None
    new_contact: bool = False
    half_line: HalfLine | None = None
    _record_number: int = 0
    _entries: list[Entry] = field(default_factory=list)
    _numbers: list[int] = field(default_factory=list)

    def begin(self, record: CallRecord, new_contact: bool) -> None:
        """The call begins, or goes on with the entries and the half-typed line that it has.

        Raises ValueError where another call is written down already.
        """
        if self.record is not None and self.record.id != record.id:
            raise ValueError("one writer writes one call")
        self.last += 1
        self.last_urgent = self._record_number = self.last
        self.record = replace(record, entries=(), draft=None, draft_private=False)
        self.new_contact = new_contact
        known = {entry.id for entry in self._entries}
        self._add(entry for entry in record.entries if entry.id not in known)
        if record.draft is not None:
            self.half_line = HalfLine(record.draft, record.draft_private, self.last)

    def append(self, entries: Iterable[Entry], clear: bool) -> None:
        """Entries are written, and with `clear` there is no half-typed line any more.

        Raises ValueError where no call was begun.
        """
        self._step()
        self.last_urgent = self.last
        self._add(entries)
        if clear:
            self.half_line = HalfLine(None, False, self.last)

    def keep(self, text: str | None, private: bool) -> None:
        """This is the half-typed line now. Raises ValueError where no call was begun."""
        self._step()
        self.half_line = HalfLine(text, private, self.last)

    def since(self, number: int) -> Batch:
        """What came after the step of that number; since 0 it is the whole call."""
        half = self.half_line
        return Batch(
            record=self.record if self._record_number > number else None,
            new_contact=self.new_contact,
            entries=tuple(self._entries[bisect_right(self._numbers, number) :]),
            half_line=half if half and half.number > number else None,
            upto=self.last,
        )

    def lines_since(self, number: int) -> int:
        """How many lines came after the step of that number."""
        return len({entry.line for entry in self._entries[bisect_right(self._numbers, number) :]})

    def _step(self) -> None:
        if self.record is None:
            raise ValueError("no call was begun")
        self.last += 1

    def _add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._entries.append(entry)
            self._numbers.append(self.last)
