"""What is looked for in a question is found, and little else, also where it was not learned."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iview_tui.domain.question_lint import Rule, lint
from iview_tui.services.bank import lint_rules
from iview_tui.services.guides import built_in_guide

HERE = Path(__file__).parent
RULES = lint_rules()
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.90


def labeled(name: str) -> list[tuple[set[str], str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(set(labels.split()) - {"-"}, question) for labels, question in rows]


@pytest.mark.parametrize("name", ["questions_developed.txt", "questions_held_out.txt"])
def test_precision_and_recall(name: str) -> None:
    right, wrong, missed = Counter[str](), Counter[str](), Counter[str]()
    told: list[str] = []
    for labels, question in labeled(name):
        found = {finding.rule for finding in lint(question, RULES)}
        right.update(found & labels)
        wrong.update(found - labels)
        missed.update(labels - found)
        told += [f"{question}: {sorted(found)}, not {sorted(labels)}"] if found != labels else []
    all_right = right.total()

    assert all_right / (all_right + wrong.total()) >= LEAST_PRECISION, told
    assert all_right / (all_right + missed.total()) >= LEAST_RECALL, told
    for rule in RULES:
        assert right[rule.name] / (right[rule.name] + missed[rule.name]) >= LEAST_RECALL, told


def test_the_lists_have_no_question_in_common() -> None:
    developed = {question for _, question in labeled("questions_developed.txt")}
    held_out = {question for _, question in labeled("questions_held_out.txt")}

    assert len(held_out) > 120
    assert developed & held_out == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_s_own_examples(rule: Rule) -> None:
    for question in rule.bad:
        assert rule.name in {finding.rule for finding in lint(question, RULES)}, question
    for question in rule.good:
        assert lint(question, RULES) == (), question


def test_the_built_in_guide_has_nothing_to_look_at() -> None:
    found = {
        topic.question: [finding.rule for finding in lint(topic.question, RULES)]
        for topic in built_in_guide().topics
    }
    assert {question: rules for question, rules in found.items() if rules} == {}


def test_a_tell_me_is_open_and_two_sentences_are_read_together() -> None:
    assert lint("Can you tell me about your first year?", RULES) == ()
    assert lint("I read about the merger. How did it change your work?", RULES) == ()
    assert [f.rule for f in lint("I read about the merger. Was it hard?", RULES)] == ["closed"]


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    names = [rule.name for rule in RULES]
    assert all(finding.rule in names for finding in lint(text, RULES))
