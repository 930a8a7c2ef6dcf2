"""From Rego to Python: the checks of a pack, as functions that do what the engine would.

What is translated is the part of the language that our checks are written in; a rule that uses more is left
out, with everything that asks for it, and stays with the engine. A query becomes nested `if` and `for`: what
is undefined ends where its `if` does, so that `not` holds of it as the engine has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec

from reprieve.policy.check import suffix_of
from reprieve.policy.engine import Engine
from reprieve.policy.module import Module
from reprieve.policy.native.builtins import BUILTINS, TESTS
from reprieve.policy.native.packs import digest_of

Node = dict[str, Any]


class Untranslatable(Exception):  # noqa: N818  (no error: the engine evaluates it)
    """What is not of the part of the language that is translated."""


class _Rule(msgspec.Struct):
    """All clauses of one name."""

    package: str
    name: str
    kind: str
    """`value`, `function`, `set`, or `object`, of values or sets."""
    clauses: list[Node] = []
    default: Node | None = None
    module: Module | None = None
    code: list[str] = []
    asks: set[str] = msgspec.field(default_factory=set)
    """The rules that it asks for, and what else it rests on: `input`, `data.x`."""

    @property
    def full(self) -> str:
        return f"{self.package}.{self.name}"

    @property
    def always(self) -> bool:
        """Whether it has a value whatever the document."""
        return self.kind == "set" or self.kind.startswith("object") or self.default is not None


class Translated(msgspec.Struct, frozen=True):
    """A pack as Python."""

    source: str
    left: dict[str, str]
    """Rules that stay with the engine, and why."""


def translate(modules: Sequence[Module], wanted: Iterable[str], title: str) -> Translated:
    """A Python module that evaluates some rules of a pack.

    Args:
        modules: the pack and its libraries.
        wanted: the rules that report something, in full: `builtin.kubernetes.KSV001.deny`.
        title: what the docstring says.
    """
    program = _Program(modules)
    reached: dict[str, _Rule] = {}
    left: dict[str, str] = {}
    for name in wanted:
        try:
            rules = program.closure(name)
        except Untranslatable as reason:
            left[name] = str(reason)
        else:
            reached.update(rules)
    return Translated(_written(reached, [name for name in wanted if name not in left], title), left)


def _written(rules: Mapping[str, _Rule], wanted: Sequence[str], title: str) -> str:
    functions = [rule.full for rule in rules.values() if rule.kind == "function"]
    named = [name for name in rules if name not in functions]
    sources = {rule.module.path: digest_of(rule.module.text) for rule in rules.values() if rule.module}
    data = {
        ask.removeprefix("data.") for rule in rules.values() for ask in rule.asks if ask.startswith("data.")
    }
    return "\n".join(
        [
            f'"""{title}',
            "",
            "Written by `python -m reprieve.policy.native` from the checks in Rego: not to be edited.",
            '"""',
            "",
            "# mypy: ignore-errors",
            "# ruff: noqa",
            "# fmt: off",
            "",
            "from reprieve.policy.native.builtins import *",
            "from reprieve.policy.native.values import *",
            *(line for rule in rules.values() for line in ("", *rule.code)),
            "",
            *_table("RULES", [f'"{name}": {_function(name)}' for name in named]),
            *_table("CONSTANT", [f'"{name}"' for name in named if not _varies(rules[name], rules, set())]),
            *_table("REPORTING", [f'"{name}"' for name in wanted]),
            *_table("DATA", [f'"{name}"' for name in sorted(data)]),
            *_table("SOURCES", [f'"{path}": "{digest}"' for path, digest in sorted(sources.items())]),
            "",
        ]
    )


def _table(name: str, items: Sequence[str]) -> list[str]:
    return [f"{name} = {{", *(f"    {item}," for item in items), "}"]


