"""Lines of Python as they are written: how deep they are, and which names have a value there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from reprieve.policy.native.program import Program, Rule

INDENT = "    "


class Lines:
    """Those of one rule."""

    def __init__(self, program: Program, rule: Rule) -> None:
        self._program = program
        self._rule = rule
        self._constants: list[str] = []
        self._lines: list[str] = []
        self._depth = 0
        self._temporaries = 0
        self._scope: dict[str, str] = {}
        self._known: dict[tuple[str, str], str] = {}
        self._loops = 0
        self._ordered = False

    def _put(self, line: str) -> None:
        self._lines.append(INDENT * self._depth + line)

    def _open(self, line: str) -> None:
        self._put(line)
        self._depth += 1

    def _for(self, names: str, collection: str) -> None:
        self._open(f"for {names} in {collection}:")
        self._loops += 1

    @contextmanager
    def _block(self, line: str) -> Iterator[None]:
        depth = self._depth
        self._open(line)
        yield
        self._depth = depth

    @contextmanager
    def _scoped(self) -> Iterator[None]:
        """What is opened and named within ends with it."""
        depth, scope, known, loops = self._depth, dict(self._scope), dict(self._known), self._loops
        yield
        self._depth, self._scope, self._known, self._loops = depth, scope, known, loops

    def _temporary(self) -> str:
        self._temporaries += 1
        return f"t{self._temporaries}"

    def _local(self, name: str) -> str:
        self._temporaries += 1
        self._scope[name] = f"{name}_{self._temporaries}"
        return self._scope[name]
