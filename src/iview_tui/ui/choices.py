"""The rows of the list: commands while `/` is typed, everything in the palette."""

from iview_tui.domain.commands import COMMANDS
from iview_tui.ui.layout.grammar import GRAMMAR
from iview_tui.ui.view import Choice

_ALL = tuple(
    Choice(f"/{spec.name}", spec.help, f"/{spec.name}", spec.needs) for spec in COMMANDS.values()
)
_LINES = (
    Choice("+5", "they offer five minutes more", "+5"),
    Choice("=10", "ten minutes are left", "=10"),
    Choice("!", "star the last entry", "!"),
    Choice(".", "a moment that mattered", "."),
    *(
        Choice(sign, meaning, sign[0], completes=True)
        for sign, meaning in GRAMMAR
        if sign[0] in '@#<>~$?&"'
    ),
)


def for_command(text: str) -> tuple[Choice, ...]:
    """The commands that begin as typed, while a command's name is typed."""
    if text[:1] not in "/／" or " " in text or not text:
        return ()
    begun = text[1:].casefold()
    return tuple(choice for choice in _ALL if choice.text[1:].startswith(begun))


def for_palette(text: str) -> tuple[Choice, ...]:
    """Everything whose name begins so, then what has the words in its name or help."""
    wanted = text.strip().casefold()
    every = (*_ALL, *_LINES)
    if not wanted:
        return every
    bare = wanted.removeprefix("/")
    first = [c for c in every if c.text.removeprefix("/").startswith(bare)]
    words = bare.split()
    rest = [
        c for c in every
        if c not in first and words and all(w in f"{c.text} {c.help}".casefold() for w in words)
    ]  # fmt: skip
    return (*first, *rest)
