"""Security Exceptions: the list, searched and filtered."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reprieve.console.config import config
from reprieve.console.index import queries
from reprieve.console.index.clusters import concerning
from reprieve.console.index.glance import once
from reprieve.console.index.models import Case
from reprieve.console.pages.access import reading
from reprieve.console.pages.frame import cluster_of
from reprieve.console.pages.query import download, kept
from reprieve.record.lifecycle import EXPIRING_DAYS
from reprieve.words import CHECK_TYPES, RISKS

PENDING = ("requested", "in-review", "approved")
STATUSES: Mapping[str, tuple[str, ...]] = {
    "active": ("active",),
    "expired": ("expired",),
    "revoked": ("revoked",),
    "pending": PENDING,
    "denied": ("denied",),
    "closed": ("closed",),
    "void": ("void",),
    "invalid": ("invalid",),
}
"""What the status filter offers -> the statuses it means; the headline ones first."""

SORTS: Mapping[str, tuple[str, ...]] = {
    "id": ("number", "branch"),
    "expires": ("expires", "number"),
    "risk": ("risk_rank", "number"),
    "owner": ("owner", "number"),
    "status": ("status", "expires", "number"),
    "covered": ("covered", "number"),
}
SORT_LABELS = (
    ("expires", "Expires first"),
    ("-expires", "Expires last"),
    ("risk", "Risk"),
    ("-covered", "Most findings"),
    ("-id", "Newest"),
    ("id", "Id"),
    ("owner", "Owner"),
    ("status", "Status"),
)
_COLUMNS = (
    ("Id", "id"),
    ("Summary", ""),
    ("Check", ""),
    ("Type", ""),
    ("Scope", ""),
    ("Cluster", ""),
    ("Risk", "risk"),
    ("Owner", "owner"),
    ("Status", "status"),
    ("Expires in", "expires"),
    ("Findings", "covered"),
)
"""Labels, and what each sorts by."""
_PAGE = 50
_COUNTED_DOWN = ("active", "expired", "approved")
"""Of these a page says how long it is until, or since, they end."""


class Head(NamedTuple):
    """The head of a column."""

    label: str
    query: str
    """What sorts by it; empty for one that nothing is sorted by."""
    direction: str
    """`ascending`, `descending`, or empty when another one sorts."""


class Filters(NamedTuple):
    """What was asked for, as the address of the page says it."""

    q: str = ""
    status: str = ""
    type: str = ""
    risk: str = ""
    owner: str = ""
    expiring: str = ""
    cluster: str = ""
    sort: str = "expires"


def filters_of(request: HttpRequest) -> Filters:
    """From the query; unknown values are the same as none."""
    given = {name: request.GET[name].strip() for name in Filters._fields if name in request.GET}
    asked = Filters(**{**given, "cluster": cluster_of(request)})
    return asked._replace(
        status=asked.status if asked.status in STATUSES else "",
        type=asked.type if asked.type in CHECK_TYPES else "",
        risk=asked.risk if asked.risk in RISKS else "",
        expiring=asked.expiring if asked.expiring.isdecimal() and len(asked.expiring) < 5 else "",
        sort=asked.sort if asked.sort.removeprefix("-") in SORTS else "expires",
    )


def selected(filters: Filters, today: dt.date) -> QuerySet[Case]:
    """The exceptions that the filters let through, sorted."""
    found = within(filters.cluster)
    if filters.status:
        found = found.filter(status__in=STATUSES[filters.status])
    if filters.type:
        found = found.filter(Q(types__contains=f" {filters.type} ") | Q(types__contains=" any "))
    if filters.risk:
        found = found.filter(risk_rank=RISKS.index(filters.risk))
    if filters.owner:
        found = found.filter(owner=filters.owner)
    if filters.expiring:
        last = today + dt.timedelta(days=int(filters.expiring))
        found = found.filter(status="active", expires__lt=last)
    for word in filters.q.lower().split():
        found = found.filter(search__contains=word)
    down = "-" if filters.sort.startswith("-") else ""
    return found.order_by(*(down + field for field in SORTS[filters.sort.removeprefix("-")]))


def within(cluster: str) -> QuerySet[Case]:
    """The exceptions that concern a cluster; all of them when it is empty."""
    found = Case.objects.filter(leading=True).defer("search")
    return found.filter(concerning(cluster)) if cluster else found


@once
def counters(cluster: str) -> Mapping[str, int]:
    """How many are active, expiring, expired, revoked and pending."""
    numbers: dict[str, int] = dict.fromkeys(STATUSES, 0)
    listed = within(cluster).order_by().values("status").annotate(number=Count("*"))
    by_status = {row["status"]: row["number"] for row in listed}
    for name, meant in STATUSES.items():
        numbers[name] = sum(by_status.get(status, 0) for status in meant)
    numbers["expiring"] = within(cluster).filter(status="active", expiring=True).count()
    return numbers


@once
def _owners() -> Sequence[str]:
    return list(within("").order_by("owner").values_list("owner", flat=True).distinct()[:500])


@once
def _number(filters: Filters, today: dt.date) -> int:
    """How many the filters let through, whatever they are sorted by."""
    return selected(filters, today).count()


class _Pages(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Pages of what the filters let through."""

    def __init__(self, filters: Filters, today: dt.date) -> None:
        super().__init__(selected(filters, today).select_related("clusters"), _PAGE)
        self._asked = filters._replace(sort=Filters().sort), today

    @functools.cached_property
    def count(self) -> int:
        """Of all pages."""
        return _number(*self._asked)


