"""Reports for the console: taken in as an upload does it, without the web."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from tests.support import trivy_report

if TYPE_CHECKING:
    from reprieve.console.index.intake import Taken

UPLOADER = "ci@example.com"


def taken(report: str | bytes, source: str = "trivy.json", *, days: int = 0, **said: Any) -> Taken:
    """Takes a report in, `days` from now."""
    from reprieve.console.config import config
    from reprieve.console.index.intake import Upload, take

    raw = report.encode() if isinstance(report, str) else report
    now = config().present() + dt.timedelta(days=days)
    return take(io.BytesIO(raw), Upload(source, UPLOADER, **said), now)


def several(number: int, check: str = "KSV001", namespace: str = "shop", cluster: str = "prod-eu-1") -> str:
    """A report of so many findings of one check, each on a resource of its own."""
    found = [
        {"check": check, "namespace": namespace, "resource": f"Deployment/app-{index}"}
        for index in range(number)
    ]
    return trivy_report(*found, cluster=cluster)


def stored() -> list[tuple[Any, ...]]:
    """Everything that pages read of findings, but for ids and times: equal where pages are."""
    from reprieve.console.index import models

    rows: list[tuple[Any, ...]] = []
    for model, fields in (
        (models.Finding, ("target__name", "fingerprint", "twin", "check_id", "disposition", "exception",
                          "native", "place__search", "subject__search", "severity", "message", "first_seen")),
        (models.Tally, ("target__name", "type", "severity", "cluster", "namespace", "disposition", "native",
                        "number")),
        (models.CheckTally, ("type", "check_id", "cluster", *_COUNTED)),
        (models.PlaceTally, ("type", "place__search", "cluster", *_COUNTED)),
        (models.Coverage, ("target__name", "number", "covered")),
        (models.Case, ("record_id", "branch", "status", "covered")),
        (models.Scan, ("target__name", "digest", "latest", "findings", "counts")),
        (models.Place, ("search",)),
    ):  # fmt: skip
        found = model._default_manager.values_list(*fields)
        rows += sorted(((model.__name__, *row) for row in found), key=repr)
    return rows


_COUNTED = ("worst", "severities", "raw", "net", "expired", "pending", "native")
