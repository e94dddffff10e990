"""Every key is declared once, has words, and reaches what it names."""

import pytest
from textual.binding import Binding

from iview_tui.domain.commands import COMMANDS
from iview_tui.ui.app import IviewApp
from iview_tui.ui.keys import ACTIONS, FOOT, FOOT_60, FOOT_80, KEYS, moved, named
from iview_tui.ui.text import cells
from iview_tui.ui.widgets.note_line import NoteLine

IN_MID_LINE = {
    "next": ("^N", "F2"), "name": ("^R", "F3"), "bridge": ("^G", "F4"), "star": ("^T", "F5"),
    "notnow": ("^L", "F6"), "spell": ("^Y", "F7"), "wrap": ("^O", "F8"), "drop": ("^]", "F9"),
    "end": ("^\\", "F10"), "": ("^P", "F11"),
}  # fmt: skip


@pytest.mark.parametrize("command", IN_MID_LINE)
def test_what_is_wanted_in_mid_line_has_a_ctrl_key_and_an_f_key(command: str) -> None:
    action = KEYS.find(command)

    assert action is not None
    assert tuple(map(named, action.keys)) == IN_MID_LINE[command]


def test_ids_and_keys_mean_one_thing() -> None:
    ids = [action.id for action in ACTIONS]
    keys = [key for action in ACTIONS for key in action.keys]

    assert len(ids) == len(set(ids))
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_an_action_is_declared_whole(action: object) -> None:
    from iview_tui.ui.keys import Action

    assert isinstance(action, Action)
    assert action.word
    assert action.help
    assert cells(action.brief) <= 23
    assert not action.command or action.command in COMMANDS
    assert hasattr(NoteLine, f"action_{action.bound.partition('(')[0]}")
    assert isinstance(action.binding, Binding)


def test_keys_that_edit_the_line_are_left_to_it() -> None:
    editing = {f"ctrl+{letter}" for letter in "aeukwdfxvijmh"} - {"ctrl+j"}

    assert editing.isdisjoint(key for action in ACTIONS for key in action.keys)


def test_ctrl_q_is_the_apps() -> None:
    ours = [b for b in IviewApp.BINDINGS if isinstance(b, Binding)]

    assert [(b.key, b.priority) for b in ours] == [("ctrl+q", True)]


@pytest.mark.parametrize("foot", [FOOT, FOOT_80, FOOT_60])
def test_the_footer_names_only_actions(foot: tuple[str, ...]) -> None:
    assert all(KEYS.find(command) for command in foot)


def test_a_remapped_key_is_shown_and_the_others_stay() -> None:
    keys = moved(ACTIONS, {"call.star-entry": ("ctrl+b", "f5"), "call.wrap-up": ()})

    assert keys.key("star") == "^B"
    assert keys.key("name") == "^R"
    assert keys.key("wrap") == "/wrap"
