"""Markers in code: text in a comment, an annotation or an attribute that silences a scanner.

One row for each. The expressions find, on one line; whether the tool would honour what they found is asked
of the language (a comment, no string) and of the words around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

from reprieve.shadow.languages import Syntax
from reprieve.words import CheckType

Where = Literal["comment", "leading", "key", "code"]
"""In a comment; in a comment that it begins; a key with a value; a statement of the language."""


class Marker(NamedTuple):
    """One way to silence a tool from within code."""

    name: str
    tool: str
    type: CheckType | None
    cues: tuple[str, ...]
    """Lower-case text, one of which is in every match."""
    pattern: re.Pattern[str]
    """Groups: `ids`, `reason`, `exp`, `verb`."""
    where: Where
    syntaxes: frozenset[Syntax] | None = None
    """The languages that the tool reads; None is any."""
    security: re.Pattern[str] | None = None
    """Of a linter that is about more than security: the ids that are."""
    linter: str | None = None
    """Of such a linter, what has to be in use for a marker without ids to silence a security check."""
    needs_ids: bool = False
    """Whether the tool does nothing without an id."""
    below: bool = False
    """Whether it acts on more than its own line: in a comment of its own it need not follow code."""


def _set(words: str) -> frozenset[Syntax]:
    return frozenset(words.split())  # type: ignore[arg-type]


_CONFIG = _set("hcl yaml json dockerfile hash c javascript python text ini markup")
_DECLARED = _set("hcl yaml json dockerfile hash text ini c")
_ANNOTATED = _set("yaml json hcl")
_JVM = _set("c")
_DOTNET = _set("csharp vb")


ESLINT_SECURITY = re.compile(
    r"(?:security|security-node|no-unsanitized|no-secrets|xss|no-xss|sonarjs|scanjs-rules|@microsoft/sdl"
    r"|eslint-plugin-security)/.*|no-(?:eval|implied-eval|new-func|script-url)|react/no-danger.*|vue/no-v-html"
    r"|svelte/no-at-html-tags|@typescript-eslint/no-implied-eval"
)
"""The rules of eslint and its plugins that are about security."""
_PYTHON = re.compile(r"S\d*|DUO\d+")
_ROSLYN = re.compile(r"CA(?:21|23)\d\d|CA[35]\d{3}|SCS\d+|SG\d{4}|S\d{3,5}")

MARKERS: tuple[Marker, ...] = (
    Marker(
        "trivy-tfsec", "trivy", "misconfiguration", ("trivy:ignore:", "tfsec:ignore:"),
        re.compile(r"(?P<tool>trivy|tfsec):ignore:(?P<ids>[^\s:\[]+)(?P<params>\[[^\]]*\])?(?:\S*?:exp:(?P<exp>[^\s:]+))?"),
        "leading", _DECLARED, needs_ids=True, below=True,
    ),
    Marker(
        "checkov", "checkov", "misconfiguration", ("checkov:skip=", "bridgecrew:skip=", "cortex:skip="),
        re.compile(r"(?:checkov|bridgecrew|cortex):skip=\s*(?P<ids>[A-Za-z_\d\[\]-]+(?:,[A-Za-z_\d\[\]-]+)*)?(?::(?P<reason>[^\n]*))?"),
        "comment", _CONFIG, needs_ids=True, below=True,
    ),
    Marker(
        "checkov-annotation", "checkov", "misconfiguration",
        ("checkov.io/skip", "bridgecrew.io/skip", "cortex.io/skip"),
        re.compile(r"(?:checkov|bridgecrew|cortex)\.io/skip\d*[\"']?\s*[:=]\s*[\"']?(?P<ids>[A-Z][A-Z0-9_]+)(?:=(?P<reason>[^\"'\n]*))?"),
        "key", _ANNOTATED,
    ),
    Marker(
        "terrascan", "terrascan", "misconfiguration", ("ts:skip=",),
        re.compile(r"#\s*ts:skip=\s*(?P<ids>[A-Za-z0-9_.,-]+)(?:\s+(?P<reason>.*))?"),
        "leading", _CONFIG, below=True,
    ),
    Marker(
        "terrascan-metadata", "terrascan", "misconfiguration", ("runterrascan.io/skip",),
        re.compile(r"runterrascan\.io/skip[\"']?\s*[:=](?P<value>.*)"),
        "key", _ANNOTATED,
    ),
    Marker(
        "kics", "kics", "misconfiguration", ("kics-scan",),
        re.compile(r"kics-scan\s+(?P<verb>ignore(?:-line|-block)?|disable|enable)(?:=(?P<ids>[0-9a-fA-F,-]+))?"),
        "leading", _DECLARED, below=True,
    ),
    Marker(
        "cdk-nag", "cdk-nag", "misconfiguration", ("nagsuppressions.add", "nag_suppressions.add"),
        re.compile(r"(?:NagSuppressions|nag_suppressions)\.add\w+"),
        "code", _set("javascript python c csharp go"),
    ),
    Marker(
        "semgrep", "semgrep", "code", ("nosem",),
        re.compile(r"(?i)(?:^|[^A-Za-z0-9_])nosem(?:grep)?(?:[:=]\s?(?P<ids>[^,\s]+(?:\s*,\s*[^,\s]+)*))?"),
        "comment",
    ),
    Marker(
        "bandit", "bandit", "code", ("nosec",),
        re.compile(r"#\s*nosec:?\s*(?P<ids>[^#\n]+)?"),
        "comment", _set("python"),
    ),
    Marker(
        "gosec", "gosec", "code", ("#nosec", "# nosec"),
        re.compile(r"(?://|/\*)\s*# ?nosec\b(?P<ids>(?:[ ,]+G\d{3})*)(?:\s*--\s*(?P<reason>[^\n]*))?"),
        "comment", _set("go"), below=True,
    ),
    Marker(
        "gosec-directive", "gosec", "code", ("//gosec:disable",),
        re.compile(r"//gosec:disable\b(?P<ids>(?:[ ,]+G\d{3})*)(?:\s*--\s*(?P<reason>[^\n]*))?"),
        "leading", _set("go"), below=True,
    ),
    Marker(
        "golangci", "golangci-lint", "code", ("//nolint", "// nolint"),
        re.compile(r"// ?nolint(?!\w)(?::\s?(?P<ids>[\w-]+(?:,\s*[\w-]+)*))?(?:\s*//\s*(?P<reason>.*))?"),
        "leading", _set("go"), re.compile(r"gosec|gas"), "golangci-lint", below=True,
    ),
    Marker(
        "noqa-file", "ruff", "code",
        ("ruff: noqa", "ruff:noqa", "flake8: noqa", "flake8:noqa", "flake8=noqa", "flake8 = noqa"),
        re.compile(r"(?i)#\s*(?P<tool>ruff|flake8)\s*[:=]\s*noqa\b(?::\s?(?P<ids>[A-Z0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?"),
        "leading", _set("python"), _PYTHON, "ruff", below=True,
    ),
    Marker(
        "ruff-range", "ruff", "code", ("ruff:",),
        re.compile(r"#\s*ruff:\s*(?P<verb>ignore|disable|enable)\[(?P<ids>[^\]]*)\](?:\s*(?P<reason>.*))?"),
        "leading", _set("python"), _PYTHON, "ruff", below=True,
    ),
    Marker(
        "noqa", "ruff", "code", ("noqa",),
        re.compile(r"(?i)#\s*noqa\b(?::\s?(?P<ids>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*))?"),
        "comment", _set("python"), _PYTHON, "ruff",
    ),
    Marker(
        "hadolint", "hadolint", "misconfiguration", ("hadolint",),
        re.compile(r"(?i)#\s*hadolint\s+(?:(?P<scope>global|stage)\s+)?ignore\s*=\s*(?P<ids>[A-Z]{2}\d+(?:\s*,\s*[A-Z]{2}\d+)*)(?:\s*#\s*(?P<reason>.*))?"),
        "leading", _set("dockerfile"), below=True,
    ),
    Marker(
        "shellcheck", "shellcheck", "code", ("shellcheck",),
        re.compile(r"#\s*shellcheck\s+(?:\S+\s+){0,8}?disable=(?P<ids>[A-Za-z0-9,-]+)(?:\s*#?\s*(?P<reason>.*))?"),
        "leading", _set("shell dockerfile yaml hash text"), below=True,
    ),
    Marker("gitleaks", "gitleaks", "secret", ("gitleaks:allow",), re.compile(r"gitleaks:allow\b"), "comment"),
    Marker(
        "trufflehog", "trufflehog", "secret", ("trufflehog:ignore",),
        re.compile(r"trufflehog:ignore\b"),
        "comment",
    ),
    Marker(
        "detect-secrets", "detect-secrets", "secret", ("pragma:",),
        re.compile(r"(?i)pragma:\s*(?:allow|white)list(?P<scope>\s+nextline)?[ -]secret"),
        "comment", below=True,
    ),
    Marker(
        "zizmor", "zizmor", "misconfiguration", ("zizmor:",),
        re.compile(r"#\s*zizmor:\s*ignore\[(?P<ids>[^\]]+)\](?:\s*(?P<reason>.*))?"),
        "leading", _set("yaml"), below=True,
    ),
    Marker(
        "regal", "regal", "code", ("regal ignore:",),
        re.compile(r"#\s*regal\s+ignore:(?P<ids>[\w,-]+)"),
        "leading", _set("hash"), below=True,
    ),
    Marker(
        "codeql", "codeql", "code", ("lgtm", "codeql"),
        re.compile(r"(?i)\b(?:lgtm|codeql)\s*\[(?P<ids>[^\]]*)\]"),
        "comment", _set("c csharp go javascript python ruby rust hash"), below=True,
    ),
    Marker(
        "sonar", "sonar", "code", ("nosonar",),
        re.compile(r"\bNOSONAR\b(?:\((?P<ids>[^)]*)\))?"),
        "comment",
    ),
    Marker(
        "devskim", "devskim", "code", ("devskim:",),
        re.compile(r"(?i)DevSkim:\s+ignore\s+(?P<ids>[a-zA-Z\d,:]+)(?:\s+until\s+(?P<exp>\d{4}-\d{2}-\d{2}))?(?:\s+by\s+(?P<by>[A-Za-z0-9_]+))?"),
        "comment",
    ),
    Marker(
        "datadog", "datadog", "code", ("no-dd-sa",),
        re.compile(r"\bno-dd-sa\b(?::\s?(?P<ids>[\w/-]+(?:,\s*[\w/-]+)*))?"),
        "comment", below=True,
    ),
    Marker(
        "java-suppress", "sonar", "code", ("@suppresswarnings", "@suppress("),
        re.compile(r"@Suppress(?:Warnings)?\s*\(\s*(?P<ids>[^)]*)\)"),
        "code", _JVM,
        re.compile(r"(?:squid|java|javasecurity|kotlin|scala|sonar|findsecbugs)[:-].+|S\d{3,5}|NOSONAR"),
        "sonar",
    ),
    Marker(
        "spotbugs", "spotbugs", "code", ("@suppressfbwarnings",),
        re.compile(r"@SuppressFBWarnings\b(?:\s*\((?P<ids>[^)]*)\)?)?"),
        "code", _JVM,
    ),
    Marker(
        "dotnet-attribute", "roslyn", "code", ("suppressmessage",),
        re.compile(r"\b(?:Unconditional)?SuppressMessage(?:Attribute)?\s*\(\s*(?P<ids>[^)]*)\)?"),
        "code", _DOTNET, _ROSLYN,
    ),
    Marker(
        "dotnet-pragma", "roslyn", "code", ("warning disable",),
        re.compile(r"#pragma\s+warning\s+disable\b[ \t]*(?P<ids>[A-Z0-9, ]*)(?://\s*(?P<reason>.*))?"),
        "code", _DOTNET, _ROSLYN, "roslyn",
    ),
    Marker(
        "eslint", "eslint", "code", ("eslint-disable",),
        re.compile(r"eslint-disable(?:-next-line|-line)?\b(?!-)\s*(?P<ids>[@\w/,\s-]*?)\s*(?:\s--+\s*(?P<reason>.*?))?(?:\*/|-->|$)"),
        "leading", _set("javascript markup json"), ESLINT_SECURITY, "eslint", below=True,
    ),
    Marker(
        "rubocop", "rubocop", "code", ("rubocop",),
        re.compile(r"#\s*rubocop\s*:\s*(?:disable|todo)\s+(?P<ids>[\w/]+(?:,\s*[\w/]+)*)(?:\s*--\s*(?P<reason>.*))?"),
        "leading", _set("ruby"),
        re.compile(r"Security(?:/.*)?|GitlabSecurity/.*|Brakeman.*|Rails/OutputSafety"), below=True,
    ),
    Marker(
        "kube-linter", "kube-linter", "misconfiguration", ("kube-linter.io/",),
        re.compile(r"(?:ignore-check\.kube-linter\.io/(?P<ids>[\w-]+)|kube-linter\.io/ignore-all)[\"']?\s*[:=]\s*(?P<reason>.*)"),
        "key", _ANNOTATED,
    ),
    Marker(
        "polaris", "polaris", "misconfiguration", ("polaris.fairwinds.com/",),
        re.compile(r"polaris\.fairwinds\.com/(?:(?P<ids>[\w-]+)-)?exempt[\"']?\s*[:=]\s*[\"']?true"),
        "key", _ANNOTATED,
    ),
    Marker(
        "kube-score", "kube-score", "misconfiguration", ("kube-score/ignore",),
        re.compile(r"kube-score/ignore[\"']?\s*[:=]\s*[\"']?(?P<ids>[\w,\s-]+)"),
        "key", _ANNOTATED,
    ),
    Marker(
        "datree", "datree", "misconfiguration", ("datree.skip/",),
        re.compile(r"datree\.skip/(?P<ids>\w+)[\"']?\s*[:=]\s*(?P<reason>.*)"),
        "key", _ANNOTATED,
    ),
    Marker(
        "kubescape", "kubescape", "misconfiguration", ("kubescape.io/skip-controls",),
        re.compile(r"kubescape\.io/skip-controls[\"']?\s*[:=]\s*[\"']?(?P<ids>[^\"'\n]*)"),
        "key", _ANNOTATED,
    ),
    Marker(
        "gatekeeper", "gatekeeper", "admission", ("admission.gatekeeper.sh/ignore",),
        re.compile(r"admission\.gatekeeper\.sh/ignore\b[\"']?\s*[:=]\s*(?P<reason>.*)"),
        "key", _ANNOTATED,
    ),
)  # fmt: skip

CUES: Mapping[str, tuple[Marker, ...]] = {
    cue: tuple(marker for marker in MARKERS if cue in marker.cues)
    for marker in MARKERS
    for cue in marker.cues
}
"""Cue -> the markers that it may be of."""
