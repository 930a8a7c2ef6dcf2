"""An empty list, `[]`: what Gitleaks, hadolint, Conftest, Snyk and others write when they found nothing.

The list does not say which tool wrote it, so this reader stands in for them all, and last. It accepts
nothing else: an empty object, `null` and an empty file are errors, because no tool means "nothing" by them.
"""

from __future__ import annotations

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.model import Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import Source

NAME = "none-found"


def _recognises(source: Source) -> bool:
    return source.shape == "array" and not source.keys and source.data.translate(None, b" \t\r\n") == b"[]"


def _read(source: Source) -> Report:
    if source.decode(list[msgspec.Raw]):
        raise ReportError("a list that is not empty", where=source.name, hint="name its format with --format")
    return Report(source.name, NAME, [])


READER = Reader(NAME, "an empty JSON list: no findings, of any tool", _recognises, _read)
