"""Where a finding is said to be."""

from __future__ import annotations

from typing import Any

import pytest

from reprieve.findings.model import Policy
from reprieve.report.place import place
from tests.report.verdicts import finding

RULE = Policy("user.shop", "deny", ())


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"cluster": "prod", "namespace": "web", "resource": "Pod/a", "path": "a.yaml"}, "prod/web/Pod/a"),
        ({"cluster": "prod", "path": "app.env", "line": 2}, "app.env:2"),
        ({"cluster": "prod", "resource": "Pod/a", "image": "web:1"}, "prod/Pod/a"),
        ({"namespace": "web", "resource": "Pod/a"}, "web/Pod/a"),
        ({"cluster": "prod", "resource": "Pod/a", "path": "a.yaml", "line": 3, "policy": RULE}, "a.yaml:3"),
        ({"cluster": "prod", "resource": "Pod/a", "path": "-", "line": 3, "policy": RULE}, "prod/Pod/a"),
        ({"resource": "aws_s3_bucket.logs", "path": "main.tf", "line": 3}, "main.tf:3"),
        ({"path": "main.tf"}, "main.tf"),
        ({"image": "web:1", "package": "pkg:npm/a@1", "path": "package.json"}, "web:1 pkg:npm/a@1"),
        ({"image": "web:1", "path": "etc/key.pem", "line": 1}, "web:1 etc/key.pem:1"),
        ({"path": "package-lock.json", "package": "pkg:npm/a@1"}, "package-lock.json pkg:npm/a@1"),
        ({"repository": "git.example.com/infra"}, "git.example.com/infra"),
        ({"package": "pkg:npm/a@1"}, "pkg:npm/a@1"),
        ({"path": "two\nlines"}, "two lines"),
        ({}, "-"),
    ],
)
def test_place(fields: dict[str, Any], expected: str) -> None:
    assert place(finding(**fields)) == expected
