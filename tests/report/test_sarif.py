"""SARIF 2.1.0, held against the rules of its JSON schema and its text, as far as they concern us."""

from __future__ import annotations

import json
import re
from typing import Any

import msgspec
import pytest

from reprieve.verdict import Verdict
from reprieve.version import __version__
from tests.report.verdicts import CALM, IMAGE, RICH, finding, live, outcome, verdict_of, written

Json = dict[str, Any]

KEYS = {
    "log": {"$schema", "version", "runs"},
    "run": {"tool", "invocations", "originalUriBaseIds", "properties", "results"},
    "driver": {"name", "semanticVersion", "rules"},
    "rule": {"id", "defaultConfiguration", "properties"},
    "result": {
        "ruleId",
        "ruleIndex",
        "level",
        "message",
        "locations",
        "suppressions",
        "properties",
        "partialFingerprints",
    },
    "location": {"physicalLocation", "logicalLocations"},
    "physicalLocation": {"artifactLocation", "region"},
    "artifactLocation": {"uri", "uriBaseId"},
    "region": {"startLine", "endLine"},
    "logicalLocation": {"fullyQualifiedName", "kind"},
    "suppression": {"kind", "status", "justification"},
    "invocation": {
        "executionSuccessful",
        "toolConfigurationNotifications",
        "toolExecutionNotifications",
    },
    "notification": {"descriptor", "level", "message", "locations"},
}
"""Of the keys that the schema allows (`additionalProperties: false` everywhere), those we use."""

LEVELS = {"none", "note", "warning", "error"}


def log_of(verdict: Verdict) -> Json:
    log: Json = json.loads(written("sarif", verdict))
    assert_valid(log)
    return log


def results_of(verdict: Verdict) -> list[Json]:
    results: list[Json] = log_of(verdict)["runs"][0]["results"]
    return results


