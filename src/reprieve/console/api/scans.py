"""`/api/v1/scans`: reports come in, one for each scan of a target; and which have come."""

from __future__ import annotations

import datetime as dt
import tempfile
import threading
from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from reprieve.console.api import problems
from reprieve.console.api.callers import PerPerson, caller, needs
from reprieve.console.api.documents import document, gives, linked, onward
from reprieve.console.api.exceptions import Size
from reprieve.console.api.receiving import REPORT_BODY, receive
from reprieve.console.config import config
from reprieve.console.index.found import Scan as Row
from reprieve.console.index.intake import BusyError, Upload, take
from reprieve.words import Environment

router = Router(tags=["scans"])

_AT_ONCE = threading.BoundedSemaphore(2)
"""Uploads that occupy a thread of a worker process; the others are for pages."""
_RETRY = {"Retry-After": "5"}

Name = Annotated[str, Field(max_length=500, pattern=r"^[^\x00-\x1f]*$")]


class Scan(msgspec.Struct, frozen=True):
    """One scan of a target."""

    id: int
    target: str
    tool: str
    cluster: str
    repository: str
    format: str
    source: str
    """The report's name."""
    digest: str
    """SHA-256 of the report."""
    taken_at: dt.datetime
    uploaded_at: dt.datetime
    uploaded_by: str
    latest: bool
    """Whether it is the target's latest: the one that findings are from."""
    findings: int
    new: int
    """Findings that the scan before did not have."""
    gone: int
    """Findings of the scan before that it does not have."""
    passed: int
    counts: dict[str, dict[str, int]]
    """Severity -> disposition -> findings, when it came."""
    known: bool = False
    """Of an upload: whether this report was here already, so that nothing was changed."""


class Scans(msgspec.Struct, frozen=True):
    """Some of the scans, newest first."""

    items: list[Scan]
    next: str | None


class Asked(Schema):
    """What the uploader says of a report; what is left out is worked out of it."""

    name: Name = "report"
    """Of the report's file."""
    cluster: Name = ""
    repository: Name = ""
    target: Name = ""
    """What was scanned: the next scan of the same takes this one's place."""
    format: Annotated[str, Field(max_length=60)] = ""
    environment: Environment | Literal[""] = ""
    """Over the charter's map of clusters."""
    taken: AwareDatetime | None = None
    """When the scan was made; now when it is left out."""


class Listing(Schema):
    """Which scans."""

    target: Name = ""
    cluster: Name = ""
    history: bool = False
    """Whether those are listed, too, that a newer one has taken the place of."""
    before: Annotated[str, Field(pattern=r"^([0-9]{1,18})?$")] = ""
    """From the `next` of the page before."""
    size: Size = 50


@router.post(
    "",
    auth=needs("upload"),
    throttle=PerPerson("upload", "300/m"),
    openapi_extra=REPORT_BODY,
)
@gives(Scan)
def upload_scan(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """Takes a report in. The same report again changes nothing; a broken one changes nothing either."""
    problems.refuse_unknown(request.GET, Asked.model_fields)
    if not _AT_ONCE.acquire(blocking=False):
        return problems.answer(503, "busy with other reports", headers=_RETRY)
    try:
        with tempfile.TemporaryFile(prefix="reprieve-upload-") as file:
            receive(request, file, config().max_report_mb)
            taken = take(file, _upload(request, asked), config().present())
    except BusyError as error:
        return problems.answer(503, error.message, hint=error.hint, headers=_RETRY)
    finally:
        _AT_ONCE.release()
    return document(_scan(taken.scan, known=taken.known))


@router.get("", auth=needs("read"))
@gives(Scans)
def list_scans(request: HttpRequest, asked: Query[Listing]) -> HttpResponse:
    """Each target's latest scan, or all that have come."""
    problems.refuse_unknown(request.GET, Listing.model_fields)
    found = Row.objects.select_related("target").order_by("-pk")
    if not asked.history:
        found = found.filter(latest=True)
    if asked.target:
        found = found.filter(target__name=asked.target)
    if asked.cluster:
        found = found.filter(target__cluster=asked.cluster)
    if asked.before:
        found = found.filter(pk__lt=int(asked.before))
    rows = list(found[: asked.size + 1])
    following = onward(request, before=rows[asked.size - 1].pk) if len(rows) > asked.size else None
    return linked(Scans([_scan(row) for row in rows[: asked.size]], following), following)


def _upload(request: HttpRequest, asked: Asked) -> Upload:
    return Upload(
        source=asked.name,
        by=caller(request).email,
        cluster=asked.cluster,
        repository=asked.repository,
        target=asked.target,
        format=asked.format,
        environment=asked.environment,
        taken=asked.taken,
    )


def _scan(row: Row, *, known: bool = False) -> Scan:
    target = row.target
    same = ("format", "source", "digest", "taken_at", "uploaded_at", "uploaded_by", "latest", "findings")
    return Scan(
        id=row.pk,
        target=target.name,
        tool=target.tool,
        cluster=target.cluster,
        repository=target.repository,
        known=known,
        **{name: getattr(row, name) for name in (*same, "new", "gone", "passed", "counts")},
    )
