"""What a report is a report of: the target that it takes the place of an older one for.

It has to be the same from one scan to the next, also when a scan finds nothing; so it is worked out of what
the uploader says and of the head of the report, and never of the findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

import msgspec

from reprieve.errors import UsageError
from reprieve.findings.source import Source

_NOTHING_FOUND = "none-found"

_NAMES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "trivy": (("ArtifactName",), ("ClusterName",)),
    "grype": (("source", "target", "userInput"), ("source", "target")),
    "cyclonedx": (("metadata", "component", "name"),),
    "kubescape": (("clusterName",),),
    "snyk": (("projectName",), ("path",)),
}
"""Where a format says what was scanned: paths of keys, the first that holds a text."""
_CLUSTERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "trivy": (("ClusterName",),),
    "kubescape": (("clusterName",),),
}
"""Where it says in which cluster."""


class Identity(NamedTuple):
    """A target's four names."""

    name: str
    tool: str
    cluster: str
    repository: str


class _Driver(msgspec.Struct, frozen=True):
    name: str = ""


class _Tool(msgspec.Struct, frozen=True):
    driver: _Driver = _Driver()


class _Run(msgspec.Struct, frozen=True):
    tool: _Tool = _Tool()


class _Log(msgspec.Struct):
    runs: tuple[_Run, ...] = ()


def identify(source: Source, format_: str, *, target: str, cluster: str, repository: str) -> Identity:
    """The target of a report.

    Args:
        source: the report, undecoded.
        format_: as it was recognised, or as the uploader says.
        target: the uploader's name for it; by the report when empty.
        cluster: the uploader's; by the report when empty.
        repository: the uploader's.

    Errors: `UsageError` for an empty report that could be any tool's.
    """
    if format_ == _NOTHING_FOUND:
        raise UsageError(
            "the report is empty, and does not say which tool found nothing",
            where=source.name,
            hint="name its format with --format: the findings of that tool's last scan are over then",
        )
    named = target or _said(source, _NAMES.get(format_, ())) or _file_name(source.name)
    where = cluster or _said(source, _CLUSTERS.get(format_, ()))
    return Identity(named, _tool(source, format_), where, repository)


def _tool(source: Source, format_: str) -> str:
    if format_ != "sarif":
        return format_
    names = {run.tool.driver.name.lower() for run in source.decode(_Log).runs}
    return "+".join(sorted(filter(None, names)))[:100] or format_


def _said(source: Source, paths: tuple[tuple[str, ...], ...]) -> str:
    for path in paths:
        value: object = source.head
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str) and value:
            return value
    return ""


def _file_name(name: str) -> str:
    return "" if name == "-" else PurePosixPath(name.replace("\\", "/")).name
