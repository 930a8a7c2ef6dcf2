"""golangci-lint: what its configuration leaves out of gosec.

golangci-lint documentation: `linters-settings.gosec`, `issues.exclude-rules`, since version 2
`linters.settings.gosec`, `linters.exclusions.rules`; `linters.disable`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.native.settings import comments_at, parsed
from reprieve.shadow.source import File, of_expression
from reprieve.shadow.structured import Doc, Path, get, line_with, mappings, texts

NAMES = (
    ".golangci.yml",
    ".golangci.yaml",
    ".golangci.toml",
    ".golangci.json",
    ".golangci-*.yml",
    ".golangci-*.yaml",
)
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()

_SETTINGS: tuple[Path, ...] = (
    ("linters-settings", "gosec", "excludes"),
    ("linters", "settings", "gosec", "excludes"),
)
_RULES: tuple[Path, ...] = (("issues", "exclude-rules"), ("linters", "exclusions", "rules"))
_GOSEC_ID = re.compile(r"G\d{3}")


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    for doc in parsed(file):
        for where in _SETTINGS:
            for text in texts(get(doc.value, *where)):
                yield _one(doc, line_with(file, text, doc.line(*where)), f"excludes: {text}", [text], None)
        for where in _RULES:
            for index, rule in mappings(get(doc.value, *where)):
                if "gosec" in texts(rule.get("linters")):
                    yield _rule(doc, (*where, index), rule)
        for index, text in enumerate(texts(get(doc.value, "linters", "disable"))):
            if text == "gosec":
                line = line_with(file, text, doc.line("linters", "disable", index))
                yield _one(doc, line, "disable: gosec", ["*"], None)


def _rule(doc: Doc, where: Path, rule: dict[str, Any]) -> Suppression:
    said = f"{rule.get('text') or ''} {rule.get('source') or ''}".strip()
    path = rule.get("path")
    about = " ".join(filter(None, (f"path: {path}" if path else "", said)))
    return _one(doc, doc.line(*where), f"exclude gosec: {about}", _GOSEC_ID.findall(said) or ["*"], path)


def _one(doc: Doc, line: int, text: str, checks: list[str], path: Any) -> Suppression:
    return entry(
        doc.file,
        line,
        tool="gosec",
        form="golangci-lint-settings",
        text=text,
        type="code",
        checks=checks,
        paths=[of_expression(str(path))] if path else None,
        comments=comments_at(doc.file, line),
    )
