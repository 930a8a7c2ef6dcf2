"""`/api/v1/reviews`: what waits for a decision, and the weekly review."""

from __future__ import annotations

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Router

from reprieve.console import actions
from reprieve.console.actions import Done
from reprieve.console.api.callers import caller, needs
from reprieve.console.api.documents import document, gives
from reprieve.console.config import config
from reprieve.console.opened import opened
from reprieve.standing.agenda import Agenda, agenda
from reprieve.standing.entries import Entry
from reprieve.standing.view import View
from reprieve.standing.waiting import Waiting, queue, undecidable

router = Router(tags=["reviews"])


class Queue(msgspec.Struct, frozen=True):
    """What waits, the most urgent first; and requests that nobody can decide on as they are."""

    queue: list[Waiting]
    undecidable: list[Entry]


@router.get("", auth=needs("read"))
@gives(Queue)
def get_queue(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """What waits for a decision, whose, by when: as `reprieve review --output json`."""
    view = _view()
    return document(Queue([waiting for _, waiting in queue(view)], undecidable(view)))


@router.get("/weekly", auth=needs("read"))
@gives(Agenda)
def get_agenda(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """What the weekly review is about: as `reprieve review --weekly --output json`."""
    return document(agenda(_view()))


@router.post("/weekly", auth=needs("decide"))
@gives(Done, 201, "Recorded; or `commit` is null, and nothing has changed since it was.")
def record_review(request: HttpRequest) -> HttpResponse:
    """Commits this week's review."""
    return document(actions.record_review(caller(request)), 201)


def _view() -> View:
    return View(opened(), config().present(), config().now is not None)
