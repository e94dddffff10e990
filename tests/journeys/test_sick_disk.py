"""A disk that falls ill under a command: a sentence, the right exit code, nothing half-made."""

import shutil
import sys
from pathlib import Path

import pytest

from sick_disk import sweep


@pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("cc"), reason="wants Linux and a C compiler"
)
@pytest.mark.parametrize("name", ["recovery", "backup", "export", "restore"])
def test_no_error_of_the_disk_kills_or_loses_anything(name: str, tmp_path: Path) -> None:
    trials, faults = sweep([name], ["ENOSPC"], 150, tmp_path)[name]

    assert trials > 1
    assert faults == []
