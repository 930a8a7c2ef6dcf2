"""What is no report is an error with a clear message; what tools and shells write in practice is read."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from reprieve.errors import ReportError, UsageError
from reprieve.findings import source as sources
from reprieve.findings.reading import read_report, read_source
from tests.waiting import PATIENCE

SARIF = {
    "version": "2.1.0",
    "runs": [
        {
            "tool": {"driver": {"name": "linter"}},
            "results": [{"ruleId": "R1", "message": {"text": "größer als erlaubt"}}],
        }
    ],
}
LINT = {"file": "Dockerfile", "line": 3, "column": 1, "level": "error", "code": "DL3026", "message": "é"}
TEXT = json.dumps(SARIF, ensure_ascii=False)


def error_of(raw: bytes) -> str:
    with pytest.raises(ReportError) as caught:
        read_source(sources.parse("report.json", raw))
    return str(caught.value)


def checks_of(raw: bytes) -> list[str]:
    return [finding.check for finding in read_source(sources.parse("report.json", raw)).findings]


# --- nothing in it ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" \n\t\r\n",
        b"\xef\xbb\xbf",
        "\ufeff".encode("utf-16-le"),
        b"null",
        b"---\n",
        b"# only a comment\n",
        b"~",
    ],
)
def test_an_empty_report_is_an_error(raw: bytes) -> None:
    assert error_of(raw).startswith("report.json: the report is empty\n  hint: did the scanner fail? ")


@pytest.mark.parametrize("raw", [b"{}", b"[{}]", b"[[]]", b"[null]", b"[1, 2]", b'["a"]', b'{"a": []}'])
def test_json_that_says_nothing_is_not_a_clean_report(raw: bytes) -> None:
    assert "a format nobody here knows" in error_of(raw)


@pytest.mark.parametrize("raw", [b"[]", b" [ ]\n", b"\xef\xbb\xbf[]", "[]".encode("utf-16"), b"---\n[]\n"])
def test_an_empty_list_is_a_clean_report(raw: bytes) -> None:
    report = read_source(sources.parse("report.json", raw))
    assert (report.format, report.findings, report.passed) == ("none-found", [], 0)


def test_none_found_cannot_be_forced_on_something_else() -> None:
    for raw in (b"[{}]", b"{}", TEXT.encode()):
        with pytest.raises(ReportError):
            read_source(sources.parse("report.json", raw), format="none-found")


# --- broken ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("cut", range(1, len(TEXT.encode()) - 1))
def test_no_prefix_of_a_report_passes(cut: int) -> None:
    assert error_of(TEXT.encode()[:cut])


@pytest.mark.parametrize(
    "raw", [b'{"runs": [', b'{"a": "b', b'{"version"', b"[", json.dumps([LINT, LINT]).encode()[:-9]]
)
def test_truncated_json_says_so(raw: bytes) -> None:
    assert "the JSON ends too early\n  hint: was the scanner or the copy cut off?" in error_of(raw)


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b'{"a": 1,\n "b": tru}', "report.json:2:7"),
        (b'{\n  "a": 1\n  "b": 2\n}', "report.json:3:3"),
        (b'{"a": 1,}', "report.json:1:"),
        (b"{'a': 1}", "report.json:1:2"),
        (b'[\r\n  {"a": 1},\r\n  {"a": x}\r\n]', "report.json:3:9"),
        (b'{"a": 1} trailing', "report.json:1:10"),
        (b'\xef\xbb\xbf{"a" 1}', "report.json:1:6"),
    ],
)
def test_malformed_json_is_located(raw: bytes, place: str) -> None:
    with pytest.raises(ReportError) as caught:
        sources.parse("report.json", raw).decode(list[dict[str, int]])
    assert caught.value.message.startswith("malformed JSON: ")
    assert caught.value.where is not None
    assert caught.value.where.startswith(place)


def test_numbers_that_json_lacks_are_located_too() -> None:
    assert error_of(b'{"a":\n NaN}').startswith("report.json:2:2: malformed JSON")


def test_values_of_another_type_name_the_field() -> None:
    message = error_of(b'{"version": "2.1.0", "runs": {"results": []}}')
    assert "not in the shape of its format" in message
    assert "$.runs" in message


@pytest.mark.parametrize("opening", [b"[", b'{"runs":', b'[{"a":', b'{"version": 1, "runs": [['])
@pytest.mark.parametrize("closed", [True, False])
def test_deeply_nested_json(opening: bytes, closed: bool) -> None:
    closing = bytes({ord("["): ord("]"), ord("{"): ord("}")}.get(b, 0) for b in reversed(opening))
    raw = opening * 100_000 + (b"1" + closing.replace(b"\0", b"") * 100_000 if closed else b"")
    assert "nested too deeply" in error_of(raw)


@pytest.mark.parametrize(
    "text",
    [
        "- " * 100_000 + "a",
        "? " * 100_000 + "a",
        "\n".join(" " * depth + "a:" for depth in range(2_000)),
        "\n".join(" " * depth + "-" for depth in range(2_000)),
        "a: " + "[" * 100_000,
        "a: " + "{b: " * 100_000 + "}" * 100_000,
    ],
    ids=["sequence", "keys", "mapping", "lines", "flow", "flow-mapping"],
)
def test_deeply_nested_yaml_neither_crashes_nor_passes(text: str) -> None:
    """In a process of its own: the parser would overflow the stack, and take the tests with it."""
    code = "from reprieve.findings.reading import read_report; read_report('-')"
    run = subprocess.run(
        [sys.executable, "-c", code], input=text.encode(), capture_output=True, timeout=PATIENCE, check=False
    )
    assert run.returncode == 1
    assert b"ReportError: -: " in run.stderr
    assert b"nested too deeply" in run.stderr or b"recursion limit" in run.stderr


def test_yaml_aliases_are_not_multiplied() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert "YAML with aliases" in error_of("\n".join(lines).encode())


def test_an_ampersand_and_an_asterisk_in_text_are_no_alias() -> None:
    text = "version: '2.1.0'\nruns:\n- results: [{ruleId: R1, message: {text: 'salt &pepper, not *salt'}}]\n"
    assert checks_of(text.encode()) == ["R1"]


# --- encodings -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        b"\r\n  " + TEXT.encode() + b"\r\n",
    ],
    ids=["utf-8", "utf-8-bom", "utf-16-le", "utf-16-be", "blanks"],
)
def test_byte_order_marks_and_utf_16(raw: bytes) -> None:
    (finding,) = read_source(sources.parse("report.json", raw)).findings
    assert finding.message == "größer als erlaubt"


@pytest.mark.parametrize(
    "raw",
    [
        TEXT.encode("latin-1"),
        b'{"version": "2.1.0",\n "runs": [], "ignored": "\xff"}',
        b"\x1f\x8b\x08\x00 compressed",
        TEXT.encode()[:-1] + b"\xe2\x82",
    ],
)
def test_invalid_utf_8_is_an_error_wherever_it_stands(raw: bytes) -> None:
    assert "not valid UTF-8 text" in error_of(raw)


def test_invalid_utf_8_is_located() -> None:
    assert error_of(b'{"version": "2.1.0",\n "runs": [], "x": "\xff"}').startswith("report.json:2: ")


def test_utf_8_may_straddle_the_windows_it_is_checked_in() -> None:
    for shift in range(4):
        raw = b'{"version": "2.1.0", "runs": [], "x": "' + b"." * shift + "é€😀".encode() * 300_000 + b'"}'
        assert checks_of(raw) == []


def test_broken_utf_16_is_an_error() -> None:
    assert "UTF-16" in error_of(b"\xff\xfe{\x00\x00\xd8")
    assert error_of(TEXT.encode("utf-16-le"))  # without its mark
    assert error_of(TEXT.encode("utf-32"))


# --- NDJSON, YAML, CSV, text -----------------------------------------------------------------------


def test_ndjson_is_a_list() -> None:
    line = json.dumps(LINT).encode()
    assert checks_of(line + b"\n\n" + line + b"\r\n") == ["DL3026", "DL3026"]


@pytest.mark.parametrize(
    "bad", [b'{"file": "Dockerfile", "li', b"level=info msg=done", b"[]", b"null", b'"text"', b"{} {}"]
)
def test_a_broken_line_of_ndjson_is_located(bad: bytes) -> None:
    line = json.dumps(LINT).encode()
    message = error_of(line + b"\n\n" + bad + b"\n" + line)
    assert message.startswith("report.json:3: a line that is not a JSON object")


def test_yaml_documents_become_a_list() -> None:
    text = "---\n" + "---\n".join(f"{json.dumps(LINT)[1:-1]}".replace(", ", "\n") + "\n" for _ in range(3))
    assert checks_of(text.encode() + b"---\n...\n") == ["DL3026"] * 3


def test_one_yaml_document_is_itself() -> None:
    assert checks_of(b"version: '2.1.0'\nruns:\n- results: [{ruleId: R1}]\n") == ["R1"]


@pytest.mark.parametrize(
    "raw",
    [
        b"Error: could not pull the image\n",
        b"WARN one\nWARN two\n",
        b"a: b: c\n\tx",
        b"runs: !ref x\n",
        b"<?xml version='1.0'?><testsuites/>",
        b"{not: json}",
        b"version: '2.1.0'\nruns: [\n",
        b"\0\0\0\0",
    ],
)
def test_text_that_is_no_report(raw: bytes) -> None:
    assert error_of(raw).startswith("report.json")


def test_a_yaml_report_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_MAX_YAML_SIZE", 10)
    assert "a YAML report over" in error_of(b"version: '2.1.0'\nruns: []\n")


@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_takes_its_separator_from_the_header(separator: str) -> None:
    rows = [["CHECK_ID", "STATUS", "NOTES"], ["a1", "FAIL", '"x; y, ""z"""'], ["a2", "PASS", ""]]
    raw = "\r\n".join(separator.join(row) for row in rows).encode()
    source = sources.parse("report.csv", raw)
    assert (source.shape, source.keys) == ("csv", {"CHECK_ID", "STATUS", "NOTES"})
    assert [row["NOTES"] for row in source.rows()] == ['x; y, "z"', ""]


