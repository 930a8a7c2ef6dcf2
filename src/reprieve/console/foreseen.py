"""What a draft would do before it is asked for: what it would silence, and who must approve it by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, get_args

import msgspec

from reprieve.console.config import config
from reprieve.console.people.viewer import Viewer, charter_in_force
from reprieve.console.reach import Reach, reach
from reprieve.errors import UsageError
from reprieve.match.model import Scoped
from reprieve.record import clock, glob
from reprieve.record.charter import Charter
from reprieve.record.model import SCOPE_KEYS, ScopeEntry, Void
from reprieve.record.scope import blanket, values_of
from reprieve.standing.waiting import Need
from reprieve.words import ENVIRONMENTS, RISKS, Environment, Risk


class Foreseen(msgspec.Struct, frozen=True):
    """What would come of a draft."""

    reach: Reach | None
    """None while the scope says nothing."""
    too_wide: tuple[str, ...]
    """Why it is no scope of an exception yet."""
    needs: tuple[Need, ...]
    """Who must approve it; none before its risk is chosen."""
    due: dt.datetime | None
    broad: int | None
    """The breadth above which higher approvers are needed, where it would be above."""


def foreseen(
    viewer: Viewer,
    entries: Sequence[dict[str, Any]],
    *,
    risk: str,
    environment: str,
    voids: Sequence[str],
    escalated: bool,
) -> Foreseen:
    """Of a form as it stands. Errors: `UsageError` for a scope that no record can have."""
    charter = charter_in_force()
    scope = _scope(entries)
    chosen = next((word for word in RISKS if word == risk), None)
    found = _reach(scope, chosen or "low", environment, voids) if scope else None
    limit = charter.limits.breadth
    broad = limit if limit is not None and found and found.radius.findings > limit else None
    return Foreseen(
        reach=found,
        too_wide=tuple(why for entry in scope if (why := blanket(entry))),
        needs=_needs(viewer, charter, chosen, escalated=escalated, broad=broad is not None) if chosen else (),
        due=clock.due(charter.calendar, config().present(), charter.review[chosen]) if chosen else None,
        broad=broad,
    )


def _scope(entries: Sequence[dict[str, Any]]) -> tuple[ScopeEntry, ...]:
    try:
        scope = msgspec.convert(list(entries), tuple[ScopeEntry, ...])
    except msgspec.ValidationError as error:
        raise UsageError(f"not a scope: {error}") from None
    for entry in scope:
        for key in SCOPE_KEYS:
            for value in values_of(entry, key):
                if fault := glob.fault(value):
                    raise UsageError(f"{key}: {fault[0]}", hint=fault[1])
    return scope


def _reach(scope: tuple[ScopeEntry, ...], risk: Risk, environment: str, voids: Sequence[str]) -> Reach:
    where: Environment = next((word for word in ENVIRONMENTS if word == environment), "production")
    known = tuple(word for word in get_args(Void) if word in voids)
    return reach(Scoped("", "excepted", where, risk, known, scope))


def _needs(viewer: Viewer, charter: Charter, risk: Risk, *, escalated: bool, broad: bool) -> tuple[Need, ...]:
    roles = charter.required_roles(risk, escalated=escalated)
    if broad:
        roles = (*roles, *charter.higher_roles(risk, escalated=escalated))
    return tuple(Need(role, tuple(sorted(charter.holders(role) - {viewer.email}))) for role in roles)
