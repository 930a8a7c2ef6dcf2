"""The overview at a glance: counters, what ends, what waits, debt."""

from __future__ import annotations

import datetime as dt
import re

from tests.console.desk import Console
from tests.support import today

_SHOP = [{"checks": ["KSV001"], "namespaces": ["shop"], "clusters": ["prod-*"]}]


def _page(console: Console, query: str = "") -> str:
    answer = console.as_().get(f"/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def _counters(html: str) -> dict[str, int]:
    found = re.findall(r"<b>(\d+)</b> <span class=\"status [^\"]+\">(\w+)</span>", html)
    return {name: int(number) for number, name in found}


def _section(html: str, name: str) -> str:
    return html.split(f'aria-labelledby="{name}"')[1].split("</section>", maxsplit=1)[0]


def test_an_empty_register_says_what_to_do(console: Console) -> None:
    html = _page(console)
    assert _counters(html) == {"Active": 0, "Expiring": 0, "Expired": 0, "Revoked": 0, "Pending": 0}
    assert "No scan has been uploaded" in _section(html, "posture")
    assert "Nobody waits" in _section(html, "due")


def test_counts_by_status(console: Console) -> None:
    console.office.active(expires=today() + dt.timedelta(days=5))
    asked = console.office.request(scope=_SHOP)
    console.sync()
    html = _page(console)
    assert _counters(html) == {"Active": 1, "Expiring": 1, "Expired": 0, "Revoked": 0, "Pending": 1}
    assert asked in _section(html, "due")
    assert "security-team" in _section(html, "due")
    assert "in 5 days" in _section(html, "ending")
    assert "payments" in _section(html, "owners")
    assert "KSV012" in _section(html, "checks")


def test_a_cluster_counts_what_concerns_it(console: Console) -> None:
    console.office.active(scope=_SHOP)
    console.sync()
    assert _counters(_page(console, "?cluster=staging"))["Active"] == 0
    assert _counters(_page(console, "?cluster=prod-1"))["Active"] == 1


def test_the_calendar_marks_the_last_day(console: Console) -> None:
    last = today() + dt.timedelta(days=10)
    console.office.active(expires=last)
    console.sync()
    marked = re.findall(r"<td class=\"[^\"]*full\">(\d+)<b", _section(_page(console), "calendar"))
    assert marked == [str(last.day)]


def test_debt_follows_the_register(console: Console) -> None:
    assert "KSV012" not in _section(_page(console), "checks")
    console.office.active()
    console.sync()
    assert "KSV012" in _section(_page(console), "checks")