def _varies(rule: _Rule, rules: Mapping[str, _Rule], seen: set[str]) -> bool:
    """Whether it is another thing for another document."""
    seen.add(rule.full)
    return any(
        ask == "input" or (ask in rules and ask not in seen and _varies(rules[ask], rules, seen))
        for ask in rule.asks
    )


def _function(full: str) -> str:
    return "r_" + full.removeprefix("builtin.").replace(".", "_")


class _Program:
    """All rules of some modules, translated as they are asked for."""

    def __init__(self, modules: Sequence[Module]) -> None:
        self.rules: dict[str, _Rule] = {}
        self.packages: defaultdict[str, set[str]] = defaultdict(set)
        self._done: dict[str, str | None] = {}
        self._imports: dict[str, dict[str, str]] = {}
        for module in modules:
            engine = Engine()
            engine.add_module(module.path, module.text, v0=module.v0)
            tree = engine.syntax()[0]["ast"]
            self._imports[module.path] = dict(_imported(tree["imports"], module))
            for node in tree["rules"]:
                self._add(module, node)

    def _add(self, module: Module, node: Node) -> None:
        ((form, body),) = node.items()
        if form == "Default":
            head, kind = body, "value"
        else:
            ((shape, head),) = body["head"].items()
            kind = {"Func": "function", "Set": "set", "Compr": "value"}[shape]
        steps = _flat(head["refr"])
        name = steps[0]
        if len(steps) > 1:
            kind = f"object of {kind}s"
        assert isinstance(name, str)  # noqa: S101
        rule = self.rules.setdefault(
            f"{module.package}.{name}", _Rule(module.package, name, kind, module=module)
        )
        self.packages[module.package].add(name)
        if form == "Default":
            rule.default = body["value"]
        else:
            if rule.kind != kind or rule.module is not module:
                rule.kind = "mixed"
            rule.clauses.append(body)

    def closure(self, name: str) -> dict[str, _Rule]:
        """A rule and all that it asks for, what is asked first. Errors: `Untranslatable`."""
        found: dict[str, _Rule] = {}
        self._close(name, found, ())
        return found

    def _close(self, name: str, found: dict[str, _Rule], path: tuple[str, ...]) -> None:
        if name in path:
            raise Untranslatable(f"{name} asks for itself")
        if name in found or name not in self.rules:
            return
        rule = self.rules[name]
        if name not in self._done:
            self._done[name] = None
            try:
                _Writer(self, rule).write()
            except Untranslatable as reason:
                self._done[name] = str(reason)
        failed = self._done[name]
        if failed is not None:
            raise Untranslatable(failed)
        for ask in sorted(rule.asks):
            self._close(ask, found, (*path, name))
        found[name] = rule

    def imports(self, rule: _Rule) -> dict[str, str]:
        """Name -> package."""
        assert rule.module is not None  # noqa: S101
        return self._imports[rule.module.path]


def _imported(imports: Sequence[Node], module: Module) -> Iterator[tuple[str, str]]:
    source = module.text.encode()
    for one in imports:
        steps = _flat(one["refr"])
        alias = one.get("as")
        name = source[alias["start"] : alias["end"]].decode() if alias else steps[-1]
        if steps[0] == "data":
            yield str(name), ".".join(map(str, steps[1:]))


def _flat(node: Node) -> list[str | Node]:
    """A reference as its first name and its steps: texts, and expressions for what is in brackets."""
    ((kind, inner),) = node.items()
    if kind == "Var":
        return [str(inner["value"])]
    if kind == "RefDot":
        return [*_flat(inner["refr"]), inner["field"][1]]
    if kind == "RefBrack":
        return [*_flat(inner["refr"]), inner["index"]]
    return [node]


def _constant(step: str | Node) -> str | None:
    """The text that a step is; None of any other."""
    if isinstance(step, str):
        return step
    ((kind, inner),) = step.items()
    return inner["value"] if kind in ("String", "RawString") and isinstance(inner["value"], str) else None


