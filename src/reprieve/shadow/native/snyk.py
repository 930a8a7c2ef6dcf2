"""`.snyk`: issue ids, each with dependency paths and an end; and paths that are excluded.

snyk/policy `lib/filter/ignore.ts`, `lib/types.ts`. Its dates are compared as text: one that is not ISO 8601
may never come.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry, instant
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, widened
from reprieve.shadow.structured import Doc, documents, expect, get, texts

NAMES = (".snyk",)
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    for doc in documents(file):
        data = expect(doc, "a policy of Snyk")
        ignored = data.get("ignore")
        for identifier, rules in ignored.items() if isinstance(ignored, dict) else ():
            for index, rule in enumerate(rules if isinstance(rules, list) else [rules]):
                yield from _rules(doc, str(identifier), index, rule)
        excluded = data.get("exclude")
        for group, paths in excluded.items() if isinstance(excluded, dict) else ():
            for index, path in enumerate(texts(paths)):
                where = ("exclude", group, index)
                yield entry(
                    file, doc.line(*where), tool="snyk", form="snyk-exclude", text=f"exclude {group}: {path}",
                    paths=[widened(path)], comments=doc.comments(*where),
                )  # fmt: skip


def _rules(doc: Doc, identifier: str, index: int, rule: Any) -> Iterator[Suppression]:
    for path, one in rule.items() if isinstance(rule, dict) else ():
        where = ("ignore", identifier, index, path)
        end = get(one, "expires")
        by = get(one, "ignoredBy", "email")
        yield entry(
            doc.file,
            doc.line(*where),
            tool="snyk",
            form="snyk",
            text=f"{identifier}: {path}",
            type="vulnerability" if not identifier.upper().startswith("SNYK-CC") else "misconfiguration",
            checks=[identifier],
            reason=" ".join(filter(None, (get(one, "reason"), f"({by})" if by else None))) or None,
            expires=end,
            lapses=instant(end),
            comments=(*doc.comments("ignore", identifier), *doc.comments(*where)),
            says=[one],
        )
