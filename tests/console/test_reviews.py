"""The queue against the clock, and the weekly review."""

from __future__ import annotations

import datetime as dt
import re

from tests.console.desk import Console
from tests.console.test_actions import STRANGER
from tests.console.test_case import EVIL
from tests.support import FOLDER, PEOPLE, git, record_file

_SHOP = [{"checks": ["KSV001"], "namespaces": ["shop"], "clusters": ["prod-*"]}]


def _page(console: Console, path: str, person: str = "security-team") -> str:
    answer = console.as_(person).get(path)
    assert answer.status_code == 200
    return str(answer.content.decode())


def _ids(html: str) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/exceptions/([^/]+)/">', html)


def test_what_is_overdue_comes_first_with_the_time_left(console: Console) -> None:
    fresh = console.office.request(risk="medium")
    late = console.office.request(risk="high", scope=_SHOP)
    console.at(dt.datetime.now(dt.UTC) + dt.timedelta(days=4))
    html = _page(console, "/reviews/")
    assert _ids(html)[0] == late
    assert fresh in _ids(html)
    assert re.search(r"overdue by \d+ days?", html)
    console.at(dt.datetime.now(dt.UTC))
    assert re.search(r"\d+ (days?|hours?) left", _page(console, "/reviews/"))


def test_an_open_question_stops_the_clock(console: Console) -> None:
    identifier = console.office.request(risk="medium")
    console.office.desk("security-team").ok("decide", identifier, "ask", "--question", "Who watches it?")
    console.sync()
    html = _page(console, "/reviews/")
    assert "clock stopped" in html
    assert "asks: Who watches it?" in html


def test_whose_decision_is_missing(console: Console) -> None:
    identifier = console.office.request(risk="high")
    console.office.desk("security-lead").ok("decide", identifier, "approve")
    console.sync()
    html = _page(console, "/reviews/", "engineering-manager")
    assert f"<b>engineering-manager</b> <small>{PEOPLE['engineering-manager']}</small>" in html
    assert "<b>security-lead</b>" not in html
    assert f'href="/exceptions/{identifier}/#actions">Decide' in html
    assert ">Decide<" not in _page(console, "/reviews/", "security-lead")


def test_what_only_waits_to_be_merged(console: Console) -> None:
    identifier = console.office.request(risk="medium")
    console.office.desk("security-team").ok("decide", identifier, "approve", "--no-merge")
    console.sync()
    assert "to be merged" in _page(console, "/reviews/")


def test_a_cluster_and_nothing_to_do(console: Console) -> None:
    assert "Nothing waits for a decision" in _page(console, "/reviews/")
    identifier = console.office.request(scope=_SHOP)
    console.sync()
    assert _ids(_page(console, "/reviews/?cluster=prod-eu-1")) == [identifier]
    assert "Nothing waits for a decision that concerns dev" in _page(console, "/reviews/?cluster=dev")


def test_what_cannot_be_decided(console: Console) -> None:
    desk = console.office.desk()
    desk.git("checkout", "--quiet", "-b", "exception/EXC-009")
    broken = record_file(id="EXC-009", controls=[])
    desk.commit({f"{FOLDER}/EXC-009-broken.md": broken}, "Ask for something invalid")
    desk.git("push", "--quiet", "origin", "exception/EXC-009")
    console.sync()
    html = _page(console, "/reviews/")
    assert "Cannot be decided before they are mended" in html
    assert "needs at least one compensating control" in html


def test_the_weekly_review_is_walked_through_and_recorded(console: Console) -> None:
    active = console.office.active()
    waiting = console.office.request(scope=_SHOP)
    console.office.desk().ok("incident", active, "Port scan")
    console.sync()
    html = _page(console, "/reviews/weekly")
    for told in (active, waiting, "Port scan", "No progress since it was asked for", "8. Problems"):
        assert told in html
    client = console.as_("security-team")
    answer = client.post("/reviews/record")
    assert answer["Location"] == "/reviews/weekly"
    assert "Recorded the review of" in client.get("/reviews/weekly").content.decode()
    week = re.search(r"Weekly review, (\d{4}-W\d\d)", html)
    assert week
    text = git(console.office.remote, "show", f"main:security/exceptions/reviews/{week[1]}.md")
    assert active in text
    assert git(console.office.remote, "log", "-1", "--format=%ae", "main") == PEOPLE["security-team"]


def test_who_may_record_it(console: Console) -> None:
    before = git(console.office.remote, "for-each-ref")
    assert console.as_("ciso").get("/reviews/record").status_code == 405
    assert console.as_("ciso", csrf=True).post("/reviews/record").status_code == 403
    refused = console.as_(STRANGER).post("/reviews/record")
    assert refused.status_code == 403
    assert "it needs a role in the charter" in refused.content.decode()
    assert console.stranger().post("/reviews/record")["Location"] == "/sign-in/"
    assert console.stranger().get("/reviews/")["Location"] == "/sign-in/?next=%2Freviews%2F"
    assert git(console.office.remote, "for-each-ref") == before


def test_nothing_in_a_record_runs_in_a_review(console: Console) -> None:
    scope = [{"checks": [EVIL], "namespaces": [EVIL]}]
    asked = console.office.request(risk="medium", summary=EVIL, owner=EVIL, scope=scope)
    console.office.desk("security-team").ok("decide", asked, "ask", "--question", EVIL)
    active = console.office.active(summary=EVIL, owner=EVIL, scope=_SHOP)
    console.office.desk().ok("incident", active, EVIL)
    console.office.desk().ok("progress", active, EVIL)
    console.sync()
    for path in ("/reviews/", "/reviews/weekly", "/exceptions/"):
        html = _page(console, path)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
