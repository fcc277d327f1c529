"""What the guard looks names up in, and what it remembers of who asked it."""

import django.db.models.deletion
from django.db import migrations, models

# A name goes with its target, whoever erases that.
WITH_ITS_TARGET = """
ALTER TABLE store_guardname ADD CONSTRAINT guard_name_target FOREIGN KEY (target_id) REFERENCES store_target
    ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
"""

DOORS = """
-- What is known of names: nothing by which a case, a report or a target could be found. A name that very many targets
-- share (a site) is told by its newest two hundred: the ids of targets grow with time.
CREATE FUNCTION guard_known(asked bigint[])
RETURNS TABLE (mark bigint, role integer, kind varchar, platform varchar, state varchar, outcome varchar,
               removed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT one.mark, one.role::integer, t.kind, t.platform, COALESCE(c.state, ''), COALESCE(c.outcome, ''),
           EXISTS (SELECT 1 FROM store_dispatch d
                   WHERE d.case_id = c.id AND d.round = c.round AND d.answer = 'removed')
    FROM unnest(asked) AS wanted (mark)
    CROSS JOIN LATERAL (SELECT n.mark, n.role, n.target_id FROM store_guardname n WHERE n.mark = wanted.mark
                        ORDER BY n.target_id DESC LIMIT 200) one
    JOIN store_target t ON t.id = one.target_id
    LEFT JOIN store_casetarget p ON p.target_id = t.id
    LEFT JOIN store_case c ON c.id = p.case_id
$$;

-- What one asker asked lately, newest first, and how often.
CREATE FUNCTION guard_asked(who varchar, since timestamptz, most integer)
RETURNS TABLE (at timestamptz, words bigint, names bigint, head bigint, tail bigint, told bigint, alarmed boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.at, a.words, a.names, a.head, a.tail, a.told, a.alarm <> '[]'::jsonb
    FROM store_guardasking a WHERE a.asker = who AND a.at > since ORDER BY a.at DESC LIMIT most
$$;
CREATE FUNCTION guard_asked_times(who varchar, since timestamptz) RETURNS TABLE (times bigint, first timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT count(*), min(a.at) FROM store_guardasking a WHERE a.asker = who AND a.at > since
$$;
REVOKE ALL ON FUNCTION guard_known(bigint[]), guard_asked(varchar, timestamptz, integer),
    guard_asked_times(varchar, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION guard_known(bigint[]), guard_asked(varchar, timestamptz, integer),
    guard_asked_times(varchar, timestamptz) TO fanal_api, fanal_desk, fanal_worker;
"""

RIGHTS = """
-- Keyed bits alone: what they lead to is told by guard_known.
GRANT SELECT (id, mark, keyed) ON store_guardname TO fanal_api, fanal_desk;
GRANT SELECT, INSERT, DELETE ON store_guardname TO fanal_worker;
GRANT INSERT ON store_guardasking TO fanal_api, fanal_desk, fanal_worker;
GRANT SELECT ON store_guardasking TO fanal_desk, fanal_worker;
GRANT DELETE ON store_guardasking TO fanal_worker;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0007_fingerprints"),
    ]

    operations = [
        migrations.AddField(model_name="target", name="named", field=models.IntegerField(null=True)),
        migrations.CreateModel(
            name="GuardName",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("mark", models.BigIntegerField()),
                ("keyed", models.IntegerField()),
                ("role", models.PositiveSmallIntegerField()),
                (
                    "target",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="store.target",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("mark", "target", "role"), name="guard_name_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="GuardAsking",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("asker", models.CharField(max_length=36)),
                ("at", models.DateTimeField()),
                ("length", models.PositiveIntegerField()),
                ("words", models.PositiveIntegerField()),
                ("names", models.PositiveIntegerField()),
                ("head", models.BigIntegerField()),
                ("tail", models.BigIntegerField()),
                ("told", models.BigIntegerField()),
                ("alarm", models.JSONField(default=list)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["asker", "at"], name="guard_asking_recent"),
                    models.Index(
                        fields=["at"], name="guard_asking_alarm", condition=models.Q(("alarm", []), _negated=True)
                    ),
                ],
            },
        ),
        migrations.RunSQL(WITH_ITS_TARGET, migrations.RunSQL.noop),
        migrations.RunSQL(DOORS, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
