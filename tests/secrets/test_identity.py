"""One secret, one name: in all places, in no other secret, and only for who has the key."""

from __future__ import annotations

import hashlib

import pytest

from reprieve.errors import UsageError
from reprieve.findings.fingerprint import KEYED, fingerprints
from reprieve.secrets.identity import KEY_VARIABLE, find_key, keyed, new_key
from reprieve.secrets.scan import scan_text
from tests.secrets.made import KEY, lines_of_each_kind, private_key, text_of

KINDS = lines_of_each_kind()
ASSIGN = "pass" + 'word = "{}"'


def context(path: str, text: str, key: bytes | None = KEY) -> str:
    [found] = scan_text(path, text, key)
    return found.context


def test_the_same_secret_is_one_in_two_places_and_both_places_are_kept():
    line = ASSIGN.format(text_of(12))
    one, two = scan_text("a.py", line, KEY), scan_text("deep/b.py", f"\n\n{line}\n{line}", KEY)
    assert [(f.path, f.line) for f in one + two] == [("a.py", 1), ("deep/b.py", 3), ("deep/b.py", 4)]
    assert len({f.context for f in one + two}) == 1
    assert len(set(fingerprints(one + two))) == 1


def test_another_secret_or_another_key_gives_another_name():
    line, other = ASSIGN.format(text_of(12)), ASSIGN.format(text_of(12, seed=8))
    assert context("a.py", line) != context("a.py", other)
    assert context("a.py", line) != context("a.py", line, b"another key of thirty-two letters")


@pytest.mark.parametrize("kind", ["GitHub Token", "GitLab Token"])
def test_two_tokens_are_not_one_for_their_prefix(kind):
    line, value = KINDS[kind]
    other = value[:-20] + text_of(20, seed=9)
    assert context("a.py", line) != context("a.py", line.replace(value, other))


def test_a_private_key_is_known_by_its_body_in_any_layout():
    text = private_key()
    name = context("id_rsa", text)
    assert context("deep/other", f"# mine\n{text}") == name
    assert context("a.json", '{"k": "' + text.replace("\n", "\\n") + '"}') == name
    assert context("a.yaml", "k: |\n" + "".join(f"  {row}\n" for row in text.split("\n"))) == name
    assert context("a.py", "\n".join(f'"{row}\\n"' for row in text.split("\n"))) == name
    assert context("id_rsa", private_key(seed=8)) != name


def test_words_about_a_private_key_are_never_one_with_another():
    words = "look for BEGIN RSA PRIVATE" + " KEY"
    assert context("a.md", words) != context("b.md", words)
    assert "(****)" in scan_text("a.md", words, KEY)[0].message


def test_the_name_is_no_bare_digest():
    value = text_of(12)
    digests = {hashlib.new(name, value.encode()).hexdigest() for name in ("sha1", "sha256", "md5")}
    name = context("a.py", ASSIGN.format(value))
    assert name == keyed(value, KEY)
    assert name.startswith(KEYED)
    assert name.removeprefix(KEYED) not in digests


def test_without_a_key_nothing_but_the_mask_is_told():
    value = text_of(12)
    found = scan_text("a.py", ASSIGN.format(value))
    assert found[0].context == f"masked:{value[:2]}****{value[-2:]}"


def test_the_environment_comes_before_the_charter():
    theirs, ours = "e" * 32, new_key()
    assert find_key({KEY_VARIABLE: theirs}, ours) == theirs.encode()
    assert find_key({}, ours) == ours.encode()
    assert find_key({KEY_VARIABLE: ""}, None) is None


@pytest.mark.parametrize(("environment", "charter"), [({KEY_VARIABLE: "short"}, None), ({}, "short")])
def test_a_short_key_is_refused_and_not_shown(environment, charter):
    with pytest.raises(UsageError, match="shorter than 32") as refused:
        find_key(environment, charter)
    assert "short " not in str(refused.value).replace("shorter", "")


def test_new_keys_are_long_and_new():
    assert len(new_key()) == 64
    assert new_key() != new_key()
