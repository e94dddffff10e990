"""The terminal screens."""

import os

TELLING = (
    "TEXTUAL", "TEXTUAL_DEBUG", "TEXTUAL_LOG", "TEXTUAL_DRIVER", "TEXTUAL_PRESS",
    "TEXTUAL_SCREENSHOT", "TEXTUAL_SCREENSHOT_LOCATION", "TEXTUAL_SCREENSHOT_FILENAME",
    "TEXTUAL_SHOW_RETURN",
)  # fmt: skip
"""What makes Textual write keys or screens into files, press keys, or talk to others."""
REFUSED = [name for name in TELLING if os.environ.pop(name, None)]
"""Those that were set, taken away here, before Textual reads them."""
