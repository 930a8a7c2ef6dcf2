"""Every output writes every verdict, and none costs start-up time before it is asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from reprieve.report import OUTPUTS
from tests.report.verdicts import CALM, RICH, verdict_of, written


def test_the_outputs_are_those_of_the_command_line() -> None:
    assert list(OUTPUTS) == ["table", "json", "sarif", "markdown", "junit", "github"]


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("verdict", [RICH, CALM, verdict_of([])], ids=["rich", "calm", "empty"])
def test_text_ends_with_a_line_break(output: str, verdict: object) -> None:
    assert written(output, verdict).endswith("\n")  # type: ignore[arg-type]


def loaded_by(statement: str) -> set[str]:
    code = f"import sys; {statement}; print(*sys.modules)"
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(result.stdout.split())


def test_naming_the_outputs_loads_none_of_them() -> None:
    loaded = loaded_by("import reprieve.report")
    assert {name for name in loaded if name.startswith("reprieve.report")} == {"reprieve.report"}


def test_the_table_loads_nothing_slow() -> None:
    assert not loaded_by("import reprieve.report.table") & {"rich", "jsonschema", "xml.etree.ElementTree"}
