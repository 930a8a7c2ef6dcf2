"""Making commits without a working tree, and moving refs so that no other writer's work is lost.

Design section 4, rule 11: a write starts from the fetched ref, moves it only if nobody else has, and is
pushed; whoever loses the race starts again from what the winner left.
"""

from __future__ import annotations

import datetime as dt
import random
import re
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

import msgspec

from reprieve.errors import RegisterError, UsageError
from reprieve.register.git import Git, GitError
from reprieve.register.locate import Located

T = TypeVar("T")

_TRIES = 8
_NOTHING = "0" * 40


class Identity(msgspec.Struct, frozen=True):
    """Who writes: the author of the commit."""

    name: str
    email: str

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"


class Plan(msgspec.Struct, frozen=True):
    """One commit to be made: on which branch, from what, with which files."""

    branch: str
    """Short name of the branch that is to move."""
    expected: str | None
    """Where that branch must still be; None when it must not exist."""
    parents: tuple[str, ...]
    message: str
    files: Mapping[str, bytes | None] = {}
    """Path -> content, None to remove it; over the first parent's tree."""
    protected: bool = False
    """Whether the branch is the protected one, which may refuse a push."""
    fallback: str | None = None
    """The branch to use when it does."""
    ends: Mapping[str, str] = {}
    """Branches that this commit makes part of history, and where they must still be: removed with it."""


class Written(msgspec.Struct, frozen=True):
    """What became of a plan."""

    commit: str
    branch: str
    pushed: bool
    refused: str | None = None
    """Why the commit is on `branch`, and not on the protected one: what that said, or `Writer.aside`."""
    behind: str | None = None
    """Why the local branch of that name, which is checked out, does not hold the commit yet."""


class RaceLostError(Exception):
    """Another writer moved the branch first."""


class _RefusedError(Exception):
    """The remote does not let us move this branch."""


def identity_of(git: Git) -> Identity:
    """The user's own, as git knows it. Errors: `UsageError` when git knows none."""
    try:
        ident = git.run("var", "GIT_AUTHOR_IDENT", config=["user.useConfigOnly=true"]).decode().strip()
    except GitError:
        ident = ""
    match = re.fullmatch(r"(.*) <([^<>@\s]+@[^<>@\s]+)> \d+ [+-]\d{4}", ident)
    if match is None:
        raise UsageError(
            "git does not know who you are",
            hint='git config user.name "Your Name" && git config user.email you@example.com',
        )
    return Identity(match[1], match[2])


