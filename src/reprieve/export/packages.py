"""A pattern for package URLs as what tools compare instead: type, name, version.

Source: package-url/purl-spec. Other tools know no qualifiers (`?arch=amd64`), so a pattern must either
leave them open (`pkg:npm/lodash@4.17.4*`) or be of a type that has none.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import unquote

from reprieve.export.fit import Fitted
from reprieve.export.interface import Left

_SHAPE = re.compile(r"pkg:(?P<type>[a-z.+-]+)/(?P<path>[^*?#@]+)@(?P<version>[^*?#]*)(?P<rest>\*?)")
WITHOUT_QUALIFIERS = frozenset({"npm", "gem", "cargo", "nuget", "composer", "golang"})
"""Types whose package URLs carry none in the reports of scanners."""


class Package(NamedTuple):
    """Packages of one name."""

    type: str
    namespace: str
    """`org.apache.logging`, `@scope`, `debian`; empty when there is none."""
    name: str
    version: str | None
    """None for every version."""

    @property
    def path(self) -> str:
        """Namespace and name: `@scope/name`."""
        return f"{self.namespace}/{self.name}" if self.namespace else self.name


def package_of(pattern: str, *, no_qualifiers: bool = False) -> Package:
    """What the pattern says, when it is about one name. Errors: `ValueError`.

    Args:
        pattern: `pkg:npm/lodash@4.17.4`, `…@4.17.4*` or `…@*`. The second stands for that version alone here.
        no_qualifiers: whether the tool's package URLs never have any.
    """
    found = _SHAPE.fullmatch(pattern)
    if found is None:
        raise ValueError("not one package: name it as pkg:type/name@version or pkg:type/name@*")
    if not found["rest"] and not no_qualifiers and found["type"] not in WITHOUT_QUALIFIERS:
        raise ValueError(
            f"leaves out package URLs with qualifiers, which the file cannot: {pattern}* does not"
        )
    namespace, _, name = found["path"].rpartition("/")
    version = unquote(found["version"])
    return Package(found["type"], unquote(namespace), unquote(name), version or None)


def begins_alike(fitted: Fitted) -> list[Left]:
    """For `…@4.17.4*`: that 4.17.40 is left out, which the pattern matches too."""
    return [
        fitted.entry.left("other versions that begin like it", f"packages: {pattern}")
        for pattern in fitted.keys["packages"]
        if (found := _SHAPE.fullmatch(pattern)) and found["version"] and found["rest"]
    ]
