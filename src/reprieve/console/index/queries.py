"""What pages ask of findings, in a time that does not grow with how many there are.

Lists come from counts that are kept (`CheckTally`, `PlaceTally`, `Tally`). What these cannot say, such as the
checks that fail in one namespace, is counted over the findings themselves, over the first `BOUND` of them.
A search looks through subjects and places, which are few, and then for their findings. How many there are,
and what a word means, is asked once for each state of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import Count, Exists, F, Min, Model, OuterRef, Q, QuerySet, Sum

from reprieve.console.index.found import CheckTally, Finding, Place, PlaceTally, Subject, Tally
from reprieve.console.index.glance import once
from reprieve.console.index.searching import Word, words_of
from reprieve.words import SEVERITIES, Severity

BOUND = 10_000
"""What is counted one by one is counted up to this."""
PAGE = 50

M = TypeVar("M", bound=Model)
L = TypeVar("L")


class Filters(NamedTuple):
    """What findings are asked for; an empty one is every finding."""

    type: str = ""
    severity: str = ""
    cluster: str = ""
    namespace: str = ""
    disposition: str = ""
    """`open`, `excepted`, `expired`, `pending`, or `native`: what the scanner suppressed itself."""
    q: str = ""
    """Words, each somewhere in check, package, title or place."""
    check: str = ""
    exception: int | None = None
    """Number of the exception that decides."""
    place: int | None = None
    """Primary key of a `Place`."""


class Number(NamedTuple):
    """How many; at least so many where `more`."""

    number: int
    more: bool = False

    def __str__(self) -> str:
        return f"{self.number:,}{'+' if self.more else ''}"


class Line(NamedTuple):
    """The findings of one check, or in one place."""

    type: str
    worst: Severity | None
    """None where none counts."""
    raw: int
    net: int
    """Those of `raw` that no active exception covers."""
    expired: int
    pending: int
    native: int
    check: str = ""
    title: str = ""
    place: Place | None = None

    @property
    def excepted(self) -> int:
        """Those of `raw` that an active exception covers."""
        return self.raw - self.net


class Listed(NamedTuple, Generic[L]):
    """One page of a list."""

    lines: list[L]
    page: int
    number: Number
    """Of lines on all pages."""

    @property
    def next_page(self) -> int | None:
        """The page after this one; None on the last."""
        return self.page + 1 if self.page * PAGE < self.number.number else None


class Found(NamedTuple):
    """Findings, worst first."""

    findings: list[Finding]
    after: str | None
    """What to ask for the next ones with; None when these are the last."""


def findings(filters: Filters, after: str = "", size: int = PAGE) -> Found:
    """The findings that the filters let through, worst first.

    Args:
        filters: which.
        after: `Found.after` of the page before; anything else is the first page.
        size: how many at most.
    """
    found = selected(filters).select_related("target").order_by("severity", "id")
    found = _beyond(found, after)
    rows = list(found[: size + 1])
    last = rows[size - 1] if len(rows) > size else None
    return Found(rows[:size], f"{last.severity}-{last.pk}" if last else None)


@once
def number_of(filters: Filters) -> Number:
    """How many findings there are: exact where counts are kept, else up to `BOUND`."""
    if filters.q or filters.check or filters.exception is not None or filters.place is not None:
        return up_to_bound(selected(filters))
    return Number(tallied(filters).aggregate(sum=Sum("number"))["sum"] or 0)


def tallied(filters: Filters) -> QuerySet[Tally]:
    """The counts that the filters let through; search, check and exception are not looked at."""
    found = Tally.objects.order_by()
    for field in ("type", "cluster", "namespace"):
        if value := getattr(filters, field):
            found = found.filter(**{field: value})
    if filters.severity in SEVERITIES:
        found = found.filter(severity=SEVERITIES.index(filters.severity))
    return found.filter(**_disposition(filters.disposition))


def selected(filters: Filters) -> QuerySet[Finding]:
    """The findings that the filters let through, unsorted."""
    found = Finding.objects.filter(**_disposition(filters.disposition)).order_by()
    if filters.type:
        found = found.filter(type=filters.type)
    if filters.severity in SEVERITIES:
        found = found.filter(severity=SEVERITIES.index(filters.severity))
    if filters.check:
        found = found.filter(check_id=filters.check)
    if filters.exception is not None:
        found = found.filter(exception=filters.exception)
    if filters.place is not None:
        found = found.filter(place_id=filters.place)
    if filters.namespace:
        places = Place.objects.filter(namespace=filters.namespace)
        found = found.filter(
            place_id__in=places.filter(cluster=filters.cluster) if filters.cluster else places
        )
    elif filters.cluster:
        found = found.filter(cluster=filters.cluster)
    for word in words_of(filters.q):
        found = found.filter(Word(word, filters.type).of_finding())
    return found


def by_check(filters: Filters, page: int = 1) -> Listed[Line]:
    """The checks with findings that the filters let through: worst first, then those with most open."""
    words = [Word(word, filters.type) for word in words_of(filters.q)]
    if filters.namespace or filters.exception is not None or any(word.is_somewhere() for word in words):
        return _by_check_counted(filters, page)
    lines = list(_checks(filters).order_by("worst", "-net", "check_id")[_portion(page)])
    titles = _titles(line.check_id for line in lines)
    return Listed(
        [_line(vars(line), check=line.check_id, title=titles.get(line.check_id, "")) for line in lines],
        page,
        _number_of_checks(filters),
    )


def _checks(filters: Filters) -> QuerySet[CheckTally]:
    """Those that no finding has to be looked at for."""
    found = CheckTally.objects.filter(cluster=filters.cluster or None, **_typed(filters))
    found = _counting(found, filters)
    if filters.check:
        found = found.filter(check_id=filters.check)
    for word in words_of(filters.q):
        found = found.filter(check_id__in=Word(word, filters.type).subjects().values("check_id"))
    return found


@once
def _number_of_checks(filters: Filters) -> Number:
    return up_to_bound(_checks(filters))


def by_place(filters: Filters, page: int = 1) -> Listed[Line]:
    """The places with findings that the filters let through, in the same order; counts are of the place."""
    found = _places(filters).select_related("place")
    lines = found.order_by("worst", "-net", "place_id")[_portion(page)]
    return Listed([_line(vars(line), place=line.place) for line in lines], page, _number_of_places(filters))


@once
def _number_of_places(filters: Filters) -> Number:
    return up_to_bound(_places(filters))


def _places(filters: Filters) -> QuerySet[PlaceTally]:
    found = _counting(PlaceTally.objects.filter(**_typed(filters)), filters)
    if filters.cluster:
        found = found.filter(cluster=filters.cluster)
    if filters.namespace:
        found = found.filter(place__namespace=filters.namespace)
    if filters.check or filters.exception is not None:
        narrowed = filters._replace(q="", cluster="", namespace="", disposition="", severity="")
        found = found.filter(Exists(selected(narrowed).filter(place_id=OuterRef("place_id"))))
    for word in words_of(filters.q):
        found = found.filter(Word(word, filters.type).of_place())
    return found


@once
def namespaces(cluster: str) -> Sequence[str]:
    """The namespaces that findings are in, sorted."""
    found = Tally.objects.exclude(namespace="")
    if cluster:
        found = found.filter(cluster=cluster)
    return list(found.order_by("namespace").values_list("namespace", flat=True).distinct())


def up_to_bound(found: QuerySet[M]) -> Number:
    """How many rows there are, counted up to `BOUND`."""
    number = found.order_by().values("pk")[: BOUND + 1].count()
    return Number(min(number, BOUND), number > BOUND)


def _by_check_counted(filters: Filters, page: int) -> Listed[Line]:
    """By counting findings, up to the bound."""
    some = selected(filters).values("pk")[:BOUND]
    counted = Finding.objects.filter(pk__in=some).order_by().values("type", "check_id")
    counts = Q(native=False)
    groups = counted.annotate(
        worst=Min("severity", filter=counts),
        raw=Count("pk", filter=counts),
        net=Count("pk", filter=counts & ~Q(disposition="excepted")),
        expired=Count("pk", filter=counts & Q(disposition="expired")),
        pending=Count("pk", filter=counts & Q(disposition="pending")),
        natives=Count("pk", filter=Q(native=True)),
    )
    rows = list(groups.order_by(F("worst").asc(nulls_last=True), "-net", "check_id"))
    shown = rows[_portion(page)]
    titles = _titles(row["check_id"] for row in shown)
    lines = [
        _line({**row, "native": row["natives"]}, check=row["check_id"], title=titles.get(row["check_id"], ""))
        for row in shown
    ]
    return Listed(lines, page, Number(len(rows)))


def _line(row: Mapping[str, Any], **what: Any) -> Line:
    worst = row["worst"]
    return Line(
        type=row["type"],
        worst=SEVERITIES[worst] if worst is not None and worst < len(SEVERITIES) else None,
        **{field: row[field] for field in ("raw", "net", "expired", "pending", "native")},
        **what,
    )


def _titles(checks: Iterable[str]) -> dict[str, str]:
    found = Subject.objects.filter(check_id__in=set(checks)).order_by("-id")
    return dict(found.values_list("check_id", "title"))


def _typed(filters: Filters) -> dict[str, str]:
    return {"type": filters.type} if filters.type else {}


T = TypeVar("T", CheckTally, PlaceTally)


def _counting(found: QuerySet[T], filters: Filters) -> QuerySet[T]:
    """Those that have a finding of the severity, and one of the disposition."""
    if filters.severity in SEVERITIES:
        bit = 1 << SEVERITIES.index(filters.severity)
        found = found.annotate(bit=F("severities").bitand(bit)).filter(bit__gt=0)
    match filters.disposition:
        case "open":
            return found.filter(net__gt=F("expired") + F("pending"))
        case "excepted":
            return found.filter(raw__gt=F("net"))
        case "expired" | "pending" | "native" as field:
            return found.filter(**{f"{field}__gt": 0})
    return found.filter(raw__gt=0)


def _disposition(name: str) -> dict[str, Any]:
    if name == "native":
        return {"native": True}
    return {"native": False, "disposition": name} if name else {"native": False}


def _portion(page: int) -> slice:
    start = (min(max(page, 1), BOUND // PAGE) - 1) * PAGE
    return slice(start, start + PAGE)


def _beyond(found: QuerySet[Finding], after: str) -> QuerySet[Finding]:
    severity, _, identifier = after.partition("-")
    numbers = [severity, identifier]
    if not all(number.isascii() and number.isdigit() and len(number) < 19 for number in numbers):
        return found
    rank, last = int(severity), int(identifier)
    return found.filter(Q(severity__gt=rank) | Q(severity=rank, pk__gt=last), severity__gte=rank)
