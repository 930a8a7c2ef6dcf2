"""What if: the register as it would be if some requests were approved and some exceptions had ended.

Only data is changed: the same life cycle, the same charter and the same gate say what follows. So a
record that is invalid stays so, one whose controls are missing is approved and not active, and nothing
revives what has ended.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence

import msgspec

from reprieve.errors import UsageError
from reprieve.findings.model import Report
from reprieve.judging import judge_reports
from reprieve.record.lifecycle import Decision, Final, Status
from reprieve.record.model import Record, format_id
from reprieve.register.layout import branch_of
from reprieve.register.register import Register
from reprieve.register.snapshot import Case, Snapshot
from reprieve.register.together import limited
from reprieve.verdict import Verdict
from reprieve.words import Environment, Severity

_LASTS = frozenset({"approved", "active", "expired"})


class Assumptions(msgspec.Struct, frozen=True):
    """Numbers of ids, by what is assumed of them; applied in this order."""

    approve: tuple[int, ...] = ()
    implement: tuple[int, ...] = ()
    """As if every control that they promise were in place."""
    expire: tuple[int, ...] = ()
    revoke: tuple[int, ...] = ()
    close: tuple[int, ...] = ()


class Turn(msgspec.Struct, frozen=True):
    """One exception whose status would be another."""

    id: str
    summary: str
    before: Status | None
    """None when it is only on a branch now, beside one of the same id that is merged."""
    after: Status
    reason: str
    """Why it is no more than that, in words; else empty."""


class Difference(msgspec.Struct, frozen=True):
    """What a simulated verdict says otherwise than the one about the present."""

    before: Verdict
    after: Verdict
    turns: tuple[Turn, ...]
    opens: tuple[int, ...]
    """Indexes of findings that would fail and do not now."""
    closes: tuple[int, ...]
    """Indexes of findings that fail now and would not."""


def simulate(register: Register, assumed: Assumptions, on: dt.datetime) -> Register:
    """The register as it would be. Errors: `UsageError` for what cannot happen to an exception."""
    steps: tuple[tuple[Iterable[int], Callable[[Register, Snapshot, int, dt.datetime], Snapshot]], ...] = (
        (assumed.approve, _approved),
        (assumed.implement, _implemented),
        (assumed.expire, _expired),
        (assumed.revoke, _revoked),
        (assumed.close, _closed),
    )
    snapshot = register.snapshot
    for numbers, step in steps:
        for number in dict.fromkeys(numbers):
            snapshot = step(register, snapshot, number, on)
    if snapshot is not register.snapshot:
        cases = limited(snapshot.cases, snapshot.rulings)
        snapshot = msgspec.structs.replace(snapshot, cases=tuple(map(_each_problem_once, cases)))
    return Register(register.located, snapshot, as_of=register.as_of)


def difference(
    reports: Sequence[Report],
    register: Register,
    assumed: Assumptions,
    now: dt.datetime,
    on: dt.datetime,
    *,
    fail_on: Severity = "low",
    environment: Environment | None = None,
    with_fingerprints: bool = False,
) -> Difference:
    """The verdict over the same reports as things are, and as they would be.

    Args:
        reports: read already.
        register: opened.
        assumed: what would have happened.
        now: the present, or the moment to compare with.
        on: the moment to judge the assumption at.
        fail_on: as for the gate; so are the last two.
        environment: of every finding.
        with_fingerprints: whether the simulated verdict needs them.
    """
    other = simulate(register, assumed, on)
    before = judge_reports(reports, register, now, fail_on=fail_on, environment=environment)
    after = judge_reports(
        reports,
        other,
        on,
        fail_on=fail_on,
        environment=environment,
        simulated=True,
        with_fingerprints=with_fingerprints,
    )
    indexes = range(len(before.findings))
    failed = [before.failing(index) for index in indexes]
    fails = [after.failing(index) for index in indexes]
    return Difference(
        before,
        after,
        tuple(turns(register, other, now, on)),
        tuple(index for index in indexes if fails[index] and not failed[index]),
        tuple(index for index in indexes if failed[index] and not fails[index]),
    )


def turns(register: Register, other: Register, now: dt.datetime, on: dt.datetime) -> list[Turn]:
    """The exceptions whose status differs, by id."""
    held = {(case.number, case.branch): standing.status for case, standing in register.cases(now)}
    known = {number for number, _ in held}
    found = []
    for case, standing in other.cases(on):
        own = (case.number, case.branch)
        before = held.get(own) or held.get((case.number, branch_of(case.number)))
        assert case.number in known  # noqa: S101  (nothing is invented)
        if before != standing.status:
            summary = case.record.summary if case.record else ""
            found.append(Turn(case.id, summary, before, standing.status, standing.reason))
    return sorted(found, key=lambda turn: turn.id)


def _approved(register: Register, snapshot: Snapshot, number: int, on: dt.datetime) -> Snapshot:
    """Every role that could be asked for has approved, and the branch is merged."""
    case = _asked(snapshot, number)
    if case.facts.final is not None:
        raise UsageError(
            f"--approve: {case.id} is {case.facts.final.status}, and nothing revives it",
            hint="`reprieve list --status requested --status in-review` shows what waits",
        )
    charter, trust = snapshot.charter_of(case), register.trust(on)
    approvals = tuple(
        Decision("", "approve", f"simulated {role}", role, on, case.digest or "", trust)
        for role in charter.roles
    )
    facts = msgspec.structs.replace(
        case.facts, merged=True, entered=case.facts.entered or on, decisions=approvals, unsigned=None
    )
    merged = msgspec.structs.replace(case, facts=facts, branch=None)
    kept = [other for other in snapshot.cases if other.number != number]
    return msgspec.structs.replace(
        snapshot,
        cases=tuple(sorted([*kept, merged], key=lambda other: other.number)),
        proposed=tuple(other for other in snapshot.proposed if other.number != number),
    )


def _implemented(_: Register, snapshot: Snapshot, number: int, on: dt.datetime) -> Snapshot:
    case = _merged_or_asked(snapshot, number, "--implement")

    def done(record: Record) -> Record:
        controls = tuple(
            control if control.implemented else msgspec.structs.replace(control, implemented=on.date())
            for control in record.controls
        )
        return msgspec.structs.replace(record, controls=controls)

    return _with_record(snapshot, case, done)


def _expired(_: Register, snapshot: Snapshot, number: int, on: dt.datetime) -> Snapshot:
    case = _in_force(snapshot, number, on, "--expire")
    last = on.date() - dt.timedelta(days=1)
    return _with_record(
        snapshot,
        case,
        lambda record: msgspec.structs.replace(record, expires=min(record.expires, last)),
    )


def _revoked(_: Register, snapshot: Snapshot, number: int, on: dt.datetime) -> Snapshot:
    case = _in_force(snapshot, number, on, "--revoke")
    return _ended(snapshot, case, Final("revoked", on, "", "", "simulated"))


def _closed(_: Register, snapshot: Snapshot, number: int, on: dt.datetime) -> Snapshot:
    case = _in_force(snapshot, number, on, "--close")
    return _ended(snapshot, case, Final("closed", on, "", "", "simulated"))


def _asked(snapshot: Snapshot, number: int) -> Case:
    """What is asked for under an id: on its own branch, else on the only other, else what is merged."""
    merged, proposed = snapshot.find(number)
    if merged is not None and merged.facts.final is not None:
        return merged
    own = [case for case in proposed if case.branch == branch_of(number)] or proposed
    if len(own) > 1:
        names = ", ".join(case.branch or "" for case in own)
        raise UsageError(f"several branches change {format_id(number)}: {names}")
    found = own[0] if own else merged
    if found is None:
        raise UsageError(
            f"the register holds no {format_id(number)}", hint="`reprieve list` shows what it holds"
        )
    return found


def _merged_or_asked(snapshot: Snapshot, number: int, option: str) -> Case:
    merged, _ = snapshot.find(number)
    case = merged or _asked(snapshot, number)
    if case.facts.final is not None or case.record is None:
        raise UsageError(f"{option}: {case.id} has ended, or cannot be read")
    return case


def _in_force(snapshot: Snapshot, number: int, on: dt.datetime, option: str) -> Case:
    """Only what was approved can end. Errors: `UsageError`."""
    merged, _ = snapshot.find(number)
    case = merged or _asked(snapshot, number)
    status = snapshot.standing(case, on).status
    if status not in _LASTS:
        hint = f"add --approve {case.id}" if status in {"requested", "in-review", "void"} else None
        raise UsageError(f"{option}: {case.id} is {status} then, so it does not end", hint=hint)
    return case


def _with_record(snapshot: Snapshot, case: Case, change: Callable[[Record], Record]) -> Snapshot:
    assert case.record is not None  # noqa: S101  (what can change is readable)
    return _replaced(snapshot, msgspec.structs.replace(case, record=change(case.record)))


def _ended(snapshot: Snapshot, case: Case, final: Final) -> Snapshot:
    facts = msgspec.structs.replace(case.facts, final=final)
    return _replaced(snapshot, msgspec.structs.replace(case, facts=facts))


def _replaced(snapshot: Snapshot, case: Case) -> Snapshot:
    def put(cases: Sequence[Case]) -> tuple[Case, ...]:
        return tuple(
            case if (other.number, other.branch) == (case.number, case.branch) else other for other in cases
        )

    return msgspec.structs.replace(snapshot, cases=put(snapshot.cases), proposed=put(snapshot.proposed))


def _each_problem_once(case: Case) -> Case:
    return msgspec.structs.replace(case, problems=tuple(dict.fromkeys(case.problems)))
