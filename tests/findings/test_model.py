"""The parts that every reader shares: names of checks, severities, masking, fingerprints."""

from __future__ import annotations

import string
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprieve.findings.aliases import names_of
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.masking import mask, mask_within
from reprieve.findings.model import CHECK_TYPES, SEVERITIES, Finding, Report
from reprieve.findings.reading import relocated
from reprieve.findings.severity import severity_of_score, severity_of_word

# --- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "family",
    [
        {"KSV012", "KSV-0012", "AVD-KSV-0012"},
        {"DS002", "DS-0002", "AVD-DS-0002"},
        {"KCV001", "KCV-0001", "AVD-KCV-0001"},
        {"AWS-0107", "AVD-AWS-0107"},
    ],
)
def test_every_spelling_of_a_check_leads_to_all_of_them(family: set[str]) -> None:
    for name in family:
        assert family <= set(names_of(name))
        assert names_of(name)[0] == name


def test_reported_aliases_are_kept_and_spelt_out() -> None:
    assert names_of("CKV_1", ("KSV012",))[:2] == ("CKV_1", "KSV012")
    assert "AVD-KSV-0012" in names_of("CKV_1", ("KSV012",))
    assert names_of("CVE-2026-1000", ("GHSA-aaaa-bbbb-cccc",)) == ("CVE-2026-1000", "GHSA-aaaa-bbbb-cccc")


@pytest.mark.parametrize(
    "name",
    [
        "CVE-2020-1234", "CVE-2020-11896", "AVD-CVE-2020-1234", "CVE-2020", "CWE-0079", "RHSA-2020:1358",
        "GHSA-aaaa-bbbb-cccc", "CKV_K8S_6", "DL3008", "S101", "KSV12", "KSV0123", "ksv012", "KSV012 ", "",
    ],
)  # fmt: skip
def test_other_names_are_never_respelt(name: str) -> None:
    assert names_of(name) == (name,)


def test_neighbours_stay_apart() -> None:
    assert not set(names_of("KSV012")) & set(names_of("KSV112"))
    assert not set(names_of("KSV012")) & set(names_of("KCV012"))
    assert not set(names_of("AWS-0107")) & set(names_of("GCP-0107"))


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=4))
def test_names_are_distinct_and_begin_with_the_check(check: str, aliases: list[str]) -> None:
    names = names_of(check, tuple(aliases))
    assert names[0] == check
    assert len(names) == len(set(names))
    assert {check, *aliases} <= set(names)


# --- severity --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        ("CRITICAL", "critical"), ("High", "high"), ("important", "high"), ("ERROR", "high"),
        ("danger", "high"), ("Moderate", "medium"), ("WARNING", "medium"), ("warn", "medium"),
        ("negligible", "low"), ("note", "low"), (" low\n", "low"),
        ("Informational", "info"), ("style", "info"), ("TRACE", "info"),
        ("", "unknown"), (None, "unknown"), ("UNKNOWN", "unknown"), ("blocker?", "unknown"),
    ],
)  # fmt: skip
def test_words_for_severity(word: str | None, severity: str) -> None:
    assert severity_of_word(word) == severity


@pytest.mark.parametrize(
    ("score", "severity"),
    [
        (10, "critical"), (9.0, "critical"), (8.9, "high"), (7.0, "high"), (6.9, "medium"), (4.0, "medium"),
        (3.9, "low"), (0.1, "low"), (0.0, "info"), (None, "unknown"), (-1, "unknown"), (10.1, "unknown"),
        (float("nan"), "unknown"),
    ],
)  # fmt: skip
def test_scores_follow_the_bands_of_cvss(score: float | None, severity: str) -> None:
    assert severity_of_score(score) == severity


@given(st.floats(0, 10), st.floats(0, 10))
def test_a_higher_score_is_never_less_severe(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert SEVERITIES.index(severity_of_score(high)) <= SEVERITIES.index(severity_of_score(low))


@given(st.text())
def test_any_word_gives_a_severity(word: str) -> None:
    assert severity_of_word(word) in SEVERITIES


# --- masking ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("secret", "masked"),
    [
        (None, ""), ("", ""), ("abc", "****"), ("elevenchars", "****"), ("twelve-chars", "tw****rs"),
        ("  twelve-chars\n", "tw****rs"), ("********", "********"), ("REDACTED", "REDACTED"),
    ],
)  # fmt: skip
def test_masks(secret: str | None, masked: str) -> None:
    assert mask(secret) == masked


@given(st.text(string.ascii_letters + string.digits, min_size=5, max_size=80))
def test_a_mask_shows_at_most_four_characters(secret: str) -> None:
    masked = mask(secret)
    assert secret not in masked
    assert len(masked.replace("*", "")) <= 4 or masked == "REDACTED"
    assert mask(masked) in {masked, "****"}


@given(
    st.text(string.ascii_letters, min_size=4, max_size=40),
    st.text(string.punctuation, max_size=9),
    st.text(string.punctuation, max_size=9),
)
def test_a_secret_is_masked_wherever_it_stands_in_a_text(secret: str, before: str, after: str) -> None:
    if secret == "REDACTED":
        return
    assert secret not in mask_within(f"{before}{secret}{after}{secret}", secret, None, "")


# --- fingerprints ----------------------------------------------------------------------------------

