"""The live screen: it holds the call's state, hands it down, and turns keys into commands."""

import contextlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.events import Click, Resize
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from iview_tui.domain.badge import NARROW, SHORT, WIDE
from iview_tui.domain.desk import Answer
from iview_tui.domain.live import Phase
from iview_tui.domain.prompting import Say
from iview_tui.services.call import LiveCall
from iview_tui.ui import choices as lists
from iview_tui.ui.keys import ACTIONS, moved
from iview_tui.ui.layout import band, cards, foot, header
from iview_tui.ui.layout.body import body
from iview_tui.ui.layout.grid import Grid, grid
from iview_tui.ui.layout.noteline import Typed
from iview_tui.ui.layout.segs import EMPTY
from iview_tui.ui.themes import Look
from iview_tui.ui.view import Choice, View
from iview_tui.ui.widgets.note_line import NoteLine
from iview_tui.ui.widgets.rows import Rows

if TYPE_CHECKING:
    from iview_tui.ui.app import IviewApp

ECHO_LASTS = 4.0
"""Seconds for which an echo stands at the right end of the note line."""
ASKED_AFTER = 3
"""Seconds that the referral question must have stood for its key to say "asked"."""
HOW_TO_END = "the call goes on; /end ends it, /quit leaves it to be resumed"


