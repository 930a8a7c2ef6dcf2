"""The story told in Git: a bare remote with all of its history, and a clone to look around in."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib import resources
from pathlib import Path

from reprieve.demo.acts import Stage
from reprieve.demo.people import PLATFORM, ROLES, SAM
from reprieve.demo.story import BEGINNING, steps
from reprieve.register.git import Git
from reprieve.register.layout import CHARTER, FOLDER
from reprieve.register.writing.clerk import Clerk
from reprieve.secrets.identity import new_key

REMOTE = "register.git"
CLONE = "register"
VISITOR = SAM
"""Whose clone it is."""

_ENVIRONMENTS = "environments:\n  prod-*: production\n  staging-*: staging"
_OWN_CONFIG = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
"""Nothing of the user's: no templates, no rewritten addresses, no other name for the first branch."""


def build(directory: Path, now: dt.datetime, tick: Callable[[], None] = lambda: None) -> None:
    """Makes `register.git` and `register` in a directory, over what was there of that name.

    Args:
        directory: where; made if need be.
        now: the present of the story (aware); nothing in it is later.
        tick: called after each of the steps of `story.steps`.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for name in (REMOTE, CLONE):
        if (directory / name).exists():
            shutil.rmtree(directory / name)
    with tempfile.TemporaryDirectory(dir=directory, prefix=".building-") as workshop:
        git = Git(Path(workshop))
        _begin(git, _moment(now, *BEGINNING))
        _tell(workshop, now, tick)
        _publish(git, directory.resolve())


def _begin(git: Git, when: dt.datetime) -> None:
    """An empty repository, and the first commit of the register in it."""
    # No branch is checked out, so that steps move refs only, and no working tree.
    git.run("init", "--quiet", "--template=", "--initial-branch=nothing", env=_OWN_CONFIG)
    git.run("config", "core.fsync", "none")  # nothing in the workshop is to last
    listing = b""
    for path, content in _first_files().items():
        blob = git.text("hash-object", "-w", "--no-filters", "--stdin", stdin=content.encode())
        listing += f"100644 {blob}\t{path}\0".encode()
    git.run("update-index", "-z", "--index-info", stdin=listing)
    stamp = f"@{int(when.timestamp())} +0000"
    env = {
        f"GIT_{who}_{what}": value
        for who in ("AUTHOR", "COMMITTER")
        for what, value in (("NAME", PLATFORM.name), ("EMAIL", PLATFORM.email), ("DATE", stamp))
    }
    tree = git.text("write-tree")
    commit = git.text("commit-tree", tree, "-m", "Start the register of exceptions", env=env)
    git.run("update-ref", "refs/heads/main", commit)


def _first_files() -> dict[str, str]:
    """The charter, with everybody in their role, and the handbook, as `reprieve init` writes them."""
    scaffold = resources.files("reprieve.register") / "scaffold"
    charter = (scaffold / "charter.yaml").read_text("utf-8").replace("environments: {}", _ENVIRONMENTS)
    charter = charter.replace("secret_key: null", f"secret_key: {new_key()}")
    for role, person in ROLES.items():
        charter = charter.replace(f"  {role}: []", f"  {role}: [{person.email}]")
    return {CHARTER: charter, f"{FOLDER}/README.md": (scaffold / "README.md").read_text("utf-8")}


def _tell(workshop: str, now: dt.datetime, tick: Callable[[], None]) -> None:
    stage = Stage(now.astimezone(dt.UTC).date(), {})
    for name, step in steps():
        clerk = Clerk(workshop, identity=step.who, fetch=False, now=_moment(now, step.ago, step.at))
        step.act(clerk, stage, name)
        tick()


def _publish(git: Git, directory: Path) -> None:
    remote, clone = str(directory / REMOTE), str(directory / CLONE)
    git.run("init", "--quiet", "--bare", "--template=", "--initial-branch=main", remote, env=_OWN_CONFIG)
    git.run("push", "--quiet", remote, "refs/heads/*:refs/heads/*", env=_OWN_CONFIG)
    git.run("clone", "--quiet", "--template=", "--origin", "origin", remote, clone, env=_OWN_CONFIG)
    visitors = Git(directory / CLONE)
    for key, value in (
        ("user.name", VISITOR.name),
        ("user.email", VISITOR.email),
        ("commit.gpgSign", "false"),  # the user's own key has nothing to do with the visitor
    ):
        visitors.run("config", key, value)


def _moment(now: dt.datetime, ago: int, at: str) -> dt.datetime:
    """A time of day (UTC) so many working days ago; all are before `now`, for `ago` is at least one."""
    day = now.astimezone(dt.UTC).date()
    while ago:
        day -= dt.timedelta(days=1)
        ago -= day.weekday() < 5
    return dt.datetime.combine(day, dt.time.fromisoformat(at), dt.UTC)
