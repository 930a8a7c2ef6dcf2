"""Compliance tags: every control that a check names is one, of the version that its framework says."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from reprieve.auditor.controls import frameworks
from reprieve.policy.bundle import PACKS, load
from reprieve.policy.check import Check
from reprieve.policy.compliance import FRAMEWORKS

NUMBERED = ("nist-800-53", "cis-k8s", "cis-docker", "cis-aws", "nsa")


@functools.cache
def checks() -> tuple[Check, ...]:
    return load(packs=PACKS).checks


@functools.cache
def benchmarks() -> Mapping[str, frozenset[str]]:
    """Framework -> every control that there is."""
    said: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("benchmarks.yaml").read_text("utf-8"))
    nist = {
        f"{family}-{number}"
        for family, about in said["nist-800-53"].items()
        for number in range(1, about["last"] + 1)
        if number not in about.get("withdrawn", ())
    }
    numbered = {
        name: frozenset(
            f"{part}.{number}" for part, last in said[name].items() for number in range(1, last + 1)
        )
        for name in ("cis-k8s", "cis-docker", "cis-aws")
    }
    return {"nist-800-53": frozenset(nist), "nsa": frozenset(said["nsa"]), **numbered}


def test_the_lists_are_as_long_as_their_frameworks_say() -> None:
    sizes = {name: len(benchmarks()[name]) for name in NUMBERED}
    assert sizes == {"nist-800-53": 299, "cis-k8s": 35, "cis-docker": 44, "cis-aws": 62, "nsa": 23}


@pytest.mark.parametrize("framework", NUMBERED)
def test_every_control_that_a_check_names_exists(framework: str) -> None:
    unknown = {
        f"{check.id}: {control}"
        for check in checks()
        for control in check.compliance.get(framework, ())
        if control not in benchmarks()[framework]
    }
    assert unknown == set()


def test_every_check_says_which_frameworks_it_speaks_to_or_that_there_is_none() -> None:
    def says(check: Check) -> bool:
        return bool(check.compliance) and all(
            name in (*FRAMEWORKS, "pss", "pss-control") for name in check.compliance
        )

    assert [check.id for check in checks() if not says(check)] == []
    repeated = [
        check.id
        for check in checks()
        for controls in check.compliance.values()
        if len(set(controls)) != len(controls)
    ]
    assert repeated == []


def test_what_scanners_checks_are_mapped_to_exists_too() -> None:
    """The auditor's report knows other scanners' checks; both mappings speak of the same versions."""
    unknown = {
        f"{framework.id}: {control}"
        for framework in frameworks()
        if framework.tag
        for control in (*framework.controls, *(one for rule in framework.rules for one in rule.controls))
        if control not in benchmarks()[framework.tag]
    }
    assert unknown == set()


def test_the_auditor_has_a_name_for_every_control_of_nist_that_a_check_names() -> None:
    (nist,) = (one for one in frameworks() if one.tag == "nist-800-53")
    named = {control for check in checks() for control in check.compliance.get("nist-800-53", ())}
    assert named - nist.controls.keys() == set()


def test_frameworks_say_their_version() -> None:
    dated = {name: title for name, title in FRAMEWORKS.items() if not name.startswith("pss-")}
    assert [
        title for title in dated.values() if not any(mark in title for mark in (" v1.", " v3.", "Rev. 5"))
    ] == []
