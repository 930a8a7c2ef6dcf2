"""`reprieve demo --serve`: what `make run` ends in."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

from tests.console.serving import free_port, untouched


def test_serves_the_demo_with_all_that_its_scanners_found(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "reprieve", "demo", "--directory", "demo", "--serve", "--no-open"]
    command += ["--port", str(port), "--as", "CISO <ciso@example.com>"]
    environment = untouched()
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            link = next(
                found[0] for line in process.stdout if (found := re.search(r"http://\S+/sign-in/\S+", line))
            )
            overview = _signed_in(link)
        finally:
            process.terminate()
    assert "CISO" in overview
    assert re.search(r"<p>9\d findings; \d+ without those that an exception covers", overview)
    assert re.search(r"<b>9</b> <span class=\"status s-active\">Active", overview)


def _signed_in(link: str) -> str:
    """The overview, as a browser without a screen gets it."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    for _ in range(100):
        try:
            form = browser.open(link, timeout=10).read().decode()
            break
        except OSError:
            time.sleep(0.1)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)
    assert token is not None
    body = urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    answer: str = browser.open(link, body, timeout=30).read().decode()
    return answer
