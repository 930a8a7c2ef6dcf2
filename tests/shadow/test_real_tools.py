"""A marker is found where the tool itself skips a finding for it, and nowhere else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reprieve.findings.model import Finding
from tests.export.jobs import report
from tests.peers import needs, run
from tests.shadow.support import plant, rows

Skipped = set[tuple[int, str]]
"""Line and check of each finding that a tool leaves out, or that a marker silences."""


def silenced(folder: Path, tool: str, found: Iterable[tuple[int, int, str]]) -> Skipped:
    """Which of some findings (first and last line, check) a marker in their lines is about, by the audit."""
    markers = [row for row in rows(folder) if row["tool"] == tool]
    return {
        (first, check)
        for first, last, check in found
        for row in markers
        if first <= row["line"] <= last and check in (row["silences"]["checks"] or [check])
    }


# --- Bandit


def _bandit(folder: Path, *options: str) -> list[dict[str, Any]]:
    done = run("bandit/bin/bandit", "-q", "-f", "json", *options, "a.py", cwd=folder)
    found: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return found


def bandit_both(folder: Path, code: str) -> tuple[Skipped, Skipped]:
    """What Bandit leaves out, and what the audit says that the comments silence."""
    plant(folder, {"a.py": code})
    found = [
        (min(one["line_range"]), max(one["line_range"]), one["test_id"], one["line_number"])
        for one in _bandit(folder, "--ignore-nosec")
    ]
    shown = Counter((one["line_number"], one["test_id"]) for one in _bandit(folder))
    skipped = {(first, check) for first, _, check, line in found if not shown[line, check]}
    return skipped, silenced(folder, "bandit", [one[:3] for one in found])


CALL = "subprocess.call(x, shell=True)"
HEAD = "import subprocess\nx = 'ls'\n"
NOSEC = (
    "# nosec", "#nosec", "#nosec:B602", "# nosec: B602", "# nosec B602", "# nosec B101",
    "# nosec B602, B101", "# nosec B101, B602", "# nosec B602 B101", "# nosec B999", "# nosec B999, B602",
    "# nosec b602", "# nosec reviewed by ops", "# nosec see_ticket", "# nosec B101 because B602 is fine",
    "# nosec(B101)", "# nosec-B602", "# nosecurity", "# NOSEC", "# noseC", "# why # nosec B602",
    "# why nosec B602", "#  nosec", "# nosec subprocess_popen_with_shell_equals_true",
    "# nosec assert_used", "# nosec random salt", "# no sec", "# nosec # because", "# noqa: S602  # nosec",
    "# type: ignore # nosec B101", "# nosec B602-B101", "# nosec B60",
)  # fmt: skip


@needs("bandit")
def test_bandit(tmp_path: Path) -> None:
    lines = [f"{CALL}  {comment}" for comment in NOSEC]
    lines += [f"subprocess.call('{comment}', shell=True)" for comment in NOSEC[:3]]
    lines += ["subprocess.call(", "    x,  # nosec B602", "    shell=True,", ")"]
    lines += ["subprocess.call(", "    # nosec", "    x,", "    shell=True,", ")"]
    lines += ["subprocess.call(", "    x,", "    shell=True,", ")", "'''", "# nosec", "'''", "assert x", CALL]
    skipped, marked = bandit_both(tmp_path, HEAD + "\n".join(lines) + "\n")
    assert marked == skipped
    assert len(skipped) > len(NOSEC) / 2


@needs("bandit")
def test_bandit_silences_less_than_is_marked(tmp_path: Path) -> None:
    """Where Bandit reads less than is written, the audit goes by what is written: another version may."""
    for code in (f"{CALL}  # nosec B602,B101", f"{CALL}  # nosec B101 # nosec B602", f"# nosec\n{CALL}"):
        skipped, marked = bandit_both(tmp_path, f"{HEAD}{code}\n")
        assert skipped <= marked
    assert rows(tmp_path)


@needs("bandit")
def test_bandit_knows_these_tests(tmp_path: Path) -> None:
    from reprieve.shadow.bandit_tests import TESTS

    code = (
        "import json; from bandit.core.extension_loader import MANAGER as m; print(json.dumps("
        "{p.plugin._test_id: p.name for p in m.plugins}"
        " | {i: one['name'] for i, one in m.blacklist_by_id.items()}))"
    )
    assert json.loads(run("bandit/bin/python", "-c", code, cwd=tmp_path).stdout) == TESTS


PIECES = ("nosec", ":", " ", "B602", "B101", ", ", "#", "why", "eval", "-", "(", "nosec ")


@needs("bandit")
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    comments=st.lists(
        st.lists(
            st.sampled_from(
                ["nosec", ":", " ", "B602", "B101", ", ", "#", "why", "eval", "-", "(", "nosec "]
            ),
            max_size=6,
        ).map("".join),
        min_size=30,
        max_size=60,
    )
)
def test_bandit_at_random(comments: list[str], tmp_path: Path) -> None:
    """Nothing that Bandit skips goes unseen."""
    code = HEAD + "".join(f"{CALL}  # {comment}\n" for comment in comments)
    skipped, marked = bandit_both(tmp_path, code)
    assert skipped <= marked


# --- Ruff


def _ruff(folder: Path, *options: str) -> Skipped:
    command = [sys.executable, "-m", "ruff", "check", "--isolated", "--no-cache", "--select", "S"]
    done = subprocess.run(
        [*command, "--output-format", "json", *options, "a.py"],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return {(one["location"]["row"], one["code"]) for one in json.loads(done.stdout)}


NOQA = (
    "# noqa", "# noqa: S101", "#noqa:S101", "# NOQA: S101", "# noqa : S101", "# noqa: S102",
    "# noqa: S101,E501", "# noqa: E501", "# noqa: E501 S101", "# noqa: S101 because", "# noqa:E501, S101",
    "# why # noqa: S101", "# why noqa: S101", "# nosec # noqa", "# noqa S101", "# no qa",
)  # fmt: skip


def test_ruff(tmp_path: Path) -> None:
    lines = [f"assert x  {comment}" for comment in NOQA]
    lines += ["assert '# noqa: S101'", "assert x, (", "    'a'  # noqa: S101", ")", "assert x"]
    plant(tmp_path, {"a.py": "x = 1\n" + "\n".join(lines) + "\n", "ruff.toml": 'lint.select = ["S"]\n'})
    every = _ruff(tmp_path, "--ignore-noqa")
    skipped = every - _ruff(tmp_path)
    marked = silenced(tmp_path, "ruff", [(line, line, check) for line, check in every])
    assert marked == skipped
    assert len(skipped) > len(NOQA) / 2


@pytest.mark.parametrize(
    ("tool", "comment"),
    [
        ("ruff", "assert x  # noqa:"),
        ("ruff", "assert x  # noqa:S"),
        ("semgrep", "eval(x)  #nosemgrep"),
        ("semgrep", "eval(x)  # x-nosemgrep"),
        ("detect-secrets", "x = 1  # PRAGMA: ALLOWLIST SECRET"),
    ],
)
def test_what_another_version_may_take_for_a_marker_is_one(tool: str, comment: str, tmp_path: Path) -> None:
    """Those that we are tried with do not; flake8 and older ones do."""
    plant(tmp_path, {"a.py": f"x = 1\n{comment}\n", "ruff.toml": 'lint.select = ["S"]\n'})
    assert [row["tool"] for row in rows(tmp_path)] == [tool]


# --- The others: what is in the report of the same file without the words that silence


def _left_out(
    scan: Callable[[Path], list[Finding]], folder: Path, name: str, code: str, words: dict[str, str]
) -> tuple[Skipped, list[tuple[int, str]]]:
    """What a tool leaves out because of some words, and all that it would say without them."""
    plain = code
    for word, other in words.items():
        plain = plain.replace(word, other)
    plant(folder, {name: plain})
    every = [(one.line or 0, one.check) for one in scan(folder)]
    plant(folder, {name: code})
    shown = {(one.line or 0, one.check) for one in scan(folder) if one.suppressed is None}
    return {one for one in every if one not in shown}, every


SEMGREP_RULES = """
rules:
  - {id: no-eval, languages: [python], severity: ERROR, message: eval, pattern: eval(...)}
