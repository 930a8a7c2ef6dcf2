"""Whatever a report, a path or a record says, it stays text: in no output can it become structure."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree.ElementTree import fromstring

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from reprieve.record.model import Problem
from reprieve.report.text import clean
from reprieve.verdict import Covered, RegisterInfo, Verdict
from tests.report.test_sarif import assert_valid
from tests.report.verdicts import finding, outcome, verdict_of, written

NASTY = [
    *"|`\\<>&@#!*_[](){}~$^:;,%\"'=+-./ \n\r\t\x00\x1b\x7f\x85\u2028\u202e\u2066\u200b\ufeff\ud800\uffff",
    "|\n| --- |",
    "\\|",
    "\\\\|",
    "` | `",
    "```\n",
    "</details><script>alert(1)</script>",
    "<!-- ",
    "]]>",
    "@dana",
    "#1",
    "GH-1",
    "https://example.com",
    "www.example.com",
    "[x](https://example.com)",
    "![x](//example.com/x.png)",
    "\n::error::x",
    "::warning file=x::",
    "##vso[task.setvariable variable=x]y",
    "##[add-mask]x",
    "\x1b]8;;https://example.com\x07",
    "\n/close",
    "%0A::error::",
    "EXC-007",
    "a",
]
TEXT = st.one_of(
    st.lists(st.sampled_from(NASTY), min_size=1, max_size=6).map("".join),
    st.text(st.characters(), min_size=1, max_size=40),
)
MAYBE = st.none() | TEXT

SETTINGS = settings(deadline=None)
"""A busy machine is not a bug."""


@st.composite
def hostile(draw: st.DrawFn) -> Verdict:
    places = ("cluster", "namespace", "resource", "path", "image", "package", "repository")
    fields: dict[str, Any] = {name: draw(MAYBE) for name in places}
    fields["line"] = draw(st.none() | st.integers(-1, 9))
    named = {"check": draw(TEXT), "tool": draw(TEXT), "message": draw(TEXT)}
    pairs = [
        (finding(**named, **fields), outcome(voided_by=f"EXC-001: x{draw(TEXT)}")),
        (finding(**named, **fields), outcome("pending", "EXC-002")),
        (finding(**named, **fields), outcome("excepted", "EXC-001")),
        (finding(**named, **fields, suppressed=draw(TEXT)), outcome()),
    ]
    summary, role, reason = draw(TEXT), draw(TEXT), draw(TEXT)
    exceptions = [
        Covered("EXC-001", summary, "active", 1, False, 9),
        Covered("EXC-002", summary, "in-review", 1, False, 9, missing=(role,), reason=reason),
        Covered("EXC-003", summary, "active", 0, True, 9),
    ]
    problem = Problem(rule=draw(TEXT), message=draw(TEXT), path=draw(TEXT), hint=draw(MAYBE))
    register = RegisterInfo(draw(TEXT), draw(TEXT), 1, "signed")
    return verdict_of(pairs, exceptions=exceptions, problems=[problem], register=register)


def assert_inert(text: str) -> None:
    """Nothing invisible, and no line or sign that a CI runner obeys."""
    text.encode()
    assert all(line.isprintable() for line in text.split("\n"))
    assert not re.search(r"##\w*\[", text)


@SETTINGS
@given(hostile())
def test_table(verdict: Verdict) -> None:
    text = written("table", verdict)
    assert_inert(text)
    assert not any(line.strip().startswith("::") for line in text.split("\n"))
    assert text.startswith("FAIL  1 open and 1 pending at low severity or above\n")


@SETTINGS
@given(hostile())
def test_json(verdict: Verdict) -> None:
    document = json.loads(written("json", verdict).encode())
    assert len(document["findings"]) == 4
    message = verdict.findings[0].message
    if message.isprintable():
        assert document["findings"][0]["message"] == message


@SETTINGS
@given(hostile())
def test_sarif(verdict: Verdict) -> None:
    assert_valid(json.loads(written("sarif", verdict).encode()))


@SETTINGS
@given(hostile())
def test_junit(verdict: Verdict) -> None:
    root = fromstring(written("junit", verdict).encode())
    kinds = [child.tag for case in root.iter("testcase") for child in case]
    assert kinds == ["failure", "failure", "skipped", "skipped"]
    assert {element.tag for element in root.iter()} == {
        "testsuites",
        "testsuite",
        "testcase",
        "failure",
        "skipped",
    }


COMMAND = re.compile(r"::(error|warning|notice) ((?:[a-z]+=[^:,]*)(?:,[a-z]+=[^:,]*)*)::(.*)")


@SETTINGS
@given(hostile())
def test_github(verdict: Verdict) -> None:
    text = written("github", verdict)
    assert_inert(text)
    commands = [COMMAND.fullmatch(line) for line in text.removesuffix("\n").split("\n")]
    assert [command and command[1] for command in commands] == ["error", "error", "warning", "notice"]
    first = commands[0]
    assert first is not None
    values = dict(each.split("=", 1) for each in first[2].split(","))
    assert unescaped(values["title"]) == clean(f"{verdict.findings[0].check} (high, open)")
    assert unescaped(first[3]).split("\n")[-1].startswith("EXC-001 does not cover it: x")


def unescaped(text: str) -> str:
    for sign in "\r\n:,%":
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


HEADINGS = {
    "Reprieve: FAIL",
    "Failing findings",
    "Waiting for approval",
    "Exceptions used",
    "Covered nothing although their target was scanned: still needed?",
    "Problems",
}
INLINE = {"text", "code_inline", "strong_open", "strong_close", "softbreak"}


def inline_of(tokens: list[Token]) -> list[Token]:
    return [child for token in tokens for child in token.children or ()]


@SETTINGS
@given(hostile())
def test_markdown(verdict: Verdict) -> None:
    text = written("markdown", verdict)
    assert_inert(text)
    assert not any(line.startswith("/") for line in text.split("\n"))
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    assert {token.content for token in tokens if token.type == "html_block"} == {"<!-- reprieve -->\n"}
    assert {token.type for token in inline_of(tokens)} <= INLINE
    headings = {tokens[at + 1].content for at, token in enumerate(tokens) if token.type == "heading_open"}
    assert headings == HEADINGS
    assert [token.type for token in tokens].count("tr_open") == 3 + 3 + 2
    assert cells(tokens) == [7] * 3 + [5] * 3 + [5] * 2
    for token in inline_of(tokens):
        if token.type == "text":
            assert not re.search(r"@\w|#\d|GH-\d|://|www\.\w", token.content)


def cells(tokens: list[Token]) -> list[int]:
    rows: list[int] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append(0)
        elif token.type in {"td_open", "th_open"}:
            rows[-1] += 1
    return rows


def test_a_row_of_the_table_cannot_be_split() -> None:
    pair = (finding("a\\|b", message="c\\\\|d | `e`"), outcome())
    tokens = MarkdownIt("commonmark").enable("table").parse(written("markdown", verdict_of([pair])))
    assert cells(tokens) == [7] * 3 + [5] * 2
