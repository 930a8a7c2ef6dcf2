"""The auditor's report as data, from Git alone: every format is written from it."""

from __future__ import annotations

import datetime as dt

import msgspec

from reprieve.auditor.controls import ByFramework, by_framework
from reprieve.auditor.entries import Entry, entries
from reprieve.auditor.period import Period
from reprieve.auditor.population import Population, population
from reprieve.auditor.provenance import Provenance, provenance
from reprieve.auditor.spans import spans
from reprieve.auditor.timeseries import Day, status_by_day
from reprieve.register.eras import eras
from reprieve.register.register import Register


class Report(msgspec.Struct, frozen=True):
    """The register at a date, and what happened in a period."""

    version: int
    """Of this document's shape."""
    now: dt.datetime
    """The date: everything is as it was then."""
    period: Period
    provenance: Provenance
    population: Population
    days: tuple[Day, ...]
    """How many records stood where at the end of each day of the period, as far as `now`."""
    frameworks: tuple[ByFramework, ...]
    """The exceptions that are not over at the date, by control."""
    register: tuple[Entry, ...]
    """Every record at the date."""

    @property
    def detailed(self) -> tuple[Entry, ...]:
        """Those that were not over before the period: what a document for people tells at length."""
        over = set(self.population.others)
        return tuple(entry for entry in self.register if entry.id not in over)


def report(register: Register, now: dt.datetime, period: Period) -> Report:
    """The report on a register.

    Args:
        register: opened, as of `now` where that is a past moment.
        now: the moment that the register is looked at (aware); not before the period's last day.
        period: what the population is counted over.

    Errors: `RegisterError` when git cannot give the history.
    """
    graph = register.graph()
    followed = eras(register).until(now)
    held = entries(register, now)
    return Report(
        version=1,
        now=now,
        period=period,
        provenance=provenance(register, now, graph),
        population=population(followed, period, now),
        days=tuple(status_by_day(spans(followed), period)),
        frameworks=by_framework(held),
        register=held,
    )
