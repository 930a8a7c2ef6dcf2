"""Rules that a configuration turns off one by one: eslint's about security, zizmor, regal, CodeQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry
from reprieve.shadow.interface import InputError
from reprieve.shadow.languages import Syntax
from reprieve.shadow.markers import ESLINT_SECURITY
from reprieve.shadow.model import Suppression
from reprieve.shadow.native.settings import comments_at
from reprieve.shadow.source import File, widened
from reprieve.shadow.structured import Doc, Path, documents, get, mappings, texts
from reprieve.words import CheckType

NAMES = (
    ".eslintrc", ".eslintrc.json", ".eslintrc.yml", ".eslintrc.yaml", "package.json",
    "zizmor.yml", "zizmor.yaml", ".regal/config.yaml", ".regal/config.yml", ".regal.yaml",
    ".github/codeql/*.yml", ".github/codeql/*.yaml", "codeql-config.yml", "codeql-config.yaml",
)  # fmt: skip
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()
_OFF = ("off", 0, False, "0")


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    name = file.basename.lower()
    try:
        docs = documents(file)
    except InputError:
        if name == "package.json":
            return  # npm will say so; it holds nothing else of ours
        raise
    for doc in docs:
        if "eslint" in name or name == "package.json":
            yield from _eslint(doc, ("eslintConfig",) if name == "package.json" else ())
        elif "zizmor" in name:
            yield from _zizmor(doc)
        elif "regal" in file.name:
            yield from _regal(doc)
        else:
            yield from _codeql(doc)


def _eslint(doc: Doc, base: Path) -> Iterator[Suppression]:
    for place in ((*base, "rules"), *((*base, "overrides", i, "rules") for i in range(50))):
        rules = get(doc.value, *place)
        for rule, level in rules.items() if isinstance(rules, dict) else ():
            wanted = level[0] if isinstance(level, list) and level else level
            if ESLINT_SECURITY.fullmatch(str(rule)) and wanted in _OFF:
                files = texts(get(doc.value, *place[:-1], "files"))
                yield _one(doc, (*place, rule), "eslint", str(rule), "code", files)


def _zizmor(doc: Doc) -> Iterator[Suppression]:
    rules = get(doc.value, "rules")
    for rule, one in rules.items() if isinstance(rules, dict) else ():
        if get(one, "disable") is True:
            yield _one(doc, ("rules", rule, "disable"), "zizmor", str(rule), "misconfiguration", [])
        for index, place in enumerate(texts(get(one, "ignore"))):
            path = f"*{place.partition(':')[0]}"
            yield _one(
                doc, ("rules", rule, "ignore", index), "zizmor", str(rule), "misconfiguration", [path], place
            )


def _regal(doc: Doc) -> Iterator[Suppression]:
    rules = get(doc.value, "rules")
    for group, members in rules.items() if isinstance(rules, dict) else ():
        for rule, one in members.items() if isinstance(members, dict) else ():
            files = texts(get(one, "ignore", "files"))
            if get(one, "level") == "ignore" or files:
                yield _one(doc, ("rules", group, rule), "regal", str(rule), "code", files)


def _codeql(doc: Doc) -> Iterator[Suppression]:
    for index, one in mappings(get(doc.value, "query-filters")):
        for rule in texts(get(one, "exclude", "id")):
            yield _one(doc, ("query-filters", index), "codeql", rule, "code", [])


def _one(
    doc: Doc, where: Path, tool: str, rule: str, type_: CheckType, files: list[Any], place: str = ""
) -> Suppression:
    line = doc.line(*where)
    return entry(
        doc.file,
        line,
        tool=tool,
        form="settings",
        text=f"{rule}: {'ignore ' + (place or ', '.join(map(str, files))) if files else 'off'}",
        type=type_,
        checks=[rule],
        paths=[widened(str(file)) for file in files] or None,
        comments=comments_at(doc.file, line),
    )
