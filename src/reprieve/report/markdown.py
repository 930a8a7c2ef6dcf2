"""Markdown for a comment on a merge request: GitHub's and GitLab's flavour.

Text from reports goes into code spans (ids, places: to be copied) or is escaped (prose), so that it cannot
end a table cell, add HTML or a link, mention a person or refer to an issue. Hosts look for mentions,
references and addresses in the rendered text, after entities are decoded: what would start one is also
followed by a zero-width space. GitLab obeys a `/command` that begins a line: no line begins with their text.

A comment holds 65,536 characters on GitHub. `LIMIT` stays below, and what does not fit is counted.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TextIO

from reprieve.findings.model import Fault
from reprieve.record.model import Problem
from reprieve.report.place import place
from reprieve.report.scanned import controls
from reprieve.report.selection import failing, held, stale, worst_first
from reprieve.report.sentences import (
    exempting,
    exemption_place,
    expiry,
    explanation,
    fault,
    headline,
    register_line,
    remainder,
    simulation,
    standing,
    trust_line,
)
from reprieve.report.text import clean, joined, shorten, shorten_middle
from reprieve.verdict import Covered, Exempting, Verdict
from reprieve.words import SEVERITIES

LIMIT = 60_000
"""Characters of the whole comment."""
SHOWN = 20
"""Findings in sight; more are folded away."""
SECTION = 8_000
"""Characters that a list beside the findings may take, and a third of what the findings in sight may."""

FRAME = 300
"""Characters around the findings that are folded away."""

MARKER = "<!-- reprieve -->"
"""The first line, by which a bot finds the comment that it should update."""

_ENTITIES = str.maketrans({char: f"&#{ord(char)};" for char in string.punctuation if char not in ",-/"})
_TRIGGER = re.compile(r"(?<=[@#!$~%&^:.])(?=\S)|(?<=GH-)(?=\d)", re.IGNORECASE)

_HEAD = ("| severity | check | where | what | why |", "| --- | --- | --- | --- | --- |")


def write(verdict: Verdict, out: TextIO, room: int = LIMIT) -> None:
    """Writes the comment; at most `room` characters."""
    exceptions = {exception.id: exception for exception in verdict.exceptions}
    top = _section(_top(verdict))
    bottom = "".join(
        _section(lines)
        for lines in (
            _pending(verdict, exceptions),
            _held(held(verdict)),
            _stale(stale(verdict)),
            _exemptions(verdict.exemptions),
            _faults(verdict.faults),
            _problems(verdict.problems),
            _controls(verdict),
            _register(verdict),
        )
    )
    out.write(top + _findings(verdict, exceptions, room - len(top) - len(bottom)) + bottom)


def prose(text: str) -> str:
    """Any text as words in a paragraph or a table cell, and nothing but words."""
    broken = _TRIGGER.sub("\N{ZERO WIDTH SPACE}", clean(text))
    return broken.translate(_ENTITIES).replace("\N{ZERO WIDTH SPACE}", "&#8203;")


def code(text: str) -> str:
    """Any text as a code span; a backtick or bar, not escapable in a table's, becomes its lookalike."""
    safe = clean(text).replace("`", "'").replace("|", "¦")
    return f"`{safe}`" if safe else ""


def _top(verdict: Verdict) -> Iterator[str]:
    yield MARKER
    yield f"## Reprieve: {verdict.verdict.upper()}"
    yield ""
    yield " · ".join((f"**{headline(verdict)}**", *remainder(verdict)))
    if verdict.simulated:
        yield ""
        yield f"> **Simulated.** {simulation(verdict)}"
    yield ""
    yield _row("", *SEVERITIES)
    yield _row("---", *("--:" for _ in SEVERITIES))
    yield _row("without exceptions", *(f"{verdict.raw.get(severity, 0):,}" for severity in SEVERITIES))
    yield _row("with exceptions", *(f"{verdict.net.get(severity, 0):,}" for severity in SEVERITIES))


def _findings(verdict: Verdict, exceptions: dict[str, Covered], room: int) -> str:
    """The worst in sight, then as many as there is room for, folded away."""
    indexes = worst_first(verdict)
    if not indexes:
        return ""
    rows = (_finding(verdict, index, exceptions) for index in indexes)
    shown = fitting(islice(rows, SHOWN), 3 * SECTION)
    text = _section(["### Failing findings", "", *_HEAD, *shown])
    left = indexes[len(shown) :]
    rest = (_finding(verdict, index, exceptions) for index in left)
    return text + _section(_folded(fitting(rest, room - len(text) - FRAME), len(left)))


