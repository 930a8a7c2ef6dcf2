"""`reprieve policy test`: rules called test_… as opa and conftest run them, bounded, with coverage."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from reprieve.policy import imports
from reprieve.policy import module as modules
from tests.policy.scanning import module, write
from tests.support import Result, run_cli

CHECK = module(
    "user.root",
    """\
    deny_root contains res if {
        input.kind == "Pod"
        print("kind is", input.kind)
        res := result.new("no", input)
    }""",
    """\
    privileged if {
        input.privileged
    }""",
)
PODS = 'count(root.deny_root) == 1 with input as {"kind": "Pod"}'


def suite(*rules: str) -> str:
    return module("user.root_test", "import data.user.root", *rules)


def run(folder: Path, *options: str, builtin: bool = False) -> Result:
    return run_cli("policy", "test", "policy", *([] if builtin else ["--no-builtin"]), *options, cwd=folder)


def results(folder: Path, *options: str, builtin: bool = False) -> dict[str, str]:
    said = run(folder, "--output", "json", *options, builtin=builtin).json()
    return {test["name"]: test["result"] for test in said["tests"]}


def one(folder: Path, *options: str) -> dict[str, Any]:
    (test,) = run(folder, "--output", "json", *options).json()["tests"]
    return test  # type: ignore[no-any-return]


def test_only_true_passes(tmp_path: Path) -> None:
    said = suite(
        f"test_true if {PODS}",
        "test_undefined if input.nothing",
        "test_false := false",
        "test_number := 1",
        "test_text := `true`",
        'test_cases[name] := true if some name in ["a", "b"]',
        "test_set contains true",
        'test_error if to_number("a") == 1',
        "test_unknown_function if root.nothing_like_it(1)",
        "todo_test_later if false",
        "test_function(_) := true",
        "helper := true",
    )
    write(tmp_path, {"policy/root.rego": CHECK, "policy/root_test.rego": said})
    assert results(tmp_path) == {
        "test_true": "pass",
        "test_undefined": "fail",
        "test_false": "fail",
        "test_number": "fail",
        "test_text": "fail",
        "test_cases": "fail",
        "test_set": "fail",
        "test_error": "error",
        "test_unknown_function": "error",
        "todo_test_later": "skip",
    }


@pytest.mark.parametrize(
    ("rule", "code"),
    [(PODS, 0), ("input.nothing", 1), ("todo", 0), ('to_number("a") == 1', 2)],
    ids=["pass", "fail", "skip", "error"],
)
def test_exit_code(tmp_path: Path, rule: str, code: int) -> None:
    name = "todo_test_it" if rule == "todo" else "test_it"
    text = suite(f"{name} if {'true' if rule == 'todo' else rule}")
    write(tmp_path, {"policy/root.rego": CHECK, "policy/root_test.rego": text})
    assert run(tmp_path).code == code


def test_errors_outweigh_failures(tmp_path: Path) -> None:
    text = suite("test_a if input.nothing", 'test_b if to_number("a") == 1')
    write(tmp_path, {"policy/root.rego": CHECK, "policy/root_test.rego": text})
    assert run(tmp_path).code == 2


def test_failing_tests_are_named_with_place_and_what_print_said(tmp_path: Path) -> None:
    text = suite(
        f'test_good if {{\n  print("good")\n  {PODS}\n}}',
        'test_bad if {\n  print("bad", 1)\n  count(root.deny_root) == 2 with input as {"kind": "Pod"}\n}',
        "test_value := 3",
    )
    write(tmp_path, {"policy/root.rego": CHECK, "policy/root_test.rego": text})
    done = run(tmp_path)
    assert done.code == 1
    assert [line.strip() for line in done.out.splitlines() if line] == [
        "policy/root_test.rego",
        "8  fail   test_bad",
        "print policy/root_test.rego:9: bad 1",
        "print policy/root.rego:5: kind is Pod",
        "12  fail   test_value: its value is 3 and not true",
        "3 tests: 1 passed, 2 failed",
    ]


def test_an_error_says_where_it_is(tmp_path: Path) -> None:
    check = module("user.root", 'deny contains "x" if to_number(input.kind) == 1')
    text = suite('test_it if count(root.deny) == 1 with input as {"kind": "Pod"}')
    write(tmp_path, {"policy/root.rego": check, "policy/root_test.rego": text})
    test = one(tmp_path)
    assert (test["result"], test["error_path"], test["error_line"]) == ("error", "policy/root.rego", 3)
    assert "at policy/root.rego:3" in run(tmp_path).out


def test_input_data_and_functions_can_be_put_in(tmp_path: Path) -> None:
    text = suite(
        'test_input if root.privileged with input as {"privileged": true}',
        'test_data if data.limits.most == 3 with data.limits as {"most": 3}',
        "test_given_data if data.limits.most == 7",
        "test_both if {\n  root.privileged with input.privileged as true with data.limits.most as 1\n}",
        "double(x) := 2 * x",
        "fake(_) := 9",
        "test_function if double(1) == 9 with double as fake",
    )
    files = {
        "policy/root.rego": CHECK,
        "policy/root_test.rego": text,
        "data/limits.yaml": "limits: {most: 7}",
    }
    write(tmp_path, files)
    assert set(results(tmp_path, "--data", "data").values()) == {"pass"}


def test_v0_syntax(tmp_path: Path) -> None:
    check = module("user.old", 'deny[msg] { input.bad; msg := "no" }', v0=True)
    text = module("user.old", 'test_it { deny["no"] with input as {"bad": true} }', v0=True)
    write(tmp_path, {"policy/old.rego": check, "policy/old_test.rego": text})
    assert results(tmp_path) == {"test_it": "pass"}


def test_tests_beside_the_rules(tmp_path: Path) -> None:
    write(tmp_path, {"policy/root.rego": CHECK + "\ntest_it if true\n"})
    assert results(tmp_path) == {"test_it": "pass"}


def test_our_libraries_and_checks_can_be_imported(tmp_path: Path) -> None:
    text = module(
        "user.ours_test",
        "import data.lib.kubernetes",
        "test_library if kubernetes",
        'test_check if count(data.builtin.kubernetes.KSV012.deny) == 0 with input as {"kind": "Pod"}',
    )
    write(tmp_path, {"policy/ours_test.rego": text})
    assert results(tmp_path, builtin=True) == {"test_library": "pass", "test_check": "pass"}
    assert results(tmp_path) == {"test_library": "pass", "test_check": "fail"}


def test_what_result_new_gives_is_an_object_with_a_message(tmp_path: Path) -> None:
    text = suite(
        'test_it if {\n  some found in root.deny_root with input as {"kind": "Pod"}\n  found.msg == "no"\n}'
    )
    write(tmp_path, {"policy/root.rego": CHECK, "policy/root_test.rego": text})
    assert results(tmp_path) == {"test_it": "pass"}


def test_run_chooses_by_package_and_name(tmp_path: Path) -> None:
    text = suite("test_one if true", "test_two if input.nothing")
    write(tmp_path, {"policy/root.rego": CHECK, "policy/root_test.rego": text})
    assert results(tmp_path, "--run", "one$") == {"test_one": "pass"}
    assert len(results(tmp_path, "--run", r"root_test\.test_")) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--run", "nothing"), "no test matches 'nothing'"),
        (("--run", "("), "'(' is no regular expression"),
        (("nowhere",), "no such policy file or folder"),
        (("--data", "nowhere"), "no such data file or folder"),
    ],
)
def test_nothing_to_test_is_an_error(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    write(tmp_path, {"policy/root.rego": CHECK, "policy/root_test.rego": suite("test_one if true")})
    done = run(tmp_path, *options)
    assert done.code == 2
    assert said in done.err


def test_a_folder_without_tests_is_an_error(tmp_path: Path) -> None:
    write(tmp_path, {"policy/root.rego": CHECK})
    done = run(tmp_path)
    assert done.code == 2
    assert "no rule is called test_" in done.err


def test_a_file_that_does_not_parse_is_an_error_and_the_others_are_tested(tmp_path: Path) -> None:
    broken = "package user.broken\n\ntest_it if {\n"
    files = {"policy/root.rego": CHECK, "policy/root_test.rego": suite("test_one if true")}
    write(tmp_path, {**files, "policy/broken.rego": broken})
    done = run(tmp_path)
    assert done.code == 2
    assert "policy/broken.rego:3" in done.out.replace("broken.rego:4", "broken.rego:3")
    assert "1 test: 1 passed, 1 file not loaded" in done.out


def test_a_test_that_never_ends_is_an_error_and_the_others_are_run(tmp_path: Path) -> None:
    endless = """\
        test_endless if {
            some a in numbers.range(1, 100000)
            some b in numbers.range(1, 100000)
            a * b == -1
        }"""
    text = suite("test_before if true", endless, "test_after if true")
    other = module("user.other_test", "test_other if input.nothing")
    write(
        tmp_path,
        {"policy/root.rego": CHECK, "policy/root_test.rego": text, "policy/other_test.rego": other},
    )
    done = run(tmp_path, "--timeout", "0.5", "--output", "json")
    assert done.code == 2
    said = {test["name"]: (test["result"], test["message"]) for test in done.json()["tests"]}
    assert said == {
        "test_other": ("fail", ""),
        "test_before": ("pass", ""),
        "test_endless": ("error", "stopped after 0.5 s"),
        "test_after": ("pass", ""),
    }


def coverage(folder: Path) -> dict[str, Any]:
    said: dict[str, Any] = run(folder, "--coverage", "--output", "json").json()["coverage"]
    return said


def test_coverage_by_file_and_overall(tmp_path: Path) -> None:
    other = module("user.other", 'deny contains "x" if {\n  input.x\n}')
    write(
        tmp_path,
        {
            "policy/root.rego": CHECK,
            "policy/other.rego": other,
            "policy/root_test.rego": suite(f"test_it if {PODS}"),
        },
    )
    found = coverage(tmp_path)
    files = {file["path"]: file for file in found["files"]}
    assert sorted(files) == ["policy/other.rego", "policy/root.rego"]
    assert files["policy/root.rego"]["uncovered"] == [9]
    assert files["policy/other.rego"]["percent"] == 0
    covered = sum(len(file["covered"]) for file in found["files"])
    known = covered + sum(len(file["uncovered"]) for file in found["files"])
    assert found["percent"] == int(1000 * covered / known) / 10
    table = run(tmp_path, "--coverage").out
    assert "80.0 %  policy/root.rego  not: 9\n" in table
    assert f"{found['percent']:.1f} %  overall\n" in table


def test_coverage_of_several_processes_is_one(tmp_path: Path) -> None:
    files = {
        f"policy/{name}_test.rego": module(
            f"user.{name}_test",
            "import data.user.root",
            f"test_{name} if root.privileged with input as {given}",
        )
        for name, given in {"a": '{"privileged": true}', "b": '{"privileged": true}'}.items()
    }
    files["policy/c_test.rego"] = module(
        "user.c_test", f"test_c if {PODS.replace('root.', 'data.user.root.')}"
    )
    write(tmp_path, {"policy/root.rego": CHECK, **files})
    (file,) = coverage(tmp_path)["files"]
    assert file["uncovered"] == []
    assert file["percent"] == 100


def test_no_coverage_unless_asked_for(tmp_path: Path) -> None:
    write(tmp_path, {"policy/root.rego": CHECK, "policy/root_test.rego": suite(f"test_it if {PODS}")})
    assert run(tmp_path, "--output", "json").json()["coverage"] is None
    assert "Coverage" not in run(tmp_path).out


def test_imports_written_out() -> None:
    text = module(
        "a",
        "import data.user.root as r",
        "import data.x.y",
        'p if r.deny with input as {"r": 1}',
        'q := [y.b["é"].r, r["w"], y.f(1)]',
        "s if y.b with r.p as 1",
        "whole := r",
    )
    assert imports.written_out(modules.parse("a.rego", text)).splitlines()[4:] == [
        'p if data.user.root.deny with input as {"r": 1}',
        'q := [data.x.y.b["é"].r, data.user.root["w"], data.x.y.f(1)]',
        "s if data.x.y.b with data.user.root.p as 1",
        "whole := r",
    ]


def test_imports_hidden_by_a_variable_stay() -> None:
    text = "package a\nimport data.x.y\np { y := input.y; y.z }\n"
    written = imports.written_out(modules.parse("a.rego", text))
    modules.parse("a.rego", written)


def test_data_in_the_folder_is_data_as_opa_has_it(tmp_path: Path) -> None:
    tests = suite(
        'test_top if data.limits.cpu == "1"',
        'test_below if data.teams.orders.owner == "dana"',
        "test_given if data.given == 1",
        "test_no_manifest if not data.kind",
        "test_no_example if not data.example",
        "test_no_list if not data.listed",
    )
    files = {
        "policy/root.rego": CHECK,
        "policy/root_test.rego": tests,
        "policy/data.json": '{"limits": {"cpu": "1"}}',
        "policy/teams/data.yaml": "orders: {owner: dana}\n",
        "policy/more.yml": "more: true\n",
        "policy/pod.yaml": "apiVersion: v1\nkind: Pod\n",
        "policy/bad-1.yaml": "example: true\n",
        "policy/list.json": '[{"listed": 1}]',
        "policy/broken.json": "{",
        "given/given.json": '{"given": 1}',
    }
    write(tmp_path, files)
    assert set(results(tmp_path, "--data", "given").values()) == {"pass"}
    write(tmp_path, {"given/given.json": '{"given": 1, "limits": {"cpu": "2"}}'})
    refused = run(tmp_path, "--data", "given")
    assert refused.code == 2
    assert "the key 'cpu' has another value already" in refused.err
    write(tmp_path, {"policy/data.json": "{"})
    assert run(tmp_path).code == 2
