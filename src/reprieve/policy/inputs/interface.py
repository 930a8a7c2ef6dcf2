"""What a kind of input is: one file each, that turns a file's text into the documents that checks see."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal, Protocol

import msgspec

Kind = Literal[
    "kubernetes", "dockerfile", "terraform", "cloudformation", "compose", "cloud", "yaml", "json", "toml"
]
"""`cloud` is what Terraform and CloudFormation are both turned into for the checks of the AWS pack."""

Lines = tuple[int, int]
"""First and last line, from 1, both within."""


class Document(msgspec.Struct, frozen=True):
    """One `input` for the checks of its kind."""

    kind: Kind
    path: str
    """The file it came from, as it was named."""
    value: Any
    """What Rego sees as `input`: dicts, lists, str, int, float, bool, None."""
    lines: Callable[[Sequence[str | int]], Lines] | None = None
    """Where in the file the node at a path of keys and indexes is; asked only for what is reported."""
    members: tuple[Document, ...] = ()
    """Of what several documents make up, for checks that see all at once: those documents."""


class InputError(Exception):
    """A file that is not what its kind says. `line` and `column` are 1-based."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


class Reader(Protocol):
    """What each module of this package offers."""

    def claims(self, name: str, head: str) -> bool:
        """Whether a file of this name, whose text begins like this, is of the kind."""
        ...

    def read(self, path: str, text: str) -> list[Document]:
        """Its documents. Errors: `InputError`."""
        ...
