"""What the pages say can be typed: every command in them is one that the program takes."""

import re
import shlex
from pathlib import Path

import pytest

from iview_tui.cli.main import build_parser

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
SYNOPSIS = re.compile(r"[\[\]|<>]|\.\.\.| SCRIPT| PATH| ID\b| NAME")
BEHIND = re.compile(r"\s+#.*|\s{2,}.*")
"""What a line of commands says behind the command."""


def commands(page: Path) -> list[str]:
    """Lines of code that begin with `iview`; those with alternatives are a synopsis."""
    found = []
    for line in page.read_text(encoding="utf-8").splitlines():
        if re.match(r"(?: {4})?iview ", line):
            command = BEHIND.sub("", line.strip())
            if " " in command and not SYNOPSIS.search(command):
                found.append(command)
    return found


@pytest.mark.parametrize(
    "command", sorted({command for page in PAGES for command in commands(page)})
)
def test_a_command_of_the_pages_is_taken(command: str) -> None:
    words = shlex.split(command, comments=True)[1:]
    parser, _ = build_parser(words[0])

    known, unknown = parser.parse_known_args(words)
    assert unknown == []
    assert callable(known.run)


def test_there_are_commands_to_look_at() -> None:
    assert sum(len(commands(page)) for page in PAGES) > 20


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_points_to_is_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []
