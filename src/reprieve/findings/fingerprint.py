"""One stable name for one finding: survives line shifts and re-runs, changes with anything that matters.

The digest covers what and where (check, target, the discriminator that the reader chose), not the
line, the severity or the tool's version. Twins, equal in all of that, are told apart by their order in
the report; so a third twin is a new finding, and an exception for two does not silence it.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence

import msgspec

from reprieve import progress
from reprieve.findings.model import Finding

_encode = msgspec.json.Encoder().encode
KEYED = "keyed-secret:"
"""What the context of a secret begins with when it alone names it, in any place: it is one secret then."""
_PORTION = 1 << 15
"""Findings between two reports of progress."""


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """The fingerprints of one report's findings, in their order: 32 hexadecimal digits each."""
    bases: list[str] = []
    with progress.task("Identifying", len(findings), "findings") as advance:
        for start in range(0, len(findings), _PORTION):
            bases += [_base(finding) for finding in findings[start : start + _PORTION]]
            advance(_PORTION)
    if len(set(bases)) == len(bases):
        return bases
    twins: defaultdict[str, list[int]] = defaultdict(list)
    for index, base in enumerate(bases):
        if not _is_keyed(findings[index]):
            twins[base].append(index)
    for base, indexes in twins.items():
        indexes.sort(key=lambda index: (findings[index].line or 0, index))
        for ordinal, index in enumerate(indexes[1:], start=2):
            bases[index] = _digest(f"{base}#{ordinal}".encode())
    return bases


def _is_keyed(finding: Finding) -> bool:
    ours = finding.type == "secret" and finding.tool == "reprieve"
    return ours and finding.context.startswith(KEYED)


def _base(finding: Finding) -> str:
    if _is_keyed(finding):
        return _digest(_encode((1, finding.type, finding.context)))
    return _digest(
        _encode(
            (
                1,
                finding.type,
                finding.check,
                finding.cluster,
                finding.namespace,
                finding.resource,
                finding.path,
                finding.image,
                finding.package,
                finding.repository,
                finding.context or finding.message,
            )
        )
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:32]
