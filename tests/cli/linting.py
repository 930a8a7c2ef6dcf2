"""What the tests of `lint` share: a working tree, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from tests.cli.past import iso, later
from tests.support import CHARTER, FOLDER, Result, record_file, run_cli

NOW = later(days=1)
"""Tuesday, 4 March 2025, 10:00 UTC."""
TODAY = NOW.date()
NAME = "EXC-001-billing-runs-as-root.md"


class Said(NamedTuple):
    """Of one problem, what tests look at."""

    rule: str
    level: str
    path: str
    line: int | None


def lint(directory: Path, *arguments: str) -> Result:
    """`reprieve lint … --output json` in a folder, on that Tuesday."""
    return run_cli("lint", "--output", "json", "--now", iso(NOW), *arguments, cwd=directory)


def said(result: Result) -> list[Said]:
    """The problems, without the note that there is no history yet."""
    return [
        Said(p["rule"], p["level"], p["path"].removeprefix(f"{FOLDER}/"), p["line"])
        for p in result.json()["problems"]
        if p["rule"] != "history"
    ]


def rules(result: Result) -> list[str]:
    """Only their rules, in order of path and line."""
    return [one.rule for one in said(result)]


def write(directory: Path, files: dict[str, str | bytes]) -> None:
    """Files of the register's folder."""
    for name, content in files.items():
        path = directory / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def record(**changes: Any) -> str:
    """A valid record of that day."""
    return record_file(**{"requested": TODAY, **changes}).decode()


def tree(directory: Path, **files: str | bytes) -> Path:
    """A folder with a charter, and no git."""
    write(directory, {"charter.yaml": CHARTER, **files})
    return directory
