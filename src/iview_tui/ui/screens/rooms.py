"""Which screen stands behind a name; each is imported when it is gone to."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from iview_tui.ui.screens.house import HouseScreen

if TYPE_CHECKING:
    from iview_tui.ui.house import HouseApp

_ROOM = "iview_tui.ui.screens."
BY_NAME = {
    "today": ("today", "TodayScreen"),
    "people": ("people", "PeopleScreen"),
    "letter": ("letter", "LetterScreen"),
    "guide": ("guide", "GuideScreen"),
    "debrief": ("debrief", "DebriefScreen"),
    "review": ("review", "ReviewScreen"),
    "search": ("across", "SearchScreen"),
    "compare": ("across", "CompareScreen"),
    "chain": ("across", "ChainScreen"),
    "glossary": ("across", "GlossaryScreen"),
}


def screen(name: str, app: HouseApp, about: str) -> HouseScreen:
    """The screen of that name, about a call, a person or a text where it takes one."""
    module, kind = BY_NAME[name]
    made = getattr(import_module(_ROOM + module), kind)(app, about)
    assert isinstance(made, HouseScreen)
    return made


def about(name: str, asking: HouseScreen) -> str:
    """What a screen is about when it is gone to from another without a word."""
    person = getattr(asking, "person_name", None)
    call = getattr(asking, "call", None)
    if name in ("review", "debrief"):
        return str(call or person or "last")
    if name == "people":
        return ""
    return ""
