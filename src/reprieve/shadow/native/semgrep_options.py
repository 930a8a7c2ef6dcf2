"""`.semgrep-options`: options of a Semgrep scan, one a line, as `reprieve export semgrep` writes them."""

from __future__ import annotations

from collections.abc import Iterator

from reprieve.shadow.entries import listed
from reprieve.shadow.flags import setting, silencing
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.scanners import SCANNERS
from reprieve.shadow.source import File

NAMES = (".semgrep-options",)
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    scanner = SCANNERS["semgrep"]
    for number, line, comments in listed(file):
        for option, holds, values in silencing(scanner, line.split()):
            yield setting(file, number, scanner, option, holds, values, list(comments))
