"""Misconfigurations, compliance, secrets and vulnerabilities: what scans found, and what covers it."""

from __future__ import annotations

import io
import re

import pytest

from tests.console.desk import Console
from tests.support import trivy_report

_BILLING = {"namespace": "billing", "resource": "Deployment/billing-api"}


def _upload(console: Console, content: str, name: str = "trivy.json", **said: str) -> None:
    from reprieve.console.config import config
    from reprieve.console.index.intake import Upload, take

    upload = Upload(source=name, by="ci@example.com", **said)
    take(io.BytesIO(content.encode()), upload, config().present())


def _page(console: Console, path: str) -> str:
    answer = console.as_().get(path)
    assert answer.status_code == 200, answer.content
    return answer.content.decode()


def _numbers(html: str) -> dict[str, int]:
    found = re.findall(r"<b>([\d,]+)</b> (?:<span class=\"status [^\"]+\">)?(raw|net|Open|Excepted)", html)
    return {name.lower(): int(number.replace(",", "")) for number, name in found}


@pytest.fixture
def scanned(console: Console) -> Console:
    """A cluster with three findings, of which an active exception covers one."""
    console.office.active()
    console.sync()
    _upload(
        console,
        trivy_report(
            {"check": "KSV012", "namespace": "billing", "resource": "Deployment/billing-api"},
            {"check": "KSV012", "namespace": "shop", "resource": "Deployment/storefront"},
            {"check": "KSV001", "namespace": "shop", "resource": "Deployment/storefront"},
        ),
    )
    return console


def test_counts_raw_and_net(scanned: Console) -> None:
    html = _page(scanned, "/misconfigurations/")
    assert _numbers(html) == {"raw": 3, "net": 2, "open": 2, "excepted": 1}


def test_groups_by_check(scanned: Console) -> None:
    html = _page(scanned, "/misconfigurations/")
    found = re.findall(r"<th scope=\"row\"><a [^>]*><code>(\w+)</code>", html)
    assert sorted(found) == ["KSV001", "KSV012"]
    assert "Container may run as root" in html


def test_groups_by_resource(scanned: Console) -> None:
    html = _page(scanned, "/misconfigurations/?group=resource")
    assert set(re.findall(r"Deployment/[\w-]+", html)) == {"Deployment/billing-api", "Deployment/storefront"}


def test_a_failed_check_can_become_an_exception(scanned: Console) -> None:
    html = _page(scanned, "/misconfigurations/?check=KSV012")
    assert len(re.findall(r"/exceptions/new\?finding=\d+", html)) == 1
    assert "EXC-001" in html
    assert "in 60 days" in html


@pytest.mark.parametrize(
    ("query", "resources"),
    [
        ("status=excepted", {"Deployment/billing-api"}),
        ("status=open", {"Deployment/storefront"}),
        ("namespace=billing", {"Deployment/billing-api"}),
        ("q=billing", {"Deployment/billing-api"}),
        ("q=runs+as+root", {"Deployment/billing-api", "Deployment/storefront"}),
        ("q=ksv001", {"Deployment/storefront"}),
        ("cluster=prod-eu-1", {"Deployment/billing-api", "Deployment/storefront"}),
        ("cluster=elsewhere", set()),
        ("severity=info", set()),
        ("type=code", set()),
        ("q=%00", {"Deployment/billing-api", "Deployment/storefront"}),
        ("place=99999999999999999999", {"Deployment/billing-api", "Deployment/storefront"}),
        ("after=9-9-9&page=x", {"Deployment/billing-api", "Deployment/storefront"}),
    ],
)
def test_filters(scanned: Console, query: str, resources: set[str]) -> None:
    html = _page(scanned, f"/misconfigurations/?group=each&{query}")
    assert set(re.findall(r"<b>(Deployment/[\w-]+)</b>", html)) == resources


def test_compliance_by_control(scanned: Console) -> None:
    html = _page(scanned, "/compliance/?framework=pss-restricted")
    rows = dict(re.findall(r"class=\"control\">([^<]+)</th>\s*<td><span class=\"status s-([\w-]+)\"", html))
    assert rows["Running as Non-root"] == "fail"
    assert set(rows.values()) == {"fail", "not-checked"}


def test_a_control_is_excepted_when_all_that_fails_is_covered(console: Console) -> None:
    console.office.active()
    console.sync()
    _upload(console, trivy_report({"check": "KSV012", **_BILLING}))
    html = _page(console, "/compliance/")
    rows = dict(re.findall(r"class=\"control\">([^<]+)</th>\s*<td><span class=\"status s-([\w-]+)\"", html))
    assert rows["Running as Non-root"] == "excepted"


@pytest.mark.parametrize("path", ["/misconfigurations/", "/secrets/", "/vulnerabilities/", "/compliance/"])
def test_pages_without_findings_say_what_to_do(console: Console, path: str) -> None:
    html = _page(console, path)
    assert "reprieve push" in html or "not checked" in html


@pytest.mark.parametrize("path", ["/misconfigurations/", "/secrets/", "/vulnerabilities/", "/compliance/"])
def test_strangers_see_nothing(console: Console, path: str) -> None:
    assert console.stranger().get(path).status_code == 302
    assert console.as_().post(path).status_code == 405


def test_nothing_of_a_report_is_markup(console: Console) -> None:
    script = "<script>alert(1)</script>"
    _upload(
        console,
        trivy_report({"check": f"KSV{script}", "namespace": script, "resource": f"Deployment/{script}"}),
        name=f"{script}.json",
    )
    for path in (
        "/misconfigurations/",
        "/misconfigurations/?group=resource",
        "/misconfigurations/?group=each",
    ):
        html = _page(console, path)
        assert script not in html
        assert "&lt;script&gt;" in html
