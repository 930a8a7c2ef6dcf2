"""Deciding: who may, what a decision is, what the last approval does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from reprieve.register.writing.decide import answer, decide
from reprieve.register.writing.request import from_file, request
from tests.process.hosts import branches, case_of, merge_on_host, propose, push_main, standing
from tests.support import (
    CHARTER,
    FOLDER,
    PEOPLE,
    Office,
    dispositions,
    gate,
    git,
    record_file,
)

SAM = PEOPLE["security-team"]
LENA = PEOPLE["security-lead"]


def verdict(office: Office) -> str:
    """What the gate says of the finding that the default record covers."""
    (disposition,) = dispositions(gate(office.desk()).json())
    return disposition


# --- who may


@pytest.mark.parametrize(
    ("risk", "environment", "roles"),
    [
        ("critical", "staging", ["ciso", "vp-engineering"]),
        ("high", "production", ["security-lead", "engineering-manager"]),
        ("medium", "production", ["security-team"]),
        ("low", "production", ["security-team"]),
    ],
)
def test_each_risk_needs_its_roles_in_any_order(
    office: Office, risk: str, environment: str, roles: list[str]
) -> None:
    identifier = office.request(risk=risk, environment=environment)
    for left in range(len(roles), 0, -1):
        now = standing(office.desk(), identifier)
        assert sorted(now.missing) == sorted(roles[:left])
        assert now.status == ("requested" if left == len(roles) else "in-review")
        office.approve(identifier, roles[left - 1])
    assert standing(office.desk(), identifier).status == "active"
    assert list(branches(office.remote)) == ["main"]


@pytest.mark.parametrize(
    ("person", "arguments", "said"),
    [
        ("eve@example.com", (), ["eve@example.com", SAM]),
        ("eve@example.com", ("--role", "security-team"), ["is not security-team", SAM]),
        ("ciso", ("--role", "ciso"), ["does not decide", "security-team", SAM]),
        ("ciso", (), ["holds none", SAM]),
        ("security-team", ("--role", "security-lead"), ["does not decide"]),
        ("security-team", ("--role", "emperor"), ["emperor"]),
    ],
)
def test_who_may_not_is_told_who_may(
    office: Office, person: str, arguments: tuple[str, ...], said: list[str]
) -> None:
    identifier = office.request()
    before = branches(office.remote)
    result = office.desk(person).run("decide", identifier, "approve", *arguments)
    assert result.code == 2
    for words in said:
        assert words in result.err
    assert branches(office.remote) == before


def test_the_requester_cannot_approve(office: Office) -> None:
    identifier = office.request(who=SAM)
    result = office.desk(SAM).run("decide", identifier, "approve")
    assert (result.code, "asked for" in result.err) == (2, True)


def test_an_address_in_capitals_is_the_same_person(tmp_path: Path) -> None:
    office = Office(tmp_path, CHARTER.replace(SAM, "Sam@Example.com"))
    office.approve(office.request(), "security-team")
    assert standing(office.desk(), "EXC-001").status == "active"
    own = office.request(summary="Own.", scope=_shipping(), who="SAM@example.com")
    assert office.desk(SAM).run("decide", own, "approve").code == 2


def test_who_changed_the_terms_cannot_approve_them(office: Office) -> None:
    identifier = office.request()
    desk = office.desk(SAM)
    _change_terms(office, identifier, SAM)
    result = desk.run("decide", identifier, "approve")
    assert (result.code, "wrote its terms" in result.err) == (2, True)


def test_one_person_cannot_fill_two_roles(tmp_path: Path) -> None:
    office = Office(tmp_path, CHARTER.replace(PEOPLE["engineering-manager"], f"{LENA}, emil@example.com"))
    identifier = office.request(risk="high")
    lena = office.desk(LENA)
    unclear = lena.run("decide", identifier, "approve")
    assert (unclear.code, "--role" in unclear.err) == (2, True)
    lena.ok("decide", identifier, "approve", "--role", "security-lead")
    second = lena.run("decide", identifier, "approve", "--role", "engineering-manager")
    assert (second.code, "two roles" in second.err) == (2, True)
    assert standing(office.desk(), identifier).missing == ("engineering-manager",)
    office.approve(identifier, "engineering-manager")
    assert standing(office.desk(), identifier).status == "active"


def test_the_role_need_not_be_named_where_there_is_no_choice(office: Office) -> None:
    identifier = office.request()
    out = office.desk(SAM).ok("decide", identifier, "approve")
    assert f"merged {identifier}" in out


@pytest.mark.parametrize("written", ["EXC-001", "exc-001", "EXC-1", "1", "001"])
def test_an_id_is_a_number(office: Office, written: str) -> None:
    office.request()
    office.desk(SAM).ok("decide", written, "approve")
    assert standing(office.desk(), "EXC-001").status == "active"


@pytest.mark.parametrize("written", ["EXC-002", "EXC-", "seven", "-1", "EXC-\u0667", "../EXC-001", "main"])
def test_an_id_that_is_none_is_refused(office: Office, written: str) -> None:
    office.request()
    assert office.desk(SAM).run("decide", "--role", "security-team", "--", written, "approve").code == 2


# --- only on the terms that were read


@pytest.mark.parametrize("said", [("approve",), ("deny", "--reason", "no"), ("ask", "--question", "why?")])
def test_terms_that_changed_get_no_decision(office: Office, said: tuple[str, ...]) -> None:
    identifier = office.request()
    sam = office.desk(SAM)
    read = case_of(sam, identifier)[0].digest
    assert read and f"terms {read}" in sam.ok("show", identifier)
    assert f"\nterms {read}\n" in sam.ok("review", identifier)
    _change_terms(office, identifier)
    before = branches(office.remote)
    result = sam.run("decide", identifier, *said, "--terms", read)
    now = case_of(sam, identifier)[0].digest
    assert (result.code, read != now) == (2, True)
    assert read in result.err
    assert now and now in result.err
    assert branches(office.remote) == before


@pytest.mark.parametrize("written", ["{0}", "sha256:{1:.12}", "{1:.12}", "SHA256:{1:.20}", "{1}"])
def test_the_beginning_of_the_digest_that_was_read_is_enough(office: Office, written: str) -> None:
    identifier = office.request()
    read = case_of(office.desk(), identifier)[0].digest or ""
    terms = written.format(read, read.removeprefix("sha256:"))
    assert "merged" in office.desk(SAM).ok("decide", identifier, "approve", "--terms", terms)


@pytest.mark.parametrize("terms", ["", "sha256:", "sha256:3f2a9c41d07", f"sha512:{'a' * 64}", "x" * 12])
def test_what_is_no_digest_is_refused_rather_than_ignored(office: Office, terms: str) -> None:
    identifier = office.request()
    result = office.desk(SAM).run("decide", identifier, "approve", "--terms", terms)
    assert (result.code, "--terms" in result.err, "reprieve show" in result.err) == (2, True, True)


# --- what a decision is


def test_a_decision_is_a_commit_of_the_approver_about_these_terms(office: Office) -> None:
    identifier = office.request()
    before = git(office.remote, "rev-parse", f"exception/{identifier}")
    digest = case_of(office.desk(), identifier)[0].digest
    desk = office.desk(SAM)
    desk.ok("decide", identifier, "approve", "--reason", "Contained well enough.", "--no-merge")
    commit = f"exception/{identifier}"
    assert git(office.remote, "rev-parse", f"{commit}^") == before
    assert git(office.remote, "diff", before, commit) == ""
    assert git(office.remote, "log", "-1", "--format=%an %ae", commit) == f"Sam {SAM}"
    trailers = git(office.remote, "log", "-1", "--format=%(trailers:only,unfold)", commit).splitlines()
    assert trailers == [
        f"Reprieve-Exception: {identifier}",
        "Reprieve-Decision: approve",
        "Reprieve-Role: security-team",
        f"Reprieve-Terms: {digest}",
    ]
    assert "Contained well enough." in git(office.remote, "log", "-1", "--format=%b", commit)


@pytest.mark.parametrize(
    "reason",
    [
        "no\n\nReprieve-Exception: EXC-001\nReprieve-Decision: approve\nReprieve-Role: security-team",
        "no\nReprieve-Decision: approve",
        "no\r\n\r\nReprieve-Decision : approve\r\n",
        "no\n\nreprieve-decision: approve",
    ],
)
def test_prose_cannot_smuggle_a_decision_in(office: Office, reason: str) -> None:
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "deny", "--reason", reason)
    log = git(
        office.remote,
        "log",
        "-1",
        "--format=%(trailers:key=Reprieve-Decision,valueonly)",
        f"exception/{identifier}",
    )
    assert log.split() == ["deny"]
    assert standing(office.desk(), identifier).status == "denied"
    office.desk().run("progress", identifier, reason)
    assert standing(office.desk(), identifier).status == "denied"


def test_changed_terms_need_new_decisions(office: Office) -> None:
    identifier = office.request(risk="high")
    office.approve(identifier, "security-lead")
    _change_terms(office, identifier)
    assert set(standing(office.desk(), identifier).missing) == {"security-lead", "engineering-manager"}
    office.approve(identifier, "engineering-manager")
    assert standing(office.desk(), identifier).status == "in-review"
    office.approve(identifier, "security-lead")
    assert standing(office.desk(), identifier).status == "active"


# --- denials


def test_a_denial_wants_a_reason(office: Office) -> None:
    result = office.desk(SAM).run("decide", office.request(), "deny")
    assert (result.code, "--reason" in result.err) == (2, True)


def test_one_denial_denies_and_its_reason_is_kept(office: Office) -> None:
    identifier = office.request(risk="high")
    office.approve(identifier, "security-lead")
    office.desk("engineering-manager").ok("decide", identifier, "deny", "--reason", "v4 shipped last week")
    case, now = case_of(office.desk(), identifier)
    assert now.status == "denied"
    assert "v4 shipped last week" in now.reason
    assert [(d.verdict, d.note) for d in case.facts.decisions][-1] == ("deny", "v4 shipped last week")
    assert "v4 shipped last week" in git(office.remote, "log", "-1", "--format=%B", f"exception/{identifier}")
    assert "v4 shipped last week" in office.desk().ok("history", identifier, "--fetch", "--output", "json")
    assert verdict(office) == "open"


def test_an_approval_beside_a_denial_is_recorded_and_merges_nothing(office: Office) -> None:
    identifier = office.request(risk="high")
    office.desk("engineering-manager").ok("decide", identifier, "deny", "--reason", "v4 shipped last week")
    out = office.desk("security-lead").ok("decide", identifier, "approve")
    assert "denied" in out
    assert standing(office.desk(), identifier).status == "denied"
    assert verdict(office) == "open"


def test_who_denied_can_think_again(office: Office) -> None:
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "deny", "--reason", "no plan")
    assert office.desk(SAM).run("merge", identifier).code == 2
    office.desk(SAM).ok("decide", identifier, "approve")
    assert standing(office.desk(), identifier).status == "active"


def test_a_denial_of_what_is_in_force_ends_it(office: Office) -> None:
    identifier = office.active()
    assert verdict(office) == "excepted"
    office.desk(SAM).ok("decide", identifier, "deny", "--reason", "the gateway is open")
    assert verdict(office) == "open"


# --- questions


def test_a_question_wants_words(office: Office) -> None:
    result = office.desk(SAM).run("decide", office.request(), "ask")
    assert (result.code, "--question" in result.err) == (2, True)


def test_a_question_pauses_the_clock_until_it_is_answered(office: Office) -> None:
    monday = dt.datetime(2025, 3, 3, 9, tzinfo=dt.UTC)  # medium: three days of eight hours
    dana, sam = office.desk(), office.desk(SAM)
    content = record_file(requested=monday.date())
    request(dana.clerk(monday), from_file(content, "draft.md"))
    later = monday + dt.timedelta(hours=12)
    assert standing(dana, "EXC-001", later).due == dt.datetime(2025, 3, 5, 17, tzinfo=dt.UTC)
    asked = monday + dt.timedelta(hours=1)
    decide(sam.clerk(asked), "EXC-001", "ask", None, "Who watches it at night?")
    paused = standing(dana, "EXC-001", later)
    assert (paused.paused, paused.due, paused.overdue) == (True, None, False)
    answer(dana.clerk(asked + dt.timedelta(hours=3)), "EXC-001", "The platform team.")
    resumed = standing(dana, "EXC-001", later)
    assert (resumed.paused, resumed.due) == (False, dt.datetime(2025, 3, 6, 12, tzinfo=dt.UTC))


def test_question_and_answer_through_the_command_line(office: Office) -> None:
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "ask", "--question", "Who watches it at night?")
    assert standing(office.desk(), identifier).paused
    assert verdict(office) == "pending"
    office.desk().ok("answer", identifier, "--text", "The platform team.")
    assert not standing(office.desk(), identifier).paused
    log = git(office.remote, "log", "--format=%B", f"main..exception/{identifier}")
    assert "Who watches it at night?" in log
    assert "The platform team." in log
    again = office.desk().run("answer", identifier, "--text", "Once more.")
    assert (again.code, "no open question" in again.err) == (2, True)
    office.approve(identifier, "security-team")


def test_who_asked_may_decide_without_an_answer(office: Office) -> None:
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "ask", "--question", "Why?")
    office.desk(SAM).ok("decide", identifier, "approve")
    assert standing(office.desk(), identifier).status == "active"


def test_an_answer_to_nothing_is_refused(office: Office) -> None:
    assert office.desk().run("answer", office.request(), "--text", "Because.").code == 2


# --- merging


def test_the_last_approval_merges_with_the_whole_history(office: Office) -> None:
    before = git(office.remote, "rev-parse", "main")
    identifier = office.request()
    tip = git(office.remote, "rev-parse", f"exception/{identifier}")
    office.approve(identifier, "security-team")
    parents = git(office.remote, "log", "-1", "--format=%P", "main").split()
    assert parents[0] == before
    assert git(office.remote, "rev-parse", f"{parents[1]}^") == tip
    assert list(branches(office.remote)) == ["main"]
    changed = git(office.remote, "diff", "--name-only", before, "main")
    assert changed == office.record_path(identifier)


def test_no_merge_holds_it_until_somebody_merges(office: Office) -> None:
    identifier = office.request()
    out = office.desk(SAM).ok("decide", identifier, "approve", "--no-merge")
    assert f"reprieve merge {identifier}" in out
    assert verdict(office) == "pending"
    assert standing(office.desk(), identifier).missing == ()
    office.desk().ok("merge", identifier)
    assert verdict(office) == "excepted"
    again = office.desk().run("merge", identifier)
    assert (again.code, "merged already" in again.err) == (2, True)


def test_merging_wants_all_approvals(office: Office) -> None:
    identifier = office.request(risk="high")
    office.approve(identifier, "security-lead")
    result = office.desk().run("merge", identifier)
    assert (result.code, "engineering-manager" in result.err) == (2, True)


def test_merging_keeps_what_others_did_on_main_meanwhile(office: Office) -> None:
    identifier = office.request()
    admin = office.desk("admin@example.com")
    admin.commit({"app.py": "print()\n", f"{FOLDER}/reviews/2026-W01.md": "# Review\n"})
    admin.git("push", "--quiet", "origin", "main")
    office.approve(identifier, "security-team")
    files = git(office.remote, "ls-tree", "-r", "--name-only", "main").splitlines()
    assert {"app.py", f"{FOLDER}/reviews/2026-W01.md", office.record_path(identifier)} <= set(files)


@pytest.mark.parametrize(
    "name",
    ["app.py", f"{FOLDER}/charter.yaml", f"{FOLDER}/allowed_signers", f"{FOLDER}/EXC-002-another.md"],
)
def test_a_branch_that_changes_other_files_is_not_merged(office: Office, name: str) -> None:
    identifier = office.request()
    desk = office.desk()
    desk.git("checkout", "--quiet", f"exception/{identifier}")
    desk.commit({name: "version: 1\n"})
    desk.git("push", "--quiet", "origin", f"exception/{identifier}")
    before = git(office.remote, "rev-parse", "main")
    result = office.desk(SAM).run("decide", identifier, "approve")
    assert result.code == 2
    assert name in result.err
    assert git(office.remote, "rev-parse", "main") == before


def test_what_main_carried_on_meanwhile_does_not_end_an_approval(office: Office) -> None:
    # A note on main is not later than an approval on a branch: it still has the terms of before.
    identifier = _changed_on_both(office)
    office.desk(SAM).ok("decide", identifier, "approve", "--no-merge")
    assert standing(office.desk(), identifier).missing == ()


def test_a_record_that_main_changed_as_well_is_not_merged_over_it(office: Office) -> None:
    identifier = _changed_on_both(office)
    assert office.desk(SAM).run("decide", identifier, "approve", "--no-merge").code == 0
    assert office.desk(SAM).run("merge", identifier).code == 2
    assert "on main" in office.record(identifier)
    assert "owner: payments" in office.record(identifier)


def _changed_on_both(office: Office) -> str:
    """An active record with other terms on a branch, and with a note that main got at the same time."""
    identifier = office.active()
    path, content = office.record_path(identifier), office.record(identifier) + "\n"
    desk = office.desk()
    desk.git("fetch", "--quiet")
    desk.git("checkout", "--quiet", "-b", f"exception/{identifier}-change", "origin/main")
    desk.commit({path: content.replace("owner: payments", "owner: web")})
    desk.git("push", "--quiet", "origin", f"exception/{identifier}-change")
    note = "  progress: [{date: 2026-01-05, note: on main}]\n"
    push_main(desk, {path: content.replace("remediation:\n", f"remediation:\n{note}")})
    return identifier


def test_an_invalid_record_is_not_decided_on(office: Office) -> None:
    propose(office.desk(), record_file(prose={}), "EXC-001")
    result = office.desk(SAM).run("decide", "EXC-001", "approve", "--role", "security-team")
    assert (result.code, "invalid" in result.err) == (2, True)


# --- after a squash merge


def test_a_squash_merged_record_waits_for_decisions_where_it_is(office: Office) -> None:
    identifier = office.request()
    merge_on_host(office, f"exception/{identifier}", squash=True)
    now = standing(office.desk("eve@example.com"), identifier)
    assert now.status == "requested"
    assert "squash" in now.reason
    office.desk(SAM).ok("decide", identifier, "approve")
    assert verdict(office) == "excepted"


def test_who_had_approved_before_a_squash_merge_can_approve_again(office: Office) -> None:
    # From the same clone, which may still hold the branch that the host has deleted.
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "approve", "--no-merge")
    merge_on_host(office, f"exception/{identifier}", squash=True)
    office.desk(SAM).ok("decide", identifier, "approve")
    assert verdict(office) == "excepted"


def test_a_squash_merge_can_be_made_good_while_the_branch_is_there(office: Office) -> None:
    # The advice: approve it again, or merge with a merge commit.
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "approve", "--no-merge")
    merge_on_host(office, f"exception/{identifier}", squash=True, keep=True)
    office.desk(SAM).ok("merge", identifier)
    assert verdict(office) == "excepted"
    assert list(branches(office.remote)) == ["main"]


def test_deciding_again_after_a_squash_merge_counts_though_the_branch_is_there(office: Office) -> None:
    identifier = office.request()
    merge_on_host(office, f"exception/{identifier}", squash=True, keep=True)
    office.desk(SAM).ok("decide", identifier, "approve")
    assert verdict(office) == "excepted"


def _shipping() -> list[dict[str, object]]:
    return [{"checks": ["KSV001"], "namespaces": ["shipping"]}]


def _change_terms(office: Office, identifier: str, who: str = "dana@example.com") -> None:
    """Somebody changes the owner on the branch, with plain git."""
    desk = office.desk(who)
    branch = f"exception/{identifier}"
    desk.git("fetch", "--quiet")
    desk.git("checkout", "--quiet", "-B", branch, f"origin/{branch}")
    (path,) = (desk.directory / FOLDER).glob(f"{identifier}-*.md")
    desk.commit({f"{FOLDER}/{path.name}": path.read_text().replace("owner: payments", "owner: web")})
    desk.git("push", "--quiet", "origin", branch)
    desk.git("checkout", "--quiet", "main")
