"""What cloud producers (ASFF, OCSF, Prowler) write about resources and packages, in our words.

Sources: AWS service authorization reference (ARN formats of EKS and ECR); AWS user guide, "types
taxonomy for ASFF"; Amazon Inspector API reference (`VulnerablePackage.packageManager`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reprieve.findings.purl import purl

ADVISORY = re.compile(r"CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}")
"""An advisory's id inside other text: `Trivy/CVE-2026-1234`."""

THREAT_PRODUCTS = frozenset({"guardduty", "macie", "iam access analyzer", "security hub exposure detection"})
"""Products whose rule is only in the finding's types; their generator id names a detector, not a rule."""

NOT_FIXED = "NotAvailable"
"""What Amazon Inspector writes for the version that fixes a package when there is none."""

_CLUSTER = re.compile(
    r"arn:aws[\w-]*:eks:[^:]*:[^:]*:cluster/(?P<eks>[^/]+)$"
    r"|/managedClusters/(?P<aks>[^/]+)$"
    r"|projects/[^/]+/(?:zones|locations)/[^/]+/clusters/(?P<gke>[^/]+)$"
)
_ECR_IMAGE = re.compile(
    r"arn:aws[\w-]*:ecr:(?P<region>[^:]+):(?P<account>\d+):repository/(?P<name>.+)/(?P<digest>sha256:\w+)$"
)
_CONTROL = re.compile(r"(?:^security-control|/v/[\d.]+)/([A-Za-z0-9]+\.\d+)$")
_THREAT = re.compile(r"(?:^|/)([A-Z]\w+:\w+[/-].+)$")
_MANAGERS = {"pythonpkg": "python-pkg", "nodepkg": "node-pkg", "dotnet_core": "dotnet-core"}


def cluster_of(uid: str | None) -> str | None:
    """The name of the Kubernetes cluster (EKS, AKS, GKE) that a resource id names; None if it names none."""
    found = _CLUSTER.search(uid) if uid else None
    return (found["eks"] or found["aks"] or found["gke"]) if found else None


def image_of(uid: str | None) -> str | None:
    """The reference of the ECR image that an ARN names, pinned by digest; None for another resource."""
    found = _ECR_IMAGE.match(uid) if uid else None
    if found is None:
        return None
    registry = f"{found['account']}.dkr.ecr.{found['region']}.amazonaws.com"
    return f"{registry}/{found['name']}@{found['digest']}"


def control_of(generator: str | None) -> str | None:
    """The Security Hub control that a generator id ends in: `S3.2` of `security-control/S3.2`."""
    found = _CONTROL.search(generator) if generator else None
    return found[1] if found else None


def threat_of(types: Iterable[str]) -> str | None:
    """The detection in a finding's types: `DefenseEvasion:EC2-UnusualDNSResolver`.

    Security Hub prefixes it with two levels of its taxonomy; some products write no colon.
    """
    for type_ in types:
        found = _THREAT.search(type_)
        if found:
            return found[1]
        levels = type_.split("/", 2)
        if len(levels) == 3:
            return levels[2]
    return None


def only_of_its_type(types: Sequence[str | None]) -> bool:
    """Whether the first resource is the one that a finding is about, and the rest its surroundings.

    Of several resources of one type none may stand for the others: an exception for it would cover them.
    """
    return len(types) > 0 and types.count(types[0]) == 1


def package_of(manager: str | None, name: str | None, version: str | None) -> str | None:
    """The package URL for Amazon Inspector's package manager words; None for a system package."""
    word = (manager or "").lower()
    return purl(_MANAGERS.get(word, word), name, version)
