"""Formats that name findings one by one: secrets, and statements about what reports found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from reprieve.export.interface import Target
from tests.export.worlds import Raw, World, encoded, lists

TYPES = ("secret", "vulnerability", "code")
_REPOSITORY = {"repository": "https://git.example.com/app"}
_VALUES = {
    "checks": ("aws-key", "Secret Keyword"),
    "paths": ("app/a.py", "app/b.py"),
    "repositories": ("https://git.example.com/app",),
    "packages": ("pkg:npm/lodash@*",),
    "images": ("reg/app:1",),
}

# --- Gitleaks


def _leaks(_target: Target) -> st.SearchStrategy[list[Raw]]:
    return lists(
        rule=("aws-key", "aws-key-2"),
        file=("app/a.py", "app/b.py", "app/a:b.py", "#a.py"),
        line=(1, 2),
        commit=("", "", "c0ffee", "c0ffef"),
        secret=("first-secret-of-all", "other-secret-of-all"),
    )


def _gitleaks(found: list[Raw], _target: Target) -> bytes:
    return encoded(
        [
            {
                "RuleID": raw["rule"],
                "File": raw["file"],
                "StartLine": raw["line"],
                "Commit": raw["commit"],
                "Secret": raw["secret"],
                "Description": "d",
            }
            for raw in found
        ]
    )


def _by_fingerprint(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    lines = [line.strip() for line in files[""].splitlines()]
    ignored = {line for line in lines if line and not line.startswith("#") and line.count(":") in {2, 3}}
    place = f"{raw['file']}:{raw['rule']}:{raw['line']}"
    return place in ignored or (bool(raw["commit"]) and f"{raw['commit']}:{place}" in ignored)


GITLEAKS = World("gitleaks", TYPES, _VALUES, _leaks, _gitleaks, _by_fingerprint, targets=({}, _REPOSITORY))

# --- detect-secrets


def _secrets(_target: Target) -> st.SearchStrategy[list[Raw]]:
    fields = st.fixed_dictionaries(
        {
            "file": st.sampled_from(["app/a.py", "app/b.py"]),
            "type": st.sampled_from(["Secret Keyword", "AWS Access Key"]),
            "secret": st.sampled_from(["a", "b", "c"]),
        }
    )
    found = st.lists(fields, min_size=1, max_size=6, unique_by=lambda raw: tuple(raw.values()))
    return found.map(lambda raws: sorted(raws, key=lambda raw: raw["file"]))


def _hash(raw: Raw) -> str:
    return hashlib.sha1(raw["secret"].encode()).hexdigest()


def _scan(found: list[Raw], _target: Target) -> bytes:
    results: dict[str, list[dict[str, Any]]] = {}
    for raw in found:
        secret = {"type": raw["type"], "filename": raw["file"], "hashed_secret": _hash(raw), "line_number": 1}
        results.setdefault(raw["file"], []).append(secret)
    return encoded({"version": "1.5.0", "plugins_used": [], "filters_used": [], "results": results})


def _by_secrets(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    known = json.loads(files[""])["results"].get(raw["file"], [])
    return any((one["type"], one["hashed_secret"]) == (raw["type"], _hash(raw)) for one in known)


DETECT_SECRETS = World(
    "detect-secrets", TYPES, _VALUES, _secrets, _scan, _by_secrets, targets=({}, _REPOSITORY)
)

# --- SARIF, VEX


def _results(_target: Target) -> st.SearchStrategy[list[Raw]]:
    return lists(
        rule=("CVE-2026-1234", "py/exec"),
        path=("app/a.py", "app/b.py"),
        own=(None, [], [{"kind": "inSource"}], [{"kind": "external", "status": "rejected"}]),
        text=("m1", "m2"),
    )


def _sarif(found: list[Raw], _target: Target) -> bytes:
    results = []
    for raw in found:
        location = {"physicalLocation": {"artifactLocation": {"uri": raw["path"]}}}
        result = {"ruleId": raw["rule"], "message": {"text": raw["text"]}, "locations": [location]}
        results.append(result | ({"suppressions": raw["own"]} if raw["own"] is not None else {}))
    passed = {"ruleId": "other", "kind": "pass", "message": {"text": "p"}}
    run = {"tool": {"driver": {"name": "t"}}, "results": [passed, *results]}
    return encoded({"version": "2.1.0", "runs": [run]})


def _by_ours(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    """By suppressions of ours, and as the SARIF SDK reads their status; results are found by their order."""
    (run,) = json.loads(files[""])["runs"]
    assert all("suppressions" in result for result in run["results"])
    _, *results = run["results"]
    (mine,) = (result for result in results if result["message"]["text"] == raw["text"] and _is(result, raw))
    ours = [one for one in mine["suppressions"] if "exception" in one.get("properties", {})]
    return bool(ours) and all(one["status"] == "accepted" for one in ours)


def _is(result: dict[str, Any], raw: Raw) -> bool:
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    return (result["ruleId"], uri) == (raw["rule"], raw["path"])


SARIF = World(
    "sarif",
    TYPES,
    _VALUES,
    lambda target: _results(target).map(_distinct),
    _sarif,
    _by_ours,
    targets=({}, _REPOSITORY),
)


def _distinct(found: list[Raw]) -> list[Raw]:
    return list({(raw["rule"], raw["path"], raw["text"]): raw for raw in found}.values())


def _matches(target: Target) -> st.SearchStrategy[list[Raw]]:
    return lists(
        id=("CVE-2026-1234", "CVE-2026-12345"),
        package=("pkg:npm/lodash@4.17.4", "pkg:npm/lodash-es@4.17.4", "pkg:deb/debian/curl@7?arch=amd64"),
        path=("/a", "/b"),
        severity=("High",),
    )


def _grype(found: list[Raw], target: Target) -> bytes:
    matches = [
        {
            "vulnerability": {"id": raw["id"], "severity": raw["severity"]},
            "artifact": {
                "name": "n",
                "version": "1",
                "type": "npm",
                "purl": raw["package"],
                "locations": [{"path": raw["path"]}],
            },
        }
        for raw in found
    ]
    source = {"source": {"type": "image", "target": {"userInput": target.image or "reg/app:1"}}}
    return encoded({"matches": matches, "descriptor": {}, **source})


def _by_openvex(files: Mapping[str, str], raw: Raw, target: Target) -> bool:
    """As Trivy and Grype do: `not_affected` and `fixed` hide the package, in the product."""
    return any(
        statement["status"] in {"not_affected", "fixed"}
        and statement["vulnerability"]["name"] == raw["id"]
        and any(
            raw["package"] == part["@id"] for product in statement["products"] for part in _parts(product)
        )
        for statement in json.loads(files[""])["statements"]
    )


def _parts(product: dict[str, Any]) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = product.get("subcomponents", [product])
    return parts


def _by_cyclonedx(files: Mapping[str, str], raw: Raw, target: Target) -> bool:
    bom = json.loads(files[""])
    purls = {component["bom-ref"]: component["purl"] for component in bom["components"]}
    return any(
        found["analysis"]["state"] in {"false_positive", "not_affected", "resolved"}
        and found["id"] == raw["id"]
        and any(purls[affected["ref"]] == raw["package"] for affected in found["affects"])
        for found in bom["vulnerabilities"]
    )


OPENVEX = World(
    "openvex",
    TYPES,
    _VALUES,
    _matches,
    _grype,
    _by_openvex,
    targets=({}, {"image": "reg/app:1"}),
    # an accepted risk stays visible: a VEX document cannot hide it
    unclaimed=lambda raw, scope: True,
)
CYCLONEDX = OPENVEX._replace(format="cyclonedx", silenced=_by_cyclonedx)
