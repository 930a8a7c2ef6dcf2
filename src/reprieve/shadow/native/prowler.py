"""Prowler's mutelist: accounts, checks, regions, resources. Patterns are unanchored.

prowler-cloud/prowler `prowler/lib/mutelist/mutelist.py`. For Kubernetes an account is a cluster and a region
a namespace.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reprieve.shadow.entries import entry
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.source import File, of_expression
from reprieve.shadow.structured import documents, get, texts

NAMES = ("*mutelist.yaml", "*mutelist.yml", "mutelist*.yaml")
CUES = ("mutelist:",)
SYNTAXES: tuple[Syntax, ...] = ("yaml",)


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if file.syntax != "yaml" or "{{" in file.text:
        return
    for doc in documents(file):
        accounts = get(doc.value, "Mutelist", "Accounts")
        for account, about in accounts.items() if isinstance(accounts, dict) else ():
            checks = get(about, "Checks")
            for check, one in checks.items() if isinstance(checks, dict) else ():
                regions = ", ".join(texts(get(one, "Regions")))
                where = ("Mutelist", "Accounts", account, "Checks", check)
                resources = texts(get(one, "Resources")) or ["*"]
                yield entry(
                    file,
                    doc.line(*where),
                    tool="prowler",
                    form="prowler",
                    text=f"{account} {check}: {', '.join(resources)} in {regions}",
                    checks=["*" if str(check) == "*" else _pattern(str(check))],
                    paths=(),
                    clusters=[str(account)] if str(account) != "*" else (),
                    resources=[_pattern(name) for name in resources],
                    reason=_text(get(one, "Description")),
                    comments=doc.comments(*where),
                    says=[one],
                )


def _pattern(value: str) -> str:
    """`*` is `.*` there; the whole is then looked for anywhere in a name."""
    return of_expression(value.replace("*", ".*"))


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
