"""JUnit XML, as CI servers read it (Jenkins' junit-10.xsd): a suite per tool and type, a case per finding.

What fails the gate is a failure. What does not is skipped, with the reason: nobody approved it as passed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, tostring

from reprieve.report.place import place
from reprieve.report.sentences import exempted_by, explanation, fault, headline
from reprieve.report.text import clean, joined
from reprieve.verdict import Covered, Verdict


def write(verdict: Verdict, out: TextIO) -> None:
    """Writes the document, case by case. All of its text is `clean`, so XML 1.0 allows it."""
    exceptions = {exception.id: exception for exception in verdict.exceptions}
    suites: defaultdict[str, list[int]] = defaultdict(list)
    for index, finding in enumerate(verdict.findings):
        suites[f"{finding.tool} {finding.type}"].append(index)
    out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    out.write(_opening("testsuites", f"Reprieve: {headline(verdict)}", verdict, range(len(verdict.findings))))
    for suite, indexes in sorted(suites.items()):
        out.write(_opening("testsuite", suite, verdict, indexes))
        out.writelines(_cases(verdict, indexes, exceptions))
        out.write("</testsuite>\n")
    if verdict.faults:
        out.writelines(_faults(verdict))
    out.write("</testsuites>\n")


def _cases(verdict: Verdict, indexes: list[int], exceptions: dict[str, Covered]) -> Iterator[str]:
    """The cases of one suite, told apart: servers drop a second one of the same name."""
    seen: Counter[str] = Counter()
    for index in indexes:
        finding = verdict.findings[index]
        name = f"{clean(finding.check)} at {place(finding)}"
        seen[name] += 1
        case = _case(verdict, index, exceptions)
        case.set("name", name if seen[name] == 1 else f"{name} ({seen[name]})")
        yield tostring(case, encoding="unicode") + "\n"


def _faults(verdict: Verdict) -> Iterator[str]:
    """A suite of what could not be looked at: an error each."""
    counts = {"tests": len(verdict.faults), "failures": 0, "errors": len(verdict.faults), "skipped": 0}
    suite = Element("testsuite", {"name": "not scanned", **{key: str(n) for key, n in counts.items()}})
    for number, one in enumerate(verdict.faults, start=1):
        case = SubElement(suite, "testcase", classname="reprieve.fault", name=f"{number}: {clean(one.path)}")
        SubElement(case, "error", type="fault", message=fault(one))
    yield tostring(suite, encoding="unicode") + "\n"


def _opening(tag: str, name: str, verdict: Verdict, indexes: range | list[int]) -> str:
    """A start tag with its counts; written before its cases, so that these need not stand in memory."""
    failures = sum(map(verdict.failing, indexes))
    errors = len(verdict.faults) if tag == "testsuites" else 0
    counts = {
        "tests": len(indexes) + errors,
        "failures": failures,
        "errors": errors,
        "skipped": len(indexes) - failures,
    }
    attributes = {"name": clean(name), **{key: str(number) for key, number in counts.items()}}
    element = tostring(Element(tag, attributes), encoding="unicode", short_empty_elements=False)
    return element.removesuffix(f"</{tag}>") + "\n"


def _case(verdict: Verdict, index: int, exceptions: dict[str, Covered]) -> Element:
    finding = verdict.findings[index]
    case = Element("testcase", classname=clean(f"{finding.tool}.{finding.type}"))
    if finding.path:
        case.set("file", clean(finding.path))
    if not verdict.failing(index):
        SubElement(case, "skipped", message=_reason(verdict, index, exceptions))
        return case
    disposition = verdict.outcomes[index].disposition
    failure = SubElement(case, "failure", type=disposition)
    failure.set("message", joined((f"{finding.severity}, {disposition}", clean(finding.message)), ": "))
    failure.text = explanation(verdict, index, exceptions)
    return case


def _reason(verdict: Verdict, index: int, exceptions: dict[str, Covered]) -> str:
    """Why a finding does not fail the gate."""
    finding, outcome = verdict.findings[index], verdict.outcomes[index]
    if outcome.disposition == "excepted":
        if outcome.place is not None:
            return exempted_by(outcome)
        covered = exceptions.get(outcome.exception or "")
        return clean(joined((outcome.exception, covered.summary if covered else None), ": "))
    if verdict.native(finding):
        return clean(joined((f"suppressed by {finding.tool}", finding.suppressed), ": "))
    return f"{finding.severity}: below the threshold, {verdict.fail_on}"
