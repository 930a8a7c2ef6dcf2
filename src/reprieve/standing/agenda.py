"""The weekly review: what to talk about, as data and as a Markdown document.

The document depends on the register, on the day and on reports that are given, not on the hour or the
commit: written twice on one day it is the same, so that recording it changes nothing the second time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

import msgspec

from reprieve.findings.model import Report
from reprieve.record.lifecycle import Standing, approved_at, review_due
from reprieve.record.model import Incident, Problem
from reprieve.register.snapshot import Case, Snapshot
from reprieve.report.document import link, markdown_table, words
from reprieve.report.text import amount
from reprieve.standing.entries import Entry, due_words, entry_of
from reprieve.standing.reach import Reach, reaches, sentences
from reprieve.standing.view import View, minute
from reprieve.standing.waiting import Waiting, need_words, queue

_LIVING = frozenset({"requested", "in-review", "approved", "active", "expired", "void"})
_IN_FORCE = frozenset({"approved", "active", "expired"})


class Active(Entry, frozen=True, kw_only=True):
    """An active exception and how its remediation goes."""

    target: dt.date
    last_note: str | None
    days_since: int
    """Since the last note on progress; since the request when there is none."""


class OverdueControls(Entry, frozen=True, kw_only=True):
    """Approved, but not active before these controls are in."""

    controls: tuple[str, ...]
    days_since: int
    """Since its terms entered the protected branch."""


class LinkedIncident(msgspec.Struct, frozen=True):
    """An incident that touched what an exception covers."""

    id: str
    incident: Incident


class Grown(Entry, frozen=True, kw_only=True):
    """An exception that reaches further than was known when it was approved."""

    reach: Reach


class Missed(msgspec.Struct, frozen=True):
    """A review that took longer than the charter allows."""

    id: str
    due: dt.datetime
    decided: dt.datetime | None
    """When the last approval that was needed came; None while it is missing."""


class Agenda(msgspec.Struct, frozen=True):
    """All of it."""

    week: str
    """ISO 8601, `2026-W45`."""
    on: dt.date
    simulated: bool
    active: tuple[Active, ...]
    controls: tuple[OverdueControls, ...]
    incidents: tuple[LinkedIncident, ...]
    expiring: tuple[Entry, ...]
    expired: tuple[Entry, ...]
    queue: tuple[Waiting, ...]
    missed: tuple[Missed, ...]
    problems: tuple[Problem, ...]
    grown: tuple[Grown, ...] | None
    """What covers more than was counted when it was approved; None without reports to count in."""


def agenda(view: View, reports: Sequence[Report] = ()) -> Agenda:
    """What the weekly review is about at the moment looked at; with reports, also what grew in them."""
    cases = [pair for pair in view.register.cases(view.now) if pair[1].status in _LIVING]
    entries = [(case, entry_of(case, standing, view)) for case, standing in cases]
    active = [(case, entry) for case, entry in entries if entry.status == "active"]
    return Agenda(
        week=week_of(view.now),
        on=view.now.date(),
        simulated=view.simulated,
        active=tuple(_active(case, entry, view.now) for case, entry in active),
        controls=tuple(_controls(c, e, view.now) for c, e in entries if e.status == "approved"),
        incidents=tuple(_incidents(entries)),
        expiring=tuple(sorted((e for _, e in active if e.expiring), key=_by_expiry)),
        expired=tuple(sorted((e for _, e in entries if e.status == "expired"), key=_by_expiry)),
        queue=tuple(waiting for _, waiting in queue(view)),
        missed=tuple(_missed(view.register.snapshot, cases)),
        problems=tuple(_problems(view)),
        grown=tuple(_grown(view.register.snapshot, entries, reports)) if reports else None,
    )


def _grown(
    snapshot: Snapshot, entries: Sequence[tuple[Case, Entry]], reports: Sequence[Report]
) -> Iterator[Grown]:
    """Of what is or was in force, the ones that reach further than was known; those that grew most first."""
    held = [(case, entry) for case, entry in entries if entry.status in _IN_FORCE]
    found = reaches(snapshot, [case for case, _ in held], reports)
    grown = [
        (entry, reach)
        for (_, entry), reach in zip(held, found, strict=True)
        if reach is not None and (reach.grew or reach.too_broad)
    ]
    for entry, reach in sorted(grown, key=lambda pair: (-pair[1].radius.findings, pair[0].id)):
        yield Grown(**entry.values(), reach=reach)


def week_of(now: dt.datetime) -> str:
    """The ISO week: `2026-W45`."""
    year, week, _ = now.isocalendar()
    return f"{year}-W{week:02d}"


def _active(case: Case, entry: Entry, now: dt.datetime) -> Active:
    assert case.record is not None  # noqa: S101  (what is active is readable)
    plan = case.record.remediation
    last = max(plan.progress, key=lambda note: note.date, default=None)
    since = last.date if last else case.record.requested
    return Active(
        **entry.values(),
        target=plan.target,
        last_note=last.note if last else None,
        days_since=(now.date() - since).days,
    )


def _controls(case: Case, entry: Entry, now: dt.datetime) -> OverdueControls:
    assert case.record is not None  # noqa: S101  (what is approved is readable)
    missing = tuple(control.id for control in case.record.controls if not control.implemented)
    since = case.facts.entered or case.facts.added
    return OverdueControls(**entry.values(), controls=missing, days_since=(now.date() - since.date()).days)


def _by_expiry(entry: Entry) -> tuple[dt.date, str]:
    return entry.expires or dt.date.max, entry.id


def _incidents(entries: Sequence[tuple[Case, Entry]]) -> list[LinkedIncident]:
    """Of what is or was in force and has not been ended, latest first."""
    found = [
        LinkedIncident(case.id, incident)
        for case, entry in entries
        if entry.status in _IN_FORCE and case.record
        for incident in case.record.incidents
    ]
    return sorted(found, key=lambda linked: linked.incident.date, reverse=True)


def _missed(snapshot: Snapshot, cases: Sequence[tuple[Case, Standing]]) -> Iterator[Missed]:
    for case, standing in cases:
        if case.record is None:
            continue
        if standing.overdue and standing.due:
            yield Missed(case.id, standing.due, None)
        charter = snapshot.charter_of(case)
        due = review_due(case.record, case.facts, charter)
        decided = approved_at(case.record, case.facts, charter)
        if due and decided and decided > due:
            yield Missed(case.id, due, decided)


def _problems(view: View) -> Iterator[Problem]:
    """Of the register, and of every record that they make invalid."""
    yield from view.register.snapshot.problems
    for case, standing in view.register.cases(view.now):
        if standing.status == "invalid":
            yield from case.problems or (
                Problem(rule="invalid", message=standing.reason, path=case.path, exception=case.id),
            )
        elif standing.status == "void":
            yield Problem(rule="void", message=standing.reason, path=case.path, exception=case.id)


def markdown(agenda_: Agenda) -> str:
    """The document."""
    lines = [f"# Exception review, {agenda_.week}", "", f"As of {agenda_.on}, UTC."]
    if agenda_.simulated:
        lines[-1] += " **Simulated.**"
    sections = [
        ("Active", _active_lines(agenda_.active)),
        ("Overdue controls", _controls_lines(agenda_.controls)),
        ("Incidents", _incident_lines(agenda_.incidents)),
        ("Expiring within 14 days", _ending_lines(agenda_.expiring)),
        ("Expired and still open", _ending_lines(agenda_.expired)),
        ("Waiting for a decision", _queue_lines(agenda_.queue)),
        ("Review times missed", _missed_lines(agenda_.missed)),
        ("Problems of the register", _problem_lines(agenda_.problems)),
    ]
    if agenda_.grown is not None:
        sections.append(("Grown since approval", _grown_lines(agenda_.grown)))
    for title, body in sections:
        lines += ["", f"## {title}", "", *(body or ["None."])]
    return "\n".join(lines) + "\n"


def _active_lines(active: Sequence[Active]) -> list[str]:
    heads = ("exception", "owner", "expires", "target", "last progress", "summary")
    rows = [
        (
            entry.id,
            words(entry.owner or ""),
            str(entry.expires),
            str(entry.target),
            f"{words(entry.last_note) if entry.last_note else 'none'}, {_ago(entry.days_since)}",
            words(entry.summary or ""),
        )
        for entry in active
    ]
    return markdown_table(heads, rows) if rows else []


def _controls_lines(entries: Sequence[OverdueControls]) -> list[str]:
    return [
        f"- {entry.id}, {words(entry.owner or '')}: approved {_ago(entry.days_since)}, not implemented: "
        + ", ".join(map(words, entry.controls))
        for entry in entries
    ]


def _incident_lines(incidents: Sequence[LinkedIncident]) -> list[str]:
    lines = []
    for linked in incidents:
        url = f" ({link(linked.incident.url)})" if linked.incident.url else ""
        lines.append(f"- {linked.incident.date} {linked.id}: {words(linked.incident.summary)}{url}")
    return lines


def _ending_lines(entries: Sequence[Entry]) -> list[str]:
    return [
        f"- {entry.id}, {words(entry.owner or '')}: {entry.expires} "
        f"({_until(entry.expires_in_days or 0)}). {words(entry.summary or '')}"
        for entry in entries
    ]


def _queue_lines(queue_: Sequence[Waiting]) -> list[str]:
    lines = []
    for waiting in queue_:
        needed = "; ".join(words(need_words(need)) for need in waiting.needs) or "all approvals are in"
        lines.append(f"- {waiting.id} ({waiting.risk}, {due_words(waiting)}): {needed}")
        lines += [f"  - {words(q.by)} asked: {words(q.text)}" for q in waiting.questions]
    return lines


def _grown_lines(grown: Sequence[Grown]) -> list[str]:
    return [
        f"- {entry.id}, {words(entry.owner or '')}: "
        + "; ".join(words(line) for line, _ in sentences(entry.reach))
        for entry in grown
    ]


def _missed_lines(missed: Sequence[Missed]) -> list[str]:
    return [
        f"- {one.id}: due {minute(one.due)}, "
        + (f"decided {minute(one.decided)}" if one.decided else "not decided yet")
        for one in missed
    ]


def _problem_lines(problems: Sequence[Problem]) -> list[str]:
    lines = []
    for problem in problems:
        about = f"{problem.exception}: " if problem.exception else ""
        hint = f" ({words(problem.hint)})" if problem.hint else ""
        lines.append(f"- {words(about + problem.path)}: {words(problem.message)}{hint}")
    return lines


def _ago(days: int) -> str:
    return f"{amount(days, 'day')} ago" if days else "today"


def _until(days: int) -> str:
    if days < 0:
        return f"{amount(-days, 'day')} ago"
    return f"in {amount(days, 'day')}" if days else "today"
