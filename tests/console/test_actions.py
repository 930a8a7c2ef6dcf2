"""What people do on the console: the step of the command line, by the right people, and never twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.console.desk import Console
from tests.register.build import make_key
from tests.support import CHARTER, FOLDER, PEOPLE, REQUESTER, Office, dispositions, gate, git, today

CONSOLE = "console@example.com"
STRANGER = "nobody@example.com"


def viewer(person: str = REQUESTER) -> Any:
    """Somebody as the console knows them: by role, or by address."""
    from reprieve.console.people.viewer import viewer_of

    address = PEOPLE.get(person, person)
    return viewer_of(address.split("@")[0].capitalize(), address)


def terms(identifier: str) -> str:
    """The digest that the page shows."""
    return str(row(identifier).digest)


def row(identifier: str) -> Any:
    """The case as the index holds it, what leads for the id."""
    import msgspec

    from reprieve.console.index.models import Judged
    from reprieve.register.snapshot import Case

    found = Judged.objects.get(case__record_id=identifier, case__leading=True)
    return msgspec.msgpack.decode(bytes(found.payload), type=Case)


def status(identifier: str) -> str:
    """By the index, without another look at the register."""
    from reprieve.console.index.models import Case as Row

    return str(Row.objects.get(record_id=identifier, leading=True).status)


def draft(**changes: Any) -> Any:
    """What somebody asks for on the page."""
    from reprieve.register.writing.request import Draft
    from tests.support import PROSE, record_fields

    fields = record_fields()
    given = {
        **{key: fields[key] for key in ("summary", "reason", "risk", "owner", "scope", "controls")},
        "sections": PROSE,
        **changes,
    }
    return Draft(**given)


def people(office: Office, ref: str) -> tuple[str, str]:
    """Author and committer of a commit at the remote."""
    author, committer = git(office.remote, "log", "-1", "--format=%ae %ce", ref).split()
    return author, committer


# --- each action works, and is read at once


def test_a_request_is_the_requesters_commit_by_the_console(console: Console) -> None:
    from reprieve.console import actions

    done = actions.request(viewer(), draft(requester="somebody-else@example.com"))
    assert (done.id, done.said) == ("EXC-001", ("Requested EXC-001",))
    assert status("EXC-001") == "requested"
    assert row("EXC-001").record.requester == REQUESTER
    assert people(console.office, "exception/EXC-001") == (REQUESTER, CONSOLE)


def test_asking_twice_for_the_same_is_one_request(console: Console) -> None:
    from reprieve.console import actions

    first = actions.request(viewer(), draft())
    again = actions.request(viewer(), draft())
    assert again.id == first.id
    assert again.commit is None
    assert "covers this already" in again.said[0]


def test_the_last_approval_merges(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.request(risk="high")
    console.sync()
    read = terms(identifier)
    one = actions.decide(viewer("security-lead"), identifier, "approve", terms=read)
    assert one.said == (f"Approved {identifier}", "Still to approve: engineering-manager")
    assert status(identifier) == "in-review"
    two = actions.decide(viewer("engineering-manager"), identifier, "approve", terms=read)
    assert two.said == (f"Approved {identifier}", f"Merged {identifier}")
    assert status(identifier) == "active"
    assert people(console.office, "main") == (PEOPLE["engineering-manager"], CONSOLE)
    console.office.desk().git("fetch", "--quiet")
    assert dispositions(gate(console.office.desk()).json()) == ["excepted"]


def test_approving_again_changes_nothing(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.request(risk="high")
    console.sync()
    read = terms(identifier)
    actions.decide(viewer("security-lead"), identifier, "approve", terms=read)
    tip = git(console.office.remote, "rev-parse", f"exception/{identifier}")
    again = actions.decide(viewer("security-lead"), identifier, "approve", terms=read)
    assert again.said[0] == "You had decided this already"
    assert git(console.office.remote, "rev-parse", f"exception/{identifier}") == tip


def test_whoever_was_cut_off_between_approval_and_merge_goes_on(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.request(risk="medium")
    console.office.desk("security-team").ok("decide", identifier, "approve", "--no-merge")
    console.sync()
    done = actions.decide(viewer("security-team"), identifier, "approve", terms=terms(identifier))
    assert done.said == ("You had decided this already", f"Merged {identifier}")
    assert status(identifier) == "active"


def test_a_denial_and_a_change_of_mind(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.request(risk="medium")
    console.sync()
    read = terms(identifier)
    actions.decide(viewer("security-team"), identifier, "deny", terms=read, prose="v4 shipped last week")
    assert status(identifier) == "denied"
    actions.decide(viewer("security-team"), identifier, "approve", terms=read)
    assert status(identifier) == "active"


def test_one_denial_denies_whoever_approves(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.request(risk="high")
    console.office.desk("security-lead").ok("decide", identifier, "deny", "--reason", "Not now.")
    console.sync()
    done = actions.decide(viewer("engineering-manager"), identifier, "approve", terms=terms(identifier))
    assert done.said[1] == "It stays denied by lena@example.com (security-lead): Not now."
    assert status(identifier) == "denied"


def test_a_question_stops_the_clock_and_the_requester_answers(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.request(risk="medium")
    console.sync()
    actions.decide(
        viewer("security-team"), identifier, "ask", terms=terms(identifier), prose="Who watches it?"
    )
    assert row(identifier).facts.answers == ()
    actions.answer(viewer(), identifier, "The platform team.")
    assert len(row(identifier).facts.answers) == 1
    assert people(console.office, f"exception/{identifier}") == (REQUESTER, CONSOLE)


def test_controls_make_it_active(console: Console) -> None:
    from reprieve.console import actions

    promised = [{"id": "alert", "kind": "monitoring", "description": "Somebody looks."}]
    identifier = console.office.active(controls=promised)
    console.sync()
    assert status(identifier) == "approved"
    team = viewer("security-team")
    done = actions.implement(team, identifier, "alert", evidence="https://git.example.com/pull/1")
    assert done.said == (f"alert is implemented since {today()}",)
    assert status(identifier) == "active"
    assert row(identifier).record.controls[0].evidence == "https://git.example.com/pull/1"


def test_progress_and_incidents_are_noted_once(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.active()
    console.sync()
    for _ in range(2):
        actions.progress(viewer("security-lead"), identifier, "v4 in staging")
        actions.incident(viewer("ciso"), identifier, "Port scan", url="https://incidents.example.com/88")
    record = row(identifier).record
    assert [note.note for note in record.remediation.progress] == ["v4 in staging"]
    assert [(one.summary, one.url) for one in record.incidents] == [
        ("Port scan", "https://incidents.example.com/88")
    ]


def test_a_renewal_is_a_new_request(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.active()
    console.sync()
    done = actions.renew(viewer(), identifier, why="The vendor slipped.", plan="v4 in March.")
    assert done.id == "EXC-002"
    assert row("EXC-002").record.renews == identifier
    assert actions.renew(viewer(), identifier, why="The vendor slipped.", plan="v4 in March.").commit is None


def test_revoked_at_once(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.active()
    console.sync()
    actions.revoke(viewer("ciso"), identifier, "The gateway was bypassed")
    assert status(identifier) == "revoked"


def test_closed_with_proof(console: Console) -> None:
    from reprieve.console import actions
    from reprieve.errors import UsageError

    identifier = console.office.active()
    console.sync()
    lead = viewer("security-lead")
    with pytest.raises(UsageError, match="proof"):
        actions.close(lead, identifier, "remediated")
    actions.close(lead, identifier, "remediated", evidence="https://git.example.com/pull/500")
    assert status(identifier) == "closed"


def test_an_escalation_is_for_the_ciso(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.request(risk="medium")
    console.sync()
    for _ in range(2):
        actions.escalate(viewer(), identifier, "team-disagrees", "Payments stop otherwise")
    assert row(identifier).record.escalation.case == "team-disagrees"
    console.sync()
    from reprieve.console.index.models import Case as Row

    assert Row.objects.get(record_id=identifier).missing == ["ciso", "security-team"]
    log = git(console.office.remote, "log", "--format=%s", f"exception/{identifier}").splitlines()
    assert sum(line.startswith("Escalate") for line in log) == 1


def test_the_weekly_review_is_recorded_once(console: Console) -> None:
    from reprieve.console import actions

    console.office.active()
    console.sync()
    first = actions.record_review(viewer("security-team"))
    assert first.commit is not None
    assert people(console.office, "main") == (PEOPLE["security-team"], CONSOLE)
    assert actions.record_review(viewer("ciso")).commit is None


# --- rights


def _acts() -> dict[str, Callable[[Any, str], Any]]:
    from reprieve.console import actions

    return {
        "approve": lambda who, it: actions.decide(who, it, "approve", terms=terms(it)),
        "deny": lambda who, it: actions.decide(who, it, "deny", terms=terms(it), prose="no"),
        "ask": lambda who, it: actions.decide(who, it, "ask", terms=terms(it), prose="why"),
        "answer": lambda who, it: actions.answer(who, it, "because"),
        "merge": actions.merge,
        "control": lambda who, it: actions.implement(who, it, "network-policy"),
        "progress": lambda who, it: actions.progress(who, it, "slow"),
        "incident": lambda who, it: actions.incident(who, it, "scan"),
        "renew": lambda who, it: actions.renew(who, it, why="late", plan="soon"),
        "revoke": lambda who, it: actions.revoke(who, it, "over"),
        "close": lambda who, it: actions.close(who, it, "withdrawn"),
        "escalate": lambda who, it: actions.escalate(who, it, "team-disagrees", "so"),
        "review": lambda who, _: actions.record_review(who),
    }


ACTIONS = ["approve", "deny", "ask", "answer", "merge", "control", "progress", "incident", "renew"]
ACTIONS += ["revoke", "close", "escalate", "review"]


@pytest.mark.parametrize("action", ACTIONS)
def test_who_has_no_role_does_nothing_to_what_others_asked_for(console: Console, action: str) -> None:
    from reprieve.console.desk import NotAllowedError

    identifier = console.office.request(risk="medium")
    console.sync()
    before = git(console.office.remote, "for-each-ref")
    with pytest.raises(NotAllowedError, match="role"):
        _acts()[action](viewer(STRANGER), identifier)
    assert git(console.office.remote, "for-each-ref") == before


@pytest.mark.parametrize("action", ["approve", "deny", "ask", "merge", "revoke", "review"])
def test_what_the_requester_cannot_do_to_their_own(console: Console, action: str) -> None:
    from reprieve.console.desk import NotAllowedError

    identifier = console.office.request(risk="medium")
    console.sync()
    with pytest.raises(NotAllowedError):
        _acts()[action](viewer(), identifier)


_PROMISED = [{"id": "network-policy", "kind": "preventive", "description": "Only the gateway."}]


@pytest.mark.parametrize("action", ["control", "progress", "incident", "close"])
def test_without_a_role_one_s_own_steps_wait_on_a_branch(console: Console, action: str) -> None:
    """As on the command line for whom the protected branch refuses: nobody makes their own active."""
    identifier = console.office.active(controls=_PROMISED)
    console.sync()
    main = git(console.office.remote, "rev-parse", "main")
    done = _acts()[action](viewer(), identifier)
    assert git(console.office.remote, "rev-parse", "main") == main
    assert done.branch == f"exception/{identifier}-{'close' if action == 'close' else 'asked'}"
    assert git(console.office.remote, "rev-parse", done.branch).strip() == done.commit
    assert f"Without a role nothing of yours reaches main: it waits on {done.branch}" in done.said[1]
    assert status(identifier) == "approved"


def test_what_waits_without_a_role_is_merged_by_who_holds_one(console: Console) -> None:
    from reprieve.console import actions
    from reprieve.console.desk import NotAllowedError

    identifier = console.office.active(controls=_PROMISED)
    console.sync()
    actions.implement(viewer(), identifier, "network-policy")
    with pytest.raises(NotAllowedError, match="role"):
        actions.merge(viewer(), identifier)
    actions.merge(viewer("security-team"), identifier)
    assert status(identifier) == "active"


def test_what_waits_without_a_role_keeps_nobody_who_holds_one(console: Console) -> None:
    from reprieve.console import actions

    identifier = console.office.active(controls=_PROMISED)
    console.sync()
    first = actions.implement(viewer(), identifier, "network-policy")
    again = actions.implement(viewer(), identifier, "network-policy")
    assert again.commit is None
    second = actions.progress(viewer(), identifier, "v4 in staging")
    assert second.branch == first.branch == f"exception/{identifier}-asked"
    assert "Without a role" in second.said[1]
    done = actions.implement(viewer("security-team"), identifier, "network-policy")
    assert done.branch == "main"
    assert status(identifier) == "active"
    actions.progress(viewer("security-lead"), identifier, "v4 in production")
    assert [note.note for note in row(identifier).record.remediation.progress] == ["v4 in production"]


def test_who_asked_cannot_approve_in_any_role(console: Console) -> None:
    from reprieve.console import actions
    from reprieve.console.desk import NotAllowedError

    done = actions.request(viewer("security-team"), draft(risk="medium"))
    with pytest.raises(NotAllowedError, match="asked for"):
        actions.decide(viewer("security-team"), done.id, "approve", terms=terms(done.id))


def test_a_role_that_does_not_decide_on_this_risk(console: Console) -> None:
    from reprieve.console import actions
    from reprieve.console.desk import NotAllowedError

    identifier = console.office.request(risk="medium")
    console.sync()
    with pytest.raises(NotAllowedError, match="security-team"):
        actions.decide(viewer("ciso"), identifier, "approve", terms=terms(identifier))


def test_a_role_taken_away_a_moment_ago_decides_nothing(console: Console) -> None:
    from reprieve.console import actions
    from reprieve.console.desk import NotAllowedError

    identifier = console.office.request(risk="medium")
    console.sync()
    sam = viewer("security-team")
    assert sam.roles == ("security-team",)
    admin = console.office.desk("admin@example.com")
    admin.commit({f"{FOLDER}/charter.yaml": CHARTER.replace("sam@", "ann@")}, "Sam leaves")
    admin.git("push", "--quiet", "origin", "main")
    carol = console.office.desk("ciso")
    carol.git("pull", "--quiet")
    carol.ok("charter", "approve")
    with pytest.raises(NotAllowedError):
        actions.decide(sam, identifier, "approve", terms=terms(identifier))


def test_nobody_approves_what_they_have_not_read(console: Console) -> None:
    from reprieve.console import actions
    from reprieve.errors import UsageError

    identifier = console.office.request(risk="medium")
    console.sync()
    read = terms(identifier)
    desk = console.office.desk()
    desk.ok("escalate", identifier, "--case", "team-disagrees", "--reason", "so")
    with pytest.raises(UsageError, match="other terms"):
        actions.decide(viewer("security-team"), identifier, "approve", terms=read)


@pytest.mark.parametrize(
    "identifier", ["EXC-999", "EXC-007;x", "EXC-1/..", "../../main", "EXC-" + "9" * 40, "", "--help", "EXC-٣"]
)
def test_tricks_in_ids(console: Console, identifier: str) -> None:
    from reprieve.console import actions
    from reprieve.errors import UsageError

    with pytest.raises(UsageError, match=r"not an id|holds no"):
        actions.progress(viewer("ciso"), identifier, "note")


def test_a_simulated_console_writes_nothing(console: Console) -> None:
    from reprieve.console import actions
    from reprieve.errors import UsageError

    identifier = console.office.active()
    console.at(dt.datetime.now(dt.UTC) + dt.timedelta(days=3))
    for act in (
        lambda: actions.progress(viewer(), identifier, "note"),
        lambda: actions.request(viewer(), draft()),
        lambda: actions.record_review(viewer("ciso")),
    ):
        with pytest.raises(UsageError, match="simulated"):
            act()


# --- signatures


def _signing(console: Console, tmp_path: Path, recorders: str, patch: pytest.MonkeyPatch) -> None:
    """The charter demands signatures, and knows the console's key."""
    from reprieve.console.config import config

    key = make_key(tmp_path, "console-key")
    admin = console.office.desk("admin@example.com")
    text = CHARTER.replace("version: 1\n", f"version: 1\nsignatures: required\nrecorders: [{recorders}]\n")
    listed = f"{CONSOLE} {key.public}\n"
    admin.commit({f"{FOLDER}/charter.yaml": text, f"{FOLDER}/allowed_signers": listed}, "Sign everything")
    admin.git("push", "--quiet", "origin", "main")
    carol = console.office.desk("ciso")
    carol.git("pull", "--quiet")
    carol.ok("charter", "approve")
    patch.setenv("REPRIEVE_CONSOLE_SIGNING_KEY", str(key.private))
    config.cache_clear()
    console.sync()


