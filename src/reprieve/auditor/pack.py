"""One exception, whole, in one archive that anybody can verify without us, the register or a network.

What it proves: each decision is a commit of which the archive holds the object, its signature, and the tree
down to the record it was made about; the digest that the decision names is that of terms that lie beside it;
the keys and the charter are those that judged. What it does not prove: that these commits are on the
protected branch of the register; for that the README names the command that asks the register.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

import msgspec

from reprieve.auditor import events as happened
from reprieve.auditor.archive import archive
from reprieve.auditor.entries import Entry, entry_of
from reprieve.auditor.objects import Held, contents, held, signed
from reprieve.auditor.provenance import Provenance, provenance
from reprieve.auditor.readme import Facts, readme
from reprieve.errors import UsageError
from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import Finding, Report
from reprieve.match.matcher import Matcher
from reprieve.match.model import Scoped
from reprieve.record.charter import charter_digest
from reprieve.record.document import MAX_SIZE, Document, parse
from reprieve.record.model import format_id
from reprieve.record.terms import terms_text
from reprieve.register import history
from reprieve.register.graph import Graph
from reprieve.register.layout import CHARTER
from reprieve.register.register import Register
from reprieve.register.signatures import verify
from reprieve.register.snapshot import Case, Ruling
from reprieve.words import Environment

Files = dict[str, bytes]

_SECRET = re.compile(rb"(secret_key[\"']?\s*:).*(?:\n[ \t]+.*)*")
"""The key and whatever follows it, on its line and on those that go on from it."""


class Proof(msgspec.Struct, frozen=True):
    """One decision, what the register made of it, and where its proof lies in the archive."""

    commit: str
    at: dt.datetime
    verdict: str
    person: str
    role: str
    terms: str
    trust: str
    counts: bool
    why_not: str
    note: str
    signature: Literal["good", "unknown", "bad", "none"]
    """What git said of it, with the keys in `charter/allowed_signers`."""
    principal: str
    """Whose key it is, by those keys; empty unless it is good."""
    files: tuple[str, ...]


class Covered(msgspec.Struct, frozen=True):
    """One report that was looked at for what the record covers."""

    source: str
    findings: int
    covered: tuple[CoveredFinding, ...]


class CoveredFinding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One finding that the record's scope covers."""

    fingerprint: str
    type: str
    check: str
    severity: str
    message: str
    cluster: str | None = None
    namespace: str | None = None
    resource: str | None = None
    path: str | None = None
    image: str | None = None
    package: str | None = None


class Manifest(msgspec.Struct, frozen=True):
    """`exception.json`: the exception at the date, and what the archive was made from."""

    version: int
    now: dt.datetime
    exception: Entry
    provenance: Provenance


def pack(
    register: Register,
    number: int,
    now: dt.datetime,
    reports: Sequence[Report] = (),
    *,
    environment: Environment | None = None,
) -> bytes:
    """The archive of one exception, a ZIP file.

    Args:
        register: opened, as of `now` where that is a past moment.
        number: the number of the exception's id.
        now: the moment it is looked at (aware).
        reports: scanners' reports, to list the findings that its scope covers.
        environment: of every finding; by the charter's map of clusters when None.

    Errors: `UsageError` for an id that the register does not hold; `RegisterError` when git fails.
    """
    case = _case(register, number)
    graph = register.graph()
    standing = register.snapshot.standing(case, now)
    content = _content(register, case)
    entry = entry_of(register, case, standing, now, content)
    ruling = register.snapshot.rulings[case.charter]
    events = [event for event in happened.events(register, now) if event.id == format_id(number)]
    commits = _commits(graph, case, [event.commit for event in events], ruling)
    proofs, files = _objects(register, graph, case, commits, ruling)
    files |= {
        "exception.json": _json(Manifest(1, now, entry, provenance(register, now, graph))),
        "history.json": _json(events),
        "decisions.json": _json(proofs),
        "evidence.json": _json(_evidence(entry)),
        **({"record.md": content} if content else {}),
        **_charter(register, graph, ruling),
        **_findings(case, register, reports, environment),
    }
    has_terms = any(name.startswith("terms/") for name in files)
    has_charter = "charter/charter.yaml" in files
    facts = Facts(register.commit, now, ruling, len(commits), has_terms, has_charter)
    files["README.md"] = readme(entry, proofs, facts)
    return archive(entry.id, files)


def _case(register: Register, number: int) -> Case:
    merged, proposed = register.snapshot.find(number)
    if merged is None and not proposed:
        raise UsageError(
            f"the register holds no {format_id(number)}", hint="`reprieve list` shows what it holds"
        )
    return merged or proposed[-1]


def _content(register: Register, case: Case) -> bytes:
    return register.git.blobs([case.blob], MAX_SIZE)[case.blob] if case.blob else b""


def _commits(graph: Graph, case: Case, found: Iterable[str], ruling: Ruling) -> list[str]:
    """Every commit that says something about the record, parents first."""
    wanted = {*found, *(decision.commit for decision in case.facts.decisions)}
    wanted |= {case.facts.final.commit} if case.facts.final else set()
    wanted |= {ruling.commit}
    wanted |= {
        name
        for name, changes in graph.changes.items()
        if case.blob and any((change.path, change.new) == (case.path, case.blob) for change in changes)
    }
    return sorted((name for name in wanted if name in graph.commits), key=graph.position.__getitem__)


