"""Where the rules of a file of Rego are, to the byte."""

from __future__ import annotations

import pytest

from reprieve.policy.engine import RegoError
from reprieve.policy.house import unanswered
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


@pytest.mark.parametrize(
    ("rule", "column"),
    [
        ('deny contains "a" if http.send({})', 22),
        ('deny contains "#" if http.send({})', 22),
        ('deny contains "\\"#" if opa.runtime()', 24),
        ("deny contains `a\n#` if http.send({})", 7),
        ('deny contains "a" # http.send({})', None),
        ('deny contains "http.send({})"', None),
        ("deny contains `http.send(\n{})`", None),
    ],
)
def test_what_asks_for_the_outside_is_refused_wherever_it_stands(rule: str, column: int | None) -> None:
    fault = unanswered(parse("a.rego", module("user", rule)))
    assert (fault.column if fault else None) == column


def test_a_second_body_is_refused_in_words_that_say_what_to_do() -> None:
    text = module("user", 'deny[msg] { msg := "one" } { msg := "two" }', v0=True)
    with pytest.raises(RegoError, match="one body and no `else`: write the rule twice") as caught:
        parse("a.rego", text)
    assert caught.value.line == 2
