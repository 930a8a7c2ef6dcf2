"""The scope entries of all exceptions, numbered; for each thing that a finding has, the entries it fits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from reprieve.match.model import Scoped
from reprieve.match.patterns import MaskMemo, PatternIndex, union
from reprieve.record import glob
from reprieve.record.model import SCOPE_KEYS
from reprieve.record.scope import values_of

_HEAD = re.compile(r"[^*?]*")
_LETTERS = re.compile(r"[A-Za-z]*")


class Scopes:
    """One index for each scope key, for the check type and for the environment."""

    def __init__(self, exceptions: Sequence[Scoped]) -> None:
        entries = [(exception, entry) for exception in exceptions for entry in exception.scope]
        self.owners = [exception for exception, _ in entries]
        """The exception of each entry; in their order, so that a lower number is a lower id."""
        index = {key: PatternIndex([values_of(entry, key) for _, entry in entries]) for key in SCOPE_KEYS}
        self.types = PatternIndex([[entry.type] if entry.type else [] for _, entry in entries])
        self.environments = PatternIndex([[exception.environment] for exception, _ in entries])
        self.checks = index["checks"]
        self.clusters = index["clusters"]
        self.fingerprints = index["fingerprints"]
        self.namespaces = MaskMemo(index["namespaces"])
        self.resources = MaskMemo(index["resources"])
        self.paths = MaskMemo(index["paths"])
        self.images = MaskMemo(index["images"])
        self.repositories = MaskMemo(index["repositories"])
        self.packages = MaskMemo(index["packages"])
        self._families = PatternIndex(
            [[_family(check) for check in values_of(e, "checks")] for _, e in entries]
        )
        self.coarse = union(index[key].having for key in ("namespaces", "images", "repositories"))
        """The entries that say where by what a cluster does not decide."""
        fine = union(index[key].having for key in ("resources", "paths"))
        self.fine = fine & ~(self.coarse | self.clusters.having)
        """The entries that say where only by resources or paths."""

    def of_names(self, names: Iterable[str]) -> int:
        """The entries that admit a check by one of its names."""
        return union(map(self.checks.mask, names))

    def of_families(self, families: Iterable[str]) -> int:
        """The entries with a check that may be of one of these families: all of `of_names`, and more."""
        return union(map(self._families.mask, families))


def family_of(name: str) -> str:
    """The letters that a check's name begins with: `KSV` of `KSV012`."""
    return _beginning(_LETTERS, name)


def _family(pattern: str) -> str:
    """The pattern for the families of what matches: `CKV` for `CKV_K8S_*`, `CK*` for `CK*`, `*` for `*`."""
    head = _beginning(_HEAD, pattern)
    letters = family_of(head)
    return letters if letters != head or glob.is_literal(pattern) else f"{letters}*"


def _beginning(expression: re.Pattern[str], text: str) -> str:
    found = expression.match(text)
    return found[0] if found else ""
