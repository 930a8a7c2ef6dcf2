"""Values are taken straight from the nodes of a document where that gives what constructing it would."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from reprieve.policy.inputs import yaml as reading
from reprieve.policy.inputs.interface import InputError

RARE = [
    "a: !!str 5",
    "a: !!int '5'",
    "a: !!bool null",
    "a: !!int ''",
    "a: !!null x",
    "a: !unknown {b: 1}",
    "a: !!binary aGk=",
    "1: a\n'1': b",
    "true: a\n1: b",
    "null: a",
    "[a]: b",
    "? {a: b}\n: c",
    "=: a",
    "<<: {a: 1}\nb: 2",
    "a: &x {b: 1}\nc: *x",
    "a: 0o17\nb: 017\nc: 0x1F\nd: 1_000\ne: +5\nf: -0\ng: 1:30",
    "a: 1e3\nb: 1.5\nc: .inf\nd: -.nan\ne: 99999999999999999999",
    "a: yes\nb: Off\nc: ~\nd:\ne: ''\nf: 2024-01-01\ng: NULL",
    "a: b\na: c",
    "a: !!map b",
    "a: !!seq {b: c}",
    "!!set {a, b}",
    "!!omap [a: 1]",
    "- - - a\n- []\n- {}",
    "a: |\n  x && y\nb: 1",
]


def outcome(text: str) -> Any:
    try:
        return [repr(one.value) for one in reading.load(text)]
    except InputError as error:
        return error.message, error.line, error.column


def constructed(text: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    def always(_loader: Any, _node: Any) -> Any:
        raise reading._Rare

    with monkeypatch.context() as patch:
        patch.setattr(reading, "_straight", always)
        return outcome(text)


@pytest.mark.parametrize("text", RARE)
def test_rare_documents_are_what_they_were(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert outcome(text) == constructed(text, monkeypatch)


words = st.one_of(
    st.sampled_from(
        [
            "",
            "yes",
            "no",
            "on",
            "null",
            "~",
            "1",
            "-1",
            "017",
            "0x1",
            "1.5",
            "1e3",
            "1_0",
            "=",
            "<<",
            "2024-01-01",
        ]
    ),
    st.text("ab1.-:_ xeoX", max_size=5),
)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), words),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.one_of(words, st.integers()), inner, max_size=3)
    ),
    max_leaves=8,
)


def plainly(value: Any) -> str:
    """Written without quotes, so that words are taken for what they look like."""
    return yaml.dump(value, default_style=None, Dumper=yaml.CSafeDumper).replace("'", "")


@settings(max_examples=300, deadline=None)
@given(values)
def test_documents_are_what_they_were(value: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for text in (yaml.dump(value, Dumper=yaml.CSafeDumper), plainly(value)):
            assert outcome(text) == constructed(text, patch)
