"""Annotations for GitHub Actions: workflow commands, `::error file=…,line=…,title=…::message`.

GitHub shows the first ten errors, warnings and notices of a step and drops the rest without a word. So the
worst ten findings are errors, ten problems are warnings, and one notice says how much there is.
"""

from __future__ import annotations

from typing import TextIO

from reprieve.report.place import place
from reprieve.report.selection import worst_first
from reprieve.report.sentences import explanation, headline, simulation
from reprieve.report.workflow import command, problem_command
from reprieve.verdict import Covered, Verdict

SHOWN = 10
"""Annotations of one level that GitHub shows for one step."""


def write(verdict: Verdict, out: TextIO) -> None:
    """Writes one command on each line."""
    exceptions = {exception.id: exception for exception in verdict.exceptions}
    indexes = worst_first(verdict)
    for index in indexes[:SHOWN]:
        out.write(_finding(verdict, index, exceptions))
    for problem in verdict.problems[:SHOWN]:
        out.write(problem_command("warning", problem))
    summary = f"{verdict.verdict.upper()}: {headline(verdict)}"
    hidden = _hidden(len(indexes), "findings that fail") + _hidden(len(verdict.problems), "problems")
    out.write(command("notice", {"title": "Reprieve"}, [summary, simulation(verdict), *hidden]))


def _finding(verdict: Verdict, index: int, exceptions: dict[str, Covered]) -> str:
    finding, outcome = verdict.findings[index], verdict.outcomes[index]
    properties: dict[str, str] = {}
    if finding.path:
        properties["file"] = finding.path
        if finding.line and finding.line > 0:
            properties["line"] = str(finding.line)
    properties["title"] = f"{finding.check} ({finding.severity}, {outcome.disposition})"
    return command(
        "error", properties, [finding.message, place(finding), explanation(verdict, index, exceptions)]
    )


def _hidden(number: int, what: str) -> list[str]:
    """Says so when not all are annotated; the table and the JSON have all of them."""
    left = number - SHOWN
    return [f"{SHOWN} of {number:,} {what} are annotated, {left:,} more are not."] if left > 0 else []
