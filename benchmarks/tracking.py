"""The tracker's figures on labelled interviews: `python -m benchmarks tracking FOLDER`.

The program ships weights that were learned from the very interviews in such a folder, so what is
measured on them flatters it. The column that counts is *left out*: each interview read by weights
that never saw it, as written down at training (training/report.json).
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from iview_tui.domain.guide import Topic
from iview_tui.services.guides import bank_topics
from iview_tui.services.tracker import Tracker, knowledge, learned_table, map_question

REPORT = Path(__file__).parents[1] / "training" / "report.json"
SETTINGS = {
    "typed_marked": (False, True),
    "typed_bare": (False, False),
    "spoken_marked": (True, True),
    "spoken_bare": (True, False),
}
"""A setting, and whether lines are spoken and questions marked."""
TABLE = (
    ("notes, question known: suggestions", ("typed_marked", "precision", "recall"), "0.90 / 0.60"),
    ("the same: first guess / among three", ("typed_marked", "first", "three"), "0.76 / 0.92"),
    ("notes, no question known: first guess", ("typed_bare", "first"), "0.60"),
    ("captions, no key at all: suggestions", ("spoken_bare", "precision", "recall"), "0.90 / 0.35"),
    ("captions, question known", ("spoken_marked", "precision", "recall"), "0.88 / 0.50"),
    ("question recognized in captions", ("heard", "precision", "recall"), "0.90 / 0.65"),
    ("answered though never asked", ("typed_marked", "passing_precision", "passing_recall"),
     "0.90 / 0.50"),
    ("the same in captions", ("spoken_bare", "passing_precision", "passing_recall"), ""),
    ("coverage, asked and taken", ("typed_marked", "cover_precision", "cover_recall"),
     "0.97 / 0.85"),
    ("own question to bank topic: first / two", ("mapping", "first", "two"), "0.82 / 0.93"),
    ("left the topic: precision / recall", ("typed_marked", "left_precision", "left_recall"),
     "0.70 / 0.70"),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One line with what was thought of it and what is true."""

    interview: str
    topics: tuple[str, ...]
    accepted: frozenset[str]
    """What a reader would have taken as right."""
    ranked: tuple[str, ...]
    suggested: str | None
    moved_on: bool
    treated: tuple[str, ...]
    """What was last asked."""
    question: bool = False


@dataclass(frozen=True)
class Call:
    """What is known of a whole call."""

    asked: frozenset[str]
    maybe: frozenset[str]
    """Thought to be answered though never asked."""


def ratio(part: float, whole: float) -> float:
    """A rounded share; 0 of nothing."""
    return round(part / whole, 3) if whole else 0.0


def figures(lines: Sequence[Line], calls: dict[str, Call], need: int) -> dict[str, float]:
    """The figures of one setting; `need` lines of a topic make it treated."""
    lines = [line for line in lines if not line.question]
    return {**suggestions(lines), **guesses(lines), **departures(lines),
            **coverage(lines, calls, need), "lines": len(lines)}  # fmt: skip


def suggestions(lines: Sequence[Line]) -> dict[str, float]:
    """How many suggestions are acceptable, how many labels are met."""
    made = [line for line in lines if line.suggested]
    return {
        "precision": ratio(sum(line.suggested in line.accepted for line in made), len(made)),
        "recall": ratio(sum(line.suggested in line.topics for line in made),
                        sum(len(line.topics) for line in lines)),
    }  # fmt: skip


def guesses(lines: Sequence[Line]) -> dict[str, float]:
    """How often the right topic is first, among two, among three."""
    about = [line for line in lines if line.topics]
    return {
        name: ratio(sum(bool({*line.ranked[:most]} & {*line.topics}) for line in about), len(about))
        for name, most in (("first", 1), ("two", 2), ("three", 3))
    }


