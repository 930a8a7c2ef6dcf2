"""Raw and net posture: findings by severity as if there were no exceptions, and without those excepted."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from reprieve.console.index.models import Tally
from reprieve.words import SEVERITIES, Severity


class Line(NamedTuple):
    """One severity."""

    severity: Severity
    raw: int
    net: int
    raw_percent: float
    """Of the longest bar, 0 to 100."""
    net_percent: float


class Posture(NamedTuple):
    """All of them, worst first, and the sums."""

    lines: list[Line]
    raw: int
    net: int


def posture(cluster: str = "") -> Posture:
    """Of everything that was scanned, or of one cluster; what the scanner itself suppressed is in neither."""
    counted = dict.fromkeys(range(len(SEVERITIES)), (0, 0))
    rows = (
        tallies(cluster)
        .values_list("severity")
        .annotate(raw=Sum("number"), excepted=Sum("number", filter=Q(disposition="excepted")))
    )
    for severity, raw, excepted in rows:
        counted[severity] = raw, raw - (excepted or 0)
    longest = max((raw for raw, _ in counted.values()), default=0) or 1
    lines = [
        Line(name, *counted[rank], *(round(100 * number / longest, 1) for number in counted[rank]))
        for rank, name in enumerate(SEVERITIES)
    ]
    return Posture(lines, sum(line.raw for line in lines), sum(line.net for line in lines))


def tallies(cluster: str = "") -> QuerySet[Tally]:
    """Counts of findings that count, of all targets or one cluster; unsorted."""
    found = Tally.objects.filter(native=False).order_by()
    return found.filter(cluster=cluster) if cluster else found
