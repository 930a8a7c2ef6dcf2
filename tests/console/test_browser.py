"""Pages in a real browser, against `reprieve serve` as a process of its own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.console import browsing
from tests.console.browsing import Visit, arrive
from tests.console.serving import Served
from tests.support import PEOPLE

PAGES = ("/", "/exceptions/", "/audit/")


def test_signs_in_once(served: Served, visit: Visit) -> None:
    page = visit.sign_in(served.link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
    page.get_by_role("button", name="Sign out").click()
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


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(served: Served, visit: Visit, width: int, dark: bool) -> None:
    if reason := browsing.axe_missing():
        pytest.skip(reason)
    served.office.active()
    page = visit.sign_in(served.link, width=width, dark=dark)
    for path in PAGES:
        page.goto(served.url + path)
        assert browsing.complaints(page) == [], path
        overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert overflow <= 0, f"{path} is {overflow} pixels too wide at {width}"
