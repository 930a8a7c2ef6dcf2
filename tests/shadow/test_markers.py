"""Each marker in code, planted where its tool would honour it; and its twin, where it is only mentioned."""

from __future__ import annotations

from pathlib import Path

import pytest

from reprieve.shadow.markers import MARKERS
from tests.shadow.support import Seen, plant, rows, seen

PLANTED: dict[str, tuple[str, str, int, str, tuple[str, ...]]] = {
    # name of the marker and of the case: file, text, line, tool, checks
    "trivy-tfsec": (
        "main.tf",
        'resource "aws_s3_bucket" "b" {\n  acl = "x" #trivy:ignore:AVD-AWS-0092\n}\n',
        2,
        "trivy",
        ("AVD-AWS-0092",),
    ),
    "trivy-tfsec above": (
        "Dockerfile",
        "# trivy:ignore:DS002:exp:2099-01-01\nFROM scratch\n",
        1,
        "trivy",
        ("DS002",),
    ),
    "trivy-tfsec old": (
        "a.tf",
        '#tfsec:ignore:aws-s3-enable-versioning\nresource "a" "b" {}\n',
        1,
        "tfsec",
        ("aws-s3-enable-versioning",),
    ),
    "trivy-tfsec everything": ("a.tf", '#trivy:ignore:*\nresource "a" "b" {}\n', 1, "trivy", ()),
    "checkov": (
        "main.tf",
        'resource "a" "b" {\n  # checkov:skip=CKV_AWS_20,CKV_AWS_18:a reason\n}\n',
        2,
        "checkov",
        ("CKV_AWS_20", "CKV_AWS_18"),
    ),
    "checkov docker": (
        "Dockerfile",
        "FROM a\n#checkov:skip=CKV_DOCKER_3:no user\n",
        2,
        "checkov",
        ("CKV_DOCKER_3",),
    ),
    "checkov json": (
        "package.json",
        '{"//": ["a", "checkov:skip=CVE-2026-1:x"]}\n',
        1,
        "checkov",
        ("CVE-2026-1",),
    ),
    "checkov xml": (
        "pom.xml",
        "<a>\n<!--checkov:skip=CVE-2026-1: unused-->\n</a>\n",
        2,
        "checkov",
        ("CVE-2026-1",),
    ),
    "checkov bridgecrew": ("a.tf", "// bridgecrew:skip=BC_AWS_1\n", 1, "checkov", ("BC_AWS_1",)),
    "checkov-annotation": (
        "pod.yaml",
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations:\n"
        "    checkov.io/skip1: CKV_K8S_20=needed\n",
        6,
        "checkov",
        ("CKV_K8S_20",),
    ),
    "terrascan": ("a.tf", "#ts:skip=AC_AWS_0001 reason\n", 1, "terrascan", ("AC_AWS_0001",)),
    "terrascan-metadata": (
        "pod.yaml",
        'metadata:\n  annotations:\n    runterrascan.io/skip: \'[{"rule": "AC_K8S_1", "comment": "x"}]\'\n',
        3,
        "terrascan",
        ("AC_K8S_1",),
    ),
    "kics": ("a.tf", "# kics-scan ignore-block\nresource a b {}\n", 1, "kics", ()),
    "kics ids": ("a.yaml", "# kics-scan disable=0a1b2c,3d4e5f\n", 1, "kics", ("0a1b2c", "3d4e5f")),
    "cdk-nag": ("stack.ts", "NagSuppressions.addStackSuppressions(this, [{ id: 'x' }]);\n", 1, "cdk-nag", ()),
    "semgrep": (
        "a.py",
        "eval(x)  # nosemgrep: python.eval, python.other\n",
        1,
        "semgrep",
        ("python.eval", "python.other"),
    ),
    "semgrep bare": ("a.go", "run(x) // nosem\n", 1, "semgrep", ()),
    "bandit": ("a.py", "call(x)  # nosec B602, B607\n", 1, "bandit", ("B602", "B607")),
    "bandit bare": ("a.py", "call(x)  #nosec reviewed by ops\n", 1, "bandit", ()),
    "bandit name": ("a.py", "assert x  # nosec assert_used\n", 1, "bandit", ("B101",)),
    "bandit of no test": ("a.py", "call(x)  # nosec see_ticket, B999\n", 1, "bandit", ()),
    "bandit without an end": ("a.py", "call(x)  # nosecurity here\n", 1, "bandit", ()),
    "gosec": ("a.go", "x := 1 // #nosec G101 G404 -- not a secret\n", 1, "gosec", ("G101", "G404")),
    "gosec-directive": ("a.go", "//gosec:disable G304 -- ours\nopen(x)\n", 1, "gosec", ("G304",)),
    "golangci": ("a.go", "run(x) //nolint:gosec,errcheck // ours\n", 1, "golangci-lint", ("gosec",)),
    "noqa": ("a.py", "run(x)  # noqa: S602, E501\n", 1, "ruff", ("S602",)),
    "noqa-file": ("a.py", "# ruff: noqa: S101\nassert x\n", 1, "ruff", ("S101",)),
    "noqa-file flake8": ("a.py", "# flake8: noqa: S101\nassert x\n", 1, "flake8", ("S101",)),
    "ruff-range": ("a.py", "# ruff: disable[S101]\nassert x\n", 1, "ruff", ("S101",)),
    "hadolint": (
        "Dockerfile",
        "# hadolint ignore=DL3006,DL3008 # why\nFROM a\n",
        1,
        "hadolint",
        ("DL3006", "DL3008"),
    ),
    "hadolint global": (
        "a.Dockerfile",
        "# hadolint global ignore=DL3003\nFROM a\n",
        1,
        "hadolint",
        ("DL3003",),
    ),
    "shellcheck": (
        "a.sh",
        "# shellcheck disable=SC2086,SC2046\nrm $x\n",
        1,
        "shellcheck",
        ("SC2086", "SC2046"),
    ),
    "gitleaks": ("a.rb", "key = read # gitleaks:allow\n", 1, "gitleaks", ()),
    "gitleaks in page": ("a.md", "Some text <!-- gitleaks:allow -->\n", 1, "gitleaks", ()),
    "trufflehog": ("a.js", "const key = read(); // trufflehog:ignore\n", 1, "trufflehog", ()),
    "detect-secrets": ("a.yaml", "key: value  # pragma: allowlist secret\n", 1, "detect-secrets", ()),
    "detect-secrets next": (
        "a.py",
        "# pragma: allowlist nextline secret\nkey = read()\n",
        1,
        "detect-secrets",
        (),
    ),
    "zizmor": (
        "a.yml",
        "on: push # zizmor: ignore[dangerous-triggers] ok\n",
        1,
        "zizmor",
        ("dangerous-triggers",),
    ),
    "regal": (
        "a.rego",
        "# regal ignore:prefer-some-in-iteration\nx := 1\n",
        1,
        "regal",
        ("prefer-some-in-iteration",),
    ),
    "codeql": ("a.js", "eval(x); // lgtm[js/code-injection]\n", 1, "codeql", ("js/code-injection",)),
    "codeql own line": ("a.py", "# codeql[py/sql-injection]\nrun(x)\n", 1, "codeql", ("py/sql-injection",)),
    "sonar": ("A.java", "run(x); // NOSONAR checked above\n", 1, "sonar", ()),
    "devskim": (
        "a.c",
        "strcpy(a, b); // DevSkim: ignore DS185832 until 2099-01-01\n",
        1,
        "devskim",
        ("DS185832",),
    ),
    "datadog": (
        "a.py",
        "run(x)  # no-dd-sa: python-security/no-eval\n",
        1,
        "datadog",
        ("python-security/no-eval",),
    ),
    "java-suppress": (
        "A.java",
        '@SuppressWarnings("java:S2077")\nvoid a() {}\n',
        1,
        "sonar",
        ("java:S2077",),
    ),
    "spotbugs": (
        "A.java",
        '@SuppressFBWarnings(value = {"SQL_INJECTION_JDBC"}, justification = "constant")\nvoid a() {}\n',
        1,
        "spotbugs",
        ("SQL_INJECTION_JDBC",),
    ),
    "dotnet-attribute": (
        "A.cs",
        '[SuppressMessage("Security", "CA2100:Review SQL", Justification = "constant")]\nvoid A() {}\n',
        1,
        "roslyn",
        ("CA2100",),
    ),
    "dotnet-pragma": ("A.cs", "#pragma warning disable CA5350, CS0618\n", 1, "roslyn", ("CA5350",)),
    "eslint": (
        "a.ts",
        "// eslint-disable-next-line security/detect-object-injection, no-console -- keys are ours\nx[y];\n",
        1,
        "eslint",
        ("security/detect-object-injection",),
    ),
    "eslint block": (
        "a.js",
        "/* eslint-disable security/detect-eval-with-expression */\n",
        1,
        "eslint",
        ("security/detect-eval-with-expression",),
    ),
    "rubocop": (
        "a.rb",
        "eval(x) # rubocop:disable Security/Eval, Style/X\n",
        1,
        "rubocop",
        ("Security/Eval",),
    ),
    "kube-linter": (
        "pod.yaml",
        'metadata:\n  annotations:\n    ignore-check.kube-linter.io/run-as-non-root: "legacy"\n',
        3,
        "kube-linter",
        ("run-as-non-root",),
    ),
    "kube-linter all": (
        "pod.yaml",
        "metadata:\n  annotations:\n    kube-linter.io/ignore-all: x\n",
        3,
        "kube-linter",
        (),
    ),
    "polaris": (
        "pod.yaml",
        'metadata:\n  annotations:\n    polaris.fairwinds.com/runAsRootAllowed-exempt: "true"\n',
        3,
        "polaris",
        ("runAsRootAllowed",),
    ),
    "kube-score": (
        "pod.yaml",
        "metadata:\n  annotations:\n    kube-score/ignore: pod-probes,container-security-context\n",
        3,
        "kube-score",
        ("pod-probes", "container-security-context"),
    ),
    "datree": (
        "pod.yaml",
        "metadata:\n  annotations:\n    datree.skip/NO_ROOT: legacy\n",
        3,
        "datree",
        ("NO_ROOT",),
    ),
    "kubescape": (
        "pod.yaml",
        'metadata:\n  annotations:\n    kubescape.io/skip-controls: "C-0016,C-0017"\n',
        3,
        "kubescape",
        ("C-0016", "C-0017"),
    ),
    "gatekeeper": (
        "ns.yaml",
        'kind: Namespace\nmetadata:\n  name: a\n  labels:\n    admission.gatekeeper.sh/ignore: "x"\n',
        5,
        "gatekeeper",
        (),
    ),
}

