"""`reprieve scan`: what is recognised, where findings are, what custom policies say, what is remembered."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reprieve.verdict import Verdict
from tests.policy.scanning import POD, module, report_of, rules, scan_cli, verdict_of, write

KINDS = module("user.kinds", 'deny contains sprintf("%v", [object.get(input, "kind", "none")])')


def messages(verdict: Verdict) -> list[str]:
    return sorted(finding.message for finding in verdict.findings)


def places(verdict: Verdict) -> list[tuple[str | None, int | None, int | None]]:
    return [(finding.resource, finding.line, finding.end_line) for finding in verdict.findings]


# --- what is recognised

OBJECT = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "api"}}
LISTED = {"apiVersion": "v1", "kind": "List", "items": [OBJECT, {**OBJECT, "kind": "Secret"}]}
DOCUMENTS: dict[str, tuple[str, str, list[str]]] = {
    "an object": ("a.yaml", POD, ["Pod"]),
    "in JSON": ("a.json", json.dumps(OBJECT), ["Pod"]),
    "in JSON, over many lines": ("a.json", json.dumps(OBJECT, indent=2), ["Pod"]),
    "under any name": ("manifest.txt", POD, ["Pod"]),
    "many documents": (
        "a.yaml",
        f"---\n{POD}---\n# nothing\n---\n{POD.replace('Pod', 'Secret')}",
        ["Pod", "Secret"],
    ),
    "a List": ("a.yaml", json.dumps(LISTED), ["Pod", "Secret"]),
    "a typed list": (
        "a.json",
        json.dumps({"apiVersion": "v1", "kind": "PodList", "items": [{"metadata": {"name": "api"}}]}),
        ["Pod"],
    ),
    "an empty List": ("a.json", json.dumps({**LISTED, "items": []}), []),
    "a list of objects": ("a.json", json.dumps([OBJECT, OBJECT]), ["Pod", "Pod"]),
    "quoted keys": ("a.yaml", '"apiVersion": v1\n"kind": Pod\nmetadata: {name: api}\n', ["Pod"]),
    "plain YAML": ("a.yaml", "a: 1\n", ["none"]),
    "plain YAML of many documents": ("a.yml", "a: 1\n---\na: 2\n", ["none", "none"]),
    "plain JSON": ("a.json", '{"a": 1}', ["none"]),
    "plain TOML": ("a.toml", "a = 1\n", ["none"]),
    "an empty file": ("a.yaml", "", []),
    "comments alone": ("a.yaml", "# nothing\n", []),
    "text": ("notes.txt", "apiVersion and kind\n", []),
}


@pytest.mark.parametrize(("name", "content", "found"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_documents_of_a_file(tmp_path: Path, name: str, content: str, found: list[str]) -> None:
    write(tmp_path, {"policy/kinds.rego": KINDS, f"src/{name}": content})
    verdict = verdict_of(tmp_path)
    assert verdict.faults == []
    # One message for two documents of the same kind in one file is two findings still.
    assert messages(verdict) == found
    kinds = sorted((one.resource or "none").partition("/")[0] for one in verdict.findings)
    assert kinds == found, "Kubernetes is taken for what it is"


HIDDEN: dict[str, str] = {
    "in flow style": "{apiVersion: v1, kind: Pod, metadata: {name: api}}\n",
    "an anchor on a key": "&a apiVersion: v1\nkind: Pod\nmetadata: {name: api}\n",
    "a tag on a key": "!!str apiVersion: v1\nkind: Pod\nmetadata: {name: api}\n",
    "complex keys": "? apiVersion\n: v1\n? kind\n: Pod\nmetadata: {name: api}\n",
    "an escape in a key": '"api\\x56ersion": v1\nkind: Pod\nmetadata: {name: api}\n',
    "carriage returns alone": "metadata: {name: api}\rapiVersion: v1\rkind: Pod\r",
}


@pytest.mark.parametrize("text", HIDDEN.values(), ids=HIDDEN)
def test_no_spelling_hides_an_object(tmp_path: Path, text: str) -> None:
    write(tmp_path, {"policy/kinds.rego": KINDS, "src/a.yaml": text})
    assert [one.resource for one in verdict_of(tmp_path).findings] == ["Pod/api"]


DOCKER = """
deny contains res if {
  some stage in input.Stages
  some command in stage.Commands
  command.Cmd == "run"
  res := result.new(sprintf("%s: %s", [stage.Name, command.Value[0]]), command)
}
"""


@pytest.mark.parametrize("name", ["Dockerfile", "api.Dockerfile", "Dockerfile.dev", "Containerfile"])
def test_a_dockerfile_as_trivy_shows_it(tmp_path: Path, name: str) -> None:
    text = "FROM alpine:3.20 AS build\n\nRUN apk add git \\\n  && true\nFROM scratch\n"
    write(tmp_path, {"policy/docker.rego": module("user.docker", DOCKER), f"src/{name}": text})
    (finding,) = verdict_of(tmp_path).findings
    assert finding.message.startswith("alpine:3.20 AS build: apk add git")
    assert (finding.line, finding.end_line) == (3, 4)


def test_kubectl_on_standard_input(tmp_path: Path) -> None:
    write(tmp_path, {"policy/kinds.rego": KINDS, "src/a.yaml": POD})
    result = scan_cli(tmp_path, "-", "--output", "json", stdin=json.dumps(LISTED))
    found = {(one["message"], one["path"], one["resource"]) for one in result.json()["findings"]}
    assert found == {("Pod", "-", "Pod/api"), ("Secret", "-", "Secret/api")}


def test_standard_input_and_files_together(tmp_path: Path) -> None:
    write(tmp_path, {"policy/kinds.rego": KINDS, "src/a.yaml": POD})
    result = scan_cli(tmp_path, "-", "src", "--output", "json", stdin=json.dumps(LISTED))
    assert len(result.json()["findings"]) == 3


def test_the_kind_of_input_can_be_said(tmp_path: Path) -> None:
    write(tmp_path, {"policy/kinds.rego": KINDS, "src/a.conf": "kind: this\n"})
    assert messages(verdict_of(tmp_path)) == []
    assert messages(verdict_of(tmp_path, kind="plain")) == ["this"]
    assert scan_cli(tmp_path, "--input-kind", "spreadsheet").code == 2


def test_templates_of_a_chart_are_left_out_and_counted(tmp_path: Path) -> None:
    template = POD.replace("name: api", "name: {{ .Release.Name }}", 1)
    files = {"policy/kinds.rego": KINDS, "src/chart/Chart.yaml": "name: shop\n", "src/rendered.yaml": POD}
    write(
        tmp_path,
        {**files, "src/chart/templates/pod.yaml": template, "src/chart/templates/sub/b.yaml": template},
    )
    scanned = report_of(tmp_path)
    assert [one.path for one in scanned.report.findings if one.message == "Pod"] == [
        str(tmp_path / "src/rendered.yaml")
    ]
    assert scanned.report.faults == ()
    assert scanned.looked.skipped == {"Helm template, not rendered": 2}


def test_what_git_ignores_is_left_out(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "policy/kinds.rego": KINDS,
            "src/a.yaml": POD,
            "src/build/b.yaml": POD,
            "src/.gitignore": "build/\n",
        },
    )
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    assert places(verdict_of(tmp_path)) == [("Pod/api", 1, 9)]
    named = verdict_of(tmp_path, str(tmp_path / "src/build/b.yaml"))
    assert len(named.findings) == 1, "what is named is scanned"


def test_a_folder_of_which_git_ignores_everything_is_left_out_unless_it_is_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "policy/kinds.rego": KINDS,
            "src/a.yaml": POD,
            "src/.gitignore": "*\n",
            "out/rendered/b.yaml": POD,
            ".gitignore": "rendered/\n",
        },
    )
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    scanned = report_of(tmp_path)
    assert scanned.report.findings == []
    assert scanned.looked.skipped == {"folder of which git knows nothing": 1}
    assert report_of(tmp_path, str(tmp_path / "out")).report.findings == []
    assert len(report_of(tmp_path, str(tmp_path / "out/rendered")).report.findings) == 1


def test_nothing_is_scanned_twice(tmp_path: Path) -> None:
    write(tmp_path, {"policy/kinds.rego": KINDS, "src/a.yaml": POD})
    path = str(tmp_path / "src")
    assert len(verdict_of(tmp_path, path, f"{path}/a.yaml", f"{path}/../src").findings) == 1


def test_a_repository_within_a_repository_is_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"policy/kinds.rego": KINDS, "src/vendor/a.yaml": POD})
    for folder in (tmp_path / "src/vendor", tmp_path):
        subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    scanned = report_of(tmp_path)
    assert scanned.report.findings or scanned.looked.skipped or scanned.report.faults


# --- where

CONTAINERS = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
spec:
  template:
    spec:
      containers:
        - name: one
          image: a
          securityContext:
            privileged: true

        - name: two
          image: b
          securityContext:
            privileged: true
      # the end
      volumes: []
"""
EACH = """
deny contains res if {{
  some c in input.spec.template.spec.containers
  res := {}
}}
"""
CAUSES = {
    "the container": ("result.new(sprintf(\"Container '%s'\", [c.name]), c)", [(9, 12), (14, 17)]),
    "its equal contexts": (
        "result.new(sprintf(\"Container '%s'\", [c.name]), c.securityContext)",
        [(11, 12), (16, 17)],
    ),
    "a name that the message quotes": ("sprintf(\"Container '%s'\", [c.name])", [(9, 12), (14, 17)]),
    "the object": ('result.new(sprintf("%s", [c.name]), input)', [(1, 19), (1, 19)]),
    "something made up": ('result.new(sprintf("%s", [c.name]), {"no": "such"})', [(1, 19), (1, 19)]),
    "an empty list": (
        'result.new(sprintf("%s", [c.name]), input.spec.template.spec.volumes)',
        [(1, 19), (1, 19)],
    ),
    "lines of its own": ('{"msg": c.name, "startline": 3, "endline": 4}', [(3, 4), (3, 4)]),
}


