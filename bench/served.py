"""A console that serves, as a process of its own, for what is measured over HTTP."""

from __future__ import annotations

import http.client
import http.cookiejar
import re
import signal
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bench.measure import PYTHON


class Served:
    """`reprieve serve` with two worker processes, and somebody signed in."""

    def __init__(self, environment: Mapping[str, str], register: Path) -> None:
        self.register = register
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None
        self._cookie = ""
        self._token = ""

    def __enter__(self) -> Served:
        words = [PYTHON, "-m", "reprieve", "serve", "--workers", "2", "--port", "8421", "--no-open"]
        words += ["--register", str(self.register), "--as", "Bench <bench@example.com>"]
        self._process = subprocess.Popen(words, env=self._environment, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        links = (re.search(r"http\S+/sign-in/\S+", line) for line in self._process.stdout)
        link = next(found[0] for found in links if found)
        self._sign_in(link)
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(60)

    def get(self, path: str) -> bytes:
        """A page. Each call is a connection of its own, as gunicorn's answer to a closed one."""
        connection = http.client.HTTPConnection("127.0.0.1", 8421, timeout=120)
        connection.request("GET", path, headers={"Cookie": self._cookie})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        return body

    def push(self, report: Path, target: str, cluster: str) -> None:
        """`reprieve push`, whole."""
        words = [PYTHON, "-m", "reprieve", "push", str(report), "--console", "http://127.0.0.1:8421"]
        words += ["--target", target, "--cluster", cluster]
        subprocess.run(words, check=True, env={**self._environment, "REPRIEVE_TOKEN": self._token})

    def _sign_in(self, link: str) -> None:
        jar = http.cookiejar.CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
        root = "{0.scheme}://{0.netloc}".format(urlsplit(link))

        def post(url: str, form: str, fields: Mapping[str, str]) -> str:
            page = opener.open(form).read().decode()
            (csrf, *_) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
            data = urllib.parse.urlencode({"csrfmiddlewaretoken": csrf, **fields}).encode()
            return str(opener.open(urllib.request.Request(url, data, {"Referer": url})).read().decode())

        post(link, link, {})
        fields = {"name": "bench", "scopes": "upload", "days": "7"}
        page = post(f"{root}/settings/tokens", f"{root}/settings/", fields)
        self._token = re.findall(r"rpv_[\w-]{43}", page)[0]
        self._cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)
