"""Everything that a person wrote, found by words as one types."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import pendulum
from pendulum import DateTime

from iview_tui.clock import Clock
from iview_tui.domain import finding
from iview_tui.domain.finding import Wanted
from iview_tui.domain.value import value
from iview_tui.services.call import zone_of
from iview_tui.store import search as looking
from iview_tui.store.database import open_to_read

if TYPE_CHECKING:
    from iview_tui.store.database import Database

PAGE = 50
"""Hits that are given at once."""


@value
class Hit:
    """Something that was found."""

    id: str
    """The UUID of the entry, or of what else it is; a question of a guide has `uuid/number`."""
    kind: str
    """The kind of the entry as it stands, or else contact, organization, interview, draft,
    outreach, follow_up, reflection, plan, accord, guide_topic."""
    text: str
    """All of it, as it stands."""
    interview: str | None
    entry: str | None
    name: str | None
    """Who was talked with; of a contact their own, of a guide's question the guide's title."""
    number: int | None
    topic: str | None
    """The short name of its topic."""
    at: DateTime | None
    """When it was said, in the zone of the call."""
    seconds: int | None
    """Whole seconds since the start of the call."""
    private: bool
    starred: bool


@value
class Found:
    """What a search found."""

    wanted: Wanted
    hits: tuple[Hit, ...] = ()
    more: bool = False
    """Whether there are more hits than were asked for."""

    def spans(self, hit: Hit) -> tuple[tuple[int, int], ...]:
        """Where the words stand in the text of a hit."""
        return finding.spans(hit.text, self.wanted.terms)

    def snippet(self, hit: Hit, width: int) -> tuple[str, tuple[tuple[int, int], ...]]:
        """One line of a hit's text, so many characters at the most, and where the words are."""
        line = finding.snippet(hit.text, self.wanted.terms, width)
        return line, finding.spans(line, self.wanted.terms)


class Search:
    """The database, open to be looked through again and again; used by one thread at a time."""

    def __init__(self, database_path: Path, clock: Clock) -> None:
        """Raises DatabaseError."""
        self._database: Database = open_to_read(database_path)
        self._clock = clock
        self._zone = clock.zone()

    def __enter__(self) -> Search:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def find(self, text: str, *, limit: int = PAGE, with_private: bool = True) -> Found:
        """What the text finds; any text is taken. Raises DatabaseError where the file is damaged.

        People and organizations of that name come first, then everything by time, newest first.
        """
        wanted = finding.read(text, self._clock.wall().in_timezone(self._zone).date())
        if wanted.empty:
            return Found(wanted)
        bounds = looking.Bounds(self._instant(wanted.since), self._instant(wanted.before))
        with self._database.transaction() as connection:
            hits, more = looking.find(connection, wanted, bounds, limit, private=with_private)
        return Found(wanted, tuple(self._hit(hit) for hit in hits), more)

    def _instant(self, day: date | None) -> str | None:
        if day is None:
            return None
        midnight = pendulum.datetime(day.year, day.month, day.day, tz=self._zone)
        return midnight.in_timezone("UTC").isoformat()

    def _hit(self, hit: looking.Hit) -> Hit:
        return Hit(
            hit.id, hit.kind, hit.text, hit.interview, hit.entry, hit.name, hit.number, hit.topic,
            self._at(hit), hit.seconds, hit.private, hit.starred,
        )  # fmt: skip

    def _at(self, hit: looking.Hit) -> DateTime | None:
        if not hit.at:
            return None
        began = _instant(hit.at, hit.time_zone or self._zone)
        return began.add(seconds=hit.moment) if began and hit.moment else began


@lru_cache(maxsize=1000)
def _instant(text: str, zone: str) -> DateTime | None:
    """An instant, or a day, in a zone."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return pendulum.instance(at, tz="UTC").in_timezone(zone_of(zone))


def find(
    database_path: Path, clock: Clock, text: str, *, limit: int = PAGE, with_private: bool = True
) -> Found:
    """One search. Raises DatabaseError."""
    with Search(database_path, clock) as search:
        return search.find(text, limit=limit, with_private=with_private)
