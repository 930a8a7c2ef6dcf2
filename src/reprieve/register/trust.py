"""From history to facts: whose decisions count, for which terms, and what is final (design section 4).

Pure: everything it needs is in the timeline, the blobs and a function that verifies a signature.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

import msgspec

from reprieve.record.charter import Charter
from reprieve.record.document import Document
from reprieve.record.lifecycle import Count, Decision, Facts, Final, Trust, Verdict
from reprieve.record.model import Record, id_number
from reprieve.register.graph import Commit, Graph
from reprieve.register.signatures import Messages, Signature
from reprieve.register.snapshot import Ruling
from reprieve.register.timeline import Blobs, Timeline, Version

_CLOCK_SKEW = 24 * 3600
"""Seconds by which the clocks of two people may differ."""

_VERDICTS: dict[str, Verdict] = {"approve": "approve", "deny": "deny", "ask": "ask"}
_COUNT = re.compile(r"[1-9][0-9]{0,8}")
"""A number of findings: none at all says nothing about what a record covers."""
_SAFETY: dict[Verdict, int] = {"approve": 0, "ask": 1, "deny": 2}
"""Which of two decisions side by side counts: the higher."""


class Evidence(msgspec.Struct, frozen=True):
    """All that judging one register needs, read once."""

    graph: Graph
    timeline: Timeline
    blobs: Blobs
    messages: Mapping[str, Messages]
    verify: Callable[[str, bytes], Signature]
    finals: Mapping[int, Final]
    """What ended an id, by its number."""
    ruling_at: Callable[[str], Ruling | None]
    """The charter in force when a commit became part of the protected branch; None before that."""
    decisions: Mapping[int, Sequence[Commit]]
    """Commits that decide on, or answer about, the record of a number; parents first."""


class _About(msgspec.Struct, frozen=True):
    """The record that decisions are about, and what its history says."""

    number: int
    document: Document
    versions: Sequence[Version]
    submitters: frozenset[str]
    ruling: Ruling
    setters: Sequence[Commit]
    unsigned: str | None
    """As in `Facts`."""


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
    unsigned = _unsigned(evidence, document.digest, versions, setters, ruling)
    about = _About(number, document, versions, submitters, ruling, setters, unsigned)
    decisions = [
        _judge(evidence, commit, about)
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
        unsigned=unsigned,
        asked_for=_asked_for(setters),
        decisions=tuple(_latest_last(evidence.graph, decisions)),
        answers=tuple(answers),
        final=final,
    )


def _asked_for(setters: Sequence[Commit]) -> Count | None:
    number = _covers(setters[-1]) if setters else None
    return None if number is None else Count(number, setters[-1].author)


def _covers(commit: Commit) -> int | None:
    """How many findings its author counted; None for what is no number, which is the same as none given."""
    text = commit.trailer("Reprieve-Covers") or ""
    return int(text) if _COUNT.fullmatch(text) else None


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


def _unsigned(
    evidence: Evidence, digest: str, versions: Sequence[Version], setters: Sequence[Commit], ruling: Ruling
) -> str | None:
    """The last commit that set these terms, when signatures are required and none that set them has one.

    Any one is enough: who signs a commit that sets the terms has vouched for the whole of them.
    """
    if ruling.charter.signatures != "required":
        return None
    setting = {commit.id for commit in setters}
    own = [
        evidence.graph.commits[version.commit]
        for version in versions
        if version.commit in setting and evidence.blobs.digest(version.path, version.blob) == digest
    ]
    signed = (_trust(commit, _signature(evidence, commit, ruling), ruling.charter) for commit in own)
    if "signed" in signed:
        return None
    return own[-1].id if own else versions[-1].commit


def _signature(evidence: Evidence, commit: Commit, ruling: Ruling) -> Signature:
    message = evidence.messages.get(commit.id)
    if message is None or message.signature == "none":
        return Signature("none")
    if message.signature == "other":
        return Signature("unknown")
    return evidence.verify(commit.id, ruling.signers)


def _latest_last(graph: Graph, decisions: Sequence[Decision]) -> list[Decision]:
    """The decisions, parents first; of those of one person in one role that stand, the one that counts last.

    That is the one which no other comes after in history. Where several have none after them, because they
    were made side by side, the safest of them counts, whatever their dates: dates are claims.
    """
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, decision in enumerate(decisions):
        if decision.stands:
            places[decision.person, decision.role].append(place)
    ordered = list(decisions)
    for own in places.values():
        if len(own) < 2:
            continue
        group = [decisions[place] for place in own]
        former = graph.behind([decision.commit for decision in group])
        last = max(
            (decision for decision in group if decision.commit not in former),
            key=lambda decision: (_safety(decision), decision.at, decision.commit),
        )
        kept = [decision for decision in group if decision is not last]
        for place, decision in zip(own, [*kept, last], strict=True):
            ordered[place] = decision
    return ordered


def _safety(decision: Decision) -> tuple[int, float]:
    """Of two approvals the one that counts more findings, or does not say how many, is the safer."""
    return _SAFETY[decision.verdict], float("inf") if decision.covers is None else decision.covers


def _judge(evidence: Evidence, commit: Commit, about: _About) -> Decision:
    role = commit.trailer("Reprieve-Role") or ""
    terms = commit.trailer("Reprieve-Terms") or ""
    charter = about.ruling.charter
    signature = _signature(evidence, commit, about.ruling)
    trust = _trust(commit, signature, charter)
    version = evidence.timeline.state_at(commit.id, about.number)
    held = evidence.blobs.document(version) if version else None
    refused = (
        _malformed(commit, terms)
        or _other_terms(version, held, terms)
        or _too_early(evidence, commit, version)
        or _no_right(commit, role, held.record if held else about.document.record, charter, about.submitters)
        or _lost_role(commit, role, evidence.ruling_at(commit.id))
        or _bad_signature(commit, signature, trust, charter)
        or _unsigned_terms(commit, about, terms)
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
        ended=_ended(evidence, commit, about, terms),
        covers=_covers(commit),
    )


def _malformed(commit: Commit, terms: str) -> str | None:
    if (commit.trailer("Reprieve-Decision") or "") not in _VERDICTS:
        return "the decision is none of approve, deny, ask"
    return None if terms else "it names no terms"


def _other_terms(version: Version | None, held: Document | None, terms: str) -> str | None:
    """Its own tree must hold the record with exactly these terms, in the place of an open record."""
    if version is None or held is None or version.archived:
        return "its own commit does not hold the record"
    return None if held.digest == terms else "it names other terms than its own commit holds"


def _too_early(evidence: Evidence, commit: Commit, version: Version | None) -> str | None:
    """Who finds a key that has expired can date a decision back, but not what it decides on."""
    if version is None:
        return None
    since = evidence.graph.commits[version.commit].time - commit.time
    return "it is dated before the terms that it decides on" if since > _CLOCK_SKEW else None


def _lost_role(commit: Commit, role: str, then: Ruling | None) -> str | None:
    """A role that was taken away does not decide any more, not even on what was merged before."""
    if then is None or commit.author in then.charter.holders(role):
        return None
    return f"{commit.author} was not {role} any more"


def _no_right(
    commit: Commit, role: str, record: Record, charter: Charter, submitters: frozenset[str]
) -> str | None:
    if role not in charter.deciding_roles(record.risk, escalated=bool(record.escalation)):
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


def _unsigned_terms(commit: Commit, about: _About, terms: str) -> str | None:
    """Whoever approves could have set the terms, in another's name."""
    if about.unsigned is None or terms != about.document.digest:
        return None
    approves = commit.trailer("Reprieve-Decision") == "approve"
    return f"its terms were set by an unsigned commit ({about.unsigned[:10]})" if approves else None


def _trust(commit: Commit, signature: Signature, charter: Charter) -> Trust:
    good = signature.state == "good" and (
        signature.principal == commit.author or charter.is_recorder(signature.principal)
    )
    return "signed" if good else "claimed"


def _ended(evidence: Evidence, commit: Commit, about: _About, terms: str) -> dt.datetime | None:
    """The first later change of the terms, for good, even if they are changed back.

    Terms that came in beside the decision, through a merge, end it as well: what counts in the end is
    that it names the terms that the record has.
    """
    for version in about.versions:
        unseen = not evidence.graph.is_ancestor(version.commit, commit.id)
        if unseen and evidence.blobs.digest(version.path, version.blob) != terms:
            return evidence.graph.commits[version.commit].at
    if terms != about.document.digest:
        return max((setter.at for setter in about.setters), default=commit.at)
    return None
