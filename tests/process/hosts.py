"""What a Git host does, what happened earlier, and where a record stands now."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from reprieve.record.lifecycle import Standing
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import find
from tests.support import FOLDER, Desk, Office, Result, git, record_file, today
from tests.waiting import PATIENCE

EXECUTABLE = str(Path(sys.executable).with_name("reprieve"))
"""The installed command, for tests in which processes must be real."""

_HOST = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Host"), ("EMAIL", "host@example.com"))
}


def start(directory: Path, *arguments: str, **env: str) -> subprocess.Popen[str]:
    """The installed `reprieve` in a folder, not waited for."""
    return subprocess.Popen(
        [EXECUTABLE, *arguments],
        cwd=directory,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **env},
    )


def finish(process: subprocess.Popen[str]) -> Result:
    """What it did."""
    out, err = process.communicate(timeout=PATIENCE)
    return Result(process.returncode, out, err)


def branches(repository: Path) -> dict[str, str]:
    """Short name -> commit of every branch of a repository, the remote's mostly."""
    listing = git(repository, "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads")
    return dict(line.split(" ") for line in listing.splitlines())


def case_of(desk: Desk, identifier: str, now: dt.datetime | None = None) -> tuple[Case, Standing]:
    """What a freshly fetched register says of an id."""
    clerk = desk.clerk(now)
    return find(clerk.register(), identifier, clerk.now())


def standing(desk: Desk, identifier: str, now: dt.datetime | None = None) -> Standing:
    """Where an id stands, by a freshly fetched register."""
    return case_of(desk, identifier, now)[1]


def on_main(desk: Desk, identifier: str) -> str:
    """The status that the protected branch alone gives an id, whatever waits on branches."""
    clerk = desk.clerk()
    register = clerk.register()
    merged, _ = register.snapshot.find(int(identifier.removeprefix("EXC-")))
    assert merged is not None, f"{identifier} is not on the protected branch"
    return register.snapshot.standing(merged, clerk.now()).status


def protect(office: Office, saying: str = "changes go through pull requests", hook: str = "update") -> None:
    """The host takes no pushes to `main` any more."""
    script = office.remote / "hooks" / hook
    test = (
        '[ "$1" = refs/heads/main ]'
        if hook == "update"
        else "grep -q ' refs/heads/main$'"  # pre-receive: one line for each ref, on standard input
    )
    script.write_text(f"#!/bin/sh\nif {test}; then echo '{saying}' >&2; exit 1; fi\n")
    script.chmod(0o755)


def merge_on_host(office: Office, branch: str, *, squash: bool = False, keep: bool = False) -> str:
    """Merges a pull request as the host does, into `main`, and deletes its branch; gives the commit."""
    tree = git(office.remote, "merge-tree", "--write-tree", "main", branch)
    parents = ["-p", "main"] if squash else ["-p", "main", "-p", branch]
    commit = git(office.remote, "commit-tree", tree, *parents, "-m", f"Merge {branch}", **_HOST)
    git(office.remote, "update-ref", "refs/heads/main", commit)
    if not keep:
        git(office.remote, "update-ref", "-d", f"refs/heads/{branch}")
    return commit


def propose(
    desk: Desk,
    content: bytes,
    identifier: str = "EXC-001",
    *,
    branch: str | None = None,
    name: str = "by-hand",
) -> str:
    """Puts a record on a branch with plain git, as people without the command do; gives the branch."""
    branch = branch or f"exception/{identifier}"
    desk.git("fetch", "--quiet", "origin")
    desk.git("checkout", "--quiet", "-B", branch, "origin/main")
    desk.commit({f"{FOLDER}/{identifier}-{name}.md": content}, f"Request {identifier}")
    desk.git("push", "--quiet", "origin", branch)
    desk.git("checkout", "--quiet", "main")
    return branch


def push_main(desk: Desk, files: dict[str, str | bytes | None], message: str = "Work on main") -> str:
    """Commits to `main` with plain git and pushes it; gives the commit."""
    desk.git("checkout", "--quiet", "main")
    desk.git("pull", "--quiet", "--ff-only", "origin", "main")
    commit = desk.commit(files, message)
    desk.git("push", "--quiet", "origin", "main")
    return commit


def expired(office: Office, identifier: str = "EXC-001", **fields: Any) -> str:
    """An exception that was approved and whose last day was yesterday."""
    start_ = today() - dt.timedelta(days=80)
    fields = {"requested": start_, "expires": today() - dt.timedelta(days=1), **fields}
    propose(office.desk(), record_file(id=identifier, **fields), identifier)
    office.approve(identifier, "security-team")
    return identifier


def changed_lines(before: str, after: str) -> tuple[list[str], list[str]]:
    """Lines that are gone and lines that are new, as `diff` shows them."""
    import difflib

    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    gone = [line[2:] for line in lines if line.startswith("- ")]
    return gone, [line[2:] for line in lines if line.startswith("+ ")]
