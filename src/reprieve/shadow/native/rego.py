"""Exceptions in Rego for conftest and for Trivy before 0.57, and Trivy's ignore policies.

open-policy-agent/conftest `policy/engine.go`; aquasecurity/trivy `pkg/result/filter.go`, `pkg/iac/rego/
exceptions.go` (removed). A governed exception excepts no more than the record that it cites, so one that
cites an active record is backed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from reprieve.policy.engine import RegoError
from reprieve.policy.exceptions import Clause, clauses_of
from reprieve.policy.linting import visible_names
from reprieve.policy.module import Module, parse
from reprieve.shadow.entries import entry, instant
from reprieve.shadow.interface import InputError
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, of_expression
from reprieve.words import CheckType

NAMES: tuple[str, ...] = ()
CUES = ("exception", "package trivy")
SYNTAXES: tuple[Syntax, ...] = ("hash",)

_EXCEPTION = re.compile(r"^\s*exception\b", re.MULTILINE)
_POLICY = re.compile(r"^\s*package\s+trivy\s*(?:#.*)?$", re.MULTILINE)
_ID = re.compile(r"\"((?:CVE|GHSA|AVD|KSV|DS|AWS|AZU|GCP|DLA|DSA)-?[\w-]*\d[\w-]*)\"")


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if not file.basename.endswith(".rego") or file.basename.endswith("_test.rego"):
        return
    is_policy = _POLICY.search(file.text) is not None
    if not is_policy and _EXCEPTION.search(file.text) is None:
        return
    try:
        module = parse(file.path, file.text)
        yield from (_exception(file, clause) for clause in clauses_of(module, 0))
        if is_policy:
            yield from _ignores(file, module)
    except RegoError as error:
        raise InputError(error.message, error.line, error.column) from None


def _exception(file: File, clause: Clause) -> Suppression:
    names = sorted(visible_names(clause))
    package = clause.package
    if clause.by_namespace:
        checks = [_check(name) for name in names]
        text = f"exception in {package}: {', '.join(names)}"
    else:
        checks = (
            [_check(package)] if package.startswith("builtin.") else [f"{package}.deny_{n}" for n in names]
        )
        text = f"exception in {package}: {', '.join(name or 'deny' for name in names)}"
    line = clause.exemption.line
    record = clause.exemption.record
    return entry(
        file,
        line,
        tool="conftest",
        form="rego-exception",
        text=text,
        type="misconfiguration",
        checks=() if record else checks,
        paths=("*",),
        comments=[*file.comments_above(line), *([record] if record else [])],
    )


def _check(package: str) -> str:
    """`KSV012` of `builtin.kubernetes.KSV012`; a package of one's own as it is."""
    return package.rpartition(".")[2] if package.startswith("builtin.") else f"{package}.*"


def _tabled(file: File) -> Iterator[Suppression]:
    """The table that `reprieve export trivy-policy` writes: an entry on each line."""
    for number, line in enumerate(file.lines, start=1):
        found = _ROW.match(line)
        if not found:
            continue
        try:
            row = msgspec.json.decode(found[1], type=_Row)
        except msgspec.DecodeError:
            raise InputError("not an entry of a policy that `reprieve export` writes", number) from None
        yield entry(
            file,
            number,
            tool="trivy",
            form="trivy-ignore-policy",
            text=f"{row.type}: {', '.join(map(of_expression, row.checks))}",
            type=row.type,
            checks=map(of_expression, row.checks or ["*"]),
            paths=(),
            packages=map(of_expression, row.packages),
            resources=map(of_expression, row.resources),
            reason=row.exception,
            expires=row.until,
            lapses=instant(row.until),
        )


_ROW = re.compile(r"\s*(\{\"exception\":.*\}),?\s*$")


class _Row(msgspec.Struct, frozen=True):
    exception: str
    type: CheckType
    until: str
    checks: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()


def _ignores(file: File, module: Module) -> Iterator[Suppression]:
    data = module.text.encode()
    tabled = list(_tabled(file))
    yield from tabled
    for rule in module.rules:
        if rule.name != "ignore" or rule.default or tabled:
            continue
        text = data[rule.start : rule.end].decode("utf-8", "replace")
        yield entry(
            file,
            rule.line,
            tool="trivy",
            form="trivy-ignore-policy",
            text=text,
            checks=_ID.findall(text),
            paths=("*",),
            comments=file.comments_above(rule.line),
        )
