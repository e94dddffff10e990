"""What the tracker offers beside a call: quietly, one thing at a time, and nothing by itself."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from calls import START, guide
from iview_tui.clock import HeldClock
from iview_tui.domain.coverage import State
from iview_tui.domain.entry import Kind
from iview_tui.domain.record import CallRecord
from iview_tui.domain.tracking import Reading
from iview_tui.services.bank import lexicon
from iview_tui.services.call import LiveCall, MemoryKeeper, ids_from
from iview_tui.services.guides import built_in_guide
from iview_tui.services.tracker import Tracker


class Told:
    """A tracker that says what a test wants, and remembers what it was told."""

    def __init__(self, says: Mapping[str, Reading] | None = None) -> None:
        self.says = dict(says or {})
        self.told: list[tuple[object, ...]] = []
        self.answered: tuple[int, ...] = ()

    def trouble(self) -> str:
        return ""

    def close(self) -> None:
        """Nothing is held."""

    def asked(self, number: int | None, t: float) -> None:
        self.told.append(("asked", number, t))

    def take(self, number: int, t: float) -> None:
        self.told.append(("take", number, t))

    def refuse(self, number: int, t: float) -> None:
        self.told.append(("refuse", number, t))

    def read(self, text: str, t: float, speaker: str | None = None, final: bool = True, *,
             spoken: bool | None = None) -> Reading:  # fmt: skip
        if final:
            self.told.append(("read", text, t))
        found = [reading for word, reading in self.says.items() if word in text]
        return found[0] if found else Reading(())

    def probably_answered(self) -> tuple[int, ...]:
        return self.answered


def about(number: int, *others: int, kind: Kind | None = None) -> Reading:
    likeliest = tuple((n, 0.3) for n in (number, *others))
    return Reading(likeliest, number, kind=kind)


class Call:
    """A call with a tracker, on a held clock."""

    def __init__(self, tracker: Told | None, record: CallRecord | None = None) -> None:
        self.clock = HeldClock(START.in_timezone("UTC"), zone="Europe/Berlin")
        blank = CallRecord("c", None, guide(6), None, 30, None, None, "Europe/Berlin")
        self.call = LiveCall(
            record or blank, clock=self.clock, keeper=MemoryKeeper(), lexicon=lexicon(),
            new_id=ids_from("following"), back_date=0,
            tracker=(lambda: tracker) if tracker else None,
        )  # fmt: skip
        self.call.connect()
        self.call.load()

    def wait(self, seconds: int) -> None:
        for _ in range(seconds):
            self.clock.advance(1)
            self.call.tick()

    @property
    def offered(self) -> str:
        offer = self.call.desk.offered(self.call.live.now)
        return offer.text if offer else ""


def test_a_note_is_offered_to_its_topic_and_one_key_files_it() -> None:
    tracker = Told({"intern": about(5, 3, 2)})
    one = Call(tracker)
    one.call.press("next")
    one.wait(20)
    one.call.enter("started as an intern")

    assert one.offered == "-> 5 Entry level?"
    assert one.call.live.coverage(5).state is State.UNTOUCHED

    one.call.press("take")
    one.wait(1)
    note = next(e for e in one.call.live.counting if e.kind is Kind.NOTE)
    assert note.topic == 5
    assert one.call.live.coverage(5).state is State.PARTLY
    assert one.call.live.coverage(5).unprompted
    assert ("take", 5, 20) in tracker.told


def test_the_three_likeliest_are_turned_through() -> None:
    one = Call(Told({"intern": about(5, 3, 2)}))
    one.call.enter("started as an intern")

    seen = [one.offered]
    for _ in range(3):
        one.call.press("other")
        seen.append(one.offered)
    assert seen == ["-> 5 Entry level?", "-> 3 Tools?", "-> 2 Skills?", "-> 5 Entry level?"]


def test_put_away_is_told_and_the_offer_goes() -> None:
    tracker = Told({"intern": about(5)})
    one = Call(tracker)
    one.call.enter("started as an intern")
    one.call.press("away")

    assert one.offered == ""
    assert ("refuse", 5, 0) in tracker.told


def test_an_offer_goes_away_by_itself() -> None:
    one = Call(Told({"intern": about(5)}))
    one.call.enter("started as an intern")
    one.wait(9)
    assert one.offered
    one.wait(1)
    assert one.offered == ""


def test_a_half_typed_line_takes_its_topic_in_front() -> None:
    one = Call(Told({"intern": about(5, 3)}))
    one.call.draft("started as an intern at")
    assert one.offered == ""  # a key waits for nothing
    one.wait(1)
    assert one.offered == "-> 5 Entry level?"

    answer = one.call.press("take", "started as an intern at")
    assert answer.line == "5: started as an intern at"
    assert one.call.record.draft == "5: started as an intern at"
    one.call.enter(answer.line + " the MPO")
    assert one.call.live.log[-1].topic == 5


def test_a_half_typed_line_is_offered_a_topic_once() -> None:
    one = Call(Told({"intern": about(5)}))
    one.call.draft("started as an intern")
    one.wait(1)
    one.call.press("away", "started as an intern")
    one.call.draft("started as an intern at the MPO")
    one.wait(2)

    assert one.offered == ""


@pytest.mark.parametrize("half", ["/go intern here now", "an intern", "45 start as intern"])
def test_what_would_not_be_words_of_the_topic_is_offered_none(half: str) -> None:
    one = Call(Told({"intern": about(5)}))
    one.call.draft(half)
    one.wait(1)

    assert one.offered == ""


def test_nothing_is_offered_for_the_topic_that_is_current() -> None:
    one = Call(Told({"rewarding": about(1)}))
    one.call.press("next")
    one.wait(11)
    assert one.call.live.current == 1
    one.call.draft("it is so rewarding here")
    one.wait(1)
    assert one.offered == ""
    one.call.enter("it is so rewarding here")
    assert one.offered == ""


def test_private_clock_and_kind_go_before_a_topic() -> None:
    says = {"record": about(5), "fifteen": about(5), "Dele": about(5, kind=Kind.REFERRAL)}
    one = Call(Told(says))
    one.call.enter("that is off the record")
    assert "private" in one.offered
    one.call.enter("I only have fifteen minutes")
    assert "15 minutes left" in one.offered
    one.call.enter("you should talk to Dele Okonjo")
    assert one.offered == "-> a name?"
    one.call.press("take")
    assert [r.name for r in one.call.live.referrals]


def test_what_came_up_by_itself_is_marked_and_offered_in_a_lull() -> None:
    tracker = Told()
    one = Call(tracker)
    tracker.answered = (4,)
    one.call.enter("many words about this and that")
    assert one.call.following is not None
    assert one.call.following.maybe == {4}
    one.wait(19)
    assert one.offered == ""
    one.wait(1)
    assert one.offered == "4 Training came up: covered?"

    one.call.press("take")
    assert one.call.live.coverage(4).state is State.COVERED
    assert one.call.live.coverage(4).unprompted
    one.wait(60)
    assert one.offered == ""


def test_a_call_that_is_taken_up_again_is_told_from_its_log() -> None:
    first = Call(Told({"intern": about(5)}))
    first.call.press("next")
    first.wait(30)
    first.call.enter("started as an intern")
    first.call.press("take")
    tracker = Told()
    record = replace(first.call.record, boot_id=None)
    again = LiveCall(record, clock=first.clock, keeper=MemoryKeeper(), lexicon=lexicon(),
                     tracker=lambda: tracker)  # fmt: skip
    again.load()
    again.tick()

    assert [row[:2] for row in tracker.told] == [
        ("asked", 1), ("read", "started as an intern"), ("take", 5),
    ]  # fmt: skip


def test_without_a_tracker_nothing_is_offered() -> None:
    one = Call(None)
    one.call.enter("started as an intern")
    one.wait(30)

    assert one.offered == ""
    assert one.call.following is None


def test_the_real_tracker_knows_an_entry_level_note_in_the_midst_of_skills() -> None:
    record = CallRecord("c", None, built_in_guide(), None, 30, None, None, "Europe/Berlin")
    clock = HeldClock(START.in_timezone("UTC"), zone="Europe/Berlin")
    call = LiveCall(record, clock=clock, keeper=MemoryKeeper(), lexicon=lexicon(), back_date=0,
                    tracker=lambda: Tracker(record.guide.topics))  # fmt: skip
    call.connect()
    call.load()
    call.press("next")
    call.press("next")
    for _ in range(150):
        clock.advance(1)
        call.tick()
    call.enter("most new hires start as junior analyst, entry level posts are rare right now")

    offer = call.desk.offer
    assert offer is not None
    assert offer.text.endswith("Entry level?")
    assert all(call.live.coverage(t.number).state is not State.COVERED
               for t in record.guide.topics if t.key == "entry_level")  # fmt: skip
