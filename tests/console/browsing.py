"""A real browser: Chromium, driven by Playwright; and axe-core, which finds what people can't use."""

from __future__ import annotations

import json
import shutil
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from tests import peers
from tests.waiting import PATIENCE, until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
_AXE = "axe/package/axe.min.js"
_MILLISECONDS = PATIENCE * 1000
expect.set_options(timeout=_MILLISECONDS)
_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def missing() -> str:
    """Why there is no browser here; empty when there is."""
    return "" if CHROMIUM else "Chromium is not installed (Debian: chromium)"


def axe_missing() -> str:
    """Why axe-core is not here; empty when it is."""
    return "" if peers.found(_AXE) else "axe-core is not installed: make peers"


def launch(playwright: Playwright) -> Browser:
    """Headless, without a word to the network."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=_OPTIONS)


class Visit:
    """People at their browsers. Fails the test when a page logs an error or breaks its content policy."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def __enter__(self) -> Visit:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for context in self._contexts:
            context.close()
        if kind is None:
            assert not self.errors, self.errors

    def sign_in(self, link: str, *, width: int = 1280, dark: bool = False) -> Page:
        """A new window of whoever the link is for."""
        page = self.stranger(width=width, dark=dark)
        page.goto(link)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    def stranger(self, *, width: int = 1280, dark: bool = False) -> Page:
        """A new window of nobody."""
        context = self._browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light"
        )
        self._contexts.append(context)
        context.set_default_timeout(_MILLISECONDS)
        page = context.new_page()
        page.on("console", lambda message: self._heard(message.type, message.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page

    def _heard(self, kind: str, text: str) -> None:
        if kind == "error" and "status of 4" not in text:  # refused forms are part of the stories
            self.errors.append(text)


def arrive(page: Page, url: str, text: str) -> None:
    """Opens a page until it shows a text: what Git has just heard is on it within a second."""

    def shown() -> bool:
        page.goto(url)
        return text in page.inner_text("main")

    until(shown, f"{text!r} at {url}")


def complaints(page: Page) -> list[str]:
    """What axe-core finds on a page: rule and the elements that break it."""
    # Through the debugger's own door, so that the page's content policy stays as it is.
    script = peers.found(_AXE)
    assert script is not None, axe_missing()
    page.evaluate(script.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(f"axe.run(document, {json.dumps(_RULES)})")
    return [
        f"{violation['id']}: {node['html'][:200]} ({node['failureSummary'][:300]})"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]
