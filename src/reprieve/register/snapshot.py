"""A register at one commit, judged: all that statuses at any moment can be computed from."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import msgspec

from reprieve.record.charter import Charter
from reprieve.record.lifecycle import Facts, Standing, standing
from reprieve.record.model import Problem, Record, format_id


class Branch(NamedTuple):
    """An unmerged branch and the number of the record that it is for."""

    name: str
    tip: str
    number: int


class Ruling(msgspec.Struct, frozen=True):
    """A charter, and from when and why it rules."""

    charter: Charter
    digest: str
    commit: str
    since: dt.datetime
    why: str
    signers: bytes = b""


class Case(msgspec.Struct, frozen=True):
    """One record, with what history says about it; on the protected branch, or on a branch of its own."""

    number: int
    path: str
    blob: str | None
    """The file's content at the commit judged; None when it is gone."""
    record: Record | None
    digest: str | None
    facts: Facts
    charter: int
    """Index of the ruling that judges it."""
    branch: str | None = None
    """The unmerged branch it is on; None on the protected branch."""
    renewals: int = 0
    """How many times this exception has been renewed, by `renews`."""
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        """The id as written, or as its number gives it."""
        return self.record.id if self.record else format_id(self.number)


class Snapshot(msgspec.Struct, frozen=True):
    """Everything judged at one commit of the protected branch."""

    commit: str
    cases: tuple[Case, ...]
    """On the protected branch, by number; archived and deleted ones too."""
    proposed: tuple[Case, ...]
    """On unmerged branches, by number. They only ever annotate."""
    rulings: tuple[Ruling, ...]
    ruling: int
    """Index of the charter in force."""
    problems: tuple[Problem, ...] = ()
    """About the register itself: a charter that nobody approved, a file that is not a record."""

    @property
    def charter(self) -> Charter:
        """The charter in force."""
        return self.rulings[self.ruling].charter

    def charter_of(self, case: Case) -> Charter:
        """The charter that judges a case."""
        return self.rulings[case.charter].charter

    def standing(self, case: Case, now: dt.datetime) -> Standing:
        """Where a case stands at `now`."""
        problems = [problem.message for problem in case.problems if problem.level == "error"]
        return standing(case.record, case.facts, self.charter_of(case), now, problems)

    def find(self, number: int) -> tuple[Case | None, list[Case]]:
        """The merged case of an id, and those on branches."""
        merged = next((case for case in self.cases if case.number == number), None)
        return merged, [case for case in self.proposed if case.number == number]
