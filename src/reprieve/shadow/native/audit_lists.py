"""Advisories that package auditors leave out: cargo-audit, cargo-deny, audit-ci, better-npm-audit, Safety."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry, instant
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File
from reprieve.shadow.structured import Doc, documents, get, line_with, texts, toml

NAMES = (
    ".cargo/audit.toml", "deny.toml", ".deny.toml", ".nsprc", "audit-ci.json", "audit-ci.jsonc",
    ".audit-ci.json", ".safety-policy.yml", ".safety-policy.yaml",
)  # fmt: skip
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    name = file.basename
    if name.endswith(".toml"):
        tool = "cargo-deny" if "deny" in name else "cargo-audit"
        doc = toml(file)
        yield from _listed(doc, tool, get(doc.value, "advisories", "ignore"), ("advisories", "ignore"))
        return
    docs = [Doc(file, json.loads("{}"))] if not file.text.strip() else documents(file)
    for doc in docs:
        if name == ".nsprc":
            for identifier, one in doc.value.items() if isinstance(doc.value, dict) else ():
                yield _one(doc, "npm-audit", str(identifier), one, doc.line(identifier))
        elif "audit-ci" in name:
            yield from _listed(doc, "audit-ci", get(doc.value, "allowlist"), ("allowlist",))
        else:
            found = get(doc.value, "security", "ignore-vulnerabilities")
            for identifier, one in found.items() if isinstance(found, dict) else ():
                line = doc.line("security", "ignore-vulnerabilities", identifier)
                yield _one(doc, "safety", str(identifier), one, line)


def _listed(doc: Doc, tool: str, values: Any, where: tuple[str, ...]) -> Iterator[Suppression]:
    for value in values if isinstance(values, list) else ():
        pairs = value.items() if isinstance(value, dict) and "id" not in value else [(value, value)]
        for identifier, one in pairs:
            name = str(get(one, "id") or (identifier if isinstance(identifier, str) else "*"))
            yield _one(doc, tool, name.partition("|")[0], one, line_with(doc.file, name, doc.line(*where)))


def _one(doc: Doc, tool: str, identifier: str, one: Any, line: int) -> Suppression:
    end = get(one, "expiry") or get(one, "expires")
    reason = next((text for key in ("reason", "notes") for text in texts(get(one, key))), None)
    return entry(
        doc.file,
        line,
        tool=tool,
        form=doc.file.basename.removeprefix("."),
        text=identifier,
        type="vulnerability",
        checks=[identifier],
        reason=reason,
        expires=end,
        lapses=instant(end),
        comments=[*_inline(doc.file, line), *doc.file.comments_above(line)],
        says=[one],
    )


def _inline(file: File, line: int) -> list[str]:
    for mark in ("#", "//"):
        found = file.line(line).partition(f" {mark}")[2]
        if found:
            return [found]
    return []
