"""A linked id is an alias only where it cannot mean another vulnerability."""

from __future__ import annotations

import pytest

from reprieve.findings.advisories import same_advisory


@pytest.mark.parametrize(
    ("check", "linked", "names"),
    [
        ("GHSA-4374-p667-p6c8", ["CVE-2023-39325"], ("CVE-2023-39325",)),
        ("CVE-2023-39325", ["GHSA-4374-p667-p6c8", "GHSA-aaaa-bbbb-cccc"], None),
        ("CVE-2022-28391", ["CVE-2022-28391"], ()),
        ("GO-2021-0053", ["CVE-2021-3121", "GHSA-c3h9-896r-86jm", "CVE-2021-3121"], None),
        ("ALAS-2024-2595", ["CVE-2024-37370", "CVE-2024-37371"], ()),
        ("CVE-2024-37370", ["CVE-2024-37371", "GHSA-aaaa-bbbb-cccc"], ()),
        ("RLSA-2023:0340", [], ()),
    ],
)
def test_more_than_one_cve_gives_no_alias(
    check: str, linked: list[str], names: tuple[str, ...] | None
) -> None:
    assert same_advisory(check, linked) == (tuple(dict.fromkeys(linked)) if names is None else names)
