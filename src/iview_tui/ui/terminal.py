"""What reaches below Textual's public surface: the terminal's driver, and an app that survives.

Textual's own driver dies of signals, of a byte that is no UTF-8 and of a terminal that does not
read, and its app prints what was typed when it fails. `tests/ui/test_terminal.py` holds what is
leaned on here, so that a new version cannot change it unseen.
"""

import contextlib
import os
import selectors
import shutil
import time
from codecs import getincrementaldecoder
from collections import deque
from collections.abc import Callable, Sequence
from threading import Thread
from typing import Any

from rich.segment import Segment
from textual import events
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.color import Color
from textual.driver import Driver
from textual.filter import LineFilter
from textual.geometry import Size
from textual.message import Message
from textual.message_pump import MessagePump
from textual.widget import Widget

from iview_tui.ui.background import BEGUN, REPLIES, Background
from iview_tui.ui.stream import ENTER, LEAVE, Modes, Out, Pastes, safe, screen_descriptor

QUERY_FRAMES = "\x1b[?2026$p"


class TextFilter(LineFilter):
    """Lets no order to the terminal out of a text; no cell moves by it."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments with their texts made safe."""
        if all(text.isascii() and text.isprintable() for text, _, control in segments):
            return segments
        return [
            segment if segment.control else Segment(safe(segment.text), segment.style)
            for segment in segments
        ]


class Terminal:
    """The terminal for as long as the process has it, however many apps come and go."""

    def __init__(self, asked: Background | None = None) -> None:
        """Take what the terminal answered, where it was asked, and what was typed meanwhile."""
        self.light, self._typed = asked.answer() if asked else (None, "")
        self.keys = os.dup(0)
        self.modes = Modes(self.keys)
        self.out = Out(screen_descriptor())
        self.unread: deque[Message] = deque()
        """What came in and no app has taken, in order."""
        self.lost: Callable[[], None] = lambda: None
        """Called, in a thread, when nobody sits at the terminal any more."""
        self._listener: Callable[[], None] | None = None
        self._reading = False

    def enter(self) -> None:
        """Take the terminal, or take it again."""
        self.modes.enter()
        self.out.put(ENTER)
        if not self._reading:
            self._reading = True
            Thread(target=self._read, name="terminal-in", daemon=True).start()

    def leave(self, timeout: float = 0.3) -> None:
        """Give it back as it was; a terminal that does not read is not waited for."""
        if self.modes.entered:
            self.out.put(LEAVE)
            self.out.drain(timeout)
            self.modes.leave()

    def listen(self, listener: Callable[[], None] | None) -> None:
        """Whom to tell, from a thread, that something is to be read."""
        self._listener = listener
        if listener is not None and self.unread:
            listener()

    def _read(self) -> None:
        parser, pastes = XTermParser(False), Pastes()
        decode = getincrementaldecoder("utf-8")("replace").decode
        reply = ""
        if self._typed:
            self._came(parser, list(pastes.feed(self._typed, time.monotonic())))
        with selectors.DefaultSelector() as selector:
            selector.register(self.keys, selectors.EVENT_READ)
            while True:
                ready = selector.select(0.025 if pastes.held or reply else 0.1)
                now = time.monotonic()
                if ready:
                    try:
                        data = os.read(self.keys, 65536)
                    except OSError:
                        data = b""
                    if not data:
                        break
                    # A late answer about the background is no key; it may come in two parts.
                    text = REPLIES.sub("", reply + decode(data))
                    reply = text[begun.start() :] if (begun := BEGUN.search(text)) else ""
                    reply = reply if len(reply) > 1 else ""
                    pieces = list(pastes.feed(text[: len(text) - len(reply)], now))
                else:
                    late, reply = reply, ""
                    pieces = list(pastes.feed(late, now) if late else pastes.quiet(now))
                self._came(parser, pieces)
        self.lost()

    def _came(self, parser: XTermParser, pieces: list[tuple[str, bool]]) -> None:
        before = len(self.unread)
        for text, pasted in pieces:
            if pasted:
                self.unread.append(events.Paste(text.replace("\x00", "")))
            else:
                with contextlib.suppress(ParseError):
                    self.unread.extend(parser.feed(text))
        with contextlib.suppress(ParseError):
            self.unread.extend(parser.tick())
        listener = self._listener
        if listener is not None and len(self.unread) > before:
            listener()


