"""Where the data of a command goes: standard output, or a new file that only its owner reads."""

import contextlib
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from iview_tui.cli.codes import DONE, FAILED, say
from iview_tui.domain.text import bounded, one_line

LONGEST_NAME, MOST_BYTES = 80, 200
"""Characters of a file name, and its bytes: well below the 255 that file systems take."""


def put(text: str, target: str, name: str, *, force: bool = False) -> int:
    """Write to a file, into a directory under `name`, or to standard output (`-`).

    A file appears whole or not at all, 0600, and over another one only with `force`. Gives back
    the exit code, the reason said.
    """
    if target == "-":
        sys.stdout.write(text)
        return DONE
    path = Path(target)
    try:
        if path.is_dir():
            path = path / name
        if path.exists() and not path.is_file():
            return say(f"{one_line(str(path), 200)} is not a file", FAILED)
        _write(path, text.encode("utf-8"), force=force)
    except FileExistsError:
        shown = one_line(str(path), 200)
        return say(f"{shown} is there already; --force writes over it", FAILED)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return say(f"{one_line(str(path), 200)} cannot be written: {reason.lower()}", FAILED)
    return DONE


def put_all(files: Mapping[str, str], target: str, *, force: bool = False) -> int:
    """Write texts by their names into a directory, or one as `put` does.

    None is written where one of them may not be.
    """
    directory = Path(target)
    apart = target != "-" and directory.is_dir()
    if apart and any(is_taken(str(directory / name), force=force) for name in files):
        return FAILED
    for name, text in files.items():
        code = put(text, target, name, force=force)
        if code != DONE:
            return code
    return DONE


def put_directory(files: Mapping[str, str], target: Path) -> int:
    """Write texts by their names into a new directory, 0700, which appears whole or not at all."""
    made = None
    try:
        if target.exists() or target.is_symlink():
            return say(f"{shown(target)} is there already and stays as it is", FAILED)
        made = Path(tempfile.mkdtemp(prefix=".iview-", dir=target.parent))  # 0700
        for name, text in files.items():
            _write(made / name, text.encode("utf-8"), force=False)
        made.rename(target)
        made = None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return say(f"{shown(target)} cannot be made: {reason.lower()}", FAILED)
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
    return DONE


def is_taken(target: str, *, force: bool = False) -> bool:
    """Whether a file is there that may not be written over, which is said then."""
    taken = target != "-" and not force and Path(target).is_file()
    if taken:
        say(f"{shown(Path(target))} is there already; --force writes over it")
    return taken


def shown(path: Path) -> str:
    """A path as it may stand in a sentence."""
    return one_line(str(path), 200)


def file_name(*parts: str | None, suffix: str) -> str:
    """A file name of what a person typed: letters, digits, blanks, `-` and `_`; never hidden."""
    said = " ".join(part for part in parts if part)
    plain = re.sub(r"[^\w\s-]|\s+", " ", one_line(said))
    name = bounded(" ".join(plain.split()), LONGEST_NAME)
    while len(name.encode()) > MOST_BYTES:
        name = bounded(name, len(name) - 1)
    return f"{name.strip() or 'interview'}.{suffix}"


def _write(path: Path, data: bytes, *, force: bool) -> None:
    """Write beside, sync, and give it its name. Raises OSError, and leaves nothing behind then."""
    descriptor, made = tempfile.mkstemp(prefix=".iview-", dir=path.parent)  # 0600
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _name(Path(made), path, force=force)
    finally:
        with contextlib.suppress(OSError):
            Path(made).unlink(missing_ok=True)


def _name(made: Path, path: Path, *, force: bool) -> None:
    if force:
        made.replace(path)
        return
    try:
        os.link(made, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists() or path.is_symlink():
            raise FileExistsError(path) from None
        made.rename(path)
