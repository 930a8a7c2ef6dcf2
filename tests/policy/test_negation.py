"""`not` over what may be missing: found wherever OPA would say otherwise, and nowhere else."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from reprieve.policy.engine import Engine
from reprieve.policy.module import parse
from reprieve.policy.negation import negations
from tests import peers
from tests.policy.scanning import module, write
from tests.support import run_cli

HELPERS = """\
f(x) if x == 1
g(x) := x
maybe := 1 if input.missing
default always := 5
always := 1 if input.missing
some_set contains 1 if input.missing
"""
INPUT = {"a": 1, "list": [2], "map": {}}

TRUE_IN_BOTH = [
    "not input.missing",
    "not input.missing == 1",
    "not input.missing == input.a",
    "not input.a.b.c == 2",
    'not f(object.get(input, "missing", 5))',
    "not f(always)",
    "not 2 in some_set",
    "not maybe",
    "x := 5; not f(x)",
    "not [y | y := input.missing.z] == [1]",
]
TRUE_HERE_ALONE = [
    "not f(input.missing)",
    "not g(input.missing)",
    "not f(input.missing.x)",
    "not input.missing > 1",
    "not input.missing != 1",
    'not startswith(input.missing, "a")',
    "not is_string(input.missing)",
    "not count(input.missing) > 1",
    "not input.missing in {1}",
    'not "a" in input.missing',
    "not input.map[input.missing]",
    "not {input.missing} == {1}",
    "not f(maybe)",
    "x := input.map; not f(x.missing)",
]
GUARDED = [
    "input.a; not input.a > 1",
    "input.a.b.c; not f(input.a.b)",
    "is_number(input.a); not input.a > 1",
    "x := input.a; not x > 1",
    "some x in input.list; not x > 2",
]


def rego(body: str) -> str:
    return module("user", HELPERS, f"rule if {{ {body} }}")


@pytest.mark.parametrize("body", [*TRUE_HERE_ALONE, *TRUE_IN_BOTH])
def test_the_engine_says_true(body: str) -> None:
    engine = Engine()
    engine.add_module("a.rego", rego(body), v0=False)
    engine.set_input(json.dumps(INPUT).encode())
    assert engine.evaluate("data.user.rule") is True


@pytest.mark.parametrize("body", TRUE_HERE_ALONE)
def test_what_opa_leaves_undefined_is_found(body: str) -> None:
    assert len(negations(parse("a.rego", rego(body)))) == 1


@pytest.mark.parametrize("body", [*TRUE_IN_BOTH, *GUARDED])
def test_nothing_else_is_found(body: str) -> None:
    assert negations(parse("a.rego", rego(body))) == []


OPA = peers.program("opa")


@peers.needs("opa")
@pytest.mark.parametrize("body", [*TRUE_HERE_ALONE, *TRUE_IN_BOTH])
def test_opa_says_so(body: str, tmp_path: Path) -> None:
    assert OPA is not None
    write(tmp_path, {"a.rego": rego(body), "input.json": json.dumps(INPUT)})
    arguments = ["eval", "--data", tmp_path / "a.rego", "--input", tmp_path / "input.json", "data.user.rule"]
    run = subprocess.run([OPA, *arguments], capture_output=True, check=True)
    assert bool(json.loads(run.stdout)) == (body in TRUE_IN_BOTH)


def test_lint_warns_of_it_in_checks_and_exceptions(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "policy/a.rego": module(
                "user.a",
                'deny contains "a" if not startswith(input.name, "a")',
                'exception contains [""] if {\n    input.kind == "Pod"\n    not input.replicas > 1\n}',
            )
        },
    )
    said = run_cli("policy", "lint", "policy", "--no-builtin", "--output", "json", cwd=tmp_path).json()
    found = [(one["level"], one["line"]) for one in said["problems"] if one["rule"] == "negation"]
    assert found == [("warning", 3), ("warning", 6)]
