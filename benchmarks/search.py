"""Search as one types over a million notes, beside a raw FTS5 query; and all talks compared."""

import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.figures import Samples
from benchmarks.library import library
from iview_tui.clock import SystemClock
from iview_tui.services.search import PAGE, Search

INTERVIEWS, NOTES = 10_000, int(os.environ.get("IVIEW_BENCH_NOTES", "1000000"))
TYPED = (
    "people",
    "plan team",
    "transit budget",
    "certificate",
    "the work",
    "councilor",
    "degree p",
)
"""What is typed, letter by letter."""
RAW = (
    "SELECT e.uuid, e.kind, e.text, e.stamp, e.topic, i.uuid, i.connected_at, c.name"
    " FROM (SELECT rowid AS hit FROM search WHERE search MATCH ? AND rowid < ?"
    "  ORDER BY rowid DESC LIMIT ?)"
    " JOIN entry e ON e.id = hit JOIN interview i ON i.id = e.interview_id"
    " LEFT JOIN contact c ON c.id = i.contact_id ORDER BY e.id DESC"
)
"""The same hits by FTS5 alone: no edits, nothing taken back, no private entries, no people."""


def search() -> tuple[Samples, Samples]:
    """Milliseconds from a key to what is found, and of the raw query for the same words."""
    path = library(INTERVIEWS, NOTES)
    queries = [text[:end] for text in TYPED for end in range(2, len(text) + 1)]
    ours: list[float] = []
    twin: list[float] = []
    with (
        Search(path, SystemClock()) as opened,
        contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as raw,
    ):
        for query in queries:
            began = time.perf_counter()
            opened.find(query)
            ours.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            raw.execute(RAW, (_match(query), 1 << 40, PAGE)).fetchall()
            twin.append((time.perf_counter() - began) * 1000)
    return {"find": ours}, {"find": twin}


def _match(query: str) -> str:
    return " AND ".join(f'"{word}"' + "*" * (len(word) > 1) for word in query.split())


def compare() -> tuple[Samples, Samples]:
    """Milliseconds of `iview compare` over a thousand talks, and over ten."""
    large, small = library(1000, 100_000), library(10, 1000)
    ours: list[float] = []
    twin: list[float] = []
    for _ in range(5):
        ours.append(_command(large))
        twin.append(_command(small))
    return {"compare": ours}, {"compare": twin}


def _command(path: Path) -> float:
    began = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "iview_tui", "compare", "--db", str(path)],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return (time.perf_counter() - began) * 1000
