"""`reprieve charter`: what rules, since when, why; and the approval of a changed one."""

from __future__ import annotations

from pathlib import Path

from tests.cli.past import Past
from tests.support import CHARTER, FOLDER, PEOPLE, Office

CHANGED = CHARTER + "limits: {duration_days: 30}\ncalendar: {country: DE, timezone: Europe/Berlin}\n"


def changed(office: Office, branch: str = "main", content: str = CHANGED) -> None:
    """Somebody changes the charter on a branch."""
    desk = office.desk("alex@example.com")
    desk.git("checkout", "--quiet", "-B", "work", "origin/main")
    desk.commit({f"{FOLDER}/charter.yaml": content}, "Change the charter")
    desk.git("push", "--quiet", "origin", f"work:{branch}")


def test_the_first_charter_rules_and_says_why(office: Office) -> None:
    found = office.desk().run("charter", "--output", "json").json()
    assert found["digest"].startswith("sha256:")
    assert found["why"] == "the first charter on the protected branch"
    assert found["charter"]["roles"]["ciso"] == [PEOPLE["ciso"]]
    assert (found["unfilled"], found["former"], found["problems"]) == ([], [], [])


def test_text_shows_limits_times_approvers_and_people(office: Office) -> None:
    out = office.desk().ok("charter")
    for line in (
        "  duration: at most 90 days",
        "  renewals: at most 2, then an escalation",
        "  critical in production: none without an escalation that a ciso decides",
        "  critical within 4h, by ciso and vp-engineering",
        "  security-lead: lena@example.com",
    ):
        assert line in out.splitlines()
    assert "the first charter on the protected branch" in out
    assert "09:00-17:00 UTC, Monday to Friday" in out


def test_a_needed_role_that_nobody_holds_is_warned_about(tmp_path: Path) -> None:
    charter = CHARTER.replace(f"  ciso: [{PEOPLE['ciso']}]\n", "").replace("roles:\n", "roles:\n  idle: []\n")
    desk = Office(tmp_path, charter).desk()
    assert desk.run("charter", "--output", "json").json()["unfilled"] == ["ciso"]
    assert "nobody holds ciso" in desk.ok("charter")


def test_a_changed_charter_does_not_rule_before_it_is_approved(office: Office) -> None:
    changed(office)
    result = office.desk().run("charter", "--fetch", "--output", "json")
    found = result.json()
    assert found["charter"]["limits"]["duration_days"] == 90
    assert [problem["rule"] for problem in found["problems"]] == ["charter-unapproved"]
    assert "not approved" in result.err
    out = office.desk().ok("charter", "--fetch")
    assert "reprieve charter approve" in out


def test_its_owner_approves_and_the_former_one_is_remembered(office: Office) -> None:
    before = office.desk().run("charter", "--output", "json").json()
    changed(office)
    assert "approved the charter" in office.desk("ciso").ok("charter", "approve")
    found = office.desk().run("charter", "--fetch", "--output", "json").json()
    assert found["charter"]["limits"]["duration_days"] == 30
    assert found["why"].startswith(f"approved by {PEOPLE['ciso']} (ciso)")
    assert [former["digest"] for former in found["former"]] == [before["digest"]]
    out = office.desk().ok("charter")
    assert "holidays of DE" in out
    assert before["digest"] in out


def test_approved_on_a_branch_it_rules_once_that_is_merged(office: Office) -> None:
    changed(office, "charter/shorter")
    out = office.desk("ciso").ok("charter", "approve", "--branch", "charter/shorter")
    assert "rules once charter/shorter is merged" in out
    desk = office.desk()
    assert desk.run("charter", "--fetch", "--output", "json").json()["former"] == []
    desk.git("merge", "--quiet", "--no-ff", "origin/charter/shorter")
    desk.git("push", "--quiet", "origin", "main")
    assert len(desk.run("charter", "--output", "json").json()["former"]) == 1


def test_nobody_else_approves_it(office: Office) -> None:
    changed(office)
    result = office.desk("security-lead").run("charter", "approve")
    assert result.code == 2
    assert "is not ciso" in result.err


def test_approving_heeds_the_register_named_before_the_subcommand(office: Office, tmp_path: Path) -> None:
    changed(office)
    elsewhere = office.desk("security-team")
    result = elsewhere.run("charter", "--register", str(office.desk("ciso").directory), "approve")
    assert result.code == 0, result.err
    assert "is not ciso" not in result.err


def test_pinned(office: Office) -> None:
    digest = office.desk().run("charter", "--output", "json").json()["digest"]
    assert "pinned with --charter-root" in office.desk().ok("charter", "--charter-root", digest)
    assert office.desk().run("charter", "--charter-root", "sha256:00").code == 2


def test_keys_are_counted(office: Office) -> None:
    desk = office.desk("ciso")
    desk.commit({f"{FOLDER}/allowed_signers": "# nobody yet\n\n"}, "Prepare for signatures")
    desk.git("push", "--quiet", "origin", "main")
    desk.ok("charter", "approve")
    assert "allowed_signers lists 0" in desk.ok("charter")


def test_as_of_a_day_before_the_change_the_former_ruled(past: Past) -> None:
    changed(past.office)
    past.office.desk("ciso").ok("charter", "approve")
    assert past.json("charter")["charter"]["limits"]["duration_days"] == 30
    then = past.json("charter", "--as-of", "2025-03-04")
    assert (then["charter"]["limits"]["duration_days"], then["simulated"]) == (90, True)
    assert then["problems"] == []


def test_text_of_the_charter_is_cleaned(office: Office) -> None:
    changed(office, content=CHARTER + 'environments: {"prod-\u200b*": production}\n')
    office.desk("ciso").ok("charter", "approve")
    assert "prod-\N{REPLACEMENT CHARACTER}*: production" in office.desk().ok("charter", "--fetch")