def _folded(rows: list[str], number: int) -> Iterator[str]:
    if not number:
        return
    yield from (f"<details><summary>{number:,} more</summary>", "", *_HEAD, *rows, "")
    if left := number - len(rows):
        yield from (f"… and {left:,} that do not fit into a comment.", "")
    yield "</details>"


def _finding(verdict: Verdict, index: int, exceptions: dict[str, Covered]) -> str:
    finding, outcome = verdict.findings[index], verdict.outcomes[index]
    why = joined((outcome.disposition, shorten(explanation(verdict, index, exceptions), 200)), ": ")
    return _row(
        finding.severity,
        code(shorten(clean(finding.check), 60)),
        code(shorten_middle(place(finding), 120)),
        prose(shorten(clean(finding.message), 160)),
        prose(why),
    )


def _pending(verdict: Verdict, exceptions: dict[str, Covered]) -> Iterator[str]:
    """Who must still approve, for the exceptions that findings wait for."""
    indexes = failing(verdict).get("pending", [])
    waiting = sorted({verdict.outcomes[index].exception or "" for index in indexes} & exceptions.keys())
    lines = []
    for covered in map(exceptions.__getitem__, waiting):
        state = prose(shorten(standing(covered, verdict.now), 200))
        lines.append(f"- {state}. {prose(shorten(covered.summary, 160))}")
    yield from _list("### Waiting for approval", lines)


def _held(exceptions: list[Covered]) -> Iterator[str]:
    head = [_row("exception", "status", "findings", "", "summary"), _row("---", "---", "--:", "---", "---")]
    rows = [
        _row(
            code(exception.id),
            "**expiring**" if exception.expiring else exception.status,
            f"{exception.covered:,}",
            expiry(exception),
            prose(shorten(exception.summary, 160)),
        )
        for exception in exceptions[:SHOWN]
    ]
    yield from _list("### Exceptions used", rows, len(exceptions), head)


def _stale(exceptions: list[Covered]) -> Iterator[str]:
    lines = [
        f"- {code(exception.id)} {prose(shorten(exception.summary, 160))}" for exception in exceptions[:SHOWN]
    ]
    title = "### Covered nothing although their target was scanned: still needed?"
    yield from _list(title, lines, len(exceptions))


def _exemptions(exemptions: list[Exempting]) -> Iterator[str]:
    lines = [
        f"- {code(shorten_middle(exemption_place(one), 120))} {code(one.exemption.record or '')} "
        f"{prose(shorten(exempting(one), 200))}"
        for one in exemptions[:SHOWN]
    ]
    yield from _list("### Exceptions in Rego", lines, len(exemptions))


def _faults(faults: list[Fault]) -> Iterator[str]:
    lines = [f"- {prose(shorten(fault(one), 300))}" for one in faults[:SHOWN]]
    yield from _list("### Not scanned", lines, len(faults))


def _problems(problems: list[Problem]) -> Iterator[str]:
    lines = []
    for problem in problems[:SHOWN]:
        where = clean(f"{problem.path}:{problem.line}" if problem.line else problem.path)
        what = f"**{prose(shorten(problem.rule, 60))}**: {prose(shorten(problem.message, 300))}"
        hint = f" Hint: {prose(shorten(problem.hint, 150))}" if problem.hint else ""
        lines.append(f"- {problem.level} {code(shorten_middle(where, 120))} {what}{hint}")
    yield from _list("### Problems", lines, len(problems))


def _controls(verdict: Verdict) -> Iterator[str]:
    """Of the framework that a scan was asked about."""
    rows = [
        _row(
            prose(shorten(control.name, 80)),
            f"**{control.state}**" if control.findings else control.state,
            control.why,
        )
        for control in controls(verdict)
    ]
    yield from _list("### Controls", rows, head=("| control | state |  |", "| --- | --- | --- |"))


def _register(verdict: Verdict) -> Iterator[str]:
    trust = f" ({trust_line(verdict)})" if verdict.register else ""
    yield f"Register: {code(register_line(verdict))}{trust}."


def _list(title: str, lines: list[str], number: int = 0, head: Iterable[str] = ()) -> Iterator[str]:
    """A titled list or table, as much of it as a section may take, and how many more there are."""
    if not lines:
        return
    shown = fitting(lines, SECTION)
    yield from (title, "", *head, *shown)
    if left := max(number, len(lines)) - len(shown):
        yield from ("", f"… and {left:,} more")


def fitting(lines: Iterable[str], room: int) -> list[str]:
    """The first lines that fit into that many characters."""
    shown: list[str] = []
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    return shown


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _section(lines: Iterable[str]) -> str:
    text = "\n".join(lines)
    return f"{text}\n\n" if text else ""
