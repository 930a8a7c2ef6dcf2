"""Kubescape's exceptions file: controls and resources, all as regular expressions.

Source: kubescape/opa-utils `exceptions/exceptionprocessor.go` and `comparator.go`;
armosec/armoapi-go `armotypes/postureexceptionpolicytypes.go`. Expressions are put between `^` and `$`, so
alternatives are grouped. `expirationDate` is an instant.

- An empty `posturePolicies`, or one without a control, means every control: there always is one.
- `namespace` is compared with the name of a Namespace object, which for the gate is in no namespace: with
  `namespaces` the kind is never `Namespace`.
- `path` is compared with another path than the one in the report, so paths are not written.
"""

from __future__ import annotations

from typing import Any

from reprieve.export.fit import Expresses, Fitted, fit_all, translated
from reprieve.export.interface import Format, Job, Left, Written
from reprieve.export.patterns import any_of, kinds_and_names, not_word, regex
from reprieve.export.texts import json_text, midnight
from reprieve.record import glob
from reprieve.words import CheckType

NAME = "kubescape"


def kinds(pattern: str) -> frozenset[CheckType]:
    """Kubescape's controls are called `C-…`."""
    return frozenset({"compliance"}) if glob.intersect(pattern, "C-*") else frozenset()


EXPRESSES = Expresses(
    tool="Kubescape",
    types=frozenset({"compliance"}),
    tests=frozenset({"checks", "clusters", "namespaces", "resources"}),
    knows=frozenset({"clusters", "namespaces", "resources", "paths"}),
    kinds=kinds,
    names_cluster=True,
)
NAMESPACE = "Namespace"


def _write(job: Job) -> Written:
    fits = fit_all(job, EXPRESSES)
    left = list(fits.left)
    policies = []
    for fitted in fits.fitted:
        policy = _policy(fitted, left)
        policies += [policy] if policy else []
    return Written({"": json_text(policies)}, len(policies), tuple(left), tuple(fits.aside))


def _policy(fitted: Fitted, left: list[Left]) -> dict[str, Any] | None:
    controls = translated(fitted, "checks", regex, left)
    resources = [
        {"designatorType": "Attributes", "attributes": attributes}
        for attributes in _designators(fitted, left)
    ]
    if not controls or not resources:
        return None
    grant = fitted.entry.grant
    policy: dict[str, Any] = {
        "name": f"{grant.id}-{fitted.entry.number}",
        "policyType": "postureExceptionPolicy",
        "actions": ["alertOnly"],
        "resources": resources,
        "posturePolicies": [{"controlID": control} for control in controls],
        "reason": grant.note,
        "expirationDate": midnight(grant),
    }
    if grant.approved_by:
        policy["createdBy"] = ", ".join(grant.approved_by)
    return policy


def _designators(fitted: Fitted, left: list[Left]) -> list[dict[str, str]]:
    """One for each pair of a kind and a name."""
    where = {}
    for key, attribute in (("clusters", "cluster"), ("namespaces", "namespace")):
        if key in fitted.keys:
            where[attribute] = any_of(translated(fitted, key, regex, left))
    return [{**where, **what} for what in objects(fitted, left)]


def objects(fitted: Fitted, left: list[Left]) -> list[dict[str, str]]:
    """Expressions for kind and name of the objects in scope; where it has namespaces, never a Namespace."""
    is_namespaced = "namespaces" in fitted.keys
    if "resources" not in fitted.keys:
        return [{"kind": not_word(NAMESPACE) if is_namespaced else ".+"}]
    found = []
    for pattern in fitted.keys["resources"]:
        for kind, name in kinds_and_names(pattern):
            if not is_namespaced or not glob.matches(kind, NAMESPACE):
                found.append({"kind": regex(kind), "name": regex(name)})
            elif glob.says_nothing(kind):
                found.append({"kind": not_word(NAMESPACE), "name": regex(name)})
            elif not glob.is_literal(kind):
                reason = f"Kubescape would take {NAMESPACE}s for objects within themselves"
                left.append(fitted.entry.left(reason, f"resources: {pattern}"))
    return found


FORMAT = Format(
    title="Kubescape, exceptions file",
    file="kubescape-exceptions.json",
    says="controls, clusters, namespaces and objects, all with patterns",
    expiry="`expirationDate`: midnight UTC after the last day",
    write=_write,
)
