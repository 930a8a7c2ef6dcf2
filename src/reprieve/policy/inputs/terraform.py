"""Terraform's own files, `*.tf` and `*.tf.json`: conftest's shape, and what they declare in the cloud.

Of files with values of variables those count that Terraform reads unasked: `terraform.tfvars`,
`*.auto.tfvars` and both with `.json`. What the files of a folder declare together, and what its modules are
called with, is `modules`'s.
"""

from __future__ import annotations

import functools

from reprieve.policy.inputs import modules
from reprieve.policy.inputs.declared import Source, gives_values
from reprieve.policy.inputs.interface import Document
from reprieve.policy.inputs.nodes import Node, from_json, lines_at, plain


def claims(name: str, head: str) -> bool:  # noqa: ARG001 — the name says it all
    """Whether a file of this name is Terraform's (or OpenTofu's)."""
    return name.endswith((".tf", ".tf.json", ".tofu", ".tofu.json")) or gives_values(name)


def read(path: str, text: str) -> list[Document]:
    """The file as conftest shows it, and the resources it declares. Errors: `InputError`."""
    from reprieve.policy.inputs.hcl import from_hcl  # its parser takes longer to load than a scan without it

    node = from_json(text) if path.endswith(".json") else from_hcl(text)
    declared = modules.alone(Source(path, _placed(node, path, blocks=path.endswith(".json"))))
    if gives_values(path):
        return [declared]
    return [Document("terraform", path, plain(node), functools.partial(lines_at, node)), declared]


def _placed(node: Node, path: str, *, blocks: bool) -> Node:
    """The same, each value with its file: it may be used in another. In JSON blocks look like any object."""
    node.path = path
    if isinstance(node.value, list):
        for child in node.value:
            _placed(child, path, blocks=blocks)
    elif isinstance(node.value, dict):
        node.block |= blocks
        for child in node.value.values():
            _placed(child, path, blocks=blocks)
    return node
