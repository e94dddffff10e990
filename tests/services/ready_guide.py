"""Writes the built-in guide as it is read at a start, from its Markdown."""

import json
from pathlib import Path

from iview_tui.interchange.guides import guide_value, parse_guide
from iview_tui.services import guides

BANK = Path(guides.__file__).parents[1] / "domain" / "bank"

if __name__ == "__main__":
    text = (BANK / "guide.md").read_text(encoding="utf-8")
    value = guide_value(parse_guide(text, "md", bank=guides.short_names()))
    ready = json.dumps(value, indent=1, ensure_ascii=False) + "\n"
    (BANK / "guide.json").write_text(ready, encoding="utf-8")