CLEAN: dict[str, tuple[str, str]] = {
    "string of Python": ("test_a.py", "SOURCE = \"x  # nosec B602\"\nOTHER = '''\ny  # noqa: S101\n'''\n"),
    "docstring": ("a.py", '"""Put `# nosec` behind it.\n\n    eval(x)  # nosec B307\n"""\n'),
    "prose in a comment": ("a.py", '# To silence bandit, write "# nosec B101" behind the line.\n'),
    "prose about semgrep": ("b.py", "# Lines with nosemgrep are left out by the scanner\nx = 1\n"),
    "prose about NOSONAR": ("A.java", "// The marker NOSONAR should never be used here\nint a;\n"),
    "prose about nolint": ("a.go", "// we never write //nolint:gosec in this repository\nvar x int\n"),
    "raw string of Go": ("b.go", "var x = `\n// #nosec G101\n`\n"),
    "string of Go": ("c.go", 'var x = "//nolint:gosec"\n'),
    "other rules": ("c.py", "x = l  # noqa: E741\n"),
    "other linters": ("d.go", "x() //nolint:errcheck\n"),
    "other eslint rules": ("a.js", "// eslint-disable-next-line no-console\nconsole.log(1)\n"),
    "string of JavaScript": (
        "b.js",
        "const s = '// eslint-disable-line security/detect-x';\nconst t = `\n// NOSONAR\n`;\n",
    ),
    "other warnings": ("B.java", '@SuppressWarnings("unchecked")\nclass B {}\n'),
    "commented attribute": ("C.java", '// @SuppressFBWarnings("X") was here\nclass C {}\n'),
    "other pragmas": ("A.cs", "#pragma warning disable CS0618, IDE0051\n"),
    "fence of Markdown": (
        "README.md",
        "```python\nx()  # nosec B101\nkey = 1  # gitleaks:allow\n```\n\nUse `# nosec`.\n",
    ),
    "comment in a fence": ("b.md", "```html\n<!-- gitleaks:allow -->\n```\n"),
    "prose": ("docs/a.rst", "Write ``checkov:skip=CKV_AWS_20:reason`` or # nosec.\n"),
    "text file": ("notes.txt", "# nosec B101\ntrivy:ignore:AVD-AWS-0001\n"),
    "string of Terraform": ("a.tf", 'locals {\n  x = "#tfsec:ignore:aws-s3"\n}\n'),
    "heredoc of Terraform": ("b.tf", "locals {\n  x = <<EOF\n#tfsec:ignore:aws-s3\nEOF\n}\n"),
    "string of YAML": ("a.yaml", "text: \"# checkov:skip=CKV_K8S_1:x\"\nother: '# zizmor: ignore[x]'\n"),
    "annotation in a comment": ("b.yaml", "# kube-linter.io/ignore-all: x\nkey: 1\n"),
    "annotation in prose": ("c.yaml", "description: set kube-linter.io/ignore-all on the object\n"),
    "annotation that takes it back": (
        "d.yaml",
        'metadata:\n  annotations:\n    polaris.fairwinds.com/x-exempt: "false"\n',
    ),
    "heredoc of shell": (
        "a.sh",
        "cat > Dockerfile <<'EOF'\n# hadolint ignore=DL3006\n# gitleaks:allow\nEOF\n",
    ),
    "string of shell": ("b.sh", "echo '# shellcheck disable=SC2086'\n"),
    "enabled again": ("e.py", "# ruff: enable[S101]\n"),
    "placeholder": ("c.tf", "# checkov:skip=<id>:<reason>\n"),
    "string of JSON": ("a.json", '{"a": "x # nosec", "b": "// NOSONAR"}\n'),
    "word": ("f.py", "# no security here\nnosec = 1\n"),
    "string of Ruby": ("a.rb", 'x = "# rubocop:disable Security/Eval"\n'),
    "string of C#": ("B.cs", 'var x = @"\n#pragma warning disable CA2100\n";\n'),
    "attribute in a string": ("D.java", 'String x = "@SuppressFBWarnings(\\"X\\")";\n'),
    "helm of prose": ("templates/NOTES.txt", "Add kube-score/ignore: x to the annotations\n"),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Seen]]:
    """What is seen of each case, planted in a folder of its own of one tree."""
    root = tmp_path_factory.mktemp("planted")
    files: dict[str, str | bytes] = {
        f"{number}/{case[0]}": case[1] for number, case in enumerate(PLANTED.values())
    }
    files |= {f"c{number}/{case[0]}": case[1] for number, case in enumerate(CLEAN.values())}
    plant(root, files)
    by_folder: dict[str, list[Seen]] = {}
    for one in seen(root):
        folder, _, path = one.path.partition("/")
        by_folder.setdefault(folder, []).append(one._replace(path=path))
    names = {
        **{str(number): name for number, name in enumerate(PLANTED)},
        **{f"c{n}": name for n, name in enumerate(CLEAN)},
    }
    return {names[folder]: some for folder, some in by_folder.items()}