def departures(lines: Sequence[Line]) -> dict[str, float]:
    """How well it is seen that the talk left what was asked."""
    asked = [line for line in lines if line.treated]
    left = {id(line) for line in asked if not {*line.treated} & line.accepted}
    said = [line for line in asked if line.moved_on]
    right = sum(id(line) in left for line in said)
    return {"left_precision": ratio(right, len(said)), "left_recall": ratio(right, len(left))}


def coverage(lines: Sequence[Line], calls: dict[str, Call], need: int) -> dict[str, float]:
    """Topics that came up though nobody asked, and all topics that were treated."""
    passing, covered = [0, 0, 0], [0, 0, 0]
    for name, call in calls.items():
        mine = [line for line in lines if line.interview == name]
        if not mine:
            continue
        times: dict[str, int] = {}
        for line in mine:
            for topic in line.topics:
                times[topic] = times.get(topic, 0) + 1
        treated = {topic for topic, count in times.items() if count >= need}
        doubtful = {topic for line in mine for topic in line.accepted} - treated
        taken = {line.suggested for line in mine if line.suggested}
        _count(passing, call.maybe - call.asked - doubtful, treated - call.asked)
        _count(covered, ((call.asked & {*times}) | taken) - doubtful, treated)
    return {
        "passing_precision": ratio(passing[0], passing[1]),
        "passing_recall": ratio(passing[0], passing[2]),
        "cover_precision": ratio(covered[0], covered[1]),
        "cover_recall": ratio(covered[0], covered[2]),
    }


def _count(into: list[int], found: Iterable[Any], true: set[str]) -> None:
    said = set(found)
    for at, many in enumerate((len(said & true), len(said), len(true))):
        into[at] += many


def usable(row: dict[str, Any], text: str) -> bool:
    """Whether an utterance is long enough to be judged."""
    count = len(text.split())
    return count >= 8 if row["spk"] == "A" else 4 <= count <= 90


