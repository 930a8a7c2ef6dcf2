"""Nothing that a record says breaks out of its place in a file: the shape stays, and what is ignored."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from typing import Any

import pytest
import regorus
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from reprieve.export import FORMATS, format_of
from reprieve.export.interface import Given, Target, Written
from reprieve.export.patterns import regex
from reprieve.findings.aliases import names_of
from reprieve.words import ExportFormat
from tests.export.jobs import CHARTER, granted, report, written
from tests.export.reports import grype, leak, osv

TARGET = Target(CHARTER, repository="https://git.example.com/app")
PLAIN = "A plain summary."
TEXTS = (
    "quote \" and ' and \"\"\" and '''",
    "line\nCVE-2026-9999",
    "line\r\n- id: CVE-2026-9999",
    "next\x85line\u2028paragraph\u2029end\x0bvertical\x0cfeed",
    "colon: [a, {b: c}] # comment",
    "- item\n- item",
    "&anchor *alias !!python/object/apply:os.system [id] !tag %TAG",
    "--- \n... \n---",
    "*/ <!-- --> ]]> \\ \\n \\u0022 \\x22 ${{ secrets.X }} {{ request.object }} `id` $(id)",
    '"\n[[IgnoredVulns]]\nid = "CVE-2026-9999"',
    "exception contains rules if { true }\n}\nallow := true",
    "\u202eright to left \u200bzero width \ufeffmark",
    "null",
    "=cmd|' /C calc'!A1",
    "x" * 200,
)
SCOPES: tuple[dict[str, Any], ...] = (
    {"checks": ["KSV012", "main.deny_a", "main.violation_a", "main.warn_a"], "repositories": ["*"]},
    {"checks": ["CVE-2026-1234", "SNYK-JS-A-1", "C-0012", "CKV_AWS_1", "r1"], "repositories": ["*"]},
    {"checks": ["CVE-2026-1234"], "packages": ["pkg:npm/lodash@*"]},
    {"packages": ["pkg:npm/lodash@*"], "repositories": ["*"]},
    {"checks": ["core_a"], "clusters": ["prod"], "namespaces": ["billing"]},
    {"checks": ["K8sRoot/x", "p/r"], "namespaces": ["billing"]},
    {"checks": ["K8sRoot/x"], "resources": ["Namespace/billing"]},
    {"checks": ["aws-key", "Secret Keyword"], "paths": ["a.py"]},
)


def reports_for(name: ExportFormat) -> tuple[Given, ...]:
    secret = {"type": "Secret Keyword", "filename": "a.py", "hashed_secret": "0" * 40, "line_number": 1}
    made = {
        "gitleaks": json.dumps([leak()]),
        "detect-secrets": json.dumps({"version": "1", "plugins_used": [], "results": {"a.py": [secret]}}),
        "osv-scanner": osv((["CVE-2026-1234"], [])),
        "checkov-baseline": json.dumps(
            {
                "check_type": "terraform",
                "results": {
                    "failed_checks": [{"check_id": "CKV_AWS_1", "resource": "a.b", "file_path": "/a.tf"}]
                },
            }
        ),
    }.get(name, grype())
    return (report(made, TARGET),) if format_of(name).reports != "none" else ()


def made(name: ExportFormat, summary: str, scopes: tuple[dict[str, Any], ...] = SCOPES) -> Written:
    grant = granted(*scopes, summary=summary, reason="false-positive")._replace(justification=summary)
    return written(name, grant, target=TARGET, reports=reports_for(name))


def _comments_of_yaml(text: str) -> Any:
    return list(YAML(typ="safe").load_all(text))


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def _rego(text: str) -> Any:
    """That it loads, and its rules; texts within are compared as JSON has them."""
    engine = regorus.Engine()
    engine.set_rego_v0("import rego.v1" not in text)
    engine.add_policy("a.rego", text)
    return engine.get_packages(), [
        line for line in text.splitlines() if "exception" not in line and "title" not in line
    ]


PARSERS: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(
        ("kyverno", "gatekeeper", "kubescape-crd", "checkov", "grype", "snyk", "prowler", "trivyignore-yaml"),
        _comments_of_yaml,
    ),
    **dict.fromkeys(("trivyignore", "gitleaks", "semgrep"), _lines),
    **dict.fromkeys(("rego", "trivy-policy"), _rego),
    "osv-scanner": tomllib.loads,
    **dict.fromkeys(
        ("kubescape", "checkov-baseline", "detect-secrets", "sarif", "openvex", "cyclonedx"), json.loads
    ),
}


def test_every_format_is_attacked() -> None:
    assert set(PARSERS) == set(FORMATS)
    assert all(made(name, PLAIN).entries for name in FORMATS), "each has something to attack"


def shape(value: Any) -> Any:
    """The same without the texts that hold a summary; of these only that they do."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [shape(item) for item in value]
    return "a note" if isinstance(value, str) and ("EXC-007, until" in value or "vex:" in value) else value


