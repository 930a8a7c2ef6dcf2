"""The report as Markdown: to be read as it is, or turned into a page by any tool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reprieve.auditor.entries import Entry
from reprieve.auditor.report import Report
from reprieve.auditor.tables import (
    Table,
    change_table,
    control_table,
    day_table,
    population_table,
    register_table,
    review_table,
)
from reprieve.auditor.words import (
    balance_words,
    completeness_words,
    control_words,
    count_facts,
    days_words,
    decision_words,
    minute,
    provenance_facts,
    scope_words,
    status_words,
)
from reprieve.report.document import link, markdown_table, words
from reprieve.report.text import clean


def markdown(report: Report) -> str:
    """The whole document."""
    found = report.population
    parts: Sequence[Iterable[str]] = (
        _head(report),
        _section("What this rests on", Table(("", ""), list(provenance_facts(report)))),
        _problems(report),
        _population(report),
        _section("Every exception of the period", population_table(found.members)),
        _section("Reviews of the period", review_table(found.reviews)),
        _section("Changes of status in the period", change_table(found)),
        _section("Day by day", day_table(report.days)),
        _controls(report),
        _section("The register", register_table(report.register)),
        _records(report.detailed),
    )
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(report: Report) -> Iterator[str]:
    yield "# Security exceptions: auditor's report"
    yield ""
    yield f"Register as of **{minute(report.now)}**, period **{report.period}** (UTC, both days included)."


def _section(title: str, table: Table, level: int = 2) -> Iterator[str]:
    yield from ("", f"{'#' * level} {title}", "")
    if not table.rows:
        yield "None."
        return
    yield from markdown_table(table.heads, ([words(cell) for cell in row] for row in table.rows))


def _problems(report: Report) -> Iterator[str]:
    problems = report.provenance.problems
    if problems:
        yield ""
        for problem in problems:
            about = f"{problem.exception}: " if problem.exception else ""
            yield f"- {problem.level}: {words(about + problem.path)}: {words(problem.message)}"


def _population(report: Report) -> Iterator[str]:
    found = report.population
    yield from _section(
        "The period in numbers", Table(("", ""), [(k, f"{v:,}") for k, v in count_facts(found)])
    )
    yield from ("", f"Active exceptions: {balance_words(found.balance)}.", "")
    yield f"Every id is accounted for: {completeness_words(found)}."
    for title, ids in (("Over before", found.others), ("Later", found.later), ("Unknown", found.gaps)):
        if ids:
            yield from ("", f"{title}: {', '.join(map(words, ids))}.")


def _controls(report: Report) -> Iterator[str]:
    yield from ("", "## Exceptions by control")
    for framework in report.frameworks:
        yield from _section(words(framework.title), control_table(framework), level=3)
        if framework.unmapped:
            yield from ("", f"No control known for all of: {', '.join(map(words, framework.unmapped))}.")


def _records(entries: Iterable[Entry]) -> Iterator[str]:
    yield from ("", "## Each record that was not over before the period", "")
    for entry in entries:
        yield f"### {clean(entry.id)}: {status_words(entry)}"
        yield ""
        yield f"Summary: {words(entry.summary or 'This record cannot be read.')}"
        yield ""
        yield from (f"- {title}: {text}" for title, text in _facts(entry) if text)
        yield ""


def _facts(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "why", words(entry.why)
    yield "risk", f"{entry.risk} in {entry.environment}, {entry.reason}" if entry.risk else ""
    yield "owner", words(entry.owner or "")
    yield "requested by", words(f"{entry.requester} on {entry.requested}") if entry.requester else ""
    yield "terms set by", words(", ".join(entry.submitters))
    yield from (("scope", words(scope_words(part))) for part in entry.scope)
    for control in entry.controls:
        proof = f", evidence {link(control.evidence)}" if control.evidence else ""
        yield "control", words(control_words(control)) + proof
    yield from (("decision", words(decision_words(decision))) for decision in entry.decisions)
    yield "still to approve", words(", ".join(entry.missing))
    yield "in force since", minute(entry.entered)
    yield "expires", f"{entry.expires} {days_words(entry)}".rstrip() if entry.expires else ""
    if entry.remediation:
        yield "remediation by", str(entry.remediation.target)
        yield from (("ticket", link(ticket)) for ticket in entry.remediation.tickets)
    yield "renews", words(f"{entry.renews}, renewal {entry.renewals}") if entry.renews else ""
    yield "ended", minute(entry.ended)
    yield from (("problem", words(problem.message)) for problem in entry.problems)
    yield from ((words(heading), words(text)) for heading, text in entry.prose.items())
    yield "terms", entry.terms or ""
    yield "charter", entry.charter
    yield "file", words(entry.path + (f" on {entry.branch}" if entry.branch else ""))
