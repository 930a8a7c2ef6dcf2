"""In a real browser: signing in at an identity provider, making a token, reading the API's docs page."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.console.browsing import Visit
from tests.console.issuer import CLIENT, Issuer
from tests.console.serving import Served
from tests.support import Office
from tests.waiting import PATIENCE


def test_signs_in_at_the_provider_and_comes_back(
    office: Office, tmp_path: Path, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The form is answered with a redirect to another origin: the page's policy has to let it."""
    with Issuer() as issuer:
        for name, value in (("URL", issuer.url), ("CLIENT", CLIENT), ("SECRET", issuer.secret)):
            monkeypatch.setenv(f"REPRIEVE_CONSOLE_OIDC_{name}", value)
        with Served(office, tmp_path, linked=False) as served:
            page = visit.stranger()
            page.goto(f"{served.url}/exceptions/?status=active")
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_url(f"{served.url}/exceptions/?status=active")
            expect(page.locator(".who")).to_contain_text("Sam Example security-team")


def test_makes_a_token_and_revokes_it(served: Served, visit: Visit) -> None:
    page = visit.sign_in(served.link)
    page.goto(f"{served.url}/settings/")
    page.get_by_label("What it is for").fill("pipeline of billing")
    page.get_by_label(re.compile("^read ")).check()
    page.get_by_role("button", name="Make token").click()
    secret = page.get_by_label("Token", exact=True).inner_text().strip()
    asked = urllib.request.Request(f"{served.url}/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        assert answer.status == 200
    page.goto(f"{served.url}/settings/")
    expect(page.get_by_text(secret)).to_have_count(0)
    page.get_by_role("button", name="Revoke pipeline of billing").click()
    expect(page.get_by_role("status")).to_have_text("The token is revoked.")
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(asked, timeout=PATIENCE)


def test_the_docs_page_shows_and_tries_operations(served: Served, visit: Visit) -> None:
    page = visit.sign_in(served.link)
    page.goto(f"{served.url}/api/v1/docs")
    page.get_by_text("/api/v1/me").click()
    page.get_by_role("button", name="Try it out").click()
    page.get_by_role("button", name="Execute").click()
    expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
