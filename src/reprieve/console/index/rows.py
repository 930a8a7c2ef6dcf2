"""From a judged register to the rows of its exceptions."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from reprieve.console.index import text
from reprieve.console.index.models import Case as Row
from reprieve.record.lifecycle import EXPIRING_DAYS, Standing
from reprieve.record.model import PLACE_KEYS, SCOPE_KEYS, Record, ScopeEntry
from reprieve.register.layout import branch_of
from reprieve.register.snapshot import Case
from reprieve.words import RISKS

_ENCODER = msgspec.msgpack.Encoder()
_SHOWN = 300
"""Characters of a list in a table's cell."""
_TEXT = 200
_BRANCH = 255
"""Characters that the columns hold."""


class Clusters(NamedTuple):
    """As `ClusterSet`."""

    anywhere: bool
    patterns: tuple[str, ...]


class Made(NamedTuple):
    """What the index holds of one case."""

    row: Row
    """Unsaved, and without its clusters."""
    clusters: Clusters
    payload: bytes
    """MessagePack of the case."""


def rows(judged: Iterable[tuple[Case, Standing]]) -> Iterator[Made]:
    """What each case is in the index."""
    pairs = list(judged)
    leading = _leading([case for case, _ in pairs])
    for case, standing in pairs:
        row, payload = _row(case, standing), _ENCODER.encode(case)
        row.leading = leading[case.number] is case
        row.seal = _seal(row, payload)
        yield Made(row, _clusters(case.record), payload)


def next_change(judged: Iterable[tuple[Case, Standing]], now: dt.datetime) -> dt.datetime | None:
    """The first moment after `now` at which a standing may be another; None when there is none."""
    return min((moment for pair in judged for moment in _moments(*pair) if moment > now), default=None)


def _leading(cases: Iterable[Case]) -> dict[int, Case]:
    """The case that stands for each id: merged, else on its own branch, else the first branch."""
    found: dict[int, Case] = {}
    for case in cases:
        known = found.get(case.number)
        own = case.branch == branch_of(case.number)
        if known is None or (known.branch is not None and own):
            found[case.number] = case
    return found


def _moments(case: Case, standing: Standing) -> Iterator[dt.datetime]:
    record = case.record
    if record is None:
        return
    yield record.last_moment()
    yield record.last_moment() - dt.timedelta(days=EXPIRING_DAYS)
    if standing.due is not None:
        yield standing.due
    for day in (
        record.requested,
        *(control.implemented for control in record.controls if control.implemented),
    ):
        yield dt.datetime.combine(day, dt.time(), dt.UTC)


def _row(case: Case, standing: Standing) -> Row:
    row = Row(
        number=case.number,
        branch=text.cut(case.branch or "", _BRANCH),
        record_id=case.id,
        path=text.storable(case.path),
        status=standing.status,
        expiring=standing.expiring,
        missing=list(standing.missing),
        due=standing.due,
        overdue=standing.overdue,
        paused=standing.paused,
        standing_reason=text.storable(standing.reason),
    )
    if case.record is not None:
        _describe(row, case.record)
    else:
        row.search = case.id.lower()
    return row


def _describe(row: Row, record: Record) -> None:
    row.summary, row.owner, row.requester = (
        text.cut(value, _TEXT) for value in (record.summary, record.owner, record.requester)
    )
    row.risk, row.reason, row.environment = record.risk, record.reason, record.environment
    row.risk_rank = RISKS.index(record.risk)
    row.requested, row.expires = record.requested, record.expires
    row.types = " " + " ".join(dict.fromkeys(entry.type or "any" for entry in record.scope)) + " "
    row.checks = _listed(value for entry in record.scope for value in entry.checks or ())
    row.scope = _listed(_places(record))
    values = (value for entry in record.scope for key in SCOPE_KEYS for value in getattr(entry, key) or ())
    words = " ".join((record.id, record.summary, record.owner, record.requester, *values))
    row.search = text.storable(words.lower())


def _places(record: Record) -> Iterator[str]:
    for entry in record.scope:
        yield from _entry_places(entry)


def _entry_places(entry: ScopeEntry) -> Iterator[str]:
    """But for clusters, which are shown apart."""
    for key in (*PLACE_KEYS, "packages"):
        if key != "clusters":
            yield from getattr(entry, key) or ()
    if entry.fingerprints:
        yield f"{len(entry.fingerprints)} fingerprints"


def _clusters(record: Record | None) -> Clusters:
    if record is None:
        return Clusters(anywhere=False, patterns=())
    patterns = {text.storable(pattern) for entry in record.scope for pattern in entry.clusters or ()}
    return Clusters(any(not entry.clusters for entry in record.scope), tuple(sorted(patterns)))


def _listed(values: Iterable[str]) -> str:
    return text.cut(", ".join(dict.fromkeys(values)), _SHOWN)


def _seal(row: Row, payload: bytes) -> str:
    told = [getattr(row, name) for name in _SEALED]
    return hashlib.sha256(_ENCODER.encode((told, payload))).hexdigest()


_SEALED = tuple(
    field.attname
    for field in Row._meta.concrete_fields
    if field.attname not in {"id", "covered", "seal", "clusters_id"}
)
