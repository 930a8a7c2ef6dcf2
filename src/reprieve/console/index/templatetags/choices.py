"""What can be chosen."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def options(names: Iterable[str], chosen: str) -> SafeString:
    """The options of a select, one for each name, of which there may be hundreds."""
    told = (f"<option{' selected' if name == chosen else ''}>{escape(name)}</option>" for name in names)
    return mark_safe("\n".join(told))  # noqa: S308  (each name is escaped)
