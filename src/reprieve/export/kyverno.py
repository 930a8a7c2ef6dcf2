"""Kyverno's PolicyException (`kyverno.io/v2`), one object for each scope entry.

Source: kyverno/kyverno `api/kyverno/v2/policy_exception_types.go`, `pkg/utils/match/match.go`,
`ext/wildcard/match.go` with IGLOU-EU/go-wildcard, version 2: there `*` is ours, but `?` is one character or
none and `.` is any one, in names as in patterns. What has one of these is not written. Names of policies are
compared exactly, except by old releases.

- Kyverno reports a rule that it generated for controllers as `autogen-<rule>` or `autogen-cronjob-<rule>`,
  and the gate knows such a finding by the rule's own name as well: all three are written.
- `namespaces` is compared with the name of a Namespace object, which for the gate is in no namespace: a
  condition excludes such objects. A lone `*` would match what is in no namespace, and is not written.
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
_EXACT = "Kyverno takes names of policies exactly"


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
    """Rules by policy. `a/b` is the rule b of the policy a, and the policy b of the namespace a."""
    found: dict[str, list[str]] = {}

    def add(check: str) -> str:
        policy, _, rule = _same(check).rpartition("/")
        is_rule = bool(policy and rule) and glob.is_literal(policy)
        if glob.is_literal(check):
            found.setdefault(check, []).append("*")
        elif is_rule:
            left.append(fitted.entry.left(f"{_EXACT}, so not of a namespace's", f"checks: {check}"))
        else:
            raise ValueError(_EXACT)
        if is_rule:
            found.setdefault(policy, []).extend(f"{prefix}{rule}" for prefix in AUTOGEN)
        return check

    translated(fitted, "checks", add, left)
    return {name: list(dict.fromkeys(rules)) for name, rules in found.items()}


def _filters(fitted: Fitted, left: list[Left]) -> list[dict[str, list[str]]]:
    where: dict[str, list[str]] = {}
    if "namespaces" in fitted.keys:
        where["namespaces"] = translated(fitted, "namespaces", _namespace, left)
        if not where["namespaces"]:
            return []
    if "resources" not in fitted.keys:
        return [{"kinds": ["*"], **where}]
    pairs: list[tuple[str, str]] = []
    translated(fitted, "resources", lambda pattern: _pairs(pattern, pairs), left)
    return [{"kinds": [kind], "names": [name], **where} for kind, name in pairs]


def _same(pattern: str) -> str:
    """A pattern that is the same in Kyverno. Errors: `ValueError`."""
    for char in "?.":
        if char in pattern:
            raise ValueError(f"`{char}` matches other characters in Kyverno than here")
    return pattern


def _namespace(pattern: str) -> str:
    if glob.says_nothing(pattern):
        raise ValueError("in Kyverno this also matches what is in no namespace")
    return _same(pattern)


def _pairs(pattern: str, found: list[tuple[str, str]]) -> str:
    pairs = kinds_and_names(_same(pattern))
    if not all(glob.is_literal(kind) or kind == "*" for kind, _ in pairs):
        raise ValueError("Kyverno takes exact kinds only")
    found += pairs
    return pattern


FORMAT = Format(
    title="Kyverno, PolicyException",
    file="kyverno-exceptions.yaml",
    says="policies by name; rules, namespaces and objects with `*`",
    expiry="none of its own: a label has Kyverno delete the object at midnight UTC after the last day",
    write=_write,
)
