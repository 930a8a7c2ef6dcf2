"""The page of one exception: what it shows, and what each button does, for whom."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.console.desk import Console
from tests.console.test_actions import ACTIONS, STRANGER, draft, row, status, terms, viewer
from tests.support import PEOPLE, REQUESTER, git, today

EVIL = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
ON_THE_PAGE = [action for action in ACTIONS if action != "review"]


def page(console: Console, identifier: str, person: str = REQUESTER) -> str:
    """The page as somebody sees it."""
    answer = console.as_(person).get(f"/exceptions/{identifier}/")
    assert answer.status_code == 200
    return answer.content.decode()


def offered(html: str, identifier: str) -> list[str]:
    """The actions that the page offers."""
    return re.findall(rf'<form method="post" action="/exceptions/{identifier}/(\w+)">', html)


def given(action: str, identifier: str) -> dict[str, str]:
    """A form as somebody fills it in."""
    decision = {"terms": terms(identifier), "role": ""}
    forms: dict[str, dict[str, str]] = {
        "approve": {**decision, "prose": ""},
        "deny": {**decision, "prose": "No."},
        "ask": {**decision, "prose": "Why?"},
        "answer": {"text": "Because."},
        "merge": {},
        "control": {"control": "network-policy", "on": "", "evidence": "https://git.example.com/pull/1"},
        "progress": {"note": "v4 in staging", "on": ""},
        "incident": {"summary": "Port scan", "url": "", "on": ""},
        "renew": {"why": "The vendor slipped.", "plan": "v4 in March."},
        "revoke": {"reason": "The gateway was bypassed."},
        "close": {"reason": "not-needed", "evidence": ""},
        "escalate": {"case": "team-disagrees", "reason": "Payments stop."},
    }
    return forms[action]


def ready(console: Console, action: str) -> tuple[str, str]:
    """An exception on which the action can be taken, and who may."""
    office = console.office
    if action in {"renew", "revoke", "progress", "incident", "close", "control"}:
        identifier = office.active()
    else:
        identifier = office.request(risk="medium")
    if action == "answer":
        office.desk("security-team").ok("decide", identifier, "ask", "--question", "Who?")
    if action == "merge":
        office.desk("security-team").ok("decide", identifier, "approve", "--no-merge")
    console.sync()
    return identifier, "security-team"


@pytest.mark.parametrize("action", ON_THE_PAGE)
def test_each_action_by_its_form(console: Console, action: str) -> None:
    identifier, person = ready(console, action)
    html = page(console, identifier, person)
    assert action in offered(html, identifier)
    before = git(console.office.remote, "for-each-ref")
    answer = console.as_(person).post(f"/exceptions/{identifier}/{action}", given(action, identifier))
    assert answer.status_code == 302, re.findall(
        r'<p class="banner bad"[^>]*>([^<]*)', answer.content.decode()
    )
    assert git(console.office.remote, "for-each-ref") != before
    after = console.as_(person).get(answer["Location"])
    assert after.status_code == 200


@pytest.mark.parametrize("action", ON_THE_PAGE)
def test_get_changes_nothing(console: Console, action: str) -> None:
    identifier, person = ready(console, action)
    before = git(console.office.remote, "for-each-ref")
    answer = console.as_(person).get(f"/exceptions/{identifier}/{action}", given(action, identifier))
    assert answer.status_code == 405
    assert git(console.office.remote, "for-each-ref") == before


@pytest.mark.parametrize("action", ON_THE_PAGE)
def test_no_role_no_token_no_session(console: Console, action: str) -> None:
    identifier, person = ready(console, action)
    before = git(console.office.remote, "for-each-ref")
    address, form = f"/exceptions/{identifier}/{action}", given(action, identifier)
    refused = console.as_(STRANGER).post(address, form)
    assert refused.status_code == 403
    assert "role" in refused.content.decode()
    assert console.as_(person, csrf=True).post(address, form).status_code == 403
    assert console.stranger().post(address, form)["Location"] == "/sign-in/"
    assert git(console.office.remote, "for-each-ref") == before


@pytest.mark.parametrize("action", ["approve", "deny", "ask"])
def test_whoever_asked_decides_nothing(console: Console, action: str) -> None:
    from reprieve.console import actions

    asked = actions.request(viewer("security-team"), draft(risk="medium"))
    html = page(console, asked.id, "security-team")
    assert action not in offered(html, asked.id)
    assert "asked for EXC-001" in html
    answer = console.as_("security-team").post(f"/exceptions/{asked.id}/{action}", given(action, asked.id))
    assert answer.status_code == 403


def test_who_has_no_role_is_offered_nothing(console: Console) -> None:
    identifier = console.office.active()
    console.sync()
    html = page(console, identifier, STRANGER)
    assert offered(html, identifier) == []
    assert "it needs a role in the charter" in html


def test_the_requester_looks_after_their_own(console: Console) -> None:
    identifier = console.office.active()
    console.sync()
    kept = ["control", "progress", "incident", "renew", "escalate", "close"]
    assert offered(page(console, identifier), identifier) == kept


def test_what_was_not_read_is_not_approved(console: Console) -> None:
    identifier = console.office.request(risk="medium")
    console.sync()
    form = given("approve", identifier)
    assert f'name="terms" value="{form["terms"]}"' in page(console, identifier, "security-team")
    console.office.desk().ok("escalate", identifier, "--case", "team-disagrees", "--reason", "so")
    answer = console.as_("security-team").post(f"/exceptions/{identifier}/approve", form)
    assert answer.status_code == 409
    assert "other terms than those you read" in answer.content.decode()
    assert row(identifier).facts.decisions == ()


def test_what_was_typed_is_kept_when_it_is_refused(console: Console) -> None:
    identifier = console.office.active()
    console.sync()
    address = f"/exceptions/{identifier}/progress"
    form = {"note": "typed with care", "on": "2999-01-01"}
    answer = console.as_().post(address, form)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "2999-01-01 is in the future" in html
    assert "typed with care" in html
    assert re.search(r'<details class="act" open>\s*<summary[^>]*>Note progress', html)
    missing = console.as_().post(address, {"note": " ", "on": "soon"})
    assert missing.status_code == 422
    assert "This field is required." in missing.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "EXC-999/",
        "EXC-1%2F../",
        "EXC-1/",
        "EXC-007;x/",
        "EXC-007%3Bx/",
        "EXC-" + "9" * 12 + "/",
        "EXC-" + "9" * 300 + "/",
        "exc-001/",
        "EXC-001%00/",
        "EXC-001%0A/",
        "EXC-\N{ARABIC-INDIC DIGIT ONE}01/",
        "../exceptions/EXC-999/",
        "EXC-999/progress",
        "EXC-001/unheard-of",
    ],
)
def test_ids_that_are_none(console: Console, path: str) -> None:
    console.office.active()
    console.sync()
    client = console.as_("ciso")
    assert client.get(f"/exceptions/{path}").status_code in {404, 405}
    assert client.post(f"/exceptions/{path}", {"note": "x"}).status_code in {404, 405}


@pytest.mark.parametrize("spelling", ["EXC-0001", "EXC-000000000001"])
def test_ids_compare_as_numbers(console: Console, spelling: str) -> None:
    console.office.active()
    console.sync()
    assert "EXC-001" in page(console, spelling)


def test_nothing_in_a_record_runs(console: Console) -> None:
    prose = {
        "Justification": f"{EVIL}\n\n[click](javascript:alert(1)) [data](data:text/html,x) ![x](https://evil.example)",
        "Risk assessment": f"<a href='javascript:alert(1)'>x</a>\n\n```\n{EVIL}\n```",
        "Compensating controls": f"| a |\n|---|\n| {EVIL} |",
        "Remediation plan": f"# {EVIL}\n\n<https://example.com/?q=<script>>",
    }
    identifier = console.office.request(
        risk="medium",
        summary=EVIL,
        owner=EVIL,
        scope=[{"checks": [EVIL], "namespaces": [EVIL], "resources": [EVIL], "clusters": [EVIL]}],
        controls=[
            {
                "id": EVIL,
                "kind": "preventive",
                "description": EVIL,
                "implemented": today(),
                "evidence": "javascript:alert(1)//" + EVIL,
            }
        ],
        remediation={"target": today(), "tickets": [EVIL, "javascript:alert(1)", "https://example.com/1"]},
        prose=prose,
    )
    office = console.office
    office.desk("security-team").ok("decide", identifier, "ask", "--question", EVIL)
    office.desk().ok("answer", identifier, "--text", EVIL)
    office.desk("security-team").ok("decide", identifier, "approve")
    office.desk().ok("progress", identifier, EVIL)
    office.desk().ok("incident", identifier, EVIL, "--url", "javascript:alert(1)")
    console.sync()
    for address in (f"/exceptions/{identifier}/", "/exceptions/", f"/exceptions/{identifier}/reach"):
        _assert_harmless(console.as_("ciso").get(address).content.decode())
    office.desk("ciso").ok("revoke", identifier, "--reason", EVIL)
    console.sync()
    _assert_harmless(page(console, identifier, "ciso"))


def _assert_harmless(html: str) -> None:
    assert "<script>alert" not in html
    assert "<img src=x" not in html
    assert not re.search(r'href="(?!https?://|/|\?|#)', html)
    assert not re.search(r"<[^>]+\son\w+=", re.sub(r'="[^"]*"', "", html))
    assert 'src="https://evil' not in html
    assert ">49<" not in html


def test_the_page_tells_all_of_it(console: Console) -> None:
    identifier = console.office.request(risk="high", voids=["fix-available"])
    console.office.desk("security-lead").ok("decide", identifier, "approve")
    console.office.desk().ok("progress", identifier, "v4 in staging")
    console.sync()
    html = page(console, identifier)
    for told in (
        "Billing runs as root until the vendor ships v4.",
        "image cannot be changed by us.",
        "fix-available",
        "Deployment/billing-*",
        "network-policy",
        "v4 in staging",
        terms(identifier),
        PEOPLE["security-lead"],
        f"<b>engineering-manager</b>: {PEOPLE['engineering-manager']}",
        git(console.office.remote, "rev-parse", f"exception/{identifier}")[:10],
    ):
        assert told in html, told
    kinds = re.findall(r"<li[^>]*>\s*<b>([a-z]+)</b> <small><time", html)
    assert kinds == ["requested", "approved", "progress"]


def test_a_change_that_waits_is_shown_as_a_diff(console: Console) -> None:
    identifier = console.office.active()
    console.office.desk().ok("escalate", identifier, "--case", "team-disagrees", "--reason", "Payments stop")
    console.sync()
    html = page(console, identifier, "security-team")
    assert "Also asked for" in html
    assert "+escalation:" in html
    proposed = re.search(r'name="terms" value="(sha256:[0-9a-f]+)"', html)
    assert proposed
    assert proposed[1] != terms(identifier)


def test_what_it_renews_and_what_renews_it(console: Console) -> None:
    identifier = console.office.active()
    console.office.desk().ok("renew", identifier, "--why", "Late.", "--plan", "Soon.")
    console.sync()
    assert '<a href="/exceptions/EXC-002/">EXC-002</a>' in page(console, identifier)
    assert f'<a href="/exceptions/{identifier}/">{identifier}</a>' in page(console, "EXC-002")


def test_a_record_that_cannot_be_read_has_a_page(console: Console) -> None:
    from tests.support import FOLDER

    admin = console.office.desk("admin@example.com")
    admin.commit({f"{FOLDER}/EXC-009-broken.md": "---\nid: [\n---\n"}, "Oops")
    admin.git("push", "--quiet", "origin", "main")
    console.sync()
    html = page(console, "EXC-009", "ciso")
    assert "This record cannot be read." in html
    assert status("EXC-009") == "invalid"


def test_a_pull_request_where_the_branch_is_protected(console: Console) -> None:
    from tests.process.hosts import protect

    identifier = console.office.active()
    console.sync()
    protect(console.office)
    client = console.as_("ciso")
    answer = client.post(f"/exceptions/{identifier}/progress", given("progress", identifier))
    html: Any = client.get(answer["Location"]).content.decode()
    assert "main takes no pushes" in html
    assert f"exception/{identifier}-progress" in html


def test_a_register_that_cannot_be_opened_is_a_message(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console.config import config

    identifier = console.office.active()
    console.sync()
    client = console.as_("ciso")
    monkeypatch.setenv("REPRIEVE_CONSOLE_REGISTER", str(console.office.root / "nowhere"))
    config.cache_clear()
    for address in (f"/exceptions/{identifier}/", "/reviews/"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "Not possible now" in answer.content.decode()
    refused = client.post(f"/exceptions/{identifier}/progress", given("progress", identifier))
    assert refused.status_code == 503


def test_what_is_not_there_says_where_to_look(console: Console) -> None:
    html = console.as_().get("/exceptions/EXC-404/").content.decode()
    assert "list of exceptions" in html
    assert "Nothing was done" in console.as_(csrf=True).post("/reviews/record").content.decode()


def test_who_holds_several_roles_chooses_one(console: Console) -> None:
    from tests.support import CHARTER, FOLDER

    admin = console.office.desk("admin@example.com")
    text = CHARTER.replace("[emil@example.com]", "[emil@example.com, lena@example.com]")
    admin.commit({f"{FOLDER}/charter.yaml": text}, "Lena stands in")
    admin.git("push", "--quiet", "origin", "main")
    carol = console.office.desk("ciso")
    carol.git("pull", "--quiet")
    carol.ok("charter", "approve")
    identifier = console.office.request(risk="high")
    console.sync()
    html = page(console, identifier, "security-lead")
    assert '<select name="role"' in html
    form = {**given("approve", identifier), "role": "engineering-manager"}
    address = f"/exceptions/{identifier}/approve"
    assert console.as_("security-lead").post(address, {**form, "role": "ciso"}).status_code == 422
    assert console.as_("security-lead").post(address, form).status_code == 302
    (decision,) = row(identifier).facts.decisions
    assert decision.role == "engineering-manager"
    again = console.as_("security-lead").post(address, {**form, "role": "security-lead"})
    assert again.status_code == 409
    assert "cannot fill two roles" in again.content.decode()
