"""The coefficients that weigh what was asked against the words, fitted to calls in order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize

from iview_tui.domain.tracking.evidence import (
    TERMS,
    Column,
    Drift,
    Evidence,
    Talk,
    after_heard,
    after_line,
    after_question,
    measure,
    silence,
)
from training.content import target
from training.material import KEYS, Sample

COLUMNS = tuple(Column(key) for key in KEYS)
NO_WORDS = (0.0,) * len(KEYS)
Logs = Callable[[Sample], list[float]]


@dataclass
class Step:
    """One line as it came, with what was known before it."""

    rows: list[list[float]]
    sample: Sample
    talk: Talk
    answer: bool
    treated: tuple[str, ...] = ()
    """What was last asked, as labelled."""
    shares: list[float] = field(default_factory=list)


def drift(samples: list[Sample]) -> Drift:
    """Where answers go that leave the question; every key keeps a part of how common it is."""
    base: Counter[str] = Counter()
    leads: dict[str, Counter[str]] = defaultdict(Counter)
    asked, interview = None, None
    for sample in samples:
        if sample.interview != interview:
            asked, interview = None, sample.interview
        if sample.speaker == "Q":
            asked = sample.topics[0] if sample.topics else asked
            continue
        shares = dict(zip(KEYS, target(sample), strict=True))
        base.update(shares)
        if asked and shares[asked] <= 0.5:
            leads[asked].update({key: share for key, share in shares.items() if key != asked})
    total = sum(base.values())
    usual = {key: base[key] / total for key in KEYS}

    def led(asked: str) -> dict[str, float]:
        found = {key: leads[asked][key] + 8 * usual[key] for key in KEYS}
        whole = sum(found.values())
        return {key: round(value / whole, 5) for key, value in found.items()}

    return Drift({key: round(value, 5) for key, value in usual.items()},
                 {key: led(key) for key in KEYS if key != "none"})  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """How a call is followed: `typed` or `spoken`, the question `marked` or `heard` or unknown."""

    spoken: bool
    marked: bool

    @property
    def name(self) -> str:
        """The name that the file of coefficients has for it."""
        return f"{'spoken' if self.spoken else 'typed'}_{'marked' if self.marked else 'bare'}"


def steps(call: list[Sample], notes: dict[str, Sample], setting: Setting, logs: Logs,
          where: Drift, fitted: dict[str, Evidence]) -> Iterator[Step]:  # fmt: skip
    """The lines of a call in order, each read with what is `fitted` so far."""
    talk, treated = silence(COLUMNS), ()
    for sample in call:
        question = sample.speaker == "Q"
        if question:
            treated = sample.topics or treated
            if setting.marked:
                if sample.topics:
                    talk = after_question(talk, KEYS.index(sample.topics[0]), sample.t)
                continue
            if not setting.spoken:
                continue
        line: Sample | None = sample if setting.spoken else notes.get(sample.of)
        if line is None or (setting.spoken and not line.usable):
            continue
        found = dict(zip(KEYS, logs(line), strict=True))
        rows = measure(talk, COLUMNS, found, where, line.t)
        name = "heard" if question else setting.name
        if name in fitted:
            shares = fitted[name].posterior(rows, COLUMNS, NO_WORDS, line.t)
        else:
            shares = [float(value) for value in np.exp(list(found.values()))]
        yield Step(rows, line, talk, not question, treated, shares)
        if question:
            talk = after_heard(talk, shares, KEYS.index("none"), line.t)
        else:
            talk = after_line(talk, shares, line.t)


def fit(found: list[Step], penalty: float = 2.0) -> Evidence:
    """The coefficients under which what was labelled is likeliest."""
    rows = np.array([step.rows for step in found])
    far = np.array([step.sample.t for step in found])[:, None, None] / 1200
    one = np.broadcast_to(np.eye(len(KEYS)), (len(found), len(KEYS), len(KEYS)))
    x = np.concatenate([rows, one, one * far], axis=2)
    y = np.array([target(step.sample) for step in found])
    start = np.zeros(x.shape[2])
    start[0] = 1
    scale = np.ones(x.shape[2])
    scale[-len(KEYS) :] = 2

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        scores = x @ w
        scores -= scores.max(1, keepdims=True)
        powers = np.exp(scores)
        total = powers.sum(1, keepdims=True)
        away = w - start
        value = -(y * (scores - np.log(total))).sum() + penalty * (scale * away**2).sum() / 2
        slope = np.einsum("ncf,nc->f", x, powers / total - y) + penalty * scale * away
        return value, slope

    w = [round(float(value), 4) for value in minimize(loss, start, jac=True, method="L-BFGS-B").x]
    terms, rest = tuple(w[: len(TERMS)]), w[len(TERMS) :]
    return Evidence(terms, dict(zip(KEYS, rest, strict=False)),
                    dict(zip(KEYS, rest[len(KEYS) :], strict=True)))  # fmt: skip


def settle(calls: dict[str, list[Sample]], notes: dict[str, Sample], setting: Setting, logs: Logs,
           where: Drift, rounds: int = 2) -> dict[str, Evidence]:  # fmt: skip
    """Fit a setting: what is kept from line to line depends on the fit, so more than once."""
    fitted: dict[str, Evidence] = {}
    for _ in range(rounds):
        found = [
            step
            for call in calls.values()
            for step in steps(call, notes, setting, logs, where, fitted)
        ]
        fitted = {setting.name: fit([step for step in found if step.answer])}
        if setting.spoken and not setting.marked:
            fitted["heard"] = fit([step for step in found if not step.answer], 5.0)
    return fitted
