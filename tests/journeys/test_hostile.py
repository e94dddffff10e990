"""Hostile lines typed into a whole call: nothing of them gives an order to anybody."""

import json
import os
import random
import re
import subprocess
from pathlib import Path

import pytest

from iview_tui.domain.text import clean
from terminal import IVIEW, PATIENCE

PIECES = (
    "\x1b[2J", "\x1b]52;c;aGk=\x07", "\x1b]0;title\x07", "\x9b31m", "\x1bP1$r\x1b\\", "\x07",
    "\x08",
    "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\x85", "\x00", "\x7f", "[/]",
    "[@click=app.quit]x[/]",
    "[bold red]", "=cmd|'/c calc'!A0", "+1+1", "-2", "@SUM(A1)", "\t=1", "<script>x</script>",
    "](http://e.example)",
    "../../etc/passwd", "C:\\con", "%s%n", "{0.__class__}", "$name ${x}", "'; DROP TABLE entry;--",
    'AND OR NOT NEAR("', "C++", "AT&T", "50%", "O'Brien", "\u0430\u0301", "e\u0301",
    "\U0001f469\u200d\U0001f52c",
    "\u05e9\u05dc\u05d5\u05dd", "\u4f60\u597d", "\ufffe", "\U000e0041", "\u3164", "|", "`", "#",
    "> ", "---", "\\",
)  # fmt: skip
MANY = 300
FOREIGN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028\u2029]"
)


def lines() -> list[str]:
    luck = random.Random(20261124)
    return ["note " + "".join(luck.choices(PIECES, k=luck.randint(1, 6))) for _ in range(MANY)]


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
    run(made, "live", "--plain", "--with", f"Ann {PIECES[1]}{PIECES[7]} Lee", given=typed)
    return made


def test_every_text_comes_back_exactly(home: Path) -> None:
    call = json.loads(run(home, "export", "last", "--format", "json", "--with-private"))
    kept = [e["text"] for e in call["entries"] if (e["text"] or "").startswith("note")]

    assert kept == [clean(line).strip() for line in lines()]


def test_the_page_is_clean(home: Path) -> None:
    assert "O'Brien" in run(home, "export", "last", "--format", "md", "--with-private")


@pytest.mark.parametrize("piece", PIECES[19::8])
def test_anything_can_be_searched_for(home: Path, piece: str) -> None:
    run(home, "search", "--", piece.replace("\x00", ""))
