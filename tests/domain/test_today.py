"""The day, as recorded facts make it."""

from datetime import date

import pendulum
from hypothesis import given, settings
from hypothesis import strategies as st
from pendulum import DateTime

from iview_tui.domain.follow_up import FollowUp
from iview_tui.domain.outreach import Attempt, next_step
from iview_tui.domain.record import Contact
from iview_tui.domain.today import Facts, Talk, Told, all_due, today
from iview_tui.services.bank import cadence

NOW = pendulum.datetime(2026, 11, 24, 12)
ANA = Contact("ana", "Ana Ruiz")


def tried(days_ago: int, outcome: str | None = None, **more: object) -> Attempt:
    at = NOW.subtract(days=days_ago)
    return Attempt(f"a{days_ago}", "ana", at, "email", outcome=outcome, **more)  # type: ignore[arg-type]


def talk(ended: DateTime | None, **more: object) -> Talk:
    return Talk("t", "ana", "Ana Ruiz", None, ended, ended is not None, **more)  # type: ignore[arg-type]


def kinds(facts: Facts) -> dict[str, date]:
    return {item.kind: item.due for item in all_due(facts, cadence())}


def test_a_thank_you_is_due_a_day_after_until_one_is_sent() -> None:
    ended = NOW.subtract(hours=2)
    facts = Facts({"ana": ANA}, (talk(ended),))

    assert kinds(facts)["thanks"] == ended.add(hours=24)
    other = Attempt("x", "ana", NOW, "email", "letter")
    assert "thanks" in kinds(Facts({"ana": ANA}, (talk(ended),), attempts=(other,)))
    sent = Attempt("x", "ana", NOW, "email", "thanks")
    assert "thanks" not in kinds(Facts({"ana": ANA}, (talk(ended),), attempts=(sent,)))


def test_done_is_a_fact_of_the_same_id() -> None:
    facts = Facts({"ana": ANA}, (talk(NOW.subtract(hours=2)),))
    thanks = next(item for item in all_due(facts, cadence()) if item.kind == "thanks")
    row = FollowUp(thanks.id, thanks.what, done_at=NOW)

    assert "thanks" not in kinds(Facts({"ana": ANA}, facts.talks, follow_ups=(row,)))


def test_a_contact_moves_the_news() -> None:
    ended = pendulum.datetime(2026, 6, 1, 12)

    def posted(*days: int) -> date | None:
        said = tuple(Attempt(f"{d}", "ana", ended.add(days=d), "email", "posted") for d in days)
        return kinds(Facts({"ana": ANA}, (talk(ended),), attempts=said)).get("posted")

    assert posted() == ended.add(days=30).date()
    assert posted(5) == ended.add(days=35).date()
    assert posted(30) == ended.add(days=90).date()
    assert posted(30, 90) is None


def test_a_promised_call_goes_with_the_next_contact() -> None:
    letter = tried(3, next=date(2026, 11, 26))

    assert kinds(Facts({"ana": ANA}, attempts=(letter,)))["call_back"] == date(2026, 11, 26)
    assert not kinds(Facts({"ana": ANA}, attempts=(letter, tried(1, "replied"))))


def test_a_check_in_stands_until_there_was_contact() -> None:
    told = Told("r", "Bo Ek", "bo", "Ana Ruiz", True, "they_ask_first", date(2026, 11, 26))
    talks = (Talk("t", "ana", "Ana Ruiz", None, NOW.subtract(days=7), True),)
    asked = Attempt("x", "bo", NOW, "email")

    assert kinds(Facts({"ana": ANA}, talks, (told,)))["check_in"] == date(2026, 11, 26)
    assert "check_in" not in kinds(Facts({"ana": ANA}, talks, (told,), attempts=(asked,)))


def test_three_attempts_at_most_and_one_more_where_the_last_was_put_off() -> None:
    rules = cadence()

    assert next_step([tried(20)], rules).day == NOW.subtract(days=13).date()
    assert next_step([tried(20), tried(13)], rules).what == "nudge"
    assert next_step([tried(20), tried(13), tried(6)], rules).what == "rest"
    put_off = [tried(20), tried(13), tried(6, "call_back"), tried(2)]
    assert next_step(put_off, rules).what == "rest"
    assert next_step(put_off[:3], rules).what == "call_back"
    assert next_step([tried(9, "wrong_number")], rules).what == "other_way"


def test_quiet_only_after_a_week_and_without_an_answer() -> None:
    def quiet(*attempts: Attempt) -> list[str]:
        return [q.name for q in today(Facts({"ana": ANA}, attempts=attempts), NOW, cadence()).quiet]

    assert quiet(tried(8)) == ["Ana Ruiz"]
    assert not quiet(tried(6))
    assert not quiet(tried(9), tried(8, "replied"))


def test_a_name_with_a_yes_comes_first() -> None:
    bo, cy = Contact("bo", "Bo Ek"), Contact("cy", "Cy Day", source="friend")
    told = Told("r", "Bo Ek", "bo", "Dana", True, "yes")
    found = today(Facts({"ana": ANA, "cy": cy, "bo": bo}, told=(told,)), NOW, cadence()).write_to

    assert [one.name for one in found] == ["Bo Ek", "Cy Day", "Ana Ruiz"]
    assert "Dana" in found[0].why


def test_the_next_call_is_not_over_nor_called_off() -> None:
    def planned(ident: str, at: DateTime, **more: bool) -> Talk:
        return Talk(ident, "ana", "Ana", at, None, **more)

    talks = (
        planned("over", NOW.subtract(hours=1)), planned("off", NOW, cancelled=True),
        planned("late", NOW.subtract(minutes=10)), planned("next", NOW.add(days=1)),
    )  # fmt: skip
    found = today(Facts({}, talks), NOW, cadence()).next

    assert found is not None
    assert found.id == "late"


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from([None, "replied", "no_reply"]))))
def test_a_contact_now_never_brings_anything_forward(said: list[tuple[int, str | None]]) -> None:
    ended = NOW.subtract(days=200)
    days = sorted(said, key=lambda row: -row[0])
    before = tuple(tried(day, outcome) for day, outcome in days)
    after = (*before, Attempt("now", "ana", NOW, "email", "posted"))
    was = kinds(Facts({"ana": ANA}, (talk(ended),), attempts=before)).get("posted")
    now = kinds(Facts({"ana": ANA}, (talk(ended),), attempts=after)).get("posted")

    assert now is None or (was is not None and now >= was)


def test_the_rules_are_data() -> None:
    assert (cadence().nudge_after, cadence().most) == (7, 3)
