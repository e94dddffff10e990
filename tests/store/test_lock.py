import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from iview_tui.store import lock
from iview_tui.store.errors import BusyDatabase, UnwritableDatabase

HOLD = """
import sys
from pathlib import Path
from iview_tui.store import lock
held = lock.hold(Path(sys.argv[1]), "the call with Priya Raghunathan")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "iview.db.lock"


def other_process(place: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, place], stdin=-1, stdout=-1, text=True)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_the_second_is_refused_by_name(place: Path) -> None:
    with other_process(place) as process:
        with pytest.raises(BusyDatabase, match=f"the call with Priya.*process {process.pid}"):
            lock.hold(place, "people add")
        holder = lock.holder(place)
        process.kill()

    assert holder == lock.Holder(process.pid, "the call with Priya Raghunathan")


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_a_crash_leaves_it_harmless(place: Path, end: signal.Signals) -> None:
    with other_process(place) as process:
        process.send_signal(end)
        process.wait()
        assert lock.holder(place) is None
        with lock.hold(place, "another call"):
            assert lock.holder(place) == lock.Holder(os.getpid(), "another call")


def test_a_released_lock_says_nobody(place: Path) -> None:
    assert lock.holder(place) is None
    held = lock.hold(place, "a call")
    held.describe("the call with Dele Okonjo")
    with pytest.raises(BusyDatabase, match="Dele Okonjo"):
        lock.hold(place, "another")
    held.release()
    held.release()

    assert lock.holder(place) is None
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_place_without_a_lock_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableDatabase):
        lock.hold(tmp_path / "file" / "lock", "a call")


def test_a_lock_whose_words_are_missing_still_holds(place: Path) -> None:
    with lock.hold(place, "a call"):
        os.truncate(place, 0)
        with pytest.raises(BusyDatabase, match="another iview"):
            lock.hold(place, "another")
