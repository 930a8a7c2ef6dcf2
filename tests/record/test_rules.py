"""What the charter and the format say of one record: each rule kept, and broken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from reprieve.record.charter import Charter, Limits
from reprieve.record.document import Document
from reprieve.record.model import Problem
from reprieve.record.rules import problems_of
from reprieve.record.template import QUESTIONS, RENEWAL_SECTION, new_body, sections_of
from tests.record.records import CHARTER, DAY, document, line_of, text
from tests.support import PROSE

CONTROL = {"id": "alert", "kind": "monitoring", "description": "Pages the team."}


def broken(read: Document, charter: Charter = CHARTER, added: dt.datetime | None = None) -> list[Problem]:
    found = problems_of(read, charter, added)
    assert all(p.level == "error" and p.path == read.path and p.line for p in found)
    return found


def rules(charter: Charter = CHARTER, **changes: Any) -> list[str]:
    return [problem.rule for problem in broken(document(**changes), charter)]


def test_a_good_record_breaks_none() -> None:
    assert rules() == []


@pytest.mark.parametrize(
    "identifier", ["EXC-1", "EXC-12", "exc-001", "EXC-", "EXC-00a", "FOO-001", "EXC-\u0660\u0660\u0661"]
)
def test_an_id_is_exc_and_three_digits(identifier: str) -> None:
    assert rules(id=identifier) == ["id"]


@pytest.mark.parametrize("identifier", ["EXC-001", "EXC-0001"])
def test_ids_compare_as_numbers(identifier: str) -> None:
    assert rules(id=identifier) == []


def test_the_file_is_named_by_the_id() -> None:
    (problem,) = broken(document(id="EXC-002"))
    assert (problem.rule, problem.message) == (
        "id",
        "`id` is EXC-002, but the file is named EXC-001",
    )
    assert problem.line == 2


@pytest.mark.parametrize(
    "name",
    ["EXC-001.md", "EXC-001-Big.md", "EXC-001-a_b.md", "EXC-1-a.md", "EXC-001-a.markdown", "EXC-001--a.md"],
)
def test_a_file_name_of_another_form_is_refused(name: str) -> None:
    (problem,) = broken(document(text(), path=f"security/exceptions/{name}"))
    assert problem.rule == "file-name"
    assert problem.hint is not None
    assert problem.hint.startswith("EXC-001-short-description.md")


@pytest.mark.parametrize("requester", ["dana", "@example.com", "dana@", "dana @example.com", "a@b@c"])
def test_the_requester_is_an_address(requester: str) -> None:
    assert rules(requester=requester) == ["requester"]


def test_the_summary_is_one_line() -> None:
    assert rules(summary="one\ntwo") == ["summary"]
    assert rules(summary="   ") == ["summary"]


def test_it_does_not_end_before_it_begins() -> None:
    day_before = DAY - dt.timedelta(days=1)
    assert rules(expires=day_before, remediation={"target": day_before}) == ["dates"]
    assert rules(expires=DAY, remediation={"target": DAY}) == []


def test_the_fix_comes_no_later_than_the_end() -> None:
    end = DAY + dt.timedelta(days=30)
    after = end + dt.timedelta(days=1)
    read = document(expires=end, remediation={"target": after})
    (problem,) = broken(read)
    assert problem.rule == "remediation-target"
    assert problem.line == line_of(text(expires=end, remediation={"target": after}), "target:")
    assert rules(expires=end, remediation={"target": end}) == []


def test_each_blanket_entry_is_named() -> None:
    scope = [{"checks": ["KSV012"], "namespaces": ["a"]}, {"checks": ["*"]}, {"namespaces": ["a"]}]
    found = broken(document(scope=scope))
    assert [problem.rule for problem in found] == ["blanket-scope", "blanket-scope"]
    assert found[0].line != found[1].line


@pytest.mark.parametrize("reason", ["false-positive", "test-environment"])
def test_some_reasons_need_no_control(reason: str) -> None:
    assert rules(reason=reason, controls=[]) == []


@pytest.mark.parametrize(
    "reason", ["gate-blocked", "sla-exceeded", "legacy-system", "third-party", "planned-remediation"]
)
def test_the_others_need_one(reason: str) -> None:
    assert rules(reason=reason, controls=[]) == ["controls"]
    assert rules(reason=reason, controls=[CONTROL]) == []


def test_controls_have_different_names() -> None:
    assert rules(controls=[CONTROL, CONTROL]) == ["controls"]


@pytest.mark.parametrize(("renews", "found"), [("EXC-000", []), ("three", ["renews"]), ("EXC-1", ["renews"])])
def test_it_renews_another(renews: str, found: list[str]) -> None:
    assert rules(renews=renews) == found


@pytest.mark.parametrize("name", list(QUESTIONS))
def test_every_section_is_answered(name: str) -> None:
    renews = "EXC-000"
    question = f"<!-- {QUESTIONS[name]} -->"
    for answer in (
        "",
        question,
        QUESTIONS[name],
        "<!-- later -->",
        "  \n\n",
        f"{question}\n{QUESTIONS[name]}",
    ):
        (problem,) = broken(document(renews=renews, prose={**PROSE, name: answer}))
        assert (problem.rule, problem.hint) == ("prose", QUESTIONS[name])
    body = text(renews=renews)
    (problem,) = broken(document(body.replace(f"## {name}\n", f"# {name}\n")))
    assert problem.message == f"the section `## {name}` is missing"


def test_a_comment_that_never_ends_hides_the_rest() -> None:
    found = broken(document(prose={**PROSE, "Risk assessment": "<!-- later"}))
    assert [problem.rule for problem in found] == ["prose"] * 3


def test_only_a_renewal_says_why_the_timeline_was_not_met() -> None:
    assert RENEWAL_SECTION not in text()
    assert rules() == []


def test_an_unanswered_section_is_found_on_its_line() -> None:
    content = text(prose={**PROSE, "Risk assessment": ""})
    (problem,) = broken(document(content))
    assert problem.line == line_of(content, "## Risk assessment")


@pytest.mark.parametrize("days", [0, 1, 90])
def test_it_lasts_as_long_as_the_charter_allows(days: int) -> None:
    end = DAY + dt.timedelta(days=days)
    assert rules(expires=end, remediation={"target": DAY}) == []


def test_and_no_longer() -> None:
    end = DAY + dt.timedelta(days=91)
    (problem,) = broken(document(expires=end, remediation={"target": end}))
    assert problem.rule == "duration"
    assert problem.hint == f"expire by {DAY + dt.timedelta(days=90)}, and renew if need be"
    longer = Charter(version=1, limits=Limits(duration_days=91))
    assert not broken(document(expires=end, remediation={"target": end}), longer)


def test_the_duration_counts_from_the_earlier_of_request_and_commit() -> None:
    read = document(expires=DAY + dt.timedelta(days=90))
    late = dt.datetime.combine(DAY + dt.timedelta(days=5), dt.time(), dt.UTC)
    early = dt.datetime.combine(DAY - dt.timedelta(days=5), dt.time(), dt.UTC)
    assert not broken(read, added=late)
    (problem,) = broken(read, added=early)
    assert "first committed on 2026-10-28" in problem.message


def test_critical_in_production_needs_an_escalation() -> None:
    assert rules(risk="critical") == ["critical-in-production"]
    assert rules(risk="critical", environment="staging") == []
    assert rules(risk="high") == []
    escalation = {"case": "critical-in-production", "reason": "Payments stop otherwise."}
    assert rules(risk="critical", escalation=escalation) == []
    assert rules(Charter(version=1, limits=Limits(critical_in_production=1)), risk="critical") == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    found = rules(id="EXC-1", requester="dana", scope=[{"checks": ["*"]}], controls=[], prose={})
    assert found == ["id", "requester", "blanket-scope", "controls", *["prose"] * 4]


# What counts as an answer


@pytest.mark.parametrize(
    "body",
    [
        "",
        "prose without a heading\n",
        "```\n## Justification\nin code\n```\n",
        "~~~ text\n## Justification\nin code\n",
        "````\n```\n## Justification\nin code\n````\n",
        "<!--\n## Justification\nhidden\n-->\n",
        "    ## Justification\n    in code\n",
        "### Justification\ntoo deep\n",
        "##Justification\n",
    ],
)
def test_what_no_reader_would_take_for_the_section(body: str) -> None:
    assert "Justification" not in sections_of(body)


@pytest.mark.parametrize(
    ("body", "prose"),
    [
        ("## Justification\n\nbecause\n", "because"),
        ("  ##  Justification  ##  \nbecause", "because"),
        ("## Justification\n<!-- a -->be<!-- b -->cause<!--\nc\n-->", "because"),
        ("## Justification\n```\n<!-- code -->\n## more\n```\n## Next\n", "```\n<!-- code -->\n## more\n```"),
        ("## Justification\n### Detail\nbecause", "### Detail\nbecause"),
        ("# Title\n## Justification\nold\n## Justification\nnew", "new"),
    ],
)
def test_what_a_section_says(body: str, prose: str) -> None:
    assert sections_of(body)["Justification"][1] == prose


@pytest.mark.parametrize(
    "body",
    [
        "```a\n" * 50_000,
        "## a" + " " * 250_000 + "b",
        "## a" + " #" * 125_000 + "b",
        "<!--" * 60_000,
        "##\t" * 80_000,
    ],
    ids=["fences", "blanks", "hashes", "comments", "headings"],
)
def test_prose_made_to_be_slow_is_not(body: str) -> None:
    sections_of(body)  # years, were it read with backtracking


def test_a_new_body_has_every_question() -> None:
    found = sections_of(new_body({}, renewal=True))
    assert list(found) == list(QUESTIONS)
    assert not any(prose for _, prose in found.values())
