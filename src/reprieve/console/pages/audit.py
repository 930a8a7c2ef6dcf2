"""Audit: every event from Git, filtered; and the register as it stood on any day."""

from __future__ import annotations

import datetime as dt
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reprieve.console.config import config
from reprieve.console.history.models import Event
from reprieve.console.index.glance import glance
from reprieve.console.pages.access import reading
from reprieve.console.pages.query import download, kept
from reprieve.errors import ReprieveError
from reprieve.record.lifecycle import Standing
from reprieve.register.history import KINDS
from reprieve.register.register import Register
from reprieve.register.snapshot import Case

_PAGE = 100


class Filters(NamedTuple):
    """What was asked for, as the address of the page says it."""

    who: str = ""
    record: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    as_of: str = ""


def filters_of(request: HttpRequest) -> Filters:
    """From the query; what is no date, or no kind of event, is the same as nothing."""
    asked = Filters(**{name: request.GET[name].strip() for name in Filters._fields if name in request.GET})
    return asked._replace(
        kind=asked.kind if asked.kind in KINDS else "",
        **{name: _date(getattr(asked, name)) for name in ("since", "until", "as_of")},
    )


def selected(filters: Filters) -> QuerySet[Event]:
    """The events that the filters let through, newest first."""
    found = Event.objects.order_by("-at", "-position")
    if filters.who:
        found = found.filter(who__icontains=filters.who)
    if filters.record:
        found = found.filter(record__iexact=filters.record)
    if filters.kind:
        found = found.filter(kind=filters.kind)
    if filters.since:
        found = found.filter(at__gte=_start(filters.since))
    last = min(filter(None, (filters.until, filters.as_of)), default="")
    if last:
        found = found.filter(at__lt=_start(last) + dt.timedelta(days=1))
    return found


@reading
def audit(request: HttpRequest) -> HttpResponse:
    """`/audit/`: the events; with `as_of`, also where each exception stood at the end of that day."""
    filters = filters_of(request)
    found = selected(filters)
    if request.GET.get("format") == "csv":
        return _as_csv(found)
    context: dict[str, Any] = {
        "filters": filters,
        "page": Paginator(found, _PAGE).get_page(request.GET.get("page")),
        "query": kept(request),
        "kinds": KINDS,
        "people": Event.objects.order_by("who").values_list("who", flat=True).distinct()[:500],
    }
    if filters.as_of:
        context |= _as_of(filters.as_of)
    return render(request, "console/audit.html", context)


def _as_of(day: str) -> dict[str, Any]:
    moment = _start(day) + dt.timedelta(days=1) - dt.timedelta(seconds=1)
    moment = min(moment, config().present())
    settings = config()
    try:
        register = Register.open(
            settings.register,
            ref=settings.ref,
            fetch=False,
            charter_root=settings.charter_root,
            as_of=moment,
        )
    except ReprieveError as error:
        return {"as_of_problem": str(error)}
    stood: list[tuple[Case, Standing]] = register.cases(moment)
    return {"stood": stood, "stood_at": moment, "stood_commit": register.commit}


_CSV = ("at", "record", "kind", "who", "commit", "text", "branch", "counts")


def _as_csv(found: QuerySet[Event]) -> HttpResponse:
    events = found.order_by("at", "position").values_list(*_CSV).iterator(chunk_size=2000)
    rows = ([at.isoformat(), *rest] for at, *rest in events)
    return download(f"audit-{glance().commit[:10]}", ("at", "id", *_CSV[2:]), rows)


def _date(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _start(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), dt.UTC)
