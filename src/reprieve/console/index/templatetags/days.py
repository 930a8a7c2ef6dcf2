"""Dates in words, from the moment that the page judges at, and as elements that machines read too."""

from __future__ import annotations

import datetime as dt
import functools

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
@functools.lru_cache(maxsize=2_000)
def time_element(day: dt.date) -> SafeString:
    """A `<time>` that shows the day, `3 Feb 2026`, of a date or of an aware moment. Lists show few, often."""
    local = timezone.localtime(day) if isinstance(day, dt.datetime) else day
    return format_html(
        '<time datetime="{}">{}</time>', local.isoformat(), formats.date_format(local, "j M Y")
    )


@register.filter
def days_from(day: dt.date, today: dt.date) -> str:
    """`in 12 days`, `today`, `3 days ago`."""
    number = (day - today).days
    if number == 0:
        return "today"
    unit = "day" if abs(number) == 1 else "days"
    return f"in {number} {unit}" if number > 0 else f"{-number} {unit} ago"
