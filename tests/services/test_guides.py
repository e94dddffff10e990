"""The built-in guide holds what the advice asks for, and fits; others come by their path."""

from collections import Counter
from pathlib import Path
from string import Template

import pytest

from iview_tui.domain.guide import GuideError, GuideNotFound, Priority
from iview_tui.domain.text import cells
from iview_tui.interchange.guides import parse_guide, write_guide
from iview_tui.services import guides as bank_of
from iview_tui.services.guides import (
    bank_topics,
    built_in_guide,
    load_guide,
    short_names,
)

BANK = Path(bank_of.__file__).parents[1] / "domain" / "bank"
FIELD = "enjoy general_skills specific_skills training negatives entry_level alt_entry future additional"  # noqa: E501
ORGANIZATION = "org_goals org_development positions_held present_job career_path"


def test_the_bank() -> None:
    """Nine topics of the field, five of the organization, two for the tracker, in this order."""
    keys = [topic.key for topic in bank_topics()]

    assert keys == [*FIELD.split(), *ORGANIZATION.split(), "referrals", "prof_orgs"]
    groups = Counter(topic.group for topic in bank_topics())
    assert groups == {"field": 9, "organization": 5, "tracker": 2}
    assert all(0 < cells(topic.short) <= 16 for topic in bank_topics())
    assert len(set(short_names().values())) == 16


def test_the_built_in_guide_has_all_topics() -> None:
    """Fourteen, each an open question with two probes and the bank's short name."""
    guide = built_in_guide()

    assert [topic.key for topic in guide.topics] == [*FIELD.split(), *ORGANIZATION.split()]
    assert {topic.key for topic in guide.topics if topic.priority is Priority.MUST} == {
        "enjoy", "training", "entry_level", "present_job",
    }  # fmt: skip
    assert guide.kept == ()
    for topic in guide.topics:
        assert topic.title == short_names()[topic.key or ""]
        assert len(topic.probes) == 2
        for question in (topic.question, *topic.probes):
            assert question.split()[0] in {"What", "Which", "Where", "How"}
            assert question.count("?") == 1


def test_the_built_in_guide_opens_and_closes() -> None:
    """Thanks, purpose and end of the time at first; names, organizations and thanks at last."""
    guide = built_in_guide()

    opening = " ".join(guide.opening)
    assert 2 <= len(guide.opening) <= 3
    assert set(Template(opening).get_identifiers()) == {"end", "purpose"}
    assert guide.purpose
    assert guide.opening_minutes == 3
    assert "two or three other people" in guide.close[0]
    assert "professional organizations" in guide.close[1]
    assert "Thank you" in guide.close[2]


def test_the_musts_and_most_shoulds_fit_into_half_an_hour() -> None:
    """Thirty minutes less the opening and the time from the names on are 19:45."""
    guide = built_in_guide()
    wanted = [topic for topic in guide.topics if topic.priority is not Priority.COULD]

    assert sum(topic.minutes for topic in wanted) <= 19.75
    assert len(wanted) == 9


def test_the_built_in_guide_lies_ready_as_its_text_says() -> None:
    """`python tests/services/ready_guide.py` writes guide.json anew from guide.md."""
    text = (BANK / "guide.md").read_text(encoding="utf-8")

    assert built_in_guide() == parse_guide(text, "md", bank=short_names())


def test_the_built_in_guide_is_written_as_it_stands() -> None:
    """An exported copy is the file itself, ready to be edited."""
    guide = built_in_guide()

    assert parse_guide(write_guide(guide), "md", bank=short_names()) == guide


def test_load_guide(tmp_path: Path) -> None:
    """By path with the bank's names, or the built-in one."""
    path = tmp_path / "mine.md"
    path.write_text("- What is new? #future\n- Why? #nokey\n", encoding="utf-8")

    guide = load_guide(path)
    assert load_guide(str(path)) == guide
    assert guide.topics[0].title == "Future of field"
    assert [row.text for row in guide.kept] == ["#nokey"]
    assert load_guide() is built_in_guide()


def test_load_guide_says_why_not(tmp_path: Path) -> None:
    """Missing and unusable are told apart by type."""
    (tmp_path / "empty.md").touch()

    with pytest.raises(GuideNotFound):
        load_guide(tmp_path / "no.md")
    with pytest.raises(GuideError, match="is empty"):
        load_guide(tmp_path / "empty.md")
