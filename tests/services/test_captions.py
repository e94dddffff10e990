"""A feed beside a call: it is heard, said to be in trouble, and ticks nothing."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pendulum
import pytest

from iview_tui.clock import HeldClock
from iview_tui.domain.coverage import State
from iview_tui.domain.entry import Kind
from iview_tui.domain.record import CallRecord
from iview_tui.services import captions
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper
from iview_tui.services.captions import Feed
from iview_tui.services.guides import built_in_guide
from iview_tui.services.tracker import Tracker

CLOCK = pendulum.datetime(2026, 5, 3, 14, tz="UTC")
TALK = (
    "Ann: Where do people usually start in this field, what do entry level jobs look like?\n",
    "Dele: Most people here started as interns, and then as assistant planners.\n",
    "Dele: The entry level posts come up in spring, and we hire two beginners a year.\n",
    "Dele: You apply for the trainee program, right out of school.\n",
)


def eventually(what: Callable[[], bool]) -> None:
    pause, end = threading.Event(), time.monotonic() + 5
    while not what():
        assert time.monotonic() < end
        pause.wait(0.005)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captions, "LOOKED_AFTER", 0.005)


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock(CLOCK)


@pytest.fixture
def started() -> Iterator[Callable[[Feed], Feed]]:
    feeds: list[Feed] = []

    def start(feed: Feed) -> Feed:
        feeds.append(feed)
        feed.start()
        return feed

    yield start
    for feed in feeds:
        feed.stop()


def texts(feed: Feed, count: int) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []

    def there() -> bool:
        found.extend((line.text, line.speaker) for line in feed.heard() if line.final)
        return len(found) >= count

    eventually(there)
    return found


def test_a_file_is_read_as_it_grows_from_where_it_was(
    tmp_path: Path, clock: HeldClock, started: Callable[[Feed], Feed]
) -> None:
    path = tmp_path / "captions.txt"
    path.write_text("of an earlier talk\n", encoding="utf-8")
    feed = started(Feed(path, clock, me="Ann Lee", them="Dele Okonjo"))
    with path.open("a", encoding="utf-8") as file:
        file.write("Ann: how did you start?\nDele: as an intern\nSpeaker 3: hello\n")

    assert texts(feed, 3) == [
        ("how did you start?", "Q"), ("as an intern", "A"), ("hello", None),
    ]  # fmt: skip


def test_a_file_may_come_later_be_cut_and_be_another_one(
    tmp_path: Path, clock: HeldClock, started: Callable[[Feed], Feed]
) -> None:
    path = tmp_path / "captions.txt"
    feed = started(Feed(path, clock))
    eventually(lambda: feed.trouble() == "no captions yet: captions.txt is not there")
    path.write_text("the first\n", encoding="utf-8")
    assert texts(feed, 1) == [("the first", None)]
    assert feed.trouble() == ""
    path.write_text("cut\n", encoding="utf-8")
    assert texts(feed, 1) == [("cut", None)]
    (tmp_path / "new").write_text("rotated\n", encoding="utf-8")
    (tmp_path / "new").replace(path)
    assert texts(feed, 1) == [("rotated", None)]


def test_a_pipe_that_ends_or_falls_silent_is_said(
    clock: HeldClock, started: Callable[[Feed], Feed]
) -> None:
    end, begin = os.pipe()
    feed = started(Feed(end, clock))
    os.write(begin, b"words\n")
    assert texts(feed, 1) == [("words", None)]
    clock.advance(61)
    assert feed.trouble() == "no captions for a minute"
    os.close(begin)
    eventually(lambda: feed.trouble() == "the captions have ended")
    os.close(end)


def test_a_babbling_feed_is_bounded_and_said(
    tmp_path: Path, clock: HeldClock, started: Callable[[Feed], Feed]
) -> None:
    path = tmp_path / "captions.txt"
    feed = started(Feed(path, clock))
    path.write_bytes(b"babble babble babble %d\n" * 400_000)
    eventually(lambda: feed.trouble().startswith("captions come too fast"))

    assert len(feed.heard()) <= captions.AT_A_TIME
    clock.advance(captions.TOLD)
    eventually(lambda: feed.trouble() == "")


def test_many_lines_at_once_are_heard_bit_by_bit(clock: HeldClock) -> None:
    """Ten megabytes a minute are more lines than there is time to read; that is said."""
    said = said_by(clock)
    said.says("".join(f"Dele: line number {n}\n" for n in range(40)))
    assert said.trouble() == ""
    first = [line.text for line in said.heard()]
    assert first == [f"line number {n}" for n in range(captions.AT_A_TIME)]
    said.says("".join(f"Dele: row number {n}\n" for n in range(2000)))

    assert said.trouble() == captions.TOO_FAST
    assert len(said._lines) <= captions.WAITING


def test_a_feed_that_is_started_twice_is_read_once(
    tmp_path: Path, clock: HeldClock, started: Callable[[Feed], Feed]
) -> None:
    """The screen comes back after a fault, and the feed is still there."""
    path = tmp_path / "captions.txt"
    feed = started(started(Feed(path, clock)))

    names = [t.name for t in threading.enumerate() if t.name == "iview-captions"]
    path.write_text("once\nand then\n", encoding="utf-8")
    assert texts(feed, 2) == [("once", None), ("and then", None)]
    assert feed._begun
    assert len(names) <= 2  # one of an earlier test may be on its way out


def test_what_was_wrong_is_said_for_a_while(clock: HeldClock) -> None:
    """Long enough to be seen, though nothing follows it."""
    said = said_by(clock)
    said._take(bytes(range(128, 256)), left_out=False)
    said._take(b"", left_out=False)
    assert said.trouble() == "the captions are no text"
    clock.advance(captions.TOLD)
    assert said.trouble() == ""


def test_what_is_no_text_is_said(
    tmp_path: Path, clock: HeldClock, started: Callable[[Feed], Feed]
) -> None:
    path = tmp_path / "captions.txt"
    feed = started(Feed(path, clock))
    path.write_bytes(bytes(range(128, 256)) * 50)
    eventually(lambda: feed.trouble() == "the captions are no text")

    assert not feed.heard()


class Said(Feed):
    """A feed that says what it is told to."""

    def start(self) -> None:
        """Nothing is read."""

    def says(self, line: str) -> None:
        """A line comes."""
        self._take(line.encode(), left_out=False)


def said_by(clock: HeldClock, *, keep: bool = False) -> Said:
    return Said(Path("nowhere"), clock, me="Ann Lee", them="Dele Okonjo", keep=keep)


def call(clock: HeldClock, said: Said) -> LiveCall:
    blank = CallRecord("c", None, built_in_guide(), None, 30, None, None, "UTC")
    made = LiveCall(
        replace(blank), clock=clock, keeper=MemoryKeeper(), lexicon=lexicon(), back_date=0,
        tracker=lambda: Tracker(blank.guide.topics), captions=said,
    )  # fmt: skip
    made.connect()
    made.load()
    clock.advance(30)
    made.tick()
    return made


def test_captions_offer_a_topic_and_tick_nothing(clock: HeldClock) -> None:
    said = said_by(clock)
    made = call(clock, said)
    before = made.live.log
    for line in TALK:
        said.says(line)
        clock.advance(2)
        made.tick()
    offer = made.desk.offer

    assert offer is not None
    assert "Entry level" in offer.text
    assert [e for e in made.live.log[len(before) :] if e.kind is not Kind.SHOWN] == []
    states = {made.live.coverage(t.number).state for t in made.record.guide.topics}
    assert states == {State.UNTOUCHED}

    made.draft("as interns")
    clock.advance(1)
    made.tick()
    assert made.press("take", "as interns").line == f"{offer.topics[0]}: as interns"


@pytest.mark.parametrize("keep", [False, True])
def test_what_was_said_is_kept_with_a_quote_only_where_that_is_wanted(
    clock: HeldClock, keep: bool
) -> None:
    said = said_by(clock, keep=keep)
    made = call(clock, said)
    said.says("long ago\n")
    clock.advance(21)
    said.says("you have to like slow\n")
    made.enter('"like slow"')
    made.enter("a note")
    made.enter(".")
    kept = {
        e.kind: e.caption for e in made.live.log if e.kind in (Kind.QUOTE, Kind.NOTE, Kind.MOMENT)
    }

    heard = "you have to like slow" if keep else None
    assert kept == {Kind.QUOTE: heard, Kind.NOTE: None, Kind.MOMENT: heard}


def test_trouble_with_the_captions_is_said_where_nothing_else_is(clock: HeldClock) -> None:
    said = said_by(clock)
    made = call(clock, said)
    said._say("the captions have ended")
    clock.advance(1)
    made.tick()
    assert made.prompt is not None
    assert made.prompt.text == "the captions have ended"
    clock.advance(20)
    made.tick()
    assert made.prompt is None or made.prompt.text != "the captions have ended"


def test_they_are_asked_whether_captions_may_run_along(clock: HeldClock) -> None:
    assert "captions" in call(clock, said_by(clock)).consent_question
