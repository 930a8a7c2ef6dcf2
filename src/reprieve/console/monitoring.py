"""For machines that watch: `/healthz`, `/readyz`, and `/metrics` in Prometheus' text format (0.0.4)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec
from django.db import DatabaseError, connection
from django.db.models import Count, Min, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from reprieve.console.api import problems
from reprieve.console.config import config, is_loopback
from reprieve.console.index.glance import state
from reprieve.console.index.models import Case, Tally, Target
from reprieve.console.people import tokens
from reprieve.version import __version__
from reprieve.words import SEVERITIES

_WAITING = Q(status__in=("requested", "in-review")) & ~Q(missing=[])


class Metric(NamedTuple):
    """One gauge with its samples."""

    name: str
    help: str
    samples: Mapping[tuple[tuple[str, str], ...], float]
    """Labels -> value."""


class HealthMiddleware:
    """Answers `/healthz` and `/readyz` before anything else looks at the request.

    A probe names the host by the address of a container, which is no name of ours.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """As Django's middleware protocol asks."""
        probe = _PROBES.get(request.path_info)
        return probe(request) if probe else self._get_response(request)


@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """`/healthz`: the process answers."""
    return _state({"status": "ok"}, 200)


@require_safe
def readyz(_request: HttpRequest) -> HttpResponse:
    """`/readyz`: the database answers, and the register has been read once; 503 until then."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        known = state()
    except DatabaseError:
        return _state({"status": "not ready", "database": "failing"}, 503)
    read = bool(known.commit)
    told = {
        "status": "ready" if read else "not ready",
        "database": "ok",
        "register": ("failing" if known.failure else "ok") if read else "not read yet",
    }
    return _state(told, 200 if read else 503)


_PROBES = {"/healthz": healthz, "/readyz": readyz}


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """`/metrics`: for a token with the scope `metrics`; without one where console and caller are local."""
    if not _may_read(request):
        return problems.unknown_caller()
    return HttpResponse(
        "".join(map(_text, _metrics())), content_type="text/plain; version=0.0.4; charset=utf-8"
    )


def _may_read(request: HttpRequest) -> bool:
    """From loopback alone would be no answer: behind a proxy on this machine everybody comes from there."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind:
        token = tokens.bearer(secret) if kind.lower() == "bearer" else None
        return token is not None and "metrics" in token.scopes
    at_home = is_loopback(urlsplit(config().url).hostname or "") and not config().proxy_header
    return at_home and is_loopback(request.META.get("REMOTE_ADDR", ""))


def _state(told: Mapping[str, str], status: int) -> HttpResponse:
    return HttpResponse(
        msgspec.json.encode(told),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )


def _metrics() -> Iterator[Metric]:
    known, now = state(), config().present()
    yield Metric("build_info", "The version that runs.", {(("version", __version__),): 1})
    cases = Case.objects.filter(leading=True)
    by_status = cases.order_by().values_list("status").annotate(number=Count("pk"))
    yield Metric("exceptions", "Exceptions by status.", {(("status", name),): n for name, n in by_status})
    counted = cases.aggregate(
        expiring=Count("pk", filter=Q(status="active", expiring=True)),
        waiting=Count("pk", filter=_WAITING),
        overdue=Count("pk", filter=_WAITING & Q(overdue=True)),
    )
    yield _single("exceptions_expiring", "Active exceptions in their last days.", counted["expiring"])
    yield _single("reviews_waiting", "Requests that wait for a decision.", counted["waiting"])
    yield _single("reviews_overdue", "Those that have waited too long.", counted["overdue"])
    yield Metric("findings", "Findings of the latest scans, without those suppressed natively.", _findings())
    scanned = Target.objects.aggregate(number=Count("pk"), oldest=Min("scanned_at"))
    yield _single("targets", "Targets that were scanned.", scanned["number"])
    if scanned["oldest"]:
        age = max(0.0, (now - scanned["oldest"]).total_seconds())
        yield _single("scan_age_seconds", "Age of the target's scan that is oldest.", age)
    yield _single("register_problems", "Problems of the register itself.", len(known.problems))
    yield _single(
        "register_failing", "1 when the last look at the register failed.", int(bool(known.failure))
    )
    if known.synced_at:
        age = max(0.0, (now - known.synced_at).total_seconds())
        yield _single("register_sync_age_seconds", "Since the last look at the register.", age)


def _single(name: str, help_: str, value: float) -> Metric:
    return Metric(name, help_, {(): value})


def _findings() -> dict[tuple[tuple[str, str], ...], float]:
    rows = Tally.objects.filter(native=False).order_by().values_list("type", "severity", "disposition")
    return {
        (("type", kind), ("severity", SEVERITIES[severity]), ("disposition", disposition)): number
        for kind, severity, disposition, number in rows.annotate(sum=Sum("number"))
    }


def _text(metric: Metric) -> str:
    name = f"reprieve_{metric.name}"
    lines = [f"# HELP {name} {metric.help}", f"# TYPE {name} gauge"]
    for labels, value in sorted(metric.samples.items()):
        told = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels)
        lines.append(f"{name}{{{told}}} {value:g}" if told else f"{name} {value:g}")
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
