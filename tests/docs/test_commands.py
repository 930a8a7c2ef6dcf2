"""docs/commands.md says what `--help` says."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_page_is_what_help_says() -> None:
    written = runpy.run_path(str(DOCS / "commands.py"))
    assert (DOCS / "commands.md").read_text() == written["page"](), "run `make docs`"
