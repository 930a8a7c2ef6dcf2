"""Trivy: files, images and clusters; the two ignore files and the ignore policy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import regorus
from hypothesis import strategies as st
from ruamel.yaml import YAML

from reprieve.export.interface import Target
from tests.export.worlds import Raw, World, encoded, lists
from tests.export.worlds.doublestar import matches

PATHS = (
    "infra/main.tf",
    "infra/eu/main.tf",
    "infra",
    "app/a[1].tf",
    "Dockerfile",
    "a/b/c/Dockerfile",
    "x.tf",
)
TARGETS = ("Java", "Node.js", "alpine:3.9 (alpine 3.9.4)", "reg/app:1 (debian 12.1)")
PURLS = ("pkg:npm/lodash@4.17.4", "pkg:npm/lodash-es@4.17.4", "pkg:deb/debian/curl@7?arch=amd64", None)
VULNERABILITIES = ("CVE-2026-1234", "CVE-2026-12345", "GHSA-aaaa-bbbb-cccc", "DLA-1-1")
MISCONFIGURATIONS = ("KSV012", "KSV0012", "AVD-KSV-0012", "AWS-0107", "USR-0001")
SECRETS = ("aws-access-key-id", "github-pat")
SEVERITIES = ("CRITICAL", "HIGH", "LOW", "UNKNOWN")
OBJECTS = ("Deployment/web", "Deployment/infra", "Pod/web")

VALUES = {
    "checks": (*VULNERABILITIES, *MISCONFIGURATIONS, *SECRETS, "MIT", "KSV-012"),
    "paths": (*PATHS, "Java", "Deployment/web"),
    "packages": tuple(purl for purl in PURLS if purl),
    "images": ("reg/app:1",),
    "repositories": ("https://git.example.com/app",),
    "clusters": ("prod-eu-1", "staging-1"),
    "namespaces": ("billing",),
    "resources": (*OBJECTS, "aws_s3_bucket.logs"),
}
TYPES = ("vulnerability", "misconfiguration", "secret", "license", "compliance")


def raws(target: Target) -> st.SearchStrategy[list[Raw]]:
    is_object = target.cluster is not None
    return lists(
        kind=("vulnerability", "misconfiguration", "secret", "license"),
        target=(*OBJECTS, *TARGETS) if is_object else (*PATHS, *TARGETS),
        vulnerability=VULNERABILITIES,
        vendor=((), ("DLA-1-1",), ("GHSA-aaaa-bbbb-cccc",)),
        misconfiguration=MISCONFIGURATIONS,
        avd=("", "AVD-KSV-0012", "AVD-AWS-0107"),
        secret=SECRETS,
        license=("MIT", "MIT License"),
        package_path=("", "infra/main.tf", "app/a[1].tf"),
        purl=PURLS,
        severity=SEVERITIES,
        fixed=("", "", "1.2.3"),
        cause=("", "aws_s3_bucket.logs"),
        namespace=("billing", ""),
        object=OBJECTS,
    )


def body(raw: Raw) -> dict[str, Any]:
    """The finding as it is in the report, and the ignore policy's input."""
    if raw["kind"] == "vulnerability":
        found: dict[str, Any] = {
            "VulnerabilityID": raw["vulnerability"],
            "VendorIDs": list(raw["vendor"]),
            "PkgName": "lodash",
            "PkgPath": raw["package_path"],
            "InstalledVersion": "4.17.4",
            "FixedVersion": raw["fixed"],
            "Severity": raw["severity"],
        }
        return found | ({"PkgIdentifier": {"PURL": raw["purl"]}} if raw["purl"] else {})
    if raw["kind"] == "misconfiguration":
        return {
            "Type": "Kubernetes Security Check",
            "ID": raw["misconfiguration"],
            "AVDID": raw["avd"],
            "Message": "m",
            "Severity": raw["severity"],
            "Status": "FAIL",
            "CauseMetadata": {"Resource": raw["cause"]},
        }
    if raw["kind"] == "secret":
        return {"RuleID": raw["secret"], "Severity": raw["severity"], "Title": "t", "StartLine": 1}
    return {"Name": raw["license"], "Severity": raw["severity"], "PkgName": "lodash", "Category": "notice"}


