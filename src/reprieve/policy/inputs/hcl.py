"""HCL, read into the shape that conftest (hcl2json) gives it, with lines.

Blocks are nested by their labels and always lists; literal values are values; every other expression is its
source between `${` and `}`. https://github.com/tmccombs/hcl2json describes the shape.
"""

from __future__ import annotations

import contextlib
import math
import re
from collections.abc import Iterator
from typing import Any

from lark import Token, Tree
from lark.exceptions import LarkError, UnexpectedInput

from reprieve.policy.inputs.interface import InputError
from reprieve.policy.inputs.nodes import MAX_DEPTH, Node, representable

_HEREDOCS = ("heredoc_template", "heredoc_template_trim")
_BLANKS = re.compile(r"\s{500}")


def from_hcl(text: str) -> Node:
    """Errors: `InputError`."""
    node: Node = _Reader(text).guarded(lambda reader, tree: reader.body(tree.children[0]))
    return node


def call(source: str) -> tuple[str | None, list[Node]]:
    """An expression as a function's or operator's name and its arguments, or as None and itself.

    Of operators only `!`, `==`, `!=`, `&&`, `||`, and the choice `?` with its three parts are told apart.

    Errors: `InputError`.
    """
    found: tuple[str | None, list[Node]] = _Reader(f"v = {source}").guarded(_call)
    return found


def _call(reader: _Reader, tree: Tree[Token]) -> tuple[str | None, list[Node]]:
    whole = _unwrapped(_trees(_trees(tree.children[0], "attribute")[0])[-1])
    term = _without_parentheses(whole)
    if term.data == "function_call":
        name = "::".join(str(part.children[0]) for part in _trees(term, "identifier"))
        arguments = [part for group in _trees(term, "arguments") for part in _trees(group) if _solid(part)]
        return name, [reader.value(part) for part in arguments]
    operator, operands = _operation(term)
    if operator:
        return operator, [reader.value(_without_parentheses(part)) for part in operands]
    return None, [reader.value(whole)]


def _operation(term: Tree[Token]) -> tuple[str | None, list[Tree[Token]]]:
    parts = [part for part in _trees(term) if _solid(part)]
    if term.data == "conditional" and len(parts) == 3:
        return "?", parts
    if term.data == "unary_op" and str(term.children[0]) == "!":
        return "!", parts
    if term.data == "binary_op" and len(parts) == 2 and parts[1].data == "binary_term":
        operator, *right = [part for part in _trees(parts[1]) if _solid(part)]
        sign = str(operator.children[0])
        if sign in ("==", "!=", "&&", "||") and len(right) == 1:
            return sign, [parts[0], right[0]]
    return None, []


def _without_parentheses(tree: Tree[Token]) -> Tree[Token]:
    while tree.data in ("expr_term", "expression"):
        within = [part for part in _trees(tree) if _solid(part)]
        if len(within) != 1:
            break
        tree = within[0]
    return tree


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text.replace("\r\n", "\n").removeprefix("\ufeff")
        self._depth = 0

    def guarded(self, read: Any) -> Any:
        import hcl2

        blanks = _BLANKS.search(self._text) if "<<" in self._text else None
        if blanks:  # where a heredoc ends is then sought in quadratic time
            raise InputError("500 blanks in a row", self._text.count("\n", 0, blanks.start()) + 1, 1)
        try:
            return read(self, hcl2.parses_to_tree(self._text))
        except UnexpectedInput as error:
            raise _unexpected(error, self._text) from None
        except LarkError as error:
            raise InputError(f"not valid HCL: {str(error).splitlines()[0]}") from None
        except RecursionError:
            raise InputError("nested too deeply") from None

    def body(self, tree: Any) -> Node:
        members: dict[str, Node] = {}
        for child in _trees(tree, "block"):
            with self._deeper(child, 2):
                self._add_block(child, members)
        seen: set[str] = set()
        for child in _trees(tree, "attribute"):
            name, value = str(_trees(child)[0].children[0]), self.value(_trees(child)[-1])
            if name in seen:
                raise InputError(f"the attribute `{name}` twice", child.meta.line, child.meta.column)
            seen.add(name)
            members[name] = Node(value.value, child.meta.line, value.last)
        return Node(members, *_span(tree))

    def _add_block(self, tree: Tree[Token], members: dict[str, Node]) -> None:
        *names, body = [part for part in _trees(tree) if part.data != "new_line_or_comment"]
        block = self.body(body)
        block.first, block.last, block.block = tree.meta.line, tree.meta.end_line, True
        *outer, last = [self._label(name) for name in names]
        for label in outer:
            within = members.setdefault(label, Node({}, block.first, block.last))
            if not isinstance(within.value, dict):
                raise InputError(f"`{label}` with labels and without", block.first, tree.meta.column)
            within.first, within.last = min(within.first, block.first), max(within.last, block.last)
            members = within.value
        blocks = members.setdefault(last, Node([], block.first, block.last))
        if not isinstance(blocks.value, list):
            raise InputError(f"`{last}` with labels and without", block.first, tree.meta.column)
        blocks.value.append(block)
        blocks.last = block.last

    def _label(self, tree: Tree[Token]) -> str:
        return self._string(tree) if tree.data == "string" else str(tree.children[0])

    def value(self, tree: Tree[Token]) -> Node:
        tree = _unwrapped(tree)
        first, last = _span(tree)
        if tree.data in _HEREDOCS:
            last -= 1  # the token takes the line's end along
        with self._deeper(tree, 1):
            return Node(self._value(tree), first, last)

    @contextlib.contextmanager
    def _deeper(self, tree: Tree[Token], levels: int) -> Iterator[None]:
        if self._depth + levels > MAX_DEPTH:
            raise InputError("nested too deeply", tree.meta.line, tree.meta.column)
        self._depth += levels
        yield
        self._depth -= levels

    def _value(self, tree: Tree[Token]) -> Any:
        kind = tree.data
        literal = _literal_text(tree)
        if literal:
            return _literal(literal)
        if kind == "string":
            wrapped = self._sole_interpolation(tree)
            return self._value(wrapped) if wrapped is not None else self._string(tree)
        if kind == "tuple":
            return [self.value(item) for item in _trees(tree) if _solid(item)]
        if kind == "object":
            return {self._key(item): self.value(_trees(item)[-1]) for item in _trees(tree, "object_elem")}
        if kind in _HEREDOCS:
            return _heredoc(str(tree.children[0]))
        return "${" + self._source(tree) + "}"

    def _sole_interpolation(self, tree: Tree[Token]) -> Tree[Token] | None:
        parts = [_trees(part) for part in _trees(tree)]
        if len(parts) == 1 and parts[0] and parts[0][0].data == "interpolation":
            return _unwrapped(_trees(parts[0][0])[0])
        return None

    def _string(self, tree: Tree[Token]) -> str:
        return "".join(self._part(part.children[0]) for part in _trees(tree))

    def _part(self, part: Any) -> str:
        if isinstance(part, Token):
            return _unescaped(str(part)) if part.type == "STRING_CHARS" else str(part)
        if part.data != "interpolation":
            return self._source(part)
        inner = _unwrapped(_trees(part)[0])
        return self._string(inner) if inner.data == "string" else "${" + self._source(inner) + "}"

    def _key(self, tree: Tree[Token]) -> str:
        key = _trees(_trees(tree)[0])
        if not key:
            return str(tree.children[0])
        inner = _unwrapped(key[0])
        if inner.data == "string":
            return self._string(inner)
        source = self._source(inner)
        return "${" + source + "}" if source.startswith("(") else source

    def _source(self, tree: Tree[Token]) -> str:
        return self._text[tree.meta.start_pos : tree.meta.end_pos].strip()


