"""Samples, and the figures that are made of them."""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Samples = Mapping[str, Sequence[float]]
"""What was measured in one run of one program, by name."""
Statistic = Callable[[Sequence[float]], float]


def percentile(values: Sequence[float], part: float) -> float:
    """The least value with that part (0 to 1) of the values not above it (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)]


def p50(values: Sequence[float]) -> float:
    """The median."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """What one in twenty goes beyond."""
    return percentile(values, 0.95)


def p99(values: Sequence[float]) -> float:
    """What one in a hundred goes beyond."""
    return percentile(values, 0.99)


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what is compared, and what is wanted."""

    name: str
    sample: str
    """Which samples it is made of."""
    unit: str
    goal: float | None = None
    """The ratio, or without a twin the value, that is not to be exceeded."""
    statistic: Statistic = p50
    """What is compared in a round."""
    beside: bool = True
    """Whether it is held against the twin."""


@dataclass(frozen=True, slots=True)
class Round:
    """One program after the other."""

    ours: Samples
    twin: Samples
    others: float
    """Processors that other programs took meanwhile."""


@dataclass(frozen=True, slots=True)
class Line:
    """What came of a figure."""

    name: str
    unit: str
    ours: tuple[float, float, float]
    """p50, p95 and p99 of all samples."""
    twin: tuple[float, float, float] | None
    ratio: tuple[float, float, float] | None
    """The median over the rounds, and the least and the most."""
    goal: float | None

    @property
    def reached(self) -> bool | None:
        """Whether it is as good as wanted; None where nothing is wanted."""
        if self.goal is None:
            return None
        return (self.ratio[0] if self.ratio else self.ours[0]) <= self.goal


def line(figure: Figure, rounds: Sequence[Round]) -> Line:
    """A figure over some rounds."""
    ours = [value for each in rounds for value in each.ours[figure.sample]]
    if not figure.beside:
        return Line(figure.name, figure.unit, _three(ours), None, None, figure.goal)
    twin = [value for each in rounds for value in each.twin[figure.sample]]
    ratios = [
        figure.statistic(each.ours[figure.sample]) / figure.statistic(each.twin[figure.sample])
        for each in rounds
    ]
    ratio = (statistics.median(ratios), min(ratios), max(ratios))
    return Line(figure.name, figure.unit, _three(ours), _three(twin), ratio, figure.goal)


def _three(values: Sequence[float]) -> tuple[float, float, float]:
    return p50(values), percentile(values, 0.95), p99(values)
