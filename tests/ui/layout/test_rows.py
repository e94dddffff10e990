"""What the parts of the screen say, without a screen."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from iview_tui.domain import wording
from iview_tui.domain.guide import Guide, Priority, Topic
from iview_tui.domain.prompting import Label, Prompt, Say
from iview_tui.domain.record import Contact
from iview_tui.services.call import LiveCall, SaveState
from iview_tui.ui.layout import band, body, cards, foot, header
from iview_tui.ui.layout.grid import grid
from iview_tui.ui.layout.noteline import Typed, note_line
from iview_tui.ui.layout.segs import Row, size
from iview_tui.ui.text import cells
from iview_tui.ui.view import View

Made = Callable[..., LiveCall]
SIZES = [(60, 20), (80, 24), (100, 30), (120, 36), (200, 50)]


def view_of(call: LiveCall, **more: object) -> View:
    made = View(
        call.live, call.desk, call.save, call.time_of_day, prompt=call.prompt,
        contact=call.contact, purpose=call.purpose,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]


def text(row: Row) -> str:
    return "".join(seg.text for seg in row).rstrip()


def texts(rows: list[Row]) -> str:
    return "\n".join(map(text, rows))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_every_row_has_exactly_the_screens_width(gate: LiveCall, width: int, height: int) -> None:
    view, g = view_of(gate), grid(width, height)
    typed = note_line(Typed("started", 7), g)
    rows = [*body.body(view, g), *band.band(view, g), foot.foot(view, g), typed]

    assert {size(row) for row in rows} == {width}


def test_the_chip_stands_one_blank_beyond_its_text(gate: LiveCall) -> None:
    rows = header.header(view_of(gate), grid(80, 24))

    assert text(rows[0]).endswith("NAMES 0  ask now")
    assert rows[0][-1].ground == "band"
    assert size(rows[0]) == 80


def test_the_name_is_cut_last_and_never_below_eighteen_cells(gate: LiveCall) -> None:
    long = Contact("c", "Maria Fernanda de la Cruz Villanueva Rodriguez-Santos del Carmen Ortega",
                   "The Institute", "planner", via="Susan")  # fmt: skip
    row = text(header.header(view_of(gate, contact=long), grid(60, 20))[1])

    assert row.startswith(" MARIA FERNANDA DE")
    assert "…" in row
    assert row.endswith("saved")
    wide = text(header.header(view_of(gate, contact=long), grid(100, 24))[1])
    assert "ORTEGA  The Institute" in wide
    assert "planner" not in wide


def test_what_is_not_saved_is_said_in_the_corner(gate: LiveCall) -> None:
    view = view_of(gate, save=SaveState(False, "Disk full", 3))

    assert text(header.header(view, grid(80, 24))[1]).endswith("NOT SAVED  3 lines")


def test_a_sentence_to_say_is_never_cut_and_keys_that_do_not_fit_are_left_out(
    gate: LiveCall,
) -> None:
    sentence = (
        "We have about five minutes. Before we close, could you suggest two or three other people "
        "I might talk with?"
    )
    prompt = Prompt((Say.COURTESY,), sentence, 0, Label.SAY, ("said", "notnow"))
    for width, height in SIZES:
        view = view_of(gate, prompt=prompt)
        lines = band.lines(view, grid(width, height))
        g = grid(width, height, max(2, len(lines)))
        said = " ".join(" ".join(map(text, band.band(view, g))).split())
        for word in sentence.split():
            assert word in said


def test_the_band_has_no_ground_for_a_hint_and_none_for_nothing(gate: LiveCall) -> None:
    hint = Prompt((Say.MUST_AT_RISK,), "No time is left for 5.", 0, Label.NOTHING)

    assert band.ground(hint) == ""
    assert texts(band.band(view_of(gate, prompt=None), grid(80, 24))).strip() == ""


def test_privacy_leaves_the_clock_and_nothing_else(gate: LiveCall) -> None:
    view, g = view_of(gate, desk=replace(gate.desk, hidden=True)), grid(80, 24)
    rows = [*header.header(view, g), *body.body(view, g), *band.band(view, g), foot.foot(view, g)]
    said = texts(rows)

    assert "7:10 left   ends 14:30" in said
    assert "^/ show" in said
    for secret in ("PRIYA", "NAMES", "suggest", "Entry", "salary"):
        assert secret not in said
    assert text(note_line(Typed("abc", 3, hidden=True), g)).endswith("···")


def guide_of(count: int) -> Guide:
    musts = {count // 2, count}
    return Guide("many", None, tuple(
        Topic(n, f"Topic {n}", f"What about {n}?", priority=Priority.MUST if n in musts
              else Priority.SHOULD) for n in range(1, count + 1)
    ))  # fmt: skip


@pytest.mark.parametrize("count", [1, 14, 40, 200])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_current_topic_and_the_next_key_topic_stay_in_view(
    made: Made, count: int, width: int, height: int
) -> None:
    call = made(guide_of(count))
    current = max(1, count // 2 - 3)
    call.enter(f"/go {current}")
    for number in range(1, min(current, 5)):
        call.enter(f"/go {number}")
        call.enter(str(number))
        call.enter(str(number))
    call.enter(f"/go {current}")
    said = texts(body.body(view_of(call), grid(width, height)))

    assert f"{current} Topic {current}" in said
    assert "now" in said
    assert f"{max(1, count // 2)} Topic {max(1, count // 2)}" in said


def test_the_typed_text_never_shifts_while_the_badge_changes() -> None:
    for width, height in SIZES:
        g = grid(width, height)
        for badge in ("note", "they promise", "note > 5 Entry level", "PRIVATE note", ""):
            row = note_line(Typed("started", 7, badge), g)
            assert text(row).index("started") == g.label


def test_a_long_line_shows_its_end_and_the_caret() -> None:
    g = grid(80, 24)
    row = note_line(Typed("x" * 300 + "end", 303), g)

    assert text(row).endswith("end")
    assert row[-2].ground == "caret" or any(seg.ground == "caret" for seg in row)
    assert size(row) == 80


def test_a_line_that_stays_keeps_its_beginning_and_its_question() -> None:
    reason = "Enter again: 3 minutes later; or go on typing"
    row = text(note_line(Typed("+3", 2, "note", reason, stays=True), grid(80, 24)))

    assert row.index("+3") == 14
    assert row.endswith(reason)


def test_wide_signs_keep_the_columns() -> None:
    g = grid(80, 24)
    for caret in range(13):
        row = note_line(Typed("東京の都市計画は面白いです" * 5, caret * 5), g)
        assert sum(cells(seg.text) for seg in row) == 80


def test_the_wrap_up_has_what_found_no_place_on_the_line(gate: LiveCall) -> None:
    """The courtesy stood where the organizations would have."""

    def pass_until(moment: int) -> None:
        while gate.live.now < moment:
            gate.clock.advance(1)  # type: ignore[attr-defined]
            gate.tick()

    gate.enter("/none")
    pass_until(1410)
    gate.enter("@Dele Okonjo")
    pass_until(1540)
    gate.enter("/wrap")
    shown = " ".join(texts(cards.wrap_up(view_of(gate), grid(80, 24))).split())

    assert f"STILL TO ASK {wording.ORGANIZATIONS}" in shown
