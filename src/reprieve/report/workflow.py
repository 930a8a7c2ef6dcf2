"""Workflow commands of GitHub Actions: `::error file=…,line=…,title=…::message`, one on each line.

Escapes follow the runner's own: `%`, CR and LF everywhere, `:` and `,` in properties too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from reprieve.record.model import Problem
from reprieve.report.text import clean, joined

Level = Literal["error", "warning", "notice"]


def command(level: Level, properties: Mapping[str, str], lines: Iterable[str]) -> str:
    """One annotation, with its line end; the text of its lines is cleaned, empty ones are left out."""
    attributes = ",".join(f"{key}={_escape_property(clean(value))}" for key, value in properties.items())
    return f"::{level} {attributes}::{_escape(joined(map(clean, lines), chr(10)))}\n"


def problem_command(level: Level, problem: Problem) -> str:
    """The same about a problem of the register, at its line or the first one."""
    properties = {"file": problem.path, "line": str(problem.line or 1), "title": problem.rule}
    return command(level, properties, [problem.message, problem.hint or ""])


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape(text).replace(":", "%3A").replace(",", "%2C")
