"""Through the real tools: what they hide with an exported file is what the gate excepts of their report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reprieve.export.concrete import excepted
from reprieve.export.interface import Given, Grant, Job, Target
from reprieve.findings.model import Finding
from reprieve.record import glob
from tests.export.jobs import CHARTER, granted, report, written
from tests.export.worlds import kubernetes, pattern_of, trivy
from tests.export.worlds.doublestar import matches
from tests.peers import FOLDER, needs, program, run
from tests.support import git

REPOSITORY = Target(CHARTER, repository="https://git.example.com/app")


def judged(given_: Given, *grants: Grant, target: Target = REPOSITORY) -> tuple[Counter[Any], Counter[Any]]:
    """The findings of a report that the gate excepts, and the others."""
    excepted_, open_ = Counter[Any](), Counter[Any]()
    for one in excepted(Job(grants, target, [given_])):
        (excepted_ if one.entries else open_)[_place(one.finding)] += 1
    return excepted_, open_


def shown(given_: Given) -> Counter[Any]:
    """The findings that are left in a report."""
    return Counter(_place(finding) for finding in given_.findings if finding.suppressed is None)


def _place(finding: Finding) -> tuple[Any, ...]:
    return finding.check, finding.path, finding.resource, finding.line


# --- detect-secrets, from our own requirements


def _scan(folder: Path) -> Given:
    command = [sys.executable, "-m", "detect_secrets", "scan", "--all-files", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return report(done.stdout, REPOSITORY)


def test_detect_secrets(tmp_path: Path) -> None:
    secrets = ["hunter" + str(number) * 9 for number in range(3)]
    for number, secret in enumerate(secrets):
        (tmp_path / f"app{number}.py").write_text(f'password = "{secret}"\n')
    scan = _scan(tmp_path)
    assert len(scan.findings) == 3
    grant = granted({"checks": ["Secret Keyword"], "paths": ["app1.py"]})
    done = written("detect-secrets", grant, target=REPOSITORY, reports=(scan,))
    baseline = tmp_path / ".secrets.baseline"
    baseline.write_text(done.files[""])
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    hook = [sys.executable, "-m", "detect_secrets.pre_commit_hook", "--json", "--baseline", baseline.name]
    names = sorted(path.name for path in tmp_path.glob("*.py"))
    out = subprocess.run([*hook, *names], cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    reported = json.loads(out)["results"]
    assert sorted(reported) == ["app0.py", "app2.py"]


# --- Checkov

TERRAFORM = """
resource "aws_s3_bucket" "logs" {
  bucket = "logs"
}

resource "aws_s3_bucket" "pictures" {
  bucket = "pictures"
}

resource "aws_security_group_rule" "all" {
  type        = "ingress"
  from_port   = 0
  to_port     = 65535
  protocol    = "tcp"
  cidr_blocks = ["0.0.0.0/0"]
}
"""


def _checkov(folder: Path, *options: str) -> Given:
    arguments = ("-d", ".", "-o", "json", "--framework", "terraform", "--skip-download", "--soft-fail")
    done = run("checkov/bin/checkov", *arguments, *options, cwd=folder)
    return report(done.stdout or done.stderr, REPOSITORY)


@pytest.fixture(scope="module")
def terraform(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("terraform")
    (folder / "main.tf").write_text(TERRAFORM)
    (folder / "other").mkdir()
    (folder / "other" / "main.tf").write_text(TERRAFORM.replace('"all"', '"every"'))
    return folder


@needs("checkov")
def test_checkov_configuration(terraform: Path, tmp_path: Path) -> None:
    before = _checkov(terraform)
    grant = granted({"checks": ["CKV_AWS_18", "CKV2_AWS_6?"], "repositories": ["*/app"]})
    done = written("checkov", grant, target=REPOSITORY)
    config = tmp_path / ".checkov.yaml"
    config.write_text(done.files[""])
    hidden, open_ = judged(before, grant)
    assert hidden
    assert not done.left
    assert shown(_checkov(terraform, "--config-file", str(config))) == open_


@needs("checkov")
def test_checkov_baseline(terraform: Path, tmp_path: Path) -> None:
    before = _checkov(terraform)
    by_resource = granted({"checks": ["CKV*"], "resources": ["aws_s3_bucket.logs"]})
    by_path = granted({"checks": ["CKV*"], "paths": ["other/*"]}, number=8)
    done = written("checkov-baseline", by_resource, by_path, target=REPOSITORY, reports=(before,))
    baseline = tmp_path / ".checkov.baseline"
    baseline.write_text(done.files[""])
    after = shown(_checkov(terraform, "--baseline", str(baseline)))
    _, without = judged(before, by_resource)
    _, with_both = judged(before, by_resource, by_path)
    assert after == without, "what goes by file is left to the gate"
    assert with_both < without
    assert any("in whatever file" in one.reason for one in done.left)


# --- Semgrep

RULES = """
rules:
  - {id: no-eval, languages: [python], severity: ERROR, message: eval, pattern: eval(...)}
  - {id: no-eval-at-all, languages: [python], severity: ERROR, message: any, pattern: eval($X)}
