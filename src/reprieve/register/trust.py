"""From history to facts: whose decisions count, for which terms, and what is final (design section 4).

Pure: everything it needs is in the timeline, the blobs and a function that verifies a signature.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec

from reprieve.record.charter import Charter
from reprieve.record.document import Document
from reprieve.record.lifecycle import Decision, Facts, Final, Trust, Verdict
from reprieve.record.model import Record, id_number
from reprieve.register.graph import Commit, Graph
from reprieve.register.signatures import Messages, Signature
from reprieve.register.snapshot import Ruling
from reprieve.register.timeline import Blobs, Timeline, Version

_VERDICTS: dict[str, Verdict] = {"approve": "approve", "deny": "deny", "ask": "ask"}


class Evidence(msgspec.Struct, frozen=True):
    """All that judging one register needs, read once."""

    graph: Graph
    timeline: Timeline
    blobs: Blobs
    messages: Mapping[str, Messages]
    verify: Callable[[str, bytes], Signature]
    decisions: Mapping[int, Sequence[Commit]]
    """Commits that decide on, or answer about, the record of a number; parents first."""


def decision_commits(graph: Graph) -> dict[int, list[Commit]]:
    """Commits with a `Reprieve-Exception` trailer, by the number they name."""
    found: defaultdict[int, list[Commit]] = defaultdict(list)
    for name in graph.order:
        commit = graph.commits[name]
        if commit.trailers:
            number = id_number(commit.trailer("Reprieve-Exception") or "")
            if number is not None:
                found[number].append(commit)
    return dict(found)


def final_event(evidence: Evidence, number: int) -> Final | None:
    """The first event on the protected branch that ends an id for good."""
    _, versions = evidence.timeline.on_main.get(number, ([], []))
    for version in versions:
        commit = evidence.graph.commits[version.commit]
        document = evidence.blobs.document(version)
        record = document.record if document else None
        if record and record.revoked:
            return Final("revoked", commit.at, commit.id, record.revoked.by, record.revoked.reason)
        if record and record.closed:
            return Final("closed", commit.at, commit.id, record.closed.by, record.closed.reason)
        if version.path is None:
            return Final("closed", commit.at, commit.id, commit.author, "deleted from the register")
        if version.archived:
            return Final("closed", commit.at, commit.id, commit.author, "moved to the archive")
    return None


def facts_of(
    evidence: Evidence,
    document: Document,
    number: int,
    commits: Collection[str],
    ruling: Ruling,
    *,
    merged: bool,
    final: Final | None,
) -> Facts:
    """What history says about a record whose present terms are those of `document`.

    Args:
        evidence: the register's history.
        document: the record as it stands.
        number: its id's number.
        commits: where to look: reachable from the protected branch, or also from the record's branch.
        ruling: the charter that judges it.
        merged: whether it stands on the protected branch.
        final: the event that ended it, if any.
    """
    versions = evidence.timeline.versions(number, commits)
    setters = _setters(evidence, versions)
    submitters = _submitters(evidence, document.record, setters, ruling)
    decisions = [
        _judge(evidence, commit, number, versions, submitters, document.record, ruling)
        for commit in evidence.decisions.get(number, ())
        if commit.id in commits and commit.trailer("Reprieve-Decision") is not None
    ]
    answers = [
        commit.at
        for commit in evidence.decisions.get(number, ())
        if commit.id in commits and commit.trailer("Reprieve-Answer") is not None
    ]
    added = min(evidence.graph.commits[version.commit].at for version in versions)
    asked = max((commit.at for commit in setters), default=added)
    return Facts(
        merged=merged,
        added=added,
        asked=asked,
        entered=entered(evidence, number, document.digest) if merged else None,
        submitters=tuple(sorted(submitters)),
        decisions=tuple(decisions),
        answers=tuple(answers),
        final=final,
    )


def entered(evidence: Evidence, number: int, digest: str) -> dt.datetime | None:
    """When these terms first entered the protected branch."""
    index = entered_index(evidence, number, digest)
    return None if index is None else evidence.graph.commits[evidence.timeline.mainline[index]].at


def entered_index(evidence: Evidence, number: int, digest: str) -> int | None:
    """The index on the mainline at which these terms first entered it."""
    indexes, versions = evidence.timeline.on_main.get(number, ([], []))
    for index, version in zip(indexes, versions, strict=True):
        if evidence.blobs.digest(version.path, version.blob) == digest:
            return index
    return None


def _setters(evidence: Evidence, versions: Sequence[Version]) -> list[Commit]:
    """The commits that set terms: not those that only carry on what another commit had set.

    A merge commit that brings in what its branch had set sets nothing; one that brings in something
    else does, and so does every other commit that leaves other terms than it found.
    """
    seen: set[str | None] = set()
    setters = []
    for version in versions:
        commit = evidence.graph.commits[version.commit]
        after = evidence.blobs.digest(version.path, version.blob)
        before = evidence.blobs.digest(version.path or "-", version.before)
        carried = len(commit.parents) > 1 and after in seen
        if after != before and not carried:
            setters.append(commit)
        seen.add(after)
    return setters


def _submitters(
    evidence: Evidence, record: Record, setters: Sequence[Commit], ruling: Ruling
) -> frozenset[str]:
    people = {record.requester.lower()}
    for commit in setters:
        people.add(commit.author)
        signature = _signature(evidence, commit, ruling)
        if signature.state == "good" and not ruling.charter.is_recorder(signature.principal):
            people.add(signature.principal)
    return frozenset(people)


def _signature(evidence: Evidence, commit: Commit, ruling: Ruling) -> Signature:
    message = evidence.messages.get(commit.id)
    if message is None or not message.signed:
        return Signature("none")
    return evidence.verify(commit.id, ruling.signers)


def _judge(
    evidence: Evidence,
    commit: Commit,
    number: int,
    versions: Sequence[Version],
    submitters: frozenset[str],
    record: Record,
    ruling: Ruling,
) -> Decision:
    role = commit.trailer("Reprieve-Role") or ""
    terms = commit.trailer("Reprieve-Terms") or ""
    signature = _signature(evidence, commit, ruling)
    trust = _trust(commit, signature, ruling.charter)
    refused = (
        _malformed(commit, terms)
        or _other_terms(evidence, commit, number, terms)
        or _no_right(commit, role, record, ruling.charter, submitters)
        or _bad_signature(commit, signature, trust, ruling.charter)
    )
    message = evidence.messages.get(commit.id)
    return Decision(
        commit=commit.id,
        verdict=_VERDICTS.get(commit.trailer("Reprieve-Decision") or "", "ask"),
        person=commit.author,
        role=role,
        at=commit.at,
        terms=terms,
        trust=trust,
        note=message.body if message else "",
        refused=refused,
        ended=_ended(evidence, commit, versions, terms),
    )


def _malformed(commit: Commit, terms: str) -> str | None:
    if (commit.trailer("Reprieve-Decision") or "") not in _VERDICTS:
        return "the decision is none of approve, deny, ask"
    return None if terms else "it names no terms"


def _other_terms(evidence: Evidence, commit: Commit, number: int, terms: str) -> str | None:
    """Its own tree must hold the record with exactly these terms, in the place of an open record."""
    version = evidence.timeline.state_at(commit.id, number)
    if version is None or version.path is None or version.archived:
        return "its own commit does not hold the record"
    if evidence.blobs.digest(version.path, version.blob) != terms:
        return "it names other terms than its own commit holds"
    return None


def _no_right(
    commit: Commit, role: str, record: Record, charter: Charter, submitters: frozenset[str]
) -> str | None:
    required = charter.required_roles(record.risk, escalated=bool(record.escalation))
    if role not in required:
        return f"{role or 'no role'} does not decide on {record.risk} risk"
    if commit.author not in charter.holders(role):
        return f"{commit.author} is not {role}"
    if commit.author in submitters:
        return f"{commit.author} asked for it, or wrote its terms"
    return None


def _bad_signature(commit: Commit, signature: Signature, trust: Trust, charter: Charter) -> str | None:
    if signature.state == "bad":
        return "its signature does not fit"
    if signature.state == "good" and trust != "signed":
        return f"signed by {signature.principal}, not by its author {commit.author}"
    if charter.signatures == "required" and trust != "signed":
        return "it is not signed with a key that allowed_signers lists for its author"
    return None


def _trust(commit: Commit, signature: Signature, charter: Charter) -> Trust:
    good = signature.state == "good" and (
        signature.principal == commit.author or charter.is_recorder(signature.principal)
    )
    return "signed" if good else "claimed"


def _ended(evidence: Evidence, commit: Commit, versions: Sequence[Version], terms: str) -> dt.datetime | None:
    """The first later change of the terms, for good, even if they are changed back."""
    position = evidence.graph.position
    for version in versions:
        later = position[version.commit] > position[commit.id]
        if later and evidence.blobs.digest(version.path, version.blob) != terms:
            return evidence.graph.commits[version.commit].at
    return None
