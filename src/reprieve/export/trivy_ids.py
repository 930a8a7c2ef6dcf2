"""What an id of Trivy's says about the kind of finding, and the ids to write for one check.

Source: aquasecurity/trivy `pkg/result/ignore.go`, `pkg/result/filter.go`. Trivy compares ids exactly. For a
misconfiguration it tries the id, the AVD id and, by version, aliases such as `aws-s3-enable-versioning`,
which its report does not show: the gate cannot know them, so no such name is written.
"""

from __future__ import annotations

import re

from reprieve.export.patterns import literal
from reprieve.findings.aliases import names_of
from reprieve.words import CheckType

TYPES: frozenset[CheckType] = frozenset({"vulnerability", "misconfiguration", "secret", "license"})
_ADVISORY = re.compile(r"CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}")


def kinds(check: str) -> frozenset[CheckType]:
    """What a finding with this id can be."""
    if _ADVISORY.fullmatch(check):
        return frozenset({"vulnerability"})
    if len(names_of(check)) > 1:
        return frozenset({"misconfiguration"})
    return TYPES


def ids_of(check: str, type_: CheckType) -> list[str]:
    """The ids that together are this check, for findings of one type. Errors: `ValueError`."""
    literal(check)
    if type_ == "license":
        raise ValueError("Trivy also compares the parts of a licence, and other spellings of it")
    if type_ != "misconfiguration":
        return [check]
    if re.search("[a-z]", check):
        raise ValueError("may be one of several names of a check, of which Trivy's report shows only the id")
    return [name for name in names_of(check) if check in names_of(name)]
