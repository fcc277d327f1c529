"""The vault: a schema of its own, where the faces may insert and nobody of the house may read."""

from django.db import migrations, models

RIGHTS = """
ALTER TABLE vault_sealed SET SCHEMA vault;
REVOKE ALL ON SCHEMA vault FROM PUBLIC;
REVOKE ALL ON vault.vault_sealed FROM PUBLIC;
GRANT USAGE ON SCHEMA vault TO fanal_portal, fanal_api, fanal_worker;
GRANT INSERT ON vault.vault_sealed TO fanal_portal, fanal_api;

-- Erasing on time needs no right to read: the worker may run this and nothing else in here.
CREATE FUNCTION vault.forget(day date) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = vault, pg_temp AS $$
    WITH gone AS (DELETE FROM vault_sealed WHERE erase_on < day RETURNING 1) SELECT count(*) FROM gone
$$;
REVOKE ALL ON FUNCTION vault.forget(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vault.forget(date) TO fanal_worker;
"""


class Migration(migrations.Migration):
    """Tables and rights together: there is no moment at which a wrong role could read."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Sealed",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("report", models.CharField(max_length=24)),
                ("what", models.CharField(max_length=16)),
                ("box", models.BinaryField()),
                ("sealed_at", models.DateTimeField()),
                ("erase_on", models.DateField(db_index=True)),
            ],
        ),
        migrations.RunSQL(
            RIGHTS, "ALTER TABLE vault.vault_sealed SET SCHEMA public; DROP FUNCTION vault.forget(date);"
        ),
    ]
