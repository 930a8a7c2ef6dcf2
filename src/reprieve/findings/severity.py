"""Every tool's word or number for severity, as one of ours."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reprieve.findings.model import Severity

_WORDS: dict[str, Severity] = {
    "critical": "critical",
    "fatal": "critical",
    "high": "high",
    "important": "high",
    "error": "high",
    "danger": "high",
    "medium": "medium",
    "moderate": "medium",
    "warning": "medium",
    "warn": "medium",
    "low": "low",
    "minor": "low",
    "negligible": "low",
    "note": "low",
    "notice": "low",
    "style": "info",
    "info": "info",
    "information": "info",
    "informational": "info",
    "trace": "info",
}


@functools.lru_cache(maxsize=1024)
def severity_of_word(word: str | None) -> Severity:
    """Severity for a tool's word, whatever its case; `unknown` for none or one that is not known."""
    return _WORDS.get(word.strip().lower(), "unknown") if word else "unknown"


def severity_of_score(score: float | None) -> Severity:
    """Severity for a CVSS base score, 0.0 to 10.0 (CVSS v3.1 specification, section 5)."""
    if score is None or not 0 <= score <= 10:
        return "unknown"
    for floor, severity in _CVSS:
        if score >= floor:
            return severity
    return "info"


_CVSS: tuple[tuple[float, Severity], ...] = ((9.0, "critical"), (7.0, "high"), (4.0, "medium"), (0.1, "low"))
