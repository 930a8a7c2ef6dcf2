"""`reprieve blast-radius`: what an exception silences, in the register or still a draft."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import msgspec

from reprieve.cli.options import Reading, output_option, read_options
from reprieve.cli.output import print_json
from reprieve.cli.reading import caption, remark, view_of
from reprieve.cli.reports import Taken, read_reports, taken_options
from reprieve.errors import UsageError
from reprieve.findings.model import Finding, Report
from reprieve.record.charter import Charter
from reprieve.record.lifecycle import Facts, Status
from reprieve.record.model import Record
from reprieve.register.locate import in_play
from reprieve.register.writing.clerk import find
from reprieve.register.writing.request import read_draft
from reprieve.report.place import place
from reprieve.report.text import amount, clean, enumeration, shorten, shorten_middle
from reprieve.standing.radius import Share
from reprieve.standing.reach import Reach, radii, reach, sentences
from reprieve.standing.view import View

_ID = re.compile(r"(?:EXC-)?\d{1,12}", re.IGNORECASE)
_BAR = 24
"""Columns of the longest bar."""
_SHOWN = 10
"""Bars in a chart."""
_NAME = 44


class Subject(NamedTuple):
    """The exception that is asked about."""

    record: Record
    status: Status | None
    """None for a file that is in no register."""
    facts: Facts | None
    charter: Charter | None
    caption: str


class Answer(msgspec.Struct, frozen=True):
    """What `--output json` prints."""

    version: int
    id: str | None
    summary: str
    status: Status | None
    now: dt.datetime
    simulated: bool
    reports: list[str]
    reach: Reach
    grew: bool
    too_broad: bool


@click.command("blast-radius")
@click.argument("what", metavar="EXC-NNN|FILE")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT…")
@taken_options
@output_option("text", "json")
@read_options
def blast_radius_command(
    what: str,
    reports: tuple[str, ...],
    taken: Taken,
    output: str,
    reading: Reading,
) -> None:
    """What an exception silences in these reports: where, how severe, which checks; and whether it grew.

    \b
    reprieve blast-radius EXC-007 trivy.json
    reprieve blast-radius draft.md trivy.json checkov.json
    reprieve blast-radius EXC-007 results/*.json --output json

    Of a request, a draft or what has expired it says what it would silence. The number of findings when it
    was approved is the one that the approver noted: reprieve decide EXC-007 approve --report trivy.json
    """
    view = view_of(reading) if _ID.fullmatch(what) or reading.where or in_play() else None
    subject = _subject(what, view)
    if view is not None:
        remark(view, machine=output == "json")
    map_of = (view.register.snapshot.charter if view else Charter(version=1)).environment_of
    read = read_reports(reports, taken)
    found = radii([subject.record], read, taken.environment_of() or map_of)
    reached = reach(found[subject.record.id], subject.facts, subject.charter)
    if output == "json":
        now = view.now if view else dt.datetime.now(dt.UTC).replace(microsecond=0)
        print_json(_answer(subject, read, reached, now, simulated=view is not None and view.simulated))
    else:
        for line in _lines(subject, read, reached):
            click.echo(line)


def _subject(what: str, view: View | None) -> Subject:
    """Errors: `UsageError` for an id that the register does not hold, or a file that is no record."""
    if view is None:
        return Subject(_draft(what), None, None, None, "no register")
    if not _ID.fullmatch(what):
        return Subject(_draft(what), None, None, view.register.snapshot.charter, caption(view))
    case, standing = find(view.register, what, view.now)
    if case.record is None:
        raise UsageError(f"{case.id} cannot be read", where=case.path, hint="`reprieve lint` says why")
    charter = view.register.snapshot.charter_of(case)
    return Subject(case.record, standing.status, case.facts, charter, caption(view))


def _draft(name: str) -> Record:
    try:
        content = Path(name).read_bytes()
    except OSError as error:
        hint = "an id such as EXC-007, or a file that holds a record"
        raise UsageError(f"cannot read it: {error.strerror}", where=name, hint=hint) from None
    return read_draft(content, name)[0].record


def _answer(
    subject: Subject, reports: Sequence[Report], reached: Reach, now: dt.datetime, *, simulated: bool
) -> Answer:
    return Answer(
        version=1,
        id=subject.record.id if subject.status else None,
        summary=subject.record.summary,
        status=subject.status,
        now=now,
        simulated=simulated,
        reports=[report.source for report in reports],
        reach=reached,
        grew=reached.grew,
        too_broad=reached.too_broad,
    )


def _lines(subject: Subject, reports: Sequence[Report], reached: Reach) -> Iterator[str]:
    radius = reached.radius
    name = subject.record.id if subject.status else "draft"
    yield f"{click.style(clean(name), bold=True)}  {subject.status or 'in no register'}"
    yield clean(subject.record.summary)
    yield ""
    silences = "silences" if subject.status == "active" else "would silence"
    looked = sum(len(report.findings) for report in reports)
    where = shorten(enumeration([clean(Path(report.source).name) for report in reports]), 60)
    yield f"It {silences} {amount(radius.findings, 'finding')} of {looked:,} in {where}."
    if radius.native:
        yield f"  {radius.native:,} of them are suppressed by the scanner itself, too."
    if radius.voided:
        yield f"  {radius.voided:,} more are in its scope, and open: one of its voids applies."
    for line, grave in sentences(reached):
        yield click.style(f"  {line[0].upper()}{line[1:]}.", fg="red" if grave else None)
    for title, shares in (
        ("Severity", radius.severities),
        ("Check", radius.checks),
        ("Cluster", radius.clusters),
        ("Namespace", radius.namespaces),
    ):
        yield from _chart(title, shares)
    if radius.samples:
        yield f"\n{click.style('Such as', bold=True)}"
        yield from (f"  {_sample(finding)}" for finding in radius.samples)
    yield f"\n{subject.caption}"


def _chart(title: str, shares: Sequence[Share]) -> Iterator[str]:
    if not shares or all(share.value is None for share in shares):
        return
    yield f"\n{click.style(title, bold=True)}"
    shown = shares[:_SHOWN]
    names = [shorten_middle(clean(share.value or "") or "(none)", _NAME) for share in shown]
    width, most = max(map(len, names)), max(share.findings for share in shares)
    digits = len(f"{most:,}")
    for name, share in zip(names, shown, strict=True):
        bar = "█" * max(1, round(_BAR * share.findings / most))
        yield f"  {name.ljust(width)}  {share.findings:>{digits},}  {bar}"
    if left := shares[_SHOWN:]:
        yield f"  … and {len(left):,} more with {amount(sum(s.findings for s in left), 'finding')}"


def _sample(finding: Finding) -> str:
    check = shorten(clean(finding.check), 22)
    return f"{finding.severity.ljust(8)}  {check}  {shorten_middle(place(finding), 64)}"
