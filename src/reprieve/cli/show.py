"""`reprieve show`: everything about one exception."""

from __future__ import annotations

from collections.abc import Iterator

import click

from reprieve.cli.history import sentence
from reprieve.cli.options import Reading, output_option, read_options
from reprieve.cli.output import print_json
from reprieve.cli.reading import caption, remark, view_of
from reprieve.cli.reports import read_reports
from reprieve.record.model import SCOPE_KEYS, Control, Problem, ScopeEntry
from reprieve.record.scope import values_of
from reprieve.register.history import Event, fate
from reprieve.register.writing.clerk import number_of
from reprieve.report.document import words
from reprieve.report.text import amount, clean, indented, joined
from reprieve.standing.detail import DecisionRow, Detail, detail_of
from reprieve.standing.entries import due_words, expiry_words, status_words
from reprieve.standing.reach import counted_words, sentences
from reprieve.standing.view import View, minute
from reprieve.standing.waiting import need_words

Section = tuple[str, list[str]]
"""A title and its lines: text of ours and of records, not cleaned yet."""


@click.command("show")
@click.argument("identifier", metavar="EXC-NNN")
@click.option(
    "--report", "reports", metavar="FILE", multiple=True, help="A scan: say how much it covers. Repeatable."
)
@output_option("text", "json", "markdown")
@read_options
def show_command(
    identifier: str,
    reports: tuple[str, ...],
    output: str,
    reading: Reading,
) -> None:
    """One exception, whole: what it covers, who decided, what is missing, and what happened.

    \b
    reprieve show EXC-007
    reprieve show EXC-007 --as-of 2026-11-05
    reprieve show EXC-007 --output markdown
    reprieve show EXC-007 --report trivy.json
    """
    view = view_of(reading)
    detail = detail_of(view, number_of(identifier), reports=read_reports(reports))
    remark(view, machine=output == "json")
    if output == "json":
        print_json(detail)
    elif output == "markdown":
        _print_markdown(detail, view)
    else:
        _print_text(detail, view)


def _print_text(detail: Detail, view: View) -> None:
    click.echo(f"{click.style(clean(detail.id), bold=True)}  {clean(status_words(detail))}")
    click.echo(clean(detail.summary or "This record cannot be read."))
    for title, lines in _sections(detail):
        click.echo(f"\n{click.style(title, bold=True)}")
        for line in lines:
            click.echo(f"  {clean(line)}")
    for heading, text in detail.prose.items():
        click.echo(f"\n{click.style(clean(heading), bold=True)}")
        for line in text.splitlines():
            click.echo(f"  │ {indented(line)}".rstrip())
    click.echo(f"\n{caption(view)}")


def _print_markdown(detail: Detail, view: View) -> None:
    click.echo(f"# {words(detail.id)}: {words(detail.summary or 'a record that cannot be read')}\n")
    click.echo(f"**{words(status_words(detail))}**")
    for title, lines in _sections(detail):
        click.echo(f"\n## {title}\n")
        for line in lines:
            click.echo(f"- {words(line)}")
    for heading, text in detail.prose.items():
        click.echo(f"\n## {words(heading)}\n")
        for line in text.splitlines():
            click.echo(f"> {indented(line)}".rstrip())
    click.echo(f"\n{words(caption(view))}")


def _sections(detail: Detail) -> Iterator[Section]:
    sections: list[Section] = [
        ("Terms", _terms(detail)),
        ("Scope", [_scope(part) for part in detail.scope]),
        ("Controls", [_control(control) for control in detail.controls]),
        ("Remediation", _remediation(detail)),
        ("Decisions", [_decision(row) for row in detail.decisions]),
        ("Waits for", _waits(detail)),
        ("Problems", [_problem(problem) for problem in detail.problems]),
        ("Incidents", [joined((f"{i.date}: {i.summary}", i.url or None)) for i in detail.incidents]),
        ("Also asked for", [f"{status_words(p)}: {p.why or p.summary}" for p in detail.proposals]),
        ("History", [_event(event) for event in detail.history]),
    ]
    yield from ((title, lines) for title, lines in sections if lines)


def _terms(detail: Detail) -> list[str]:
    people = f"owner {detail.owner}, requested by {detail.requester} on {detail.requested}"
    count = f", renewal {detail.renewals}" if detail.renewals else ""
    escalation = detail.escalation
    return [
        line
        for line in (
            f"why {detail.status}: {detail.why}" if detail.why else "",
            f"{detail.risk} risk in {detail.environment}, {detail.reason}" if detail.risk else "",
            people if detail.owner else "",
            f"expires {expiry_words(detail)}" if detail.expires else "",
            f"entered the protected branch on {minute(detail.entered)}" if detail.entered else "",
            f"void for a finding when: {', '.join(detail.voids)}" if detail.voids else "",
            *_reach(detail),
            f"renews {detail.renews}{count}" if detail.renews else "",
            f"renewed by {', '.join(detail.renewed_by)}" if detail.renewed_by else "",
            f"escalated ({escalation.case}): {escalation.reason}" if escalation else "",
            f"revoked on {detail.revoked.date} by {detail.revoked.by}" if detail.revoked else "",
            f"closed on {detail.closed.date} by {detail.closed.by}" if detail.closed else "",
            f"file {detail.path}" + (f" on {detail.branch}" if detail.branch else ""),
            f"terms {detail.terms}" if detail.terms else "",
            f"judged by the charter {detail.charter}",
        )
        if line
    ]


def _reach(detail: Detail) -> Iterator[str]:
    """How many findings it covers in the reports given, or covered when it was approved."""
    if detail.reach is not None:
        yield f"covers {amount(detail.reach.radius.findings, 'finding')} in these reports"
        yield from (line for line, _ in sentences(detail.reach))
    elif detail.counted is not None:
        yield f"covered {counted_words(detail.counted)}"


def _scope(part: ScopeEntry) -> str:
    keys = [f"{key} {', '.join(values)}" for key in SCOPE_KEYS if (values := values_of(part, key))]
    return "; ".join([part.type or "any type", *keys])


def _control(control: Control) -> str:
    done = f"implemented on {control.implemented}" if control.implemented else "NOT IMPLEMENTED"
    proof = f", {control.evidence}" if control.evidence else ""
    return f"{control.id} ({control.kind}): {control.description} [{done}{proof}]"


def _remediation(detail: Detail) -> list[str]:
    plan = detail.remediation
    if plan is None:
        return []
    lines = [f"target {plan.target}", *(f"ticket {ticket}" for ticket in plan.tickets)]
    return lines + [f"{note.date}: {note.note}" for note in plan.progress]


def _decision(row: DecisionRow) -> str:
    verdict = {"approve": "approved", "deny": "denied", "ask": "asked"}[row.verdict]
    said = f"{minute(row.at)}: {verdict} by {row.person} as {row.role or 'nobody'} ({row.trust})"
    return joined((f"{said} in {row.commit[:10]}", row.note, fate(row.refused, row.ended)), "; ")


def _waits(detail: Detail) -> list[str]:
    asked = [f"open question of {q.by} ({q.role}), {minute(q.at)}: {q.text}" for q in detail.questions]
    clock = [due_words(detail)] if detail.status in {"requested", "in-review"} else []
    return [*clock, *(need_words(need) for need in detail.needs), *asked]


def _problem(problem: Problem) -> str:
    return f"{problem.level}: {problem.message}" + (f" ({problem.hint})" if problem.hint else "")


def _event(event: Event) -> str:
    what = joined((event.kind, sentence(event)), ": ")
    return f"{minute(event.at)}  {event.who}  {what}  [{event.commit[:10]}]"
