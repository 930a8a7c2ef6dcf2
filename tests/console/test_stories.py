"""Whole stories, each by the people who live it, in a real browser."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.console.browsing import Visit, arrive
from tests.console.database import Prepared
from tests.console.serving import Served
from tests.support import PEOPLE, REQUESTER, Office, today, trivy_report

_STATUS = "h1 .status"


def _fill(page: Page, **fields: str) -> None:
    for name, text in fields.items():
        label = name.replace("_", " ")
        page.get_by_label(re.compile(rf"^{label}\b")).first.fill(text)


def _explain(page: Page) -> None:
    """What every request has to say, but for its scope."""
    _fill(
        page,
        Summary="Billing runs as root until the vendor ships v4.",
        Owner="payments",
        Justification="The vendor's image cannot be changed by us.",
        Risk_assessment="Contained: no host access, read-only file system.",
        Compensating_controls="The network policy limits who can talk to it.",
        Remediation_plan="Version 4, then remove.",
        Name="network-policy",
        What_it_does="Only the gateway may reach the service.",
    )
    page.get_by_label("Reason", exact=True).select_option("legacy-system")
    page.get_by_label("Risk", exact=True).select_option("medium")


def _do(page: Page, label: str, **fields: str) -> None:
    """Opens an action, fills it in and confirms it."""
    page.locator("details.act summary", has_text=re.compile(f"^{label}$")).click()
    form = page.locator("details.act[open]")
    for name, text in fields.items():
        form.get_by_label(name, exact=False).first.fill(text)
    form.get_by_role("button", name="confirm").click()


@pytest.fixture
def scanned(served: Served) -> Served:
    """A cluster with one failed check on two workloads."""
    served.take_in(
        trivy_report(
            {"check": "KSV012", "namespace": "billing", "resource": "Deployment/billing-api"},
            {"check": "KSV012", "namespace": "shop", "resource": "Deployment/storefront"},
        )
    )
    return served


def test_from_the_page_to_active(scanned: Served, visit: Visit) -> None:
    dana = visit.sign_in(scanned.link_for(REQUESTER))
    dana.goto(scanned.url + "/exceptions/")
    dana.get_by_role("link", name="+ Create Exception").click()
    _explain(dana)
    dana.get_by_label("Checks").first.fill("KSV012")
    expect(dana.locator("#preview")).to_contain_text("2 findings")
    dana.get_by_label("Namespaces").first.fill("billing")
    expect(dana.locator("#preview")).to_contain_text("1 finding")
    expect(dana.locator("#preview")).to_contain_text("security-team")
    dana.get_by_role("button", name="Request it").last.click()
    expect(dana.locator(_STATUS)).to_have_text("requested")
    expect(dana.locator("main")).to_contain_text(str(today() + dt.timedelta(days=90)).split("-")[0])
    dana.wait_for_load_state()
    assert dana.locator("summary", has_text="Approve").count() == 0  # whoever asks does not decide
    address = dana.url

    ciso = visit.sign_in(scanned.link_for("ciso"))
    ciso.goto(address)
    assert ciso.locator("summary", has_text="Approve").count() == 0  # not the role that medium risk needs

    sam = visit.sign_in(scanned.link_for("security-team"))
    sam.goto(address)
    _do(sam, "Approve")
    expect(sam.locator(_STATUS)).to_have_text("approved")

    sam.locator("details.act summary", has_text="Mark a control implemented").click()
    sam.locator("details.act[open]").get_by_label("Control").select_option("network-policy")
    sam.locator("details.act[open]").get_by_role("button", name="confirm").click()
    expect(sam.locator(_STATUS)).to_have_text("active")
    expect(sam.locator("main")).to_contain_text("1 finding")

    dana.goto(scanned.url + "/misconfigurations/?group=each")
    expect(dana.locator("tr", has_text="billing-api")).to_contain_text("excepted")
    expect(dana.locator("tr", has_text="storefront")).to_contain_text("open")
    log = scanned.office.desk("auditor@example.com")
    log.git("fetch", "--quiet")
    told = log.git("log", "--format=%an <%ae> %ce", "origin/main")
    assert f"<{REQUESTER}> reprieve-console@localhost" in told
    assert f"<{PEOPLE['security-team']}> reprieve-console@localhost" in told


def test_from_a_failed_check(scanned: Served, visit: Visit) -> None:
    page = visit.sign_in(scanned.link_for(REQUESTER))
    page.goto(scanned.url + "/misconfigurations/?check=KSV012")
    page.locator("tr", has_text="storefront").get_by_role("link", name="Create exception").click()
    expect(page.get_by_label("Checks").first).to_have_value("KSV012")
    expect(page.get_by_label("Namespaces").first).to_have_value("shop")
    expect(page.get_by_label("Resources").first).to_have_value("Deployment/storefront")
    expect(page.get_by_label("Clusters").first).to_have_value("prod-eu-1")
    expect(page.locator("#preview")).to_contain_text("1 finding")


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_written(scanned: Served, visit: Visit) -> None:
    page = visit.sign_in(scanned.link_for(REQUESTER))
    page.goto(scanned.url + "/exceptions/new?check=KSV012")
    _explain(page)
    page.get_by_role("button", name="Request it").last.click()
    expect(page.get_by_role("alert").first).to_contain_text("Nothing was written")
    expect(page.get_by_label("Summary")).to_have_value("Billing runs as root until the vendor ships v4.")
    desk = scanned.office.desk("auditor@example.com")
    assert "exception/" not in desk.git("ls-remote", "origin")


def test_expires_when_the_clock_moves_and_can_be_renewed(
    office: Office, tmp_path: Path, prepared: Prepared, visit: Visit
) -> None:
    identifier = office.active(expires=today() + dt.timedelta(days=20))
    state = tmp_path / "state"
    database = prepared.copy()
    later = (today() + dt.timedelta(days=15)).isoformat()
    with Served(office, state, database, "--now", later, person=f"Dana <{REQUESTER}>") as served:
        page = visit.sign_in(served.link)
        expect(page.locator(".banner", has_text="Simulated")).to_be_visible()
        page.goto(f"{served.url}/exceptions/{identifier}/")
        expect(page.locator(_STATUS)).to_have_text("expiring")
    later = (today() + dt.timedelta(days=21)).isoformat()
    with Served(office, state, database, "--now", later, person=f"Dana <{REQUESTER}>") as served:
        page = visit.sign_in(served.link)
        page.goto(f"{served.url}/exceptions/?status=expired")
        expect(page.locator("#results tbody tr")).to_have_count(1)
        page.goto(f"{served.url}/exceptions/{identifier}/")
        expect(page.locator(_STATUS)).to_have_text("expired")


def test_renewed_and_revoked(served: Served, visit: Visit) -> None:
    identifier = served.office.active()
    dana = visit.sign_in(served.link_for(REQUESTER))
    arrive(dana, f"{served.url}/exceptions/{identifier}/", "active")
    dana.locator("details.act summary", has_text="Renew").click()
    form = dana.locator("details.act[open]")
    form.get_by_label("Why the original timeline was not met").fill("The vendor slipped by a month.")
    form.get_by_label("Updated remediation plan").fill("Version 4 in January, then remove.")
    form.get_by_role("button", name="confirm").click()
    expect(dana.locator("h1")).not_to_contain_text(identifier)
    expect(dana.locator(_STATUS)).to_have_text("requested")

    sam = visit.sign_in(served.link_for("security-team"))
    sam.goto(f"{served.url}/exceptions/{identifier}/")
    _do(sam, "Revoke", Reason="The vendor shipped it after all.")
    expect(sam.locator(_STATUS)).to_have_text("revoked")
    arrive(sam, f"{served.url}/audit/?kind=revoked", "The vendor shipped it after all.")


def test_the_cluster_selector_narrows_every_page(scanned: Served, visit: Visit) -> None:
    scanned.take_in(trivy_report({"check": "KSV001"}, cluster="staging-1"), "staging.json")
    page = visit.sign_in(scanned.link_for(REQUESTER))
    page.goto(scanned.url + "/misconfigurations/")
    expect(page.locator("#results tbody tr")).to_have_count(2)
    page.get_by_label("Cluster").select_option("staging-1")
    expect(page).to_have_url(re.compile("cluster=staging-1"))
    expect(page.locator("#results tbody tr")).to_have_count(1)
    page.get_by_role("link", name="Security Exceptions").click()
    expect(page).to_have_url(re.compile("/exceptions/.*cluster=staging-1"))


def test_by_keyboard_alone(served: Served, visit: Visit) -> None:
    identifier = served.office.active()
    served.office.active(summary="The shop too", scope=[{"checks": ["KSV001"], "namespaces": ["shop"]}])
    page = visit.sign_in(served.link_for(REQUESTER))
    arrive(page, served.url + "/exceptions/", "2 exceptions")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to content")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_attribute("id", "main")
    page.keyboard.press("/")
    expect(page.locator(":focus")).to_have_attribute("id", "q")
    page.keyboard.type("KSV012")
    expect(page).to_have_url(re.compile("q=KSV012"))
    expect(page.locator("#results tbody tr")).to_have_count(1)
    page.locator("#results tbody a").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text(identifier)
