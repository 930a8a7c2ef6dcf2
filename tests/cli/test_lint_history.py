"""`reprieve lint` against the register: ids, renewals, approvals and the charter of the protected branch."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reprieve.register.writing.ending import close, revoke
from reprieve.register.writing.renewal import renew
from tests.cli.linting import NAME, NOW, TODAY, Said, lint, record, rules, said, write
from tests.cli.past import Past, iso, later, scope
from tests.support import CHARTER, FOLDER, PEOPLE, Result, git, run_cli


def pulled(past: Past) -> Path:
    """The requester's clone, with everything that is on the protected branch."""
    past.desk.git("fetch", "--quiet")
    past.desk.git("checkout", "--quiet", "--detach", "origin/main")
    return past.desk.directory


def file_of(directory: Path, identifier: str) -> Path:
    (found,) = (directory / FOLDER).rglob(f"{identifier}-*.md")
    return found


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def messages(result: Result) -> str:
    return "\n".join(problem["message"] for problem in result.json()["problems"])


def test_what_is_merged_and_unchanged_is_fine(past: Past) -> None:
    past.active(later())
    result = lint(pulled(past))
    assert (result.code, said(result), result.json()["reviews"]) == (0, [], [])


def test_a_request_on_its_branch_shows_its_own_clock(past: Past) -> None:
    identifier = past.request(later(hours=-1), risk="high")
    past.decide(later(hours=1), identifier, "approve", "security-lead")
    past.desk.git("fetch", "--quiet")
    past.desk.git("checkout", "--quiet", f"exception/{identifier}")
    (review,) = lint(past.desk.directory).json()["reviews"]
    assert review["roles"] == [{"role": "engineering-manager", "holders": [PEOPLE["engineering-manager"]]}]
    assert review["due"] == iso(later()).replace("10:00", "17:00").replace("+00:00", "Z")


def test_a_question_stops_it(past: Past) -> None:
    identifier = past.request(later(), risk="medium")
    past.decide(later(hours=1), identifier, "ask", "security-team", "Who is on call?")
    past.desk.git("fetch", "--quiet")
    past.desk.git("checkout", "--quiet", f"exception/{identifier}")
    (review,) = lint(past.desk.directory).json()["reviews"]
    assert (review["due"], review["paused"]) == (None, True)
    assert "the clock stands still" in run_cli("lint", "--now", iso(NOW), cwd=past.desk.directory).out


# Changes


def test_new_terms_end_approvals_and_need_new_ones(past: Past) -> None:
    identifier = past.active(later())
    path = file_of(pulled(past), identifier)
    replaced(path, "billing", "shipping")
    result = lint(past.desk.directory)
    assert [(one.rule, one.level) for one in said(result)] == [("terms-changed", "warning")]
    assert "sam@example.com as security-team" in messages(result)
    assert [review["exception"] for review in result.json()["reviews"]] == [identifier]
    assert (result.code, lint(past.desk.directory, "--strict").code) == (0, 1)


def test_operational_fields_need_nobody(past: Past) -> None:
    identifier = past.active(later())
    path = file_of(pulled(past), identifier)
    replaced(path, "controls:", f"incidents: [{{date: {TODAY}, summary: Scan}}] # !\ncontrols:")
    result = lint(past.desk.directory)
    assert (said(result), result.json()["reviews"]) == ([], [])


def test_new_terms_on_a_branch_end_what_was_approved_there(past: Past) -> None:
    identifier = past.request(later(), risk="high")
    past.decide(later(hours=1), identifier, "approve", "security-lead")
    past.desk.git("fetch", "--quiet")
    past.desk.git("checkout", "--quiet", f"exception/{identifier}")
    replaced(file_of(past.desk.directory, identifier), "owner: payments", "owner: billing")
    result = lint(past.desk.directory)
    assert rules(result) == ["terms-changed"]
    (review,) = result.json()["reviews"]
    assert [role["role"] for role in review["roles"]] == ["security-lead", "engineering-manager"]


def test_the_charter_that_judged_goes_on_judging(past: Past) -> None:
    """A stricter charter does not make what was approved before invalid, but what is new."""
    identifier = past.active(later())
    stricter = CHARTER + "limits: {duration_days: 30}\n"
    ciso = past.office.desk("ciso")
    ciso.git("pull", "--quiet")
    ciso.commit({f"{FOLDER}/charter.yaml": stricter}, "Shorter")
    ciso.git("push", "--quiet")
    past.desk.git("fetch", "--quiet")
    note = lint(pulled(past)).json()["problems"]
    assert [(one["rule"], one["level"]) for one in note] == [("charter-unapproved", "note")]
    assert "carol@example.com" in note[0]["message"]
    ciso.ok("charter", "approve")
    assert said(lint(pulled(past))) == []
    write(past.desk.directory, {"EXC-002-new.md": record(id="EXC-002", scope=scope("shipping"))})
    assert [(one.rule, one.path) for one in said(lint(past.desk.directory))] == [
        ("duration", "EXC-002-new.md")
    ]
    assert identifier == "EXC-001"


