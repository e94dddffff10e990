"""Exit codes, and the one way to say a sentence to the person who called."""

import sys

DONE = 0
FAILED = 1
"""Unreadable, empty or question-less file, bad script."""
USAGE = 2
"""Wrong words on the command line, or no terminal where one is needed."""
NOT_FOUND = 3
"""No such file, person or interview."""
DATABASE = 4
"""The database or its directory: busy, full, damaged, newer, foreign, not writable."""
INTERRUPTED = 130


def say(sentence: str, code: int = DONE) -> int:
    """Say something on stderr; give back the exit code that goes with it."""
    from iview_tui.domain.text import clean

    print(f"iview: {clean(sentence)}", file=sys.stderr)
    return code
