"""The table in the terminal, as JSON, and on the page that every run writes anew."""

import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.figures import Line, line
from benchmarks.machine import DISTURBED, description
from benchmarks.suite import BENCHMARKS, Outcome

PAGE = Path(__file__).parent / "RESULTS.md"
HEAD = f"""\
# Results

Written by `make bench`, which measures `iview` beside bare twins in a pseudo-terminal, in turns,
after a warm-up. A ratio is that of one round to the twin's of the same round: the median over the
rounds (and its range). p50, p95 and p99 are those of all samples. A round is *disturbed* where
other programs took more than {DISTURBED} processors; it is repeated, and only counts where too few
rounds were calm.
"""
COLUMNS = "| figure | iview p50 | p95 | p99 | twin p50 | p95 | p99 | ratio | goal | |"


def lines(name: str, done: Outcome) -> list[Line]:
    """The figures of a benchmark; what this system does not tell is left out."""
    had = done.rounds[0].ours
    return [line(each, done.rounds) for each in BENCHMARKS[name].figures if each.sample in had]


def section(name: str, done: Outcome) -> str:
    """A benchmark's part of the page."""
    note = f"{len(done.rounds)} rounds, {done.disturbed} disturbed"
    if done.disturbed:
        note += " and counted all the same" if done.counted else " and left out"
    rows = "\n".join(_row(each) for each in lines(name, done))
    ruler = "|".join(["", "---", *["---:"] * 8, "---", ""])
    return (
        f"## {name}\n\n{BENCHMARKS[name].about}.\n\n{COLUMNS}\n{ruler}\n{rows}\n\n"
        f"{note}. {description()}.\n"
    )


def _row(each: Line) -> str:
    cells = [each.name, *(_value(value, each.unit) for value in each.ours)]
    cells += [_value(value, each.unit) for value in each.twin] if each.twin else ["", "", ""]
    ratio = "{:.2f} ({:.2f} to {:.2f})".format(*each.ratio) if each.ratio else ""
    goal = ("" if each.goal is None else
            f"{each.goal:.2f}" if each.ratio else _value(each.goal, each.unit))  # fmt: skip
    verdict = {None: "", True: "reached", False: "**short**"}[each.reached]
    return "| " + " | ".join([*cells, ratio, goal, verdict]) + " |"


def _value(value: float, unit: str) -> str:
    return f"{value:.0f} {unit}" if value >= 100 or unit == "B" else f"{value:.2f} {unit}"


def write(sections: dict[str, str]) -> None:
    """Put these parts on the page; those of other benchmarks stay."""
    old = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    parts = re.split(r"^(?=## )", old, flags=re.MULTILINE)[1:]
    known = {part.split("\n", 1)[0].removeprefix("## "): part.strip() + "\n" for part in parts}
    known |= sections
    order = [name for name in BENCHMARKS if name in known]
    order += [name for name in known if name not in BENCHMARKS]
    PAGE.write_text("\n".join([HEAD, *(known[name] for name in order)]), encoding="utf-8")


def as_data(outcomes: dict[str, Outcome]) -> dict[str, Any]:
    """Everything, for `--json`."""
    return {
        "machine": description(),
        "benchmarks": {
            name: {
                "rounds": len(done.rounds),
                "disturbed": done.disturbed,
                "disturbed_counted": done.counted,
                "figures": [asdict(each) | {"reached": each.reached} for each in lines(name, done)],
                "samples": [
                    {"iview": dict(one.ours), "twin": dict(one.twin), "others": one.others}
                    for one in done.rounds
                ],
            }
            for name, done in outcomes.items()
        },
    }
