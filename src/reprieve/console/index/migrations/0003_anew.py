"""Exceptions are written anew from the register: the next migration gives their rows another shape."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("index", "ClusterPattern")._default_manager.all().delete()
    apps.get_model("index", "Case")._default_manager.all().delete()
    apps.get_model("index", "RegisterState")._default_manager.update(commit="", judged_at=None)


class Migration(migrations.Migration):
    dependencies = [("index", "0002_search")]

    operations = [migrations.RunPython(forget, forget)]
