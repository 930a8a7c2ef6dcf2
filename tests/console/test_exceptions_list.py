"""The list of exceptions: what it shows, finds and filters."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.console.desk import Console
from tests.support import today, trivy_report

_SHOP = [{"checks": ["KSV001"], "namespaces": ["shop"], "clusters": ["prod-*"]}]


def _ids(html: str) -> list[str]:
    import re

    return re.findall(r'<th scope="row"><a [^>]*href="/exceptions/([^/]+)/(?:\?[^"]*)?">', html)


def _page(console: Console, query: str = "") -> str:
    answer = console.as_().get(f"/exceptions/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def _results(console: Console) -> str:
    """The table alone, as htmx gets it."""
    return console.as_().get("/exceptions/", headers={"HX-Request": "true"}).content.decode()


def test_a_stranger_is_sent_to_sign_in(console: Console) -> None:
    answer = console.stranger().get("/exceptions/?status=active")
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=%2Fexceptions%2F%3Fstatus%3Dactive"


def test_shows_what_is_merged_and_what_is_asked_for(console: Console) -> None:
    active = console.office.active(summary="Billing runs as root")
    asked = console.office.request(summary="Another one", scope=_SHOP)
    console.sync()
    html = _page(console)
    assert _ids(html) == [active, asked]
    assert "Billing runs as root" in html
    assert 's-active">active<' in html
    assert 's-requested">requested<' in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?status=active", True),
        ("?status=expired", False),
        ("?status=pending", False),
        ("?type=misconfiguration", True),
        ("?type=secret", False),
        ("?risk=medium", True),
        ("?risk=high", False),
        ("?owner=payments", True),
        ("?owner=nobody", False),
        ("?q=ksv012", True),
        ("?q=BILLING", True),
        ("?q=unheard-of", False),
        ("?cluster=prod-eu-7", True),
        ("?cluster=staging", True),
        ("?expiring=14", False),
        ("?expiring=400", True),
    ],
)
def test_filters(console: Console, query: str, found: bool) -> None:
    identifier = console.office.active()
    console.sync()
    assert (identifier in _ids(_page(console, query))) is found


def test_a_cluster_shows_what_concerns_it(console: Console) -> None:
    everywhere = console.office.active()
    production = console.office.active(scope=_SHOP)
    console.sync()
    assert _ids(_page(console, "?cluster=staging-1")) == [everywhere]
    assert _ids(_page(console, "?cluster=prod-eu-7")) == [everywhere, production]


def test_an_exception_expires_when_its_day_is_over(console: Console) -> None:
    identifier = console.office.active(expires=today() + dt.timedelta(days=20))
    console.at(dt.datetime.combine(today() + dt.timedelta(days=20), dt.time(23, 59, 59), dt.UTC))
    assert _ids(_page(console, "?status=active")) == [identifier]
    console.at(dt.datetime.combine(today() + dt.timedelta(days=21), dt.time(), dt.UTC))
    assert _ids(_page(console, "?status=active")) == []
    assert _ids(_page(console, "?status=expired")) == [identifier]


def test_the_index_can_be_rebuilt(console: Console) -> None:
    from reprieve.console.index.sync import rebuild

    console.office.active()
    console.office.request(summary="Asked for", scope=_SHOP)
    console.sync()
    before = _results(console)
    rebuild()
    assert _results(console) == before


def test_a_column_sorts_and_sorts_the_other_way_round(console: Console) -> None:
    first = console.office.active()
    second = console.office.active(scope=_SHOP, expires=today() + dt.timedelta(days=80))
    console.sync()
    html = _page(console)
    assert 'aria-sort="ascending"><a href="?sort=-expires">Expires in' in html
    assert _ids(_page(console, "?sort=-expires")) == [second, first]
    assert 'aria-sort="descending"><a href="?sort=expires">' in _page(console, "?sort=-expires")
    assert '<a href="?q=ksv&amp;sort=-covered">Findings' in _page(console, "?q=ksv&page=1")


def test_a_row_tells_where(console: Console) -> None:
    console.office.active(scope=_SHOP)
    console.sync()
    html = _page(console)
    assert '<td data-label="Cluster"><span class="lines">prod-*</span></td>' in html
    assert '<span class="lines">shop</span>' in html


def test_a_resource_that_a_pattern_covers_leads_to_its_exception(console: Console) -> None:
    from tests.console.uploads import taken

    identifier = console.office.active(
        scope=[{"checks": ["KSV012"], "namespaces": ["billing"], "resources": ["Deployment/billing-*"]}]
    )
    console.sync()
    assert "Nothing matches" in _page(console, "?q=deployment/billing-api")
    taken(trivy_report({"check": "KSV012", "namespace": "billing", "resource": "Deployment/billing-api"}))
    html = _page(console, "?q=deployment/billing-api")
    assert f'are excepted by <a href="/exceptions/{identifier}/">{identifier}</a>.' in html
    assert "Nothing matches" in _page(console, "?q=deployment/billing-worker")


def test_all_of_it_as_csv(console: Console) -> None:
    console.office.active(summary="=HYPERLINK(1)", scope=_SHOP)
    console.sync()
    answer = console.as_().get("/exceptions/?format=csv")
    head, line = answer.content.decode().splitlines()
    assert head.startswith("id,summary,status,risk")
    assert line.startswith("EXC-001,'=HYPERLINK(1),active,medium")
    assert line.endswith(",KSV001,shop,0,prod-*")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
