"""TruffleHog: version 3 and 2 (NDJSON, or collected into an array or one object), and trufflehog3's array.

Source: trufflesecurity/trufflehog `pkg/output/json.go`, `proto/source_metadata.proto`, and for version 2
`pkg/output/legacy_json.go`; feeltheajf/trufflehog3 `trufflehog3/models.py`. All of them hold raw secrets,
matched strings or diffs: only masked forms leave this module, and diffs are not decoded. Only trufflehog3
has a severity; nothing marks a suppressed finding. Without findings NDJSON is an empty file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from reprieve.findings.masking import mask
from reprieve.findings.model import Finding, Report
from reprieve.findings.readers.interface import Reader
from reprieve.findings.severity import severity_of_word
from reprieve.findings.source import Source

NAME = "trufflehog"


class _Metadata(msgspec.Struct, gc=False):
    """One source's own fields under the source's name: `{"Git": {"file": …}}`."""

    data: dict[str, dict[str, Any] | None] | None = msgspec.field(name="Data", default=None)


class _V3(msgspec.Struct, rename="pascal", gc=False):
    source_metadata: _Metadata | None
    detector_name: str | None = None
    detector_type: int | str | None = None
    verified: bool | None = None
    raw: str | None = None
    raw_v2: str | None = None


class _V2(msgspec.Struct, rename="camel", gc=False):
    reason: str
    path: str | None = None
    commit_hash: str | None = None
    strings_found: list[str] | None = None


class _Rule(msgspec.Struct, gc=False):
    id: str
    message: str | None = None
    severity: str | None = None


class _Trufflehog3(msgspec.Struct, gc=False):
    rule: _Rule
    path: str | None = None
    line: int | None = None
    secret: str | None = None
    commit: str | None = None


_SHAPES: tuple[frozenset[str], ...] = (
    frozenset({"SourceMetadata", "DetectorType"}),
    frozenset({"reason", "stringsFound"}),
    frozenset({"rule", "secret", "path"}),
)


def _recognises(source: Source) -> bool:
    return any(shape <= source.keys for shape in _SHAPES)


def _read(source: Source) -> Report:
    return Report(source.name, NAME, list(_findings(source)))


def _findings(source: Source) -> Iterator[Finding]:
    is_array = source.shape == "array"
    if _SHAPES[1] <= source.keys:
        yield from map(_v2, source.decode(list[_V2]) if is_array else [source.decode(_V2)])
    elif _SHAPES[2] <= source.keys:
        three = source.decode(list[_Trufflehog3]) if is_array else [source.decode(_Trufflehog3)]
        yield from map(_trufflehog3, three)
    else:
        yield from map(_v3, source.decode(list[_V3]) if is_array else [source.decode(_V3)])


_ADDRESSES = ("bucket", "container", "page", "issue", "channel_name", "secret_arn", "package")
"""Where a secret is that is not in a repository; a link says more, but it ends in a line, which moves."""


def _v3(found: _V3) -> Finding:
    place = _place(found)
    path = _slashed(_first(place, "file", "filename", "path"))
    masked = mask(found.raw_v2 or found.raw)
    check = found.detector_name or f"detector {found.detector_type}"
    state = "verified" if found.verified else "unverified"
    return Finding(
        type="secret",
        check=check,
        severity="unknown",
        tool=NAME,
        message=_message(f"{check} secret, {state}", masked),
        resource=_first(place, *_ADDRESSES) or (None if path else _first(place, "link")),
        path=path,
        line=_number(place.get("line")),
        image=_image(place),
        repository=_first(place, "repository", "repo"),
        context="\n".join(part for part in (masked, _first(place, "commit", "layer")) if part),
    )


def _place(found: _V3) -> dict[str, Any]:
    data = (found.source_metadata.data if found.source_metadata else None) or {}
    return next(iter(data.values()), None) or {}


def _first(place: dict[str, Any], *keys: str) -> str | None:
    values = (place.get(key) for key in keys)
    return next((value for value in values if isinstance(value, str) and value), None)


def _number(value: object) -> int | None:
    """A line; older versions write 64-bit numbers as text."""
    return int(value) or None if isinstance(value, (int, str)) and str(value).isdigit() else None


def _image(place: dict[str, Any]) -> str | None:
    image, tag, registry = (_first(place, key) for key in ("image", "tag", "registry"))
    name = f"{registry}/{image}" if image and registry else image
    return f"{name}:{tag}" if name and tag else name


def _message(text: str, masked: str) -> str:
    return f"{text}: {masked}" if masked else text


def _slashed(path: str | None) -> str | None:
    return path.replace("\\", "/") if path else None


def _v2(found: _V2) -> Finding:
    masked = ", ".join(mask(text) for text in found.strings_found or ())
    return Finding(
        type="secret",
        check=found.reason,
        severity="unknown",
        tool=NAME,
        message=_message(found.reason, masked),
        path=_slashed(found.path),
        context="\n".join(part for part in (masked, found.commit_hash) if part),
    )


def _trufflehog3(found: _Trufflehog3) -> Finding:
    masked = mask(found.secret)
    return Finding(
        type="secret",
        check=found.rule.id,
        severity=severity_of_word(found.rule.severity),
        tool="trufflehog3",
        message=_message(found.rule.message or found.rule.id, masked),
        path=_slashed(found.path),
        line=found.line or None,
        context="\n".join(part for part in (masked, found.commit) if part),
    )


READER = Reader(NAME, "TruffleHog JSON and NDJSON", _recognises, _read, is_silent=True)