_INDENT = "    "
_EMPTY = {"ArrayCompr": "[]", "SetCompr": "Set()", "ObjectCompr": "{}"}
_KINDS = {"is_string": "str", "is_object": "dict", "is_array": "list"}
_COMPARED = {"Eq": "==", "Ne": "!="}
_NOT = {"Eq": "", "Ne": "not ", "Lt": "", "Ge": "not ", "Gt": "", "Le": "not "}


class _Writer:
    """The code of one rule."""

    def __init__(self, program: _Program, rule: _Rule) -> None:
        self._program = program
        self._rule = rule
        self._constants: list[str] = []
        self._lines: list[str] = []
        self._depth = 0
        self._temporaries = 0
        self._scope: dict[str, str] = {}
        self._known: dict[tuple[str, str], str] = {}
        self._loops = 0
        self._ordered = False

    def write(self) -> None:
        rule = self._rule
        writers = {
            "value": self._value,
            "function": self._value,
            "set": self._set,
            "object of sets": self._object_of_sets,
        }
        if rule.kind not in writers:
            raise Untranslatable(f"{rule.full} is {rule.kind}")
        writers[rule.kind]()
        rule.code = [*self._constants, *self._lines]

    # --- Rules ---------------------------------------------------------------------------------------------

    def _value(self) -> None:
        """A rule or function with one value: each clause a part of one function, or one of its own."""
        rule = self._rule
        name = _function(rule.full)
        arguments = self._arguments(rule.clauses[0]) if rule.clauses else []
        heading = ", ".join(["m", *arguments])
        if all(_gives_true(clause) for clause in rule.clauses):
            with self._block(f"def {name}({heading}):"):
                for clause in rule.clauses:
                    self._clause(clause, arguments)
                self._finally(f"return {self._otherwise()}")
            return
        parts = []
        if len(rule.clauses) == 1 and rule.default is None:
            parts = [name]
        else:
            parts = [f"{name}_{number}" for number, _ in enumerate(rule.clauses, start=1)]
        for part, clause in zip(parts, rule.clauses, strict=True):
            with self._block(f"def {part}({heading}):"):
                self._clause(clause, arguments)
                self._finally("return U")
        if parts == [name]:
            return
        calls = [f"{part}({heading})" for part in parts]
        with self._block(f"def {name}({heading}):"):
            together = calls[0] if len(calls) == 1 else f"one_of({', '.join(calls)})"
            self._put(f"value = {together}")
            self._put(f"return {self._otherwise()} if value is U else value")

    def _finally(self, line: str) -> None:
        """A line at the end of a function, if the end is reached."""
        if not self._lines[-1].startswith(f"{_INDENT * self._depth}return"):
            self._put(line)

    def _otherwise(self) -> str:
        return "U" if self._rule.default is None else self._literal(self._rule.default)

    def _literal(self, node: Node) -> str:
        ((kind, inner),) = node.items()
        if kind in ("String", "RawString", "Bool", "Null"):
            return repr(inner["value"])
        if kind == "Object" and not inner["fields"]:
            return "{}"
        raise Untranslatable(f"a default that is {kind}")

    def _arguments(self, clause: Node) -> list[str]:
        head = next(iter(clause["head"].values()))
        return [f"a{number}" for number, _ in enumerate(head.get("args", ()))]

    def _clause(self, clause: Node, arguments: Sequence[str]) -> None:
        """The bodies of a clause, each returning where it holds."""
        head = next(iter(clause["head"].values()))
        for number, body in enumerate(clause["bodies"] or [None]):
            assign = head["assign"] if number == 0 else body["assign"]
            start, looped = len(self._lines), False
            with self._scoped():
                self._bind(head.get("args", ()), arguments)
                for statement in body["query"]["stmts"] if body else ():
                    self._statement(statement)
                value = "True" if assign is None else self._expression(assign["value"])
                looped = bool(self._loops) and not _gives_true(clause)
                self._put(f"found = one_of(found, {value})" if looped else f"return {value}")
            if looped:
                self._lines.insert(start, f"{_INDENT * self._depth}found = U")
                with self._block("if found is not U:"):
                    self._put("return found")

    def _bind(self, nodes: Sequence[Node], arguments: Sequence[str]) -> None:
        for node, argument in zip(nodes, arguments, strict=True):
            ((kind, inner),) = node.items()
            if kind == "Var":
                if inner["value"] != "_":
                    self._scope[inner["value"]] = argument
            elif kind in ("String", "RawString"):
                self._open(f"if {argument} == {inner['value']!r}:")
            else:
                raise Untranslatable(f"an argument that is {kind}")

    def _set(self) -> None:
        reports = suffix_of(self._rule.name) is not None
        with self._block(f"def {_function(self._rule.full)}(m):"):
            self._put("found = []" if reports else "found = Set()")
            add = "found.append" if reports else "found.add"
            for clause in self._rule.clauses:
                key = clause["head"]["Set"]["key"]
                self._bodies(clause, lambda key=key: self._put(f"{add}({self._expression(key)})"))
            self._put("return found")

    def _object_of_sets(self) -> None:
        with self._block(f"def {_function(self._rule.full)}(m):"):
            self._put("found = {}")
            for clause in self._rule.clauses:
                head = clause["head"]["Set"]
                steps = _flat(head["refr"])
                if len(steps) != 2:
                    raise Untranslatable("an object in an object")
                self._bodies(clause, lambda step=steps[1], key=head["key"]: self._put_in(step, key))
            self._put("return found")

    def _put_in(self, step: str | Node, key: Node) -> None:
        name = repr(step) if isinstance(step, str) else self._expression(step)
        self._put(f"under(found, {name}).add({self._expression(key)})")

    def _bodies(self, clause: Node, then: Any) -> None:
        for body in clause["bodies"] or [{"query": {"stmts": []}, "is_else": False}]:
            if body["is_else"]:
                raise Untranslatable("else in a set")
            with self._scoped():
                for statement in body["query"]["stmts"]:
                    self._statement(statement)
                then()

    # --- Statements ----------------------------------------------------------------------------------------

    def _statement(self, statement: Node) -> None:
        if statement.get("with_mods"):
            raise Untranslatable("with")
        ((kind, inner),) = statement["literal"].items()
        if kind == "Expr":
            self._holds(inner["expr"])
        elif kind == "NotExpr":
            flag = self._temporary()
            self._put(f"{flag} = True")
            with self._scoped():
                self._holds(inner["expr"])
                self._put(f"{flag} = False")
            self._open(f"if {flag}:")
        elif kind == "SomeIn":
            self._some(inner)
        elif kind == "SomeVars":
            for span in inner["vars"]:
                self._scope.pop(self._name_at(span), None)
        elif kind == "Every":
            self._every(inner)
        else:
            raise Untranslatable(kind)

    def _name_at(self, span: Node) -> str:
        assert self._rule.module is not None  # noqa: S101
        return self._rule.module.text.encode()[span["start"] : span["end"]].decode()

    def _holds(self, node: Node) -> None:
        """Opens a block in which an expression is true."""
        ((kind, inner),) = node.items()
        if kind == "AssignExpr":
            self._assign(inner)
        elif kind == "BoolExpr":
            self._open(f"if {self._comparison(inner)}:")
        elif kind == "Membership":
            if inner.get("key"):
                raise Untranslatable("membership with a key")
            self._open(f"if {self._membership(inner)}:")
        elif kind == "Call" and self._builtin(inner) in TESTS:
            self._open(f"if {self._expression(node)}:")
        else:
            value = self._expression(node)
            if value != "True":
                self._open(f"if {value} is not False:")

    def _membership(self, inner: Node) -> str:
        value = self._expression(inner["value"])
        literal = _texts(inner["collection"])
        if literal is not None:
            return f"member({value}, {self._constant_set(inner['collection'])})"
        return f"member({value}, {self._expression(inner['collection'])})"

    def _comparison(self, inner: Node) -> str:
        left, right = inner["lhs"], inner["rhs"]
        operator = inner["op"]
        if operator not in _NOT:
            raise Untranslatable(operator)
        one, other = self._expression(left), self._expression(right)
        if operator in ("Eq", "Ne"):
            return (
                self._sameness(left, one, other, operator)
                or self._sameness(right, other, one, operator)
                or (f"{_NOT[operator]}equal({one}, {other})")
            )
        if operator in ("Gt", "Le"):
            one, other = other, one
        return f"{_NOT[operator]}less({one}, {other})"

    def _sameness(self, side: Node, value: str, against: str, operator: str) -> str | None:
        """A cheap test against a side that is written out; None where it is worked out."""
        ((kind, inner),) = side.items()
        if kind in ("String", "RawString"):
            return f"{against} {_COMPARED[operator]} {value}"
        if kind in ("Bool", "Null"):
            return f"{against} {'is' if operator == 'Eq' else 'is not'} {inner['value']!r}"
        if kind == "Number":
            return f"{_NOT[operator]}is_number_equal({against}, {value})"
        if kind == "Object" and not inner["fields"]:
            return f"{_NOT[operator]}is_empty_object({against})"
        return None

    def _assign(self, inner: Node) -> None:
        left, right = inner["lhs"], inner["rhs"]
        if inner["op"] != "ColEq":
            name = self._unbound(left)
            if name is None and self._unbound(right) is not None:
                left, right = right, left
                name = self._unbound(left)
            if name is None:
                one, other = self._expression(left), self._expression(right)
                self._open(f"if equal({one}, {other}):")
                return
        self._take(left, self._expression(right))

    def _take(self, pattern: Node, value: str) -> None:
        """Binds what a pattern names to a value, which must be of its form."""
        ((kind, inner),) = pattern.items()
        if kind == "Var":
            if inner["value"] == "_":
                return
            if value.isidentifier():
                self._scope[inner["value"]] = value
            else:
                self._put(f"{self._local(inner['value'])} = {value}")
        elif kind == "Array":
            items = inner["items"]
            self._open(f"if {value}.__class__ is list and len({value}) == {len(items)}:")
            for number, item in enumerate(items):
                self._take(item, f"{value}[{number}]")
        else:
            raise Untranslatable(f"a pattern that is {kind}")

    def _some(self, inner: Node) -> None:
        collection = self._expression(inner["collection"])
        if inner["key"] is None:
            function = "in_order" if self._ordered else "some"
            item = self._loop_variable(inner["value"])
            self._for(item, f"{function}({collection})")
        else:
            key, item = self._loop_variable(inner["key"]), self._loop_variable(inner["value"])
            function = "pairs_in_order" if self._ordered else "some_pairs"
            self._for(f"{key}, {item}", f"{function}({collection})")
            if "Array" in inner["key"]:
                raise Untranslatable("a pattern for a key")
        if "Array" in inner["value"]:
            self._take(inner["value"], item)

    def _loop_variable(self, node: Node) -> str:
        ((kind, inner),) = node.items()
        if kind == "Var":
            return self._temporary() if inner["value"] == "_" else self._local(inner["value"])
        if kind == "Array":
            return self._temporary()
        raise Untranslatable(f"a pattern that is {kind}")

    def _every(self, inner: Node) -> None:
        domain = self._expression(inner["domain"])
        flag = self._temporary()
        self._put(f"{flag} = True")
        value = self._name_at(inner["value"])
        with self._scoped():
            if inner["key"] is None:
                self._for(self._local(value), f"some({domain})")
            else:
                key = self._local(self._name_at(inner["key"]))
                self._for(f"{key}, {self._local(value)}", f"some_pairs({domain})")
            holds = self._temporary()
            self._put(f"{holds} = False")
            with self._scoped():
                for statement in inner["query"]["stmts"]:
                    self._statement(statement)
                self._put(f"{holds} = True")
            with self._block(f"if not {holds}:"):
                self._put(f"{flag} = False")
        self._open(f"if {flag}:")

    # --- Expressions: the Python of a value that is defined where the code has got to ---------------------

    def _expression(self, node: Node) -> str:  # noqa: PLR0911  (a table of kinds of expression)
        ((kind, inner),) = node.items()
        match kind:
            case "String" | "RawString" | "Bool" | "Null":
                return repr(inner["value"])
            case "Number" if isinstance(inner["value"], int):
                return repr(inner["value"])
            case "Var" | "RefDot" | "RefBrack":
                return self._reference(_flat(node))
            case "Call":
                return self._call(inner)
            case "Array":
                return f"[{', '.join(map(self._expression, inner['items']))}]"
            case "Set":
                if _texts(node) is not None:
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
            if _constant(key) is None:
                raise Untranslatable("an object with a key that is worked out")
            fields.append(f"{_constant(key)!r}: {self._expression(value)}")
        return f"{{{', '.join(fields)}}}"

    def _constant_set(self, node: Node) -> str:
        """A set of texts, made once."""
        name = f"S_{_function(self._rule.full)[2:]}_{self._temporaries}"
        self._temporaries += 1
        texts = _texts(node) or []
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
        steps = _flat(inner["fcn"])
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
        steps = _flat(inner["fcn"])
        full = self._user_function(steps)
        builtin = self._builtin(inner)
        if full is None and builtin is None:
            name = ".".join(map(str, steps))
            if name == "set" and not inner["params"]:
                return "Set()"
            raise Untranslatable(f"the function {name}")
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
            or len(self._arguments(rule.clauses[0])) != len(arguments)
        ):
            raise Untranslatable(f"a call of {full}")
        self._rule.asks.add(rule.full)
        name = self._temporary()
        self._put(f"{name} = {_function(rule.full)}({', '.join(['m', *arguments])})")
        if not rule.always:
            self._open(f"if {name} is not U:")
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
            constant = _constant(step)
            if constant is None and not isinstance(step, str) and self._unbound(step) is not None:
                value = self._each(value, step)
                continue
            if constant is not None:
                value = self._field(value, constant)
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
        if not value.isidentifier():
            self._put(f"{name} = {value}")
            self._known[value, ""], value, name = name, name, self._temporary()
        self._put(f"{name} = {value}.get({key!r}, U) if {value}.__class__ is dict else at({value}, {key!r})")
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

    # --- Lines ---------------------------------------------------------------------------------------------

    def _put(self, line: str) -> None:
        self._lines.append(_INDENT * self._depth + line)

    def _open(self, line: str) -> None:
        self._put(line)
        self._depth += 1

    def _for(self, names: str, collection: str) -> None:
        self._open(f"for {names} in {collection}:")
        self._loops += 1

    @contextmanager
    def _block(self, line: str) -> Iterator[None]:
        depth = self._depth
        self._open(line)
        yield
        self._depth = depth

    @contextmanager
    def _scoped(self) -> Iterator[None]:
        """What is opened and named within ends with it."""
        depth, scope, known, loops = self._depth, dict(self._scope), dict(self._known), self._loops
        yield
        self._depth, self._scope, self._known, self._loops = depth, scope, known, loops

    def _temporary(self) -> str:
        self._temporaries += 1
        return f"t{self._temporaries}"

    def _local(self, name: str) -> str:
        self._temporaries += 1
        self._scope[name] = f"{name}_{self._temporaries}"
        return self._scope[name]


def _texts(node: Node) -> list[str] | None:
    """The members of a set of constant texts; None of any other."""
    items = node.get("Set", {}).get("items")
    if not items:
        return None
    texts = [_constant(item) if next(iter(item)) in ("String", "RawString") else None for item in items]
    return None if None in texts else [text for text in texts if text is not None]


def _gives_true(clause: Node) -> bool:
    head = next(iter(clause["head"].values()))
    return head.get("assign") is None and all(body["assign"] is None for body in clause["bodies"])
