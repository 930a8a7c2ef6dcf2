"""What each format says of a record, where its tool's rules are not what they look like."""

from __future__ import annotations

import datetime as dt
import json
import tomllib
from typing import Any

import pytest
from ruamel.yaml import YAML

from reprieve.export.interface import Target
from tests.export.jobs import CHARTER, granted, report, written
from tests.export.reports import osv
from tests.export.worlds import code, trivy
from tests.export.worlds.doublestar import matches

CLUSTER = Target(CHARTER, cluster="prod-eu-1")
REPOSITORY = Target(CHARTER, repository="https://git.example.com/app")
NOTE = "EXC-007, until 2027-01-30: Legacy billing runs as root until v4."


def yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


def documents(text: str) -> list[Any]:
    return [one for one in YAML(typ="safe").load_all(text) if one]


def reasons(*left: Any) -> str:
    return "\n".join(f"{one.part}: {one.reason}" for one in left)


# --- Trivy


def test_trivyignore_only_where_the_target_settles_the_place() -> None:
    grant = granted({"checks": ["KSV012"], "clusters": ["prod-*"]})
    lines = written("trivyignore", grant, target=CLUSTER).files[""].splitlines()
    assert lines[1:] == [
        f"# {NOTE}",
        "KSV012 exp:2027-01-31",
        "KSV-0012 exp:2027-01-31",
        "AVD-KSV-0012 exp:2027-01-31",
    ]
    with_namespace = granted({"checks": ["KSV012"], "clusters": ["prod-*"], "namespaces": ["billing"]})
    assert written("trivyignore", with_namespace, target=CLUSTER).entries == 0


@pytest.mark.parametrize(
    ("check", "type_"),
    [("KSV012", "vulnerability"), ("github-pat", "secret"), ("aws-s3-encryption", None), ("CVE-*", None)],
)
def test_trivyignore_ids_that_could_be_more(check: str, type_: str | None) -> None:
    scope = {"checks": [check], "repositories": ["*/app"], **({"type": type_} if type_ else {})}
    done = written("trivyignore", granted(scope), target=REPOSITORY)
    assert done.entries == 0
    assert done.left or done.aside


@pytest.mark.parametrize(
    ("pattern", "inside", "outside"),
    [
        ("infra/*", ["infra/a", "infra/a/b.tf"], ["infra", "infrared/a", "x/infra/a"]),
        ("infra/*.tf", ["infra/a.tf", "infra/a/b.tf", "infra/.tf"], ["a.tf", "infra/a.tfvars"]),
        ("*.tf", ["a.tf", "x/y/a.tf"], ["a.tf/x"]),
        ("src/te*/x", ["src/te/x", "src/test/x", "src/te/a/b/x"], ["src/te", "src/tx/x"]),
        ("a?b", ["axb", "a/b"], ["ab", "a//b"]),
        ("[x]/{y}\\*", ["[x]/{y}\\z"], ["x/y\\z"]),
        ("*/Dockerfile", ["a/Dockerfile", "a/b/Dockerfile"], ["Dockerfile"]),
    ],
)
def test_doublestar(pattern: str, inside: list[str], outside: list[str]) -> None:
    from reprieve.export.patterns import doublestar

    globs = doublestar(pattern)
    assert all(any(matches(glob, path) for glob in globs) for path in inside), globs
    assert not any(matches(glob, path) for glob in globs for path in outside), globs


def test_trivy_targets_that_are_no_paths() -> None:
    scope = {"type": "vulnerability", "checks": ["CVE-2026-1234"], "paths": ["*a*"]}
    done = written("trivyignore-yaml", granted(scope))
    assert done.entries == 0
    assert "a target that is no path" in reasons(*done.left)


def test_trivy_package_urls_only_in_the_policy() -> None:
    grant = granted({"checks": ["CVE-2026-1234"], "packages": ["pkg:npm/lodash@*"]})
    assert "cannot tell packages apart" in reasons(*written("trivyignore-yaml", grant).left)
    assert "pkg:npm/lodash@" in written("trivy-policy", grant).files[""]


# --- Kubernetes


