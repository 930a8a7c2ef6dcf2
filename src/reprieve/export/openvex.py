"""OpenVEX 0.2.0: statements about the vulnerabilities of reports that records except.

Source: openvex/spec `OPENVEX-SPEC.md`. `affected` needs an action statement, `not_affected` a justification
or an impact statement. Tools hide what is `not_affected`; see `statements` for when that is said.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from reprieve.export.interface import Format, Job, Left, Written
from reprieve.export.statements import Statement, by_image, stated_on, statements
from reprieve.export.texts import json_text

NAME = "openvex"
_CONTEXT = "https://openvex.dev/ns/v0.2.0"


def _write(job: Job) -> Written:
    left: list[Left] = []
    found = statements(job, left)
    stated = [_statement(one) for one in found]
    document = {
        "@context": _CONTEXT,
        "@id": f"urn:reprieve:vex:{hashlib.sha256(msgspec.json.encode(stated)).hexdigest()}",
        "author": "Register of security exceptions",
        "timestamp": stated_on(found),
        "version": 1,
        "tooling": "reprieve export openvex",
        "statements": stated,
    }
    return Written({"": json_text(document)}, len(stated), tuple(dict.fromkeys(left)))


def _statement(one: Statement) -> dict[str, Any]:
    vulnerability: dict[str, Any] = {"name": one.check}
    if one.aliases:
        vulnerability["aliases"] = list(one.aliases)
    statement: dict[str, Any] = {
        "vulnerability": vulnerability,
        "timestamp": stated_on([one]),
        "products": [_product(image, packages) for image, packages in by_image(one) if image],
        "status": "not_affected" if one.is_false else "affected",
        "status_notes": one.grant.note,
    }
    statement["products"] += [
        {"@id": package} for image, packages in by_image(one) if not image for package in packages
    ]
    if one.is_false:
        statement["impact_statement"] = one.impact
    else:
        statement["action_statement"] = one.action
    return statement


def _product(image: str, packages: list[str]) -> dict[str, Any]:
    return {"@id": image, "subcomponents": [{"@id": package} for package in packages]}


FORMAT = Format(
    title="OpenVEX 0.2.0",
    file="openvex.json",
    says="vulnerabilities of packages in reports: affected, with the action; false positives not affected",
    expiry="in the statement's text; written while the record holds",
    write=_write,
    reports="needed",
)
