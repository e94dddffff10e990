"""Every error of a disk, at every call that a command makes of it: nothing dies, nothing is lost.

`make faults` sweeps them all and prints figures; a test run takes a few. It wants Linux and a C
compiler: the errors are put under SQLite too, by a library that is loaded before libc.
"""

import argparse
import contextlib
import ctypes
import errno
import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
ERRORS = ("ENOSPC", "EIO", "EROFS", "EACCES", "EDQUOT", "EMFILE")
TYPED = "\na first note\na second note\n/end\n/quit\n"
COMMANDS: dict[str, tuple[str, ...]] = {
    "start": ("live", "--plain", "--with", "Bo Ek", "--now"),
    "recovery": ("export", "last", "--with-private"),
    "backup": ("backup",),
    "export": ("export", "last", "--format", "md", "-o", "{home}/out/call.md"),
    "restore": ("restore",),
}
"""What is run while the disk is ill; each in a home of its own."""
SAID = (0, 1, 4)
"""Exit codes that a disk may lead to."""


Figures = tuple[int, list[str]]
"""How many trials, and what was wrong in which."""


def compiled(place: Path) -> Path:
    """The library. Raises CalledProcessError or FileNotFoundError where there is no compiler."""
    made = place / "sick_disk.so"
    command = ["cc", "-shared", "-fPIC", "-O1", "-w", "-o", str(made), str(HERE / "sick_disk.c")]
    subprocess.run([*command, "-ldl"], check=True, capture_output=True)
    return made


def sweep(
    names: Sequence[str], errors: Sequence[str], step: int, place: Path
) -> dict[str, Figures]:
    """Run it in a process with that library; trials and faults by command."""
    library = compiled(place)
    command = [sys.executable, __file__, "--inside", str(library), "--step", str(step)]
    command += ["--only", *names, "--errors", *errors]
    done = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "LD_PRELOAD": str(library), "TMPDIR": str(place)},
    )  # fmt: skip
    found: dict[str, Figures] = json.loads(done.stdout.splitlines()[-1])
    return found


# -- within the process that has the library -----------------------------------------------------


def _run(command: Sequence[str], home: Path, given: str = "") -> tuple[int, str]:
    """A command's exit code, and what it said."""
    from iview_tui.cli.main import main

    said = io.StringIO()
    os.environ["IVIEW_HOME"] = str(home)
    reading, writing = os.pipe()
    os.write(writing, given.encode())
    os.close(writing)
    os.dup2(reading, 0)
    os.close(reading)
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main([part.replace("{home}", str(home)) for part in command])
    return code, said.getvalue()


def _templates(place: Path) -> dict[str, Path]:
    """A home for each command: with a call, with a backup, with a call in a rescue file alone."""
    well = place / "well"
    (well / "out").mkdir(parents=True)
    _run(COMMANDS["start"], well, TYPED)
    _run(("backup",), well)
    rescued = place / "rescued"
    (rescued / "data").mkdir(parents=True)
    database = rescued / "data" / "iview.db"
    database.write_bytes(b"scribble" * 900)
    _run(COMMANDS["start"], rescued, TYPED)
    database.unlink()
    return {"start": place / "none", "recovery": rescued, "backup": well, "export": well,
            "restore": well}  # fmt: skip


def _trials(name: str, errors: Sequence[str], step: int, home: Path) -> Iterator[str]:
    """A word for each trial: empty, or what was wrong."""
    sick = ctypes.CDLL(None)
    templates = _templates(home)
    calls = 0
    for error in (None, *errors):
        for lasting in (0, 1) if error else (0,):
            for at in range(1, calls + 1, step) if error else (0,):
                there = home / "now"
                shutil.rmtree(there, ignore_errors=True)
                there.mkdir()
                if templates[name].exists():
                    shutil.copytree(templates[name], there, dirs_exist_ok=True)
                sick.sick_from(os.fsencode(there), at, getattr(errno, error or "EIO"), lasting)
                try:
                    code, said = _run(COMMANDS[name], there, TYPED)
                except BaseException as raised:
                    code, said = -1, f"{type(raised).__name__}: {raised}"
                calls = calls or sick.sick_seen()
                sick.sick_from(b"", 0, 0, 0)
                wrong = _wrong(name, code, said, there)
                yield (
                    f"{name}, {error} {'from' if lasting else 'at'} {at}: {wrong}" if wrong else ""
                )


def _wrong(name: str, code: int, said: str, home: Path) -> str:
    """What may not be after it, in words."""
    told = name == "recovery" and code == 3 and "waits in a rescue file" in said
    if (code not in SAID and not told) or "Traceback" in said or "iview's own" in said:
        return f"exit {code}, said {said[-300:]!r}"
    if code and not said.strip():
        return f"exit {code}, and nothing said"
    if name == "export":
        made = sorted(path.name for path in (home / "out").iterdir())
        if made not in ([], ["call.md"]) or (code == 0 and not made):
            return f"exit {code}, left {made}"
        if made and "second note" not in (home / "out" / "call.md").read_text():
            return "half an export"
    for path in (home / "data").glob("iview.db.backups/*"):
        if path.name.startswith("."):
            return f"left {path.name}"
        with closing(sqlite3.connect(path)) as opened:
            if opened.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return f"{path.name} is not whole"
    after, kept = _run(("export", "last", "--with-private"), home)
    lost = [text for text in ("a first note", "a second note") if text not in kept]
    if lost and not (name == "start" and "not saved" in said.lower()):
        return f"exit {code}; then exit {after}, lost {lost}; said {said[-300:]!r}, {kept[-200:]!r}"
    return ""


def main() -> int:
    """Sweep and print figures; an exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="+", choices=COMMANDS, default=list(COMMANDS))
    parser.add_argument("--errors", nargs="+", choices=ERRORS, default=list(ERRORS))
    parser.add_argument("--step", type=int, default=1, help="every so many calls")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sick-disk-") as place:
        if args.inside:
            found: dict[str, Figures] = {}
            for name in args.only:
                home = Path(place) / name
                home.mkdir()
                words = list(_trials(name, args.errors, args.step, home))
                found[name] = len(words), [word for word in words if word]
            print(json.dumps(found), flush=True)
            os._exit(0)  # threads that wait for a disk are not waited for
        good = True
        print("command, trials, faults")
        for name in args.only:
            trials, faults = sweep([name], args.errors, args.step, Path(place))[name]
            print(f"{name}, {trials}, {len(faults)}", *faults[:8], sep="\n  ", flush=True)
            good = good and not faults
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
