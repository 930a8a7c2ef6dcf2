"""The findings of a new scan take the place of those before: by sets, however many they are.

What is in both stays the row that it was, and so when it was first seen; only what is different is written.
What is gone leaves behind when it was seen, for the day on which it comes back.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from django.db import connection

from reprieve.console.index import staging, tallies
from reprieve.console.index.found import Finding, Place, Subject
from reprieve.console.index.staging import Column, columns_of

PLACE = ("key", "cluster", "namespace", "resource", "path", "image", "repository", "search")
SUBJECT = ("key", "type", "check_id", "aliases", "package", "title", "search")
FINDING = (
    "fingerprint", "twin", "type", "check_id", "severity", "tool", "message", "aliases", "cluster",
    "namespace", "resource", "path", "line", "end_line", "image", "package", "repository", "fix",
    "suppressed", "native", "policy", "disposition", "exception", "voided_by", "source", "source_place",
)  # fmt: skip
"""In the order of a staged row, after its number, the number of its place and that of its subject."""

_REMEMBERED_DAYS = 400
_MANY = 5_000
"""New and gone findings after which PostgreSQL's planner is told at once, not when it next looks itself."""
_IDENTITY = ("fingerprint", "twin")
_COMPARED = tuple(name for name in FINDING if name not in _IDENTITY)
_TABLES = ("staged", "staged_place", "staged_subject", "fresh", "changed", *tallies.TOUCHED)


class Merged(NamedTuple):
    """What a merge did to the findings of a target."""

    new: int
    gone: int
    changed: int


class Staged:
    """Temporary tables of places, subjects and findings: filled one after another, then merged."""

    def __init__(self) -> None:
        number = Column("number", kind="bigint")
        self.places = [number, *columns_of(Place, *PLACE)]
        self.subjects = [number, *columns_of(Subject, *SUBJECT)]
        self.findings = [
            number,
            Column("place", kind="bigint"),
            Column("subject", kind="bigint"),
            *columns_of(Finding, *FINDING),
        ]
        staging.create("staged_place", [*self.places, Column("id", kind="bigint")], key="number")
        staging.create("staged_subject", [*self.subjects, Column("id", kind="bigint")], key="number")
        staging.create("staged", self.findings)
        staging.create("fresh", [number])
        staging.create("changed", [Column("id", kind="bigint"), number])
        tallies.forget_touched()

    def close(self) -> None:
        """Away with them."""
        staging.drop(*_TABLES)


def merge(target: int, moment: dt.datetime) -> Merged:
    """Gives the target what is staged; inside a transaction, in the turn `findings`."""
    at = connection.ops.adapt_datetimefield_value(moment)
    oldest = connection.ops.adapt_datetimefield_value(moment - dt.timedelta(days=_REMEMBERED_DAYS))
    known = Finding.objects.filter(target_id=target).exists()
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX staged_known ON staged (fingerprint, twin)")
        for statement in _DICTIONARIES:
            cursor.execute(statement)
        staging.analyze("staged_place", "staged_subject")
        gone = changed = 0
        if known:
            cursor.execute(_TOUCH.format("f.place_id", "touched_place", _NOT_STAGED), [target])
            cursor.execute(_TOUCH.format("f.subject_id", "touched_subject", _NOT_STAGED), [target])
            cursor.execute(_REMEMBER, [at, target])
            cursor.execute(f"DELETE FROM index_finding AS f WHERE {_NOT_STAGED}", [target])  # noqa: S608
            gone = cursor.rowcount
            cursor.execute(_changed(), [target])
            changed = cursor.rowcount
            staging.analyze("changed")
            for statement in (*_TOUCH_CHANGED, _UPDATE):
                cursor.execute(statement)
        cursor.execute(_FRESH, [target])
        new = cursor.rowcount
        staging.analyze("fresh")
        for statement in _TOUCH_FRESH:
            cursor.execute(statement)
        cursor.execute(_INSERT, [target, at, target])
        cursor.execute(_FORGET, [target, oldest])
    told = new + gone > (_MANY if connection.vendor == "postgresql" else 0)  # SQLite never looks itself
    if told:
        staging.analyze("index_finding", "index_place", "index_subject", "index_gone")
    tallies.count_touched(target)
    if told:
        staging.analyze("index_checktally", "index_placetally", "index_tally")
    return Merged(new, gone, changed)


