"""Make the ledger's tables, refuse every change to what is written, and give each role the least it needs."""

from django.db import migrations, models

APPEND_ONLY = ("ledger_entry", "ledger_leaf", "ledger_node", "ledger_checkpoint")

FUNCTIONS = """
CREATE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END $$;

-- Runs with the owner's rights, so that a role which may only insert entries queues them and can touch no queue.
CREATE FUNCTION ledger_queue() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_pending (entry_id) SELECT id FROM fresh;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION ledger_queue() FROM PUBLIC;

CREATE TRIGGER ledger_entry_queue AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger_queue();
"""

# By statement, so that even a change to no row at all is refused.
REFUSE = "".join(
    f"""
CREATE TRIGGER {table}_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse();
"""
    for table in APPEND_ONLY
)

SHAPES = """
ALTER TABLE ledger_leaf ADD CONSTRAINT ledger_leaf_shape CHECK (index >= 0 AND octet_length(hash) = 32);
ALTER TABLE ledger_node ADD CONSTRAINT ledger_node_shape
    CHECK (level BETWEEN 1 AND 62 AND index >= 0 AND octet_length(hash) = 32);
ALTER TABLE ledger_checkpoint ADD CONSTRAINT ledger_checkpoint_shape CHECK (size >= 0 AND octet_length(root) = 32);
ALTER TABLE ledger_entry ADD CONSTRAINT ledger_entry_shape CHECK (octet_length(leaf) BETWEEN 1 AND 65535);
"""

GRANTS = """
GRANT INSERT ON ledger_entry TO fanal_portal, fanal_api, fanal_desk, fanal_worker;
GRANT SELECT ON ledger_entry, ledger_leaf, ledger_node, ledger_checkpoint
    TO fanal_sequencer, fanal_worker, fanal_desk;
-- The ledger holds commitments and is published whole: the portal reads it to hand out proofs of receipt.
GRANT SELECT ON ledger_entry, ledger_leaf, ledger_node, ledger_checkpoint TO fanal_portal, fanal_api;
GRANT INSERT ON ledger_leaf, ledger_node, ledger_checkpoint TO fanal_sequencer;
GRANT SELECT, DELETE ON ledger_pending TO fanal_sequencer;
GRANT SELECT ON ledger_pending TO fanal_desk;
"""


class Migration(migrations.Migration):
    """The roles exist before migrations run: a GRANT to one that is missing stops the migration."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField(unique=True)),
                ("leaf", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "ledger_entry"},
        ),
        migrations.CreateModel(
            name="Pending",
            fields=[("entry_id", models.UUIDField(primary_key=True, serialize=False))],
            options={"db_table": "ledger_pending"},
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("entry_id", models.UUIDField(unique=True)),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "ledger_leaf"},
        ),
        migrations.CreateModel(
            name="Node",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "level", "index", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("index", models.BigIntegerField()),
                ("hash", models.BinaryField()),
            ],
            options={"db_table": "ledger_node"},
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField()),
                ("note", models.TextField()),
                ("at", models.DateTimeField()),
            ],
            options={"db_table": "ledger_checkpoint", "ordering": ["size"]},
        ),
        migrations.RunSQL(FUNCTIONS + REFUSE + SHAPES + GRANTS, reverse_sql=migrations.RunSQL.noop),
    ]
