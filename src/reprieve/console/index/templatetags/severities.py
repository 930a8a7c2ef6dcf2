"""Findings in words."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from reprieve.console.known_checks import known
from reprieve.policy.check import Check
from reprieve.words import SEVERITIES

register = template.Library()


@register.filter
@functools.cache
def severity(rank: int) -> SafeString:
    """A severity by its rank, 0 for critical, as lists show it."""
    return format_html('<span class="severity r-{0}">{0}</span>', SEVERITIES[rank])


@register.filter
def known_check(identifier: str) -> Check | None:
    """The check of ours that an id means."""
    return known(identifier)


@register.filter
@functools.lru_cache(maxsize=1_000)
def ticked(text: str) -> SafeString:
    """Text of a check, with what is between backticks as code."""
    parts = [
        format_html("<code>{}</code>", part) if number % 2 else format_html("{}", part)
        for number, part in enumerate(text.split("`"))
    ]
    return mark_safe("".join(parts))  # noqa: S308  (each part is escaped)


@register.filter
def at(table: Mapping[object, object] | str, key: object) -> object:
    """What a table holds under a key; None for nothing."""
    return table.get(key) if isinstance(table, Mapping) and key is not None else None
