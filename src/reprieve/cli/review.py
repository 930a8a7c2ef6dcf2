"""`reprieve review`: what waits for a decision; with `--weekly`, what the weekly review is about."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Sequence

import click
import msgspec

from reprieve.cli.options import Reading, Writing, output_option, read_options
from reprieve.cli.output import Columns, print_json, print_table
from reprieve.cli.reading import caption, remark, view_of
from reprieve.cli.reports import read_reports
from reprieve.errors import UsageError
from reprieve.findings.model import Report
from reprieve.record.model import format_id, id_number
from reprieve.register.writing.clerk import number_of
from reprieve.report.document import markdown_table, words
from reprieve.report.text import amount, clean
from reprieve.standing.entries import Entry, due_words
from reprieve.standing.reach import reaches, sentences
from reprieve.standing.view import View, minute
from reprieve.standing.waiting import Waiting, diff, need_words, queue, undecidable

_COLUMNS = Columns(
    ("id", "due", "risk", "environment", "waits for", "requester", "summary"),
    wraps=("due", "waits for", "summary"),
    spare=("requester", "environment"),
)
_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


class Queue(msgspec.Struct, frozen=True):
    """What waits for a decision at a moment."""

    now: dt.datetime
    simulated: bool
    queue: list[Waiting]
    undecidable: list[Entry]
    """Requests that are invalid, so that nobody can approve them as they are."""


@click.command("review")
@click.argument("identifier", metavar="[EXC-NNN]", required=False)
@click.option(
    "--diff/--no-diff",
    "with_diff",
    default=None,
    help="Show what is asked. Default: on a terminal, and for one id.",
)
@click.option("--weekly", is_flag=True, help="The agenda of the weekly review, as Markdown.")
@click.option("--record", "recorded", is_flag=True, help="Commit it; with --weekly.")
@click.option("--no-push", is_flag=True, help="Keep that commit on a local branch.")
@click.option(
    "--report", "reports", metavar="FILE", multiple=True, help="A scan: say how much each covers. Repeatable."
)
@output_option("table", "json", "markdown")
@read_options
def review_command(
    identifier: str | None,
    with_diff: bool | None,
    weekly: bool,
    recorded: bool,
    no_push: bool,
    reports: tuple[str, ...],
    output: str,
    reading: Reading,
) -> None:
    """What waits for a decision: whose, by when, and what is asked. Overdue first.

    \b
    reprieve review
    reprieve review EXC-007
    reprieve review --output markdown --diff
    reprieve review --weekly
    reprieve review --weekly --record
    reprieve review --weekly --report trivy.json        what grew since it was approved
    """
    if weekly and identifier:
        raise UsageError("the weekly review is about the whole register", hint="leave out the id")
    if (recorded and not weekly) or (no_push and not recorded):
        raise UsageError("only the weekly review is recorded", hint="reprieve review --weekly --record")
    if recorded:
        if reading.now or reading.as_of:
            raise UsageError("a review of another moment is not recorded", hint="leave out --now and --as-of")
        _record(reading, no_push, output, reports)
        return
    view, read = view_of(reading), read_reports(reports)
    if weekly:
        _print_agenda(view, output, read)
        return
    if with_diff is None:
        with_diff = identifier is not None or (output == "table" and sys.stdout.isatty())
    found = _queue(view, identifier, with_diff, read)
    remark(view, machine=output == "json")
    if output == "json":
        print_json(found)
    elif output == "markdown":
        _print_markdown(found, view)
    else:
        _print_table(found, view)


def _queue(view: View, identifier: str | None, with_diff: bool, reports: Sequence[Report]) -> Queue:
    """Errors: `UsageError` for an id that the register does not hold."""
    waiting, invalid = queue(view), undecidable(view)
    if identifier is not None:
        number = number_of(identifier)
        merged, proposed = view.register.snapshot.find(number)
        if merged is None and not proposed:
            hint = "`reprieve list` shows what it holds"
            raise UsageError(f"the register holds no {format_id(number)}", hint=hint)
        waiting = [(case, entry) for case, entry in waiting if case.number == number]
        invalid = [entry for entry in invalid if id_number(entry.id) == number]
    if with_diff:
        waiting = [
            (case, msgspec.structs.replace(entry, diff=diff(view.register, case))) for case, entry in waiting
        ]
    if reports:
        found = reaches(view.register.snapshot, [case for case, _ in waiting], reports)
        waiting = [
            (case, msgspec.structs.replace(entry, reach=each))
            for (case, entry), each in zip(waiting, found, strict=True)
        ]
    return Queue(view.now, view.simulated, [entry for _, entry in waiting], invalid)


def _print_table(found: Queue, view: View) -> None:
    rows = [
        (
            entry.id,
            due_words(entry),
            entry.risk or "",
            entry.environment or "",
            "; ".join(map(need_words, entry.needs)) or f"reprieve merge {entry.id}",
            entry.requester or "",
            entry.summary or "",
        )
        for entry in found.queue
    ]
    if rows:
        print_table(_COLUMNS, rows, ["red" if entry.overdue else "" for entry in found.queue])
    for line in _remarks(found.queue, found.undecidable):
        click.echo(clean(line))
    for entry in found.queue:
        if entry.diff is not None:
            click.echo(f"\n{click.style(clean(entry.id), bold=True)} {clean(entry.why)}".rstrip())
            click.echo(f"terms {entry.terms}")
            for line in entry.diff.splitlines():
                click.echo(click.style(line, fg=_COLOURS.get(line[:1])))
    waits = "waits" if len(found.queue) == 1 else "wait"
    click.echo(f"{amount(len(found.queue), 'exception')} {waits} for a decision · {caption(view)}")


def _remarks(waiting: Sequence[Waiting], invalid: Sequence[Entry]) -> list[str]:
    """Open questions, what the status alone would not say, and what cannot be decided."""
    lines = []
    for entry in waiting:
        lines += [
            f"{entry.id}: {q.by} ({q.role}) asked on {minute(q.at)}: {q.text}"
            f" (reprieve answer {entry.id} --text …)"
            for q in entry.questions
        ]
        if entry.why:
            lines.append(f"{entry.id}: {entry.why}")
        if entry.reach is not None:
            said = [f"covers {amount(entry.reach.radius.findings, 'finding')} in these reports"]
            lines.append(f"{entry.id}: {'; '.join([*said, *(line for line, _ in sentences(entry.reach))])}")
    return lines + [f"{entry.id} cannot be decided: {entry.why}" for entry in invalid]


def _print_markdown(found: Queue, view: View) -> None:
    click.echo("# Waiting for a decision\n")
    rows = [
        (
            words(entry.id),
            due_words(entry),
            entry.risk or "",
            entry.environment or "",
            words("; ".join(map(need_words, entry.needs)) or "to be merged"),
            words(entry.requester or ""),
            words(entry.summary or ""),
        )
        for entry in found.queue
    ]
    click.echo("\n".join(markdown_table(_COLUMNS.heads, rows)) if rows else "None.")
    remarks = _remarks(found.queue, found.undecidable)
    if remarks:
        click.echo("\n" + "\n".join(f"- {words(line)}" for line in remarks))
    for entry in found.queue:
        if entry.diff is not None:
            fence = "`" * max(3, 1 + max(map(len, re.findall(r"`+", entry.diff)), default=0))
            click.echo(f"\n## {words(entry.id)}\n\nterms {entry.terms}\n\n{fence}diff\n{entry.diff}\n{fence}")
    click.echo(f"\n{words(caption(view))}")


def _print_agenda(view: View, output: str, reports: Sequence[Report]) -> None:
    from reprieve.standing.agenda import agenda, markdown

    found = agenda(view, reports)
    if output == "json":
        print_json(found)
    else:
        click.echo(markdown(found), nl=False)


def _record(reading: Reading, no_push: bool, output: str, reports: tuple[str, ...]) -> None:
    from reprieve.cli.steps import clerk_of, report_step
    from reprieve.standing.recording import record

    if output == "json":
        raise UsageError("--record has nothing to print as JSON", hint="run --weekly --output json as well")
    where, ref, charter_root, fetch, *_ = reading
    clerk = clerk_of(Writing(where, ref, charter_root, no_push, fetch is False))
    step = record(clerk, read_reports(reports))
    if step is None:
        click.echo("this week's review is recorded already, and nothing has changed")
    else:
        report_step(step, f"recorded the review of {step.id}")
