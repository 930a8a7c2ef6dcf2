"""`.secrets.baseline` of detect-secrets: everything in it is silent, audited or not.

Yelp/detect-secrets `detect_secrets/core/potential_secret.py`. An entry is a file, a kind and a hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reprieve.shadow.entries import entry
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal, of_expression
from reprieve.shadow.structured import documents, expect, get, mappings, texts

NAMES = (".secrets.baseline", "*.secrets.baseline", ".secrets*.baseline")
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()
_HASH = re.compile(r"\"hashed_secret\"\s*:\s*\"([0-9a-f]+)\"")


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    places: dict[str, list[int]] = {}
    for match in _HASH.finditer(file.text):
        places.setdefault(match[1], []).append(file.line_at(match.start()))
    for doc in documents(file):
        data = expect(doc, "a baseline of detect-secrets")
        results = data.get("results")
        for path, found in results.items() if isinstance(results, dict) else ():
            for _, one in mappings(found):
                lines = places.get(str(one.get("hashed_secret"))) or [1]
                yield entry(
                    file,
                    lines.pop(0) if len(lines) > 1 else lines[0],
                    tool="detect-secrets",
                    form="detect-secrets-baseline",
                    text=f"{one.get('type')} in {path} ({str(one.get('hashed_secret'))[:12]})",
                    type="secret",
                    checks=[str(one.get("type") or "*")],
                    paths=[literal(str(path).replace("\\", "/"))],
                    says=[one],
                )
        for index, used in mappings(data.get("filters_used")):
            for pattern in texts(used.get("pattern")):
                where = ("filters_used", index, "pattern")
                by_file = str(used.get("path", "")).endswith("should_exclude_file")
                yield entry(
                    file,
                    doc.line(*where),
                    tool="detect-secrets",
                    form="detect-secrets-baseline",
                    text=f"{str(used.get('path', '')).rpartition('.')[2]}: {pattern}",
                    type="secret",
                    paths=[of_expression(pattern)] if by_file else ["*"],
                    says=[get(used, "comment")],
                )
