"""Who led to whom, how many ways a topic is seen, and small charts: for any input whatever."""

from hypothesis import given
from hypothesis import strategies as st

from iview_tui.domain.synthesis import (
    Accord,
    Answer,
    Compared,
    Linked,
    Said,
    chain,
    chart,
    ident,
    in_one_line,
    wanted,
    ways,
)

NAMES = st.sampled_from([f"N{number}" for number in range(12)])


@given(
    st.lists(NAMES, unique=True),
    st.dictionaries(NAMES, NAMES),
    st.lists(st.tuples(NAMES, NAMES)),
)
def test_everybody_is_in_the_chain_once_and_behind_somebody(
    names: list[str], via: dict[str, str], links: list[tuple[str, str]]
) -> None:
    people = [Linked(name, None, via.get(name), 0) for name in names]
    found = chain(people, links)
    by_name = {person.name: person for person in found}

    assert len(by_name) == len(found)
    assert set(by_name) >= set(names)
    sources: dict[str, set[str]] = {}
    for person in found:
        for name in person.led_to:
            sources.setdefault(name, set()).add(person.name)
    for place, person in enumerate(found):
        if person.depth:
            nearest = min(by_name[name].depth for name in sources[person.name])
            assert person.depth == nearest + 1
            assert found[place - 1].depth >= person.depth - 1
    for source, target in links:
        assert source == target or target in by_name[source].led_to


def test_a_circle_begins_with_whom_one_knows_longest() -> None:
    people = [Linked("A", None, "C", 1), Linked("B", None, "A", 1), Linked("C", None, "B", 0)]

    assert [(p.name, p.depth) for p in chain(people, ())] == [("A", 0), ("B", 1), ("C", 2)]


def mark(kind: str, one: str, other: str) -> Accord:
    return Accord("", "k", kind, one, other)


def test_ways_are_the_groups_that_contradict() -> None:
    assert ways(()) == 1
    assert ways([mark("agrees", "a", "b")]) == 1
    assert ways([mark("agrees", "a", "b"), mark("contradicts", "b", "c")]) == 2
    assert ways([mark("contradicts", "a", "b"), mark("contradicts", "b", "c")]) == 3
    assert ways([mark("contradicts", "a", "b"), mark("agrees", "b", "a")]) == 1


@given(st.lists(st.tuples(st.sampled_from(["agrees", "contradicts"]), NAMES, NAMES), max_size=20))
def test_there_is_always_a_way_and_never_more_than_entries(
    marked: list[tuple[str, str, str]],
) -> None:
    accords = [mark(*each) for each in marked]

    assert 1 <= ways(accords) <= max(1, len({e for a in accords for e in (a.entry, a.other)}))


def test_saturation_in_words() -> None:
    def answer(state: str) -> Answer:
        return Answer("A", "i", state)

    topic = Compared("k", "k", "T", "?", (answer("covered"), answer("asked"), answer("skipped")))
    assert topic.saturation == "asked of 2, answered by 1"
    assert Compared("k", "k", "T", "?", (answer("untouched"),)).saturation == "not asked yet"


def test_wordings_are_one_topic_by_key_or_by_their_words() -> None:
    assert ident("enjoy", "What do you like?") == ident("enjoy", "What is fun?")
    assert ident(None, "What's the pay?") == ident(None, "what s THE pay")
    assert ident(None, "What is fun?") != ident(None, "What is hard?")


def test_a_topic_is_meant_by_key_title_or_question() -> None:
    topics = [
        Compared("entry_level", "entry_level", "Entry level", "Where do people start?"),
        Compared("enjoy", "enjoy", "Rewarding side", "What do you enjoy?"),
    ]

    for asked, key in (
        ("entry-level", "entry_level"), ("ENTRY_LEVEL", "entry_level"), ("entry", "entry_level"),
        ("side", "enjoy"), ("start", "entry_level"), ("none", None), ("", None),
    ):  # fmt: skip
        assert [topic.key for topic in wanted(topics, asked)] == ([key] if key else []), asked


@given(st.lists(st.none() | st.floats(allow_nan=False, allow_infinity=False)), st.integers(1, 40))
def test_a_chart_is_as_wide_as_its_values(values: list[float | None], width: int) -> None:
    drawn = chart(values, width)

    assert len(drawn) == min(len(values), width)
    assert set(drawn) <= set("▁▂▃▄▅▆▇█·")


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=300)), max_size=6))
def test_one_line_is_one_line(told: list[tuple[str, str]]) -> None:
    answers = [
        Answer(name or None, "i", "partly", (Said("e", text, "note"),)) for name, text in told
    ]
    line = in_one_line(answers)

    assert len(line) <= 200
    assert "\n" not in line
