"""Find what a mark is itself before what only belongs to it, in one step, however many belong to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("store", "0005_moves")]

    operations = [
        migrations.RemoveConstraint(model_name="casemark", name="case_mark_once"),
        migrations.AddConstraint(
            model_name="casemark",
            constraint=models.UniqueConstraint(
                fields=["kind", "key", "case", "own", "target"], name="case_mark_once", nulls_distinct=False
            ),
        ),
    ]
