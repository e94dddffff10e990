"""A call as it runs: lines and keys in, entries kept, the folded call out. No terminal here."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from string import Template
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from pendulum import DateTime, timezone
from pendulum.tz.timezone import FixedTimezone, Timezone

from iview_tui.clock import Clock
from iview_tui.domain import line as grammar
from iview_tui.domain import wording
from iview_tui.domain.badge import SHORT, badge
from iview_tui.domain.desk import Answer, Desk, Offer, with_rows
from iview_tui.domain.entry import NOTHING, Entry, Kind
from iview_tui.domain.hints import Hinted, hinted
from iview_tui.domain.lexicon import Lexicon
from iview_tui.domain.live import Ground, LiveInterview, Phase, append, begin, fold
from iview_tui.domain.pacing import Fit, fit
from iview_tui.domain.prompting import Beside, Label, Prompt, Say, prompt, row_text
from iview_tui.domain.record import CallRecord, Contact
from iview_tui.domain.referral import parse
from iview_tui.domain.text import clean
from iview_tui.domain.turn import Turn, of_the_debrief
from iview_tui.domain.value import value
from iview_tui.services.following import Following, Tracker

if TYPE_CHECKING:
    from iview_tui.interchange.captions import Heard

SLEPT = 3
"""Seconds by which the boot-time clock must outrun the awake one to mean that the laptop slept."""

LOADED_AFTER = 0.8
"""Seconds after the first picture at which what looks beyond this call is loaded."""

TOLD_FOR = 20
"""Seconds for which the prompt line says why all is saved in a rescue file only."""


@value
class SaveState:
    """How safe what was typed is now."""

    saved: bool = True
    reason: str = ""
    """Why it is not, in plain words."""
    waiting: int = 0
    """Lines that the database does not have yet."""


class Keeper(Protocol):
    """Keeps a call as it is written; it never holds up typing for longer than a blink."""

    def begin(self, record: CallRecord) -> None:
        """Keep a call from its start on."""

    def append(self, entries: Sequence[Entry], draft: str | None, *, private: bool) -> None:
        """Keep entries, and what stands in the note line after them, as one."""

    def note(self, entry: Entry) -> None:
        """Keep an entry that nobody typed; the half-typed line stays as it is."""

    def keep_draft(self, text: str | None, *, private: bool) -> None:
        """Keep the half-typed line."""

    def settle(self) -> None:
        """The screen stands: what could wait for that waits no longer."""

    def state(self) -> SaveState:
        """How safe everything is."""

    def watch(self, on_change: Callable[[], object]) -> None:
        """Have somebody told, in any thread, that trouble came or went."""

    def close(self) -> None:
        """Let go, when nothing waits any more."""


class Feed(Protocol):
    """Captions that run along."""

    def start(self) -> None:
        """Begin to read."""

    def stop(self) -> None:
        """Read no more."""

    def heard(self) -> Sequence[Heard]:
        """What came since it was asked last; speakers are Q (who interviews), A, or None."""

    def trouble(self) -> str:
        """What is wrong with the feed; empty where nothing is."""

    def recent(self) -> str | None:
        """What was said just now; None where it is not to be kept."""


class MemoryKeeper:
    """Keeps nothing: a replay is saved whole when it is over."""

    def begin(self, record: CallRecord) -> None:
        """Keep a call from its start on."""

    def append(self, entries: Sequence[Entry], draft: str | None, *, private: bool) -> None:
        """Keep entries."""

    def note(self, entry: Entry) -> None:
        """Keep an entry that nobody typed."""

    def keep_draft(self, text: str | None, *, private: bool) -> None:
        """Keep the half-typed line."""

    def settle(self) -> None:
        """Nothing waits."""

    def state(self) -> SaveState:
        """Nothing is ever in trouble."""
        return SaveState()

    def watch(self, on_change: Callable[[], object]) -> None:
        """Nothing ever changes."""

    def close(self) -> None:
        """Let go."""


def new_uuid() -> str:
    """An id for something new."""
    return str(uuid.uuid4())


def ids_from(*given: object) -> Callable[[], str]:
    """Ids that are the same for the same things given, in the order in which they are asked for."""
    import hashlib

    seed = uuid.UUID(bytes=hashlib.sha256(repr(given).encode()).digest()[:16])

    def made() -> Iterator[str]:
        number = 0
        while True:
            yield str(uuid.uuid5(seed, str(number)))
            number += 1

    ids = made()
    return lambda: next(ids)


class LiveCall:
    """One call, before, during and after its minutes."""

    def __init__(
        self,
        record: CallRecord,
        *,
        clock: Clock,
        keeper: Keeper,
        lexicon: Lexicon,
        new_id: Callable[[], str] = new_uuid,
        back_date: int = 8,
        scripted: bool = False,
        undoes: str = "^Z undoes",
        tracker: Callable[[], Tracker] | None = None,
        others: Callable[[], Mapping[int, str]] | None = None,
        hints: Callable[[], bool] | None = None,
        captions: Feed | None = None,
    ) -> None:
        """Take up a call: a new one, a planned one, or one that was left unfinished."""
        self.record = record
        self.clock = clock
        self.keeper = keeper
        self.lexicon = lexicon
        self.new_id = new_id
        self.back_date = back_date
        self.scripted = scripted
        self.undoes = undoes
        self.desk = Desk()
        self.prompt: Prompt | None = None
        self.first_key: int | None = None
        self.captions = captions
        self._aside_told = "", 0
        self._later = tracker, others, hints
        self._hinted: Hinted | None = None
        self._tracker: Tracker | None = None
        self.others: Mapping[int, str] = MappingProxyType({})
        """What others told about each topic, in one line."""
        self.following: Following | None = None
        """What the tracker makes of the call, once it is loaded."""
        self._zone = zone_of(record.time_zone)
        self._connected_boot: float | None = None
        self._ticked: tuple[float, float] | None = None
        self._aside: tuple[str, int | None] = "", None
        self._told = "", 0
        at = (record.connected_at or record.planned_at or clock.wall()).in_timezone(self._zone)
        read_person = partial(parse, lexicon=lexicon)
        ground = Ground(record.guide, at, read_person)
        self.live: LiveInterview = begin(ground)
        if record.connected_at is not None:
            self.live = fold(ground, record.entries)
            self.desk = with_rows(self.desk, self.live)
            if record.boot_id == clock.boot_id():
                self._connected_boot = record.boot_at_connect
            keeper.begin(record)
            self.tick()

    # -- what it knows -----------------------------------------------------------------------

    @property
    def contact(self) -> Contact | None:
        """Who is on the phone."""
        return self.record.contact

    @property
    def purpose(self) -> str | None:
        """What the talk is for."""
        return self.record.purpose or self.record.guide.purpose

    @property
    def consent_question(self) -> str:
        """What they are asked before anything of theirs is written down."""
        return wording.NOTES_AND_CAPTIONS if self.captions else wording.NOTES

    @property
    def save(self) -> SaveState:
        """How safe what was typed is."""
        return self.keeper.state()

    @property
    def fit(self) -> Fit:
        """Whether the guide fits, as said at load."""
        return fit(self.record.guide, self.record.agreed_minutes)

    @property
    def moment(self) -> int:
        """Now, in whole seconds after connecting; sleep counts, a set wall clock does not."""
        connected = self.record.connected_at
        if connected is None:
            return 0
        if self._connected_boot is not None:
            return max(0, int(self.clock.boot() - self._connected_boot))
        return max(0, int(self.clock.wall().timestamp() - connected.timestamp()))

    @property
    def wall(self) -> DateTime:
        """The time of day where the interviewer is."""
        return self.clock.wall().in_timezone(self._zone)

    def time_of_day(self, moment: int) -> DateTime:
        """A moment of the call by the wall clock as it is set now."""
        return self.wall.add(seconds=moment - self.moment)

    def spoken(self, lines: Sequence[str]) -> list[str]:
        """Lines to say with `$end`, `$name`, `$via` and `$purpose` filled in.

        A line that needs what is not known is left out; a template runs no code.
        """
        who = self.contact
        known = {
            "end": f"{self._end:%H:%M}",
            "name": who.name if who else None,
            "via": who.via if who else None,
            "purpose": self.purpose,
        }
        given = {name: value for name, value in known.items() if value}
        filled = [Template(line) for line in lines]
        missing = known.keys() - given.keys()
        return [
            template.safe_substitute(given)
            for template in filled
            if not missing & set(template.get_identifiers())
        ]

    @property
    def _end(self) -> DateTime:
        """The agreed end by the wall clock: before the call the arranged one, while it can hold."""
        record = self.record
        if record.connected_at is None and record.planned_at is not None:
            end = record.planned_at.add(minutes=record.agreed_minutes).in_timezone(self._zone)
            if end > self.wall:
                return end
        return self.time_of_day(self.live.agreement.end or record.agreed_minutes * 60)

    def badge(self, text: str, *, room: int = SHORT) -> str:
        """How the line would be taken, in words of at most so many cells."""
        if self.desk.form is not None:
            return self.desk.form.label
        topics = self.record.guide.topics
        reading = grammar.read(text, topics, self.lexicon)
        over = self.live.phase is Phase.ENDED
        reading = of_the_debrief(reading) if over else reading
        topic = self.live.topic(None if over else self.live.current)
        today, private = self.wall.date(), self.live.private_mode
        return badge(reading, topic=topic, today=today, room=room, private=private)

    # -- what happens ------------------------------------------------------------------------

    def connect(self, minutes: int | None = None, planned_end: DateTime | None = None) -> None:
        """They picked up: the clock starts, once."""
        if self.record.connected_at is not None:
            return
        # The call's zero is a whole second of the wall clock, so that what is recorded is what was
        # counted, and both clocks go over to the next second at once.
        wall = self.clock.wall()
        fraction = wall.microsecond / 1_000_000
        wall = wall.replace(microsecond=0)
        agreed = minutes or self.record.agreed_minutes
        self.record = replace(
            self.record,
            agreed_minutes=agreed,
            connected_at=wall,
            boot_id=self.clock.boot_id(),
            boot_at_connect=self.clock.boot() - fraction,
        )
        self._connected_boot = self.record.boot_at_connect
        self.live = begin(replace(self.live.ground, connected_at=wall.in_timezone(self._zone)))
        end = planned_end.isoformat() if planned_end and planned_end > wall else None
        value = {"agreed_minutes": agreed, "planned_end": end}
        start = Entry(self.new_id(), 0, Kind.START, 0, 0, value=value)
        self.live = append(self.live, start)
        self.record = replace(self.record, entries=(start,))
        self.keeper.begin(self.record)
        self.tick()

    def tick(self) -> None:
        """Once a second: time runs on, sleep is noticed, a mark may come."""
        if self.record.connected_at is None:
            return
        self._notice_sleep()
        self.live = self.live.at(self.moment)
        self._listen()
        self._follow(half=self.record.draft or "")
        self._show()

    def draft(self, text: str) -> None:
        """Something was typed: keep it before it is painted, and know when it was begun."""
        if not text:
            self.first_key = None
        elif self.first_key is None:
            self.first_key = self.moment
        half, private = self._half_line(text), self.live.private_mode
        self.record = replace(self.record, draft=half, draft_private=private)
        self.keeper.keep_draft(half, private=private)

    def enter(self, text: str, *, pasted: bool = False, half_line: str = "") -> Answer:
        """Enter on the note line, or on a line that was given beside a half-typed one."""
        if self.record.connected_at is None:
            return Answer(line=text, stays="the call has not begun")
        turn = self._turn(typed=not half_line)
        answer = turn.enter(clean(text), pasted=pasted)
        return self._took(turn, answer, half_line or answer.line)

    def press(self, command: str, half_line: str = "") -> Answer:
        """A key: what its command says; the answer has what then stands in the note line.

        That is the half-typed line as it was, but where a topic is taken for it, which then stands
        in front, and for the five questions of `/name`: for them it steps aside, and behind the
        last of them it comes back.
        """
        if command == "drop" and self.live.dropped_since is not None:
            command = "back"
        offered = self.desk.offer
        turn = self._turn(typed=False)
        turn.desk = replace(turn.desk, answer=None)
        reading = grammar.read(f"/{command}", self.record.guide.topics, self.lexicon)
        answer = turn.take(reading)
        if command == "away" and offered is not None and self.following is not None:
            self.following.put_away(offered, self.live.now)
        if command == "take":
            half_line = answer.line + half_line
        return self._took(turn, answer, half_line)

    def release(self) -> None:
        """A line that still stays is let go: nobody can say it again."""
        turn = self._turn()
        turn.let_go()
        self._took(turn, Answer(), "")

    def settle(self) -> None:
        """The screen stands: what could wait for that waits no longer.

        What looks beyond this call is loaded beside the typing, when the first keys are through.
        """
        self.keeper.settle()
        if any(self._later) or self.captions is not None:
            timer = threading.Timer(LOADED_AFTER, self.load)
            timer.daemon = True
            timer.start()

    def load(self) -> None:
        """Have the tracker, which is then told what was said so far, what others told, and hints
        where they are wanted."""
        (tracker, others, hints), self._later = self._later, (None, None, None)
        if tracker is not None:
            self._tracker = tracker()
        if others is not None:
            self.others = others()
        if hints is not None and hints():
            self._hinted = Hinted()
        if self.captions is not None:
            self.captions.start()

    def close(self) -> None:
        """The program leaves the call."""
        if self.captions is not None:
            self.captions.stop()
        if self._tracker is not None:
            self._tracker.close()
        self.keeper.close()

    # -- how ---------------------------------------------------------------------------------

    def _turn(self, *, typed: bool = True) -> Turn:
        self.tick()
        now = self.live.now
        first = now if self.scripted or not typed or self.first_key is None else self.first_key
        return Turn(
            self.live, self.desk, now, self.wall, self.lexicon, self.new_id,
            standing=self.prompt, stamp=first - self.back_date, again=now - self.back_date,
            scripted=self.scripted, undoes=self.undoes,
            caption=self.captions.recent() if self.captions else None,
        )  # fmt: skip

    def _took(self, turn: Turn, answer: Answer, half_line: str) -> Answer:
        """Keep what a turn wrote; the half-typed line with it."""
        asked, asks = self.desk.form is not None, turn.desk.form is not None
        self.live, self.desk = turn.live, with_rows(turn.desk, turn.live)
        if asks and not asked:
            self._aside, half_line = (half_line, self.first_key), ""
        elif asked and not asks:
            (half_line, self.first_key), self._aside = self._aside, ("", None)
        answer = replace(answer, line=half_line)
        if not half_line:
            self.first_key = None
        draft = self._half_line(half_line)
        self.record = replace(self.record, entries=self.live.log, draft=draft)
        if self.record.connected_at is not None:
            self.keeper.append(turn.written, draft, private=self.live.private_mode)
        self._follow()
        self._show()
        return answer

    def _follow(self, half: str | None = None) -> None:
        """Let the tracker hear what was written, and look at the half-typed line once a second."""
        if self.following is None:
            tracker = self._tracker
            if tracker is None:
                return
            self.following = Following(tracker, self.lexicon)
        offer = self.following.heard(self.live, self._standing())
        if half is not None and self.desk.form is None:
            offer = self.following.typed(self.live, half, offer)
        if offer is not self.desk.offer:
            self.desk = replace(self.desk, offer=offer)

    def _listen(self) -> None:
        """Let the tracker hear what the captions say."""
        if self.captions is None or self.following is None:
            return
        offer = self._standing()
        for line in self.captions.heard():
            offer = self.following.said(self.live, line.text, line.speaker, line.final, offer)
        if offer is not None and offer is not self.desk.offer:
            self.desk = replace(self.desk, offer=offer)

    def _standing(self) -> Offer | None:
        """The offer whose time is not over."""
        return self.desk.offer if self.desk.offered(self.live.now) is not None else None

    def _by_the_way(self) -> Prompt | None:
        """What is wrong with captions or tracker, for a while and where nothing else is said."""
        if self._tracker is None or self.live.phase is not Phase.LIVE:
            return None
        trouble = self._tracker.trouble() or (self.captions.trouble() if self.captions else "")
        now = self.live.now
        if trouble != self._aside_told[0]:
            self._aside_told = trouble, now
        if trouble and now - self._aside_told[1] < TOLD_FOR:
            return Prompt((Say.ANSWER,), trouble, self._aside_told[1], Label.NOTHING)
        return None

    def _half_line(self, text: str) -> str | None:
        """What is typed and not filed: beside answers to `/name` the line that stepped aside."""
        form = self.desk.form
        if form is None:
            return text or None
        named = ", ".join(part for part in (*form.answers, text) if part)
        return "\n".join(part for part in (self._aside[0], named and f"@{named}") if part) or None

    def _notice_sleep(self) -> None:
        boot, awake = self.clock.boot(), self.clock.awake()
        before, self._ticked = self._ticked, (boot, awake)
        if before is None or self.live.phase is not Phase.LIVE:
            return
        slept = (boot - before[0]) - (awake - before[1])
        if slept >= SLEPT:
            self.live = self.live.at(self.moment)
            self._note(Kind.SLEEP, value={"seconds": int(slept)})

    def _note(self, kind: Kind, text: str = "", value: dict[str, object] | None = None) -> None:
        """An entry that nobody typed, at the moment that the call stands at."""
        now = self.live.now
        line = max((entry.line for entry in self.live.log), default=0)
        entry = Entry(self.new_id(), line, kind, now, now, text, value=value or NOTHING)
        self.live = append(self.live, entry)
        self.record = replace(self.record, entries=self.live.log)
        self.keeper.note(entry)

    def _show(self) -> None:
        """Work the prompt line out, and record each kind that newly stands on it."""
        before = self.prompt.kinds if self.prompt else ()
        now = self.live.now
        beside = Beside(self._trouble(), self.desk.answered(now), self.desk.offered(now))
        self.prompt = prompt(self.live, beside) or self._by_the_way()
        if self._hinted is not None:
            free, typing = self.prompt is None, bool(self.record.draft or self.desk.form)
            self._hinted = hinted(self.live, self._hinted, free=free, typing=typing)
            self.prompt = self.prompt or self._hinted.prompt
        if self.prompt is None or self.live.phase is not Phase.LIVE:
            return
        for kind in self.prompt.kinds:
            if kind not in before and kind not in (Say.ANSWER, Say.HINT):
                text = row_text(self.live, self.prompt)
                self._note(Kind.SHOWN, text, {"kind": str(kind)})

    def _trouble(self) -> str | None:
        """What is wrong with the database: as long as something is not saved, else for a while."""
        save, now = self.save, self.live.now
        if not save.saved:
            return wording.trouble(save.reason, save.waiting)
        if save.reason != self._told[0]:
            self._told = save.reason, now
        if save.reason and now - self._told[1] < TOLD_FOR:
            return wording.rescued(save.reason)
        return None


def zone_of(name: str) -> Timezone | FixedTimezone:
    """A zone by its IANA name, or an offset such as `+01:00`."""
    if name[:1] in "+-" and ":" in name:
        hours, minutes = name[1:].split(":")
        seconds = (int(hours) * 60 + int(minutes)) * 60
        return FixedTimezone(-seconds if name[0] == "-" else seconds, name=name)
    return timezone(name)
