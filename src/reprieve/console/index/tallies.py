"""Counts of findings, kept in step with them: what lists and counters of pages are read from.

Counts that several targets share are made again from the findings for what was touched: the ids in the
temporary tables `touched_place` and `touched_subject`, which whoever writes findings fills.
"""

from __future__ import annotations

import uuid

from django.db import connection

from reprieve.console.index import staging
from reprieve.console.index.models import RegisterState
from reprieve.console.index.staging import Column
from reprieve.console.index.turns import hold_cases

NONE_COUNTS = 9
"""`Counted.worst` where every finding was suppressed by the scanner itself."""
TOUCHED = ("touched_place", "touched_subject")

_COUNTS = """
    COALESCE(MIN(CASE WHEN NOT f.native THEN f.severity END), 9),
    MAX(CASE WHEN f.severity = 0 THEN 1 ELSE 0 END) + MAX(CASE WHEN f.severity = 1 THEN 2 ELSE 0 END)
      + MAX(CASE WHEN f.severity = 2 THEN 4 ELSE 0 END) + MAX(CASE WHEN f.severity = 3 THEN 8 ELSE 0 END)
      + MAX(CASE WHEN f.severity = 4 THEN 16 ELSE 0 END) + MAX(CASE WHEN f.severity = 5 THEN 32 ELSE 0 END),
    SUM(CASE WHEN NOT f.native THEN 1 ELSE 0 END),
    SUM(CASE WHEN NOT f.native AND f.disposition <> 'excepted' THEN 1 ELSE 0 END),
    SUM(CASE WHEN NOT f.native AND f.disposition = 'expired' THEN 1 ELSE 0 END),
    SUM(CASE WHEN NOT f.native AND f.disposition = 'pending' THEN 1 ELSE 0 END),
    SUM(CASE WHEN f.native THEN 1 ELSE 0 END)
"""
_COUNTED = "worst, severities, raw, net, expired, pending, native"

_TOUCHED_CHECKS = """
    CREATE TEMP TABLE touched_check AS SELECT DISTINCT s.type, s.check_id
    FROM index_subject s JOIN touched_subject t ON t.id = s.id
"""
_OF_TOUCHED = (
    "DELETE FROM index_checktally WHERE (type, check_id) IN (SELECT type, check_id FROM touched_check)",
    f"""
    INSERT INTO index_checktally (type, check_id, cluster, {_COUNTED})
    SELECT f.type, f.check_id, COALESCE(f.cluster, ''), {_COUNTS}
    FROM index_finding f JOIN touched_check t ON t.type = f.type AND t.check_id = f.check_id
    GROUP BY f.type, f.check_id, COALESCE(f.cluster, '')
    """,  # noqa: S608
    f"""
    INSERT INTO index_checktally (type, check_id, cluster, {_COUNTED})
    SELECT f.type, f.check_id, NULL, {_COUNTS}
    FROM index_finding f JOIN touched_check t ON t.type = f.type AND t.check_id = f.check_id
    GROUP BY f.type, f.check_id
    """,  # noqa: S608
    "DELETE FROM index_placetally WHERE place_id IN (SELECT id FROM touched_place)",
    f"""
    INSERT INTO index_placetally (place_id, type, cluster, {_COUNTED})
    SELECT f.place_id, f.type, COALESCE(MAX(f.cluster), ''), {_COUNTS}
    FROM index_finding f WHERE f.place_id IN (SELECT id FROM touched_place)
    GROUP BY f.place_id, f.type
    """,  # noqa: S608
    """
    DELETE FROM index_place WHERE id IN (SELECT id FROM touched_place)
    AND NOT EXISTS (SELECT 1 FROM index_finding f WHERE f.place_id = index_place.id)
    """,
    """
    DELETE FROM index_subject WHERE id IN (SELECT id FROM touched_subject)
    AND NOT EXISTS (SELECT 1 FROM index_finding f WHERE f.subject_id = index_subject.id)
    """,
    "DROP TABLE touched_check",
)
_OF_TARGET = (
    "DELETE FROM index_tally WHERE target_id = %s",
    """
    INSERT INTO index_tally (target_id, type, severity, cluster, namespace, disposition, native, number)
    SELECT target_id, type, severity, COALESCE(cluster, ''), COALESCE(namespace, ''), disposition, native,
      COUNT(*)
    FROM index_finding WHERE target_id = %s
    GROUP BY target_id, type, severity, COALESCE(cluster, ''), COALESCE(namespace, ''), disposition, native
    """,
)
_OF_CASES = """
    UPDATE index_case SET covered = (
      SELECT COALESCE(SUM(c.covered), 0) FROM index_coverage c WHERE c.number = index_case.number)
    WHERE covered <> (
      SELECT COALESCE(SUM(c.covered), 0) FROM index_coverage c WHERE c.number = index_case.number)
"""


def forget_touched() -> None:
    """Empty lists of what was touched."""
    for table in TOUCHED:
        staging.create(table, [Column("id", kind="bigint")])


def count_touched(target: int) -> None:
    """Makes the counts again: of a target, and of what was touched."""
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS touched_check")
        cursor.execute(_TOUCHED_CHECKS)
        staging.analyze(*TOUCHED, "touched_check")
        for statement in _OF_TOUCHED:
            cursor.execute(statement)
        for statement in _OF_TARGET:
            cursor.execute(statement, [target])


def told_apart() -> None:
    """What was counted before is no longer so; at the end of a transaction, as others wait for the row."""
    RegisterState.objects.filter(pk=1).update(found=uuid.uuid4().hex)


def count_covered() -> None:
    """Writes what each exception covers, where it is another number now."""
    hold_cases()
    with connection.cursor() as cursor:
        cursor.execute(_OF_CASES)