class LiveScreen(Screen[None]):
    """The call: one line takes everything, the rest shows what came of it."""

    class Troubled(Message):
        """Trouble with the database came or went; posted from its threads."""

    CSS_PATH = "live.tcss"
    AUTO_FOCUS = "NoteLine"

    def __init__(
        self,
        call: LiveCall,
        look: Look,
        *,
        keymap: Mapping[str, tuple[str, ...]] | None = None,
        calm: bool = False,
    ) -> None:
        super().__init__()
        self.call = call
        self.look = look
        self.keys = moved(ACTIONS, keymap or {})
        self.calm = calm
        self.grid: Grid = grid(80, 24)
        self.echo = ""
        self.echo_first = False
        """Whether the line gives way to the echo, and not the other way round."""
        self.guidance: tuple[str, ...] = ()
        """What a demo says of what it shows, in the place of the keys."""
        self.help_page: int | None = None
        self.choices: tuple[Choice, ...] | None = None
        self.chosen = -1
        self.palette_over: str | None = None
        """The half-typed line that stepped aside for the palette."""
        self._question_since: int | None = None
        self._echo_timer: Timer | None = None
        self._shown: tuple[object, ...] = ()
        self._cards: tuple[int | None, ...] = (None, None, None)
        """Since when each card is open: one that opens takes the place of help."""
        self.header = Rows(look, "header")
        self.body = Rows(look, "body")
        self.band = Rows(look, "band")
        self.note = NoteLine(self, look, self.keys, self.grid, "note")
        self.foot = Rows(look, "foot")

    def compose(self) -> ComposeResult:
        """Five widgets, from top to bottom."""
        yield from (self.header, self.body, self.band, self.note, self.foot)

    def on_mount(self) -> None:
        """Take up the half-typed line and let time run."""
        draft = self.call.record.draft
        if draft:
            self.note.put(draft)
        self.note.focus()
        self._lay_out()
        self.set_interval(1.0, self.tick)
        self.call.keeper.watch(self._tell)
        self.call_after_refresh(self.call.settle)

    @on(Resize)
    def _resized(self) -> None:
        self._lay_out()

    # -- showing -------------------------------------------------------------------------------

    def view(self) -> View:
        """The call and what only the screen knows, as one value."""
        call = self.call
        return View(
            call.live, call.desk, call.save, call.time_of_day, call.spoken, prompt=call.prompt,
            contact=call.contact, purpose=call.purpose, signs=self.look.signs, keys=self.keys,
            help_page=self.help_page, choices=self.choices, chosen=self.chosen, asks=self.asks,
            calm=self.calm, others=call.others.get(call.live.current or 0, ""),
            consent_question=call.consent_question,
            maybe=call.following.maybe if call.following else frozenset(),
            guidance=self.guidance,
        )  # fmt: skip

    @property
    def asks(self) -> bool:
        """Whether the key of the next topic says that the question was asked."""
        since = self._question_since
        return since is not None and self.call.live.now - since >= ASKED_AFTER

    def _tell(self) -> None:
        with contextlib.suppress(RuntimeError):  # the loop is closed, or not there yet
            self.post_message(self.Troubled())

    @on(Troubled)
    def tick(self) -> None:
        """A second has passed, or something is to be said before the next one."""
        self.call.tick()
        self.show()

    def show(self) -> None:
        """Paint what changed; a key that changes nothing but the line paints nothing else."""
        prompt = self.call.prompt
        if prompt is None or Say.REFERRAL_GATE not in prompt.kinds:
            self._question_since = None
        elif self._question_since is None:
            self._question_since = self.call.live.now
        live = self.call.live
        opened = (live.wrap_since, live.me_since, live.dropped_since)
        if opened != self._cards:
            self._cards, self.help_page = opened, None
        state = (
            self.call.live, self.call.desk, prompt, self.call.save, self.choices, self.chosen,
            self.help_page, self.asks, self.size, self.call.others, self.guidance,
        )  # fmt: skip
        same = len(state) == len(self._shown) and all(
            a is b or (not hasattr(a, "log") and a == b)
            for a, b in zip(state, self._shown, strict=True)
        )
        if same or not self.size:
            return
        self._shown = state
        view = self.view()
        self._fit_band(view)
        self.header.show(header.header(view, self.grid))
        self.body.show(body(view, self.grid))
        self.band.show(band.band(view, self.grid))
        above = [EMPTY] * self.grid.above_keys
        self.foot.show([*above, foot.foot(view, self.grid)])
        self.note.repaint()
        title = "Notes" if self.call.desk.hidden else header.left_words(view)
        cast("IviewApp", self.app).put_title(title)

    def _lay_out(self) -> None:
        if self.size:
            self._place(grid(self.size.width, self.size.height))
            self._shown = ()
            self.show()

    def _fit_band(self, view: View) -> None:
        """A sentence that needs more rows than two takes them from the body."""
        needed = max(2, len(band.lines(view, self.grid)))
        wanted = grid(self.size.width, self.size.height, needed)
        if wanted != self.grid:
            self._place(wanted)

    def _place(self, place: Grid) -> None:
        self.note.refresh()
        self.grid = self.note.grid = place
        heights = (
            (self.header, place.top + 3),
            (self.body, place.under_header + place.body + place.under_body),
            (self.band, place.band),
            (self.note, place.note),
            (self.foot, place.above_keys + 1),
        )
        for widget, height in heights:
            if widget.styles.height is None or widget.styles.height.value != height:
                widget.styles.height = height

    # -- what the note line asks ---------------------------------------------------------------

    def around(self, text: str) -> Typed:
        """Badge, echo and manner for what is typed."""
        desk = self.call.desk
        room = NARROW if self.grid.stacked else WIDE if self.grid.wide else SHORT
        if self.palette_over is not None:
            badge = "do"
        elif desk.hidden:
            badge = "note"
        else:
            badge = self.call.badge(text, room=room)
        stays = desk.stayed is not None and desk.stayed.text == text.strip()
        end = desk.stayed.reason if stays and desk.stayed else self.echo
        private = badge.startswith("PRIVATE")
        selection = (self.note.selection.start, self.note.selection.end)
        caret = self.note.cursor_position
        first = stays or (self.echo_first and bool(self.echo))
        return Typed(text, caret, badge, end, first, private, desk.hidden, selection)

    def typed(self, text: str) -> None:
        """Keep what is typed before it is painted."""
        if self.palette_over is not None:
            self.choices, self.chosen = lists.for_palette(text), 0
        else:
            self.call.draft(text)
            found = lists.for_command(text) if self.call.desk.form is None else ()
            if found != (self.choices or ()):
                self.choices, self.chosen = found or None, -1
        self.show()

    def entered(self, text: str) -> None:
        """Enter files the line, or runs what was chosen in the list."""
        choice = self._choice()
        if self.palette_over is not None:
            self._palette_enter(text, choice)
        elif choice is not None:
            self._choose(choice)
        else:
            self._enter(text)

    def pressed(self, command: str) -> None:
        """A key runs its command; the half-typed line stays."""
        if command == "help":
            self._turn_help()
            return
        half = self.note.value if self.palette_over is None else self.palette_over
        answer = self.call.press(command, half)
        if answer.act == "quit":
            answer = Answer(echo=HOW_TO_END)
        self.note.marked()
        if answer.line != half:
            self._close_list()
            self.note.put(answer.line)
        self._took(answer)
        self.show()

    def acted(self, action: str) -> None:
        """A key of something that only the screen can do."""
        match action:
            case "next_topic":
                self.pressed("said" if self.asks else "next")
            case "palette":
                self._toggle_palette()
            case "take" if self.choices:
                self._complete()
            case "away" if self.choices or self.palette_over is not None:
                self._close_list()
            case "away" if self.help_page is not None and self.call.desk.offer is None:
                self.help_page = None
                self.show()
            case "up" | "down":
                self._move(-1 if action == "up" else 1)
            case "how_to_end":
                self.how_to_end()
            case _:
                self.pressed(action)

    def said(self, words: str, *, first: bool = False) -> None:
        """Something to read for four seconds at the right end of the row."""
        self.echo, self.echo_first = words, first
        if self._echo_timer is not None:
            self._echo_timer.stop()
        self._echo_timer = self.set_timer(ECHO_LASTS, self._echo_over) if words else None
        self.note.repaint()

    def how_to_end(self) -> None:
        """The keys that end other programs only say how this one ends; a call that is over goes."""
        if self.call.live.phase is Phase.ENDED:
            self.app.exit(0)
        else:
            self.said(HOW_TO_END)

    # -- how -----------------------------------------------------------------------------------

    def _echo_over(self) -> None:
        self.echo = ""
        self.note.repaint()

    def _enter(self, text: str) -> None:
        answer = self.call.enter(text, pasted="\n" in text)
        self.choices, self.chosen = None, -1
        self.note.put(answer.line)
        self._took(answer)
        self.show()

    def _took(self, answer: Answer) -> None:
        if answer.echo:
            self.said(answer.echo)
        elif not answer.act:
            self.said("")
        if answer.act == "help":
            self._turn_help()
        elif answer.act == "quit" or (
            answer.act == "ended" and cast("IviewApp", self.app).leaves_at_end
        ):
            self.app.exit(0)

    def _turn_help(self) -> None:
        height = self.grid.body
        pages = cards.help_pages(self.view(), self.grid, height)
        page = 0 if self.help_page is None else self.help_page + 1
        self.help_page = page if page < pages else None
        self.show()

    # -- topics and the list -------------------------------------------------------------------

    def _move(self, by: int) -> None:
        if self.choices:
            self.chosen = max(0, min(len(self.choices) - 1, self.chosen + by))
            self.show()
            return
        live = self.call.live
        count = len(live.topics)
        if live.current is not None:
            wanted = live.current + by
        elif live.last is not None:
            wanted = live.last + (1 if by > 0 else 0)
        else:
            wanted = 1 if by > 0 else 0
        wanted = min(wanted, count)
        if wanted >= 1 and wanted != live.current:
            self.pressed(f"go {wanted}")

    def _choice(self) -> Choice | None:
        if self.choices and 0 <= self.chosen < len(self.choices):
            return self.choices[self.chosen]
        return None

    def _complete(self) -> None:
        choice = self._choice() or (self.choices or (None,))[0]
        if choice is not None:
            self._write(choice.line + " " * (choice.completes and choice.line[:1] == "/"))

    def _write(self, text: str) -> None:
        self.note.value = text
        self.note.cursor_position = len(text)

    def _choose(self, choice: Choice) -> None:
        if choice.completes:
            self._complete()
        else:
            self._enter(choice.line)

    def _toggle_palette(self) -> None:
        if self.palette_over is not None:
            self._close_list()
            return
        self.palette_over = self.note.value
        self.choices, self.chosen = lists.for_palette(""), 0
        self.note.put("")
        self.show()

    def _close_list(self) -> None:
        self.choices, self.chosen = None, -1
        if self.palette_over is not None:
            over, self.palette_over = self.palette_over, None
            self.note.put(over)
        self.show()

    def _palette_enter(self, text: str, choice: Choice | None) -> None:
        """Run the line, or what is chosen; then the half line is back."""
        known = choice is not None and (not text.strip() or not _is_line(text))
        if choice is not None and known and choice.completes:
            self._write(choice.line + " " * (choice.line[:1] == "/"))
            return
        line = choice.line if choice is not None and known else text
        if line.startswith("/"):
            self._close_list()
            self._run(line)
            return
        answer = self.call.enter(line, half_line=self.palette_over or "")
        if self.call.desk.stayed is None:
            self._close_list()
        self._took(answer)
        self.show()

    def _run(self, line: str) -> None:
        command = line.removeprefix("/")
        if command == "quit":
            self.app.exit(0)
        else:
            self.pressed(command)

    # -- the mouse -----------------------------------------------------------------------------

    @on(Rows.Clicked)
    def _clicked(self, event: Rows.Clicked) -> None:
        act = event.act
        action = next((a for a in self.keys.actions if a.id == act), None)
        if act.startswith("choose ") and self.choices:
            self.chosen = int(act.split()[1])
            self.entered(self.note.value)
        elif action is not None:
            if action.action and action.action != "undo":
                self.acted(action.action)
            else:
                self.pressed(action.command)
        elif act in ("take", "other", "away"):
            self.acted(act)
        elif act == "quit":
            self._run("/quit")
        elif act:
            self.pressed(act)

    @on(Click)
    def _keep_focus(self) -> None:
        self.note.focus()


def _is_line(text: str) -> bool:
    """Whether it is a line of the grammar rather than a name to look for."""
    text = text.strip()
    signs = text[:1] in '+=@#<>~$?&!."\\' and len(text) > 0
    return signs or text.isdigit() or (" " in text and text.startswith("/"))
