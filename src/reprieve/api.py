"""The library: `from reprieve import Register, gate`."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable

from reprieve.findings.model import Report
from reprieve.findings.reading import read_with_progress, relocated
from reprieve.findings.source import MAX_REPORT_SIZE
from reprieve.judging import judge_reports
from reprieve.register.register import Register
from reprieve.verdict import Verdict
from reprieve.words import Environment, Severity


def gate(
    reports: Iterable[str | os.PathLike[str] | Report],
    register: Register | None,
    *,
    now: dt.datetime | None = None,
    fail_on: Severity = "low",
    cluster: str | None = None,
    environment: Environment | None = None,
    repository: str | None = None,
    format: str | None = None,  # noqa: A002  (the option's own name)
    max_report_size: int = MAX_REPORT_SIZE,
    with_fingerprints: bool = True,
) -> Verdict:
    """Judges scanner reports by a register.

    Args:
        reports: files (`-` is standard input), or reports that were read already.
        register: from `Register.open`; None when no record is to cover anything.
        now: the moment to judge at, aware; the register's `as_of`, else the present, when None.
        fail_on: the lowest severity that fails; `unknown` always counts.
        cluster: where the findings are, over what the reports say.
        environment: the same, over the charter's map of clusters.
        repository: the same.
        format: the reports' format; recognised by content when None.
        max_report_size: refuse larger files, in bytes.
        with_fingerprints: whether `Verdict.fingerprints` is wanted.

    Returns:
        The verdict: `Verdict.verdict` is `pass` or `fail`.

    Errors: `ReportError` for a report that cannot be read whole.
    """
    read = [
        report
        if isinstance(report, Report)
        else read_with_progress(os.fspath(report), format=format, max_size=max_report_size)
        for report in reports
    ]
    placed = [relocated(report, cluster=cluster, repository=repository) for report in read]
    return judge_reports(
        placed,
        register,
        now or (register and register.as_of) or dt.datetime.now(dt.UTC),
        fail_on=fail_on,
        environment=environment,
        simulated=now is not None,
        with_fingerprints=with_fingerprints,
    )
