"""A call as it is kept: who, what was agreed, the guide as it was, and the log."""

from dataclasses import fields
from typing import Any

from pendulum import DateTime

from iview_tui.domain.entry import Entry
from iview_tui.domain.guide import Guide
from iview_tui.domain.value import value


@value
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
    said: str | None = None
    """How the name is said."""
    pronouns: str | None = None
    linkedin: str | None = None
    """The address of their page."""
    time_zone: str | None = None
    """An IANA name."""
    source: str | None = None
    """How I got the name: one of SOURCES."""
    background: str | None = None
    """What I know of them."""
    tags: tuple[str, ...] = ()

    def filled(self, more: "Contact") -> "Contact":
        """The same person: what was empty is filled, new ways to reach them are added behind."""
        told: dict[str, Any] = {}
        for name in (each.name for each in fields(self)):
            mine, theirs = getattr(self, name), getattr(more, name)
            both = tuple(dict.fromkeys((*mine, *theirs))) if isinstance(mine, tuple) else mine
            told[name] = both or theirs
        return Contact(**told)


SOURCES = ("alumni", "faculty or staff", "family", "friend", "neighbor", "referral", "event", "web")
"""How one comes by a name; all but the last two from the source's brainstorm of whom to tap."""

MEDIA = ("in person", "phone", "video")
WHO_CALLS = ("me", "them")


@value
class Agreement:
    """What was arranged for a talk besides its length and time, and how one prepares for it."""

    medium: str | None = None
    """One of MEDIA."""
    who_calls: str | None = None
    """One of WHO_CALLS."""
    place: str | None = None
    """Where, or the number or link by which one comes in."""
    asked: str | None = None
    """What was asked and agreed, in words."""
    invitation: str | None = None
    """The UID of the invitation in a calendar."""
    invitation_sequence: int | None = None
    cancelled_at: DateTime | None = None
    learn: str | None = None
    """What I must learn, in one sentence."""
    goals: tuple[str, ...] = ()
    brief: str | None = None
    """What was looked up on person, organization and field."""


@value
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
    agreement: Agreement = Agreement()
