"""`osv-scanner.toml`: ids to ignore, and overrides of packages; acts on the lockfiles of its own folder.

google/osv-scanner `internal/config/config.go`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from reprieve.findings.purl import purl
from reprieve.shadow.entries import entry
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, of_expression
from reprieve.shadow.structured import get, mappings, toml

NAMES = ("osv-scanner.toml", "*.osv-scanner.toml")
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    doc = toml(file)
    for index, one in mappings(get(doc.value, "IgnoredVulns")):
        where = ("IgnoredVulns", index)
        yield entry(
            file,
            doc.line(*where),
            tool="osv-scanner",
            form="osv-scanner",
            text=str(one.get("id")),
            type="vulnerability",
            checks=[str(one.get("id") or "*")],
            reason=one.get("reason") if isinstance(one.get("reason"), str) else None,
            expires=one.get("ignoreUntil"),
            lapses=_instant(one.get("ignoreUntil")),
            comments=doc.comments(*where),
            says=[one],
        )
    for index, one in mappings(get(doc.value, "PackageOverrides")):
        hidden = one.get("ignore") or get(one, "vulnerability", "ignore") or get(one, "license", "ignore")
        if not hidden:
            continue
        where = ("PackageOverrides", index)
        only_license = not (one.get("ignore") or get(one, "vulnerability", "ignore"))
        yield entry(
            file,
            doc.line(*where),
            tool="osv-scanner",
            form="osv-scanner",
            text=f"{one.get('ecosystem') or ''} {one.get('name') or '*'} {one.get('version') or ''}".strip(),
            type="license" if only_license else "vulnerability",
            packages=[_package(one)],
            reason=one.get("reason") if isinstance(one.get("reason"), str) else None,
            expires=one.get("effectiveUntil"),
            lapses=_instant(one.get("effectiveUntil")),
            comments=doc.comments(*where),
            says=[one],
        )


def _package(one: dict[str, Any]) -> str:
    name = str(one.get("name") or "*")
    version = one.get("version")
    exact = purl(str(one.get("ecosystem") or "").lower(), name, version and str(version))
    if exact and not one.get("nameIsRegex"):
        return exact if version else f"{exact}@*"
    pattern = of_expression(name, anchored=True) if one.get("nameIsRegex") else name
    return f"pkg:*/{pattern}@{one.get('version') or '*'}"


def _instant(value: Any) -> dt.datetime | None:
    """TOML's own types; the zero time is none."""
    if isinstance(value, dt.datetime):
        found = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
    elif isinstance(value, dt.date):
        found = dt.datetime.combine(value, dt.time(), dt.UTC)
    else:
        return None
    return found if found.year > 1 else None
