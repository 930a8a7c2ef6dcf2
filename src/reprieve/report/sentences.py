"""What the outputs for people say: the same words in the table, in a comment and in an annotation.

Everything returned is clean text (`report.text`), on one line.
"""

from __future__ import annotations

import datetime as dt

from reprieve.findings.model import Fault
from reprieve.match.model import Outcome
from reprieve.record.lifecycle import DISPOSITION, Trust
from reprieve.report.text import amount, clean, enumeration, joined
from reprieve.verdict import Covered, Exempting, Verdict

TRUST: dict[Trust, str] = {
    "signed": "decisions are signed",
    "claimed": "decisions are not signed, so their authors are claims",
    "merged": "whatever the protected branch holds counts as approved",
}


def headline(verdict: Verdict) -> str:
    """What decides: `3 open, 1 expired and 1 pending at low severity or above`."""
    summary = verdict.summary
    numbers = {"open": summary.open, "expired": summary.expired, "pending": summary.pending}
    counts = [f"{number:,} {name}" for name, number in numbers.items() if number]
    what = enumeration(counts) or "nothing open, expired or pending"
    unseen = f"{len(verdict.faults):,} not scanned; " if verdict.faults else ""
    return f"{unseen}{what} at {verdict.fail_on} severity or above"


def remainder(verdict: Verdict) -> list[str]:
    """What does not decide: `312 excepted`, `1,204 passed`; without the zeros."""
    summary = verdict.summary
    numbers = {
        "excepted": summary.excepted - summary.exempted,
        "excepted by Rego": summary.exempted,
        "below the threshold": summary.below_threshold,
        "suppressed by scanners": summary.native_suppressed,
        "passed": summary.passed,
    }
    return [f"{number:,} {name}" for name, number in numbers.items() if number]


def simulation(verdict: Verdict) -> str:
    """The warning of a simulated verdict; empty for a real one."""
    if not verdict.simulated:
        return ""
    return f"As of {moment(verdict.now)}: not a verdict about the present."


def register_line(verdict: Verdict) -> str:
    """`main @ 3f9a2c1, 5 hours old, trust: signed`; `none: no record covers anything` without one."""
    register = verdict.register
    if register is None:
        return "none in play: no record covers anything"
    where = clean(f"{register.ref} @ {register.commit[:7]}")
    return f"{where}, {_age(register.age_hours)}, trust: {register.trust}"


def trust_line(verdict: Verdict) -> str:
    """What the decisions are worth; empty without a register."""
    return TRUST[verdict.register.trust] if verdict.register else ""


def moment(time: dt.datetime) -> str:
    """`2026-11-23 17:00 UTC`."""
    return f"{time.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"


def expiry(covered: Covered) -> str:
    """`expires in 12 days`, `expires today`, `expired 1 day ago`."""
    days = covered.expires_in_days
    if days < 0:
        return f"expired {amount(-days, 'day')} ago"
    return f"expires in {amount(days, 'day')}" if days else "expires today"


def standing(covered: Covered, now: dt.datetime) -> str:
    """Why this exception does, or does not, cover its findings now; begins with its id."""
    identifier = clean(covered.id)
    match DISPOSITION[covered.status]:
        case "expired":
            last_day = now.astimezone(dt.UTC).date() + dt.timedelta(days=covered.expires_in_days)
            return f"{identifier} {expiry(covered)}, on {last_day}"
        case "pending":
            return f"{identifier} is {covered.status.replace('-', ' ')}{_wait(covered, now)}"
        case _:
            return f"{identifier} is {covered.status}, {expiry(covered)}"


def objection(verdict: Verdict, index: int) -> str:
    """Why what seems to cover a finding does not; empty when nothing seems to."""
    finding, outcome = verdict.findings[index], verdict.outcomes[index]
    if outcome.voided_by:
        identifier, _, reason = clean(outcome.voided_by).partition(": ")
        return f"{identifier} does not cover it: {reason}"
    if outcome.disposition != "excepted" and finding.policy and finding.policy.exemptions:
        first = finding.policy.exemptions[0]
        return clean(f"exempted at {first.path}:{first.line}, which does not hold for it")
    if finding.suppressed is not None and not verdict.native(finding):
        reason = clean(finding.suppressed)
        return f"suppressed by its scanner, refused by the charter{': ' if reason else ''}{reason}"
    return ""


def explanation(verdict: Verdict, index: int, exceptions: dict[str, Covered]) -> str:
    """Why a failing finding fails although an exception has to do with it; empty for a plain one."""
    identifier = verdict.outcomes[index].exception
    covered = exceptions.get(identifier) if identifier else None
    deciding = standing(covered, verdict.now) if covered else clean(identifier or "")
    return joined((deciding, objection(verdict, index)), "; ")


def exempting(one: Exempting) -> str:
    """What an exception in Rego did: `excepts 3 findings`, `matches nothing`."""
    unknown = f"; there is no {clean(enumeration(one.unknown))}" if one.unknown else ""
    match one.state:
        case "ignored":
            said = "ignored: it cites no active record"
        case "failing" if one.excepted:
            said = f"excepts {amount(one.excepted, 'finding')}, still failing"
        case "failing":
            said = "excepts nothing: its record does not cover what it names"
        case "passing":
            said = "what it excepts passes now: remove it"
        case _:
            said = "matches nothing"
    return said + unknown


def exempted_by(outcome: Outcome) -> str:
    """`exempted by policy/exceptions.rego:12, for EXC-007`."""
    path, line = outcome.place or ("", 0)
    return clean(f"exempted by {path}:{line}" + (f", for {outcome.exception}" if outcome.exception else ""))


def exemption_place(one: Exempting) -> str:
    """`policy/exceptions.rego:12`."""
    return clean(f"{one.exemption.path}:{one.exemption.line}")


def fault(one: Fault) -> str:
    """What could not be looked at, and why: `deploy/app.yaml:3:7: not YAML: …`."""
    place = ":".join(str(part) for part in (one.path, one.line, one.column) if part is not None)
    rule = f" ({one.rule})" if one.rule else ""
    times = f", {one.count:,} times" if one.count > 1 else ""
    return clean(f"{place}: {one.message}{rule}{times}")


def _wait(covered: Covered, now: dt.datetime) -> str:
    if not covered.missing:
        return f": {clean(covered.reason)}" if covered.reason else ""
    roles = clean(enumeration(covered.missing))
    if covered.due is None:
        return f", waits for {roles}"
    due = f"by {moment(covered.due)}" if covered.due >= now else f"overdue since {moment(covered.due)}"
    return f", waits for {roles}, {due}"


def _age(hours: int) -> str:
    if hours < 1:
        return "less than an hour old"
    return f"{amount(hours, 'hour')} old" if hours < 48 else f"{amount(hours // 24, 'day')} old"
