"""The overview: where everything stands, at a glance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reprieve.console.pages.access import reading
from reprieve.console.pages.exceptions import counters
from reprieve.console.pages.frame import cluster_of


@reading
def overview(request: HttpRequest) -> HttpResponse:
    """`/`."""
    return render(request, "console/overview.html", {"counters": counters(cluster_of(request))})
