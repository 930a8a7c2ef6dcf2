"""What becomes of reports: rows that are replaced and remembered, counts in step, nothing by halves."""

from __future__ import annotations

import datetime as dt
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.console.desk import Console
from tests.console.uploads import several, stored, taken
from tests.support import trivy_report

_ROOT = {"check": "KSV012", "severity": "HIGH"}
_OTHER = {"check": "KSV001", "resource": "Deployment/x"}


def test_the_same_report_again_changes_nothing(console: Console) -> None:
    first = taken(trivy_report())
    before = stored()
    again = taken(trivy_report(), days=3)
    assert again.known
    assert again.scan.pk == first.scan.pk
    assert stored() == before


def test_a_new_scan_takes_the_place_of_the_last_one(console: Console) -> None:
    from reprieve.console.index.models import Finding, Scan

    taken(trivy_report(_ROOT, _OTHER))
    second = taken(trivy_report({"check": "KSV014"}, _ROOT), days=1)
    assert (second.scan.new, second.scan.gone, second.scan.findings) == (1, 1, 2)
    assert set(Finding.objects.values_list("check_id", flat=True)) == {"KSV012", "KSV014"}
    assert list(Scan.objects.order_by("pk").values_list("latest", flat=True)) == [False, True]


def test_keeps_when_a_finding_was_first_seen_also_over_a_gap(console: Console) -> None:
    from reprieve.console.index.models import Finding, Gone

    first = taken(trivy_report(_ROOT, _OTHER))
    taken(trivy_report(_ROOT), days=1)
    assert Gone.objects.get().last_seen == first.scan.taken_at
    third = taken(trivy_report(_ROOT, _OTHER, {"check": "KSV014"}), days=2)
    seen = dict(Finding.objects.values_list("check_id", "first_seen"))
    assert seen["KSV012"] == seen["KSV001"] == first.scan.taken_at
    assert seen["KSV014"] == third.scan.taken_at
    assert Finding.objects.select_related("target").first().last_seen == third.scan.taken_at
    assert not Gone.objects.exists()


def test_what_changed_is_written_and_is_the_same_finding(console: Console) -> None:
    from reprieve.console.index.models import Finding

    taken(trivy_report(_ROOT))
    before = Finding.objects.get()
    second = taken(trivy_report({**_ROOT, "severity": "LOW"}), days=1)
    after = Finding.objects.get()
    assert (after.pk, after.fingerprint) == (before.pk, before.fingerprint)
    assert (before.severity, after.severity) == (1, 3)
    assert (second.changed, second.scan.new, second.scan.gone) == (1, 0, 0)


def test_history_is_kept_for_plots(console: Console) -> None:
    from reprieve.console.index.models import Scan

    console.office.active()
    console.sync()
    taken(trivy_report({}, _OTHER))
    taken(trivy_report(_OTHER), days=1)
    assert list(Scan.objects.order_by("pk").values_list("counts", flat=True)) == [
        {"medium": {"excepted": 1, "open": 1}},
        {"medium": {"open": 1}},
    ]


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({}, {}, False),
        ({"cluster": "a"}, {"cluster": "b"}, True),
        ({"repository": "a"}, {"repository": "b"}, True),
        ({"target": "a"}, {"target": "b"}, True),
        ({"environment": "staging"}, {"environment": "test"}, False),
    ],
)
def test_what_a_target_is(console: Console, one: Any, other: Any, apart: bool) -> None:
    from reprieve.console.index.models import Finding

    taken(trivy_report(_ROOT), **one)
    taken(trivy_report(_ROOT, _OTHER), days=1, **other)
    assert Finding.objects.count() == (3 if apart else 2)


def _image(name: str) -> str:
    return json.dumps({"SchemaVersion": 2, "ArtifactName": name, "ArtifactType": "container_image",
                       "Results": [{"Target": name, "Class": "os-pkgs", "Vulnerabilities": [
                           {"VulnerabilityID": "CVE-2026-1", "PkgName": "zlib", "Severity": "HIGH",
                            "InstalledVersion": "1"}]}]})  # fmt: skip


