"""Prowler's mutelist.

Source: prowler-cloud/prowler `prowler/lib/mutelist/mutelist.py`. In Kubernetes the account is the cluster and
the region the namespace. Checks, regions and resources are searched for as regular expressions, after each
`*` has become `.*`: so ours are anchored and have no `*`. An account and a check have one entry each, so a
comment within the expression tells entries for the same check apart.

A resource is compared by a name without its kind, in clouds by an id that is not the report's: only
objects of any kind in a cluster are written.
"""

from __future__ import annotations

import re
from typing import Any

from reprieve.export.fit import Expresses, Fitted, fit_all, of_one_kind, translated
from reprieve.export.interface import Format, Job, Left, Target, Written
from reprieve.export.patterns import any_of, kinds_and_names, literal, regex
from reprieve.export.texts import header, yaml_text
from reprieve.record import glob
from reprieve.words import CheckType

NAME = "prowler"
_RUN = ".{0,}"
_ANY = [_RUN]
_CLUSTER_WIDE = "cluster-wide"
"""The namespace that Prowler gives to what is in none."""
_KUBERNETES = re.compile(r"(?:apiserver|controllermanager|core|etcd|kubelet|rbac|scheduler)_\w+")


def kinds(pattern: str) -> frozenset[CheckType]:
    """An advisory is found in an image; everything else is a check of Prowler's own."""
    if glob.intersect(pattern, "CVE-*") or glob.intersect(pattern, "GHSA-*"):
        alone = pattern.startswith(("CVE-", "GHSA-"))
        return frozenset({"vulnerability"}) if alone else frozenset({"compliance", "vulnerability"})
    return frozenset({"compliance"})


EXPRESSES = Expresses(
    tool="Prowler",
    types=frozenset({"compliance", "vulnerability"}),
    tests=frozenset({"checks", "clusters", "namespaces", "resources"}),
    knows=frozenset({"clusters", "namespaces", "resources", "paths", "images"}),
    kinds=kinds,
    names_cluster=True,
)


def _write(job: Job) -> Written:
    fits = fit_all(job, EXPRESSES)
    left = list(fits.left)
    accounts: dict[str, dict[str, Any]] = {}
    written = 0
    for fitted in fits.fitted:
        found = _entries(fitted, job.target, left)
        written += bool(found)
        for account, check, entry in found:
            accounts.setdefault(account, {})[check] = entry
    tree = {name: {"Checks": checks} for name, checks in sorted(accounts.items())}
    text = yaml_text([{"Mutelist": {"Accounts": tree}}] if tree else [], header(NAME))
    return Written({"": text}, written, tuple(left), tuple(fits.aside))


def _entries(fitted: Fitted, target: Target, left: list[Left]) -> list[tuple[str, str, dict[str, Any]]]:
    checks = translated(fitted, "checks", of_one_kind(fitted, EXPRESSES, _check(fitted, target)), left)
    accounts = translated(fitted, "clusters", literal, left) if "clusters" in fitted.keys else ["*"]
    regions = translated(fitted, "namespaces", _namespace, left) if "namespaces" in fitted.keys else _ANY
    resources = translated(fitted, "resources", _names, left) if "resources" in fitted.keys else _ANY
    if not (checks and accounts and regions and resources):
        return []
    grant = fitted.entry.grant
    entry = {"Regions": regions, "Resources": resources, "Description": grant.note}
    mark = f"(?#{grant.id} scope {fitted.entry.number})"
    return [(account, f"^{any_of(checks)}\\Z{mark}", entry) for account in accounts]


def _check(fitted: Fitted, target: Target) -> Any:
    """Regions and resources of a cloud must not be taken for namespaces and objects of a cluster."""
    objects = {"namespaces", "resources"} & fitted.keys.keys()
    sure = target.cluster or "clusters" in fitted.keys

    def translate(pattern: str) -> str:
        if objects and not sure and _KUBERNETES.fullmatch(pattern) is None:
            raise ValueError("may be a check of a cloud, whose regions are no namespaces: name the cluster")
        return regex(pattern, run=_RUN)

    return translate


def _namespace(pattern: str) -> str:
    found = _anchored(pattern)
    return f"(?!{_CLUSTER_WIDE}\\Z){found}" if glob.matches(pattern, _CLUSTER_WIDE) else found


def _names(pattern: str) -> list[str]:
    pairs = kinds_and_names(pattern)
    if any(not glob.says_nothing(kind) for kind, _ in pairs):
        raise ValueError("Prowler compares a resource's name without its kind")
    return [_anchored(name) for _, name in pairs]


def _anchored(pattern: str) -> str:
    return f"^{regex(pattern, run=_RUN)}\\Z" if not glob.says_nothing(pattern) else "^.{1,}\\Z"


FORMAT = Format(
    title="Prowler, mutelist",
    file="mutelist.yaml",
    says="checks with patterns; in Kubernetes clusters by name, namespaces and names with patterns",
    expiry="none: written while the record holds",
    write=_write,
)
