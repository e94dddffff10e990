"""`iview guide new|lint|import|list`: lists of questions, begun, looked at and kept."""

import argparse
import json
import os
import sys

from iview_tui.cli import arguments
from iview_tui.cli.codes import DATABASE, DONE, FAILED, say

BEGUN = """\
# My questions
Purpose: find out what this work is really like

## Opening (3)
- Thank you for making time. What I hope to do today: $purpose.
- I have us down until $end; does that still suit?

## About the field (12)
- ! Rewarding side: What do you find most rewarding about this work? #enjoy
  - What made a recent good day a good one?
- ! Training: What training would you recommend to someone starting today? (3) #training
- ? Other ways in: What other ways into the field have you seen work? #alt_entry

## About the organization (6)
- What does your team do differently from other teams?

## Close
- Could you suggest two or three other people I might talk with?
- Thank you. May I write to you once more and tell you how it goes?
"""
"""`!` is a key question, `?` one for spare time, `(3)` minutes, `#key` a topic of the bank."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the subcommands."""
    lint = commands.add_parser("lint", help="what to look at: closed, double, leading ...")
    lint.add_argument("guide", nargs="?", metavar="GUIDE", help="a file, or a kept list")
    lint.add_argument("--strict", action="store_true", help="exit code 1 where there is anything")
    lint.add_argument("--json", action="store_true", help="as JSON")
    lint.set_defaults(run=_lint)

    new = commands.add_parser("new", help="begin a list of questions in a file")
    new.add_argument("-o", "--output", default="-", metavar="PATH|-", help="a new file")
    new.set_defaults(run=_new)

    import_ = commands.add_parser("import", help="keep a list under its title")
    import_.add_argument("guide", metavar="FILE", help="a file (.md, .csv, text)")
    import_.add_argument("--json", action="store_true", help="as JSON")
    arguments.add_database(import_)
    import_.set_defaults(run=_import)

    list_ = commands.add_parser("list", help="the kept lists, and the built-in one")
    list_.add_argument("--json", action="store_true", help="as JSON")
    arguments.add_database(list_)
    list_.set_defaults(run=_list)


def _lint(args: argparse.Namespace) -> int:
    from iview_tui.services.guides import guide_text, lint_guide

    guide, code = arguments.guide(args.guide)
    if guide is None:
        return code
    rows = lint_guide(guide_text(args.guide, guide), guide)
    if args.json:
        findings = [
            {"line": line, "question": topic.question, "rule": one.rule, "message": one.message}
            for line, topic, one in rows
        ]
        print(json.dumps({"findings": findings}, indent=1, ensure_ascii=False))
    else:
        for line, topic, one in rows:
            sys.stdout.write(f"line {line}: {topic.question}\n  {one.rule}: {one.message}\n")
        if not rows:
            say("nothing to look at")
    return FAILED if rows and args.strict else DONE


def _new(args: argparse.Namespace) -> int:
    from iview_tui.cli import output

    return output.put(BEGUN, args.output, "questions.md")


def _import(args: argparse.Namespace) -> int:
    from iview_tui.paths import find
    from iview_tui.services.guides import keep_guide
    from iview_tui.store.errors import DatabaseError

    guide, code = arguments.guide(args.guide)
    if guide is None:
        return code
    for row in guide.kept:
        say(f"line {row.line} did not parse; it is kept")
    try:
        new = keep_guide(find(os.environ, args.db), arguments.clock(), guide)
    except DatabaseError as error:
        return say(str(error), DATABASE)
    if args.json:
        value = {"title": guide.title, "topics": len(guide.topics), "new": new}
        print(json.dumps(value, indent=1, ensure_ascii=False))
    else:
        word = "kept" if new else "kept in the place of the one before"
        sys.stdout.write(f"{guide.title}: {len(guide.topics)} topics, {word}\n")
    return DONE


def _list(args: argparse.Namespace) -> int:
    from iview_tui.paths import find
    from iview_tui.services.guides import built_in_guide, kept_guides
    from iview_tui.store.errors import DatabaseError

    try:
        kept = kept_guides(find(os.environ, args.db).database)
    except DatabaseError as error:
        return say(str(error), DATABASE)
    rows = [(guide, False) for guide in kept] + [(built_in_guide(), True)]
    if args.json:
        value = [
            {"title": guide.title, "topics": len(guide.topics), "built_in": built_in}
            for guide, built_in in rows
        ]
        print(json.dumps({"guides": value}, indent=1, ensure_ascii=False))
        return DONE
    for guide, built_in in rows:
        word = "  (built in)" if built_in else ""
        sys.stdout.write(f"{len(guide.topics):>4} topics  {guide.title}{word}\n")
    return DONE
