"""Reprieve: security exceptions that have a scope, an approver, compensating controls and an end.

>>> from reprieve import Register, gate
>>> verdict = gate(["trivy.json"], Register.open("."))  # doctest: +SKIP
>>> verdict.verdict  # doctest: +SKIP
'pass'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reprieve.version import __version__

if TYPE_CHECKING:
    from reprieve.api import gate as gate
    from reprieve.register.register import Register as Register

__all__ = ["Register", "__version__", "gate"]


def __getattr__(name: str) -> Any:
    """Loads the library on first use: the command line does not pay for what it does not call."""
    if name == "Register":
        from reprieve.register.register import Register

        return Register
    if name == "gate":
        from reprieve.api import gate

        return gate
    raise AttributeError(f"module 'reprieve' has no attribute {name!r}")
