"""Kyverno's PolicyException (`kyverno.io/v2`), one object for each scope entry.

Source: kyverno/kyverno `api/kyverno/v2/policy_exception_types.go`, `pkg/utils/match/match.go`. Names and
namespaces take our own wildcards; a policy's name is exact.

- Kyverno reports a rule that it generated for controllers as `autogen-<rule>` or `autogen-cronjob-<rule>`,
  and the gate knows such a finding by the rule's own name as well: all three are written.
- `namespaces` is compared with the name of a Namespace object, which for the gate is in no namespace, and
  `*` there matches what is in none: both are excluded.
- There is no expiry. The label `cleanup.kyverno.io/ttl` has Kyverno delete the object at that instant.
"""

from __future__ import annotations

from typing import Any

from reprieve.export.fit import Expresses, Fitted, fit_all, translated
from reprieve.export.interface import Format, Job, Left, Written
from reprieve.export.patterns import kinds_and_names
from reprieve.export.texts import header, yaml_text
from reprieve.record import glob

NAME = "kyverno"
EXPRESSES = Expresses(
    tool="Kyverno",
    types=frozenset({"admission"}),
    tests=frozenset({"checks", "namespaces", "resources"}),
    knows=frozenset({"namespaces", "resources"}),
)
AUTOGEN = ("", "autogen-", "autogen-cronjob-")
"""What the name of a rule begins with, when Kyverno reports it for pods and for their controllers."""
_NAMESPACE = "Namespace"


def _write(job: Job) -> Written:
    fits = fit_all(job, EXPRESSES)
    left = list(fits.left)
    objects = [found for fitted in fits.fitted if (found := _object(fitted, left))]
    return Written({"": yaml_text(objects, header(NAME))}, len(objects), tuple(left), tuple(fits.aside))


def _object(fitted: Fitted, left: list[Left]) -> dict[str, Any] | None:
    policies = _policies(fitted, left)
    filters = _filters(fitted, left)
    if not policies or not filters:
        return None
    grant = fitted.entry.grant
    spec: dict[str, Any] = {
        "exceptions": [{"policyName": policy, "ruleNames": rules} for policy, rules in policies.items()],
        "match": {"any": [{"resources": resources} for resources in filters]},
    }
    if "namespaces" in fitted.keys:
        spec["conditions"] = {
            "all": [{"key": "{{ request.object.kind }}", "operator": "NotEquals", "value": _NAMESPACE}]
        }
    metadata = {
        "name": f"{grant.id.lower()}-{fitted.entry.number}",
        "labels": {"cleanup.kyverno.io/ttl": f"{grant.over}T000000Z"},
        "annotations": {"reprieve/exception": grant.note},
    }
    return {"apiVersion": "kyverno.io/v2", "kind": "PolicyException", "metadata": metadata, "spec": spec}


def _policies(fitted: Fitted, left: list[Left]) -> dict[str, list[str]]:
    """Rules by policy. `a/b` is the rule b of the policy a, or the policy b of the namespace a."""
    found: dict[str, list[str]] = {}

    def policy(check: str) -> str:
        name, slash, rule = check.rpartition("/")
        if not glob.is_literal(name if slash else rule):
            raise ValueError("a pattern, and Kyverno takes exact names of policies only")
        if not slash or (glob.is_literal(check) and check.count("/") == 1):
            found.setdefault(check, []).append("*")
        if slash:
            found.setdefault(name, []).extend(f"{prefix}{rule}" for prefix in AUTOGEN)
        return check

    translated(fitted, "checks", policy, left)
    return {name: list(dict.fromkeys(rules)) for name, rules in found.items()}


def _filters(fitted: Fitted, left: list[Left]) -> list[dict[str, list[str]]]:
    where: dict[str, list[str]] = {}
    if "namespaces" in fitted.keys:
        patterns = fitted.keys["namespaces"]
        where["namespaces"] = ["?*" if glob.says_nothing(pattern) else pattern for pattern in patterns]
    if "resources" not in fitted.keys:
        return [{"kinds": ["*"], **where}]
    found: list[dict[str, list[str]]] = []
    for pattern in fitted.keys["resources"]:
        for kind, name in kinds_and_names(pattern):
            if glob.is_literal(kind) or kind == "*":
                found.append({"kinds": [kind], "names": [name], **where})
            else:
                reason = "a pattern, and Kyverno takes exact kinds only"
                left.append(fitted.entry.left(reason, f"resources: {pattern}, as {kind}/{name}"))
    return found


FORMAT = Format(
    title="Kyverno, PolicyException",
    file="kyverno-exceptions.yaml",
    says="policies by name, rules, namespaces and objects with patterns",
    expiry="none of its own: a label has Kyverno delete the object at midnight UTC after the last day",
    write=_write,
)
