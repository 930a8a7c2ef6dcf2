"""The scope for chosen findings: what it costs. That it is exact is tested where findings are picked."""

from __future__ import annotations

import pytest

from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import Finding
from reprieve.match.exact import exact_scope
from reprieve.match.matcher import Matcher


def test_many_places_take_one_pass_over_the_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    findings = [
        Finding("misconfiguration", "KSV012", "high", "tool", namespace=f"team-{number}")
        for number in range(300)
    ]
    seen: list[int] = []
    match = Matcher.outcomes

    def counted(matcher: Matcher, found: list[Finding], prints: list[str] | None = None) -> object:
        seen.append(len(found))
        return match(matcher, found, prints)

    monkeypatch.setattr(Matcher, "outcomes", counted)
    entries = exact_scope(range(200), findings, fingerprints(findings))
    assert len(entries) == 200
    assert not any("fingerprints" in entry for entry in entries)
    assert seen == [300]


def test_only_the_entry_that_is_too_wide_is_pinned() -> None:
    wide = Finding("misconfiguration", "KSV012", "high", "tool", namespace="billing")
    narrow = Finding("misconfiguration", "KSV012", "high", "tool", namespace="billing", resource="Pod/a")
    prints = fingerprints([wide, narrow])
    first, second = exact_scope([0, 1], [wide, narrow], prints)
    assert first["fingerprints"] == [prints[0]]
    assert "fingerprints" not in second