"""


def _semgrep(folder: Path, *options: str) -> Given:
    arguments = ("scan", "--json", "--metrics=off", "--disable-version-check", "--config", "rules.yml")
    done = run("semgrep/bin/semgrep", *arguments, *options, "app.py", cwd=folder)
    assert done.stdout, done.stderr
    return report(done.stdout, REPOSITORY)


@needs("semgrep")
def test_semgrep(tmp_path: Path) -> None:
    (tmp_path / "rules.yml").write_text(RULES)
    (tmp_path / "app.py").write_text("eval(input())\n")
    before = _semgrep(tmp_path)
    assert sorted(finding.check for finding in before.findings) == ["no-eval", "no-eval-at-all"]
    grant = granted({"type": "code", "checks": ["no-eval"], "repositories": ["*/app"]})
    options = written("semgrep", grant, target=REPOSITORY).files[""].split()
    hidden, open_ = judged(before, grant)
    assert hidden
    assert shown(_semgrep(tmp_path, *options)) == open_


# --- Prowler

_MUTED = """
import json, sys
from prowler.lib.mutelist.mutelist import Mutelist

class Any(Mutelist):
    def is_finding_muted(self):
        raise NotImplementedError

mutelist = Any(mutelist_path=sys.argv[1])
assert mutelist.mutelist, "refused"
for line in sys.stdin:
    print(mutelist.is_muted(*json.loads(line), ""))
