"""The report as one page: no script, nothing from anywhere else, light, dark and on paper.

Every text of a record is escaped by the template engine, and cleaned of what is invisible before that; the
only markup that goes in unescaped are our own plots and style.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from reprieve.auditor import svg, tables, words
from reprieve.auditor.report import Report
from reprieve.auditor.svg import Bar, Series, Strip
from reprieve.report.text import clean
from reprieve.words import RISKS


def html(report: Report) -> str:
    """The whole page."""
    template = _environment().get_template("report.html.j2")
    return template.render(
        report=report,
        style=Markup(_file("report.css") + svg.style()),  # noqa: S704  (our own files)
        plots={name: Markup(plot) for name, plot in _plots(report).items()},  # noqa: S704  (escaped there)
        tables=tables,
        words=words,
    )


def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_file),
        undefined=StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.tests["web"] = _is_web
    return environment


def _file(name: str) -> str:
    return (resources.files("reprieve.auditor") / "templates" / name).read_text("utf-8")


def _cleaned(value: Any) -> Any:
    """Text without what is invisible or acts; what is marked up is ours."""
    if isinstance(value, str) and not isinstance(value, Markup):
        return clean(value)
    return value


def _is_web(address: object) -> bool:
    """Whether an address can be a link: http or https, and nothing that scripts."""
    try:
        parts = urlsplit(str(address))
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _plots(report: Report) -> Mapping[str, str]:
    days = [one.day for one in report.days]
    layers = [
        Series("active", "active", [one.status["active"] - one.expiring for one in report.days]),
        Series("expiring", "expiring", [one.expiring for one in report.days]),
        Series("expired", "expired", [one.status["expired"] for one in report.days]),
    ]
    by_risk = [Series(risk, risk, [one.active_by_risk[risk] for one in report.days]) for risk in RISKS[::-1]]
    active = [entry.risk for entry in report.register if entry.status == "active"]
    decided = [r for r in report.population.reviews if r.outcome in {"approved", "denied", "open"}]
    strips = [
        Strip(risk, "on-time", [r.share for r in decided if r.risk == risk])
        for risk in RISKS
        if any(r.risk == risk for r in decided)
    ]
    return {
        "over_time": svg.over_time("over-time", "Exceptions in force and expired, day by day", days, layers),
        "risk_over_time": svg.over_time(
            "risk-over-time", "Active exceptions by risk, day by day", days, by_risk
        ),
        "risk": svg.bars(
            "by-risk", "Active exceptions by risk", [Bar(risk, risk, active.count(risk)) for risk in RISKS]
        ),
        "reviews": svg.strips("reviews", "Time to review against its limit, by risk", strips),
    }
