"""Colour roles of LOOK.md, section 3, and the styles that they become on a terminal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rich.color import Color
from rich.style import Style

from iview_tui.domain.value import value


class Depth(StrEnum):
    """How many colours a terminal has."""

    FULL = "full"
    INDEXED = "256"
    SIXTEEN = "16"
    NONE = "none"


GROUNDS = {
    "": "background", "surface": "surface", "raised": "raised", "band": "band", "offer": "offer",
    "trouble": "trouble", "private": "private_line", "caret": "accent",
}  # fmt: skip

DARK = {
    "background": "#14181D", "surface": "#1C2229", "raised": "#27303A", "rule": "#3D4854",
    "trackgone": "#7F8D99", "text": "#D5DBE0", "strong": "#F6F8F9", "muted": "#93A0AB",
    "accent": "#7EDFE2", "covered": "#96A498", "partly": "#EFDA94", "asked": "#82A8EE",
    "no_time": "#E08A54", "band": "#372C12", "band_text": "#FBE7B4", "band_keys": "#CDB680",
    "offer": "#1B3036", "offer_text": "#BFE6E6", "offer_keys": "#8FB9BB", "private": "#CDB0F0",
    "private_line": "#2E2440", "trouble": "#422429", "trouble_text": "#FBDAD5",
    "trouble_keys": "#D9ABA7",
}  # fmt: skip
LIGHT = {
    "background": "#FBF8F1", "surface": "#F2EDE2", "raised": "#EAE3D3", "rule": "#CBC1AD",
    "trackgone": "#736B5C", "text": "#2B2F32", "strong": "#0E1113", "muted": "#585E62",
    "accent": "#006A76", "covered": "#535F50", "partly": "#7C5F00", "asked": "#3B33A6",
    "no_time": "#78250A", "band": "#F5E5B8", "band_text": "#362700", "band_keys": "#655012",
    "offer": "#DAEAE8", "offer_text": "#0A474C", "offer_keys": "#3B6063", "private": "#6A3CA0",
    "private_line": "#ECE2F6", "trouble": "#F7D6D1", "trouble_text": "#72101C",
    "trouble_keys": "#8A3A3F",
}  # fmt: skip
DARK_256 = {
    "background": 233, "surface": 235, "raised": 236, "rule": 239, "trackgone": 245, "text": 253,
    "strong": 255, "muted": 248, "accent": 116, "covered": 247, "partly": 222, "asked": 111,
    "no_time": 173, "band": 237, "band_text": 229, "band_keys": 187, "offer": 236,
    "offer_text": 152, "offer_keys": 152, "private": 183, "private_line": 236, "trouble": 52,
    "trouble_text": 224, "trouble_keys": 224,
}  # fmt: skip
LIGHT_256 = {
    "background": 231, "surface": 255, "raised": 255, "rule": 250, "trackgone": 242, "text": 235,
    "strong": 232, "muted": 240, "accent": 23, "covered": 241, "partly": 94, "asked": 55,
    "no_time": 88, "band": 230, "band_text": 235, "band_keys": 235, "offer": 195,
    "offer_text": 23, "offer_keys": 23, "private": 54, "private_line": 255, "trouble": 224,
    "trouble_text": 88, "trouble_keys": 88,
}  # fmt: skip


@value
class Signs:
    """Symbols; each state also has its word."""

    untouched: str = "·"
    asked: str = "○"
    partly: str = "◐"
    covered: str = "✓"
    skipped: str = "–"
    no_time: str = "×"
    now: str = ">"
    bar: str = "▌"
    gone: str = "━"
    left: str = "─"
    tick_gone: str = "┿"
    tick: str = "┼"
    dots: str = "…"


ASCII = Signs(".", "o", "/", "+", "-", "x", ">", " ", "=", "-", "+", "+", "..")


@dataclass(slots=True)
class Look:
    """Signs and styles for one terminal."""

    signs: Signs
    depth: Depth
    colours: Mapping[str, str | int]
    _styles: dict[tuple[str, str], Style] = field(default_factory=dict)

    def style(self, role: str, ground: str = "") -> Style:
        """The style of a role on a ground."""
        found = self._styles.get((role, ground))
        if found is None:
            found = self._styles[role, ground] = self._make(role, ground)
        return found

    def _make(self, role: str, ground: str) -> Style:
        name = role.removesuffix("!")
        bold = role.endswith("!")
        if self.depth in (Depth.SIXTEEN, Depth.NONE):
            return self._plain(name, bold, ground)
        behind = self._colour(GROUNDS[ground])
        return Style(color=self._colour(name), bgcolor=behind, bold=bold)

    def _plain(self, name: str, bold: bool, ground: str) -> Style:
        """The terminal's own ground and text: nobody knows what the user made of the colours."""
        reverse = ground in ("band", "trouble", "caret")
        if ground == "offer":
            bold = bold or name == "offer_keys"
        accent = name == "accent" and self.depth is Depth.SIXTEEN and not reverse
        return Style(color="cyan" if accent else None, bold=bold, reverse=reverse)

    def _colour(self, name: str) -> Color:
        value = self.colours[name]
        return Color.from_ansi(value) if isinstance(value, int) else Color.parse(value)


def look(theme: str, depth: Depth = Depth.FULL, *, ascii_only: bool = False) -> Look:
    """The look of a theme, `dark` or `light`, on a terminal of that many colours."""
    light = theme == "light"
    if depth is Depth.INDEXED:
        colours: Mapping[str, str | int] = LIGHT_256 if light else DARK_256
    else:
        colours = LIGHT if light else DARK
    return Look(ASCII if ascii_only else Signs(), depth, colours)


def depth(environ: Mapping[str, str]) -> Depth:
    """What a terminal says of its colours by its environment."""
    if environ.get("NO_COLOR"):
        return Depth.NONE
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return Depth.FULL
    term = environ.get("TERM", "")
    return Depth.INDEXED if "256" in term else Depth.SIXTEEN
