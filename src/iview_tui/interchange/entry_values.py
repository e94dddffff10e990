"""What the `value` of an entry must hold for its kind, so that a log can always be folded."""

from collections.abc import Callable, Mapping
from typing import Any

from iview_tui.domain.entry import WORDS, Kind
from iview_tui.interchange.json_shape import Node

_DAY = 24 * 60
_ANSWERS = ("yes", "no", "they_ask_first")
_OUTCOMES = ("held", "cut_short", "dropped")


def check_value(kind: Kind, node: Node, value: Mapping[str, Any]) -> None:
    """Refuse a value that its kind cannot be folded with. Raises BadShape.

    More keys than are needed are left alone.
    """
    check = _CHECKS.get(kind)
    if check is not None and (value or kind in _NEEDED):
        if not node.there:
            raise node.bad(f"is missing for the kind {kind}")
        check(node)


def _start(node: Node) -> None:
    node["agreed_minutes"].whole(1, _DAY)
    node["planned_end"].instant_or_none()


def _may(node: Node) -> None:
    node["answer"].one_of(_ANSWERS)
    _check_in(node)


def _check_in(node: Node) -> None:
    if node["check_in"].there:
        node["check_in"].date()


def _referral(node: Node) -> None:
    node["name"].words()
    node["organization"].text_or_none()
    node["contact"].text_or_none()
    if node["may_use_name"].there:
        node["may_use_name"].one_of(_ANSWERS)
    _check_in(node)


def _file(node: Node) -> None:
    if node["kind"].there:
        node["kind"].one_of(tuple(WORDS))


def _end(node: Node) -> None:
    if node["outcome"].there:
        node["outcome"].one_of(_OUTCOMES)


def _skip(node: Node) -> None:
    if node["topic"].there:
        node["topic"].whole(1, 10**6)


_CHECKS: Mapping[Kind, Callable[[Node], Any]] = {
    Kind.START: _start,
    Kind.EXTEND: lambda node: node["agreed_end"].instant(),
    Kind.BEGAN: lambda node: node["minutes"].whole(0, _DAY),
    Kind.SLEEP: lambda node: node["seconds"].whole(0, 10**8),
    Kind.END: _end,
    Kind.JOIN: lambda node: node["name"].words(),
    Kind.FIX: lambda node: node["name"].words(),
    Kind.MAY: _may,
    Kind.SETTLE: lambda node: node["how"].text_or_none(),
    Kind.SKIP: _skip,
    Kind.FILE: _file,
    Kind.REFERRAL: _referral,
}
_NEEDED = frozenset(
    {Kind.START, Kind.EXTEND, Kind.BEGAN, Kind.SLEEP, Kind.JOIN, Kind.FIX, Kind.MAY}
)
"""Kinds that mean nothing without a value."""
