"""What is learned from: the free notes and questions here, and interviews in a folder elsewhere."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from iview_tui.domain.tracking.words import Cues, features, read_cues, read_shorthand, words_of

HERE = Path(__file__).parent / "data"
BANK = Path(__file__).parents[1] / "src" / "iview_tui" / "domain" / "bank" / "tracking"
KEYS = (
    "enjoy", "general_skills", "specific_skills", "training", "negatives", "entry_level",
    "alt_entry", "future", "additional", "org_goals", "org_development", "positions_held",
    "present_job", "career_path", "referrals", "prof_orgs", "none",
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A text with what it is about."""

    text: str
    labels: tuple[str, ...]
    also: tuple[str, ...]
    interview: str | None = None
    """None for what was written, which belongs to no interview."""
    t: float = 0.0
    speaker: str = "A"
    of: str = ""
    """The utterance that it is, or is a note of."""

    @property
    def topics(self) -> tuple[str, ...]:
        """The labels without *none*."""
        return tuple(label for label in self.labels if label != "none")

    @property
    def accepted(self) -> frozenset[str]:
        """What a reader would have taken as right."""
        return frozenset((*self.topics, *self.also)) - {"none"}

    @property
    def usable(self) -> bool:
        """Whether it is long enough to be judged."""
        count = len(self.text.split())
        return count >= 8 if self.speaker == "A" else 4 <= count <= 90


def lines(path: Path) -> list[dict]:
    """The objects of a JSON lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def written(name: str) -> list[Sample]:
    """`written_notes`, `written_questions` or `paraphrases`."""
    return [
        Sample(row["text"], tuple(row["labels"]), tuple(row["also"]))
        for row in lines(HERE / f"{name}.jsonl")
    ]


def notes() -> list[Sample]:
    """The typed notes of real interviews."""
    labels = {row["id"]: row for row in lines(HERE / "notes_labels.jsonl")}
    return [
        Sample(row["text"], tuple(labels[row["id"]]["labels"]), tuple(labels[row["id"]]["also"]),
               row["iv"], row["t"], "A", row["of"])
        for row in lines(HERE / "notes_text.jsonl")
    ]  # fmt: skip


def utterances(folder: Path) -> list[Sample]:
    """What was said, in order; the folder is not part of the project."""
    text = {row["id"]: row["text"] for row in lines(folder / "text.jsonl")}
    order = {key: at for at, key in enumerate(text)}
    rows = sorted(lines(folder / "labels.jsonl"), key=lambda row: order[row["id"]])
    return [
        Sample(text[row["id"]], tuple(row["labels"]), tuple(row["also"]), row["iv"], row["t"],
               row["spk"], row["id"])
        for row in rows
    ]  # fmt: skip


@cache
def shorthand() -> dict[str, str]:
    """The bank's shorthand."""
    return read_shorthand((BANK / "shorthand.txt").read_text(encoding="utf-8"))


@cache
def cues(name: str) -> Cues:
    """The bank's cues, of answers or of questions."""
    return read_cues((BANK / f"{name}_cues.txt").read_text(encoding="utf-8"))


@cache
def found(text: str, kind: str, pairs: bool) -> frozenset[str]:
    """The features of a text."""
    return frozenset(features(words_of(text, shorthand()), cues(kind), pairs=pairs))
