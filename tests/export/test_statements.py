"""Formats that name findings one by one: secrets, SARIF, VEX."""

from __future__ import annotations

import json

from tests.export.jobs import granted, report, written
from tests.export.reports import VULNERABLE, grype, leak
from tests.export.test_formats import NOTE, reasons


def test_gitleaks_lines_that_hold_another_secret() -> None:
    given = report(json.dumps([leak(), leak(2), leak(3, "c0ffee")]))
    by_print = granted({"fingerprints": list(given.fingerprints)})
    done = written("gitleaks", by_print, reports=(given,))
    assert done.files[""].splitlines()[1:] == [f"# {NOTE}", "c0ffee:a.py:aws-key:3"]
    assert "acts on any secret in this line" in reasons(*done.left)
    by_path = granted({"checks": ["aws-key"], "paths": ["a.py"]})
    lines = written("gitleaks", by_path, reports=(given,)).files[""].splitlines()
    assert "a.py:aws-key:1" in lines


def test_sarif_is_given_back_with_ours() -> None:
    location = {"physicalLocation": {"artifactLocation": {"uri": "a.py"}}}
    results = [
        {"ruleId": rule, "message": {"text": "m"}, "locations": [location], "properties": {"kept": 1}}
        for rule in ("r1", "r2")
    ]
    log = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}}, "results": results}]}
    given = report(json.dumps(log))
    done = written("sarif", granted({"checks": ["r1"], "paths": ["a.py"]}), reports=(given,))
    first, second = json.loads(done.files[""])["runs"][0]["results"]
    (ours,) = first["suppressions"]
    assert (ours["kind"], ours["status"], ours["justification"]) == ("external", "accepted", NOTE)
    assert ours["properties"]["expiryUtc"] == "2027-01-31T00:00:00Z"
    assert second["suppressions"] == []
    assert first["properties"] == {"kept": 1}


def test_an_accepted_risk_is_affected() -> None:
    given = report(grype())
    (statement,) = json.loads(written("openvex", granted(VULNERABLE), reports=(given,)).files[""])[
        "statements"
    ]
    assert statement["status"] == "affected"
    assert statement["action_statement"] == f"{NOTE} Remediation is due on 2027-01-30."
    (product,) = statement["products"]
    assert product["@id"].startswith("pkg:oci/app?")
    assert product["subcomponents"] == [{"@id": "pkg:npm/lodash@4"}]
    bom = json.loads(written("cyclonedx", granted(VULNERABLE), reports=(given,)).files[""])
    (found,) = bom["vulnerabilities"]
    assert found["analysis"]["state"] == "exploitable"


def test_a_false_positive_is_not_affected_with_its_justification() -> None:
    given = report(grype())
    grant = granted(VULNERABLE, reason="false-positive")
    (statement,) = json.loads(written("openvex", grant, reports=(given,)).files[""])["statements"]
    assert statement["status"] == "not_affected"
    assert statement["impact_statement"] == f"{NOTE}\n\nThe vendor says so."
    (found,) = json.loads(written("cyclonedx", grant, reports=(given,)).files[""])["vulnerabilities"]
    assert found["analysis"]["state"] == "false_positive"
    narrow = granted({**VULNERABLE, "paths": ["/a"]}, reason="false-positive")
    done = written("openvex", narrow, reports=(given,))
    assert json.loads(done.files[""])["statements"] == []
    assert "beyond the record's paths" in reasons(*done.left)


def test_what_is_no_package_url_is_in_no_statement() -> None:
    given = report(grype().replace("pkg:npm/lodash@4", "lodash 4"))
    for name in ("openvex", "cyclonedx"):
        done = written(name, granted({"checks": ["CVE-2026-1234"], "images": ["*"]}), reports=(given,))
        assert done.entries == 0
        assert "names no package URL" in reasons(*done.left)
