"""Asking for an exception: a new record on a branch of its own."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import msgspec

from reprieve.errors import UsageError
from reprieve.record import template
from reprieve.record.document import Document, parse
from reprieve.record.editing import compose, slug
from reprieve.record.lifecycle import Standing
from reprieve.record.model import Problem, format_id
from reprieve.record.rules import problems_of
from reprieve.register.layout import branch_number, branch_of, record_path
from reprieve.register.register import Register
from reprieve.register.rules import already_asked, refiled
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import Clerk, Step
from reprieve.register.writing.commits import Plan, until_won
from reprieve.register.writing.message import message

PLACEHOLDER = "TODO: what is accepted, and until when."
"""The summary of a draft that nobody has given one."""


class Draft(msgspec.Struct, kw_only=True):
    """What somebody asks for, before it has an id. Dates that are None get the charter's longest."""

    summary: str
    reason: str
    risk: str
    environment: str = "production"
    owner: str
    scope: list[dict[str, Any]]
    controls: list[dict[str, Any]] = []
    requester: str | None = None
    expires: dt.date | None = None
    target: dt.date | None = None
    tickets: list[str] = []
    voids: list[str] = []
    renews: str | None = None
    escalation: dict[str, str] | None = None
    sections: dict[str, str] = {}
    text: str | None = None
    """The document as somebody wrote it: only its id is given anew."""
    covers: int | None = None
    """How many findings it silences, as counted in the report that it was asked for from."""


class Asked(msgspec.Struct, frozen=True):
    """The outcome of a request: a step taken, or the case that covers it already."""

    step: Step | None
    document: bytes
    id: str
    existing: tuple[Case, Standing] | None = None


def request(clerk: Clerk, draft: Draft, *, dry_run: bool = False) -> Asked:
    """Puts a new record on `exception/EXC-NNN`, in one commit, under an id that nobody else has.

    Two people asking at once: the branch must not exist yet, so one of them gets the next id.
    Errors: `UsageError` listing everything that keeps it from being a valid record.
    """

    def attempt() -> Asked:
        register = clerk.register()
        number = next_number(register)
        path, content = render(clerk, register, draft, number)
        document, problems = check(clerk, register, path, content)
        if dry_run:
            return Asked(None, content, format_id(number))
        if document is None or problems:
            raise refusal(problems)
        existing = already_asked(document.record, register.cases(clerk.now()))
        if existing:
            return Asked(None, content, existing[0].id, existing)
        plan = Plan(
            branch=branch_of(number),
            expected=None,
            parents=(register.commit,),
            message=message(
                f"Request {format_id(number)}: {draft.summary}",
                reason_line(draft),
                **({"covers": str(draft.covers)} if draft.covers else {}),
            ),
            files={path: content},
        )
        written = clerk.writer(register).write(plan)
        return Asked(Step(format_id(number), written, register), content, format_id(number))

    return until_won(attempt, clerk.alone())


def reason_line(draft: Draft) -> str:
    """One line for the log: what kind of request it is."""
    kind = f"Renews {draft.renews}. " if draft.renews else ""
    return f"{kind}{draft.risk.capitalize()} risk in {draft.environment}, {draft.reason}."


def next_number(register: Register) -> int:
    """The first after all that the protected branch ever held that no branch has taken.

    Anybody may push a branch of any name, so a branch takes its own number only, not those below it.
    """
    taken = {branch_number(name) for name in register.located.branches}
    number = max((case.number for case in register.snapshot.cases), default=0) + 1
    while number in taken:
        number += 1
    return number


