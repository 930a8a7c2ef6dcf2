"""`reprieve stale`: results kept in a folder, what is said of each exception, and requests to close."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from tests.process.hosts import branches
from tests.standing.results import Kept, day
from tests.support import FOLDER, Office, git, trivy_report

BILLING = {"namespace": "billing"}
SHIPPING = {"namespace": "shipping"}


def scope(namespace: str, check: str = "KSV012") -> list[dict[str, object]]:
    return [{"type": "misconfiguration", "checks": [check], "namespaces": [namespace]}]


@pytest.fixture
def kept(office: Office) -> Kept:
    """EXC-001 for billing, EXC-002 for shipping."""
    office.active(scope=scope("billing"))
    office.active(scope=scope("shipping"), summary="Shipping runs as root.")
    return Kept(office.desk())


def fixed(kept: Kept) -> None:
    """Shipping is mended on the third day."""
    for number in (1, 2):
        kept.gate(number, BILLING, SHIPPING)
    for number in (3, 4):
        kept.gate(number, BILLING, {**SHIPPING, "check": "KSV001"})


def test_each_exception_with_its_evidence(kept: Kept) -> None:
    fixed(kept)
    found = kept.stale()
    assert found["EXC-001"]["state"] == "needed"
    ended = found["EXC-002"]
    assert ended["state"] == "no-longer-matching"
    assert ended["since"] == day(3).isoformat().replace("+00:00", "Z")
    assert Path(ended["result"]["path"]).name == "gate-03.json"
    assert Path(ended["last_match"]["path"]).name == "gate-02.json"
    said = kept.desk.ok("stale", "results", "--fetch")
    assert "last matched in gate-02.json of 2026-11-02, no more in gate-03.json of 2026-11-03" in said
    assert "EXC-001" not in said
    assert "EXC-001" in kept.desk.ok("stale", "results", "--all", "--fetch")
    assert "EXC-002" not in kept.desk.ok("stale", "results", "--only", "1", "--fetch")
    slip = kept.desk.run("stale", "results", "--only", "EXC-999", "--fetch")
    assert (slip.code, "EXC-999" in slip.err) == (2, True)


def test_the_moment_counts_and_not_the_name(kept: Kept) -> None:
    late = kept.gate(1, {**SHIPPING, "check": "KSV001"})
    early = kept.gate(9, SHIPPING)
    for path, number in ((late, 9), (early, 1)):
        verdict = json.loads(path.read_text())
        path.write_text(json.dumps({**verdict, "now": day(number).isoformat()}))
    assert kept.stale()["EXC-002"]["state"] == "no-longer-matching"


def test_a_scanners_own_report_is_of_now(kept: Kept, office: Office) -> None:
    kept.gate(1, SHIPPING)
    (office.desk().directory / "now.json").write_text(trivy_report({**SHIPPING, "check": "KSV001"}))
    said = office.desk().ok("stale", "results", "now.json", "--fetch")
    assert f"no more in now.json of {dt.datetime.now(dt.UTC):%Y-%m-%d}" in said


def test_a_clean_report_needs_to_say_where(kept: Kept) -> None:
    kept.gate(1, SHIPPING, options=("--cluster", "prod-eu-1"))
    kept.gate(2)
    assert kept.stale()["EXC-002"]["state"] == "needed"
    kept.gate(3, options=("--cluster", "prod-eu-1"))
    found = kept.stale()["EXC-002"]
    assert (found["state"], Path(found["result"]["path"]).name) == ("not-seen", "gate-03.json")


def workloads(*objects: tuple[str, list[str]]) -> str:
    """What `trivy k8s --include-non-failures` writes: each object, with what fails and one that passes."""
    return json.dumps(
        {
            "ClusterName": "prod-eu-1",
            "Resources": [
                {
                    "Namespace": namespace,
                    "Kind": "Deployment",
                    "Name": namespace,
                    "Results": [
                        {
                            "Target": f"Deployment/{namespace}",
                            "Class": "config",
                            "Misconfigurations": [
                                {"ID": "KSV001", "Severity": "LOW", "Status": "PASS"},
                                *({"ID": check, "Severity": "LOW", "Status": "FAIL"} for check in failing),
                            ],
                        }
                    ],
                }
                for namespace, failing in objects
            ],
        }
    )


@pytest.mark.parametrize(
    ("later", "state"),
    [
        ([("billing", [])], "target-gone"),
        ([("billing", ["KSV012"]), ("shipping", [])], "no-longer-matching"),
        ([("billing", []), ("shipping", [])], "check-retired"),
    ],
)
def test_a_verdict_keeps_what_its_reports_list(
    kept: Kept, later: list[tuple[str, list[str]]], state: str
) -> None:
    for number, report in ((1, [("billing", ["KSV012"]), ("shipping", ["KSV012"])]), (2, later)):
        out = kept.desk.run("gate", "-", "--fetch", "--output", "json", stdin=workloads(*report))
        kept.keep(number, out.json())
    assert kept.stale()["EXC-002"]["state"] == state
    (again,) = kept.desk.run("gate", "results/gate-01.json", "--output", "json").json()["reports"]
    assert [each["targets"] for each in again["extents"]] == [
        [["billing", "Deployment/billing", None, None], ["shipping", "Deployment/shipping", None, None]]
    ]


def test_the_environment_is_the_one_that_the_gate_took(kept: Kept) -> None:
    kept.gate(1, SHIPPING, options=("--environment", "staging"))
    assert kept.stale()["EXC-002"]["state"] == "not-looked-at"


def test_fingerprints_of_a_scope_are_those_of_the_result(office: Office) -> None:
    """Two reports in one verdict: twins are told apart within each report, and so again."""
    desk = office.desk()
    kept = Kept(desk)
    for name in ("a.json", "b.json"):
        (desk.directory / name).write_text(trivy_report(SHIPPING))
    verdict = desk.run("gate", "a.json", "b.json", "--output", "json").json()
    mark = verdict["findings"][0]["fingerprint"]
    identifier = office.active(scope=[{"fingerprints": [mark]}])
    kept.keep(1, verdict)
    assert kept.stale()[identifier]["findings"] == 2


def test_what_is_left_out_is_said(kept: Kept) -> None:
    kept.gate(1, SHIPPING)
    folder = kept.folder
    (folder / "package.json").write_text("{}")
    (folder / "half.json").write_text('{"version": 1, "verdict"')
    (folder / "raw.json").write_text(trivy_report())
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "gate.json").write_text((folder / "gate-01.json").read_text())
    verdict = json.loads((folder / "gate-01.json").read_text())
    (folder / "simulated.json").write_text(json.dumps({**verdict, "simulated": True}))
    result = kept.desk.run("stale", "results", "--fetch")
    assert result.code == 0
    for name in ("package.json", "half.json", "raw.json", "simulated.json"):
        assert f"left out: results/{name}: " in result.err
    assert "1 result from" in result.out


def test_what_is_named_and_cannot_be_read_is_an_error(kept: Kept) -> None:
    kept.gate(1, SHIPPING)
    broken = kept.folder / "half.json"
    broken.write_text('{"version": 1, "verdict"')
    result = kept.desk.run("stale", "results", str(broken))
    assert (result.code, "half.json" in result.err) == (2, True)
    assert kept.desk.run("stale", "nowhere.json").code == 2


def test_no_result_at_all_is_an_error(kept: Kept) -> None:
    result = kept.desk.run("stale", "results")
    assert (result.code, "--output json" in result.err) == (2, True)


def test_a_verdict_whose_findings_are_cut_off_is_an_error(kept: Kept) -> None:
    path = kept.gate(1, SHIPPING)
    verdict = json.loads(path.read_text())
    del verdict["findings"][0]["check"]
    path.write_text(json.dumps(verdict))
    assert kept.desk.run("stale", "results").code == 2


def test_what_a_scan_could_not_look_at_ends_nothing(kept: Kept) -> None:
    kept.gate(1, SHIPPING)
    path = kept.gate(2, {**SHIPPING, "check": "KSV001"})
    verdict = json.loads(path.read_text())
    path.write_text(json.dumps({**verdict, "faults": [{"path": "a.yaml", "message": "not YAML"}]}))
    assert kept.stale()["EXC-002"]["state"] == "needed"


def test_only_what_was_approved_is_asked_about(kept: Kept, office: Office) -> None:
    asked = office.request(scope=scope("web"))
    office.desk("security-lead").ok("revoke", "EXC-001", "--reason", "breach")
    kept.gate(1, BILLING, {"namespace": "web"})
    assert set(kept.stale()) == {"EXC-002"}
    assert asked not in kept.stale()


def test_one_that_has_expired_can_still_be_needed(kept: Kept) -> None:
    kept.gate(1, SHIPPING)
    later = (dt.date.today() + dt.timedelta(days=300)).isoformat()
    found = kept.stale("--now", later)["EXC-002"]
    assert (found["status"], found["state"]) == ("expired", "needed")


def test_text_of_records_and_files_stays_on_its_line(office: Office) -> None:
    office.active(scope=scope("shipping"), summary="Red \x1b[31m::error::text"[:4] + "root")
    kept = Kept(office.desk())
    path = kept.gate(1, SHIPPING)
    path.rename(path.with_name("::error::\x1b[31m.json"))
    said = office.desk().ok("stale", "results", "--all", "--fetch")
    assert "\x1b[31m" not in said
    assert not any(line.startswith("::") for line in said.splitlines())


# --- asking to close


def test_closing_is_asked_for_and_nothing_ends(kept: Kept, office: Office) -> None:
    fixed(kept)
    said = kept.desk.ok("stale", "results", "--close")
    assert "asked to close EXC-002: remediated" in said
    assert "exception/EXC-002-close" in branches(office.remote)
    assert office.desk().run("show", "EXC-002", "--fetch", "-o", "json").json()["status"] == "active"
    git(office.remote, "merge-base", "--is-ancestor", "main", "exception/EXC-002-close")
    (path,) = [
        path
        for path in git(
            office.remote, "ls-tree", "-r", "--name-only", "exception/EXC-002-close", f"{FOLDER}/archive"
        ).splitlines()
        if "EXC-002" in path
    ]
    text = git(office.remote, "show", f"exception/EXC-002-close:{path}")
    assert "reason: remediated" in text
    assert "no more in gate-03.json of 2026-11-03" in text
    assert "sha256" in text


def test_once_merged_it_is_closed(kept: Kept, office: Office) -> None:
    fixed(kept)
    kept.desk.ok("stale", "results", "--close", "--only", "EXC-002")
    lead = office.desk("security-lead")
    lead.git("fetch", "--quiet")
    lead.git("checkout", "--quiet", "-B", "main", "origin/main")
    lead.git("merge", "--quiet", "--no-ff", "--no-edit", "origin/exception/EXC-002-close")
    lead.git("push", "--quiet", "origin", "main")
    assert lead.run("show", "EXC-002", "--fetch", "-o", "json").json()["status"] == "closed"
    assert set(kept.stale()) == {"EXC-001"}


def test_it_is_asked_for_once(kept: Kept, office: Office) -> None:
    fixed(kept)
    kept.desk.ok("stale", "results", "--close")
    before = git(office.remote, "rev-parse", "exception/EXC-002-close")
    again = kept.desk.ok("stale", "results", "--close")
    assert "Nothing more to ask for" in again
    assert "waits on exception/EXC-002-close" in again
    assert git(office.remote, "rev-parse", "exception/EXC-002-close") == before


def test_what_is_needed_or_unknown_is_never_asked_for(office: Office) -> None:
    """The charter exports for Trivy, so what Trivy does not report may be hidden."""
    charter = office.desk("ciso")
    path = charter.directory / FOLDER / "charter.yaml"
    text = path.read_text() + "exports:\n  - {format: trivyignore, path: .trivyignore}\n"
    charter.commit({f"{FOLDER}/charter.yaml": text}, "Export")
    charter.git("push", "--quiet", "origin", "main")
    charter.ok("charter", "approve")
    office.active(scope=scope("shipping"))
    kept = Kept(office.desk())
    kept.gate(1, {**SHIPPING, "check": "KSV001"})
    assert kept.stale()["EXC-001"]["state"] == "unknown"
    assert "Nothing more to ask for" in kept.desk.ok("stale", "results", "--close")


def test_closing_is_about_the_present(kept: Kept) -> None:
    fixed(kept)
    for options in (("--now", "2026-12-01"), ("--as-of", "2026-12-01"), ("--output", "json")):
        assert kept.desk.run("stale", "results", "--close", *options).code == 2


def test_without_a_push_the_branch_stays_here(kept: Kept, office: Office) -> None:
    fixed(kept)
    said = kept.desk.ok("stale", "results", "--close", "--no-push")
    assert "committed on exception/EXC-002-close" in said
    assert "exception/EXC-002-close" not in branches(office.remote)