def assert_valid(log: Json) -> None:
    assert only("log", log)["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = only("driver", only("run", run)["tool"]["driver"])["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert only("rule", rule)["defaultConfiguration"]["level"] in LEVELS
        tags = rule["properties"]["tags"]
        assert len(set(tags)) == len(tags)
    for invocation in run["invocations"]:
        faults = only("invocation", invocation)["toolExecutionNotifications"]
        assert invocation["executionSuccessful"] is not bool(faults)
        for notification in (*invocation["toolConfigurationNotifications"], *faults):
            assert_message(only("notification", notification))
            assert_locations(notification["locations"], run)
    for result in run["results"]:
        assert_message(only("result", result))
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert_locations(result["locations"], run)
        assert_suppressions(result["suppressions"])
        assert all(isinstance(value, str) for value in result.get("partialFingerprints", {}).values())


def only(kind: str, item: Json) -> Json:
    assert item.keys() <= KEYS[kind], kind
    assert None not in item.values()
    return item


def assert_message(item: Json) -> None:
    assert item["level"] in LEVELS
    assert item["message"].keys() == {"text"}
    assert item["message"]["text"]


def assert_locations(locations: list[Json], run: Json) -> None:
    """GitHub needs an artifact in each; a URI is a relative reference of RFC 3986."""
    assert len(locations) == 1
    physical = only("physicalLocation", only("location", locations[0])["physicalLocation"])
    artifact = only("artifactLocation", physical["artifactLocation"])
    assert re.fullmatch(r"(?!//)(?:[A-Za-z0-9._~/@+=,-]|%[0-9A-F]{2})*", artifact["uri"])
    assert artifact.get("uriBaseId", "TARGET") in run["originalUriBaseIds"]
    if "region" in physical:
        region = only("region", physical["region"])
        assert 1 <= region["startLine"] <= region.get("endLine", region["startLine"])
    for logical in locations[0].get("logicalLocations", ()):
        assert only("logicalLocation", logical)["fullyQualifiedName"]


def assert_suppressions(suppressions: list[Json]) -> None:
    assert len({json.dumps(each) for each in suppressions}) == len(suppressions)
    for suppression in suppressions:
        assert only("suppression", suppression)["kind"] in {"inSource", "external"}
        assert suppression["status"] in {"accepted", "underReview", "rejected"}


def suppressed(result: Json) -> bool:
    """As consumers decide it: some, and none that is under review or rejected."""
    return bool(result["suppressions"]) and all(
        each["status"] == "accepted" for each in result["suppressions"]
    )


@pytest.mark.parametrize("refuse", [False, True])
def test_what_consumers_call_suppressed_is_what_the_gate_lets_pass(refuse: bool) -> None:
    dispositions = [outcome(), outcome("excepted", "EXC-007"), outcome("expired", "EXC-003")]
    dispositions.append(outcome("pending", "EXC-012"))
    pairs = [
        (finding(severity="critical", suppressed=reason), each)
        for each in dispositions
        for reason in (None, "", "why")
    ]
    verdict = verdict_of(
        pairs, exceptions=RICH.exceptions, native_suppressions="refuse" if refuse else "accept"
    )
    for index, result in enumerate(results_of(verdict)):
        assert suppressed(result) is not verdict.failing(index)


def test_the_driver() -> None:
    run = log_of(RICH)["runs"][0]
    assert run["tool"]["driver"]["name"] == "Reprieve"
    assert run["tool"]["driver"]["semanticVersion"] == __version__
    assert run["properties"]["verdict"] == "fail"
    assert log_of(verdict_of([]))["runs"][0]["results"] == []


def test_suppressions() -> None:
    by_check = {result["ruleId"]: result["suppressions"] for result in results_of(RICH)}
    assert by_check["KSV014"] == by_check["KSV009"] == []
    justification = "EXC-007: Legacy billing runs as root until the vendor ships v4."
    assert by_check["KSV012"] == [{"kind": "external", "status": "accepted", "justification": justification}]
    assert [each["status"] for each in by_check["CKV_K8S_11"]] == ["underReview"]
    assert by_check["B105"][0]["justification"] == "suppressed by bandit: test data"


def test_refused_native_suppressions_are_rejected_ones() -> None:
    result = results_of(msgspec.structs.replace(RICH, native_suppressions="refuse"))[-1]
    assert [each["status"] for each in result["suppressions"]] == ["rejected"]
    assert result["properties"]["failing"] is True


@pytest.mark.parametrize(
    ("severity", "level", "score"),
    [
        ("critical", "error", "9.5"),
        ("high", "error", "8.0"),
        ("medium", "warning", "5.5"),
        ("low", "note", "2.0"),
        ("info", "note", "0.0"),
        ("unknown", "warning", None),
    ],
)
def test_severities(severity: str, level: str, score: str | None) -> None:
    run = log_of(verdict_of([(finding(severity=severity), outcome())]))["runs"][0]
    assert run["results"][0]["level"] == level
    assert run["tool"]["driver"]["rules"][0]["properties"].get("security-severity") == score


def test_a_rule_is_there_once_with_the_worst_severity() -> None:
    pairs = [
        (finding("CVE-1", severity="low", tool="trivy", type="vulnerability"), outcome()),
        (finding("CVE-1", severity="high", tool="grype", type="vulnerability"), outcome()),
    ]
    (rule,) = log_of(verdict_of(pairs))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["defaultConfiguration"]["level"] == "error"
    assert rule["properties"]["tags"] == ["security", "vulnerability"]


def location_of(**fields: Any) -> Json:
    location: Json = results_of(verdict_of([(finding(**fields), outcome())]))[0]["locations"][0]
    return location


def test_a_file() -> None:
    assert location_of(path="a dir/50%:ü.tf", line=7, end_line=9)["physicalLocation"] == {
        "artifactLocation": {"uri": "a%20dir/50%25%3A%C3%BC.tf"},
        "region": {"startLine": 7, "endLine": 9},
    }
    assert location_of(path="main.tf", line=0)["physicalLocation"] == {"artifactLocation": {"uri": "main.tf"}}
    assert location_of(path="main.tf", line=7, end_line=3)["physicalLocation"]["region"]["endLine"] == 7
    assert location_of(path="//host/x")["physicalLocation"]["artifactLocation"]["uri"] == "/host/x"


def test_an_object_of_a_cluster() -> None:
    (result,) = results_of(verdict_of([(live("Deployment/api"), outcome())]))
    name = "prod-eu-1/billing/Deployment/api"
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": name, "kind": "resource"}]
    artifact = {"uri": name, "uriBaseId": "TARGET"}
    assert result["locations"][0]["physicalLocation"] == {"artifactLocation": artifact}


def test_what_is_not_in_a_file_is_an_artifact_too() -> None:
    assert location_of(image=IMAGE)["physicalLocation"]["artifactLocation"]["uri"].endswith("api%3A2.3.0")
    assert location_of()["physicalLocation"]["artifactLocation"] == {"uri": "trivy", "uriBaseId": "TARGET"}


def test_fingerprints_and_properties() -> None:
    result = results_of(RICH)[1]
    assert result["partialFingerprints"] == {"reprieve/v1": RICH.fingerprints[1]}
    assert result["properties"]["package"] == "pkg:npm/lodash@4.17.4"
    assert result["properties"]["voided_by"] == "EXC-008: fix-available"
    assert "exception" not in result["properties"]
    assert "partialFingerprints" not in results_of(msgspec.structs.replace(CALM, fingerprints=[]))[0]


def test_problems_are_notifications() -> None:
    (notification,) = log_of(RICH)["runs"][0]["invocations"][0]["toolConfigurationNotifications"]
    assert notification["descriptor"] == {"id": "blanket-scope"}
    assert notification["level"] == "error"
    assert notification["locations"][0]["physicalLocation"]["region"] == {"startLine": 9}