TEXT = st.text(string.ascii_lowercase, min_size=1, max_size=3)
FINDINGS = st.builds(
    Finding,
    type=st.sampled_from(CHECK_TYPES),
    check=TEXT,
    severity=st.sampled_from(SEVERITIES),
    tool=st.just("tool"),
    message=TEXT,
    path=st.none() | TEXT,
    line=st.none() | st.integers(1, 99),
    context=st.just("") | TEXT,
)
IDENTITY = ("check", "cluster", "namespace", "resource", "path", "image", "package", "repository", "context")
CIRCUMSTANCE: dict[str, Any] = {
    "line": 400, "end_line": 401, "severity": "low", "tool": "other",
    "fix": "9.9", "suppressed": "", "aliases": ("A",),
}  # fmt: skip


def changed(finding: Finding, **fields: Any) -> Finding:
    return msgspec.structs.replace(finding, **fields)


def fingerprint(finding: Finding) -> str:
    return fingerprints([finding])[0]


@given(FINDINGS)
def test_a_fingerprint_is_32_digits_and_repeatable(finding: Finding) -> None:
    assert fingerprint(finding) == fingerprint(changed(finding))
    assert set(fingerprint(finding)) <= set(string.hexdigits)
    assert len(fingerprint(finding)) == 32


def test_a_fingerprint_never_changes_between_releases() -> None:
    finding = Finding(
        "misconfiguration", "KSV012", "high", "trivy", "runs as root", resource="Deployment/billing"
    )
    assert fingerprint(finding) == "b92e76355d775dff0cef984c20af73db"


@pytest.mark.parametrize("field", CIRCUMSTANCE)
@given(FINDINGS)
def test_line_severity_and_tool_do_not_count(field: str, finding: Finding) -> None:
    assert fingerprint(changed(finding, **{field: CIRCUMSTANCE[field]})) == fingerprint(finding)


@pytest.mark.parametrize("field", IDENTITY)
@given(FINDINGS)
def test_what_and_where_counts(field: str, finding: Finding) -> None:
    assert fingerprint(changed(finding, **{field: "something else"})) != fingerprint(finding)


@given(FINDINGS, st.sampled_from(CHECK_TYPES))
def test_the_check_type_counts(finding: Finding, other: Any) -> None:
    assert (fingerprint(changed(finding, type=other)) == fingerprint(finding)) == (other == finding.type)


@given(FINDINGS)
def test_the_message_counts_only_where_nothing_better_does(finding: Finding) -> None:
    reworded = changed(finding, message="reworded")
    assert (fingerprint(reworded) == fingerprint(finding)) == bool(finding.context)


def test_absent_and_empty_values_are_not_one() -> None:
    finding = Finding("code", "R1", "high", "tool", "m")
    places = [changed(finding, **{field: "x"}) for field in IDENTITY[1:-1]]
    assert len(set(fingerprints(places))) == len(places)


@settings(max_examples=200)
@given(st.lists(FINDINGS, max_size=12))
def test_the_findings_of_a_report_are_told_apart(findings: list[Finding]) -> None:
    assert len(set(fingerprints([*findings, *findings]))) == 2 * len(findings)


@given(st.lists(FINDINGS, max_size=12))
def test_a_shift_of_all_lines_changes_nothing(findings: list[Finding]) -> None:
    shifted = [changed(f, line=f.line + 10 if f.line else None) for f in findings]
    assert fingerprints(shifted) == fingerprints(findings)


@given(FINDINGS, st.lists(st.integers(1, 99), min_size=1, max_size=6, unique=True), st.integers(1, 99))
def test_one_more_twin_is_new_and_the_others_keep_theirs(
    finding: Finding, lines: list[int], line: int
) -> None:
    twins = [changed(finding, line=number) for number in lines]
    before, after = set(fingerprints(twins)), set(fingerprints([*twins, changed(finding, line=line)]))
    assert before < after
    assert len(after) == len(lines) + 1


@given(FINDINGS, st.lists(st.integers(1, 99), min_size=2, max_size=6, unique=True), st.randoms())
def test_the_order_of_twins_in_the_report_does_not_matter(
    finding: Finding, lines: list[int], random: Any
) -> None:
    twins = [changed(finding, line=number) for number in lines]
    by_line = dict(zip(lines, fingerprints(twins), strict=True))
    random.shuffle(lines)
    again = fingerprints([changed(finding, line=number) for number in lines])
    assert dict(zip(lines, again, strict=True)) == by_line


# --- relocation ------------------------------------------------------------------------------------


@given(st.lists(FINDINGS, max_size=6))
def test_relocation_is_the_callers_word_over_the_tools(findings: list[Finding]) -> None:
    report = Report("-", "sarif", findings, passed=3)
    moved = relocated(report, cluster="prod-eu-1", repository="git.example.com/billing")
    assert {finding.cluster for finding in moved.findings} <= {"prod-eu-1"}
    assert {finding.repository for finding in moved.findings} <= {"git.example.com/billing"}
    assert (moved.source, moved.format, moved.passed) == ("-", "sarif", 3)
    assert relocated(moved, cluster="prod-eu-1") == moved
    assert not set(fingerprints(moved.findings)) & set(fingerprints(findings))


def test_relocation_to_nowhere_changes_nothing() -> None:
    report = Report("-", "sarif", [Finding("code", "R1", "high", "tool", cluster="a")])
    assert relocated(report) is report
    assert relocated(report, cluster="", repository=None) is report
