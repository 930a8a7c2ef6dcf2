"""Looking only where a cue is loses nothing: the same is found as when every detector sees every line."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reprieve.secrets import scan
from reprieve.secrets.cues import fold
from reprieve.secrets.lines import Lines
from tests.secrets.made import KEY, lines_of_each_kind, text_of

KINDS = lines_of_each_kind()
WORDS = (
    "api_key",
    "authkey",
    "password",
    "PassWord",
    "db_pass",
    "my_secret_2",
    "pwd",
    "contraseña",
    "CONTRASEÑA",
)
ODD = ("pa\u017f\u017fword", "api_\u212aey", "ap\u0131key", "serv\u0130ceKey")
JOINS = (
    "",
    " ",
    "=",
    " = ",
    ": ",
    ":=",
    " => ",
    "==",
    "!=",
    "('",
    '("',
    "[5]=",
    "['",
    "'] = '",
    '"',
    "'",
    "`",
    ";",
    "']:",
)
VALUES = (
    *(value for _, value in KINDS.values()),
    "hunter2",
    "a b",
    text_of(23),
    text_of(9, "abcdef0123456789"),
)
PIECES = st.sampled_from(
    (
        *WORDS,
        *ODD,
        *JOINS,
        *JOINS,
        *VALUES,
        *(line for line, _ in KINDS.values()),
        "\n",
        "\n",
        "#",
        "aws",
        "ß",
    )
)
PATHS = ("a.py", "a.go", "a.yaml", "a.cpp", "a.cs", ".env", "a.md", "yarn.lock")


class EveryLine(Lines):
    def excerpts(self, *_: object) -> Iterator[tuple[int, str]]:
        yield from ((number, line.rstrip()) for number, line in enumerate(self.lines))


def everything(path: str, text: str) -> list[object]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scan, "Lines", EveryLine)
        return list(scan.scan_text(path, text, KEY))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(PATHS), st.lists(PIECES, max_size=12))
def test_nothing_is_lost(path, pieces):
    text = "".join(pieces)
    assert scan.scan_text(path, text, KEY) == everything(path, text)


@pytest.mark.parametrize("odd", ODD)
def test_letters_that_case_folding_makes_equal_are_found(odd):
    assert len(scan.scan_text("a.py", f'{odd} = "{text_of(12)}"')) == 1


@given(st.text())
def test_folding_moves_no_character(text):
    assert len(fold(text)) == len(text)
