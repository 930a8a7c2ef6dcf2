"""An office whose first steps others took before it: they are not taken again, what came of them is copied.

Most tests begin with the same exception, asked for and approved through the command line: that is a hundred
and fifty processes of git. Each sequence of steps is taken once in a session, for real. An office that stands
just where another stood is given what that one had then; one that anything else has touched takes its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.support import PEOPLE, REQUESTER, Desk, Office, git, today

CONSOLE = "console@example.com"
"""Whose desk no step of anybody else touches."""
_FIRST = "first"
_QUIETLY = ("-c", "maintenance.auto=false")
Steps = tuple[tuple[str, ...], ...]


class Standing(NamedTuple):
    """An office after some steps: a copy of its folder, and what the last step gave."""

    folder: Path
    people: tuple[str, ...]
    result: Any


class Kept:
    """What came of each sequence of steps."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Steps, Standing] = {}

    def get(self, steps: Steps) -> Standing | None:
        """An office after these steps, if there was one."""
        return self._known.get(steps)

    def put(self, steps: Steps, office: KeptOffice, result: Any) -> None:
        """Keeps an office after these steps."""
        folder = self._folder / str(len(self._known))
        people = tuple(office.people())
        for name in (office.remote.name, _FIRST, *people):
            shutil.copytree(office.root / name, folder / name, symlinks=True)
        self._known[steps] = Standing(folder, people, result)


class KeptOffice(Office):
    """An office that need not take again the steps that others took."""

    def __init__(self, root: Path, kept: Kept) -> None:
        self._kept = kept
        self._steps: Steps | None = ()
        self._seen: object = None
        self._is_taking = False
        self.root, self.remote, self._desks = root, root / "register.git", {}
        settings = Path(os.environ["GIT_CONFIG_GLOBAL"]).read_text(encoding="utf-8")
        self._take(("office", str(today()), settings), lambda: Office.__init__(self, root))

    def desk(self, person: str = REQUESTER) -> Desk:
        email = PEOPLE.get(person, person)
        if email in self._desks or email == CONSOLE:
            return super().desk(email)
        self._take(("desk", email), lambda: Office.desk(self, email) and None)
        return self._desks[email]

    def request(self, *, who: str = REQUESTER, **fields: Any) -> str:
        return str(
            self._take(("request", who, repr(fields)), lambda: Office.request(self, who=who, **fields))
        )

    def approve(self, identifier: str, *roles: str) -> None:
        self._take(("approve", identifier, *roles), lambda: Office.approve(self, identifier, *roles))

    def active(self, **fields: Any) -> str:
        return str(self._take(("active", repr(fields)), lambda: Office.active(self, **fields)))

    def people(self) -> list[str]:
        """Whose desks the steps may have touched."""
        return sorted(set(self._desks) - {CONSOLE})

    def _take(self, step: tuple[str, ...], really: Callable[[], Any]) -> Any:
        """A step of the office, or what came of it elsewhere."""
        if self._is_taking:  # part of another
            return really()
        steps = None if self._steps is None or self._look() != self._seen else (*self._steps, step)
        stood = None if steps is None else self._kept.get(steps)
        if stood is None:
            self._is_taking, self._steps = True, None
            try:
                result = really()
            finally:
                self._is_taking = False
            if steps is not None:
                self._kept.put(steps, self, result)
        else:
            self._stand_as(stood)
            result = stood.result
        self._steps, self._seen = steps, self._look() if steps is not None else None
        return result

    def _look(self) -> object:
        """Every file of the register and of the clones, by when it was written; None before there are any."""
        if not self.remote.exists():
            return None
        told = []
        for name in (self.remote.name, *self.people()):
            for folder, _, files in os.walk(self.root / name):
                for file in files:
                    state = os.lstat(f"{folder}/{file}")
                    told.append((f"{folder}/{file}", state.st_ino, state.st_size, state.st_mtime_ns))
        return sorted(told)

    def _stand_as(self, stood: Standing) -> None:
        if self.remote.exists():  # a console may be reading it
            fetch = (*_QUIETLY, "fetch", "--quiet", "--prune", "--no-write-fetch-head")
            git(self.remote, *fetch, str(stood.folder / self.remote.name), "+refs/*:refs/*")
        else:
            for name in (self.remote.name, _FIRST):
                shutil.copytree(stood.folder / name, self.root / name, symlinks=True)
        for email in stood.people:
            directory = self.root / email
            shutil.rmtree(directory, ignore_errors=True)
            shutil.copytree(stood.folder / email, directory, symlinks=True)
            git(directory, "remote", "set-url", "origin", str(self.remote))
            if email not in self._desks:
                self._desks[email] = Desk(directory, email)
