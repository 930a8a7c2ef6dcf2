"""What tests of audits share: a tree from a table, and what an audit says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from tests.support import Result, run_cli


class Seen(NamedTuple):
    """A suppression, as far as a test asks."""

    path: str
    line: int
    tool: str
    checks: tuple[str, ...]


def plant(root: Path, files: dict[str, str | bytes]) -> Path:
    """Writes files below a folder, which it makes."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    root.mkdir(exist_ok=True)
    return root


def run(root: Path, *options: str) -> Result:
    """`reprieve audit . options…` in a folder."""
    return run_cli("audit", ".", *options, cwd=root)


def rows(root: Path, *options: str) -> list[dict[str, Any]]:
    """The suppressions of a folder, as JSON has them; nothing may be a fault."""
    result = run(root, "--output", "json", "--no-blame", *options)
    assert result.code == 0, result.err + result.out
    found: list[dict[str, Any]] = result.json()["suppressions"]
    return found


def seen(root: Path, *options: str) -> list[Seen]:
    """The same, shortened."""
    return [
        Seen(row["path"], row["line"], row["tool"], tuple(row["silences"]["checks"]))
        for row in rows(root, *options)
    ]