def test_kyverno() -> None:
    scope = {
        "type": "admission",
        "checks": ["disallow-root/root"],
        "namespaces": ["team-*"],
        "resources": ["Deployment/web-*"],
    }
    (found,) = documents(written("kyverno", granted(scope)).files[""])
    assert found["metadata"] == {
        "name": "exc-007-1",
        "labels": {"cleanup.kyverno.io/ttl": "2027-01-31T000000Z"},
        "annotations": {"reprieve/exception": NOTE},
    }
    rules = {one["policyName"]: one["ruleNames"] for one in found["spec"]["exceptions"]}
    assert rules["disallow-root"] == ["root", "autogen-root", "autogen-cronjob-root"]
    (only,) = found["spec"]["match"]["any"]
    assert only["resources"] == {"kinds": ["Deployment"], "names": ["web-*"], "namespaces": ["team-*"]}


def test_kyverno_takes_names_of_policies_exactly() -> None:
    done = written("kyverno", granted({"checks": ["disallow-*", "p/r*"], "namespaces": ["billing"]}))
    (found,) = documents(done.files[""])
    rules = ["r*", "autogen-r*", "autogen-cronjob-r*"]
    assert found["spec"]["exceptions"] == [{"policyName": "p", "ruleNames": rules}]
    assert "checks: disallow-*: Kyverno takes names of policies exactly" in reasons(*done.left)
    assert "checks: p/r*: Kyverno takes names of policies exactly, so not of a namespace's" in reasons(
        *done.left
    )


@pytest.mark.parametrize("name", ["Deployment/web.v1", "Deployment/web?"])
def test_kyverno_has_other_wildcards(name: str) -> None:
    done = written("kyverno", granted({"checks": ["p"], "resources": [name]}))
    assert done.entries == 0
    assert "matches other characters in Kyverno than here" in reasons(*done.left)


def test_gatekeeper_needs_the_namespace_itself() -> None:
    inside = {"checks": ["K8sRoot/no-root"], "namespaces": ["billing", "team-*"]}
    alone = written("gatekeeper", granted(inside))
    assert alone.entries == 0
    assert "Namespace/billing as well, which no record covers" in reasons(*alone.left)
    itself = {"checks": ["K8sRoot/no-root"], "resources": ["Namespace/billing", "Namespace/team-*"]}
    done = written("gatekeeper", granted(inside), granted(itself, number=8))
    (found,) = documents(done.files[""])
    assert not done.left
    assert (found["kind"], found["metadata"]["name"]) == ("K8sRoot", "no-root")
    assert found["spec"] == {"match": {"excludedNamespaces": ["billing", "team-*"]}}
    assert f"# {NOTE}" in done.files[""]


@pytest.mark.parametrize(
    ("scope", "says"),
    [
        ({"checks": ["K8sRoot"], "namespaces": ["billing"]}, "name it as Kind/name"),
        ({"checks": ["K8sRoot/x"], "namespaces": ["a*b"]}, "a * at the ends only"),
        ({"checks": ["K8sRoot/x"], "resources": ["Pod/web"]}, "excludes whole namespaces"),
        ({"checks": ["K8sRoot/x"], "resources": ["Namespace/a"]}, "only with all that is in it"),
    ],
)
def test_gatekeeper_cannot(scope: dict[str, Any], says: str) -> None:
    done = written("gatekeeper", granted(scope))
    assert done.entries == 0
    assert says in reasons(*done.left)


def test_kubescape_never_says_every_control() -> None:
    scope = {"type": "compliance", "resources": ["Deployment/web"], "fingerprints": ["0" * 32]}
    assert json.loads(written("kubescape", granted(scope)).files[""]) == []


def test_kubescape_escapes_and_groups() -> None:
    scope = {"checks": ["C-0012"], "namespaces": ["a.b", "c?d*"], "resources": ["*.X/y"]}
    (policy,) = json.loads(written("kubescape", granted(scope)).files[""])
    (resource,) = policy["resources"]
    assert resource["attributes"]["namespace"] == "(?:a\\.b|c.d.*)"
    assert resource["attributes"]["kind"] == ".*\\.X"


