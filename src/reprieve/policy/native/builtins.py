"""Rego's builtin functions, as far as our packs call them: what is not certain is left to the engine."""

from __future__ import annotations

import functools
import itertools
import re
import warnings
from collections.abc import Callable, Mapping
from typing import Any

from reprieve.policy.native.values import Found, Set, U, Unsure, order

_NUMBERS = frozenset({int, float})
_PARSER: Any = getattr(re, "_parser")  # noqa: B009  (it has no public name since 3.11)


def _text(value: Any) -> str:
    if value.__class__ is not str:
        raise Unsure
    return str(value)


def _ascii(value: Any) -> str:
    """Text in which characters, bytes and cases are what they seem."""
    if value.__class__ is str and value.isascii():
        return str(value)
    raise Unsure


def is_string(value: Any) -> bool:
    """Rego's `is_string`."""
    return value.__class__ is str


def is_object(value: Any) -> bool:
    """Rego's `is_object`."""
    return value.__class__ is dict


def is_array(value: Any) -> bool:
    """Rego's `is_array`."""
    return value.__class__ is list


def is_number(value: Any) -> bool:
    """Rego's `is_number`."""
    return value.__class__ in _NUMBERS


def is_boolean(value: Any) -> bool:
    """Rego's `is_boolean`."""
    return value.__class__ is bool


def count(value: Any) -> int:
    """Rego's `count`."""
    if value.__class__ in (list, dict, Set, str):
        return len(value)
    raise Unsure


def concat(delimiter: Any, parts: Any) -> str:
    """Rego's `concat`."""
    if parts.__class__ is list:
        texts = parts
    elif parts.__class__ is Set:
        texts = sorted(map(_text, parts.values()))
    else:
        raise Unsure
    return _text(delimiter).join(map(_text, texts))


def array_concat(one: Any, other: Any) -> list[Any]:
    """Rego's `array.concat`."""
    if one.__class__ is list and other.__class__ is list:
        return [*one, *other]
    raise Unsure


def sort(value: Any) -> list[Any]:
    """Rego's `sort`."""
    if value.__class__ in (list, Set):
        return sorted(value.values() if value.__class__ is Set else value, key=order)
    raise Unsure


def object_get(value: Any, key: Any, default: Any) -> Any:
    """Rego's `object.get`."""
    if value.__class__ is dict and key.__class__ is str:
        return value.get(key, default)
    raise Unsure


def contains(text: Any, part: Any) -> bool:
    """Rego's `contains`."""
    return _text(part) in _text(text)


def startswith(text: Any, part: Any) -> bool:
    """Rego's `startswith`."""
    return _text(text).startswith(_text(part))


def endswith(text: Any, part: Any) -> bool:
    """Rego's `endswith`."""
    return _text(text).endswith(_text(part))


def lower(text: Any) -> str:
    """Rego's `lower`."""
    return _ascii(text).lower()


def upper(text: Any) -> str:
    """Rego's `upper`."""
    return _ascii(text).upper()


def split(text: Any, delimiter: Any) -> list[str]:
    """Rego's `split`."""
    if not _text(delimiter):
        raise Unsure
    return _text(text).split(str(delimiter))


def trim_prefix(text: Any, prefix: Any) -> str:
    """Rego's `trim_prefix`."""
    return _text(text).removeprefix(_text(prefix))


def trim_left(text: Any, characters: Any) -> str:
    """Rego's `trim_left`."""
    return _text(text).lstrip(_text(characters))


def indexof(text: Any, part: Any) -> int:
    """Rego's `indexof`."""
    if not part:
        raise Unsure
    return _ascii(text).find(_text(part))


def substring(text: Any, offset: Any, length: Any) -> str:
    """Rego's `substring`."""
    if offset.__class__ is not int or length.__class__ is not int or offset < 0:
        raise Unsure
    return _ascii(text)[offset:] if length < 0 else _ascii(text)[offset : offset + length]


VERB = re.compile(r"%(.)", re.DOTALL)
"""A place for a value in what `sprintf` fills in."""


def sprintf(form: Any, values: Any) -> str:
    """Rego's `sprintf`, with `%s`, `%v` and `%d` alone."""
    if values.__class__ is not list:
        raise Unsure
    given = iter(values)

    def shown(verb: re.Match[str]) -> str:
        if verb[1] not in VERBS:
            raise Unsure
        return VERBS[verb[1]](next(given, U))

    text = VERB.sub(shown, _text(form))
    if next(given, U) is not U:
        raise Unsure
    return text


def as_text(value: Any) -> str:
    """What `%s` makes of a value."""
    if value.__class__ is not str:
        raise Unsure
    return str(value)


