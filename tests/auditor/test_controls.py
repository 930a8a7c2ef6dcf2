"""Exceptions per control: the data hold together, and every exception turns up."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from reprieve.auditor.controls import FILES, by_framework, controls_in, frameworks
from reprieve.auditor.entries import entries
from reprieve.policy import bundle
from reprieve.record import glob
from reprieve.record.model import ScopeEntry
from reprieve.register.register import Register
from tests.register.build import Yard, day, moment

BY_ID = {framework.id: framework for framework in frameworks()}


def controls(framework: str, **scope: Any) -> dict[str, tuple[str, ...]]:
    part = msgspec.convert({key: value for key, value in scope.items() if value}, ScopeEntry)
    return controls_in(part, BY_ID[framework])


@pytest.mark.parametrize("name", FILES)
def test_files_hold_together(name: str) -> None:
    framework = BY_ID[name]
    folder = Path(__file__).parents[2] / "src/reprieve/auditor/frameworks"
    assert {path.stem for path in folder.iterdir()} == set(FILES)
    for rule in framework.rules:
        assert rule.controls
        assert rule.checks
        assert not any(glob.fault(check) or glob.says_nothing(check) for check in rule.checks)
    named = {control for rule in framework.rules for control in rule.controls}
    named |= {control for of_type in framework.types.values() for control in of_type}
    named |= {control for to in framework.crosswalk.values() for control in to}
    if framework.controls:
        assert named <= framework.controls.keys()


def test_names_are_there_for_all_that_built_in_checks_say() -> None:
    checks = bundle.load([], tests=False).checks
    said = {control for check in checks for control in check.compliance.get("nist-800-53", ())}
    assert said <= BY_ID["nist-800-53"].controls.keys()


@pytest.mark.parametrize(
    ("framework", "check", "control"),
    [
        ("nist-800-53", "KSV012", "AC-6"),
        ("nist-800-53", "AVD-KSV-0012", "AC-6"),
        ("nist-800-53", "KSV-0012", "AC-6"),
        ("nist-800-53", "CKV_K8S_23", "AC-6"),
        ("nist-800-53", "C-0013", "AC-6"),
        ("nist-800-53", "disallow-privileged-containers/autogen-privileged", "SC-39"),
        ("nist-800-53", "CVE-2026-1234", "SI-2"),
        ("nist-800-53", "python.lang.security.audit.formatted-sql-query-sqli", "SI-10"),
        ("nist-800-53", "CKV_AWS_21", "CP-9"),
        ("nist-800-53", "KSV0*", "SC-7"),
        ("cis-kubernetes", "KSV012", "5.2.7"),
        ("cis-kubernetes", "C-0198", "5.2.7"),
        ("cis-docker", "DS002", "4.1"),
        ("cis-docker", "DL3002", "4.1"),
        ("cis-aws", "AVD-AWS-0107", "5.2"),
        ("cis-aws", "CKV_AWS_7", "3.6"),
        ("cis-controls", "KSV012", "5.4"),
        ("cis-controls", "CVE-2026-1234", "7.7"),
    ],
)
def test_check_speaks_to_control(framework: str, check: str, control: str) -> None:
    assert control in controls(framework, checks=[check])[check]


def test_type_speaks_where_nothing_is_known_of_the_check() -> None:
    nist = "nist-800-53"
    assert controls(nist, type="misconfiguration", checks=["ACME_1"]) == {"ACME_1": ("CM-6",)}
    assert controls(nist, checks=["ACME_1"]) == {"ACME_1": ()}
    assert controls(nist, type="vulnerability", packages=["pkg:npm/left-pad"]) == {
        "any vulnerability": ("RA-5", "SI-2")
    }
    assert controls("cis-docker", type="misconfiguration", checks=["ACME_1"]) == {"ACME_1": ()}


def test_two_patterns_that_only_could_meet_say_nothing() -> None:
    nist = "nist-800-53"
    assert controls(nist, type="code", checks=["python.lang.*"]) == {"python.lang.*": ("SA-11",)}
    assert controls(nist, type="vulnerability", checks=["CVE-2026-*"])["CVE-2026-*"] == ("RA-5", "SI-2")
    assert "AC-2" in controls(nist, checks=["iam_user_*"])["iam_user_*"]
    wide = controls(nist, checks=["CKV_K8S_*"])["CKV_K8S_*"]
    assert {"AC-6", "SC-7", "SI-13"} <= set(wide)
    assert "CP-9" not in wide


def test_every_living_exception_is_under_a_control_or_unmapped(shop: Path) -> None:
    register = Register.open(shop)
    found = entries(register, moment(0))
    over = {"closed", "revoked", "denied"}
    living = {entry.id for entry in found if entry.status not in over and entry.scope}
    assert living
    for framework in by_framework(found):
        touched = {id_ for control in framework.controls for id_ in (*control.active, *control.others)}
        assert touched | set(framework.unmapped) == living
        active = {id_ for control in framework.controls for id_ in control.active}
        assert active <= {entry.id for entry in found if entry.status == "active"}


def test_controls_are_in_the_order_of_their_numbers(tmp_path: Path) -> None:
    yard = Yard(tmp_path / "register")
    scope = [{"checks": ["KSV003", "KSV106", "KSV013", "AWS-0077", "KSV012"], "namespaces": ["billing"]}]
    yard.active(ago=5, requested=day(5), scope=scope)
    nist, _, kubernetes, *_ = by_framework(entries(Register.open(yard.directory), moment(0)))
    assert [c.control for c in nist.controls] == ["AC-6", "CM-2", "CM-7", "CP-9", "SI-7"]
    assert [c.control for c in kubernetes.controls] == ["5.2.7", "5.2.9", "5.2.10"]
    assert nist.controls[0].active == ("EXC-001",)
    assert kubernetes.unmapped == ()


@pytest.mark.parametrize(
    ("framework", "check", "control"),
    [
        ("nist-800-53", "iam_root_mfa_enabled", "IA-2"),
        ("nist-800-53", "kms_cmk_rotation_enabled", "SC-12"),
        ("nist-800-53", "IAM.1", "AC-6"),
        ("cis-aws", "ec2_ebs_volume_encryption", "2.2.1"),
        ("cis-aws", "Account.1", "1.2"),
        ("cis-kubernetes", "C-0275", "5.2.3"),
        ("cis-kubernetes", "C-0289", "5.5.1"),
    ],
)
def test_a_mapping_that_its_tool_publishes(framework: str, check: str, control: str) -> None:
    assert control in controls(framework, checks=[check])[check]


@pytest.mark.parametrize(
    "check", ["IAM.99", "cloudtrail_of_tomorrow", "kms_key_policy", "storage_encrypted_blob"]
)
def test_what_nobody_maps_counts_by_its_type(check: str) -> None:
    """A family's name says nothing of what a check of it is about."""
    assert controls("nist-800-53", type="compliance", checks=[check]) == {check: ("CM-6",)}
    assert controls("cis-aws", checks=[check]) == {check: ()}
