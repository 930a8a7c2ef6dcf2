"""Annotations for GitHub Actions: workflow commands, `::error file=…,line=…,title=…::message`.

GitHub shows the first ten errors, warnings and notices of a step and drops the rest without a word. So the
worst ten findings are errors, ten problems are warnings, and one notice says how much there is.
"""

from __future__ import annotations

from typing import TextIO

from reprieve.report.place import place
from reprieve.report.selection import worst_first
from reprieve.report.sentences import exempting, explanation, fault, headline, remainder, simulation
from reprieve.report.workflow import command, problem_command
from reprieve.verdict import Covered, Exempting, Verdict

SHOWN = 10
"""Annotations of one level that GitHub shows for one step."""


def write(verdict: Verdict, out: TextIO) -> None:
    """Writes one command on each line."""
    exceptions = {exception.id: exception for exception in verdict.exceptions}
    indexes = worst_first(verdict)
    faults = verdict.faults[:SHOWN]
    for one in faults:
        properties = {"file": one.path, "line": str(one.line or 1), "title": "not scanned"}
        out.write(command("error", properties, [fault(one)]))
    for index in indexes[: SHOWN - len(faults)]:
        out.write(_finding(verdict, index, exceptions))
    notes = [problem_command("warning", problem) for problem in verdict.problems]
    notes += [_exempting(one) for one in verdict.exemptions if one.state in ("passing", "unmatched")]
    out.writelines(notes[:SHOWN])
    summary = f"{verdict.verdict.upper()}: {headline(verdict)}"
    hidden = _hidden(len(verdict.faults), "faults")
    hidden += _hidden(len(indexes), "findings that fail", SHOWN - len(faults))
    hidden += _hidden(len(notes), "problems")
    out.write(
        command(
            "notice",
            {"title": "Reprieve"},
            [summary, " · ".join(remainder(verdict)), simulation(verdict), *hidden],
        )
    )


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


def _exempting(one: Exempting) -> str:
    properties = {"file": one.exemption.path, "line": str(one.exemption.line), "title": "exception in Rego"}
    return command("warning", properties, [exempting(one)])


def _hidden(number: int, what: str, shown: int = SHOWN) -> list[str]:
    """Says so when not all are annotated; the table and the JSON have all of them."""
    left = number - shown
    return [f"{shown} of {number:,} {what} are annotated, {left:,} more are not."] if left > 0 else []
