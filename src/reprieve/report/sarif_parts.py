"""What every SARIF 2.1.0 log of ours has: the schema, the driver, places in files, problems as results."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from reprieve.record.model import Problem
from reprieve.report.text import joined
from reprieve.version import __version__

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

Object = dict[str, object]


def log(runs: Sequence[Object]) -> Object:
    """A log (section 3.13); with no runs it is the head of one whose runs are written apart."""
    head: Object = {"$schema": SCHEMA, "version": "2.1.0"}
    return {**head, "runs": runs} if runs else head


def tool(name: str, rules: Sequence[Object]) -> Object:
    """What made a run (section 3.18), with its rules."""
    return {"driver": {"name": name, "semanticVersion": __version__, "rules": rules}}


def location(path: str, line: int | None) -> Object:
    """A place in a file (section 3.28)."""
    physical: Object = {"artifactLocation": {"uri": uri(path)}}
    if line:
        physical["region"] = {"startLine": line}
    return {"physicalLocation": physical}


def message(problem: Problem) -> Object:
    """What is wrong, and the hint in brackets (section 3.11)."""
    return {"text": joined((problem.message, problem.hint and f"({problem.hint})"))}


def uri(path: str) -> str:
    """A relative reference (RFC 3986): two leading slashes would name a host, a colon a scheme."""
    while path.startswith("//"):
        path = path[1:]
    return quote(path, safe="/@+=,~", errors="replace")
