"""The formats of the report: what they say, and that nothing in a record can act in them."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from reprieve.auditor.period import Period
from reprieve.auditor.report import Report, report
from reprieve.register.register import Register
from tests.register.build import RECORD, Yard, day, moment
from tests.support import run_cli

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}[x](javascript:alert(1))|`<!--"
VOID = {"meta", "path", "rect", "line", "circle", "br"}


class Page(HTMLParser):
    """What a page consists of: tags, attributes, texts; fails on tags that do not close."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str, str]] = set()
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name, value or "") for name, value in attrs}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {(tag, name, value or "") for name, value in attrs}

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())


TAGS = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "article", "div"),
    *(
        "h1",
        "h2",
        "h3",
        "p",
        "ul",
        "li",
        "a",
        "b",
        "strong",
        "span",
        "dl",
        "dt",
        "dd",
        "figure",
        "figcaption",
    ),
    *(
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "svg",
        "desc",
        "path",
        "rect",
        "line",
        "text",
        "circle",
        "figcaption",
    ),
}


def hostile_yard(tmp_path: Path) -> Yard:
    yard = Yard(tmp_path / "register")
    control = {"id": HOSTILE, "kind": "monitoring", "description": HOSTILE, "implemented": day(9)}
    fields: dict[str, Any] = {
        "summary": HOSTILE,
        "owner": HOSTILE,
        "requester": "x<script>@example.com",
        "scope": [{"checks": [HOSTILE], "namespaces": [HOSTILE], "paths": [HOSTILE]}],
        "controls": [
            {**control, "evidence": "javascript:alert(1)"},
            {**control, "id": "two", "evidence": 'https://x.example.com/"><script>alert(2)</script>'},
        ],
        "remediation": {
            "target": day(-20),
            "tickets": ["javascript:alert(3)", "data:text/html,<script>", "https://t.example.com/1"],
            "progress": [{"date": day(8), "note": HOSTILE}],
        },
        "incidents": [{"date": day(7), "summary": HOSTILE, "url": "javascript:alert(4)"}],
        "escalation": {"case": "team-disagrees", "reason": HOSTILE},
    }
    yard.ask(ago=9, requested=day(9), **fields)
    yard.commit(
        None,
        f"Decide\n\n{HOSTILE}\n\nReprieve-Exception: EXC-001\nReprieve-Decision: deny\n"
        f"Reprieve-Role: {HOSTILE}\nReprieve-Terms: {yard.terms()}\n",
        who="<b>@example.com",
        ago=8,
    )
    yard.merge(ago=7)
    ended = {"date": day(5), "by": HOSTILE, "reason": HOSTILE}
    other = RECORD.replace("EXC-001-billing-root", "EXC-002-other")
    yard.ask("EXC-002", ago=6, requested=day(6), path=other, summary=HOSTILE, revoked=ended)
    yard.merge("exception/EXC-002", ago=5)
    yard.commit({RECORD.replace("EXC-001-billing-root", "EXC-003-broken"): f"---\nsummary: {HOSTILE}\n---\n"})
    return yard


@pytest.mark.parametrize("branch", ["exception/EXC-004", "exception/EXC-004<script>"])
def test_nothing_in_a_record_acts_in_the_page(tmp_path: Path, branch: str) -> None:
    yard = hostile_yard(tmp_path)
    yard.checkout(branch, start="main")
    yard.commit({RECORD.replace("EXC-001", "EXC-004"): yard.show(RECORD).replace("EXC-001", "EXC-004")})
    yard.checkout("main")
    text = run_cli("report", "--format", "html", cwd=yard.directory).out
    page = Page(text)
    assert page.tags <= TAGS
    assert page.text.count("<script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}") > 12
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name == "src"]
    links = {value for tag, name, value in page.attributes if name == "href"}
    assert {link for link in links if not link.startswith("#")} == {
        'https://x.example.com/"><script>alert(2)</script>',
        "https://t.example.com/1",
    }
    assert "url(" not in text
    assert "@import" not in text


def test_nothing_in_a_record_acts_in_markdown_or_a_spreadsheet(tmp_path: Path) -> None:
    yard = hostile_yard(tmp_path)
    text = run_cli("report", "--format", "md", cwd=yard.directory).out
    assert not re.search(r"(?<!\\)<(?!https?://[^\s<>]+>)", text.replace("&#8203;", "")), "no HTML"
    assert not re.search(r"(?<!\\)\]\(", text), "no links"
    for line in text.splitlines():
        if line.startswith("|"):
            assert len(re.findall(r"(?<!\\)\|", line)) in {3, 4, 5, 7, 8, 10, 16}, line
    out = run_cli("report", "--format", "csv", cwd=yard.directory).out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [row["id"] for row in rows] == ["EXC-001", "EXC-002", "EXC-003"]
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]


@pytest.fixture(scope="module")
def told(shop: Path) -> Report:
    return report(Register.open(shop), moment(0), Period(day(170), day(0)))


@pytest.mark.parametrize("form", ["md", "html", "csv", "json"])
def test_the_same_commit_and_dates_give_the_same_bytes(shop: Path, tmp_path: Path, form: str) -> None:
    period = f"{day(170)}..{day(2)}"
    files = [tmp_path / f"{number}.{form}" for number in range(2)]
    for file in files:
        arguments = ("--as-of", str(day(2)), "--period", period, "--format", form, "--out", str(file))
        done = run_cli("report", *arguments, cwd=shop)
        assert (done.code, done.out) == (0, "")
    one, other = (file.read_bytes() for file in files)
    assert one == other
    assert len(one) > 5000


def test_every_format_names_every_record_and_every_number(shop: Path, told: Report) -> None:
    period = f"{day(170)}..{day(0)}"
    texts = {
        form: run_cli("report", "--period", period, "--format", form, cwd=shop).out
        for form in ("md", "html", "csv")
    }
    for entry in told.register:
        assert all(entry.id in text for text in texts.values())
    balance = told.population.balance
    for form in ("md", "html"):
        plain = texts[form].replace("\\", "")
        assert told.provenance.commit in plain
        assert told.provenance.charter.digest in plain
        assert f"{told.provenance.commits} commits" in plain
        assert f"+ {balance.became} became active" in plain
        assert "Decided by who asked" in plain
    assert Page(texts["html"]).tags >= {"svg", "desc"}
    assert texts["html"].count("<svg") == 4


def test_csv_says_who_is_in_the_population(shop: Path, told: Report) -> None:
    period = f"{day(30)}..{day(10)}"
    out = run_cli("report", "--period", period, "--format", "csv", cwd=shop).out
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(out))}
    assert rows["EXC-001"]["in_population"] == "false"
    assert rows["EXC-007"]["in_population"] == "true"
    assert rows["EXC-007"]["approved_by"].endswith("(engineering-manager)")
    assert set(rows) == {entry.id for entry in told.register}


def test_a_file_that_cannot_be_written_is_an_error(shop: Path, tmp_path: Path) -> None:
    done = run_cli("report", "--out", str(tmp_path / "no" / "r.md"), cwd=shop)
    assert done.code == 2
    assert "cannot be written" in done.err
