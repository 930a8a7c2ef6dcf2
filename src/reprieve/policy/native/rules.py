"""Rules of Rego as functions of Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reprieve.policy.check import suffix_of
from reprieve.policy.native.lines import INDENT
from reprieve.policy.native.program import function_name
from reprieve.policy.native.statements import Statements
from reprieve.policy.native.syntax import Node, Untranslatable, arguments_of, flat, gives_true
from reprieve.policy.native.tidy import tidied


class Writer(Statements):
    """The code of one rule."""

    def write(self) -> None:
        """Writes it. Errors: `Untranslatable`."""
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
        rule.code = [*self._constants, *tidied(self._lines)]

    def _value(self) -> None:
        """A rule or function with one value: each clause a part of one function, or one of its own."""
        rule = self._rule
        name = function_name(rule.full)
        arguments = arguments_of(rule.clauses[0]) if rule.clauses else []
        heading = ", ".join(["m", *arguments])
        if len(rule.clauses) == 1 or all(gives_true(clause) for clause in rule.clauses):
            with self._block(f"def {name}({heading}):"):
                for clause in rule.clauses:
                    self._clause(clause, arguments)
                self._finally(f"return {self._otherwise()}")
            return
        parts = [f"{name}_{number}" for number, _ in enumerate(rule.clauses, start=1)]
        for part, clause in zip(parts, rule.clauses, strict=True):
            with self._block(f"def {part}({heading}):"):
                self._clause(clause, arguments)
                self._finally("return U")
        calls = ", ".join(f"{part}({heading})" for part in parts)
        with self._block(f"def {name}({heading}):"):
            if rule.default is None:
                self._put(f"return one_of({calls})")
            else:
                self._put(f"value = one_of({calls})")
                self._put(f"return {self._otherwise()} if value is U else value")

    def _finally(self, line: str) -> None:
        """A line at the end of a function, if the end is reached."""
        if not self._lines[-1].startswith(f"{INDENT * self._depth}return"):
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
                looped = bool(self._loops) and not gives_true(clause)
                self._put(f"found = one_of(found, {value})" if looped else f"return {value}")
            if looped:
                self._lines.insert(start, f"{INDENT * self._depth}found = U")
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
        with self._block(f"def {function_name(self._rule.full)}(m):"):
            self._put("found = []" if reports else "found = Set()")
            add = "found.append" if reports else "found.add"
            for clause in self._rule.clauses:
                key = clause["head"]["Set"]["key"]
                self._bodies(clause, lambda key=key: self._put(f"{add}({self._expression(key)})"))
            self._put("return found")

    def _object_of_sets(self) -> None:
        with self._block(f"def {function_name(self._rule.full)}(m):"):
            self._put("found = {}")
            for clause in self._rule.clauses:
                head = clause["head"]["Set"]
                steps = flat(head["refr"])
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
