"""The wheel as it is built, installed and started: `make wheel`.

It is built once, and put with pip into an environment of its own for each Python from 3.11 on that
is there (with pipx and uv too, where they are). Each is started from another directory, in a place
with blanks and accents, and with a home that cannot be written.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from terminal import Terminal, export

ROOT = Path(__file__).parents[1]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
PLACE = "ein Ort für Zoë"
TYPED = "\na first note\n@Dele Okonjo, Metro council\n/end\n/end\n/end\n/quit\n"


def run(*command: str | Path, given: str = "", **environ: str) -> str:
    """What it says on standard output. Raises AssertionError where it fails."""
    done = subprocess.run(
        [str(part) for part in command], input=given, capture_output=True, text=True, check=False,
        cwd="/", timeout=600, env={**os.environ, **environ},
    )  # fmt: skip
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout


def built(place: Path) -> Path:
    """The wheel, which has every file of the package."""
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", place, ROOT)
    (wheel,) = place.glob("*.whl")
    source = ROOT / "src"
    files = {
        path.relative_to(source).as_posix()
        for path in (source / "iview_tui").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    missing = files - set(zipfile.ZipFile(wheel).namelist())
    assert not missing, f"not in the wheel: {sorted(missing)}"
    return wheel


def pythons() -> Iterator[Path]:
    """Those that are there and work."""
    for version in VERSIONS:
        name = f"python{version}"
        places = [*Path.home().glob(f".pyenv/versions/{version}.*/bin/{name}")]
        if found := shutil.which(name):
            places.insert(0, Path(found))
        for path in places:
            done = subprocess.run([path, "-c", "import venv"], capture_output=True, check=False)
            if done.returncode == 0:
                yield path
                break


def started(iview: Path, place: Path) -> None:
    """A call in plain mode, one in the terminal, and one where nothing can be kept."""
    home = place / "home"
    (home / "plain").mkdir(parents=True)
    assert run(iview, "--version").startswith("iview")
    assert "Dele Okonjo" in run(iview, "demo")
    run(iview, "live", "--plain", "--with", "Zoë Ærø", given=TYPED, IVIEW_HOME=str(home / "plain"))
    kept = export(home / "plain")
    assert [e["text"] for e in kept["entries"] if e["kind"] == "note"] == ["a first note"]
    assert "a first note" in run(iview, "review", "last", IVIEW_HOME=str(home / "plain"))
    with Terminal("live", "--with", "Zoë", "--now", home=home / "ünd", program=iview) as live:
        live.wait("left")
        live.line("half a word of it")
        live.wait("undoes")
        live.type("/quit\r")
        assert live.end() == 0, live.text
    (read_only := home / "read only").touch()  # a file: not even root makes a directory in it
    run(iview, "live", "--plain", "--with", "Zoë", given=TYPED, IVIEW_HOME=str(read_only))


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, install and start; a line for each Python."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", type=os.path.abspath, action="append", help="only with these")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="iview wheel ") as name:
        place = Path(name) / PLACE
        place.mkdir()
        wheel = built(place)
        print(f"{wheel.name}, {wheel.stat().st_size // 1024} KB")
        for number, python in enumerate(args.python or pythons()):
            at = place / str(number)
            run(python, "-m", "venv", at)
            run(at / "bin" / "python", "-m", "pip", "install", "--quiet", wheel)
            started(at / "bin" / "iview", at)
            print(f"pip, {run(python, '--version').strip()}: installed and started", flush=True)
        for tool, command in (("uv", ("tool", "run", "--from")), ("pipx", ("run", "--spec"))):
            if (found := shutil.which(tool)) and not args.python:
                assert run(found, *command, wheel, "iview", "--version").startswith("iview")
                print(f"{tool}: installed and started", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
