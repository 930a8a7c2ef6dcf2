"""Kinds of input: one module each. What a file is, is decided by its content as much as by its name."""

from __future__ import annotations

from collections.abc import Mapping

from reprieve.policy.inputs import cloudformation, compose, dockerfile, kubernetes, loose, plan, terraform
from reprieve.policy.inputs.interface import Document, InputError, Reader

READERS: Mapping[str, Reader] = {
    "dockerfile": dockerfile,
    "terraform": terraform,
    "plan": plan,
    "cloudformation": cloudformation,
    "kubernetes": kubernetes,
    "compose": compose,
    "plain": loose,
}
"""In the order in which they are asked: the first that claims a file has it."""
_PERHAPS = "perhaps"


def kind_of(name: str, text: str, *, plain_too: bool = False) -> str | None:
    """Which reader a file is for; None for one that holds no configuration.

    Args:
        name: of the file.
        text: all of it, or enough.
        plain_too: whether YAML, JSON and TOML that is nothing in particular is wanted.
    """
    for kind, reader in READERS.items():
        if (kind != "plain" or plain_too) and reader.claims(name, text):
            return kind
    return _PERHAPS if loose.suspects(name, text) else None


def read(kind: str, path: str, text: str) -> list[Document]:
    """The documents of a file of a known kind. Errors: `InputError`."""
    return loose.read_if_possible(path, text) if kind == _PERHAPS else READERS[kind].read(path, text)


__all__ = ["READERS", "Document", "InputError", "kind_of", "read"]
