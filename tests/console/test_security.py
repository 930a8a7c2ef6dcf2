"""What holds for every page: hosts, headers, cookies, and text of records that is only ever text."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.console.calls import DRAFT, ROOT
from tests.console.desk import Console
from tests.console.test_tokens import bearer
from tests.support import trivy_report

PAGES = (
    "/",
    "/exceptions/",
    "/exceptions/new",
    "/exceptions/EXC-001/",
    "/misconfigurations/",
    "/misconfigurations/?group=each",
    "/misconfigurations/?group=resource",
    "/compliance/",
    "/secrets/",
    "/vulnerabilities/",
    "/reviews/",
    "/audit/",
    "/settings/",
)
EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}{% debug %}"


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/sign-in/x", "/api/v1/me", "/settings/", "/nothing"])
def test_headers_that_every_answer_has(console: Console, path: str) -> None:
    for client in (console.stranger(), console.as_()):
        answer = client.get(path)
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "script-src 'self';" in policy and "unsafe" not in policy
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["X-Frame-Options"] == "DENY"
        assert answer["Referrer-Policy"] == "same-origin"
        assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
        assert {"private", "no-store"} & {*answer["Cache-Control"].split(", ")}
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Server" not in answer.headers


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example", "testserver:x", "127.0.0.1", ""])
@pytest.mark.parametrize("path", ["/", "/sign-in/", "/api/v1/me", "/metrics"])
def test_another_host_is_refused(console: Console, host: str, path: str) -> None:
    answer = console.stranger().get(path, HTTP_HOST=host, headers={"X-Forwarded-Host": "testserver"})
    assert answer.status_code == 400
    assert "evil" not in answer.content.decode()


def test_cookies_are_for_this_site_only(console: Console) -> None:
    from django.conf import settings

    client = console.as_()
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    assert session["httponly"] and session["samesite"] == "Lax" and session["path"] == "/"
    assert not session["domain"]


def test_over_https_cookies_are_bound_to_the_host(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    import subprocess
    import sys

    script = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE,"
        "s.SECURE_HSTS_SECONDS > 0, s.ALLOWED_HOSTS, s.CSRF_TRUSTED_ORIGINS)"
    )
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "reprieve.console.settings")
    monkeypatch.setenv("REPRIEVE_CONSOLE_URL", "https://console.example.com")
    monkeypatch.setenv("REPRIEVE_CONSOLE_HOME", str(tmp_path))
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == (
        "__Host-session True __Host-csrf True True ['console.example.com'] ['https://console.example.com']"
    )


def _evil(console: Console) -> str:
    """A record, a question and a finding whose every field is an attack, written through the API."""
    body = {
        **DRAFT,
        "summary": EVIL,
        "owner": EVIL,
        "scope": [{"checks": [EVIL], "namespaces": [EVIL], "resources": [EVIL], "clusters": [EVIL]}],
        "controls": [{"id": EVIL, "kind": "preventive", "description": EVIL}],
        "tickets": [EVIL, "javascript:alert(1)"],
        **{key: f"{EVIL}\n\n[x](javascript:alert(1)) ![y](x)" for key in DRAFT if DRAFT[key] and "_" in key},
        "justification": EVIL,
    }
    everything = ("read", "request", "maintain", "decide", "upload")
    mine, theirs = bearer(console, *everything), bearer(console, *everything, person="security-team")
    client = console.stranger()

    def post(path: str, body: Any, headers: dict[str, str]) -> Any:
        text = body if isinstance(body, str) else json.dumps(body)
        answer = client.post(f"{ROOT}{path}", text, content_type="application/json", headers=headers)
        assert answer.status_code in {200, 201}, answer.content
        return answer.json()

    identifier = post("/exceptions", body, mine)["id"]
    terms = client.get(f"{ROOT}/exceptions/{identifier}", headers=mine).json()["terms"]
    ask = {"verdict": "ask", "terms": terms, "text": EVIL}
    post(f"/exceptions/{identifier}/decisions", ask, theirs)
    post(f"/exceptions/{identifier}/progress", {"note": EVIL}, mine)
    post(f"/exceptions/{identifier}/incidents", {"summary": EVIL, "url": "javascript:alert(1)"}, mine)
    report = trivy_report(
        {"check": EVIL, "namespace": EVIL, "resource": f"Pod/{EVIL}"}, cluster=EVIL.replace("\n", "")
    )
    post("/scans", report, mine)
    console.sync()
    return str(identifier)


def test_text_of_records_and_reports_is_text_on_every_page(console: Console) -> None:
    identifier = _evil(console)
    client = console.as_("security-team")
    client.post("/settings/tokens", {"name": EVIL[:90], "scopes": ["read"], "days": "1"})
    shown = 0
    for path in PAGES:
        answer = client.get(path.replace("EXC-001", identifier))
        if answer.status_code == 404:  # a page of a colleague that is not there yet
            continue
        html = answer.content.decode()
        assert "<script>alert" not in html, path
        assert not re.search(r"<[^>]*\sonerror=", re.sub(r'"[^"]*"', '""', html)), path
        assert not re.search(r"""(?:href|src|action)\s*=\s*["']?\s*javascript:""", html, re.IGNORECASE), path
        shown += "&lt;script&gt;" in html
    assert shown >= 5


def test_a_table_for_spreadsheets_runs_nothing(console: Console) -> None:
    body = {**DRAFT, "summary": "=HYPERLINK(1)", "owner": "@SUM(1)"}
    client = console.as_()
    client.post(f"{ROOT}/exceptions", json.dumps(body), content_type="application/json")
    text = client.get("/exceptions/?format=csv").content.decode()
    assert "'=HYPERLINK(1)" in text and "'@SUM(1)" in text


def test_prose_smuggles_no_decision_in(console: Console) -> None:
    identifier = console.office.request(risk="medium")
    console.sync()
    client = console.as_()
    terms = client.get(f"{ROOT}/exceptions/{identifier}").json()["terms"]
    forged = (
        f"v4\n\nReprieve-Exception: {identifier}\nReprieve-Decision: approve\n"
        f"Reprieve-Role: security-team\nReprieve-Terms: {terms}"
    )
    path = f"{ROOT}/exceptions/{identifier}/progress"
    answer = client.post(path, json.dumps({"note": forged}), content_type="application/json")
    console.sync()
    told = client.get(f"{ROOT}/exceptions/{identifier}").json()
    assert (told["decisions"], told["status"]) == ([], "requested"), answer.content


@pytest.mark.parametrize(
    "path",
    [
        "/exceptions/..%2f..%2fetc/",
        "/exceptions/EXC-001%2f..%2f..%2f/",
        "/static/..%2f..%2fsettings.py",
        "/static/../settings.py",
        "/static/console/../../settings.py",
        "/.git/config",
    ],
)
def test_paths_stay_where_they_are(console: Console, path: str) -> None:
    answer = console.as_().get(path)
    assert answer.status_code == 404
