"""`/api/v1/overview`, `/checks`, `/compliance`, `/as-of`: what the pages of these names sum up."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from reprieve.console.api.bodies import Day
from reprieve.console.api.callers import needs
from reprieve.console.api.documents import document, gives, linked, onward
from reprieve.console.api.problems import refuse_unknown
from reprieve.console.config import config
from reprieve.console.index import queries
from reprieve.console.index.glance import state
from reprieve.console.known_checks import FRAMEWORKS
from reprieve.console.opened import opened
from reprieve.console.pages.compliance import State, states
from reprieve.console.pages.exceptions import counters, within
from reprieve.console.pages.posture import posture
from reprieve.errors import RegisterError, UsageError
from reprieve.match.model import Disposition
from reprieve.register.register import Register
from reprieve.standing.entries import Entry, entry_of
from reprieve.standing.view import View
from reprieve.words import CheckType, Severity

router = Router()

Text = Annotated[str, Field(max_length=500, pattern=r"^[^\x00]*$")]


class Overview(msgspec.Struct, frozen=True):
    """Where everything stands."""

    exceptions: dict[str, int]
    """By headline status, and those that are expiring."""
    reviews_waiting: int
    reviews_overdue: int
    raw: dict[Severity, int]
    """Findings by severity, as if there were no exceptions."""
    net: dict[Severity, int]
    """The same without those that are excepted."""
    commit: str
    """Of the protected branch, as judged."""
    synced_at: dt.datetime | None
    """When the register was last looked at."""


class CheckLine(msgspec.Struct, frozen=True):
    """The findings of one check."""

    type: CheckType
    check: str
    title: str
    worst: Severity | None
    """None where the scanner itself suppressed all of them."""
    raw: int
    net: int
    expired: int
    pending: int
    native: int


class Checks(msgspec.Struct, frozen=True):
    """One page of checks, worst first."""

    items: list[CheckLine]
    total: int
    at_least: bool
    next: str | None


class ControlLine(msgspec.Struct, frozen=True):
    """One control of a framework."""

    control: str
    state: State
    failing: int
    excepted: int
    checks: list[str]


class Compliance(msgspec.Struct, frozen=True):
    """The controls of a framework."""

    framework: str
    title: str
    controls: list[ControlLine]


class Stood(msgspec.Struct, frozen=True):
    """The register at a moment of the past."""

    at: dt.datetime
    commit: str
    exceptions: list[Entry]


class OfCluster(Schema):
    """All clusters, or one."""

    cluster: Text = ""


class AskedChecks(Schema):
    """Which checks."""

    type: CheckType | Literal[""] = ""
    severity: Severity | Literal[""] = ""
    disposition: Disposition | Literal["", "native"] = ""
    cluster: Text = ""
    namespace: Text = ""
    q: Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")] = ""
    page: Annotated[int, Field(ge=1, le=200)] = 1

    def filters(self) -> queries.Filters:
        """As the index has them."""
        return queries.Filters(**{name: getattr(self, name) for name in _FILTERS})


_FILTERS = ("type", "severity", "disposition", "cluster", "namespace", "q")


class AskedFramework(Schema):
    """Which framework."""

    framework: Annotated[str, Field(max_length=60, json_schema_extra={"enum": [*FRAMEWORKS]})]
    """A name as `reprieve scan --compliance` takes it."""
    cluster: Text = ""


class AskedMoment(Schema):
    """The end of which day."""

    date: Day


@router.get("/overview", auth=needs("read"), tags=["overview"])
@gives(Overview)
def get_overview(request: HttpRequest, asked: Query[OfCluster]) -> HttpResponse:
    """Where everything stands: exceptions, reviews, findings raw and net."""
    refuse_unknown(request.GET, OfCluster.model_fields)
    waiting = within(asked.cluster).filter(status__in=("requested", "in-review")).exclude(missing=[])
    found, known = posture(asked.cluster), state()
    return document(
        Overview(
            exceptions=dict(counters(asked.cluster)),
            reviews_waiting=waiting.count(),
            reviews_overdue=waiting.filter(overdue=True).count(),
            raw={line.severity: line.raw for line in found.lines},
            net={line.severity: line.net for line in found.lines},
            commit=known.commit,
            synced_at=known.synced_at,
        )
    )


@router.get("/checks", auth=needs("read"), tags=["findings"])
@gives(Checks)
def list_checks(request: HttpRequest, asked: Query[AskedChecks]) -> HttpResponse:
    """The checks that the latest scans found something with, raw and net."""
    refuse_unknown(request.GET, AskedChecks.model_fields)
    found = queries.by_check(asked.filters(), asked.page)
    same = ("check", "title", "worst", "raw", "net", "expired", "pending", "native")
    items = [
        CheckLine(type=msgspec.convert(line.type, CheckType), **{name: getattr(line, name) for name in same})
        for line in found.lines
    ]
    following = onward(request, page=found.next_page) if found.next_page else None
    return linked(Checks(items, found.number.number, found.number.more, following), following)


@router.get("/compliance", auth=needs("read"), tags=["findings"])
@gives(Compliance)
def get_compliance(request: HttpRequest, asked: Query[AskedFramework]) -> HttpResponse:
    """Each control of a framework: whether it passes, fails, or fails only where that is excepted."""
    refuse_unknown(request.GET, AskedFramework.model_fields)
    if asked.framework not in FRAMEWORKS:
        raise UsageError("there is no such framework", hint=f"one of: {', '.join(FRAMEWORKS)}")
    found = [
        ControlLine(
            each.name, each.state, each.failing, each.excepted, [check.id for check, *_ in each.checks]
        )
        for each in states(asked.framework, asked.cluster)
    ]
    return document(Compliance(asked.framework, FRAMEWORKS[asked.framework], found))


def _at(moment: dt.datetime) -> Register:
    """Errors: `UsageError` for a moment that the register, which can be read, does not go back to."""
    opened()
    settings = config()
    where, ref, root = settings.register, settings.ref, settings.charter_root
    try:
        return Register.open(where, ref=ref, fetch=False, charter_root=root, as_of=moment)
    except RegisterError as error:
        raise UsageError(error.message.removeprefix("--as-of ")) from None


@router.get("/as-of", auth=needs("read"), tags=["audit"])
@gives(Stood)
def get_as_of(request: HttpRequest, asked: Query[AskedMoment]) -> HttpResponse:
    """Where each exception stood at the end of a day: as `reprieve list --as-of`."""
    refuse_unknown(request.GET, AskedMoment.model_fields)
    end = dt.datetime.combine(asked.date, dt.time(23, 59, 59), dt.UTC)
    moment = min(end, config().present())
    register = _at(moment)
    view = View(register, moment, simulated=True)
    cases = sorted(register.cases(moment), key=lambda pair: (pair[0].number, pair[0].branch or ""))
    return document(Stood(moment, register.commit, [entry_of(*pair, view) for pair in cases]))