class Writer:
    """Makes and publishes commits in one register.

    Args:
        located: the register.
        identity: the author.
        push: whether to push to the remote, where there is one.
        sign: whether to sign with the user's own git configuration.
        when: commit date, for rebuilding a history; the present when None.
        committer: who commits what the author did; the author when None.
        signing_key: file of an SSH key to sign with, whatever the user's git configuration says.
        aside: why what would go to the protected branch goes beside it, for others to merge; None to let it.
    """

    def __init__(
        self,
        located: Located,
        identity: Identity,
        *,
        push: bool = True,
        sign: bool = False,
        when: dt.datetime | None = None,
        committer: Identity | None = None,
        signing_key: str | None = None,
        aside: str | None = None,
    ) -> None:
        self.git = located.git
        self.remote = located.remote
        self.identity = identity
        self.push = push and located.remote is not None
        self.sign = sign or signing_key is not None
        self.when = when
        self.committer = committer or identity
        self.signing_key = signing_key
        self.aside = aside

    def write(self, plan: Plan) -> Written:
        """Makes the commit and moves the branch. Errors: `RaceLostError`; `RegisterError`."""
        commit = self.commit(plan.parents, plan.files, plan.message)
        aside = self.aside if plan.protected and plan.fallback else None
        if not self.push:
            held = plan.protected and (self.remote or aside) and plan.fallback
            branch = held or plan.branch
            self._move_local(branch, commit, plan.ends if branch == plan.branch else {})
            return Written(commit, branch, pushed=False, refused=aside)
        if not plan.protected:
            self._check_checkout(plan.branch, commit)
        if aside and plan.fallback:
            return Written(commit, self._push_aside(plan.fallback, commit), pushed=True, refused=aside)
        try:
            self._push(plan.branch, commit, self._at_remote(plan), plan.ends)
        except _RefusedError as refusal:
            if plan.fallback is None:
                raise RegisterError(f"the remote refused the push: {refusal}", where=plan.branch) from None
            branch = self._push_aside(plan.fallback, commit)
            return Written(commit, branch, pushed=True, refused=str(refusal))
        if plan.protected:
            behind = self._follow_protected(plan.branch, commit)
            return Written(commit, plan.branch, pushed=True, behind=behind)
        self._follow(plan.branch, commit)
        return Written(commit, plan.branch, pushed=True)

    def _at_remote(self, plan: Plan) -> str | None:
        """Where the remote's branch must still be: what this plan began from, nothing newer."""
        if plan.protected:
            return plan.expected
        there = self.git.commit_id(self._tracking(plan.branch))
        if there is None or self.git.succeeds("merge-base", "--is-ancestor", there, plan.parents[0]):
            return there
        raise RaceLostError(f"{plan.branch} has moved")

    def commit(self, parents: Sequence[str], files: Mapping[str, bytes | None], message: str) -> str:
        """A commit object over the first parent's tree; moves nothing."""
        tree = (
            self._tree(parents[0], files) if files else self.git.text("rev-parse", f"{parents[0]}^{{tree}}")
        )
        arguments = ["commit-tree", tree, *(part for parent in parents for part in ("-p", parent))]
        if self.sign:
            arguments.append("-S")
        env = {
            "GIT_AUTHOR_NAME": self.identity.name,
            "GIT_AUTHOR_EMAIL": self.identity.email,
            "GIT_COMMITTER_NAME": self.committer.name,
            "GIT_COMMITTER_EMAIL": self.committer.email,
        }
        if self.when is not None:
            stamp = f"@{int(self.when.timestamp())} +0000"
            env |= {"GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp}
        made = self.git.run(*arguments, "-F", "-", stdin=message.encode(), env=env, config=self._signing())
        return made.decode().strip()

    def _signing(self) -> tuple[str, ...]:
        """Settings of git for a key of our own; none for the user's."""
        if self.signing_key is None:
            return ()
        return ("gpg.format=ssh", "gpg.ssh.program=ssh-keygen", f"user.signingKey={self.signing_key}")

    def _tree(self, base: str, files: Mapping[str, bytes | None]) -> str:
        with tempfile.TemporaryDirectory(prefix="reprieve-") as folder:
            env = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
            self.git.run("read-tree", base, env=env)
            lines = []
            for path, content in files.items():
                if content is None:
                    lines.append(f"0 {_NOTHING}\t{path}")
                else:
                    blob = self.git.text("hash-object", "-w", "--no-filters", "--stdin", stdin=content)
                    lines.append(f"100644 {blob}\t{path}")
            listing = "".join(f"{line}\0" for line in lines).encode()
            self.git.run("update-index", "-z", "--index-info", stdin=listing, env=env)
            return self.git.text("write-tree", env=env)

    def _push(self, branch: str, commit: str, expected: str | None, ends: Mapping[str, str]) -> None:
        """Moves a branch at the remote, and removes others with it: all of it or nothing."""
        assert self.remote is not None  # noqa: S101  (push is False without one)
        known = {name: tip for name, tip in ends.items() if self.git.commit_id(self._tracking(name)) == tip}
        leases = [f"--force-with-lease=refs/heads/{branch}:{expected or ''}"]
        leases += [f"--force-with-lease=refs/heads/{name}:{tip}" for name, tip in known.items()]
        moves = [f"{commit}:refs/heads/{branch}", *(f":refs/heads/{name}" for name in known)]
        atomic = ["--atomic"] if known else []
        try:
            self.git.run("push", "--no-verify", "--no-signed", *atomic, *leases, self.remote, *moves)
        except GitError as error:
            raise _push_error(branch, error.stderr) from None

    def _tracking(self, branch: str) -> str:
        return f"refs/remotes/{self.remote}/{branch}"

    def _push_aside(self, fallback: str, commit: str) -> str:
        """To the first of `fallback`, `fallback-2`, … that is free: what waits on another is not ours."""
        for name in (fallback, *(f"{fallback}-{number}" for number in range(2, 100))):
            try:
                self._push(name, commit, None, {})
            except RaceLostError:
                continue
            return name
        raise RegisterError(f"a hundred branches wait already, such as {fallback}", hint="merge them")

    def forget(self, branch: str, at: str) -> None:
        """Removes the local leftover of a branch that is part of history now."""
        ref = f"refs/heads/{branch}"
        if self._local(branch) == at and self._checkout_of(ref) is None:
            self.git.succeeds("update-ref", "-d", ref, at)

    def _local(self, branch: str) -> str | None:
        return self.git.commit_id(f"refs/heads/{branch}")

    def _follow(self, branch: str, commit: str) -> None:
        """A local branch of that name goes along when that loses nothing."""
        old = self._local(branch)
        if old is not None and self.git.succeeds("merge-base", "--is-ancestor", old, commit):
            self._move_local(branch, commit, {})

    def _follow_protected(self, branch: str, commit: str) -> str | None:
        """The same for the protected branch, which others have pushed to as well: not to be refused.

        What is pushed is pushed, so whatever keeps the local one back is told and no error.
        """
        ref = f"refs/heads/{branch}"
        upstream = self.git.text("for-each-ref", "--format=%(upstream)", ref)
        if upstream not in {"", self._tracking(branch)}:
            return None
        try:
            self._follow(branch, commit)
        except (RegisterError, RaceLostError) as reason:
            return reason.message if isinstance(reason, RegisterError) else "it moved meanwhile"
        return None

    def _check_checkout(self, branch: str, commit: str) -> None:
        """Refuses, before anything is pushed, what `_follow` could not do afterwards."""
        old = self._local(branch)
        checkout = self._checkout_of(f"refs/heads/{branch}")
        if old and checkout and self.git.succeeds("merge-base", "--is-ancestor", old, commit):
            self._refuse_dirty(checkout, branch, old, commit)

    def _move_local(self, branch: str, commit: str, ends: Mapping[str, str]) -> None:
        ref, old = f"refs/heads/{branch}", self._local(branch)
        if old is not None and not self.git.succeeds("merge-base", "--is-ancestor", old, commit):
            raise RaceLostError(f"{branch} has moved")
        checkout = self._checkout_of(ref)
        if checkout and old:
            self._refuse_dirty(checkout, branch, old, commit)
        lines = [f"update {ref} {commit} {old or _NOTHING}"]
        lines += [f"delete refs/heads/{name} {tip}" for name, tip in ends.items() if self._local(name) == tip]
        try:
            self.git.run("update-ref", "--stdin", stdin="\n".join(lines).encode() + b"\n")
        except GitError as error:
            raise RaceLostError(error.stderr) from None
        if checkout and old:
            self.git.run("read-tree", "-m", "-u", old, commit, directory=checkout)

    def _checkout_of(self, ref: str) -> Path | None:
        """The working tree that has the branch checked out."""
        listing = self.git.text("worktree", "list", "--porcelain")
        for block in listing.split("\n\n"):
            lines = block.splitlines()
            if f"branch {ref}" in lines and "bare" not in lines:
                return Path(lines[0].removeprefix("worktree "))
        return None

    def _refuse_dirty(self, checkout: Path, branch: str, old: str, new: str) -> None:
        self.git.succeeds("-C", str(checkout), "update-index", "-q", "--refresh")
        changed = self.git.run("status", "--porcelain", "--untracked-files=no", directory=checkout)
        hint = "commit or stash what you have there, or work from another branch"
        if changed.strip():
            raise RegisterError(
                f"{branch} is checked out with uncommitted changes", where=str(checkout), hint=hint
            )
        try:
            self.git.run("read-tree", "-n", "-m", "-u", old, new, directory=checkout)
        except GitError as error:
            raise RegisterError(
                f"{branch} is checked out and cannot be updated: {error.stderr.strip()}",
                where=str(checkout),
                hint=hint,
            ) from None


def until_won(attempt: Callable[[], T], alone: AbstractContextManager[object]) -> T:
    """Runs `attempt` until no other writer is in between; it must look at the register afresh each time.

    `alone` keeps other processes out of the same clone meanwhile. Errors: `RegisterError` after eight
    lost races.
    """
    for tried in range(_TRIES):
        try:
            with alone:
                return attempt()
        except RaceLostError:
            time.sleep(random.uniform(0.02, 0.2) * (tried + 1))  # noqa: S311  (not a secret)
    raise RegisterError(
        "other writers were faster eight times in a row", hint="try again, and without --no-fetch"
    )


def _push_error(branch: str, stderr: str) -> Exception:
    """What git's words mean, but for those of the host, which may say anything."""
    text = "\n".join(line for line in stderr.splitlines() if not line.startswith("remote:"))
    if _is_race(text):
        return RaceLostError(text)
    if "rejected]" in text or "declined" in text:
        return _RefusedError(_last_line(text))
    hint = "--no-push keeps the commit on a local branch"
    return RegisterError(f"cannot push: {stderr.strip()}", where=branch, hint=hint)


def _is_race(text: str) -> bool:
    signs = (
        "stale info",
        "fetch first",
        "non-fast-forward",
        "cannot lock ref",
        "failed to update ref",
        "reference already exists",
        "incorrect old value",
        "remote ref is at",
        "but expected",
        "failed to lock",
        "atomic transaction failed",  # a ref was locked or had moved: which of them, and why, is not said
        "transaction failed to start",
    )
    return any(sign in text for sign in signs)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if "rejected]" in line] or text.strip().splitlines()
    return lines[-1].strip() if lines else "no reason given"
