"""Make the tracker's weights: `python -m training.train [--talk FOLDER]`; see README.md."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from benchmarks.tracking import Call, Line, figures, suggestions
from scipy.optimize import minimize

from iview_tui.domain.tracking.follow import ANSWERED_FLOOR
from iview_tui.domain.tracking.weights import Weights, pack
from training import content, evidence, vectors
from training.content import Recipe
from training.evidence import Setting, Step
from training.material import BANK, HERE, KEYS, Sample, found, notes, utterances, written

ANSWERS = Recipe("answer", 3, 0.2, 14_000)
QUESTIONS = Recipe("question", 5, 0.25, 8_000)
FOLDS = 6
PRECISION = {"typed_marked": 0.90, "typed_bare": 0.90, "spoken_marked": 0.885,
             "spoken_bare": 0.90, "heard": 0.90}  # fmt: skip
"""What the thresholds aim at, over interviews that were left out in turn."""
ANSWERED, LEFT = 0.90, 0.70
SETTINGS = tuple(Setting(spoken, marked) for spoken in (False, True) for marked in (True, False))


class Corpus:
    """All samples, and models learned from all of them or without some interviews."""

    def __init__(self, folder: Path | None) -> None:
        self.talk = utterances(folder) if folder else []
        self.notes = [
            Sample(s.text, s.labels, s.also, s.interview, s.t, "A", f"note-{s.of}") for s in notes()
        ]
        self.by_utterance = {note.of.removeprefix("note-"): note for note in self.notes}
        self.written = written("written_notes")
        self.asked = written("written_questions") + written("paraphrases")
        self.calls: dict[str, list[Sample]] = {}
        for sample in self.talk:
            self.calls.setdefault(sample.interview or "", []).append(sample)

    def without(self, left_out: set[str]) -> Callable[[Sample], bool]:
        """Whether a sample is none of those interviews'."""
        return lambda sample: sample.interview not in left_out

    def answers(self, left_out: set[str]) -> Weights:
        """The table for notes and answers."""
        ok = self.without(left_out)
        weighed = [(s, 1.0) for s in self.notes if ok(s)] + [(s, 0.6) for s in self.written]
        weighed += [(s, 0.3) for s in self.asked]
        for s in filter(ok, self.talk):
            weighed.append((s, (1.0 if s.speaker == "A" else 0.3) * (1 if s.usable else 0.5)))
        return content.fit(weighed, ANSWERS, vectors.load())

    def questions(self, left_out: set[str]) -> Weights:
        """The table for questions."""
        ok = self.without(left_out)
        weighed = [(s, 0.6) for s in self.asked] + [(s, 0.1) for s in self.written]
        for s in filter(ok, self.talk):
            weighed.append((s, (0.1 if s.speaker == "A" else 1.0) * (1 if s.usable else 0.5)))
        return content.fit(weighed, QUESTIONS, vectors.load())


def reader(answers: Weights, questions: Weights) -> evidence.Logs:
    """What the words alone say of a line."""

    def logs(sample: Sample) -> list[float]:
        if sample.speaker == "Q":
            return questions.logs(found(sample.text, "question", True))
        return answers.logs(found(sample.text, "answer", True))

    return logs


def cross_read(corpus: Corpus, folds: list[set[str]]) -> evidence.Logs:
    """What the words alone say, each interview read by tables that never saw it."""
    known: dict[tuple[str, str], list[float]] = {}
    for fold in folds:
        logs = reader(corpus.answers(fold), corpus.questions(fold))
        for sample in (*corpus.talk, *corpus.notes):
            if sample.interview in fold:
                known[sample.of, sample.speaker] = logs(sample)
    return lambda sample: known[sample.of, sample.speaker]


def cross_steps(corpus: Corpus, folds: list[set[str]], setting: Setting,
                logs: evidence.Logs) -> list[Step]:  # fmt: skip
    """The lines of every call, each weighed by coefficients fitted to the others."""
    out: list[Step] = []
    for fold in folds:
        rest = {name: call for name, call in corpus.calls.items() if name not in fold}
        where = evidence.drift([sample for call in rest.values() for sample in call])
        fitted = evidence.settle(rest, corpus.by_utterance, setting, logs, where)
        for name in sorted(fold):
            call = corpus.calls[name]
            out += evidence.steps(call, corpus.by_utterance, setting, logs, where, fitted)
    return out


