"""`.trivyignore.yaml` of Trivy: ids with paths, package URLs, an end and a statement.

aquasecurity/trivy `pkg/result/ignore.go`. A date or a glob that it cannot read stops its scan, so here too.
"""

from __future__ import annotations

from collections.abc import Iterator

from reprieve.shadow.entries import entry, instant
from reprieve.shadow.interface import InputError
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal, widened
from reprieve.shadow.structured import documents, expect, mappings, texts
from reprieve.words import CheckType

NAMES = (".trivyignore.yaml", ".trivyignore.yml", "*.trivyignore.yaml", "*.trivyignore.yml")
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()

_SECTIONS: dict[str, CheckType] = {
    "vulnerabilities": "vulnerability",
    "misconfigurations": "misconfiguration",
    "secrets": "secret",
    "licenses": "license",
}


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    for doc in documents(file):
        data = expect(doc, "an ignore file of Trivy")
        for section, type_ in _SECTIONS.items():
            for index, one in mappings(data.get(section)):
                where = (section, index)
                end = one.get("expired_at")
                lapses = instant(end)
                if end is not None and lapses is None:
                    raise InputError(f"`expired_at`: not a date: {end}", doc.line(*where, "expired_at"))
                paths = [widened(path) for path in texts(one.get("paths"))]
                purls = [purl_pattern(purl) for purl in texts(one.get("purls"))]
                identifier = str(one.get("id") or "")
                if not identifier:
                    raise InputError("an entry without an id", doc.line(*where))
                yield entry(
                    file,
                    doc.line(*where),
                    tool="trivy",
                    form="trivyignore-yaml",
                    text=" ".join((identifier, *texts(one.get("paths")), *texts(one.get("purls")))),
                    type=type_,
                    checks=[identifier],
                    paths=paths or None,
                    packages=purls,
                    reason=one.get("statement") if isinstance(one.get("statement"), str) else None,
                    expires=end,
                    lapses=lapses,
                    comments=doc.comments(*where),
                    says=[one],
                )


def purl_pattern(purl: str) -> str:
    """A package URL as a pattern: without a version it is any."""
    base = purl.partition("?")[0].partition("#")[0]
    return literal(purl if "@" in base.rpartition("/")[2] else f"{base}@*")
