"""`.trivyignore.yaml`: ids with path globs, for each kind of finding.

Source: aquasecurity/trivy `pkg/result/ignore.go`, `docs/guide/configuration/filtering.md`. It is read with
`--ignorefile .trivyignore.yaml` only. `expired_at` is over when that day begins, UTC.

- `paths` are doublestar globs on the result's target and, for vulnerabilities, on the package's path as
  well. A target that is no path (`Java`, `alpine:3.9 (alpine 3.9.4)`) is no path of a finding either, so a
  glob that such a target could match is not written.
- `purls` are not written: a vulnerability without a package URL matches every list of them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from reprieve.export.fit import Expresses, Fitted, fit_all, translated
from reprieve.export.interface import Format, Job, Left, Target, Written
from reprieve.export.patterns import doublestar
from reprieve.export.texts import header, yaml_text
from reprieve.export.trivy_ids import TYPES, ids_of, kinds
from reprieve.record import glob
from reprieve.words import CheckType

NAME = "trivyignore-yaml"
_SECTIONS: dict[CheckType, str] = {
    "vulnerability": "vulnerabilities",
    "misconfiguration": "misconfigurations",
    "secret": "secrets",
    "license": "licenses",
}
_NO_PATHS = ("Conda", "Java", "Kubernetes", "Node.js", "Python", "Ruby", "* (*)")
"""Targets that stand for what was found in many places."""


def expresses(target: Target) -> Expresses:
    """In a cluster a finding has an object, elsewhere a file."""
    knows = {"paths", "packages", "images", "resources"}
    knows |= {"clusters", "namespaces"} if target.cluster else {"repositories"}
    return Expresses(
        tool="Trivy",
        types=TYPES,
        tests=frozenset({"checks", "paths"}),
        knows=frozenset(knows),
        fixable=frozenset({"vulnerability"}),
        kinds=kinds,
    )


def _write(job: Job) -> Written:
    fits = fit_all(job, expresses(job.target))
    left, aside = list(fits.left), list(fits.aside)
    sections: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    written = 0
    for fitted in fits.fitted:
        found = 0
        for type_ in sorted(fitted.types):
            if type_ == "misconfiguration" and "paths" in fitted.keys and job.target.cluster:
                aside.append(fitted.entry.aside("about paths, which objects of a cluster never have"))
                continue
            entries = _entries(fitted, type_, left)
            sections[_SECTIONS[type_]] += entries
            found += len(entries)
        written += found > 0
    document = {section: sections[section] for section in _SECTIONS.values() if sections[section]}
    text = yaml_text([document] if document else [], header(NAME))
    return Written({"": text}, written, tuple(left), tuple(aside))


def _entries(fitted: Fitted, type_: CheckType, left: list[Left]) -> list[dict[str, Any]]:
    checks = [check for check in fitted.keys.get("checks", ()) if type_ in kinds(check)]
    narrowed = fitted._replace(keys={**fitted.keys, "checks": tuple(checks)})
    ids = translated(narrowed, "checks", lambda check: ids_of(check, type_), left)
    paths = translated(narrowed, "paths", lambda pattern: _globs(pattern, type_), left) if ids else []
    if "paths" in fitted.keys and not paths:
        return []
    grant = fitted.entry.grant
    return [
        {
            "id": id_,
            **({"paths": paths} if paths else {}),
            "expired_at": grant.over,
            "statement": grant.note,
        }
        for id_ in ids
    ]


def _globs(pattern: str, type_: CheckType) -> list[str]:
    if type_ == "vulnerability" and any(glob.intersect(pattern, target) for target in _NO_PATHS):
        raise ValueError("may match a target that is no path, such as `Java` or an image")
    return doublestar(pattern)


FORMAT = Format(
    title="Trivy, .trivyignore.yaml",
    file=".trivyignore.yaml",
    says="ids, and paths by glob; for vulnerabilities, misconfigurations and secrets",
    expiry="`expired_at`: the day after the last",
    write=_write,
)