@pytest.mark.parametrize(("result", "lines"), CAUSES.values(), ids=CAUSES)
def test_first_and_last_line_of_the_cause(tmp_path: Path, result: str, lines: list[tuple[int, int]]) -> None:
    write(tmp_path, {"policy/each.rego": module("user.each", EACH.format(result)), "src/a.yaml": CONTAINERS})
    found = sorted(verdict_of(tmp_path).findings, key=lambda one: one.message)
    assert [(one.line, one.end_line) for one in found] == lines
    assert {one.resource for one in found} == {"Deployment/api"}


def test_lines_in_a_later_document_and_in_a_list(tmp_path: Path) -> None:
    listed = "apiVersion: v1\nkind: List\nitems:\n" + "".join(
        f"  {line}\n" for line in f"- {POD}".splitlines()[:1]
    )
    listed += "".join(f"    {line}\n" for line in POD.splitlines()[1:])
    files = {"policy/kinds.rego": KINDS, "src/a.yaml": f"a: 1\n---\n{POD}---\n{POD}", "src/b.yaml": listed}
    found = places(verdict_of(write(tmp_path, files)))
    assert sorted(place for place in found if place[0]) == [
        ("Pod/api", 3, 11),
        ("Pod/api", 4, 12),
        ("Pod/api", 13, 21),
    ]


