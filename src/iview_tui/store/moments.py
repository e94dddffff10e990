"""Instants and days as they are stored: ISO 8601, instants in UTC."""

from datetime import date, datetime

from pendulum import UTC, DateTime


def stored(moment: date | None) -> str | None:
    """The text of a day or of an instant."""
    if isinstance(moment, DateTime):
        return moment.in_timezone("UTC").isoformat()
    return moment.isoformat() if moment else None


def read_instant(text: str) -> DateTime:
    """The instant of a stored text; many of them are read, so it is done without pendulum."""
    at = datetime.fromisoformat(text)
    return DateTime(
        at.year, at.month, at.day, at.hour, at.minute, at.second, at.microsecond, tzinfo=UTC
    )


def read_moment(text: str | None) -> date | None:
    """The day or the instant of a stored text."""
    if not text:
        return None
    return read_instant(text) if "T" in text else date.fromisoformat(text)
