"""`reprieve simulate`: what would be if these were approved and those had ended, and nothing is written."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from reprieve.judging import judge_reports
from reprieve.register.register import Register
from reprieve.report.markdown import LIMIT
from reprieve.standing.simulation import Assumptions, simulate
from tests.process.hosts import branches
from tests.support import CHARTER, Office, git, today, trivy_report


def scope(check: str) -> list[dict[str, Any]]:
    return [{"type": "misconfiguration", "checks": [check], "namespaces": ["billing"]}]


@pytest.fixture
def scene(office: Office) -> Office:
    """EXC-001 is active for KSV012, EXC-002 asked for KSV001; a report shows both, and KSV003."""
    office.active(scope=scope("KSV012"))
    office.request(scope=scope("KSV001"), summary="Privileged until v4.")
    report = trivy_report({"check": "KSV012"}, {"check": "KSV001", "severity": "HIGH"}, {"check": "KSV003"})
    (office.desk().directory / "trivy.json").write_text(report)
    return office


def what_if(office: Office, *arguments: str, report: str | None = "trivy.json") -> Any:
    reports = [report] if report else []
    result = office.desk().run("simulate", *reports, *arguments, "--fetch", "--output", "json")
    assert result.code in {0, 1}, result.err
    return result.json()


def by_check(found: Any) -> dict[str, str]:
    return {row["check"]: row["disposition"] for row in found["findings"]}


def turned(found: Any) -> dict[str, tuple[str, str]]:
    turns = found["simulation"]["turns"] if "simulation" in found else found["turns"]
    return {turn["id"]: (turn["before"], turn["after"]) for turn in turns}


def test_approved_and_expired(scene: Office) -> None:
    found = what_if(scene, "--approve", "EXC-002", "--expire", "1")
    assert by_check(found) == {"KSV012": "expired", "KSV001": "excepted", "KSV003": "open"}
    assert turned(found) == {"EXC-001": ("active", "expired"), "EXC-002": ("requested", "active")}
    told = found["simulation"]
    assert [
        (each["finding"], each["before"], each["after"], each["exception"]) for each in told["opens"]
    ] == [(0, "excepted", "expired", "EXC-001")]
    assert [(each["finding"], each["exception"]) for each in told["closes"]] == [(1, "EXC-002")]
    assert (found["simulated"], told["verdict_now"], told["summary_now"]["excepted"]) == (True, "fail", 1)
    assert told["assumed"]["approve"] == ["EXC-002"]


def test_nothing_is_written(scene: Office) -> None:
    before = (branches(scene.remote), branches(scene.desk().directory))
    what_if(scene, "--approve", "EXC-002", "--revoke", "EXC-001")
    assert (branches(scene.remote), branches(scene.desk().directory)) == before
    assert by_check(scene.desk().run("gate", "trivy.json", "-o", "json").json())["KSV012"] == "excepted"


@pytest.mark.parametrize("option", ["--revoke", "--close"])
def test_ended(scene: Office, option: str) -> None:
    found = what_if(scene, option, "EXC-001")
    assert by_check(found)["KSV012"] == "open"
    assert turned(found) == {"EXC-001": ("active", "revoked" if option == "--revoke" else "closed")}


def test_on_another_day(scene: Office) -> None:
    day = today() + dt.timedelta(days=60)
    assert by_check(what_if(scene, "--on", day.isoformat()))["KSV012"] == "excepted"
    found = what_if(scene, "--on", (day + dt.timedelta(days=1)).isoformat())
    assert by_check(found)["KSV012"] == "expired"
    assert found["now"].startswith((day + dt.timedelta(days=1)).isoformat())


def test_nothing_assumed_changes_nothing(scene: Office) -> None:
    found = what_if(scene)
    assert (found["simulated"], found["simulation"]["opens"], found["simulation"]["closes"]) == (True, [], [])
    assert turned(found) == {}
    assert "No finding would open or close." in scene.desk().run("simulate", "trivy.json").out


def test_controls_are_still_to_be_implemented(scene: Office) -> None:
    controls = [{"id": "policy", "kind": "preventive", "description": "Only the gateway."}]
    identifier = scene.request(scope=scope("KSV003"), controls=controls)
    found = what_if(scene, "--approve", identifier)
    assert turned(found)[identifier] == ("requested", "approved")
    assert by_check(found)["KSV003"] == "pending"
    assert "policy" in found["simulation"]["turns"][0]["reason"]
    found = what_if(scene, "--approve", identifier, "--implement", identifier)
    assert (turned(found)[identifier], by_check(found)["KSV003"]) == (("requested", "active"), "excepted")


def test_what_is_invalid_stays_so(tmp_path: Path) -> None:
    """Only a push can have put it there: the command would not."""
    office = Office(tmp_path)
    desk = office.desk()
    identifier = office.request(scope=scope("KSV012"))
    desk.git("fetch", "--quiet")
    desk.git("checkout", "--quiet", f"exception/{identifier}")
    (path,) = Path(desk.directory, "security/exceptions").glob("EXC-001-*")
    name = str(path.relative_to(desk.directory))
    desk.commit({name: path.read_text().replace("namespaces: [billing]", "namespaces: ['*']")})
    desk.git("push", "--quiet", "origin", f"exception/{identifier}")
    (desk.directory / "trivy.json").write_text(trivy_report())
    found = what_if(office, "--approve", identifier)
    assert by_check(found)["KSV012"] == "open"
    assert turned(found) == {}


def test_a_limit_on_critical_ones_holds(tmp_path: Path) -> None:
    office = Office(tmp_path, CHARTER + "limits: {critical_in_production: 1}\n")
    first = office.request(risk="critical", scope=scope("KSV012"))
    second = office.request(risk="critical", scope=scope("KSV001"), summary="Another.")
    (office.desk().directory / "trivy.json").write_text(trivy_report({}, {"check": "KSV001"}))
    found = what_if(office, "--approve", first, "--approve", second)
    assert by_check(found) == {"KSV012": "excepted", "KSV001": "open"}
    assert turned(found)[second] == ("requested", "invalid")


def test_a_denied_one_and_one_above_the_limit_of_breadth(tmp_path: Path) -> None:
    office = Office(tmp_path, CHARTER + "limits: {breadth: 1}\n")
    identifier = office.request(risk="medium", scope=scope("KSV012"))
    office.desk("security-team").ok("decide", identifier, "deny", "--reason", "no")
    (office.desk().directory / "trivy.json").write_text(trivy_report())
    assert turned(what_if(office, "--approve", identifier)) == {identifier: ("denied", "active")}


def test_a_change_of_what_is_merged(scene: Office) -> None:
    """A branch that widens EXC-001: approved, its terms are the ones that hold."""
    desk = scene.desk()
    desk.git("fetch", "--quiet")
    desk.git("checkout", "--quiet", "-b", "exception/EXC-001", "origin/main")
    path = scene.record_path("EXC-001")
    desk.commit({path: (desk.directory / path).read_text().replace("[KSV012]", "[KSV012, KSV003]")})
    desk.git("push", "--quiet", "origin", "exception/EXC-001")
    assert by_check(what_if(scene))["KSV003"] == "pending"
    assert by_check(what_if(scene, "--approve", "EXC-001"))["KSV003"] == "excepted"


@pytest.mark.parametrize(
    ("options", "needle"),
    [
        (("--expire", "EXC-002"), "--approve EXC-002"),
        (("--revoke", "EXC-002"), "--approve EXC-002"),
        (("--approve", "EXC-099"), "holds no EXC-099"),
        (("--approve", "nonsense"), "not an id"),
        (("--on", "yesterday"), "--on: expected"),
    ],
)
def test_what_cannot_happen_is_an_error(scene: Office, options: tuple[str, ...], needle: str) -> None:
    result = scene.desk().run("simulate", "trivy.json", *options, "--fetch")
    assert (result.code, needle in result.err, result.out) == (2, True, "")


def test_nothing_revives_what_has_ended(scene: Office) -> None:
    scene.desk("security-lead").ok("revoke", "EXC-001", "--reason", "breach")
    for option in ("--approve", "--expire", "--implement"):
        result = scene.desk().run("simulate", "trivy.json", option, "EXC-001", "--fetch")
        assert (result.code, "revoked" in result.err or "ended" in result.err) == (2, True)


def test_approved_and_ended_at_once(scene: Office) -> None:
    assert turned(what_if(scene, "--approve", "EXC-002", "--expire", "EXC-002"))["EXC-002"] == (
        "requested",
        "expired",
    )


def test_without_a_report_only_who_stands_where(scene: Office) -> None:
    day = (today() + dt.timedelta(days=100)).isoformat()
    found = what_if(scene, "--on", day, "--approve", "EXC-002", report=None)
    assert turned(found) == {"EXC-001": ("active", "expired"), "EXC-002": ("requested", "expired")}
    said = scene.desk().ok("simulate", "--on", day)
    assert "no report, so no verdict" in said
    assert "would stand as it does now" in scene.desk().ok("simulate")
    result = scene.desk().run("simulate", "--on", day, "--output", "sarif")
    assert (result.code, "needs a report" in result.err) == (2, True)


def test_exit_code_is_that_of_the_simulated_verdict(scene: Office) -> None:
    office = scene
    (office.desk().directory / "one.json").write_text(trivy_report({"check": "KSV001"}))
    assert office.desk().run("simulate", "one.json", "--fetch").code == 1
    assert office.desk().run("simulate", "one.json", "--approve", "EXC-002", "--fetch").code == 0


@pytest.mark.parametrize("output", ["table", "json", "sarif", "markdown", "junit", "github"])
def test_every_output_is_of_the_simulated_verdict(scene: Office, output: str) -> None:
    desk = scene.desk()
    arguments = ("simulate", "trivy.json", "--approve", "EXC-002", "--fetch", "--output", output)
    result = desk.run(*arguments)
    assert result.code == 1
    if output == "sarif":
        run = json.loads(result.out)["runs"][0]
        assert "simulated" in json.dumps(run).lower()
    elif output == "junit":
        ElementTree.fromstring(result.out)
    elif output in {"table", "markdown"}:
        assert "simulated" in result.out.lower()
        assert "requested → active" in result.out


def test_a_comment_is_never_too_long(office: Office) -> None:
    report = trivy_report(*({"resource": f"Deployment/billing-{'x' * 80}-{n}"} for n in range(600)))
    (office.desk().directory / "trivy.json").write_text(report)
    identifier = office.active()
    result = office.desk().run("simulate", "trivy.json", "--revoke", identifier, "--fetch", "-o", "markdown")
    assert len(result.out) <= LIMIT
    assert "600" in result.out


def test_the_register_itself_is_left_as_it_is(scene: Office) -> None:
    register = Register.open(scene.desk().directory, fetch=True)
    now = dt.datetime.now(dt.UTC)
    held = register.snapshot
    other = simulate(register, Assumptions(approve=(2,), expire=(1,)), now)
    assert register.snapshot is held
    assert judge_reports([], other, now).exceptions != judge_reports([], register, now).exceptions
    assert simulate(register, Assumptions(), now).snapshot is held


def test_git_is_asked_for_nothing_more(scene: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data alone: a register that was opened can be simulated a thousand times."""
    register = Register.open(scene.desk().directory, fetch=True)
    monkeypatch.setattr("reprieve.register.git.Git.run", None)
    simulate(register, Assumptions(approve=(2,), implement=(2,), expire=(1,)), dt.datetime.now(dt.UTC))


def test_a_simulated_verdict_is_no_evidence(scene: Office) -> None:
    desk = scene.desk()
    out = desk.run("simulate", "trivy.json", "--approve", "EXC-002", "--fetch", "--output", "json").out
    (desk.directory / "what-if.json").write_text(out)
    result = desk.run("stale", "what-if.json")
    assert (result.code, git(desk.directory, "status", "--porcelain") != "") == (2, True)