def test_kubescape_objects_are_in_their_namespace() -> None:
    scope = {"checks": ["C-0012"], "namespaces": ["billing", "team-*"]}
    done = written("kubescape-crd", granted(scope))
    (found,) = documents(done.files[""])
    assert (found["kind"], found["metadata"]["namespace"]) == ("SecurityException", "billing")
    assert found["spec"]["expiresAt"] == "2027-01-31T00:00:00Z"
    assert found["spec"]["reason"] == NOTE
    assert "team-*" in reasons(*done.left)


def test_prowler_entries_are_anchored_and_apart() -> None:
    scope = {"checks": ["core_root"], "clusters": ["prod"], "namespaces": ["user-1"], "resources": ["*/web"]}
    other = {**scope, "namespaces": ["other"], "resources": ["*/db"]}
    tree = yaml(written("prowler", granted(scope, other)).files[""])
    checks = tree["Mutelist"]["Accounts"]["prod"]["Checks"]
    assert len(checks) == 2, "regions of one and resources of the other must not meet"
    assert [one["Regions"] for one in checks.values()] == [["^user-1\\Z"], ["^other\\Z"]]
    assert all(one["Description"] == NOTE for one in checks.values())
    assert not any("*" in text for text in str(checks).split("'") if text.startswith("^"))


# --- Code


def test_checkov_words_that_are_no_checks() -> None:
    scope = {"checks": ["billing", "CKV_AWS_1:a", "CKV_*,billing", "CKV_AWS_*"], "repositories": ["*"]}
    done = written("checkov", granted(scope), target=REPOSITORY)
    assert yaml(done.files[""]) == {"skip-check": ["CKV_AWS_*"]}
    assert len(done.left) == 3


def test_checkov_types() -> None:
    scope = {"type": "misconfiguration", "checks": ["CKV_*", "CKV_AWS_1"], "repositories": ["*"]}
    done = written("checkov", granted(scope), target=REPOSITORY)
    assert yaml(done.files[""]) == {"skip-check": ["CKV_AWS_1"]}
    assert "other kinds of findings" in reasons(*done.left)


def test_conftest_exempts_three_rules() -> None:
    names = [f"main.{kind}_root" for kind in ("deny", "violation", "warn")]
    one = written("rego", granted({"checks": names[:1], "repositories": ["*"]}), target=REPOSITORY)
    assert one.files == {}
    assert "exempt main.violation_root and main.warn_root as well" in reasons(*one.left)
    every = written("rego", granted({"checks": names, "repositories": ["*"]}), target=REPOSITORY)
    assert list(every.files) == ["conftest/main.rego"]
    assert 'exception: "EXC-007"' in every.files["conftest/main.rego"]


# --- Packages


def test_grype_names_that_are_expressions() -> None:
    scope = {"checks": ["CVE-2026-1234"], "packages": ["pkg:npm/c.t@*", "pkg:npm/a%2Bb@*"]}
    rules = yaml(written("grype", granted(scope)).files[""])["ignore"]
    assert [rule["package"]["name"] for rule in rules] == ["c.t", "a\\+b"]
    assert all(rule["reason"] == NOTE for rule in rules)


@pytest.mark.parametrize(
    ("pattern", "says"),
    [
        ("pkg:maven/org.apache/log4j-core@*", "the group or the distribution"),
        ("pkg:deb/debian/curl@*", "the group or the distribution"),
        ("pkg:pypi/django@4.2", "qualifiers"),
        ("pkg:npm/lo*@*", "not one package"),
    ],
)
def test_grype_packages_that_it_cannot_tell(pattern: str, says: str) -> None:
    done = written("grype", granted({"checks": ["CVE-2026-1234"], "packages": [pattern]}))
    assert done.entries == 0
    assert says in reasons(*done.left)


def test_grype_fix_states() -> None:
    scope = {"checks": ["CVE-2026-1234"], "packages": ["pkg:npm/lodash@*"]}
    rules = yaml(written("grype", granted(scope, voids=["fix-available"])).files[""])["ignore"]
    assert [rule["fix-state"] for rule in rules] == ["not-fixed", "wont-fix"]


