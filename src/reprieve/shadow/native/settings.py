"""Configuration of scanners that leaves checks or paths out, or makes failures pass: one table for all.

Sources are the tools' own documentation, see docs/shadow-suppressions.md. What takes more than a key and a
value has a module of its own.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

from reprieve.shadow.entries import entry
from reprieve.shadow.interface import InputError
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, literal, of_expression, widened
from reprieve.shadow.structured import Doc, documents, get, ini, line_with, texts, toml
from reprieve.words import CheckType

Holds = Literal["checks", "globs", "expressions", "folders", "packages", "flag"]
"""Ids; paths as globs, as regular expressions or as names of folders; packages; or a value that silences."""


class _Row(NamedTuple):
    """A key that silences, in the files of one tool."""

    names: tuple[str, ...]
    tool: str
    type: CheckType | None
    key: str
    """Keys from the top, dots between."""
    holds: Holds
    values: tuple[Any, ...] = (True,)
    """Of a flag: the values that silence."""


_CHECKOV = (".checkov.yaml", ".checkov.yml", "checkov.yaml", "checkov.yml", ".checkov/config.yaml")
_TFSEC = (".tfsec/config.yml", ".tfsec/config.yaml", ".tfsec/config.json", "tfsec.yml", "tfsec.yaml")
_TERRASCAN = ("terrascan.toml", ".terrascan.toml", "terrascan-config.toml", "terrascan_config.toml")
_KICS = ("kics.config", "kics.yaml", "kics.yml", "kics.json", "kics.toml", ".kics.yaml", ".kics.yml")
_TRIVY = ("trivy.yaml", "trivy.yml", ".trivy.yaml", "trivy-config.yaml", "trivy.config.yaml")
_HADOLINT = (".hadolint.yaml", ".hadolint.yml", "hadolint.yaml", "hadolint.yml")
_KUBE_LINTER = (
    ".kube-linter.yaml",
    ".kube-linter.yml",
    "kube-linter.yaml",
    "kube-linter*.yaml",
    ".kube-linter/*.yaml",
)
_BANDIT = ("bandit.yaml", "bandit.yml", ".bandit.yaml", ".bandit.yml", "bandit.toml", ".bandit.toml")
_BANDIT_INI = (".bandit", "setup.cfg", "tox.ini")
_CODEQL = (".github/codeql/*.yml", ".github/codeql/*.yaml", "codeql-config.yml", "codeql-config.yaml")
_GUARDIAN = (".gitguardian.yaml", ".gitguardian.yml")
_REGAL = (".regal/config.yaml", ".regal.yaml", ".regal/config.yml")

_TABLE: tuple[_Row, ...] = (
    _Row(_CHECKOV, "checkov", "misconfiguration", "skip-check", "checks"),
    _Row(_CHECKOV, "checkov", "misconfiguration", "skip-path", "expressions"),
    _Row(_CHECKOV, "checkov", "misconfiguration", "skip-framework", "flag", ("*",)),
    _Row(_CHECKOV, "checkov", "vulnerability", "skip-cve-package", "packages"),
    _Row(_CHECKOV, "checkov", "misconfiguration", "soft-fail", "flag"),
    _Row(_CHECKOV, "checkov", "misconfiguration", "soft-fail-on", "checks"),
    _Row(_TFSEC, "tfsec", "misconfiguration", "exclude", "checks"),
    _Row(_TERRASCAN, "terrascan", "misconfiguration", "rules.skip-rules", "checks"),
    _Row(_KICS, "kics", "misconfiguration", "exclude-queries", "checks"),
    _Row(_KICS, "kics", "misconfiguration", "exclude-paths", "globs"),
    _Row(_KICS, "kics", "misconfiguration", "exclude-severities", "flag", ("*",)),
    _Row(_KICS, "kics", "misconfiguration", "exclude-categories", "flag", ("*",)),
    _Row(_KICS, "kics", "misconfiguration", "ignore-on-exit", "flag", ("all", "results")),
    _Row(_TRIVY, "trivy", None, "scan.skip-dirs", "folders"),
    _Row(_TRIVY, "trivy", None, "scan.skip-files", "globs"),
    _Row(_TRIVY, "trivy", None, "exit-code", "flag", (0,)),
    _Row(_TRIVY, "trivy", "vulnerability", "vulnerability.ignore-unfixed", "flag"),
    _Row(_TRIVY, "trivy", "vulnerability", "vulnerability.ignore-status", "flag", ("*",)),
    _Row(_HADOLINT, "hadolint", "misconfiguration", "ignored", "checks"),
    _Row(_HADOLINT, "hadolint", "misconfiguration", "no-fail", "flag"),
    _Row(_HADOLINT, "hadolint", "misconfiguration", "failure-threshold", "flag", ("none",)),
    _Row(_KUBE_LINTER, "kube-linter", "misconfiguration", "checks.exclude", "checks"),
    _Row(_KUBE_LINTER, "kube-linter", "misconfiguration", "checks.ignorePaths", "globs"),
    _Row(_KUBE_LINTER, "kube-linter", "misconfiguration", "checks.doNotAutoAddDefaults", "flag"),
    _Row(_BANDIT, "bandit", "code", "skips", "checks"),
    _Row(_BANDIT, "bandit", "code", "exclude_dirs", "folders"),
    _Row(("pyproject.toml",), "bandit", "code", "tool.bandit.skips", "checks"),
    _Row(("pyproject.toml",), "bandit", "code", "tool.bandit.exclude_dirs", "folders"),
    _Row(_BANDIT_INI, "bandit", "code", "bandit.skips", "checks"),
    _Row(_BANDIT_INI, "bandit", "code", "bandit.exclude", "folders"),
    _Row(_BANDIT_INI, "bandit", "code", "bandit.exclude_dirs", "folders"),
    _Row(_CODEQL, "codeql", "code", "paths-ignore", "globs"),
    _Row(_CODEQL, "codeql", "code", "disable-default-queries", "flag"),
    _Row(_GUARDIAN, "ggshield", "secret", "secret.ignored_paths", "globs"),
    _Row(_GUARDIAN, "ggshield", "secret", "secret.ignored-paths", "globs"),
    _Row(_REGAL, "regal", "code", "ignore.files", "globs"),
    _Row(("conftest.toml",), "conftest", "misconfiguration", "ignore", "expressions"),
    _Row(("conftest.toml",), "conftest", "misconfiguration", "no-fail", "flag"),
    _Row(("sonar-project.properties",), "sonar", "code", "sonar.exclusions", "globs"),
)

NAMES = tuple(dict.fromkeys(name for row in _TABLE for name in row.names))
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()
_SHARED = ("pyproject.toml", "setup.cfg", "tox.ini")
"""Files of many tools: one that cannot be read is nobody's ignore file for sure."""


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    rows = [row for row in _TABLE if any(_is(file.name, name) for name in row.names)]
    try:
        docs = parsed(file)
    except InputError:
        if file.basename.lower() in _SHARED:
            return
        raise
    for doc in docs:
        for row in rows:
            yield from _found(doc, row)


