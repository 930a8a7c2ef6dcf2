"""Results made by hand, and an office whose scans are kept."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from reprieve.findings.fingerprint import fingerprints
from reprieve.findings.model import Finding
from reprieve.record.charter import Charter
from reprieve.record.model import Record
from reprieve.standing.hiding import Hiding
from reprieve.standing.results import Place, Result
from reprieve.standing.stale import Use, judged
from reprieve.standing.trails import Trails
from tests.record.records import record
from tests.support import Desk, trivy_report

FIRST = dt.datetime(2026, 11, 1, 9, tzinfo=dt.UTC)


def day(number: int) -> dt.datetime:
    return FIRST + dt.timedelta(days=number - 1)


def finding(check: str = "KSV012", **fields: Any) -> Finding:
    place = {"cluster": "prod-eu-1", "namespace": "billing", "resource": "Deployment/billing-api"}
    defaults = {"type": "misconfiguration", "severity": "medium", "tool": "trivy", **place}
    return Finding(check=check, **{**defaults, **fields})


def result(number: int, *findings: Finding, whole: bool = True, **more: Any) -> Result:
    return Result(
        place=Place(f"gate-{number}.json", day(number), kept=True),
        findings=list(findings),
        environments=[more.pop("environment", "production")] * len(findings),
        fingerprints=fingerprints(findings),
        whole=whole,
        knows=more.pop("knows", {}),
        extents=tuple(more.pop("extents", ())),
        clean=frozenset(more.pop("clean", ())),
        digest=f"{number:064x}",
    )


def scope(**keys: Any) -> list[dict[str, Any]]:
    return [{"type": "misconfiguration", "checks": ["KSV012"], **keys}]


BILLING = scope(namespaces=["billing"])


def use(
    results: Sequence[Result],
    charter: Charter | None = None,
    builtin: frozenset[str] = frozenset(),
    **fields: Any,
) -> Use:
    """What becomes of one active record."""
    one: Record = record(**{"scope": BILLING, **fields})
    trails = Trails([one], Hiding(charter or Charter(1)).may_hide)
    for each in results:
        trails.follow(each)
    return judged(one, "active", trails, lambda: builtin)


class Kept:
    """A folder of verdicts, as CI keeps them."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.folder = desk.directory / "results"
        self.folder.mkdir()

    def gate(self, number: int, *findings: dict[str, Any], options: Sequence[str] = ()) -> Path:
        """Gates a report with these findings; the verdict is kept as if it had been taken that day."""
        text = (
            trivy_report(*findings) if findings else json.dumps({"ClusterName": "prod-eu-1", "Resources": []})
        )
        out = self.desk.run("gate", "-", "--fetch", "--output", "json", *options, stdin=text)
        assert out.code in {0, 1}, out.err
        return self.keep(number, json.loads(out.out))

    def keep(self, number: int, verdict: dict[str, Any]) -> Path:
        path = self.folder / f"gate-{number:02d}.json"
        path.write_text(json.dumps({**verdict, "now": day(number).isoformat()}))
        return path

    def stale(self, *options: str) -> dict[str, dict[str, Any]]:
        found = self.desk.run("stale", str(self.folder), "--fetch", "--output", "json", *options)
        assert found.code == 0, found.err
        return {each["id"]: each for each in found.json()["exceptions"]}
