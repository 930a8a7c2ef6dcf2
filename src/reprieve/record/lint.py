"""What else is worth saying before something is merged: of a record on this day, of a charter's people.

Nothing here makes a record invalid that the register would take; that is in `record.rules` and
`record.lifecycle`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence

from reprieve.record import yaml
from reprieve.record.charter import CISO, Charter
from reprieve.record.document import Document
from reprieve.record.lifecycle import unfilled
from reprieve.record.model import Problem
from reprieve.words import RISKS

Found = Iterator[tuple[str, str, tuple[str, ...]]]
"""Rule id, message and where."""

_HINTS = {
    "charter-owner": "fill in `roles`, by the e-mail address that they commit with",
    "approvers": "fill in `roles`, by the e-mail address that they commit with",
    "signers": "add a line with their address and their public key",
}


def future_dates(document: Document, today: dt.date) -> list[Problem]:
    """Claims about a day that has not come, which nobody can have checked."""
    record = document.record
    found: list[tuple[str, tuple[str | int, ...]]] = []
    if record.requested > today:
        found.append((f"`requested` is in the future ({record.requested})", ("requested",)))
    for index, control in enumerate(record.controls):
        if control.implemented and control.implemented > today:
            message = f"control {control.id}: `implemented` is in the future ({control.implemented})"
            found.append((message, ("controls", index, "implemented")))
    return [
        Problem(
            rule="future-date",
            message=message,
            path=document.path,
            line=document.line_of(*keys),
            hint=f"today is {today}, UTC",
            exception=record.id,
        )
        for message, keys in found
    ]


def unstaffed(charter: Charter, roles: Sequence[str], barred: Collection[str] = ()) -> tuple[str, ...]:
    """The roles that cannot all be filled, each by another person and nobody by one of those `barred`."""
    out = {person.lower() for person in barred}
    people = [
        (role, person) for role in dict.fromkeys(roles) for person in sorted(charter.holders(role) - out)
    ]
    return unfilled(roles, people)


def charter_advice(path: str, text: str, charter: Charter, signers: Collection[str]) -> list[Problem]:
    """Warnings about people: what nobody could ever approve.

    Args:
        path: of the charter.
        text: of the charter, for lines.
        charter: what it says.
        signers: the principals, lower case, of the `allowed_signers` beside it.
    """
    found = [*_owner(charter), *_approvers(charter), *_escalations(charter), *_signatures(charter, signers)]
    return [
        Problem(
            rule=rule,
            message=message,
            path=path,
            line=yaml.line_of(text, keys),
            hint=_HINTS[rule],
            level="warning",
        )
        for rule, message, keys in found
    ]


def _owner(charter: Charter) -> Found:
    owner = charter.charter_owner
    if not charter.holders(owner):
        message = f"nobody holds `{owner}`: nobody could approve a later charter"
        yield "charter-owner", message, ("roles", owner)


def _approvers(charter: Charter) -> Found:
    """Roles without holders, once each; and sets of roles that too few people share."""
    if charter.approvals == "merged":
        return
    empty: dict[str, list[str]] = {}
    for risk in RISKS:
        roles = charter.approvers[risk]
        for role in dict.fromkeys(role for role in roles if not charter.holders(role)):
            empty.setdefault(role, []).append(risk)
        if all(charter.holders(role) for role in roles) and unstaffed(charter, roles):
            message = f"{risk} risk needs {' and '.join(roles)}, and there are not as many different people"
            yield "approvers", message, ("approvers", risk)
        higher = charter.deciding_roles(risk, escalated=False)
        if higher != roles and not unstaffed(charter, roles) and unstaffed(charter, higher):
            message = f"{risk} risk needs {' and '.join(higher)} above the limit of breadth,"
            yield "approvers", f"{message} and they cannot all be filled", ("limits", "breadth")
    for role, risks in empty.items():
        message = f"nobody holds `{role}`: nothing of {' or '.join(risks)} risk can be approved"
        yield "approvers", message, ("roles", role)


def _escalations(charter: Charter) -> Found:
    needed = any(CISO in charter.approvers[risk] for risk in RISKS)
    if charter.approvals != "merged" and not needed and not charter.holders(CISO):
        yield "approvers", f"nobody holds `{CISO}`, who decides on escalations", ("roles", CISO)


def _signatures(charter: Charter, signers: Collection[str]) -> Found:
    recorders = {recorder.lower() for recorder in charter.recorders}
    if charter.signatures != "required" or recorders & set(signers):
        return
    deciding = {role for risk in RISKS for role in charter.required_roles(risk, escalated=True)}
    for role in charter.roles:
        if role not in deciding | {charter.charter_owner}:
            continue
        for person in sorted(charter.holders(role) - set(signers)):
            message = f"{person} ({role}) has no key in allowed_signers: a decision of theirs does not count"
            yield "signers", message, ("roles", role)
