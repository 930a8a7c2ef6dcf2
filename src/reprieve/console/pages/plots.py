"""Plots for pages: drawn as the auditor's are, from the rows of the history."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reprieve.auditor import svg
from reprieve.console.history.models import Day
from reprieve.console.history.posture import Counts

_LEAST = 60
"""Days that a plot shows at least, however young the register is."""


def over_time(days: Iterable[Day]) -> SafeString | None:
    """Active, expiring and expired exceptions by day; None while there never was any."""
    rows = list(days)
    first = next((number for number, row in enumerate(rows) if row.active or row.expired), None)
    if first is None:
        return None
    rows = rows[max(0, min(first - 7, len(rows) - _LEAST)) :]
    layers = [
        svg.Series("active", "active", [row.active - row.expiring for row in rows]),
        svg.Series("expiring", "expiring", [row.expiring for row in rows]),
        svg.Series("expired", "expired", [row.expired for row in rows]),
    ]
    drawn = svg.over_time("over-time-plot", "Exceptions over time", [row.day for row in rows], layers)
    return mark_safe(drawn)  # noqa: S308  (svg escapes every text)


def posture_over_time(days: Sequence[tuple[dt.date, Counts]]) -> SafeString | None:
    """Findings by day, those that an exception covers above the others; None before there are two days."""
    if len(days) < 2:
        return None
    layers = [
        svg.Series("net", "net", [counts.net for _, counts in days]),
        svg.Series("excepted (both are raw)", "raw", [counts.raw - counts.net for _, counts in days]),
    ]
    title = "Findings over time, raw and net of exceptions"
    drawn = svg.over_time("posture-plot", title, [day for day, _ in days], layers)
    return mark_safe(drawn)  # noqa: S308  (svg escapes every text)


@require_safe
@cache_control(public=True, max_age=3600)
def style(_request: HttpRequest) -> HttpResponse:
    """`/plots.css`: a file of its own, since nothing is inline."""
    return HttpResponse(svg.style(), content_type="text/css; charset=utf-8")
