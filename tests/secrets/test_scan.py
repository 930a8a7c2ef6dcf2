"""Secrets in texts: every kind found and none shown; what is none is left alone."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import detect_secrets.settings
import msgspec
import pytest
from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
from detect_secrets.plugins.base import BasePlugin

from reprieve.findings.model import Finding
from reprieve.secrets.detectors import DETECTORS
from reprieve.secrets.scan import scan_text
from tests.secrets.made import KEY, LETTERS, lines_of_each_kind, private_key, text_of

KINDS = lines_of_each_kind()
ASSIGN = "pass" + 'word = "{}"'


def kinds(findings: list[Finding]) -> list[str]:
    return [finding.check for finding in findings]


def test_all_plugins_but_that_for_addresses_are_used():
    known = set(get_mapping_from_secret_type_to_class())
    assert {detector.kind for detector in DETECTORS} == known - {"Public IP (ipv4)"}
    assert set(KINDS) | {"Private Key"} == known - {"Public IP (ipv4)"}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_kind_is_found_and_masked(kind):
    line, value = KINDS[kind]
    [found] = [f for f in scan_text("src/app.py", f"first\n  {line}\nlast", KEY) if f.check == kind]
    assert (found.type, found.tool, found.path, found.line) == ("secret", "reprieve", "src/app.py", 2)
    assert found.suppressed is None
    assert kind in found.message
    assert value[:2] + "****" + value[-2:] in found.message


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("key", [KEY, None], ids=["keyed", "keyless"])
def test_no_finding_holds_a_secret(kind, key):
    line, value = KINDS[kind]
    for found in scan_text("src/app.py", line, key):
        text = repr(found) + msgspec.json.encode(found).decode()
        assert not any(value[at : at + 6] in text for at in range(len(value) - 5))


def test_a_secret_that_looks_masked_is_masked():
    value = text_of(8) + "****" + text_of(8, seed=9)
    [found] = scan_text("a.py", ASSIGN.format(value))
    assert value[:8] not in repr(found)


@pytest.mark.parametrize("head", ["DSA ", "EC ", "OPENSSH ", "RSA ", ""])
def test_private_keys_are_found_and_masked(head):
    text = private_key(kind=head)
    [found] = scan_text("id", text, KEY)
    assert (found.check, found.line) == ("Private Key", 1)
    rows = text.split("\n")[1:5]
    assert f"({rows[0][:2]}****{rows[3][-2:]})" in found.message
    assert not any(row[:8] in repr(found) for row in rows)


def test_a_private_key_is_one_finding_in_any_layout():
    text = private_key()
    rows = text.splitlines()
    for path, written in (
        ("a.py", "key = (\n" + "".join(f'    "{row}\\n"\n' for row in rows) + ")"),
        ("a.json", '{"private' + '_key": "' + "\\n".join(rows) + '"}'),
        ("a.yaml", "private" + "_key: |\n" + "".join(f"  {row}\n" for row in rows)),
    ):
        assert kinds(scan_text(path, written)) == ["Private Key"], path


def test_secrets_below_words_about_a_private_key_are_found():
    words = "x = 'BEGIN RSA PRIVATE" + " KEY'\n"
    text = (
        words + ASSIGN.format(text_of(12)) + f'\nopaque = "{text_of(64)}"\n' + words.replace("BEGIN", "END")
    )
    assert kinds(scan_text("a.py", text)) == ["Private Key", "Secret Keyword", "Base64 High Entropy String"]


def test_the_surest_kind_names_a_secret_that_many_find():
    token = KINDS["Stripe Access Key"][1]
    assert kinds(scan_text("a.py", ASSIGN.format(token))) == ["Stripe Access Key"]


def test_two_secrets_on_one_line_are_two():
    one, two = text_of(12, seed=1), text_of(12, seed=2)
    line = '{"pass' + f'word": "{one}", "db_pass' + f'word": "{two}"}}'
    assert len({f.context for f in scan_text("a.json", line, KEY)}) == 2


@pytest.mark.parametrize(
    "line",
    [
        ASSIGN.format("${DB_PASSWORD}"),
        ASSIGN.format("{{ .Values.db }}"),
        ASSIGN.format("<your-word>"),
        ASSIGN.format("********"),
        ASSIGN.format("REDACTED"),
        ASSIGN.format("$DB_WORD"),
        "pass" + "word = get_word('db', 'prod')",
        "pass" + 'word = request.headers["the-word"]',
        'user_id = "' + text_of(40) + '"',
        'token = "0123456789ABCDEF"',
        'x = "' + "-".join(("1b4e28ba", "2fa1", "11d2", "883f", "0016d3cca427")) + '"',
        "secret" + "Name: db-credentials",
        "pass" + 'word_file = "/run/words/db"',
        "url: https://someone:${WORD}@host.example/",
        "an address: 8.8.8.8",
    ],
)
@pytest.mark.parametrize("path", ["app.py", "app.yaml"])
def test_what_is_no_secret_is_not_found(line, path):
    assert scan_text(path, line) == []


@pytest.mark.parametrize("path", ["package-lock.json", "go.sum", "static/site.css", "swagger-ui.html"])
def test_in_files_full_of_hashes_only_specific_kinds_are_found(path):
    text = "\n".join([f'"integrity": "{text_of(64)}"', KINDS["Basic Auth Credentials"][0]])
    assert kinds(scan_text(path, text)) == ["Basic Auth Credentials"]


def test_a_token_in_a_call_is_found():
    token = KINDS["GitHub Token"][1]
    assert kinds(scan_text("a.py", f'api = connect(token="{token}")')) == ["GitHub Token"]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("app.yaml", "  pass" + "word: {}"),
        ("app.yml", "- pass" + "word: {} # the real one"),
        ("many.yaml", "---\na: 1\n---\npass" + "word: {}"),
        (".env", "DB_PASS" + "WORD={}"),
        (".env.production", "export DB_PASS" + "WORD={}"),
        ("Dockerfile", "ENV DB_PASS" + "WORD={}"),
        ("app.properties", "db.pass" + "word={}"),
        ("deploy.sh", "export DB_PASS" + "WORD={}"),
        ("app.toml", "pass" + "word = '{}'"),
    ],
)
def test_settings_need_no_quotes(path, line):
    value = text_of(13)
    [found] = scan_text(path, line.format(value), KEY)
    assert found.check == "Secret Keyword"
    assert found.context == scan_text("a.py", ASSIGN.format(value), KEY)[0].context


def test_entropy_is_measured_in_settings_without_quotes():
    assert kinds(scan_text("a.yaml", "opaque: " + text_of(64))) == ["Base64 High Entropy String"]
    assert kinds(scan_text("credentials", "aws_access_key = " + text_of(40, LETTERS + "/+"))) == [
        "AWS Access Key"
    ]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "{} # pragma: allowlist secret"),
        ("a.py", "# pragma: allowlist nextline secret\n{}"),
        ("a.js", "{} // pragma: whitelist secret"),
        ("a.yaml", "{} # pragma: allowlist secret"),
    ],
)
def test_what_a_pragma_allows_is_kept_as_suppressed(path, text):
    [found] = scan_text(path, text.format(ASSIGN.format(text_of(12))))
    assert found.suppressed == "pragma: allowlist secret"


def test_a_pragma_speaks_for_one_line():
    line = ASSIGN.format(text_of(12))
    found = scan_text("a.py", f"{line} # pragma: allowlist secret\n{line}\n{line}")
    assert [f.suppressed is None for f in found] == [False, True, True]


def test_nothing_touches_the_network_or_the_settings(monkeypatch):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("no network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for plugin in (BasePlugin, *get_mapping_from_secret_type_to_class().values()):
        monkeypatch.setattr(plugin, "verify", refuse)
        monkeypatch.setattr(plugin, "analyze_line", refuse)
    monkeypatch.setattr(detect_secrets.settings, "Settings", refuse)
    text = "\n".join(line for line, _ in KINDS.values()) + "\n" + private_key()
    assert len(set(kinds(scan_text("a.py", text)))) == len(DETECTORS)


def test_a_process_of_its_own_finds_the_same():
    text = "\n".join(line for line, _ in KINDS.values())
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(scan_text, "a.py", text, KEY).result() == scan_text("a.py", text, KEY)


def test_importing_leaves_the_standard_library_as_it_was():
    imports = "import configparser as c, reprieve.secrets.scan"
    code = f"import configparser as a; e = a.ParsingError; {imports}; assert c.ParsingError is e"
    source = str(Path(__file__).parents[2] / "src")
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": source})


def test_line_ends_of_all_kinds_count():
    line = ASSIGN.format(text_of(12))
    for end in ("\n", "\r\n", "\r"):
        assert [f.line for f in scan_text("a.py", end.join(["a", line, "b", line]))] == [2, 4]


def test_a_minified_file_is_searched_all_through():
    filler = "function(a,b){return a+b}," * 4000
    lines = [line for line, _ in KINDS.values()]
    text = filler + filler.join(f" {line} " for line in lines) + filler
    found = {(f.check, f.context) for f in scan_text("app.js", text, KEY)}
    for kind, (line, _) in KINDS.items():
        assert {(f.check, f.context) for f in scan_text("app.js", f" {line} ", KEY)} <= found, kind


def test_replacement_characters_do_no_harm():
    line = ASSIGN.format(text_of(12))
    assert [f.line for f in scan_text("a.py", f"\ufffd\ud800\n{line}\ufffd\0")] == [2]


@pytest.mark.parametrize(
    "unit",
    [
        "password",
        "password=",
        'pwd"',
        '"" == ',
        "secret   ",
        "key    ",
        "eyJ",
        "://a:b@",
        "xoxa-1-",
        "glagent-",
    ],
)
@pytest.mark.parametrize("length", [999, 60_000])
def test_hostile_lines_take_bounded_time(unit, length):
    line = (unit * length)[: length - 2] + '="'
    scan_text("a.yaml", line + "\n" + line)  # a minute and more with the plugins as they are
