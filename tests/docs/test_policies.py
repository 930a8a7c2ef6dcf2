"""The pages on policies: every Rego shown parses, links lead somewhere, the table is what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reprieve.policy import bundle as bundles
from reprieve.policy.check import KIND_OF_SELECTOR
from reprieve.policy.exceptions import exempts
from reprieve.policy.functions import Causes, functions
from reprieve.policy.module import parse

DOCS = Path(__file__).parents[2] / "docs"
PAGES = ("rego-exceptions.md", "custom-policies.md")
REGO = [
    (page, block)
    for page in PAGES
    for block in re.findall(r"```rego\n(.*?)```", (DOCS / page).read_text("utf-8"), re.DOTALL)
]


@pytest.mark.parametrize(("page", "block"), REGO)
def test_rego_parses(page: str, block: str) -> None:
    assert parse(page, block).rules


def test_the_check_passes_its_tests(tmp_path: Path) -> None:
    shown = [block for page, block in REGO if page == "custom-policies.md"]
    for number, block in enumerate(shown):
        (tmp_path / f"{number}.rego").write_text(block)
    bundle = bundles.load([tmp_path], tests=True)
    assert not bundle.faults
    (check,) = [check for check in bundle.checks if not check.builtin]
    assert (check.id, check.severity, check.identified) == ("SHOP001", "medium", True)
    assert check.selectors[0].kinds == ("Deployment", "CronJob")


RULES = ("deny", "warn", "deny_foo", "deny_no_foo", "deny_barfoo", "deny_foo_bar", "deny_x_foo_bar")
TABLE = {
    "foo": ({"deny_foo"}, {"deny_foo", "deny_no_foo", "deny_barfoo"}),
    "foo_bar": ({"deny_foo_bar"}, {"deny_foo_bar", "deny_x_foo_bar"}),
    "": ({"deny", "warn"}, set(RULES)),
    "deny_foo": (set(), {"deny_foo"}),
}


@pytest.mark.parametrize("suffix", TABLE)
def test_table_of_suffixes(suffix: str) -> None:
    exact, trivy = TABLE[suffix]
    assert {rule for rule in RULES if exempts(suffix, rule, trivy=False)} == exact
    assert {rule for rule in RULES if exempts(suffix, rule, trivy=True)} == trivy
    assert f'| `["{suffix}"]` |' in (DOCS / PAGES[0]).read_text("utf-8")


def test_kinds_and_functions_are_named() -> None:
    text = (DOCS / PAGES[1]).read_text("utf-8")
    for name in (*KIND_OF_SELECTOR, *functions(Causes())):
        assert f"`{name}" in text, name


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    for target, anchor in re.findall(r"\]\(([^)#:]*)(?:#([^)]*))?\)", text):
        assert (DOCS / (target or page)).exists(), target
        titles = [re.sub(r"[^\w\- ]", "", title).replace(" ", "-").lower() for title in _titles(text)]
        assert not anchor or target or anchor in titles, anchor


def _titles(text: str) -> list[str]:
    return re.findall(r"^#+ (.*)$", text, re.MULTILINE)