"""


@needs("prowler")
def test_prowler_reads_a_mutelist_as_its_model_does(tmp_path: Path) -> None:
    scopes: list[dict[str, Any]] = [
        {"checks": ["core_*"], "clusters": ["prod"], "namespaces": ["bill?ng", "*"], "resources": ["*/web*"]},
        {"checks": ["rbac_root"], "clusters": ["prod", "dev"], "namespaces": ["user-1"]},
        {"checks": ["core_x"], "clusters": ["prod"], "resources": ["*/a.b"]},
    ]
    done = written("prowler", granted(*scopes))
    assert not done.left
    file = tmp_path / "mutelist.yaml"
    file.write_text(done.files[""])
    asked = [
        (cluster, check, namespace, name)
        for cluster in ("prod", "dev", "prod2")
        for check in ("core_x", "core_xy", "xcore_x", "rbac_root")
        for namespace in ("billing", "user-1", "user-10", "cluster-wide")
        for name in ("web", "web-1", "aweb", "a.b", "axb")
    ]
    stdin = "".join(f"{json.dumps(one)}\n" for one in asked)
    out = run("prowler/bin/python", "-c", _MUTED, str(file), cwd=tmp_path, stdin=stdin)
    muted = [line == "True" for line in out.stdout.splitlines()]
    assert len(muted) == len(asked), out.stderr
    keys = ("cluster", "check", "namespace", "name")
    raws = [{"provider": "kubernetes", **dict(zip(keys, one, strict=True))} for one in asked]
    raws = [raw | {"namespace": raw["namespace"].removeprefix("cluster-wide")} for raw in raws]
    assert muted == [kubernetes.PROWLER.silenced(done.files, raw, REPOSITORY) for raw in raws]
    wanted = [any(_covers(scope, *one) for scope in scopes) for one in asked]
    assert muted == wanted
    assert any(muted)


def _covers(scope: dict[str, list[str]], cluster: str, check: str, namespace: str, name: str) -> bool:
    facts = {"clusters": cluster, "checks": check, "resources": f"Pod/{name}"}
    if namespace != "cluster-wide":
        facts["namespaces"] = namespace
    return all(
        key in facts and any(glob.matches(pattern, facts[key]) for pattern in patterns)
        for key, patterns in scope.items()
    )


# --- Gitleaks

_GITLEAKS_RULES = """
[[rules]]
id = "token"
description = "a token"
regex = '''token-[0-9a-f]{16}'''
"""


def _gitleaks(folder: Path) -> Given:
    arguments = ("dir", ".", "--config", "rules.toml", "--report-format", "json", "--report-path", "-")
    done = run("go/gitleaks", *arguments, "--no-banner", "--exit-code", "0", cwd=folder)
    return report(done.stdout or "[]", REPOSITORY)


@needs("go/gitleaks")
def test_gitleaks(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text(_GITLEAKS_RULES)
    lines = [f"token-{number:016x}\n" for number in range(1, 4)]
    (tmp_path / "a.txt").write_text("".join(lines))
    (tmp_path / "b.txt").write_text(lines[0])
    before = _gitleaks(tmp_path)
    assert len(before.findings) == 4
    grant = granted({"checks": ["token"], "paths": ["a.txt"]})
    done = written("gitleaks", grant, target=REPOSITORY, reports=(before,))
    (tmp_path / ".gitleaksignore").write_text(done.files[""])
    hidden, open_ = judged(before, grant)
    assert sum(hidden.values()) == 3
    assert shown(_gitleaks(tmp_path)) == open_


# --- Snyk

_SNYK = """
const found = JSON.parse(require("fs").readFileSync(0, "utf-8"));
require("snyk-policy").load(".").then(policy => {
  const left = policy.filter({ok: false, vulnerabilities: found});
  console.log(JSON.stringify(left.vulnerabilities.map(one => one.id)));
});
"""


@needs("snyk/node_modules")
def test_snyk(tmp_path: Path) -> None:
    """Through the library that the Snyk CLI reads its policy with; a record that is over hides nothing."""
    over = {"requested": "2026-01-01", "expires": "2026-02-01", "remediation": {"target": "2026-02-01"}}
    grants = (
        granted({"checks": ["SNYK-JS-A-1"], "repositories": ["*/app"]}, expires="2099-01-30"),
        granted({"checks": ["SNYK-JS-A-2"], "repositories": ["*/app"]}, number=8, **over),
    )
    (tmp_path / ".snyk").write_text(written("snyk", *grants, target=REPOSITORY).files[""])
    ids = ("SNYK-JS-A-1", "SNYK-JS-A-2", "SNYK-JS-A-12")
    found = [{"id": id_, "from": ["app@1", "a@1"], "severity": "high"} for id_ in ids]
    done = subprocess.run(
        ["node", "-e", _SNYK],
        cwd=tmp_path,
        input=json.dumps(found),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "NODE_PATH": str(FOLDER / "snyk" / "node_modules")},
    )
    assert json.loads(done.stdout) == ["SNYK-JS-A-2", "SNYK-JS-A-12"]


# --- Conftest

CONFTEST = program("conftest")
_POLICY = """
package main

import rego.v1

deny_root contains "root" if input.root

warn_root contains "root" if input.root

