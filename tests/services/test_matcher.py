"""A tracker of one's own is asked, and outlived."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from iview_tui.services import matcher
from iview_tui.services.guides import built_in_guide
from iview_tui.services.matcher import Matcher
from iview_tui.services.tracker import Tracker

TOPICS = built_in_guide().topics
TEXT = "most people here started as interns, the entry level posts come up in spring"
HEAR = "import json, sys\nfor line in sys.stdin:\n    item = json.loads(line)\n"
ANSWER = (
    HEAR + "    if 'type' in item:\n        told = item\n        continue\n"
    "    print(json.dumps({'id': item['id'], 'topics': [{'topic': 9, 'score': 0.7},"
    " {'topic': 2, 'score': 0.1}], 'suggest': [9]}), flush=True)\n"
)


def eventually(what: Callable[[], bool]) -> None:
    pause, end = threading.Event(), time.monotonic() + 10
    while not what():
        assert time.monotonic() < end
        pause.wait(0.005)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Callable[[str], Matcher]]:
    made: list[Matcher] = []

    def start(code: str) -> Matcher:
        script = tmp_path / "matcher.py"
        script.write_text(code, encoding="utf-8")
        made.append(Matcher([sys.executable, str(script)], TOPICS))
        return made[-1]

    yield start
    for each in made:
        each.close()


def test_the_other_program_answers(
    started: Callable[[str], Matcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher, "PATIENCE", 10)
    one = started(ANSWER)
    reading = one.read(TEXT, 10)

    assert (reading.suggestion, reading.likeliest) == (9, ((9, 0.7), (2, 0.1)))
    assert one.trouble() == ""


def test_iview_match_itself_can_be_the_other_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher, "PATIENCE", 10)
    iview = Path(sys.executable).with_name("iview")
    one = Matcher([str(iview), "match", "--bank"], TOPICS)
    try:
        one.asked(6, 0)
        reading = one.read(TEXT, 5)
    finally:
        one.close()

    own = Tracker(TOPICS)
    own.asked(6, 0)
    assert reading.likeliest[0][0] == own.read(TEXT, 5).likeliest[0][0]


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("", "it has ended"),
        ("raise SystemExit(3)", "it has ended"),
        (HEAR, "it does not answer in time"),
        (HEAR + "    print('no JSON', flush=True)", "it does not answer in time"),
        (HEAR + "    print(json.dumps({'id': item.get('id'), 'topics': [], 'suggest': [99]}),"
         " flush=True)", "it does not answer in time"),
        ("import time\ntime.sleep(600)", "it does not answer in time"),
        (HEAR + "    print(json.dumps({'id': item.get('id'), 'topics': [{'topic': 1, 'score':"
         " float('nan')}], 'suggest': []}), flush=True)", "it does not answer in time"),
    ],
)  # fmt: skip
def test_what_is_dead_slow_or_wrong_is_outlived_and_said(
    started: Callable[[str], Matcher], monkeypatch: pytest.MonkeyPatch, code: str, why: str
) -> None:
    monkeypatch.setattr(matcher, "PATIENCE", 0.001)
    one = started(code)
    if why == "it has ended":
        eventually(lambda: bool(one.trouble()))
    own = Tracker(TOPICS)
    for second in range(matcher.MISSES):
        assert one.read(TEXT, second) == own.read(TEXT, second)

    assert one.trouble() == f"your own tracker is left: {why}; the built-in one goes on"
    assert one.read(TEXT, 30) == own.read(TEXT, 30)


@pytest.mark.parametrize("line", ['{"id": 0}', '{"id": "x"}', "[]", "no JSON"])
def test_a_program_that_never_stops_talking_is_left(
    started: Callable[[str], Matcher], line: str
) -> None:
    """It holds nothing up and fills nothing."""
    one = started(f"while True:\n    print({line!r}, flush=True)\n")
    eventually(lambda: bool(one.trouble()))

    assert one.trouble().startswith("your own tracker is left: it says what nobody asked")
    assert one._answers.qsize() <= 1
    assert one.read(TEXT, 1) == Tracker(TOPICS).read(TEXT, 1)


def test_a_program_that_is_not_there_is_said() -> None:
    one = Matcher(["/nowhere/at-all"], TOPICS)

    assert "No such file" in one.trouble()
    assert one.read(TEXT, 0) == Tracker(TOPICS).read(TEXT, 0)


def test_a_program_that_does_not_read_holds_nothing_up(
    started: Callable[[str], Matcher], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matcher, "WAITING", 10)
    one = started("import time\ntime.sleep(600)")
    for second in range(2000):
        one.asked(1, second)
        one.take(2, second)
    for _ in range(200):
        one._send({"type": "asked", "topic": 1, "t": 1, "more": "x" * 1000})

    assert one.trouble() == "" or "it does not read" in one.trouble()
    assert one.read(TEXT, 3000).likeliest