@pytest.mark.parametrize("name", PLANTED)
def test_planted(found: dict[str, list[Seen]], name: str) -> None:
    path, _, line, tool, checks = PLANTED[name]
    assert found.get(name) == [Seen(path, line, tool, checks)]


@pytest.mark.parametrize("name", CLEAN)
def test_clean_twin(found: dict[str, list[Seen]], name: str) -> None:
    assert found.get(name) is None


def test_every_marker_is_planted() -> None:
    assert {name.partition(" ")[0] for name in PLANTED} == {marker.name for marker in MARKERS}


@pytest.mark.parametrize(
    ("config", "text"),
    [
        ({"ruff.toml": 'lint.select = ["E", "S"]\n'}, {"a.py": "run(x)  # noqa\n"}),
        ({".flake8": "[flake8]\nselect = E,S1\n"}, {"a.py": "run(x)  # noqa\n"}),
        ({"package.json": '{"x": "eslint-plugin-security"}'}, {"a.js": "run(x) // eslint-disable-line\n"}),
        ({".golangci.yml": "linters:\n  enable: [gosec]\n"}, {"a.go": "run(x) //nolint\n"}),
        ({"sonar-project.properties": "sonar.x=a\n"}, {"A.java": '@SuppressWarnings("all")\nclass A {}\n'}),
    ],
)  # fmt: skip
def test_marker_without_ids_counts_where_security_rules_are_in_use(
    tmp_path: Path, config: dict[str, str], text: dict[str, str]
) -> None:
    plant(tmp_path / "without", dict(text))
    assert seen(tmp_path / "without") == []
    assert len(seen(tmp_path / "without", "--every-linter")) == 1
    plant(tmp_path / "with", {**text, **config})
    assert len(seen(tmp_path / "with")) == 1