deny_rootless contains "rootless" if input.root
"""


@needs("conftest")
def test_conftest(tmp_path: Path) -> None:
    checks = [f"main.{kind}_root" for kind in ("deny", "violation", "warn")]
    grant = granted({"checks": checks, "repositories": ["*/app"]})
    for name, text in written("rego", grant, target=REPOSITORY).files.items():
        path = tmp_path / "policy" / name
        path.parent.mkdir(parents=True)
        path.write_text(text)
    (tmp_path / "policy" / "main.rego").write_text(_POLICY)
    (tmp_path / "input.yaml").write_text("root: true\n")
    command = [str(CONFTEST), "test", "--output", "json", "input.yaml"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    (result,) = json.loads(done.stdout)
    assert [one["msg"] for one in result["failures"]] == ["rootless"]
    assert not result.get("warnings")
    assert result["exceptions"]


# --- OPA, on what Trivy asks its ignore policy

OPA = program("opa")


@needs("opa")
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(raws=trivy.raws(REPOSITORY))
def test_trivy_policy_in_opa(raws: list[dict[str, Any]]) -> None:
    """Trivy evaluates it with OPA, as Rego v0; our own engine, in the models, is another."""
    grants = (
        granted({"checks": ["KSV*"], "resources": ["aws*"]}),
        granted({"checks": ["CVE-*"], "packages": ["pkg:npm/*"]}, voids=["fix-available", "severity-raised"]),
        granted({"checks": ["github-pat", "MIT"], "repositories": ["*"]}),
    )
    files = written("trivy-policy", *grants, target=REPOSITORY).files
    with tempfile.TemporaryDirectory() as folder:
        policy = Path(folder) / "policy.rego"
        policy.write_text(files[""])
        for raw in raws:
            command = [str(OPA), "eval", "--v0-compatible", "-d", str(policy), "-I", "data.trivy.ignore"]
            body = json.dumps(trivy.body(raw))
            done = subprocess.run(command, input=body, capture_output=True, text=True, check=True)
            (result,) = json.loads(done.stdout)["result"]
            assert result["expressions"][0]["value"] == trivy.by_policy(files, raw, REPOSITORY)


# --- The languages of patterns, as Go has them

_TEXTS = ("infra", "infra/a.tf", "infra/b/a.tf", "a", "a/b", "a.b", "axb", "x/y/z.yaml", "ab", "")


def _go(asked: list[tuple[str, str, str]], cwd: Path) -> list[bool]:
    done = run("go/globs", cwd=cwd, stdin="".join(f"{json.dumps(one)}\n" for one in asked))
    assert done.returncode == 0, done.stderr
    return [line == "true" for line in done.stdout.split()]


@needs("go/globs")
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(patterns=st.lists(st.sampled_from(_TEXTS[:-1]).flatmap(pattern_of), min_size=30, max_size=60))
def test_patterns_in_go(patterns: list[str]) -> None:
    from reprieve.export.patterns import doublestar, regex

    cwd = Path.cwd()
    asked = [(pattern, text) for pattern in patterns for text in _TEXTS if text]
    globs = [[(one, text) for one in doublestar(pattern)] for pattern, text in asked]
    flat = [("doublestar", one, text) for alternatives in globs for one, text in alternatives]
    answers = iter(_go(flat, cwd))
    for (pattern, text), alternatives in zip(asked, globs, strict=True):
        in_go = [next(answers) for _ in alternatives]
        assert in_go == [matches(one, text) for one, text in alternatives], (pattern, text, alternatives)
        assert any(in_go) == glob.matches(pattern, text), (pattern, text, alternatives)
    expressions = [("regexp", regex(pattern), text) for pattern in patterns for text in _TEXTS]
    wanted = [bool(text) and glob.matches(pattern, text) for pattern in patterns for text in _TEXTS]
    assert _go(expressions, cwd) == wanted
    wildcards = [("wildcard", pattern, text) for pattern, text in asked if "?" not in pattern]
    assert _go(wildcards, cwd) == [kubernetes.wildcard(pattern, text) for _, pattern, text in wildcards]
