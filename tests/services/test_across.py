"""Ten talks of ten fields together."""

import pytest

from fields import FIELDS, talks
from iview_tui.clock import HeldClock
from iview_tui.domain.guide import Topic
from iview_tui.paths import Paths, find
from iview_tui.services import across
from iview_tui.services.afterwards import work_out
from iview_tui.store import interviews
from iview_tui.store.database import open_to_write


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    found = find({"IVIEW_HOME": str(tmp_path_factory.mktemp("across"))}, None)
    found.database.parent.mkdir(parents=True)
    with open_to_write(found.database, HeldClock().wall()) as database:
        for record in talks():
            with database.transaction() as connection:
                interviews.add_interview(connection, record)
                if record.contact and record.contact.name != "José Peña":  # one is not worked out
                    work_out(connection)
    return found


def test_one_key_ties_ten_wordings_together(paths: Paths) -> None:
    (topic,) = across.compare(paths.database, "training").topics

    assert (topic.key, topic.asked_of, topic.answered) == ("training", 10, 10)
    assert [answer.name for answer in topic.answers] == [row[0] for row in reversed(FIELDS)]
    assert [a.said[0].text for a in topic.answers] == [row[3] for row in reversed(FIELDS)]
    assert all(answer.must for answer in topic.answers)


def test_private_and_undone_words_stay_out(paths: Paths) -> None:
    def texts(with_private: bool = False) -> str:
        topics = across.compare(paths.database, with_private=with_private).topics
        return "|".join(s.text for t in topics for a in t.answers for s in a.said)

    assert "boss" not in texts()
    assert "nonsense" not in texts(with_private=True)
    assert texts(with_private=True).count("boss") == 10


def test_a_question_without_a_key_is_tied_by_its_own_words(paths: Paths) -> None:
    (pay,) = across.compare(paths.database, "pay").topics

    assert (pay.key, pay.ident) == (None, "?how do people get by at first")
    assert (pay.asked_of, len(pay.answers), pay.saturation) == (0, 10, "not asked yet")
    assert across.compare(paths.database).unknown == (pay,)


def test_an_unknown_topic_is_said_with_what_is_near(paths: Paths) -> None:
    with pytest.raises(across.NotFound, match="did you mean Training"):
        across.compare(paths.database, "trainning")
    with pytest.raises(across.NotFound, match="no talk with a list of topics"):
        across.compare(paths.database.with_name("none.db"), "pay")


def test_marks_part_the_answers(paths: Paths) -> None:
    clock = HeldClock()
    (topic,) = across.compare(paths.database, "training").topics
    one, two, three = (answer.said[0].entry for answer in topic.answers[:3])
    across.mark(paths, clock, topic.ident, "agrees", one, two)
    marked = across.mark(paths, clock, topic.ident, "contradicts", two, three, "school or not")

    (topic,) = across.compare(paths.database, "training").topics
    assert topic.saturation == "asked of 10, answered by 10, two ways"
    assert [(m.kind, m.text) for m in topic.accords] == [
        ("agrees", ""), ("contradicts", "school or not"),
    ]  # fmt: skip
    again = across.mark(paths, clock, topic.ident, "agrees", three, two)
    (topic,) = across.compare(paths.database, "training").topics
    assert topic.ways == 1
    across.unmark(paths, clock, again)
    for bad in (marked, "x"):
        with pytest.raises(across.NotFound):
            across.unmark(paths, clock, bad)
    with pytest.raises(across.NotFound):
        across.mark(paths, clock, topic.ident, "agrees", one, "x")


def test_who_led_to_whom_survives_a_circle(paths: Paths) -> None:
    chain = {person.name: person for person in across.chain(paths.database)}

    assert chain["Kit Lund"].talked is False
    assert chain["Ed Marlow"].depth == 0
    assert chain["Ira Joss"].depth == 4
    assert chain["Flo Ames"].via == "Ed Marlow"
    assert chain["Di Fenn"].led_to == ("Ada Quill",)
    assert {chain[n].depth for n in ("Ada Quill", "Bo Ek", "Cy Orr", "Di Fenn")} == {0, 1, 2, 3}
    assert len(chain) == 11
    names = [person.name for person in across.chain(paths.database)]
    assert names.index("Flo Ames") == names.index("Ed Marlow") + 1


def test_the_words_of_the_fields(paths: Paths) -> None:
    terms = across.glossary(paths.database)

    assert [term.term for term in terms] == sorted((t.term for t in terms), key=str.casefold)
    assert len(terms) == 10
    nuc = next(term for term in terms if term.term == "nuc")
    assert (nuc.meaning, nuc.name) == ("a small colony", "Bo Ek")
    assert across.mentions(paths.database, "organization")[0].text == "Baking Guild"
    assert len(across.mentions(paths.database, "opportunity")) == 10


def test_the_own_style(paths: Paths) -> None:
    styles = across.compare(paths.database, with_texts=False).styles

    assert [style.name for style in styles] == [row[0] for row in FIELDS]
    assert {style.figures["names"] for style in styles} == {1}
    assert {style.figures["length"] for style in styles} == {1000}


def test_what_others_told_is_one_line(paths: Paths) -> None:
    mine = talks()[-1]
    lines = across.others(
        paths.database,
        (Topic(4, "School", "Which school?", key="training"), Topic(5, "Else", "Anything else?")),
        but_for=mine.id,
    )

    assert lines == {
        4: "Ira: two languages and a field; Hy: a portfolio; Gus: a field course",
    }  # fmt: skip
