"""Which other ids of an advisory are names for the same vulnerability.

Databases link more than equals: one distribution advisory (`ALAS-2024-2595`) may bring several CVEs.
An alias widens what an exception matches, so a link to more than one CVE gives no alias at all.
"""

from __future__ import annotations

from collections.abc import Iterable


def same_advisory(check: str, linked: Iterable[str]) -> tuple[str, ...]:
    """The `linked` ids that name the vulnerability `check`, each once, without `check` itself."""
    names = dict.fromkeys((check, *linked))
    if sum(name.startswith("CVE-") for name in names) > 1:
        return ()
    del names[check]
    return tuple(names)