def test_the_table_shows_the_lines(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "policy/e.rego": module("user.e", EACH.format(CAUSES["its equal contexts"][0])),
            "src/a.yaml": CONTAINERS,
        },
    )
    out = scan_cli(tmp_path).out
    assert "src/a.yaml:11" in out
    assert "17 |" in out


# --- custom policies

MESSAGES = {
    "a string": ('deny contains "text"', "text"),
    "an object with msg": ('deny contains {"msg": "text", "more": 1}', "text"),
    "an object with message": ('deny contains {"message": "text"}', "text"),
    "an object without": ('deny contains {"why": "text"}', '{"why":"text"}'),
    "a number": ("deny contains 7", "7"),
    "a complete string": ('deny := "text"', "text"),
    "a complete list": ('deny := ["text"]', "text"),
    "result.new": ('deny contains result.new("text", {})', "text"),
    "metadata by annotation": ("# METADATA\n# title: text\ndeny contains rego.metadata.rule().title", "text"),
    "metadata of the chain": (
        "# METADATA\n# title: text\ndeny contains rego.metadata.chain()[0].annotations.title",
        "text",
    ),
    "a managed element": ('deny contains "text" if isManaged(input)', "text"),
}


@pytest.mark.parametrize(("rule", "message"), MESSAGES.values(), ids=MESSAGES)
def test_messages(tmp_path: Path, rule: str, message: str) -> None:
    write(tmp_path, {"policy/p.rego": module("user.p", rule), "src/a.yaml": POD})
    verdict = verdict_of(tmp_path)
    assert (messages(verdict), verdict.faults) == ([message], [])


