"""Terraform's comparisons and logic, of values that may not be known: None where it cannot be told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def _equal(one: Any, other: Any) -> bool | None:
    """Of different types it is not told: Terraform converts some."""
    if isinstance(one, dict | list) or isinstance(other, dict | list):
        return None
    if one is None or other is None:
        return one is other
    return bool(one == other) if type(one) is type(other) else None


def _not(value: Any) -> bool | None:
    return not value if isinstance(value, bool) else None


def _differs(one: Any, other: Any) -> bool | None:
    return _not(_equal(one, other))


def _both(one: Any, other: Any) -> bool | None:
    if one is False or other is False:
        return False
    return True if one is True and other is True else None


def _either(one: Any, other: Any) -> bool | None:
    return _not(_both(_not(one), _not(other)))


LOGIC: dict[str, Callable[..., bool | None]] = {
    "!": _not,
    "==": _equal,
    "!=": _differs,
    "&&": _both,
    "||": _either,
}
"""Operator -> what it makes of its operands."""
