"""A browser without a screen, for a console in another process: cookies, forms, and nothing else."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from typing import NamedTuple

from tests.waiting import PATIENCE


class Answer(NamedTuple):
    """What came back, redirects followed."""

    status: int
    url: str
    html: str


class Surfer:
    """Somebody who has signed in by a link."""

    def __init__(self, link: str) -> None:
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)
        self._root = link.partition("/sign-in/")[0]
        self._token = ""
        assert self.post(link.removeprefix(self._root), {}).status == 200

    def get(self, path: str) -> Answer:
        """A page."""
        return self._open(urllib.request.Request(self._root + path))

    def post(self, path: str, form: dict[str, str]) -> Answer:
        """A form, with the token that a page of ours has given."""
        self._token = self._token or _token_in(self.get(path if "/sign-in/" in path else "/reviews/").html)
        data = urllib.parse.urlencode({**form, "csrfmiddlewaretoken": self._token}).encode()
        headers = {"Referer": self._root + path, "Origin": self._root}
        answer = self._open(urllib.request.Request(self._root + path, data, headers))
        if "/sign-in/" in path:
            self._token = ""  # a new session has another
        return answer

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return Answer(answer.status, answer.url, answer.read().decode())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.url or "", error.read().decode())


def _token_in(html: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', html)
    assert found, html[:500]
    return found[1]
