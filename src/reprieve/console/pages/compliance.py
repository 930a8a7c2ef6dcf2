"""Compliance: each control of a framework, whether it passes, fails, or fails only where that is excepted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from typing import Literal, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reprieve.console.index.models import CheckTally, Scan
from reprieve.console.known_checks import FRAMEWORKS, controls, known
from reprieve.console.pages.access import reading
from reprieve.console.pages.frame import cluster_of
from reprieve.policy.check import Check

_FIRST = "pss-restricted"

State = Literal["fail", "excepted", "pass", "not checked"]


class Control(NamedTuple):
    """One control and what scans say of it."""

    name: str
    state: State
    """Excepted: all that fails is covered. Not checked: no scan looked at what its checks are about."""
    failing: int
    excepted: int
    checks: list[tuple[Check, int, int]]
    """Each with its findings that count, and those that are excepted."""


@reading
def compliance(request: HttpRequest) -> HttpResponse:
    """`/compliance/`: the controls of one framework."""
    asked = request.GET.get("framework", "")
    framework = asked if asked in FRAMEWORKS else _FIRST
    found = states(framework, cluster_of(request))
    return render(
        request,
        "console/compliance.html",
        {
            "frameworks": FRAMEWORKS,
            "framework": framework,
            "title": FRAMEWORKS[framework],
            "controls": found,
            "totals": dict(Counter(control.state for control in found)),
        },
    )


def states(framework: str, cluster: str = "") -> list[Control]:
    """Every control of a framework (a key of `policy.compliance.FRAMEWORKS`), in its order."""
    failing, excepted = _found(cluster)
    looked = _looked_at(cluster)
    return [_control(name, checks, failing, excepted, looked) for name, checks in controls(framework).items()]


def _control(
    name: str,
    checks: Collection[Check],
    failing: Mapping[str, int],
    excepted: Mapping[str, int],
    looked: Collection[str],
) -> Control:
    rows = [(check, failing.get(check.id, 0), excepted.get(check.id, 0)) for check in checks]
    bad, covered = sum(row[1] for row in rows), sum(row[2] for row in rows)
    state: State = "pass" if any(check.id in looked for check in checks) else "not checked"
    if bad or covered:
        state = "fail" if bad else "excepted"
    return Control(name, state, bad, covered, rows)


def _found(cluster: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Findings by check of ours, whichever tool reported them: those that count, and those excepted."""
    failing: defaultdict[str, int] = defaultdict(int)
    excepted: defaultdict[str, int] = defaultdict(int)
    rows = CheckTally.objects.filter(cluster=cluster or None).values_list("check_id", "raw", "net")
    for identifier, raw, net in rows.iterator():
        check = known(identifier)
        if check is not None:
            failing[check.id] += net
            excepted[check.id] += raw - net
    return failing, excepted


def _looked_at(cluster: str) -> frozenset[str]:
    """The checks of ours that the latest scans applied to something."""
    latest = Scan.objects.filter(latest=True)
    if cluster:
        latest = latest.filter(target__cluster=cluster)
    return frozenset(
        check
        for looked in latest.values_list("looked", flat=True)
        for check, number in looked.items()
        if number
    )