_LISTS = {
    "vulnerability": "Vulnerabilities",
    "misconfiguration": "Misconfigurations",
    "secret": "Secrets",
    "license": "Licenses",
}


def report(found: list[Raw], target: Target) -> bytes:
    if target.cluster:
        resources = [
            {
                "Namespace": raw["namespace"],
                "Kind": raw["object"].partition("/")[0],
                "Name": raw["object"].partition("/")[2],
                "Results": [result(raw)],
            }
            for raw in found
        ]
        return encoded({"ClusterName": target.cluster, "Resources": resources})
    kind = "container_image" if target.image else "repository" if target.repository else "filesystem"
    name = target.image or target.repository or "."
    results = [result(raw) for raw in found]
    document = {"SchemaVersion": 2, "ArtifactName": name, "ArtifactType": kind, "Results": results}
    return encoded(document)


def result(raw: Raw) -> dict[str, Any]:
    """The part of a report that holds it, and nothing else."""
    class_ = {"vulnerability": "lang-pkgs", "misconfiguration": "config"}.get(raw["kind"], raw["kind"])
    if raw["kind"] == "vulnerability" and raw["target"].endswith(")"):
        class_ = "os-pkgs"
    return {"Target": raw["target"], "Class": class_, "Type": "npm", _LISTS[raw["kind"]]: [body(raw)]}


_SECTIONS = {
    "vulnerability": "vulnerabilities",
    "misconfiguration": "misconfigurations",
    "secret": "secrets",
    "license": "licenses",
}


def ignored(sections: Mapping[str, list[dict[str, Any]]], raw: Raw) -> bool:
    """As `IgnoreConfig` does, with the newest reading of ids."""
    ids = {
        "vulnerability": [raw["vulnerability"]],
        "misconfiguration": [raw["misconfiguration"], raw["avd"]],
        "secret": [raw["secret"]],
        "license": [raw["license"], raw["license"].removesuffix(" License")],
    }[raw["kind"]]
    paths = [raw["target"]] + ([raw["package_path"]] if raw["kind"] == "vulnerability" else [])
    return any(
        entry["id"] == id_ and (not entry.get("paths") or any(matches(glob, path) for glob in entry["paths"]))
        for entry in sections.get(_SECTIONS[raw["kind"]], ())
        for id_ in ids
        for path in paths
    )


def by_yaml(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    return ignored(YAML(typ="safe").load(files[""]) or {}, raw)


def by_lines(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    lines = [line.split() for line in files[""].splitlines()]
    entries = [{"id": words[0]} for words in lines if words and not words[0].startswith("#")]
    return ignored(dict.fromkeys(_SECTIONS.values(), entries), raw)


_ENGINES: dict[str, Any] = {}


def by_policy(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    if files[""] not in _ENGINES:
        _ENGINES.clear()
        engine = regorus.Engine()
        engine.set_rego_v0(True)
        engine.add_policy("trivy.rego", files[""])
        _ENGINES[files[""]] = engine
    engine = _ENGINES[files[""]]
    engine.set_input(body(raw))
    return bool(engine.eval_rule("data.trivy.ignore"))


_TARGETS: tuple[dict[str, str], ...] = (
    {},
    {"repository": "https://git.example.com/app"},
    {"image": "reg/app:1"},
    {"cluster": "prod-eu-1"},
    {"cluster": "staging-1"},
)
YAML_FILE = World("trivyignore-yaml", TYPES, VALUES, raws, report, by_yaml, True, _TARGETS)
LINES = World("trivyignore", TYPES, VALUES, raws, report, by_lines, True, _TARGETS)
POLICY = World(
    "trivy-policy",
    TYPES,
    VALUES,
    raws,
    report,
    by_policy,
    True,
    _TARGETS,
    unclaimed=lambda raw, scope: bool(scope.packages) and raw["purl"] is None,
)
