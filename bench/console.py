"""The console on PostgreSQL: pages at 100,000 exceptions and 2,000,000 findings, uploads, the index rebuilt.

The register is a real one of 10,000 records, from which the index is built; the other exceptions are copies
of its rows, straight in the index table, as a git register of 100,000 would take too long to make. Findings
come by two uploads. The server of PostgreSQL is one of our own, without durability (`fsync=off`), and thrown
away; `--database=postgresql://…` measures on another, where the index is made once, and stays for the next.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tests.console.database import Postgres

from bench.made import SCALE, WORK, register_of, report_of
from bench.measure import PYTHON, Run, command, forget
from bench.page import Row, show
from bench.served import Served

_CASES = 100_000 // SCALE
_RECORDS = 10_000 // SCALE
_FINDINGS = 1_000_000 // SCALE
"""Of each of the two uploads."""
_ASKED = 40
"""Requests for each page, one after another."""
_WARMING = 8
"""Requests before them, of which each worker gets some."""
_SECONDS = 10
_CLIENTS = 4
_SLOWEST = 0.3
_RATIO = 3.0

_SERVER = ("shared_buffers=1GB", "max_wal_size=8GB")
"""As its manual advises for a machine of some memory; the defaults are for the smallest."""
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
    "findings": "/misconfigurations/?group=each&status=excepted",
    "findings, searched": "/misconfigurations/?group=each&q=app-123+ksv012",
    "findings, searched by what all have": "/misconfigurations/?group=each&q=deployment",
    "overview": "/",
}

NOTES = (
    """- **Console.** The index is built from a real register of 10,000 records; the other 90,000 exceptions
  are copies of its rows, made in the index table. PostgreSQL runs without durability. The bare SQL is all
  that a page shows, asked by psycopg alone, statement by statement, each time anew, in turn with the page.
  The console keeps counters and lists of what can be chosen until something in the index changes; "anew" is
  a page just after that. Where its SQL takes a few milliseconds, most of what a page takes is its HTML.""",
)


def rows(today: dt.date) -> list[Row]:
    """All of them; none without PostgreSQL."""
    if reason := Postgres.missing():
        return [Row("console", f"skipped: {reason}")]
    register = register_of(_RECORDS, today)
    with _database() as url:
        environment = _environment(url, register)
        made = _count(url, "SELECT count(*) FROM index_finding") >= 2 * _FINDINGS
        found = [] if made else [_rebuilt(environment)]
        with Served(environment, register) as served:
            if not made:
                found += _uploads(served)
            if _count(url, "SELECT count(*) FROM index_case") < _CASES:
                _multiply(url)
            pages = [_page(served, what, path, environment) for what, path in _PAGES.items()]
            return [*found, *pages, _throughput(served)]


@contextmanager
def _database() -> Iterator[str]:
    """The one that the command names, else one of our own."""
    for word in sys.argv[1:]:
        if word.startswith("--database="):
            yield word.removeprefix("--database=")
            return
    with Postgres(*_SERVER) as server:
        yield server.url


def _count(database: str, statement: str) -> int:
    """What it counts; 0 where there is no such table."""
    import psycopg

    with psycopg.connect(database, autocommit=True) as connection:
        try:
            row = connection.execute(statement.encode()).fetchone()
        except psycopg.errors.UndefinedTable:
            return 0
    return int(row[0]) if row else 0


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
        "REPRIEVE_CONSOLE_MAX_REPORT_MB": "1024",
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


def _uploads(served: Served) -> list[Row]:
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
                "INSERT INTO index_judged (case_id, payload)"
                " SELECT n.id, j.payload FROM index_judged j"
                " JOIN index_case c ON c.id = j.case_id AND c.number < 100000"
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


def _page(served: Served, what: str, path: str, environment: Mapping[str, str]) -> Row:
    """The page as it is met, in turn with its SQL alone; then the page when the index has just changed."""
    import psycopg

    statements = _statements(path, environment)
    for _ in range(_WARMING):
        served.get(path)
    kept, alone, anew = [], [], []
    with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
        for _ in range(_ASKED):
            kept.append(_seconds(lambda: served.get(path)))
            alone.append(_seconds(lambda: [connection.execute(each).fetchall() for each in statements]))
        for _ in range(_ASKED):
            connection.execute(_CHANGE)
            anew.append(_seconds(lambda: served.get(path)))
    ours, bare = _times(kept), _times(alone)
    ratio = ours.late / bare.late
    size = f"{2 * _FINDINGS:,} findings" if "misconfigurations" in path else f"{_CASES:,} exceptions"
    return _said(
        Row(
            f"console: {what} ({size})",
            f"{ours}; anew p95 {_times(anew).late * 1000:.0f} ms",
            f"{bare} (its SQL alone)",
            f"{ratio:.1f} ×",
            f"p95 ≤ {_SLOWEST * 1000:.0f} ms, ≤ {_RATIO:g} ×",
            ours.late <= _SLOWEST and ratio <= _RATIO,
        )
    )


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


_CHANGE = "UPDATE index_registerstate SET found = md5(random()::text)"
"""What the console keeps is no longer so (`RegisterState.found`)."""
_SQL = """
import json, sys
from reprieve.console import serve
from reprieve.console.config import from_environment
serve.prepare(from_environment())
from django.db import connection
from django.test import Client
from reprieve.console.index.glance import forget_answers
from reprieve.register.writing.commits import Identity
client = Client(headers={"host": "127.0.0.1"})
assert client.post(serve.link_for(Identity("Bench", "bench@example.com")).split("8421")[1]).status_code == 302
client.get(sys.argv[1])
forget_answers()
connection.force_debug_cursor = True
connection.queries_log.clear()
assert client.get(sys.argv[1]).status_code == 200
print(json.dumps([query["sql"] for query in connection.queries_log]))
"""


def _statements(path: str, environment: Mapping[str, str]) -> list[bytes]:
    """What a page asks of the database when nothing is kept."""
    done = subprocess.run(
        [PYTHON, "-c", _SQL, path], check=True, env=environment, capture_output=True, text=True
    )
    statements: list[str] = json.loads(done.stdout)
    return [text.encode() for text in statements if text.lstrip().upper().startswith("SELECT")]


def _throughput(served: Served) -> Row:
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
