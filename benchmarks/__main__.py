"""`python -m benchmarks [NAME...] [--json]`, `... tracking FOLDER`, or `... soak [MINUTES]`."""

import argparse
import json
import sys

from benchmarks import report
from benchmarks.suite import BENCHMARKS, Outcome, outcome


def main() -> int:
    """Measure, print and write the page; an exit code."""
    if sys.argv[1:2] == ["tracking"]:
        from benchmarks import tracking

        return tracking.main(sys.argv[2:])
    if sys.argv[1:2] == ["soak"]:
        from benchmarks import soak

        return soak.main(sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--json", action="store_true", help="every sample, on standard output")
    args = parser.parse_args()
    if unknown := set(args.names) - set(BENCHMARKS):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    done: dict[str, Outcome] = {}
    for name in args.names or BENCHMARKS:
        done[name] = outcome(BENCHMARKS[name], lambda said, name=name: _progress(name, said))  # type: ignore[misc]
        part = report.section(name, done[name])
        report.write({name: part})
        if not args.json:
            print(part, flush=True)
    if args.json:
        json.dump(report.as_data(done), sys.stdout, indent=1)
        print()
    return 0


def _progress(name: str, said: str) -> None:
    print(f"{name}: {said}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
