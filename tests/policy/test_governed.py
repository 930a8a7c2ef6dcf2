"""Exceptions in Rego under a register: which of them count, and what every output says of them."""

from __future__ import annotations

import datetime as dt
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.policy.scanning import module, write
from tests.report.test_sarif import assert_valid
from tests.support import CHARTER, FOLDER, Desk, Office, Result, today

PACKAGE = "user.root"
CHECK = """\
# METADATA
# title: Runs as root
# scope: package
# custom:
#   id: SHOP-1
#   severity: {severity}
package user.root
import rego.v1
deny_root contains res if {{
  input.kind == "Deployment"
  res := {{"msg": sprintf("%s runs as root", [input.metadata.name])}}
}}
"""
OBJECT = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: billing-api\n  namespace: {}\n"
SCOPE = [{"type": "misconfiguration", "checks": ["SHOP-1"], "namespaces": ["billing"]}]
COVERING: dict[str, Any] = {"scope": SCOPE, "risk": "medium", "voids": ["severity-raised"]}


def exceptions(cites: str | None = None, package: str = PACKAGE, names: str = '["root"]') -> str:
    """A file whose exception is in line 3, or 6 when it cites a record."""
    about = "" if cites is None else f"# METADATA\n# custom:\n#   exception: {cites}\n"
    return module(package, f"{about}exception contains {names}")


def estate(desk: Desk, rego: str, *, namespaces: str = "billing", severity: str = "MEDIUM") -> None:
    """A check, its exceptions, and an object in each namespace, in the work tree of a clone."""
    objects = "---\n".join(OBJECT.format(namespace) for namespace in namespaces.split())
    files = {"policy/root.rego": CHECK.format(severity=severity), "policy/e.rego": rego}
    write(desk.directory, {**files, "deploy/app.yaml": objects})


def scan(desk: Desk, *options: str, output: str = "json") -> Result:
    """`reprieve scan deploy` with the policies of the clone, fetched."""
    common = ("--policy", "policy", "--no-builtin", "--scanners", "misconfig", "--environment", "production")
    return desk.run("scan", "deploy", *common, "--fetch", "--output", output, *options)


class Said(NamedTuple):
    """What matters of a verdict in JSON."""

    code: int
    dispositions: list[str]
    states: list[str]
    shadows: int

    @classmethod
    def of(cls, result: Result) -> Said:
        verdict = result.json()
        return cls(
            result.code,
            [finding["disposition"] for finding in verdict["findings"]],
            [one["state"] for one in verdict["rego_exceptions"]],
            sum(problem["rule"] == "shadow-suppression" for problem in verdict["problems"]),
        )


def active(office: Office) -> str:
    return office.active(**COVERING)


def revoked(office: Office) -> str:
    identifier = active(office)
    office.desk().ok("revoke", identifier, "--reason", "The gateway was bypassed")
    return identifier


def pending(office: Office) -> str:
    return office.request(**COVERING)


def nothing(_office: Office) -> str:
    return "EXC-001"


def elsewhere(office: Office) -> str:
    return office.active(**{**COVERING, "scope": [{**SCOPE[0], "namespaces": ["shipping"]}]})


def test_an_exception_that_cites_an_active_record_counts(office: Office) -> None:
    identifier = active(office)
    desk = office.desk()
    estate(desk, exceptions(identifier))
    result = scan(desk)
    assert Said.of(result) == (0, ["excepted"], ["failing"], 0)
    (finding,) = result.json()["findings"]
    assert (finding["source"], finding["exception"]) == ("rego", identifier)
    assert (finding["source_file"], finding["source_line"]) == ("policy/e.rego", 6)
    named = {"file": "policy/e.rego", "line": 6, "package": PACKAGE, "exception": identifier}
    assert finding["policy"] == {"package": PACKAGE, "rule": "deny_root", "exemptions": [named]}
    (one,) = result.json()["rego_exceptions"]
    expected = {"file": "policy/e.rego", "line": 6, "package": PACKAGE, "exception": identifier}
    assert expected.items() <= one.items()
    assert (one["excepted"], one["passing"], one["unknown"]) == (1, 0, [])


def test_so_does_one_by_namespace(office: Office) -> None:
    desk = office.desk()
    estate(desk, exceptions(active(office), "namespace.exceptions", f'"{PACKAGE}"'))
    assert Said.of(scan(desk)) == (0, ["excepted"], ["failing"], 0)


