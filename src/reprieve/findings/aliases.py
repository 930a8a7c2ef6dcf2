"""The names that one check goes by, so that a record matches whichever of them a report uses."""

from __future__ import annotations

import functools
import re

# Trivy's numbering: KSV012, KSV-0012 and AVD-KSV-0012 are one check; AWS-0107 and AVD-AWS-0107 too.
_TRIVY_ID = re.compile(r"(?:AVD-)?([A-Z]{2,12})-(\d{4})|(KSV|DS|KCV)-?(\d{3})")
_SHORT_FORM = frozenset({"KSV", "DS", "KCV"})


@functools.lru_cache(maxsize=65536)
def names_of(check: str, aliases: tuple[str, ...] = ()) -> tuple[str, ...]:
    """`check`, its reported `aliases` and the spellings derived from both; each once, `check` first."""
    names = dict.fromkeys((check, *aliases))
    for name in tuple(names):
        names.update(dict.fromkeys(_spellings(name)))
    return tuple(names)


def _spellings(name: str) -> tuple[str, ...]:
    match = _TRIVY_ID.fullmatch(name)
    if match is None:
        return ()
    family = match[1] or match[3]
    number = int(match[2] or match[4])
    if family in {"CVE", "GHSA", "CWE"}:
        return ()
    long = f"{family}-{number:04d}"
    short = (f"{family}{number:03d}",) if family in _SHORT_FORM and number < 1000 else ()
    return (long, f"AVD-{long}", *short)
