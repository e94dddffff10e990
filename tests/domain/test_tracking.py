"""The pure parts of tracking: words, cues, weights, evidence, columns."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.domain.guide import Topic
from iview_tui.domain.tracking import assign, lay
from iview_tui.domain.tracking.board import own_words
from iview_tui.domain.tracking.evidence import (
    Column,
    Drift,
    after_heard,
    after_line,
    after_question,
    after_turn,
    measure,
    silence,
)
from iview_tui.domain.tracking.weights import (
    Weights,
    WeightsError,
    log_softmax,
    pack,
    unpack,
)
from iview_tui.domain.tracking.words import (
    features,
    groups_of,
    only,
    read_cues,
    read_shorthand,
    words_of,
)

BANK = Path(__file__).parents[2] / "src/iview_tui/domain/bank/tracking"
SHORTHAND = read_shorthand((BANK / "shorthand.txt").read_text(encoding="utf-8"))
CUES = {
    name: read_cues((BANK / f"{name}_cues.txt").read_text(encoding="utf-8"))
    for name in ("answer", "question")
}
COLUMNS = (Column("a"), Column("b"), Column("none"))
LOGS = {"a": math.log(0.5), "b": math.log(0.3), "none": math.log(0.2)}
DRIFT = Drift({"a": 0.4, "b": 0.4, "none": 0.2}, {"a": {"b": 0.9, "none": 0.1}})


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("ppl w/ 2 yrs exp b4 mgmt", "people with 01 years experience before management"),
        ("$60k in 2015, 40% leave", "0$ in 0y 0% leave"),
        ("can’t recieve certs", "can not receive certificates"),
        ("law -> planning", "law → planning"),
        ("b/c 120 hrs w/o pay", "because 03 hours without pay"),
        ("café Müller", "café müller"),
        ("", ""),
    ],
)
def test_shorthand_figures_and_slips_are_spelled_out(typed: str, words: str) -> None:
    assert " ".join(words_of(typed, SHORTHAND)) == words


def test_a_very_long_text_is_read_to_a_bound() -> None:
    assert len(words_of("word " * 100_000, SHORTHAND)) <= 1000


@given(st.text(max_size=200))
def test_any_text_becomes_words_that_are_read_the_same_again(text: str) -> None:
    words = words_of(text, SHORTHAND)

    assert words == words_of(text, SHORTHAND)
    assert all(word and " " not in word for word in words)


def test_groups_of_letters_know_the_ends_of_a_word() -> None:
    assert groups_of("train") == ("~<tra", "~trai", "~rain", "~ain>")
    assert groups_of("ab") == ()
    assert groups_of("0y") == ()


def test_features_are_words_pairs_groups_and_cues() -> None:
    cues = read_cues("# remark\nenjoy: best part, lov*\nfuture: trend*\n")

    found = features(("loves", "best", "part"), cues)

    assert {"loves", "best part", "^ loves", "part $", "~love", "=enjoy", "==enjoy"} <= found
    assert "=future" not in found
    assert "best part" not in features(("loves", "best", "part"), cues, pairs=False)


@pytest.mark.parametrize("name", ["answer", "question"])
def test_every_cue_can_be_found(name: str) -> None:
    """A cue that the normalizer would change stands for nothing."""
    for cue in CUES[name].table:
        bare = cue.removesuffix("*")
        assert len(cue.split()) <= CUES[name].longest, cue
        assert cue.endswith("*") or cue[0] == "0" or " ".join(words_of(bare, SHORTHAND)) == cue


def test_there_are_cues_for_every_topic_and_many_for_questions() -> None:
    for cues in CUES.values():
        keys = {key for found in cues.table.values() for key in found}
        assert len(keys) == 17
    assert len(CUES["question"].table) >= 150


def test_shorthand_is_spelled_out_in_one_step() -> None:
    for meant in SHORTHAND.values():
        assert " ".join(words_of(meant, SHORTHAND)) == meant


def test_chatter_is_made_of_known_words_only() -> None:
    known = frozenset(("oh", "great"))

    assert only(("oh", "great", "oh"), known)
    assert not only(("oh", "college"), known)
    assert not only((), known)


def small() -> Weights:
    values = bytes((10, 256 - 10, 0, 0, 5, 256 - 5))
    return Weights(("a", "b", "none"), {"cat": 0, "dog": 1}, values, 0.1, (0.0, 0.0, 0.5))


def test_weights_add_up_to_logarithms_of_shares() -> None:
    logs = small().logs({"cat", "unknown"})

    assert math.fsum(math.exp(log) for log in logs) == pytest.approx(1)
    assert logs == pytest.approx(log_softmax([1.0, -1.0, 0.5]))
    assert small().logs(()) == pytest.approx(log_softmax([0, 0, 0.5]))


def test_weights_come_back_from_their_bytes() -> None:
    assert unpack(pack(small())) == small()


@pytest.mark.parametrize(
    "data", [b"", b"IVW1", b"IVW1abc", pack(small())[:-3], b"PK" + pack(small())]
)
def test_damaged_weights_are_named(data: bytes) -> None:
    with pytest.raises(WeightsError):
        unpack(data)


def test_a_question_is_remembered_and_the_one_before_is_earlier() -> None:
    talk = after_question(after_question(silence(COLUMNS), 0, 10), 1, 50)

    assert talk.asked == (0, 1, 0)
    assert talk.asked_at == 50
    assert talk.earlier == {0}


def test_only_two_turns_take_from_what_was_asked() -> None:
    talk = after_question(silence(COLUMNS), 0, 0)
    seen = []
    for _ in range(4):
        talk = after_turn(talk, 5)
        seen.append(round(talk.asked[0], 3))

    assert seen == [0.3, 0.09, 0.09, 0.09]


def test_a_heard_question_moves_what_was_asked_as_far_as_it_is_sure() -> None:
    talk = after_question(silence(COLUMNS), 0, 0)

    sure = after_heard(talk, (0.05, 0.9, 0.05), 2, 30)
    none = after_heard(talk, (0.05, 0.05, 0.9), 2, 30)

    assert sure.asked[1] > 0.85 > 0.1 > sure.asked[0]
    assert sure.asked_at == 30
    assert none.asked[0] > none.asked[1]
    assert (none.asked_at, none.turns) == (0, 1)


def test_a_line_leaves_a_memory_that_fades() -> None:
    talk = after_line(silence(COLUMNS), (0.8, 0.1, 0.1), 10)
    later = after_line(talk, (0.0, 0.0, 1.0), 10 + 600)

    assert talk.memory[0] == pytest.approx(0.4)
    assert later.memory[0] < 0.001


def test_measures_are_of_the_asked_column() -> None:
    talk = after_question(silence(COLUMNS), 0, 0)

    rows = measure(talk, COLUMNS, LOGS, DRIFT, 120)

    assert rows[0][2:4] == [1.0, pytest.approx(math.exp(-1))]
    assert rows[1][2:4] == [0.0, 0.0]
    assert rows[1][5] > 0
    assert rows[2][6] == 1.0


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.sampled_from("qtlh"), st.integers(0, 2), st.floats(0, 5000)), max_size=12)
)
def test_what_is_asked_never_adds_up_to_more_than_a_whole(
    moves: list[tuple[str, int, float]],
) -> None:
    talk = silence(COLUMNS)
    for move, column, t in moves:
        shares = [0.1, 0.1, 0.1]
        shares[column] = 0.8
        match move:
            case "q":
                talk = after_question(talk, column, t)
            case "t":
                talk = after_turn(talk, t)
            case "l":
                talk = after_line(talk, shares, t)
            case _:
                talk = after_heard(talk, shares, 2, t)

        assert sum(talk.asked) <= 1 + 1e-9
        assert all(0 <= value <= 1 for value in (*talk.asked, *talk.memory))


def topic(number: int, key: str | None = None, *keywords: str) -> Topic:
    return Topic(number, f"T{number}", "How do harbor ferries work?", key=key, keywords=keywords)


def test_columns_are_the_topics_then_the_other_keys_then_none() -> None:
    board = lay([topic(1, "b"), topic(2), topic(3, "nonsense")], ("a", "b", "none"), {},
                frozenset())  # fmt: skip

    assert [column.key for column in board.columns] == ["b", None, None, "a", "none"]
    assert board.none == 4
    assert board.column(2) == 1
    assert board.column(9) is None


def test_the_user_s_own_words_add_to_their_topic_and_no_more_than_twice() -> None:
    board = lay([topic(1, "a", "depot two"), topic(2)], ("a", "none"), {}, frozenset({"work"}))

    once = own_words(board, ("the", "depot", "two"))
    often = own_words(board, ("ferries", "harbor", "ferries", "harbor", "work"))

    assert once[0] > own_words(board, ("depot",))[0]
    assert often[1] == own_words(board, ("ferries", "harbor"))[1] > once[1]


def test_a_list_is_mapped_with_no_key_twice_the_surest_first() -> None:
    mapped = [[("a", 0.6), ("b", 0.3)], [("a", 0.9), ("b", 0.05)], [("c", 0.1)]]

    assert assign(mapped, 0.15) == ["b", "a", None]