@reading
def listing(request: HttpRequest) -> HttpResponse:
    """`/exceptions/`: the table, a part of it for htmx, or all of it as CSV."""
    filters = filters_of(request)
    today = config().present().date()
    if request.GET.get("format") == "csv":
        return _as_csv(selected(filters, today))
    page = _Pages(filters, today).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "filters": filters,
        "page": page,
        "query": kept(request),
        "heads": _heads(request, filters.sort),
        "today": today,
        "counted_down": _COUNTED_DOWN,
        "covering": _covering(filters) if filters.q and not page.object_list else (),
    }
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]  # django-htmx sets it
        return render(request, "console/exceptions/results.html", context)
    context |= {
        "counters": counters(filters.cluster),
        "statuses": STATUSES,
        "types": CHECK_TYPES,
        "risks": RISKS,
        "sorts": SORT_LABELS,
        "owners": _owners(),
        "expiring_days": EXPIRING_DAYS,
    }
    return render(request, "console/exceptions/list.html", context)


def _covering(filters: Filters) -> QuerySet[Case]:
    """The exceptions of excepted findings that a search's words are about: their scopes may name patterns."""
    about = queries.Filters(q=filters.q, cluster=filters.cluster, disposition="excepted")
    found = queries.findings(about).findings
    numbers = {finding.exception for finding in found if finding.exception is not None}
    return within("").filter(number__in=numbers).order_by("number")[:_PAGE]


def _heads(request: HttpRequest, sort: str) -> list[Head]:
    """The columns; clicking one that sorts sorts by it, and again the other way round."""
    heads = []
    for label, key in _COLUMNS:
        query = request.GET.copy()
        for name in ("page", "format", "sort"):
            query.pop(name, None)
        first, then = ("-" + key, key) if key == "covered" else (key, "-" + key)
        query["sort"] = then if sort == first else first
        direction = "descending" if sort.startswith("-") else "ascending"
        mine = bool(key) and sort.removeprefix("-") == key
        heads.append(Head(label, query.urlencode() if key else "", direction if mine else ""))
    return heads


_CSV = (
    "record_id",
    "summary",
    "status",
    "risk",
    "reason",
    "environment",
    "owner",
    "requester",
    "requested",
    "expires",
    "types",
    "checks",
    "scope",
    "covered",
)


def _as_csv(found: QuerySet[Case]) -> HttpResponse:
    cases = found.select_related("clusters").iterator(chunk_size=2000)
    rows = (
        [*(getattr(case, name) for name in _CSV), "" if case.clusters.anywhere else str(case.clusters)]
        for case in cases
    )
    return download("exceptions", ("id", *_CSV[1:], "clusters"), rows)
