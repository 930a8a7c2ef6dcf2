"""Trees that anyone may have written: encodings, long lines, endless repetitions, names that act."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprieve.shadow.incode import markers_in
from reprieve.shadow.languages import syntax_of
from reprieve.shadow.markers import CUES, MARKERS
from reprieve.shadow.native import NATIVES
from reprieve.shadow.source import File, of_expression
from reprieve.shadow.spans import spans_of
from tests.shadow.support import plant, rows, run

NAMES = (
    *("a.py", "a.js", "a.go", "a.java", "a.cs", "a.rb", "a.rs", "a.sh", "a.tf", "a.yaml", "a.json", "a.html"),
    *(
        "a.php",
        "a.lua",
        "a.hs",
        "a.sql",
        "a.pl",
        "a.ps1",
        "a.md",
        "a.vb",
        "a.toml",
        "a.ini",
        "Dockerfile",
        "a.el",
    ),
)
PIECES = (
    *('"', "'", "`", "/*", "<!--", "{-", "{{#", "<<A\n", '"""', "\\", "#", "'\\", '@"', 'r#"', "--[[", "<#"),
    *("=begin\n", "a'b", "x\n", '\\"', "'\\\\"),
)
KEYS = (
    *(
        "ignore",
        "exceptions",
        "results",
        "runs",
        "spec",
        "match",
        "misconfigurations",
        "Mutelist",
        "Accounts",
    ),
    *("Checks", "rules", "kind", "failed_checks", "IgnoredVulns", "skip-check", "exemptions", "statements"),
    *("vulnerabilities", "id", "items"),
)


@pytest.mark.parametrize(
    "data",
    [
        b"x()\r\ny()  # nosec B602\r\n",
        "x()\ny()  # nosec B602\n".encode("utf-16"),
        b"\xff\xfe" + "x()\ny()  # nosec B602\n".encode("utf-16-le"),
        b"\xef\xbb\xbfx()\ny()  # nosec B602\n",
        b"# caf\xe9 \xff\xfe\ny()  # nosec B602\n",
        "# İstanbul, ﬁ, \N{DESERET CAPITAL LETTER LONG I}\ny()  # nosec B602\n".encode(),
        b"x()\ny()  # nosec B602",
    ],
    ids=["CRLF", "UTF-16", "UTF-16 LE", "BOM", "invalid UTF-8", "letters that grow", "no line end"],
)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    plant(tmp_path, {"a.py": data})
    (row,) = rows(tmp_path)
    assert (row["line"], row["silences"]["checks"], row["text"]) == (2, ["B602"], "# nosec B602")


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    plant(tmp_path, {
        "a.bin": b"\0\1# nosec",
        "b.py": b"#" * (6 << 20),
        "c.py": "x()  # nosec B101\n",
        "ignored/d.py": "x()  # nosec B101\n",
        ".gitignore": "ignored/\n",
        "node_modules/e.js": "// NOSONAR\n",
    })  # fmt: skip
    from tests.support import git

    git(tmp_path, "init", "--quiet")
    (tmp_path / "link.py").symlink_to("c.py")
    (tmp_path / "loop").symlink_to(".")
    result = run(tmp_path, "--output", "json", "--exclude", "node_modules/*")
    assert [row["path"] for row in result.json()["suppressions"]] == ["c.py"]
    assert result.json()["skipped"] == {"binary": 1, "huge": 1, "link": 2}


def test_a_path_that_is_not(tmp_path: Path) -> None:
    from tests.support import run_cli

    result = run_cli("audit", "nothing", cwd=tmp_path)
    assert result.code == 2
    assert "nothing: no such file or folder" in result.err


def test_names_do_not_act(tmp_path: Path) -> None:
    plant(tmp_path, {"a\x1b[2J\n::error::x.py": "x()  # nosec B602 \x1b[31m\u202e\n"})
    for output in ("text", "json", "sarif"):
        text = run(tmp_path, "--output", output, "--all").out
        assert "\x1b" not in text
        assert "\u202e" not in text
        assert not any(line.startswith("::") for line in text.splitlines())