class TerminalDriver(Driver):
    """Between one app and the terminal, which outlives it."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        """Nothing is written to a log of keys, whatever `debug` says."""
        super().__init__(app, debug=False, mouse=mouse, size=size)
        terminal = getattr(app, "terminal", None)
        self.terminal = terminal if isinstance(terminal, Terminal) else Terminal()

    def write(self, data: str) -> None:
        """Have it written in turn."""
        self.terminal.out.put(data)

    def start_application_mode(self) -> None:
        """Take the terminal, where the app before has not left it as it is."""
        self.terminal.enter()
        if os.environ.get("TERM_PROGRAM", "") != "Apple_Terminal":
            self.write(QUERY_FRAMES)
        self.resized()

    def resized(self) -> None:
        """Tell the app how large the terminal is."""
        width, height = shutil.get_terminal_size()
        size = Size(width or 80, height or 25)
        self._app.post_message(events.Resize(size, size))

    def listen(self) -> None:
        """The app takes keys from now on."""

        def listener() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self._deliver)

        self.terminal.listen(listener)

    def _deliver(self) -> None:
        app, unread = self._app, self.terminal.unread
        while unread and app._running and not app._exit and not getattr(app, "holding", False):
            self.process_message(unread.popleft())

    def send_message(self, message: Message) -> None:
        """Hand the app a message; we are on its loop."""
        self._app.post_message(message)

    def disable_input(self) -> None:
        """The app takes no more keys; they wait."""
        self.terminal.listen(None)

    def stop_application_mode(self) -> None:
        """The terminal stays as it is: whoever runs the app gives it back."""
        self.disable_input()


def paint_now(widget: Widget) -> None:
    """Have painted what it wants painted, without the frame timer's wait of up to two frames."""
    screen = widget.screen
    if widget._repaint_required:
        widget._repaint_required = False
        screen._dirty_widgets.add(widget)
        screen._on_timer_update()


class SurvivingApp(App[int]):
    """An app whose fault is known to whoever runs it, with what was typed and not yet taken.

    Nothing of a fault is printed.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(driver_class=TerminalDriver, **options)
        self.terminal: Terminal | None = None
        """Given by whoever runs it."""
        self._ahead = 0
        """How many of the keys that wait are older than one on its way to a screen."""
        self.holding = True
        """Whether keys wait for a screen to be in place."""
        self.fault: Exception | None = None
        self.on_fault: Callable[[BaseException], None] | None = None
        """Told of every fault; without it, faults are Textual's own affair (in tests)."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Ours alone: Textual's grey filter still sends colours and makes all bands alike."""
        return _FILTERS

    def ready_for_keys(self) -> None:
        """Everything is in place: what was typed so far comes now, and all that follows."""
        self.holding = False
        if isinstance(self._driver, TerminalDriver):
            self._driver.listen()

    def hold_keys(self) -> None:
        """What no widget has taken yet waits, in order, for `ready_for_keys`."""
        self.holding = True
        if self.terminal is not None:
            self.terminal.listen(None)
            self.terminal.unread.extendleft(reversed(self._untaken()))

    def driver_resized(self) -> None:
        """The terminal has another size."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.resized()

    def paint_anew(self) -> None:
        """Nothing is on the screen any more that was painted before."""
        self.driver_resized()
        if self._screen_stack:
            self.screen.refresh(layout=True)

    def _handle_exception(self, error: Exception) -> None:
        """End, and keep the keys that no widget has taken; the key that did it is not one."""
        if self.on_fault is None:
            super()._handle_exception(error)
            return
        self.on_fault(error)
        if self.fault is None:
            self.fault = error
            self.noted()
            self.hold_keys()
        self._return_code = 1
        self._close_messages_no_wait()

    def noted(self) -> None:
        """A fault happened just now, and nothing has been closed yet."""

    async def on_event(self, event: events.Event) -> None:
        """A key that was on its way while keys were told to wait goes back to its place."""
        mine = isinstance(event, _TYPED) and not event.is_forwarded and self.terminal is not None
        if not (mine and self.holding):
            await super().on_event(event)
            if not (mine and self.holding):
                return
            place, late = self._ahead, self._untaken()
        else:
            place, late = self._ahead, _anew([event])
        assert self.terminal is not None
        for message in late:
            self.terminal.unread.insert(place, message)
            place += 1
        self._ahead = place

    def _untaken(self) -> list[Message]:
        """Keys and pastes that no widget has taken, oldest first; nothing stands in their place."""
        pumps: list[MessagePump] = [*reversed(self._screen_stack)]
        if self._screen_stack and self.focused is not None:
            pumps.insert(0, self.focused)
        found = [message for pump in pumps for message in _emptied(pump)]
        self._ahead = len(found)
        return _anew([*found, *_emptied(self)])


class _Nothing(Message, bubble=False):
    """Stands where a key was: whoever waits at a queue that is not empty must find something."""


def _emptied(pump: MessagePump) -> list[Message]:
    """The keys and pastes that wait at a widget, taken away from it."""
    found: list[Message] = []
    if isinstance(pump._pending_message, _TYPED):
        found.append(pump._pending_message)
        pump._pending_message = _Nothing()
    values: list[Message] = pump._message_queue.values
    for index, message in enumerate(values):
        if isinstance(message, _TYPED):
            found.append(message)
            values[index] = _Nothing()
    return found


def _anew(messages: Sequence[Message]) -> list[Message]:
    """The same keys and pastes as if no app had seen them."""
    return [
        events.Paste(each.text) if isinstance(each, events.Paste)
        else events.Key(each.key, each.character)
        for each in messages if isinstance(each, _TYPED)
    ]  # fmt: skip


_TYPED = (events.Key, events.Paste)
_FILTERS: Sequence[LineFilter] = (TextFilter(),)