def test_osv_scanner_ids_take_their_aliases_along() -> None:
    grant = granted({"checks": ["CVE-2026-1"], "repositories": ["*/app"]})
    blind = written("osv-scanner", grant, target=REPOSITORY)
    assert "give a current report" in reasons(*blind.left)
    alone = report(osv((["GHSA-aaaa-bbbb-cccc"], ["CVE-2026-1"])), REPOSITORY)
    done = written("osv-scanner", grant, target=REPOSITORY, reports=(alone,))
    ends = dt.datetime(2027, 1, 31, tzinfo=dt.UTC)
    ignored = [{"id": "GHSA-aaaa-bbbb-cccc", "ignoreUntil": ends, "reason": NOTE}]
    assert tomllib.loads(done.files[""]) == {"IgnoredVulns": ignored}
    shared = report(
        osv((["CVE-2026-1"], []), (["GHSA-aaaa-bbbb-cccc"], ["CVE-2026-1", "CVE-2026-2"])), REPOSITORY
    )
    wider = written("osv-scanner", grant, target=REPOSITORY, reports=(shared,))
    assert "GHSA-aaaa-bbbb-cccc along" in reasons(*wider.left)
    assert wider.entries == 0


def test_osv_scanner_whole_packages() -> None:
    grant = granted({"packages": ["pkg:maven/org.x/y@*", "pkg:npm/lodash@4.17.4"], "repositories": ["*"]})
    tables = tomllib.loads(written("osv-scanner", grant, target=REPOSITORY).files[""])["PackageOverrides"]
    assert [(one["ecosystem"], one["name"], one.get("version")) for one in tables] == [
        ("Maven", "org.x:y", None),
        ("npm", "lodash", "4.17.4"),
    ]
    assert all(one["effectiveUntil"] == dt.datetime(2027, 1, 31, tzinfo=dt.UTC) for one in tables)


def test_snyk_ends_before_the_next_day() -> None:
    grant = granted({"checks": ["SNYK-JS-LODASH-1", "CVE-2026-1"], "repositories": ["*"]})
    rules = yaml(written("snyk", grant, target=REPOSITORY).files[""])["ignore"]
    (rule,) = rules["SNYK-JS-LODASH-1"]
    assert rule["*"]["expires"] == "2027-01-30T23:59:59.999Z"
    assert rule["*"]["reason"] == NOTE


# --- Ends


@pytest.mark.parametrize(("expires", "holds"), [("2026-11-01", False), ("2099-01-30", True)])
def test_rego_ends_by_the_clock(expires: str, holds: bool) -> None:
    """Whoever still has the file when the record is over: it says nothing any more."""
    dates = {"requested": "2026-10-01", "expires": expires, "remediation": {"target": "2026-11-01"}}
    checks = [f"main.{kind}_root" for kind in ("deny", "violation", "warn")]
    grant = granted({"checks": [*checks, "KSV012", "github-pat"], "repositories": ["*"]}, **dates)
    policy = written("trivy-policy", grant, target=REPOSITORY).files
    raw = {"kind": "secret", "secret": "github-pat", "severity": "HIGH"}
    assert trivy.by_policy(policy, raw, REPOSITORY) is holds
    exceptions = written("rego", grant, target=REPOSITORY).files
    assert code.REGO.silenced(exceptions, {"check": "main.deny_root"}, REPOSITORY) is holds


# --- Targets


def test_environments_of_clusters() -> None:
    from reprieve.export.fit import environments_in
    from reprieve.record.charter import Charter

    charter = Charter(version=1, environments={"prod-eu-*": "staging", "prod-*": "production", "*": "test"})
    assert environments_in("prod-eu-1", charter) == {"staging"}
    assert environments_in("prod-us-1", charter) == {"production"}
    assert environments_in("prod-*", charter) == {"staging", "production"}
    assert environments_in("*", charter) == {"staging", "production", "test"}


@pytest.mark.parametrize(("option", "left"), [({}, False), ({"cluster": "prod-eu-1"}, False)])
def test_a_record_of_another_environment(option: dict[str, str], left: bool) -> None:
    grant = granted({"checks": ["CKV_AWS_1"], "resources": ["x"]}, environment="staging")
    done = written("checkov", grant, target=Target(CHARTER, **option))
    assert (done.entries, done.left) == (0, ())
    assert done.aside[0].reason == "about another environment"
