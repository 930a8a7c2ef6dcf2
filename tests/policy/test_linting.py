"""`reprieve policy lint`: what is wrong with policies, each with file, line and hint."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reprieve.policy.bundle import HERE
from tests.policy.scanning import module, write
from tests.support import Result, run_cli

METADATA = """\
# METADATA
# title: Runs as root
# custom:
#   id: USR001
#   severity: HIGH
"""
CHECK = METADATA + module("user.root", 'deny_root contains "root" if input.root')
TEST = module("user.root_test", "import data.user.root", "test_it if count(root.deny_root) == 0")
GOOD = {"policy/root.rego": CHECK, "policy/root_test.rego": TEST}


def run(folder: Path, *options: str, builtin: bool = False) -> Result:
    return run_cli("policy", "lint", "policy", *([] if builtin else ["--no-builtin"]), *options, cwd=folder)


def found(folder: Path, files: dict[str, str], *, builtin: bool = False) -> list[tuple[str, str, int]]:
    """Rule, file and line of each problem."""
    write(folder, {f"policy/{name}": text for name, text in files.items()})
    problems = run(folder, "--output", "json", builtin=builtin).json()["problems"]
    assert all(problem["hint"] for problem in problems), "a problem without a hint"
    return [
        (problem["rule"], problem["path"].removeprefix("policy/"), problem["line"]) for problem in problems
    ]


def test_nothing_is_wrong(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    done = run(tmp_path, "--strict")
    assert (done.code, done.out) == (0, "No problems in 2 files.\n")


@pytest.mark.parametrize(
    ("missing", "rule", "code"),
    [
        ("  id: USR001", "check-id", 1),
        ("  severity: HIGH", "check-severity", 1),
        (" title", "check-title", 0),
    ],
)
def test_what_a_check_does_not_say(tmp_path: Path, missing: str, rule: str, code: int) -> None:
    lines = [line for line in CHECK.splitlines(keepends=True) if not line.startswith(f"# {missing.rstrip()}")]
    lines = [line for line in lines if missing not in line]
    assert found(tmp_path, {"root.rego": "".join(lines), "root_test.rego": TEST}) == [(rule, "root.rego", 5)]
    assert run(tmp_path).code == code
    assert run(tmp_path, "--strict").code == 1


def test_metadata_as_a_rule_counts(tmp_path: Path) -> None:
    said = '__rego_metadata__ := {"id": "USR001", "title": "Runs as root", "severity": "LOW"}'
    check = module("user.root", said, 'deny contains "root" if input.root')
    assert found(tmp_path, {"root.rego": check, "root_test.rego": TEST}) == []


def test_a_check_without_a_test(tmp_path: Path) -> None:
    assert found(tmp_path, {"root.rego": CHECK}) == [("check-test", "root.rego", 6)]


@pytest.mark.parametrize(
    "test",
    [
        module("user.root", "test_it if not deny_root.x"),
        module("user.root_test", "test_it if true"),
        module("tests", "test_it if not data.user.root.deny_root.x"),
    ],
    ids=["in the package", "by its name", "by a reference"],
)
def test_what_counts_as_a_test(tmp_path: Path, test: str) -> None:
    assert found(tmp_path, {"root.rego": CHECK, "other.rego": test}) == []


def test_a_test_of_another_package_does_not_count(tmp_path: Path) -> None:
    test = module("tests", "test_it if not data.user.roots.deny_root.x")
    assert found(tmp_path, {"root.rego": CHECK, "a_test.rego": test}) == [("check-test", "root.rego", 6)]


def other(identity: str) -> str:
    text = CHECK.replace("USR001", identity).replace("user.root", "user.other")
    return text + "\ntest_it if true\n"


@pytest.mark.parametrize("second", ["USR001"])
def test_an_id_that_another_check_has(tmp_path: Path, second: str) -> None:
    files = {"root.rego": CHECK, "root_test.rego": TEST, "second.rego": other(second)}
    assert found(tmp_path, files) == [("duplicate-id", "second.rego", 6)]


def test_an_id_that_one_of_our_checks_has_in_another_spelling(tmp_path: Path) -> None:
    assert found(tmp_path, {"a.rego": other("AVD-KSV-0012")}, builtin=True) == [("duplicate-id", "a.rego", 6)]
    assert run(tmp_path).code == 0


def test_a_package_that_reports_nothing(tmp_path: Path) -> None:
    silent = module("user.silent", 'denies contains "x" if input.x')
    assert found(tmp_path, {"a.rego": silent}) == [("reports-nothing", "a.rego", 1)]


def test_a_library_that_is_used_may_report_nothing(tmp_path: Path) -> None:
    library = module("lib.shop", "is_root if input.root")
    check = CHECK.replace("if input.root", "if data.lib.shop.is_root")
    assert found(tmp_path, {"a.rego": library, "root.rego": check, "root_test.rego": TEST}) == []


def test_a_file_that_does_not_parse(tmp_path: Path) -> None:
    files = {"a.rego": "package a\n\ndeny contains {\n", "root.rego": CHECK, "root_test.rego": TEST}
    ((rule, path, line),) = found(tmp_path, files)
    assert (rule, path) == ("syntax", "a.rego")
    assert line in (3, 4)


@pytest.mark.parametrize(
    ("block", "line"),
    [
        ("# METADATA\n# title: [\n", 3),
        ("# METADATA\n# - a\n", 2),
        ("# METADATA\n# title: a: b\n", 2),
    ],
)
def test_metadata_that_is_malformed(tmp_path: Path, block: str, line: int) -> None:
    ((rule, path, at),) = found(tmp_path, {"a.rego": block + "package a\n"})
    assert (rule, path) == ("metadata", "a.rego")
    assert at in (line - 1, line, line + 1)


def test_words_that_mean_nothing(tmp_path: Path) -> None:
    severe = CHECK.replace("HIGH", "TERRIBLE")
    assert found(tmp_path, {"root.rego": severe, "root_test.rego": TEST}) == [("metadata", "root.rego", 6)]
    selector = "#   input: {selector: [{type: spreadsheet}]}\npackage"
    unknown = CHECK.replace("package", selector)
    assert found(tmp_path, {"root.rego": unknown, "root_test.rego": TEST}) == [("metadata", "root.rego", 7)]


def test_a_metadata_rule_that_cannot_be_evaluated(tmp_path: Path) -> None:
    check = CHECK + '\n__rego_metadata__ := {"id": to_number("x")}\n'
    ((rule, path, _),) = [
        problem
        for problem in found(tmp_path, {"root.rego": check, "root_test.rego": TEST})
        if problem[0] == "metadata"
    ]
    assert (rule, path) == ("metadata", "root.rego")


def exceptions(
    tmp_path: Path, clause: str, *, package: str = "user.root", builtin: bool = False
) -> list[str]:
    """What is said of one clause."""
    text = module(package, clause, v0="{" in clause and " if " not in clause and "contains" not in clause)
    write(tmp_path, {**GOOD, "policy/exceptions.rego": text})
    problems = run(tmp_path, "--output", "json", builtin=builtin).json()["problems"]
    assert {problem["path"] for problem in problems} <= {"policy/exceptions.rego"}
    return [f"{problem['rule']}: {problem['message']} ({problem['hint']})" for problem in problems]


@pytest.mark.parametrize(
    "clause",
    [
        'exception contains ["root"]',
        'exception contains names if { names := ["root"] }',
        'exception[names] { names = ["root"] }',
        "exception contains names if { names := data.chosen }",
        "exception contains [name] if { some name in data.chosen }",
    ],
)
def test_suffixes_that_there_are_or_that_cannot_be_seen(tmp_path: Path, clause: str) -> None:
    assert exceptions(tmp_path, clause) == []


@pytest.mark.parametrize(
    "clause",
    [
        'exception contains ["root", "rot"]',
        "exception contains [`rot`]",
        'exception contains names if { names := ["rot"] }',
        'exception contains names if { names == ["rot"] }',
        'exception contains names if { ["rot"] = names }',
        'exception contains names if { some names in [["root"], ["rot"]] }',
        'exception[names] { names = ["rot"] }',
        'exception[["rot"]] { input.x }',
    ],
)
def test_suffixes_that_there_are_not(tmp_path: Path, clause: str) -> None:
    (said,) = exceptions(tmp_path, clause)
    assert said.startswith(
        "exception-names: the exception names 'rot', and there is no such rule of user.root"
    )


def test_the_bare_rule_is_not_there(tmp_path: Path) -> None:
    (said,) = exceptions(tmp_path, 'exception contains [""]')
    assert "the exception names ''" in said


def test_a_whole_name_in_place_of_a_suffix(tmp_path: Path) -> None:
    (said,) = exceptions(tmp_path, 'exception contains ["deny_root"]')
    assert '"root" for deny_root' in said


@pytest.mark.parametrize(
    "clause",
    [
        'exception contains "user.root"',
        'exception contains ns if { ns := data.namespaces[_]; ns == "user.root" }',
        'exception contains ns if { ns := data.namespaces[_]; startswith(ns, "nothing") }',
        'exception[ns] { ns = "user.root" }',
        'exception contains "builtin.kubernetes.KSV012"',
    ],
)
def test_packages_that_there_are_or_that_cannot_be_seen(tmp_path: Path, clause: str) -> None:
    assert exceptions(tmp_path, clause, package="namespace.exceptions") == []


@pytest.mark.parametrize(
    "clause",
    [
        'exception contains "user.rot"',
        'exception contains ns if { ns := data.namespaces[_]; ns == "user.rot" }',
        'exception contains ns if { some ns in {"user.root", "user.rot"} }',
        'exception contains ns if { ns := ["user.rot", "user.root"][_] }',
        'exception[ns] { ns = "user.rot" }',
        'exception["user.rot"] { input.x }',
    ],
)
def test_packages_that_there_are_not(tmp_path: Path, clause: str) -> None:
    (said,) = exceptions(tmp_path, clause, package="namespace.exceptions")
    assert said.startswith("exception-names: the exception names 'user.rot'")


def test_our_packages_are_known(tmp_path: Path) -> None:
    for name, number in (("KSV012", 0), ("KSV9999", 1)):
        clause = f'exception contains "builtin.kubernetes.{name}"'
        said = exceptions(tmp_path, clause, package="namespace.exceptions", builtin=True)
        assert len(said) == number


def test_data_in_front_of_a_package(tmp_path: Path) -> None:
    (said,) = exceptions(tmp_path, 'exception contains "data.user.root"', package="namespace.exceptions")
    assert 'without "data.": "user.root"' in said


def test_a_citation_that_is_no_record(tmp_path: Path) -> None:
    clause = '# METADATA\n# custom: {exception: EXC007}\nexception contains ["root"]'
    (said,) = exceptions(tmp_path, clause)
    assert said.startswith("exception-record: ")
    assert exceptions(tmp_path, clause.replace("EXC007", "EXC-007")) == []


def test_text_names_file_line_level_and_hint(tmp_path: Path) -> None:
    write(tmp_path, {"policy/root.rego": CHECK})
    done = run(tmp_path)
    assert done.code == 0
    assert done.out.splitlines()[:2] == [
        "policy/root.rego",
        "     6  warning  no test is about user.root  [check-test]",
    ]
    assert done.out.endswith("1 warning in 1 file.\n")


def test_sarif_and_workflow_commands(tmp_path: Path) -> None:
    write(tmp_path, {"policy/root.rego": CHECK})
    (result,) = json.loads(run(tmp_path, "--output", "sarif").out)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert (result["ruleId"], place["artifactLocation"]["uri"]) == ("check-test", "policy/root.rego")
    assert place["region"]["startLine"] == 6
    lines = run(tmp_path, "--output", "github").out.splitlines()
    assert lines[1].startswith("::warning file=policy/root.rego,line=6,title=check-test::")


def test_nothing_to_lint_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    done = run(tmp_path)
    assert done.code == 2
    assert "no file is called *.rego" in done.err
    assert run(tmp_path, "nowhere").code == 2


def test_our_own_checks_hold_to_it(tmp_path: Path) -> None:
    done = run_cli(
        "policy", "lint", "--no-builtin", "--strict", "--output", "text", str(HERE / "checks"), cwd=tmp_path
    )
    assert done.code == 0, done.out
