"""The course of a talk: which topic when, how long adrift, what was never touched."""

from collections.abc import Iterable, Sequence

from iview_tui.domain.value import value

HOLDS = 80
"""Seconds for which a topic is taken to go on with nothing that speaks for it: after so long a talk
has left what was asked in one case of four, after twice as long in every second."""


@value
class Evidence:
    """Something that says where the talk is at a second."""

    at: int
    topic: int | None
    """The topic; None: the talk has left what it was on."""


@value
class Stretch:
    """From when to when the talk was on a topic, or on none."""

    begins: int
    ends: int
    topic: int | None


@value
class Course:
    """A talk as stretches, in the order of time."""

    stretches: tuple[Stretch, ...] = ()
    never: tuple[int, ...] = ()
    """Topics that nobody touched."""
    heard: bool = False
    """Whether it was worked out of what was said, too; otherwise nothing is known of drift."""

    @property
    def adrift(self) -> int | None:
        """Seconds on no topic between the first and the end; None where nobody can know."""
        if not self.heard:
            return None
        return sum(each.ends - each.begins for each in self.stretches if each.topic is None)


def stretches(found: Iterable[Evidence], ends: int, *, hold: int | None) -> tuple[Stretch, ...]:
    """Stretches from the first topic to `ends`, from evidence in the order of time.

    A topic goes on for `hold` seconds behind the last that speaks for it, or with None until
    something else does.
    """
    rows: list[Stretch] = []
    last = 0
    for each in sorted(found, key=lambda row: row.at):
        if not rows:
            if each.topic is not None:
                rows.append(Stretch(each.at, each.at, each.topic))
                last = each.at
            continue
        _lengthen(rows, each.at, last, hold)
        if each.topic != rows[-1].topic:
            rows.append(Stretch(each.at, each.at, each.topic))
        if each.topic is not None:
            last = each.at
    if rows:
        _lengthen(rows, max(ends, rows[-1].ends), last, hold)
    return _joined(rows)


def _lengthen(rows: list[Stretch], at: int, last: int, hold: int | None) -> None:
    """The last stretch goes on up to a moment, or is over and the talk adrift."""
    begun, topic = rows[-1].begins, rows[-1].topic
    over = at if hold is None or topic is None else max(begun, min(at, last + hold))
    rows[-1] = Stretch(begun, over, topic)
    if over < at:
        rows.append(Stretch(over, at, None))


def _joined(rows: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Without empty ones, and two of one topic that follow each other as one."""
    done: list[Stretch] = []
    for row in rows:
        if row.ends <= row.begins or (row.topic is None and not done):
            continue
        if done and done[-1].topic == row.topic and done[-1].ends == row.begins:
            row = Stretch(done.pop().begins, row.ends, row.topic)
        done.append(row)
    return tuple(done)
