"""A whole call line by line: for a screen reader, a dumb terminal or a pipe.

Nothing is repainted and no cursor moves. A mark is printed at once on a line of its own; all else
follows the next Enter.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from iview_tui.clock import Clock, HeldClock
from iview_tui.domain import desk, room
from iview_tui.domain.coverage import State
from iview_tui.domain.desk import Answer
from iview_tui.domain.entry import WORDS
from iview_tui.domain.live import Phase
from iview_tui.domain.prompting import Prompt, Say
from iview_tui.domain.record import CallRecord
from iview_tui.services.call import LiveCall
from iview_tui.services.replay import Cue

if TYPE_CHECKING:
    from iview_tui.services.keeping import Keeping

MARKS = frozenset(
    {Say.NOT_SAVED, Say.OVERTIME, Say.CLOSE, Say.COURTESY, Say.REFERRAL_GATE, Say.MUST_SWEEP}
)
"""Kinds of prompt that do not wait for the next Enter."""
HELP = """\
A line is a note. Signs: @name  #organization  <they promise  >I promise  ~jargon
  $opening they mention  ?question for later  &parked  "their words"  !star  5: to topic 5
  5 alone: covered   +5 later   =10 left   =14:20 until
Commands: /next /go 5 /name /may yes /bridge /wrap /drop /back /undo /private /end /quit"""


class Plain:
    """The face of a call on a stream of lines."""

    def __init__(self, call: LiveCall, say: Callable[[str], None]) -> None:
        """Show `call` by saying lines."""
        self.call = call
        self.say = say
        self.shown: Prompt | None = None

    def hello(self) -> None:
        """What one has to know before the first line."""
        call = self.call
        who = call.contact
        if who is not None:
            self.say(", ".join(part for part in (who.name, who.organization) if part))
        self.say(call.fit.sentence)
        for topic in call.record.guide.topics:
            self.say(f"{topic.number} {topic.title}{' (key)' if topic.priority == 'must' else ''}")

    def started(self) -> None:
        """The clock runs."""
        end = self.call.time_of_day(self.call.live.agreement.end)
        self.say(f"The clock runs; ends {end:%H:%M}. ? is help.")
        for line in self.call.spoken(self.call.record.guide.opening):
            self.say(f"SAY {line}")
        self.say(f"SAY {self.call.consent_question}  /consent")

    def enter(self, text: str) -> bool:
        """One line; False where the program is to be left."""
        call = self.call
        before = call.live.current
        if not text.strip() and call.desk.stayed is not None:
            text = call.desk.stayed.text
        answer = call.enter(text)
        self._answer(answer, before)
        self.prompted(at_once=False)
        return answer.act != "quit"

    def _answer(self, answer: Answer, before: int | None) -> None:
        call = self.call
        if answer.stays:
            self.say(f"{answer.line}: {answer.stays}")
        if answer.echo:
            self.say(answer.echo)
        if call.desk.form is not None:
            self.say(f"{call.desk.form.label}?")
        if answer.act == "help":
            self.say(HELP)
            self.status()
        topic = call.live.topic(call.live.current)
        if topic is not None and topic.number != before:
            self.say(f"{topic.number} {topic.question}")
        if call.live.wrap_since == call.live.now:
            for row in call.desk.wrap_rows:
                done = ", settled" if desk.settled(call.live, row) else ""
                self.say(f"{row.number} {row.group}: {row.text}{done}")

    def status(self) -> None:
        """Time, names, and where every topic stands."""
        live = self.call.live
        if live.phase is Phase.LIVE:
            left = live.agreement.end - live.now
            gone = live.now - live.agreement.start
            word = f"{_minutes(left)} left" if left >= 0 else f"{_minutes(-left)} over"
            more = f"room for {room.more(live)} more"
            self.say(f"{word}, {_minutes(gone)} gone, {more}, names {len(live.names)}")
        for topic in live.ground.guide.topics:
            state = live.coverage(topic.number).state
            now = ", now" if topic.number == live.current else ""
            if state is not State.UNTOUCHED or now:
                self.say(f"{topic.number} {topic.title}: {state}{now}")

    def prompted(self, *, at_once: bool) -> None:
        """The sentence of the prompt line, when it is a new one and its time is now."""
        prompt = self.call.prompt
        if prompt is None:
            self.shown = None
            return
        mark = any(kind in MARKS for kind in prompt.kinds)
        same = self.shown is not None and self.shown.text == prompt.text
        if same or (at_once and not mark):
            return
        self.shown = prompt
        keys = "  ".join(f"/{command}" for command in prompt.commands)
        self.say(f"{prompt.label or 'NOW'} {prompt.text}{'  ' + keys if keys else ''}")

    def tick(self) -> None:
        """A second has gone by."""
        self.call.tick()
        self.prompted(at_once=True)


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def lines(descriptor: int, tick: Callable[[], None]) -> Iterator[str]:
    """The lines of a descriptor as they come; `tick` is called once a second meanwhile."""
    pending = b""
    while True:
        ready, _, _ = select.select([descriptor], [], [], 1.0)
        if not ready:
            tick()
            continue
        read = os.read(descriptor, 65536)
        pending += read
        *whole, pending = pending.split(b"\n")
        for line in whole:
            yield line.rstrip(b"\r").decode("utf-8", errors="replace")
        if not read:
            if pending:
                yield pending.decode("utf-8", errors="replace")
            return


def run_plain(call: LiveCall, keeping: Keeping | None = None) -> int:
    """A call on standard input and output; leaves it to be resumed at the end of input.

    What is wrong with the database is said before the call, and `r` then brings a backup back.
    """

    def say(text: str) -> None:
        sys.stdout.write(text + "\n")
        sys.stdout.flush()

    face = Plain(call, say)
    typed = lines(sys.stdin.fileno(), lambda: face.tick())
    face.hello()
    try:
        if call.live.phase is Phase.PLANNED:
            sick = keeping.sickness() if keeping else ""
            if sick:
                say(f"{sick[:1].upper()}{sick[1:]}. Lines are kept beside it. "
                    "r: restore the newest backup.")  # fmt: skip
            say("Enter when they pick up: the clock starts.")
            first = next(typed, None)
            if sick and keeping and first is not None and first.strip().lower() == "r":
                say(keeping.restore())
                first = next(typed, None)
            if first is None:
                return 0
            call.connect()
            face.started()
            if first.strip():
                face.enter(first)
        else:
            face.started()
            if call.record.draft:
                say(f"half a line was left: {call.record.draft}")
        call.settle()
        for text in typed:
            if not face.enter(text):
                break
    except KeyboardInterrupt:
        pass
    if call.live.phase is Phase.LIVE:
        say("The call is left as it is; iview live goes on with it.")
    call.close()
    return 0


def recite(
    call: LiveCall, clock: HeldClock, cues: tuple[Cue, ...], write: Callable[[str], object]
) -> None:
    """A whole played call as plain text, at once: each line with its stamp and its answer."""

    def say(text: str) -> None:
        write(f"       {text}\n")

    face = Plain(call, say)
    face.hello()
    call.connect()
    face.started()
    now = 0
    for cue in cues:
        while now < cue.seconds:
            clock.advance(1)
            now += 1
            face.tick()
        if cue.text is not None:
            write(f"{_minutes(now):>5} > {cue.text}\n")
            face.enter(cue.text)


def offer_unfinished(record: CallRecord, clock: Clock) -> bool | None:
    """Ask in a line whether to go on with a call; None where nobody can answer."""
    who = record.contact.name if record.contact else "nobody named"
    begun = record.connected_at.in_timezone(clock.zone()) if record.connected_at else clock.wall()
    words = sum(1 for entry in record.entries if entry.kind in WORDS)
    sys.stdout.write(
        f"An unfinished call with {who}, begun {begun:%H:%M}, {words} lines. "
        "Enter goes on, e closes it as it was.\n"
    )
    sys.stdout.flush()
    if not sys.stdin.isatty():
        return None
    return sys.stdin.readline().strip().lower() != "e"
