"""The tracker of a call: screen, captions, transcripts and `iview match` all go through it."""

import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from iview_tui.domain import tracking
from iview_tui.domain.guide import Topic
from iview_tui.domain.tracking import Knowledge, Reading, Setting
from iview_tui.domain.tracking.evidence import Drift, Evidence
from iview_tui.domain.tracking.weights import Weights, unpack
from iview_tui.domain.tracking.words import read_cues, read_shorthand

__all__ = ["Reading", "Tracker", "knowledge", "map_question", "map_questions"]

LEAST_MAPPED = 0.15
"""Under this share a question is mapped to no topic of the bank."""


class Tracker:
    """Follows one call; every answer is final before the next line comes.

    Seconds `t` are those of the call's own clock. Topics are named by their numbers.
    """

    def __init__(self, topics: Sequence[Topic]) -> None:
        self._known = knowledge()
        self._board = tracking.lay(
            topics, self._known.answers.keys, self._known.shorthand, _common()
        )
        self._state = tracking.begin(self._board)

    def asked(self, number: int | None, t: float) -> None:
        """The user moved to a topic (asks it now); None: something that is on no list."""
        self._state = tracking.asked(self._board, self._state, number, t)

    def turn(self, t: float) -> None:
        """The interviewer said something that is on no list."""
        self._state = tracking.turn(self._state, t)

    def take(self, number: int, t: float) -> None:
        """The user took a suggestion."""
        self._state = tracking.took(self._board, self._state, number, t)

    def refuse(self, number: int, t: float) -> None:
        """The user put a suggestion away: it is not made again for two minutes."""
        self._state = tracking.refused(self._board, self._state, number, t)

    def read(self, text: str, t: float, speaker: str | None = None, final: bool = True, *,
             spoken: bool | None = None) -> Reading:  # fmt: skip
        """What a line is about.

        `speaker` is Q or A where captions say who speaks; a caption without a speaker needs
        `spoken=True`, a typed note has neither. With `final=False` (a half-typed line, a caption
        that may still be rewritten) nothing is kept of it.
        """
        said = speaker is not None if spoken is None else spoken
        reading, state = tracking.read(
            self._known, self._board, self._state, text, t, speaker=speaker, spoken=said
        )
        if final:
            self._state = state
        return reading

    def probably_answered(self) -> tuple[int, ...]:
        """Topics that nobody asked and that were probably answered in passing (`maybe`)."""
        return tracking.probably_answered(self._known, self._board, self._state)

    def trouble(self) -> str:
        """Nothing ever is."""
        return ""

    def close(self) -> None:
        """Nothing is held."""


def map_question(text: str) -> list[tuple[str, float]]:
    """The bank's topics that a question may be, likeliest first, with shares that sum to 1.

    The user says yes or no to the first (or second), while preparing.
    """
    return tracking.map_question(knowledge(), text)


def map_questions(texts: Sequence[str]) -> list[str | None]:
    """A bank topic for each of a whole list of questions, each topic once, or None.

    For a list that nobody can be asked about; a person is asked with `map_question`.
    """
    return tracking.assign([map_question(text) for text in texts], LEAST_MAPPED)


@cache
def knowledge() -> Knowledge:
    """What was learned, read once."""
    learned = json.loads(_data("evidence.json"))
    return Knowledge(
        answers=learned_table("answers.bin"),
        questions=lambda: learned_table("questions.bin"),
        settings={name: _setting(row) for name, row in learned["settings"].items()},
        drift=Drift(**learned["drift"]),
        shorthand=read_shorthand(_text("shorthand.txt")),
        answer_cues=read_cues(_text("answer_cues.txt")),
        question_cues=read_cues(_text("question_cues.txt")),
        chatter=_words("chatter.txt"),
    )


def _setting(row: dict[str, Any]) -> Setting:
    rest = {name: row[name] for name in ("suggest", "left", "answered") if name in row}
    evidence = Evidence(tuple(row["terms"]), row["bias"], row["slope"])
    return Setting(evidence, tuple(row["trust"]), **rest)


@cache
def learned_table(name: str) -> Weights:
    """A table of weights of the bank, read once."""
    return unpack(_data(name))


@cache
def _common() -> frozenset[str]:
    """Words too common to tell one question from another."""
    return _words("chatter.txt") | _words("ordinary.txt")


def _words(name: str) -> frozenset[str]:
    lines = _text(name).splitlines()
    return frozenset(
        word.casefold() for line in lines if not line.startswith("#") for word in line.split()
    )


def _text(name: str) -> str:
    return _data(name).decode("utf-8")


def _data(name: str) -> bytes:
    return (files("iview_tui.domain") / "bank" / "tracking" / name).read_bytes()
