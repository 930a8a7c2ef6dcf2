"""Semgrep JSON (`semgrep scan --json`), with its supply chain and secrets results.

Source: semgrep/semgrep-interfaces `semgrep_output_v1.atd`. `extra.fingerprint` and `extra.lines` are the
words "requires login" without an account, and missing in old versions. What `nosemgrep` suppresses stays
in the list as `is_ignored` (with `--disable-nosem`, or in versions that print it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from reprieve.errors import ReportError
from reprieve.findings.extents import extents_of
from reprieve.findings.masking import mask_within
from reprieve.findings.model import Finding, Report, Target
from reprieve.findings.purl import purl
from reprieve.findings.readers.clouds import ADVISORY
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "semgrep"

_HIDDEN = "requires login"


class _Position(msgspec.Struct, gc=False):
    line: int | None = None


class _Dependency(msgspec.Struct, gc=False):
    package: str | None = None
    version: str | None = None
    ecosystem: str | None = None


class _Match(msgspec.Struct, gc=False):
    found_dependency: _Dependency | None = None


class _SupplyChain(msgspec.Struct, gc=False):
    dependency_match: _Match | None = None


class _Extra(msgspec.Struct, gc=False):
    message: str | None = None
    severity: str | None = None
    fingerprint: str | None = None
    lines: str | None = None
    fix: str | None = None
    is_ignored: bool | None = None
    validation_state: str | None = None
    metadata: msgspec.Raw = msgspec.Raw(b"{}")
    metavars: msgspec.Raw = msgspec.Raw(b"{}")
    sca_info: _SupplyChain | None = None


class _Result(msgspec.Struct, gc=False):
    check_id: str
    path: str
    extra: _Extra
    start: _Position | None = None
    end: _Position | None = None


class _Skipped(msgspec.Struct, gc=False):
    path: str | None = None
    reason: str | None = None


class _Paths(msgspec.Struct, gc=False):
    scanned: list[str] | None = None
    skipped: list[_Skipped] | None = None


class _Error(msgspec.Struct, gc=False):
    message: str | None = None
    long_msg: str | None = None
    path: str | None = None
    rule_id: str | None = None
    type: Any = None
    """A word, or a list that begins with one."""


class _Document(msgspec.Struct, gc=False):
    results: list[_Result]
    errors: list[_Error] | None = None
    paths: _Paths | None = None


_OTHER_TOOLS = frozenset({"metrics", "generated_at", "check_type", "plugins_used", "runs"})


def _recognises(source: Source) -> bool:
    """`results` and `errors` are also Bandit's words, and `results` everybody's."""
    return {"results", "errors"} <= source.keys and not source.keys & _OTHER_TOOLS


def _read(source: Source) -> Report:
    document = source.decode(_Document)
    scanned = document.paths.scanned if document.paths else None
    if document.errors and not document.results and not scanned:
        error = document.errors[0]
        raise ReportError(
            f"semgrep scanned nothing: {error.message or error.long_msg or 'it reports errors'}",
            where=source.name,
        )
    findings = [_finding(result) for result in document.results]
    extents = extents_of(NAME, "code", (Target(path=_path(path)) for path in scanned or ()))
    return Report(
        source.name, NAME, findings, unread=tuple(dict.fromkeys(_unread(document))), extents=extents
    )


_NOT_LOOKED_AT = frozenset(
    {
        "analysis_failed_parser_or_internal_error",
        "exceeded_size_limit",
        "insufficient_permissions",
        "too_big",
        "too_many_matches",
    }
)
"""Reasons for which a file is left out that nobody asked to be."""


def _unread(document: _Document) -> Iterator[str]:
    """Files and rules that it stumbled over; not its messages, which quote code."""
    for error in document.errors or ():
        kind = next(iter(error.type), None) if isinstance(error.type, list) else error.type
        about = f" ({kind})" if isinstance(kind, str) else ""
        where = _path(error.path) if error.path else None
        if where or error.rule_id:
            yield f"{where or f'what {error.rule_id} looks for'}{about}"
        else:
            yield f"something it does not name{about}"
    for skipped in (document.paths.skipped if document.paths else None) or ():
        if skipped.path and skipped.reason in _NOT_LOOKED_AT:
            yield f"{_path(skipped.path)} ({skipped.reason})"


def _path(path: str) -> str:
    return path.replace("\\", "/")


def _finding(result: _Result) -> Finding:
    extra = result.extra
    dependency = _dependency(extra)
    is_secret = _is_secret(result)
    message = extra.message or result.check_id
    if is_secret:
        message = mask_within(message, *_variables(extra))
    start = result.start.line if result.start else None
    return Finding(
        type="vulnerability" if dependency else "code",
        check=result.check_id,
        severity=severity_of_word(extra.severity),
        tool=NAME,
        message=message,
        aliases=_advisory(extra) if dependency else (),
        path=_path(result.path) or None,
        line=start or None,
        end_line=(result.end.line if result.end else start) or None,
        package=purl(dependency.ecosystem, dependency.package, dependency.version) if dependency else None,
        fix=_fixed_version(extra) if dependency else None if is_secret else extra.fix or None,
        context=_context(extra, is_secret=is_secret),
        suppressed="" if extra.is_ignored else None,
    )


_SECRET_RULE = re.compile(r"secret|credential|passw|token|hardcoded|jwt|(?:api|access|private)[-_]?key", re.I)


def _is_secret(result: _Result) -> bool:
    """Whether the matched code may hold a secret: by the validator, or by the rule's name."""
    is_validated = result.extra.validation_state not in {None, "NO_VALIDATOR"}
    return is_validated or _SECRET_RULE.search(result.check_id) is not None


def _variables(extra: _Extra) -> list[str]:
    """What the rule's metavariables matched; a message may quote it."""
    values = _object(extra.metavars).values()
    contents = (value.get("abstract_content") for value in values if isinstance(value, dict))
    return [content for content in contents if isinstance(content, str)]


def _object(raw: msgspec.Raw) -> dict[str, Any]:
    """A part that few results need, decoded for those: most of a report's bytes are in these."""
    value = msgspec.json.decode(raw)
    return value if isinstance(value, dict) else {}


def _context(extra: _Extra, *, is_secret: bool) -> str:
    """Semgrep's own fingerprint, which survives line shifts, else the code unless it holds a secret."""
    if extra.fingerprint and extra.fingerprint != _HIDDEN:
        return extra.fingerprint
    if is_secret or not extra.lines or extra.lines == _HIDDEN:
        return ""
    return " ".join(extra.lines.split())


def _dependency(extra: _Extra) -> _Dependency | None:
    match = extra.sca_info.dependency_match if extra.sca_info else None
    return match.found_dependency if match else None


def _advisory(extra: _Extra) -> tuple[str, ...]:
    identifier = _object(extra.metadata).get("sca-vuln-database-identifier")
    return (identifier,) if isinstance(identifier, str) and ADVISORY.fullmatch(identifier) else ()


def _fixed_version(extra: _Extra) -> str | None:
    """From `sca-fix-versions`, a list of `{package: version}`."""
    entries = _object(extra.metadata).get("sca-fix-versions")
    versions = [
        version
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
        for version in entry.values()
        if isinstance(version, str) and version
    ]
    return ", ".join(dict.fromkeys(versions)) or None


READER = Reader(NAME, "Semgrep JSON", _recognises, _read)