@pytest.mark.parametrize(
    "rule",
    ["deny := false", "deny := []", "deny contains 1 if false", "default deny := false", "deny(x) := x"],
)
def test_nothing_is_said(tmp_path: Path, rule: str) -> None:
    write(tmp_path, {"policy/p.rego": module("user.p", rule), "src/a.yaml": POD})
    verdict = verdict_of(tmp_path)
    assert (messages(verdict), verdict.faults) == ([], [])


def test_which_rules_report_and_how_bad_it_is(tmp_path: Path) -> None:
    names = (
        "deny",
        "deny_x",
        "violation",
        "violation_x_y",
        "warn",
        "warn_x",
        "denyx",
        "xdeny",
        "allow",
        "denies",
    )
    write(
        tmp_path,
        {"policy/p.rego": module("user.p", *(f'{name} contains "m"' for name in names)), "src/a.yaml": POD},
    )
    verdict = verdict_of(tmp_path)
    found = {one.policy.rule: one.severity for one in verdict.findings if one.policy}
    denials = dict.fromkeys(("deny", "deny_x", "violation", "violation_x_y"), "unknown")
    assert found == {**denials, "warn": "info", "warn_x": "info"}
    assert verdict.summary.open == 4, "warnings are below `low`"


ANNOTATED = """\
# METADATA
# title: A title
# description: |
#   Two
#   lines.
# scope: package
# related_resources:
#   - https://example.com/a
# custom:
#   id: SHOP-1
#   aliases: [SHOP-0001]
#   severity: HIGH
#   recommended_action: Do it.
package user.p
import rego.v1
deny contains "m"
"""
RULED = """\
package user.p
__rego_metadata__ := {"id": "SHOP-1", "title": "A title", "severity": "HIGH", "avd_id": "SHOP-0001"}
deny[msg] { msg := "m" }
"""
WORKED_OUT = """\
package user.p
import rego.v1
__rego_metadata__ := {"id": concat("-", ["SHOP", "1"]), "aliases": ["SHOP-0001"], "severity": upper("high")}
deny contains "m"
"""
OLD = RULED.replace("__rego_metadata__", "__rego_metadata")
SAYS: dict[str, str] = {
    "annotations": ANNOTATED,
    "a rule": RULED,
    "a rule that is worked out": WORKED_OUT,
    "an old rule": OLD,
}


@pytest.mark.parametrize("policy", SAYS.values(), ids=SAYS)
def test_what_a_check_says_of_itself(tmp_path: Path, policy: str) -> None:
    (finding,) = verdict_of(write(tmp_path, {"policy/p.rego": policy, "src/a.yaml": POD})).findings
    assert (finding.check, finding.aliases, finding.severity) == ("SHOP-1", ("SHOP-0001",), "high")


SELECTED = {
    "kubernetes": ('{"type": "kubernetes"}', ["Pod", "Secret"]),
    "a kind of it": ('{"type": "kubernetes", "subtypes": [{"kind": "secret"}]}', ["Secret"]),
    "rbac": ('{"type": "rbac"}', ["Pod", "Secret"]),
    "yaml": ('{"type": "yaml"}', ["Pod", "Secret", "none"]),
    "json": ('{"type": "json"}', []),
    "dockerfile": ('{"type": "dockerfile"}', []),
    "what is not known": ('{"type": "helm"}', []),
    "two": ('{"type": "dockerfile"}, {"type": "kubernetes"}', ["Pod", "Secret"]),
}


