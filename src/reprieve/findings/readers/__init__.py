"""Every format that can be read. The order is that of recognition: the more specific goes first."""

from __future__ import annotations

from reprieve.findings.readers import (
    asff,
    checkov,
    conftest,
    cyclonedx,
    detect_secrets,
    empty,
    gatekeeper,
    gitleaks,
    gosec,
    grype,
    hadolint,
    kics,
    kube_bench,
    kube_linter,
    kubescape,
    ocsf,
    openvex,
    osv_scanner,
    polaris,
    policyreport,
    prowler_csv,
    prowler_ocsf,
    sarif,
    semgrep,
    snyk,
    terrascan,
    tfsec,
    trivy,
    trivy_operator,
    trufflehog,
)
from reprieve.findings.readers.interface import Reader

READERS: dict[str, Reader] = {
    reader.name: reader
    for reader in (
        sarif.READER,
        trivy.READER,
        cyclonedx.READER,
        openvex.READER,
        detect_secrets.READER,
        terrascan.READER,
        tfsec.READER,
        kics.READER,
        hadolint.READER,
        prowler_ocsf.READER,
        prowler_csv.READER,
        ocsf.READER,
        asff.READER,
        kube_bench.READER,
        semgrep.READER,
        gosec.READER,
        snyk.READER,
        conftest.READER,
        trufflehog.READER,
        trivy_operator.READER,
        policyreport.READER,
        gatekeeper.READER,
        kubescape.READER,
        polaris.READER,
        kube_linter.READER,
        checkov.READER,
        grype.READER,
        osv_scanner.READER,
        gitleaks.READER,
        empty.READER,  # last: what no format claims
    )
}
"""By format name, as `--format` takes it."""
