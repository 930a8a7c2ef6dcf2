"""A draft before it is asked for: everything that the record's own rules say against it, and where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from reprieve.console.desk import Desk, may_request
from reprieve.console.opened import opened
from reprieve.console.people.viewer import Viewer
from reprieve.record import yaml
from reprieve.record.document import Document
from reprieve.record.lint import future_dates
from reprieve.record.model import SCOPE_KEYS, Problem
from reprieve.record.template import required_sections, sections_of
from reprieve.register.register import Register
from reprieve.register.rules import already_asked
from reprieve.register.snapshot import Case
from reprieve.register.writing.request import Draft, check, next_number, render

Place = tuple[str | int, ...]
"""Where in a record: `("scope", 0, "checks")`, `("prose", "Justification")`; empty for the whole."""

_FIELDS = ("summary", "reason", "risk", "environment", "owner", "requester", "expires", "voids", "escalation")


class Drafted(msgspec.Struct, frozen=True):
    """What would be written."""

    text: str
    problems: tuple[tuple[Place, Problem], ...]
    existing: Case | None
    """What covers all of it already."""


def looked_over(viewer: Viewer, draft: Draft) -> Drafted:
    """The document that a draft becomes, by the register as the index knows it; nothing is written.

    Errors: `UsageError` where this console cannot write at all.
    """
    register, clerk = opened(), Desk(viewer, may_request)
    may_request(register)
    draft = msgspec.structs.replace(draft, requester=viewer.email)
    path, content = render(clerk, register, draft, next_number(register))
    document, problems = check(clerk, register, path, content)
    if document is not None:
        problems = [*problems, *future_dates(document, clerk.now().date())]
    text = content.decode()
    places = _places(text, draft)
    return Drafted(
        text,
        tuple((_nearest(places, problem.line), problem) for problem in problems),
        _existing(document, register, clerk) if document and not problems else None,
    )


def _existing(document: Document, register: Register, clerk: Desk) -> Case | None:
    found = already_asked(document.record, register.cases(clerk.now()))
    return found[0] if found else None


def _places(text: str, draft: Draft) -> list[tuple[int, Place]]:
    """The line at which each part of the record begins, in order."""
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    wanted = [*_listed("scope", draft.scope, ("type", *SCOPE_KEYS))]
    wanted += _listed("controls", draft.controls, ("id", "kind", "description", "implemented", "evidence"))
    wanted += [("remediation", "target"), ("remediation", "tickets"), ("scope",), ("controls",)]
    wanted += [(name,) for name in _FIELDS]
    found = [(1 + yaml.line_of(front, keys), keys) for keys in wanted if _holds(draft, keys)]
    begins = 3 + front.count("\n")
    sections = sections_of(body)
    for heading in required_sections(renewal=False):
        if heading in sections:
            found.append((begins + sections[heading][0], ("prose", heading)))
    return sorted(found, key=lambda pair: (pair[0], -len(pair[1])))


def _listed(name: str, entries: Sequence[dict[str, Any]], keys: Iterable[str]) -> Iterable[Place]:
    for number, entry in enumerate(entries):
        yield (name, number)
        yield from ((name, number, key) for key in keys if key in entry)


def _holds(draft: Draft, keys: Place) -> bool:
    """Whether the record says it at all: lines are only looked up for what is there."""
    if keys == ("remediation", "tickets"):
        return bool(draft.tickets)
    return bool(getattr(draft, str(keys[0]))) if keys[0] in {"voids", "escalation"} else True


def _nearest(places: Sequence[tuple[int, Place]], line: int | None) -> Place:
    """The last part that begins at or above a line, exact where there is one."""
    if line is None:
        return ()
    exact = [place for at, place in places if at == line]
    if exact:
        return min(exact, key=len)
    above = [place for at, place in places if at < line]
    return above[-1] if above else ()
