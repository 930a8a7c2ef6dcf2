"""Kubescape, Kyverno, Gatekeeper and Prowler, on the objects of clusters."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from ruamel.yaml import YAML

from reprieve.export.interface import Target
from tests.export.worlds import Raw, World, encoded, lists, whole

KINDS = ("Deployment", "Pod", "Namespace", "NamespaceX", "ClusterRole")
NAMES = ("web", "web-1", "web-10", "billing", "team-a", "a.web", "aXweb")
NAMESPACES = ("", "billing", "billing-2", "team-a")
CLUSTERS = ("prod-eu-1", "prod-eu-10", "staging-1")
CONTROLS = ("C-0012", "C-0013", "C-00130")
TYPES = ("compliance", "admission", "misconfiguration")

_TARGETS: tuple[dict[str, str], ...] = ({}, {}, {"cluster": "prod-eu-1"}, {"cluster": "staging-1"})
_VALUES = {
    "clusters": CLUSTERS,
    "namespaces": tuple(filter(None, NAMESPACES)),
    "resources": tuple(f"{kind}/{name}" for kind in KINDS for name in NAMES),
    "paths": ("web.yaml",),
    "repositories": ("https://git.example.com/app",),
}


def objects(target: Target, **more: Any) -> st.SearchStrategy[list[Raw]]:
    """A Namespace is in none."""
    found = lists(kind=KINDS, name=NAMES, namespace=NAMESPACES, **more)
    return found.map(
        lambda raws: [raw | {"namespace": ""} if raw["kind"] == "Namespace" else raw for raw in raws]
    )


# --- Kubescape


def _postures(target: Target) -> st.SearchStrategy[list[Raw]]:
    found = objects(target, control=CONTROLS)
    cluster = st.sampled_from([target.cluster] if target.cluster else ["", *CLUSTERS])
    return st.tuples(cluster, found).map(lambda both: [{**raw, "cluster": both[0]} for raw in both[1]])


def _posture_report(found: list[Raw], target: Target) -> bytes:
    results = [
        {
            "resourceID": f"id-{number}",
            "controls": [{"controlID": raw["control"], "name": "n", "status": {"status": "failed"}}],
            "rawResource": {
                "resourceID": f"id-{number}",
                "object": {
                    "kind": raw["kind"],
                    "metadata": {"name": raw["name"], "namespace": raw["namespace"]},
                },
            },
        }
        for number, raw in enumerate(found)
    ]
    summary = {"controls": {control: {"scoreFactor": 7} for control in CONTROLS[:2]}}
    document = {"summaryDetails": summary, "results": results, "clusterName": found[0]["cluster"]}
    return encoded({**document, "resources": []})


def has_exception(policies: list[dict[str, Any]], raw: Raw) -> bool:
    return any(
        _for_control(policy, raw) and any(_designates(one["attributes"], raw) for one in policy["resources"])
        for policy in policies
    )


def _for_control(policy: dict[str, Any], raw: Raw) -> bool:
    controls = [one.get("controlID") for one in policy.get("posturePolicies") or [{}]]
    return any(not control or whole(f"(?i:{control})", raw["control"]) for control in controls)


def _designates(attributes: dict[str, str], raw: Raw) -> bool:
    if not attributes:
        return False
    own_namespace = raw["name"] if raw["kind"] == "Namespace" else raw["namespace"]
    facts = {
        "cluster": raw["cluster"],
        "namespace": own_namespace,
        "kind": raw["kind"],
        "name": raw["name"],
    }
    assert set(attributes) <= set(facts), "a label"
    return all(whole(expression, facts[key]) for key, expression in attributes.items())


def _by_file(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    return has_exception(json.loads(files[""]), raw)


def policies_of_objects(files: Mapping[str, str]) -> list[dict[str, Any]]:
    """As kubescape turns its objects into the policies of the file."""
    policies = []
    for one in YAML(typ="safe").load_all(files[""]):
        if not one:
            continue
        is_namespaced = one["kind"] == "SecurityException"
        where = {"namespace": one["metadata"]["namespace"]} if is_namespaced else {}
        resources = [
            {"designatorType": "Attributes", "attributes": {**where, **which}}
            for which in one["spec"]["match"]["resources"]
        ]
        policies += [
            {"posturePolicies": [{"controlID": control["controlID"]}], "resources": resources}
            for control in one["spec"]["posture"]
        ]
    return policies


def _by_objects(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    return has_exception(policies_of_objects(files), raw)


# --- Kyverno

POLICIES = ("disallow-root", "disallow-rootless", "team-a/disallow-root", "a.policy", "aXpolicy")
RULES = ("root", "rootless", "autogen-root", "autogen-cronjob-root", "cronjob-root")


def _results(target: Target) -> st.SearchStrategy[list[Raw]]:
    return objects(target, policy=POLICIES, rule=RULES, severity=("high", "low", None))


def _policy_report(found: list[Raw], target: Target) -> bytes:
    results = [
        {
            "policy": raw["policy"],
            "rule": raw["rule"],
            "result": "fail",
            "source": "kyverno",
            "severity": raw["severity"],
            "resources": [{"kind": raw["kind"], "name": raw["name"], "namespace": raw["namespace"]}],
        }
        for raw in found
    ]
    head = {"apiVersion": "wgpolicyk8s.io/v1alpha2", "kind": "ClusterPolicyReport", "metadata": {"name": "r"}}
    return encoded({**head, "results": results})


def wildcard(pattern: str, text: str) -> bool:
    """As IGLOU-EU/go-wildcard, version 2, documents it."""
    if pattern in {"*", text}:
        return True
    words = {"*": ".*", "?": ".?", ".": "."}
    return re.fullmatch("".join(words.get(char) or re.escape(char) for char in pattern), text) is not None


def _by_kyverno(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    exceptions = [one["spec"] for one in YAML(typ="safe").load_all(files[""]) if one]
    return any(_excepts(spec, raw) for spec in exceptions)


def _excepts(spec: dict[str, Any], raw: Raw) -> bool:
    named = any(
        one["policyName"] == raw["policy"] and any(wildcard(rule, raw["rule"]) for rule in one["ruleNames"])
        for one in spec["exceptions"]
    )
    if not named or not any(_is_resource(one["resources"], raw) for one in spec["match"]["any"]):
        return False
    conditions = spec.get("conditions", {"all": []})["all"]
    assert all(one["key"] == "{{ request.object.kind }}" for one in conditions)
    return not any(one["operator"] == "NotEquals" and one["value"] == raw["kind"] for one in conditions)


def _is_resource(resources: dict[str, list[str]], raw: Raw) -> bool:
    own_namespace = raw["name"] if raw["kind"] == "Namespace" else raw["namespace"]
    facts = {"kinds": raw["kind"], "names": raw["name"], "namespaces": own_namespace}
    return all(any(wildcard(one, facts[key]) for one in patterns) for key, patterns in resources.items())


# --- Gatekeeper

CONSTRAINTS = ("K8sRoot/no-root", "K8sRoot/no-root-2", "K8sLabels/owner")


def _violations(target: Target) -> st.SearchStrategy[list[Raw]]:
    return objects(target, constraint=CONSTRAINTS)


def _constraints(found: list[Raw], target: Target) -> bytes:
    items = [
        {
            "apiVersion": "constraints.gatekeeper.sh/v1beta1",
            "kind": raw["constraint"].partition("/")[0],
            "metadata": {"name": raw["constraint"].partition("/")[2]},
            "status": {
                "auditTimestamp": "2026-11-22T00:00:00Z",
                "totalViolations": 1,
                "violations": [{key: raw[key] for key in ("kind", "name", "namespace")} | {"message": "m"}],
            },
        }
        for raw in found
    ]
    return encoded({"apiVersion": "v1", "kind": "List", "items": items})


def _by_gatekeeper(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    kind, _, name = raw["constraint"].partition("/")
    namespace = raw["name"] if raw["kind"] == "Namespace" else raw["namespace"]
    for one in YAML(typ="safe").load_all(files[""]):
        if one and (one["kind"], one["metadata"]["name"]) == (kind, name) and namespace:
            return any(_ends(pattern, namespace) for pattern in one["spec"]["match"]["excludedNamespaces"])
    return False


def _ends(pattern: str, text: str) -> bool:
    """A `*` at one end, at both, or nowhere."""
    core = pattern.strip("*")
    if pattern.startswith("*") and pattern.endswith("*"):
        return core in text
    if pattern.startswith("*"):
        return text.endswith(core)
    return text.startswith(core) if pattern.endswith("*") else pattern == text


# --- Prowler

CHECKS = ("core_minimize_root", "core_minimize_root_2", "rbac_minimize_wildcard")
CLOUD_CHECKS = ("s3_bucket_public", "core_minimize_root")


def _events(target: Target) -> st.SearchStrategy[list[Raw]]:
    in_cluster = objects(
        target,
        provider=("kubernetes",),
        check=CHECKS,
        cluster=(target.cluster,) if target.cluster else CLUSTERS,
        region=("",),
        id=("",),
    )
    in_cloud = lists(
        provider=("aws",),
        check=("s3_bucket_public", "ec2_instance_public"),
        region=("billing", "eu-west-1"),
        id=("web", "i-1"),
        kind=("AwsBucket",),
        name=("web", "billing"),
        namespace=("",),
        cluster=("123456789012",),
    )
    return in_cluster if target.cluster else st.one_of(in_cluster, in_cluster, in_cloud)


def _ocsf(found: list[Raw], target: Target) -> bytes:
    events = []
    for raw in found:
        namespace = raw["namespace"] or "cluster-wide"
        is_object = raw["provider"] == "kubernetes"
        uid = f"prowler-kubernetes-{raw['check']}-{raw['cluster']}-namespace: {namespace}-{raw['name']}"
        resource = {"type": raw["kind"], "name": raw["name"], "uid": raw["id"] or raw["name"]}
        if is_object:
            resource |= {"namespace": namespace}
        events.append(
            {
                "class_uid": 2004,
                "metadata": {"product": {"name": "Prowler"}, "event_code": raw["check"]},
                "severity": "High",
                "status_code": "FAIL",
                "status": "New",
                "finding_info": {
                    "uid": uid if is_object else f"prowler-aws-{raw['check']}-1-{raw['region']}"
                },
                "resources": [resource],
                "unmapped": {"provider": raw["provider"]},
            }
        )
    return encoded(events)


def _by_mutelist(files: Mapping[str, str], raw: Raw, _target: Target) -> bool:
    tree = YAML(typ="safe").load(files[""]) or {"Mutelist": {"Accounts": {}}}
    is_object = raw["provider"] == "kubernetes"
    region = (raw["namespace"] or "cluster-wide") if is_object else raw["region"]
    resource = raw["name"] if is_object else raw["id"]
    return any(
        account in {"*", raw["cluster"]}
        and any(
            (_found(check, raw["check"]) or check == raw["check"])
            and any(_found(item, region) for item in entry["Regions"])
            and any(_found(item, resource) for item in entry["Resources"])
            for check, entry in checks["Checks"].items()
        )
        for account, checks in tree["Mutelist"]["Accounts"].items()
    )


def _found(item: str, text: str) -> bool:
    return re.search(item.replace("*", ".*"), text) is not None


def _values(checks: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {"checks": checks, **_VALUES}


KUBESCAPE = World(
    "kubescape", TYPES, _values(CONTROLS), _postures, _posture_report, _by_file, targets=_TARGETS
)
KUBESCAPE_CRD = KUBESCAPE._replace(format="kubescape-crd", silenced=_by_objects)
KYVERNO = World(
    "kyverno",
    TYPES,
    _values((*POLICIES, "disallow-root/root", "team-a/disallow-root/root", "a.policy/root")),
    _results,
    _policy_report,
    _by_kyverno,
    targets=_TARGETS,
)


def _namespace_itself(entry: Raw) -> list[Raw]:
    """For namespaces, an entry for the Namespace objects of these names."""
    names = [f"Namespace/{pattern}" for pattern in entry.get("namespaces", ())]
    return [{"checks": entry["checks"], "resources": names}] if names and "checks" in entry else []


GATEKEEPER = World(
    "gatekeeper",
    TYPES,
    {
        **_values(CONSTRAINTS),
        "resources": ("Namespace/billing", "Namespace/team-a", "Namespace/*", "Pod/web"),
    },
    _violations,
    _constraints,
    _by_gatekeeper,
    targets=_TARGETS,
    companions=_namespace_itself,
    goes_by=("namespaces",),
)
PROWLER = World("prowler", TYPES, _values(CHECKS), _events, _ocsf, _by_mutelist, targets=_TARGETS)
