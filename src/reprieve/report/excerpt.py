"""The lines of code that a finding of `scan` is about, as people should see them: few, without secrets."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path

from reprieve.findings.model import Finding
from reprieve.report.text import clean, shorten

MOST = 4
"""Lines; of a longer element its beginning says where it is."""
_AT_MOST = 20 << 20


def excerpt(finding: Finding, width: int) -> Iterator[str]:
    """`  12 | image: nginx`, a line each; nothing for what is in no file that can be read.

    Args:
        finding: of this machine's own files.
        width: columns of a line, at most.
    """
    if finding.policy is None or not finding.path or not finding.line:
        return
    lines = _lines(finding.path)
    last = min(finding.end_line or finding.line, len(lines))
    chosen = lines[finding.line - 1 : min(last, finding.line - 1 + MOST)]
    from reprieve.secrets.redact import redacted

    margin = min((_indent(line) for line in chosen if line.strip()), default=0)
    for number, line in enumerate(redacted(finding.path, chosen), start=finding.line):
        indent = " " * max(_indent(line) - margin, 0)
        yield f"{number:>6} | {shorten(indent + clean(line), width - 9)}"
    if last - finding.line + 1 > len(chosen):
        yield f"{'…':>6} |"


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


@functools.lru_cache(maxsize=64)
def _lines(path: str) -> list[str]:
    try:
        with Path(path).open(encoding="utf-8", errors="replace") as file:
            return file.read(_AT_MOST).split("\n")
    except OSError:
        return []