def test_the_citation_may_stand_above_the_package(office: Office) -> None:
    desk = office.desk()
    about = f"# METADATA\n# scope: package\n# custom:\n#   exception: {active(office)}\n"
    estate(desk, about + exceptions())
    assert Said.of(scan(desk)) == (0, ["excepted"], ["failing"], 0)


@pytest.mark.parametrize("cites", ["EXC-1", "EXC-0001", '"EXC-001"'])
def test_an_id_is_a_number_however_it_is_padded(office: Office, cites: str) -> None:
    active(office)
    desk = office.desk()
    estate(desk, exceptions(cites))
    assert Said.of(scan(desk)) == (0, ["excepted"], ["failing"], 0)


NOT_ACTIVE: dict[str, Callable[[Office], str]] = {"revoked": revoked, "pending": pending, "unknown": nothing}


@pytest.mark.parametrize("make", NOT_ACTIVE.values(), ids=NOT_ACTIVE)
def test_a_record_that_is_not_active_is_no_ground(office: Office, make: Callable[[Office], str]) -> None:
    desk = office.desk()
    estate(desk, exceptions(make(office)))
    said = Said.of(scan(desk))
    assert (said.code, said.states, said.shadows) == (1, ["ignored"], 1)
    assert said.dispositions == ["pending" if make is pending else "open"]


def test_an_expired_record_is_no_ground(office: Office) -> None:
    desk = office.desk()
    estate(desk, exceptions(active(office)))
    after = (today() + dt.timedelta(days=90)).isoformat()
    assert Said.of(scan(desk, "--now", after)) == (1, ["expired"], ["ignored"], 1)


def test_a_record_holds_for_its_own_scope_alone(office: Office) -> None:
    desk = office.desk()
    estate(desk, exceptions(active(office)), namespaces="billing shipping")
    result = scan(desk)
    assert Said.of(result) == (1, ["excepted", "open"], ["failing"], 0)
    (one,) = result.json()["rego_exceptions"]
    assert one["excepted"] == 1


def test_a_record_of_another_scope_excepts_nothing(office: Office) -> None:
    desk = office.desk()
    estate(desk, exceptions(elsewhere(office)))
    result = scan(desk)
    assert Said.of(result)[:2] == (1, ["open"])
    assert result.json()["rego_exceptions"][0]["excepted"] == 0
    assert "its record does not cover what it names" in scan(desk, output="table").out


def test_another_record_that_covers_is_not_the_one_that_is_cited(office: Office) -> None:
    active(office)
    cited = elsewhere(office)
    desk = office.desk()
    estate(desk, exceptions(cited))
    result = scan(desk)
    assert Said.of(result)[:2] == (0, ["excepted"])
    (finding,) = result.json()["findings"]
    assert (finding["source"], finding["exception"]) == ("record", "EXC-001")
    assert result.json()["rego_exceptions"][0]["excepted"] == 0


def test_a_record_that_is_void_for_the_finding_is_no_ground(office: Office) -> None:
    desk = office.desk()
    estate(desk, exceptions(active(office)), severity="CRITICAL")
    result = scan(desk)
    assert Said.of(result)[:2] == (1, ["open"])
    (one,) = result.json()["rego_exceptions"]
    assert one["excepted"] == 0


@pytest.mark.parametrize("options", [("--all",), ("--explain", "SHOP-1")])
def test_why_it_is_void_is_said(office: Office, options: tuple[str, ...]) -> None:
    desk = office.desk()
    estate(desk, exceptions(active(office)), severity="CRITICAL")
    assert "EXC-001 does not cover it: severity-raised" in scan(desk, *options, output="table").out


def test_without_a_citation_it_is_a_shadow(office: Office) -> None:
    desk = office.desk()
    estate(desk, exceptions())
    result = scan(desk)
    assert Said.of(result) == (1, ["open"], ["ignored"], 1)
    (problem,) = result.json()["problems"]
    assert (problem["path"], problem["line"], problem["level"]) == ("policy/e.rego", 3, "warning")


