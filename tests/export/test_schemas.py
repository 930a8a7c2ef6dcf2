"""What is written is valid by the schemas that are published for it, where a package carries them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from tests.export.exactness import drawn
from tests.export.jobs import granted, report, written
from tests.export.reports import VULNERABLE, grype
from tests.export.worlds import World, kubernetes
from tests.peers import FOLDER, needs, run

REASONS = ("legacy-system", "false-positive")


@pytest.mark.parametrize("reason", REASONS)
def test_cyclonedx(reason: str) -> None:
    """By the schema that the project's own library carries."""
    done = written("cyclonedx", granted(VULNERABLE, reason=reason), reports=(report(grype()),))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(done.files[""]) is None
    assert json.loads(done.files[""])["vulnerabilities"]


def test_cyclonedx_with_nothing_in_it() -> None:
    done = written("cyclonedx", reports=(report(grype()),))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(done.files[""]) is None


@needs("sarif")
def test_sarif() -> None:
    """By the schema that Microsoft's matchers carry."""
    (schema,) = (FOLDER / "sarif" / "package" / "lib" / "schemas").glob("*.json")
    done = written("sarif", granted(VULNERABLE), reports=(report(grype()),))
    log = json.loads(done.files[""])
    assert log["runs"][0]["results"][0]["suppressions"]
    jsonschema.Draft7Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(log)


_READ = """
import sys
from vexipy import Document
document = Document.from_json(sys.stdin.read())
print(*(statement.status for statement in document.statements))
"""


@needs("vex")
@pytest.mark.parametrize("reason", REASONS)
def test_openvex(reason: str, tmp_path: Path) -> None:
    """Through a library that checks the specification's rules."""
    done = written("openvex", granted(VULNERABLE, reason=reason), reports=(report(grype()),))
    read = run("vex/bin/python", "-c", _READ, cwd=tmp_path, stdin=done.files[""])
    assert read.returncode == 0, read.stderr
    assert read.stdout.lower().count("not_affected") == (reason == "false-positive")


# --- Objects of Kubernetes, by the schemas of their custom resources


def _published(name: str) -> Any:
    """The schema of the one version; strict, as `kubectl apply` is about fields that are unknown."""
    text = (FOLDER / "schemas" / name).read_text(encoding="utf-8")
    versions = YAML(typ="safe").load(text)["spec"]["versions"]
    (version,) = (one for one in versions if one["name"] in {"v2", "match"})
    return _strict(version["schema"]["openAPIV3Schema"])


def _strict(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_strict(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: _strict(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and not schema.get("x-kubernetes-preserve-unknown-fields"):
        found.setdefault("additionalProperties", False)
    return found


def _objects(data: st.DataObject, world: World) -> list[Any]:
    text = drawn(world, data).written.files[""]
    return [one for one in YAML(typ="safe").load_all(text) if one]


@needs("schemas/kyverno.io_policyexceptions.yaml")
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_kyverno(data: st.DataObject) -> None:
    """By the resource's definition that Kyverno ships."""
    schema = _published("kyverno.io_policyexceptions.yaml")
    for one in _objects(data, kubernetes.KYVERNO):
        assert one["apiVersion"] == "kyverno.io/v2"
        jsonschema.Draft202012Validator(schema).validate(one)


@needs("schemas/match.gatekeeper.sh_matchcrd.yaml")
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_gatekeeper(data: st.DataObject) -> None:
    """`match` by the schema that Gatekeeper generates from what it reads."""
    schema = _published("match.gatekeeper.sh_matchcrd.yaml")["properties"]["embeddedMatch"]
    for one in _objects(data, kubernetes.GATEKEEPER):
        assert set(one["spec"]) == {"match"}
        jsonschema.Draft202012Validator(schema).validate(one["spec"]["match"])


@needs("schemas/match.gatekeeper.sh_matchcrd.yaml")
@pytest.mark.parametrize("match", [{"excludedNamespaces": ["a*b"]}, {"excludedNamespace": ["a"]}])
def test_the_schema_refuses(match: dict[str, Any]) -> None:
    schema = _published("match.gatekeeper.sh_matchcrd.yaml")["properties"]["embeddedMatch"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(match)
