"""Following a call line by line: which prepared topics the words belong to."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field, replace

from iview_tui.domain.entry import Kind
from iview_tui.domain.tracking.board import Board, own_words
from iview_tui.domain.tracking.evidence import (
    NONE,
    Drift,
    Evidence,
    Talk,
    after_heard,
    after_line,
    after_question,
    after_turn,
    measure,
    silence,
)
from iview_tui.domain.tracking.kinds import kind_of
from iview_tui.domain.tracking.weights import Weights
from iview_tui.domain.tracking.words import Cues, features, only, words_of
from iview_tui.domain.value import value

REFUSED_SECONDS = 120.0
"""How long a refused topic is not offered again."""
ANSWERED_FLOOR = 0.05
"""Shares up to this are no evidence: many of them would add up to something in a long call."""
ASKED_LEAST = 0.2
"""How surely a topic without a bank key must have been asked before it is suggested."""
SHORT = 12
"""Words of the longest line that may be chatter."""


@value
class Setting:
    """How lines are weighed, and from where on something is said about them."""

    evidence: Evidence
    trust: tuple[float, ...]
    """Of the likeliest topic: a constant, its log odds, how surely and how freshly it was asked,
    the logarithms of what is left to *none* and of its share by the words alone."""
    suggest: float
    """The least chance of being right with which a topic is suggested."""
    left: float = 2.0
    """From where on the talk is taken to have left what was asked."""
    answered: float = math.inf
    """From where on a topic was probably answered in passing."""


@value
class Knowledge:
    """All that was learned, and the words of the bank."""

    answers: Weights
    questions: Callable[[], Weights]
    """Gives the table for questions, which typed notes do without."""
    settings: Mapping[str, Setting]
    drift: Drift
    shorthand: Mapping[str, str]
    answer_cues: Cues
    question_cues: Cues
    chatter: frozenset[str]


@value
class Reading:
    """What is thought of one line."""

    likeliest: tuple[tuple[int, float], ...]
    """The three likeliest topics, by number, best first, each with its share."""
    suggestion: int | None = None
    """The one topic that may be offered; often none. It may be the topic that is current."""
    moved_on: bool = False
    """Whether the talk has probably left what was asked; where to is another matter."""
    kind: Kind | None = None
    """What else the line seems to be."""
    shares: tuple[tuple[int, float], ...] = ()
    """All topics."""


@value
class Followed:
    """Where a call stands; a value."""

    talk: Talk
    marked: bool = False
    """Whether the user ever said what was asked."""
    asked: frozenset[int] = frozenset()
    """Columns that were asked, or taken."""
    refused: Mapping[int, float] = field(default_factory=dict)
    summed: tuple[float, ...] = ()
    """What each column gathered over the call."""
    spoken: bool = False
    """Whether the last line was."""


def begin(board: Board) -> Followed:
    """Nothing was said yet."""
    return Followed(silence(board.columns), summed=(0.0,) * len(board.columns))


def asked(board: Board, state: Followed, number: int | None, t: float) -> Followed:
    """The user moved to a topic, or to something that is on no list (None), at second `t`."""
    column = board.column(number)
    talk = after_question(state.talk, column, t)
    if column is None:
        return replace(state, talk=talk)
    return replace(state, talk=talk, marked=True, asked=state.asked | {column})


def turn(state: Followed, t: float) -> Followed:
    """The interviewer said something that is on no list."""
    return replace(state, talk=after_turn(state.talk, t))


def took(board: Board, state: Followed, number: int, t: float) -> Followed:
    """The user took a suggestion: the talk is there now."""
    column = board.column(number)
    if column is None:
        return state
    shares = [float(at == column) for at in range(len(board.columns))]
    refused = {at: when for at, when in state.refused.items() if at != column}
    return replace(state, talk=after_line(state.talk, shares, t), refused=refused,
                   asked=state.asked | {column})  # fmt: skip


def refused(board: Board, state: Followed, number: int, t: float) -> Followed:
    """The user put a suggestion away."""
    column = board.column(number)
    if column is None:
        return state
    memory = tuple(value if at != column else 0.0 for at, value in enumerate(state.talk.memory))
    summed = tuple(value if at != column else 0.0 for at, value in enumerate(state.summed))
    return replace(state, talk=replace(state.talk, memory=memory), summed=summed,
                   refused={**state.refused, column: t})  # fmt: skip


def read(known: Knowledge, board: Board, state: Followed, text: str, t: float, *,
         speaker: str | None = None, spoken: bool = False) -> tuple[Reading, Followed]:  # fmt: skip
    """What one line is about, and where the call stands after it.

    `speaker` is Q or A where it is known; what is spoken without one is a question when it looks
    like one.
    """
    words = words_of(text, known.shorthand)
    if spoken and speaker is None:
        speaker = "Q" if "?" in text and _asks(known, words) else "A"
    if speaker == "Q":
        return _heard(known, board, state, words, t)
    if not words or (len(words) <= SHORT and only(words, known.chatter)):
        return _chatter(known, board, state, t, spoken=spoken), replace(state, spoken=spoken)
    logs = known.answers.logs(features(words, known.answer_cues))
    setting = known.settings[_setting(state, spoken=spoken)]
    rows, shares = _weighed(known, board, state, setting, logs, known.answers.keys, words, t)
    summed = tuple(
        old + max(0.0, new - ANSWERED_FLOOR) for old, new in zip(state.summed, shares, strict=True)
    )
    after = replace(state, talk=after_line(state.talk, shares, t), summed=summed, spoken=spoken)
    reading = Reading(
        board.likeliest(shares),
        _suggested(board, state, setting, rows, shares, t),
        state.marked and _left(state.talk, shares, t) >= setting.left,
        kind_of(text, typed=not spoken),
        board.topics_of(shares),
    )
    return reading, after


def _heard(known: Knowledge, board: Board, state: Followed, words: tuple[str, ...],
           t: float) -> tuple[Reading, Followed]:  # fmt: skip
    """A turn of the interviewer: the question is recognised, and becomes what was asked."""
    logs = known.questions().logs(features(words, known.question_cues))
    setting = known.settings["heard"]
    rows, shares = _weighed(known, board, state, setting, logs, known.questions().keys, words, t)
    suggested = _suggested(board, state, setting, rows, shares, t)
    talk = after_heard(state.talk, shares, board.none, t)
    asked = state.asked | ({board.column(suggested)} - {None})
    after = replace(state, talk=talk, asked=frozenset(at for at in asked if at is not None))
    return Reading(board.likeliest(shares), suggested, shares=board.topics_of(shares)), after


def probably_answered(known: Knowledge, board: Board, state: Followed) -> tuple[int, ...]:
    """Topics that were never asked and yet came up often enough, by their numbers."""
    least = known.settings[_setting(state, spoken=state.spoken)].answered
    return tuple(
        number
        for number, column in board.numbers
        if column not in state.asked
        and board.columns[column].key is not None
        and state.summed[column] >= least
    )


def map_question(known: Knowledge, text: str) -> list[tuple[str, float]]:
    """The bank keys that a question of the user's own may ask for, likeliest first."""
    words = words_of(text, known.shorthand)
    logs = known.questions().logs(features(words, known.question_cues))
    found = [
        (key, math.exp(log))
        for key, log in zip(known.questions().keys, logs, strict=True)
        if key != NONE
    ]
    total = math.fsum(share for _, share in found)
    return sorted(((key, share / total) for key, share in found), key=lambda row: -row[1])


