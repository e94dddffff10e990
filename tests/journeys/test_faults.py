"""The program's own end, and the terminal's: what was typed is kept, and the terminal is sane."""

import json
import os
import re
import signal
import stat
import subprocess
import termios
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from terminal import IVIEW, PATIENCE, Terminal, export

ENDINGS = {"HUP": 129, "INT": 130, "QUIT": 131, "TERM": 143}
MODES_ON = re.compile(rb"\x1b\[\?(1049|1000|1003|1006|1015|1004|2004|2026)([hl])")


@pytest.fixture
def live(tmp_path: Path) -> Iterator[Terminal]:
    environ = {"IVIEW_TEST_CRASH": "1"}
    arguments = ("live", "--with", "Ann Lee", "--minutes", "30", "--now")
    with Terminal(*arguments, home=tmp_path, environ=environ) as it:
        it.heard = b""  # type: ignore[attr-defined]
        feed = it.stream.feed

        def heard(data: bytes) -> None:
            it.heard += data  # type: ignore[attr-defined]
            feed(data)

        it.stream.feed = heard  # type: ignore[method-assign]
        it.wait("left")
        yield it


def notes(call: dict[str, Any]) -> list[str]:
    return [entry["text"] for entry in call["entries"] if entry["kind"] == "note"]


def send(live: Terminal, name: str) -> None:
    os.kill(live.process.pid, getattr(signal, f"SIG{name}"))


def raw(live: Terminal) -> bool:
    return not termios.tcgetattr(live.process.fd)[3] & termios.ICANON


def threads(live: Terminal) -> int:
    return len(list(Path(f"/proc/{live.process.pid}/task").iterdir()))


@pytest.mark.parametrize("name", ENDINGS)
def test_a_signal_ends_it_at_once_and_leaves_all_as_it_was(
    live: Terminal, tmp_path: Path, name: str
) -> None:
    live.line("a whole line")
    live.wait("undoes")
    live.type("half a li")
    live.wait("half a li")

    send(live, name)

    assert live.end() == ENDINGS[name]
    assert not raw(live)
    last = dict(MODES_ON.findall(live.heard))  # type: ignore[attr-defined]
    assert set(last.values()) == {b"l"}
    call = export(tmp_path)
    assert (notes(call), call["draft"]) == (["a whole line"], "half a li")


def test_a_closed_window_ends_it(live: Terminal, tmp_path: Path) -> None:
    live.type("half a li")
    live.wait("half a li")

    live.process.fileobj.close()  # as the descriptor alone would be closed again later
    _, status = os.waitpid(live.process.pid, 0)
    live.process.fd, live.process.closed, live.process.terminated = -1, True, True

    assert os.waitstatus_to_exitcode(status) == 129
    assert export(tmp_path)["draft"] == "half a li"


def test_a_fault_brings_the_screen_back_with_all_that_was_typed(
    live: Terminal, tmp_path: Path
) -> None:
    live.line("before it")
    live.line("/crash")
    live.wait("back after")
    live.type("/crash\rtyped on at once\rhalf a l\x1b[D\x1b[D")
    live.wait("half a l")
    live.type("X")
    live.wait("half aX l")

    call = export(tmp_path)
    assert notes(call) == ["before it", "typed on at once"]
    assert call["draft"] == "half aX l"
    log = tmp_path / "state" / "faults.log"
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
    assert "RuntimeError" in log.read_text()
    for word in ("before it", "/crash", "typed on", "half"):
        assert word not in log.read_text()


def test_fault_after_fault_is_given_up(live: Terminal, tmp_path: Path) -> None:
    live.line("a secret line")
    live.wait("undoes")
    for _ in range(5):
        live.type("/crash\r")

    assert live.end() == 1
    assert not raw(live)
    assert b"too many faults" in live.heard  # type: ignore[attr-defined]
    behind = live.heard.rpartition(b"\x1b[?1049l")[2]  # type: ignore[attr-defined]
    assert b"secret" not in behind
    assert b"Traceback" not in behind
    assert notes(export(tmp_path)) == ["a secret line"]


def test_a_byte_that_is_no_utf_8_is_replaced(live: Terminal, tmp_path: Path) -> None:
    live.process.write(b"caf\xff\xe9 ok")
    live.wait("ok")
    live.line(" and on")
    live.wait("undoes")

    assert notes(export(tmp_path)) == ["caf\ufffd\ufffd ok and on"]


def test_stopping_and_a_bare_go_on_start_nothing_twice(live: Terminal, tmp_path: Path) -> None:
    live.line("so that all that writes has begun")
    live.wait("undoes")
    assert len(notes(export(tmp_path))) == 1  # the database is open
    live.type("one")
    live.wait("one")
    before = threads(live)
    for name in ("CONT", "STOP", "CONT", "TSTP", "CONT", "STOP", "CONT"):
        send(live, name)
        live._read(0.2)
    live.type(" two")
    live.wait("one two")

    # Each go-on would start one or two; a busy machine starts a thread of each rescue place.
    assert threads(live) - before <= 3
    assert raw(live)
    live.type("\r")
    live.wait_for(lambda _: "one two" in notes(export(tmp_path)))
    send(live, "TERM")
    assert live.end() == 143
    assert not raw(live)
    assert notes(export(tmp_path)) == ["so that all that writes has begun", "one two"]


