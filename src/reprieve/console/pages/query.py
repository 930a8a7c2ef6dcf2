"""What list pages share: links that keep the filters, and the same list as a table to download."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from reprieve.report import csv


def kept(request: HttpRequest) -> str:
    """The filters as a query, without the page and the format: what links on the page build upon."""
    query = request.GET.copy()
    for name in ("page", "after", "format"):
        query.pop(name, None)
    return query.urlencode()


def download(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A table as a file of that name, written as the command line writes its own."""
    out = io.StringIO()
    csv.write(out, heads, rows)
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response
