"""The prepared topics as columns: what words may be about."""

from collections import Counter
from collections.abc import Mapping, Sequence

from iview_tui.domain.guide import Topic
from iview_tui.domain.tracking.evidence import NONE, Column
from iview_tui.domain.tracking.words import words_of
from iview_tui.domain.value import value

UNMAPPED = -1.0
"""What a topic without a bank key starts from: its words were learned from nothing."""
KEYWORD, OWN_WORD, MOST_HITS = 0.7, 0.6, 2
"""What a keyword of the user's adds, what a word of an unmapped question adds, how many count."""


@value
class Board:
    """The columns of one list of questions."""

    columns: tuple[Column, ...]
    """The topics in their order, then the bank's keys that no topic has, *none* last."""
    numbers: tuple[tuple[int, int], ...]
    """Topic numbers and their columns."""
    by_number: Mapping[int, int]
    keywords: Mapping[str, tuple[int, ...]]
    """The user's own words (phrases too) and the columns that they speak for."""
    wording: Mapping[str, tuple[int, ...]]
    """The words of questions without a key."""

    @property
    def none(self) -> int:
        """The column of what belongs to no topic."""
        return len(self.columns) - 1

    def column(self, number: int | None) -> int | None:
        """The column of a topic, or None where there is no such topic."""
        return None if number is None else self.by_number.get(number)

    def topics_of(self, shares: Sequence[float]) -> tuple[tuple[int, float], ...]:
        """Every topic's share, best first, the plan's order among equals."""
        found = ((number, shares[column]) for number, column in self.numbers)
        return tuple(sorted(found, key=lambda row: (-row[1], row[0])))

    def likeliest(self, shares: Sequence[float]) -> tuple[tuple[int, float], ...]:
        """The three best."""
        return self.topics_of(shares)[:3]


def lay(topics: Sequence[Topic], keys: Sequence[str], shorthand: Mapping[str, str],
        common: frozenset[str]) -> Board:  # fmt: skip
    """The columns for topics; `keys` are those with learned words, `common` words say nothing."""
    owned = [topic.key if topic.key in keys and topic.key != NONE else None for topic in topics]
    sharing = Counter(owned)
    columns = [Column(key, sharing[key] if key else 1) for key in owned]
    columns += [Column(key) for key in keys if key not in sharing and key != NONE]
    keywords: dict[str, tuple[int, ...]] = {}
    wording: dict[str, tuple[int, ...]] = {}
    for at, topic in enumerate(topics):
        for keyword in topic.keywords:
            phrase = " ".join(words_of(keyword, shorthand))
            if phrase:
                keywords[phrase] = (*keywords.get(phrase, ()), at)
        if owned[at] is None:
            text = " ".join((topic.title, topic.question, *topic.probes))
            for word in sorted(set(words_of(text, shorthand)) - common):
                if len(word) > 3:
                    wording[word] = (*wording.get(word, ()), at)
    numbers = tuple((topic.number, at) for at, topic in enumerate(topics))
    return Board((*columns, Column(NONE)), numbers, dict(numbers), keywords, wording)


def own_words(board: Board, words: tuple[str, ...]) -> list[float]:
    """What the user's own words add to each column."""
    extra = [UNMAPPED if column.key is None else 0.0 for column in board.columns]
    if board.keywords:
        joined = f" {' '.join(words)} "
        hits = [at for phrase, where in board.keywords.items() if f" {phrase} " in joined
                for at in where]  # fmt: skip
        _add(extra, hits, KEYWORD)
    if board.wording:
        _add(extra, [at for word in set(words) for at in board.wording.get(word, ())], OWN_WORD)
    return extra


def _add(extra: list[float], hits: list[int], worth: float) -> None:
    for at, count in Counter(hits).items():
        extra[at] += worth * min(count, MOST_HITS)


def assign(mapped: Sequence[Sequence[tuple[str, float]]], least: float) -> list[str | None]:
    """A bank key for each of several questions, no key twice, the surest first.

    `mapped` has the likely keys of each question; under `least` a question stays without.
    """
    pairs = sorted((-score, at, key) for at, found in enumerate(mapped) for key, score in found)
    given: dict[int, str] = {}
    for score, at, key in pairs:
        if -score >= least and at not in given and key not in given.values():
            given[at] = key
    return [given.get(at) for at in range(len(mapped))]
