"""What of a log counts: entries taken back, arrowed past, filed elsewhere or worded anew."""

from collections.abc import Sequence
from dataclasses import replace

from iview_tui.domain.coverage import ASKED_AFTER
from iview_tui.domain.entry import NOT_UNDONE, Entry, Kind
from iview_tui.domain.value import value

CHANGES_THE_PAST = frozenset({Kind.UNDO, Kind.REDO, Kind.FILE, Kind.REVISION})
"""Kinds after which the log has to be folded from its beginning."""
NEVER_COUNT = frozenset({Kind.UNDO, Kind.REDO, Kind.SHOWN})
"""Kinds that change nothing by themselves."""
BESIDE = frozenset({Kind.SHOWN, Kind.SLEEP})
"""Kinds that nobody typed: they part no two moves."""


@value
class Standing:
    """A log as it stands now."""

    counting: tuple[Entry, ...]
    """What counts, in the order of the log, under its present topic and in its present wording;
    what was shown is in the log alone."""
    retracted: frozenset[str]
    """Ids of what was taken back."""
    passed: frozenset[str]
    """Ids of moves that the next move replaced: as if never made."""


def standing(log: Sequence[Entry]) -> Standing:
    """Which entries count after everything that was said about them later."""
    passed = _passed(log)
    retracted = taken_back(log)
    later: dict[str | None, list[Entry]] = {}
    for entry in log:
        if entry.kind in (Kind.FILE, Kind.REVISION) and entry.id not in retracted:
            later.setdefault(entry.about, []).append(entry)
    left_out = retracted | passed
    counting = tuple(
        _as_it_stands(entry, later.get(entry.id, ()))
        for entry in log
        if entry.id not in left_out and entry.kind not in NEVER_COUNT
    )
    return Standing(counting, retracted, passed)


def _as_it_stands(entry: Entry, later: Sequence[Entry]) -> Entry:
    """An entry after it was filed elsewhere, as something else, or worded anew."""
    wording: str | None = None
    for anew in later:
        if anew.kind is Kind.REVISION:
            wording = anew.text
        else:
            entry = replace(entry, topic=anew.topic)
            if kind := anew.value.get("kind"):
                entry = replace(entry, kind=Kind(kind), text=anew.text)
    return entry if wording is None else replace(entry, text=wording)


def taken_back(log: Sequence[Entry]) -> frozenset[str]:
    """Ids of the entries that were taken back and not put back again."""
    by_id = {entry.id: entry for entry in log}
    lines: set[int] = set()
    for entry in log:
        if entry.kind is Kind.UNDO and entry.about in by_id:
            lines.add(by_id[entry.about].line)
        elif entry.kind is Kind.REDO and entry.about in by_id:
            undone = by_id[by_id[entry.about].about or ""]
            lines.discard(undone.line)
    return frozenset(
        e.id for e in log if e.retracted or (e.line in lines and e.kind not in NOT_UNDONE)
    )


def has_ended(log: Sequence[Entry]) -> bool:
    """Whether the call of a log is over."""
    retracted = taken_back(log)
    return any(e.kind is Kind.END and e.id not in retracted for e in log)


def merges(last: Entry | None, entry: Entry) -> bool:
    """Whether a move replaces the one before: moves within ten seconds are one entry."""
    return (
        last is not None
        and last.kind is entry.kind is Kind.GO
        and entry.entered - last.entered < ASKED_AFTER
    )


def _passed(log: Sequence[Entry]) -> frozenset[str]:
    passed = set()
    last: Entry | None = None
    for entry in log:
        if entry.kind in BESIDE:
            continue
        if last is not None and merges(last, entry):
            passed.add(last.id)
        last = entry
    return frozenset(passed)


def to_undo(log: Sequence[Entry]) -> Entry | None:
    """The first entry of the latest line that can be taken back."""
    retracted = taken_back(log)
    passed = _passed(log)
    open_ = [
        e for e in log if e.id not in retracted and e.id not in passed and e.kind not in NOT_UNDONE
    ]
    if not open_:
        return None
    line = open_[-1].line
    return next(entry for entry in open_ if entry.line == line)


def to_redo(log: Sequence[Entry]) -> Entry | None:
    """The undo that a redo takes back: the latest, where nothing was written since."""
    undone: list[Entry] = []
    for entry in log:
        if entry.kind is Kind.UNDO:
            undone.append(entry)
        elif entry.kind is Kind.REDO:
            undone = [undo for undo in undone if undo.id != entry.about]
        elif entry.kind not in NOT_UNDONE and not entry.retracted:
            undone = []
    return undone[-1] if undone else None