def told(step: Step) -> tuple[int, list[float]]:
    """The likeliest topic of a line and what its chance of being right is read from."""
    best = int(np.argmax(step.shares[:-1]))
    share, row = step.shares[best], step.rows[best]
    odds = float(np.log(share / (1 - share + 1e-6) + 1e-9))
    return best, [odds, row[2], row[3], float(np.log(step.shares[-1] + 1e-3)),
                  float(np.log(row[1] + 1e-3))]  # fmt: skip


def logistic(x: np.ndarray, y: np.ndarray, penalty: float = 1.0) -> np.ndarray:
    """A constant and the coefficients that make the outcomes likeliest."""

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w[1:] + w[0]
        away = 1 / (1 + np.exp(-z)) - y
        value = np.logaddexp(0, z).sum() - (y * z).sum() + penalty * (w[1:] ** 2).sum() / 2
        return value, np.r_[away.sum(), x.T @ away + penalty * w[1:]]

    return minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x


def least(score: np.ndarray, right: np.ndarray, precision: float, first: int = 20) -> float:
    """The lowest score from which on so large a part is right."""
    order = np.argsort(-score, kind="stable")
    parts = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.nonzero(parts[first:] >= precision)[0]
    return float(score[order[good[-1] + first]]) if len(good) else 2.0


def trust(steps: list[Step], folds: list[set[str]], *, plain: bool,
          precision: float) -> tuple[list[float], float, np.ndarray]:  # fmt: skip
    """How the chance of being right is read from a line, from where on it is suggested, and
    the chances of these lines, each read by what was fitted to the other interviews."""
    read = [told(step) for step in steps]
    x = np.array([values for _, values in read])
    if plain:
        x = x * np.array([1, 0, 0, 0, 0])
    right = np.array([KEYS[best] in step.sample.accepted
                      for (best, _), step in zip(read, steps, strict=True)], float)  # fmt: skip
    chance = np.zeros(len(steps))
    for fold in folds:
        out = np.array([step.sample.interview in fold for step in steps])
        w = logistic(x[~out], right[~out])
        chance[out] = 1 / (1 + np.exp(-(x[out] @ w[1:] + w[0])))
    w = [round(float(value), 4) for value in logistic(x, right)]
    return w, round(least(chance, right, precision), 4), chance


def gone(step: Step) -> float:
    """How far a line seems from what was asked; as `follow` reads it."""
    here = sum(s for s, was in zip(step.shares, step.talk.asked, strict=True) if was > 0.5)
    return (1 - here) + 0.3 * (1 - max(row[3] for row in step.rows))


def left(steps: list[Step]) -> float:
    """From where on the talk has left what was asked."""
    steps = [step for step in steps if step.treated]
    away = [not set(step.treated) & step.sample.accepted for step in steps]
    score = np.array([gone(step) for step in steps])
    return round(least(score, np.array(away, float), LEFT), 4)


def gathered(call: list[Step], at: int) -> float:
    """What a topic gathered over a call; as `follow` sums it."""
    return sum(max(0.0, step.shares[at] - ANSWERED_FLOOR) for step in call)


def answered(steps: list[Step], asked: dict[str, set[str]], need: int) -> float:
    """From where on what was gathered means that a topic came up."""
    score, right = [], []
    for name in sorted({step.sample.interview or "" for step in steps}):
        call = [step for step in steps if step.sample.interview == name]
        for at, key in enumerate(KEYS[:-1]):
            times = sum(key in step.sample.topics for step in call)
            doubtful = any(key in step.sample.accepted for step in call)
            if key in asked[name] or 0 < times < need or (not times and doubtful):
                continue
            score.append(gathered(call, at))
            right.append(float(times >= need))
    return round(least(np.array(score), np.array(right), ANSWERED, 5), 4)


def asked_in(call: list[Sample]) -> set[str]:
    """The topics that the interviewer asked for."""
    return {key for sample in call if sample.speaker == "Q" for key in sample.topics}


