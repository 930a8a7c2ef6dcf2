"""The OpenAPI 3.1 document: ninja's, with what structs and problems add to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
from ninja import NinjaAPI

from reprieve.console.api.problems import MEDIA_TYPE, Problem

_REFERENCE = "#/components/schemas/{name}"
_PROBLEMS = {
    "400": "The request cannot be read.",
    "401": "No token, or one that is not ours, is over or revoked.",
    "403": "The token lacks the scope, the person the role, or the session its form token.",
    "404": "There is no such thing.",
    "411": "The request does not say how long it is.",
    "413": "The request is too large.",
    "415": "The request is packed in a way that is not known here.",
    "422": "A value is not valid, or the process refuses it.",
    "429": "Too many requests.",
    "503": "The register cannot be read or written now.",
}


class Api(NinjaAPI):
    """ninja's API, whose document also describes what `documents.gives` and `problems` give."""

    def get_openapi_operation_id(self, operation: Any) -> str:
        """The function's own name."""
        return str(operation.view_func.__name__)

    def get_openapi_schema(self, **given: Any) -> dict[str, Any]:  # type: ignore[override]
        """The document, made anew each time: it is asked for seldom."""
        schema: dict[str, Any] = dict(super().get_openapi_schema(**given))
        given_by = {view.__name__: view for view in _views(self)}
        kinds = [Problem, *(view.gives[1] for view in given_by.values() if hasattr(view, "gives"))]
        described, components = msgspec.json.schema_components(kinds, ref_template=_REFERENCE)
        schemas = dict(zip(map(id, kinds), described, strict=True))
        for path in schema["paths"].values():
            for operation in path.values():
                view = given_by[operation["operationId"]]
                operation["responses"] = _responses(view, schemas, described[0])
        parts = schema.setdefault("components", {})
        parts["schemas"] = {**parts.get("schemas", {}), **components}
        return schema


def _views(api: NinjaAPI) -> Iterator[Any]:
    for router in api._get_bound_routers():
        for path in router.path_operations.values():
            for operation in path.operations:
                yield operation.view_func


def _responses(view: Any, schemas: dict[int, Any], problem: Any) -> dict[str, Any]:
    status, kind, description = getattr(view, "gives", (200, None, "OK"))
    content = {"application/json": {"schema": schemas[id(kind)]}} if kind is not None else {}
    refusals = {
        code: {"description": text, "content": {MEDIA_TYPE: {"schema": problem}}}
        for code, text in _PROBLEMS.items()
    }
    return {str(status): {"description": description, "content": content}, **refusals}
