"""Dates in words, from the moment that the page judges at."""

from __future__ import annotations

import datetime as dt

from django import template

register = template.Library()


@register.filter
def days_from(day: dt.date, today: dt.date) -> str:
    """`in 12 days`, `today`, `3 days ago`."""
    number = (day - today).days
    if number == 0:
        return "today"
    unit = "day" if abs(number) == 1 else "days"
    return f"in {number} {unit}" if number > 0 else f"{-number} {unit} ago"
