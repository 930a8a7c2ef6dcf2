"""Values of Rego as Python has them, and what the language does with them.

What JSON can say is what `json` makes of it; a set is a `Set`; what is undefined is `U`. Wherever the meaning
is not certain (types mixed in a comparison, text beyond ASCII in a regular expression, what the engine calls
an error), `Unsure` is raised, and the engine is asked instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple


class Unsure(Exception):  # noqa: N818  (no error: the engine answers)
    """What is asked for here is left to the engine."""


class _Undefined:
    __slots__ = ()

    def __repr__(self) -> str:
        return "undefined"


U: Any = _Undefined()


class Found(NamedTuple):
    """What `result.new` gives."""

    message: str
    cause: Any


class Set(dict[Any, Any]):
    """A set: its members by what they are the same as."""

    __slots__ = ()

    @staticmethod
    def of(*members: Any) -> Set:
        """The set of these."""
        made = Set()
        for member in members:
            made.add(member)
        return made

    def add(self, member: Any) -> None:
        """Adds a member, which may be in already."""
        self[member if member.__class__ is str else same(member)] = member


class Facts(dict[str, Any]):
    """The rules of a pack over one document, each worked out when it is first asked for."""

    __slots__ = ("_constants", "_lasting", "_rules")

    def __init__(
        self, rules: dict[str, Callable[[Facts], Any]], constants: frozenset[str], lasting: dict[str, Any]
    ) -> None:
        super().__init__(lasting)
        self._rules = rules
        self._constants = constants
        self._lasting = lasting

    def __missing__(self, name: str) -> Any:
        value = self[name] = self._rules[name](self)
        if name in self._constants:
            self._lasting[name] = value
        return value


def remembered(function: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """A function of one value alone: what it gave for a short text it gives again."""
    known: dict[str, Any] = {}

    def ask(facts: Any, text: Any) -> Any:
        if text.__class__ is not str or len(text) > _SHORT:
            return function(facts, text)
        value = known.get(text, known)
        if value is known:
            value = function(facts, text)
            if len(known) > _MANY:
                known.clear()
            known[text] = value
        return value

    return ask


_SHORT = 200
_MANY = 5_000


def same(value: Any) -> Any:
    """A key that two values share when Rego calls them equal: 1 and 1.0, but neither 1 and true."""
    kind = value.__class__
    if kind is str or kind is int or kind is float:
        return value
    if kind is bool or value is None:
        return (value, kind)
    if kind is dict:
        items = [(key, item if item.__class__ is str else same(item)) for key, item in value.items()]
        return ("object", frozenset(items))
    if kind is list:
        return ("array", tuple([item if item.__class__ is str else same(item) for item in value]))
    if kind is Set:
        return ("set", frozenset(value))
    raise Unsure(kind)


_PLAIN: frozenset[type] = frozenset({str, int, float})


def equal(one: Any, other: Any) -> bool:
    """`one == other`."""
    if one.__class__ in _PLAIN and other.__class__ in _PLAIN:
        return bool(one == other)
    return bool(same(one) == same(other))


def is_number_equal(value: Any, number: int) -> bool:
    """`value == number`."""
    return value.__class__ is not bool and bool(value == number)


def is_empty_object(value: Any) -> bool:
    """`value == {}`."""
    return value.__class__ is dict and not value


def less(one: Any, other: Any) -> bool:
    """`one < other`, of two numbers or two texts."""
    kinds = {one.__class__, other.__class__}
    if kinds == {str} or kinds <= {int, float}:
        return bool(one < other)
    raise Unsure


def at(value: Any, step: Any) -> Any:
    """`value[step]`."""
    kind = value.__class__
    if kind is dict:
        if step.__class__ is str:
            return value.get(step, U)
        raise Unsure
    if kind is list:
        if step.__class__ is int:
            return value[step] if 0 <= step < len(value) else U
        if step.__class__ is float:
            raise Unsure
        return U
    if kind is Set:
        return value.get(same(step), U)
    return U


def field(value: Any, key: str) -> Any:
    """`value.key`."""
    return value.get(key, U) if value.__class__ is dict else at(value, key)


def path(value: Any, *keys: str) -> Any:
    """`value.key.key`."""
    for key in keys:
        value = value.get(key, U) if value.__class__ is dict else at(value, key)
        if value is U:
            return U
    return value


_NONE: tuple[Any, ...] = ()


def members(value: Any) -> Any:
    """What `value[_]` takes in turn; nothing where there is nothing."""
    kind = value.__class__
    if kind is list:
        return value
    return value.values() if kind is dict or kind is Set else _NONE


def pairs(value: Any) -> Any:
    """What `value[key]` takes in turn, each with its key."""
    kind = value.__class__
    if kind is dict:
        return value.items()
    if kind is list:
        return enumerate(value)
    return [(member, member) for member in value.values()] if kind is Set else _NONE


def some(value: Any) -> Any:
    """What `some … in value` takes: as `members`, but the engine has an error where there can be none."""
    kind = value.__class__
    if kind is list:
        return value
    if kind is dict or kind is Set:
        return value.values()
    raise Unsure


def some_pairs(value: Any) -> Any:
    """What `some …, … in value` takes."""
    if value.__class__ in _COLLECTIONS:
        return pairs(value)
    raise Unsure


_COLLECTIONS: frozenset[type] = frozenset({dict, list, Set})


def in_order(value: Any) -> Any:
    """The same in the order of the engine, where an array is made of it."""
    if value.__class__ is list:
        return value
    if value.__class__ is Set and len(value) == 1:
        return value.values()
    return [item for _, item in pairs_in_order(value)]


def pairs_in_order(value: Any) -> Iterator[tuple[Any, Any]]:
    """Items of an object by key, members of a set by value."""
    kind = value.__class__
    if kind is dict:
        for key in sorted(value):
            yield key, value[key]
    elif kind is list:
        yield from enumerate(value)
    elif kind is Set:
        for member in sorted(value.values(), key=order):
            yield member, member


def order(value: Any) -> Any:  # noqa: PLR0911  (a table of types)
    """A key by which values of every type are sorted as the engine sorts them."""
    kind = value.__class__
    if value is None:
        return (0,)
    if kind is bool:
        return (1, value)
    if kind is int or kind is float:
        return (2, value)
    if kind is str:
        return (3, value)
    if kind is list:
        return (4, [order(item) for item in value])
    if kind is Set:
        return (5, sorted(order(item) for item in value.values()))
    if kind is dict:
        return (6, [((3, key), order(value[key])) for key in sorted(value)])
    raise Unsure(kind)


def member(value: Any, collection: Any) -> bool:
    """`value in collection`."""
    kind = collection.__class__
    if kind is Set:
        return (value if value.__class__ is str else same(value)) in collection
    if kind is list or kind is dict:
        wanted = same(value)
        return any(same(item) == wanted for item in members(collection))
    return False


def one_of(*values: Any) -> Any:
    """What several clauses of one rule give: they must not contradict each other."""
    found = U
    for value in values:
        if value is U:
            continue
        if found is not U and not equal(found, value):
            raise Unsure
        found = value
    return found


def under(found: dict[str, Set], key: Any) -> Set:
    """The set under a key of an object that is being made."""
    if key.__class__ is not str:
        raise Unsure
    return found.setdefault(key, Set())


def put(found: dict[str, Any], key: Any, value: Any) -> None:
    """Adds to an object that is being made: a key has one value."""
    if key.__class__ is not str or (key in found and not equal(found[key], value)):
        raise Unsure
    found[key] = value


def union(one: Any, other: Any) -> Set:
    """`one | other`."""
    if one.__class__ is Set and other.__class__ is Set:
        return Set({**one, **other})
    raise Unsure


def intersection(one: Any, other: Any) -> Set:
    """`one & other`."""
    if one.__class__ is Set and other.__class__ is Set:
        return Set({key: value for key, value in one.items() if key in other})
    raise Unsure


def minus(one: Any, other: Any) -> Any:
    """`one - other`, of numbers or sets."""
    if one.__class__ is Set and other.__class__ is Set:
        return Set({key: value for key, value in one.items() if key not in other})
    if one.__class__ is int and other.__class__ is int:
        return one - other
    raise Unsure


def plus(one: Any, other: Any) -> int:
    """`one + other`."""
    if one.__class__ is int and other.__class__ is int:
        return int(one + other)
    raise Unsure
