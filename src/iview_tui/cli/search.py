"""`iview search`: everything that a person wrote, by words."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from iview_tui.cli import arguments
from iview_tui.cli.codes import DONE, USAGE, say

if TYPE_CHECKING:
    from iview_tui.services.search import Found, Hit

WIDTH = 100
"""Characters of a row."""
MOST = 10_000
SAID = {
    "promise_theirs": "they promise", "promise_mine": "I promise", "contact": "person",
    "referral": "name", "draft": "letter", "guide_topic": "question", "follow_up": "due",
    "later": "for later",
}  # fmt: skip
"""Kinds that have another word for people."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `search`."""
    parser = subparsers.add_parser(
        "search",
        help="everything that you wrote, by words",
        description="Finds all of the words, newest first; they may go on (plan finds planner)."
        ' "a phrase", by:priya, topic:entry, kind:quote, since march, before 2026-11 narrow it.',
    )
    parser.add_argument("words", nargs="+", metavar="QUERY", help="words, in any order")
    parser.add_argument("--json", action="store_true", help="the hits as JSON")
    parser.add_argument("--limit", default="50", metavar="N", help="hits at the most (50)")
    parser.add_argument(
        "--with-private", action="store_true", help="private entries in the JSON as well"
    )
    arguments.add_database(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print what is found."""
    if not (args.limit.isascii() and args.limit.isdigit() and 1 <= int(args.limit[:6]) <= MOST):
        return say(f"--limit takes a whole number from 1 to {MOST:,}", USAGE)
    from iview_tui.services import search

    clock = arguments.clock()
    paths = arguments.paths_to_read(args)
    shown = not args.json or args.with_private
    text = " ".join(args.words)
    found = search.find(paths.database, clock, text, limit=int(args.limit), with_private=shown)
    if args.json:
        print(json.dumps(_value(found), indent=1, ensure_ascii=False))
        return DONE
    if not found.hits:
        say("nothing found" if not found.wanted.empty else "there is no word in that to look for")
    for hit in found.hits:
        sys.stdout.write(_row(found, hit) + "\n")
    if found.more:
        say(f"there are more; --limit {2 * int(args.limit)} shows them")
    return DONE


def _value(found: Found) -> dict[str, Any]:
    return {
        "hits": [
            {
                "interview": hit.interview,
                "entry": hit.entry,
                "kind": hit.kind,
                "name": hit.name,
                "topic": hit.topic,
                "at": hit.at.isoformat() if hit.at else None,
                "seconds": hit.seconds,
                "text": hit.text,
                "id": hit.id,
                "number": hit.number,
                "private": hit.private,
                "starred": hit.starred,
            }
            for hit in found.hits
        ],
        "more": found.more,
    }


def _row(found: Found, hit: Hit) -> str:
    day = hit.at.date().isoformat() if hit.at else ""
    head = "  ".join(
        part
        for part in (
            f"{day:<10}",
            f"{(hit.interview or '')[:8]:<8}",
            f"{SAID.get(hit.kind, hit.kind):<12}",
            hit.name,
            hit.topic,
        )
        if part
    )
    line, _ = found.snippet(hit, max(40, WIDTH - len(head)))
    star = "* " if hit.starred else ""
    return f"{head}: {star}{line}{'  (private)' if hit.private else ''}"
