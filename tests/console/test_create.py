"""Asking for an exception on the page: what it begins with, what it would silence, what is wrong with it."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

import pytest

from reprieve.register.register import Register
from tests.console.desk import Console
from tests.console.test_actions import STRANGER, row, status
from tests.support import PEOPLE, REQUESTER, git, today, trivy_report

EVIL = "</textarea><script>alert(1)</script>\"'>"


def upload(console: Console, *findings: dict[str, Any], cluster: str = "prod-eu-1") -> None:
    """A scan comes in."""
    from reprieve.console.config import config
    from reprieve.console.index.intake import Upload, take

    report = trivy_report(*findings, cluster=cluster)
    take(io.BytesIO(report.encode()), Upload(source="trivy.json", by="ci@example.com"), config().present())
    console.sync()


def form(**changes: str) -> dict[str, str]:
    """The form, filled in well; dashes in names are written as two underscores."""
    given = {
        "summary": "Billing runs as root until the vendor ships v4.",
        "reason": "legacy-system",
        "risk": "medium",
        "environment": "production",
        "owner": "payments",
        "justification": "The vendor's image cannot be changed by us.",
        "assessment": "Contained: no host access.",
        "compensation": "The network policy limits who can talk to it.",
        "plan": "Version 4,\r\nthen remove.",
        "expires": "",
        "target": "",
        "tickets": "https://tickets.example.com/PAY-318",
        "escalation": "",
        "escalated": "",
        "scope-TOTAL_FORMS": "2",
        "scope-INITIAL_FORMS": "0",
        "scope-0-type": "misconfiguration",
        "scope-0-checks": "KSV012",
        "scope-0-namespaces": "billing",
        "scope-0-resources": "Deployment/billing-*",
        "controls-TOTAL_FORMS": "2",
        "controls-INITIAL_FORMS": "0",
        "controls-0-id": "network-policy",
        "controls-0-kind": "preventive",
        "controls-0-description": "Only the gateway may reach the service.",
        "controls-0-implemented": "",
        "controls-0-evidence": "",
        "controls-1-kind": "preventive",
    }
    return {**given, **{name.replace("__", "-"): value for name, value in changes.items()}}


def post(console: Console, *, person: str = REQUESTER, **changes: str) -> Any:
    """What comes of sending it."""
    return console.as_(person).post("/exceptions/new", form(**changes))


def errors(html: str) -> dict[str, str]:
    """Field -> what is said at it."""
    found = re.findall(r'<ul class="errorlist" id="id_([\w-]+)_error"><li>(.*?)</li>', html)
    return dict(found)


def test_a_request_is_written_as_it_was_typed(console: Console) -> None:
    answer = post(console)
    assert answer.status_code == 302, errors(answer.content.decode())
    assert answer["Location"] == "/exceptions/EXC-001/"
    record = row("EXC-001").record
    assert (record.requester, record.owner, record.risk) == (REQUESTER, "payments", "medium")
    (entry,) = record.scope
    assert (entry.checks, entry.namespaces) == (("KSV012",), ("billing",))
    assert [control.id for control in record.controls] == ["network-policy"]
    text = git(console.office.remote, "show", f"exception/EXC-001:{row('EXC-001').path}")
    assert "## Remediation plan\n\nVersion 4,\nthen remove." in text
    assert "\r" not in text


def test_a_blank_end_is_the_longest_that_the_charter_allows_and_says_so(console: Console) -> None:
    client = console.as_()
    last = today() + dt.timedelta(days=90)
    assert (
        f"Left blank: {last.day} {last:%B %Y}, the longest" in client.get("/exceptions/new").content.decode()
    )
    answer = client.post("/exceptions/new", form())
    assert row("EXC-001").record.expires == last
    assert row("EXC-001").record.remediation.target == last
    assert "expires after 90 days, the longest" in client.get(answer["Location"]).content.decode()


def test_several_entries_and_controls(console: Console) -> None:
    answer = post(
        console,
        scope__1__checks="KSV001\nKSV003\n",
        scope__1__paths="deploy/a b, c.yaml",
        controls__1__id="alert",
        controls__1__description="Somebody looks.",
        controls__1__implemented=str(today()),
    )
    assert answer.status_code == 302, errors(answer.content.decode())
    record = row("EXC-001").record
    assert [entry.checks for entry in record.scope] == [("KSV012",), ("KSV001", "KSV003")]
    assert record.scope[1].paths == ("deploy/a b, c.yaml",)
    assert [control.implemented or None for control in record.controls] == [None, today()]


@pytest.mark.parametrize("person", [STRANGER, "ciso"])
def test_anybody_may_ask(console: Console, person: str) -> None:
    assert post(console, person=person).status_code == 302
    assert row("EXC-001").record.requester == PEOPLE.get(person, person)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"summary": ""}, "summary", "required"),
        ({"summary": "x" * 201}, "summary", "at most 200"),
        ({"reason": ""}, "reason", "required"),
        ({"risk": "terrible"}, "risk", "not one of the available"),
        ({"plan": ""}, "plan", "required"),
        ({"plan": "<!-- later -->"}, "plan", "is empty, or still the template"),
        ({"expires": "2999-01-01"}, "expires", "at most 90 are allowed"),
        ({"expires": "2001-01-01", "target": "2001-01-01"}, "expires", "before `requested`"),
        ({"expires": "tomorrow"}, "expires", "valid date"),
        ({"target": "2999-01-01"}, "target", "is after `expires`"),
        ({"risk": "critical"}, "risk", "needs an escalation"),
        ({"scope__0__checks": "KSV012\n" + "*a" * 300}, "scope-0-checks", "characters"),
        ({"scope__0__resources": "x" * 30_000}, "scope-0-resources", "at most 20000"),
        ({"controls__0__implemented": "2999-01-01"}, "controls-0-implemented", "in the future"),
        ({"tickets": "https://x\u202ey"}, "tickets", "U+202E"),
    ],
)
def test_a_problem_is_said_at_its_field_and_nothing_is_written(
    console: Console, changes: dict[str, str], field: str, said: str
) -> None:
    before = git(console.office.remote, "for-each-ref")
    answer = post(console, **changes)
    assert answer.status_code == 422
    told = errors(answer.content.decode())
    assert said in told.get(field, ""), told
    assert git(console.office.remote, "for-each-ref") == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"scope__0__namespaces": "", "scope__0__resources": ""}, "a blanket scope: it names no place"),
        ({"scope__0__checks": "", "scope__0__type": ""}, "a blanket scope: it names no checks"),
        ({"scope__0__checks": "*"}, "a blanket scope"),
        ({"controls__0__id": "", "controls__0__description": ""}, "needs at least one compensating control"),
        ({"scope-0-checks": "", "scope-0-namespaces": "", "scope-0-resources": ""}, "Say what fails"),
        ({"scope-TOTAL_FORMS": "0"}, "Say what fails"),
        ({"scope-TOTAL_FORMS": "nonsense"}, "TOTAL_FORMS"),
        ({"controls__1__id": "network-policy", "controls__1__description": "again"}, "two controls named"),
    ],
)
def test_a_problem_of_a_whole_part(console: Console, changes: dict[str, str], said: str) -> None:
    answer = post(console, **changes)
    assert answer.status_code == 422
    listed = re.findall(r'<ul class="errorlist nonfield[^"]*"[^>]*><li>(.*?)</li>', answer.content.decode())
    assert any(said in line for line in listed), (listed, errors(answer.content.decode()))


def test_every_problem_is_said_at_once(console: Console) -> None:
    told = errors(post(console, summary="", expires="2999-01-01", plan="<!-- -->").content.decode())
    assert told.keys() == {"summary", "expires", "plan"}


def test_asking_twice_leads_to_the_first(console: Console) -> None:
    first, second = post(console), post(console)
    assert first["Location"] == second["Location"] == "/exceptions/EXC-001/"


def test_what_needs_an_escalation_gets_one(console: Console) -> None:
    answer = post(
        console, risk="critical", escalation="critical-in-production", escalated="Payments stop otherwise."
    )
    assert answer.status_code == 302, errors(answer.content.decode())
    assert row("EXC-001").record.escalation.case == "critical-in-production"


# --- what it begins with


def test_from_a_failed_check_exactly_that_resource(console: Console) -> None:
    from reprieve.console.index.models import Finding

    twins = [{"resource": f"Deployment/billing-{name}"} for name in ("api", "web")]
    upload(console, *twins, {"check": "KSV001", "severity": "HIGH"})
    finding = Finding.objects.get(resource="Deployment/billing-api", check_id="KSV012")
    html = console.as_().get(f"/exceptions/new?finding={finding.pk}").content.decode()
    assert _value(html, "scope-0-checks") == "KSV012"
    assert _value(html, "scope-0-resources") == "Deployment/billing-api"
    assert _value(html, "scope-0-namespaces") == "billing"
    assert _value(html, "scope-0-clusters") == "prod-eu-1"
    assert '<option value="medium" selected>' in html
    assert '<b class="big">1</b> finding is in scope now' in html
    post(console, scope__0__clusters="prod-eu-1", scope__0__resources="Deployment/billing-api")
    console.office.approve("EXC-001", "security-team")
    console.office.desk().ok("control", "EXC-001", "network-policy")
    console.sync()
    assert status("EXC-001") == "active"
    covered = Finding.objects.filter(exception=1).values_list("resource", flat=True)
    assert list(covered) == ["Deployment/billing-api"]


def test_from_a_check(console: Console) -> None:
    html = console.as_().get("/exceptions/new?check=KSV012").content.decode()
    assert _value(html, "scope-0-checks") == "KSV012"
    assert '<option value="misconfiguration" selected>' in html
    assert "Too wide yet: it names no place" in html


@pytest.mark.parametrize("finding", ["0", "999999", "-1", "x", "9" * 40, "1;drop", "1%00"])
def test_a_finding_that_is_gone(console: Console, finding: str) -> None:
    assert console.as_().get(f"/exceptions/new?finding={finding}").status_code == 404


def test_the_search_knows_checks_and_current_findings(console: Console) -> None:
    upload(console, {"resource": "Deployment/billing-api"})
    client = console.as_()
    html = client.get("/exceptions/checks?find=ksv012").content.decode()
    assert 'name="use" value="KSV012"' in html
    assert "1 finding" in html
    assert "on Deployment/billing-api" in html
    assert 'name="use_finding"' in client.get("/exceptions/checks?find=billing-api").content.decode()
    assert "Nothing is known" in client.get("/exceptions/checks?find=unheard-of").content.decode()


def test_what_was_typed_stays_when_something_is_chosen(console: Console) -> None:
    from reprieve.console.index.models import Finding

    upload(console, {"resource": "Deployment/shop-web", "namespace": "shop"})
    client = console.as_()
    html = client.post("/exceptions/new", form(use="KSV001")).content.decode()
    assert _value(html, "scope-0-checks") == "KSV012"
    assert _value(html, "scope-1-checks") == "KSV001"
    assert 'value="payments"' in html
    assert "errorlist" not in html
    html = client.post("/exceptions/new", form(use="KSV001", scope__0__checks="")).content.decode()
    assert _value(html, "scope-0-checks") == "KSV001"
    assert _value(html, "scope-0-namespaces") == "billing"
    key = str(Finding.objects.get().pk)
    html = client.post("/exceptions/new", form(use_finding=key)).content.decode()
    assert _value(html, "scope-1-resources") == "Deployment/shop-web"
    html = client.post("/exceptions/new", form(add="scope")).content.decode()
    assert 'name="scope-2-checks"' in html
    assert git(console.office.remote, "for-each-ref", "refs/heads/exception") == ""


# --- what it would silence


def test_the_blast_radius_as_the_scope_is_typed(console: Console) -> None:
    upload(
        console,
        {"resource": "Deployment/billing-api"},
        {"resource": "Deployment/billing-web"},
        {"resource": "Deployment/shop-web", "namespace": "shop"},
        {"resource": "Deployment/billing-api", "check": "KSV001"},
    )
    upload(console, {"resource": "Deployment/billing-api"}, cluster="prod-us-1")
    html = _preview(console)
    assert '<b class="big">3</b> findings are in scope now' in html
    assert "prod-eu-1 <small>2</small>" in html
    assert "prod-us-1 <small>1</small>" in html
    assert "billing <small>3</small>" in html
    assert f"<b>security-team</b>: {PEOPLE['security-team']}" in html
    assert re.search(r"By \w{3} \d+ \w{3} \d{4}, \d\d:\d\d UTC, if you ask now", html)
    assert '<b class="big">1</b> finding is' in _preview(console, scope__0__clusters="prod-us-*")
    assert '<b class="big">4</b> findings are' in _preview(console, scope__0__checks="KSV*")
    assert '<b class="big">3</b>' in _preview(console, scope__0__checks="AVD-KSV-0012")
    assert '<b class="big">0</b>' in _preview(console, environment="staging")
    assert '<b class="big">0</b>' in _preview(console, scope__0__type="secret")


def test_a_look_is_bounded_and_says_so_but_what_an_approval_counts_is_all(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    from reprieve.console import reach
    from reprieve.console.people.viewer import charter_in_force

    identifier = console.office.request(
        risk="medium", scope=[{"checks": ["KSV012"], "namespaces": ["billing"]}]
    )
    upload(console, *({"resource": f"Deployment/billing-{number}"} for number in range(5)))
    console.sync()
    monkeypatch.setattr(reach, "MOST", 2)
    html = _preview(console, scope__0__resources="")
    assert '<b class="big">2</b> findings are in scope now' in html
    assert "it may be more" in html
    register = Register.open(console.office.desk().directory, fetch=True)
    _, (case,) = register.snapshot.find(int(identifier.removeprefix("EXC-")))
    assert reach.count(case, charter_in_force()) == 5


def test_whoever_asks_is_not_among_who_approves(console: Console) -> None:
    assert "<b>security-team</b>: nobody can" in _preview(console, person="security-team")


def test_a_scope_that_is_none_yet(console: Console) -> None:
    nothing = {"scope__0__checks": "", "scope__0__namespaces": "", "scope__0__resources": ""}
    assert "Fill in the scope" in _preview(console, **nothing)
    assert "Choose the risk" in _preview(console, risk="")
    assert "Too wide yet" in _preview(console, scope__0__checks="*")
    assert "characters" in _preview(console, scope__0__resources="*a" * 300)
    assert "No scans were uploaded" in _preview(console)


# --- who, and how


@pytest.mark.parametrize("address", ["/exceptions/new", "/exceptions/preview"])
def test_no_token_no_session(console: Console, address: str) -> None:
    before = git(console.office.remote, "for-each-ref")
    assert console.as_(csrf=True).post(address, form()).status_code == 403
    assert console.stranger().post(address, form())["Location"] == "/sign-in/"
    assert git(console.office.remote, "for-each-ref") == before


def test_only_by_post(console: Console) -> None:
    client = console.as_()
    assert client.get("/exceptions/preview").status_code == 405
    assert client.put("/exceptions/new").status_code == 405
    assert client.get("/exceptions/new", form()).status_code == 200
    assert git(console.office.remote, "for-each-ref", "refs/heads/exception") == ""


def test_nothing_that_was_typed_runs(console: Console) -> None:
    evil = {name: EVIL for name in form() if "TOTAL" not in name and "INITIAL" not in name}
    client = console.as_()
    for address, more in (("new", {}), ("new", {"add": "scope"}), ("new", {"use": EVIL}), ("preview", {})):
        html = client.post(f"/exceptions/{address}", {**form(), **evil, **more}).content.decode()
        assert "<script>alert" not in html
    for query in ({"check": EVIL}, {"find": EVIL}):
        html = client.get("/exceptions/new", query).content.decode()
        assert "<script>alert" not in html


def _preview(console: Console, *, person: str = REQUESTER, **changes: str) -> str:
    answer = console.as_(person).post("/exceptions/preview", form(**changes))
    assert answer.status_code == 200
    return str(answer.content.decode())


def _value(html: str, name: str) -> str:
    found = re.search(rf'<textarea name="{name}"[^>]*>\s*(.*?)</textarea>', html, re.DOTALL)
    assert found, name
    return found[1].strip()
