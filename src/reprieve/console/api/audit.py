"""`/api/v1/audit`: every event from Git."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from reprieve.console.api.bodies import Day
from reprieve.console.api.callers import needs
from reprieve.console.api.documents import gives, linked, onward
from reprieve.console.api.exceptions import Page, Size, event_of
from reprieve.console.api.problems import refuse_unknown
from reprieve.console.pages import audit as trail
from reprieve.register.history import Event, Kind

router = Router(tags=["audit"])


class Events(msgspec.Struct, frozen=True):
    """One page of events, newest first."""

    items: list[Event]
    total: int
    page: int
    pages: int
    next: str | None


class Asked(Schema):
    """The filters of the page, by the same names."""

    who: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    record: Annotated[str, Field(max_length=20, pattern=r"^(charter|EXC-[0-9]{3,12})?$")] = ""
    kind: Kind | Literal[""] = ""
    since: Day | None = None
    until: Day | None = None
    page: Page = 1
    size: Size = 100

    def filters(self) -> trail.Filters:
        """As the page has them."""
        days = {name: str(getattr(self, name) or "") for name in ("since", "until")}
        return trail.Filters(who=self.who, record=self.record, kind=self.kind, **days)


@router.get("", auth=needs("read"))
@gives(Events)
def list_events(request: HttpRequest, asked: Query[Asked]) -> HttpResponse:
    """What happened to exceptions and the charter: as `reprieve history --output json`, newest first."""
    refuse_unknown(request.GET, Asked.model_fields)
    found = Paginator(trail.selected(asked.filters()), asked.size)
    page = found.get_page(asked.page)
    following = onward(request, page=page.next_page_number()) if page.has_next() else None
    items = [event_of(row) for row in page] if asked.page <= found.num_pages else []
    return linked(Events(items, found.count, asked.page, found.num_pages, following), following)
