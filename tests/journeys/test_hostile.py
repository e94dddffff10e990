"""Hostile lines typed into a whole call, and through every door: they give orders to nobody."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from hostile import FOREIGN, send, texts
from iview_tui.domain.text import clean
from terminal import IVIEW, PATIENCE

MANY = 300


def lines() -> list[str]:
    """Those that a line of standard input can hold."""
    given = (text.replace("\n", " ").rstrip("\r") for text in texts(MANY, seed=7))
    return [f"note {text}".encode("utf-8", "replace").decode() for text in given]


def run(home: Path, *arguments: str, given: str = "") -> str:
    done = subprocess.run(
        [str(IVIEW), *arguments], capture_output=True, check=False, input=given.encode(),
        timeout=PATIENCE * 3, env={**os.environ, "IVIEW_HOME": str(home), "LANG": "C.UTF-8"},
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    for stream in (done.stdout, done.stderr):
        assert b"Traceback" not in stream
        assert not FOREIGN.search(stream.decode())
    return done.stdout.decode()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a call lies that had all of them."""
    made = tmp_path_factory.mktemp("hostile")
    typed = "\n".join(["", *lines(), "/end", "/quit", ""])
    run(made, "live", "--plain", "--with", "Ann \x1b]52;c;aGk=\x07\u202e Lee", given=typed)
    return made


def test_every_text_comes_back_exactly(home: Path) -> None:
    call = json.loads(run(home, "export", "last", "--format", "json", "--with-private"))
    kept = [e["text"] for e in call["entries"] if (e["text"] or "").startswith("note")]

    assert kept == [clean(line).strip() for line in lines()]


def test_the_page_is_clean(home: Path) -> None:
    assert "### 1" in run(home, "export", "last", "--format", "md", "--with-private")


def test_no_door_lets_any_of_it_do_harm(tmp_path: Path) -> None:
    assert send(texts(50, seed=3), tmp_path).faults == {}
