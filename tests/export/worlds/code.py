"""Checkov, Semgrep, Conftest and old Trivy: code and configuration in files."""

from __future__ import annotations

import fnmatch
import json
from collections.abc import Mapping
from typing import Any

import regorus
from hypothesis import strategies as st
from ruamel.yaml import YAML

from reprieve.export.interface import Target
from tests.export.worlds import Raw, World, encoded, lists

TYPES = ("misconfiguration", "secret", "code", "vulnerability", "license")
PATHS = ("infra/main.tf", "infra/main2.tf", "k8s/web.yaml")
REPOSITORY = {"repository": "https://git.example.com/app"}

# --- Checkov

CHECKS = {
    "terraform": ("CKV_AWS_1", "CKV_AWS_18", "CKV2_AWS_6"),
    "kubernetes": ("CKV_K8S_1", "CKV_K8S_18"),
    "secrets": ("CKV_SECRET_1", "CKV_SECRET_18"),
    "sca_package": ("BC_CVE_2026_1", "BC_LIC_1", "CVE-2026-1234"),
    "sast_python": ("CKV3_SAST_1",),
}
RESOURCES = {
    "terraform": ("aws_s3_bucket.logs", "aws_s3_bucket.logs2"),
    "kubernetes": ("Deployment.billing.web", "Deployment.billing.web-1", "Pod.team.web"),
    "secrets": ("0123456789abcdef",),
    "sca_package": ("package.json.lodash",),
    "sast_python": (None,),
}


@st.composite
def _one_check(draw: st.DrawFn) -> Raw:
    framework = draw(st.sampled_from(sorted(CHECKS)))
    return {
        "framework": framework,
        "check": draw(st.sampled_from(CHECKS[framework])),
        "bc": draw(st.sampled_from([None, "BC_AWS_1" if framework == "terraform" else None])),
        "resource": draw(st.sampled_from(RESOURCES[framework])),
        "path": draw(st.sampled_from(PATHS)),
    }


def _failed_checks(_target: Target) -> st.SearchStrategy[list[Raw]]:
    return st.lists(_one_check(), min_size=1, max_size=8)


def _checkov(found: list[Raw], _target: Target) -> bytes:
    """A framework for each finding, so that their order stays."""
    return encoded(
        [
            {
                "check_type": raw["framework"],
                "results": {
                    "failed_checks": [
                        {
                            "check_id": raw["check"],
                            "bc_check_id": raw["bc"],
                            "check_name": "n",
                            "file_path": f"/{raw['path']}",
                            "resource": raw["resource"],
                            "file_line_range": [1, 2],
                        }
                    ]
                },
            }
            for raw in found
        ]
    )


_SEVERITIES = ("LOW", "MEDIUM", "HIGH", "CRITICAL", "INFO", "NONE", "MODERATE")


