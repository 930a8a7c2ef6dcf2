"""Gatekeeper: `excludedNamespaces` of constraints, as partial objects to be applied over them.

Source: open-policy-agent/gatekeeper `pkg/mutation/match/match.go`, `pkg/wildcard/wildcard.go`. A `*` stands
at an end only. Use: `kubectl apply --server-side --field-manager=reprieve -f FILE`.

The exclusion acts on the Namespace object itself too, which for the gate is in no namespace. So a namespace
is written only where a record covers that object as well.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from reprieve.export.fit import Expresses, Fitted, fit_all, translated
from reprieve.export.interface import Format, Job, Left, Written
from reprieve.export.patterns import literal
from reprieve.export.texts import Commented, header, yaml_text
from reprieve.record import glob

NAME = "gatekeeper"
EXPRESSES = Expresses(
    tool="Gatekeeper",
    types=frozenset({"admission"}),
    tests=frozenset({"checks", "namespaces", "resources"}),
    knows=frozenset({"namespaces", "resources"}),
)
_WILDCARD = re.compile(r"\*?[-:a-z0-9]*\*?")
_CONSTRAINT = re.compile(r"(?P<kind>[A-Za-z][A-Za-z0-9]*)/(?P<name>[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)")


def _write(job: Job) -> Written:
    fits = fit_all(job, EXPRESSES)
    left = list(fits.left)
    excluded: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    alone = [fitted for fitted in fits.fitted if _is_about_namespaces(fitted)]
    written = 0
    for fitted in fits.fitted:
        if fitted in alone:
            continue
        constraints = translated(fitted, "checks", _constraint, left)
        pairs = _namespaces(fitted, constraints, alone, left)
        written += bool(pairs)
        for constraint, namespace in pairs:
            excluded[constraint].setdefault(namespace, []).append(fitted.entry.grant.note)
    for fitted in alone:
        if _is_said(fitted, excluded):
            written += 1
        else:
            left.append(fitted.entry.left("Gatekeeper excludes a Namespace only with all that is in it"))
    documents = [_patch(constraint, notes) for constraint, notes in sorted(excluded.items())]
    return Written({"": yaml_text(documents, header(NAME))}, written, tuple(left), tuple(fits.aside))


def _is_said(fitted: Fitted, excluded: Mapping[str, Mapping[str, object]]) -> bool:
    """Whether all of an entry for Namespace objects is in what is excluded."""
    return all(
        pattern.removeprefix("Namespace/") in excluded.get(check, {})
        for check in fitted.keys["checks"]
        for pattern in fitted.keys["resources"]
    )


def _constraint(check: str) -> str:
    if _CONSTRAINT.fullmatch(literal(check)) is None:
        raise ValueError("not one constraint: name it as Kind/name")
    return check


def _is_about_namespaces(fitted: Fitted) -> bool:
    resources = fitted.keys.get("resources", ())
    named = bool(resources) and all(pattern.startswith("Namespace/") for pattern in resources)
    return named and "namespaces" not in fitted.keys


def _namespaces(
    fitted: Fitted, constraints: list[str], alone: list[Fitted], left: list[Left]
) -> list[tuple[str, str]]:
    if "namespaces" not in fitted.keys or any(
        not glob.says_nothing(pattern) for pattern in fitted.keys.get("resources", ())
    ):
        left.append(fitted.entry.left("Gatekeeper excludes whole namespaces, and nothing less or more"))
        return []
    found = []
    for namespace in translated(fitted, "namespaces", _wildcard, left):
        for constraint in constraints:
            if any(_covers_namespace(other, constraint, namespace) for other in alone):
                found.append((constraint, namespace))
            else:
                reason = f"would exclude the object Namespace/{namespace} as well, which no record covers"
                left.append(fitted.entry.left(reason, f"checks: {constraint}, namespaces: {namespace}"))
    return found


def _wildcard(pattern: str) -> str:
    squeezed = re.sub(r"\*+", "*", pattern)
    if _WILDCARD.fullmatch(squeezed) is None:
        raise ValueError("Gatekeeper takes a * at the ends only")
    return squeezed


def _covers_namespace(other: Fitted, constraint: str, namespace: str) -> bool:
    """Whether an entry plainly covers the Namespace objects of these names."""
    if "namespaces" in other.keys or not any(
        glob.matches(check, constraint) for check in other.keys["checks"]
    ):
        return False
    wanted = f"Namespace/{namespace}"
    return any(
        pattern == wanted
        or (glob.is_literal(wanted) and glob.matches(pattern, wanted))
        or (pattern.endswith("*") and glob.is_literal(pattern[:-1]) and wanted.startswith(pattern[:-1]))
        for pattern in other.keys.get("resources", ())
    )


def _patch(constraint: str, notes: dict[str, list[str]]) -> dict[str, Any]:
    kind, _, name = constraint.partition("/")
    every = sorted({note for of_one in notes.values() for note in of_one})
    return {
        "apiVersion": "constraints.gatekeeper.sh/v1beta1",
        "kind": kind,
        "metadata": {"name": name, "annotations": {"reprieve/exceptions": "; ".join(every)}},
        "spec": {
            "match": {
                "excludedNamespaces": [
                    Commented("; ".join(notes[namespace]), namespace) for namespace in sorted(notes)
                ]
            }
        },
    }


FORMAT = Format(
    title="Gatekeeper, excludedNamespaces of constraints",
    file="gatekeeper-exclusions.yaml",
    says="constraints by kind and name, namespaces with a * at their ends",
    expiry="none: written while the record holds",
    write=_write,
)
