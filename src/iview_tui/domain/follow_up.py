"""What was done after a talk, and what a person wants to be reminded of."""

from datetime import date

from pendulum import DateTime

from iview_tui.domain.value import value


@value
class FollowUp:
    """A recorded fact: something to be done on a day, something done, or both."""

    id: str
    """A UUID, as text: of what was derived where it says that that is done."""
    what: str
    contact: str | None = None
    """The person's UUID."""
    interview: str | None = None
    entry: str | None = None
    """The entry of the call that it comes from."""
    due: date | None = None
    done_at: DateTime | None = None