def test_a_changed_charter_says_who_must_approve_which_digest(past: Past) -> None:
    write(pulled(past), {"charter.yaml": CHARTER + "limits: {duration_days: 365}\n"})
    write(past.desk.directory, {NAME: record(expires=TODAY + dt.timedelta(days=120))})
    result = lint(past.desk.directory)
    assert rules(result) == ["duration", "charter-unapproved"]  # the one that rules still judges
    problem = result.json()["problems"][-1]
    assert "the ciso (carol@example.com) approves sha256:" in problem["message"]
    assert problem["hint"].startswith("reprieve charter approve --branch")


def test_a_removed_charter_is_said(past: Past) -> None:
    (pulled(past) / FOLDER / "charter.yaml").unlink()
    write(past.desk.directory, {NAME: record()})
    assert [(one.rule, one.level) for one in said(lint(past.desk.directory))] == [
        ("charter-missing", "warning")
    ]


def test_a_deleted_record_is_said(past: Past) -> None:
    identifier = past.active(later())
    path = file_of(pulled(past), identifier)
    path.unlink()
    assert [(one.rule, one.level) for one in said(lint(past.desk.directory))] == [("deleted", "warning")]
    write(past.desk.directory, {f"archive/{path.name}": "x"})
    assert "deleted" not in rules(lint(past.desk.directory))


# A checkout that the protected branch has left behind


def test_what_only_the_protected_branch_changed_is_not_held_against_the_checkout(past: Past) -> None:
    identifier = past.active(later())
    past.active(later(), scope=scope("shipping"))
    pulled(past)
    close(past.clerk(later(hours=2), "security-team"), identifier, "not-needed", lambda case: "")
    revoke(past.clerk(later(hours=3), "security-team"), "EXC-002", "bypassed")
    past.desk.git("fetch", "--quiet")
    assert said(lint(past.desk.directory)) == []


def test_and_what_it_added_is_not_missed(past: Past) -> None:
    pulled(past)
    past.active(later())
    past.desk.git("fetch", "--quiet")
    assert said(lint(past.desk.directory)) == []


# Ids


@pytest.mark.parametrize("end", ["revoked", "closed", "deleted"])
@pytest.mark.parametrize("how", ["revived", "reused"])
def test_an_ended_id_is_neither_revived_nor_reused(past: Past, end: str, how: str) -> None:
    identifier = past.active(later())
    before = file_of(pulled(past), identifier)
    content, name = before.read_text(), before.name
    desk = past.office.desk("security-team")
    if end == "revoked":
        revoke(past.clerk(later(hours=2), "security-team"), identifier, "bypassed")
    elif end == "closed":
        close(past.clerk(later(hours=2), "security-team"), identifier, "not-needed", lambda case: "")
    else:
        desk.git("pull", "--quiet")
        desk.commit({f"{FOLDER}/{name}": None}, "Delete it")
        desk.git("push", "--quiet")
    directory = pulled(past)
    assert said(lint(directory)) == []
    for old in (directory / FOLDER).rglob("EXC-001-*.md"):
        old.unlink()
    name, content = (name, content) if how == "revived" else (NAME, record(scope=scope("other")))
    write(directory, {name: content})
    found = said(lint(directory))
    assert [(one.rule, one.level, one.path, one.line) for one in found] == [("final", "error", name, 2)]
    (problem,) = lint(directory).json()["problems"]
    assert end in problem["message"]
    assert problem["hint"] == "ask for a new one; the next free id is EXC-002"


def test_an_ended_record_may_be_archived(past: Past) -> None:
    identifier = past.active(later())
    revoke(past.clerk(later(hours=2), "security-team"), identifier, "bypassed")
    path = file_of(pulled(past), identifier)
    (past.desk.directory / FOLDER / "archive").mkdir()
    path.rename(past.desk.directory / FOLDER / "archive" / path.name)
    assert said(lint(past.desk.directory)) == []


def test_an_id_that_the_protected_branch_gave_away_meanwhile(past: Past) -> None:
    write(pulled(past), {NAME: record(scope=scope("other"))})
    past.active(later())
    past.desk.git("fetch", "--quiet")
    result = lint(past.desk.directory)
    assert said(result) == [Said("duplicate-id", "error", NAME, 2)]
    assert "the protected branch has EXC-001 as" in messages(result)


def test_an_id_that_somebody_else_asks_for(past: Past) -> None:
    past.request(later())
    write(pulled(past), {NAME: record(scope=scope("other"))})
    result = lint(past.desk.directory)
    assert [(one.rule, one.level) for one in said(result)] == [("duplicate-id", "warning")]
    assert "exception/EXC-001 asks for another record of this id" in messages(result)


def test_a_renamed_file_is_the_same_record(past: Past) -> None:
    identifier = past.active(later())
    path = file_of(pulled(past), identifier)
    path.rename(path.with_name("EXC-001-another-name.md"))
    result = lint(past.desk.directory)
    assert (said(result), result.json()["reviews"]) == ([], [])


