"""`.gitleaksignore`, made from a report of Gitleaks'.

Source: gitleaks/gitleaks `detect/detect.go`, `README.md`. A line is a fingerprint, `commit:file:rule:line` or
`file:rule:line`. The second also holds in every commit, for whatever secret is at that line by then. So it
is written only where the record goes by rule and path; and either only when all that the report has under
it is excepted.
"""

from __future__ import annotations

import msgspec

from reprieve.export.concrete import Excepted, excepted
from reprieve.export.interface import Format, Given, Job, Left, Written
from reprieve.export.texts import lines_text

NAME = "gitleaks"


class _Leak(msgspec.Struct, rename="pascal", gc=False):
    rule_id: str = msgspec.field(name="RuleID")
    file: str
    start_line: int = 0
    commit: str | None = None


def _write(job: Job) -> Written:
    leaks = {id(report): _leaks(report) for report in job.reports}
    found: dict[str, list[Excepted]] = {}
    named: dict[str, bool] = {}
    unread: list[Left] = []
    for one in excepted(job):
        of_report = leaks[id(one.report)]
        if of_report:
            leak = of_report[one.number]
            found.setdefault(_fingerprint(leak), []).append(one)
            named[_fingerprint(leak)] = (
                leak.file.isprintable() and ":" not in leak.file and leak.file[:1] != "#"
            )
        elif one.entries:
            reason = "a report of Gitleaks before version 8 has no fingerprints"
            unread += [entry.left(reason, f"{one.finding.path}") for entry in one.entries]
    lines: list[str] = []
    written = 0
    for fingerprint, ones in sorted(found.items()):
        covered = [one for one in ones if one.entries]
        if not covered:
            continue
        refusal = _refusal(fingerprint, ones) if named[fingerprint] else "a name the format cannot hold"
        if refusal:
            unread += [entry.left(refusal, fingerprint) for one in covered for entry in one.entries]
            continue
        written += len(ones)
        notes = dict.fromkeys(one.note for one in ones)
        lines += [*(f"# {note}" for note in notes), fingerprint]
    return Written({"": lines_text(NAME, lines)}, written, tuple(dict.fromkeys(unread)))


def _refusal(fingerprint: str, ones: list[Excepted]) -> str | None:
    """Why a fingerprint would silence more than what is excepted; None when it would not."""
    if not all(one.entries for one in ones):
        return "another secret has the same fingerprint, and is not excepted"
    has_commit = fingerprint.count(":") > 2
    if not has_commit and not all(any(not entry.scope.fingerprints for entry in one.entries) for one in ones):
        return "acts on any secret in this line, and the record is about one: scan the history for its commit"
    return None


def _fingerprint(leak: _Leak) -> str:
    place = f"{leak.file}:{leak.rule_id}:{leak.start_line}"
    return f"{leak.commit}:{place}" if leak.commit else place


def _leaks(report: Given) -> list[_Leak]:
    """The leaks of a report in the order in which they were read as findings; none of an old one."""
    is_old = "offender" in report.source.keys
    return [] if report.format != NAME or is_old else report.source.decode(list[_Leak])


FORMAT = Format(
    title="Gitleaks, .gitleaksignore",
    file=".gitleaksignore",
    says="the secrets that a report has now, one by one",
    expiry="none: written while the record holds",
    write=_write,
    reports="needed",
    reads=("gitleaks",),
)
