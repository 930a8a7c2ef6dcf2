"""Reports with next to nothing in them, as scanners write them."""

from __future__ import annotations

import json
from typing import Any


def osv(*groups: tuple[list[str], list[str]]) -> str:
    vulnerabilities = [
        {"id": id_, "aliases": [other for other in (*ids, *aliases) if other != id_]}
        for ids, aliases in groups
        for id_ in ids
    ]
    package = {
        "package": {"name": "lodash", "ecosystem": "npm", "version": "4.17.4"},
        "vulnerabilities": vulnerabilities,
        "groups": [{"ids": ids, "aliases": [*ids, *aliases]} for ids, aliases in groups],
    }
    result = {"source": {"path": "package-lock.json"}, "packages": [package]}
    return json.dumps({"results": [result], "experimental_config": {}})


def leak(line: int = 1, commit: str = "", secret: str = "first-secret") -> dict[str, Any]:
    place = {"RuleID": "aws-key", "File": "a.py", "StartLine": line, "Commit": commit, "Secret": secret}
    return {**place, "Description": "d"}


def grype(image: str = "reg/app:1", path: str = "/a") -> str:
    package = {"name": "lodash", "version": "4", "type": "npm", "purl": "pkg:npm/lodash@4"}
    match = {
        "vulnerability": {"id": "CVE-2026-1234", "severity": "High"},
        "artifact": {**package, "locations": [{"path": path}]},
    }
    source = {"type": "image", "target": {"userInput": image}}
    return json.dumps({"matches": [match], "descriptor": {}, "source": source})


VULNERABLE = {"checks": ["CVE-2026-1234"], "packages": ["pkg:npm/lodash@*"]}
"""A scope about what that report of Grype has."""
