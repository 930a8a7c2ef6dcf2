"""SARIF 2.1.0: results that carry accepted suppressions.

OASIS SARIF, section 3.35; suppressed if there is one, and none is under review or rejected (microsoft/sarif-
sdk `src/Sarif/Core/Result.cs`). What was suppressed in the source is found there; here it is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry, instant
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal
from reprieve.shadow.structured import Doc, documents, expect, get, mappings

NAMES = ("*.sarif", "*.sarif.json")
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if '"suppressions"' not in file.text:
        return
    for doc in documents(file):
        data = expect(doc, "a log of SARIF")
        for number, run in mappings(data.get("runs")):
            tool = str(get(run, "tool", "driver", "name") or "sarif").lower()
            if tool.startswith("reprieve"):
                continue  # what it shows as suppressed is so by the register
            for index, result in mappings(run.get("results")):
                yield from _result(doc, number, index, result, tool)


def _result(doc: Doc, number: int, index: int, result: dict[str, Any], tool: str) -> Iterator[Suppression]:
    every = [one for _, one in mappings(result.get("suppressions"))]
    states = {one.get("status") or one.get("state") for one in every}
    external = [one for one in every if one.get("kind") != "inSource"]
    if not external or states & {"underReview", "rejected"}:
        return
    where = ("runs", number, "results", index)
    uri = get(result, "locations", 0, "physicalLocation", "artifactLocation", "uri")
    check = str(result.get("ruleId") or get(result, "rule", "id") or "*")
    reasons = [str(one["justification"]) for one in external if one.get("justification")]
    ends = [get(one, "properties", key) for one in external for key in ("expiryUtc", "expiration")]
    end = next((one for one in ends if one), None)
    yield entry(
        doc.file,
        doc.line(*where, "suppressions"),
        tool=tool,
        form="sarif",
        text=f"{check} {uri or ''}".strip(),
        checks=[check],
        paths=[literal(str(uri).removeprefix("file://").lstrip("/"))] if uri else ["*"],
        reason="; ".join(reasons) or None,
        expires=end,
        lapses=instant(end),
        says=external,
    )
