"""What the charter and the format say of one record, whatever the day: each rule a function, all reported.

Rules that need other records (ids, renewals, overlaps) are in `register.rules`; those that need the
day are in `record.lifecycle`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import PurePosixPath

from reprieve.record import template
from reprieve.record.charter import Charter
from reprieve.record.document import Document
from reprieve.record.model import WITHOUT_CONTROLS, Problem, file_number, format_id, id_number
from reprieve.record.scope import blanket

Found = Iterator[tuple[str, str, int, str | None]]
"""Rule id, message, line, hint."""


def problems_of(
    document: Document,
    charter: Charter,
    added: dt.datetime | None = None,
    own: Sequence[Problem] | None = None,
) -> list[Problem]:
    """Everything that makes the record invalid.

    Args:
        document: the record.
        charter: the one that judges it.
        added: when it was first committed: its duration counts from then if that is earlier than
            `requested`.
        own: its `own_problems`, where they are known.
    """
    by_charter = [*_duration(document, charter, added), *_critical_in_production(document, charter)]
    return [*(own_problems(document) if own is None else own), *_problems(document, by_charter)]


def own_problems(document: Document) -> list[Problem]:
    """Those that no charter has to do with."""
    return _problems(document, (problem for rule in _RULES for problem in rule(document)))


def _problems(document: Document, found: Iterable[tuple[str, str, int, str | None]]) -> list[Problem]:
    return [
        Problem(
            rule=rule, message=message, path=document.path, line=line, hint=hint, exception=document.record.id
        )
        for rule, message, line, hint in found
    ]


def _identity(document: Document) -> Found:
    number, named = id_number(document.record.id), file_number(PurePosixPath(document.path).name)
    if number is None or len(document.record.id) < len("EXC-000"):
        hint = "an id is EXC- and three digits or more"
        yield "id", f"`id`: not an id: {document.record.id!r}", document.line_of("id"), hint
    elif named is not None and named != number:
        message = f"`id` is {document.record.id}, but the file is named {format_id(named)}"
        yield "id", message, document.line_of("id"), "the file name starts with the id"
    elif named is None:
        hint = f"{format_id(number)}-short-description.md, lower case, digits and hyphens"
        yield "file-name", "the file name is not that of a record", 1, hint


def _people(document: Document) -> Found:
    requester = document.record.requester
    if requester.count("@") != 1 or " " in requester or requester.startswith("@") or requester.endswith("@"):
        message = f"`requester`: expected an e-mail address, got {requester!r}"
        hint = "whoever asks cannot approve: the address is compared with the approvers'"
        yield "requester", message, document.line_of("requester"), hint


def _summary(document: Document) -> Found:
    summary = document.record.summary
    if "\n" in summary.strip() or not summary.strip():
        yield "summary", "`summary`: expected one sentence on one line", document.line_of("summary"), None


def _dates(document: Document) -> Found:
    record = document.record
    if record.expires < record.requested:
        yield "dates", "`expires` is before `requested`", document.line_of("expires"), None
    if record.remediation.target > record.expires:
        message = f"`target` ({record.remediation.target}) is after `expires` ({record.expires})"
        hint = "an exception that ends before its fix leaves the finding open in between"
        yield "remediation-target", message, document.line_of("remediation", "target"), hint


def _scope(document: Document) -> Found:
    for index, entry in enumerate(document.record.scope):
        reason = blanket(entry)
        if reason:
            hint = "name the checks and where they fail; values of only * and ? don't count"
            yield "blanket-scope", f"a blanket scope: {reason}", document.line_of("scope", index), hint


def _controls(document: Document) -> Found:
    record = document.record
    if not record.controls and record.reason not in WITHOUT_CONTROLS:
        hint = "only false-positive and test-environment need none"
        message = f"`controls`: {record.reason} needs at least one compensating control"
        yield "controls", message, document.line_of("controls"), hint
    seen: set[str] = set()
    for index, control in enumerate(record.controls):
        if control.id in seen:
            yield "controls", f"two controls named {control.id}", document.line_of("controls", index), None
        seen.add(control.id)


def _renewal(document: Document) -> Found:
    renews = document.record.renews
    if not renews:
        return
    if id_number(renews) is None:
        yield "renews", f"`renews`: not an id: {renews!r}", document.line_of("renews"), None
    elif id_number(renews) == id_number(document.record.id):
        yield "renews", "`renews`: a record cannot renew itself", document.line_of("renews"), None


def _prose(document: Document) -> Found:
    sections = template.sections_of(document.body)
    for name in template.required_sections(renewal=bool(document.record.renews)):
        if name not in sections:
            message = f"the section `## {name}` is missing"
            yield "prose", message, document.body_line(0), template.QUESTIONS[name]
        elif not sections[name][1]:
            message = f"the section `## {name}` is empty, or still the template's"
            yield "prose", message, document.body_line(sections[name][0]), template.QUESTIONS[name]


def _duration(document: Document, charter: Charter, added: dt.datetime | None) -> Found:
    record = document.record
    start = min(record.requested, added.date()) if added else record.requested
    days, limit = (record.expires - start).days, charter.limits.duration_days
    if days > limit:
        since = "" if start == record.requested else f" (first committed on {start})"
        latest = start + dt.timedelta(days=limit)
        message = f"{days} days until it expires{since}, at most {limit} are allowed"
        yield "duration", message, document.line_of("expires"), f"expire by {latest}, and renew if need be"


def _critical_in_production(document: Document, charter: Charter) -> Found:
    record = document.record
    if (record.risk, record.environment) != ("critical", "production") or record.escalation:
        return
    if charter.limits.critical_in_production == 0:
        message = "critical risk in production needs an escalation that a ciso decides"
        hint = "escalate it: `request --escalate critical-in-production`, or an `escalation:` in the record"
        yield "critical-in-production", message, document.line_of("risk"), hint


_RULES: tuple[Callable[[Document], Found], ...] = (
    _identity,
    _people,
    _summary,
    _dates,
    _scope,
    _controls,
    _renewal,
    _prose,
)
