"""Where a reviewer sees that an exception has grown: `show`, `review`, and the weekly review."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support import FOLDER, Office, git, trivy_report


def scan(office: Office, number: int, name: str) -> str:
    path = office.root / name
    path.write_text(trivy_report(*({"resource": f"Deployment/billing-{n}"} for n in range(number))))
    return str(path)


@pytest.fixture
def grown(office: Office) -> Office:
    """EXC-001 covered 3 findings when it was approved, and 41 in now.json."""
    identifier = office.request(risk="medium")
    before = scan(office, 3, "before.json")
    office.desk("security-team").ok("decide", identifier, "approve", "--report", before)
    scan(office, 41, "now.json")
    return office


def said(office: Office, *arguments: str) -> str:
    return office.desk().ok(*arguments, "--fetch")


def data(office: Office, *arguments: str) -> Any:
    return office.desk().run(*arguments, "--fetch", "--output", "json").json()


def test_show_tells_what_was_counted(grown: Office) -> None:
    assert "covered 3 findings when it was approved, as sam@example.com counted" in said(grown, "show", "1")
    detail = data(grown, "show", "1")
    assert detail["counted"] == {"findings": 3, "by": "sam@example.com", "approved": True}
    assert detail["reach"] is None


def test_show_tells_that_it_grew(grown: Office) -> None:
    now = ("--report", str(grown.root / "now.json"))
    assert "it grew from 3 to 41 findings" in said(grown, "show", "EXC-001", *now)
    assert data(grown, "show", "EXC-001", *now)["reach"]["radius"]["findings"] == 41
    assert "it grew" not in said(grown, "show", "EXC-001", "--report", str(grown.root / "before.json"))


def test_review_tells_what_a_request_would_cover(grown: Office) -> None:
    grown.request(scope=[{"checks": ["KSV*"], "namespaces": ["billing"]}], summary="Wider.")
    now = ("--report", str(grown.root / "now.json"))
    assert "EXC-002: covers 41 findings in these reports" in said(grown, "review", *now)
    assert data(grown, "review", *now)["queue"][0]["reach"]["radius"]["findings"] == 41
    assert data(grown, "review")["queue"][0]["reach"] is None
    markdown = said(grown, "review", "--output", "markdown", *now)
    assert "covers 41 findings" in markdown


def test_a_change_of_what_is_merged_is_counted_by_itself(grown: Office) -> None:
    desk = grown.desk()
    desk.git("fetch", "--quiet")
    desk.git("checkout", "--quiet", "-b", "exception/EXC-001", "origin/main")
    path = grown.record_path("EXC-001")
    desk.commit(
        {path: (desk.directory / path).read_text().replace("Deployment/billing-*", "Deployment/billing-1?")}
    )
    desk.git("push", "--quiet", "origin", "exception/EXC-001")
    now = ("--report", str(grown.root / "now.json"))
    assert data(grown, "review", *now)["queue"][0]["reach"]["radius"]["findings"] == 10


def test_the_weekly_review_lists_what_grew(grown: Office) -> None:
    now = ("--report", str(grown.root / "now.json"))
    assert "Grown since approval" not in said(grown, "review", "--weekly")
    text = said(grown, "review", "--weekly", *now)
    assert "## Grown since approval" in text
    assert "EXC-001, payments: it grew from 3 to 41 findings" in text.replace("&#8203;", "")
    assert [each["id"] for each in data(grown, "review", "--weekly", *now)["grown"]] == ["EXC-001"]
    assert data(grown, "review", "--weekly")["grown"] is None
    same = said(grown, "review", "--weekly", "--report", str(grown.root / "before.json"))
    assert "## Grown since approval\n\nNone." in same


def test_it_is_recorded_with_the_review(grown: Office) -> None:
    now = ("--report", str(grown.root / "now.json"))
    grown.desk().ok("review", "--weekly", "--record", *now)
    (path,) = git(grown.remote, "ls-tree", "-r", "--name-only", "main", f"{FOLDER}/reviews/").splitlines()
    assert "grew from 3 to 41" in git(grown.remote, "show", f"main:{path}")
    assert "nothing has changed" in grown.desk().ok("review", "--weekly", "--record", *now)


def test_a_report_that_cannot_be_read_is_an_error(grown: Office) -> None:
    for command in (("show", "1"), ("review",), ("review", "--weekly"), ("review", "--weekly", "--record")):
        assert grown.desk().run(*command, "--report", "nowhere.json").code == 2
