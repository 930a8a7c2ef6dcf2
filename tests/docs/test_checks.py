"""docs/checks/ says what the built-in checks say of themselves."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

from reprieve.policy.exceptions import clauses_of
from reprieve.policy.linting import visible_names
from reprieve.policy.module import parse

DOCS = Path(__file__).parents[2] / "docs"


def test_pages_are_what_the_checks_say() -> None:
    wanted = runpy.run_path(str(DOCS / "checks.py"))["pages"]()
    folder = DOCS / "checks"
    found = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.md")}
    assert sorted(found) == sorted(wanted), "run `make docs`"
    assert [name for name, text in wanted.items() if found[name] != text] == [], "run `make docs`"


def test_exceptions_that_the_pages_show_name_what_there_is() -> None:
    for path in (DOCS / "checks").glob("*/*.md"):
        by_package, by_rule = re.findall(r"```rego\n(.*?)```", path.read_text("utf-8"), re.DOTALL)
        (clause,) = clauses_of(parse(path.name, by_rule), 0)
        assert len(visible_names(clause)) >= 1
        package = clause.package
        (clause,) = clauses_of(parse(path.name, by_package), 0)
        assert visible_names(clause) == {package}
