"""What a native format is: one module in `native/`, which tells its files and reads their entries.

Errors: `InputError` of `policy.inputs` with the line, for a file that is not what it claims to be. Such a
file may silence anything, so the audit names it as a fault and does not pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from reprieve.policy.inputs.interface import InputError
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File

__all__ = ["InputError", "Native"]


class Native(Protocol):
    """What each module of `native/` offers."""

    NAMES: tuple[str, ...]
    """Names of its files, in lower case; `*` is any run of characters; with a `/`, the folder counts too."""
    CUES: tuple[str, ...]
    """Lower-case text, one of which is in every file of another name that holds such entries; none for
    formats that go by their names."""

    SYNTAXES: tuple[Syntax, ...]
    """The languages of files that are looked through for the cues."""

    def read(self, file: File) -> Iterator[Suppression]:
        """The entries of a file that has one of the names, or whose text holds one of the cues.

        A file with a cue that turns out to be something else gives nothing. Errors: `InputError`.
        """
        ...
