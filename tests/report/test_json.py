"""JSON, version 1: the keys that programs rely on."""

from __future__ import annotations

import json

import msgspec

from reprieve.words import SEVERITIES
from tests.report.verdicts import NOW, RICH, finding, outcome, verdict_of, written

TOP = """
    version now simulated verdict fail_on reports register summary raw net findings exceptions rego_exceptions
    faults problems
"""
FINDING = """
    type check aliases severity cluster namespace resource path line end_line image package repository
    fix environment message tool context fingerprint disposition failing exception source source_file
    source_line policy voided_by native_suppressed
"""
SUMMARY = "open excepted expired pending below_threshold passed native_suppressed exempted"
EXCEPTION = "id status covered stale expires_in_days summary missing due reason"
PROBLEM = "rule message path line hint exception level"


def test_the_keys_are_the_promised_ones() -> None:
    document = json.loads(written("json", RICH))
    assert list(document) == TOP.split()
    assert list(document["register"]) == ["commit", "ref", "age_hours", "trust"]
    assert list(document["summary"]) == SUMMARY.split()
    assert list(document["raw"]) == list(document["net"]) == list(SEVERITIES)
    for name, keys in (("findings", FINDING), ("exceptions", EXCEPTION), ("problems", PROBLEM)):
        assert document[name]
        assert all(list(item) == keys.split() for item in document[name])


def test_values() -> None:
    document = json.loads(written("json", RICH))
    assert (document["version"], document["now"], document["verdict"]) == (1, "2026-11-20T09:00:00Z", "fail")
    assert len(document["findings"]) == len(RICH.findings)
    void, native = document["findings"][1], document["findings"][-1]
    assert (void["voided_by"], void["failing"]) == ("EXC-008: fix-available", True)
    assert (native["native_suppressed"], native["failing"]) == ("test data", False)
    assert document["exceptions"][4]["due"] == "2026-11-23T17:00:00Z"
    assert [each["stale"] for each in document["exceptions"]].count(True) == 1
    reasons = {each["id"]: each["reason"] for each in document["exceptions"]}
    assert reasons == {each.id: each.reason for each in RICH.exceptions}
    assert "controls not implemented: audit-log" in reasons.values()


def test_unknown_staleness_is_a_word() -> None:
    exception = msgspec.structs.replace(RICH.exceptions[0], stale="unknown")
    document = json.loads(written("json", verdict_of([], exceptions=[exception])))
    assert document["exceptions"][0]["stale"] == "unknown"


def test_without_fingerprints_and_fractions_of_seconds() -> None:
    now = NOW.replace(microsecond=1)
    document = json.loads(written("json", verdict_of([(finding(), outcome())], fingerprints=[], now=now)))
    assert document["findings"][0]["fingerprint"] is None
    assert document["now"] == "2026-11-20T09:00:00Z"


def test_a_finding_is_one_line() -> None:
    lines = written("json", verdict_of([(finding(), outcome()), (finding("B"), outcome())])).splitlines()
    assert [json.loads(line.rstrip(","))["check"] for line in lines[1:3]] == ["KSV012", "B"]


def test_a_file_name_that_is_not_utf_8() -> None:
    path = b"caf\xe9.yaml".decode(errors="surrogateescape")
    text = written("json", verdict_of([(finding(path=path), outcome())]))
    assert json.loads(text.encode())["findings"][0]["path"] == "caf?.yaml"
