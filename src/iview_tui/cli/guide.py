"""`iview guide show|fit|export`: a list of questions, without a terminal."""

import argparse
import json
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from iview_tui.domain.guide import Guide, Topic
    from iview_tui.domain.pacing import Fit

DONE, FAILED, USAGE, NOT_FOUND = 0, 1, 2, 3
USUAL_MINUTES = 30


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `guide` and its subcommands."""
    parser = subparsers.add_parser("guide", help="the list of questions: show, fit, export")
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
    export.add_argument("--format", choices=("md", "csv", "text", "json"), default="md")
    export.add_argument(
        "-o", "--output", default="-", metavar="PATH", help="a file, or - for standard output"
    )
    export.add_argument("--force", action="store_true", help="write over a file that is there")
    export.set_defaults(run=_export)


def _add_guide(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "guide", nargs="?", metavar="GUIDE", help="a file (.md, .csv, text); else the built-in list"
    )


def _add_minutes(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--minutes", default=str(USUAL_MINUTES), metavar="N", help="20 to 60")
    parser.add_argument("--now", action="store_true", help="offered on the spot: 10 to 60 minutes")
    parser.add_argument("--json", action="store_true", help="as JSON")


def _show(args: argparse.Namespace) -> int:
    return _with_fit(args, _show_value, _show_text)


def _fit(args: argparse.Namespace) -> int:
    return _with_fit(args, lambda _, fit: _fit_value(fit), _fit_text, says_kept=True)


def _with_fit(args: argparse.Namespace, value: Any, text: Any, *, says_kept: bool = False) -> int:
    """Work out the fit of the guide that was asked for and print it, as JSON or as text."""
    from iview_tui.domain.pacing import fit

    minutes = _minutes(args.minutes, now=args.now)
    if minutes is None:
        return USAGE
    guide, code = _load(args.guide)
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
        _say(f"line {lines[0]} did not parse; it is kept")
    elif lines:
        more = f" and {len(lines) - 5} more" if len(lines) > 5 else ""
        _say(f"lines {', '.join(lines[:5])}{more} did not parse; they are kept")


def _minutes(text: str, *, now: bool) -> int | None:
    """Minutes in their bounds, or None once the reason was said."""
    from iview_tui.domain.text import one_line

    least = 10 if now else 20
    shown = one_line(text, 20)
    if not (text.isascii() and text.isdigit()):
        _say(f"--minutes takes a whole number from {least} to 60, not {shown!r}")
    elif least <= int(text[:9]) <= 60:
        return int(text)
    else:
        why = "they offered it on the spot" if now else "that is what one may ask a stranger for"
        hint = "; with --now 10 and more" if not now and 10 <= int(text[:9]) < 20 else ""
        _say(f"--minutes is {least} to 60, not {shown}: {why}{hint}")
    return None


def _load(path: str | None) -> "tuple[Guide | None, int]":
    """The guide, or None and the exit code once the reason was said."""
    from iview_tui.services.guides import GuideError, GuideNotFound, load_guide

    try:
        return load_guide(path), DONE
    except GuideNotFound as error:
        _say(str(error))
        return None, NOT_FOUND
    except GuideError as error:
        _say(str(error))
        return None, FAILED


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
    yield from _to_say("Opening", guide.opening)
    for section, topics in groupby(guide.topics, key=lambda topic: topic.section):
        yield ""
        if section:
            yield section
        for topic in topics:
            yield from _topic_text(topic, fit)
    yield from _to_say("Close", guide.close)
    if guide.kept:
        yield ""
        yield "Did not parse, kept as it stands"
        yield from (f"  line {row.line}: {row.text}" for row in guide.kept)


def _to_say(name: str, lines: tuple[str, ...]) -> Iterator[str]:
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
    guide, code = _load(args.guide)
    if guide is None:
        return code
    text = _written(guide, args.format)
    if args.output == "-":
        sys.stdout.write(text)
    elif not _write(Path(args.output), text, force=args.force):
        return FAILED
    if left_out := _left_out(guide, args.format):
        _say(f"not in {args.format}: {', '.join(left_out)}")
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


def _write(path: Path, text: str, *, force: bool) -> bool:
    """Write a file whole or not at all; over another only when asked. False once it was said."""
    from iview_tui.domain.text import one_line

    shown = one_line(str(path), 200)
    part = path.with_name(f"{path.name}.part")
    try:
        if path.is_dir() or (path.exists() and not path.is_file()):
            _say(f"{shown} is not a file")
            return False
        if path.exists() and not force:
            _say(f"{shown} is there already; --force writes over it")
            return False
        try:
            part.write_text(text, encoding="utf-8", newline="")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        _say(f"{shown} cannot be written: {reason.lower()}")
        return False
    return True


def _say(sentence: str) -> None:
    print(f"iview: {sentence}", file=sys.stderr)
