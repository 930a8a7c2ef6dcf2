"""Where a finding is, in a few words."""

from __future__ import annotations

from reprieve.findings.model import Finding
from reprieve.report.text import clean, joined


def place(finding: Finding) -> str:
    """What a person looks for first; clean text, `-` when the scanner named no place at all.

    `cluster/namespace/Kind/name` for what runs, `path:line` for a file, a manifest that we scanned included;
    else the image or the repository. And with it the package, where the finding is about one.
    """
    return clean(joined((_target(finding), finding.package))) or "-"


def address(finding: Finding) -> str:
    """`cluster/namespace/Kind/name`, as far as the scanner named them; empty when it named none."""
    return joined((finding.cluster, finding.namespace, finding.resource), "/")


def _target(finding: Finding) -> str | None:
    live = address(finding)
    file = f"{finding.path}:{finding.line}" if finding.path and finding.line else finding.path
    ours = finding.policy is not None and finding.path != "-"
    if live and not (file and (ours or not (finding.cluster and finding.resource))):
        return live
    if finding.image:
        return finding.image if finding.package else joined((finding.image, file))
    return file or finding.repository
