"""docs/commands.md says what `--help` says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"

PRINT = "import runpy, sys; sys.stdout.write(runpy.run_path(sys.argv[1])['page']())"


def test_page_is_what_help_says() -> None:
    # In a process of its own: click remembers the help option of a command that was called by itself.
    arguments = [sys.executable, "-c", PRINT, str(DOCS / "commands.py")]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert (DOCS / "commands.md").read_text() == done.stdout, "run `make docs`"