"""
NOSEMGREP = (
    "# nosemgrep", "# nosem", "# nosemgrep: no-eval", "# nosemgrep:no-eval", "# nosemgrep: other",
    "# nosemgrep: other, no-eval", "# NOSEMGREP", "# nosemgrepper", "# why # nosemgrep",
    "# nosemgrep no-eval", "# nosem: no-eval", "# noqa  # nosemgrep", "# nosemgrep = no-eval",
    "# nosemantic", "# nosemgrep : other", "# nosemgrep: other why", "# nosem-grep",
)  # fmt: skip


@needs("semgrep")
def test_semgrep(tmp_path: Path) -> None:
    """A comment silences its own line, and the one below when it stands alone."""

    def scan(folder: Path) -> list[Finding]:
        options = ("scan", "--json", "--metrics=off", "--disable-version-check", "--config", "rules.yml")
        done = run("semgrep/bin/semgrep", *options, "a.py", cwd=folder)
        return list(report(done.stdout).findings)

    lines = [f"eval(x)  {comment}" for comment in NOSEMGREP] + ["eval(x + '# no')", "eval(x)"]
    plant(tmp_path, {"rules.yml": SEMGREP_RULES})
    skipped, every = _left_out(
        scan, tmp_path, "a.py", "\n".join(lines) + "\n", {"nosem": "n0sem", "NOSEM": "N0SEM"}
    )
    assert len(every) == len(lines)
    assert silenced(tmp_path, "semgrep", [(line, line, check) for line, check in every]) == skipped
    assert len(skipped) > len(NOSEMGREP) / 2


PRAGMAS = (
    "# pragma: allowlist secret", "#pragma: allowlist secret", "# pragma: whitelist secret",
    "# pragma:allowlist secret", "# pragma: allowlist-secret", "# pragma: allow list secret",
    "# allowlist secret", "# why # pragma: allowlist secret", "# pragma: no cover",
    "# pragma: allowlist secrets",
)  # fmt: skip


def test_detect_secrets(tmp_path: Path) -> None:
    def scan(folder: Path) -> list[Finding]:
        command = [sys.executable, "-m", "detect_secrets", "scan", "--all-files", "a.py"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
        return list(report(done.stdout).findings)

    lines = [f'password{number} = "{number}hunter{"x" * 8}"  {one}' for number, one in enumerate(PRAGMAS)]
    skipped, every = _left_out(
        scan, tmp_path, "a.py", "\n".join([*lines, f'password = "{"hunter" * 3}"']) + "\n", {"ecret": "ekret"}
    )
    assert len(every) == len(lines) + 1
    marked = silenced(tmp_path, "detect-secrets", [(line, line, check) for line, check in every])
    assert marked == skipped
    assert len(skipped) > len(PRAGMAS) / 2


ALLOWED = (
    "# gitleaks:allow", "#gitleaks:allow", "# why gitleaks:allow", "# gitleaks: allow", "# Gitleaks:Allow",
)  # fmt: skip


@needs("go/gitleaks")
def test_gitleaks(tmp_path: Path) -> None:
    def scan(folder: Path) -> list[Finding]:
        options = ("dir", "a.py", "--config", "rules.toml", "--report-format", "json", "--report-path", "-")
        done = run("go/gitleaks", *options, "--no-banner", "--exit-code", "0", cwd=folder)
        return list(report(done.stdout or "[]").findings)

    rules = "[[rules]]\nid = \"token\"\ndescription = \"a token\"\nregex = '''token-[0-9a-f]{16}'''\n"
    plant(tmp_path, {"rules.toml": rules})
    lines = [f"x = 'token-{number:016x}'  {comment}" for number, comment in enumerate(ALLOWED)] + ["x = 1"]
    words = {"leaks:": "leeks:", "leaks: ": "leeks: ", "Leaks:": "Leeks:"}
    skipped, every = _left_out(scan, tmp_path, "a.py", "\n".join(lines) + "\n", words)
    assert len(every) == len(ALLOWED)
    assert silenced(tmp_path, "gitleaks", [(line, line, check) for line, check in every]) == skipped
    assert len(skipped) == 3


SKIPS = (
    "#checkov:skip=CKV_AWS_18", "# checkov:skip=CKV_AWS_18:why",
    "# checkov:skip=CKV_AWS_18,CKV_AWS_21: why", "# checkov:skip=CKV_AWS_1", "# checkov:skip=ckv_aws_18",
    "# bridgecrew:skip=CKV_AWS_18", "# checkov:skip", "# checkov: skip=CKV_AWS_18",
    "// checkov:skip=CKV_AWS_18:why", "# checkov:skip= CKV_AWS_18", "# cortex:skip=CKV_AWS_18",
)  # fmt: skip


@needs("checkov")
def test_checkov(tmp_path: Path) -> None:
    """A comment anywhere in a resource silences the check in that resource."""
    blocks = [
        f'resource "aws_s3_bucket" "b{number}" {{\n  {comment}\n  bucket = "b"\n}}\n'
        for number, comment in enumerate((*SKIPS, ""))
    ]
    plant(tmp_path, {"main.tf": "\n".join(blocks)})
    options = ("-f", "main.tf", "-o", "json", "--framework", "terraform", "--skip-download", "--soft-fail")
    done = run("checkov/bin/checkov", *options, "--check", "CKV_AWS_18,CKV_AWS_21", cwd=tmp_path)
    found = [one for one in report(done.stdout).findings if one.check in {"CKV_AWS_18", "CKV_AWS_21"}]
    assert len(found) == 2 * len(blocks)
    skipped = {(one.resource, one.check) for one in found if one.suppressed}
    marked = {
        (resource, check)
        for row in rows(tmp_path)
        for resource in row["silences"]["resources"]
        for check in row["silences"]["checks"]
        if check in {"CKV_AWS_18", "CKV_AWS_21"}
    }
    assert marked == skipped
    assert len(skipped) > len(SKIPS) / 2