def render(clerk: Clerk, register: Register, draft: Draft, number: int) -> tuple[str, bytes]:
    """Path and content of the record that a draft becomes."""
    if draft.text is not None:
        content = re.sub(r"^id:.*$", f"id: {format_id(number)}", draft.text, count=1, flags=re.MULTILINE)
        return record_path(number, slug(draft.summary)), content.encode()
    today = clerk.now().date()
    expires = draft.expires or today + dt.timedelta(days=register.snapshot.charter.limits.duration_days)
    fields: dict[str, Any] = {
        "id": format_id(number),
        "summary": draft.summary.strip(),
        "reason": draft.reason,
        "risk": draft.risk,
        "environment": draft.environment,
        "requester": draft.requester or clerk.identity(register).email,
        "owner": draft.owner,
        "requested": today,
        "expires": expires,
        "scope": draft.scope,
        "controls": draft.controls,
        "remediation": {"target": draft.target or expires, **_if(tickets=draft.tickets)},
        **_if(voids=draft.voids, renews=draft.renews, escalation=draft.escalation),
    }
    body = template.new_body(draft.sections, renewal=draft.renews is not None)
    return record_path(number, slug(draft.summary)), compose(fields, body)


def check(
    clerk: Clerk, register: Register, path: str, content: bytes
) -> tuple[Document | None, list[Problem]]:
    """The document and every problem of it, by the charter in force and the rest of the register."""
    parsed = parse(path, content)
    if not isinstance(parsed, Document):
        return None, parsed
    problems = problems_of(parsed, register.snapshot.charter)
    if parsed.record.summary == PLACEHOLDER:
        line = parsed.line_of("summary")
        problems.append(
            Problem(rule="summary", message="`summary` is still to be written", path=path, line=line)
        )
    again = refiled(parsed.record, path, register, clerk.now())
    return parsed, [*problems, again] if again else problems


def refusal(problems: list[Problem]) -> UsageError:
    """All of the problems as one error."""
    lines = [f"{p.message}" + (f" ({p.hint})" if p.hint else "") for p in problems]
    if len(lines) == 1:
        return UsageError(f"not a valid request: {lines[0]}")
    return UsageError("not a valid request:\n  - " + "\n  - ".join(lines))


def read_draft(content: bytes, name: str) -> tuple[Document, str]:
    """A record file that somebody wrote, with or without an id, and its text with one.

    Errors: `UsageError` when it cannot be read as a record.
    """
    try:
        text = content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise UsageError("not valid UTF-8", where=name, hint="save the file as UTF-8") from None
    front = text.split("\n---", 1)[0]
    if text.startswith("---\n") and not re.search(r"^id:", front, re.MULTILINE):
        text = text.replace("---\n", "---\nid: EXC-000\n", 1)
    parsed = parse(name, text.encode())
    if not isinstance(parsed, Document):
        first = parsed[0]
        raise UsageError(str(refusal(parsed)), where=f"{name}:{first.line or 1}")
    return parsed, text


def from_file(content: bytes, name: str, *, as_written: bool = False) -> Draft:
    """A draft from a record file that somebody wrote, with or without an id.

    With `as_written` its text is kept, comments, order and sections of its own included. Errors:
    `UsageError` when it cannot be read as a record.
    """
    parsed, text = read_draft(content, name)
    data, record = parsed.data, parsed.record
    sections = {heading: prose for heading, (_, prose) in template.sections_of(parsed.body).items()}
    return Draft(
        summary=record.summary,
        reason=record.reason,
        risk=record.risk,
        environment=record.environment,
        owner=record.owner,
        scope=data["scope"],
        controls=[_dated(control, "implemented") for control in data["controls"]],
        requester=record.requester,
        expires=record.expires,
        target=record.remediation.target,
        tickets=list(record.remediation.tickets),
        voids=list(record.voids),
        renews=record.renews or None,
        escalation=data.get("escalation"),
        sections=sections,
        text=text if as_written else None,
    )


def _dated(mapping: dict[str, Any], key: str) -> dict[str, Any]:
    """ISO text back to a date, so that it is written without quotes."""
    if key not in mapping:
        return mapping
    return {**mapping, key: dt.date.fromisoformat(str(mapping[key]))}


def _if(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