def _trees(tree: Any, kind: str | None = None) -> list[Tree[Token]]:
    children = tree.children if isinstance(tree, Tree) else []
    return [child for child in children if isinstance(child, Tree) and (kind is None or child.data == kind)]


def _solid(tree: Tree[Token]) -> bool:
    return tree.data != "new_line_or_comment"


def _unwrapped(tree: Tree[Token]) -> Tree[Token]:
    """The term within, save in parentheses, which are part of the source."""
    while tree.data in ("expr_term", "expression") and len(tree.children) == 1:
        tree = _trees(tree)[0]
    return tree


def _span(tree: Tree[Token]) -> tuple[int, int]:
    return getattr(tree.meta, "line", 1), getattr(tree.meta, "end_line", 1)


def _literal_text(tree: Tree[Token]) -> str | None:
    if tree.data == "unary_op" and str(tree.children[0]) == "-":
        operand = _unwrapped(_trees(tree)[0])
        return f"-{operand.children[0]}" if operand.data in ("int_lit", "float_lit") else None
    return str(tree.children[0]) if tree.data in ("int_lit", "float_lit", "literal_value") else None


def _literal(text: str) -> Any:
    words = {"true": True, "false": False, "null": None}
    if text in words:
        return words[text]
    if len(text) > 1000:
        raise InputError("a number of more than 1,000 digits")
    number = float(text) if re.search(r"[.eE]", text) else int(text)
    if not math.isfinite(number):
        raise InputError("a number that is too large")
    whole = isinstance(number, int) or number.is_integer()
    return representable(int(number)) if whole else number


_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_escape, text) if "\\" in text else text


def _escape(match: re.Match[str]) -> str:
    if match[3]:
        return _ESCAPES.get(match[3], match[3])
    code = int(match[1] or match[2], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


_SPACED = re.compile(r"(?<!\$)\$\{([^{}\"]*)\}")


def _heredoc(token: str) -> str:
    lines = token.rstrip("\n").split("\n")
    body = lines[1:-1]
    if token.startswith("<<-"):
        indents = [len(line) - len(line.lstrip(" ")) for line in body if line.strip()]
        body = [line[min(indents, default=0) :] for line in body]
    return _SPACED.sub(lambda match: "${" + match[1].strip() + "}", "".join(line + "\n" for line in body))


def _unexpected(error: UnexpectedInput, text: str) -> InputError:
    line, column = getattr(error, "line", None), getattr(error, "column", None)
    token = getattr(error, "token", None)
    if (token is not None and token.type == "$END") or not isinstance(line, int) or line < 1:
        return InputError("the HCL ends too early: is a brace or a quote missing?", text.count("\n") + 1, 1)
    shown = (
        (str(token) if token is not None else text[error.pos_in_stream or 0 :][:1])
        .strip()
        .split("\n")[0][:40]
    )
    what = f"unexpected `{shown}`" if shown else "unexpected end of line"
    return InputError(f"not valid HCL: {what}", line, column)