def _sarif(tool: str, *rules: str) -> str:
    results = [{"ruleId": rule, "message": {"text": "bad"}} for rule in rules]
    runs = [{"tool": {"driver": {"name": tool}}, "results": results}]
    return json.dumps({"version": "2.1.0", "runs": runs})


def test_another_image_in_the_same_cluster_is_another_target(console: Console) -> None:
    from reprieve.console.index.models import Target

    for image in ("shop:1", "billing:1", "shop:1"):
        taken(_image(image), "report.json", cluster="prod-eu-1")
    assert sorted(Target.objects.values_list("name", flat=True)) == ["billing:1", "shop:1"]


def test_a_scan_that_finds_nothing_ends_the_findings_of_the_one_before(console: Console) -> None:
    from reprieve.console.index.models import Finding, Place, Target

    taken(_sarif("Semgrep", "one", "two"), "report.sarif")
    taken(_sarif("CodeQL", "three"), "report.sarif")
    taken(_sarif("Semgrep"), "report.sarif", days=1)
    assert list(Finding.objects.values_list("check_id", flat=True)) == ["three"]
    assert Target.objects.count() == 2
    assert Place.objects.count() == 1


def test_an_empty_report_must_say_whose_it_is(console: Console) -> None:
    from reprieve.errors import UsageError

    with pytest.raises(UsageError, match="which tool found nothing"):
        taken("[]", "gitleaks.json")
    assert taken("[]", "gitleaks.json", format="gitleaks").scan.findings == 0


def test_an_older_scan_does_not_replace_a_newer_one(console: Console) -> None:
    from reprieve.errors import UsageError

    moment = dt.datetime(2026, 1, 2, tzinfo=dt.UTC)
    taken(trivy_report(_ROOT), taken=moment)
    before = stored()
    with pytest.raises(UsageError, match="older scan"):
        taken(trivy_report(_ROOT, _OTHER), taken=moment - dt.timedelta(seconds=1))
    assert stored() == before


def test_a_clock_that_went_back_keeps_nobody_out(console: Console) -> None:
    """As that of whoever had to wait for another upload."""
    first = taken(trivy_report(_ROOT), days=1)
    assert taken(trivy_report(_OTHER)).scan.taken_at == first.scan.taken_at


_LONG = "x" * 600


@pytest.mark.parametrize(
    "report",
    [
        b"",
        b"{",
        b'{"no": "report"}',
        trivy_report(_ROOT).encode()[:-9],
        trivy_report({"check": _LONG}).encode(),
        trivy_report({"namespace": _LONG}).encode(),
        trivy_report(_ROOT, cluster=_LONG).encode(),
        trivy_report(_ROOT).encode("utf-16")[:-3],
        b"\xff" * 100,
    ],
)
def test_a_broken_report_changes_nothing(console: Console, report: bytes) -> None:
    from reprieve.errors import ReportError

    taken(trivy_report(_ROOT))
    before = stored()
    with pytest.raises(ReportError):
        taken(report, days=1)
    assert stored() == before


