"""Ruff and flake8: security rules (S codes, of flake8-bandit) that the configuration ignores.

Ruff documentation, settings `lint.ignore`, `lint.extend-ignore`, `lint.per-file-ignores`; flake8's, options.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry
from reprieve.shadow.interface import InputError
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.native.settings import comments_at, parsed
from reprieve.shadow.source import File, widened
from reprieve.shadow.structured import Doc, get, line_with, texts

NAMES = ("pyproject.toml", "ruff.toml", ".ruff.toml", "setup.cfg", "tox.ini", ".flake8")
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()

_SECURITY = re.compile(r"S\d*|ALL")
_IGNORES = ("ignore", "extend-ignore", "extend_ignore")
_PER_FILE = ("per-file-ignores", "extend-per-file-ignores", "per_file_ignores")
_TABLES = (("tool", "ruff"), ("tool", "ruff", "lint"), ("lint",), ("flake8",), ())


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    try:
        (doc,) = parsed(file)
    except InputError:
        if file.basename.lower() in {"pyproject.toml", "setup.cfg", "tox.ini"}:
            return  # it is other tools' too, and they will say so
        raise
    for table in _TABLES:
        if table in ((), ("lint",)) and "ruff" not in file.basename:
            continue
        tool = "flake8" if table == ("flake8",) else "ruff"
        for key in _IGNORES:
            codes = _codes(get(doc.value, *table, key))
            if codes:
                yield _one(doc, tool, (*table, key), key, codes, None)
        for key in _PER_FILE:
            for glob, codes in _by_file(get(doc.value, *table, key)):
                yield _one(doc, tool, (*table, key), glob, codes, glob)


def _codes(value: Any) -> list[str]:
    return [code for code in texts(value, split=True) if _SECURITY.fullmatch(code.strip())]


def _by_file(value: Any) -> Iterator[tuple[str, list[str]]]:
    if isinstance(value, dict):
        pairs = list(value.items())
    else:  # flake8: `path: codes`, parted by line ends or blanks
        found = re.findall(
            r"([^\s:,]+)\s*:\s*([A-Z]\w*(?:\s*,\s*[A-Z]\w*)*)", value if isinstance(value, str) else ""
        )
        pairs = list(found)
    for glob, codes in pairs:
        security = _codes(codes)
        if security:
            yield str(glob), security


def _one(
    doc: Doc, tool: str, where: tuple[str, ...], text: str, codes: list[str], glob: str | None
) -> Suppression:
    line = line_with(doc.file, text, doc.line(*where))
    return entry(
        doc.file,
        line,
        tool=tool,
        form="settings",
        text=f"{where[-1]}: {glob + ' ' if glob else ''}{', '.join(codes)}",
        type="code",
        checks=["*" if code == "ALL" else (code if len(code) > 3 else f"{code}*") for code in codes],
        paths=[_pattern(glob)] if glob else None,
        comments=comments_at(doc.file, line),
    )


def _pattern(glob: str) -> str:
    """A glob without a slash is for the names of files anywhere."""
    return widened(glob) if "/" in glob else f"*{widened(glob)}"
