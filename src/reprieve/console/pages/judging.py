"""How far the findings are judged by the register as it is now: told on every page while it lasts."""

from __future__ import annotations

from typing import NamedTuple

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reprieve.console.index.glance import glance
from reprieve.console.index.models import Target
from reprieve.console.pages.access import reading


class Judging(NamedTuple):
    """Findings that are judged anew already, and all of them."""

    done: int
    all: int


def judging() -> Judging | None:
    """None where all of them are, or where there are none."""
    known = glance()
    if known.matched or not known.commit:
        return None
    targets = Target.objects.order_by()
    whole = targets.aggregate(sum=Sum("findings"))["sum"] or 0
    # Those of before, and those of an index that is rebuilt, are still to come.
    done = targets.exclude(grounds__in=("", known.grounds)).aggregate(sum=Sum("findings"))["sum"] or 0
    return Judging(done, whole) if whole else None


@reading
def judging_part(request: HttpRequest) -> HttpResponse:
    """`/settings/judging`: the bar as it is now; a part of a page."""
    return render(request, "console/judging.html", {"judging": judging(), "asked": True})