def test_a_terminal_that_does_not_read_holds_up_nothing(live: Terminal, tmp_path: Path) -> None:
    lines = [f"line number {n} of what was said meanwhile" for n in range(60)]
    for line in lines:
        live.process.write(f"{line}\r".encode())
        time.sleep(0.01)
    until = time.monotonic() + PATIENCE
    while (kept := notes(export(tmp_path))) != lines and time.monotonic() < until:
        time.sleep(0.05)

    assert kept == lines
    send(live, "TERM")
    _, status = os.waitpid(live.process.pid, 0)
    live.process.terminated = True
    assert os.waitstatus_to_exitcode(status) == 143


def test_a_paste_without_an_end_lets_typing_go_on(live: Terminal, tmp_path: Path) -> None:
    live.type("\x1b[200~pasted \x1b[31mred and more")
    live.wait("red and more")
    live.type(" ")
    live.type("typed")
    live.wait("more typed")
    live.type("\r")
    live.wait("undoes")

    assert notes(export(tmp_path)) == ["pasted [31mred and more typed"]


def test_no_socket_is_made_in_a_whole_call(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import os, sys\n"
        "seen = os.environ['SEEN']\n"
        "def hook(event, args):\n"
        "    if event.startswith('socket.') and not (\n"
        "        event == 'socket.__new__' and args[1] == 1):  # the event loop's own pair\n"
        "        os.write(os.open(seen, os.O_CREAT | os.O_WRONLY), event.encode())\n"
        "sys.addaudithook(hook)\n"
        "open(seen + '.loaded', 'w').close()\n"
    )
    seen = tmp_path / "seen"
    path = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    environ = {"SEEN": str(seen), "PYTHONPATH": path, "TEXTUAL": "devtools,debug"}
    with Terminal("live", "--with", "Ann", "--now", home=tmp_path, environ=environ) as live:
        live.wait("left")
        live.line("a note")
        live.wait("undoes")
        live.type("/quit\r")
        assert live.end() == 0

    assert seen.with_name("seen.loaded").exists()
    assert not seen.exists()


def test_the_logs_of_keys_are_refused(tmp_path: Path) -> None:
    log = tmp_path / "events.log"
    environ = {"TEXTUAL_DEBUG": "1", "TEXTUAL_LOG": str(log)}
    with Terminal("live", "--with", "Ann", "--now", home=tmp_path, environ=environ) as live:
        feed, heard = live.stream.feed, bytearray()

        def listen(data: bytes) -> None:
            heard.extend(data)
            feed(data)

        live.stream.feed = listen  # type: ignore[method-assign]
        live.wait("left")
        live.line("a note")
        live.wait("undoes")
        live.type("/quit\r")
        assert live.end() == 0

    assert b"TEXTUAL_DEBUG is not obeyed" in heard
    assert b"TEXTUAL_LOG is not obeyed" in heard
    assert not log.exists()
    assert not Path("keys.log").exists()


def test_keys_typed_while_the_screens_change_are_the_note_line_s(
    live: Terminal, tmp_path: Path
) -> None:
    live.type("half a li")
    live.wait("half a li")
    live.kill()

    with Terminal("live", home=tmp_path) as again:
        again.wait("go on")
        again.type("\rne of text\r")
        again.wait("undoes")

    assert notes(export(tmp_path)) == ["half a line of text"]


def test_a_second_call_beside_it_is_refused_by_name(live: Terminal, tmp_path: Path) -> None:
    done = subprocess.run(
        [str(IVIEW), "live", "--plain", "--with", "Bo Ek", "--now"],
        capture_output=True, text=True, check=False, timeout=PATIENCE, input="a note\n",
        env={**os.environ, "IVIEW_HOME": str(tmp_path)},
    )  # fmt: skip

    assert done.returncode == 4
    assert "Ann Lee" in done.stderr
    assert "a note" not in done.stdout


def test_a_sick_database_is_named_and_restored_before_a_plain_call(tmp_path: Path) -> None:
    def run(*arguments: str, given: str = "") -> str:
        done = subprocess.run(
            [str(IVIEW), *arguments], capture_output=True, text=True, check=True, input=given,
            timeout=PATIENCE * 2, env={**os.environ, "IVIEW_HOME": str(tmp_path)},
        )  # fmt: skip
        return done.stdout

    run("live", "--plain", "--with", "Ann Lee", given="\na first note\n/end\n/end\n/end\n/quit\n")
    run("backup")
    (tmp_path / "data" / "iview.db").write_bytes(b"scribble" * 900)
    said = run("live", "--plain", "--with", "Bo Ek", given="r\n\na note\n/end\n/quit\n")

    assert "no database of iview" in said
    assert "is back" in said
    kept = json.loads(run("export", "all", "--format", "json"))
    assert "a first note" in json.dumps(kept)
    assert "a note" in json.dumps(kept)


def test_ten_megabytes_pasted_are_bounded_and_nothing_typed_is_lost(
    live: Terminal, tmp_path: Path
) -> None:
    live.type("typed before ")
    live.wait("typed before")
    pasted = b"\x1b[200~" + b"many words " * 950_000 + b"\x1b[201~"
    descriptor = live.process.fd

    def paste() -> None:
        left = pasted
        while left:
            left = left[os.write(descriptor, left[:4096]) :]

    typing = threading.Thread(target=paste)
    typing.start()
    live.wait("only 20,000")
    while typing.is_alive():
        live._read(0.1)
    live.type("\r")
    live.type("typed after")
    live.wait("typed after")

    call = export(tmp_path)
    (note,) = notes(call)
    assert note.startswith("typed before many words many")
    assert 19_900 < len(note) <= 20_000
    assert call["draft"] == "typed after"
