"""Statuses by colour, word and shape."""

from __future__ import annotations

import functools

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
@functools.cache
def badge(status: str, expiring: bool = False) -> SafeString:
    """A status as every page shows it."""
    if expiring:
        return format_html('<span class="status s-{} s-expiring">expiring</span>', status)
    return format_html('<span class="status s-{0}">{0}</span>', status)
