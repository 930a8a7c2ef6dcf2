"""Raw and net findings over time: written down each day, told by a plot, for all clusters or one."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

from tests.console.desk import Console
from tests.console.test_overview import _page, _section
from tests.console.uploads import several, taken
from tests.support import trivy_report

_BILLING = {"check": "KSV012", "namespace": "billing", "resource": "Deployment/billing-api"}


def _today() -> dt.date:
    from reprieve.console.config import config

    return config().present().date()


def _ago(days: int) -> dt.date:
    return _today() - dt.timedelta(days=days)


def _days(cluster: str = "", now: tuple[int, int] = (0, 0)) -> dict[int, tuple[int, int]]:
    """Days ago -> raw and net."""
    from reprieve.console.history.posture import Counts, days

    found = days(cluster, _today(), Counts(*now))
    assert [day for day, _ in found] == sorted(day for day, _ in found)
    return {(_today() - day).days: tuple(counts) for day, counts in found}


def _keep(days: int, **counts: tuple[int, int]) -> None:
    from reprieve.console.history.posture import Counts, keep

    keep(_ago(days), {name.replace("everywhere", ""): Counts(*own) for name, own in counts.items()})


def _noted() -> dict[str, tuple[int, int]]:
    """What is written down of today, as the follower does it."""
    from reprieve.console.history import posture
    from reprieve.console.history.models import Posture

    posture.follow()
    rows: Any = Posture.objects.filter(day=_today()).values_list("cluster", "raw", "net")
    return {cluster: (raw, net) for cluster, raw, net in rows}


def test_what_stands_is_written_down_when_it_changes(console: Console) -> None:
    assert _noted() == {}
    taken(trivy_report(_BILLING, cluster="prod-eu-1"))
    taken(several(2, cluster="staging-1"), "staging.json")
    assert _noted() == {"": (3, 3), "prod-eu-1": (1, 1), "staging-1": (2, 2)}
    console.office.active()
    console.sync()
    assert _noted() == {"": (3, 2), "prod-eu-1": (1, 0), "staging-1": (2, 2)}


def test_a_cluster_that_has_nothing_any_more_has_none(console: Console) -> None:
    taken(trivy_report(_BILLING, cluster="prod-eu-1"), target="nightly", cluster="prod-eu-1")
    assert _noted()["prod-eu-1"] == (1, 1)
    taken(json.dumps({"ClusterName": "prod-eu-1", "Resources": []}), target="nightly", cluster="prod-eu-1")
    assert _noted() == {"": (0, 0), "prod-eu-1": (0, 0)}


def test_a_simulated_console_writes_nothing_down(console: Console) -> None:
    taken(trivy_report(_BILLING))
    console.at(dt.datetime.now(dt.UTC) + dt.timedelta(days=30))
    assert _noted() == {}


def test_a_day_without_a_look_is_as_the_one_before(console: Console) -> None:
    _keep(4, everywhere=(9, 7))
    _keep(2, everywhere=(9, 3))
    assert _days(now=(8, 2)) == {4: (9, 7), 3: (9, 7), 2: (9, 3), 1: (9, 3), 0: (8, 2)}


def test_what_was_known_before_the_last_year_leads_into_it(console: Console) -> None:
    _keep(500, everywhere=(5, 5))
    found = _days(now=(6, 6))
    assert len(found) == 365
    assert found[364] == (5, 5)
    assert found[0] == (6, 6)


def test_days_before_the_first_look_come_from_their_scans(console: Console) -> None:
    console.office.active()
    console.sync()
    when = dt.datetime.combine(_ago(5), dt.time(12), dt.UTC)
    taken(trivy_report(_BILLING, cluster="prod-eu-1"), taken=when)
    taken(several(2, cluster="staging-1"), "staging.json", taken=when + dt.timedelta(days=2))
    assert _days(now=(3, 2)) == {5: (1, 0), 4: (1, 0), 3: (3, 2), 2: (3, 2), 1: (3, 2), 0: (3, 2)}
    assert _days("staging-1", (2, 2)) == {3: (2, 2), 2: (2, 2), 1: (2, 2), 0: (2, 2)}
    _keep(3, everywhere=(10, 9))
    assert _days(now=(3, 2))[4] == (1, 0)
    assert _days(now=(3, 2))[3] == (10, 9)


def test_what_the_scanner_suppressed_is_in_neither(console: Console) -> None:
    from reprieve.console.history.posture import _of_scan

    assert _of_scan({"high": {"open": 2, "excepted": 1, "native": 7}, "low": {"expired": 1}}) == (4, 3)


def test_the_overview_draws_it_for_the_chosen_cluster(console: Console) -> None:
    html = _section(_page(console), "posture-time")
    assert "begins with the first scan" in html
    assert "<svg" not in html
    taken(trivy_report(_BILLING, cluster="prod-eu-1"))
    assert "begins tomorrow" in _section(_page(console), "posture-time")
    _keep(3, everywhere=(40, 30), **{"prod-eu-1": (4, 1)})
    html = _section(_page(console), "posture-time")
    told = f"From {_ago(3)} to {_today()}. net: 30 at first, 1 at last, between 1 and 30;"
    assert re.search(rf"<desc[^>]*>{told} excepted", html)
    assert re.search(r'<td class="number">40</td><td class="number">30</td>', html)
    html = _section(_page(console, "?cluster=prod-eu-1"), "posture-time")
    assert "net: 1 at first, 1 at last" in html
