"""The Rego engine, behind one small class: the only file that knows which one it is.

It is regorus, an interpreter in Rust that comes as a wheel (docs/adr/0010). An engine belongs to the thread
that made it, and an evaluation cannot be interrupted from within: whoever needs a time limit runs it in a
process of its own. Unlike OPA without `--strict-builtin-errors`, a builtin given a wrong type is an error and
not undefined: a check that could not be computed is never taken for one that passed.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

# An error of a rule would note a stack of addresses, dearer than the rule itself, wherever backtraces are on.
os.environ.setdefault("RUST_LIB_BACKTRACE", "0")
import regorus

Function = tuple[int, Callable[..., Any]]
"""How many arguments a function takes, and the function; it may get and give what JSON can say."""

_LIMITS = {"max_col": 100_000, "max_file_bytes": 16 << 20, "max_lines": 1_000_000}
_ERROR = re.compile(
    r"^-->\s(?P<path>.*):(?P<line>\d+):(?P<column>\d+)\n(?:.*\n)*?error: (?P<message>.*)", re.M
)
_PLAINLY = {
    "else cannot be used with set rules": "a set rule has one body and no `else`: write the rule twice",
}
"""What the engine says -> what is meant: a second body is read as an `else`."""
_UNDEFINED = '"<undefined>"'


class RegoError(Exception):
    """What the engine refused, with its place: a file as it was named on loading, line and column from 1."""

    def __init__(
        self, message: str, path: str = "", line: int | None = None, column: int | None = None
    ) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line
        self.column = column


class Engine:
    """Modules, data and one input at a time."""

    def __init__(self, functions: Mapping[str, Function] = {}) -> None:
        self._engine = regorus.Engine()
        self._engine.set_policy_length_config(**_LIMITS)
        self._engine.set_gather_prints(True)
        for name, (arity, function) in functions.items():
            self._engine.add_extension(name, arity, function)

    def add_module(self, path: str, text: str, *, v0: bool) -> None:
        """Adds a module in the syntax of Rego v0 or v1. Errors: `RegoError`."""
        self._engine.set_rego_v0(v0)
        try:
            self._engine.add_policy(path, text)
        except RuntimeError as error:
            raise _explained(error) from None

    def add_data(self, data: Mapping[str, Any]) -> None:
        """Merges a document into `data`. Errors: `RegoError` where it contradicts what is there."""
        try:
            self._engine.add_data_json(msgspec.json.encode(data).decode())
        except RuntimeError as error:
            raise _explained(error) from None

    def set_input(self, document: bytes) -> None:
        """What rules see as `input` from now on: JSON."""
        self._engine.set_input_json(document.decode())

    def evaluate(self, rule: str) -> Any:
        """The value of a rule, `data.` included; sets come as lists; None where it is undefined.

        Errors: `RegoError`, also when there is no such rule.
        """
        try:
            found = self._engine.eval_rule_as_json(rule)
        except RuntimeError as error:
            raise _explained(error) from None
        return None if found == _UNDEFINED else msgspec.json.decode(found)

    def syntax(self) -> list[dict[str, Any]]:
        """The syntax tree of each module, in the order in which they were added."""
        trees: list[dict[str, Any]] = msgspec.json.decode(self._engine.get_ast_as_json())
        return trees

    def watch_coverage(self) -> None:
        """From now on, notes which lines are evaluated."""
        self._engine.set_enable_coverage(True)

    def coverage(self) -> dict[str, tuple[frozenset[int], frozenset[int]]]:
        """For each module's path: the lines that were evaluated, and the others that could have been."""
        report = msgspec.json.decode(self._engine.get_coverage_report_as_json())
        return {
            file["path"]: (frozenset(file["covered"]), frozenset(file["not_covered"]))
            for file in report["files"]
        }

    def prints(self) -> list[str]:
        """What `print` said since the last time."""
        return list(self._engine.take_prints())


def _explained(error: RuntimeError) -> RegoError:
    """The engine's text without its stack of addresses."""
    text = str(error).partition("Stack backtrace:")[0].strip()
    found = _ERROR.search(text)
    if found is None:
        return RegoError(" ".join(text.split()) or "the engine gave no reason")
    message = found["message"].strip()
    message = _PLAINLY.get(message, message)
    return RegoError(message, found["path"], int(found["line"]), int(found["column"]))
