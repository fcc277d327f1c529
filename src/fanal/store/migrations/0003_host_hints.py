"""What sources say of the country of a target's host: the worker writes it, the desk reads it, nobody changes it."""

import django.db.models.deletion
from django.db import migrations, models

RIGHTS = """
GRANT SELECT ON store_hosthint TO fanal_desk, fanal_worker;
GRANT INSERT ON store_hosthint TO fanal_worker;
"""


class Migration(migrations.Migration):
    dependencies = [("store", "0002_rights")]

    operations = [
        migrations.CreateModel(
            name="HostHint",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=16)),
                ("answer", models.CharField(max_length=16)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("cdn", models.CharField(blank=True, default="", max_length=32)),
                ("source_date", models.DateField(blank=True, null=True)),
                ("at", models.DateTimeField()),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="host_hints", to="store.target"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("target", "source", "answer", "country"), name="host_hint_once"),
                    models.CheckConstraint(
                        condition=models.Q(("country__regex", "^([A-Z]{2})?$")), name="host_hint_country"
                    ),
                ],
            },
        ),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
