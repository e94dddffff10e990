"""Which topic a talk was on when, from the log of a call and from what was said in it."""

from collections.abc import Iterator, Sequence

from iview_tui.domain.course import HOLDS, Course, Evidence, stretches
from iview_tui.domain.coverage import State
from iview_tui.domain.entry import Entry
from iview_tui.domain.guide import Topic
from iview_tui.domain.live import COVERS, LiveInterview, append, begin
from iview_tui.domain.spoken import Spoken, side_of
from iview_tui.interchange import transcripts
from iview_tui.services.replay import LONGEST, STAMP, Cue
from iview_tui.services.tracker import Tracker


def course_of(live: LiveInterview, spoken: Sequence[Spoken] = ()) -> Course:
    """The course of a call as it stands; who speaks is Q or A where `of_sides` has told."""
    moves = list(_moves(live))
    touched = {n for n, each in enumerate(live.topics, 1) if each.state is not State.UNTOUCHED}
    ends = live.now if live.ended_at is None else live.ended_at
    if not spoken:
        found, hold = [Evidence(at, number) for at, number in moves], None
        topical = []
    else:
        notes = [(entry.stamp, entry.topic) for entry in _notes(live)]
        found, hold = list(_heard(live.ground.guide.topics, moves, notes, spoken)), HOLDS
        topical = [each.at for each in found if each.topic is not None]
        touched |= {each.topic for each in found if each.topic is not None}
        if live.ended_at is None:
            ends = max(ends, spoken[-1].seconds)
    if moves and moves[-1][1] is None:  # from here on goodbyes, which drift from nothing
        ends = max([moves[-1][0], *topical])
    never = tuple(
        t.number for t in live.ground.guide.topics
        if t.number not in touched and live.coverage(t.number).state is State.UNTOUCHED
    )  # fmt: skip
    found = [each for each in found if each.at <= ends]
    return Course(stretches(found, ends, hold=hold), never, heard=bool(spoken))


def of_sides(
    spoken: Sequence[Spoken], me: str | None = None, them: str | None = None
) -> list[Spoken]:
    """The same with Q for who interviews and A for who answers, where that can be known.

    By the names of both; of two speakers the other one follows; else who asks twice as often.
    """
    sides = {name: side_of(name, me, them) for name in {row.speaker for row in spoken} if name}
    unknown = [name for name, side in sides.items() if side is None]
    if len(sides) == 2 and len(unknown) == 1:
        known = next(side for side in sides.values() if side)
        sides[unknown[0]] = "A" if known == "Q" else "Q"
    elif len(sides) == 2 and len(unknown) == 2:
        asks = {name: _asks(spoken, name) for name in unknown}
        less, more = sorted(unknown, key=lambda name: asks[name])
        if asks[more] > 2 * asks[less]:
            sides = {less: "A", more: "Q"}
    return [row._replace(speaker=sides.get(row.speaker or "")) for row in spoken]


def as_transcript(text: str, name: str) -> tuple[Spoken, ...] | None:
    """What was said, where a file is a transcript and no script of lines `mm:ss`.

    A text of lines `mm:ss words` is a script. Raises ValueError where a transcript cannot be read.
    """
    cues = name.casefold().endswith((".vtt", ".srt")) or "-->" in text
    if cues or text.lstrip("\ufeff").startswith("WEBVTT"):
        return transcripts.read(text, name)
    if "\0" in text:
        return None
    first = next((row.strip() for row in text.split("\n") if row.strip()), "#")
    if first.startswith("#") or STAMP.fullmatch(first):
        return None
    try:
        rows = transcripts.read(text, name)
    except ValueError:
        return None
    return rows if any(row.speaker for row in rows) else None


def cues_of(topics: Sequence[Topic], spoken: Sequence[Spoken]) -> tuple[Cue, ...]:
    """A script of what a transcript shows for sure: questions that were asked, and the end.

    Raises ValueError where nobody could wait for it.
    """
    tracker = Tracker(topics)
    current: int | None = None
    cues: list[Cue] = []
    for number, (seconds, speaker, text) in enumerate(spoken, 1):
        side = speaker if speaker in ("Q", "A") else None
        found = tracker.read(text, seconds, side, spoken=True).suggestion
        asked = side == "Q" or (side is None and text.rstrip().endswith("?"))
        if asked and found is not None and found != current:
            current = found
            cues.append(Cue(number, seconds, f"/go {found}"))
    if spoken[-1].seconds >= LONGEST * 60:
        raise ValueError("it is longer than a day")
    return (*cues, Cue(len(spoken), spoken[-1].seconds, "/end"))


def _moves(live: LiveInterview) -> Iterator[tuple[int, int | None]]:
    """Each moment at which another topic became current, or none."""
    now = begin(live.ground)
    for entry in live.counting:
        later = now.at(entry.entered)
        if later.current != now.current:  # the close alone sends a topic away
            yield now.agreement.close, later.current
        now = append(later, entry)
        if now.current != later.current:
            yield entry.entered, now.current
    last = now.at(live.now)
    if last.current != now.current:
        yield now.agreement.close, last.current


def _notes(live: LiveInterview) -> Iterator[Entry]:
    for entry in live.counting:
        if entry.kind in COVERS and entry.topic is not None and not live.is_private(entry):
            yield entry


def _heard(
    topics: Sequence[Topic], moves: Sequence[tuple[int, int | None]],
    notes: Sequence[tuple[int, int | None]], spoken: Sequence[Spoken],
) -> Iterator[Evidence]:  # fmt: skip
    """What log and words say together; the log is told first within a second."""
    tracker = Tracker(topics)
    rows: list[tuple[int, int, int | None, Spoken | None]] = [
        *((at, 0, number, None) for at, number in moves),
        *((at, 1, number, None) for at, number in notes),
        *((row.seconds, 2, None, row) for row in spoken),
    ]
    for at, what, number, row in sorted(rows, key=lambda each: each[:2]):
        if number is not None:
            (tracker.take if what else tracker.asked)(number, at)
            yield Evidence(at, number)
        if row is None:
            continue
        side = row.speaker if row.speaker in ("Q", "A") else None
        reading = tracker.read(row.text, at, side, spoken=True)
        if reading.suggestion is not None:
            yield Evidence(at, reading.suggestion)
        elif reading.moved_on:
            yield Evidence(at, None)


def _asks(spoken: Sequence[Spoken], name: str) -> float:
    """The share of questions in what somebody said."""
    said = [row.text for row in spoken if row.speaker == name]
    return sum(text.rstrip().endswith("?") for text in said) / len(said)
