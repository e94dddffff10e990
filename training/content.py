"""The table of weights: multinomial logistic regression on the features of a text."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import minimize

from iview_tui.domain.tracking.weights import Weights
from training.material import KEYS, Sample, found
from training.vectors import Vectors

ALSO = 0.25
"""What the acceptable labels beside the first one weigh together."""


@dataclass(frozen=True)
class Recipe:
    """What a table is learned from, and how."""

    kind: str
    """`answer` or `question`: which cues."""
    strength: float
    """The inverse of the penalty on the weights."""
    vectors: float
    """How much the words' vectors count; 0 leaves them out."""
    unseen: int = 0
    """How many common words that are in no sample get weights through their vectors."""


def target(sample: Sample) -> np.ndarray:
    """What the sample is about, as shares of the keys."""
    out = np.zeros(len(KEYS))
    for label in sample.labels:
        out[KEYS.index(label)] += 1 / len(sample.labels)
    also = [label for label in sample.also if label in KEYS and label not in sample.labels]
    if also:
        out *= 1 - ALSO
        for label in also:
            out[KEYS.index(label)] += ALSO / len(also)
    return out


def pairs_of(sample: Sample) -> bool:
    """Pairs of words are learned from the free material alone, never from what was said."""
    return sample.interview is None or sample.of.startswith("note")


def chosen(samples: list[Sample], kind: str) -> list[str]:
    """The features that are seen twice; of what was said only those of two interviews."""
    free: Counter[str] = Counter()
    said: dict[str, set[str]] = defaultdict(set)
    for sample in samples:
        mine = found(sample.text, kind, pairs_of(sample))
        if pairs_of(sample):
            free.update(mine)
        else:
            for feature in mine:
                said[feature].add(sample.interview or "")
    names = {name for name, count in free.items() if count >= 2}
    names |= {name for name, where in said.items() if len(where) >= 2 or free.get(name)}
    return sorted(names)


class Table:
    """The features as columns of a matrix, words also by their vectors."""

    def __init__(self, names: list[str], recipe: Recipe, vectors: Vectors,
                 counts: Counter[str], samples: int) -> None:  # fmt: skip
        self.names, self.recipe, self.vectors = names, recipe, vectors
        self.rows = {name: at for at, name in enumerate(names)}
        self.dense = np.zeros((len(names), vectors.width))
        if recipe.vectors:
            for name, at in self.rows.items():
                if (vector := vectors.get(name)) is not None:
                    rare = min(5.0, math.log(samples / (1 + counts[name])))
                    self.dense[at] = vector * max(0.0, rare) * recipe.vectors

    def matrix(self, texts: list[frozenset[str]]) -> sparse.csr_matrix:
        """A row for each text, each feature worth 1 / sqrt(features of the text)."""
        starts, at, values = [0], [], []
        for text in texts:
            known = sorted(self.rows[name] for name in text if name in self.rows)
            at += known
            values += [1 / math.sqrt(max(1, len(known)))] * len(known)
            starts.append(len(at))
        return sparse.csr_matrix((values, at, starts), shape=(len(texts), len(self.names)))


def fit(weighed: list[tuple[Sample, float]], recipe: Recipe, vectors: Vectors) -> Weights:
    """The table learned from samples with their weights."""
    samples = [sample for sample, _ in weighed]
    texts = [found(sample.text, recipe.kind, pairs_of(sample)) for sample in samples]
    counts: Counter[str] = Counter(name for text in texts for name in text)
    names = chosen(samples, recipe.kind)
    if recipe.unseen:
        names = sorted({*names, *vectors.common(recipe.unseen)})
    table = Table(names, recipe, vectors, counts, len(samples))
    x = table.matrix(texts)
    if recipe.vectors:
        x = sparse.hstack([x, sparse.csr_matrix(x @ table.dense)]).tocsr()
    y = np.array([target(sample) for sample in samples])
    w = np.array([weight for _, weight in weighed])
    learned, bias = regression(x, y, w, recipe.strength)
    own = learned[: len(names)]
    if recipe.vectors:
        own = own + table.dense @ learned[len(names) :]
    return rounded(names, own, bias)


def regression(x: sparse.csr_matrix, y: np.ndarray, w: np.ndarray, strength: float,
               rounds: int = 80) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Weights and biases that make the targets likeliest, with a penalty on large weights."""
    width, keys = x.shape[1], y.shape[1]
    back = x.T.tocsr()

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights, bias = flat[: width * keys].reshape(width, keys), flat[width * keys :]
        scores = x @ weights + bias
        scores -= scores.max(1, keepdims=True)
        powers = np.exp(scores)
        total = powers.sum(1, keepdims=True)
        value = -(w[:, None] * y * (scores - np.log(total))).sum()
        slope = w[:, None] * (powers / total - y)
        return value + (weights**2).sum() / (2 * strength), np.concatenate(
            [(back @ slope + weights / strength).ravel(), slope.sum(0)]
        )

    found_at = minimize(loss, np.zeros(width * keys + keys), jac=True, method="L-BFGS-B",
                        options={"maxiter": rounds, "maxcor": 5}).x  # fmt: skip
    return found_at[: width * keys].reshape(width, keys), found_at[width * keys :]


def rounded(names: list[str], values: np.ndarray, bias: np.ndarray, least: int = 6) -> Weights:
    """The table with a byte for each weight; rows that say nearly nothing are left out."""
    values = values - values.mean(1, keepdims=True)
    step = float(np.quantile(np.abs(values).max(1), 0.9995)) / 127
    whole = np.clip(np.rint(values / step), -127, 127).astype(np.int8)
    keep = [at for at in range(len(names)) if np.abs(whole[at]).max() >= least]
    return Weights(KEYS, {names[at]: row for row, at in enumerate(keep)}, whole[keep].tobytes(),
                   step, tuple(round(float(value), 5) for value in bias))  # fmt: skip
