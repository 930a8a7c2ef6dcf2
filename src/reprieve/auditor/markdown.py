"""The report as Markdown: to be read as it is, or turned into a page by any tool."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from reprieve.auditor.entries import Entry
from reprieve.auditor.report import Report
from reprieve.auditor.words import (
    control_words,
    days_words,
    decision_words,
    minute,
    scope_words,
    status_words,
)
from reprieve.report.document import markdown_table, words
from reprieve.report.text import amount, clean


def markdown(report: Report) -> str:
    """The whole document."""
    parts = (_head(report), _register(report.register), _records(report.register))
    return "\n".join(line for part in parts for line in part) + "\n"


def _head(report: Report) -> Iterator[str]:
    source = report.provenance
    yield "# Security exceptions: auditor's report"
    yield ""
    yield f"Register as of **{minute(report.now)}**, period **{report.period}** (UTC, both days included)."
    if report.simulated:
        yield ""
        yield "> **Simulated.** The moment was given, and is not the one at which the register was read."
    yield ""
    yield "## What this rests on"
    yield ""
    facts = (
        ("protected branch", code(source.ref)),
        ("register, at this commit", f"{code(source.commit)}, {minute(source.committed)}"),
        ("read up to", code(source.tip)),
        ("history", f"{amount(source.commits, 'commit')}, {amount(source.merges, 'change')} of the branch"),
        ("unmerged branches", f"{source.branches:,}, {code(source.branches_digest)}"),
        ("records", f"{source.records:,}, in {amount(source.files, 'file')}"),
        ("invalid records", f"{source.invalid:,}"),
        ("problems", f"{len(source.problems):,}"),
        ("charter", f"{code(source.charter.digest)}, {words(source.charter.why)}"),
        ("decisions are", source.trust),
    )
    yield from markdown_table(("", ""), facts)


def _register(entries: Sequence[Entry]) -> Iterator[str]:
    yield from ("", "## The register", "")
    if not entries:
        yield "No record."
        return
    heads = ("exception", "status", "risk", "owner", "expires", "left", "approved by", "trust", "summary")
    rows = (
        (
            code(entry.id),
            status_words(entry),
            entry.risk or "",
            words(entry.owner or ""),
            str(entry.expires or ""),
            days_words(entry),
            ", ".join(f"{words(d.person)} ({words(d.role)})" for d in entry.approvals) or "nobody",
            entry.trust or "",
            words(entry.summary or entry.why),
        )
        for entry in entries
    )
    yield from markdown_table(heads, rows)


def _records(entries: Iterable[Entry]) -> Iterator[str]:
    yield from ("", "## Each record", "")
    for entry in entries:
        yield f"### {clean(entry.id)}: {status_words(entry)}"
        yield ""
        yield words(entry.summary or "This record cannot be read.")
        yield ""
        for title, lines in _facts(entry):
            yield from (f"- {title}: {words(line)}" for line in lines if line)
        yield ""


def _facts(entry: Entry) -> Iterator[tuple[str, Iterable[str]]]:
    yield "why", [entry.why]
    yield "risk", [f"{entry.risk} in {entry.environment}, {entry.reason}" if entry.risk else ""]
    yield "owner", [entry.owner or ""]
    yield "requested by", [f"{entry.requester} on {entry.requested}" if entry.requester else ""]
    yield "terms set by", [", ".join(entry.submitters)]
    yield "scope", map(scope_words, entry.scope)
    yield "control", map(control_words, entry.controls)
    yield "decision", map(decision_words, entry.decisions)
    yield "still to approve", [", ".join(entry.missing)]
    yield "in force since", [minute(entry.entered)]
    yield "expires", [f"{entry.expires}, {days_words(entry)}".rstrip(", ") if entry.expires else ""]
    yield "renews", [f"{entry.renews}, renewal {entry.renewals}" if entry.renews else ""]
    yield "ended", [minute(entry.ended)]
    yield "problem", [problem.message for problem in entry.problems]
    yield "terms", [entry.terms or ""]
    yield "charter", [entry.charter]
    yield "file", [entry.path + (f" on {entry.branch}" if entry.branch else "")]


def code(text: str) -> str:
    """Text of ours as a code span: ids, digests, names of branches."""
    return f"`{clean(text).replace('`', chr(39)).replace('|', '¦')}`"
