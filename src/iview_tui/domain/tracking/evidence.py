"""What is known before a line is read, and what the line's words add to it.

Every column (a prepared topic, a bank key that is not on the list, *none*) gets a score: a sum of a
few measured things, each times a coefficient that was fitted to real interviews. The best of
them is which question was asked and how long ago; it wears off (`exp(-age / 120 s)`), and a turn of
the interviewer that names no topic takes most of the rest.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from iview_tui.domain.tracking.weights import log_softmax
from iview_tui.domain.value import value

NONE = "none"
ASKED_SECONDS = 120.0
"""After which the asked question weighs a third (1/e)."""
MEMORY_SECONDS = 60.0
TURN_KEEPS = 0.3
"""What an unlisted turn of the interviewer leaves of the asked question; twice at most."""
MOST_TURNS = 2
TERMS = ("content", "share", "asked", "asked_fresh", "asked_age", "leads", "none_asked",
         "none_fresh", "earlier", "memory", "recent")  # fmt: skip
"""The measured things, in the order of `Evidence.measure`; each key adds a bias and a slope."""


@value
class Column:
    """One thing that words may be about."""

    key: str | None
    """Its bank key or `none`; None for a question of the user's own that has none."""
    sharing: int = 1
    """How many columns have that key."""


@value
class Talk:
    """What the lines so far left behind; a value, so that a line may be read without being kept."""

    asked: tuple[float, ...]
    """Of each column: how surely it is what was asked last, worn by unlisted turns."""
    memory: tuple[float, ...]
    """What the last lines were about, fading."""
    earlier: frozenset[int] = frozenset()
    """Columns that were asked before the one that is asked now."""
    asked_at: float | None = None
    turns: int = 0
    read_at: float | None = None

    def age(self, t: float) -> float:
        """Seconds since the question, as far as one is known."""
        return max(0.0, t - self.asked_at) if self.asked_at is not None else 0.0


def silence(columns: Sequence[Column]) -> Talk:
    """The beginning."""
    empty = (0.0,) * len(columns)
    return Talk(empty, empty)


def after_question(talk: Talk, column: int | None, t: float) -> Talk:
    """The user said what was asked; None: something that is not on the list."""
    if column is None:
        return after_turn(talk, t)
    last = _strongest(talk.asked)
    earlier = talk.earlier
    if last is not None and last != column:
        earlier |= {last}
    asked = tuple(float(at == column) for at in range(len(talk.asked)))
    memory = tuple(value / 2 for value in talk.memory)
    return replace(talk, asked=asked, earlier=earlier - {column}, asked_at=t, turns=0,
                   memory=memory)  # fmt: skip


def after_turn(talk: Talk, t: float) -> Talk:
    """The interviewer said something that is not on the list."""
    if talk.turns >= MOST_TURNS:
        return talk
    asked = tuple(value * TURN_KEEPS for value in talk.asked)
    return replace(talk, asked=asked, turns=talk.turns + 1)


def after_heard(talk: Talk, shares: Sequence[float], none: int, t: float) -> Talk:
    """A turn of the interviewer was heard, which asks each column with that probability."""
    kept = shares[none] * (TURN_KEEPS if talk.turns < MOST_TURNS else 1.0)
    asked = [
        0.0 if at == none else share + kept * before
        for at, (share, before) in enumerate(zip(shares, talk.asked, strict=True))
    ]
    listed = 1 - shares[none]
    if listed <= 0.5:
        return replace(talk, asked=tuple(asked), turns=talk.turns + 1)
    last, now = _strongest(talk.asked), _strongest(asked)
    earlier = talk.earlier | ({last} if last is not None and last != now else set())
    return replace(talk, asked=tuple(asked), earlier=earlier - {now}, asked_at=t, turns=0)


def after_line(talk: Talk, shares: Sequence[float], t: float) -> Talk:
    """A line was read and found to be about each column with that probability."""
    gone = max(0.0, t - talk.read_at) if talk.read_at is not None else 0.0
    kept = 0.5 * math.exp(-gone / MEMORY_SECONDS)
    memory = tuple(kept * old + 0.5 * new for old, new in zip(talk.memory, shares, strict=True))
    return replace(talk, memory=memory, read_at=t)


def _strongest(shares: Sequence[float]) -> int | None:
    best = max(range(len(shares)), key=shares.__getitem__)
    return best if shares[best] > 0 else None


@value
class Evidence:
    """How much each measured thing weighs in one setting (typed or spoken, marked or not)."""

    terms: tuple[float, ...]
    """Coefficients in the order of TERMS."""
    bias: Mapping[str, float]
    slope: Mapping[str, float]
    """Of each key: what twenty minutes add."""

    def posterior(self, rows: Sequence[Sequence[float]], columns: Sequence[Column],
                  extra: Sequence[float], t: float) -> list[float]:  # fmt: skip
        """Probabilities of the columns from their measured rows and the user's own words."""
        terms, far = self.terms, t / 1200
        sums = []
        for row, column, own in zip(rows, columns, extra, strict=True):
            score = own + sum(map(float.__mul__, terms, row))
            if column.key is not None:
                score += self.bias.get(column.key, 0.0) + self.slope.get(column.key, 0.0) * far
            sums.append(score - math.log(column.sharing))
        return [math.exp(value) for value in log_softmax(sums)]


@value
class Drift:
    """Where talk goes that leaves a topic."""

    base: Mapping[str, float]
    """How often each key is talked about at all."""
    leads: Mapping[str, Mapping[str, float]]
    """Asked key: where answers to it went that were about something else."""


def measure(talk: Talk, columns: Sequence[Column], logs: Mapping[str, float], drift: Drift,
            t: float) -> list[list[float]]:  # fmt: skip
    """A row of TERMS for each column.

    `logs` are the logarithms of what the words alone say of each key.
    """
    mean = sum(logs.values()) / len(logs)
    age = talk.age(t)
    fresh = math.exp(-age / ASKED_SECONDS)
    long = math.log1p(age / 20)
    known = min(1.0, sum(talk.asked))
    led = _led(talk, columns, drift)
    gone = max(0.0, t - talk.read_at) if talk.read_at is not None else 0.0
    fading = math.exp(-gone / MEMORY_SECONDS)
    rows = []
    for at, column in enumerate(columns):
        asked, memory = talk.asked[at], talk.memory[at]
        log = logs[column.key] if column.key is not None else mean
        none = float(column.key == NONE)
        recent = math.log(memory * fading + 0.05) if talk.read_at is not None else 0.0
        rows.append([log - mean, math.exp(log), asked, asked * fresh, asked * long,
                     led[at] * (1 - min(1.0, asked)), none * known, none * known * fresh,
                     float(at in talk.earlier), memory, recent])  # fmt: skip
    return rows


def _led(talk: Talk, columns: Sequence[Column], drift: Drift) -> list[float]:
    """How much likelier than usual each column is to come up in answers to what was asked."""
    known = min(1.0, sum(talk.asked))
    sources = [
        (share, drift.leads[column.key])
        for share, column in zip(talk.asked, columns, strict=True)
        if share > 0.02 and column.key is not None and column.key in drift.leads
    ]
    out = []
    for column in columns:
        base = drift.base.get(column.key or "", 0.0) + 0.001
        found = sum(share * leads.get(column.key or "", 0.0) for share, leads in sources)
        out.append(math.log((found + (1 - known) * base + 0.001) / base) if sources else 0.0)
    return out