@pytest.mark.parametrize("form", ["rule", "annotation"])
@pytest.mark.parametrize(("selector", "found"), SELECTED.values(), ids=SELECTED)
def test_which_documents_a_check_wants(tmp_path: Path, form: str, selector: str, found: list[str]) -> None:
    said = f'__rego_input__ := {{"selector": [{selector}]}}'
    about = f'# METADATA\n# scope: package\n# custom:\n#   input: {{"selector": [{selector}]}}\n'
    policy = (
        module("user.kinds", said) + KINDS.split("import rego.v1\n")[1] if form == "rule" else about + KINDS
    )
    files = {"src/a.yaml": f"{POD}---\n{POD.replace('Pod', 'Secret')}", "src/plain.yaml": "a: 1\n"}
    verdict = verdict_of(write(tmp_path, {**files, "policy/p.rego": policy}))
    assert (messages(verdict), verdict.faults) == (found, [])


COMBINED = """
__rego_input__ := {"combine": true, "selector": [{"type": "kubernetes"}]}
deny contains sprintf("%d documents", [count(input)])
deny_path contains res if {
  some one in input
  one.contents.kind == "Secret"
  not any_pod
  res := one.path
}
any_pod if { some one in input; one.contents.kind == "Pod" }
"""


def test_all_documents_at_once(tmp_path: Path) -> None:
    secret = POD.replace("Pod", "Secret")
    files = {
        "policy/p.rego": module("user.all", COMBINED),
        "src/a.yaml": secret,
        "src/b.yaml": f"{secret}---\n{secret}",
    }
    verdict = verdict_of(write(tmp_path, files))
    assert messages(verdict) == sorted(
        ["3 documents", str(tmp_path / "src/a.yaml"), str(tmp_path / "src/b.yaml")]
    )
    write(tmp_path, {"src/c.yaml": POD})
    assert messages(verdict_of(tmp_path)) == ["4 documents"]


def test_all_documents_of_every_kind_at_once(tmp_path: Path) -> None:
    """As `conftest --combine` gives them to a check without a selector."""
    policy = module(
        "user.all", '__rego_input__ := {"combine": true}', 'deny contains sprintf("%d", [count(input)])'
    )
    files = {"src/a.yaml": "a: 1\n", "src/b.json": "{}", "src/c.toml": "c = 1\n"}
    assert messages(verdict_of(write(tmp_path, {**files, "policy/p.rego": policy}))) == ["3"]


def test_namespaces_choose_among_custom_packages(tmp_path: Path) -> None:
    files = {
        f"policy/{name}.rego": module(name, 'deny contains "m"')
        for name in ("user.a", "user.a.b", "userx", "main")
    }
    write(tmp_path, {**files, "src/a.yaml": POD})
    assert rules(verdict_of(tmp_path, namespaces=("user",)), "open") == ["user.a.b.deny", "user.a.deny"]
    assert rules(verdict_of(tmp_path, namespaces=("user.a.b", "main")), "open") == [
        "main.deny",
        "user.a.b.deny",
    ]
    assert len(rules(verdict_of(tmp_path), "open")) == 4


def test_data_come_from_every_format_and_folder(tmp_path: Path) -> None:
    files = {
        "data/a.json": '{"a": [1]}',
        "data/b.yaml": "b: 2\n",
        "data/c.toml": "c = 3\n",
        "data/deep/er/d.json": '{"d": 4}',
        "data/ignored.txt": "x",
    }
    policy = module(
        "user.p", 'deny contains sprintf("%v %v %v %v", [data.a[0], data.b, data.c, data.deep.er.d])'
    )
    verdict = verdict_of(write(tmp_path, {**files, "policy/p.rego": policy, "src/a.yaml": POD}))
    assert messages(verdict) == ["1 2 3 4"]


