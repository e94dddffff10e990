"""A disk that falls ill under a command: a sentence, the right exit code, nothing half-made."""

import shutil
import sys
from pathlib import Path

import pytest

from sick_disk import sweep


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"), reason="wants Linux and a C compiler"
)
def test_no_error_of_the_disk_kills_or_loses_anything(tmp_path: Path) -> None:
    names = ["recovery", "backup", "export", "restore"]
    found = sweep(names, ["ENOSPC"], 150, tmp_path)

    assert all(trials > 1 for trials, _ in found.values())
    assert {name: faults for name, (_, faults) in found.items() if faults} == {}