def _setting(state: Followed, *, spoken: bool) -> str:
    return f"{'spoken' if spoken else 'typed'}_{'marked' if state.marked else 'bare'}"


def _weighed(known: Knowledge, board: Board, state: Followed, setting: Setting,
             logs: Sequence[float], keys: Sequence[str], words: tuple[str, ...],
             t: float) -> tuple[list[list[float]], list[float]]:  # fmt: skip
    by_key = dict(zip(keys, logs, strict=True))
    rows = measure(state.talk, board.columns, by_key, known.drift, t)
    extra = own_words(board, words)
    for column, when in state.refused.items():
        extra[column] -= math.exp(-max(0.0, t - when) / REFUSED_SECONDS)
    return rows, setting.evidence.posterior(rows, board.columns, extra, t)


def _suggested(board: Board, state: Followed, setting: Setting, rows: list[list[float]],
               shares: list[float], t: float) -> int | None:  # fmt: skip
    listed = [(shares[column], -number, number, column) for number, column in board.numbers]
    if not listed:
        return None
    share, _, number, column = max(listed)
    if board.columns[column].key is None and state.talk.asked[column] < ASKED_LEAST:
        return None
    if t - state.refused.get(column, -math.inf) < REFUSED_SECONDS:
        return None
    row = rows[column]
    told = (1.0, math.log(share / (1 - share + 1e-6) + 1e-9), row[2], row[3],
            math.log(shares[board.none] + 1e-3), math.log(row[1] + 1e-3))  # fmt: skip
    score = sum(weight * value for weight, value in zip(setting.trust, told, strict=True))
    return number if 1 / (1 + math.exp(-score)) >= setting.suggest else None


def _left(talk: Talk, shares: list[float], t: float) -> float:
    """How far the talk seems from what was asked: by its words, and a little by the time alone."""
    here = sum(share for share, was in zip(shares, talk.asked, strict=True) if was > 0.5)
    fresh = max(talk.asked) * math.exp(-talk.age(t) / 120)
    return (1 - here) + 0.3 * (1 - fresh)


def _chatter(known: Knowledge, board: Board, state: Followed, t: float, *,
             spoken: bool) -> Reading:  # fmt: skip
    """Words that answer nothing: what was expected stands, nothing is suggested."""
    logs = dict.fromkeys(known.answers.keys, -math.log(len(known.answers.keys)))
    setting = known.settings[_setting(state, spoken=spoken)]
    rows = measure(state.talk, board.columns, logs, known.drift, t)
    shares = setting.evidence.posterior(rows, board.columns, [0.0] * len(rows), t)
    return Reading(board.likeliest(shares), shares=board.topics_of(shares))


def _asks(known: Knowledge, words: tuple[str, ...]) -> bool:
    """Whether words are likelier a question on the bank's list than not."""
    logs = known.questions().logs(features(words, known.question_cues))
    return logs[known.questions().keys.index(NONE)] < math.log(0.5)
