"""Libraries of any size to look through: made once, kept in the system's temporary directory."""

import itertools
import random
import string
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from iview_tui.clock import SystemClock
from iview_tui.store import rows
from iview_tui.store.database import open_to_write

KEYS = (
    "enjoy", "general_skills", "specific_skills", "training", "negatives", "entry_level",
    "alt_entry", "future",
)  # fmt: skip
STATES = ("covered", "partly", "asked", "untouched")
COMMON = (
    "the", "and", "of", "to", "a", "in", "they", "is", "for", "on", "with", "we", "at", "that",
    "it", "as", "work", "people", "years", "more", "than", "time", "need", "team", "plan", "job",
)  # fmt: skip
WORDS_OF_A_NOTE = 9


def library(interviews: int, notes: int) -> Path:
    """A database of so many interviews with as many people, and so many notes in all."""
    name = f"iview-bench-{interviews}-{notes}-{len(rows.INDEXED)}.db"
    path = Path(tempfile.gettempdir()) / name
    if not path.exists():
        building = path.with_suffix(".building")
        building.unlink(missing_ok=True)
        _build(building, interviews, notes // interviews)
        building.rename(path)
    return path


def words() -> tuple[list[str], list[float]]:
    """A vocabulary whose words are as unequally common as those of a language, and the weights."""
    chance = random.Random(1)
    roots = ("plan", "port", "cert", "train", "budget", "transit", "council", "degree", "learn")
    made = [
        (chance.choice(roots) if chance.random() < 0.3 else "")
        + "".join(chance.choices(string.ascii_lowercase, k=chance.randint(3, 7)))
        for _ in range(40_000)
    ]
    made[: len(COMMON)] = COMMON
    return made, list(itertools.accumulate(1 / (place + 2) for place in range(len(made))))


def _build(path: Path, interviews: int, notes: int) -> None:
    chance = random.Random(2)
    known, weights = words()
    with open_to_write(path, SystemClock().wall()) as database:
        raw = database.raw()
        raw.execute("PRAGMA synchronous = OFF")
        raw.execute("BEGIN")
        for number in range(1, interviews + 1):
            said = chance.choices(known, cum_weights=weights, k=notes * WORDS_OF_A_NOTE)
            _call(raw, number, interviews, chance, said)
        raw.execute("COMMIT")


def _call(raw: Any, number: int, interviews: int, chance: random.Random, said: list[str]) -> None:
    name = f"{said[0].title()} {said[1].title()} {number}"
    raw.execute(
        "INSERT INTO contact (id, uuid, name, name_key) VALUES (?, ?, ?, ?)",
        (number, f"c{number}", name, name.casefold()),
    )
    year = 2015 + number * 11 // interviews
    at = f"{year}-{1 + number % 12:02}-{1 + number % 28:02}T10:00:00+00:00"
    raw.execute(
        "INSERT INTO interview (id, uuid, contact_id, guide_title, agreed_minutes, connected_at,"
        " time_zone, origin, figures)"
        " VALUES (?1, 'i' || ?1, ?1, 'List', 30, ?2, 'Europe/Berlin', 'import', '{\"start\": 0}')",
        (number, at),
    )
    raw.executemany(
        "INSERT INTO interview_topic (interview_id, number, title, question, priority, minutes,"
        " key, state, seconds, unprompted) VALUES (?, ?, ?, ?, 'should', 2.5, ?, ?, 100, 0)",
        [
            (number, place, key.title(), f"What about {key}?", key, chance.choice(STATES))
            for place, key in enumerate(KEYS, 1)
        ],
    )
    raw.executemany(
        "INSERT INTO entry (uuid, interview_id, line, kind, entered, stamp, text, topic, value)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        list(_entries(number, chance, said)),
    )
    raw.execute("UPDATE interview SET folded = (SELECT max(id) FROM entry) WHERE id = ?", (number,))


def _entries(number: int, chance: random.Random, said: list[str]) -> Iterator[tuple[Any, ...]]:
    yield f"i{number}/0", number, 0, "start", 0, 0, "", None, '{"agreed_minutes": 30}'
    for line in range(1, len(said) // WORDS_OF_A_NOTE):
        kind = chance.choice(("note", "note", "note", "note", "quote", "jargon"))
        first = line * WORDS_OF_A_NOTE
        text = " ".join(said[first : first + WORDS_OF_A_NOTE])
        at = line * 10
        yield f"i{number}/{line}", number, line, kind, at, at, text, chance.randint(1, 8), "{}"
