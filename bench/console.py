"""The console on PostgreSQL: pages at 100,000 exceptions and 2,000,000 findings, uploads, the index rebuilt.

The register is a real one of 10,000 records, from which the index is built; the other exceptions are copies
of its rows, straight in the index table, as a git register of 100,000 would take too long to make. Findings
come by two uploads. The server of PostgreSQL is one of our own, without durability (`fsync=off`).
"""

from __future__ import annotations

import datetime as dt
import http.client
import http.cookiejar
import os
import re
import signal
import statistics
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from tests.console.database import Postgres

from bench.made import SCALE, WORK, register_of, report_of
from bench.measure import PYTHON, Run, command, forget
from bench.page import Row, show

_CASES = 100_000 // SCALE
_RECORDS = 10_000 // SCALE
_FINDINGS = 1_000_000 // SCALE
"""Of each of the two uploads."""
_ASKED = 40
"""Requests for each page, one after another."""
_SECONDS = 10
_CLIENTS = 4
_SLOWEST = 0.3
_RATIO = 3.0

_PAGES: Mapping[str, str] = {
    "exceptions": "/exceptions/",
    "exceptions, searched": "/exceptions/?q=app-123+team-7",
    "exceptions, searched for what is nowhere": "/exceptions/?q=nowhere-to-be-found",
    "exceptions, filtered and sorted": "/exceptions/?status=active&risk=medium&sort=-covered",
    "exceptions of a cluster": "/exceptions/?cluster=prod-eu-1",
    "checks": "/misconfigurations/",
    "checks, searched": "/misconfigurations/?q=ksv01",
    "checks, filtered by namespace": "/misconfigurations/?cluster=prod-eu-1&namespace=team-7-b",
    "resources": "/misconfigurations/?group=resource&severity=high",
    "resources, searched": "/misconfigurations/?group=resource&q=app-123",
    "findings": "/misconfigurations/?group=each&disposition=excepted",
    "findings, searched": "/misconfigurations/?group=each&q=app-123+ksv012",
    "findings, searched by what all have": "/misconfigurations/?group=each&q=deployment",
}

NOTES = (
    """- **Console.** The index is built from a real register of 10,000 records; the other 90,000 exceptions
  are copies of its rows, made in the index table. PostgreSQL runs without durability. The bare SQL is what
  the page asks, statement by statement, by psycopg alone: it holds no template, session or middleware, so
  that a page whose SQL takes a few milliseconds is many times as long as it.""",
)


def rows(today: dt.date) -> list[Row]:
    """All of them; none without PostgreSQL."""
    if reason := Postgres.missing():
        return [Row("console", f"skipped: {reason}")]
    register = register_of(_RECORDS, today)
    with Postgres() as server:
        environment = _environment(server.url, register)
        found = [_rebuilt(environment)]
        with _Served(environment, register) as served:
            found += _uploads(served)
            _multiply(server.url)
            pages = [_page(served, what, path, environment) for what, path in _PAGES.items()]
            return [*found, *pages, _throughput(served)]


def _said(row: Row) -> Row:
    print(f"{row.what}: {row.ours} against {row.baseline}, {row.ratio}", flush=True)
    return row


def _environment(database: str, register: Path) -> dict[str, str]:
    home = WORK / "console"
    own = {
        "DATABASE_URL": database,
        "DJANGO_SETTINGS_MODULE": "reprieve.console.settings",
        "REPRIEVE_CONSOLE_REGISTER": str(register),
        "REPRIEVE_CONSOLE_HOME": str(home),
        "REPRIEVE_CONSOLE_SYNC_SECONDS": "3600",  # copies of rows are in no register
        "REPRIEVE_CACHE_DIR": str(WORK / "cache"),
    }
    return {**{key: value for key, value in os.environ.items() if key != "CI"}, **own}


_BUILD = """
import sys, time
from reprieve.console import serve
from reprieve.console.config import from_environment
serve.prepare(from_environment())
start = time.perf_counter()
assert not serve.first_sync(anew=True)
open(sys.argv[1], 'w').write(str(time.perf_counter() - start))
"""


def _rebuilt(environment: Mapping[str, str]) -> Row:
    """The index from a register, judged from its history too."""
    seconds = []
    for _ in range(3):
        forget()
        subprocess.run([PYTHON, "-c", _BUILD, WORK / "built"], check=True, env=environment)
        seconds.append(float((WORK / "built").read_text()))
    ours = Run(statistics.median(seconds), 0)
    log = command(
        ["git", "-C", environment["REPRIEVE_CONSOLE_REGISTER"], "log", "-m", "--first-parent", "--raw"],
        runs=3,
    )
    ratio = f"{ours.seconds / log.seconds:.2f} ×"
    what = f"console: the index of {_RECORDS:,} records rebuilt, history cold"
    return _said(Row(what, show(ours), f"{show(log)} (git log -m --first-parent --raw)", ratio))


