"""Why one finding was excepted, or not: which rule, which file and line, which record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from reprieve.errors import UsageError
from reprieve.findings.aliases import names_of
from reprieve.findings.model import Exemption
from reprieve.report.place import place
from reprieve.report.sentences import objection, standing
from reprieve.report.text import amount, clean
from reprieve.verdict import Covered, Verdict


def write(verdict: Verdict, wanted: str, out: TextIO) -> int:
    """Writes what is known of the findings that are meant, and how many fail.

    Args:
        verdict: with fingerprints.
        wanted: a fingerprint or the beginning of one, or an id of a check.
        out: where to.

    Errors: `UsageError` when nothing is meant by it.
    """
    indexes = _meant(verdict, wanted)
    if not indexes:
        raise UsageError(
            f"--explain: no finding has the fingerprint or check {wanted!r}",
            hint="fingerprints are in the output of --output json",
        )
    exceptions = {exception.id: exception for exception in verdict.exceptions}
    for index in indexes:
        out.writelines(f"{line}\n" for line in _lines(verdict, index, exceptions))
    failing = sum(map(verdict.failing, indexes))
    out.write(f"{amount(len(indexes), 'finding')}, {failing:,} of them failing\n")
    return 2 if verdict.faults else int(failing > 0)


def _meant(verdict: Verdict, wanted: str) -> list[int]:
    if len(wanted) >= 8:
        found = [n for n, fingerprint in enumerate(verdict.fingerprints) if fingerprint.startswith(wanted)]
        if found:
            return found
    return [n for n, one in enumerate(verdict.findings) if wanted in names_of(one.check, one.aliases)]


def _lines(verdict: Verdict, index: int, exceptions: dict[str, Covered]) -> Iterator[str]:
    finding, outcome = verdict.findings[index], verdict.outcomes[index]
    state = "failing" if verdict.failing(index) else "not failing"
    yield f"{clean(finding.check)}  {finding.severity}  {outcome.disposition}, {state}"
    yield f"  {place(finding)}"
    yield f"  {clean(finding.message)}"
    yield f"  fingerprint  {verdict.fingerprints[index]}"
    if finding.policy:
        yield f"  rule         data.{finding.policy.package}.{finding.policy.rule}"
    for identifier in outcome.covering:
        if covered := exceptions.get(identifier):
            state = standing(covered, verdict.now)
            yield f"  record       {clean(covered.path)}: {state}; it covers this finding"
    if not outcome.covering:
        yield "  record       none covers this finding"
    if outcome.voided_by:
        yield f"               {objection(verdict, index)}"
    exemptions = finding.policy.exemptions if finding.policy else ()
    for exemption in exemptions:
        where = clean(f"{exemption.path}:{exemption.line}")
        yield f"  rego         {where}: {_why(exemption, verdict, index)}"
    if finding.policy and not exemptions:
        yield "  rego         no exception names its package or its rule"
    yield ""


def _why(exemption: Exemption, verdict: Verdict, index: int) -> str:
    outcome = verdict.outcomes[index]
    cites = f"cites {clean(exemption.record)}" if exemption.record else "cites no record"
    if outcome.place == (exemption.path, exemption.line):
        return f"excepts it ({cites})"
    if outcome.place is not None:
        return f"names it too ({cites}); another exception was first"
    if exemption.record is None:
        return "names it, but cites no record, and the charter says `rego_exceptions: governed`"
    return f"names it, but {clean(exemption.record)} is not active or does not cover this finding"
