"""What list pages share: links that keep the filters, cells that no spreadsheet runs."""

from __future__ import annotations

from django.http import HttpRequest


def kept(request: HttpRequest) -> str:
    """The filters as a query, without the page and the format: what links on the page build upon."""
    query = request.GET.copy()
    for name in ("page", "after", "format"):
        query.pop(name, None)
    return query.urlencode()


def safe_cell(value: object) -> str:
    """A cell of CSV that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    text = "" if value is None else str(value).strip()
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