def _uploads(served: _Served) -> list[Row]:
    """A report that is new, another of the size, and the second again with another name for its target."""
    report = report_of(_FINDINGS)
    gate: list[str | Path] = [PYTHON, "-m", "reprieve", "gate", report, "--register", served.register]
    bare = command([*gate, "--no-fetch"], runs=1)
    found = []
    for target, cluster in (("first", "prod-eu-1"), ("second", "prod-us-2")):
        start = time.perf_counter()
        served.push(report, target, cluster)
        run = Run(time.perf_counter() - start, 0)
        found.append(_upload_row(f"console: {_FINDINGS:,} findings pushed, {target} target", run, bare))
    changed = WORK / "changed.json"
    changed.write_bytes(report.read_bytes().replace(b'"Severity":"LOW"', b'"Severity":"HIGH"', 1000))
    start = time.perf_counter()
    served.push(changed, "second", "prod-us-2")
    what = f"console: {_FINDINGS:,} findings pushed again, 1,000 of them changed"
    return [*found, _upload_row(what, Run(time.perf_counter() - start, 0), bare)]


def _upload_row(what: str, run: Run, bare: Run) -> Row:
    return _said(Row(what, show(run), f"{show(bare)} (reprieve gate)", f"{run.seconds / bare.seconds:.2f} ×"))


def _multiply(database: str) -> None:
    """Copies of the exceptions' rows, under numbers of their own, until there are enough."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        columns = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'index_case'"
            " AND column_name NOT IN ('id', 'number', 'record_id')"
        ).fetchall()
        names = ", ".join(f'"{name}"' for (name,) in columns)
        for copy in range(1, _CASES // _RECORDS):
            shift = copy * 100_000
            connection.execute(
                f"INSERT INTO index_case (number, record_id, {names}) SELECT number + {shift},"
                f" 'EXC-' || (number + {shift}), {names} FROM index_case WHERE number < 100000"
            )
            connection.execute(
                "INSERT INTO index_clusterpattern_cases (clusterpattern_id, case_id)"
                " SELECT l.clusterpattern_id, n.id FROM index_clusterpattern_cases l"
                " JOIN index_case c ON c.id = l.case_id AND c.number < 100000"
                f" JOIN index_case n ON n.number = c.number + {shift}"
            )
        connection.execute("VACUUM ANALYZE")


class _Times(NamedTuple):
    median: float
    late: float
    """The 95th percentile."""

    def __str__(self) -> str:
        return f"p50 {self.median * 1000:.0f} ms, p95 {self.late * 1000:.0f} ms"


def _times(seconds: Sequence[float]) -> _Times:
    ordered = sorted(seconds)
    return _Times(statistics.median(ordered), ordered[int(len(ordered) * 0.95)])


def _page(served: _Served, what: str, path: str, environment: Mapping[str, str]) -> Row:
    served.get(path)
    seconds = []
    for _ in range(_ASKED):
        start = time.perf_counter()
        served.get(path)
        seconds.append(time.perf_counter() - start)
    ours, bare = _times(seconds), _times(_bare(path, environment))
    ratio = ours.late / bare.late
    size = f"{_CASES:,} exceptions" if path.startswith("/exceptions/") else f"{2 * _FINDINGS:,} findings"
    return _said(
        Row(
            f"console: {what} ({size})",
            str(ours),
            f"{bare} (its SQL alone)",
            f"{ratio:.1f} ×",
            f"p95 ≤ {_SLOWEST * 1000:.0f} ms, ≤ {_RATIO:g} ×",
            ours.late <= _SLOWEST and ratio <= _RATIO,
        )
    )


_SQL = """
import json, sys
from reprieve.console import serve
from reprieve.console.config import from_environment
serve.prepare(from_environment())
from django.db import connection
from django.test import Client
from reprieve.register.writing.commits import Identity
client = Client(headers={"host": "127.0.0.1"})
assert client.post(serve.link_for(Identity("Bench", "bench@example.com")).split("8421")[1]).status_code == 302
client.get(sys.argv[1])
connection.force_debug_cursor = True
connection.queries_log.clear()
assert client.get(sys.argv[1]).status_code == 200
print(json.dumps([query["sql"] for query in connection.queries_log]))
"""


def _bare(path: str, environment: Mapping[str, str]) -> list[float]:
    """Seconds that the page's statements take without the page."""
    import json

    import psycopg

    done = subprocess.run(
        [PYTHON, "-c", _SQL, path], check=True, env=environment, capture_output=True, text=True
    )
    statements = [text for text in json.loads(done.stdout) if text.lstrip().upper().startswith("SELECT")]
    seconds = []
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        for _ in range(_ASKED):
            start = time.perf_counter()
            for statement in statements:
                connection.execute(statement.encode()).fetchall()
            seconds.append(time.perf_counter() - start)
    return seconds


def _throughput(served: _Served) -> Row:
    """All pages in turn, by several clients at once, of two worker processes."""
    end = time.monotonic() + _SECONDS
    done = []

    def ask(first: int) -> None:
        paths = list(_PAGES.values())
        number = first
        while time.monotonic() < end:
            start = time.perf_counter()
            served.get(paths[number % len(paths)])
            done.append(time.perf_counter() - start)
            number += 1

    threads = [threading.Thread(target=ask, args=[3 * number]) for number in range(_CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    what = f"console: all these pages in turn, {_CLIENTS} clients, two workers"
    return _said(Row(what, f"{len(done) / _SECONDS:.1f} requests a second, {_times(done)}"))


class _Served:
    """`reprieve serve` with two worker processes, and somebody signed in."""

    def __init__(self, environment: Mapping[str, str], register: Path) -> None:
        self.register = register
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None
        self._cookie = ""
        self._token = ""

    def __enter__(self) -> _Served:
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