def settings(corpus: Corpus, folds: list[set[str]], logs: evidence.Logs) -> tuple[dict, dict]:
    """Coefficients and thresholds of every setting, and its figures with interviews left out."""
    where = evidence.drift(corpus.talk)
    asked = {name: asked_in(call) for name, call in corpus.calls.items()}
    out: dict = {"drift": {"base": where.base, "leads": where.leads}, "settings": {}}
    report: dict = {"mapping": mapping(corpus, logs)}
    for setting in SETTINGS:
        need = 2 if setting.spoken else 1
        steps = cross_steps(corpus, folds, setting, logs)
        fitted = evidence.settle(corpus.calls, corpus.by_utterance, setting, logs, where)
        for name, weighed in fitted.items():
            heard = name == "heard"
            mine = [step for step in steps if step.answer != heard]
            weights, suggest, chance = trust(
                mine, folds, plain=name == "typed_bare", precision=PRECISION[name]
            )
            row = {"terms": weighed.terms, "bias": weighed.bias, "slope": weighed.slope,
                   "trust": weights, "suggest": suggest}  # fmt: skip
            if not heard:
                row["answered"] = answered(mine, asked, need)
            if setting.marked:
                row["left"] = left(mine)
            out["settings"][name] = row
            lines = [line(step, value, row) for step, value in zip(mine, chance, strict=True)]
            if heard:
                report[name] = suggestions(lines)
            else:
                calls = {key: call_of(mine, key, asked[key], row["answered"]) for key in asked}
                report[name] = figures(lines, calls, need)
            print(name, suggest, report[name], flush=True)
    return out, report


def line(step: Step, chance: float, row: dict) -> Line:
    """A line as the figures take it."""
    order = sorted(range(len(KEYS) - 1), key=lambda at: -step.shares[at])
    ranked = tuple(KEYS[at] for at in order)
    return Line(step.sample.interview or "", step.sample.topics, step.sample.accepted, ranked,
                ranked[0] if chance >= row["suggest"] else None,
                "left" in row and gone(step) >= row["left"], step.treated)  # fmt: skip


def call_of(steps: list[Step], name: str, asked: set[str], least_sum: float) -> Call:
    """A call as the figures take it."""
    mine = [step for step in steps if step.sample.interview == name]
    maybe = {key for at, key in enumerate(KEYS[:-1]) if gathered(mine, at) >= least_sum}
    return Call(frozenset(asked), frozenset(maybe))


def mapping(corpus: Corpus, logs: evidence.Logs) -> dict[str, float]:
    """How often the words of a question alone name its topic."""
    hits, count = [0, 0], 0
    for sample in corpus.talk:
        if sample.speaker == "Q" and sample.topics and sample.usable:
            found_logs = logs(sample)[:-1]
            order = sorted(range(len(found_logs)), key=lambda at: -found_logs[at])
            count += 1
            for at in (0, 1):
                hits[at] += bool({KEYS[where] for where in order[: at + 1]} & {*sample.topics})
    return {"first": round(hits[0] / count, 3), "two": round(hits[1] / count, 3)}


def main() -> None:
    """Train; without a folder of talk the coefficients stay as they are."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--talk", type=Path, help="a folder with text.jsonl and labels.jsonl")
    args = parser.parse_args()
    corpus = Corpus(args.talk)
    if args.talk:
        names = sorted(corpus.calls)
        folds = [set(names[at::FOLDS]) for at in range(FOLDS)]
        learned, report = settings(corpus, folds, cross_read(corpus, folds))
        (HERE.parent / "report.json").write_text(json.dumps(report, indent=1) + "\n")
        text = json.dumps(learned, separators=(",", ":"))
        (BANK / "evidence.json").write_text(text + "\n", encoding="utf-8")
    for name, table in (("answers", corpus.answers(set())), ("questions", corpus.questions(set()))):
        data = pack(table)
        (BANK / f"{name}.bin").write_bytes(data)
        print(name, len(table.rows), "rows", len(data), "bytes")


if __name__ == "__main__":
    main()