@pytest.mark.parametrize("row", ["a1;FAIL", "a1;FAIL;x;y", 'a1;FAIL;"x;y', 'a1;"FAIL" x;y'])
def test_a_row_that_does_not_fit_its_header_is_located(row: str) -> None:
    source = sources.parse("report.csv", f"CHECK_ID;STATUS;NOTES\na0;PASS;\n{row}".encode())
    with pytest.raises(ReportError, match=r"report.csv:3: (a row whose columns|malformed CSV)"):
        list(source.rows())


def test_a_csv_of_nobody_is_an_unknown_format() -> None:
    assert "a format nobody here knows (csv with A, B, C)" in error_of(b"A,B,C\n1,2,3\n")


# --- files -----------------------------------------------------------------------------------------


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cannot read the report: No such file"):
        read_report(str(tmp_path / "absent.json"))


def test_a_folder_in_place_of_a_file(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cannot read the report: "):
        read_report(str(tmp_path))


def test_the_size_is_bounded(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(TEXT, encoding="utf-8")
    size = path.stat().st_size
    assert read_report(str(path), max_size=size).findings
    with pytest.raises(ReportError, match="larger than") as caught:
        read_report(str(path), max_size=size - 1)
    assert "--max-report-size" in str(caught.value)


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    report = read_report("-")
    assert (report.source, len(report.findings)) == ("-", 1)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    with pytest.raises(ReportError, match="larger than 10 bytes"):
        read_report("-", max_size=10)


# --- formats ---------------------------------------------------------------------------------------


def test_an_unknown_format_says_what_it_saw() -> None:
    message = error_of(b'{"alpha": 1, "beta": {"gamma": 2}}')
    assert "object with alpha, beta" in message
    assert "--format" in message


def test_a_misspelt_format_is_corrected() -> None:
    with pytest.raises(UsageError, match=r"unknown format 'sarfi'\n  hint: did you mean sarif"):
        read_source(sources.parse("report.json", TEXT.encode()), format="sarfi")


def test_a_format_nothing_like_ours_lists_them() -> None:
    with pytest.raises(UsageError, match="one of: sarif, trivy"):
        read_source(sources.parse("report.json", TEXT.encode()), format="zzzzzz")


def test_a_named_format_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(ReportError, match="not in the shape of its format"):
        read_source(sources.parse("report.json", TEXT.encode()), format="hadolint")


def test_a_bill_of_materials_is_not_a_clean_report() -> None:
    assert "without `vulnerabilities`" in error_of(b'{"bomFormat": "CycloneDX", "components": []}')


def test_within_shows_the_keys_one_level_down() -> None:
    long = [{"rule": "x" * 3_000, "n": number} for number in range(1_000)]
    source = sources.parse(
        "r", json.dumps({"a": long, "b": {"c": long}, "d": [], "e": None, "f": [1]}).encode()
    )
    assert source.within("a") == {"rule", "n"}
    assert source.within("b") == {"c"}
    assert [source.within(key) for key in ("d", "e", "f", "absent")] == [frozenset()] * 4
