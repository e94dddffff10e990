"""Moving from topic to topic, and the sentence that leads there."""

from dataclasses import replace

from iview_tui.domain import room, wording
from iview_tui.domain.desk import Answer
from iview_tui.domain.entry import Kind
from iview_tui.domain.line import Command
from iview_tui.domain.live import LiveInterview
from iview_tui.domain.prompting import Label
from iview_tui.domain.turn import JOB_LEAD, Turn

BRIDGES = (
    "That helps me see {here}. Before our time runs, may I ask: {question}",
    "I could listen to this for long. One thing I came to ask: {question}",
    "That leads me to something else: {question}",
)


def go(turn: Turn, command: Command) -> Answer:
    """The first open one of the topics that fit becomes current."""
    fitting: tuple[int, ...] = command.value
    open_ = [number for number in fitting if turn.live.coverage(number).open]
    number = (open_ or fitting)[0]
    if number == turn.live.current:
        return turn.cannot(f"on {turn.titled(number)} already")
    turn.write(Kind.GO, command.text, topic=number)
    return turn.done(f"now {turn.titled(number)}")


def _covered(live: LiveInterview, *, skip: bool = False) -> LiveInterview:
    """The call as if the current topic were done with, to see what comes next."""
    if live.current is None:
        return replace(live, opening=False)
    coverage = live.coverage(live.current)
    done = coverage.skip() if skip else coverage.cover(current=True)
    index = live.current - 1
    return replace(live, topics=(*live.topics[:index], done, *live.topics[index + 1 :]))


def next_(turn: Turn, command: Command) -> Answer:
    """The current topic is covered; the next best one becomes current."""
    left = turn.live.current
    to = room.next_best(_covered(turn.live))
    opening = turn.live.opening
    if left is None and to is None and not opening:
        return turn.cannot("no open topic is left")
    turn.write(Kind.NEXT, command.text, topic=to)
    what = "opening over" if left is None and opening else ""
    what = f"{turn.titled(left)}: covered" if left is not None else what
    now = f"now {turn.titled(to)}" if to is not None else "no open topic is left"
    return turn.done(f"{what}; {now}" if what else now)


def skip(turn: Turn, command: Command) -> Answer:
    """The current topic is left out of this talk."""
    left = turn.live.current
    if left is None:
        return turn.cannot("no topic is current")
    to = room.next_best(_covered(turn.live, skip=True))
    turn.write(Kind.SKIP, command.text, topic=to, value={"topic": left})
    return turn.done(f"{turn.titled(left)}: skipped")


def bridge(turn: Turn, command: Command) -> Answer:
    """A sentence that leads back; where they raised a job, the other reply."""
    to = turn.live.topic(room.next_best(turn.live))
    times = turn.desk.bridges
    if turn.standing is not None and turn.standing.text in JOB_LEAD:
        reply = JOB_LEAD[(JOB_LEAD.index(turn.standing.text) + 1) % len(JOB_LEAD)]
        turn.say(reply, commands=("bridge",))
        return Answer()
    if to is None:
        return turn.cannot("no open topic is left")
    here_ = turn.live.topic(turn.live.current)
    said_ = wording.lower(here_.title) if here_ else "it"
    text = BRIDGES[times % len(BRIDGES)].format_map(
        {"here": said_, "question": wording.lower(to.question)}
    )
    turn.desk = replace(turn.desk, bridges=times + 1)
    turn.say(text, Label.BRIDGE, ("bridge",))
    return Answer()