# Renewals


def renewed(past: Past, times: int) -> str:
    """An exception and its renewals, each approved on the day; the last id."""
    identifier = past.active(later())
    for _ in range(times):
        asked = renew(past.clerk(later()), identifier, why="The vendor slipped.", plan="v4, then remove.")
        past.approve(later(), asked.id, "security-team")
        identifier = asked.id
    return identifier


def test_a_third_renewal_is_refused_and_an_escalation_lifts_that(past: Past) -> None:
    last = renewed(past, 2)
    escalation = {"case": "renewal-denied", "reason": "Still blocked."}
    write(pulled(past), {"EXC-004-again.md": record(id="EXC-004", renews=last)})
    (problem,) = lint(past.desk.directory).json()["problems"]
    assert (problem["rule"], problem["level"]) == ("renewals", "error")
    assert problem["message"] == "renewed 3 times, at most 2 are allowed"
    assert problem["hint"].startswith("reprieve escalate EXC-004")
    write(past.desk.directory, {"EXC-004-again.md": record(id="EXC-004", renews=last, escalation=escalation)})
    result = lint(past.desk.directory)
    assert said(result) == []
    assert [role["role"] for role in result.json()["reviews"][0]["roles"]] == ["ciso", "security-team"]


def test_refiling_the_scope_under_a_new_id_is_no_way_around(past: Past) -> None:
    last = renewed(past, 2)
    content = record(id="EXC-004", scope=[{"checks": ["KSV*"], "namespaces": ["bill*"]}])
    write(pulled(past), {"EXC-004-new.md": content})
    result = lint(past.desk.directory)
    assert [(one.rule, one.level, one.path) for one in said(result)] == [
        ("renewals", "error", "EXC-004-new.md")
    ]
    assert content.splitlines()[(said(result)[0].line or 0) - 1] == "scope:"
    assert "was renewed 2 times" in messages(result)
    assert last == "EXC-003"


def test_renewing_what_never_was(past: Past) -> None:
    write(pulled(past), {NAME: record(renews="EXC-900")})
    result = lint(past.desk.directory)
    assert [(one.rule, one.level) for one in said(result)] == [("renewals", "error")]
    assert "renews EXC-900, which the register never held" in messages(result)


def test_renewing_in_a_circle(past: Past) -> None:
    one, other = (record(id="EXC-001", renews="EXC-002"), record(id="EXC-002", renews="EXC-001"))
    write(pulled(past), {"EXC-001-a.md": one, "EXC-002-b.md": other})
    result = lint(past.desk.directory)
    assert rules(result) == ["renewals", "renewals"]
    assert "goes round in a circle" in messages(result)


def test_what_is_covered_already_need_not_be_asked_for(past: Past) -> None:
    past.active(later())
    write(pulled(past), {"EXC-002-again.md": record(id="EXC-002")})
    result = lint(past.desk.directory)
    assert [(one.rule, one.level) for one in said(result)] == [("already-covered", "warning")]
    assert "EXC-001 (active) covers all of this scope already" in messages(result)


def test_as_many_critical_ones_in_production_as_the_charter_lets_stand(tmp_path: Path) -> None:
    from tests.support import Office

    office = Office(tmp_path, CHARTER + "limits: {critical_in_production: 1}\n")
    desk = office.desk("admin@example.com")
    now = dt.datetime.now(dt.UTC).date()
    desk.commit({f"{FOLDER}/EXC-001-a.md": record(risk="critical", requested=now)})
    desk.git("push", "--quiet", "origin", "HEAD:main")
    write(
        desk.directory,
        {"EXC-002-b.md": record(id="EXC-002", risk="critical", requested=now, scope=scope("b"))},
    )
    result = run_cli("lint", "--output", "json", cwd=desk.directory)
    assert rules(result) == ["critical-in-production"]
    assert "over the limit of 1" in messages(result)


# Which register


def test_a_working_tree_without_its_history_is_held_against_a_register_elsewhere(
    past: Past, tmp_path: Path
) -> None:
    past.active(later())
    copy = tmp_path / "copy"
    write(copy, {"charter.yaml": CHARTER, "EXC-002-again.md": record(id="EXC-002")})
    register = f"file://{past.office.remote}"
    result = lint(copy, "--register", register)
    assert "already-covered" in rules(result)
    assert "deleted" in rules(result)


def test_a_register_that_was_named_and_cannot_be_read_is_an_error(past: Past) -> None:
    directory = pulled(past)
    for arguments in (
        ("--ref", "nowhere"),
        ("--charter-root", "sha256:0"),
        ("--register", "file:///nowhere"),
    ):
        assert lint(directory, *arguments).code == 2


def test_a_shallow_clone_is_an_error(past: Past, tmp_path: Path) -> None:
    past.active(later())
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{past.office.remote}", "shallow")
    result = lint(tmp_path / "shallow")
    assert (result.code, "shallow" in result.err) == (2, True)
