"""Who may do what to an exception: the roles that the charter gives, and what the process lets happen next.

Who holds no role may read and request. What they do to what they have asked for is a request as well: it
waits on a branch, as on the command line for whom the protected branch refuses (`desk.Desk.aside`), until
somebody who holds one merges it; so nobody makes their own exception active. Deciding needs a role that
decides on it, held by somebody who did not ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, get_args

from reprieve.console.config import Config, config
from reprieve.console.people.viewer import Viewer
from reprieve.record.charter import Charter
from reprieve.record.lifecycle import Standing, unsigned_terms
from reprieve.register.snapshot import Case

Action = Literal[
    "approve",
    "deny",
    "ask",
    "answer",
    "merge",
    "control",
    "progress",
    "incident",
    "renew",
    "revoke",
    "close",
    "escalate",
]
"""What a person can do to an exception that is there."""

ACTIONS: tuple[Action, ...] = get_args(Action)
DECISIONS: tuple[Action, ...] = ("approve", "deny", "ask")

SIGNED = frozenset({*DECISIONS, "renew", "escalate"})
"""What has to be signed where the charter requires signatures."""
_ENDED = frozenset({"revoked", "closed"})
_UNDER_REVIEW = frozenset({"requested", "in-review", "void", "denied"})


def allowed(viewer: Viewer, case: Case, standing: Standing, charter: Charter) -> dict[Action, str | None]:
    """Each action, and why this viewer cannot do it now; None for what can be done.

    Args:
        viewer: with the roles that the charter in force gives.
        case: on the protected branch, or on the branch that asks for it.
        standing: of that case.
        charter: the one that judges it.
    """
    return {
        action: (
            no_right(viewer, action, case, charter)
            or cannot_write(charter, signed=action in SIGNED)
            or _not_now(viewer, action, case, standing, charter)
        )
        for action in ACTIONS
    }


def no_right(viewer: Viewer, action: Action, case: Case, charter: Charter) -> str | None:
    """Why the viewer may not do it, whatever the exception's status; None when they may."""
    if action in DECISIONS:
        return _no_decision(viewer, case, charter)
    own = action not in {"merge", "revoke"}
    if viewer.roles or (own and _asked_for(viewer, case)):
        return None
    return "it needs a role in the charter" + (", or to have asked for the exception" if own else "")


def deciding_roles(viewer: Viewer, case: Case, charter: Charter) -> tuple[str, ...]:
    """The viewer's roles that decide on a case, by the charter that judges it and by the one in force."""
    if case.record is None:
        return ()
    deciding = charter.deciding_roles(case.record.risk, escalated=bool(case.record.escalation))
    held = [role for role in deciding if role in viewer.roles and viewer.email in charter.holders(role)]
    return tuple(dict.fromkeys(held))


def cannot_write(charter: Charter, *, signed: bool) -> str | None:
    """Why this console cannot write such a thing for anybody; None when it can."""
    settings = config()
    if settings.now is not None:
        return "this console shows a simulated moment, and writes nothing"
    return _cannot_sign(charter, settings) if signed else None


def _cannot_sign(charter: Charter, settings: Config) -> str | None:
    if charter.signatures != "required":
        return None
    if settings.signing_key is None:
        return "the charter requires signatures, and this console has no key of its own"
    if not charter.is_recorder(settings.email):
        return f"the charter requires signatures, and {settings.email} is not among its recorders"
    return None


def _no_decision(viewer: Viewer, case: Case, charter: Charter) -> str | None:
    if viewer.email in case.facts.submitters:
        return f"{viewer.email} asked for {case.id}, or wrote its terms, and so cannot decide on it"
    if case.record is not None and not deciding_roles(viewer, case, charter):
        needed = charter.deciding_roles(case.record.risk, escalated=bool(case.record.escalation))
        return f"it needs the role of {' or '.join(dict.fromkeys(needed))}"
    return None if viewer.roles else "it needs a role in the charter"


def _asked_for(viewer: Viewer, case: Case) -> bool:
    return viewer.email in case.facts.submitters


def _not_now(viewer: Viewer, action: Action, case: Case, standing: Standing, charter: Charter) -> str | None:
    """What the step itself would refuse."""
    if standing.status in _ENDED:
        return f"it is {standing.status}"
    if action in DECISIONS:
        return _no_review(viewer, action, case, standing, charter)
    return _STATES[action](case, standing) if action in _STATES else None


def _no_review(
    viewer: Viewer, action: Action, case: Case, standing: Standing, charter: Charter
) -> str | None:
    if standing.status not in _UNDER_REVIEW:
        return f"it is {standing.status}"
    if action != "approve":
        return None
    if unsigned := unsigned_terms(case.facts, charter):
        return unsigned
    given = [
        decision
        for decision in case.facts.decisions
        if decision.stands and decision.person == viewer.email and decision.verdict == "approve"
    ]
    return f"you have approved it as {given[-1].role}" if given else None


def _no_merge(case: Case, standing: Standing) -> str | None:
    if case.branch is None:
        return "it is merged"
    if standing.missing:
        return f"approvals are missing: {', '.join(standing.missing)}"
    return None if standing.status in {"requested", "in-review"} else f"it is {standing.status}"


def _no_control(case: Case, standing: Standing) -> str | None:
    if case.record is None:
        return f"it is {standing.status}"
    return None if case.record.controls else "it promises no controls"


def _no_renewal(_case: Case, standing: Standing) -> str | None:
    in_force = standing.status in {"active", "approved", "expired"}
    return None if in_force else "only what is or was in force can be renewed"


_STATES: Mapping[Action, Callable[[Case, Standing], str | None]] = {
    "answer": lambda _, standing: None if standing.paused else "it has no open question",
    "merge": _no_merge,
    "control": _no_control,
    "progress": lambda case, standing: None if case.record else f"it is {standing.status}",
    "incident": lambda case, standing: None if case.record else f"it is {standing.status}",
    "escalate": lambda case, standing: None if case.record else f"it is {standing.status}",
    "renew": _no_renewal,
    "revoke": lambda case, _: "it is not merged" if case.branch else None,
}
