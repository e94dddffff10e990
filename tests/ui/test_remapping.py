"""Keys that somebody moved: who has which, and what is said of the rest."""

import pytest
from textual.binding import Binding
from textual.widgets import Input

from iview_tui.ui.keys import ACTIONS
from iview_tui.ui.remapping import SCREENS, refused, remap, spelled


def test_no_key_means_two_things_on_one_screen() -> None:
    for screen in SCREENS:
        keys = [key for action in screen for key in action.keys]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("written", "key"),
    [("^B", "ctrl+b"), (" F12 ", "f12"), ("Ctrl+]", "ctrl+right_square_bracket"), ("Esc", "escape"),
     ("ctrl+/", "ctrl+underscore"), ("PgUp", "pageup"), ("shift+ctrl+up", "ctrl+shift+up")],
)  # fmt: skip
def test_a_key_is_read_as_the_screen_has_it(written: str, key: str) -> None:
    assert spelled(written) == key
    assert refused(key) == ""


@pytest.mark.parametrize(
    ("written", "why"),
    [("x", "is typed"), ("5", "is typed"), ("?", "is typed"), ("comma", "is typed"),
     ("space", "is typed"), ("shift+a", "is typed"), ("backspace", "edits"), ("ctrl+a", "edits"),
     ("enter", "files the line"), ("ctrl+i", "arrives as Tab"), ("ctrl+j", "arrives as Enter"),
     ("ctrl+h", "arrives as Backspace"), ("alt+5", "never arrives"), ("ctrl+5", "never arrives"),
     ("ctrl+enter", "never arrives"), ("shift+f1", "arrives as F13"), ("ctrl+c", "ends"),
     ("f99", "is no key"), ("nonsense", "is no key"), ("", "is no key"), ("ctrl+", "is no key")],
)  # fmt: skip
def test_a_key_that_cannot_be_had_says_why(written: str, why: str) -> None:
    assert why in refused(spelled(written))


def test_what_edits_the_line_is_never_given_away() -> None:
    ours = {key for action in ACTIONS for key in action.keys}
    edits = {key for b in Input.BINDINGS if isinstance(b, Binding) for key in b.key.split(",")}

    assert [key for key in edits - ours if not refused(key)] == []


@pytest.mark.parametrize(
    ("given", "keys", "words"),
    [
        ({"call.wrap-up": "f5"}, {"call.wrap-up": ("f5",), "call.star-entry": ("ctrl+t",)},
         ["F5 is call.wrap-up now; call.star-entry keeps ^T."]),
        ({"call.wrapup": "f12"}, {}, ["'call.wrapup' (is it 'call.wrap-up'?)"]),
        ({"call.wrap-up": "x, alt+1"}, {},
         ["'x' is typed", "'alt+1' never arrives", "call.wrap-up stays with ^O F8."]),
        ({"call.wrap-up": ""}, {"call.wrap-up": ()}, []),
        ({"call.wrap-up": "ctrl+b", "call.star-entry": "^B, f5"},
         {"call.wrap-up": ("ctrl+b",), "call.star-entry": ("f5",)}, ["given to call.wrap-up"]),
        ({"call.wrap-up": "f5, ctrl+b", "review.star-it": "ctrl+b"},
         {"call.wrap-up": ("f5", "ctrl+b"), "call.star-entry": ("ctrl+t",),
          "review.star-it": ("ctrl+b",)}, ["F5 is call.wrap-up now"]),
        ({"call.wrap-up": "f1"}, {}, ["F1 is the last key of call.show-help", "^O F8"]),
        ({"call.wrap-up": "f1", "call.show-help": ""},
         {"call.wrap-up": ("f1",), "call.show-help": ()}, []),
        ({"call.star-entry": "ctrl+o,f8", "call.wrap-up": "ctrl+t,f5"},
         {"call.star-entry": ("ctrl+o", "f8"), "call.wrap-up": ("ctrl+t", "f5")}, []),
        ({"call.star-entry": "ctrl+o,f8", "call.wrap-up": "q"},
         {"call.star-entry": ("ctrl+o",), "call.wrap-up": ("f8",)},
         ["'q' is typed", "F8 is the last key", "stays with F8", "^O is call.star-entry now"]),
        ({"call.feed-line": "f12"}, {}, ["is Enter"]),
        ({"today.done-it": "ctrl+r"},
         {"today.done-it": ("ctrl+r",), "house.who-calls": ("f3",)}, ["house.who-calls keeps F3"]),
    ],
)  # fmt: skip
def test_who_has_which_key(
    given: dict[str, str], keys: dict[str, tuple[str, ...]], words: list[str]
) -> None:
    found = remap(given)

    assert found.keys == keys
    assert len(found.problems) == len(words)
    assert [w for w, p in zip(words, found.problems, strict=True) if w not in p] == []
