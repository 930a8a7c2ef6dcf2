"""Annotations for GitHub Actions."""

from __future__ import annotations

import msgspec

from reprieve.record.model import Problem
from tests.report.verdicts import CALM, RICH, finding, outcome, verdict_of, written


def test_one_finding() -> None:
    pair = (finding("A:1,2", path="a,b.tf", line=3, message="50% of\nit"), outcome())
    first, second = written("github", verdict_of([pair])).splitlines()
    title = "A%3A1%2C2 (high%2C open)"
    assert first == f"::error file=a%2Cb.tf,line=3,title={title}::50%25 of it%0Aa,b.tf:3"
    assert second == "::notice title=Reprieve::FAIL: 1 open at low severity or above"


def test_a_finding_without_a_path_is_annotated_too() -> None:
    lines = written("github", RICH).splitlines()
    assert lines[0].startswith("::error title=CVE-2026-1234 (critical%2C open)::lodash: prototype pollution")
    assert lines[0].endswith("%0AEXC-008 does not cover it: fix-available")


def test_the_worst_come_first_whatever_their_disposition() -> None:
    errors = [line for line in written("github", RICH).splitlines() if line.startswith("::error ")]
    severities = [line.split(" (")[1].split("%2C")[0] for line in errors]
    assert severities == ["critical", "critical", "high", "medium", "medium", "low", "low"]


def test_a_problem_is_a_warning() -> None:
    (line,) = (each for each in written("github", RICH).splitlines() if each.startswith("::warning"))
    place = "file=security/exceptions/EXC-014-everything.md,line=9,title=blanket-scope"
    assert line.startswith(f"::warning {place}::an entry needs")
    assert line.endswith("%0Aname the checks that the exception is for")


def test_what_github_would_drop_is_counted() -> None:
    problem = Problem(rule="dates", message="in the future", path="a.md")
    verdict = verdict_of([(finding(), outcome())] * 47, problems=[problem] * 12)
    lines = written("github", verdict).splitlines()
    assert len(lines) == 21
    assert "%0A10 of 47 findings that fail are annotated, 37 more are not." in lines[-1]
    assert "%0A10 of 12 problems are annotated, 2 more are not." in lines[-1]


def test_a_gate_that_passes_annotates_nothing_but_that() -> None:
    (line,) = written("github", CALM).splitlines()
    headline = "PASS: nothing open, expired or pending at low severity or above"
    assert line == f"::notice title=Reprieve::{headline}%0A1 excepted"


def test_a_simulated_verdict_says_so() -> None:
    text = written("github", msgspec.structs.replace(CALM, simulated=True))
    assert "%0AAs of 2026-11-20 09:00 UTC: not a verdict about the present." in text
