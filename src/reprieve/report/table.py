"""The terminal: what decides first, then what explains it, in plain lines that CI logs keep readable.

Colour only where a person looks on: on a terminal, and unless NO_COLOR is set (no-color.org). Every line
begins with a word of ours or of the register, since a CI runner obeys lines that begin with `::`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any, TextIO

import click

from reprieve.findings.model import Fault
from reprieve.match.model import Disposition
from reprieve.record.model import Problem
from reprieve.report.excerpt import excerpt
from reprieve.report.place import place
from reprieve.report.scanned import controls, files_line
from reprieve.report.selection import Group, foremost, held, stale
from reprieve.report.sentences import (
    exempting,
    exemption_place,
    expiry,
    fault,
    headline,
    objection,
    register_line,
    remainder,
    simulation,
    standing,
    trust_line,
)
from reprieve.report.text import amount, clean, shorten, shorten_middle
from reprieve.verdict import Covered, Exempting, Verdict
from reprieve.words import SEVERITIES

WIDTH = 100
"""Columns; what is longer is shortened, so that nothing wraps in a log."""
SHOWN = 20
"""Lines per group."""
CHECK_WIDTH, PLACE_WIDTH, NAME_WIDTH = 22, 48, 12
"""The most that a check, a place with its exception, and an exception take; a message gets the rest."""

STYLES: dict[str, dict[str, Any]] = {
    "fail": {"fg": "red", "bold": True},
    "pass": {"fg": "green", "bold": True},
    "title": {"bold": True},
    "warning": {"fg": "yellow"},
    "error": {"fg": "red"},
    "note": {"dim": True},
    "critical": {"fg": "red", "bold": True},
    "high": {"fg": "red"},
    "medium": {"fg": "yellow"},
}


def write(verdict: Verdict, out: TextIO, limit: int | None = SHOWN, *, code: bool = False) -> None:
    """Writes the table.

    Args:
        verdict: what the gate decided.
        out: where to; in colour when it is a terminal.
        limit: how many lines a group of findings or exceptions may have, `None` for all of them.
        code: whether to show the lines that findings of a scan are about.
    """
    page = _Page(verdict, limit, code=code, colour=out.isatty() and not os.environ.get("NO_COLOR"))
    for lines in page.sections():
        out.writelines(f"{line.rstrip()}\n" for line in lines)


class _Page:
    """One table; each method is a section and yields its lines."""

    def __init__(self, verdict: Verdict, limit: int | None, *, code: bool, colour: bool) -> None:
        self.verdict = verdict
        self.limit = limit
        self.code = code
        self.seen: set[tuple[object, ...]] = set()  # code that was shown already
        self.colour = colour
        self.exceptions = {exception.id: exception for exception in verdict.exceptions}

    def sections(self) -> Iterator[Iterator[str]]:
        yield self.verdict_lines()
        for disposition, group in foremost(self.verdict, self.limit).items():
            yield self.findings(disposition, group)
        yield self.held(held(self.verdict))
        yield self.stale(stale(self.verdict))
        yield self.exemptions(self.verdict.exemptions)
        yield self.faults(self.verdict.faults)
        yield self.problems(self.verdict.problems)
        yield self.controls()
        yield self.severities()
        yield self.register()
        yield self.scanned()

    def verdict_lines(self) -> Iterator[str]:
        verdict = self.verdict
        word = self.ink(verdict.verdict.upper(), verdict.verdict)
        yield f"{word}  {self.ink(headline(verdict), 'title')}"
        if rest := remainder(verdict):
            yield "      " + " · ".join(rest)
        if verdict.simulated:
            yield self.ink(f"SIMULATED  {simulation(verdict)}", "fail")

    def findings(self, disposition: Disposition, group: Group) -> Iterator[str]:
        """One line for each finding; then, once for each exception, why it does not suppress them."""
        shown = group.indexes
        check_width, place_width, name_width = self.widths(shown)
        message_width = WIDTH - (16 + check_width + place_width + name_width)
        yield from self.title(disposition.capitalize(), group.number)
        for index in shown:
            finding, outcome = self.verdict.findings[index], self.verdict.outcomes[index]
            check = shorten(clean(finding.check), check_width).ljust(check_width)
            where = shorten_middle(place(finding), place_width).ljust(place_width)
            name = shorten(clean(outcome.exception or ""), NAME_WIDTH).ljust(name_width)
            severity = self.ink(finding.severity.ljust(8), finding.severity)
            yield f"  {severity}  {check}  {where}  {name}{shorten(clean(finding.message), message_width)}"
            if reason := objection(self.verdict, index):
                yield self.ink(f"            {reason}", "note")
            lines = (finding.path, finding.line, finding.end_line)
            if self.code and lines not in self.seen:
                self.seen.add(lines)
                yield from (self.ink(f"      {line}", "note") for line in excerpt(finding, WIDTH - 6))
        yield from self.more(group.number - len(shown))
        for identifier in sorted({self.verdict.outcomes[index].exception or "" for index in shown}):
            if covered := self.exceptions.get(identifier):
                yield self.ink(f"  {standing(covered, self.verdict.now)}", "warning")

    def widths(self, shown: Sequence[int]) -> tuple[int, int, int]:
        """Columns for the check, the place and the exception (0 when none of them has one)."""
        findings = [self.verdict.findings[index] for index in shown]
        check = max(len(clean(finding.check)) for finding in findings)
        where = max(len(place(finding)) for finding in findings)
        named = max(len(clean(self.verdict.outcomes[index].exception or "")) for index in shown)
        name = min(named, NAME_WIDTH) + 2 if named else 0
        return min(check, CHECK_WIDTH), min(where, PLACE_WIDTH - name), name

    def held(self, exceptions: list[Covered]) -> Iterator[str]:
        if not exceptions:
            return
        shown = exceptions[: self.limit]
        counts = [amount(exception.covered, "finding") for exception in shown]
        width = max(map(len, counts))
        yield from self.title("Exceptions", len(exceptions))
        for exception, count in zip(shown, counts, strict=True):
            status = "expiring" if exception.expiring else exception.status
            yield self.exception(exception, status.ljust(8), count.rjust(width))
        yield from self.more(len(exceptions) - len(shown))

    def stale(self, exceptions: list[Covered]) -> Iterator[str]:
        if not exceptions:
            return
        shown = exceptions[: self.limit]
        yield from self.title("Stale", len(exceptions))
        yield "  Covered nothing although their target was scanned: still needed?"
        for exception in shown:
            yield self.exception(exception)
        yield from self.more(len(exceptions) - len(shown))

    def exception(self, exception: Covered, *details: str) -> str:
        """Its id, these columns, and as much of its summary as there is room for."""
        cells = (clean(exception.id).ljust(8), *details, expiry(exception).ljust(18))
        line = f"  {'  '.join(cells)}  "
        line += shorten(clean(exception.summary), max(WIDTH - len(line), 20))
        return self.ink(line, "warning" if exception.expiring else "")

    def exemptions(self, exemptions: list[Exempting]) -> Iterator[str]:
        """Exceptions in Rego: each with what it did, those to look after in colour."""
        if not exemptions:
            return
        shown = exemptions[: self.limit]
        yield from self.title("Rego exceptions", len(exemptions))
        for one in shown:
            cites = f"  {clean(one.exemption.record)}" if one.exemption.record else ""
            line = f"  {shorten_middle(exemption_place(one), PLACE_WIDTH)}{cites}  {exempting(one)}"
            yield self.ink(line, "" if one.state == "failing" else "warning")
        yield from self.more(len(exemptions) - len(shown))

    def faults(self, faults: list[Fault]) -> Iterator[str]:
        if not faults:
            return
        yield from self.title("Not scanned", len(faults))
        for one in faults[: self.limit]:
            yield self.ink(f"  {fault(one)}", "error")
        yield from self.more(len(faults) - len(faults[: self.limit]))

    def problems(self, problems: list[Problem]) -> Iterator[str]:
        if not problems:
            return
        yield from self.title("Problems", len(problems))
        for problem in problems[: self.limit]:
            where = clean(f"{problem.path}:{problem.line}" if problem.line else problem.path)
            yield f"  {self.ink(problem.level.ljust(8), problem.level)}  {where}"
            yield f"            [{clean(problem.rule)}] {clean(problem.message)}"
            if problem.hint:
                yield self.ink(f"            hint: {clean(problem.hint)}", "note")
        yield from self.more(len(problems) - len(problems[: self.limit]))

    def severities(self) -> Iterator[str]:
        """What there is, and what is left of it with the exceptions."""
        yield ""
        yield self.ink("Severity", "title") + "".join(severity.rjust(10) for severity in SEVERITIES)
        for name, counts in (("raw", self.verdict.raw), ("net", self.verdict.net)):
            yield f"  {name:<6}" + "".join(f"{counts.get(severity, 0):>10,}" for severity in SEVERITIES)

    def register(self) -> Iterator[str]:
        register = self.verdict.register
        yield ""
        yield f"{self.ink('Register', 'title')}  {register_line(self.verdict)}"
        if register is not None:
            trusted = register.trust == "signed"
            yield f"          {self.ink(trust_line(self.verdict), '' if trusted else 'warning')}"

    def controls(self) -> Iterator[str]:
        """Of the framework that a scan was asked about."""
        found = controls(self.verdict)
        if not found:
            return
        yield from self.title("Controls", len(found))
        for control in found:
            number = f"  {control.why}" if control.why else ""
            style = "error" if control.state == "fail" else "note" if control.state != "pass" else ""
            line = f"  {control.state:<11}  {shorten(clean(control.name), WIDTH - 30)}{number}"
            yield self.ink(line, style)

    def scanned(self) -> Iterator[str]:
        if self.verdict.scan is not None:
            yield ""
            yield f"{self.ink('Scanned', 'title')}   {files_line(self.verdict.scan)}"

    def title(self, name: str, number: int) -> Iterator[str]:
        yield ""
        yield f"{self.ink(name, 'title')}  {number:,}"

    def more(self, left: int) -> Iterator[str]:
        if left:
            yield self.ink(f"  … and {left:,} more", "note")

    def ink(self, text: str, style: str) -> str:
        wanted = STYLES.get(style)
        return click.style(text, **wanted) if self.colour and wanted else text