def test_an_error_while_merging_changes_nothing(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprieve.console.index import intake

    taken(trivy_report(_ROOT))
    before = stored()

    def broken(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(intake.tallies, "count_covered", broken)
    with pytest.raises(RuntimeError):
        taken(trivy_report(_OTHER), days=1)
    assert stored() == before


_HOSTILE = [
    "nul \0 here",
    "'; DROP TABLE index_finding; --",
    "tab\tnewline\nreturn\rbackslash\\N\\.",
    "\\.",
    "%s %(x)s {0}",
    "\N{RIGHT-TO-LEFT OVERRIDE}\N{PILE OF POO}" * 5,
    "<script>alert(1)</script>",
    "x" * 100_000,
]


@pytest.mark.parametrize("text", _HOSTILE)
def test_any_text_is_kept(console: Console, text: str) -> None:
    from reprieve.console.index import queries
    from reprieve.console.index.models import Finding

    report = json.loads(trivy_report({}))
    workload = report["Resources"][0]
    workload["Name"] = text
    check = workload["Results"][0]["Misconfigurations"][0]
    check["Message"] = check["Title"] = text
    report = json.dumps(report)
    taken(report)
    found = Finding.objects.get()
    assert found.resource == f"Deployment/{text}".replace("\0", "\N{REPLACEMENT CHARACTER}")
    word = next(iter(text.split()), "")[:50].replace("\0", "")
    assert [one.pk for one in queries.findings(queries.Filters(q=word)).findings] == [found.pk]
    taken(report, days=1, target="another")
    assert Finding.objects.count() == 2


def test_one_secret_in_several_places_is_kept_in_each(console: Console) -> None:
    from reprieve.console.index.models import Finding

    def found(*paths: str) -> str:
        rows = [
            {"type": "secret", "check": "key", "severity": "high", "tool": "reprieve", "path": path,
             "context": "keyed-secret:1"}
            for path in paths
        ]  # fmt: skip
        return json.dumps({"version": 1, "verdict": "fail", "summary": {}, "findings": rows})

    taken(found("a", "b", "c"), "scan.json")
    assert len(set(Finding.objects.values_list("fingerprint", flat=True))) == 1
    assert Finding.objects.count() == 3
    second = taken(found("a", "c"), "scan.json", days=1)
    assert second.scan.gone == 1
    assert set(Finding.objects.values_list("path", flat=True)) == {"a", "c"}


def test_numbers_that_no_column_holds(console: Console) -> None:
    from reprieve.console.index.models import Finding

    row = {"type": "code", "check": "x", "severity": "high", "tool": "t", "line": 2**62, "end_line": -1}
    document = {"version": 1, "verdict": "fail", "summary": {}, "findings": [row]}
    taken(json.dumps(document), "scan.json")
    assert Finding.objects.values_list("line", "end_line").get() == (None, None)


def test_two_uploads_of_the_same_target_at_once(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import connections

    from reprieve.console.index import intake
    from reprieve.console.index.models import Finding, Scan

    monkeypatch.setattr(intake, "PATIENCE", 300)
    failures: list[BaseException] = []

    def upload(number: int) -> None:
        try:
            for round_ in range(4):
                taken(several(20 + number * 10 + round_))
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=upload, args=[number]) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    latest = Scan.objects.get(latest=True)
    assert Finding.objects.count() == latest.findings
    assert Scan.objects.count() == 12


def test_counts_are_those_of_the_findings(console: Console) -> None:
    """Whatever came and went: made from nothing, the counts are the same."""
    from reprieve.console.index.models import CheckTally, PlaceTally

    console.office.active()
    console.sync()
    for day, report in enumerate(
        [several(5), trivy_report({}, _ROOT, _OTHER), several(2), trivy_report(_OTHER), several(9, "KSV012")]
    ):
        taken(report, f"{day % 2}.json", days=day, target=f"t{day % 2}")
    before = [row for row in stored() if row[0] in {"CheckTally", "PlaceTally", "Tally"}]
    CheckTally.objects.all().delete()
    PlaceTally.objects.all().delete()
    _count_all()
    assert [row for row in stored() if row[0] in {"CheckTally", "PlaceTally", "Tally"}] == before
    assert sum(row[-2] for row in before if row[0] == "Tally") == 0  # no native ones


def _count_all() -> None:
    from django.db import connection, transaction

    from reprieve.console.index import tallies
    from reprieve.console.index.models import Target

    tallies.forget_touched()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO touched_place SELECT id FROM index_place")
        cursor.execute("INSERT INTO touched_subject SELECT id FROM index_subject")
    with transaction.atomic():
        for target in Target.objects.all():
            tallies.count_touched(target.pk)


_CORPUS = os.environ.get("REPRIEVE_CORPUS")


@pytest.mark.skipif(not _CORPUS, reason="REPRIEVE_CORPUS names no folder of real reports")
def test_real_reports_are_taken_in(console: Console) -> None:
    from reprieve.console.index.models import Finding
    from reprieve.errors import ReprieveError
    from reprieve.findings.reading import read_report

    seen = 0
    for path in sorted(Path(str(_CORPUS)).rglob("*.json"))[:60]:
        if path.stat().st_size > 3_000_000:
            continue
        try:
            expected = len(read_report(str(path)).findings)
            target = taken(path.read_bytes(), path.name, target=str(path)).scan.target
        except ReprieveError:
            continue
        assert Finding.objects.filter(target=target).count() == expected
        seen += 1
    assert seen > 5
