"""What the expressions of a Terraform module can name, and how much may be made of them."""

from __future__ import annotations

import msgspec

from reprieve.policy.inputs.interface import InputError
from reprieve.policy.inputs.nodes import Node


class Bounds(msgspec.Struct):
    """What a root module and all that it calls may still make of expressions."""

    left: int = 2_000_000
    """Values: a few lines of locals can stand for gigabytes."""
    calls: int = 0
    """Of modules, so far."""
    crossed: int = 0
    """Borders between modules that one value is followed over, right now."""

    def spend(self, amount: int) -> None:
        """Errors: `InputError` when there is nothing left."""
        self.left -= amount
        if self.left < 0:
            raise InputError("expressions that unfold to millions of values")


class Scope(msgspec.Struct):
    """What the expressions of one module, called once, can name."""

    variables: dict[str, Node]
    """Their defaults, of those that have one; of a root module what files say, over them."""
    locals: dict[str, Node]
    data: dict[tuple[str, str], Node]
    outputs: dict[str, Node] = {}
    never_null: set[str] = set()
    """Variables whose default stands where null is given."""
    given: dict[str, Node] = {}
    """Arguments of the call, to be followed in the scope of the `caller`."""
    caller: Scope | None = None
    modules: dict[str, Scope] = {}
    """Those that it calls, by the name of the call."""
    address: str = ""
    """What its resources' addresses begin with: `module.logs.`."""
    known: dict[tuple[str, str], Node] = {}
    """Of arguments and outputs: what they came to."""
    bounds: Bounds = msgspec.field(default_factory=Bounds)
