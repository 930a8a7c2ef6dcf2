"""What waits for a decision: who must still decide, by when, what they asked, and a diff of what is asked."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator

import msgspec

from reprieve.record.lifecycle import Decision, Standing, pauses_of, review_due
from reprieve.record.model import id_number
from reprieve.register.git import GitError
from reprieve.register.register import Register
from reprieve.register.snapshot import Case, Snapshot
from reprieve.report.text import indented
from reprieve.standing.entries import Entry, entry_of
from reprieve.standing.reach import Reach
from reprieve.standing.view import View

_UNDECIDED = frozenset({"requested", "in-review", "void"})


class Need(msgspec.Struct, frozen=True):
    """A role whose approval is missing, and who can give it: nobody who asked or fills another role."""

    role: str
    holders: tuple[str, ...]


class Question(msgspec.Struct, frozen=True):
    """A question that stops the review clock."""

    by: str
    role: str
    at: dt.datetime
    text: str


class Waiting(Entry, frozen=True, kw_only=True):
    """One exception that waits for a decision."""

    needs: tuple[Need, ...]
    questions: tuple[Question, ...]
    terms: str | None
    """The digest that a decision names; None for a record that cannot be read."""
    diff: str | None = None
    """What is asked, as a unified diff; None when it was not asked for."""
    reach: Reach | None = None
    """How far it would reach in reports; None when none were given."""


def queue(view: View) -> list[tuple[Case, Waiting]]:
    """Everything under review, merged or not: overdue first, then by due time, open questions last."""
    found = []
    for case, standing in view.register.cases(view.now):
        if standing.status in _UNDECIDED:
            clocked = _clocked(view, case, standing)
            found.append((case, _waiting(view, case, clocked)))
    return sorted(found, key=lambda pair: _urgency(pair[1]))


def undecidable(view: View) -> list[Entry]:
    """Requests that nobody can decide on before they are mended: those that are invalid."""
    return [
        entry_of(case, standing, view)
        for case, standing in view.register.cases(view.now)
        if standing.status == "invalid" and case.branch is not None
    ]


def needs(snapshot: Snapshot, case: Case, missing: tuple[str, ...]) -> tuple[Need, ...]:
    """Who can give the approvals that are missing."""
    charter = snapshot.charter_of(case)
    given = {d.person for d in case.facts.decisions if d.stands and d.verdict == "approve"}
    barred = given | set(case.facts.submitters)
    return tuple(Need(role, tuple(sorted(charter.holders(role) - barred))) for role in missing)


def questions(case: Case) -> tuple[Question, ...]:
    """Those that are open."""
    asked = [d for d in case.facts.decisions if d.verdict == "ask" and d.refused is None]
    return tuple(
        Question(decision.person, decision.role, decision.at, decision.note)
        for decision, (_, answered) in zip(asked, pauses_of(case.facts), strict=True)
        if answered is None
    )


def need_words(need: Need) -> str:
    """`ciso: carol@example.com`, or that the charter leaves nobody."""
    return f"{need.role}: {' or '.join(need.holders) or 'nobody can: see the charter'}"


def diff(register: Register, case: Case) -> str:
    """What is asked: against the protected branch, what it renews, what was approved, or nothing at all."""
    before, label = _base(register, case)
    after = _text(register, case)
    lines = difflib.unified_diff(before, after, label, case.path, lineterm="")
    return "\n".join(lines)


def _clocked(view: View, case: Case, standing: Standing) -> Standing:
    """The clock also runs for terms that were changed after approval, where the status alone has none."""
    if standing.status != "void" or case.record is None:
        return standing
    due = review_due(case.record, case.facts, view.register.snapshot.charter_of(case))
    return msgspec.structs.replace(standing, due=due, overdue=due is not None and view.now > due)


def _waiting(view: View, case: Case, standing: Standing) -> Waiting:
    entry = entry_of(case, standing, view)
    return Waiting(
        **entry.values(),
        needs=needs(view.register.snapshot, case, standing.missing),
        questions=questions(case),
        terms=case.digest,
    )


def _urgency(waiting: Waiting) -> tuple[bool, bool, str, int]:
    due = waiting.due.isoformat() if waiting.due else ""
    return not waiting.overdue, waiting.due is None, due, id_number(waiting.id) or 0


def _base(register: Register, case: Case) -> tuple[list[str], str]:
    merged, _ = register.snapshot.find(case.number)
    if case.branch is not None and merged is not None:
        return _text(register, merged), merged.path
    renewed = id_number(case.record.renews) if case.record and case.record.renews else None
    if renewed is not None and case.branch is not None:
        original, _ = register.snapshot.find(renewed)
        if original is not None:
            return _text(register, original), original.path
    for decision in _ended_approvals(case):
        approved = _approved_text(register, case, decision)
        if approved:
            return approved, f"{case.path} (approved on {decision.at:%Y-%m-%d})"
    return [], "nothing"


def _ended_approvals(case: Case) -> Iterator[Decision]:
    for decision in reversed(case.facts.decisions):
        if case.branch is None and decision.ended and not decision.refused and decision.verdict == "approve":
            yield decision


def _approved_text(register: Register, case: Case, decision: Decision) -> list[str]:
    try:
        raw = register.git.run("cat-file", "blob", f"{decision.commit}:{case.path}")
    except GitError:  # it had another name then; the whole document says it too
        return []
    return _lines(raw)


def _text(register: Register, case: Case) -> list[str]:
    return _lines(register.git.run("cat-file", "blob", case.blob)) if case.blob else []


def _lines(raw: bytes) -> list[str]:
    return [indented(line) for line in raw.decode("utf-8", "replace").splitlines()]
