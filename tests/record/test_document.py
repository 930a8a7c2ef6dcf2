"""From bytes to a record: everything malformed is named, with file, line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprieve.record import glob
from reprieve.record.document import MAX_PROBLEMS, MAX_SIZE, Document, parse
from reprieve.record.model import Problem
from tests.record.records import PATH, document, line_of, problems, text
from tests.waiting import work_within

GOOD = text()


def only(content: str | bytes) -> Problem:
    (problem,) = problems(content)
    assert problem.path == PATH
    return problem


def test_a_record_is_read_whole() -> None:
    read = document(GOOD)
    assert read.record.id == "EXC-001"
    assert read.record.scope[0].resources == ("Deployment/billing-*",)
    assert read.body.startswith("\n## Justification\n")
    assert read.digest.startswith("sha256:")


def test_lines_are_those_of_the_file() -> None:
    read = document(GOOD)
    assert read.line_of("risk") == line_of(GOOD, "risk:")
    assert read.line_of("scope", 0, "checks") == line_of(GOOD, "checks:")
    assert read.line_of("controls", 0, "nothing") == line_of(GOOD, "- id: network-policy")
    assert read.body_line(1) == line_of(GOOD, "## Justification")


@pytest.mark.parametrize("end", ["\n", "", "\n\n\n"])
def test_a_record_may_end_with_its_front_matter(end: str) -> None:
    front = GOOD[: GOOD.index("\n---\n") + 4]
    assert document(front + end).record.id == "EXC-001"


def test_line_ends_of_windows_are_line_ends() -> None:
    assert document(GOOD.replace("\n", "\r\n")).digest == document(GOOD).digest


@pytest.mark.parametrize(
    ("content", "rule", "line", "message"),
    [
        ("", "front-matter", 1, "must start with"),
        ("# EXC-001\n", "front-matter", 1, "must start with"),
        (" ---\nid: EXC-001\n---\n", "front-matter", 1, "must start with"),
        ("---\nid: EXC-001\n", "front-matter", 1, "no line `---` ends"),
        ("---\nid: EXC-001\n----\n", "front-matter", 1, "no line `---` ends"),
        ("---\n---\n", "yaml", 1, "one mapping"),
        ("---\n- a\n- b\n---\n", "yaml", 1, "one mapping"),
        ("---\nid: EXC-001\n...\nid: EXC-002\n---\n", "yaml", None, ""),
        ("---\nid: [EXC-001\nrisk: low\n---\n", "yaml", None, ""),
        ("---\nid: EXC-001\nrisk: low\nid: EXC-002\n---\n", "yaml", 4, "the key `id` twice"),
        ("---\nscope:\n  - {checks: [A], checks: [B]}\n---\n", "yaml", 3, "the key `checks` twice"),
        ('---\nid: EXC-001\n"id": EXC-002\n---\n', "yaml", 3, "the key `id` twice"),
        ("---\na: &x 1\nb: 2\n---\n", "yaml", 2, "anchor"),
        ("---\na: 1\nb: *x\n---\n", "yaml", 3, "alias"),
        ("---\na: 1\nb: !!python/name:os.system x\n---\n", "yaml", 3, "tag"),
        ("---\na: 1\nchecks: [*]\n---\n", "yaml", 3, "in quotes"),
        ("---\na: 1\nchecks: [*-prod]\n---\n", "yaml", 3, "in quotes"),
    ],
)
def test_what_is_not_front_matter(content: str, rule: str, line: int | None, message: str) -> None:
    problem = only(content)
    assert problem.rule == rule
    assert message in problem.message
    assert problem.line == line if line else problem.line


def test_stars_and_ampersands_in_quotes_and_prose_are_no_aliases() -> None:
    changed = GOOD.replace("summary: Billing runs", "summary: Billing & co *really* runs")
    changed = changed.replace("[KSV012]", "['*-root', \"K*\"]")
    assert document(changed).record.scope[0].checks == ("*-root", "K*")


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("owner:", "ower:", "unknown key `ower`", "did you mean `owner`?"),
        ("    checks:", "    check:", "unknown key `check`", "did you mean `checks`?"),
        ("    checks:", "    zzz:", "unknown key `zzz`", "known keys: type, checks"),
        ("risk: medium", "risk: hihg", "`risk`: invalid enum value 'hihg'", "did you mean `high`?"),
        ("risk: medium", "risk: 3", "`risk`: expected", "one of: critical, high, medium, low"),
        ("reason: legacy-system", "reason: legacy", "`reason`", "did you mean `legacy-system`?"),
        (
            "environment: production",
            "environment: prod",
            "`environment`",
            "one of: production, staging",
        ),
        ("kind: preventive", "kind: prevent", "`kind`", "did you mean `preventive`?"),
        ("type: misconfiguration", "type: misconfig", "`type`", "did you mean `misconfiguration`?"),
        ("requested: 2026-11-02", "requested: 02.11.2026", "`requested`", "a date such as"),
        ("requested: 2026-11-02", "requested: 2026-02-30", "`requested`", "a date such as"),
        (
            "requested: 2026-11-02",
            "requested: 2026-11-02T10:00:00Z",
            "`requested`",
            "a date such as",
        ),
        ("owner: payments", "owner: 12", "`owner`: expected `str`", "put it in quotes"),
        ("owner: payments", "owner:", "`owner`: expected `str`", "give it a value"),
        ("owner: payments", 'owner: ""', "`owner`: expected `str` of length >= 1", None),
        ("checks: [KSV012]", "checks: []", "`checks`: expected `array` of length >= 1", None),
        ("checks: [KSV012]", "checks:", "`checks`: expected", "give it a value, or leave"),
        ("checks: [KSV012]", "checks: KSV012", "`checks`: expected `array`", None),
        ("checks: [KSV012]", "checks: [12]", "`checks`: expected `str`", None),
    ],
)
def test_what_does_not_fit_has_its_line_and_a_suggestion(
    old: str, new: str, message: str, hint: str | None
) -> None:
    assert old in GOOD
    broken = GOOD.replace(old, new, 1)
    found = [problem for problem in problems(broken) if message in problem.message]
    assert found, problems(broken)
    assert found[0].rule == "format"
    assert found[0].line == line_of(broken, new)
    assert hint is None or (found[0].hint or "").startswith(hint)


def test_every_key_that_is_missing_is_named() -> None:
    messages = {problem.message for problem in problems("---\nid: EXC-001\n---\n")}
    missing = {"summary", "reason", "risk", "environment", "requester", "owner", "requested", "expires"}
    assert messages == {f"`{name}` is missing" for name in missing | {"scope", "controls", "remediation"}}


def test_every_problem_is_found_in_one_run() -> None:
    broken = GOOD.replace("owner:", "ower:").replace("risk: medium", "risk: x").replace("KSV012", "")
    assert len(problems(broken)) == 4  # ower, owner, risk, checks


def test_empty_scope_is_no_scope() -> None:
    for scope in ("scope: []", "scope: {}", "scope:"):
        start, end = GOOD.index("scope:"), GOOD.index("controls:")
        assert "scope" in only(f"{GOOD[:start]}{scope}\n{GOOD[end:]}").message


@pytest.mark.parametrize(
    "char",
    [
        "\x00",
        "\x07",
        "\x1b",
        "\x7f",
        "\x85",
        "\r",
        "\u202e",
        "\u2066",
        "\u200f",
        "\u061c",
        "\u2028",
        "\ufeff",
    ],
)
@pytest.mark.parametrize("place", ["summary: ", "## Risk assessment\n\n"])
def test_characters_that_mislead_are_refused_wherever_they_stand(char: str, place: str) -> None:
    broken = GOOD.replace(place, f"{place}a{char}b", 1)
    problem = only(broken)
    assert problem.rule == "forbidden-character"
    assert f"U+{ord(char):04X}" in problem.message
    assert problem.line == line_of(broken, char)
    assert problem.hint


@pytest.mark.parametrize("escape", [r"\u202e", r"\x07", r"\e", r"\L", r"\r", r"\U0000200F"])
def test_an_escape_cannot_bring_them_in(escape: str) -> None:
    broken = GOOD.replace("- KSV012", "").replace("[KSV012]", f'["KSV012{escape}"]')
    problem = only(broken)
    assert problem.rule == "forbidden-character"
    assert problem.line == line_of(broken, "checks:")


def test_harmless_escapes_and_unicode_are_fine() -> None:
    changed = GOOD.replace("owner: payments", r'owner: "Zahlungen \u00fcber \"Bord\""')
    assert document(changed).record.owner == 'Zahlungen über "Bord"'
    assert document(GOOD.replace("owner: payments", "owner: Überweisungen 支払い")).record.owner


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (GOOD.encode("utf-16"), 1),
        (GOOD.replace("payments", "Müller").encode("latin-1"), line_of(GOOD, "owner:")),
        (b"\xff" + GOOD.encode(), 1),
    ],
)
def test_other_encodings_are_refused(raw: bytes, line: int) -> None:
    problem = only(raw)
    assert (problem.rule, problem.line, problem.hint) == ("encoding", line, "save the file as UTF-8")


def test_a_byte_order_mark_is_refused_with_what_to_do() -> None:
    problem = only("\ufeff" + GOOD)
    assert (problem.rule, problem.line) == ("forbidden-character", 1)
    assert problem.hint == "save the file without a byte-order mark"


def test_a_huge_file_is_refused_unread() -> None:
    assert only(GOOD + "x" * MAX_SIZE).rule == "too-large"


ALIAS_BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))


@pytest.mark.parametrize(
    "front",
    [
        ALIAS_BOMB,
        "id: " + "[" * 90_000,
        "id: " + "[" * 40_000 + "]" * 40_000,
        "id: " + "{a: " * 40_000,
        "- " * 90_000,
        "? " * 90_000,
        "id:\n" + "- " * 90_000 + "x",
        "\n".join(" " * depth + "a:" for depth in range(600)),
        "id: " + "[" * 60_000 + "*x" + "]" * 60_000,
        "a: &b " + "[" * 60_000,
        "\n".join(" " * depth + "a:" for depth in range(99)) + " {b: 1, b: 2, c: " + "[" * 250 + "]" * 250,
    ],
    ids=lambda front: front[:8].strip(),
)
def test_bombs_are_refused_in_no_time(front: str) -> None:
    with work_within(20):  # not the years that they aim at
        assert problems(f"---\n{front}\n---\n")


def test_front_matter_that_takes_too_long_to_read_is_refused_at_once() -> None:
    values = "'a *', " * 30_000  # what may be an alias is looked at exactly, letter by letter
    found = only(GOOD.replace("    checks:", f"    clusters: [{values}'a']\n    checks:", 1))
    assert (found.rule, found.line) == ("too-large", 1)
    assert found.message == "front matter of 205 KiB, at most 64 are read"
    assert found.hint


def test_prose_does_not_count_as_front_matter() -> None:
    assert document(GOOD + "Words of prose. " * 8_000).record.id == "EXC-001"


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("a" * (glob.MAX_LITERAL + 1), "`namespaces`: 1,001 characters, at most 1,000"),
        ("a" * glob.MAX_LENGTH + "*", "`namespaces`: 251 characters, at most 250"),
        ("a*" * (glob.MAX_WILDCARDS + 1), "`namespaces`: 31 wildcards, at most 30"),
        ("a?" * 20 + "b*" * 20, "`namespaces`: 40 wildcards, at most 30"),
    ],
    ids=["literal", "pattern", "stars", "both"],
)
def test_a_pattern_that_takes_too_long_to_compare_is_refused(pattern: str, message: str) -> None:
    scope = [{"checks": ["KSV012"], "namespaces": ["billing", pattern]}]
    content = text(scope=scope)
    found = only(content)
    assert found.rule == "pattern"
    assert found.message.startswith(message)
    assert found.line == line_of(content, "namespaces:")
    assert found.hint


def test_patterns_at_the_limit_are_fine() -> None:
    longest = ["a" * glob.MAX_LITERAL, "a" * (glob.MAX_LENGTH - 1) + "*", "a*" * glob.MAX_WILDCARDS]
    assert document(scope=[{"checks": ["KSV012"], "namespaces": longest}])


def test_a_file_that_is_wrong_everywhere_is_reported_as_far_as_anyone_reads() -> None:
    front = "".join(f"key{number}: 1\n" for number in range(2_000))
    assert len(problems(f"---\n{front}---\n")) == MAX_PROBLEMS


def test_the_example_of_the_scaffold_is_a_record() -> None:
    folder = Path(__file__).parents[2] / "src/reprieve/register/scaffold/examples"
    (example,) = folder.glob("EXC-*.md")
    assert isinstance(parse(f"security/exceptions/{example.name}", example.read_bytes()), Document)
