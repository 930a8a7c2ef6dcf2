"""Misconfigurations, secrets, vulnerabilities: what scans found, grouped or one by one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reprieve.console.config import config
from reprieve.console.index import queries
from reprieve.console.index.found import Place
from reprieve.console.index.glance import once
from reprieve.console.index.models import Case, Finding
from reprieve.console.index.queries import Filters
from reprieve.console.known_checks import known
from reprieve.console.pages.access import reading
from reprieve.console.pages.frame import cluster_of
from reprieve.console.pages.query import kept
from reprieve.words import SEVERITIES

_DISPOSITIONS = ("open", "excepted", "expired", "pending", "native")


class Family(NamedTuple):
    """One page's findings."""

    path: str
    title: str
    types: tuple[str, ...]
    """Shown one at a time, the first when none is asked for."""
    groups: tuple[str, ...]
    """Ways to group, the first when none is asked for; `each` shows finding by finding."""


MISCONFIGURATIONS = Family(
    "/misconfigurations/",
    "Misconfigurations",
    ("misconfiguration", "compliance", "admission", "code", "license"),
    ("check", "resource", "each"),
)
SECRETS = Family("/secrets/", "Secrets", ("secret",), ("each", "check"))
VULNERABILITIES = Family(
    "/vulnerabilities/", "Vulnerabilities", ("vulnerability",), ("check", "resource", "each")
)


@reading
def misconfigurations(request: HttpRequest) -> HttpResponse:
    """`/misconfigurations/`."""
    return _listing(request, MISCONFIGURATIONS)


@reading
def secrets(request: HttpRequest) -> HttpResponse:
    """`/secrets/`."""
    return _listing(request, SECRETS)


@reading
def vulnerabilities(request: HttpRequest) -> HttpResponse:
    """`/vulnerabilities/`."""
    return _listing(request, VULNERABILITIES)


def filters_of(request: HttpRequest, family: Family) -> Filters:
    """From the query; unknown values are the same as none."""
    kind, severity, status = (_asked(request, name) for name in ("type", "severity", "status"))
    place = _asked(request, "place")
    return Filters(
        type=kind if kind in family.types else family.types[0],
        severity=severity if severity in SEVERITIES else "",
        disposition=status if status in _DISPOSITIONS else "",
        namespace=_asked(request, "namespace"),
        q=_asked(request, "q"),
        check=_asked(request, "check"),
        cluster=cluster_of(request),
        place=int(place) if place.isascii() and place.isdigit() and len(place) < 19 else None,
    )


def _asked(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").strip().replace("\0", "")


def _listing(request: HttpRequest, family: Family) -> HttpResponse:
    filters = filters_of(request, family)
    asked = request.GET.get("group", "")
    one = bool(filters.check or filters.place)
    group = "each" if one else asked if asked in family.groups else family.groups[0]
    context: dict[str, Any] = {
        "family": family,
        "filters": filters,
        "group": group,
        "query": kept(request),
        "today": config().present().date(),
        **_found(request, filters, group),
    }
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]  # django-htmx sets it
        return render(request, "console/findings/results.html", context)
    context |= {
        "numbers": numbers(filters.type, filters.cluster),
        "severities": SEVERITIES,
        "dispositions": _DISPOSITIONS,
        "namespaces": queries.namespaces(filters.cluster)[:500],
        "about": known(filters.check) if filters.check else None,
        "place": Place.objects.filter(pk=filters.place).first() if filters.place else None,
    }
    return render(request, "console/findings/list.html", context)


@once
def numbers(kind: str, cluster: str) -> Mapping[str, int]:
    """Findings of a type by disposition; `raw` is all that count, `net` those of them not excepted."""
    rows = queries.tallied(Filters(type=kind, cluster=cluster)).values_list("disposition")
    found = dict.fromkeys(_DISPOSITIONS, 0) | dict(rows.annotate(sum=Sum("number")))
    raw = sum(found.values())
    native = queries.tallied(Filters(type=kind, cluster=cluster, disposition="native"))
    found["native"] = native.aggregate(sum=Sum("number"))["sum"] or 0
    return found | {"raw": raw, "net": raw - found["excepted"]}


def _found(request: HttpRequest, filters: Filters, group: str) -> dict[str, Any]:
    if group == "each":
        found = queries.findings(filters, request.GET.get("after", ""))
        shown = {"found": found, "number": queries.number_of(filters), "cases": _covering(found.findings)}
        return {**shown, "none": not found.findings}
    text = request.GET.get("page", "")
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    listed = (queries.by_check if group == "check" else queries.by_place)(filters, max(page, 1))
    return {"listed": listed, "number": listed.number, "none": not listed.lines}


def _covering(found: Iterable[Finding]) -> dict[int, Case]:
    """The exceptions that decide on findings, by number."""
    numbers_ = {finding.exception for finding in found if finding.exception is not None}
    cases = Case.objects.filter(number__in=numbers_, leading=True).defer("search")
    return {case.number: case for case in cases}
