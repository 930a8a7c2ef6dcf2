"""The REST API: every operation, for whom, and what it says when it does not."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.console.calls import CALLS, DECIDING, DRAFT, ROOT, WRITING, ready, send, terms
from tests.console.desk import Console
from tests.console.test_tokens import bearer
from tests.support import REQUESTER, git, today, trivy_report

SCOPES = ("read", "request", "maintain", "decide", "upload", "gate", "metrics")


def problem(answer: Any, status: int) -> dict[str, Any]:
    """The problem details that an answer must be (RFC 9457)."""
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json"), (
        answer.content
    )
    told: dict[str, Any] = answer.json()
    assert told["status"] == status
    assert told["title"] and told["detail"]
    assert answer["Cache-Control"] == "no-store"
    return told


@pytest.mark.parametrize("name", CALLS)
def test_works_with_a_token_of_the_scope_alone(console: Console, name: str) -> None:
    call = CALLS[name]
    identifier = ready(console, call)
    headers = bearer(console, call.scope, person=call.role or REQUESTER)
    answer = send(console.stranger(), call, identifier, headers=headers)
    assert answer.status_code == call.status, answer.content
    assert answer["Content-Type"] == "application/json"
    assert answer["Cache-Control"] == "no-store"
    if call.status == 201:
        assert answer.json()["commit"]


@pytest.mark.parametrize("name", CALLS)
def test_refuses_strangers_other_scopes_and_other_methods(console: Console, name: str) -> None:
    call = CALLS[name]
    path = ROOT + call.path.format(id="EXC-001")
    problem(console.stranger().generic(call.method.upper(), path), 401)
    others = bearer(console, *(scope for scope in SCOPES if scope != call.scope), person="security-team")
    answer = console.stranger().generic(call.method.upper(), path, headers=others)
    assert problem(answer, 403)["detail"] == f"the token lacks the scope {call.scope}"
    assert f'error="insufficient_scope", scope="{call.scope}"' in answer["WWW-Authenticate"]
    for method in ("PUT", "DELETE", "PATCH"):
        answer = console.stranger().generic(method, path, headers=others)
        problem(answer, 405)
        assert call.method.upper() in answer["Allow"]


@pytest.mark.parametrize("name", WRITING)
def test_a_session_needs_the_form_token(console: Console, name: str) -> None:
    call = CALLS[name]
    identifier = ready(console, call)
    client = console.as_(call.role or REQUESTER, csrf=True)
    before = git(console.office.remote, "rev-parse", "--all")
    problem(send(client, call, identifier), 403)
    problem(send(client, call, identifier, headers={"X-CSRFToken": "x" * 32}), 403)
    assert git(console.office.remote, "rev-parse", "--all") == before
    client.get("/settings/")
    from django.conf import settings

    token = client.cookies[settings.CSRF_COOKIE_NAME].value
    answer = send(client, call, identifier, headers={"X-CSRFToken": token})
    assert answer.status_code == call.status, answer.content


@pytest.mark.parametrize("name", DECIDING)
def test_no_role_is_refused(console: Console, name: str) -> None:
    call = CALLS[name]
    identifier = ready(console, call)
    headers = bearer(console, *SCOPES, person="nobody@example.com")
    told = problem(send(console.stranger(), call, identifier, headers=headers), 403)
    assert "role" in told["detail"]


@pytest.mark.parametrize("name", ["approve", "deny"])
def test_the_requester_decides_nothing(console: Console, name: str) -> None:
    identifier = console.office.request(who="sam@example.com", risk="medium")
    console.sync()
    headers = bearer(console, *SCOPES, person="security-team")
    told = problem(send(console.stranger(), CALLS[name], identifier, headers=headers), 403)
    assert "asked for" in told["detail"]


def test_the_commit_is_the_persons_and_the_consoles(console: Console) -> None:
    identifier = ready(console, CALLS["approve"])
    headers = bearer(console, "decide", person="security-team")
    done = send(console.stranger(), CALLS["approve"], identifier, headers=headers).json()
    assert done["said"] == [f"Approved {identifier}", f"Merged {identifier}"]
    people = git(console.office.remote, "log", "-20", "--format=%s: %an <%ae> / %ce", "main")
    approval = f"Approve {identifier} as security-team: Sam <sam@example.com> / console@example.com"
    assert approval in people.splitlines()
    assert console.as_().get(f"{ROOT}/exceptions/{identifier}").json()["status"] == "active"


def test_says_the_words_of_the_command_line(console: Console) -> None:
    identifier = console.office.active()
    console.office.request(summary="Another", scope=DRAFT["scope"])
    console.sync()
    desk, client = console.office.desk(), console.as_()
    desk.git("fetch", "--quiet")
    listed = client.get(f"{ROOT}/exceptions?sort=id").json()["items"]
    assert [{k: v for k, v in item.items() if k != "covered"} for item in listed] == desk.run(
        "list", "--output", "json"
    ).json()
    shown = client.get(f"{ROOT}/exceptions/{identifier}").json()
    assert shown == desk.run("show", identifier, "--output", "json").json()
    told = desk.run("review", "--output", "json").json()
    assert client.get(f"{ROOT}/reviews").json() == {key: told[key] for key in ("queue", "undecidable")}
    agenda = desk.run("review", "--weekly", "--output", "json").json()
    assert client.get(f"{ROOT}/reviews/weekly").json() == agenda
    events = desk.run("history", "--output", "json").json()
    assert client.get(f"{ROOT}/audit").json()["items"] == events[::-1]


def test_judges_as_the_command_does(console: Console) -> None:
    console.office.active()
    console.sync()
    report = trivy_report({}, {"check": "KSV014"})
    asked = f"{ROOT}/gate?fail_on=high&cluster=staging-1"
    answer = console.as_().post(asked, report, content_type="application/json")
    desk = console.office.desk()
    options = ("--fetch", "--output", "json", "--fail-on", "high", "--cluster", "staging-1")
    told = desk.run("gate", "-", *options, stdin=report).json()
    told["reports"][0]["source"] = "report"
    assert {**answer.json(), "now": ""} == {**told, "now": ""}
    from reprieve.console.index.models import Scan

    assert not Scan.objects.exists()


@pytest.mark.parametrize("report", ["{", "\0", "{}", '{"a": ' * 5000])
def test_a_broken_report_is_refused(console: Console, report: str) -> None:
    told = problem(console.as_().post(f"{ROOT}/gate", report, content_type="application/json"), 422)
    assert "reprieve-gate-" not in json.dumps(told)


def test_an_unknown_format_is_refused(console: Console) -> None:
    told = problem(console.as_().post(f"{ROOT}/gate?format=x", "{}", content_type="application/json"), 422)
    assert "unknown format" in told["detail"]


def test_a_report_that_is_too_large_is_refused(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprieve.console.config import config

    monkeypatch.setenv("REPRIEVE_CONSOLE_MAX_GATE_MB", "1")
    config.cache_clear()
    report = " " * (1 << 20) + trivy_report()
    problem(console.as_().post(f"{ROOT}/gate", report, content_type="application/json"), 413)
    body = json.dumps({**DRAFT, "justification": "x" * (2 << 20)})
    problem(console.as_().post(f"{ROOT}/exceptions", body, content_type="application/json"), 413)


def test_requests_are_counted_per_person(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    from reprieve.console.api import app

    monkeypatch.setattr(app.api.throttle, "num_requests", 2)
    headers = bearer(console, "read", person="counted@example.com")
    assert [console.stranger().get(f"{ROOT}/me", headers=headers).status_code for _ in range(3)] == [
        200,
        200,
        429,
    ]
    answer = console.stranger().get(f"{ROOT}/me", headers=headers)
    problem(answer, 429)
    assert 0 < int(answer["Retry-After"]) <= 61
    others = bearer(console, "read", person="uncounted@example.com")
    assert console.stranger().get(f"{ROOT}/me", headers=others).status_code == 200


def test_a_request_is_in_the_callers_name(console: Console) -> None:
    headers = bearer(console, "request", "read")
    answer = console.stranger().post(
        f"{ROOT}/exceptions", json.dumps(DRAFT), content_type="application/json", headers=headers
    )
    assert (answer.status_code, answer["Location"]) == (201, f"{ROOT}/exceptions/EXC-001")
    shown = console.stranger().get(answer["Location"], headers=headers).json()
    assert (shown["requester"], shown["status"]) == (REQUESTER, "requested")
    assert shown["prose"]["Justification"] == DRAFT["justification"]
    assert shown["expires_in_days"] == 90


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"risk": "enormous"}, "risk"),
        ({"requester": "lena@example.com"}, "requester"),
        ({"expires": 5}, "expires"),
        ({"expires": "tomorrow"}, "expires"),
        ({"scope": []}, "scope"),
        ({"scope": [{"check": ["x"]}]}, "check"),
        ({"summary": "a\x00b"}, "summary"),
        ({"summary": "x" * 201}, "summary"),
        ({"owner": "  "}, "owner"),
        ({"owner": "\ud800"}, "owner"),
        ({"voids": ["always"]}, "voids"),
    ],
)
def test_a_body_that_is_not_valid_names_what_is_wrong(
    console: Console, change: dict[str, Any], where: str
) -> None:
    body = json.dumps({**DRAFT, **change})
    told = problem(console.as_().post(f"{ROOT}/exceptions", body, content_type="application/json"), 422)
    assert any(where in error["where"] for error in told["errors"])


@pytest.mark.parametrize("body", ["", "{", "[]", "null", '"x"', "\0", '{"a": ' * 10_000])
def test_a_body_that_is_no_object_is_refused(console: Console, body: str) -> None:
    answer = console.as_().post(f"{ROOT}/exceptions", body, content_type="application/json")
    problem(answer, answer.status_code)
    assert answer.status_code in {400, 422}


def test_what_the_process_refuses_is_told(console: Console) -> None:
    blanket = {**DRAFT, "scope": [{"checks": ["*"], "namespaces": ["*"]}]}
    answer = console.as_().post(f"{ROOT}/exceptions", json.dumps(blanket), content_type="application/json")
    assert "not a valid request" in problem(answer, 422)["detail"]


def test_a_decision_is_on_the_terms_that_were_read(console: Console) -> None:
    identifier = ready(console, CALLS["approve"])
    body = {"verdict": "approve", "terms": f"sha256:{'0' * 64}"}
    client = console.as_("security-team")
    path = f"{ROOT}/exceptions/{identifier}/decisions"
    answer = client.post(path, json.dumps(body), content_type="application/json")
    assert "other terms" in problem(answer, 422)["detail"]
    body["terms"] = terms(identifier)[:19]
    assert client.post(path, json.dumps(body), content_type="application/json").status_code == 201


@pytest.mark.parametrize(
    "identifier",
    [
        "EXC-999",
        "nonsense",
        "..",
        "%2e%2e",
        "%2e%2e%2fmain",
        "EXC-001%00",
        "EXC-001%0a",
        "-1",
        "EXC-\u0661",
        "9" * 30,
        "refs%2fheads%2fmain",
        "--upload-pack=x",
    ],
)
def test_an_id_is_nothing_but_an_id(console: Console, identifier: str) -> None:
    console.office.active()
    console.sync()
    client = console.as_("ciso")
    for path in ("", "/merge", "/revocation"):
        address = f"{ROOT}/exceptions/{identifier}{path}"
        answer = client.post(address, "{}", content_type="application/json") if path else client.get(address)
        problem(answer, answer.status_code)
        assert answer.status_code in {404, 405, 422}, (address, answer.content)


def test_lists_come_in_pages(console: Console) -> None:
    for name in ("a", "b", "c"):
        console.office.request(summary=name, scope=[{"checks": ["KSV001"], "namespaces": [name]}])
    console.sync()
    client, path, seen = console.as_(), f"{ROOT}/exceptions?sort=id&size=2", []
    while path:
        answer = client.get(path)
        told = answer.json()
        seen += [item["summary"] for item in told["items"]]
        assert (told["total"], told["pages"]) == (3, 2)
        assert answer.headers.get("Link", "") == (f'<{told["next"]}>; rel="next"' if told["next"] else "")
        path = told["next"]
    assert seen == ["a", "b", "c"]
    assert client.get(f"{ROOT}/exceptions?page=9").json()["items"] == []


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("status=active", 1),
        ("status=pending", 0),
        ("risk=medium&type=misconfiguration", 1),
        ("owner=payments&q=ksv012", 1),
        ("q=nothing", 0),
        ("expiring=100", 1),
        ("expiring=3", 0),
        ("cluster=staging", 1),
    ],
)
def test_the_filters_are_those_of_the_page(console: Console, query: str, number: int) -> None:
    console.office.active()
    console.sync()
    assert console.as_().get(f"{ROOT}/exceptions?{query}").json()["total"] == number


@pytest.mark.parametrize(
    "path",
    [
        "exceptions?status=nonsense",
        "exceptions?sort=evil",
        "exceptions?page=0",
        "exceptions?size=1000",
        "exceptions?statu=active",
        "exceptions?q=%00",
        "exceptions?expiring=99999999999999999999",
        "findings?severity=x",
        "findings?exception=EXC-1",
        "findings?after=x",
        "audit?kind=x",
        "audit?since=2026-13-01",
        "audit?since=12",
        "audit?record=../x",
    ],
)
def test_a_query_that_is_not_valid_is_refused(console: Console, path: str) -> None:
    told = problem(console.as_().get(f"{ROOT}/{path}"), 422)
    assert told.get("errors") or told["where"] == "query.statu"


def test_events_are_filtered(console: Console) -> None:
    identifier = console.office.active()
    console.sync()
    client = console.as_()
    told = client.get(f"{ROOT}/audit?kind=approved&who=sam&record={identifier}&since={today()}").json()
    assert [(event["kind"], event["who"]) for event in told["items"]] == [("approved", "sam@example.com")]
    assert client.get(f"{ROOT}/audit?until=2020-01-01").json()["total"] == 0


def test_a_preview_says_who_must_approve(console: Console) -> None:
    answer = send(console.as_(), CALLS["preview"], "")
    told = answer.json()
    assert set(told["approvers"]) == {"security-lead", "engineering-manager"}
    assert told["radius"]["findings"] == 0
    assert told["scanned"] is False
    assert told["due"]


def test_sums_up_as_the_pages_do(console: Console) -> None:
    identifier = console.office.active()
    console.sync()
    client = console.as_()
    headers = bearer(console, "upload")
    report = trivy_report({}, {"check": "KSV014", "severity": "HIGH"})
    client.post(f"{ROOT}/scans", report, content_type="application/json", headers=headers)
    told = client.get(f"{ROOT}/overview").json()
    assert (told["exceptions"]["active"], told["reviews_waiting"]) == (1, 0)
    assert (told["raw"]["medium"], told["net"]["medium"], told["net"]["high"]) == (1, 0, 1)
    lines = client.get(f"{ROOT}/checks?type=misconfiguration").json()["items"]
    assert [(line["check"], line["raw"], line["net"]) for line in lines] == [
        ("KSV014", 1, 1),
        ("KSV012", 1, 0),
    ]
    found = client.get(f"{ROOT}/findings?exception={identifier}").json()
    assert [(finding["check"], finding["disposition"]) for finding in found["items"]] == [
        ("KSV012", "excepted")
    ]
    controls = client.get(f"{ROOT}/compliance?framework=pss-restricted").json()["controls"]
    assert {control["state"] for control in controls} >= {"excepted"}


def test_what_stood_on_a_day(console: Console) -> None:
    identifier = console.office.active()
    console.sync()
    client = console.as_()
    stood = client.get(f"{ROOT}/as-of?date={today()}").json()
    assert [(entry["id"], entry["status"]) for entry in stood["exceptions"]] == [(identifier, "active")]
    assert "the register begins on" in problem(client.get(f"{ROOT}/as-of?date=2001-01-01"), 422)["detail"]
    problem(client.get(f"{ROOT}/as-of"), 422)
    problem(client.get(f"{ROOT}/compliance?framework=x"), 422)


def test_a_register_that_is_away_is_told(console: Console) -> None:
    identifier = ready(console, CALLS["progress"])
    client = console.as_()
    console.office.remote.rename(console.office.remote.with_suffix(".away"))
    told = problem(send(client, CALLS["progress"], identifier), 503)
    assert told["detail"]
    assert client.get(f"{ROOT}/exceptions").json()["total"] == 1


def test_what_is_not_there_is_a_problem_too(console: Console) -> None:
    problem(console.as_().get(f"{ROOT}/nothing"), 404)
    problem(console.stranger().get(f"{ROOT}/nothing"), 404)


def test_the_docs_page_loads_nothing_from_elsewhere(console: Console) -> None:
    import re

    assert console.stranger().get(f"{ROOT}/docs").status_code == 302
    page = console.as_().get(f"{ROOT}/docs")
    html = page.content.decode()
    sources = re.findall(r'(?:src|href)="([^"]+)"', html)
    assert sources
    for source in sources:
        assert source.startswith("/static/ninja/")
        answer = console.stranger().get(source)
        assert answer.status_code == 200, source
        answer.close()
    assert "script-src 'self';" in page["Content-Security-Policy"]
    assert not re.findall(r"<script(?![^>]*(?:src=|application/json))", html)


def test_the_document_describes_every_operation(console: Console) -> None:
    document = console.stranger().get(f"{ROOT}/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    described = {
        (method, path.removeprefix(ROOT)) for path, item in document["paths"].items() for method in item
    }
    tried = {
        (call.method, call.path.replace("{id}", "{identifier}").partition("?")[0]) for call in CALLS.values()
    }
    assert tried == described
    for path in document["paths"].values():
        for operation in path.values():
            assert operation["security"], operation["operationId"]
            assert operation["description"]
