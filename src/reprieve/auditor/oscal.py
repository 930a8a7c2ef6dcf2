"""The report as an OSCAL plan of action and milestones (NIST OSCAL 1.2, POA&M model, JSON).

Each record is one risk with one item of the plan. OSCAL calls an approved exception `deviation-approved`, and
counts the risk as still there; `open` is what nothing stands behind any more, `closed` what was remediated.
Identifiers are version 5 UUIDs of what they name within this register, so that two reports on one register
agree about them.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping

import msgspec

from reprieve.auditor.entries import Entry, Signed
from reprieve.auditor.oscal_parts import NS, Json, end_of, href, line, link, only, party, prop, stamp
from reprieve.auditor.report import Report
from reprieve.auditor.words import control_words, minute, scope_words
from reprieve.errors import ReprieveError
from reprieve.record.lifecycle import Status
from reprieve.record.scope import values_of
from reprieve.report.text import clean

OSCAL_VERSION = "1.2.1"

STATUS: Mapping[Status, str] = {
    "requested": "deviation-requested",
    "in-review": "deviation-requested",
    "void": "deviation-requested",
    "approved": "deviation-approved",
    "active": "deviation-approved",
    "expired": "open",
    "denied": "open",
    "revoked": "open",
    "invalid": "open",
    "closed": "open",
}
"""`closed` is the record's end, not the risk's: see `_status`."""
RESOLVED = frozenset({"remediated", "not-needed", "superseded"})
"""Reasons of closing after which this risk is no more, or goes on as that of another record."""
_DECIDED = {"approve": "dr-approved", "deny": "dr-rejected", "ask": "dr-updated"}
_ASSERTED = {"deviation-requested": "pending", "deviation-approved": "approved"}


def oscal(report: Report) -> bytes:
    """The document. Errors: `ReprieveError` for a register without a record, of which there is no plan."""
    plan = _Plan(report).document()
    return msgspec.json.format(msgspec.json.encode(plan), indent=2) + b"\n"


class _Plan:
    def __init__(self, report: Report) -> None:
        self._report = report
        # The first commit is the same in every clone, and another register's is another.
        self._base = uuid.uuid5(uuid.NAMESPACE_URL, f"{NS}:{report.provenance.root}")
        self._people: dict[str, str] = {}
        self._roles: dict[str, str] = {"requester": "Requester", "owner": "Owner"}
        self._controls = _impacted(report)

    def document(self) -> Json:
        entries = self._report.detailed
        if not entries:
            raise ReprieveError(
                "there is no record to plan for, and OSCAL has no empty plan",
                hint="--format json says so for machines; or choose another date or period",
            )
        risks = [self._risk(entry) for entry in entries]
        return {
            "plan-of-action-and-milestones": {
                "uuid": self._id("plan", self._report.provenance.commit, str(self._report.now), self._period),
                "metadata": self._metadata(),
                "system-id": {"identifier-type": "http://ietf.org/rfc/rfc4122", "id": str(self._base)},
                "observations": [self._observation(entry) for entry in entries],
                "risks": risks,
                "poam-items": [self._item(entry) for entry in entries],
            }
        }

    @property
    def _period(self) -> str:
        return str(self._report.period)

    def _id(self, *names: str) -> str:
        return str(uuid.uuid5(self._base, "/".join(names)))

    def _key(self, entry: Entry) -> str:
        """What tells a record on the protected branch from what a branch asks for of the same id."""
        return entry.id if entry.branch is None else f"{entry.id}@{entry.branch}"

    def _metadata(self) -> Json:
        """After everything else: by then it is known who is named in which role."""
        source = self._report.provenance
        return {
            "title": "Security exceptions: plan of action and milestones",
            "last-modified": stamp(self._report.now),
            "version": source.commit,
            "oscal-version": OSCAL_VERSION,
            "props": [
                prop("charter", source.charter.digest),
                prop("period", self._period),
                prop("branch", source.ref),
                prop("commits", str(source.commits)),
                prop("invalid-records", str(source.invalid)),
                prop("trust", source.trust),
            ],
            "roles": [{"id": name, "title": title} for name, title in sorted(self._roles.items())],
            "parties": [
                party(identity, name)
                for name, identity in sorted(self._people.items(), key=lambda pair: pair[0])
            ],
        }

    def _party_id(self, name: str) -> str:
        """The party of an e-mail address or of a team, listed from now on."""
        name = clean(name).lower() or "unknown"
        return self._people.setdefault(name, self._id("party", name))

    def _role_id(self, role: str) -> str:
        """A role as an OSCAL token; what no token can name is `unknown-role`."""
        good = bool(role) and role.isascii() and role[0].isalpha() and role.replace("-", "").isalnum()
        name = role if good else "unknown-role"
        self._roles.setdefault(name, name)
        return name

    def _observation(self, entry: Entry) -> Json:
        checks = dict.fromkeys(check for part in entry.scope for check in values_of(part, "checks"))
        evidence = [
            only({"href": href(control.evidence), "description": line(control_words(control))})
            for control in entry.controls
            if control.evidence
        ]
        scope = " | ".join(map(scope_words, entry.scope))
        return only(
            {
                "uuid": self._id("observation", self._key(entry)),
                "title": line(f"Scope of {entry.id}"),
                "description": line(scope or "The record cannot be read."),
                "props": [prop("check", check) for check in checks],
                "methods": ["EXAMINE"],
                "types": ["finding"],
                "relevant-evidence": evidence,
                "collected": stamp(entry.added),
            }
        )

    def _risk(self, entry: Entry) -> Json:
        status = _status(entry)
        return only(
            {
                "uuid": self._id("risk", self._key(entry)),
                "title": line(entry.summary or f"{entry.id}: a record that cannot be read"),
                "description": line(entry.prose.get("Justification") or entry.summary or entry.why),
                "statement": line(entry.prose.get("Risk assessment") or "Not stated."),
                "props": [*_risk_props(entry, status), *self._impact(entry)],
                "status": status,
                "origins": [self._origin(entry)],
                "mitigating-factors": [
                    self._factor(entry, number)
                    for number, control in enumerate(entry.controls)
                    if control.implemented
                ],
                "deadline": stamp(end_of(entry.expires)) if entry.expires else None,
                "remediations": [self._remediation(entry)] if entry.remediation else [],
                "risk-log": {"entries": list(self._log(entry, status))},
                "related-observations": [{"observation-uuid": self._id("observation", self._key(entry))}],
            }
        )

    def _impact(self, entry: Entry) -> Iterator[Json]:
        yield from (prop("impacted-control", control) for control in self._controls.get(entry.id, ()))

    def _origin(self, entry: Entry) -> Json:
        party = self._party_id(entry.requester or (entry.submitters or ("unknown",))[0])
        return {"actors": [{"type": "party", "actor-uuid": party, "role-id": "requester"}]}

    def _factor(self, entry: Entry, number: int) -> Json:
        control = entry.controls[number]
        return only(
            {
                "uuid": self._id("factor", self._key(entry), str(number), control.id),
                "description": line(control.description),
                "props": [
                    prop("control-id", control.id),
                    prop("control-kind", control.kind),
                    prop("implemented", str(control.implemented)),
                ],
                "links": [link(control.evidence)] if control.evidence and href(control.evidence) else [],
            }
        )

    def _remediation(self, entry: Entry) -> Json:
        plan = entry.remediation
        assert plan is not None  # noqa: S101  (checked by the caller)
        missing = [control for control in entry.controls if not control.implemented]
        return only(
            {
                "uuid": self._id("remediation", self._key(entry)),
                "lifecycle": "planned",
                "title": line(f"Remediation of {entry.id}"),
                "description": line(entry.prose.get("Remediation plan") or "Not stated."),
                "props": [prop("control-to-implement", control.id) for control in missing],
                "links": [link(ticket) for ticket in plan.tickets if href(ticket)],
                "tasks": [
                    {
                        "uuid": self._id("task", self._key(entry)),
                        "type": "milestone",
                        "title": "Remediation target",
                        "timing": {"on-date": {"date": stamp(end_of(plan.target) - _SECOND)}},
                        "responsible-roles": [
                            {"role-id": "owner", "party-uuids": [self._party_id(entry.owner or "unknown")]}
                        ],
                    }
                ],
            }
        )

    def _log(self, entry: Entry, status: str) -> Iterator[Json]:
        """Asked, decided on, ended: each once, as it happened."""
        who = entry.requester or (entry.submitters or ("unknown",))[0]
        yield self._logged(
            entry,
            "asked",
            "Requested",
            entry.asked,
            (who, "requester"),
            {"type": "dr-submission", "status-change": "deviation-requested"},
        )
        for decision in sorted(entry.decisions, key=lambda decision: decision.at):
            yield self._decided(entry, decision)
        if entry.ended:
            end = entry.revoked or entry.closed
            by = end.by if end else "unknown"
            title = f"{entry.status.capitalize()}: {entry.why}" if entry.why else entry.status.capitalize()
            yield self._logged(entry, "ended", title, entry.ended, (by, ""), {"status-change": status})

    def _decided(self, entry: Entry, decision: Signed) -> Json:
        said = {"approve": "Approved", "deny": "Denied", "ask": "Asked"}[decision.verdict]
        facts: Json = {"remarks": f"Does not count: {decision.why_not}"}
        if decision.counts:
            facts = {"type": _DECIDED[decision.verdict]}
            if decision.verdict == "deny":
                facts["status-change"] = "open"
            elif decision.verdict == "approve" and decision.at == entry.decided:
                facts["status-change"] = "deviation-approved"
        props = [
            prop("commit", decision.commit),
            prop("trust", decision.trust),
            prop("counts", str(decision.counts).lower()),
        ]
        names = (decision.person, decision.role)
        note = {"description": decision.note} if decision.note else {}
        return self._logged(entry, decision.commit, said, decision.at, names, {**facts, **note}, props)

    def _logged(
        self,
        entry: Entry,
        what: str,
        title: str,
        at: dt.datetime,
        who: tuple[str, str],
        facts: Json,
        props: Iterable[Json] = (),
    ) -> Json:
        person, role = who
        by = only({"party-uuid": self._party_id(person), "role-id": self._role_id(role) if role else None})
        kind = [{"name": "type", "value": facts["type"]}] if "type" in facts else []
        return only(
            {
                "uuid": self._id("log", self._key(entry), what),
                "title": line(title),
                "description": line(facts.get("description", "")),
                "start": stamp(at),
                "props": [*kind, *props],
                "logged-by": [by],
                "status-change": facts.get("status-change"),
                "remarks": line(facts.get("remarks", "")),
            }
        )

    def _item(self, entry: Entry) -> Json:
        return only(
            {
                "uuid": self._id("item", self._key(entry)),
                "title": line(f"{entry.id}: {entry.summary or 'a record that cannot be read'}"),
                "description": line(entry.prose.get("Remediation plan") or entry.summary or entry.why),
                "props": [
                    prop("exception", entry.id),
                    prop("status", entry.status),
                    prop("path", entry.path),
                    *([prop("branch", entry.branch)] if entry.branch else []),
                ],
                "related-observations": [{"observation-uuid": self._id("observation", self._key(entry))}],
                "related-risks": [{"risk-uuid": self._id("risk", self._key(entry))}],
                "remarks": line("; ".join(problem.message for problem in entry.problems)),
            }
        )


_SECOND = dt.timedelta(seconds=1)


def _status(entry: Entry) -> str:
    if entry.status == "closed" and entry.closed and entry.closed.reason in RESOLVED:
        return "closed"
    return STATUS[entry.status]


def _risk_props(entry: Entry, status: str) -> Iterator[Json]:
    """What OSCAL names for risks, then what it does not."""
    if status in _ASSERTED:
        name = "false-positive" if entry.reason == "false-positive" else "accepted"
        yield {"name": name, "value": _ASSERTED[status]}
    said = {
        "exception": entry.id,
        "status": entry.status,
        "risk": entry.risk,
        "environment": entry.environment,
        "reason": entry.reason,
        "owner": entry.owner,
        "terms": entry.terms,
        "charter": entry.charter,
        "trust": entry.trust,
        "renews": entry.renews,
    }
    yield from (prop(name, value) for name, value in said.items() if value)
    if entry.due:
        yield prop("review-due", minute(entry.due))


def _impacted(report: Report) -> dict[str, list[str]]:
    """Id -> the NIST 800-53 controls that its scope touches."""
    found: dict[str, list[str]] = {}
    for framework in report.frameworks:
        if framework.framework == "nist-800-53":
            for control in framework.controls:
                for identifier in (*control.active, *control.others):
                    found.setdefault(identifier, []).append(control.control.lower())
    return found