def topics_of(row: dict[str, Any]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The labels of a row, and all that are acceptable."""
    topics = tuple(label for label in row["labels"] if label != "none")
    return topics, frozenset((*topics, *row["also"])) - {"none"}


class Folder:
    """Labelled interviews: utterances in order and the notes of them."""

    def __init__(self, folder: Path) -> None:
        def rows(name: str) -> Iterator[dict[str, Any]]:
            for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
                yield json.loads(line)

        self.text = {row["id"]: row["text"] for row in rows("text")}
        order = {name: at for at, name in enumerate(self.text)}
        self.rows = sorted(rows("labels"), key=lambda row: order[row["id"]])
        self.note_text = {row["of"]: row["text"] for row in rows("notes_text")}
        self.notes = {row["of"]: row for row in rows("notes_labels")}
        self.keys = tuple(topic.key for topic in bank_topics())

    def follow(self, setting: str) -> tuple[list[Line], dict[str, Call]]:
        """Every call, followed as it happens."""
        lines: list[Line] = []
        calls: dict[str, Call] = {}
        for name in sorted({row["iv"] for row in self.rows}):
            rows = [row for row in self.rows if row["iv"] == name]
            tracker = Tracker([Topic(n, key, key, key=key) for n, key in enumerate(self.keys, 1)])
            lines += self._call(tracker, rows, *SETTINGS[setting])
            asked = {t for row in rows if row["spk"] == "Q" for t in topics_of(row)[0]}
            maybe = {self.keys[number - 1] for number in tracker.probably_answered()}
            calls[name] = Call(frozenset(asked), frozenset(maybe))
        return lines, calls

    def _call(self, tracker: Tracker, rows: list[dict[str, Any]], spoken: bool,
              marked: bool) -> Iterator[Line]:  # fmt: skip
        treated: tuple[str, ...] = ()
        for row in rows:
            question, text = row["spk"] == "Q", self.text[row["id"]]
            topics, accepted = topics_of(row)
            if question:
                treated = topics or treated
                if marked and topics:
                    tracker.asked(self.keys.index(topics[0]) + 1, row["t"])
                if marked or not spoken:
                    continue
            elif not spoken:
                if row["id"] not in self.notes:
                    continue
                topics, accepted = topics_of(self.notes[row["id"]])
                text = self.note_text[row["id"]]
            if spoken and not usable(row, text):
                continue
            # A question that was marked is not read, so a marked call tells no speakers apart.
            reading = tracker.read(text, row["t"], row["spk"] if spoken else None)
            suggested = reading.suggestion and self.keys[reading.suggestion - 1]
            yield Line(row["iv"], topics, accepted,
                       tuple(self.keys[number - 1] for number, _ in reading.shares),
                       suggested or None, reading.moved_on, treated, question)  # fmt: skip

    def mapping(self) -> dict[str, float]:
        """How often an interviewer's question is mapped to its topic, by its words alone."""
        hits, count = [0, 0], 0
        for row in self.rows:
            topics, _ = topics_of(row)
            text = self.text[row["id"]]
            if row["spk"] != "Q" or not topics or not usable(row, text):
                continue
            found = [key for key, _ in map_question(text)]
            count += 1
            for at in (0, 1):
                hits[at] += bool({*found[: at + 1]} & {*topics})
        return {"first": ratio(hits[0], count), "two": ratio(hits[1], count)}


def measured(folder: Path) -> dict[str, dict[str, float]]:
    """All figures of the shipped weights on a folder."""
    data = Folder(folder)
    out: dict[str, dict[str, float]] = {"mapping": data.mapping()}
    for setting, (spoken, _) in SETTINGS.items():
        lines, calls = data.follow(setting)
        out[setting] = figures(lines, calls, 2 if spoken else 1)
        if setting == "spoken_bare":
            out["heard"] = suggestions([line for line in lines if line.question])
    return out


def speed(folder: Path) -> dict[str, float]:
    """Milliseconds: what a start takes, and one note against thirty topics."""
    keys = [*(topic.key for topic in bank_topics()), *[None] * 14]
    topics = [Topic(n, f"Topic {n}", f"Question {n}?", key=key) for n, key in enumerate(keys, 1)]
    knowledge.cache_clear()
    learned_table.cache_clear()
    began = time.perf_counter()
    tracker = Tracker(topics)
    start = time.perf_counter() - began
    taken = []
    for text in Folder(folder).note_text.values():
        began = time.perf_counter()
        tracker.read(text, 60.0)
        taken.append(time.perf_counter() - began)
    taken.sort()
    return {"start": start * 1e3, "p50": taken[len(taken) // 2] * 1e3,
            "p99": taken[int(len(taken) * 0.99)] * 1e3}  # fmt: skip


def table(shipped: dict[str, dict[str, float]], apart: dict[str, dict[str, float]]) -> list[str]:
    """The lines to print."""

    def cell(found: dict[str, dict[str, float]], where: tuple[str, ...]) -> str:
        row = found.get(where[0], {})
        return " / ".join(f"{row[name]:.2f}" for name in where[1:] if name in row) or "-"

    lines = [f"{'measure':<44}{'left out':<16}{'goal':<16}as shipped (has seen them)"]
    for name, where, goal in TABLE:
        lines.append(f"{name:<44}{cell(apart, where):<16}{goal:<16}{cell(shipped, where)}")
    return lines


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks tracking", description=__doc__)
    parser.add_argument("folder", type=Path, help="labelled interviews (text.jsonl, labels.jsonl)")
    args = parser.parse_args(argv)
    if not (args.folder / "labels.jsonl").is_file():
        print(f"{args.folder}: no labels.jsonl there", file=sys.stderr)
        return 3
    apart = json.loads(REPORT.read_text(encoding="utf-8")) if REPORT.is_file() else {}
    print("\n".join(table(measured(args.folder), apart)))
    took = speed(args.folder)
    print(f"{'start of the tracker':<44}{took['start']:.0f} ms{'':<11}30 ms")
    print(f"{'one note against 30 topics, p50 / p99':<44}{took['p50']:.2f} / {took['p99']:.2f} ms"
          f"{'':<3}p99 2 ms")  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
