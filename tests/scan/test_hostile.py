"""Files and policies meant to hang, crash or blind a scan: each is bounded and named; all else is scanned."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.policy.scanning import POD, module, report_of, rules, scan_cli, verdict_of, write
from tests.support import Result
from tests.waiting import PATIENCE, work_within

HEAD = "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\n"
FIRES = module("user.ok", 'deny contains "ok" if input.kind')
GOOD = {"policy/ok.rego": FIRES, "src/good.yaml": POD}


def bomb(levels: int = 9) -> str:
    """Each line is nine times the one before."""
    lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x]"]
    lines += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, levels)]
    return HEAD + "\n".join(lines) + "\n"


def merges(levels: int = 30) -> str:
    """Merge keys that double with each line."""
    lines = [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}], k{n}: 1}}" for n in range(1, levels)]
    return HEAD + "a0: &a0 {x: 1}\n" + "\n".join(lines) + "\n"


DEEP = "nested more than 200 deep"
FILES: dict[str, tuple[str | bytes, str, int | None]] = {
    "a bomb of aliases": (bomb(), "aliases that unfold to more than", None),
    "an alias within itself": (HEAD + "a: &a [*a]\n", "an alias that holds itself", None),
    "deep lists": (HEAD + f"a: {'[' * 100_000}{']' * 100_000}\n", DEEP, 4),
    "deep lists that never end": (HEAD + f"a: {'[' * 100_000}\n", DEEP, 4),
    "deep mappings": (HEAD + f"a: {'{a: ' * 50_000}1{'}' * 50_000}\n", DEEP, 4),
    "deep lists of mappings": (HEAD + f"a: {'[{a: ' * 30_000}1{'}]' * 30_000}\n", DEEP, 4),
    "deep blocks": (HEAD + "a:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 3000)), DEEP, 204),
    "deep dashes": (HEAD + f"a:\n  {'- ' * 50_000}x\n", DEEP, 5),
    "deep keys": (HEAD + f"{'? ' * 30_000}x\n", DEEP, 4),
    "deep JSON": ('{"apiVersion":"v1","kind":"Pod","a":' + "[" * 100_000 + "]" * 100_000 + "}", DEEP, 1),
    "a number of a million digits": (HEAD + f"n: {'9' * 1_000_000}\n", "not YAML", None),
    "a hexadecimal number of them": (HEAD + f"n: 0x{'f' * 1_000_000}\n", "not YAML", None),
    "a tag that lies": (HEAD + "n: !!int abc\n", "not YAML", None),
    "a key that is a list": (HEAD + "? [a, b]\n: 1\n", "not YAML", 4),
    "an escape": (HEAD + 'n: "\x1b[31m"\n', "control characters are not allowed", 4),
    "invalid UTF-8": (HEAD.encode() + b"n: \xff\xfe\n", "not UTF-8: invalid start byte at byte", None),
    "a NUL far down": (HEAD.encode() + b"#" * 10_000 + b"\nn: \0\n", "control characters", 5),
    "half a character": ('{"apiVersion":"v1","kind":"Pod","n":"\\ud800"}', "not YAML", 1),
    "a list that is not closed": (HEAD + "n: [1, 2\nm: 3\n", "not YAML", 5),
    "a tab": (HEAD + "n:\n\tm: 1\n", "not YAML", 5),
}


@pytest.mark.parametrize(("content", "message", "line"), FILES.values(), ids=FILES)
def test_a_file_that_is_refused(tmp_path: Path, content: str | bytes, message: str, line: int | None) -> None:
    write(tmp_path, {**GOOD, "src/bad.yaml": content})
    verdict = verdict_of(tmp_path)
    (fault,) = verdict.faults
    assert fault.path == str(tmp_path / "src/bad.yaml")
    assert message in fault.message
    assert len(fault.message) < 300
    if line is not None:
        assert fault.line == line
    assert rules(verdict, "open") == ["user.ok.deny"]
    assert scan_cli(tmp_path).code == 2


READ: dict[str, str | bytes] = {
    "UTF-16": HEAD.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + HEAD.encode(),
    "carriage returns": HEAD.replace("\n", "\r\n").encode(),
    "a scalar of many megabytes": HEAD + f'n: "{"x" * 8_000_000}"\n',
    "a call to Python": HEAD + 'n: !!python/object/apply:os.system ["touch pwned"]\n',
    "numbers beyond what is finite": HEAD + "n: 1e999\nm: .inf\no: .nan\n",
    "not a number in JSON": '{"apiVersion":"v1","kind":"Pod","a":NaN}',
    "the same key twice": HEAD + "kind: Service\n",
    "a set": HEAD + "n: !!set {x, y}\n",
}


@pytest.mark.parametrize("content", READ.values(), ids=READ)
def test_a_file_that_is_read_all_the_same(tmp_path: Path, content: str | bytes) -> None:
    write(tmp_path, {**GOOD, "src/odd.yaml": content})
    verdict = verdict_of(tmp_path)
    assert verdict.faults == []
    assert rules(verdict, "open") == ["user.ok.deny"] * 2
    assert not (tmp_path / "pwned").exists()


SLOW = {"merge keys that double": merges(), "a number to the base of 60": HEAD + f"n: {'1:' * 200_000}1\n"}


@pytest.mark.parametrize("content", SLOW.values(), ids=SLOW)
def test_a_file_that_takes_for_ever_is_stopped(tmp_path: Path, content: str) -> None:
    write(tmp_path, {**GOOD, "src/slow.yaml": content})
    result = scan_cli(tmp_path, "--timeout", "1", "--output", "json")
    verdict = result.json()
    (fault,) = verdict["faults"]
    assert (result.code, fault["path"]) == (2, "src/slow.yaml")
    assert "stopped after 1 s" in fault["message"]
    assert [finding["path"] for finding in verdict["findings"]] == ["src/good.yaml"]


def test_a_huge_manifest_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "src/huge.yaml": POD + "#" * (21 << 20) + "\n"})
    (fault,) = verdict_of(tmp_path).faults
    assert fault.path.endswith("huge.yaml")
    assert "more than 20 MiB are not read" in fault.message


@pytest.mark.parametrize("name", ["Dockerfile", "main.tf", "pod.yaml"])
def test_a_nul_hides_no_configuration(tmp_path: Path, name: str) -> None:
    """Docker reads a Dockerfile with a NUL in a comment; a scan that passes it over must not pass."""
    write(tmp_path, {"policy/ok.rego": FIRES, f"src/{name}": b"# \0\n" + HEAD.encode() + b"FROM scratch\n"})
    assert verdict_of(tmp_path).faults


# --- what is not a plain file, or has a strange name


def test_links_and_pipes_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "secret.yaml": POD, "outside/pod.yaml": POD})
    src = tmp_path / "src"
    (src / "loop").symlink_to(".")
    (src / "self.yaml").symlink_to("self.yaml")
    (src / "gone.yaml").symlink_to("nowhere")
    (src / "out.yaml").symlink_to("../secret.yaml")
    (src / "folder").symlink_to("../outside")
    os.mkfifo(src / "pipe.yaml")
    scanned = report_of(tmp_path)
    assert {finding.path for finding in scanned.report.findings} == {str(src / "good.yaml")}
    assert scanned.report.faults == ()
    assert scanned.looked.skipped["link"] >= 3


def test_the_same_within_a_repository(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "secret.yaml": POD})
    src = tmp_path / "src"
    (src / "loop").symlink_to(".")
    (src / "out.yaml").symlink_to("../secret.yaml")
    os.mkfifo(src / "pipe.yaml")
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    scanned = report_of(tmp_path)
    assert [finding.path for finding in scanned.report.findings] == [str(src / "good.yaml")]
    assert scanned.looked.skipped == {"link": 2}


ODD = [
    "new\nline.yaml",
    "sp ace.yaml",
    "-dash.yaml",
    "--output=x.yaml",
    "ü.yaml",
    "\x1b[31m.yaml",
    '<b>&".yaml',
]


@pytest.mark.parametrize("output", ["table", "json", "sarif", "markdown", "junit", "github"])
def test_odd_names_reach_every_output(tmp_path: Path, output: str) -> None:
    write(tmp_path, {**GOOD, **{f"src/{name}": POD for name in ODD}, "src/::error::x.yaml": HEAD + "a: [\n"})
    result = scan_cli(tmp_path, "--output", output)
    assert result.code == 2
    assert "\x1b" not in result.out
    assert not any(line.startswith("::error::x") for line in result.out.splitlines())
    if output == "json":
        assert len(result.json()["findings"]) == len(ODD) + 1


def test_a_name_that_is_no_utf8_costs_nothing_else(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    (tmp_path / os.fsdecode(b"src/a\xff.yaml")).write_text(POD)
    verdict = verdict_of(tmp_path)
    assert not [fault for fault in verdict.faults if fault.rule]
    assert rules(verdict, "open") == ["user.ok.deny"] * 2


def test_a_folder_called_like_a_file(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "src/folder.yaml/pod.yaml": POD})
    assert rules(verdict_of(tmp_path), "open") == ["user.ok.deny"] * 2


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    assert scan_cli(tmp_path, "nowhere").code == 2


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {**GOOD, "src/locked.yaml": POD})
    real = open

    def refused(path: Any, *arguments: Any, **options: Any) -> Any:
        if str(path).endswith("locked.yaml"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *arguments, **options)

    monkeypatch.setattr("builtins.open", refused)
    verdict = verdict_of(tmp_path)
    (fault,) = verdict.faults
    assert (fault.path, fault.message) == (str(tmp_path / "src/locked.yaml"), "Permission denied")
    assert rules(verdict, "open") == ["user.ok.deny"]


# --- policies

ENDLESS = "some i in numbers.range(1, 30000)\n  some j in numbers.range(1, 30000)\n  i * j == -1"
POLICIES: dict[str, tuple[str, int, str, str | None]] = {
    "syntax": (module("user.bad", "deny contains x if {"), 4, "", None),
    "an unknown function": (
        module("user.bad", 'deny contains "x" if no_such(input.kind)'),
        3,
        "could not find function no_such",
        "data.user.bad.deny",
    ),
    "a crash on some input": (
        module("user.bad", 'deny contains "x" if to_number(input.metadata.name) > 1'),
        3,
        "could not parse string as number",
        "data.user.bad.deny",
    ),
    "recursion of rules": (
        module("user.bad", 'deny contains "x" if p', "p if q", "q if p"),
        4,
        "recursion",
        "data.user.bad.deny",
    ),
    "recursion of functions": (
        module("user.bad", "f(x) := f(x)", 'deny contains "x" if f(1)'),
        4,
        "stopped",
        "data.user.bad.deny",
    ),
    "an endless search": (
        module("user.bad", f'deny contains "x" if {{\n  {ENDLESS}\n}}'),
        3,
        "stopped after 1 s",
        "data.user.bad.deny",
    ),
    "an endless comprehension": (
        module("user.bad", f'deny contains "x" if {{\n  count([1 | {ENDLESS}]) > 0\n}}'),
        3,
        "stopped after 1 s",
        "data.user.bad.deny",
    ),
    "two values for one rule": (
        module("user.bad", "x := 1", "x := 2", 'deny contains "x" if x == 1'),
        4,
        "conflict",
        "data.user.bad.deny",
    ),
}


@pytest.mark.parametrize(("policy", "line", "message", "rule"), POLICIES.values(), ids=POLICIES)
def test_a_policy_that_fails_is_named_and_stops_no_other(
    tmp_path: Path, policy: str, line: int, message: str, rule: str | None
) -> None:
    write(tmp_path, {**GOOD, "policy/bad.rego": policy})
    result = scan_cli(tmp_path, "--timeout", "1", "--output", "json")
    verdict = result.json()
    (fault,) = verdict["faults"]
    assert (fault["path"], fault["line"], fault["rule"]) == ("policy/bad.rego", line, rule)
    assert message in fault["message"]
    assert [finding["policy"]["package"] for finding in verdict["findings"]] == ["user.ok"]
    assert result.code == 2


def test_a_policy_that_eats_memory_is_stopped(tmp_path: Path) -> None:
    texts = 'sprintf("%d%s", [i, input.kind]) | some i in numbers.range(1, 30000000)'
    eats = f'deny contains "x" if count([{texts}]) < 0'
    write(tmp_path, {**GOOD, "policy/bad.rego": module("user.bad", eats)})
    result = scan_cli(tmp_path, "--memory", "128", "--timeout", "30", "--output", "json")
    (fault,) = result.json()["faults"]
    assert (fault["path"], fault["line"], fault["rule"]) == ("policy/bad.rego", 3, "data.user.bad.deny")
    assert "128 MiB" in fault["message"]
    assert [finding["policy"]["package"] for finding in result.json()["findings"]] == ["user.ok"]
    assert result.code == 2


def test_a_check_that_crashes_on_some_documents_still_counts_on_others(tmp_path: Path) -> None:
    crashes = module("user.bad", 'deny contains "x" if to_number(input.metadata.name) > 1')
    write(
        tmp_path, {**GOOD, "policy/bad.rego": crashes, "src/two.yaml": POD.replace("name: api", 'name: "2"')}
    )
    verdict = verdict_of(tmp_path)
    assert rules(verdict, "open") == ["user.bad.deny", "user.ok.deny", "user.ok.deny"]
    assert [fault.count for fault in verdict.faults] == [1]


ANALYSED = {
    "an unsafe variable": 'deny contains "x" if { not y == 1 }',
    "a variable with two values": 'deny contains "x" if { y := 1; y := 2 }',
    "a function of two arities": 'f(a) := 1\nf(a, b) := 2\ndeny contains "x" if f(1)',
}


@pytest.mark.parametrize("clause", ANALYSED.values(), ids=ANALYSED)
def test_a_policy_that_cannot_be_analysed_stops_no_other(tmp_path: Path, clause: str) -> None:
    write(tmp_path, {**GOOD, "policy/bad.rego": module("user.bad", clause)})
    verdict = verdict_of(tmp_path)
    assert {fault.path for fault in verdict.faults} == {str(tmp_path / "policy/bad.rego")}
    assert rules(verdict, "open") == ["user.ok.deny"]


def test_an_endless_exception_exempts_nothing(tmp_path: Path) -> None:
    endless = module("user.ok", f'exception contains [""] if {{\n  {ENDLESS}\n}}')
    write(tmp_path, {**GOOD, "policy/e.rego": endless})
    result = scan_cli(tmp_path, "--timeout", "1", "--output", "json")
    (fault,) = result.json()["faults"]
    assert (result.code, fault["path"], fault["line"]) == (2, "policy/e.rego", 3)
    assert [finding["disposition"] for finding in result.json()["findings"]] == ["open"]


def test_what_was_stopped_is_stopped_again(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "policy/bad.rego": POLICIES["an endless search"][0]})
    first, second = (scan_cli(tmp_path, "--timeout", "1", "--output", "json") for _ in range(2))
    assert first.json()["faults"] == second.json()["faults"] != []


def in_process(tmp_path: Path, *arguments: str, seconds: float = 20) -> Result:
    """The command in a process of its own: it may hang or crash."""
    code = "from reprieve.cli.main import main; main()"
    command = [sys.executable, "-c", code, "scan", "src", "--policy", "policy", "--no-builtin", *arguments]
    with work_within(seconds):
        done = subprocess.run(
            [*command, "--scanners", "misconfig", "--timeout", "1"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
    return Result(done.returncode, done.stdout, done.stderr)


METADATA: dict[str, tuple[str, ...]] = {
    "endless": (f'__rego_metadata__ := {{"id": "X", "n": [1 | {ENDLESS.replace(chr(10), ";")}]}}',),
    "recursive": ("f(x) := f(x)", '__rego_metadata__ := {"id": f(1)}'),
}


@pytest.mark.parametrize("clauses", METADATA.values(), ids=METADATA)
def test_metadata_that_are_rules_are_bounded_too(tmp_path: Path, clauses: tuple[str, ...]) -> None:
    write(
        tmp_path, {**GOOD, "policy/bad.rego": module("user.bad", *clauses, 'deny contains "x" if input.no')}
    )
    result = in_process(tmp_path, seconds=8)
    assert result.code == 2
    assert "Traceback" not in result.err


def directory(path: Path) -> None:
    path.mkdir()


def dangling(path: Path) -> None:
    path.symlink_to("nowhere")


def loop(path: Path) -> None:
    path.symlink_to(path.name)


@pytest.mark.parametrize(
    "make",
    [
        directory,
        dangling,
        loop,
        pytest.param(os.mkfifo),
    ],
)
def test_what_is_no_policy_file_in_a_policy_folder(tmp_path: Path, make: Callable[[Path], None]) -> None:
    write(tmp_path, GOOD)
    make(tmp_path / "policy/x.rego")
    try:
        result = in_process(tmp_path, seconds=8)
    except subprocess.TimeoutExpired:
        pytest.fail("it hangs")
    assert "Traceback" not in result.err
    assert "1 open" in result.out


def test_a_policy_that_is_not_utf8(tmp_path: Path) -> None:
    write(tmp_path, {**GOOD, "policy/bad.rego": b"package user.bad\n# \xff\n"})
    verdict = verdict_of(tmp_path)
    (fault,) = verdict.faults
    assert "not UTF-8" in fault.message
    assert rules(verdict, "open") == ["user.ok.deny"]


DATA: dict[str, tuple[str, str]] = {
    "deep JSON": ("x.json", '{"a":' * 100_000 + "1" + "}" * 100_000),
    "deep YAML": ("x.yaml", f"a: {'[' * 100_000}{']' * 100_000}"),
    "a bomb": ("x.yaml", bomb(12)),
}


@pytest.mark.parametrize(("name", "content"), DATA.values(), ids=DATA)
def test_data_are_bounded(tmp_path: Path, name: str, content: str) -> None:
    import resource

    write(tmp_path, {**GOOD, f"data/{name}": content})
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, before[1]))
    try:
        result = in_process(tmp_path, "--data", "data", seconds=10)
    except subprocess.TimeoutExpired:
        pytest.fail("it hangs")
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert result.code == 2
    assert "Traceback" not in result.err
    assert name in result.err


def test_data_silence_no_check(tmp_path: Path) -> None:
    """As in OPA, where data and rules may not share a path."""
    write(tmp_path, {**GOOD, "data/x.json": '{"user": {"ok": {"deny": []}}}'})
    result = scan_cli(tmp_path, "--data", "data")
    assert result.code == 2 or "1 open" in result.out
