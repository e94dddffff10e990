"""`iview compare`, `chain` and `glossary`: all talks together."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from iview_tui.cli import arguments
from iview_tui.cli.codes import DONE, NOT_FOUND, say

if TYPE_CHECKING:
    from iview_tui.domain.synthesis import Compared, Linked, Mention, Term
    from iview_tui.services.across import Comparison

MARKS = {"untouched": "·", "asked": "○", "partly": "◐", "covered": "✓", "skipped": "-"}
"""The sign of a topic's state in the matrix."""
COLUMNS = 12
"""People that the matrix shows beside each other."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `compare`, `chain` and `glossary`."""
    compare = subparsers.add_parser("compare", help="one question across all interviews")
    compare.add_argument(
        "topic", nargs="*", metavar="TOPIC", help="its short name or key; else all"
    )
    compare.set_defaults(run=run_compare)
    chain = subparsers.add_parser("chain", help="who led to whom")
    chain.set_defaults(run=run_chain)
    glossary = subparsers.add_parser(
        "glossary", help="the field's own words, and who said them",
        description="The field's own words; the organizations they named; what they offered.",
    )  # fmt: skip
    glossary.set_defaults(run=run_glossary)
    for parser in (compare, chain, glossary):
        parser.add_argument("--json", action="store_true", help="as JSON")
        parser.add_argument("--with-private", action="store_true", help="private entries as well")
        arguments.add_database(parser)


def _put(value: dict[str, Any]) -> int:
    print(json.dumps(value, indent=1, ensure_ascii=False))
    return DONE


def _print(lines: Iterator[str], nothing: str) -> int:
    printed = False
    for line in lines:
        sys.stdout.write(line.rstrip() + "\n")
        printed = True
    return DONE if printed else say(nothing)


# -- compare -------------------------------------------------------------------------------------


def run_compare(args: argparse.Namespace) -> int:
    """Print topics across talks."""
    from iview_tui.services import across

    asked = " ".join(args.topic) or None
    try:
        found = across.compare(
            arguments.paths_to_read(args).database,
            asked,
            with_texts=bool(asked) or args.json,
            with_private=args.with_private,
        )
    except across.NotFound as error:
        return say(str(error), NOT_FOUND)
    if args.json:
        return _put(_compared(found))
    nothing = "no talk with a list of topics was begun yet"
    return _print(_one(found) if asked else _all(found), nothing)


def _compared(found: Comparison) -> dict[str, Any]:
    return {
        "topics": [_topic_value(topic) for topic in found.topics],
        "unknown": [{"key": topic.key, "title": topic.title} for topic in found.unknown],
        "plans": [{"text": text, "talks": talks} for text, talks in found.plans],
        "style": [
            {
                "interview": style.interview,
                "name": style.name,
                "at": style.at,
                **{name: value for name, value in style.figures.items() if name != "start"},
                "confidence": style.confidence,
            }
            for style in found.styles
        ],
    }


def _topic_value(topic: Compared) -> dict[str, Any]:
    return {
        "key": topic.key,
        "title": topic.title,
        "asked_of": topic.asked_of,
        "answers": [
            {
                "name": answer.name,
                "interview": answer.interview,
                "state": answer.state,
                "texts": [said.text for said in answer.said],
                "entries": [said.entry for said in answer.said],
            }
            for answer in topic.answers
        ],
        "question": topic.question,
        "answered": topic.answered,
        "ways": topic.ways,
        "accords": [
            {"kind": mark.kind, "entry": mark.entry, "other": mark.other, "text": mark.text}
            for mark in topic.accords
        ],
    }


def _one(found: Comparison) -> Iterator[str]:
    """Each topic with everybody's answers."""
    for place, topic in enumerate(found.topics):
        if place:
            yield ""
        yield f"{topic.title}   {topic.question}"
        yield f"  {topic.saturation}"
        text_of = {said.entry: said.text for answer in topic.answers for said in answer.said}
        for answer in topic.answers:
            if answer.said or answer.state not in ("untouched", "skipped"):
                yield f"  {answer.name or 'nobody named'}  {answer.state}  ({answer.interview[:8]})"
            for said in answer.said:
                star, private = ("* " if said.starred else ""), "  (private)" * said.private
                yield f"      {star}{_line(said.text)}{private}"
        for mark in topic.accords:
            if mark.entry in text_of and mark.other in text_of:
                yield f"  {mark.kind}: {_line(text_of[mark.entry])} | {_line(text_of[mark.other])}"
                if mark.text:
                    yield f"      {_line(mark.text)}"