def parsed(name: ExportFormat, done: Written) -> Any:
    return {file: shape(PARSERS[name](text)) for file, text in done.files.items()}


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:12].strip().encode("unicode_escape").decode())
@pytest.mark.parametrize("name", FORMATS)
def test_a_summary_stays_in_its_place(name: ExportFormat, text: str) -> None:
    plain, hostile = made(name, PLAIN), made(name, text)
    assert parsed(name, hostile) == parsed(name, plain)
    assert (hostile.entries, len(hostile.left)) == (plain.entries, len(plain.left))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_any_summary_stays_in_its_place(text: str) -> None:
    for name in FORMATS:
        assert parsed(name, made(name, text)) == parsed(name, made(name, PLAIN))


HOSTILE_CHECKS = (
    "KSV012\nCVE-2026-9999",
    "CVE-2026-1234 CVE-2026-9999",
    "CVE-2026-1234\r",
    "#CVE-2026-1234",
    "CKV_AWS_1,CKV_AWS_2",
    "CKV_AWS_1: [a]",
    'C-0012"] }, {"controlID": "',
    "C-0012|.*",
    'main.deny_a"]\n}\nexception contains rules if { rules := [""',
    "SNYK-JS-A-1: {'*'}",
    "p/r\n  - q",
    "yes",
    "~",
    "0x10",
    "1e3",
    "12:30:45",
    "2026-11-22",
    "<<",
    "--exclude-rule=other",
    "r1 --config other",
)


@pytest.mark.parametrize("check", HOSTILE_CHECKS)
@pytest.mark.parametrize("name", [name for name in FORMATS if format_of(name).reports == "none"])
def test_a_check_is_one_text_or_none(name: ExportFormat, check: str) -> None:
    """What is written of it is a name of that very check, or an expression for it, and nothing beside it."""
    done = made(name, PLAIN, ({"checks": [check], "repositories": ["*"]},))
    plain = made(name, PLAIN, ({"checks": ["nothing"], "repositories": ["elsewhere"]},))
    for file, text in done.files.items():
        found = PARSERS[name](text)
        if name in {"rego", "trivy-policy"}:
            continue  # that it loads is all there is: texts are JSON, rules are fixed
        wanted = {check, *names_of(check)}
        empty = PARSERS[name](plain.files.get(file, text)) if plain.files else None
        if found == empty:
            continue
        if name in {"trivyignore", "semgrep"}:
            assert all(line.split()[0].removeprefix("--exclude-rule=") in wanted for line in found)
            continue
        expressions = {regex(check), regex(check, run=".{0,}")}
        assert any(_holds(found, one) for one in wanted | expressions), found


def _holds(value: Any, wanted: str) -> bool:
    """Whether some text or key is the wanted one, alone or within an expression for it."""
    if isinstance(value, dict):
        return any(_holds(item, wanted) for item in (*value, *value.values()))
    if isinstance(value, list):
        return any(_holds(item, wanted) for item in value)
    return isinstance(value, str) and (value == wanted or value.startswith(f"^{wanted}\\Z"))


def test_a_file_name_of_a_secret_is_no_comment_and_no_line() -> None:
    for file in ("a\nb.py", "#a.py", "a:b.py", " "):
        given_ = report(json.dumps([{**leak(), "File": file}]), TARGET)
        done = written("gitleaks", granted({"checks": ["aws-key"], "paths": ["*"]}), reports=(given_,))
        assert all(
            line.startswith("#") or line == f"{file}:aws-key:1" for line in done.files[""].splitlines()
        )
