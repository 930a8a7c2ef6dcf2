"""What stands behind a suppression: a cited record that covers it, one whose scope does, or none."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reprieve.record import glob
from tests.shadow.support import plant
from tests.support import Desk, Office, today

CODE = [{"type": "code", "checks": ["B602"], "paths": ["src/*"]}]
ROOT = [
    {
        "type": "misconfiguration",
        "checks": ["KSV012"],
        "namespaces": ["billing"],
        "resources": ["Deployment/billing-*"],
    }
]
MANIFEST = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  namespace: billing
spec:
  template: {{}} # trivy:ignore:AVD-KSV-0012
"""


@pytest.fixture
def desk(office: Office) -> Desk:
    return office.desk()


def audited(desk: Desk, *options: str) -> list[dict[str, Any]]:
    """The suppressions of a clone, its register fetched."""
    result = desk.run("audit", ".", "--fetch", "--no-blame", "--output", "json", *options)
    assert result.code == 0, result.err
    found: list[dict[str, Any]] = result.json()["suppressions"]
    return found


def judged(desk: Desk, *options: str) -> dict[str, tuple[str, str | None, str]]:
    """By path: state, record, and why."""
    return {row["path"]: (row["state"], row["exception"], row["why"]) for row in audited(desk, *options)}


def test_covered_by_a_scope(office: Office, desk: Desk) -> None:
    identifier = office.active(scope=CODE)
    plant(desk.directory, {
        "src/a.py": "x()  # nosec B602\n",
        "other/a.py": "x()  # nosec B602\n",
        "src/b.py": "x()  # nosec B602, B607\n",
        "src/c.py": "x()  # nosec\n",
    })  # fmt: skip
    found = judged(desk)
    assert found["src/a.py"] == ("backed", identifier, f"covered by {identifier}")
    assert found["other/a.py"] == ("shadow", None, "no record")
    assert found["src/b.py"][0] == "shadow", "one of its two checks has no record"
    assert found["src/c.py"][0] == "shadow", "it silences every check"


def test_a_manifest_knows_its_resource(office: Office, desk: Desk) -> None:
    identifier = office.active(scope=ROOT)
    plant(desk.directory, {
        "a.yaml": MANIFEST.format(name="billing-api"),
        "b.yaml": MANIFEST.format(name="shop-api"),
    })  # fmt: skip
    found = judged(desk)
    assert found["a.yaml"][:2] == ("backed", identifier), "by another spelling of the id"
    assert found["b.yaml"][:2] == ("shadow", None)


def test_cited(office: Office, desk: Desk) -> None:
    identifier = office.active(scope=CODE)
    other = office.active(scope=[{"type": "code", "checks": ["B999"], "paths": ["src/*"]}], summary="Other.")
    plant(desk.directory, {
        "src/cited.py": f"x()  # nosec B602 {identifier}\n",
        "src/above.py": f"# {identifier}: until v4\nx()  # nosec B602\n",
        "src/bare.py": f"x()  # nosec {identifier}\n",
        "src/unknown.py": "x()  # nosec B602 EXC-999\n",
        "src/checks.py": f"x()  # nosec B602 {other}\n",
        "elsewhere/cited.py": f"x()  # nosec B602 {identifier}\n",
        "src/both.py": f"x()  # nosec B602, B999 {identifier} {other}\n",
        "src/half.py": f"x()  # nosec B602, B999 {identifier}\n",
        "src/number.py": "x()  # nosec B602 EXC-0001\n",
    })  # fmt: skip
    found = judged(desk)
    assert found["src/cited.py"] == ("backed", identifier, f"cites {identifier}")
    assert found["src/above.py"] == ("backed", identifier, f"cites {identifier}")
    assert found["src/bare.py"][0] == "backed"
    assert "every check of bandit" in found["src/bare.py"][2]
    assert found["src/unknown.py"] == ("shadow", "EXC-999", "cites EXC-999, which is not in the register")
    assert found["src/checks.py"] == ("shadow", other, f"cites {other}, which is about other checks (B999)")
    assert found["elsewhere/cited.py"] == (
        "shadow",
        identifier,
        f"cites {identifier}, which covers less: paths src/*",
    )
    assert found["src/both.py"][0] == "backed"
    assert found["src/half.py"][0] == "shadow"
    assert found["src/number.py"][0] == "backed", "ids compare as numbers"