@pytest.mark.parametrize("content", ["[1]", "{", "a: [", '"text"'])
def test_data_that_are_no_mapping_are_an_error(tmp_path: Path, content: str) -> None:
    write(tmp_path, {"data/x.yaml": content, "policy/p.rego": KINDS, "src/a.yaml": POD})
    result = scan_cli(tmp_path, "--data", "data")
    assert (result.code, "x.yaml" in result.err) == (2, True)


def test_a_policy_folder_that_is_not_there(tmp_path: Path) -> None:
    write(tmp_path, {"src/a.yaml": POD})
    result = scan_cli(tmp_path)
    assert (result.code, "policy" in result.err) == (2, True)


SHAPES = {
    "TOML": ("a.toml", '[owner]\nname = "x"\ndob = 1979-05-27T07:32:00Z\n', "owner.name", '"x"'),
    "TOML with a date": ("a.toml", "day = 1979-05-27\n", "day", '"1979-05-27"'),
    "JSON": ("a.json", '{"a": [1, {"b": null}]}', "a[1]", '{"b": null}'),
    "YAML with numbers as keys": ("a.yaml", "ports:\n  80: http\n", 'ports["80"]', '"http"'),
    "YAML with words for truth": ("a.yaml", "a: yes\nb: off\n", "a", "true"),
}


@pytest.mark.parametrize(("name", "content", "path", "value"), SHAPES.values(), ids=SHAPES)
def test_generic_input_has_the_shape_that_conftest_gives_it(
    tmp_path: Path, name: str, content: str, path: str, value: str
) -> None:
    policy = module("user.p", f'deny contains "as expected" if input.{path} == {value}')
    assert messages(verdict_of(write(tmp_path, {"policy/p.rego": policy, f"src/{name}": content}))) == [
        "as expected"
    ]


# --- what is remembered


def cached() -> list[Path]:
    return sorted(Path(os.environ["REPRIEVE_CACHE_DIR"]).glob("scans/*.msgpack"))


def findings_of(folder: Path, *options: str) -> list[Any]:
    return scan_cli(folder, "--output", "json", *options).json()["findings"]  # type: ignore[no-any-return]


@pytest.fixture
def twice(tmp_path: Path) -> Path:
    """A folder that was scanned once."""
    write(tmp_path, {"policy/kinds.rego": KINDS, "src/a.yaml": POD, "src/b.yaml": POD})
    assert len(findings_of(tmp_path)) == 2
    return tmp_path