_NOT_STAGED = """
    f.target_id = %s AND NOT EXISTS
      (SELECT 1 FROM staged s WHERE s.fingerprint = f.fingerprint AND s.twin = f.twin)
"""
_TOUCH = "INSERT INTO {1} SELECT DISTINCT {0} FROM index_finding f WHERE {2}"
_DICTIONARIES = [
    statement
    for table, names in (("place", PLACE), ("subject", SUBJECT))
    for statement in (
        f"""
        INSERT INTO index_{table} ({", ".join(names)})
        SELECT {", ".join(names)} FROM staged_{table} WHERE true ORDER BY key ON CONFLICT (key) DO NOTHING
        """,  # noqa: S608
        f"""
        UPDATE staged_{table} SET id = d.id FROM index_{table} d WHERE d.key = staged_{table}.key
        """,  # noqa: S608
    )
]
_REMEMBER = f"""
    INSERT INTO index_gone (target_id, fingerprint, twin, first_seen, last_seen)
    SELECT f.target_id, f.fingerprint, f.twin, f.first_seen,
      COALESCE((SELECT scanned_at FROM index_target t WHERE t.id = f.target_id), %s)
    FROM index_finding f WHERE {_NOT_STAGED} ON CONFLICT DO NOTHING
"""  # noqa: S608
_FRESH = """
    INSERT INTO fresh SELECT s.number FROM staged s
    LEFT JOIN index_finding f ON f.target_id = %s AND f.fingerprint = s.fingerprint AND f.twin = s.twin
    WHERE f.id IS NULL
"""
_TOUCH_FRESH = [
    f"""
    INSERT INTO touched_{table} SELECT DISTINCT d.id
    FROM fresh JOIN staged s ON s.number = fresh.number JOIN staged_{table} d ON d.number = s.{table}
    """  # noqa: S608
    for table in ("place", "subject")
]
_JOINED = """
    staged s JOIN staged_place p ON p.number = s.place JOIN staged_subject u ON u.number = s.subject
"""
_INSERT = f"""
    INSERT INTO index_finding (target_id, place_id, subject_id, {", ".join(FINDING)}, first_seen)
    SELECT %s, p.id, u.id, {", ".join(f"s.{name}" for name in FINDING)}, COALESCE(g.first_seen, %s)
    FROM {_JOINED} JOIN fresh ON fresh.number = s.number
    LEFT JOIN index_gone g ON g.target_id = %s AND g.fingerprint = s.fingerprint AND g.twin = s.twin
    ORDER BY s.number
"""  # noqa: S608
_FORGET = """
    DELETE FROM index_gone WHERE target_id = %s AND (last_seen < %s OR EXISTS
      (SELECT 1 FROM index_finding f WHERE f.target_id = index_gone.target_id
       AND f.fingerprint = index_gone.fingerprint AND f.twin = index_gone.twin))
"""
_CHANGED = """
    changed JOIN staged s ON s.number = changed.number
    JOIN staged_place p ON p.number = s.place JOIN staged_subject u ON u.number = s.subject
"""
_TOUCH_CHANGED = [
    f"INSERT INTO touched_{table} SELECT DISTINCT {value} FROM {_CHANGED} JOIN index_finding f ON f.id = changed.id"  # noqa: S608, E501
    for table, values in (("place", ("f.place_id", "p.id")), ("subject", ("f.subject_id", "u.id")))
    for value in values
]
_UPDATE = f"""
    UPDATE index_finding SET place_id = p.id, subject_id = u.id,
      {", ".join(f"{name} = s.{name}" for name in _COMPARED)}
    FROM {_CHANGED} WHERE index_finding.id = changed.id
"""  # noqa: S608


def _changed() -> str:
    """Notes which findings are staged and are not as they were."""
    before = ", ".join(f"f.{name}" for name in ("place_id", "subject_id", *_COMPARED))
    after = ", ".join(("p.id", "u.id", *(f"s.{name}" for name in _COMPARED)))
    other = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    return f"""
        INSERT INTO changed SELECT f.id, s.number FROM {_JOINED}
        JOIN index_finding f ON f.fingerprint = s.fingerprint AND f.twin = s.twin
        WHERE f.target_id = %s AND ({before}) {other} ({after})
    """  # noqa: S608
