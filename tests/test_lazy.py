"""What is put off is not loaded by what imports it, and works when it is wanted."""

import subprocess
import sys

CODE = """
import sys
from iview_tui.lazy import put_off
put_off("dateutil.parser")
import pendulum
print("dateutil.parser._parser" in sys.modules)
print(pendulum.parse("3 May 2026 at 10 pm", strict=False).isoformat())
put_off("dateutil.parser")
print(pendulum.parse("4 May 2026", strict=False).day)
"""


def test_pendulum_does_without_dateutil_s_parser_until_it_reads_free_words() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == ["False", "2026-05-03T22:00:00+00:00", "4"]


CALL = """
import sys
from iview_tui.cli.main import main
code = main(["rehearse", "--plain", "--minutes", "30"])
import asyncio, textual.app
print(code, "_ssl" in sys.modules, asyncio.run(asyncio.sleep(0, "it runs")))
"""


def test_a_call_does_without_the_encryption_of_connections() -> None:
    """asyncio does, too."""
    done = subprocess.run(
        [sys.executable, "-c", CALL], capture_output=True, text=True, check=True, input="a note\n"
    )

    assert done.stdout.splitlines()[-1] == "0 False it runs"
