"""Console and command line at once, and the console killed in between: nothing is lost, nothing doubled."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.console.database import Prepared
from tests.console.serving import Served
from tests.console.surfing import Surfer
from tests.process.hosts import finish, start
from tests.support import PEOPLE, Office, git, record_file
from tests.waiting import PATIENCE, until

SCOPES = [[{"checks": [f"KSV00{number}"], "namespaces": ["billing"]}] for number in range(1, 7)]


@pytest.fixture
def serve(office: Office, prepared: Prepared, tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Consoles over one state folder, one after the other or side by side."""
    running: list[Served] = []
    url = prepared.copy()

    def begin(*options: str) -> Served:
        server = Served(office, tmp_path / "state", url, *options, person="Dana <dana@example.com>")
        running.append(server)
        return server.__enter__()

    yield begin
    for server in running:
        server.stop()


def terms(surfer: Surfer, identifier: str) -> str:
    """The digest that the page shows to who decides."""
    found = re.search(r'name="terms" value="(sha256:\w+)"', surfer.get(f"/exceptions/{identifier}/").html)
    assert found
    return found[1]


def seen(surfer: Surfer, identifier: str, text: str) -> None:
    """Waits until the page shows a text: what others write is there within a second or two."""
    until(
        lambda: text in surfer.get(f"/exceptions/{identifier}/").html, f"{text!r} on the page of {identifier}"
    )


def notes(office: Office, identifier: str) -> list[str]:
    """The progress notes of a record on main, sorted."""
    return sorted(re.findall(r"note: ([\w-]+)", office.record(identifier)))


def subjects(office: Office, ref: str = "main") -> list[str]:
    """Of every commit that a branch holds."""
    return git(office.remote, "log", "--format=%s", ref).splitlines()


def whole(office: Office) -> None:
    """Nothing is broken at the remote or in the console's clone."""
    for repository in (office.remote, office.desk("console@example.com").directory):
        git(repository, "fsck", "--strict", "--no-dangling")


def test_everybodys_note_is_kept_once(office: Office, serve: Callable[..., Served]) -> None:
    identifier = office.active()
    server = serve("--workers", "2")
    surfers = [Surfer(server.link_for(person)) for person in ("ciso", "security-team", "security-lead")]
    seen(surfers[0], identifier, "active")
    desks = [office.desk(f"p{number}@example.com").directory for number in range(3)]
    shells = [start(desk, "progress", identifier, f"shell-{n}") for n, desk in enumerate(desks)]
    shells.append(start(office.desk("console@example.com").directory, "progress", identifier, "shell-3"))
    with ThreadPoolExecutor(6) as pool:
        posts = [
            pool.submit(
                surfer.post, f"/exceptions/{identifier}/progress", {"note": f"page-{n}-{turn}", "on": ""}
            )
            for n, surfer in enumerate(surfers)
            for turn in range(2)
        ]
        answers = [post.result() for post in posts]
    assert [finish(shell).code for shell in shells] == [0] * 4
    assert [answer.status for answer in answers] == [200] * 6, [
        re.findall(r'role="alert">([^<]*)', answer.html) for answer in answers
    ]
    pages = [f"page-{n}-{turn}" for n in range(3) for turn in range(2)]
    assert notes(office, identifier) == sorted([*pages, *(f"shell-{n}" for n in range(4))])
    whole(office)


def test_two_decide_at_once_by_page_and_by_shell(office: Office, serve: Callable[..., Served]) -> None:
    identifiers = [office.request(risk="high", scope=scope) for scope in SCOPES[:3]]
    server = serve()
    surfer = Surfer(server.link_for("engineering-manager"))
    for identifier in identifiers:
        seen(surfer, identifier, "Missing:")
    read = {identifier: terms(surfer, identifier) for identifier in identifiers}
    lena = office.desk("security-lead").directory
    shells = [start(lena, "decide", identifier, "approve") for identifier in identifiers]
    said = []
    for identifier in identifiers:
        form = {"terms": read[identifier], "role": "engineering-manager", "prose": ""}
        answer = surfer.post(f"/exceptions/{identifier}/approve", form)
        said += re.findall(r'role="(?:alert|status)">([^<]*)', answer.html)
        assert answer.status == 200, said
    done = [finish(shell) for shell in shells]
    assert [shell.code for shell in done] == [0, 0, 0], done
    log = subjects(office)
    for identifier in identifiers:
        assert log.count(f"Approve {identifier} as security-lead") == 1, (log, said, done)
        assert log.count(f"Approve {identifier} as engineering-manager") == 1, (log, said, done)
        assert sum(line.startswith(f"Merge exception/{identifier}") for line in log) == 1
        seen(surfer, identifier, "s-active")
    whole(office)


