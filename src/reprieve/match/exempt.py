"""What exceptions written in Rego make of a finding, on top of what the register says of it.

Governed, an exception in Rego only counts where an active record that it cites covers the finding; so it
never silences more than a record does. Otherwise it counts by itself, as it did in Trivy and does in
conftest, unless it cites a record and there is a register to ask: then that record must hold.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import msgspec

from reprieve.findings.model import Exemption, Finding
from reprieve.match.model import Outcome
from reprieve.record.model import id_number


class Register(msgspec.Struct, frozen=True):
    """What matters here of a register in play."""

    active: frozenset[str]
    """Ids of the records that suppress."""
    governed: bool
    """The charter's `rego_exceptions: governed`."""


def exempted(
    findings: Sequence[Finding], outcomes: list[Outcome], register: Register | None
) -> list[Outcome]:
    """The outcomes with exemptions applied; the same list where there are none.

    Args:
        findings: with the exemptions that name them, in `Finding.policy`.
        outcomes: by the register alone, one for each finding.
        register: None when no register is in play.
    """
    made: dict[tuple[Outcome, Exemption], Outcome] = {}
    changed = outcomes
    for index, finding in enumerate(findings):
        if finding.policy is None or not finding.policy.exemptions:
            continue
        outcome = outcomes[index]
        holding = next((one for one in finding.policy.exemptions if holds(one, outcome, register)), None)
        if holding is None:
            continue
        if changed is outcomes:
            changed = list(outcomes)
        if (outcome, holding) not in made:
            made[outcome, holding] = _excepted(outcome, holding)
        changed[index] = made[outcome, holding]
    return changed


def holds(exemption: Exemption, outcome: Outcome, register: Register | None) -> bool:
    """Whether an exemption excepts a finding of which the register alone says this."""
    if register is None:
        return True
    if exemption.record is None:
        return not register.governed
    covering = register.active.intersection(outcome.covering)
    return any(_same(identifier, exemption.record) for identifier in covering)


def cited(exemption: Exemption, active: Collection[str]) -> str | None:
    """The active record that an exemption cites; None when there is none."""
    if exemption.record is None:
        return None
    return next((identifier for identifier in active if _same(identifier, exemption.record)), None)


def _same(one: str, other: str) -> bool:
    number = id_number(one)
    return number is not None and number == id_number(other)


def _excepted(outcome: Outcome, exemption: Exemption) -> Outcome:
    return msgspec.structs.replace(
        outcome,
        disposition="excepted",
        exception=exemption.record,
        source="rego",
        place=(exemption.path, exemption.line),
        voided_by=None,
    )
