"""`.grype.yaml`: rules whose criteria must all hold; one without criteria never applies.

anchore/grype `grype/match/ignore.go`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.findings.purl import purl
from reprieve.record import glob
from reprieve.shadow.entries import entry
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, widened
from reprieve.shadow.structured import documents, expect, get, mappings

NAMES = (".grype.yaml", ".grype.yml", ".grype/config.yaml", "grype.yaml", "*.grype.yaml")
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    for doc in documents(file):
        data = expect(doc, "a configuration of Grype")
        for index, one in mappings(data.get("ignore")):
            where = ("ignore", index)
            criteria = {
                key: value for key, value in one.items() if key != "reason" and value not in (None, "")
            }
            if not criteria:
                continue
            yield entry(
                file,
                doc.line(*where),
                tool="grype",
                form="grype",
                text=", ".join(f"{key}: {value}" for key, value in criteria.items()),
                type="vulnerability",
                checks=[str(one.get("vulnerability") or "*")],
                paths=[widened(str(get(one, "package", "location")))]
                if get(one, "package", "location")
                else None,
                packages=_packages(one.get("package")),
                reason=one.get("reason") if isinstance(one.get("reason"), str) else None,
                comments=doc.comments(*where),
                says=[one],
            )
        for key in ("only-fixed", "only-notfixed"):
            if data.get(key) is True:
                yield entry(
                    file,
                    doc.line(key),
                    tool="grype",
                    form="grype",
                    text=f"{key}: true",
                    type="vulnerability",
                    comments=doc.comments(key),
                )


def _packages(package: Any) -> list[str]:
    """As a pattern of package URLs: any type, with that name and version."""
    name, version = get(package, "name"), get(package, "version")
    if not name:
        return []
    exact = purl(get(package, "type"), str(name), version and str(version))
    if exact and glob.is_literal(str(name)) and not set(str(name)) & set("^$()[]{}|+\\"):
        return [exact if version else f"{exact}@*"]
    kind = get(package, "type") or "*"
    return [f"pkg:{kind}/*{widened(str(name))}@{version or '*'}"]
