"""A tracker of one's own: another program that speaks the JSON lines of `iview match`.

The built-in tracker is told everything as well, and answers where the other one is slow, wrong or
gone: nothing that is typed waits for a foreign program.
"""

import contextlib
import json
import math
import os
import signal
import subprocess
import threading
from collections.abc import Sequence
from dataclasses import replace
from queue import Empty, Full, Queue
from typing import Any

from iview_tui.domain.guide import Topic
from iview_tui.services.tracker import Reading, Tracker

PATIENCE = 0.05
"""Seconds for which an answer is waited for."""
MISSES = 5
"""Answers in a row that do not come in time, or are none, after which it is given up."""
WAITING = 1000
"""Lines that may wait to be read by the other program."""
LONGEST_ANSWER = 100_000
UNASKED = 100
"""Lines of the other program that answer nothing, after which it is given up."""


class Matcher:
    """A `Tracker` that asks another program. Nothing in it raises."""

    def __init__(self, command: Sequence[str], topics: Sequence[Topic]) -> None:
        """Start the program, and tell it the topics; their ids are their numbers."""
        self._own = Tracker(topics)
        self._numbers = {topic.number for topic in topics}
        self._lines: Queue[dict[str, Any] | None] = Queue(WAITING)
        self._answers: Queue[dict[str, Any]] = Queue()
        self._count = self._missed = self._unasked = 0
        self._asked: set[int] = set()
        """Lines that no answer has come to yet."""
        self._suggested: dict[int, int] = {}
        """The line for which a topic was last suggested."""
        self._trouble = ""
        self._process: subprocess.Popen[bytes] | None = None
        try:
            self._process = subprocess.Popen(  # noqa: S603 (the user's own command, without a shell)
                list(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
        except (OSError, ValueError) as error:
            self._give_up(getattr(error, "strerror", None) or "it cannot be started")
            return
        self._threads = [
            threading.Thread(target=target, name="iview-matcher", daemon=True)
            for target in (self._write, self._hear)
        ]
        for thread in self._threads:
            thread.start()
        rows = [
            {"id": topic.number, "text": topic.question, "keywords": list(topic.keywords)}
            | ({"key": topic.key} if topic.key else {})
            for topic in topics
        ]
        self._send({"type": "plan", "topics": rows})

    def asked(self, number: int | None, t: float) -> None:
        """The user moved to a topic, or to something that is on no list."""
        self._own.asked(number, t)
        self._send({"type": "asked", "topic": number, "t": t})

    def take(self, number: int, t: float) -> None:
        """The user took a suggestion."""
        self._own.take(number, t)
        self._send({"type": "confirm", "id": self._suggested.get(number), "topic": number, "t": t})

    def refuse(self, number: int, t: float) -> None:
        """The user put a suggestion away."""
        self._own.refuse(number, t)
        self._send({"type": "reject", "id": self._suggested.get(number), "topic": number, "t": t})

    def read(self, text: str, t: float, speaker: str | None = None, final: bool = True, *,
             spoken: bool | None = None) -> Reading:  # fmt: skip
        """What a line is about. Half-typed lines are the built-in tracker's alone."""
        own = self._own.read(text, t, speaker, final, spoken=spoken)
        if not final or self._process is None:
            return own
        self._count += 1
        self._asked.add(self._count)
        item = {"id": self._count, "text": text, "t": t} | ({"spk": speaker} if speaker else {})
        with contextlib.suppress(Empty):  # one that came just after its time
            self._answers.get_nowait()
        self._send(item)
        answer = self._answer()
        reading = None if answer is None else self._reading(own, answer)
        if reading is None:
            self._missed += 1
            if self._missed >= MISSES:
                self._give_up("it does not answer in time")
            return own
        self._missed = 0
        if reading.suggestion is not None:
            self._suggested[reading.suggestion] = self._count
        return reading

    def probably_answered(self) -> tuple[int, ...]:
        """Topics that were probably answered in passing, as the built-in tracker has it."""
        return self._own.probably_answered()

    def trouble(self) -> str:
        """Why the other program is not asked any more; empty where it is."""
        return self._trouble

    def close(self) -> None:
        """End the other program."""
        process, self._process = self._process, None
        if process is not None:
            with contextlib.suppress(OSError):  # with all that it has started
                os.killpg(process.pid, signal.SIGKILL)
            with contextlib.suppress(Full):  # then it is not waited for
                self._lines.put_nowait(None)
            threading.Thread(target=self._bury, args=(process,), daemon=True).start()

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        for thread in self._threads:
            thread.join()
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                assert pipe is not None
                pipe.close()

    # -- how -------------------------------------------------------------------------------------

    def _send(self, item: dict[str, Any]) -> None:
        if self._process is None:
            return
        if self._lines.full():
            self._give_up("it does not read")
        else:
            self._lines.put_nowait(item)

    def _answer(self) -> dict[str, Any] | None:
        """The answer to the last line, for which alone the thread that hears hands one on."""
        try:
            answer = self._answers.get(timeout=PATIENCE)
        except Empty:
            return None
        return answer if answer.get("id") == self._count else None

    def _reading(self, own: Reading, answer: dict[str, Any]) -> Reading | None:
        """What the answer says; None where it is not as the protocol has it."""
        try:
            rows = [(row["topic"], float(row["score"])) for row in answer["topics"]]
            suggested = list(answer["suggest"])
        except (KeyError, TypeError, ValueError):
            return None
        if not all(type(n) is int and n in self._numbers for n in
                   (*(n for n, _ in rows), *suggested)):  # fmt: skip
            return None
        if not all(math.isfinite(score) for _, score in rows):
            return None
        first = suggested[0] if suggested else None
        return replace(own, likeliest=tuple(rows[:3]), suggestion=first, shares=tuple(rows))

    def _give_up(self, why: str) -> None:
        self._trouble = f"your own tracker is left: {why}; the built-in one goes on"
        self.close()

    def _write(self) -> None:
        process = self._process
        assert process is not None
        assert process.stdin is not None
        while self._process is process:
            item = self._lines.get()
            if item is None:
                return
            try:
                process.stdin.write(json.dumps(item).encode() + b"\n")
                process.stdin.flush()
            except (OSError, ValueError):
                self._ended(process)
                return

    def _hear(self) -> None:
        process = self._process
        assert process is not None
        assert process.stdout is not None
        while line := process.stdout.readline(LONGEST_ANSWER):
            try:
                answer = json.loads(line)
            except (ValueError, RecursionError):
                answer = None
            if not self._hand_on(answer):
                self._unasked += 1
                if self._unasked > UNASKED and self._process is process:
                    self._give_up("it says what nobody asked")
            if self._process is not process:
                return
        self._ended(process)

    def _hand_on(self, answer: Any) -> bool:
        """Whether it answers a line that waits for an answer; one that comes late is let go."""
        number = answer.get("id") if isinstance(answer, dict) else None
        if type(number) is not int or number not in self._asked:
            return False
        self._asked.discard(number)
        if number == self._count:
            self._answers.put(answer)
        return True

    def _ended(self, process: subprocess.Popen[bytes]) -> None:
        if self._process is process:
            self._give_up("it has ended")
