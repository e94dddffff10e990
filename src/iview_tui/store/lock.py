"""One process writes: it holds the lock of a file of its own beside the database.

Never the lock of the database itself, which the system drops when any descriptor of it is closed.
The system drops this one when the process ends, however it ends, so a crash leaves nothing behind.
"""

import contextlib
import fcntl
import json
import os
from pathlib import Path

from iview_tui.domain.value import value
from iview_tui.store.errors import BusyDatabase, explain


@value
class Holder:
    """Who holds a lock."""

    pid: int
    what: str
    """In words that follow "by": the call with Priya Raghunathan."""


class Lock:
    """A lock that is held until `release`, or the end of the process."""

    def __init__(self, descriptor: int, what: str) -> None:
        self._descriptor = descriptor
        self.describe(what)

    def describe(self, what: str) -> None:
        """Say anew what the lock is held for."""
        text = json.dumps({"pid": os.getpid(), "what": what}).encode()
        with contextlib.suppress(OSError):  # on a full disk the lock holds without its words
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, text, 0)

    def release(self) -> None:
        """Let it go; the file stays, for others may be waiting with it open."""
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> "Lock":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def hold(path: Path, what: str) -> Lock:
    """Take the lock at once or not at all; `what` goes into the message for others.

    Raises BusyDatabase that names the holder, UnwritableDatabase where no lock file can be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise explain(error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        found = _read(descriptor)
        os.close(descriptor)
        if not isinstance(error, BlockingIOError):
            raise explain(error) from error
        raise BusyDatabase(_refusal(found)) from error
    return Lock(descriptor, what)


def holder(path: Path) -> Holder | None:
    """Who holds the lock, or None. Makes nothing."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return _read(descriptor) or Holder(0, "another program")
    except OSError:
        return None
    finally:
        os.close(descriptor)
    return None


def _read(descriptor: int) -> Holder | None:
    try:
        found = json.loads(os.pread(descriptor, 4096, 0))
        return Holder(int(found["pid"]), str(found["what"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _refusal(found: Holder | None) -> str:
    if found is None:
        return "The database is being written by another iview."
    return f"The database is being written by {found.what} (process {found.pid})."
