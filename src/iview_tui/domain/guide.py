"""The prepared list: topics in sections, with what opens and closes the talk."""

from enum import StrEnum

from iview_tui.domain.value import value

MINUTES_OF_A_TOPIC = 2.5
"""What a topic takes where neither it nor its section says."""


class Priority(StrEnum):
    """How much a topic matters; shown as *key* for must."""

    MUST = "must"
    SHOULD = "should"
    COULD = "could"


@value
class Topic:
    """One prepared question."""

    number: int
    """From 1 through all sections."""
    title: str
    """The short name."""
    question: str
    section: str = ""
    priority: Priority = Priority.SHOULD
    minutes: float = MINUTES_OF_A_TOPIC
    key: str | None = None
    """The topic of the bank that it is."""
    probes: tuple[str, ...] = ()
    background: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()


@value
class Unparsed:
    """A line of a list that did not parse: kept, never dropped."""

    line: int
    text: str


@value
class Guide:
    """A list of questions, whole, as it was for a call."""

    title: str
    purpose: str | None = None
    topics: tuple[Topic, ...] = ()
    opening: tuple[str, ...] = ()
    opening_minutes: float | None = None
    close: tuple[str, ...] = ()
    kept: tuple[Unparsed, ...] = ()

    def topic(self, number: int | None) -> Topic | None:
        """The topic of that number, or None."""
        if number is None or not 1 <= number <= len(self.topics):
            return None
        return self.topics[number - 1]


class GuideError(Exception):
    """A list of questions that cannot be used; its text is one sentence that says why."""


class GuideNotFound(GuideError):  # noqa: N818 - a kind of GuideError, named for what happened
    """There is no such file."""
