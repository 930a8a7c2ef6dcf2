"""detect-secrets: the output of `scan`, which is also the baseline file, of all versions.

Source: Yelp/detect-secrets `detect_secrets/core/potential_secret.py`, `core/baseline.py`. An audit marks
false positives with `is_secret: false`. The `hashed_secret` is a bare SHA-1: whoever reads it can try
guesses against it, so it is kept only hashed again with its file.
"""

from __future__ import annotations

import hashlib

import msgspec

from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import Source

NAME = "detect-secrets"


class _Secret(msgspec.Struct, gc=False):
    type: str
    hashed_secret: str
    line_number: int | None = None
    is_secret: bool | None = None
    is_verified: bool | None = None


class _Baseline(msgspec.Struct, gc=False):
    results: dict[str, list[_Secret]]


def _recognises(source: Source) -> bool:
    return source.shape == "object" and {"results", "plugins_used"} <= source.keys


def _read(source: Source) -> Report:
    results = source.decode(_Baseline).results
    findings = [_finding(path, secret) for path, secrets in results.items() for secret in secrets]
    return Report(source.name, NAME, findings)


def _finding(path: str, secret: _Secret) -> Finding:
    certainty = "confirmed" if secret.is_verified or secret.is_secret else "possible"
    return Finding(
        type="secret",
        check=secret.type or "unknown-rule",
        severity="unknown",
        tool=NAME,
        message=f"{certainty} secret: {secret.type}",
        path=path.replace("\\", "/") or None,
        line=secret.line_number or None,
        context=hashlib.sha256(f"{path}\0{secret.hashed_secret}".encode()).hexdigest(),
        suppressed="audited: not a secret" if secret.is_secret is False else None,
    )


READER = Reader(NAME, "detect-secrets baseline", _recognises, _read)