def _all(found: Comparison) -> Iterator[str]:
    """The matrix of topics and people, what is unknown, and the own style."""
    from iview_tui.domain.synthesis import chart, series
    from iview_tui.domain.text import cells

    if not found.topics:
        return
    people = found.people[:COLUMNS]
    for topic in found.topics:
        states = {answer.interview: answer.state for answer in topic.answers}
        row = "  ".join(MARKS.get(states.get(call, ""), " ") for call, _ in people)
        title = topic.title + " " * max(0, 20 - cells(topic.title))
        yield f"{title}  {row}   {topic.saturation}"
    for number, (_, name) in enumerate(people):
        yield " " * 22 + "   " * number + f"{name or 'nobody named'}"
    if found.unknown:
        yield ""
        yield "STILL UNKNOWN"
        yield from (f"  {topic.title}   {topic.question}" for topic in found.unknown)
    if found.plans:
        yield ""
        yield "PLANS"
        yield from (f"  {_line(text)}   {_talks(talks)}" for text, talks in found.plans)
    if len(found.styles) > 1:
        yield ""
        yield "MY STYLE, first talk to last"
        for called, values in series(found.styles):
            known = [each for each in values if each is not None]
            last = f"{known[-1]:g}" if known else ""
            yield f"  {called:<20} {chart(values)}  {last}"


def _talks(number: int) -> str:
    return f"{number} talk" + ("" if number == 1 else "s")


def _line(text: str) -> str:
    return text.replace("\n", " ¶ ")


# -- chain ---------------------------------------------------------------------------------------


def run_chain(args: argparse.Namespace) -> int:
    """Print who led to whom."""
    from iview_tui.services import across

    people = across.chain(arguments.paths_to_read(args).database, with_private=args.with_private)
    if args.json:
        return _put({"people": [_person(person) for person in people]})
    return _print(_tree(people), "nobody is kept yet")


def _person(person: Linked) -> dict[str, Any]:
    return {
        "name": person.name,
        "via": person.via,
        "depth": person.depth,
        "talked": person.talked,
        "led_to": list(person.led_to),
        "id": person.id,
        "talks": person.talks,
    }


def _tree(people: Sequence[Linked]) -> Iterator[str]:
    talked = {person.name for person in people if person.talked}
    for person in people:
        led = sum(name in talked for name in person.led_to)
        notes = [f"{_talks(person.talks)}" if person.talks else "not yet"]
        if person.led_to:
            notes.append(f"led to {len(person.led_to)}, {led} talked with")
        if person.private:
            notes.append("private")
        yield f"{'   ' * person.depth}{person.name}   {'; '.join(notes)}"
    if people:
        deepest = max(person.depth for person in people)
        yield ""
        yield f"{len(people)} people, {len(talked)} talked with, {deepest} deep"


# -- glossary ------------------------------------------------------------------------------------


def run_glossary(args: argparse.Namespace) -> int:
    """Print the field's words, and what else they named."""
    from iview_tui.services import across

    database, private = arguments.paths_to_read(args).database, args.with_private
    terms = across.glossary(database, with_private=private)
    organizations = across.mentions(database, "organization", with_private=private)
    opportunities = across.mentions(database, "opportunity", with_private=private)
    if args.json:
        return _put(
            {
                "terms": [
                    {
                        "term": term.term,
                        "meaning": term.meaning,
                        "name": term.name,
                        "interview": term.interview,
                        "entry": term.entry,
                    }
                    for term in terms
                ],
                "organizations": [_mention(each) for each in organizations],
                "opportunities": [_mention(each) for each in opportunities],
            }
        )
    return _print(_words(terms, organizations, opportunities), "no word of a field was noted yet")


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "text": mention.text,
        "name": mention.name,
        "interview": mention.interview,
        "entry": mention.entry,
        "at": mention.at,
    }


def _words(
    terms: Sequence[Term], organizations: Sequence[Mention], opportunities: Sequence[Mention]
) -> Iterator[str]:
    for term in terms:
        meaning = f" = {_line(term.meaning)}" if term.meaning else ""
        yield f"{_line(term.term)}{meaning}   {term.name or ''}{'  (private)' * term.private}"
    groups = (("ORGANIZATIONS", organizations), ("OPENINGS THEY RAISED", opportunities))
    for title, mentions in groups:
        if mentions:
            yield ""
            yield title
        for each in mentions:
            yield f"  {_line(each.text)}   {each.name or ''}{'  (private)' * each.private}"
