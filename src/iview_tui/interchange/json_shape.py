"""A value of somebody's JSON with its path, so that what is wrong can be said where it is."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pendulum import DateTime, timezone

from iview_tui.domain.text import clean, one_line

LONGEST = 1_000_000
"""Characters of one text; a line that was entered twice may have more than the usual 20,000."""
MOST_ITEMS = 50_000
FARTHEST = 100_000_000
"""Seconds from the start, three years: beyond that it is no call."""
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d")
_DEEPEST = 6


class BadShape(Exception):  # noqa: N818 (what it is, not that it is one)
    """A text that is not what `export` writes; says where and why in one sentence."""


class Node:
    """A value and where it stands; whatever is not there is null."""

    def __init__(self, value: Any, path: str = "") -> None:
        """A value at a path such as `entries[3].kind`."""
        self.value = value
        self.path = path

    def __getitem__(self, key: str) -> "Node":
        """What an object holds under a key."""
        if not isinstance(self.value, Mapping):
            raise self.bad("is not an object")
        return Node(self.value.get(key), f"{self.path}.{key}" if self.path else key)

    def bad(self, why: str) -> BadShape:
        """The refusal of this value."""
        return BadShape(f"{self.path or 'it'} {why}")

    @property
    def there(self) -> bool:
        """Whether it is more than null."""
        return self.value is not None

    def items(self) -> "list[Node]":
        """The values of a list."""
        if self.value is None:
            return []
        if not isinstance(self.value, Sequence) or isinstance(self.value, str):
            raise self.bad("is not a list")
        if len(self.value) > MOST_ITEMS:
            raise self.bad(f"has more than {MOST_ITEMS:,} items")
        return [Node(value, f"{self.path}[{index}]") for index, value in enumerate(self.value)]

    def text(self) -> str:
        """A text, through the door."""
        if not isinstance(self.value, str):
            raise self.bad("is missing" if self.value is None else "is not a text")
        if len(self.value) > LONGEST:
            raise self.bad(f"has more than {LONGEST:,} characters")
        return clean(self.value)

    def words(self) -> str:
        """A text that is not blank."""
        text = self.text()
        if not text.strip():
            raise self.bad("is empty")
        return text

    def text_or_none(self) -> str | None:
        """A text or null."""
        return self.text() if self.there else None

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(node.text() for node in self.items())

    def one_of(self, allowed: Sequence[str]) -> str:
        """One of a few words."""
        if not isinstance(self.value, str) or self.value not in allowed:
            shown = one_line(str(self.value), 40)
            raise self.bad(f"is {shown!r}, and not one of those that are known")
        return self.value

    def whole(self, least: int, most: int) -> int:
        """A whole number within bounds."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise self.bad("is missing" if self.value is None else "is not a whole number")
        if not least <= self.value <= most:
            raise self.bad(f"is not between {least:,} and {most:,}")
        return self.value

    def moment(self) -> int:
        """Seconds since the start."""
        return self.whole(-FARTHEST, FARTHEST)

    def minutes_or_none(self) -> float | None:
        """Minutes, or null."""
        if self.value is None:
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise self.bad("is not a number")
        if not 0 <= self.value <= 24 * 60:
            raise self.bad("is not a number of minutes")
        return float(self.value)

    def yes_or_no(self) -> bool:
        """True or false; null is false."""
        if self.value is not None and not isinstance(self.value, bool):
            raise self.bad("is neither true nor false")
        return bool(self.value)

    def id(self) -> str:
        """An id: a UUID, or anything as plain."""
        if not isinstance(self.value, str) or not _ID.fullmatch(self.value):
            raise self.bad("is missing" if self.value is None else "is not an id")
        return self.value

    def id_or_none(self) -> str | None:
        """An id or null."""
        return self.id() if self.there else None

    def instant(self) -> DateTime:
        """An instant as ISO 8601 with offset, in UTC."""
        try:
            found = datetime.fromisoformat(self.value)
        except (TypeError, ValueError) as error:
            raise self.bad("is not an instant in ISO 8601") from error
        if found.tzinfo is None:
            raise self.bad("has no offset from UTC")
        if not 1970 < found.year < 2200:
            raise self.bad("is in no year of ours")
        return DateTime.instance(found).in_timezone("UTC")

    def instant_or_none(self) -> DateTime | None:
        """An instant or null."""
        return self.instant() if self.there else None

    def date(self) -> str:
        """A date as ISO 8601."""
        try:
            date.fromisoformat(self.value)
        except (TypeError, ValueError) as error:
            raise self.bad("is not a date in ISO 8601") from error
        return str(self.value)

    def zone(self) -> str:
        """The name of a time zone, or an offset."""
        name = self.text()
        if not _OFFSET.fullmatch(name):
            try:
                timezone(name)
            except (ValueError, OSError, KeyError) as error:
                raise self.bad("is no time zone that is known here") from error
        return name

    def json_object(self) -> dict[str, Any]:
        """Any object of JSON with its texts through the door; null is an empty one."""
        if self.value is None:
            return {}
        if not isinstance(self.value, Mapping):
            raise self.bad("is not an object")
        found = self._json(self, 0)
        assert isinstance(found, dict)
        return found

    def _json(self, node: "Node", depth: int) -> Any:
        if depth > _DEEPEST:
            raise node.bad("lies too deep")
        if isinstance(node.value, Mapping):
            return {clean(key): self._json(node[key], depth + 1) for key in node.value}
        if isinstance(node.value, list):
            return [self._json(one, depth + 1) for one in node.items()]
        if isinstance(node.value, str):
            return node.text()
        if isinstance(node.value, int) and not isinstance(node.value, bool):
            return node.whole(-(2**53), 2**53)
        return node.value
