"""Who performs the steps of the process: opens the register afresh, plans one commit, writes it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec

from reprieve.errors import UsageError
from reprieve.record.lifecycle import Standing
from reprieve.record.model import format_id, id_number
from reprieve.register.git import Git
from reprieve.register.layout import branch_of
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.register.writing.commits import (
    Identity,
    Plan,
    Writer,
    Written,
    identity_of,
    until_won,
)
from reprieve.register.writing.lock import CloneLock


class Step(msgspec.Struct, frozen=True):
    """A step that was taken."""

    id: str
    written: Written
    register: Register
    """As it was just before."""
    note: str = ""


class Clerk:
    """Takes steps in one register on behalf of one person.

    Args:
        where: folder or URL, as for `Register.open`.
        ref: the protected branch.
        charter_root: digest of the charter to start from.
        push: whether to push.
        fetch: whether to fetch before writing; writes start from the fetched ref.
        identity: the author; the user's git identity when None.
        now: the moment of the step; the present when None.
        committer: who commits what the author did: a console, which people tell what to do; with `identity`.
        signing_key: file of the committer's own SSH key; without one nothing of it is signed.
    """

    def __init__(
        self,
        where: str | None = None,
        *,
        ref: str | None = None,
        charter_root: str | None = None,
        push: bool = True,
        fetch: bool = True,
        identity: Identity | None = None,
        now: dt.datetime | None = None,
        committer: Identity | None = None,
        signing_key: str | None = None,
    ) -> None:
        self._where = where
        self._ref = ref
        self._charter_root = charter_root
        self._push = push
        self._fetch = fetch
        self._identity = identity
        self._now = now
        self._committer = committer
        self._signing_key = signing_key

    def register(self) -> Register:
        """The register as it is now."""
        return Register.open(self._where, ref=self._ref, fetch=self._fetch, charter_root=self._charter_root)

    def now(self) -> dt.datetime:
        """The moment of the step."""
        return self._now or dt.datetime.now(dt.UTC).replace(microsecond=0)

    def identity(self, register: Register) -> Identity:
        """The author. Errors: `UsageError` when git knows none."""
        if self._identity is not None:
            return self._identity
        elsewhere = self._where is not None and not Path(self._where).is_dir()
        return identity_of(Git(Path.cwd()) if elsewhere else register.git)

    def alone(self) -> CloneLock:
        """Keeps other processes out of the same clone."""
        return CloneLock(self._where)

    def writer(self, register: Register) -> Writer:
        """Writes as this clerk does; signs when the charter asks for it or the user always does."""
        return Writer(
            register.located,
            self.identity(register),
            push=self._push,
            sign=self._identity is None and _signs(register),
            when=self._now,
            committer=self._committer,
            signing_key=self._signing_key,
            aside=self.aside(register),
        )

    def aside(self, _register: Register) -> str | None:
        """Why steps on what is merged wait on a branch, for others to merge; None where they do not."""
        return None

    def take(self, plan: Callable[[Register], Plan], id_: Callable[[Register], str]) -> Step:
        """One step, tried again from a fresh register when another writer came first."""

        def attempt() -> Step:
            register = self.register()
            return Step(id_(register), self.writer(register).write(plan(register)), register)

        return until_won(attempt, self.alone())


def find(
    register: Register, identifier: str, now: dt.datetime, *, asked: bool = False
) -> tuple[Case, Standing]:
    """The case to act on: on the protected branch, else on a branch of its own.

    With `asked` the other way round: what is under review, else what is merged. An id that has ended is
    always the one on the protected branch. Errors: `UsageError` for an id that the register does not hold.
    """
    number = number_of(identifier)
    merged, proposed = register.snapshot.find(number)
    ended = merged is not None and merged.facts.final is not None
    branch_first = asked or merged is None
    case = _one_of(proposed) if proposed and branch_first and not ended else merged
    if case is None:
        raise UsageError(
            f"the register holds no {format_id(number)}", hint="`reprieve list` shows what it holds"
        )
    return case, register.snapshot.standing(case, now)


def _one_of(proposed: list[Case]) -> Case:
    """The one on the record's own branch, or on the only other; never a guess among several."""
    own = [case for case in proposed if case.branch == branch_of(case.number)] or proposed
    if len(own) > 1:
        names = ", ".join(case.branch or "" for case in own)
        raise UsageError(f"several branches change {own[0].id}: {names}", hint="merge or delete all but one")
    return own[0]


def number_of(identifier: str) -> int:
    """The number of an id; `7`, `exc-7` and `EXC-007` are the same. Errors: `UsageError`."""
    text = identifier.upper()
    number = id_number(text if text.startswith("EXC-") else f"EXC-{text}")
    if number is None:
        raise UsageError(f"not an id: {identifier!r}", hint="an id looks like EXC-007")
    return number


def protected_branch(register: Register) -> str:
    """Short name of the branch that steps on merged records go to. Errors: `UsageError`."""
    if register.located.branch is None:
        raise UsageError("cannot write to a bare commit id", hint="name the protected branch with --ref")
    return register.located.branch


def _signs(register: Register) -> bool:
    if register.snapshot.charter.signatures != "required":
        return register.git.always_signs()
    scheme = register.git.run("config", "--default", "openpgp", "--get", "gpg.format").strip()
    if scheme != b"ssh":
        raise UsageError(
            "the charter requires signed decisions, and git is not set up to sign with SSH",
            hint="git config gpg.format ssh && git config user.signingkey ~/.ssh/id_ed25519.pub",
        )
    return True
