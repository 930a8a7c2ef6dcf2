"""The API against its own OpenAPI document: generated requests (schemathesis), answers that must conform."""

from __future__ import annotations

from typing import Any

import pytest

from tests.console.calls import CALLS, ROOT
from tests.console.desk import Console
from tests.console.test_tokens import bearer

OPERATIONS = sorted(
    {(call.method, call.path.replace("{id}", "{identifier}").partition("?")[0]) for call in CALLS.values()}
)
SCOPES = ("read", "request", "maintain", "decide", "upload", "gate")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_answers_conform(console: Console, method: str, path: str) -> None:
    import schemathesis
    from django.test import override_settings

    from reprieve.console.wsgi import application

    console.office.active()
    console.office.request(
        risk="medium", summary="Asked", scope=[{"checks": ["KSV001"], "namespaces": ["a"]}]
    )
    console.sync()
    headers = bearer(console, *SCOPES, person="security-team")
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        document = schemathesis.openapi.from_wsgi(f"{ROOT}/openapi.json", application)
        _try(document[ROOT + path][method.upper()], headers, 8 if method == "post" else 20)


def _try(operation: Any, headers: dict[str, str], examples: int) -> None:
    """Valid requests, and such as are not; of exceptions that are there, and of others."""
    from hypothesis import HealthCheck, given, settings
    from schemathesis.checks import not_a_server_error
    from schemathesis.generation import GenerationMode
    from schemathesis.specs.openapi.checks import (
        content_type_conformance,
        response_schema_conformance,
        status_code_conformance,
    )

    checks = [
        not_a_server_error,
        status_code_conformance,
        content_type_conformance,
        response_schema_conformance,
    ]
    number, seen = [0], set()

    def run(case: Any) -> None:
        number[0] += 1
        if "identifier" in case.path_parameters and number[0] % 3:
            case.path_parameters["identifier"] = f"EXC-00{number[0] % 3}"
        seen.add(case.call_and_validate(headers=headers, checks=checks).status_code)

    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        strategy = operation.as_strategy(generation_mode=mode)
        bounded = settings(
            max_examples=examples,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        bounded(given(case=strategy)(run))()
    assert number[0] > 1
    assert seen - {400, 401, 403, 404, 405, 411, 429}, "nothing that was sent got as far as the operation"
    assert operation.method != "get" or 200 in seen or "date" in str(operation.query), seen
