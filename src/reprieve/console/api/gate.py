"""`/api/v1/gate`: a report in, the verdict out; nothing of it is kept."""

from __future__ import annotations

import io
import tempfile
import threading
from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from reprieve.api import gate
from reprieve.console.api import problems
from reprieve.console.api.callers import PerPerson, needs
from reprieve.console.api.documents import gives
from reprieve.console.api.receiving import REPORT_BODY, receive
from reprieve.console.config import config
from reprieve.console.opened import opened
from reprieve.errors import ReportError
from reprieve.findings.readers import FORMATS
from reprieve.findings.reading import read_report
from reprieve.report import json as output
from reprieve.words import Environment

router = Router(tags=["gate"])

_AT_ONCE = threading.BoundedSemaphore(2)
"""Reports that one worker process judges at a time: each is in memory while it is judged."""


class Judged(msgspec.Struct, frozen=True):
    """What `reprieve gate --output json` prints; the keys that programs need most."""

    version: int
    verdict: Literal["pass", "fail"]
    summary: dict[str, int]
    findings: list[output.Row]
    exceptions: list[output.ExceptionRow]
    problems: list[output.ProblemRow]


class Asked(Schema):
    """As the options of `reprieve gate`."""

    fail_on: Literal["critical", "high", "medium", "low", "info"] = "low"
    cluster: Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x1f]*$")] = ""
    environment: Environment | Literal[""] = ""
    repository: Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x1f]*$")] = ""
    format: Annotated[str, Field(max_length=60)] = ""
    """Of the report; recognised by its content when it is left out."""


@router.post(
    "",
    auth=needs("gate"),
    throttle=PerPerson("gate", "120/m"),
    openapi_extra=REPORT_BODY,
)
@gives(Judged)
def judge(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """Judges a report by the register as the console knows it: pass or fail, and why."""
    problems.refuse_unknown(request.GET, Asked.model_fields)
    if asked.format and asked.format not in FORMATS:
        return problems.answer(422, f"unknown format {asked.format!r}", hint=f"one of: {', '.join(FORMATS)}")
    if not _AT_ONCE.acquire(timeout=30):
        return problems.answer(503, "busy with other reports", headers={"Retry-After": "10"})
    try:
        return _judged(request, asked)
    finally:
        _AT_ONCE.release()


def _judged(request: HttpRequest, asked: Asked) -> HttpResponse:
    settings = config()
    with tempfile.NamedTemporaryFile(prefix="reprieve-gate-") as file:
        receive(request, file, settings.max_gate_mb)
        file.flush()
        try:
            report = read_report(file.name, format=asked.format or None)
        except ReportError as error:
            raise ReportError(
                error.message.replace(file.name, "report"),
                where=error.where.replace(file.name, "report") if error.where else None,
                hint=error.hint,
            ) from None
    verdict = gate(
        [msgspec.structs.replace(report, source="report")],
        opened(),
        now=settings.now,
        fail_on=asked.fail_on,
        cluster=asked.cluster or None,
        environment=asked.environment or None,
        repository=asked.repository or None,
    )
    out = io.StringIO()
    output.write(verdict, out)
    return HttpResponse(out.getvalue(), content_type="application/json")
