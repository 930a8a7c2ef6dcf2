"""The charter: defaults, overrides key by key, and everything that is wrong with one in a single run."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprieve.record.charter import Charter, charter_digest, parse_charter
from reprieve.record.lint import charter_advice, unstaffed
from reprieve.record.model import Problem
from reprieve.record.signers import parse_signers
from tests.support import CHARTER, PEOPLE

PATH = "security/exceptions/charter.yaml"


def charter(text: str) -> Charter:
    parsed = parse_charter(PATH, text.encode())
    assert isinstance(parsed, Charter), parsed
    return parsed


def problems(text: str | bytes) -> list[Problem]:
    parsed = parse_charter(PATH, text if isinstance(text, bytes) else text.encode())
    assert isinstance(parsed, list), "this is a charter"
    assert all(problem.path == PATH for problem in parsed)
    return parsed


def test_the_defaults_are_those_of_the_process() -> None:
    rules = charter("version: 1\n")
    assert (rules.charter_owner, rules.approvals, rules.signatures) == ("ciso", "verified", "optional")
    assert (rules.limits.duration_days, rules.limits.renewals, rules.limits.critical_in_production) == (
        90,
        2,
        0,
    )
    assert rules.review == {"critical": "4h", "high": "1bd", "medium": "3bd", "low": "5bd"}
    assert rules.approvers["critical"] == ("ciso", "vp-engineering")
    assert rules.approvers["high"] == ("security-lead", "engineering-manager")
    assert rules.approvers["medium"] == rules.approvers["low"] == ("security-team",)
    assert (rules.calendar.country, rules.calendar.timezone, rules.calendar.hours) == (
        None,
        "UTC",
        "09:00-17:00",
    )
    assert (rules.rego_exceptions, rules.native_suppressions) == ("governed", "accept")


def test_the_scaffold_spells_out_the_defaults() -> None:
    scaffold = Path(__file__).parents[2] / "src/reprieve/register/scaffold/charter.yaml"
    assert charter(scaffold.read_text()) == charter("version: 1\n")


def test_maps_are_overridden_key_by_key() -> None:
    rules = charter(
        "version: 1\nroles: {board: [b@example.com]}\nreview: {low: 10bd}\napprovers: {low: [board]}\n"
    )
    assert set(rules.roles) == {*PEOPLE, "board"}
    assert rules.review == {"critical": "4h", "high": "1bd", "medium": "3bd", "low": "10bd"}
    assert rules.approvers["low"] == ("board",)


def test_people_are_compared_without_case() -> None:
    rules = charter("version: 1\nroles: {ciso: [Carol@Example.com]}\nrecorders: [Console@Example.com]\n")
    assert rules.holders("ciso") == {"carol@example.com"}
    assert rules.roles_of("CAROL@example.com") == ("ciso",)
    assert rules.is_recorder("console@EXAMPLE.com")
    assert not rules.is_recorder("carol@example.com")
    assert rules.holders("nobody-such") == frozenset()


def test_an_escalation_needs_the_ciso_too() -> None:
    rules = charter("version: 1\n")
    assert rules.required_roles("low", escalated=True) == ("ciso", "security-team")
    assert rules.required_roles("critical", escalated=True) == ("ciso", "vp-engineering")
    assert rules.required_roles("low", escalated=False) == ("security-team",)


def test_clusters_have_environments_by_the_first_pattern() -> None:
    rules = charter(
        "version: 1\nenvironments: {prod-test-*: test, prod-*: production, 'dev-?': development}\n"
    )
    assert rules.environment_of("prod-test-1") == "test"
    assert rules.environment_of("prod-1") == "production"
    assert rules.environment_of("dev-1") == "development"
    assert rules.environment_of("dev-12") == rules.environment_of(None) == "production"


@pytest.mark.parametrize(
    ("text", "line", "message", "hint"),
    [
        ("version: 2", 1, "`version`", None),
        ("{}", 1, "`version` is missing", None),
        ("version: 1\nrole: {}", 2, "unknown key `role`", "did you mean `roles`?"),
        ("version: 1\nlimits:\n  duration: 90", 3, "unknown key `duration`", "did you mean `duration_days`?"),
        ("version: 1\nlimits:\n  duration_days: 0", 3, "`duration_days`", None),
        ("version: 1\nlimits:\n  renewals: -1", 3, "`renewals`", None),
        ("version: 1\nlimits:\n  renewals: two", 3, "`renewals`", None),
        ("version: 1\napprovals: verify", 2, "`approvals`", "did you mean `verified`?"),
        ("version: 1\nsignatures: yes", 2, "`signatures`", "one of: optional, required"),
        ("version: 1\nroles:\n  ciso: carol@example.com", 2, "`roles`", None),
        ("version: 1\nroles:\n  ciso: [carol]", 2, "`roles`", None),
        ("version: 1\nreview: {critical: 4 hours}", 2, "`review`", None),
        ("version: 1\nreview: {urgent: 4h}", 2, "`review`", None),
        ("version: 1\ncharter_owner: cso", 2, "no role `cso`", "one of: ciso"),
        ("version: 1\napprovers:\n  low: []", 3, "nobody would have to approve low risk", "name a role"),
        ("version: 1\napprovers:\n  low: [anyone]", 3, "no role `anyone`", "one of: ciso"),
        ("version: 1\ncalendar:\n  hours: 9-17", 3, "`hours`", None),
        ("version: 1\ncalendar:\n  hours: '17:00-09:00'", 3, "`hours`", None),
        ("version: 1\ncalendar:\n  hours: '09:00-24:30'", 3, "`hours`", None),
        ("version: 1\ncalendar:\n  timezone: Berlin", 3, "no zone 'Berlin'", "an IANA name"),
        ("version: 1\ncalendar:\n  timezone: ../../etc/passwd", 3, "no zone", "an IANA name"),
        ("version: 1\ncalendar:\n  country: Germany", 3, "no calendar for 'Germany'", "ISO 3166"),
        ("version: 1\ncalendar:\n  country: DE-XX", 3, "no calendar for 'DE-XX'", "ISO 3166"),
        ("version: 1\nenvironments: {prod-*: prod}", 2, "", None),
        ("version: 1\nversion: 1", 2, "the key `version` twice", None),
        ("version: 1\nroles: &x {}", 2, "anchor", None),
        ("- version: 1", None, "expected one mapping", None),
        ("version: 1\nroles: {ciso: [a\u202eb@example.com]}", 2, "U+202E", None),
        ("version: 1\rroles: {}", 1, "U+000D", None),
    ],
)
def test_what_is_wrong_has_its_line(text: str, line: int | None, message: str, hint: str | None) -> None:
    (problem,) = problems(text + "\n")
    assert message in problem.message
    assert problem.line == line
    assert hint is None or (problem.hint or "").startswith(hint)


def test_everything_is_said_at_once() -> None:
    found = problems("version: 1\napprovers: {low: [x], medium: []}\ncalendar: {timezone: X, country: X}\n")
    assert len(found) == 4


def test_other_encodings_are_refused() -> None:
    (problem,) = problems("version: 1\n".encode("utf-16"))
    assert problem.rule == "encoding"


@pytest.mark.parametrize("country", ["DE", "DE-BY", "US", "GB-SCT", "FR"])
def test_countries_and_their_parts(country: str) -> None:
    assert charter(f"version: 1\ncalendar: {{country: {country}}}\n").calendar.country == country


def test_the_digest_is_of_both_files_and_where_one_ends() -> None:
    assert charter_digest(b"ab", b"c") != charter_digest(b"a", b"bc")
    assert charter_digest(b"a", b"") != charter_digest(b"a", b"x")
    vector = "sha256:c55edf930f2b3c934b755ae13489d3ec7100af2c21d358868cc5ef56aeaffd3e"
    assert charter_digest(b"version: 1\n", b"") == vector


# Advice: people


def advice(text: str, *signers: str) -> list[tuple[str, int | None, str]]:
    found = charter_advice(PATH, text, charter(text), signers)
    assert all(problem.level == "warning" and problem.hint for problem in found)
    return [(problem.rule, problem.line, problem.message) for problem in found]


def test_a_charter_whose_roles_are_held_needs_no_advice() -> None:
    assert advice(CHARTER) == []


def test_roles_that_nobody_holds() -> None:
    found = advice("version: 1\nroles:\n  security-lead: []\n")
    assert ("charter-owner", 2, "nobody holds `ciso`: nobody could approve a later charter") in found
    assert (
        "approvers",
        3,
        "nobody holds `security-lead`: nothing of high risk can be approved",
    ) in found
    assert (
        "approvers",
        2,
        "nobody holds `security-team`: nothing of medium or low risk can be approved",
    ) in found


def test_with_approvals_by_merge_only_the_owner_matters() -> None:
    assert [rule for rule, _, _ in advice("version: 1\napprovals: merged\n")] == ["charter-owner"]


def test_one_person_cannot_fill_two_roles() -> None:
    text = CHARTER.replace("victor@example.com", "carol@example.com")
    ((rule, _, message),) = advice(text)
    assert rule == "approvers"
    assert message.startswith("critical risk needs ciso and vp-engineering, and there are not as many")


def test_escalations_need_a_ciso_even_where_no_risk_does() -> None:
    text = CHARTER.replace("  ciso: [carol@example.com]\n", "") + "approvers: {critical: [vp-engineering]}\n"
    text += "charter_owner: security-lead\n"
    assert [message for _, _, message in advice(text)] == ["nobody holds `ciso`, who decides on escalations"]


def test_a_charter_that_takes_too_long_to_read_is_refused_at_once() -> None:
    parsed = parse_charter(PATH, ("version: 1\nenvironments: {" + "'a *': test, " * 16_000 + "}\n").encode())
    assert isinstance(parsed, list)
    (found,) = parsed
    assert (found.rule, found.path) == ("too-large", PATH)
    assert "at most 64" in found.message
    assert found.hint


def test_required_signatures_need_keys() -> None:
    text = CHARTER + "signatures: required\n"
    assert {message.split()[0] for _, _, message in advice(text)} == set(PEOPLE.values())
    assert advice(text, *PEOPLE.values()) == []
    assert advice(text + "recorders: [console@example.com]\n", "console@example.com") == []


def test_who_is_left_to_fill_the_roles() -> None:
    rules = charter("version: 1\nroles: {ciso: [a@x.com], vp-engineering: [a@x.com, b@x.com]}\n")
    pair = ("ciso", "vp-engineering")
    assert unstaffed(rules, pair) == ()
    assert unstaffed(rules, pair, ["B@x.com"]) == ("vp-engineering",)
    assert unstaffed(rules, ("ciso", "ciso")) == ("ciso",)


# allowed_signers

KEY = "AAAAC3NzaC1lZDI1NTE5AAAAI" + "A" * 43
"""The shape of an Ed25519 key, with a point of zeros."""


def lines(text: str) -> list[tuple[int | None, str, str]]:
    found = parse_signers("allowed_signers", text.encode()).problems
    assert all(problem.hint for problem in found)
    return [(problem.line, problem.level, problem.message) for problem in found]


@pytest.mark.parametrize(
    "line",
    [
        f"carol@example.com ssh-ed25519 {KEY}",
        f"carol@example.com\tssh-ed25519 {KEY} a comment",
        f'carol@example.com namespaces="git" ssh-ed25519 {KEY}',
        f'"carol@example.com" NAMESPACES="file,git",valid-after="20260101" ssh-ed25519 {KEY}',
        f"  Carol@Example.com ssh-ed25519 {KEY}\r",
    ],
)
def test_one_address_and_its_key(line: str) -> None:
    signers = parse_signers("allowed_signers", f"# keys\n\n{line}\n".encode())
    assert signers.principals == {"carol@example.com"}
    assert signers.problems == ()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("carol@example.com", "the line holds no key"),
        (f"carol@example.com {KEY}", "neither an option nor a type of key"),
        (f"carol@example.com ssh-ed25518 {KEY}", "neither an option nor a type of key"),
        (f"carol@example.com root=1 ssh-ed25519 {KEY}", "neither an option nor a type of key"),
        ("carol@example.com ssh-ed25519", "the key is not one of type ssh-ed25519"),
        ("carol@example.com ssh-ed25519 AAAA", "the key is not one of type ssh-ed25519"),
        (f"carol@example.com ssh-rsa {KEY}", "the key is not one of type ssh-rsa"),
        (f"carol@example.com ssh-ed25519 {KEY[:-1]}", "the key is not one of type ssh-ed25519"),
    ],
)
def test_lines_that_cannot_be_read_are_errors(line: str, message: str) -> None:
    ((number, level, said),) = lines(f"# keys\n{line}\n")
    assert (number, level) == (2, "error")
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (f"*@example.com ssh-ed25519 {KEY}", "a pattern is nobody's address"),
        (f"caro?@example.com ssh-ed25519 {KEY}", "a pattern is nobody's address"),
        (f"!carol@example.com ssh-ed25519 {KEY}", "a pattern is nobody's address"),
        (f"carol@example.com,dana@example.com ssh-ed25519 {KEY}", "several principals"),
        (f"carol ssh-ed25519 {KEY}", "not an e-mail address"),
        (f"carol@example.com cert-authority ssh-ed25519 {KEY}", "a certificate authority"),
        (f'carol@example.com namespaces="file" ssh-ed25519 {KEY}', "the key may not sign commits"),
    ],
)
def test_lines_of_no_use_are_warnings(line: str, message: str) -> None:
    ((number, level, said),) = lines(f"{line}\n")
    assert (number, level) == (1, "warning")
    assert said.startswith(message)
    assert not parse_signers("allowed_signers", line.encode()).principals
