"""`/metrics`, `/healthz`, `/readyz`: what they say, and to whom."""

from __future__ import annotations

import re

import pytest

from tests.console.desk import Console
from tests.console.test_tokens import bearer
from tests.support import trivy_report

_SAMPLE = re.compile(r'^reprieve_[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? -?[0-9.e+]+$')


def _metrics(console: Console) -> str:
    answer = console.stranger().get("/metrics", headers=bearer(console, "metrics"))
    assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    return str(answer.content.decode())


def test_says_how_many_there_are(console: Console) -> None:
    console.office.active()
    console.office.request(summary="Asked", scope=[{"checks": ["KSV001"], "namespaces": ["shop"]}])
    console.sync()
    report = trivy_report({}, {"check": "KSV014", "severity": "HIGH"})
    headers = bearer(console, "upload")
    answer = console.stranger().post(
        "/api/v1/scans", report, content_type="application/json", headers=headers
    )
    assert answer.status_code == 200, answer.content
    lines = _metrics(console).splitlines()
    for line in (
        'reprieve_exceptions{status="active"} 1',
        'reprieve_exceptions{status="requested"} 1',
        "reprieve_reviews_waiting 1",
        "reprieve_reviews_overdue 0",
        'reprieve_findings{type="misconfiguration",severity="medium",disposition="excepted"} 1',
        'reprieve_findings{type="misconfiguration",severity="high",disposition="open"} 1',
        "reprieve_targets 1",
        "reprieve_register_failing 0",
        "# TYPE reprieve_exceptions gauge",
    ):
        assert line in lines
    age = [line for line in lines if line.startswith("reprieve_register_sync_age_seconds ")]
    assert 0 <= float(age[0].split()[1]) < 60
    for line in lines:
        assert line.startswith("# ") or _SAMPLE.match(line), line


def test_needs_a_token_of_the_scope(console: Console) -> None:
    assert console.stranger().get("/metrics").status_code == 401
    assert console.as_("ciso").get("/metrics").status_code == 401
    assert console.stranger().get("/metrics", headers=bearer(console, "read")).status_code == 401
    assert console.stranger().post("/metrics", headers=bearer(console, "metrics")).status_code == 405


def test_a_console_of_this_machine_alone_needs_none(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console.config import config

    monkeypatch.setenv("REPRIEVE_CONSOLE_URL", "http://127.0.0.1:8421")
    config.cache_clear()
    client = console.stranger()
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="192.0.2.7").status_code == 401
    assert client.get("/metrics", headers={"Authorization": "Bearer rpv_wrong"}).status_code == 401
    monkeypatch.setenv("REPRIEVE_CONSOLE_PROXY_HEADER", "X-Forwarded-Email")
    config.cache_clear()
    assert client.get("/metrics").status_code == 401


def test_health_is_told_whatever_the_host_is_called(console: Console) -> None:
    client = console.stranger()
    for path in ("/healthz", "/readyz"):
        answer = client.get(path, HTTP_HOST="10.2.3.4:8421")
        assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
        assert client.post(path).status_code == 405
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "database": "ok", "register": "ok"}


def test_is_not_ready_before_the_register_was_read(console: Console) -> None:
    from reprieve.console.index.models import RegisterState

    RegisterState.objects.all().delete()
    answer = console.stranger().get("/readyz")
    assert (answer.status_code, answer.json()["register"]) == (503, "not read yet")


def test_a_register_that_fails_is_told_without_why(console: Console) -> None:
    from reprieve.console.index.models import RegisterState

    RegisterState.objects.update(failure="/srv/secret: no such folder")
    answer = console.stranger().get("/readyz")
    assert (answer.status_code, answer.json()["register"]) == (200, "failing")
    assert "secret" not in answer.content.decode()
    assert "reprieve_register_failing 1" in _metrics(console)
