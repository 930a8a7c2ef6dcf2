"""`/api/v1/findings`: what the latest scans found, with the register's word on each."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from reprieve.console.api.callers import needs
from reprieve.console.api.documents import gives, linked, onward
from reprieve.console.api.exceptions import Size
from reprieve.console.api.problems import refuse_unknown
from reprieve.console.index import queries
from reprieve.console.index.models import Finding as Row
from reprieve.match.model import Disposition
from reprieve.record.model import format_id
from reprieve.register.writing.clerk import number_of
from reprieve.words import SEVERITIES, CheckType, Severity

router = Router(tags=["findings"])


class Finding(msgspec.Struct, frozen=True):
    """One finding: the keys of `reprieve gate --output json`, and of which scan it is."""

    type: CheckType
    check: str
    aliases: list[str]
    severity: Severity
    cluster: str | None
    namespace: str | None
    resource: str | None
    path: str | None
    line: int | None
    end_line: int | None
    image: str | None
    package: str | None
    repository: str | None
    fix: str | None
    message: str
    tool: str
    fingerprint: str
    disposition: Disposition
    exception: str | None
    """Id of the record that decides."""
    source: str | None
    """What excepts it: `record` or `rego`."""
    voided_by: str | None
    native_suppressed: str | None
    target: str
    first_seen: dt.datetime
    last_seen: dt.datetime | None


class Findings(msgspec.Struct, frozen=True):
    """Some of the findings, worst first."""

    items: list[Finding]
    total: int
    at_least: bool
    """Whether there may be more than `total`: what is searched for is counted up to a bound."""
    next: str | None


class Asked(Schema):
    """Which findings."""

    type: CheckType | Literal[""] = ""
    severity: Severity | Literal[""] = ""
    disposition: Disposition | Literal["", "native"] = ""
    cluster: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""
    namespace: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""
    check: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""
    exception: Annotated[str, Field(pattern=r"^(EXC-[0-9]{3,12})?$")] = ""
    q: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    after: Annotated[str, Field(pattern=r"^([0-9]-[0-9]{1,18})?$")] = ""
    """From the `next` of the page before."""
    size: Size = 50

    def filters(self) -> queries.Filters:
        """As the index has them."""
        return queries.Filters(
            type=self.type,
            severity=self.severity,
            disposition=self.disposition,
            cluster=self.cluster,
            namespace=self.namespace,
            check=self.check,
            exception=number_of(self.exception) if self.exception else None,
            q=self.q,
        )


@router.get("", auth=needs("read"))
@gives(Findings)
def list_findings(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """The findings of each target's latest scan."""
    refuse_unknown(request.GET, Asked.model_fields)
    filters = asked.filters()
    found = queries.findings(filters, asked.after, asked.size)
    number = queries.number_of(filters)
    following = onward(request, after=found.after) if found.after else None
    items = [_finding(row) for row in found.findings]
    return linked(Findings(items, number.number, number.more, following), following)


def _finding(row: Row) -> Finding:
    same = ("cluster", "namespace", "resource", "path", "line", "end_line", "image", "package", "repository")
    told = ("fix", "message", "tool", "fingerprint", "source", "voided_by", "first_seen", "last_seen")
    return Finding(
        type=msgspec.convert(row.type, CheckType),
        check=row.check_id,
        aliases=row.aliases,
        severity=SEVERITIES[row.severity],
        disposition=msgspec.convert(row.disposition, Disposition),
        exception=format_id(row.exception) if row.exception is not None else None,
        native_suppressed=row.suppressed,
        target=row.target.name,
        **{name: getattr(row, name) for name in (*same, *told)},
    )
