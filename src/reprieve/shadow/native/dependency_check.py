"""Suppression files of OWASP Dependency-Check: XML, each `<suppress>` with notes and perhaps an end.

jeremylong/DependencyCheck `suppression` schema. Read as text: an XML parser would resolve entities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reprieve.shadow.entries import entry, instant
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File

NAMES: tuple[str, ...] = ()
CUES = ("dependency-suppression", "dependencycheck/suppression")
SYNTAXES: tuple[Syntax, ...] = ("markup",)

_SUPPRESS = re.compile(
    r"<suppress\b(?P<attributes>[^>]{0,500})>(?P<body>(?:[^<]++|<(?!/suppress>))*+)</suppress>"
)
_ID = re.compile(r"<(?:cve|vulnerabilityName|cwe)\b[^>]{0,100}>([^<]{1,200})</")
_PACKAGE = re.compile(r"<packageUrl\b(?P<regex>[^>]{0,100})>([^<]{1,500})</")
_NOTES = re.compile(r"<notes>(?:\s*<!\[CDATA\[)?([^<\]]{0,2000})")
_UNTIL = re.compile(r"until\s*=\s*[\"']([0-9-]{10})")


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if file.syntax != "markup":
        return
    for match in _SUPPRESS.finditer(file.text):
        body = match["body"]
        until, notes = _UNTIL.search(match["attributes"]), _NOTES.search(body)
        ids = _ID.findall(body)
        about = " ".join(re.sub(r"<[^>]*>", " ", body.replace(notes[0], "") if notes else body).split())
        yield entry(
            file,
            file.line_at(match.start()),
            tool="dependency-check",
            form="dependency-check",
            text=about or "suppress",
            type="vulnerability",
            checks=[one.strip() for one in ids] or ["*"],
            packages=["*"],
            reason=" ".join(notes[1].split()) if notes and notes[1].strip() else None,
            expires=until[1] if until else None,
            lapses=instant(until[1]) if until else None,
            comments=file.comments_above(file.line_at(match.start())),
        )
