"""What a person thought of a talk afterwards, and what they want of all talks together."""

from iview_tui.domain.value import value


@value
class Reflection:
    """An answer of the debrief."""

    question: str
    """worked, differently, confidence (1 to 5), or plan."""
    about: str | None
    """The UUID of the plan that it is about."""
    text: str


@value
class Plan:
    """One thing that is wanted of all talks together."""

    id: str
    """A UUID, as text."""
    text: str
