"""Who writes for the people on the console: a clerk that asks what they may do each time before it writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

import msgspec

from reprieve.console import rights
from reprieve.console.config import config
from reprieve.console.people.viewer import Viewer
from reprieve.console.rights import DECISIONS, Action
from reprieve.errors import UsageError
from reprieve.register.layout import branch_of
from reprieve.register.register import Register
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import Clerk, find, number_of
from reprieve.register.writing.upkeep import ASKED


class NotAllowedError(UsageError):
    """The person may not do this. On the web: 403."""


class UnknownError(UsageError):
    """The register holds no such exception. On the web: 404."""


class AlreadyDoneError(Exception):
    """The register says this already."""


NO_ROLE = "it needs a role in the charter"
"""Why somebody's step is not on the protected branch."""

Check = Callable[[Register], None]
"""Looks at the register that a commit will start from. Errors: `NotAllowedError`, `AlreadyDoneError`."""


class Desk(Clerk):
    """A clerk that does what a viewer says, if the register that it has just fetched allows it."""

    def __init__(self, viewer: Viewer, check: Check) -> None:
        settings = config()
        super().__init__(
            settings.register,
            ref=settings.ref,
            charter_root=settings.charter_root,
            identity=viewer.identity,
            committer=settings.identity,
            signing_key=settings.signing_key,
        )
        self._viewer = viewer
        self._check = check

    def aside(self, register: Register) -> str | None:
        """Without a role nothing reaches the protected branch: it is asked for, on a branch."""
        return None if viewer_as_of(self._viewer, register).roles else NO_ROLE

    def register(self) -> Register:
        """As it is now, once the check has passed."""
        register = super().register()
        self._check(register)
        return register


def desk_for(
    viewer: Viewer, action: Action, identifier: str, known: Callable[[Case], bool] = lambda _: False
) -> Desk:
    """Who takes a step on one exception; `known` says whether a record tells of the step already."""

    def check(register: Register) -> None:
        merged, proposed = register.snapshot.find(number_of(identifier))
        if merged is None and not proposed:
            raise UnknownError(f"the register holds no {identifier}")
        case, _ = find(register, identifier, dt.datetime.now(dt.UTC), asked=action in _ASKED)
        person = viewer_as_of(viewer, register)
        if why := rights.no_right(person, action, case, register.snapshot.charter_of(case)):
            raise NotAllowedError(f"you cannot {_VERBS.get(action, action)} {case.id}: {why}")
        _refuse_unwritable(register, signed=action in rights.SIGNED)
        asked = branch_of(case.number, ASKED) if person.roles else None  # may be done by who needs not ask
        told = [each for each in (merged, *proposed) if each is not None and each.branch != asked]
        if any(known(each) for each in told):
            raise AlreadyDoneError

    return Desk(viewer, check)


_ASKED = frozenset({*DECISIONS, "answer", "merge", "escalate"})
"""What is done to the branch that asks, where there is one beside what is merged."""
_VERBS: Mapping[Action, str] = {
    "ask": "ask about",
    "answer": "answer on",
    "control": "mark controls of",
    "progress": "note progress on",
    "incident": "link an incident to",
}


def viewer_as_of(viewer: Viewer, register: Register) -> Viewer:
    """The person with the roles that this register gives."""
    return msgspec.structs.replace(viewer, roles=register.snapshot.charter.roles_of(viewer.email))


def may_request(register: Register) -> None:
    """Anybody may, where this console can write at all. Errors: `UsageError`."""
    _refuse_unwritable(register, signed=True)


def may_review(viewer: Viewer) -> Check:
    """Whoever holds a role may record the weekly review."""

    def check(register: Register) -> None:
        if not viewer_as_of(viewer, register).roles:
            raise NotAllowedError("you cannot record the review: it needs a role in the charter")
        _refuse_unwritable(register, signed=False)

    return check


def _refuse_unwritable(register: Register, *, signed: bool) -> None:
    if why := rights.cannot_write(register.snapshot.charter, signed=signed):
        raise UsageError(why)
