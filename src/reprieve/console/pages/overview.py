"""The overview: where everything stands, at a glance."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reprieve.console.config import config
from reprieve.console.history.models import Day
from reprieve.console.history.posture import Counts, days
from reprieve.console.index.glance import once
from reprieve.console.pages.access import reading
from reprieve.console.pages.calendar import months
from reprieve.console.pages.exceptions import counters, within
from reprieve.console.pages.frame import cluster_of
from reprieve.console.pages.plots import over_time, posture_over_time
from reprieve.console.pages.posture import posture
from reprieve.console.pages.reviews import waiting_in

_LISTED = 8
_IN_FORCE = ("active", "expired", "approved")
"""What counts as exception debt: granted, and not over."""


class Share(NamedTuple):
    """One line of a list of the most: what, how many, and in percent of the first."""

    name: str
    number: int
    percent: int


@reading
def overview(request: HttpRequest) -> HttpResponse:
    """`/`."""
    cluster = cluster_of(request)
    now = config().present()
    cases = within(cluster)
    waiting = waiting_in(cluster)
    stands = posture(cluster)
    found = days(cluster, now.date(), Counts(stands.raw, stands.net))
    return render(
        request,
        "console/overview.html",
        {
            "today": now.date(),
            "now": now,
            "counters": counters(cluster),
            "expiring": cases.filter(status="active", expiring=True).order_by("expires", "number")[:_LISTED],
            "waiting": waiting[:_LISTED],
            "overdue": sum(entry.overdue for entry in waiting),
            "due": len(waiting),
            "posture": stands,
            "posture_plot": posture_over_time(found),
            "posture_days": _some(found),
            "plot": over_time(Day.objects.filter(cluster=cluster).order_by("day")),
            "months": months(now.date(), _endings(cluster, now.date())),
            "owners": _most_owners(cluster),
            "checks": _most_checks(cluster),
        },
    )


def _some(found: Sequence[tuple[dt.date, Counts]]) -> list[tuple[dt.date, Counts]]:
    """The first day, the first of each month and the last: what a table beside a plot shows."""
    last = len(found) - 1
    return [pair for place, pair in enumerate(found) if place in {0, last} or pair[0].day == 1]


@once
def _endings(cluster: str, today: dt.date) -> Mapping[dt.date, int]:
    ending = within(cluster).filter(status__in=("active", "approved"), expires__gte=today)
    soon = ending.filter(expires__lt=today + dt.timedelta(days=100))
    counted = soon.order_by().values_list("expires").annotate(number=Count("*"))
    return {day: number for day, number in counted if day is not None}


@once
def _most_owners(cluster: str) -> Sequence[Share]:
    granted = within(cluster).filter(status__in=_IN_FORCE)
    owners = granted.order_by().values("owner").annotate(number=Count("*"))
    most = owners.filter(~Q(owner="")).order_by("-number", "owner")[:_LISTED]
    return _shares([(row["owner"], row["number"]) for row in most])


@once
def _most_checks(cluster: str) -> Sequence[Share]:
    granted = within(cluster).filter(status__in=_IN_FORCE).order_by()
    counted: Counter[str] = Counter()
    for text, number in granted.values_list("checks").annotate(number=Count("*")):
        for check in filter(None, text.split(", ")):
            counted[check] += number
    return _shares(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_LISTED])


def _shares(most: Sequence[tuple[str, int]]) -> list[Share]:
    first = max((number for _, number in most), default=1)
    return [Share(name, number, round(100 * number / first)) for name, number in most]
