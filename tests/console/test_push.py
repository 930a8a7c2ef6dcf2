"""`reprieve push` and `scan --push` over a socket: what arrives, what is refused and what is never said."""

from __future__ import annotations

import gzip
import http.server
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from reprieve import progress
from reprieve.progress import Advance
from tests.console.desk import Console
from tests.console.live import Live, token_of
from tests.console.uploads import several, stored
from tests.support import Result, run_cli, trivy_report
from tests.waiting import PATIENCE

if TYPE_CHECKING:
    from reprieve.console.index.models import Scan


@pytest.fixture
def live(console: Console) -> Iterator[Live]:
    with Live() as server:
        yield server


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "trivy.json"
    path.write_text(trivy_report({}, {"check": "KSV001"}))
    return path


def _push(live: Live, report: Path, *options: str, token: str | None = None) -> Result:
    secret = token or token_of()
    result = run_cli(
        "push", str(report), "--console", live.url, "--token", secret, *options, cwd=report.parent
    )
    assert secret not in result.out + result.err
    return result


def _scan() -> Scan:
    from reprieve.console.index.models import Scan

    return Scan.objects.select_related("target").get(latest=True)


def test_a_report_arrives(live: Live, report: Path) -> None:
    result = _push(live, report)
    assert (result.code, result.err) == (0, "")
    assert result.out == "prod-eu-1 (trivy): 2 findings (2 open); 2 new, 0 gone\n"
    scan = _scan()
    assert (scan.findings, scan.uploaded_by, scan.source) == (2, "sam@example.com", "trivy.json")
    again = _push(live, report)
    assert "was here already" in again.out


def test_what_the_uploader_says_counts(live: Live, report: Path) -> None:
    options = ("--cluster", "c", "--repository", "r", "--target", "t", "--environment", "staging")
    result = _push(live, report, *options, "--taken", "2026-01-02T03:04:05Z", "--output", "json")
    assert result.json()["target"] == "t"
    scan = _scan()
    target = scan.target
    assert (target.name, target.cluster, target.repository, target.environment) == ("t", "c", "r", "staging")
    assert scan.taken_at.isoformat() == "2026-01-02T03:04:05+00:00"


def test_a_large_one_is_packed(live: Live, report: Path) -> None:
    report.write_text(several(2000))
    assert _push(live, report).code == 0
    assert _scan().findings == 2000


def test_whoever_waits_is_told_for_what(live: Live, report: Path) -> None:
    told: list[str] = []

    class Listener:
        def begin(self, title: str, total: int | None, unit: str) -> AbstractContextManager[Advance]:
            told.append(title)
            return nullcontext(lambda units: None)

    report.write_text(several(2000))
    with progress.reported_to(Listener()):
        assert _push(live, report).code == 0
    assert told == ["Packing trivy.json", "Sending trivy.json", "The console takes in trivy.json"]


def test_standard_input(live: Live, report: Path) -> None:
    arguments = ("push", "-", "--console", live.url, "--token", token_of())
    result = run_cli(*arguments, cwd=report.parent, stdin=report.read_bytes())
    assert result.code == 0, result.err
    assert _scan().findings == 2