def test_who_asks_at_the_same_time_gets_an_id_of_their_own(
    office: Office, serve: Callable[..., Served], tmp_path: Path
) -> None:
    server = serve("--workers", "2")
    surfers = [Surfer(server.link_for(f"p{number}@example.com")) for number in range(3)]
    drafts = []
    for number, scope in enumerate(SCOPES[:3]):
        drafts.append(tmp_path / f"draft-{number}.md")
        drafts[-1].write_bytes(record_file(summary=f"Shell {number}.", scope=scope))
    shells = [start(office.desk().directory, "request", "--file", str(draft)) for draft in drafts]
    with ThreadPoolExecutor(3) as pool:
        answers = list(pool.map(lambda n: surfers[n].post("/exceptions/new", _form(n)), range(3)))
    assert [finish(shell).code for shell in shells] == [0, 0, 0]
    assert [answer.status for answer in answers] == [200] * 3
    listing = git(
        office.remote, "for-each-ref", "--format=%(refname:short) %(contents:subject)", "refs/heads/exception"
    )
    asked = dict(line.split(" ", 1) for line in listing.splitlines())
    assert sorted(asked) == [f"exception/EXC-00{number}" for number in range(1, 7)]
    summaries = sorted(subject.partition(": ")[2] for subject in asked.values())
    assert summaries == [*(f"Page {n}." for n in range(3)), *(f"Shell {n}." for n in range(3))]


@pytest.mark.parametrize("with_git", [False, True], ids=["git-goes-on", "git-is-killed-too"])
def test_killed_in_the_middle_of_a_push(
    office: Office, serve: Callable[..., Served], tmp_path: Path, with_git: bool
) -> None:
    identifier = office.request(risk="medium")
    server = serve()
    surfer = Surfer(server.link_for("security-team"))
    seen(surfer, identifier, "Missing:")
    form = {"terms": terms(surfer, identifier), "role": "security-team", "prose": "read with care"}
    reached, go_on = _held_push(office, tmp_path)
    poster = threading.Thread(target=_post_and_be_cut_off, args=(surfer, identifier, form))
    poster.start()
    until(reached.exists, "the push")
    _kill(server, with_git=with_git)
    go_on.touch()
    poster.join(PATIENCE)
    assert not poster.is_alive()
    (office.remote / "hooks" / "pre-receive").unlink()
    if not with_git:  # else nobody is left who would clear its quarantine away
        _wait_until_quiet(office)
    whole(office)

    again = serve()
    surfer = Surfer(again.link_for("security-team"))
    seen(surfer, identifier, "Decisions")
    retried = surfer.post(f"/exceptions/{identifier}/approve", form)
    assert retried.status == 200, re.findall(r'role="alert">([^<]*)', retried.html)
    log = subjects(office)
    assert log.count(f"Approve {identifier} as security-team") == 1
    assert sum(line.startswith(f"Merge exception/{identifier}") for line in log) == 1
    seen(surfer, identifier, "s-active")
    author, note = git(office.remote, "log", "--format=%ae %b", f"--grep=Approve {identifier}", "main").split(
        " ", 1
    )
    assert author == PEOPLE["security-team"]
    assert note.startswith("read with care")
    whole(office)


def _form(number: int) -> dict[str, str]:
    return {
        "summary": f"Page {number}.",
        "reason": "false-positive",
        "risk": "medium",
        "environment": "production",
        "owner": "payments",
        **dict.fromkeys(("justification", "assessment", "compensation", "plan"), "As was said."),
        "scope-TOTAL_FORMS": "1",
        "scope-INITIAL_FORMS": "0",
        "scope-0-checks": f"KSV10{number}",
        "scope-0-namespaces": "billing",
        "controls-TOTAL_FORMS": "0",
        "controls-INITIAL_FORMS": "0",
    }


def _held_push(office: Office, folder: Path) -> tuple[Path, Path]:
    """The remote keeps a push waiting; gives the files that say that it has one, that it may go on."""
    reached, go_on = folder / "reached", folder / "go-on"
    wait = f"for _ in $(seq {PATIENCE * 10}); do [ -e '{go_on}' ] && break; sleep 0.1; done"
    hook = office.remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ncat >/dev/null\ntouch '{reached}'\n{wait}\n")
    hook.chmod(0o755)
    return reached, go_on


def _post_and_be_cut_off(surfer: Surfer, identifier: str, form: dict[str, str]) -> None:
    with pytest.raises(OSError, match=r"."):
        surfer.post(f"/exceptions/{identifier}/approve", form)


def _kill(server: Served, *, with_git: bool) -> None:
    """The server and its workers at once; with what they have started, or without."""
    process = server._process
    assert process is not None
    family = _descendants(process.pid)
    doomed = [pid for pid in family if with_git or _name(pid).startswith(("python", "reprieve", "gunicorn"))]
    for pid in (process.pid, *doomed):
        with contextlib.suppress(ProcessLookupError):  # ended by itself
            os.kill(pid, signal.SIGKILL)
    server.stop(signal.SIGKILL)


def _descendants(pid: int) -> list[int]:
    parents = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            stat = (folder / "stat").read_text()
        except OSError:
            continue
        parents[int(folder.name)] = int(stat.rpartition(")")[2].split()[1])
    found = [child for child, parent in parents.items() if parent == pid]
    return [*found, *(below for child in found for below in _descendants(child))]


def _name(pid: int) -> str:
    """Of a process; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def _wait_until_quiet(office: Office) -> None:
    """Until no push is under way any more: what git leaves in quarantine goes with it."""
    until(lambda: not list((office.remote / "objects").glob("tmp_objdir-*")), "the end of the push")
