"""Statements of a query: each opens a block in which it holds."""

from __future__ import annotations

from reprieve.policy.native.builtins import TESTS
from reprieve.policy.native.expressions import Expressions
from reprieve.policy.native.syntax import Node, Untranslatable, texts_of

_COMPARED = {"Eq": "==", "Ne": "!="}
_NOT = {"Eq": "", "Ne": "not ", "Lt": "", "Ge": "not ", "Gt": "", "Le": "not "}


class Statements(Expressions):
    """The bodies of rules and comprehensions."""

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
        literal = texts_of(inner["collection"])
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
