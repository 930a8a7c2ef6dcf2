"""Raw and net findings day by day: written down as the days go by, since scans and exceptions change both.

A day keeps what stood when the console last looked on it. Days before its first look are worked out of the
scans that were taken on them, and of what exceptions covered when these came.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import Q, Sum

from reprieve.console.config import config
from reprieve.console.history.models import Posture
from reprieve.console.index.glance import Stamp, glance, stamp
from reprieve.console.index.models import Scan, Tally

DAYS = 365
"""How far back a plot goes."""


class Counts(NamedTuple):
    """Findings that count, and those of them that no exception covers."""

    raw: int
    net: int


def follow() -> None:
    """Writes down how today stands, when anything has changed since this process last did."""
    known, settings = glance(), config()
    if known.commit and settings.now is None and Scan.objects.exists():
        _note(settings.present().date(), stamp(known))


@functools.lru_cache(maxsize=1)
def _note(day: dt.date, _stamp: Stamp) -> None:
    """Kept from one look to the next: looks are every few seconds, and most of them see what was there."""
    keep(day, _now())


def keep(day: dt.date, counts: Mapping[str, Counts]) -> None:
    """Writes a day down over what was written of it; by cluster, empty for all of them.

    A cluster that was counted before, and is not here, has nothing any more.
    """
    gone = set(Posture.objects.values_list("cluster", flat=True).distinct()) - counts.keys()
    rows = {**dict.fromkeys(gone, Counts(0, 0)), **counts}
    Posture.objects.bulk_create(
        [Posture(cluster=cluster, day=day, raw=own.raw, net=own.net) for cluster, own in rows.items()],
        update_conflicts=True,
        unique_fields=["cluster", "day"],
        update_fields=["raw", "net"],
    )


def days(cluster: str, today: dt.date, now: Counts) -> list[tuple[dt.date, Counts]]:
    """Each day of the last year since anything was scanned, without gaps, `today` as `now` says.

    Args:
        cluster: empty for all of them.
        today: the last day.
        now: what stands on it.

    Returns:
        Oldest first; only `today` where no day before it is known.

    A day on which nobody looked is as the one before it.
    """
    first = today - dt.timedelta(days=DAYS - 1)
    noted = Posture.objects.filter(cluster=cluster, day__lt=today)
    known = {day: Counts(raw, net) for day, raw, net in noted.values_list("day", "raw", "net")}
    known = {**_scanned(cluster, min(known, default=today)), **known}
    found: list[tuple[dt.date, Counts]] = []
    last = next((known[day] for day in sorted(known, reverse=True) if day < first), None)
    for number in range(DAYS - 1):
        day = first + dt.timedelta(days=number)
        last = known.get(day, last)
        if last is not None:
            found.append((day, last))
    return [*found, (today, now)]


def _now() -> Mapping[str, Counts]:
    """What stands now, in all and by cluster."""
    rows = Tally.objects.filter(native=False).order_by().values_list("cluster")
    counted = rows.annotate(raw=Sum("number"), excepted=Sum("number", filter=Q(disposition="excepted")))
    found = {cluster: Counts(raw, raw - (excepted or 0)) for cluster, raw, excepted in counted}
    whole = _sum(found.values())
    return {**{cluster: counts for cluster, counts in found.items() if cluster}, "": whole}


def _scanned(cluster: str, until: dt.date) -> Mapping[dt.date, Counts]:
    """The days before `until` on which scans were taken: the sum of the latest of each target."""
    scans = Scan.objects.filter(taken_at__lt=dt.datetime.combine(until, dt.time(), dt.UTC))
    if cluster:
        scans = scans.filter(target__cluster=cluster)
    latest: dict[int, Counts] = {}
    found: dict[dt.date, Counts] = {}
    for target, taken, counts in scans.order_by("taken_at", "pk").values_list("target", "taken_at", "counts"):
        latest[target] = _of_scan(counts)
        found[taken.date()] = _sum(latest.values())
    return found


def _of_scan(counts: Mapping[str, Mapping[str, int]]) -> Counts:
    """Of severity -> disposition -> findings, as `Scan.counts` is."""
    raw = sum(number for own in counts.values() for name, number in own.items() if name != "native")
    return Counts(raw, raw - sum(own.get("excepted", 0) for own in counts.values()))


def _sum(counts: Iterable[Counts]) -> Counts:
    several = list(counts)
    return Counts(sum(own.raw for own in several), sum(own.net for own in several))
