"""JUnit XML, as a CI server counts it."""

from __future__ import annotations

from xml.etree.ElementTree import Element, fromstring

from reprieve.verdict import Verdict
from tests.report.verdicts import RICH, finding, live, outcome, verdict_of, written


def suites_of(verdict: Verdict) -> Element:
    text = written("junit", verdict)
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n')
    root = fromstring(text.encode())
    for element in (root, *root.iter("testsuite")):
        cases = list(element.iter("testcase"))
        counted = {
            "tests": len(cases),
            "failures": len(list(element.iter("failure"))),
            "errors": 0,
            "skipped": len(list(element.iter("skipped"))),
        }
        assert {key: int(element.get(key, "-1")) for key in counted} == counted
    return root


def test_a_suite_for_each_tool_and_type() -> None:
    names = [suite.get("name") for suite in suites_of(RICH)]
    assert names == [
        "bandit code",
        "checkov misconfiguration",
        "trivy misconfiguration",
        "trivy vulnerability",
    ]


def test_what_fails_the_gate_fails() -> None:
    cases = list(suites_of(RICH).iter("testcase"))
    assert sum(case.find("failure") is not None for case in cases) == 7
    (void,) = (case for case in cases if "CVE-2026-1234" in case.get("name", ""))
    failure = void.find("failure")
    assert failure is not None
    assert failure.get("message", "").startswith("critical, open: lodash: prototype pollution")
    assert failure.text == "EXC-008 does not cover it: fix-available"


def test_what_does_not_is_skipped_with_its_reason() -> None:
    assert [skipped.get("message") for skipped in suites_of(RICH).iter("skipped")] == [
        "suppressed by bandit: test data",
        "EXC-007: Legacy billing runs as root until the vendor ships v4.",
        "EXC-007: Legacy billing runs as root until the vendor ships v4.",
        "info: below the threshold, low",
        "EXC-008: Base image is rebuilt every Friday.",
    ]


def test_cases_have_names_of_their_own() -> None:
    cases = suites_of(verdict_of([(live("Pod/a"), outcome())] * 3)).iter("testcase")
    name = "KSV012 at prod-eu-1/billing/Pod/a"
    assert [case.get("name") for case in cases] == [name, f"{name} (2)", f"{name} (3)"]


def test_a_case_names_its_file() -> None:
    (case,) = suites_of(verdict_of([(finding(path="main.tf", line=2), outcome())])).iter("testcase")
    assert case.get("file") == "main.tf"


def test_nothing_found() -> None:
    assert suites_of(verdict_of([])).get("tests") == "0"
