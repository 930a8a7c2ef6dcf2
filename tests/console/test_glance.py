"""What the console keeps between requests: read once, and never told when it is no longer so."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from tests.console.desk import Console
from tests.console.uploads import several, taken

_SHOP = {"scope": [{"checks": ["KSV001"], "namespaces": ["shop"]}]}


def _page(console: Console, path: str) -> str:
    answer = console.as_().get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def _numbers(console: Console) -> dict[str, int]:
    html = _page(console, "/misconfigurations/")
    found = re.findall(r"<b>([\d,]+)</b> (?:<span class=\"status [^\"]+\">)?(raw|net|Excepted)", html)
    return {name: int(number) for number, name in found}


def test_pages_follow_each_upload(console: Console) -> None:
    for number in (1, 3, 2):
        taken(several(number))
        assert _numbers(console) == {"raw": number, "net": number, "Excepted": 0}
        assert f"{number} finding" in _page(console, "/misconfigurations/?group=each&q=app-")
        assert ("Deployment/app-2" in _page(console, "/misconfigurations/?group=resource&q=app-2")) is (
            number == 3
        )


def test_pages_follow_a_match_that_comes_after_the_look(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console.index import dispositions

    taken(several(3))
    console.office.active(**_SHOP)
    with monkeypatch.context() as patch:
        patch.setattr(dispositions, "is_behind", lambda: False)
        console.sync()
        assert _numbers(console) == {"raw": 3, "net": 3, "Excepted": 0}
    console.sync()
    assert _numbers(console) == {"raw": 3, "net": 0, "Excepted": 3}


def test_pages_follow_the_register(console: Console) -> None:
    def active() -> list[str]:
        return re.findall(r"<b>(\d+)</b> <span class=\"status s-active\">", _page(console, "/exceptions/"))

    assert active() == ["0"]
    assert "<option>prod-eu-9</option>" not in _page(console, "/exceptions/")
    console.office.active(scope=[{"checks": ["KSV001"], "clusters": ["prod-eu-9"], "namespaces": ["shop"]}])
    console.sync()
    assert active() == ["1"]
    assert "<option>prod-eu-9</option>" in _page(console, "/exceptions/")
    assert "1 exception for prod-eu-9" in _page(console, "/exceptions/?cluster=prod-eu-9")
    assert "0 exceptions for prod-eu-8" in _page(console, "/exceptions/?cluster=prod-eu-8")


@pytest.mark.parametrize("path", ["/exceptions/", "/misconfigurations/", "/misconfigurations/?group=each"])
def test_a_request_asks_once_what_the_index_is_at(console: Console, path: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    console.office.active(**_SHOP)
    console.sync()
    taken(several(3))
    client = console.as_()
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        client.get(path)
    told = [query["sql"] for query in asked.captured_queries]
    assert sum("index_registerstate" in sql for sql in told) == 1
    assert not [sql for sql in told if "COUNT(" in sql or "SUM(" in sql]


_EARLIER = """
import django
django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", "index", "0002", verbosity=0)
row = {"number": 1, "branch": "", "leading": True, "record_id": "EXC-001", "path": "p", "summary": "s",
    "owner": "o", "requester": "r", "risk": "low", "risk_rank": 3, "reason": "other", "environment": "e",
    "status": "active", "expiring": False, "missing": "[]", "overdue": False, "paused": False,
    "standing_reason": "", "types": "", "checks": "", "scope": "", "anywhere": False, "search": "",
    "covered": 0, "payload": b"x", "seal": "x"}
with connection.cursor() as cursor:
    columns = ", ".join(map(connection.ops.quote_name, row))
    marks = ", ".join(["%s"] * len(row))
    cursor.execute(f"INSERT INTO index_case ({columns}) VALUES ({marks})", [*row.values()])
    cursor.execute("INSERT INTO index_clusterpattern (key, pattern) VALUES ('k', 'prod-*')")
    cursor.execute("INSERT INTO index_clusterpattern_cases (clusterpattern_id, case_id)"
        " SELECT p.id, c.id FROM index_clusterpattern p, index_case c")
call_command("migrate", verbosity=0)
from reprieve.console.index.sync import sync
from reprieve.console.index.models import Case
known = sync()
print(known.failure, *Case.objects.values_list("record_id", "status"))
"""


def test_an_index_of_an_earlier_version_is_written_anew(
    console: Console, database_url: str, tmp_path: Path
) -> None:
    identifier = console.office.active(**_SHOP)
    done = subprocess.run(
        [sys.executable, "-c", _EARLIER],
        env={**os.environ, "DATABASE_URL": _empty(database_url, tmp_path)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.strip() == f"('{identifier}', 'active')"


def _empty(database: str, folder: Path) -> str:
    """A database beside this one, without tables."""
    if database.startswith("sqlite"):
        return f"sqlite:///{folder / 'earlier.sqlite3'}"
    import psycopg

    name = f"earlier_{uuid.uuid4().hex}"
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"{database.rpartition('/')[0]}/{name}"
