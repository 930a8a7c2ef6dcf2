"""Two writers at once lose nothing: real processes on real clones; and each overtaking once, on purpose."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from reprieve.register.writing import decide as deciding
from reprieve.register.writing import ending, merge, upkeep
from reprieve.register.writing.upkeep import progress
from tests.process.hosts import branches, finish, on_main, push_main, standing, start
from tests.support import CHARTER, FOLDER, PEOPLE, Desk, Office, dispositions, gate, git, record_file, today

SAM = PEOPLE["security-team"]
SCOPES = [[{"checks": [f"KSV00{number}"], "namespaces": ["billing"]}] for number in range(1, 7)]


def notes(office: Office, identifier: str) -> list[str]:
    """The progress notes of a record on main, sorted."""
    lines = office.record(identifier).splitlines()
    return sorted(line.split("note: ")[1].rstrip("}") for line in lines if "note: " in line)


def all_done(*processes: Any) -> list[str]:
    """Waits for processes that must all succeed; what they said."""
    results = [finish(process) for process in processes]
    assert [result.code for result in results] == [0] * len(results), [result.err for result in results]
    return [result.out for result in results]


def drafts(office: Office) -> list[str]:
    """Files that ask for different things."""
    paths = []
    for number, scope in enumerate(SCOPES):
        path = office.root / f"draft-{number}.md"
        path.write_bytes(record_file(summary=f"Number {number}.", scope=scope))
        paths.append(str(path))
    return paths


# --- processes


def test_who_asks_at_the_same_time_gets_an_id_of_their_own(office: Office) -> None:
    people = [office.desk(f"p{number}@example.com") for number in range(4)]
    asked = [
        start(desk.directory, "request", "--file", path)
        for desk, path in zip(people, drafts(office), strict=False)
    ]
    said = all_done(*asked)
    ids = [out.split("requested ")[1].split()[0] for out in said]
    assert sorted(ids) == ["EXC-001", "EXC-002", "EXC-003", "EXC-004"]
    for number, identifier in enumerate(ids):
        assert f"Number {number}." in git(
            office.remote, "log", "-1", "--format=%s", f"exception/{identifier}"
        )


def test_one_person_may_ask_twice_at_once_in_one_clone(office: Office) -> None:
    desk = office.desk()
    said = all_done(*(start(desk.directory, "request", "--file", path) for path in drafts(office)[:3]))
    ids = {out.split("requested ")[1].split()[0] for out in said}
    assert ids == {"EXC-001", "EXC-002", "EXC-003"}


def test_everybody_s_note_on_one_record_is_kept_once(office: Office) -> None:
    identifier = office.active()
    people = [office.desk(f"p{number}@example.com") for number in range(6)]
    all_done(*(start(d.directory, "progress", identifier, f"note-{n}") for n, d in enumerate(people)))
    assert notes(office, identifier) == [f"note-{number}" for number in range(6)]


def test_notes_on_different_records_are_kept_once(office: Office) -> None:
    desk = office.desk("admin@example.com")
    push_main(
        desk,
        {
            f"{FOLDER}/EXC-00{number}-by-hand.md": record_file(id=f"EXC-00{number}", scope=scope)
            for number, scope in enumerate(SCOPES[:4], start=1)
        },
    )
    people = [office.desk(f"p{number}@example.com") for number in range(1, 5)]
    all_done(*(start(d.directory, "progress", str(n), f"note-{n}") for n, d in enumerate(people, start=1)))
    for number in range(1, 5):
        assert notes(office, f"EXC-00{number}") == [f"note-{number}"]


def test_several_processes_in_one_clone_lose_nothing(office: Office) -> None:
    identifier = office.active()
    desk = office.desk()
    all_done(*(start(desk.directory, "progress", identifier, f"note-{n}") for n in range(4)))
    assert notes(office, identifier) == [f"note-{number}" for number in range(4)]


def test_several_threads_in_one_clone_lose_nothing_and_note_nothing_twice(office: Office) -> None:
    identifier = office.request()  # on a branch, which the clone follows
    clerk = office.desk().clerk()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: progress(clerk, identifier, f"note-{n}", today()), range(6)))
    text = git(office.remote, "show", f"exception/{identifier}:{_path(office, identifier)}")
    assert [text.count(f"note-{number}") for number in range(6)] == [1] * 6


def test_several_processes_in_a_working_tree_without_a_remote(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", ".")
    desk = Desk(tmp_path, "dana@example.com")
    desk.commit({f"{FOLDER}/charter.yaml": CHARTER, f"{FOLDER}/EXC-001-by-hand.md": record_file()})
    all_done(*(start(desk.directory, "progress", "1", f"note-{n}") for n in range(4)))
    text = (desk.directory / FOLDER / "EXC-001-by-hand.md").read_text()
    assert [text.count(f"note-{number}") for number in range(4)] == [1] * 4
    assert desk.git("status", "--porcelain") == ""


def test_several_processes_share_a_mirror_that_is_not_there_yet(office: Office) -> None:
    identifier = office.active()
    git(office.root, "config", "--global", "user.email", "dana@example.com")
    git(office.root, "config", "--global", "user.name", "Dana")
    url = f"file://{office.remote}"
    steps = [start(office.root, "progress", identifier, f"note-{n}", "--register", url) for n in range(3)]
    all_done(*steps)
    assert notes(office, identifier) == [f"note-{number}" for number in range(3)]


def test_approvals_at_the_same_time_both_count(office: Office) -> None:
    identifier = office.request(risk="high")
    lena, emil = office.desk("security-lead"), office.desk("engineering-manager")
    all_done(*(start(desk.directory, "decide", identifier, "approve") for desk in (lena, emil)))
    assert on_main(office.desk(), identifier) == "active"
    assert list(branches(office.remote)) == ["main"]


def _path(office: Office, identifier: str) -> str:
    names = git(office.remote, "ls-tree", "-r", "--name-only", f"exception/{identifier}", FOLDER)
    (path,) = [name for name in names.splitlines() if f"/{identifier}-" in name]
    return path


# --- overtaken between looking and pushing


def overtake(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, what: Any) -> None:
    """Once, after a plan was made by `module.name` and before it is pushed, somebody else does `what`."""
    plan, done = getattr(module, name), []

    def overtaken(*arguments: Any) -> Any:
        made = plan(*arguments)
        if not done:
            done.append(True)
            what()
        return made

    monkeypatch.setattr(module, name, overtaken)


def test_a_denial_while_somebody_merges_is_not_lost(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "approve", "--no-merge")
    denial = ["decide", identifier, "deny", "--reason", "The gateway is open."]
    overtake(monkeypatch, merge, "merge_plan", lambda: office.desk(SAM).ok(*denial))
    office.desk().run("merge", identifier)
    assert dispositions(gate(office.desk()).json()) == ["open"]
    assert standing(office.desk(), identifier).status == "denied"


def test_new_terms_while_somebody_merges_are_not_lost(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "approve", "--no-merge")
    escalation = ["escalate", identifier, "--case", "team-disagrees", "--reason", "It blocks us."]
    overtake(monkeypatch, merge, "merge_plan", lambda: office.desk("eve@example.com").ok(*escalation))
    office.desk().run("merge", identifier)
    assert f"exception/{identifier}" in branches(office.remote)
    log = git(office.remote, "log", "--format=%s", f"exception/{identifier}")
    assert "Escalate" in log


def test_a_note_while_somebody_merges_is_not_lost(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "approve", "--no-merge")
    overtake(
        monkeypatch,
        merge,
        "merge_plan",
        lambda: office.desk("eve@example.com").ok("progress", identifier, "hers"),
    )
    office.desk().ok("merge", identifier)
    assert "note: hers" in office.record(identifier)


def test_overtaken_while_the_remote_takes_the_push(office: Office) -> None:
    """Git only says then that its transaction failed: that is no refusal."""
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "approve", "--no-merge")
    eve = office.desk("eve@example.com")
    hers = eve.commit({"hers.txt": "hers"})
    eve.git("push", "--quiet", "origin", "HEAD:meanwhile")
    move = f"env -u GIT_QUARANTINE_PATH git update-ref refs/heads/main {hers}"
    hook = office.remote / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\ncat >/dev/null\n[ -e moved ] || {{ touch moved && {move}; }}\n")
    hook.chmod(0o755)
    said = office.desk().ok("merge", identifier)
    assert "takes no pushes" not in said
    assert list(branches(office.remote)) == ["main", "meanwhile"]
    log = git(office.remote, "log", "--format=%s", "main").splitlines()
    assert sum(line.startswith(f"Merge exception/{identifier}") for line in log) == 1
    git(office.remote, "merge-base", "--is-ancestor", hers, "main")


def test_a_decision_while_somebody_merges_goes_where_the_record_is(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = office.request()
    office.desk(SAM).ok("decide", identifier, "approve", "--no-merge")
    overtake(monkeypatch, deciding, "_on_its_branch", lambda: office.desk().ok("merge", identifier))
    office.desk(SAM).ok("decide", identifier, "deny", "--reason", "The gateway is open.")
    assert on_main(office.desk(), identifier) == "denied"
    assert list(branches(office.remote)) == ["main"]


def test_who_approves_last_is_done_though_somebody_else_has_merged(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = office.request()
    overtake(monkeypatch, merge, "merge_plan", lambda: office.desk("eve@example.com").ok("merge", identifier))
    result = office.desk(SAM).run("decide", identifier, "approve")
    assert on_main(office.desk(), identifier) == "active"
    assert result.code == 0, result.err


def test_a_note_that_comes_after_the_end_is_refused(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier = office.active()
    revoke = ["revoke", identifier, "--reason", "The gateway is open."]
    overtake(monkeypatch, upkeep, "edit_plan", lambda: office.desk("eve@example.com").ok(*revoke))
    result = office.desk().run("progress", identifier, "note")
    assert (result.code, "revoked" in result.err) == (2, True)
    assert "note: note" not in office.record(identifier)


def test_the_end_keeps_a_note_that_came_before(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier = office.active()
    overtake(
        monkeypatch,
        ending,
        "_protected_plan",
        lambda: office.desk("eve@example.com").ok("progress", identifier, "hers"),
    )
    office.desk().ok("close", identifier, "--reason", "not-needed")
    assert "note: hers" in office.record(identifier)
    assert on_main(office.desk(), identifier) == "closed"


def test_closing_twice_at_once_closes_once(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier = office.active()
    close = ["close", identifier, "--reason", "not-needed"]
    overtake(monkeypatch, ending, "_protected_plan", lambda: office.desk("eve@example.com").ok(*close))
    result = office.desk().run(*close)
    assert (result.code, "closed already" in result.err) == (2, True)
    assert office.record(identifier).count("closed:") == 1


def test_a_withdrawal_while_somebody_approves_has_one_outcome(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = office.request()
    withdraw = ["close", identifier, "--reason", "withdrawn"]
    overtake(monkeypatch, deciding, "_on_its_branch", lambda: office.desk().ok(*withdraw))
    result = office.desk(SAM).run("decide", identifier, "approve")
    assert (result.code, "closed" in result.err) == (2, True)
    assert on_main(office.desk(), identifier) == "closed"
    assert list(branches(office.remote)) == ["main"]


def test_an_approval_that_a_withdrawal_overlooked_does_not_bring_it_back(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    identifier = office.request()
    approve = ["decide", identifier, "approve", "--no-merge"]
    overtake(monkeypatch, ending, "_protected_plan", lambda: office.desk(SAM).ok(*approve))
    office.desk().run("close", identifier, "--reason", "withdrawn")
    assert on_main(office.desk(), identifier) == "closed"
    assert dispositions(gate(office.desk()).json()) == ["open"]
    assert dt.date.fromisoformat(office.record(identifier).split("closed: {date: ")[1][:10]) == today()
