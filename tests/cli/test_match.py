"""`iview match`: the protocol, line by line."""

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from iview_tui.cli import match
from iview_tui.cli.match import answer, of_bank, of_guide
from iview_tui.domain.guide import Guide, Topic

PLAN = {
    "type": "plan",
    "topics": [
        {"id": "u1", "text": "What do you love about your job?", "keywords": ["fun"]},
        {"id": 7, "text": "Do I need a degree or a license?"},
        {"id": "x", "text": "Zebra zither?", "keywords": []},
    ],
}


def talk(*items: object, guide: Guide | None = None) -> list[dict[str, Any]]:
    lines = [item if isinstance(item, bytes) else json.dumps(item).encode() for item in items]
    out = io.StringIO()
    matcher = of_guide(guide) if guide else of_bank()

    assert answer(matcher, io.BytesIO(b"\n".join(lines) + b"\n"), out) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


def note(name: object, text: str, t: float = 5, **more: object) -> dict[str, object]:
    return {"id": name, "text": text, "t": t, **more}


def test_every_line_is_answered_in_order_with_topics_best_first() -> None:
    replies = talk(note("a", "two year degree, then the license exam"), note(2, ""))

    assert [reply["id"] for reply in replies] == ["a", 2]
    scores = [topic["score"] for topic in replies[0]["topics"]]
    assert replies[0]["topics"][0]["topic"] == "training"
    assert scores == sorted(scores, reverse=True)
    assert list(replies[0]) == ["id", "topics", "suggest"]


def test_what_was_asked_counts() -> None:
    asked = {"type": "asked", "topic": "present_job", "t": 0}

    reply = talk(asked, note(1, "meetings and email all day, manages a team of nine"))[0]

    assert reply["suggest"] == ["present_job"]


def test_a_plan_replaces_the_topics_and_its_ids_are_opaque() -> None:
    replies = talk(PLAN, note(1, "two year degree, license exam, college courses"))

    assert {topic["topic"] for topic in replies[0]["topics"]} == {"u1", 7, "x"}
    assert replies[0]["topics"][0]["topic"] == 7


def test_a_rejected_topic_is_not_suggested_again() -> None:
    text = "two year degree, license exam, college courses"
    asked = {"type": "asked", "topic": 7, "t": 0}
    first, second = talk(PLAN, asked, note(1, text), {"type": "reject", "id": 1, "topic": 7},
                         note(2, text))  # fmt: skip

    assert first["suggest"] == [7]
    assert second["suggest"] == []


def test_a_guide_s_topics_are_named_by_number() -> None:
    guide = Guide("G", topics=(Topic(1, "Fun", "Fun?", key="enjoy"), Topic(2, "Own", "Own?")))

    assert {topic["topic"] for topic in talk(note(1, "hello"), guide=guide)[0]["topics"]} == {1, 2}


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (b"{", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"\xff\xfe", "not JSON"),
        (b"3", "not an object"),
        ({"id": 1}, '"id" and "text"'),
        ({"text": "x"}, '"id" and "text"'),
        (note(1, "x", spk="B"), "spk"),
        ({"id": 1, "text": "x", "t": "soon"}, "seconds"),
        (b'{"id": 1, "text": "x", "t": NaN}', "seconds"),
        ({"type": "sing"}, "unknown type"),
        ({"type": ["plan"]}, "unknown type"),
        ({"type": "plan", "topics": 3}, "a plan needs"),
        ({"type": "plan", "topics": [{"id": 1}]}, "a topic of a plan"),
        ({"type": "plan", "topics": [{"id": 1, "text": "a", "keywords": "b"}]}, "keywords"),
        ({"type": "asked", "topic": "nobody", "t": 1}, "there is no topic"),
        ({"type": "confirm", "id": 1, "topic": {"a": []}}, "there is no topic"),
        (b'{"id": 1, "text": "' + b"x" * 1_100_000 + b'"}', "not JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_goes_on(
    bad: object, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    replies = talk(note(1, "before"), bad, note(2, "after"))

    error = capsys.readouterr().err
    assert [reply["id"] for reply in replies] == [1, 2]
    assert "line 2" in error
    assert why in error
    assert len(error.splitlines()) == 1


def test_two_runs_give_the_same_bytes() -> None:
    items = [PLAN, *(note(n, f"note {n} on a degree and fun", n * 7.5) for n in range(20))]

    assert talk(*items) == talk(*items)


def test_an_answer_comes_before_the_next_line_is_read(tmp_path: Path) -> None:
    code = (
        "import argparse, sys; from iview_tui.cli import match;"
        "sys.exit(match.run(argparse.Namespace(bank=True, guide=None)))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        assert process.stdout
        for name in (1, 2):
            process.stdin.write(json.dumps(note(name, "two year degree")) + "\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["id"] == name
        process.stdin.close()

        assert process.wait(20) == 0


def test_a_guide_that_is_not_there_is_exit_3(capsys: pytest.CaptureFixture[str]) -> None:
    args = argparse.Namespace(bank=False, guide="/nowhere/list.md")

    assert match.run(args) == 3
    assert "list.md" in capsys.readouterr().err
