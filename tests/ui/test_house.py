"""The screens outside the call, driven by keys alone over a real database."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.app import App

import house as sample
from iview_tui.paths import Paths, find, make_ready
from iview_tui.services.house import House
from iview_tui.ui.house import HouseApp
from iview_tui.ui.screens.debrief import DebriefScreen
from iview_tui.ui.screens.people import PeopleScreen
from iview_tui.ui.screens.review import ReviewScreen
from iview_tui.ui.screens.today import TodayScreen

Same = Callable[[App[Any]], None]
Text = Callable[[App[Any]], str]
SIZES = [(60, 20), (80, 24), (120, 36)]
PRIYA = "Priya Raghunathan"


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    return sample.filled(tmp_path_factory.mktemp("house"))


@pytest.fixture
def house(paths: Paths) -> Iterator[House]:
    """To be read only."""
    with sample.opened(paths) as opened:
        yield opened


@pytest.fixture
def own(paths: Paths, tmp_path: Path) -> Iterator[House]:
    """To be written to."""
    copied = find({"IVIEW_HOME": str(tmp_path)}, None)
    make_ready(copied)
    with sample.opened(copied) as opened:
        shutil.copy(paths.database, copied.database)
        yield opened


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize(
    ("first", "about"),
    [("today", ""), ("people", "Kit"), ("review", PRIYA), ("debrief", PRIYA), ("compare", ""),
     ("chain", ""), ("glossary", ""), ("search", "portfolio"), ("guide", "")],
)  # fmt: skip
async def test_a_screen(
    house: House, same_screen: Same, first: str, about: str, size: tuple[int, int]
) -> None:
    app = sample.app(house, first, about)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        await pilot.pause()
        same_screen(app)


async def test_a_first_start_shows_the_way(tmp_path: Path, read: Text) -> None:
    with sample.opened(find({"IVIEW_HOME": str(tmp_path)}, None)) as nothing:
        app = sample.app(nothing)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()

            assert "Add a person" in read(app)
            await pilot.press("enter")
            await pilot.press(*"Ana Brandt", ",", *" Baking House", "enter")
            await pilot.pause()

            assert isinstance(app.screen, PeopleScreen)
            assert app.screen.person is not None
            assert app.screen.person.organization == "Baking House"


async def test_who_is_calling_is_found_by_the_last_digits(house: House, read: Text) -> None:
    app = sample.app(house)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"0142")
        await pilot.pause()

        assert "Priya Raghunathan" in read(app)
        assert "Susan Wilson" in read(app)


async def test_now_is_fine_takes_one_key_from_a_person(house: House) -> None:
    app = sample.app(house)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"pri", "ctrl+n")
        await pilot.pause()

    assert app.wanted is not None
    assert app.wanted.now
    assert app.wanted.contact is not None
    assert app.wanted.contact.name == PRIYA


async def test_esc_goes_back_one_step_at_a_time(house: House) -> None:
    app = sample.app(house)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+r", *"ed", "/")
        people = app.screen
        assert isinstance(people, PeopleScreen)
        await pilot.press("escape")
        assert people.note.value == ""
        assert len(people.found) > 1
        await pilot.press("escape")
        await pilot.pause()

        assert isinstance(app.screen, TodayScreen)
        await pilot.press("escape")
        assert app.screen.echo == "^Q leaves"


async def test_a_command_is_listed_completed_and_run(house: House, read: Text) -> None:
    app = sample.app(house)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("/", "g", "l")
        await pilot.pause()
        assert "/glossary" in read(app)
        await pilot.press("enter")
        await pilot.pause()

        assert "GLOSSARY" in read(app)


async def test_an_unknown_command_is_said_and_nothing_happens(house: House, read: Text) -> None:
    app = sample.app(house)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(*"/glosary x", "enter")
        await pilot.pause()

        assert "is it /glossary?" in read(app)


async def test_help_is_no_modal(house: House, read: Text) -> None:
    app = sample.app(house)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("?")
        await pilot.pause()
        assert "HELP" in read(app)
        await pilot.press("escape", *"pri")
        await pilot.pause()

        assert "HELP" not in read(app)
        assert "Priya" in read(app)


async def test_what_is_due_is_done_by_a_key(own: House) -> None:
    app = sample.app(own)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        count = len(own.today()[0].due)
        await pilot.press("ctrl+y")
        await pilot.pause()

        assert len(own.today()[0].due) == count - 1


async def test_a_logged_attempt_is_a_fact(own: House, read: Text) -> None:
    app = sample.app(own, "people", "Kit Lund")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+o", *"email no reply", "enter")
        await pilot.pause()
        person = own.person("Kit Lund")

        assert person is not None
        assert [text for _, text in person.story] == ["email, no reply"]
        assert "Logged for Kit Lund" in read(app)


async def test_a_time_is_planned_in_a_few_words(own: House) -> None:
    app = sample.app(own, "people", "Kit Lund")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+t", *"tue 2pm 25 min, they call", "enter")
        await pilot.pause()
        _, (talk,) = own.today()

        assert (talk.name, talk.minutes) == ("Kit Lund", 25)
        assert talk.planned_at is not None
        assert (talk.planned_at.day, talk.planned_at.hour) == (3, 14)


async def test_names_come_as_fast_as_they_are_typed(own: House) -> None:
    app = sample.app(own, "people")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+g", *"Uma Lind", "enter", *"Ove Lind", "enter")
        await pilot.press("enter", *"Eva Holm", "enter", "escape")
        await pilot.pause()
        found = {p.name: p.source for p in own.find("")}

        assert found["Uma Lind"] == found["Ove Lind"] == "alumni"
        assert found["Eva Holm"] == "faculty or staff"


async def test_what_is_typed_in_the_debrief_is_the_calls(own: House) -> None:
    app = sample.app(own, "debrief", PRIYA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press(*"she laughed", "enter", "!", "enter")
        await pilot.pause()
        live = own.folded(own.call(PRIYA))
        entry = next(e for e in live.counting if e.text == "she laughed")

        assert live.is_starred(entry)
        assert isinstance(app.screen, DebriefScreen)
        await pilot.press("ctrl+z")
        await pilot.pause()
        live = own.folded(own.call(PRIYA))
        assert not live.is_starred(next(e for e in live.counting if e.text == "she laughed"))


async def test_the_debrief_keeps_answers_and_plans(own: House, read: Text) -> None:
    app = sample.app(own, "debrief", PRIYA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+n", *"silence", "enter", "enter", "9", "enter")
        await pilot.pause()
        assert "A number from 1 to 5" in read(app)
        await pilot.press("4", "enter", *"find a field", "enter")
        await pilot.press("up", *"closer, need maps", "enter")
        await pilot.pause()

    (plan,) = own.plans()
    kept = {(r.question, r.about): r.text for r in own.reflections(own.call(PRIYA).id)}
    assert plan.text == "find a field"
    assert kept["worked", None] == "silence"
    assert kept["confidence", None] == "4"
    assert kept["plan", plan.id] == "closer, need maps"


async def test_a_promise_is_settled_in_the_debrief(own: House) -> None:
    app = sample.app(own, "debrief", PRIYA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = len(own.open_rows(own.folded(own.call(PRIYA))))
        await pilot.press(*["ctrl+n"] * 4, "enter")
        await pilot.pause()

        assert len(own.open_rows(own.folded(own.call(PRIYA)))) == before - 1


async def test_an_entry_is_edited_starred_and_moved(own: House) -> None:
    app = sample.app(own, "review", PRIYA)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        entry = screen.entry
        assert entry is not None
        await pilot.press("enter", *" indeed", "enter", "ctrl+t", "ctrl+g", "4", "enter")
        await pilot.pause()
        live = own.folded(own.call(PRIYA))
        now = next(e for e in live.counting if e.id == entry.id)

        assert now.text == f"{entry.text} indeed"
        assert now.topic == 4


async def test_two_answers_are_marked_as_different(own: House, read: Text) -> None:
    app = sample.app(own, "compare")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+o", "ctrl+right", "ctrl+o")
        await pilot.pause()

        assert "/ unlike" in read(app)
        assert "two ways" in read(app)


async def test_a_search_leads_to_where_it_stands(house: House, read: Text) -> None:
    app = sample.app(house, "search", "portfolio")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()

        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.entry is not None
        assert "portfolio" in app.screen.entry.text


async def test_a_topic_of_the_bank_goes_below_the_caret(house: House) -> None:
    app = sample.app(house, "guide")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        editor = app.screen.query_one("Editor")
        await pilot.press("ctrl+l", *"trai", "enter")
        await pilot.pause()

        assert editor.text.splitlines()[1].startswith("- Training: ")  # type: ignore[attr-defined]


async def test_a_busy_database_is_said_in_the_band(own: House, read: Text) -> None:
    from iview_tui.store import lock

    held = lock.hold(own.paths.lock, "the call with Ana")
    try:
        app = sample.app(own)
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await pilot.press("ctrl+y")
            await pilot.pause()

            assert "the call with Ana" in read(app)
    finally:
        held.release()


@pytest.mark.parametrize(
    "name", ["محمد العربي", "王小明", "José\u0301 👩\u200d🔬 Peña", "[red]x[/]"]
)
async def test_names_of_any_script_keep_the_columns(tmp_path: Path, name: str) -> None:
    from iview_tui.ui.layout.segs import size

    with sample.opened(find({"IVIEW_HOME": str(tmp_path)}, None)) as own:
        own.added(f"{name}, Baking House")
        for first in ("today", "people", "chain"):
            app = sample.app(own, first)
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                screen = app.screen
                rows = screen.body._rows  # type: ignore[attr-defined]

                assert {size(row) for row in rows if row} <= {80}


def test_every_action_is_declared_once_with_words() -> None:
    from iview_tui.ui.house_keys import ALL, COMMON, SCREENS

    for name, own in SCREENS.items():
        keys = [key for action in (*COMMON, *own) for key in action.keys]
        assert len(keys) == len(set(keys)), name
    assert all(action.word and action.help for action in ALL)
    assert isinstance(HouseApp.BINDINGS, list)


async def test_a_thank_you_is_written_out_of_their_words_looked_at_and_sent(
    own: House, read: Text, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("TERM", "dumb")
    (priya,) = [each for each in own.find(PRIYA) if each.name == PRIYA]
    app = sample.app(own, "letter", f"thanks {priya.id}")
    async with app.run_test(size=(120, 36)) as pilot:
        await pilot.pause()
        text = read(app)
        assert "Dear Priya" in text
        assert "to look at" in text

        await pilot.press("ctrl+y")
        await pilot.pause()
        assert "no clipboard" in read(app)
        await pilot.press("ctrl+t")
        await pilot.pause()
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert "Recorded: thank-you" in read(app)

    draft = (tmp_path / f"{PRIYA} thanks.eml").read_text()
    assert "X-Unsent: 1" in draft
    assert "Dear Priya" in draft
    story = own.person(priya.id)
    assert story is not None
    assert any("thanks" in what for _, what in story.story)
    assert not any(due.kind == "thanks" for due in story.due)


@pytest.mark.parametrize(
    ("first", "about", "enter"),
    [("today", "", True), ("people", "Kit", True), ("review", PRIYA, True),
     ("debrief", PRIYA, True), ("compare", "", True), ("chain", "", True), ("glossary", "", True),
     ("search", "portfolio", True), ("guide", "", False)],
)  # fmt: skip
async def test_f1_says_first_what_can_be_done_now(
    house: House, read: Text, first: str, about: str, enter: bool
) -> None:
    app = sample.app(house, first, about)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.pause()
        before = read(app)
        await pilot.press("f1")
        await pilot.pause()

        rows = [row.strip() for row in read(app).splitlines()]
        at = next(number for number, row in enumerate(rows) if row.startswith("HELP"))
        headings = [row for row in rows if row in ("NOW", "HERE", "EVERYWHERE")]
        assert headings[0] == "NOW"
        assert rows[at + 1] == "NOW"
        assert rows[at + 2].lstrip("▌").startswith("Enter") == enter
        await pilot.press("f1")
        await pilot.pause()
        assert read(app) == before


async def test_f1_helps_in_a_letter_too(house: House, read: Text) -> None:
    app = sample.app(house, "people", "Kit")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+l")
        await pilot.pause()
        await pilot.press("f1")
        await pilot.pause()

        rows = read(app).splitlines()
        assert "HELP" in rows[3]
        assert rows[4].split() == ["NOW"]
        assert "finding" in rows[5] + rows[6] + rows[7]
        await pilot.press("f1")
        await pilot.pause()
        assert "HELP" not in read(app)
