"""What the screen shows, as one value: the call as it stands and what only the screen knows."""

from collections.abc import Callable, Sequence
from dataclasses import field

from pendulum import DateTime

from iview_tui.domain import wording
from iview_tui.domain.desk import Desk
from iview_tui.domain.live import LiveInterview
from iview_tui.domain.prompting import Prompt
from iview_tui.domain.record import Contact
from iview_tui.domain.value import value
from iview_tui.services.call import SaveState
from iview_tui.ui.keys import KEYS, Keys
from iview_tui.ui.themes import Signs


@value
class Choice:
    """A row of the list that drops down."""

    text: str
    """How it is called."""
    help: str
    line: str
    """What it runs: a command, or a line of the grammar."""
    completes: bool = False
    """Whether it only begins the line, as it needs more words."""


@value
class View:
    """Everything that is painted, but for the note line's own text."""

    live: LiveInterview
    desk: Desk
    save: SaveState
    at: Callable[[int], DateTime]
    """A moment of the call as a time of day by the present wall clock."""
    spoken: Callable[[Sequence[str]], Sequence[str]] = tuple
    """Lines to say with what is known filled in."""
    consent_question: str = wording.NOTES
    prompt: Prompt | None = None
    contact: Contact | None = None
    purpose: str | None = None
    others: str = ""
    """What others told me about the current topic, one line."""
    maybe: frozenset[int] = frozenset()
    """Topics that were probably answered in passing."""
    signs: Signs = field(default_factory=Signs)
    keys: Keys = KEYS
    help_page: int | None = None
    choices: tuple[Choice, ...] | None = None
    """The list that is open, or None."""
    chosen: int = 0
    asks: bool = False
    """Whether the key of the next topic says "asked" now."""
    guidance: tuple[str, ...] = ()
    """What stands in the place of the keys: a sentence, and what stands at the right of it."""
    calm: bool = False
    """Reduced motion: what counts seconds steps every ten."""
