"""Reviews: what waits for a decision, against the clock; the weekly review, walked through and recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from reprieve.console import actions
from reprieve.console.config import config
from reprieve.console.desk import NotAllowedError
from reprieve.console.index.clusters import concerns
from reprieve.console.opened import opened
from reprieve.console.pages.access import acting, reading
from reprieve.console.pages.frame import cluster_of
from reprieve.console.people.viewer import Viewer
from reprieve.errors import ReprieveError
from reprieve.register.snapshot import Case
from reprieve.report.text import amount
from reprieve.standing.agenda import Agenda, agenda
from reprieve.standing.view import View
from reprieve.standing.waiting import Waiting, queue, undecidable

_PAGE = 50


class Entry(NamedTuple):
    """What waits, and for how long it may."""

    waiting: Waiting
    left: str
    """`2 days 4 hours left`, `overdue by 3 hours`; empty when the clock stands still."""
    mine: bool
    """Whether the viewer can give one of the approvals that are missing."""


class Part(NamedTuple):
    """One part of the weekly review."""

    name: str
    title: str
    ask: str
    """What to talk about."""
    items: Sequence[Any]


@reading
def reviews(request: HttpRequest) -> HttpResponse:
    """`/reviews/`: the queue, overdue first."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # people.viewer sets it
    view = _view()
    waiting = waiting_in(cluster_of(request))
    page = Paginator(waiting, _PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "entries": [_entry(viewer, entry, view.now) for entry in page],
        "overdue": sum(entry.overdue for entry in waiting),
        "mine": sum(_can_give(viewer, entry) for entry in waiting),
        "undecidable": undecidable(view),
        "query": "",
    }
    return render(request, "console/reviews.html", context)


def waiting_in(cluster: str) -> list[Waiting]:
    """What waits for a decision and concerns a cluster, overdue first; all of it when that is empty."""
    return [entry for case, entry in queue(_view()) if _concerns(case, cluster)]


@reading
def weekly(request: HttpRequest) -> HttpResponse:
    """`/reviews/weekly`: what the weekly review is about."""
    return _weekly(request)


@acting
def record_weekly(request: HttpRequest) -> HttpResponse:
    """`/reviews/record`: commits the review of this week as it stands."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]  # people.viewer sets it
    if not viewer.roles:
        return _weekly(request, "You cannot record the review: it needs a role in the charter.", 403)
    try:
        done = actions.record_review(viewer)
    except ReprieveError as error:
        status = 403 if isinstance(error, NotAllowedError) else 409
        return _weekly(request, f"{error.message}" + (f" ({error.hint})" if error.hint else ""), status)
    messages.success(request, ". ".join(done.said) + ".")
    if done.pull_request:
        messages.info(request, f"Pull request: {done.pull_request}")
    return HttpResponseRedirect("/reviews/weekly")


def _weekly(request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
    found = agenda(_view())
    context = {"agenda": found, "parts": _parts(found), "refused": refused}
    return render(request, "console/weekly.html", context, status=status)


def _view() -> View:
    return View(opened(), config().present(), config().now is not None)


def _concerns(case: Case, cluster: str) -> bool:
    """What cannot be read concerns everybody."""
    return not cluster or case.record is None or concerns(case.record.scope, cluster)


def _entry(viewer: Viewer, waiting: Waiting, now: dt.datetime) -> Entry:
    return Entry(waiting, _left(waiting.due, now) if waiting.needs else "", _can_give(viewer, waiting))


def _can_give(viewer: Viewer, waiting: Waiting) -> bool:
    return any(viewer.email in need.holders for need in waiting.needs)


def _left(due: dt.datetime | None, now: dt.datetime) -> str:
    if due is None:
        return ""
    seconds = abs((due - now).total_seconds())
    days, hours = int(seconds // 86400), int(seconds % 86400 // 3600)
    parts = [amount(days, "day")] if days else []
    parts += [amount(hours, "hour")] if hours or not days else []
    length = " ".join(parts) if days or hours else "less than an hour"
    return f"overdue by {length}" if now > due else f"{length} left"


def _parts(found: Agenda) -> list[Part]:
    """In the order of the document that is recorded."""
    return [
        Part("active", "Active", "Does the remediation go on? Note progress, or end it.", found.active),
        Part("controls", "Overdue controls", "Approved, but not active before they are in.", found.controls),
        Part("incidents", "Incidents", "Does the risk still hold? Revoke what does not.", found.incidents),
        Part("expiring", "Expiring within 14 days", "Fixed by then, or renewed?", found.expiring),
        Part("expired", "Expired and still open", "Close it, or ask again.", found.expired),
        Part("queue", "Waiting for a decision", "Who decides, and when?", found.queue),
        Part("missed", "Review times missed", "What kept us?", found.missed),
        Part("problems", "Problems of the register", "Who mends it?", found.problems),
    ]
