"""The benchmarks by name: what is run in turns, and which figures come of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks import disk, measures, search
from benchmarks.figures import Figure, Round, Samples, p95, p99
from benchmarks.machine import DISTURBED, Others
from benchmarks.programs import Program, ours, twin

FULL_CALL = 500


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One benchmark."""

    about: str
    run: Callable[[], tuple[Samples, Samples]]
    """Runs both once, one after the other."""
    rounds: int
    figures: tuple[Figure, ...]


def _pair(
    measure: Callable[[Program], Samples], entries: int = 0
) -> Callable[[], tuple[Samples, Samples]]:
    return lambda: (measure(ours(entries)), measure(twin()))


def _alone(measure: Callable[[Program], Samples]) -> Callable[[], tuple[Samples, Samples]]:
    return lambda: (measure(ours()), {})


_KEYS = (
    Figure("key to paint, p50", "key", "ms", 0.6),
    Figure("key to paint, p99", "key", "ms", 0.6, p99),
    Figure("bytes a key", "bytes", "B"),
)
BENCHMARKS = {
    "startup": Benchmark(
        "`iview live` on a fresh database: from the start to the first picture, and to the first"
        " key on the screen",
        _pair(measures.startup), 21,
        (Figure("first paint", "paint", "ms", 1.15), Figure("first key", "key", "ms", 1.15)),
    ),
    "startup-again": Benchmark(
        "The same where the person was called before",
        lambda: (measures.startup(ours(again=True)), measures.startup(twin())), 21,
        (Figure("first paint", "paint", "ms", 1.15), Figure("first key", "key", "ms", 1.15)),
    ),
    "keys": Benchmark(
        "From a key to its letter on the screen: the note line, every letter kept before it is"
        " painted, beside an empty TextArea",
        _pair(measures.keys), 3, _KEYS,
    ),
    "keys-500": Benchmark(
        f"The same in a call of {FULL_CALL} entries, which is gone on with",
        _pair(measures.keys, FULL_CALL), 3, _KEYS,
    ),
    "idle": Benchmark(
        f"{measures.WATCHED:.0f} seconds in which nobody types",
        _pair(measures.idle), 3,
        (
            Figure("processor", "cpu", "ms/s", 1.0),
            Figure("wake-ups", "wakes", "/s", 1.0),
            Figure("private memory", "memory", "MB", 1.9),
        ),
    ),
    "tick": Benchmark(
        "Bytes to the terminal for a second that passes",
        _alone(measures.idle), 1, (Figure("tick", "bytes", "B", 150, beside=False),),
    ),
    "enter": Benchmark(
        "From Enter to the entry kept, and synced to the disk, beside a bare sqlite3 commit"
        " (WAL, synchronous FULL)",
        disk.enter, 5,
        (
            Figure("kept, typing goes on", "kept", "ms"),
            Figure("synced", "synced", "ms", 1.3),
        ),
    ),
    "search": Benchmark(
        f"What is found at each letter among {search.NOTES:,} notes, beside a raw FTS5 query for"
        " the same words",
        search.search, 5,
        (
            Figure("found, p50", "find", "ms", 2.0),
            Figure("found, p95", "find", "ms", 2.0, p95),
        ),
    ),
    "compare": Benchmark(
        "`iview compare` over 1,000 calls with 100,000 notes, beside one over 10 calls",
        search.compare, 3, (Figure("compare", "compare", "ms", 1.5),),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outcome:
    """The rounds that count, and how it went."""

    rounds: tuple[Round, ...]
    disturbed: int
    """How many rounds others disturbed."""
    counted: bool
    """Whether disturbed rounds are among those that count, since there were too few others."""


def outcome(benchmark: Benchmark, say: Callable[[str], None]) -> Outcome:
    """Warm up, then run; a disturbed round is repeated, as long as there are not too many."""
    benchmark.run()
    rounds: list[Round] = []
    for one in _rounds(benchmark):
        rounds.append(one)
        calm = [each for each in rounds if each.others <= DISTURBED]
        say(f"round {len(rounds)}, others {one.others:.2f}")
        if len(calm) >= benchmark.rounds:
            break
    enough = len(calm) * 2 > benchmark.rounds
    kept: Sequence[Round] = calm if enough else rounds
    return Outcome(tuple(kept), len(rounds) - len(calm), not enough)


def _rounds(benchmark: Benchmark) -> Iterator[Round]:
    for _ in range(2 * benchmark.rounds):
        others = Others()
        mine, bare = benchmark.run()
        yield Round(mine, bare, others.share())
