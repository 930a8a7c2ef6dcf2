"""Where the rules of a file of Rego are, to the byte."""

from __future__ import annotations

import pytest

from reprieve.policy.module import parse
from tests.policy.scanning import module


@pytest.mark.parametrize(
    "rule",
    [
        'exception contains "user.root"',
        "exception contains `user.root`",
        'exception contains x if x := "user"',
        'exception contains "ä" if input.x == "ö"',
        'exception contains ["a"]',
        'exception contains x if {\n\tx := "user"\n}',
        'exception := {"a"}',
        'default exception := "a"',
    ],
)
def test_a_rule_is_whole(rule: str) -> None:
    text = module("user.exceptions", rule, 'after := "x"')
    found = parse("a.rego", text).rules[0]
    assert text.encode()[found.start : found.end].decode().removesuffix("\n") in (
        rule,
        rule.removeprefix("default "),
    )
