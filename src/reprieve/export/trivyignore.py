"""`.trivyignore`: ids, ignored wherever they are found.

Source: aquasecurity/trivy `pkg/result/ignore.go`. One id a line, with `exp:` the day on which it is over,
UTC. An id acts on vulnerabilities, misconfigurations, secrets and licences alike, so only those that say
themselves what they are can be written; and only where the target settles every place of the record.
"""

from __future__ import annotations

from functools import partial

from reprieve.export.fit import fit_all, translated
from reprieve.export.interface import Entry, Format, Job, Written
from reprieve.export.texts import lines_text
from reprieve.export.trivy_ids import ids_of, kinds
from reprieve.export.trivyignore_yaml import expresses

NAME = "trivyignore"


def _write(job: Job) -> Written:
    fits = fit_all(job, expresses(job.target)._replace(tests=frozenset({"checks"})))
    left = list(fits.left)
    lines: list[str] = []
    written = 0
    for fitted in fits.fitted:
        entry = fitted.entry
        ids = translated(fitted, "checks", partial(_ids, entry), left)
        if ids:
            written += 1
            lines += [f"# {entry.grant.note}", *(f"{id_} exp:{entry.grant.over}" for id_ in ids)]
    return Written({"": lines_text(NAME, lines)}, written, tuple(left), tuple(fits.aside))


def _ids(entry: Entry, check: str) -> list[str]:
    found = kinds(check)
    if len(found) != 1 or (entry.scope.type and entry.scope.type not in found):
        raise ValueError("would be ignored in every kind of finding")
    return ids_of(check, next(iter(found)))


FORMAT = Format(
    title="Trivy, .trivyignore",
    file=".trivyignore",
    says="ids, wherever they are found",
    expiry="`exp:`: the day after the last",
    write=_write,
)
