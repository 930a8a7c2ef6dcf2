"""Rego with data in it: strings are JSON, which Rego reads as it is; code is fixed text.

Source: Open Policy Agent, policy language (composite values are written as in JSON).
"""

from __future__ import annotations

from typing import Any

import msgspec


def value(data: Any) -> str:
    """A JSON value as a term of Rego, on one line."""
    return msgspec.json.encode(data).decode()


def anchored(expression: str) -> str:
    """A regular expression for the whole text, for `regex.match`."""
    return f"^(?:{expression})$"