@pytest.mark.parametrize(
    "cites", ["[EXC-001]", "7", "''", "{id: EXC-001}", "EXC", "exc-001", "EXC-001 and more"]
)
def test_what_is_no_id_is_no_citation(office: Office, cites: str) -> None:
    active(office)
    desk = office.desk()
    estate(desk, exceptions(cites), namespaces="shipping")
    assert Said.of(scan(desk)) == (1, ["open"], ["ignored"], 1)


def test_an_exception_without_a_citation_takes_nothing_from_a_record(office: Office) -> None:
    active(office)
    desk = office.desk()
    estate(desk, exceptions())
    result = scan(desk)
    assert Said.of(result) == (0, ["excepted"], ["ignored"], 1)
    assert result.json()["findings"][0]["source"] == "record"


# --- charter: rego_exceptions: allowed

ALLOWED = CHARTER.replace("roles:", "rego_exceptions: allowed\nroles:")


def test_where_the_charter_allows_them_they_count_alone(tmp_path: Path) -> None:
    desk = Office(tmp_path, ALLOWED).desk()
    estate(desk, exceptions())
    result = scan(desk)
    assert Said.of(result) == (0, ["excepted"], ["failing"], 0)
    (finding,) = result.json()["findings"]
    assert (finding["source"], finding["exception"], finding["source_line"]) == ("rego", None, 3)


def test_where_the_charter_allows_them_a_citation_still_has_to_hold(tmp_path: Path) -> None:
    office = Office(tmp_path, ALLOWED)
    desk = office.desk()
    estate(desk, exceptions(revoked(office)))
    assert Said.of(scan(desk)) == (1, ["open"], ["ignored"], 1)


@pytest.mark.parametrize("cites", ["[EXC-001]", "7", "''", "{id: EXC-001}"])
def test_what_was_meant_as_a_citation_does_not_count_as_none(tmp_path: Path, cites: str) -> None:
    office = Office(tmp_path, ALLOWED)
    active(office)
    desk = office.desk()
    estate(desk, exceptions(cites), namespaces="shipping")
    assert Said.of(scan(desk)) == (1, ["open"], ["ignored"], 1)


def test_the_nearest_citation_counts_even_where_it_is_none(office: Office) -> None:
    desk = office.desk()
    about = f"# METADATA\n# custom: {{exception: {active(office)}}}\n"
    estate(desk, about + exceptions("[EXC-001]"))
    assert Said.of(scan(desk)).states == ["ignored"]


def test_a_citation_may_be_of_all_clauses_of_the_name(office: Office) -> None:
    desk = office.desk()
    cites = f"# METADATA\n# scope: document\n# custom: {{exception: {active(office)}}}\n"
    clauses = ('exception contains ["nothing"] if input.none', 'exception contains ["root"]')
    estate(desk, module(PACKAGE, cites + clauses[0], clauses[1]))
    assert Said.of(scan(desk)) == (0, ["excepted"], ["unmatched", "failing"], 0)


def test_the_charter_of_a_branch_allows_nothing(office: Office) -> None:
    desk = office.desk()
    write(desk.directory, {f"{FOLDER}/charter.yaml": ALLOWED})
    estate(desk, exceptions())
    assert Said.of(scan(desk)) == (1, ["open"], ["ignored"], 1)


# --- no register


@pytest.mark.parametrize("cites", [None, "EXC-001"])
def test_without_a_register_it_counts(tmp_path: Path, cites: str | None) -> None:
    desk = Desk.__new__(Desk)  # no clone: a folder
    desk.directory = tmp_path
    estate(desk, exceptions(cites))
    common = ("--policy", "policy", "--no-builtin", "--scanners", "misconfig", "--output", "json")
    result = desk.run("scan", "deploy", *common)
    assert Said.of(result) == (0, ["excepted"], ["failing"], 0)
    assert result.json()["register"] is None


def test_a_register_that_is_left_out_is_none(office: Office) -> None:
    desk = office.desk()
    estate(desk, exceptions())
    assert Said.of(scan(desk, "--no-register")) == (0, ["excepted"], ["failing"], 0)


# --- every output says the tally


@pytest.fixture
def mixed(office: Office) -> Desk:
    """One finding excepted by Rego for a record, one open, and an exception that is a shadow."""
    desk = office.desk()
    estate(desk, exceptions(active(office)), namespaces="billing shipping")
    write(desk.directory, {"policy/shadow.rego": exceptions(names='["root", "gone"]')})
    return desk


