"""Takes docs/screenshots/console: each page of the console on the demo, light and dark. `make docs`.

Needs Chromium. The demo is told relative to today, so a new set shows new dates.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, sync_playwright
from tests.console.browsing import launch
from tests.console.serving import demo

HERE = Path(__file__).parent / "console"
PAGES = {
    "overview": "/",
    "exceptions": "/exceptions/",
    "create": "/exceptions/new?check=KSV012",
    "exception": "/exceptions/EXC-007/",
    "misconfigurations": "/misconfigurations/",
    "failed-check": "/misconfigurations/?check=KSV012",
    "compliance": "/compliance/",
    "secrets": "/secrets/",
    "vulnerabilities": "/vulnerabilities/",
    "reviews": "/reviews/",
    "audit": "/audit/",
    "settings": "/settings/",
}
_SIZE = {"width": 1280, "height": 900}
_PHONE = {"width": 360, "height": 780}


def main() -> None:
    """Builds the demo in a temporary folder, serves it, and looks at it."""
    HERE.mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        demo(Path(folder)) as link,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright)
        state = _signed_in(browser, link)
        address = urlsplit(link)
        for scheme in ("light", "dark"):
            context = browser.new_context(viewport=_SIZE, color_scheme=scheme, storage_state=state)
            _take(context.new_page(), f"{address.scheme}://{address.netloc}", f"-{scheme}", PAGES)
        context = browser.new_context(viewport=_PHONE, color_scheme="light", storage_state=state)
        some = {name: PAGES[name] for name in ("overview", "exceptions")}
        _take(context.new_page(), f"{address.scheme}://{address.netloc}", "-phone", some)
        browser.close()


def _take(page: Page, address: str, suffix: str, pages: dict[str, str]) -> None:
    for name, path in pages.items():
        answer = page.goto(address + path)
        if answer is None or not answer.ok:
            raise RuntimeError(f"{path} answered {answer and answer.status}")
        page.screenshot(path=HERE / f"{name}{suffix}.png")


def _signed_in(browser: Browser, link: str) -> object:
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    return context.storage_state()


if __name__ == "__main__":
    main()
