"""`config/brakeman.ignore`: fingerprints of warnings, each with a note.

rubydoc of `Brakeman::IgnoreConfig`: only the fingerprint is compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from reprieve.shadow.entries import entry
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal
from reprieve.shadow.structured import documents, expect, mappings

NAMES = ("brakeman.ignore", "brakeman*.ignore")
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    for doc in documents(file):
        data = expect(doc, "an ignore file of Brakeman")
        for index, one in mappings(data.get("ignored_warnings")):
            where = ("ignored_warnings", index)
            check = str(one.get("check_name") or one.get("warning_type") or "*")
            yield entry(
                file,
                doc.line(*where),
                tool="brakeman",
                form="brakeman",
                text=f"{check} in {one.get('file')} ({str(one.get('fingerprint'))[:12]})",
                type="code",
                checks=[check],
                paths=[literal(str(one["file"]))] if one.get("file") else None,
                reason=one.get("note") if isinstance(one.get("note"), str) else None,
                says=[one],
            )
