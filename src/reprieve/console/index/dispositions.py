"""What the register says of the findings in the index: the gate's matcher over stored rows.

Runs when the register, the clock or the charter has changed what exceptions there are. A target's findings
are judged and written in one transaction, one target after another; an upload that comes between is judged
by the grounds of before, and its turn comes as well. Where only some exceptions changed, only findings of
the checks that their scopes admit, before or now, are looked at.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import msgspec
from django.db import connection, transaction
from django.db.models import QuerySet

from reprieve.console.index import grounds, staging, tallies
from reprieve.console.index.found import Coverage, Finding, Subject, Target
from reprieve.console.index.grounds import Grounds, Judge
from reprieve.console.index.models import RegisterState
from reprieve.console.index.staged import judged
from reprieve.console.index.staging import Column, columns_of
from reprieve.console.index.turns import hold_cases, turn
from reprieve.findings import model
from reprieve.findings.aliases import names_of
from reprieve.record import glob
from reprieve.record.scope import values_of
from reprieve.register.register import Register
from reprieve.words import SEVERITIES

_LOG = logging.getLogger("reprieve.console")
_PORTION = 1 << 14
_FEW = 2_000
"""Subjects that are named one by one; where more are concerned, all findings are looked at."""
_AT_ONCE = 20_000
"""Findings that somebody who waits for a page may be made to wait for."""

_READ = (
    "id", "place_id", "subject_id", "fingerprint", "type", "check_id", "severity", "tool", "aliases",
    "cluster", "namespace", "resource", "path", "image", "package", "repository", "fix", "suppressed",
    "native", "policy", "disposition", "exception", "voided_by", "source", "source_place",
)  # fmt: skip
_JUDGED = ("native", "disposition", "exception", "voided_by", "source", "source_place")


def rematch(register: Register, known: RegisterState, *, patient: bool = True) -> bool:
    """Brings every finding's disposition, and each exception's covered findings, to the register.

    Args:
        register: as it was just indexed.
        known: the index's state then; nothing is done when it is another by now.
        patient: whether all of it may be waited for; else only what is done soon is done.

    Returns:
        Whether all dispositions are those of the register now; else somebody else is at it, or should be.
    """
    with turn("match", wait=60 if patient else 0) as held:
        if not held or known.judged_at is None or not _current(known).exists():
            return False
        return _rematch(grounds.of_register(register, known.judged_at), known, patient=patient)


def is_behind() -> bool:
    """Whether some target was judged by other grounds than the index is at."""
    state = RegisterState.objects.filter(pk=1).first()
    return state is not None and (not state.matched or Target.objects.exclude(grounds=state.grounds).exists())


def _current(known: RegisterState) -> QuerySet[RegisterState]:
    """The state, if it is still the one that was known."""
    return RegisterState.objects.filter(
        pk=1, commit=known.commit, branches=known.branches, judged_at=known.judged_at
    )


def _rematch(current: Grounds, known: RegisterState, *, patient: bool) -> bool:
    before = grounds.of_index()
    digest, digest_before = current.digest, _digest_of_index()
    concerned = _concerned(before, current)
    while True:
        with turn("findings", wait=60 if patient else 0) as held:
            if not held:
                return False
            target = Target.objects.exclude(grounds=digest).order_by("pk").first()
            if target is None:
                return _finish(current, known)
            found = Finding.objects.filter(target=target)
            narrowed = None
            if concerned is not None and target.grounds == digest_before:
                narrowed = concerned
                found = found.filter(subject_id__in=narrowed[0])
            if not patient and _is_long(target, found, whole=narrowed is None):
                return False
            with transaction.atomic():
                _judge(target, found, current, narrowed[1] if narrowed else None)
                tallies.told_apart()  # before the target: whoever rebuilds takes these in this order
                Target.objects.filter(pk=target.pk).update(grounds=digest)


def _digest_of_index() -> str:
    return RegisterState.objects.values_list("grounds", flat=True).filter(pk=1).first() or ""


def _is_long(target: Target, found: Any, *, whole: bool) -> bool:
    number = target.findings if whole else found.order_by().values("pk")[: _AT_ONCE + 1].count()
    return bool(number > _AT_ONCE)


def _finish(current: Grounds, known: RegisterState) -> bool:
    """Keeps the grounds; true unless the register was indexed anew in the meantime."""
    with transaction.atomic():
        hold_cases()
        current.write()
        tallies.count_covered()
        tallies.told_apart()
        return bool(_current(known).update(matched=True))


def _concerned(before: Grounds, current: Grounds) -> tuple[list[int], frozenset[int]] | None:
    """The subjects whose findings may be judged otherwise than before, and the exceptions that changed.

    None when that may be all of them.
    """
    changed = current.changed(before)
    if changed is None:
        return None
    numbers = frozenset(grounds.number_of(one) for one in changed)
    entries = [entry for one in changed for entry in one.scope]
    if not entries:
        return [], numbers
    if any(not values_of(entry, "checks") for entry in entries):
        return None
    chosen: list[int] = []
    admitted: dict[tuple[str, str, tuple[str, ...]], bool] = {}
    rows = Subject.objects.order_by().values_list("pk", "type", "check_id", "aliases")
    for pk, kind, check, aliases in rows.iterator(chunk_size=_PORTION):
        key = kind, check, tuple(aliases)
        if key not in admitted:
            admitted[key] = any(_admits(entry, *key) for entry in entries)
        if admitted[key]:
            chosen.append(pk)
            if len(chosen) > _FEW:
                return None
    return chosen, numbers


def _admits(entry: Any, kind: str, check: str, aliases: tuple[str, ...]) -> bool:
    if entry.type and entry.type != kind:
        return False
    names = names_of(check, aliases)
    return any(glob.matches(pattern, name) for pattern in values_of(entry, "checks") for name in names)


def _judge(target: Target, found: Any, current: Grounds, numbers: Collection[int] | None) -> None:
    """Judges these findings of a target; what exceptions cover is written for `numbers`, for all if None."""
    judge = current.judge(target.environment)
    columns = columns_of(Finding, "id", "place_id", "subject_id", *_JUDGED)
    columns[0] = Column("id", kind="bigint")
    staging.create("judged", columns)
    tallies.forget_touched()
    rows = found.order_by().values_list(*_READ).iterator(chunk_size=_PORTION)
    staging.fill("judged", columns, list(_changes(rows, judge)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM judged")
        (changes,) = cursor.fetchone()
        if changes:
            for statement in _WRITE:
                cursor.execute(statement)
            tallies.count_touched(target.pk)
            _LOG.info("%s: %d findings are judged otherwise", target, changes)
    staging.drop("judged", *tallies.TOUCHED)
    known = Coverage.objects.filter(target=target)
    if numbers is not None:
        known = known.filter(number__in=numbers)
    known.delete()
    Coverage.objects.bulk_create(
        [
            Coverage(target=target, number=number, covered=covered)
            for number, covered in judge.covered().items()
            if numbers is None or number in numbers
        ]
    )


_WRITE = (
    f"""
    UPDATE index_finding SET {", ".join(f"{name} = j.{name}" for name in _JUDGED)}
    FROM judged j WHERE index_finding.id = j.id
    """,  # noqa: S608
    "INSERT INTO touched_place SELECT DISTINCT place_id FROM judged",
    "INSERT INTO touched_subject SELECT DISTINCT subject_id FROM judged",
)


def _changes(rows: Iterable[tuple[Any, ...]], judge: Judge) -> Iterator[tuple[object, ...]]:
    """The rows whose judgement is another now."""
    for portion in _portions(rows):
        findings = [_finding(row) for row in portion]
        outcomes = judge.outcomes(findings, [row[3] for row in portion])
        for row, finding, outcome in zip(portion, findings, outcomes, strict=True):
            native = judge.accepts_native and finding.suppressed is not None
            if (told := (native, *judged(outcome))) != (bool(row[18]), *row[20:]):
                yield (*row[:3], *told)


def _finding(row: Sequence[Any]) -> model.Finding:
    (_, _, _, _, kind, check, severity, tool, aliases, cluster, namespace, resource, path, image, package,
     repository, fix, suppressed, _, policy, *_) = row  # fmt: skip
    return model.Finding(
        type=kind,
        check=check,
        severity=SEVERITIES[severity],
        tool=tool,
        aliases=tuple(aliases),
        cluster=cluster,
        namespace=namespace,
        resource=resource,
        path=path,
        image=image,
        package=package,
        repository=repository,
        fix=fix,
        suppressed=suppressed,
        policy=msgspec.convert(policy, model.Policy) if policy else None,
    )


def _portions(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    remaining = iter(rows)
    while portion := list(islice(remaining, _PORTION)):
        yield portion
