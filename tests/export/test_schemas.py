"""What is written is valid by the schemas that are published for it, where a package carries them."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from tests.export.jobs import granted, report, written
from tests.export.test_formats import VULNERABLE, grype
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
