"""What the matcher takes and gives."""

from __future__ import annotations

from typing import Literal

import msgspec

from reprieve.record.model import Record, ScopeEntry, Void
from reprieve.words import Environment, Risk

Covering = Literal["excepted", "expired", "pending"]
"""What a covered finding becomes."""
Disposition = Literal["open", Covering]


class Scoped(msgspec.Struct, frozen=True):
    """One exception as the matcher needs it: what it covers, and what a covered finding becomes."""

    id: str
    disposition: Covering
    environment: Environment
    risk: Risk
    voids: tuple[Void, ...]
    scope: tuple[ScopeEntry, ...]

    @classmethod
    def of(cls, record: Record, disposition: Covering = "excepted") -> Scoped:
        """A record with what it makes of a finding; as if it were active when nobody says."""
        return cls(record.id, disposition, record.environment, record.risk, record.voids, record.scope)


class Outcome(msgspec.Struct, frozen=True):
    """What the gate says of a finding. One object serves every finding with the same answer."""

    disposition: Disposition
    environment: Environment
    exception: str | None = None
    """The exception that decides: of the best disposition, the lowest id."""
    covering: tuple[str, ...] = ()
    """Every exception whose scope the finding is in and that is not void for it, deciding one first."""
    voided_by: str | None = None
    """`EXC-007: fix-available`, when an active exception would cover it but for one of its voids."""
    source: Literal["record", "rego"] | None = None
    """What excepts it: a record, or an exception written in Rego."""
    place: tuple[str, int] | None = None
    """File and line of the exception in Rego."""
