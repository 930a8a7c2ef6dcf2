"""Trigram indexes for searching, where the database is PostgreSQL (its extension pg_trgm).

Where the extension may not be made, searches work and are slow.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_LOG = logging.getLogger("reprieve.console")
_INDEXES = {"case_search": "index_case", "place_search": "index_place", "subject_search": "index_subject"}


def forwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=schema_editor.connection.alias):
            schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            for name, table in _INDEXES.items():
                schema_editor.execute(
                    f"CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin (search gin_trgm_ops)"
                )
    except DatabaseError as error:
        _LOG.warning("searching will be slow: the extension pg_trgm cannot be made: %s", error)


def backwards(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for name in _INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("index", "0001_initial")]

    operations = [migrations.RunPython(forwards, backwards)]
