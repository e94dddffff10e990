"""A call to look at, and screens compared, as readable text, with the ones accepted before."""

import html
import re
from collections.abc import Callable
from copy import copy
from functools import cache
from pathlib import Path
from typing import Any

import pendulum
import pytest
from rich.cells import cell_len
from textual.app import App

from iview_tui.clock import HeldClock
from iview_tui.domain.guide import Guide, Priority, Topic
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper, ids_from
from iview_tui.ui import themes
from iview_tui.ui.app import IviewApp

TEXT = re.compile(
    r'<text[^>]*x="([\d.]+)" y="([\d.]+)"[^>]*clip-path="[^"]*line-\d+\)">(.*?)</text>'
)
CELL_WIDTH, LINE_HEIGHT = 12.2, 24.4

FIELD, ORGANIZATION = "About the field", "About the organization"
TOPICS = (
    Topic(1, "Rewarding side", "What do you enjoy most about planning?", FIELD),
    Topic(2, "General skills", "Which skills does one need for this work?", FIELD),
    Topic(3, "Specific skills", "Which special skills are looked for?", FIELD),
    Topic(4, "Training", "What training would you recommend today?", FIELD, minutes=3,
          probes=("which courses do you look for in a resume?", "certificate or degree?")),
    Topic(5, "Entry level",
          "Where do people usually start, and how does it look for them right now?", FIELD,
          Priority.MUST, probes=("what did the last two hires do before?",
                                 "which posts come up most often?")),
    Topic(6, "Negative side", "What do you like less about the work?", FIELD),
    Topic(7, "Future of field", "How will the field change in the next years?", FIELD),
    Topic(8, "Other ways in", "Which other ways in are there?", FIELD),
    Topic(9, "Organization", "What does a week here look like?", ORGANIZATION, Priority.MUST),
)  # fmt: skip
GUIDE = Guide("Urban planning", "is planning for me", TOPICS, opening_minutes=2)
PRIYA = Contact(
    "c1", "Priya Raghunathan", "Civic Works", "planner", phones=("+1 555 0142",),
    via="Susan Wilson",
)  # fmt: skip

SCRIPT = """
02:10 /go 1
03:20 !planning is teaching people to argue well
05:30 "the best day is a public meeting that ends early
06:30 2: writing, then maps, then talking to councils
06:40 2
06:50 /next
08:40 3: reading plans
09:10 &their move from law
09:20 /go 4
12:20 two-year degree, evening classes at State
13:00 /go 6
13:20 /go 4
14:00 /next
14:20 9: a week is meetings
14:30 9
19:00 portfolio beats the certificate
20:00 "we hire from the intern pool
20:10 /go 5
20:30 ~mode shift = people changing how they travel
21:10 $may need people in autumn
21:40 2: portfolio and public speaking, both
22:05 <salary survey by fri
22:20 >send resume by mon
"""


def made_call(
    guide: Guide = GUIDE, *, minutes: int = 30, contact: Contact | None = PRIYA,
    connected: bool = True, purpose: str | None = "is planning for me",
) -> LiveCall:  # fmt: skip
    """A call on a held clock, kept nowhere."""
    clock = HeldClock(pendulum.datetime(2026, 11, 24, 14, 0))
    record = CallRecord("r1", contact, guide, purpose, minutes, None, None, "UTC")
    call = LiveCall(
        record, clock=clock, keeper=MemoryKeeper(), lexicon=lexicon(), new_id=ids_from("ui"),
        back_date=0,
    )  # fmt: skip
    if connected:
        call.connect()
    return call


def advance(call: LiveCall, to: str) -> None:
    """Let time run to `mm:ss` of the call."""
    minutes, seconds = to.split(":")
    moment = int(minutes) * 60 + int(seconds)
    clock = call.clock
    assert isinstance(clock, HeldClock)
    while call.moment < moment:
        clock.advance(1)
        call.tick()


def play(call: LiveCall, script: str, *, until: str | None = None) -> LiveCall:
    """Enter the lines of a script at their moments."""
    for line in script.strip().splitlines():
        at, _, text = line.partition(" ")
        advance(call, at)
        call.enter(text)
    if until:
        advance(call, until)
    return call


@cache
def _played() -> LiveCall:
    return play(made_call(), SCRIPT, until="22:50")


def gate_call() -> LiveCall:
    """At 22:50 of thirty minutes, the referral question just open, no names yet."""
    call = copy(_played())
    call.clock = copy(call.clock)
    return call


def _app_of(call: LiveCall, theme: str = "dark", **more: object) -> IviewApp:
    """The app over a call, in full colours."""
    look = themes.look(theme, ascii_only=bool(more.pop("ascii_only", False)))
    return IviewApp(call, look=look, **more)  # type: ignore[arg-type]


def screen_text(app: App[Any]) -> str:
    """What a person would read on the screen now, line by line."""
    lines: dict[int, str] = {}
    for x, y, run in TEXT.findall(app.export_screenshot()):
        column, row = round(float(x) / CELL_WIDTH), int(float(y) / LINE_HEIGHT)
        text = html.unescape(run).replace("\xa0", " ")
        before = lines.get(row, "")
        lines[row] = before + " " * (column - cell_len(before)) + text
    rows = [lines.get(row, "").rstrip() for row in range(max(lines, default=0) + 1)]
    return "\n".join(rows) + "\n"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept-screens", action="store_true", help="write the screens seen as correct"
    )


@pytest.fixture
def same_screen(request: pytest.FixtureRequest) -> Callable[[App[Any]], None]:
    """Assert that a running app shows the accepted screen of this test."""
    name = re.sub(r"[^\w-]+", "_", request.node.name)
    accepted = Path(request.path).parent / "accepted" / f"{request.path.stem}.{name}.txt"

    def check(app: App[Any]) -> None:
        if request.config.getoption("--accept-screens"):
            accepted.parent.mkdir(exist_ok=True)
            accepted.write_text(screen_text(app), encoding="utf-8")
        assert screen_text(app) == accepted.read_text(encoding="utf-8")

    return check


@pytest.fixture
def gate() -> LiveCall:
    """The call of the pictures, at 22:50."""
    return gate_call()


@pytest.fixture
def made() -> Callable[..., LiveCall]:
    """A call as it begins."""
    return made_call


@pytest.fixture
def app_of() -> Callable[..., IviewApp]:
    """The app over a call, in full colours."""
    return _app_of


@pytest.fixture
def read() -> Callable[[App[Any]], str]:
    """What stands on the screen."""
    return screen_text
