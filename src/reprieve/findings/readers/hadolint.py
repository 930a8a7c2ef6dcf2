"""hadolint JSON (`--format json`): a plain list; what its pragmas and configuration ignore is not in it.

Source: hadolint/hadolint `src/Hadolint/Formatter/Json.hs`, `src/Hadolint/Rule.hs`. A Dockerfile that
cannot be parsed is one error, `DL1000`.
"""

from __future__ import annotations

import msgspec

from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "hadolint"

_KEYS = {"file", "line", "level", "code", "message"}
_OFF = frozenset({"ignore", "none"})
"""Levels that switch a rule off; hadolint itself leaves such results out."""


class _Check(msgspec.Struct, gc=False):
    code: str
    message: str
    file: str | None = None
    line: int | None = None
    level: str | None = None


def _recognises(source: Source) -> bool:
    """ShellCheck's own list has the same keys, but numbers for codes."""
    return source.shape == "array" and source.keys >= _KEYS and isinstance(source.head["code"], str)


def _read(source: Source) -> Report:
    return Report(source.name, NAME, [_finding(check) for check in source.decode(list[_Check])])


def _finding(check: _Check) -> Finding:
    level = (check.level or "").lower()
    return Finding(
        type="misconfiguration",
        check=check.code or "unknown-rule",
        severity=severity_of_word(level),
        tool=NAME,
        message=check.message,
        path=check.file.replace("\\", "/") if check.file else None,
        line=check.line or None,
        suppressed=f"level {level}" if level in _OFF else None,
    )


READER = Reader(NAME, "hadolint JSON", _recognises, _read)
