"""Kubescape's objects: `SecurityException` for a namespace, `ClusterSecurityException` for the rest.

Source: kubescape/kubescape `core/cautils/getter/crdexceptionsgetter.go` (`kubescape.io/v1beta1`). They become
entries of the exceptions file, so kinds, names and controls are regular expressions as there. A namespace
is that of the object, exactly. Which cluster it is, the cluster that they are in says.
"""

from __future__ import annotations

from typing import Any

from reprieve.export.fit import Expresses, Fitted, fit_all, translated
from reprieve.export.interface import Format, Job, Left, Written
from reprieve.export.kubescape import kinds, objects
from reprieve.export.patterns import literal, regex
from reprieve.export.texts import header, midnight, yaml_text

NAME = "kubescape-crd"
EXPRESSES = Expresses(
    tool="Kubescape",
    types=frozenset({"compliance"}),
    tests=frozenset({"checks", "namespaces", "resources"}),
    knows=frozenset({"namespaces", "resources"}),
    kinds=kinds,
    names_cluster=True,
)


def _write(job: Job) -> Written:
    fits = fit_all(job, EXPRESSES)
    left = list(fits.left)
    documents = []
    written = 0
    for fitted in fits.fitted:
        found = _objects(fitted, left)
        documents += found
        written += bool(found)
    return Written({"": yaml_text(documents, header(NAME))}, written, tuple(left), tuple(fits.aside))


def _objects(fitted: Fitted, left: list[Left]) -> list[dict[str, Any]]:
    controls = translated(fitted, "checks", regex, left)
    resources = objects(fitted, left) if controls else []
    if not resources:
        return []
    grant = fitted.entry.grant
    spec = {
        "posture": [{"controlID": control, "action": "alert_only"} for control in controls],
        "reason": grant.note,
        "expiresAt": midnight(grant),
        "match": {"resources": [{"name": ".+", **resource} for resource in resources]},
    }
    name = f"{grant.id.lower()}-{fitted.entry.number}"
    if "namespaces" not in fitted.keys:
        return [_object("ClusterSecurityException", {"name": name}, spec)]
    return [
        _object("SecurityException", {"name": name, "namespace": namespace}, spec)
        for namespace in translated(fitted, "namespaces", literal, left)
    ]


def _object(kind: str, metadata: dict[str, str], spec: dict[str, Any]) -> dict[str, Any]:
    return {"apiVersion": "kubescape.io/v1beta1", "kind": kind, "metadata": metadata, "spec": spec}


FORMAT = Format(
    title="Kubescape, SecurityException objects",
    file="security-exceptions.yaml",
    says="controls and objects with patterns, namespaces by name",
    expiry="`expiresAt`: midnight UTC after the last day",
    write=_write,
)
