"""The functions that checks written for Trivy call beyond Rego's own.

Names and meaning are Trivy's; a value of the wrong type is an error, as for Rego's builtins.
"""

from __future__ import annotations

import ipaddress
import shlex
from typing import Any

from reprieve.policy.engine import Function

CAUSE = "__reprieve_cause__"
"""The key in a result under which `result.new` keeps the number of its cause."""


class Causes:
    """`result.new(message, cause)`: keeps the offending elements on this side of the engine."""

    def __init__(self) -> None:
        self._causes: list[Any] = []

    def clear(self) -> None:
        """Forgets those of the last evaluation."""
        self._causes.clear()

    def new(self, message: Any, cause: Any) -> dict[str, Any]:
        """A result that knows its cause."""
        self._causes.append(cause)
        return {"msg": message, CAUSE: len(self._causes) - 1}

    def of(self, result: Any) -> Any:
        """The cause of a result, None where it has none."""
        number = result.get(CAUSE) if isinstance(result, dict) else None
        known = isinstance(number, int) and 0 <= number < len(self._causes)
        return self._causes[number] if known and number is not None else None


def functions(causes: Causes) -> dict[str, Function]:
    """Every function, by the name that it has in Rego."""
    return {
        "result.new": (2, causes.new),
        "isManaged": (1, lambda _element: True),
        "cidr.is_public": (1, _is_public),
        "cidr.count_addresses": (1, _count_addresses),
        "sh.parse_commands": (1, _commands),
        "squealer.scan_string": (1, _scan_string),
    }


def _network(text: str) -> ipaddress.IPv4Network | ipaddress.IPv6Network | None:
    try:
        return ipaddress.ip_network(text, strict=False)
    except ValueError:
        return None


def _is_public(block: str) -> bool:
    network = _network(block)
    return network is not None and (network.prefixlen == 0 or network.is_global)


def _count_addresses(block: str) -> int:
    network = _network(block)
    return 0 if network is None else network.num_addresses


def _commands(script: str) -> list[list[str]]:
    """The simple commands of a shell script, each as its words; a script that is no shell gives none."""
    lexer = shlex.shlex(
        script.replace("\\\n", " ").replace("\n", " ; "), posix=True, punctuation_chars=";&|()"
    )
    lexer.whitespace_split = True
    lexer.commenters = ""
    commands: list[list[str]] = [[]]
    try:
        for word in lexer:
            if set(word) <= set(";&|()"):
                commands.append([])
            else:
                commands[-1].append(word)
    except ValueError:  # an open quote
        return []
    return [command for command in commands if command]


def _scan_string(text: str) -> dict[str, Any]:
    from reprieve.secrets.scan import scan_text

    kind = next((finding.check for finding in scan_text("", text)), "")
    return {"transgressionFound": bool(kind), "description": kind}
