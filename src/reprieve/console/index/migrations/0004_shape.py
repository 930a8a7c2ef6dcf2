"""Rows of exceptions that are narrow, and name their clusters by one of few sets."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("index", "0003_anew")]

    operations = [
        migrations.DeleteModel("ClusterPattern"),
        migrations.CreateModel(
            name="ClusterSet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=32, unique=True)),
                ("anywhere", models.BooleanField()),
                ("patterns", models.JSONField(default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Judged",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="index.case",
                    ),
                ),
                ("payload", models.BinaryField()),
            ],
        ),
        migrations.RemoveField("case", "payload"),
        migrations.RemoveField("case", "anywhere"),
        migrations.AddField(
            "case",
            "clusters",
            models.ForeignKey(
                default=0,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="cases",
                to="index.clusterset",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "registerstate", "found", models.CharField(blank=True, default="", max_length=32)
        ),
        migrations.AddIndex(
            "case", models.Index(fields=["leading", "covered", "number"], name="case_covered")
        ),
        migrations.AddIndex(
            "case",
            models.Index(
                fields=["expires", "number"],
                condition=models.Q(leading=True, expiring=True),
                name="case_expiring",
            ),
        ),
        migrations.AddIndex(
            "case",
            models.Index(fields=["leading", "status", "risk_rank", "clusters"], name="case_counted"),
        ),
    ]
