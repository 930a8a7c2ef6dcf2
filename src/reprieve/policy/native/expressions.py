"""Expressions of Rego as Python: what is undefined ends the block, so a value is defined where it is used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from reprieve.policy.check import suffix_of
from reprieve.policy.native.builtins import BUILTINS, VERB, VERBS
from reprieve.policy.native.lines import Lines
from reprieve.policy.native.program import function_name
from reprieve.policy.native.syntax import Node, Untranslatable, arguments_of, constant, flat, texts_of

_EMPTY = {"ArrayCompr": "[]", "SetCompr": "Set()", "ObjectCompr": "{}"}
_KINDS = {"is_string": "str", "is_object": "dict", "is_array": "list"}


class Expressions(Lines):
    """Each method gives the Python of a value, and writes the lines that it takes to get there."""

    def _statement(self, statement: Node) -> None:
        """A comprehension has statements in it."""
        raise NotImplementedError

    def _expression(self, node: Node) -> str:  # noqa: PLR0911  (a table of kinds of expression)
        ((kind, inner),) = node.items()
        match kind:
            case "String" | "RawString" | "Bool" | "Null":
                return repr(inner["value"])
            case "Number" if isinstance(inner["value"], int):
                return repr(inner["value"])
            case "Var" | "RefDot" | "RefBrack":
                return self._reference(flat(node))
            case "Call":
                return self._call(inner)
            case "Array":
                return f"[{', '.join(map(self._expression, inner['items']))}]"
            case "Set":
                if texts_of(node) is not None:
                    return self._constant_set(node)
                return f"Set.of({', '.join(map(self._expression, inner['items']))})"
            case "Object":
                return self._object(inner)
            case "ArrayCompr" | "SetCompr" | "ObjectCompr":
                return self._comprehension(kind, inner)
            case "BinExpr" if inner["op"] in ("Union", "Intersection"):
                return self._function_of(inner["op"].lower(), inner)
            case "ArithExpr" if inner["op"] in ("Sub", "Add"):
                return self._function_of({"Sub": "minus", "Add": "plus"}[inner["op"]], inner)
        raise Untranslatable(kind)

    def _function_of(self, name: str, inner: Node) -> str:
        return f"{name}({self._expression(inner['lhs'])}, {self._expression(inner['rhs'])})"

    def _object(self, inner: Node) -> str:
        fields = []
        for _, key, value in inner["fields"]:
            if constant(key) is None:
                raise Untranslatable("an object with a key that is worked out")
            fields.append(f"{constant(key)!r}: {self._expression(value)}")
        return f"{{{', '.join(fields)}}}"

    def _constant_set(self, node: Node) -> str:
        """A set of texts, made once."""
        name = f"S_{function_name(self._rule.full)[2:]}_{self._temporaries}"
        self._temporaries += 1
        texts = texts_of(node) or []
        self._constants.append(f"{name} = Set.of({', '.join(map(repr, texts))})")
        return name

    def _comprehension(self, kind: str, inner: Node) -> str:
        name = self._temporary()
        self._put(f"{name} = {_EMPTY[kind]}")
        before, self._ordered = self._ordered, kind == "ArrayCompr"
        with self._scoped():
            for statement in inner["query"]["stmts"]:
                self._statement(statement)
            if kind == "ArrayCompr":
                self._put(f"{name}.append({self._expression(inner['term'])})")
            elif kind == "SetCompr":
                self._put(f"{name}.add({self._expression(inner['term'])})")
            else:
                key, value = self._expression(inner["key"]), self._expression(inner["value"])
                self._put(f"put({name}, {key}, {value})")
        self._ordered = before
        return name

    def _builtin(self, inner: Node) -> str | None:
        """The name of the builtin that is called; None where it is a function of Rego's."""
        steps = flat(inner["fcn"])
        name = ".".join(map(str, steps))
        return name if name in BUILTINS and not self._user_function(steps) else None

    def _user_function(self, steps: Sequence[str | Node]) -> str | None:
        first, rest = steps[0], steps[1:]
        if not rest:
            full = f"{self._rule.package}.{first}"
        else:
            package = self._program.imports(self._rule).get(str(first))
            if package is None or len(rest) != 1:
                return None
            full = f"{package}.{rest[0]}"
        return full if full in self._program.rules else None

    def _call(self, inner: Node) -> str:
        steps = flat(inner["fcn"])
        full = self._user_function(steps)
        builtin = self._builtin(inner)
        if full is None and builtin is None:
            name = ".".join(map(str, steps))
            if name == "set" and not inner["params"]:
                return "Set()"
            raise Untranslatable(f"the function {name}")
        if builtin == "sprintf" and (filled := self._filled(*inner["params"])):
            return filled
        arguments = [self._expression(parameter) for parameter in inner["params"]]
        if builtin is not None:
            if BUILTINS[builtin][0] != len(arguments):
                raise Untranslatable(f"{builtin} with {len(arguments)} arguments")
            if builtin in _KINDS:
                return f"{arguments[0]}.__class__ is {_KINDS[builtin]}"
            name = self._temporary()
            self._put(f"{name} = {BUILTINS[builtin][1].__name__}({', '.join(arguments)})")
            return name
        rule = self._program.rules[str(full)]
        if (
            rule.kind != "function"
            or not rule.clauses
            or len(arguments_of(rule.clauses[0])) != len(arguments)
        ):
            raise Untranslatable(f"a call of {full}")
        self._rule.asks.add(rule.full)
        name = self._temporary()
        self._put(f"{name} = {function_name(rule.full)}({', '.join(['m', *arguments])})")
        if not rule.always:
            self._open(f"if {name} is not U:")
        return name

    def _filled(self, form: Node, values: Node) -> str | None:
        """What `sprintf` makes of a form and as many values; None where that is seen only when it is done."""
        if constant(form) is None or "Array" not in values:
            return None
        parts, items = VERB.split(constant(form) or ""), values["Array"]["items"]
        texts, verbs = [re.sub(r"[{}]", r"\g<0>\g<0>", text) for text in parts[::2]], parts[1::2]
        if not set(verbs) <= VERBS.keys() or len(verbs) != len(items):
            return None
        names = [self._plain(self._expression(item)) for item in items]
        calls = [f"{{{VERBS[verb].__name__}({name})}}" for verb, name in zip(verbs, names, strict=True)]
        filled = "".join(chain.from_iterable(zip(texts, [*calls, ""], strict=True)))
        name = self._temporary()
        self._put(f"{name} = f{filled!r}")
        return name

    def _plain(self, value: str) -> str:
        """The same without quotes, as it can stand in a text."""
        if not re.search(r"[\"'\\{]", value):
            return value
        name = self._temporary()
        self._put(f"{name} = {value}")
        return name

    def _reference(self, steps: Sequence[str | Node]) -> str:
        if not isinstance(steps[0], str):
            return self._steps(self._expression(steps[0]), steps[1:])
        first = steps[0]
        if first in self._scope:
            return self._steps(self._scope[first], steps[1:])
        imports = self._program.imports(self._rule)
        if f"{self._rule.package}.{first}" in self._program.rules:
            return self._steps(self._asked(f"{self._rule.package}.{first}"), steps[1:])
        if first == "input":
            self._rule.asks.add("input")
            return self._steps(self._asked("input"), steps[1:])
        if first in imports and len(steps) > 1 and isinstance(steps[1], str):
            full = f"{imports[first]}.{steps[1]}"
            if full in self._program.rules:
                return self._steps(self._asked(full), steps[2:])
        if first == "data" and len(steps) > 1 and isinstance(steps[1], str):
            if any(f"{package}.".startswith(f"{steps[1]}.") for package in self._program.packages):
                raise Untranslatable("data of ours by its full name")
            self._rule.asks.add(f"data.{steps[1]}")
            return self._steps(self._asked("data"), steps[1:])
        raise Untranslatable(f"the name {first}")

    def _asked(self, full: str) -> str:
        """The value of another rule."""
        rule = self._program.rules.get(full)  # none for input and data
        if rule is not None:
            if rule.kind == "function":
                raise Untranslatable(f"{full} as a value")
            if suffix_of(rule.name) is not None:
                raise Untranslatable(f"{full} asked for by a rule")
            self._rule.asks.add(full)
        if known := self._known.get((full, "")):
            return known
        name = self._known[full, ""] = self._temporary()
        self._put(f'{name} = m["{full}"]')
        if rule is not None and not rule.always:
            self._open(f"if {name} is not U:")
        return name

    def _steps(self, value: str, steps: Sequence[str | Node]) -> str:
        for step in steps:
            key = constant(step)
            if key is None and not isinstance(step, str) and self._unbound(step) is not None:
                value = self._each(value, step)
                continue
            if key is not None:
                value = self._field(value, key)
                continue
            assert not isinstance(step, str)  # noqa: S101
            name = self._temporary()
            self._put(f"{name} = at({value}, {self._expression(step)})")
            self._open(f"if {name} is not U:")
            value = name
        return value

    def _field(self, value: str, key: str) -> str:
        """`value.key`; what was looked up where the code has got to is not looked up again."""
        if known := self._known.get((value, key)):
            return known
        name = self._temporary()
        self._put(f"{name} = field({value}, {key!r})")
        self._open(f"if {name} is not U:")
        self._known[value, key] = name
        return name

    def _each(self, value: str, step: Node) -> str:
        name = self._unbound(step)
        item = self._temporary()
        if name == "_":
            self._for(item, f"{'in_order' if self._ordered else 'members'}({value})")
        else:
            key = self._local(str(name))
            self._for(f"{key}, {item}", f"{'pairs_in_order' if self._ordered else 'pairs'}({value})")
        return item

    def _unbound(self, node: Node) -> str | None:
        """The variable that a node is, where it has no value yet."""
        name = node.get("Var", {}).get("value")
        if (
            not isinstance(name, str)
            or name in self._scope
            or f"{self._rule.package}.{name}" in self._program.rules
        ):
            return None
        if name in self._program.imports(self._rule) or name in ("input", "data"):
            return None
        return name
