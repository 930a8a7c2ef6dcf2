"""`reprieve demo --serve`: what `make run` ends in."""

from __future__ import annotations

import re
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from tests.console.serving import demo
from tests.waiting import PATIENCE


def test_serves_the_demo_with_all_that_its_scanners_found(tmp_path: Path) -> None:
    with demo(tmp_path, "--as", "CISO <ciso@example.com>") as link:
        overview = _signed_in(link)
    assert "CISO" in overview
    assert re.search(r"<p>9\d findings; \d+ without those that an exception covers", overview)
    assert re.search(r"<b>9</b> <span class=\"status s-active\">Active", overview)


def _signed_in(link: str) -> str:
    """The overview, as a browser without a screen gets it."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = browser.open(link, timeout=PATIENCE).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token is not None
    body = urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    answer: str = browser.open(link, body, timeout=PATIENCE).read().decode()
    return answer
