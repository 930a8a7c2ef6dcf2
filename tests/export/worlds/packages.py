"""Grype, OSV-Scanner and Snyk: vulnerabilities of packages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from ruamel.yaml import YAML

from reprieve.export.interface import Target
from tests.export.worlds import Raw, World, encoded, lists

TYPES = ("vulnerability", "license", "misconfiguration")
IDS = ("CVE-2026-1234", "CVE-2026-12345", "GHSA-aaaa-bbbb-cccc")
_REPOSITORY = {"repository": "https://git.example.com/app"}
_VALUES = {
    "checks": IDS,
    "paths": ("package-lock.json",),
    "images": ("reg/app:1", "reg/app:2"),
    "repositories": ("https://git.example.com/app",),
    "packages": ("pkg:npm/lodash@*", "pkg:npm/lodash@4.17.4*", "pkg:pypi/django@4.2*", "pkg:golang/x/y@*"),
}

# --- Grype

PACKAGES = (
    ("lodash", "npm", "4.17.4", "pkg:npm/lodash@4.17.4"),
    ("lodash-es", "npm", "4.17.40", "pkg:npm/lodash-es@4.17.40"),
    ("@s/lodash", "npm", "4.17.4", "pkg:npm/%40s/lodash@4.17.4"),
    ("django", "python", "4.2", "pkg:pypi/django@4.2?vcs_url=git"),
    ("django", "python", "4.2", "pkg:pypi/django@4.2"),
    ("libstdc++6", "deb", "12", "pkg:deb/debian/libstdc%2B%2B6@12?arch=amd64"),
    ("log4j-core", "java-archive", "2.14", "pkg:maven/org.apache/log4j-core@2.14"),
    ("x/y", "go-module", "v1", "pkg:golang/x/y@v1"),
    ("c.t", "npm", "1", "pkg:npm/c.t@1"),
    ("cxt", "npm", "1", "pkg:npm/cxt@1"),
    ("a+b", "npm", "1", "pkg:npm/a+b@1"),
)


def _grype_raws(target: Target) -> st.SearchStrategy[list[Raw]]:
    return lists(
        id=IDS,
        related=((), ("CVE-2026-1234",), ("CVE-2026-1234", "CVE-2026-9999")),
        package=PACKAGES,
        state=("fixed", "not-fixed", "wont-fix", "unknown"),
        severity=("High", "Low"),
    )


def _grype(found: list[Raw], target: Target) -> bytes:
    matches = []
    for raw in found:
        name, type_, version, purl = raw["package"]
        fix = {"state": raw["state"], "versions": ["9"] if raw["state"] == "fixed" else []}
        matches.append(
            {
                "vulnerability": {"id": raw["id"], "severity": raw["severity"], "fix": fix, "namespace": "n"},
                "relatedVulnerabilities": [{"id": one} for one in raw["related"]],
                "artifact": {"name": name, "version": version, "type": type_, "purl": purl},
            }
        )
    source = {"type": "image", "target": {"userInput": target.image, "tags": []}} if target.image else {}
    return encoded({"matches": matches, "descriptor": {}, **({"source": source} if source else {})})


def _by_grype(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    rules = (YAML(typ="safe").load(files[""]) or {}).get("ignore", [])
    return any(_applies(rule, raw) for rule in rules)


def _applies(rule: dict[str, Any], raw: Raw) -> bool:
    name, type_, version, _ = raw["package"]
    package = rule.get("package", {})
    criteria = [
        ("vulnerability" in rule, rule.get("vulnerability") == raw["id"]),
        ("fix-state" in rule, rule.get("fix-state") == raw["state"]),
        ("name" in package, _is_named(package.get("name", ""), name)),
        ("type" in package, package.get("type") == type_),
        ("version" in package, package.get("version") == version),
    ]
    given = [holds for is_given, holds in criteria if is_given]
    return bool(given) and all(given)


def _is_named(pattern: str, name: str) -> bool:
    if re.search(r"[\\+*?()|\[\]{}^$]", pattern):
        return re.search(f"^(?:{pattern})$", name) is not None
    return pattern == name


GRYPE = World(
    "grype",
    TYPES,
    _VALUES,
    _grype_raws,
    _grype,
    _by_grype,
    own_name=True,
    targets=({}, {"image": "reg/app:1"}),
    # a vulnerability whose fix state is unknown may have a fix that Grype does not say
    unclaimed=lambda raw, scope: raw["state"] == "unknown",
)

# --- OSV-Scanner

GROUPS = (
    (("GHSA-aaaa-bbbb-cccc", "PYSEC-1"), ("CVE-2026-1234",)),
    (("GHSA-dddd-eeee-ffff",), ("CVE-2026-1234", "CVE-2026-9999")),
    (("CVE-2026-12345",), ()),
)


@st.composite
def _osv_raws(draw: st.DrawFn, _target: Target) -> list[Raw]:
    """For each package some groups of aliases, each with all of its vulnerabilities."""
    found = []
    for number in range(draw(st.integers(1, 3))):
        package = draw(
            st.sampled_from(
                [("lodash", "npm", "4.17.4"), ("x:y", "Maven", "1"), ("lodash-es", "npm", "4.17.40")]
            )
        )
        for ids, aliases in draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2, unique=True)):
            fixed = draw(st.booleans())
            found += [
                {"id": id_, "ids": ids, "aliases": aliases, "package": package, "at": number, "fixed": fixed}
                for id_ in ids
            ]
    return found


def _osv(found: list[Raw], _target: Target) -> bytes:
    packages: dict[int, dict[str, Any]] = {}
    for raw in found:
        name, ecosystem, version = raw["package"]
        one = packages.setdefault(
            raw["at"],
            {
                "package": {"name": name, "ecosystem": ecosystem, "version": version},
                "vulnerabilities": [],
                "groups": [],
            },
        )
        others = [other for other in (*raw["ids"], *raw["aliases"]) if other != raw["id"]]
        events = [{"introduced": "0"}, *([{"fixed": "9"}] if raw["fixed"] else [])]
        affected = {"package": {"name": name}, "ranges": [{"type": "SEMVER", "events": events}]}
        one["vulnerabilities"].append({"id": raw["id"], "aliases": others, "affected": [affected]})
        group = {"ids": list(raw["ids"]), "aliases": [*raw["ids"], *raw["aliases"]], "max_severity": "7.5"}
        if group not in one["groups"]:
            one["groups"].append(group)
    results = [{"source": {"path": "package-lock.json"}, "packages": list(packages.values())}]
    return encoded({"results": results, "experimental_config": {}})


def _by_osv(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    config = tomllib.loads(files[""])
    ignored = {one["id"] for one in config.get("IgnoredVulns", [])}
    if ignored & {*raw["ids"], *raw["aliases"]}:
        return True
    name, ecosystem, version = raw["package"]
    return any(
        one["name"] == name and one["ecosystem"] == ecosystem and one.get("version", version) == version
        for one in config.get("PackageOverrides", [])
        if one["vulnerability"]["ignore"]
    )


OSV = World(
    "osv-scanner",
    TYPES,
    {
        **_VALUES,
        "packages": ("pkg:npm/lodash@*", "pkg:maven/x/y@*", "pkg:npm/lodash@4.17.4*"),
        "checks": tuple(id_ for ids, aliases in GROUPS for id_ in (*ids, *aliases)),
    },
    _osv_raws,
    _osv,
    _by_osv,
    own_name=True,
    targets=({}, _REPOSITORY, _REPOSITORY),
)

# --- Snyk

ISSUES = ("SNYK-JS-LODASH-1", "SNYK-JS-LODASH-12", "npm:lodash:20180130", "snyk:lic:npm:lodash:MIT")


def _snyk_raws(target: Target) -> st.SearchStrategy[list[Raw]]:
    return lists(
        id=ISSUES,
        cve=("CVE-2026-1234", None),
        route=((), ("lodash@4.17.4",), ("a@1", "lodash@4.17.4")),
        fixed=((), ("9",)),
        severity=("high", "low"),
    )


def _snyk(found: list[Raw], target: Target) -> bytes:
    vulnerabilities = [
        {
            "id": raw["id"],
            "type": "license" if raw["id"].startswith("snyk:lic") else None,
            "title": "t",
            "severity": raw["severity"],
            "packageName": "lodash",
            "version": "4.17.4",
            "identifiers": {"CVE": [raw["cve"]] if raw["cve"] else []},
            "from": ["app@1", *raw["route"]],
            "fixedIn": list(raw["fixed"]),
        }
        for raw in found
    ]
    project = {"ok": False, "packageManager": "npm", "displayTargetFile": "package-lock.json", "path": "."}
    return encoded({**project, "vulnerabilities": vulnerabilities})


def _by_snyk(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    rules = YAML(typ="safe").load(files[""])["ignore"]
    mine = [rule for id_, rules_ in rules.items() if id_.upper() == raw["id"].upper() for rule in rules_]
    assert all(set(rule) == {"*"} for rule in mine)
    return bool(mine)


SNYK = World(
    "snyk",
    TYPES,
    {**_VALUES, "checks": (*ISSUES, "snyk-js-lodash-1")},
    _snyk_raws,
    _snyk,
    _by_snyk,
    own_name=True,
    targets=({}, _REPOSITORY),
)
