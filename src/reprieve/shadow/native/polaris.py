"""Polaris' configuration: exemptions, and checks that are ignored.

FairwindsOps/polaris `pkg/config/exemptions.go`: namespaces are exact, names of containers prefixes, what is
left out is all.
"""

from __future__ import annotations

from collections.abc import Iterator

from reprieve.shadow.entries import entry
from reprieve.shadow.languages import Syntax
from reprieve.shadow.model import Suppression
from reprieve.shadow.native.settings import comments_at
from reprieve.shadow.source import File, literal
from reprieve.shadow.structured import documents, get, mappings, texts

NAMES = (
    "polaris.yaml",
    "polaris.yml",
    "polaris-config.yaml",
    "polaris-*.yaml",
    ".polaris.yaml",
    "polaris.config.yaml",
)
CUES: tuple[str, ...] = ()
SYNTAXES: tuple[Syntax, ...] = ()


def read(file: File) -> Iterator[Suppression]:
    """Its entries. Errors: `InputError`."""
    if "{{" in file.text:
        return
    for doc in documents(file):
        for index, one in mappings(get(doc.value, "exemptions")):
            names = texts(one.get("controllerNames"))
            rules = texts(one.get("rules"))
            namespace = one.get("namespace")
            yield entry(
                file,
                doc.line("exemptions", index),
                tool="polaris",
                form="polaris",
                text=f"exempt {namespace or '*'}/{', '.join(names) or '*'}: {', '.join(rules) or 'all'}",
                type="misconfiguration",
                checks=rules or ["*"],
                paths=(),
                namespaces=[literal(str(namespace))] if namespace else ["*"],
                resources=[literal(f"*/{name}*") for name in names] or ["*"],
                comments=doc.comments("exemptions", index),
                says=[one],
            )
        checks = get(doc.value, "checks")
        for name, level in checks.items() if isinstance(checks, dict) else ():
            if level == "ignore":
                line = doc.line("checks", name)
                yield entry(
                    file,
                    line,
                    tool="polaris",
                    form="polaris",
                    text=f"{name}: ignore",
                    type="misconfiguration",
                    checks=[str(name)],
                    paths=(),
                    comments=comments_at(file, line),
                )
