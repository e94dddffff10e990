"""`iview guide`: a list of questions, without a terminal."""

import argparse
import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from iview_tui.cli import arguments, guide_lists
from iview_tui.cli.codes import DONE, USAGE, say

if TYPE_CHECKING:
    from iview_tui.domain.guide import Guide, Topic
    from iview_tui.domain.pacing import Fit

SUFFIXES = {"md": "md", "csv": "csv", "text": "txt", "json": "json"}
"""The formats of the export, and the ends of their files' names."""


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `guide` and its subcommands."""
    parser = subparsers.add_parser("guide", help="the list of questions: show, fit, lint, export")
    commands = parser.add_subparsers(dest="guide_command", metavar="COMMAND", required=True)

    show = commands.add_parser("show", help="the questions, numbered, and what did not parse")
    _add_guide(show)
    _add_minutes(show)
    show.set_defaults(run=_show)

    fit = commands.add_parser("fit", help="which questions have time in a call of N minutes")
    _add_guide(fit)
    _add_minutes(fit)
    fit.set_defaults(run=_fit)

    export = commands.add_parser("export", help="the list as Markdown, CSV, plain text or JSON")
    _add_guide(export)
    export.add_argument("--format", choices=tuple(SUFFIXES), default="md")
    export.add_argument(
        "-o", "--output", default="-", metavar="PATH|-", help="where to; - is standard output"
    )
    export.add_argument("--force", action="store_true", help="write over a file that is there")
    export.set_defaults(run=_export)
    guide_lists.register(commands)


def _add_guide(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "guide", nargs="?", metavar="GUIDE", help="a file (.md, .csv, text); else the built-in list"
    )


def _add_minutes(parser: argparse.ArgumentParser) -> None:
    arguments.add_minutes(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")


def _show(args: argparse.Namespace) -> int:
    return _with_fit(args, _show_value, _show_text)


def _fit(args: argparse.Namespace) -> int:
    return _with_fit(args, lambda _, fit: _fit_value(fit), _fit_text, says_kept=True)


def _with_fit(args: argparse.Namespace, value: Any, text: Any, *, says_kept: bool = False) -> int:
    """Work out the fit of the guide that was asked for and print it, as JSON or as text."""
    from iview_tui.domain.pacing import fit

    minutes = arguments.minutes(args.minutes, now=args.now)
    if minutes is None:
        return USAGE
    guide, code = arguments.guide(args.guide)
    if guide is None:
        return code
    result = fit(guide, minutes)
    if says_kept:
        _say_kept(guide)
    if args.json:
        print(json.dumps(value(guide, result), ensure_ascii=False, indent=1))
    else:
        print("\n".join(text(guide, result)))
    return DONE


def _say_kept(guide: "Guide") -> None:
    """Name the lines that did not parse."""
    lines = [str(row.line) for row in guide.kept]
    if len(lines) == 1:
        say(f"line {lines[0]} did not parse; it is kept")
    elif lines:
        more = f" and {len(lines) - 5} more" if len(lines) > 5 else ""
        say(f"lines {', '.join(lines[:5])}{more} did not parse; they are kept")


def _show_value(guide: "Guide", fit: "Fit") -> dict[str, Any]:
    from iview_tui.interchange.guides import guide_value

    return {**guide_value(guide), "fit": _fit_value(fit)}


def _fit_value(fit: "Fit") -> dict[str, Any]:
    return {
        "minutes": fit.minutes,
        "needed": fit.needed,
        "room": fit.room,
        "fits": list(fit.fits),
        "left_out": list(fit.left_out),
        "sentence": fit.sentence,
    }


def _show_text(guide: "Guide", fit: "Fit") -> Iterator[str]:
    yield guide.title
    if guide.purpose:
        yield f"Purpose: {guide.purpose}"
    yield fit.sentence
    yield from _tosay("Opening", guide.opening)
    for section, topics in groupby(guide.topics, key=lambda topic: topic.section):
        yield ""
        if section:
            yield section
        for topic in topics:
            yield from _topic_text(topic, fit)
    yield from _tosay("Close", guide.close)
    if guide.kept:
        yield ""
        yield "Did not parse, kept as it stands"
        yield from (f"  line {row.line}: {row.text}" for row in guide.kept)


def _tosay(name: str, lines: tuple[str, ...]) -> Iterator[str]:
    if lines:
        yield ""
        yield name
        yield from (f"  {line}" for line in lines)


def _topic_text(topic: "Topic", fit: "Fit") -> Iterator[str]:
    yield f"{_row(topic)}{'  no time' if topic.number in fit.left_out else ''}"
    yield f"      {topic.question}"
    yield from (f"      - {probe}" for probe in topic.probes)
    yield from (f"      > {line}" for line in topic.background)
    if topic.keywords:
        yield f"      keywords: {', '.join(topic.keywords)}"


def _row(topic: "Topic") -> str:
    """Number, name, what it is worth, minutes: `  4  Training          key    3 min`."""
    from iview_tui.domain.guide import Priority
    from iview_tui.domain.text import cells

    worth = {Priority.MUST: "key", Priority.COULD: "could"}.get(topic.priority, "")
    name = topic.title + " " * (16 - cells(topic.title))
    return f"{topic.number:>4}  {name}  {worth:<5}  {round(topic.minutes, 2):g} min"


def _fit_text(guide: "Guide", fit: "Fit") -> Iterator[str]:
    yield fit.sentence
    yield f"{fit.needed:g} minutes of questions, {fit.room:g} until it is time to ask for names"
    for numbers, word in ((fit.fits, "time for"), (fit.left_out, "no time")):
        if numbers:
            yield ""
            yield word
            yield from (_row(topic) for topic in guide.topics if topic.number in numbers)


def _export(args: argparse.Namespace) -> int:
    from iview_tui.cli import output

    guide, code = arguments.guide(args.guide)
    if guide is None:
        return code
    name = output.file_name(guide.title, suffix=SUFFIXES[args.format])
    code = output.put(_written(guide, args.format), args.output, name, force=args.force)
    if code != DONE:
        return code
    if left_out := _left_out(guide, args.format):
        say(f"not in {args.format}: {', '.join(left_out)}")
    return DONE


def _written(guide: "Guide", kind: str) -> str:
    from iview_tui.interchange import guides

    match kind:
        case "csv":
            return guides.write_csv(guide)
        case "text":
            return guides.write_text(guide)
        case "json":
            return json.dumps(guides.guide_value(guide), ensure_ascii=False, indent=1) + "\n"
        case _:
            return guides.write_guide(guide)


def _left_out(guide: "Guide", kind: str) -> list[str]:
    """What of this guide a table or a plain list has no place for."""
    if kind not in ("csv", "text"):
        return []
    has = {
        "the purpose": guide.purpose,
        "sections": kind == "text" and any(topic.section for topic in guide.topics),
        "the lines to say": kind == "text" and (guide.opening or guide.close),
        "probes": any(topic.probes for topic in guide.topics),
        "background": any(topic.background for topic in guide.topics),
        "keywords": any(topic.keywords for topic in guide.topics),
        "what did not parse": guide.kept,
    }
    return [name for name, there in has.items() if there]