def test_a_tree_that_did_not_change_says_the_same(twice: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = scan_cli(twice, "--no-cache", "--output", "sarif").out

    def refused(*_arguments: Any, **_options: Any) -> Any:
        raise AssertionError("something is evaluated again")

    monkeypatch.setattr("reprieve.policy.bundle.load", refused)
    assert scan_cli(twice, "--output", "sarif").out == whole


CHANGES: dict[str, tuple[dict[str, str], tuple[str, ...], list[str]]] = {
    "a file": ({"src/b.yaml": POD.replace("Pod", "Secret")}, (), ["Pod", "Secret"]),
    "a new file": ({"src/c.yaml": POD.replace("Pod", "Secret")}, (), ["Pod", "Pod", "Secret"]),
    "a policy": ({"policy/kinds.rego": KINDS.replace('"kind"', '"apiVersion"')}, (), ["v1", "v1"]),
    "a new policy": (
        {"policy/more.rego": module("user.more", 'deny contains "more"')},
        (),
        ["Pod", "Pod", "more", "more"],
    ),
    "an exception": ({"policy/e.rego": module("user.kinds", 'exception contains [""]')}, (), ["Pod", "Pod"]),
    "an option": ({}, ("--namespaces", "other"), []),
    "data": ({"data/x.json": "{}"}, ("--data", "data"), ["Pod", "Pod"]),
}


@pytest.mark.parametrize(("files", "options", "found"), CHANGES.values(), ids=CHANGES)
def test_what_changed_is_seen(
    twice: Path, files: dict[str, str], options: tuple[str, ...], found: list[str]
) -> None:
    write(twice, files)
    assert sorted(one["message"] for one in findings_of(twice, *options)) == found
    fresh = scan_cli(twice, "--output", "json", "--no-cache", *options).json()
    assert findings_of(twice, *options) == fresh["findings"]


def test_data_that_changed_are_seen(twice: Path) -> None:
    policy = module("user.data", 'deny contains sprintf("%v", [data.x])')
    write(twice, {"policy/data.rego": policy, "data/x.json": '{"x": 1}'})
    assert "1" in [one["message"] for one in findings_of(twice, "--data", "data")]
    write(twice, {"data/x.json": '{"x": 2}'})
    assert "2" in [one["message"] for one in findings_of(twice, "--data", "data")]


def test_an_exception_that_changed_is_seen(twice: Path) -> None:
    write(twice, {"policy/e.rego": module("user.kinds", 'exception contains [""]')})
    assert {one["disposition"] for one in findings_of(twice)} == {"excepted"}
    (twice / "policy/e.rego").unlink()
    assert {one["disposition"] for one in findings_of(twice)} == {"open"}


@pytest.mark.parametrize("what", ["a file", "a check"])
def test_faults_are_not_remembered(twice: Path, what: str) -> None:
    crash = module("user.crash", 'deny contains "m" if to_number(input.metadata.name) > 1')
    write(
        twice, {"src/c.yaml": "apiVersion: v1\nkind: [\n"} if what == "a file" else {"policy/c.rego": crash}
    )
    first, second = (scan_cli(twice, "--output", "json") for _ in range(2))
    assert first.code == second.code == 2
    assert first.json()["faults"] == second.json()["faults"] != []


def nothing(path: Path) -> None:
    path.write_bytes(b"")


def garbage(path: Path) -> None:
    path.write_bytes(b"\xc1 no messagepack" * 100)


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def another_shape(path: Path) -> None:
    path.write_bytes(msgspec.msgpack.encode({"header": 7, "outcomes": []}))


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("damage", [nothing, garbage, half, another_shape, a_folder])
def test_a_damaged_memory_is_ignored(twice: Path, damage: Callable[[Path], None]) -> None:
    (kept,) = cached()
    damage(kept)
    assert len(findings_of(twice)) == 2


def test_the_memory_of_another_scan_under_this_ones_name_is_ignored(twice: Path) -> None:
    (kept,) = cached()
    write(twice, {"policy/kinds.rego": module("user.kinds", 'deny contains "m" if false')})
    assert findings_of(twice) == []
    (other,) = [path for path in cached() if path != kept]
    write(twice, {"policy/kinds.rego": KINDS})
    kept.write_bytes(other.read_bytes())
    assert len(findings_of(twice)) == 2


def test_a_memory_that_cannot_be_written_is_no_reason_to_fail(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"policy/kinds.rego": KINDS, "src/a.yaml": POD, "file": "x"})
    monkeypatch.setenv("REPRIEVE_CACHE_DIR", str(tmp_path / "file/cache"))
    assert len(findings_of(tmp_path)) == 1


def test_without_a_memory_nothing_is_written(tmp_path: Path) -> None:
    write(tmp_path, {"policy/kinds.rego": KINDS, "src/a.yaml": POD})
    findings_of(tmp_path, "--no-cache")
    assert cached() == []


def test_what_the_clock_decides_is_decided_anew(tmp_path: Path) -> None:
    """An exception that ends by itself, as they are written where a format has no end."""
    write(tmp_path, {"policy/kinds.rego": KINDS, "src/a.yaml": POD})
    for seconds in (2, 8, 32, 128):  # until a scan is over before the exception is
        until = time.time_ns() + seconds * 1_000_000_000
        clause = f'exception contains [""] if time.now_ns() < {until}'
        write(tmp_path, {"policy/e.rego": module("user.kinds", clause)})
        first = findings_of(tmp_path)
        if time.time_ns() < until:
            break
    assert [one["disposition"] for one in first] == ["excepted"]
    time.sleep(max(0, until - time.time_ns()) / 1e9)
    assert [one["disposition"] for one in findings_of(tmp_path)] == ["open"]
