"""docs/checks/ says what the built-in checks say of themselves."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_pages_are_what_the_checks_say() -> None:
    wanted = runpy.run_path(str(DOCS / "checks.py"))["pages"]()
    folder = DOCS / "checks"
    found = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.md")}
    assert sorted(found) == sorted(wanted), "run `make docs`"
    assert [name for name, text in wanted.items() if found[name] != text] == [], "run `make docs`"
