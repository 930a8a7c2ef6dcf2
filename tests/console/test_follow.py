"""Several at once: one looks at the register at a time, nobody is turned away, the killed leave nothing."""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import threading
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.console.database import Prepared
from tests.console.desk import Console
from tests.console.serving import Served
from tests.console.uploads import several, stored, taken
from tests.support import Office, run_cli, trivy_report
from tests.waiting import PATIENCE, until

_SHOP = {"scope": [{"checks": ["KSV001"], "namespaces": ["shop"]}]}


def _at_once(*tasks: Callable[[], object]) -> list[BaseException]:
    """Runs them in threads of their own; what went wrong."""
    from django.db import connections

    failures: list[BaseException] = []

    def run(task: Callable[[], object]) -> None:
        try:
            task()
        except BaseException as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_one_looks_at_the_register_at_a_time(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprieve.console.index import sync as syncing

    inside, most = [0], [0]
    real = syncing._look

    def slow(*arguments: Any) -> Any:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        time.sleep(0.05)
        try:
            return real(*arguments)
        finally:
            inside[0] -= 1

    monkeypatch.setattr(syncing, "_look", slow)
    assert _at_once(*[syncing.sync] * 5) == []
    assert most == [1]


def test_another_follower_has_just_looked(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprieve.console.index import follow

    looks: list[int] = []
    monkeypatch.setattr(follow, "sync", lambda: looks.append(1))
    from reprieve.console.config import config

    monkeypatch.setenv("REPRIEVE_CONSOLE_SYNC_SECONDS", "3600")
    config.cache_clear()
    console.sync()
    follow.Follower()._look()
    assert looks == []
    monkeypatch.setenv("REPRIEVE_CONSOLE_SYNC_SECONDS", "0.01")
    config.cache_clear()
    time.sleep(0.02)
    follow.Follower()._look()
    assert looks == [1]


def test_uploads_looks_and_actions_at_once(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody meets a locked database, and in the end the index is as if all had come one after another."""
    from reprieve.console.index import intake
    from reprieve.console.index.models import Case, Finding
    from reprieve.console.index.sync import nudge, sync

    monkeypatch.setattr(intake, "PATIENCE", 300)
    identifier = console.office.active(**_SHOP)

    def uploads(target: str) -> None:
        for number in range(5):
            taken(several(10 + number), target=target)

    def looks() -> None:
        for _ in range(6):
            sync()

    def acts() -> None:
        for number in range(3):
            scope = [{"checks": ["KSV0*"], "namespaces": [f"a{number}"]}]
            console.office.request(summary=f"Asked {number}", scope=scope)
            nudge()

    assert _at_once(lambda: uploads("a"), lambda: uploads("b"), looks, looks, acts) == []
    console.sync()
    assert Case.objects.get(record_id=identifier).covered == 28
    assert Finding.objects.filter(disposition="excepted").count() == 28
    assert Case.objects.count() == 4


def test_a_look_that_breaks_off_changes_nothing(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprieve.console.index import sync as syncing
    from reprieve.console.index.glance import state

    taken(several(2))
    before, commit = stored(), state().commit
    console.office.active(**_SHOP)

    def broken(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(syncing, "_write_new", broken)
        with pytest.raises(RuntimeError):
            syncing.sync()
    assert stored() == before
    assert state().commit == commit
    console.sync()
    assert state().commit != commit


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("summary", "a \0 b" + "x" * 300),
        ("owner", "o" * 5000),
        ("owner", "nul \0"),
        ("scope", [{"checks": ["KSV001"], "clusters": ["c" * 900], "namespaces": ["\0"]}]),
        ("scope", [{"checks": ["%s'\"\\"], "namespaces": ["*" + "é" * 200]}]),
    ],
)
def test_no_record_stops_the_index(console: Console, field: str, value: Any) -> None:
    """Whoever may push a branch may write anything into a record."""
    from reprieve.console.index.models import Case
    from tests.support import FOLDER, record_file

    desk = console.office.desk()
    desk.git("switch", "--quiet", "-c", "exception/EXC-007")
    desk.commit({f"{FOLDER}/EXC-007-x.md": record_file(id="EXC-007", **{field: value})})
    desk.git("push", "--quiet", "origin", "exception/EXC-007")
    console.sync()
    assert Case.objects.filter(number=7).exists()
    assert console.as_().get("/exceptions/?q=exc-007").status_code == 200


class _Visitor:
    """Somebody signed in to a served console, without a browser."""

    def __init__(self, served: Served) -> None:
        self._served = served
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)
        self._post(served.link)

    def get(self, path: str) -> str:
        with self._opener.open(self._served.url + path, timeout=PATIENCE) as answer:
            return str(answer.read().decode())

    def token(self) -> str:
        told = {"name": "ci", "scopes": "upload", "days": "7"}
        page = self._post(self._served.url + "/settings/tokens", told, form=self._served.url + "/settings/")
        return re.findall(r"rpv_[\w-]{43}", page)[0]

    def _post(self, url: str, fields: dict[str, str] | None = None, form: str | None = None) -> str:
        with self._opener.open(form or url, timeout=PATIENCE) as answer:
            (csrf, *_) = re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.read().decode())
        data = urllib.parse.urlencode({"csrfmiddlewaretoken": csrf, **(fields or {})}).encode()
        request = urllib.request.Request(url, data, headers={"Referer": url})
        with self._opener.open(request, timeout=PATIENCE) as answer:
            return str(answer.read().decode())


@pytest.fixture
def pair(office: Office, prepared: Prepared, tmp_path: Path) -> Iterator[Served]:
    """A console of two worker processes."""
    with Served(office, tmp_path / "state", prepared.copy(), "--workers", "2") as server:
        yield server


def test_two_workers_follow_and_take_in(pair: Served, tmp_path: Path) -> None:
    visitor = _Visitor(pair)
    token = visitor.token()
    for number in range(4):
        report = tmp_path / f"{number}.json"
        report.write_text(several(10 + number))
        where = ("--console", pair.url, "--token", token, "--target", str(number % 2))
        result = run_cli("push", str(report), *where, cwd=tmp_path)
        assert result.code == 0, result.err
    identifier = pair.office.active(**_SHOP)
    until(lambda: f"{identifier}/" in visitor.get("/exceptions/"), "the exception")
    until(lambda: ",25" in visitor.get("/exceptions/?format=csv"), "what it covers")


def _workers(served: Served) -> list[int]:
    """Its processes, last itself."""
    assert served._process is not None
    pid = served._process.pid
    return [*map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()), pid]


def _holds(served: Served, size: int) -> bool:
    """Whether a worker has a file of so many bytes open."""
    opened = [fd for pid in _workers(served) for fd in Path(f"/proc/{pid}/fd").iterdir()]
    return any(_size(fd) == size for fd in opened)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # closed meanwhile
        return -1


def _kill(served: Served) -> None:
    """Its worker processes first, then itself: none gets to say anything."""
    *workers, itself = _workers(served)
    os.kill(itself, signal.SIGSTOP)
    for pid in (*workers, itself):
        os.kill(pid, signal.SIGKILL)
    served.stop()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="finds worker processes by /proc")
def test_killed_in_the_middle_of_an_upload(office: Office, prepared: Prepared, tmp_path: Path) -> None:
    database = prepared.copy()
    state = tmp_path / "state"
    small, large = tmp_path / "small.json", tmp_path / "large.json"
    small.write_text(trivy_report({}, {"check": "KSV001"}))
    large.write_text(several(40_000))
    with Served(office, state, database) as first:
        visitor = _Visitor(first)
        token = visitor.token()
        where = ("--console", first.url, "--token", token, "--target", "t")
        assert run_cli("push", str(small), *where, cwd=tmp_path).code == 0
        body = large.read_bytes()
        address = urllib.parse.urlsplit(first.url)
        with socket.create_connection((address.hostname, address.port)) as connection:
            head = (
                f"POST /api/v1/scans?target=t HTTP/1.1\r\nHost: {address.netloc}\r\n"
                f"Authorization: Bearer {token}\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            connection.sendall(head.encode() + body)
            until(lambda: _holds(first, len(body)), "all of the upload")  # it is being read, or merged
            _kill(first)
    with Served(office, state, database) as second:
        visitor = _Visitor(second)
        page = visitor.get("/misconfigurations/")
        assert "KSV012" in page
        where = ("--console", second.url, "--token", token, "--target", "t")
        result = run_cli("push", str(small), *where, "--output", "json", cwd=tmp_path)
        assert result.json()["known"]