def as_value(value: Any) -> str:
    """What `%v` makes of a value."""
    kind = value.__class__
    if kind is str or kind is int:
        return str(value)
    if kind is bool or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    raise Unsure


def as_digits(value: Any) -> str:
    """What `%d` makes of a value."""
    if value.__class__ is int:
        return str(value)
    raise Unsure


VERBS: Mapping[str, Callable[[Any], str]] = {"s": as_text, "v": as_value, "d": as_digits}


def regex_match(pattern: Any, text: Any) -> bool:
    """Rego's `regex.match`."""
    return _pattern(_text(pattern)).search(_ascii(text)) is not None


def regex_replace(text: Any, pattern: Any, into: Any) -> str:
    """Rego's `regex.replace`."""
    expression, template = _pattern(_text(pattern)), _text(into)
    if _may_be_empty(expression):
        raise Unsure
    groups = [int(number) for number in _REFERENCE.findall(template)]
    if not _TEMPLATE.fullmatch(template) or max(groups, default=0) > expression.groups:
        raise Unsure
    return expression.sub(_REFERENCE.sub(r"\\g<\1>", template), _ascii(text))


_TEMPLATE = re.compile(r"(?:[^$\\]|\$\{\d\})*")
_REFERENCE = re.compile(r"\$\{(\d)\}")


def regex_find_all_string_submatch_n(pattern: Any, text: Any, number: Any) -> list[list[str]]:
    """Rego's `regex.find_all_string_submatch_n`."""
    expression = _pattern(_text(pattern))
    if number.__class__ is not int or _may_be_empty(expression):
        raise Unsure
    found = expression.finditer(_ascii(text))
    wanted = found if number < 0 else itertools.islice(found, number)
    return [[match[0], *(group or "" for group in match.groups())] for match in wanted]


@functools.lru_cache(maxsize=512)
def _pattern(pattern: str) -> re.Pattern[str]:
    """A regular expression of Rego's (RE2, Rust's regex) for text that is ASCII.

    What the two read differently is `$`, which is the very end here and may be before a last newline there,
    and what is refused here.
    """
    if not pattern.isascii() or _APART.search(pattern):
        raise Unsure
    lines = re.match(r"\(\?[a-z]*m[a-z]*\)", pattern) is not None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            return re.compile(pattern if lines else _ENDS.sub(_very_end, pattern), re.ASCII)
        except (re.error, Warning):
            raise Unsure from None


@functools.lru_cache(maxsize=512)
def _may_be_empty(expression: re.Pattern[str]) -> bool:
    """Whether it could match nothing: where that is after another match is not the same everywhere."""
    return bool(_PARSER.parse(expression.pattern, expression.flags).getwidth()[0] == 0)


_APART = re.compile(r"\\[pPzZQEGHhVvRKux0-9]|\(\?(?![ims]*[:)])|(?<!\\)[*+?}]\+")
"""Syntax that is the one's alone, or another thing in each; of what is in brackets Python gives warning."""
_ENDS = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\$", re.DOTALL)


def _very_end(part: re.Match[str]) -> str:
    return r"\Z" if part[0] == "$" else part[0]


def result_new(message: Any, cause: Any) -> Found:
    """`result.new`, of the functions for Trivy's checks."""
    if message.__class__ is str and cause.__class__ is not Set:
        return Found(message, cause)
    raise Unsure


BUILTINS: Mapping[str, tuple[int, Callable[..., Any]]] = {
    "array.concat": (2, array_concat),
    "concat": (2, concat),
    "contains": (2, contains),
    "count": (1, count),
    "endswith": (2, endswith),
    "indexof": (2, indexof),
    "is_array": (1, is_array),
    "is_boolean": (1, is_boolean),
    "is_number": (1, is_number),
    "is_object": (1, is_object),
    "is_string": (1, is_string),
    "lower": (1, lower),
    "object.get": (3, object_get),
    "regex.find_all_string_submatch_n": (3, regex_find_all_string_submatch_n),
    "regex.match": (2, regex_match),
    "regex.replace": (3, regex_replace),
    "result.new": (2, result_new),
    "sort": (1, sort),
    "split": (2, split),
    "sprintf": (2, sprintf),
    "startswith": (2, startswith),
    "substring": (3, substring),
    "trim_left": (2, trim_left),
    "trim_prefix": (2, trim_prefix),
    "upper": (1, upper),
}
"""How many arguments each takes, and the function."""

TESTS = frozenset(
    {
        "contains",
        "endswith",
        "is_array",
        "is_boolean",
        "is_number",
        "is_object",
        "is_string",
        "regex.match",
        "startswith",
    }
)
"""Those that give true or false."""
