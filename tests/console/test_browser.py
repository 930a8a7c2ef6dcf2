"""Pages in a real browser, against `reprieve serve` as a process of its own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.console import browsing
from tests.console.browsing import Visit, arrive
from tests.console.serving import Served
from tests.support import PEOPLE, trivy_report

PAGES = (
    "/",
    "/exceptions/",
    "/exceptions/new?check=KSV012",
    "/exceptions/EXC-001/",
    "/misconfigurations/",
    "/misconfigurations/?group=resource",
    "/misconfigurations/?check=KSV012",
    "/compliance/",
    "/secrets/",
    "/vulnerabilities/",
    "/audit/?as_of=2026-01-01",
    "/settings/",
)


def test_signs_in_once(served: Served, visit: Visit) -> None:
    page = visit.sign_in(served.link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in/$"))
    page.goto(served.link)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_contain_text("has been used")


def test_filters_as_one_types(served: Served, visit: Visit) -> None:
    served.office.active(summary="Billing runs as root")
    served.office.active(summary="The shop too", scope=[{"checks": ["KSV001"], "namespaces": ["shop"]}])
    page = visit.sign_in(served.link_for(PEOPLE["ciso"]))
    arrive(page, served.url + "/exceptions/", "2 exceptions")
    page.get_by_label("Search").press_sequentially("billing")
    expect(page.locator("#results")).to_contain_text("1 exception")
    expect(page).to_have_url(re.compile("q=billing"))
    page.reload()
    expect(page.get_by_label("Search")).to_have_value("billing")
    expect(page.locator("#results tbody tr")).to_have_count(1)


def test_leaving_the_search_does_not_search_again(served: Served, visit: Visit) -> None:
    """A second swap takes away the link that somebody is about to click."""
    page = _searched(served, visit, "KSV012")
    page.evaluate("document.addEventListener('htmx:beforeRequest', () => document.title = 'asked again')")
    page.get_by_label("Search").press("Tab")  # its change is told before the focus moves
    expect(page.get_by_label("Status")).to_be_focused()
    expect(page).to_have_title(re.compile("^Security Exceptions"))


def test_the_focus_stays_on_a_row_that_is_told_anew(served: Served, visit: Visit) -> None:
    page = _searched(served, visit, "KSV")
    row = page.get_by_role("link", name="EXC-001")

    def meanwhile(route: Route) -> None:
        row.evaluate("row => row.before = true")
        row.focus()
        route.continue_()

    page.route(re.compile("q=KSV012"), meanwhile)
    page.get_by_label("Search").press_sequentially("012")
    expect(page).to_have_url(re.compile("q=KSV012"))
    expect(row).to_be_focused()
    assert row.evaluate("row => row.before") is None  # it is another


def _searched(served: Served, visit: Visit, text: str) -> Page:
    """The list with one exception, once it shows what a search for this has found."""
    served.office.active()
    page = visit.sign_in(served.link)
    arrive(page, served.url + "/exceptions/", "EXC-001")
    page.get_by_label("Search").press_sequentially(text)
    expect(page).to_have_url(re.compile(f"q={text}(&|$)"))
    return page


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(served: Served, visit: Visit, width: int, dark: bool) -> None:
    if reason := browsing.axe_missing():
        pytest.skip(reason)
    served.office.active()
    served.take_in(trivy_report({"check": "KSV012"}, {"check": "KSV001", "severity": "CRITICAL"}))
    page = visit.sign_in(served.link, width=width, dark=dark)
    arrive(page, served.url + "/exceptions/", "EXC-001")
    found = {path: _wrong(page, served.url + path, width) for path in PAGES}
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def _wrong(page: Page, url: str, width: int) -> list[str]:
    answer = page.goto(url)
    assert answer is not None and answer.ok, url
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    wide = [f"{overflow} pixels too wide at {width}"] if overflow > 0 else []
    return browsing.complaints(page) + wide
