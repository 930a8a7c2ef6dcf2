"""`/api/v1/exceptions`: the list, one, a new one, and what a scope would silence."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from reprieve.console import actions
from reprieve.console.actions import Done
from reprieve.console.api.bodies import DraftBody, Line, ReachBody
from reprieve.console.api.callers import caller, needs
from reprieve.console.api.documents import document, gives, linked, onward
from reprieve.console.api.problems import refuse_unknown
from reprieve.console.config import config
from reprieve.console.desk import UnknownError
from reprieve.console.history.models import Event as EventRow
from reprieve.console.index.models import Case as Row
from reprieve.console.opened import opened
from reprieve.console.pages import exceptions as listing
from reprieve.console.people.viewer import charter_in_force
from reprieve.console.reach import reach
from reprieve.errors import UsageError
from reprieve.match.model import Scoped
from reprieve.record.charter import Charter
from reprieve.record.lifecycle import Standing, Status
from reprieve.record.model import ScopeEntry, format_id
from reprieve.register.history import Event, Kind
from reprieve.register.snapshot import Case
from reprieve.register.writing.clerk import number_of
from reprieve.standing.detail import Detail, detail_of
from reprieve.standing.entries import Entry, entry_of
from reprieve.standing.radius import Radius
from reprieve.standing.view import Moment, View
from reprieve.words import CheckType, Risk

router = Router(tags=["exceptions"])

Page = Annotated[int, Field(ge=1, le=1_000_000)]
Size = Annotated[int, Field(ge=1, le=200)]
_DECODER = msgspec.msgpack.Decoder(Case)


class Listed(Entry, frozen=True, kw_only=True):
    """One exception of the list: as `reprieve list --output json` prints it, and what it covers now."""

    covered: int


class Exceptions(msgspec.Struct, frozen=True):
    """One page of the list."""

    items: list[Listed]
    total: int
    page: int
    pages: int
    next: str | None
    """Where the next page is."""


class Asked(Schema):
    """The filters of the page, by the same names."""

    q: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    status: Literal["", "active", "expired", "revoked", "pending", "denied", "closed", "void", "invalid"] = ""
    type: CheckType | Literal[""] = ""
    risk: Risk | Literal[""] = ""
    owner: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    expiring: Annotated[int, Field(ge=1, le=9999)] | None = None
    """Active ones that end within so many days."""
    cluster: Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")] = ""
    sort: Literal[
        "id",
        "-id",
        "expires",
        "-expires",
        "risk",
        "-risk",
        "owner",
        "-owner",
        "status",
        "-status",
        "covered",
        "-covered",
    ] = "expires"
    page: Page = 1
    size: Size = 50

    def filters(self) -> listing.Filters:
        """As the page has them."""
        given = {name: getattr(self, name) for name in listing.Filters._fields}
        return listing.Filters(**{**given, "expiring": str(self.expiring or "")})


class Preview(msgspec.Struct, frozen=True):
    """What a scope would silence of the findings now known, and who would have to approve it by when."""

    radius: Radius
    complete: bool
    """False when there was more to look at than one look goes through."""
    scanned: bool
    """Whether there are findings at all."""
    approvers: dict[str, tuple[str, ...]]
    """Role -> who holds it."""
    due: dt.datetime | None
    """When the review would have to be over, asked for now."""
    longest: dt.date
    """The last day that the charter allows."""


@router.get("", auth=needs("read"))
@gives(Exceptions)
def list_exceptions(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """The exceptions, requests and ended ones included, filtered and sorted as on the page."""
    refuse_unknown(request.GET, Asked.model_fields)
    rows = listing.selected(asked.filters(), config().present().date()).select_related("judged")
    found = Paginator(rows, asked.size)
    page = found.get_page(asked.page)
    following = onward(request, page=page.next_page_number()) if page.has_next() else None
    items = [_listed(row) for row in page] if asked.page <= found.num_pages else []
    value = Exceptions(items, found.count, asked.page, found.num_pages, following)
    return linked(value, following)


@router.post("", auth=needs("request"))
@gives(Done, 201, "Asked for; or `commit` is null, and an exception covers this already.")
def create_exception(request: HttpRequest, body: DraftBody) -> HttpResponse:
    """Asks for an exception, in the name of who calls: one commit on a branch of its own."""
    done = actions.request(caller(request), body.draft())
    return document(done, 201, {"Location": f"{request.path.rstrip('/')}/{done.id}"})


@router.post("/preview", auth=needs("read"))
@gives(Preview)
def preview_exception(request: HttpRequest, body: ReachBody) -> HttpResponse:  # noqa: ARG001
    """What a scope would silence, and who must approve it: nothing is written."""
    try:
        entries = msgspec.convert(body.entries(), tuple[ScopeEntry, ...])
    except msgspec.ValidationError as error:
        raise UsageError(f"the scope: {error}") from None
    scoped = Scoped("", "excepted", body.environment, body.risk, tuple(body.voids), entries)
    charter, found = charter_in_force(), reach(scoped)
    roles = charter.deciding_roles(body.risk, escalated=False)
    now = config().present()
    return document(
        Preview(
            radius=found.radius,
            complete=found.complete,
            scanned=found.scanned,
            approvers={role: tuple(sorted(charter.holders(role))) for role in roles},
            due=_due(charter, body.risk, now),
            longest=now.date() + dt.timedelta(days=charter.limits.duration_days),
        )
    )


@router.get("/{identifier}", auth=needs("read"))
@gives(Detail)
def get_exception(request: HttpRequest, identifier: Line) -> HttpResponse:  # noqa: ARG001
    """One exception, whole: as `reprieve show --output json` prints it."""
    number = number_in(identifier)
    view = View(opened(), config().present(), config().now is not None)
    return document(detail_of(view, number, _history(number)))


def number_in(identifier: str) -> int:
    """The number of an id in an address. Errors: `UnknownError` for what is none, or is not there."""
    try:
        number = number_of(identifier)
    except UsageError as error:
        raise UnknownError(error.message, hint=error.hint) from None
    if number > 2**63 - 1 or not Row.objects.filter(number=number).exists():
        raise UnknownError(f"the register holds no {format_id(number)}")
    return number


def _listed(row: Row) -> Listed:
    moment = Moment(config().present(), config().now is not None)
    entry = entry_of(_DECODER.decode(row.judged.payload), _standing(row), moment)
    return Listed(**entry.values(), covered=row.covered)


def _standing(row: Row) -> Standing:
    return Standing(
        status=msgspec.convert(row.status, Status),
        expiring=row.expiring,
        missing=tuple(row.missing),
        due=row.due,
        overdue=row.overdue,
        paused=row.paused,
        reason=row.standing_reason,
    )


def _history(number: int) -> list[Event]:
    """What the index knows of the events of one record, oldest first."""
    return [event_of(row) for row in EventRow.objects.filter(record=format_id(number)).order_by("position")]


def event_of(row: EventRow) -> Event:
    """A row as the event that it was made from."""
    return Event(
        at=row.at,
        kind=msgspec.convert(row.kind, Kind),
        id=row.record,
        who=row.who,
        commit=row.commit,
        text=row.text,
        branch=row.branch or None,
        counts=row.counts,
    )


def _due(charter: Charter, risk: Risk, now: dt.datetime) -> dt.datetime | None:
    from reprieve.record import clock

    return clock.due(charter.calendar, now, charter.review[risk])
