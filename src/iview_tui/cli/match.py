"""`iview match`: the tracker as a filter of JSON lines, one answer flushed for each line read."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any

from iview_tui.cli import arguments
from iview_tui.cli.codes import DONE, say

if TYPE_CHECKING:
    from iview_tui.domain.guide import Guide, Topic
    from iview_tui.services.tracker import Reading, Tracker

LONGEST_LINE = 1_000_000
"""Bytes of one line; a longer one is a bad line."""
MOST_TOPICS = 1000


class BadLineError(ValueError):
    """A line that is not as the protocol has it; the text says why."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `match`."""
    parser = subparsers.add_parser(
        "match", help="which topics do lines belong to: JSON lines in, JSON lines out"
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--guide", metavar="GUIDE", help="the topics of a list of questions")
    which.add_argument("--bank", action="store_true", help="the topics of the bank, by their keys")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Answer the lines of standard input; bad ones are named on stderr and passed over."""
    if args.bank:
        matcher = of_bank()
    else:
        guide, code = arguments.guide(args.guide)
        if guide is None:
            return code
        matcher = of_guide(guide)
    return answer(matcher, sys.stdin.buffer, sys.stdout)


def answer(matcher: Matcher, source: IO[bytes], out: IO[str]) -> int:
    """Answer every line of `source` on `out` before the next is read."""
    for number, line in enumerate(_lines(source), 1):
        if not line.strip():
            continue
        try:
            reply = matcher.line(_object(line))
        except BadLineError as error:
            say(f"line {number}: {error}")
            continue
        if reply is not None:
            out.write(json.dumps(reply, ensure_ascii=False) + "\n")
            out.flush()
    return DONE


def _lines(source: IO[bytes]) -> Iterator[bytes]:
    """The lines; of one that is too long its beginning, which is no JSON."""
    while line := source.readline(LONGEST_LINE):
        rest = line
        while len(rest) == LONGEST_LINE and not rest.endswith(b"\n"):
            rest = source.readline(LONGEST_LINE)
        yield line


class Matcher:
    """The protocol around a tracker: ids of the outside to numbers of topics, and back."""

    def __init__(self, topics: list[Topic], ids: list[Any]) -> None:
        self.t = 0.0
        self._lay(topics, ids)

    def _lay(self, topics: list[Topic], ids: list[Any]) -> None:
        from iview_tui.services.tracker import Tracker

        self.tracker: Tracker = Tracker(topics)
        self.ids = dict(zip((topic.number for topic in topics), ids, strict=True))
        self.numbers = {_name(outside): number for number, outside in self.ids.items()}

    def line(self, item: dict[str, Any]) -> dict[str, Any] | None:
        """The answer to one object, or None for a line with a `type`.

        Raises BadLineError.
        """
        kind = item.get("type")
        if kind is None:
            return self._read(item)
        handlers: Mapping[str, Callable[[dict[str, Any]], None]] = {
            "plan": self._plan, "asked": self._asked, "turn": self._turn,
            "confirm": self._confirm, "reject": self._reject,
        }  # fmt: skip
        if not isinstance(kind, str) or kind not in handlers:
            raise BadLineError(f"unknown type {str(kind)[:40]!r}")
        handlers[kind](item)
        return None

    def _read(self, item: dict[str, Any]) -> dict[str, Any]:
        text = item.get("text")
        if "id" not in item or not isinstance(text, str):
            raise BadLineError('a line needs "id" and "text"')
        speaker = item.get("spk")
        if speaker not in (None, "Q", "A"):
            raise BadLineError('"spk" is "Q" or "A"')
        reading: Reading = self.tracker.read(text, self._time(item), speaker)
        suggest = [self.ids[reading.suggestion]] if reading.suggestion is not None else []
        topics = [
            {"topic": self.ids[number], "score": round(share, 4)}
            for number, share in reading.shares
        ]
        return {"id": item["id"], "topics": topics, "suggest": suggest}

    def _plan(self, item: dict[str, Any]) -> None:
        rows = item.get("topics")
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise BadLineError('a plan needs "topics", a list of objects')
        if len(rows) > MOST_TOPICS:
            raise BadLineError(f"more than {MOST_TOPICS} topics")
        self._lay(*_planned(rows))

    def _asked(self, item: dict[str, Any]) -> None:
        number = None if item.get("topic") is None else self._number(item)
        self.tracker.asked(number, self._time(item))

    def _turn(self, item: dict[str, Any]) -> None:
        self.tracker.turn(self._time(item))

    def _confirm(self, item: dict[str, Any]) -> None:
        self.tracker.take(self._number(item), self._time(item))

    def _reject(self, item: dict[str, Any]) -> None:
        self.tracker.refuse(self._number(item), self._time(item))

    def _number(self, item: dict[str, Any]) -> int:
        number = self.numbers.get(_name(item.get("topic")))
        if number is None:
            raise BadLineError(f"there is no topic {str(item.get('topic'))[:40]!r}")
        return number

    def _time(self, item: dict[str, Any]) -> float:
        """The line's second; the last one where it says none. Time does not go back."""
        t = item.get("t", self.t)
        if isinstance(t, bool) or not isinstance(t, int | float) or not -1e9 < t < 1e9:
            raise BadLineError('"t" is a number of seconds')
        self.t = max(self.t, float(t))
        return self.t


def of_bank() -> Matcher:
    """All topics of the bank, their keys as ids."""
    from iview_tui.domain.guide import Topic
    from iview_tui.services.guides import bank_topics

    rows = bank_topics()
    topics = [
        Topic(number, row.short, row.title, key=row.key) for number, row in enumerate(rows, 1)
    ]
    return Matcher(topics, [row.key for row in rows])


def of_guide(guide: Guide) -> Matcher:
    """The topics of a list of questions, their numbers as ids."""
    return Matcher(list(guide.topics), [topic.number for topic in guide.topics])


def _planned(rows: list[dict[str, Any]]) -> tuple[list[Topic], list[Any]]:
    """The topics of a plan line, each with its bank key, as given (`key`) or found by its words."""
    from iview_tui.domain.guide import Topic
    from iview_tui.services.guides import short_names
    from iview_tui.services.tracker import map_questions

    for row in rows:
        words = row.get("keywords", [])
        if "id" not in row or not isinstance(row.get("text"), str):
            raise BadLineError('a topic of a plan needs "id" and "text"')
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise BadLineError('"keywords" is a list of words')
    keys = map_questions([row["text"] for row in rows])
    known = short_names()
    topics = []
    for number, (row, mapped) in enumerate(zip(rows, keys, strict=True), 1):
        given = row.get("key")
        key = given if isinstance(given, str) and given in known else mapped
        topics.append(Topic(number, row["text"], row["text"], key=key,
                            keywords=tuple(row.get("keywords", ()))))  # fmt: skip
    return topics, [row["id"] for row in rows]


def _object(line: bytes) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        raise BadLineError("not JSON") from None
    if not isinstance(item, dict):
        raise BadLineError("not an object")
    return item


def _name(outside: Any) -> str:
    """An id as a name that can be looked up, whatever it is."""
    return json.dumps(outside, sort_keys=True, default=str)