def test_records_that_are_not_active(office: Office, desk: Desk) -> None:
    identifier = office.active(scope=CODE, expires=today() + dt.timedelta(days=10))
    evaluating = [{"type": "code", "checks": ["B307"], "paths": ["src/*"]}]
    waiting = office.request(scope=evaluating, risk="medium", summary="Waits.")
    plant(desk.directory, {
        "src/cited.py": f"x()  # nosec B602 {identifier}\n",
        "src/scope.py": "x()  # nosec B602\n",
        "src/waiting.py": "x()  # nosec B307\n",
        "src/asked.py": f"x()  # nosec B307 {waiting}\n",
    })  # fmt: skip
    found = judged(desk)
    assert {state for state, *_ in (found["src/cited.py"], found["src/scope.py"])} == {"backed"}
    assert found["src/waiting.py"] == ("shadow", waiting, f"{waiting} would cover it, but is requested")
    assert found["src/asked.py"] == ("shadow", waiting, f"cites {waiting}, which is requested")
    later = f"{today() + dt.timedelta(days=11)}"
    found = judged(desk, "--now", later)
    assert found["src/cited.py"] == ("shadow", identifier, f"cites {identifier}, which is expired")
    assert found["src/scope.py"][2] == f"{identifier} covered it until {today() + dt.timedelta(days=10)}"
    desk.ok("revoke", identifier, "--reason", "exploited")
    assert judged(desk)["src/cited.py"] == ("shadow", identifier, f"cites {identifier}, which is revoked")


def test_an_entry_wider_than_its_record_has_none(office: Office, desk: Desk) -> None:
    placed = office.active(scope=[{"type": "misconfiguration", "checks": ["KSV012"], "paths": ["deploy/*"]}])
    clustered = office.active(
        scope=[{"type": "misconfiguration", "checks": ["KSV001"], "clusters": ["prod-*"]}], summary="Other."
    )
    plant(desk.directory, {
        ".trivyignore": f"# {placed}\nKSV012\n\n# {clustered}\nKSV001\n",
        "deploy/.trivyignore": f"# {placed}\nKSV012\n",
    })  # fmt: skip
    wide, unknown, narrow = audited(desk)
    assert (wide["state"], wide["why"]) == ("shadow", f"cites {placed}, which covers less: paths deploy/*")
    assert (unknown["state"], unknown["exception"]) == ("backed", clustered), (
        "a file doesn't know its cluster"
    )
    assert (narrow["state"], narrow["exception"]) == ("backed", placed)


def test_objects_are_held_against_the_record(office: Office, desk: Desk) -> None:
    identifier = office.active(
        scope=[
            {
                "type": "admission",
                "checks": ["require-*"],
                "namespaces": ["billing-*"],
                "resources": ["Deployment/*"],
            }
        ]
    )
    exception = (
        "apiVersion: kyverno.io/v2\nkind: PolicyException\nmetadata: {{name: x}}\nspec:\n  exceptions:\n"
        "    - {{policyName: require-root, ruleNames: ['*']}}\n  match:\n    any:\n      - resources:\n"
        "          kinds: [{kinds}]\n          namespaces: ['{namespace}']\n"
    )
    plant(desk.directory, {
        "a.yaml": exception.format(kinds="Deployment", namespace="billing-eu-*"),
        "b.yaml": exception.format(kinds="Deployment", namespace="billing*"),
        "c.yaml": exception.format(kinds="'*'", namespace="billing-eu"),
    })  # fmt: skip
    found = judged(desk)
    assert found["a.yaml"][:2] == ("backed", identifier)
    assert found["b.yaml"][0] == "shadow", "billing itself is not in the record"
    assert found["c.yaml"][0] == "shadow"


def test_scopes_of_repositories(office: Office, desk: Desk) -> None:
    identifier = office.active(scope=[{"type": "code", "checks": ["B602"], "repositories": ["org/shop"]}])
    plant(desk.directory, {"a.py": "x()  # nosec B602\n"})
    assert judged(desk)["a.py"][0] == "shadow"
    assert judged(desk, "--repository", "org/shop")["a.py"][:2] == ("backed", identifier)
    desk.git("remote", "set-url", "origin", "https://git.example.com/org/shop.git")
    assert desk.run("audit", ".", "--no-fetch", "--fail-on-shadow").code == 0, "by the address of origin"


def test_another_environment(office: Office, desk: Desk) -> None:
    office.active(scope=CODE, environment="test")
    plant(desk.directory, {"src/a.py": "x()  # nosec B602\n", "src/b.py": "x()  # nosec B602 EXC-001\n"})
    assert judged(desk)["src/a.py"][0] == "shadow", "production, by default"
    assert judged(desk)["src/b.py"][0] == "backed", "whoever cites it says where"
    assert judged(desk, "--environment", "test")["src/a.py"][0] == "backed"
    assert judged(desk, "--environment", "staging")["src/b.py"][0] == "shadow"


def test_without_a_register(tmp_path: Path) -> None:
    from tests.shadow.support import rows

    (row,) = rows(plant(tmp_path, {"a.py": "x()  # nosec B602 EXC-001\n"}))
    assert (row["state"], row["exception"]) == ("shadow", "EXC-001")


PATTERN = st.text("ab/*?", max_size=8)


@given(PATTERN, PATTERN, st.text("ab/c", max_size=8))
def test_a_pattern_that_contains_another_matches_all_of_its_values(
    wide: str, narrow: str, value: str
) -> None:
    if glob.contains(wide, narrow) and glob.matches(narrow, value):
        assert glob.matches(wide, value)


@given(PATTERN)
def test_a_pattern_contains_itself(pattern: str) -> None:
    assert glob.contains(pattern, pattern)
    assert glob.contains("*", pattern)
