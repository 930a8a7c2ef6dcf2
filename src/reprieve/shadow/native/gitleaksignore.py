"""`.gitleaksignore`: fingerprints, `file:rule:line` or `commit:file:rule:line`.

gitleaks/gitleaks `detect/detect.go`.
"""

from __future__ import annotations

from collections.abc import Iterator

from reprieve.shadow.entries import entry, listed
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal

NAMES = (".gitleaksignore",)
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    for number, line, comments in listed(file):
        parts = line.rsplit(":", 2)
        path = parts[0].rpartition(":")[2] if len(parts) == 3 else ""
        yield entry(
            file,
            number,
            tool="gitleaks",
            form="gitleaksignore",
            text=line,
            type="secret",
            checks=[parts[1]] if len(parts) == 3 else ["*"],
            paths=[literal(path)] if path else None,
            comments=comments,
        )