def test_the_table_says_it(mixed: Desk) -> None:
    out = scan(mixed, output="table").out
    assert "1 excepted by Rego" in out
    assert "policy/e.rego:6  EXC-001  excepts 1 finding, still failing" in out
    assert "policy/shadow.rego:3  ignored: it cites no active record; there is no gone" in out
    assert "shadow-suppression" in out


def test_json_says_it(mixed: Desk) -> None:
    verdict = scan(mixed).json()
    summary = verdict["summary"]
    assert (summary["open"], summary["excepted"], summary["exempted"]) == (1, 1, 1)
    found = {
        one["file"]: (one["state"], one["excepted"], one["unknown"]) for one in verdict["rego_exceptions"]
    }
    assert found == {"policy/e.rego": ("failing", 1, []), "policy/shadow.rego": ("ignored", 0, ["gone"])}


def test_sarif_says_it(mixed: Desk) -> None:
    log: dict[str, Any] = json.loads(scan(mixed, output="sarif").out)
    assert_valid(log)
    (run,) = log["runs"]
    suppressions = [result.get("suppressions", []) for result in run["results"]]
    (one,) = next(found for found in suppressions if found)
    assert one["justification"] == "exempted by policy/e.rego:6, for EXC-001"
    notes = run["invocations"][0]["toolConfigurationNotifications"]
    assert {note["descriptor"]["id"] for note in notes} >= {"rego-exception", "shadow-suppression"}


def test_markdown_says_it(mixed: Desk) -> None:
    out = scan(mixed, output="markdown").out
    assert "1 excepted by Rego" in out
    assert "policy/e.rego:6" in out
    assert "still failing" in out


def test_junit_says_it(mixed: Desk) -> None:
    root = ET.fromstring(scan(mixed, output="junit").out)
    (skipped,) = root.iter("skipped")
    assert "policy/e.rego:6, for EXC-001" in (skipped.get("message") or "") + (skipped.text or "")
    assert root.get("skipped") == "1"


def test_github_says_it(mixed: Desk) -> None:
    out = scan(mixed, output="github").out
    assert "::warning file=policy/shadow.rego,line=3" in out


def test_github_says_the_tally(mixed: Desk) -> None:
    assert "1 excepted by Rego" in scan(mixed, output="github").out


# --- --explain


def test_explain_says_rule_and_place_and_record(mixed: Desk) -> None:
    (excepted,) = [one for one in scan(mixed).json()["findings"] if one["disposition"] == "excepted"]
    for wanted in (excepted["fingerprint"], excepted["fingerprint"][:12]):
        result = scan(mixed, "--explain", wanted)
        assert result.code == 0
        assert "data.user.root.deny_root" in result.out
        assert "policy/e.rego:6: excepts it (cites EXC-001)" in result.out
        assert "EXC-001-" in result.out  # the record's file
        assert "policy/shadow.rego:3: names it too (cites no record)" in result.out
        assert "1 finding, 0 of them failing" in result.out


def test_explain_by_id_says_why_not(mixed: Desk) -> None:
    result = scan(mixed, "--explain", "SHOP-1")
    assert result.code == 1
    assert "policy/e.rego:6: names it, but EXC-001 is not active or does not cover this finding" in result.out
    assert "policy/shadow.rego:3: names it, but cites no record" in result.out
    assert "2 findings, 1 of them failing" in result.out


def test_explain_of_nothing_is_an_error(mixed: Desk) -> None:
    assert scan(mixed, "--explain", "KSV999").code == 2


@pytest.mark.parametrize(
    ("resources", "stale"),
    [
        (["Deployment/billing-api"], True),
        (["Deployment/billing-*"], True),
        (["Deployment/legacy"], False),
        (None, True),
    ],
)
def test_only_what_is_about_an_object_that_was_looked_at_is_stale(
    office: Office, resources: list[str] | None, stale: bool
) -> None:
    # A finding of another check says that the namespace was scanned; the scan says which objects were.
    scope = {**SCOPE[0], "checks": ["SHOP-2"], **({"resources": resources} if resources else {})}
    office.active(**{**COVERING, "scope": [scope]})
    desk = office.desk()
    estate(desk, module("user.other", "x := 1"))
    for _ in range(2):  # the second from memory
        (exception,) = scan(desk).json()["exceptions"]
        assert (exception["covered"], exception["stale"]) == (0, stale)