def test_token_and_address_from_the_environment(
    live: Live, report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPRIEVE_TOKEN", token_of())
    monkeypatch.setenv("REPRIEVE_CONSOLE", live.url)
    assert run_cli("push", str(report), cwd=report.parent).code == 0


def test_scan_pushes_what_it_finds(live: Live, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprieve.console.index.models import Finding

    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "Dockerfile").write_text("FROM alpine:latest\nRUN true\n")
    monkeypatch.setenv("REPRIEVE_TOKEN", token_of())
    arguments = ("scan", ".", "--push", "--console", live.url, "--no-cache", "--output", "json")
    result = run_cli(*arguments, cwd=folder)
    assert result.code == 1
    assert result.err.startswith("shop (reprieve): ")
    told = result.json()
    assert len(told["findings"]) == Finding.objects.count() > 0
    scan = _scan()
    assert (scan.target.name, scan.target.tool) == ("shop", "reprieve")
    assert scan.looked == told["scan"]["applied"] != {}
    fingerprints = {finding["fingerprint"] for finding in told["findings"]}
    assert set(Finding.objects.values_list("fingerprint", flat=True)) == fingerprints


def test_a_broken_report_is_refused_and_changes_nothing(live: Live, report: Path) -> None:
    _push(live, report)
    before = stored()
    report.write_text(report.read_text()[:-5])
    result = _push(live, report)
    assert result.code == 2
    assert "trivy.json" in result.err
    assert stored() == before


@pytest.mark.parametrize(
    ("scopes", "message"),
    [(("read",), "the token lacks the scope upload"), ((), "the console does not know this token")],
)
def test_a_token_that_may_not(live: Live, report: Path, scopes: tuple[str, ...], message: str) -> None:
    token = token_of("security-team", *scopes) if scopes else "rpv_" + "x" * 40
    result = _push(live, report, token=token)
    assert result.code == 2
    assert message in result.err
    assert "scope `upload`" in result.err


def test_larger_than_allowed(live: Live, report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprieve.console.config import config
    from reprieve.console.index.models import Scan

    monkeypatch.setenv("REPRIEVE_CONSOLE_MAX_REPORT_MB", "1")
    config.cache_clear()
    report.write_text(json.dumps({"Resources": [], "ClusterName": "x" * 3_000_000}))
    result = _push(live, report)  # 3 kB when it is packed
    assert result.code == 2
    assert "larger than 1 MB" in result.err
    assert not Scan.objects.exists()


@pytest.mark.parametrize("size", [5_000_000, 10_000_000], ids=["unpacked", "packed"])
def test_larger_than_allowed_is_said_to_who_is_still_sending(
    live: Live, report: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    from reprieve.console.config import config

    monkeypatch.setenv("REPRIEVE_CONSOLE_MAX_REPORT_MB", "8")
    config.cache_clear()
    name = Random(1).randbytes(size).hex()  # packed it takes half of that and a little more
    report.write_text(json.dumps({"Resources": [], "ClusterName": name}))
    result = _push(live, report)
    assert result.code == 2
    assert "larger than 8 MB" in result.err


def test_no_console_there(report: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
        result = run_cli("push", str(report), "--console", url, "--token", "t" * 20, cwd=report.parent)
    assert result.code == 2
    assert "cannot be reached: Connection refused" in result.err


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ((), "which console?"),
        (("--console", "ftp://x", "--token", "t"), "expected an address"),
        (("--console", "http://me:secret@x", "--token", "t"), "expected an address"),
        (("--console", "http://127.0.0.1"), "a token is needed"),
        (("--console", "http://127.0.0.1", "--token", "sec ret"), "was it copied whole?"),
        (("--console", "http://127.0.0.1", "--token", "sec\nret"), "was it copied whole?"),
    ],
)
def test_asked_wrongly(report: Path, options: tuple[str, ...], message: str) -> None:
    result = run_cli("push", str(report), *options, cwd=report.parent)
    assert result.code == 2
    assert message in result.err
    assert "sec" not in result.err


class _Fake:
    """A server that answers as it is told, one after another; keeps what it was sent."""

    def __init__(self, *answers: tuple[int, dict[str, str], bytes]) -> None:
        self.bodies: list[bytes] = []
        self.headers: list[Any] = []
        waiting = iter(answers)
        fake = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                packed = self.headers.get("Content-Encoding") == "gzip"
                fake.bodies.append(gzip.decompress(body) if packed else body)
                fake.headers.append(self.headers)
                status, headers, content = next(waiting)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        self._server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> _Fake:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


_TAKEN = json.dumps(
    {"target": "t", "tool": "trivy", "findings": 1, "new": 1, "gone": 0, "counts": {}, "known": False}
).encode()


def test_a_busy_console_is_asked_again_with_all_of_it(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paused: list[float] = []
    monkeypatch.setattr("reprieve.cli.sending.time.sleep", paused.append)
    busy = (503, {"Retry-After": "7"}, b'{"detail": "busy"}')
    with _Fake(busy, (502, {}, b"<html>"), (200, {}, _TAKEN)) as fake:
        result = run_cli("push", str(report), "--console", fake.url, "--token", "tok", cwd=report.parent)
    assert result.code == 0
    assert paused == [7.0, 4.0]
    assert fake.bodies == [report.read_bytes()] * 3
    assert {headers["Authorization"] for headers in fake.headers} == {"Bearer tok"}


def test_a_console_that_stays_busy(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reprieve.cli.sending.time.sleep", lambda _: None)
    with _Fake(*[(503, {}, b'{"detail": "too much to do"}')] * 8) as fake:
        result = run_cli("push", str(report), "--console", fake.url, "--token", "tok", cwd=report.parent)
    assert result.code == 2
    assert "too much to do" in result.err


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_token_goes_nowhere_else(report: Path, status: int) -> None:
    with _Fake() as other, _Fake((status, {"Location": other.url + "/"}, b"")) as fake:
        result = run_cli("push", str(report), "--console", fake.url, "--token", "tok", cwd=report.parent)
        assert other.headers == []
    assert result.code == 2
    assert "sends us elsewhere" in result.err


def test_something_else_answers(report: Path) -> None:
    with _Fake((200, {}, b"<html>hello")) as fake:
        result = run_cli("push", str(report), "--console", fake.url, "--token", "tok", cwd=report.parent)
    assert result.code == 2
    assert "no console" in result.err


def _raw(live: Live, head: str, body: bytes) -> int:
    """A request as written; the status that it gets."""
    with socket.create_connection(("127.0.0.1", live.port), timeout=PATIENCE) as connection:
        connection.sendall(
            f"POST /api/v1/scans HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token_of()}\r\n"
            f"Connection: close\r\n{head}\r\n".encode()
            + body
        )
        connection.shutdown(socket.SHUT_WR)
        return int(connection.makefile("rb").readline().split()[1])


@pytest.mark.parametrize(
    ("head", "body", "status"),
    [
        ("Content-Length: 4000\r\n", b'{"Resources": []', 400),
        ("", b"", 411),
        ("Content-Length: 3\r\nContent-Encoding: gzip\r\n", b"abc", 400),
        ("Content-Length: 3\r\nContent-Encoding: br\r\n", b"abc", 415),
    ],
)
def test_a_body_that_is_not_what_it_says(live: Live, head: str, body: bytes, status: int) -> None:
    from reprieve.console.index.models import Scan, Target

    assert _raw(live, head, body) == status
    assert not Scan.objects.exists()
    assert not Target.objects.exists()


@pytest.mark.parametrize("end", [-20, None])
def test_a_packed_body_that_breaks_off_or_goes_on(live: Live, report: Path, end: int | None) -> None:
    packed = gzip.compress(report.read_bytes())
    body = packed[:end] if end else packed + b"more"
    head = f"Content-Length: {len(body)}\r\nContent-Encoding: gzip\r\n"
    assert _raw(live, head, body) == 400


def test_scans_are_listed(live: Live, report: Path, console: Console) -> None:
    _push(live, report, "--target", "a")
    _push(live, report, "--target", "b")
    report.write_text(several(1))
    _push(live, report, "--target", "a")

    def listed(query: str = "") -> list[tuple[str, int]]:
        items = console.as_().get(f"/api/v1/scans{query}").json()["items"]
        return [(item["target"], item["findings"]) for item in items]

    assert listed() == [("a", 1), ("b", 2)]
    assert listed("?history=true") == [("a", 1), ("b", 2), ("a", 2)]
    assert listed("?history=true&target=a") == [("a", 1), ("a", 2)]
    first = console.as_().get("/api/v1/scans?size=1").json()
    assert console.as_().get(first["next"]).json()["items"][0]["target"] == "b"
