"""`reprieve serve` as a process: what it refuses, how it begins and ends, who gets in."""

from __future__ import annotations

import http.client
import importlib.util
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.console.serving import Served, answers
from tests.ports import Port
from tests.support import Office
from tests.waiting import PATIENCE, until

REPRIEVE = (sys.executable, "-m", "reprieve")


def _serve(
    office: Office, state: Path, *options: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """`reprieve serve`, which must refuse by itself."""
    register = str(office.desk("console@example.com").directory)
    with Port() as port:
        return subprocess.run(
            [*REPRIEVE, "serve", "--register", register, "--no-open", "--port", str(port), *options],
            env={**_plain(), "XDG_STATE_HOME": str(state), **environment},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )


def _plain() -> dict[str, str]:
    """The environment without what the tests' own Django is set up with."""
    ours = ("REPRIEVE_CONSOLE_", "DATABASE_URL", "DJANGO_")
    return {name: text for name, text in os.environ.items() if not name.startswith(ours)}


@pytest.mark.parametrize(
    "options",
    [
        ("--host", "0.0.0.0"),
        ("--host", "::"),
        ("--host", "0.0.0.0", "--url", "http://reprieve.example.com"),
        ("--host", "127.0.0.1", "--url", "http://reprieve.example.com"),
        ("--host", "0.0.0.0", "--url", "http://127.0.0.1:8421"),
    ],
)
def test_sessions_do_not_cross_a_network_in_plain_text(
    office: Office, tmp_path: Path, options: tuple[str, ...]
) -> None:
    done = _serve(office, tmp_path, *options)
    assert done.returncode == 2
    assert "could act as anybody" in done.stderr
    assert "--insecure-plain-http" in done.stderr
    assert not (tmp_path / "reprieve").exists()


def test_with_the_option_it_is_warned_about(office: Office, tmp_path: Path) -> None:
    with Served(office, tmp_path, None, "--host", "0.0.0.0", "--insecure-plain-http") as served:
        assert "is not encrypted" in served.said


def test_a_port_that_is_taken_is_told(office: Office, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = _serve(office, tmp_path, "--port", str(port))
    assert done.returncode == 2
    assert f"port {port} is taken" in done.stderr
    assert f"--port {port + 1}" in done.stderr


@pytest.mark.parametrize(
    ("options", "environment", "said"),
    [
        (("--as", "Dana"), {}, "--as: not a person"),
        (("--register", "/nowhere/at/all"), {}, "no such folder"),
        ((), {"REPRIEVE_CONSOLE_OIDC_URL": "https://login.example.com"}, "REPRIEVE_CONSOLE_OIDC_CLIENT"),
        ((), {"REPRIEVE_CONSOLE_PROXIES": "everywhere"}, "REPRIEVE_CONSOLE_PROXIES"),
        ((), {"REPRIEVE_CONSOLE_PROXY_HEADER": "X Y"}, "REPRIEVE_CONSOLE_PROXY_HEADER"),
        ((), {"REPRIEVE_CONSOLE_TOKEN_DAYS": "many"}, "REPRIEVE_CONSOLE_TOKEN_DAYS"),
        (("--url", "ftp://x"), {}, "REPRIEVE_CONSOLE_URL"),
        ((), {"REPRIEVE_CONSOLE_HOME": "/proc/console"}, "/proc/console: cannot write to it"),
        ((), {"DATABASE_URL": "nonsense://x"}, "DATABASE_URL: not the address of a database"),
        ((), {"DATABASE_URL": "postgresql://x@127.0.0.1:1/x"}, "the database cannot be used"),
    ],
)
def test_what_is_not_set_up_right_is_named(
    office: Office, tmp_path: Path, options: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    done = _serve(office, tmp_path, *options, **environment)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_an_issuer_without_tls_is_refused(office: Office, tmp_path: Path) -> None:
    issuer = {"URL": "http://login.example.com", "CLIENT": "x", "SECRET": "y"}
    done = _serve(
        office, tmp_path, **{f"REPRIEVE_CONSOLE_OIDC_{name}": text for name, text in issuer.items()}
    )
    assert done.returncode == 2
    assert "only believed over https" in done.stderr


@pytest.mark.parametrize(
    ("missing", "hint"),
    [("django", "reprieve[console]"), ("psycopg", "reprieve[console,postgres]"), ("gunicorn", "WSL")],
)
def test_a_missing_extra_says_what_brings_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, missing: str, hint: str
) -> None:
    find = importlib.util.find_spec

    def without(name: str, package: str | None = None) -> Any:
        return None if name == missing else find(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", without)
    monkeypatch.setenv("DATABASE_URL", "postgresql://127.0.0.1/x")
    done = office.desk().run("serve", "--no-open")
    assert done.code == 2
    assert hint in done.err


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(office: Office, tmp_path: Path, how: signal.Signals) -> None:
    served = Served(office, tmp_path)
    with served:
        url = served.url
        assert served.stop(how) == 0
    assert "Traceback" not in served.said
    assert "rror" not in served.said
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(url, timeout=PATIENCE)


def test_the_link_signs_in_once_whichever_worker_answers(office: Office, tmp_path: Path) -> None:
    with Served(office, tmp_path, None, "--workers", "2", person="Dana <dana@example.com>") as served:
        page = urllib.request.urlopen(served.link, timeout=PATIENCE)
        cookie = page.headers["Set-Cookie"].split(";")[0]
        (token,) = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())
        answers = [_post(served, f"csrfmiddlewaretoken={token}", cookie) for _ in range(6)]
        assert [status for status, _ in answers] == [302, 403, 403, 403, 403, 403]


def _post(served: Served, body: str, cookie: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(served.url.removeprefix("http://"), timeout=PATIENCE)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded", "Origin": served.url}
    connection.request("POST", served.link.removeprefix(served.url), body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, answer.headers.get("Location", "")


def test_a_team_gets_no_link_and_a_proxy_says_who_is_there(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REPRIEVE_CONSOLE_PROXY_HEADER", "X-Forwarded-Email")
    address = "https://reprieve.example.com"
    with Served(office, tmp_path, None, "--host", "0.0.0.0", "--url", address, linked=False) as served:
        assert "is at https://reprieve.example.com" in served.said
        assert "/sign-in/" not in served.said
        assert _me(served, "X-Forwarded-Email: sam@example.com") == (200, "sam@example.com")
        assert _me(served, "X_Forwarded_Email: sam@example.com")[0] == 401
        twice = _me(served, "X-Forwarded-Email: sam@example.com", "X-Forwarded-Email: carol@example.com")
        assert twice[0] == 400
        asked = urllib.request.Request(f"{served.url}/sign-in/", headers={"Host": "reprieve.example.com"})
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            assert int(answer.headers["Strict-Transport-Security"].partition("=")[2]) >= 31_536_000


def _me(served: Served, *lines: str) -> tuple[int, str]:
    """Who the console says that we are, asked with these very lines of a header."""
    host, _, port = served.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=PATIENCE) as connection:
        request = ("GET /api/v1/me HTTP/1.1", "Host: reprieve.example.com", *lines, "Connection: close")
        connection.sendall("\r\n".join((*request, "", "")).encode())
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    email = re.search(r'"email":"([^"]*)"', answer)
    return int(answer.split()[1]), email[1] if email else ""


def test_options_come_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    from reprieve.cli.options import Reading
    from reprieve.cli.serve import _environment

    monkeypatch.delenv("REPRIEVE_CONSOLE_URL", raising=False)
    address = "REPRIEVE_CONSOLE_URL"
    assert _environment(None, "::1", 9000, Reading())[address] == "http://[::1]:9000"
    monkeypatch.setenv(address, "https://one.example.com")
    assert _environment(None, "0.0.0.0", 9000, Reading())[address] == "https://one.example.com"
    told = "https://two.example.com"
    assert _environment(told, "0.0.0.0", 9000, Reading())[address] == told


def test_what_was_started_before_is_gone_after_being_killed(office: Office, tmp_path: Path) -> None:
    served = Served(office, tmp_path)
    with served:
        served.stop(signal.SIGKILL)
        until(lambda: not answers(f"{served.url}/healthz"), "the end of its workers")
    with Served(office, tmp_path) as again:
        assert urllib.request.urlopen(f"{again.url}/healthz", timeout=PATIENCE).status == 200
