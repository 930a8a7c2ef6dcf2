"""The table: what a person reads first."""

from __future__ import annotations

import datetime as dt
import io

import click
import msgspec
import pytest

from reprieve.report import table
from reprieve.verdict import Covered, RegisterInfo, Verdict
from tests.report.verdicts import CALM, NOW, RICH, finding, live, outcome, verdict_of, written

RICH_TABLE = """\
FAIL  3 open, 2 expired and 2 pending at low severity or above
      3 excepted · 1 below the threshold · 1 suppressed by scanners · 1,204 passed

Open  3
  critical  CVE-2026-1234  registry.ex…ling/api:2.3.0 pkg:npm/lodash@4.17.4  lodash: prototype poll…
            EXC-008 does not cover it: fix-available
  medium    CKV_K8S_20     deploy/api.yaml:14                                Runs as root user
  low       KSV014         prod-eu-1/billing/Deployment/api                  Root file system can b…

Expired  2
  high      KSV009  prod-eu-1/billing/Deployment/gateway     EXC-003  Access to host network
  medium    KSV010  prod-eu-1…eway-with-a-name-that-goes-on  EXC-003  Host PID
  EXC-003 expired 21 days ago, on 2026-10-30

Pending  2
  critical  KSV041      prod-eu-1/billing/ClusterRole/scanner  EXC-013
  low       CKV_K8S_11  charts/web.yaml:3                      EXC-012
  EXC-012 is in review, waits for security-team and ciso, by 2026-11-23 17:00 UTC
  EXC-013 is approved: controls not implemented: audit-log

Exceptions  2
  EXC-007   expiring  2 findings  expires in 12 days  Legacy billing runs as root until the vendor…
  EXC-008   active     1 finding  expires in 61 days  Base image is rebuilt every Friday.

Stale  1
  Covered nothing although their target was scanned: still needed?
  EXC-010   expires in 40 days  Debug sidecar of the staging cluster.

Problems  1
  error     security/exceptions/EXC-014-everything.md:9
            [blanket-scope] an entry needs `checks`, `packages` or `fingerprints`
            hint: name the checks that the exception is for

Severity  critical      high    medium       low      info   unknown
  raw            2         4         2         2         1         0
  net            2         1         2         2         1         0

Register  origin/main @ 3f9a2c1, 5 hours old, trust: claimed
          decisions are not signed, so their authors are claims
"""

CALM_TABLE = """\
PASS  nothing open, expired or pending at low severity or above
      1 excepted

Exceptions  1
  EXC-007   expiring  2 findings  expires in 12 days  Legacy billing runs as root until the vendor…

Severity  critical      high    medium       low      info   unknown
  raw            0         1         0         0         0         0
  net            0         0         0         0         0         0

Register  origin/main @ 3f9a2c1, 5 hours old, trust: claimed
          decisions are not signed, so their authors are claims
"""


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(verdict: Verdict) -> str:
    out = Terminal()
    table.write(verdict, out)
    return out.getvalue()


def test_everything_at_once() -> None:
    assert written("table", RICH) == RICH_TABLE


def test_a_gate_that_passes() -> None:
    assert written("table", CALM) == CALM_TABLE


def test_no_line_is_wider_than_a_hundred_columns() -> None:
    long = "x" * 300
    pairs = [
        (live(long, long, message=long), outcome("expired", "EXC-003")),
        (finding(long, path=long, message=long), outcome()),
    ]
    exceptions = [msgspec.structs.replace(each, summary=long) for each in RICH.exceptions]
    verdict = verdict_of(pairs, exceptions=exceptions)
    assert max(map(len, written("table", verdict).splitlines())) == table.WIDTH


def test_colour_only_changes_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" in on_terminal(RICH)
    assert click.unstyle(on_terminal(RICH)) == RICH_TABLE


def test_no_colour_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert on_terminal(RICH) == RICH_TABLE


def test_groups_are_cut_and_counted() -> None:
    verdict = verdict_of([(live(f"Pod/{number}"), outcome()) for number in range(57)])
    assert "  … and 37 more\n" in written("table", verdict)
    out = io.StringIO()
    table.write(verdict, out, limit=None)
    assert out.getvalue().count("KSV012") == 57
    assert "more" not in out.getvalue()


def test_the_worst_severity_comes_first_whatever_the_order_of_the_report() -> None:
    severities = ["low", "unknown", "critical", "medium", "high"]
    verdict = verdict_of([(live("Pod/a", severity=each), outcome()) for each in severities])
    rows = [line.split()[0] for line in written("table", verdict).splitlines() if "KSV012" in line]
    assert rows == ["critical", "high", "medium", "low", "unknown"]


def test_a_simulated_verdict_says_so_at_once() -> None:
    verdict = msgspec.structs.replace(CALM, simulated=True)
    assert "SIMULATED  As of 2026-11-20 09:00 UTC" in written("table", verdict).splitlines()[2]


def test_a_refused_native_suppression_is_explained() -> None:
    verdict = verdict_of([(finding(suppressed="nosec"), outcome())], native_suppressions="refuse")
    assert "suppressed by its scanner, refused by the charter: nosec" in written("table", verdict)


@pytest.mark.parametrize(
    ("covered", "expected"),
    [
        ({"missing": ("ciso",), "due": NOW - dt.timedelta(days=1)}, "overdue since 2026-11-19 09:00 UTC"),
        ({"missing": ("ciso",)}, "EXC-012 is requested, waits for ciso\n"),
        (
            {"reason": "all approvals are in; waiting to be merged"},
            "EXC-012 is requested: all approvals are in",
        ),
    ],
)
def test_what_a_pending_exception_waits_for(covered: dict[str, object], expected: str) -> None:
    exception = Covered("EXC-012", "Short.", "requested", 1, False, 30, **covered)  # type: ignore[arg-type]
    verdict = verdict_of([(finding(), outcome("pending", "EXC-012"))], exceptions=[exception])
    assert expected in written("table", verdict)


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "expires today"), (1, "expires in 1 day "), (60, "expires in 60 days")]
)
def test_when_an_exception_ends(days: int, expected: str) -> None:
    exception = Covered("EXC-001", "Short.", "active", 1, False, days)
    verdict = verdict_of([(finding(), outcome("excepted", "EXC-001"))], exceptions=[exception])
    assert expected in written("table", verdict)


@pytest.mark.parametrize(
    ("hours", "expected"),
    [(0, "less than an hour old"), (1, "1 hour old"), (47, "47 hours old"), (72, "3 days old")],
)
def test_the_age_of_the_register(hours: int, expected: str) -> None:
    register = RegisterInfo("a" * 40, "main", hours, "signed")
    text = written("table", verdict_of([], register=register))
    assert f"Register  main @ aaaaaaa, {expected}, trust: signed\n" in text
