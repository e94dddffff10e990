"""What the threads of a writer share: the journal, its lock, and how things stand."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from iview_tui.store.journal import Journal

RETRY = 0.5
"""Seconds after which a sick place is tried again, and a sound one looked at."""

SYNC_WITHIN = 0.15
"""Seconds that a half-typed line is let lie before it is synced."""


@dataclass(slots=True)
class Shared:
    """Read and written with the lock held; `answered` is told whenever a place has answered."""

    base: int
    """Half-typed lines are numbered from here on, so that those of later runs are higher."""
    lock: threading.Lock = field(default_factory=threading.Lock)
    answered: threading.Condition = field(init=False)
    journal: Journal = field(default_factory=Journal)
    trouble: str = ""
    """Why the database takes nothing, in plain words."""
    late: bool = False
    """Whether the database was waited for in vain, and has not caught up."""
    slow: bool = False
    """Whether a sync has been under way for a second."""
    hurry: bool = False
    """Whether half-typed lines are to be synced at once too."""
    engage: Callable[[], None] = lambda: None
    """Starts the rescue places that are wanted; with the lock held."""

    def __post_init__(self) -> None:
        self.answered = threading.Condition(self.lock)

    @property
    def in_trouble(self) -> bool:
        """Whether the rescue places are wanted."""
        return bool(self.trouble) or self.late or self.slow
