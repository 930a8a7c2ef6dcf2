"""`.checkov.baseline` of Checkov: resource and check ids; the file that it names is not compared.

bridgecrewio/checkov `checkov/common/output/baseline.py`.
"""

from __future__ import annotations

from collections.abc import Iterator

from reprieve.shadow.entries import entry
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, below, literal
from reprieve.shadow.structured import documents, expect, mappings, texts

NAMES = (".checkov.baseline", "*.checkov.baseline")
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    for doc in documents(file):
        data = expect(doc, "a baseline of Checkov")
        for index, failed in mappings(data.get("failed_checks")):
            for number, finding in mappings(failed.get("findings")):
                where = ("failed_checks", index, "findings", number)
                resource = str(finding.get("resource") or "")
                checks = texts(finding.get("check_ids"))
                yield entry(
                    file,
                    doc.line(*where),
                    tool="checkov",
                    form="checkov-baseline",
                    text=f"{failed.get('file') or ''} {resource}: {', '.join(checks)}",
                    type="misconfiguration",
                    checks=checks,
                    paths=[below(file.folder)],
                    resources=[literal(resource)] if resource else ["*"],
                    says=[data.get("comment"), failed, finding],
                )
