"""What an exception is: the typed front matter of a record, format version 1 (design section 2).

Keys that are absent are `UNSET`, and an explicit null is invalid everywhere: a scope key that someone
left empty must not silently widen the scope.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from reprieve.words import CheckType, Environment, Risk

Reason = Literal[
    "gate-blocked",
    "sla-exceeded",
    "legacy-system",
    "false-positive",
    "test-environment",
    "third-party",
    "planned-remediation",
]
Void = Literal["fix-available", "severity-raised"]
ControlKind = Literal["preventive", "monitoring"]
CloseReason = Literal["remediated", "superseded", "withdrawn", "expired", "not-needed"]
EscalationCase = Literal[
    "renewal-denied", "critical-in-production", "team-disagrees", "controls-not-implementable"
]

REASONS: tuple[Reason, ...] = get_args(Reason)
CLOSE_REASONS: tuple[CloseReason, ...] = get_args(CloseReason)
ESCALATION_CASES: tuple[EscalationCase, ...] = get_args(EscalationCase)
WITHOUT_CONTROLS: frozenset[Reason] = frozenset({"false-positive", "test-environment"})
"""Reasons for which no compensating control is asked."""

Text = Annotated[str, Meta(min_length=1)]
Patterns = Annotated[tuple[Text, ...], Meta(min_length=1)]

OPERATIONAL = ("incidents", "revoked", "closed")
"""Top-level fields that may change without a new decision; so may controls[].implemented, .evidence and
remediation.progress."""


class _Strict(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """Unknown keys are errors; values are immutable."""


class ScopeEntry(_Strict, frozen=True):
    """One way for a finding to be in scope: every key given must match, by any of its values."""

    type: CheckType | UnsetType = UNSET
    checks: Patterns | UnsetType = UNSET
    clusters: Patterns | UnsetType = UNSET
    namespaces: Patterns | UnsetType = UNSET
    resources: Patterns | UnsetType = UNSET
    paths: Patterns | UnsetType = UNSET
    images: Patterns | UnsetType = UNSET
    repositories: Patterns | UnsetType = UNSET
    packages: Patterns | UnsetType = UNSET
    fingerprints: Patterns | UnsetType = UNSET


SCOPE_KEYS = (
    "checks",
    "clusters",
    "namespaces",
    "resources",
    "paths",
    "images",
    "repositories",
    "packages",
    "fingerprints",
)
PLACE_KEYS = ("clusters", "namespaces", "resources", "paths", "images", "repositories")


class Control(_Strict, frozen=True):
    """A compensating control; the exception is not active before it is implemented."""

    id: Text
    kind: ControlKind
    description: Text
    implemented: dt.date | UnsetType = UNSET
    evidence: Text | UnsetType = UNSET


class Progress(_Strict, frozen=True):
    """One note on how the remediation goes."""

    date: dt.date
    note: Text


class Remediation(_Strict, frozen=True):
    """The plan that ends the exception."""

    target: dt.date
    tickets: tuple[Text, ...] = ()
    progress: tuple[Progress, ...] = ()


class Incident(_Strict, frozen=True):
    """A security incident that touched what the exception covers."""

    date: dt.date
    summary: Text
    url: Text | UnsetType = UNSET


class Escalation(_Strict, frozen=True):
    """Why the ordinary process does not do; decided by a `ciso`."""

    case: EscalationCase
    reason: Text


class Revoked(_Strict, frozen=True):
    """The end by decision, before its time."""

    date: dt.date
    by: Text
    reason: Text


class Closed(_Strict, frozen=True):
    """The end because it is no longer needed."""

    date: dt.date
    by: Text
    reason: CloseReason


class Record(_Strict, frozen=True):
    """One exception, as its front matter states it."""

    id: Text
    summary: Annotated[str, Meta(min_length=1, max_length=200)]
    reason: Reason
    risk: Risk
    environment: Environment
    requester: Text
    owner: Text
    requested: dt.date
    expires: dt.date
    scope: Annotated[tuple[ScopeEntry, ...], Meta(min_length=1)]
    controls: tuple[Control, ...]
    remediation: Remediation
    voids: tuple[Void, ...] = ()
    renews: Text | UnsetType = UNSET
    incidents: tuple[Incident, ...] = ()
    escalation: Escalation | UnsetType = UNSET
    revoked: Revoked | UnsetType = UNSET
    closed: Closed | UnsetType = UNSET

    def last_moment(self) -> dt.datetime:
        """The first instant at which the exception no longer holds: `expires` is inclusive, UTC."""
        return dt.datetime.combine(self.expires + dt.timedelta(days=1), dt.time(), dt.UTC)


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is wrong with a record or the charter, for people and for SARIF.

    `rule` is a stable id (`blanket-scope`); `line` is 1-based in the file at `path`.
    """

    rule: str
    message: str
    path: str
    line: int | None = None
    hint: str | None = None
    exception: str | None = None
    level: Literal["error", "warning", "note"] = "error"


def id_number(identifier: str) -> int | None:
    """The number of an id: ids compare as numbers, `EXC-7` is `EXC-007`. None when it is not an id."""
    prefix, _, digits = identifier.partition("-")
    plain = digits.isascii() and digits.isdigit() and len(digits) <= 12
    return int(digits) if prefix == "EXC" and plain else None


_FILE_NAME = re.compile(r"EXC-([0-9]{3,12})-[a-z0-9]+(?:-[a-z0-9]+)*\.md")


def file_number(name: str) -> int | None:
    """The id's number in a record's file name, None when it is not one."""
    match = _FILE_NAME.fullmatch(name)
    return int(match[1]) if match else None


def format_id(number: int) -> str:
    """`EXC-` and three digits or more."""
    return f"EXC-{number:03d}"