def _by_skip_check(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    skips = (YAML(typ="safe").load(files[""]) or {}).get("skip-check", [])
    assert all("," not in skip and ":" not in skip and skip.upper() not in _SEVERITIES for skip in skips)
    if raw["framework"] == "kubernetes" and raw["resource"].split(".")[1] in skips:
        return True
    return any(fnmatch.fnmatch(name, skip) for name in (raw["check"], raw["bc"]) if name for skip in skips)


def _by_baseline(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    return any(
        finding["resource"] == raw["resource"] and raw["check"] in finding["check_ids"]
        for file in json.loads(files[""])["failed_checks"]
        for finding in file["findings"]
    )


_VALUES = {
    "checks": (*(check for checks in CHECKS.values() for check in checks), "CKV_*", "BC_*", "web", "HIGH"),
    "paths": PATHS,
    "namespaces": ("billing",),
    "resources": ("aws_s3_bucket.logs", "Deployment/web"),
    "repositories": ("https://git.example.com/app", "https://git.example.com/other"),
}
_TARGETS: tuple[dict[str, str], ...] = ({}, REPOSITORY)
CHECKOV = World("checkov", TYPES, _VALUES, _failed_checks, _checkov, _by_skip_check, targets=_TARGETS)
BASELINE = CHECKOV._replace(format="checkov-baseline", silenced=_by_baseline)

# --- Semgrep

RULES = ("python.lang.exec", "python.lang.exec-used", "ssc-1234")


def _matches(_target: Target) -> st.SearchStrategy[list[Raw]]:
    return lists(rule=RULES, path=PATHS, fix=(None, "y"), severity=("ERROR", "INFO"))


def _semgrep(found: list[Raw], _target: Target) -> bytes:
    results = []
    for number, raw in enumerate(found):
        extra: dict[str, Any] = {"message": f"m{number}", "severity": raw["severity"], "fix": raw["fix"]}
        if raw["rule"].startswith("ssc-"):
            package = {"package": "lodash", "version": "4.17.4", "ecosystem": "npm"}
            extra |= {"sca_info": {"dependency_match": {"found_dependency": package}}}
        results.append({"check_id": raw["rule"], "path": raw["path"], "extra": extra})
    return encoded({"results": results, "errors": []})


def _by_options(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    return f"--exclude-rule={raw['rule']}" in files[""].split()


SEMGREP = World(
    "semgrep",
    TYPES,
    {**_VALUES, "checks": RULES},
    _matches,
    _semgrep,
    _by_options,
    targets=_TARGETS,
)

# --- Rego exceptions

_RULE_NAMES = ("main.deny_root", "main.warn_root", "main.violation_root", "main.deny", "team.x.deny_root")
_BUILTIN = ("KSV012", "KSV-0012", "KSV001", "KSV0108", "DS001")


@st.composite
def _rego_raws(draw: st.DrawFn, target: Target) -> list[Raw]:
    """Conftest on files, or Trivy before 0.57 on a cluster."""
    if target.cluster:
        fields = {
            "check": st.sampled_from(_BUILTIN),
            "kind": st.sampled_from(["Deployment", "Pod"]),
            "name": st.sampled_from(["web", "web-1", "webs"]),
            "namespace": st.sampled_from(["", "billing", "billing2"]),
        }
    else:
        fields = {"check": st.sampled_from(_RULE_NAMES), "path": st.sampled_from(PATHS)}
    return draw(st.lists(st.fixed_dictionaries(fields), min_size=1, max_size=6))


def _rego_report(found: list[Raw], target: Target) -> bytes:
    if target.cluster:
        resources = [
            {
                "Namespace": raw["namespace"],
                "Kind": raw["kind"],
                "Name": raw["name"],
                "Results": [
                    {
                        "Target": raw["name"],
                        "Class": "config",
                        "Misconfigurations": [{"ID": raw["check"], "Severity": "HIGH", "Status": "FAIL"}],
                    }
                ],
            }
            for raw in found
        ]
        return encoded({"ClusterName": target.cluster, "Resources": resources})
    return encoded(
        [
            {
                "filename": raw["path"],
                "namespace": raw["check"].rpartition(".")[0],
                "successes": 0,
                "failures": [{"msg": "m", "metadata": {"query": f"data.{raw['check']}"}}],
            }
            for raw in found
        ]
    )


def _engine(files: Mapping[str, str], folder: str, *, v0: bool) -> Any:
    engine = regorus.Engine()
    engine.set_rego_v0(v0)
    for name, text in files.items():
        if name.startswith(folder):
            engine.add_policy(name, text)
    return engine


def _by_rego(files: Mapping[str, str], raw: Raw, target: Target) -> bool:
    if target.cluster:
        return _by_trivy(files, raw)
    package, _, rule = raw["check"].rpartition(".")
    if f"conftest/{package}.rego" not in files:
        return False
    engine = _engine(files, "conftest/", v0=False)
    engine.set_input({})
    exempted = json.loads(engine.eval_rule_as_json(f"data.{package}.exception"))
    names = {name for names in exempted for name in names}
    return rule.partition("_")[2] in names


def _by_trivy(files: Mapping[str, str], raw: Raw) -> bool:
    if not any(name.startswith("trivy/") for name in files):
        return False
    engine = _engine(files, "trivy/", v0=True)
    metadata = {"name": raw["name"], **({"namespace": raw["namespace"]} if raw["namespace"] else {})}
    engine.set_input({"kind": raw["kind"], "metadata": metadata})
    family = "dockerfile" if raw["check"].startswith("DS") else "kubernetes"
    short = {"KSV-0012": "KSV012"}.get(raw["check"], raw["check"])
    return f"builtin.{family}.{short}" in json.loads(
        engine.eval_rule_as_json("data.namespace.exceptions.exception")
    )


REGO = World(
    "rego",
    ("misconfiguration", "code"),
    {
        **_VALUES,
        "checks": (*_RULE_NAMES, "main.*_root", "main.*", *_BUILTIN),
        "resources": ("Deployment/web", "Pod/web-1"),
        "clusters": ("prod-eu-1",),
    },
    _rego_raws,
    _rego_report,
    _by_rego,
    targets=(*_TARGETS, {"cluster": "prod-eu-1"}),
    own_name=True,
)
