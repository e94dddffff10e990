"""The settings of this machine, with what is wrong among the keys that were moved."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from iview_tui.settings import Settings


def load(config_file: Path) -> Settings:
    """The settings that hold, and all that could not be taken."""
    from dataclasses import replace

    from iview_tui import settings

    found = settings.load(config_file, os.environ)
    problems = key_problems(config_file, found)
    return replace(found, problems=(*found.problems, *problems)) if problems else found


def key_problems(config_file: Path, settings: Settings) -> tuple[str, ...]:
    """What is wrong in `[keys]`, each in one sentence."""
    if not settings.keys:
        return ()
    from iview_tui.ui.remapping import remap

    return tuple(
        f"{config_file.name}: [keys] {problem}" for problem in remap(settings.keys).problems
    )
