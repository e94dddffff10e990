"""Captions as they grow: what is written over, said again or grown longer counts once."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from iview_tui.interchange.captions import LONGEST, Captions, Heard

FOREIGN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028\u2029]")
WIPE = "\x1b[2K\r"


def final(*pieces: str) -> list[str]:
    reader = Captions()
    heard = [line for piece in pieces for line in reader.take(piece)]
    return [line.text for line in [*heard, *reader.quiet()] if line.final]


@pytest.mark.parametrize(
    ("feed", "said"),
    [
        ("I like the meetings.\nMost of all.\n", ["I like the meetings.", "Most of all."]),
        (f"{WIPE}{' ' * 20}{WIPE} I like{WIPE}{' ' * 20}{WIPE} I like the meetings.\n",
         ["I like the meetings."]),
        ("### Transcription 0 START | t0 = 0 ms | t1 = 9000 ms\n\n"
         "[00:00:00.000 --> 00:00:09.000]   I like the meetings.\n\n### Transcription 0 END\n",
         ["I like the meetings."]),
        ("WEBVTT\n\nNOTE made by hand\n\n1\n00:01.000 --> 00:04.000 line:0\n"
         "<v Dele Okonjo>I like <c.x>the</c> meetings &amp; maps.</v>\n\n",
         ["I like the meetings & maps."]),
        ("1\r\n00:00:01,000 --> 00:00:04,000\r\nI like the meetings.\r\n\r\n2\r\n"
         "00:00:05,000 --> 00:00:06,000\r\nI like the meetings.\r\nAnd maps.\r\n",
         ["I like the meetings.", "And maps."]),
        ("I like\nI like the.\nI like the meetings\n", ["I like the meetings"]),
        ("The\nThey hire from the intern pool\n", ["The", "They hire from the intern pool"]),
        ("I like maps. [SPEAKER_TURN]\n[SPEAKER_TURN] And why?\n", ["I like maps.", "And why?"]),
        ("[BLANK_AUDIO]\n(music)\n[Start speaking]\n\n", []),
    ],
)  # fmt: skip
def test_each_form_is_read(feed: str, said: list[str]) -> None:
    assert final(feed) == said
    assert final(*feed) == said


def test_who_speaks_stands_in_front() -> None:
    reader = Captions()
    heard = reader.take("Dele Okonjo: I like maps.\n<v Ann>And why?</v>\nNo: that is not a name?\n")
    heard = [line for line in heard if line.final]

    assert heard[:2] == [Heard("I like maps.", "Dele Okonjo"), Heard("And why?", "Ann")]


def test_what_may_still_be_written_over_is_not_final() -> None:
    reader = Captions()

    assert reader.take("I li") == [Heard("I li", final=False)]
    assert reader.take(f"{WIPE}I like maps") == [Heard("I like maps", final=False)]
    assert reader.take("") == []
    assert reader.take("\n") == []
    assert reader.unsettled == "I like maps"
    assert reader.take("And people\n") == [Heard("I like maps"), Heard("And people", final=False)]
    assert reader.quiet() == [Heard("And people")]
    assert reader.quiet() == []


@given(st.lists(st.text(max_size=60), max_size=6))
@example(["a \ue000 b\n", "c\x9b31m\u202ed\n", "e\x1b[2"])
def test_anything_can_be_fed(pieces: list[str]) -> None:
    """No piece raises, and no control character comes through."""
    reader = Captions()
    heard = [line for piece in pieces for line in reader.take(piece)]

    assert not any(FOREIGN.search(line.text) for line in heard)


def test_a_line_without_an_end_is_read_in_pieces() -> None:
    reader = Captions()
    heard = [line for line in reader.take(" ".join(map(str, range(5000)))) if line.final]

    assert sum(len(line.text) for line in heard) > 3 * LONGEST
    assert max(len(line.text) for line in heard) <= LONGEST
