"""Trivy's ignore policy: Rego that is asked about each finding (`--ignore-policy`).

Source: aquasecurity/trivy `pkg/result/filter.go`: package `trivy`, rule `ignore`, Rego v0, the finding's JSON
as input; the result's target is not in it. It can test what no other file of Trivy's can: package URLs,
severity, whether there is a fix. It ends by the clock of who runs it.
"""

from __future__ import annotations

from typing import Any

from reprieve.export.fit import Expresses, Fitted, fit_all
from reprieve.export.interface import Format, Job, Target, Written
from reprieve.export.patterns import regex
from reprieve.export.rego_text import anchored, value
from reprieve.export.texts import header, midnight
from reprieve.export.trivy_ids import kinds
from reprieve.findings.aliases import names_of
from reprieve.record import glob
from reprieve.words import RISKS, CheckType, Risk

NAME = "trivy-policy"
TYPES: frozenset[CheckType] = frozenset({"vulnerability", "misconfiguration", "secret", "license"})
_SAID: dict[CheckType, frozenset[str]] = {
    "vulnerability": frozenset({"checks", "packages"}),
    "misconfiguration": frozenset({"checks", "resources"}),
    "secret": frozenset({"checks"}),
    "license": frozenset({"checks"}),
}
"""Scope keys by what the finding's own JSON holds: a path is there for some findings only."""

_CODE = """
default ignore = false

ignore {
	entry := entries[_]
	time.now_ns() < time.parse_rfc3339_ns(entry.until)
	ids := names[entry.type]
	within(entry, "checks", ids)
	within(entry, "packages", packages)
	within(entry, "resources", resources)
	not_fixed(entry)
	not_worse(entry)
}

names["vulnerability"] = ids {
	ids := array.concat([input.VulnerabilityID], [id | id := input.VendorIDs[_]])
}

names["misconfiguration"] = ids {
	not input.VulnerabilityID
	ids := array.concat([input.ID], [id | id := input.AVDID; id != ""])
}

names["secret"] = ids {
	ids := [input.RuleID]
}

names["license"] = ids {
	not input.VulnerabilityID
	not input.RuleID
	not input.ID
	ids := [input.Name]
}

packages = [package_url | package_url := input.PkgIdentifier.PURL]

resources = [resource | resource := input.CauseMetadata.Resource; resource != ""]

within(entry, key, _) {
	not entry[key]
}

within(entry, key, texts) {
	regex.match(entry[key][_], texts[_])
}

not_fixed(entry) {
	not entry.only_without_fix
}

not_fixed(_) {
	object.get(input, "FixedVersion", "") == ""
}

not_worse(entry) {
	not entry.severities
}

not_worse(entry) {
	entry.severities[_] == input.Severity
}
"""


def expresses(target: Target) -> Expresses:
    """Packages are in the JSON of vulnerabilities, resources in that of misconfigurations in files."""
    knows = {"paths", "packages", "images", "resources"}
    knows |= {"clusters", "namespaces"} if target.cluster else {"repositories"}
    return Expresses(
        tool="Trivy",
        types=TYPES,
        tests=frozenset({"checks", "packages"} | (set() if target.cluster else {"resources"})),
        knows=frozenset(knows),
        fixable=frozenset({"vulnerability"}),
        needs_checks=False,
        kinds=_kinds,
        tests_fix=True,
        tests_severity=True,
    )


def _kinds(pattern: str) -> frozenset[CheckType]:
    return TYPES if not glob.is_literal(pattern) or len(kinds(pattern)) > 1 else kinds(pattern)


def _write(job: Job) -> Written:
    fits = fit_all(job, expresses(job.target))
    left = list(fits.left)
    entries = []
    written = 0
    for fitted in fits.fitted:
        found = [
            _entry(fitted, type_) for type_ in sorted(fitted.types) if fitted.keys.keys() <= _SAID[type_]
        ]
        entries += found
        written += bool(found)
        if "license" in fitted.types and "packages" in fitted.keys:
            left.append(fitted.entry.left("the policy does not see the package of a licence", "licences"))
        elif not found:
            left.append(fitted.entry.left("no kind of finding of Trivy's has all that it names"))
    lines = ",\n\t".join(map(value, entries))
    data = f"entries = [\n\t{lines},\n]\n" if entries else "entries = []\n"
    text = f"# {header(NAME)}\npackage trivy\n\n{data}{_CODE}"
    return Written(
        {"": text}, len(fits.fitted) - (len(left) - len(fits.left)), tuple(left), tuple(fits.aside)
    )


def _entry(fitted: Fitted, type_: CheckType) -> dict[str, Any]:
    grant = fitted.entry.grant
    entry: dict[str, Any] = {"exception": grant.note, "type": type_, "until": midnight(grant)}
    for key, patterns in fitted.keys.items():
        spelled = [name for pattern in patterns for name in _spellings(key, pattern, type_)]
        entry[key] = [anchored(regex(pattern)) for pattern in dict.fromkeys(spelled)]
    if fitted.not_fixed and type_ == "vulnerability":
        entry["only_without_fix"] = True
    if fitted.at_most:
        entry["severities"] = [word.upper() for word in _no_worse(fitted.at_most)]
    return entry


def _spellings(key: str, pattern: str, type_: CheckType) -> list[str]:
    if key != "checks" or type_ != "misconfiguration" or not glob.is_literal(pattern):
        return [pattern]
    return [name for name in names_of(pattern) if pattern in names_of(name)]


def _no_worse(risk: Risk) -> tuple[Risk, ...]:
    """The severities that a record of this risk accepts, those that Trivy has."""
    return RISKS[RISKS.index(risk) :]


FORMAT = Format(
    title="Trivy, ignore policy",
    file="trivy-ignore.rego",
    says="ids with patterns, packages, resources in files, severity, whether there is a fix",
    expiry="compares the time itself: midnight UTC after the last day",
    write=_write,
)
