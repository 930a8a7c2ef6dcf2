"""Writes docs/checks/: a page for each built-in check, and an index. `make docs`; a test compares them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from reprieve.policy.bundle import PACKS, load
from reprieve.policy.catalogue import examples_of, file_of, frameworks_of, pack_of, spellings
from reprieve.policy.check import Check
from reprieve.policy.compliance import FRAMEWORKS
from reprieve.report.text import amount
from reprieve.words import SEVERITIES

_TAGS = (
    "`reprieve scan . --compliance NAME` looks for those alone, and says of each control whether it",
    "passes, fails, would fail without exceptions, or was not checked because nothing was there to check.",
    "The numbers are those of the version that is named here. CIS sections were held against the public",
    "mappings of Kubescape (Kubernetes v1.10), Docker Bench for Security and Prowler (AWS v3.0); the",
    "topics of NSA's guide, which has no numbers, against Kubescape and Trivy; the controls of NIST,",
    "which are base controls without their enhancements, for AWS against Prowler and some pages of AWS",
    "Security Hub. What neither maps, and Kubernetes and Docker, which nobody maps officially, is tagged by",
    "our own reading of the controls. A check that no recommendation of a framework asks for has no tag",
    "of it.",
)

FOLDER = Path(__file__).parent / "checks"
ROOT = Path(__file__).parents[1]

_PACKS = {"kubernetes": "Kubernetes", "dockerfile": "Dockerfile", "aws": "AWS: Terraform and CloudFormation"}
_KINDS = {"kubernetes": "Kubernetes", "dockerfile": "Dockerfile", "cloud": "Terraform, CloudFormation"}
_FENCES = {"yaml": "yaml", "tf": "hcl", "Dockerfile": "dockerfile", "json": "json"}


def pages() -> dict[str, str]:
    """Every page by its name below docs/checks, from the checks themselves."""
    checks = {pack: _of(pack) for pack in PACKS}
    found = {f"{pack}/{check.id}.md": _page(check) for pack, members in checks.items() for check in members}
    return {"README.md": _index(checks), **found}


def _of(pack: str) -> list[Check]:
    return sorted((check for check in load(packs=(pack,)).checks), key=lambda check: check.id)


def _index(checks: Mapping[str, list[Check]]) -> str:
    count = amount(sum(map(len, checks.values())), "built-in check")
    lines = [
        "# Checks",
        "",
        f"The {count} of `reprieve scan`, written by `make docs`. `reprieve check list` says the same on the",
        "command line, `reprieve check show ID` everything about one.",
        "",
        "| framework | for `--compliance` | checks |",
        "| --- | --- | --- |",
    ]
    everything = [check for members in checks.values() for check in members]
    for name, title in FRAMEWORKS.items():
        number = sum(name in frameworks_of(check) for check in everything)
        lines.append(f"| {title} | `{name}` | {number} |")
    lines += ["", *_TAGS]
    for pack, members in checks.items():
        lines += ["", f"## {_PACKS[pack]}", "", "| id | severity | title |", "| --- | --- | --- |"]
        lines += [
            f"| [{check.id}]({pack}/{check.id}.md) | {check.severity} | {_cell(check.title)} |"
            for check in members
        ]
    return "\n".join(lines) + "\n"


def _page(check: Check) -> str:
    return "\n".join(_lines(check)).rstrip() + "\n"


def _lines(check: Check) -> Iterator[str]:
    source = file_of(check).parent.relative_to(ROOT).as_posix()
    yield from (f"# {check.id}: {check.title}", "", check.description, "")
    yield from ("| | |", "| --- | --- |")
    yield f"| severity | {check.severity if check.severity in SEVERITIES else 'unknown'} |"
    yield f"| also called | {', '.join(f'`{name}`' for name in spellings(check)[1:]) or 'nothing else'} |"
    yield f"| looks at | {_cell('; '.join(_inputs(check)) or 'every document')} |"
    for name, controls in check.compliance.items():
        yield f"| {name} | {_cell(', '.join(controls))} |"
    yield f"| source | [{source}](../../../{source}) |"
    yield from ("", "## What to do", "", check.recommendation)
    examples = examples_of(check)
    for title, members in (("Found", examples.bad), ("Not found", examples.good)):
        yield from ("", f"## {title}")
        for example in members:
            fence = _FENCES.get(example.path.rpartition(".")[2], "text")
            yield from ("", f"`{example.path}`", "", f"```{fence}", example.text.rstrip(), "```")
    yield from ("", "## An exception", "", *_exception(check))
    yield from ("", "## References", "", *(f"- <{link}>" for link in check.references))


def _inputs(check: Check) -> Iterator[str]:
    for selector in check.selectors:
        kinds = f": {', '.join(selector.kinds)}" if selector.kinds else ""
        yield f"{_KINDS.get(selector.kind, selector.kind)}{kinds}"


def _exception(check: Check) -> Iterator[str]:
    suffixes = ", ".join(f'"{rule.suffix}"' for rule in check.rules)
    yield from ("In the scope of a record:", "", "```yaml", "scope:", "  - type: misconfiguration")
    yield from (f"    checks: [{check.id}]", "```", "")
    yield from (
        "In Rego, by package:",
        "",
        "```rego",
        "package namespace.exceptions",
        "",
        "import rego.v1",
        "",
    )
    condition = ' if input.metadata.namespace == "billing"' if pack_of(check) == "kubernetes" else ""
    yield from (f'exception contains "{check.package}"{condition}', "```", "")
    yield from ("In Rego, by rule:", "", "```rego", f"package {check.package}", "", "import rego.v1", "")
    yield from (f"exception contains [{suffixes}]{condition}", "```")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def write() -> None:
    """Writes the pages, and removes those of checks that are no more."""
    wanted = pages()
    for path in FOLDER.rglob("*.md"):
        if path.relative_to(FOLDER).as_posix() not in wanted:
            path.unlink()
    for name, text in wanted.items():
        path = FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write()