def parsed(file: File) -> list[Doc]:
    """The documents of a file, by its name: TOML, INI, properties, else YAML, JSON. Errors: `InputError`."""
    name = file.basename.lower()
    if name.endswith(".toml"):
        return [toml(file)]
    if name.endswith(".properties"):
        return [_properties(file)]
    if name in {".bandit", ".flake8"} or name.endswith((".cfg", ".ini")):
        return [ini(file)]
    if file.text.lstrip()[:1] == "[" and name == "kics.config":
        return [toml(file)]
    return documents(file)


def _properties(file: File) -> Doc:
    """`a.b=c`, as nested keys."""
    found: dict[str, Any] = {}
    for line in file.text.replace("\\\n", "").splitlines():
        key, equals, value = line.partition("=")
        if equals and not key.lstrip().startswith("#"):
            at = found
            *parents, last = key.strip().split(".")
            for parent in parents:
                nested = at.setdefault(parent, {})
                at = nested if isinstance(nested, dict) else {}
            at[last] = value.strip()
    return Doc(file, found)


def _is(name: str, pattern: str) -> bool:
    lower = name.lower()
    return fnmatch.fnmatchcase(lower, pattern) or fnmatch.fnmatchcase(lower, f"*/{pattern}")


def _found(doc: Doc, row: _Row) -> Iterator[Suppression]:
    keys = tuple(row.key.split("."))
    value = get(doc.value, *keys)
    if value is None or value in ("", [], {}):
        return
    properties = doc.file.basename.endswith(".properties")
    line = line_with(doc.file, row.key, 1) if properties else doc.line(*keys)
    if row.holds == "flag":
        if "*" in row.values or value in row.values:
            yield _one(doc, row, line, f"{row.key}: {', '.join(texts(value)) or str(value).lower()}", "")
        return
    for index, text in enumerate(texts(value, split=isinstance(value, str))):
        here = (
            line_with(doc.file, text, max(line, doc.line(*keys, index))) if isinstance(value, list) else line
        )
        yield _one(doc, row, here, f"{row.key}: {text}", text)


def _one(doc: Doc, row: _Row, line: int, text: str, value: str) -> Suppression:
    return entry(
        doc.file,
        line,
        kind="flag" if row.holds == "flag" else "entry",
        tool=row.tool,
        form="settings",
        text=text,
        type=row.type,
        checks=[widened(value)] if row.holds == "checks" else (),
        paths=_paths(doc.file, row, value),
        packages=[f"*{widened(value)}*"] if row.holds == "packages" else (),
        comments=comments_at(doc.file, line),
    )


def _paths(file: File, row: _Row, value: str) -> list[str] | None:
    if row.holds == "globs":
        return with_inside(widened(value))
    if row.holds == "expressions":
        return [of_expression(value)]
    if row.holds == "folders":
        base = f"{literal(file.folder)}/" if file.folder else ""
        folder = widened(value).rstrip("/")
        return [f"{base}{folder}/*" if not folder.endswith("*") else f"{base}{folder}"]
    return None


def with_inside(pattern: str) -> list[str]:
    """A pattern of paths, and, as it may name a folder, of everything inside."""
    return [pattern] if pattern.endswith("*") else [pattern, f"{pattern}/*"]


def comments_at(file: File, line: int) -> list[str]:
    """The comment at the end of a line, and those above it."""
    inline = file.line(line).partition(" #")[2]
    return [*([f"#{inline}"] if inline else []), *file.comments_above(line)]