def test_a_recorders_signature_counts_for_whom_it_commits(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console import actions

    _signing(console, tmp_path, CONSOLE, monkeypatch)
    asked = actions.request(viewer(), draft(risk="medium"))
    done = actions.decide(viewer("security-team"), asked.id, "approve", terms=terms(asked.id))
    assert done.said == (f"Approved {asked.id}", f"Merged {asked.id}")
    assert status(asked.id) == "active"
    (decision,) = row(asked.id).facts.decisions
    assert (decision.person, decision.trust) == (PEOPLE["security-team"], "signed")


def test_a_console_that_is_no_recorder_decides_nothing(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console import actions
    from reprieve.errors import UsageError

    _signing(console, tmp_path, "robot@example.com", monkeypatch)
    with pytest.raises(UsageError, match="not among its recorders"):
        actions.request(viewer(), draft())


def test_a_console_without_a_key_decides_nothing(
    console: Console, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console import actions
    from reprieve.console.config import config
    from reprieve.errors import UsageError

    _signing(console, tmp_path, CONSOLE, monkeypatch)
    monkeypatch.delenv("REPRIEVE_CONSOLE_SIGNING_KEY")
    config.cache_clear()
    with pytest.raises(UsageError, match="no key of its own"):
        actions.request(viewer(), draft())
