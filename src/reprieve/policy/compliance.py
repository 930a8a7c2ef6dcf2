"""Frameworks: which checks speak to which of their controls."""

from __future__ import annotations

from collections.abc import Mapping

from reprieve.policy.check import Check

FRAMEWORKS: Mapping[str, str] = {
    "pss-baseline": "Pod Security Standards, baseline",
    "pss-restricted": "Pod Security Standards, restricted (baseline included)",
    "cis-k8s": "CIS Kubernetes Benchmark v1.10",
    "cis-docker": "CIS Docker Benchmark v1.6",
    "cis-aws": "CIS AWS Foundations Benchmark v3.0",
    "nsa": "NSA/CISA Kubernetes Hardening Guide v1.2",
    "nist-800-53": "NIST SP 800-53 Rev. 5",
}
_LEVELS = {"pss-baseline": {"baseline"}, "pss-restricted": {"baseline", "restricted"}}


def controls_of(check: Check, framework: str) -> tuple[str, ...]:
    """The controls of a framework that a check speaks to.

    The Pod Security Standards have no numbers: there a control has its name, which a check says as
    `pss-control` beside the level; what does not say it is a control of its own, by the check's title.
    """
    levels = _LEVELS.get(framework)
    if levels is None:
        return check.compliance.get(framework, ())
    if not levels & set(check.compliance.get("pss", ())):
        return ()
    return check.compliance.get("pss-control") or (check.title,)


def speaks_to(check: Check, framework: str) -> bool:
    """Whether a check belongs to a scan of this framework."""
    return bool(controls_of(check, framework))
