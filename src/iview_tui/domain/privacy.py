"""Which entries of a log are private, whether they count or not."""

from collections.abc import Iterable, Sequence

from iview_tui.domain.entry import WORDS, Entry, Kind
from iview_tui.domain.log import taken_back


def private_ids(log: Sequence[Entry]) -> frozenset[str]:
    """Ids of the private entries, those taken back included."""
    own = {entry.id for entry in log if entry.private}
    return (made_private(log) | own) - _opened(log)


def _opened(log: Sequence[Entry]) -> frozenset[str]:
    """Ids of the entries of which it was said last that they are not private after all."""
    retracted = taken_back(log)
    found: set[str] = set()
    for entry in log:
        if entry.about and entry.id not in retracted:
            if entry.kind is Kind.PUBLIC:
                found.add(entry.about)
            elif entry.kind is Kind.PRIVATE:
                found.discard(entry.about)
    return frozenset(found)


def made_private(log: Sequence[Entry]) -> frozenset[str]:
    """Ids of the entries that `/private` made private.

    What was taken back stays private although its `/private` was taken back as well: nobody said
    that it may be read.
    """
    retracted = taken_back(log)
    found: set[str] = set()
    mode = typed_in_private = False
    latest: str | None = None
    for entry in log:
        if entry.kind is Kind.PRIVATE:
            typed_in_private, latest = True, entry.id
            mode = mode or entry.id not in retracted
            if entry.about and (entry.id not in retracted or entry.about in retracted):
                found.add(entry.about)
        elif entry.kind is Kind.PUBLIC and not entry.about and entry.id not in retracted:
            mode = typed_in_private = False
        elif entry.kind is Kind.UNDO and entry.about == latest:
            typed_in_private = mode
        elif entry.kind in WORDS and (mode or (typed_in_private and entry.id in retracted)):
            found.add(entry.id)
    return frozenset(found) - _opened(log)


def with_all_about(log: Iterable[Entry], ids: frozenset[str]) -> frozenset[str]:
    """The ids, and those of everything that is said about them, or about that."""
    found = set(ids)
    for entry in log:
        if entry.about in found:
            found.add(entry.id)
    return frozenset(found)