def _objects(
    register: Register, graph: Graph, case: Case, commits: Sequence[str], ruling: Ruling
) -> tuple[list[Proof], Files]:
    """The raw commits with their signatures, the trees below them, the record's versions, and their terms."""
    git, files = register.git, Files()
    raw = contents(git, commits)
    files |= {f"commits/{name}.commit": content for name, content in raw.items()}
    for name, content in raw.items():
        parts = signed(content)
        if parts:
            files[f"commits/{name}.payload"] = parts.payload
            files[f"commits/{name}.sig"] = parts.signature
    states = {name: held(git, graph.commits[name].tree, case.number) for name in commits}
    every = [state for found in states.values() for state in found]
    files |= {f"objects/{t}.tree": c for t, c in contents(git, (t for s in every for t in s.trees)).items()}
    blobs = git.blobs(sorted({state.blob for state in every}), MAX_SIZE)
    files |= {f"objects/{name}.blob": content for name, content in blobs.items()}
    files |= _versions(graph, states, blobs)
    return _proofs(register, case, ruling, files), files


def _versions(graph: Graph, states: Mapping[str, Sequence[Held]], blobs: Mapping[str, bytes]) -> Files:
    """The record at each version of its terms, by when it came to be; and what each digest is made of."""
    files, seen = Files(), set[str]()
    for name, found in states.items():
        for state in found:
            parsed = parse(state.path, blobs[state.blob])
            if not isinstance(parsed, Document) or parsed.digest in seen:
                continue
            seen.add(parsed.digest)
            day = f"{graph.commits[name].at:%Y-%m-%d}"
            files[f"versions/{len(seen):02d}-{day}-{name[:10]}.md"] = blobs[state.blob]
            digest = parsed.digest.removeprefix("sha256:")
            files[f"terms/{digest}.txt"] = terms_text(parsed.data, parsed.body)
    return files


def _proofs(register: Register, case: Case, ruling: Ruling, files: Mapping[str, bytes]) -> list[Proof]:
    decisions = case.facts.decisions
    checkable = [d.commit for d in decisions if f"commits/{d.commit}.sig" in files and ruling.signers.strip()]
    found = verify(register.git, checkable, ruling.signers)
    proofs = []
    for decision in decisions:
        signature = found.get(decision.commit)
        is_signed = f"commits/{decision.commit}.sig" in files
        digest = decision.terms.removeprefix("sha256:")
        wanted = [f"commits/{decision.commit}.{kind}" for kind in ("commit", "payload", "sig")]
        proofs.append(
            Proof(
                commit=decision.commit,
                at=decision.at,
                verdict=decision.verdict,
                person=decision.person,
                role=decision.role,
                terms=decision.terms,
                trust=decision.trust,
                counts=decision.stands,
                why_not=decision.refused or history.fate(None, decision.ended),
                note=decision.note,
                signature=signature.state if signature else "unknown" if is_signed else "none",
                principal=signature.principal if signature and signature.state == "good" else "",
                files=tuple(name for name in [*wanted, f"terms/{digest}.txt"] if name in files),
            )
        )
    return sorted(proofs, key=lambda proof: (proof.at, proof.commit))


def _charter(register: Register, graph: Graph, ruling: Ruling) -> Files:
    """The charter that judges it and the keys beside it, found by their digest among all there ever were.

    A charter with a `secret_key` stays where it is: that key must not leave with an archive.
    """
    blobs = {change.new for changes in graph.changes.values() for change in changes if change.path == CHARTER}
    for content in register.git.blobs(sorted(blob for blob in blobs if blob), MAX_SIZE).values():
        if charter_digest(content, ruling.signers) == ruling.digest:
            named = "charter.yaml" if ruling.charter.secret_key is None else "charter-without-key.yaml"
            kept = _SECRET.sub(rb"\1 withheld", content) if ruling.charter.secret_key else content
            return {f"charter/{named}": kept, "charter/allowed_signers": ruling.signers}
    return {"charter/allowed_signers": ruling.signers}


def _evidence(entry: Entry) -> dict[str, Any]:
    plan = entry.remediation
    return {
        "controls": [
            {
                "id": control.id,
                "kind": control.kind,
                "description": control.description,
                "implemented": control.implemented or None,
                "evidence": control.evidence or None,
            }
            for control in entry.controls
        ],
        "tickets": plan.tickets if plan else (),
        "progress": plan.progress if plan else (),
        "incidents": entry.incidents,
    }


def _findings(
    case: Case, register: Register, reports: Sequence[Report], environment: Environment | None
) -> Files:
    """What the scope covers in reports, whatever the record's status."""
    if not reports or case.record is None:
        return {}
    record, charter = case.record, register.snapshot.charter_of(case)
    matcher = Matcher([Scoped.of(record)], (lambda _: environment) if environment else charter.environment_of)
    found = []
    for report in reports:
        prints = fingerprints(report.findings)
        outcomes = matcher.outcomes(report.findings, prints)
        covered = tuple(
            _covered(finding, name)
            for finding, name, outcome in zip(report.findings, prints, outcomes, strict=True)
            if case.id in outcome.covering
        )
        found.append(Covered(report.source, len(report.findings), covered))
    return {"findings.json": _json(found)}


def _covered(finding: Finding, fingerprint: str) -> CoveredFinding:
    names = CoveredFinding.__struct_fields__[1:]
    return CoveredFinding(fingerprint, **{name: getattr(finding, name) for name in names})


def _json(value: Any) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n"
