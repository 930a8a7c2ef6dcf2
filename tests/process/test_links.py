"""The link that opens a pull request, as each host has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprieve.register.git import Git
from reprieve.register.locate import Located
from reprieve.register.register import Register
from reprieve.register.snapshot import Snapshot
from reprieve.register.writing.clerk import Step
from reprieve.register.writing.commits import Written
from reprieve.register.writing.pull_request import pull_request_link
from tests.process.hosts import protect
from tests.support import Office, git, record_file

BRANCH = "exception/EXC-001"
QUOTED = "exception%2FEXC-001"
GITHUB = f"https://github.com/acme/register/compare/main...{BRANCH}?expand=1"
GITLAB = f"/-/merge_requests/new?merge_request[source_branch]={QUOTED}&merge_request[target_branch]=main"
BITBUCKET = f"https://bitbucket.org/acme/register/pull-requests/new?source={QUOTED}&dest=main"
AZURE = f"/pullrequestcreate?sourceRef={QUOTED}&targetRef=main"
GITEA = f"https://git.example.com/acme/register/compare/main...{BRANCH}?expand=1"
BY_HAND = f"open a pull request from {BRANCH} into main"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://github.com/acme/register.git", GITHUB),
        ("https://github.com/acme/register", GITHUB),
        ("https://github.com/acme/register/", GITHUB),
        ("https://dana:********@github.com/acme/register.git", GITHUB),
        ("git@github.com:acme/register.git", GITHUB),
        ("ssh://git@github.com/acme/register.git", GITHUB),
        ("ssh://git@github.com:22/acme/register.git", GITHUB),
        ("https://github.com/acme/gitlab-rules.git", GITHUB.replace("register", "gitlab-rules")),
        ("https://gitlab.com/acme/team/register.git", f"https://gitlab.com/acme/team/register{GITLAB}"),
        ("git@gitlab.example.com:acme/register.git", f"https://gitlab.example.com/acme/register{GITLAB}"),
        ("https://bitbucket.org/acme/register.git", BITBUCKET),
        ("git@bitbucket.org:acme/register.git", BITBUCKET),
        (
            "https://dev.azure.com/acme/sec/_git/register",
            f"https://dev.azure.com/acme/sec/_git/register{AZURE}",
        ),
        ("https://acme@dev.azure.com/acme/sec/_git/reg", f"https://dev.azure.com/acme/sec/_git/reg{AZURE}"),
        ("git@ssh.dev.azure.com:v3/acme/sec/reg", f"https://dev.azure.com/acme/sec/_git/reg{AZURE}"),
        ("https://acme.visualstudio.com/sec/_git/reg", f"https://acme.visualstudio.com/sec/_git/reg{AZURE}"),
        ("https://git.example.com/acme/register.git", GITEA),
        ("gitea@git.example.com:acme/register.git", GITEA),
        ("ssh://gitea@git.example.com:2222/acme/register.git", GITEA),
        (
            "http://git.example.com:3000/acme/register.git",
            GITEA.replace("https://git.example.com", "http://git.example.com:3000"),
        ),
        ("/srv/git/register.git", BY_HAND),
        ("../register.git", BY_HAND),
        ("file:///srv/git/register.git", BY_HAND),
        ("file:///home/dana@example.com/register.git", BY_HAND),
    ],
)
def test_each_host_has_a_link_of_its_own(tmp_path: Path, url: str, link: str) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", ".")
    git(tmp_path, "remote", "add", "origin", url)
    assert pull_request_link(_step(tmp_path, "main"), BRANCH) == link


def test_the_link_names_the_branch_that_is_protected(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", ".")
    git(tmp_path, "remote", "add", "origin", "git@github.com:acme/register.git")
    link = pull_request_link(_step(tmp_path, "release/2026"), BRANCH)
    assert link.startswith("https://github.com/acme/register/compare/release%2F2026...")


def _step(directory: Path, protected: str) -> Step:
    located = Located(
        Git(directory), directory, "origin", f"refs/remotes/origin/{protected}", protected, "0" * 40, {}, 0
    )
    register = Register(located, Snapshot("0" * 40, (), (), (), 0))
    return Step("EXC-001", Written("0" * 40, BRANCH, pushed=True), register)


def test_a_request_prints_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = office.desk()
    _reach_over_ssh(office, monkeypatch)
    desk.git("remote", "set-url", "origin", "git@github.com:acme/register.git")
    draft = office.root / "draft.md"
    draft.write_bytes(record_file())
    assert GITHUB in desk.ok("request", "--file", str(draft))


def test_a_refused_push_prints_it_too(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    identifier = office.active()
    protect(office)
    desk = office.desk()
    _reach_over_ssh(office, monkeypatch)
    desk.git("remote", "set-url", "origin", "git@gitlab.com:acme/register.git")
    out = desk.ok("progress", identifier, "v4 is in staging")
    branch = f"exception%2F{identifier}-progress"
    assert f"https://gitlab.com/acme/register{GITLAB.replace(QUOTED, branch)}" in out


def _reach_over_ssh(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every SSH address leads to the office's remote."""
    script = office.root / "ssh"
    script.write_text(
        "#!/bin/sh\n"
        'case "$*" in *git-receive-pack*) service=receive-pack;; *) service=upload-pack;; esac\n'
        f"exec git $service '{office.remote}'\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", str(script))
    monkeypatch.setenv("GIT_SSH_VARIANT", "simple")
