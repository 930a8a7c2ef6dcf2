"""Reads the register's history into rows, when it has moved: beside the index, so that pages do not wait."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence

import msgspec
from django.db import transaction

from reprieve.auditor.period import Period
from reprieve.auditor.spans import Span, spans
from reprieve.auditor.timeseries import status_by_day
from reprieve.console.config import config
from reprieve.console.history.models import Day, Event, HistoryState
from reprieve.console.index.clusters import concerns, known_clusters
from reprieve.console.index.glance import state
from reprieve.console.index.sync import open_register
from reprieve.register import history
from reprieve.register.eras import eras
from reprieve.register.register import Register

DAYS = 365
"""How far back the plot goes."""
_PORTION = 2000


def follow() -> None:
    """Brings the history to what the index is at. Errors: `RegisterError` when git cannot give it."""
    known = HistoryState.objects.filter(pk=1).first() or HistoryState(pk=1)
    index, today = state(), config().present().date()
    clusters = list(known_clusters())
    moved = (known.commit, known.branches) != (index.commit, index.branches)
    if not index.commit or not (moved or known.day != today or known.clusters != clusters):
        return
    register = open_register(fetch=False)
    with transaction.atomic():
        if moved:
            _write_events(history.events(register))
        _write_days(register, Period(today - dt.timedelta(days=DAYS - 1), today), clusters)
        known.commit, known.branches, known.day = index.commit, index.branches, today
        known.clusters = clusters
        known.save()


def forget() -> None:
    """All of it, to be read again."""
    with transaction.atomic():
        for model in (HistoryState, Event, Day):
            model._default_manager.all().delete()


def _write_events(found: Sequence[history.Event]) -> None:
    wanted = {_key(event): (place, event) for place, event in enumerate(found)}
    known = set(Event.objects.values_list("key", flat=True))
    gone = sorted(known - wanted.keys())
    for start in range(0, len(gone), _PORTION):
        Event.objects.filter(key__in=gone[start : start + _PORTION]).delete()
    new = [_row(key, *wanted[key]) for key in wanted if key not in known]
    Event.objects.bulk_create(new, batch_size=_PORTION)


def _row(key: str, place: int, event: history.Event) -> Event:
    return Event(
        key=key,
        at=event.at,
        position=place,
        kind=event.kind,
        record=event.id,
        who=event.who,
        commit=event.commit,
        text=event.text,
        branch=event.branch or "",
        counts=event.counts,
    )


def _key(event: history.Event) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(event)).hexdigest()


def _write_days(register: Register, period: Period, clusters: Sequence[str]) -> None:
    found = spans(eras(register))
    Day.objects.all().delete()
    for cluster in ("", *clusters):
        Day.objects.bulk_create(
            Day(
                cluster=cluster,
                day=each.day,
                active=each.status["active"],
                expiring=each.expiring,
                expired=each.status["expired"],
            )
            for each in status_by_day(_within(found, cluster), period)
        )


def _within(found: Mapping[int, Sequence[Span]], cluster: str) -> Mapping[int, Sequence[Span]]:
    """The spans of exceptions that concern a cluster."""
    if not cluster:
        return found
    return {
        number: [span for span in own if span.case.record and concerns(span.case.record.scope, cluster)]
        for number, own in found.items()
    }
