from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("history", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Posture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("cluster", models.CharField(blank=True, max_length=500)),
                ("day", models.DateField()),
                ("raw", models.PositiveBigIntegerField()),
                ("net", models.PositiveBigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("cluster", "day"), name="posture_once"),
                ],
            },
        ),
    ]
