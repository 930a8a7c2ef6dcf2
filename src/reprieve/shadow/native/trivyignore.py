"""`.trivyignore` of Trivy: an id on each line, perhaps with `exp:YYYY-MM-DD`, for all that is scanned.

aquasecurity/trivy `pkg/result/ignore.go`. It is read from the folder that Trivy runs in; it says nothing of
what its ids are ids of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from reprieve.shadow.entries import entry, listed
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File
from reprieve.words import CheckType

NAMES = (".trivyignore", ".trivyignore.txt", "*.trivyignore")
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()

_EXPIRES = re.compile(r"(?:^|\s)exp:(\S+)")
_KINDS: tuple[tuple[re.Pattern[str], CheckType], ...] = (
    (re.compile(r"(?:CVE|GHSA|TEMP|DLA|DSA|RHSA|ALAS|GO|RUSTSEC|PYSEC|OSV|NSWG)-.*"), "vulnerability"),
    (re.compile(r"(?:AVD-)?[A-Z]{2,12}-?\d{3,5}"), "misconfiguration"),
    (re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+"), "secret"),
)


def type_of(identifier: str) -> CheckType | None:
    """What an id of Trivy's is of, as far as its spelling tells."""
    return next((kind for pattern, kind in _KINDS if pattern.fullmatch(identifier)), None)


def read(file: File) -> Iterator[Suppression]:
    """Each line with an id; a line whose date cannot be read is skipped by Trivy, and so here."""
    for number, line, comments in listed(file, "#"):
        words = line.split()
        expires = _EXPIRES.search(line)
        lapses = None
        if expires:
            try:
                lapses = dt.datetime.combine(dt.date.fromisoformat(expires[1]), dt.time(), dt.UTC)
            except ValueError:
                continue
        yield entry(
            file,
            number,
            tool="trivy",
            form="trivyignore",
            text=line,
            type=type_of(words[0]),
            checks=words[:1],
            comments=comments,
            expires=expires[1] if expires else None,
            lapses=lapses,
        )
