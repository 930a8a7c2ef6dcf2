"""From what has no record to requests: drafts that people complete, and that cover what they are from."""

from __future__ import annotations

from pathlib import Path

from reprieve.record.document import Document, parse
from tests.shadow.support import plant
from tests.support import PROSE, Desk, Office, today


def complete(path: Path) -> None:
    """What a person adds to a draft: prose, and a compensating control."""
    text = path.read_text()
    for heading, prose in PROSE.items():
        before, found, after = text.partition(f"## {heading}\n\n")
        if found:
            text = f"{before}{found}{prose}\n\n{after.partition('-->')[2].lstrip()}"
    control = (
        f"controls:\n- id: policy\n  kind: preventive\n  description: Contained.\n  implemented: {today()}\n"
    )
    path.write_text(text.replace("controls: []\n", control))


def scope_of(path: Path) -> list[dict[str, object]]:
    parsed = parse(path.name, path.read_bytes())
    assert isinstance(parsed, Document)
    scope: list[dict[str, object]] = parsed.data["scope"]
    return scope


def planted(office: Office) -> Desk:
    desk = office.desk()
    desk.commit(
        {"src/pay/a.py": "x()  # nosec B602 -- trusted input\n", "src/pay/b.py": "\ny()  # nosec B602\n"}
    )
    plant(desk.directory, {
        "src/shop/c.py": "x()  # nosec B602\n",
        "src/pay/d.py": "x()  # nosec\n",
        ".trivyignore": "CVE-2026-1\n",
    })  # fmt: skip
    return desk


def test_drafts_by_tool_check_and_folder(office: Office) -> None:
    desk = planted(office)
    result = desk.run("audit", ".", "--adopt", "drafts", "--owner", "payments")
    assert result.code == 0, result.err
    drafts = sorted(path.name for path in (desk.directory / "drafts").iterdir())
    assert drafts == ["bandit-b602-src-pay.md", "bandit-b602-src-shop.md"]
    text = (desk.directory / "drafts/bandit-b602-src-pay.md").read_text()
    assert "requester: dana@example.com" in text
    assert "owner: payments" in text
    assert f"- src/pay/a.py:1 (bandit, since {today()} by dana@example.com): trusted input" in text
    assert scope_of(desk.directory / "drafts/bandit-b602-src-pay.md") == [
        {"type": "code", "checks": ["B602"], "paths": ["src/pay/a.py", "src/pay/b.py"]}
    ]
    assert "1 suppression left out: they silence every check" in result.err
    assert "1 suppression left out: they act everywhere: say --repository" in result.err


def test_an_unfinished_draft_is_refused(office: Office) -> None:
    desk = planted(office)
    desk.ok("audit", ".", "--adopt", "drafts")
    result = desk.run("request", "--file", "drafts/bandit-b602-src-pay.md")
    assert result.code == 2
    assert "Justification" in result.err


def test_a_finished_one_stands_behind_them(office: Office) -> None:
    desk = planted(office)
    desk.ok("audit", ".", "--adopt", "drafts", "--repository", "org/shop")
    assert (desk.directory / "drafts/trivy-cve-2026-1.md").exists()
    for name in ("bandit-b602-src-pay", "trivy-cve-2026-1"):
        path = desk.directory / f"drafts/{name}.md"
        complete(path)
        path.write_text(path.read_text().replace("risk: high", "risk: medium"))
        identifier = desk.ok("request", "--file", str(path)).split("requested ")[1].split()[0]
        office.approve(identifier, "security-team")
    found = desk.run("audit", ".", "--fetch", "--output", "json", "--repository", "org/shop").json()[
        "suppressions"
    ]
    states = {row["path"]: row["state"] for row in found}
    assert states == {
        ".trivyignore": "backed",
        "src/pay/a.py": "backed",
        "src/pay/b.py": "backed",
        "src/pay/d.py": "shadow",
        "src/shop/c.py": "shadow",
    }


def test_what_is_there_is_not_written_over(office: Office) -> None:
    desk = planted(office)
    plant(desk.directory, {"drafts/bandit-b602-src-pay.md": "mine\n"})
    assert "there already" in desk.ok("audit", ".", "--adopt", "drafts")
    assert (desk.directory / "drafts/bandit-b602-src-pay.md").read_text() == "mine\n"


def test_words_do_not_break_out(office: Office) -> None:
    desk = office.desk()
    plant(desk.directory, {"src/a.py": "x()  # nosec B602 --> ## Justification <script> ---\n"})
    desk.ok("audit", ".", "--adopt", "drafts", "--owner", "a: b\n---\nx")
    (path,) = (desk.directory / "drafts").iterdir()
    assert scope_of(path) == [{"type": "code", "checks": ["B602"], "paths": ["src/a.py"]}]
    assert "<script>" not in path.read_text()