def test_what_a_marker_says(tmp_path: Path) -> None:
    plant(tmp_path, {
        "a.tf": '#trivy:ignore:AVD-AWS-0092:exp:2099-01-01\nresource "aws_s3_bucket" "logs" {}\n',
        "b.yaml": "kind: Deployment\nmetadata:\n  name: api\n  labels:\n    name: x\n  namespace: shop\n"
        "spec:\n  x: 1 # checkov:skip=CKV_K8S_1:EXC-007, until v4\n",
        "c.go": "x() // #nosec G404 -- not for keys\n",
    })  # fmt: skip
    terraform, kubernetes, go = rows(tmp_path)
    assert terraform["expires"] == "2099-01-01"
    assert terraform["silences"]["resources"] == ["aws_s3_bucket.logs"]
    assert kubernetes["silences"]["resources"] == ["Deployment/api"]
    assert kubernetes["silences"]["namespaces"] == ["shop"]
    assert kubernetes["cites"] == ["EXC-007"]
    assert kubernetes["reason"] == "EXC-007, until v4"
    assert go["reason"] == "not for keys"


def test_code_before_a_marker_is_not_shown(tmp_path: Path) -> None:
    hidden = "hunter" + "2-hunter2"
    plant(tmp_path, {"a.py": f'password = "{hidden}"  # gitleaks:allow\nkey = "{hidden}"  # nosec B105\n'})
    for output in ("text", "json", "sarif"):
        from tests.shadow.support import run

        assert hidden not in run(tmp_path, "--output", output, "--all").out
