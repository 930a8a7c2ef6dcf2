"""The digest of what was approved: the terms of a record (design section 4, rule 3).

Everything counts but the operational fields, prose included. The front matter goes in as RFC 8785
canonical JSON of the decoded data, so comments, quoting and key order are free.

A record holds text, lists and maps with ASCII keys, and nothing else (its type admits no numbers). For
such data msgspec's sorted encoding is the canonical one, at fifty times the speed of the reference
library, against which a property test holds it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Any

import msgspec

from reprieve.record.model import OPERATIONAL


def terms_digest(data: dict[str, Any], body: str) -> str:
    """`sha256:…` of the decoded front matter and the Markdown after it."""
    return f"sha256:{hashlib.sha256(terms_text(data, body)).hexdigest()}"


def terms_text(data: dict[str, Any], body: str) -> bytes:
    """What the digest is of: anybody can hash it with a tool of their own, and read it beside the record."""
    return b"\n".join((b"reprieve-terms-v1", _canonical(terms_of(data)), normal_body(body).encode()))


_canonical = msgspec.json.Encoder(order="sorted").encode


def terms_of(data: dict[str, Any]) -> dict[str, Any]:
    """The decoded front matter without what may change after approval."""
    terms = {key: value for key, value in data.items() if key not in OPERATIONAL}
    controls = terms.get("controls")
    if isinstance(controls, list):
        terms["controls"] = [_without(control, "implemented", "evidence") for control in controls]
    if "remediation" in terms:
        terms["remediation"] = _without(terms["remediation"], "progress")
    return terms


def normal_body(body: str) -> str:
    """NFC, LF, no blanks at the end of a line, no blank lines at the end."""
    text = unicodedata.normalize("NFC", body).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).rstrip("\n")


def _without(value: Any, *keys: str) -> Any:
    if not isinstance(value, dict):
        return value
    return {key: kept for key, kept in value.items() if key not in keys}
