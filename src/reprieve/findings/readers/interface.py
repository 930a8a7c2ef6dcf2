"""What each file in this folder provides: one format, recognised by content and read whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from reprieve.findings.model import Report
from reprieve.findings.source import Source


class Reader(NamedTuple):
    """One format of one family of tools.

    `recognises` looks at `Source.shape`, `.keys` and `.head` only, never at the whole document.
    `read` returns every finding, also those that the tool itself suppressed, and the number of
    checks that passed; it raises `ReportError` rather than leave anything out.
    """

    name: str
    title: str
    """For people: `Trivy JSON`."""
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Report]
    is_silent: bool = False
    """Whether the tool writes nothing at all when it finds nothing, so that an empty file may be a report."""
