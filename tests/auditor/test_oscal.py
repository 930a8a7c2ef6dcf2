"""The plan of action and milestones: valid, about the right things, and the same every time."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.auditor.test_formats import HOSTILE, hostile_yard
from tests.register.build import CAROL, EMIL, LENA, RECORD, SAM, Yard, day
from tests.support import REQUESTER, run_cli

# In a process of its own: what trestle imports warns, and warnings are errors here.
VALIDATE = """
import json, sys
import jsonschema
from trestle.oscal import OSCAL_VERSION
from trestle.oscal.poam import Model

text = sys.stdin.read()
Model.model_validate_json(text)
schema = Model.model_json_schema()
errors = [str(e.message)[:300] for e in jsonschema.Draft202012Validator(schema).iter_errors(json.loads(text))]
assert not errors, errors
assert json.loads(text)["plan-of-action-and-milestones"]["metadata"]["oscal-version"] == OSCAL_VERSION
"""

Json = dict[str, Any]


def plan(where: Path, *arguments: str) -> Json:
    """The document."""
    done = run_cli("report", "--format", "oscal", *arguments, cwd=where)
    assert done.code == 0, done.err
    document: Json = json.loads(done.out)["plan-of-action-and-milestones"]
    return document


def valid(document: Json) -> Json:
    """The same, after trestle has read it whole: its models are made from the published JSON Schema."""
    text = json.dumps({"plan-of-action-and-milestones": document})
    command = [sys.executable, "-W", "ignore", "-c", VALIDATE]
    read = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    assert read.returncode == 0, read.stderr[-3000:]
    return document


def props(thing: Json) -> dict[str, str]:
    return {prop["name"]: prop["value"] for prop in thing.get("props", ())}


def identifiers(thing: Any) -> list[str]:
    if isinstance(thing, dict):
        own = [thing["uuid"]] if "uuid" in thing else []
        return own + [found for value in thing.values() for found in identifiers(value)]
    return [found for value in thing for found in identifiers(value)] if isinstance(thing, list) else []


def references(thing: Any) -> list[str]:
    if isinstance(thing, dict):
        own = [value for key, value in thing.items() if key.endswith("-uuid") and isinstance(value, str)]
        own += thing.get("party-uuids", [])
        return own + [found for value in thing.values() for found in references(value)]
    return [found for value in thing for found in references(value)] if isinstance(thing, list) else []


def test_a_whole_register_is_valid_and_holds_together(shop: Path) -> None:
    found = valid(plan(shop))
    own = identifiers(found)
    assert len(own) == len(set(own))
    assert set(references(found)) <= set(own)
    parties = {party["uuid"]: party for party in found["metadata"]["parties"]}
    roles = {role["id"] for role in found["metadata"]["roles"]}
    for risk in found["risks"]:
        for entry in risk["risk-log"]["entries"]:
            for by in entry["logged-by"]:
                assert by["party-uuid"] in parties
                assert by.get("role-id", "owner") in roles
    by_id = {props(risk)["exception"]: risk for risk in found["risks"]}
    status = {id_: risk["status"] for id_, risk in by_id.items()}
    assert status["EXC-007"] == "deviation-approved"
    assert status["EXC-003"] == "open", "expired: nothing stands behind it any more"
    assert status["EXC-005"] == "open", "revoked"
    assert status["EXC-002"] == "closed", "remediated"
    assert status["EXC-020"] == "deviation-requested"
    assert "ac-6" in [p["value"] for p in by_id["EXC-007"]["props"] if p["name"] == "impacted-control"]
    assert by_id["EXC-007"]["mitigating-factors"]
    assert by_id["EXC-017"]["remediations"][0]["props"], "a control that is still to come"


def test_the_log_says_who_decided_in_which_role_and_when(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.ask(ago=9, requested=day(9), expires=day(-30), risk="high")
    yard.decide("security-lead", ago=8)
    yard.decide("engineering-manager", verdict="ask", ago=8)
    yard.decide("engineering-manager", ago=7)
    yard.decide("security-team", who=SAM, ago=6)
    yard.merge(ago=5)
    revoked = f"revoked: {{date: {day(2)}, by: {CAROL}, reason: found by somebody}}\nrequester:"
    yard.edit("requester:", revoked, ago=2)
    found = valid(plan(yard.directory))
    (risk,) = found["risks"]
    assert risk["deadline"] == f"{day(-31)}T00:00:00Z"
    log = [
        (entry["title"], props(entry).get("type"), entry.get("status-change"))
        for entry in risk["risk-log"]["entries"]
    ]
    assert log == [
        ("Requested", "dr-submission", "deviation-requested"),
        ("Approved", "dr-approved", None),
        ("Asked", "dr-updated", None),
        ("Approved", "dr-approved", "deviation-approved"),
        ("Approved", None, None),
        ("Revoked: found by somebody", None, "open"),
    ]
    assert "Does not count" in risk["risk-log"]["entries"][4]["remarks"]
    parties = {party["uuid"]: party["name"] for party in found["metadata"]["parties"]}
    by = [
        (parties[entry["logged-by"][0]["party-uuid"]], entry["logged-by"][0].get("role-id"))
        for entry in risk["risk-log"]["entries"]
    ]
    assert by == [
        (REQUESTER, "requester"),
        (LENA, "security-lead"),
        (EMIL, "engineering-manager"),
        (EMIL, "engineering-manager"),
        (SAM, "security-team"),
        (CAROL, None),
    ]


def test_identifiers_are_those_of_the_register_in_every_clone_and_report(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=9, requested=day(9))
    first = plan(yard.directory, "--as-of", str(day(3)))
    second = plan(yard.clone(), "--as-of", str(day(2)))
    assert first["uuid"] != second["uuid"]
    assert first["risks"][0]["uuid"] == second["risks"][0]["uuid"]
    assert first["poam-items"][0]["uuid"] == second["poam-items"][0]["uuid"]
    assert plan(yard.directory, "--as-of", str(day(3))) == first


def test_hostile_text_is_text_in_one_line(tmp_path: Path) -> None:
    yard = hostile_yard(tmp_path)
    found = valid(plan(yard.directory))
    assert HOSTILE in found["risks"][0]["title"]
    links = {link["href"] for risk in found["risks"] for link in _links(risk)}
    assert links == {"https://t.example.com/1"}


def _links(thing: Any) -> list[Json]:
    if isinstance(thing, dict):
        own: list[Json] = thing.get("links", [])
        return own + [found for value in thing.values() for found in _links(value)]
    return [found for value in thing for found in _links(value)] if isinstance(thing, list) else []


def test_a_record_that_cannot_be_read_is_an_open_risk(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    yard.active(ago=9, requested=day(9))
    assert [risk["status"] for risk in plan(yard.directory)["risks"]] == ["deviation-approved"]
    yard.commit({RECORD: "---\nnonsense\n"}, ago=5)
    assert [risk["status"] for risk in valid(plan(yard.directory))["risks"]] == ["open"]


def test_without_a_record_there_is_no_plan(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    done = run_cli("report", "--format", "oscal", cwd=yard.directory)
    assert done.code == 2
    assert "no record to plan for" in done.err
