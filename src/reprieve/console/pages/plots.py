"""Plots for pages: the auditor's, from the rows of the history."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from reprieve.auditor import svg
from reprieve.console.history.models import Day

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


@require_safe
@cache_control(public=True, max_age=3600)
def style(_request: HttpRequest) -> HttpResponse:
    """`/plots.css`: a file of its own, since nothing is inline."""
    return HttpResponse(svg.style(), content_type="text/css; charset=utf-8")
