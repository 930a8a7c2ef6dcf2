"""Gitleaks JSON of version 8 and of versions 2 to 7.

Source: gitleaks/gitleaks `report/finding.go`; for the older ones `scan/leak.go` of tag v7.6.1. Gitleaks
gives no severity, and leaves out what its allow lists and `.gitleaksignore` hide. Lines and matches
are not read: they show the secret. A clean scan is an empty list, which `empty` reads.
"""

from __future__ import annotations

import msgspec

from reprieve.findings.masking import mask
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.source import Source

NAME = "gitleaks"


class _Leak(msgspec.Struct, rename="pascal", gc=False):
    rule_id: str = msgspec.field(name="RuleID")
    file: str
    description: str | None = None
    start_line: int | None = None
    end_line: int | None = None
    secret: str | None = None
    commit: str | None = None


class _OldLeak(msgspec.Struct, rename="camel", gc=False):
    rule: str
    file: str
    offender: str | None = None
    line_number: int | None = None
    commit: str | None = None
    repo: str | None = None
    repo_url: str | None = msgspec.field(name="repoURL", default=None)


def _recognises(source: Source) -> bool:
    return source.shape == "array" and ({"RuleID", "File"} <= source.keys or _is_old(source))


def _is_old(source: Source) -> bool:
    return {"rule", "file", "offender"} <= source.keys


def _read(source: Source) -> Report:
    if _is_old(source):
        findings = [_old_finding(leak) for leak in source.decode(list[_OldLeak])]
    else:
        findings = [_finding(leak) for leak in source.decode(list[_Leak])]
    return Report(source.name, NAME, findings)


def _finding(leak: _Leak) -> Finding:
    return Finding(
        type="secret",
        check=leak.rule_id,
        severity="unknown",
        tool=NAME,
        message=leak.description or leak.rule_id,
        path=_path(leak.file),
        line=leak.start_line or None,
        end_line=leak.end_line or None,
        context=_context(leak.commit, leak.secret),
    )


def _old_finding(leak: _OldLeak) -> Finding:
    repository = leak.repo_url or leak.repo
    return Finding(
        type="secret",
        check=leak.rule,
        severity="unknown",
        tool=NAME,
        message=leak.rule,
        path=_path(leak.file),
        line=leak.line_number if leak.line_number and leak.line_number > 0 else None,
        repository=repository if repository and repository != "." else None,
        context=_context(leak.commit, leak.offender),
    )


def _path(file: str) -> str | None:
    return file.replace("\\", "/") or None


def _context(commit: str | None, secret: str | None) -> str:
    """The commit, for a secret found in history, and the secret as far as it may be shown."""
    return " ".join(part for part in (commit, mask(secret)) if part)


READER = Reader(NAME, "Gitleaks JSON", _recognises, _read)
