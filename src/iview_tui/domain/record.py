"""A call as it is kept: who, what was agreed, the guide as it was, and the log."""

from dataclasses import dataclass

from pendulum import DateTime

from iview_tui.domain.entry import Entry
from iview_tui.domain.guide import Guide


@dataclass(frozen=True, slots=True)
class Contact:
    """A person one talks with, or was told of."""

    id: str
    """A UUID, as text."""
    name: str
    organization: str | None = None
    role: str | None = None
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    via: str | None = None
    """Who sent me."""


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One interview, whole."""

    id: str
    """A UUID, as text."""
    contact: Contact | None
    guide: Guide
    """The guide as it was for this call."""
    purpose: str | None
    agreed_minutes: int
    planned_at: DateTime | None
    connected_at: DateTime | None
    """The instant of the start entry, UTC; None while only planned."""
    time_zone: str
    entries: tuple[Entry, ...] = ()
    draft: str | None = None
    """The half-typed line."""
    draft_private: bool = False
    origin: str = "live"
    """live, rehearse, replay or import."""
    boot_id: str | None = None
    boot_at_connect: float | None = None
    """The boot-time clock at connecting, in s: places now on the call's clock after a restart."""
