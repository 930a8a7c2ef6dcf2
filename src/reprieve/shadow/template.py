"""Manifests that are templates: that they silence something can be seen, what it is only once rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reprieve.shadow.entries import entry
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File


def unrendered(file: File, kind: str, *, tool: str, form: str) -> Iterator[Suppression]:
    """Each object of a kind in a template."""
    for match in re.finditer(rf"^kind:[ \t]*{kind}[ \t\r]*$", file.text, re.MULTILINE):
        line = file.line_at(match.start())
        yield entry(
            file,
            line,
            kind="object",
            tool=tool,
            form=form,
            text=f"{kind} in a template: what it silences is decided when it is rendered",
            type="admission",
            paths=(),
            comments=file.comments_around(line - 1, line + 1),
        )