def test_names_that_are_no_text(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/a\xff.py"
    with open(path, "wb") as file:  # noqa: PTH123
        file.write(b"x()  # nosec B602\n")
    (row,) = rows(tmp_path)
    assert row["path"] == "a\\xff.py"


@pytest.mark.parametrize("marker", MARKERS, ids=lambda marker: marker.name)
def test_expressions_take_linear_time(marker: object) -> None:
    from reprieve.shadow.markers import Marker

    assert isinstance(marker, Marker)
    for filler in (" ", ",", "A", "a,", "\t ", "S101,", "(", '"', ":", "[", "--", "x " * 3, "=", "*/"):
        for cue in marker.cues:
            line = (cue + filler * 2000)[:4000] + "\n" + (cue + filler) * (4000 // len(cue + filler))
            start = time.process_time()
            for part in line.split("\n"):
                list(marker.pattern.finditer(part))
            assert time.process_time() - start < 0.5, (cue, filler)


@pytest.mark.parametrize("name", NAMES)
def test_languages_take_linear_time(name: str) -> None:
    for piece in PIECES:
        start = time.process_time()
        spans_of(piece * (40_000 // len(piece)), syntax_of(name, ""))
        assert time.process_time() - start < 2, piece


@pytest.mark.parametrize("cue", CUES)
def test_a_line_without_an_end(cue: str) -> None:
    text = f"# {cue} x; " * (100_000 // len(cue))
    for name in ("a.py", "a.js", "min.unknown"):
        start = time.process_time()
        list(markers_in(File(name, name, text), [cue]))
        assert time.process_time() - start < 2


def test_large_files_of_one_line_are_looked_at(tmp_path: Path) -> None:
    plant(tmp_path, {
        "a.js": "/* eslint-disable security/detect-x */" + "f(x);" * 800_000,
        "b.yaml": "a: " + "[" * 100_000 + " # gitleaks:allow\n",
        "c.sarif": '{"suppressions": ' + "[" * 100_000,
    })  # fmt: skip
    start = time.perf_counter()
    result = run(tmp_path, "--output", "json", "--no-blame")
    assert time.perf_counter() - start < 60
    assert [row["path"] for row in result.json()["suppressions"]] == ["a.js", "b.yaml"]
    assert [fault["path"] for fault in result.json()["faults"]] == ["c.sarif"]
    assert result.code == 2


def test_aliases_that_unfold_without_end(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 9) + "]" for n in range(1, 10)]
    plant(tmp_path, {"mutelist.yaml": "\n".join(lines) + "\n"})
    result = run(tmp_path, "--output", "json")
    assert result.code == 2
    assert "aliases" in result.json()["faults"][0]["message"]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(sorted(NATIVES)),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(KEYS),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    ),
)
def test_readers_take_any_shape(format_: str, value: object) -> None:
    """What is not as a format has it is nothing, or a fault: never an exception."""
    import json

    from reprieve.policy.inputs.interface import InputError

    native = NATIVES[format_]
    name = next((one.replace("*", "x") for one in native.NAMES), "x.yaml")
    if name.endswith((".toml", ".ini", ".cfg", ".properties")):
        name = "x.yaml" if format_ != "ignored-paths" else name
    try:
        for one in native.read(File(name, name, json.dumps(value))):
            assert one.line >= 1
    except InputError:
        pass


@given(st.text("ab.*+?()[]{}|^$\\/-_", max_size=12))
def test_expressions_become_patterns_that_are_as_wide(expression: str) -> None:
    import re
    import warnings

    from reprieve.record import glob

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(expression)
    except re.error:
        return
    pattern = of_expression(expression)
    for value in ("a", "b", "ab", "aab", "a.b", "a/b", "abab", "-", "", "a-b_", "bb"):
        if compiled.search(value):
            assert glob.matches(pattern, value), (expression, pattern, value)
