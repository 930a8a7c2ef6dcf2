"""detect-secrets' baseline, made from what `detect-secrets scan` wrote: the excepted secrets of it.

Source: Yelp/detect-secrets `detect_secrets/core/potential_secret.py`. A secret is its file, type and hash,
which is what tells findings apart here too. The format has no place for a reason.
"""

from __future__ import annotations

from typing import Any

import msgspec

from reprieve.errors import UsageError
from reprieve.export.concrete import excepted
from reprieve.export.interface import Format, Given, Job, Written
from reprieve.export.texts import json_text

NAME = "detect-secrets"
_KEPT = ("version", "plugins_used", "filters_used")


def _write(job: Job) -> Written:
    baselines = [report for report in job.reports if report.format == NAME]
    if len(baselines) != len(job.reports) or len(baselines) != 1:
        raise UsageError(
            "a baseline is made from one scan: give one report", where=job.reports[0].source.name
        )
    scan = baselines[0].source.decode(dict[str, Any])
    covered = {one.number for one in excepted(job) if one.entries}
    results: dict[str, list[dict[str, Any]]] = {}
    for index, (file, secret) in enumerate(_secrets(baselines[0])):
        if index in covered:
            results.setdefault(file, []).append(secret)
    document = {key: scan[key] for key in _KEPT if key in scan}
    document |= {"results": dict(sorted(results.items())), "generated_at": scan.get("generated_at")}
    return Written({"": json_text(document)}, len(covered))


def _secrets(report: Given) -> list[tuple[str, dict[str, Any]]]:
    """File and secret, in the order in which they were read as findings."""
    results = msgspec.convert(
        report.source.decode(dict[str, Any])["results"], dict[str, list[dict[str, Any]]]
    )
    return [(file, secret) for file, secrets in results.items() for secret in secrets]


FORMAT = Format(
    title="detect-secrets, baseline",
    file=".secrets.baseline",
    says="the secrets that a scan has now, one by one",
    expiry="none: written while the record holds",
    write=_write,
    reports="needed",
    reads=("detect-secrets",),
)
