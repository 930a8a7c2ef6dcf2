"""Waivers of Chef InSpec: control ids, with a justification and a date; `run: false` skips the control.

inspec/inspec `lib/inspec/waiver_file_reader.rb`. YAML and JSON; its dates are local midnight, here UTC's.
"""

from __future__ import annotations

from collections.abc import Iterator

from reprieve.shadow.entries import entry, instant
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File
from reprieve.shadow.structured import documents

NAMES = (
    "waiver.yml", "waiver.yaml", "*waivers.yml", "*waivers.yaml", "*waivers.json", "*.waiver.yml",
)  # fmt: skip
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    for doc in documents(file):
        for control, one in doc.value.items() if isinstance(doc.value, dict) else ():
            if not isinstance(one, dict) or not one.keys() & {"justification", "expiration_date", "run"}:
                continue
            end = one.get("expiration_date")
            yield entry(
                file,
                doc.line(control),
                tool="inspec",
                form="inspec-waiver",
                text=str(control),
                type="compliance",
                checks=[str(control)],
                paths=(),
                reason=one.get("justification") if isinstance(one.get("justification"), str) else None,
                expires=end,
                lapses=instant(end),
                comments=doc.comments(control),
                says=[one],
            )
