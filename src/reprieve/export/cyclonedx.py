"""CycloneDX 1.6 with an analysis of each vulnerability (VEX) of reports that records except.

Source: CycloneDX/specification `schema/bom-1.6.schema.json`. An accepted risk is `exploitable`, with what is
done about it; a false positive is `false_positive`. See `statements` for when that is said.
"""

from __future__ import annotations

from typing import Any

from packageurl import PackageURL

from reprieve.export.interface import Format, Job, Left, Written
from reprieve.export.statements import Statement, stated_on, statements
from reprieve.export.texts import json_text

NAME = "cyclonedx"


def _write(job: Job) -> Written:
    left: list[Left] = []
    found = statements(job, left)
    refs = sorted({(_ref(*product), *product) for one in found for product in one.products}, key=str)
    document = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"timestamp": stated_on(found), "tools": {"components": [_TOOL]}},
        "components": [_component(ref, image, package) for ref, image, package in refs],
        "vulnerabilities": [_vulnerability(one) for one in found],
    }
    return Written({"": json_text(document)}, len(found), tuple(dict.fromkeys(left)))


_TOOL = {"type": "application", "name": "reprieve"}


def _ref(image: str | None, package: str) -> str:
    """A component within an image is another than the same one elsewhere."""
    return f"{image}#{package}" if image else package


def _component(ref: str, image: str | None, package: str) -> dict[str, Any]:
    found = PackageURL.from_string(package)
    component: dict[str, Any] = {"type": "library", "bom-ref": ref, "name": found.name, "purl": package}
    if found.namespace:
        component["group"] = found.namespace
    if found.version:
        component["version"] = found.version
    if image:
        component["properties"] = [{"name": "reprieve:image", "value": image}]
    return component


def _vulnerability(one: Statement) -> dict[str, Any]:
    analysis: dict[str, Any] = {"state": "false_positive", "detail": one.impact}
    if not one.is_false:
        response = "workaround_available" if one.grant.record.controls else "will_not_fix"
        analysis = {"state": "exploitable", "response": [response], "detail": one.action}
    return {
        "id": one.check,
        "analysis": {**analysis, "firstIssued": stated_on([one])},
        "affects": [{"ref": _ref(*product)} for product in one.products],
        "properties": [
            {"name": "reprieve:exception", "value": one.grant.id},
            {"name": "reprieve:expires", "value": f"{one.grant.record.expires}"},
        ],
    }


FORMAT = Format(
    title="CycloneDX 1.6, VEX",
    file="vex.cdx.json",
    says="vulnerabilities of packages in reports: exploitable, with the action; false positives as such",
    expiry="in the analysis' text; written while the record holds",
    write=_write,
    reports="needed",
)
