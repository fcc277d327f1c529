"""What cases have in common, how many stand behind them, and names that pass to somebody else."""

import django.db.models.deletion
from django.db import migrations, models

RIGHTS = """
GRANT SELECT ON store_casemark, store_reportmarks, store_caselink, store_move, store_casetally, store_casehour,
    store_crowdnode, store_itemtarget TO fanal_desk, fanal_worker;
GRANT INSERT, UPDATE ON store_casemark, store_caselink, store_casetally, store_casehour, store_crowdnode
    TO fanal_desk, fanal_worker;
-- Counts and marks are derived: a merge or a split makes them again for the two cases.
GRANT DELETE ON store_casemark, store_casetally, store_casehour, store_crowdnode TO fanal_desk;
GRANT INSERT, UPDATE ON store_move TO fanal_desk;
GRANT INSERT ON store_case TO fanal_desk;
GRANT UPDATE ON store_casetarget, store_casereport TO fanal_desk;
GRANT INSERT ON store_casereport TO fanal_desk;
GRANT INSERT ON store_reportmarks, store_itemtarget TO fanal_worker;
GRANT UPDATE ON store_target TO fanal_worker;
GRANT DELETE ON store_crowdnode TO fanal_worker;
-- The salt of a day is made by whoever takes in its first report, and erased by the worker.
GRANT SELECT, INSERT ON store_daysalt TO fanal_portal, fanal_api;
GRANT SELECT, DELETE ON store_daysalt TO fanal_worker;
"""

# Reports that joined before are counted once; their marks need the keyset, and grow with the next report.
TALLIES = """
INSERT INTO store_casetally (case_id, category, standing, minor, danger_now, since, times, last_at)
SELECT c.id, r.category, r.standing, r.minor, r.danger_now,
       CASE WHEN r.received_at > COALESCE(c.answered_no_at, c.closed_at) THEN COALESCE(c.answered_no_at, c.closed_at) END,
       count(*), max(r.received_at)
FROM store_case c JOIN store_casereport l ON l.case_id = c.id JOIN store_report r ON r.id = l.report_id
GROUP BY 1, 2, 3, 4, 5, 6
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0003_host_hints"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseHour",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("hour", models.DateTimeField()),
                ("times", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="CaseLink",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("state", models.CharField(max_length=16)),
                ("weight", models.PositiveSmallIntegerField()),
                ("reasons", models.JSONField(default=list)),
                ("proposed_at", models.DateTimeField()),
                ("seen_again_at", models.DateTimeField()),
                ("judged_by", models.CharField(blank=True, default="", max_length=16)),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                ("grounds", models.BinaryField(default=b"")),
            ],
        ),
        migrations.CreateModel(
            name="CaseMark",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.PositiveSmallIntegerField()),
                ("key", models.BigIntegerField()),
                ("own", models.BooleanField()),
                ("first_at", models.DateTimeField()),
                ("last_at", models.DateTimeField()),
                ("times", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="CaseTally",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("category", models.CharField(max_length=32)),
                ("standing", models.CharField(max_length=16)),
                ("minor", models.BooleanField()),
                ("danger_now", models.BooleanField()),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("times", models.PositiveIntegerField(default=1)),
                ("last_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="CrowdNode",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("node", models.BigIntegerField()),
                ("root", models.BigIntegerField()),
                ("source", models.BooleanField()),
                ("times", models.PositiveIntegerField(default=1)),
                ("until", models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="DaySalt",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("salt", models.BinaryField(max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="ItemTarget",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("position", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("what", models.CharField(max_length=8)),
                ("moved", models.JSONField()),
                ("grounds", models.BinaryField(default=b"")),
                ("by", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
                ("undone_by", models.CharField(blank=True, default="", max_length=16)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReportMarks",
            fields=[
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="marks",
                        serialize=False,
                        to="store.report",
                    ),
                ),
                ("packed", models.BinaryField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="case",
            name="case_state",
        ),
        migrations.AddField(
            model_name="case",
            name="copies",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="case",
            name="independent",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="case",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="store.case",
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="sources",
            field=models.BinaryField(default=b""),
        ),
        migrations.AddField(
            model_name="target",
            name="era",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="target",
            name="last_seen_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL("UPDATE store_target SET last_seen_at = first_seen_at", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="target",
            name="last_seen_at",
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name="target",
            name="index",
            field=models.BinaryField(max_length=16),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "waiting",
                            "second",
                            "third",
                            "illegal",
                            "not-illegal",
                            "out-of-remit",
                            "routed",
                            "closed",
                            "merged",
                        ],
                    )
                ),
                name="case_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(fields=("index", "era"), name="target_once"),
        ),
        migrations.AddField(
            model_name="casehour",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="hours", to="store.case"
            ),
        ),
        migrations.AddField(
            model_name="caselink",
            name="high",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="links_high", to="store.case"
            ),
        ),
        migrations.AddField(
            model_name="caselink",
            name="low",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="links_low", to="store.case"
            ),
        ),
        migrations.AddField(
            model_name="casemark",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="marks", to="store.case"
            ),
        ),
        migrations.AddField(
            model_name="casemark",
            name="target",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="marks",
                to="store.target",
            ),
        ),
        migrations.AddField(
            model_name="casetally",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="tallies", to="store.case"
            ),
        ),
        migrations.AddField(
            model_name="crowdnode",
            name="case",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="voices", to="store.case"
            ),
        ),
        migrations.AddField(
            model_name="itemtarget",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="further", to="store.item"
            ),
        ),
        migrations.AddField(
            model_name="itemtarget",
            name="target",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="further", to="store.target"
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="into",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="moves_in", to="store.case"
            ),
        ),
        migrations.AddField(
            model_name="move",
            name="source",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="moves_out", to="store.case"
            ),
        ),
        migrations.AddConstraint(
            model_name="casehour",
            constraint=models.UniqueConstraint(fields=("case", "hour"), name="case_hour_once"),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.UniqueConstraint(fields=("low", "high"), name="case_link_once"),
        ),
        migrations.AddConstraint(
            model_name="caselink",
            constraint=models.CheckConstraint(
                condition=models.Q(("low__lt", models.F("high"))), name="case_link_ordered"
            ),
        ),
        migrations.AddIndex(
            model_name="casemark",
            index=models.Index(fields=["case"], name="case_mark_case"),
        ),
        migrations.AddConstraint(
            model_name="casemark",
            constraint=models.UniqueConstraint(
                fields=("kind", "key", "case", "target"), name="case_mark_once", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="casetally",
            constraint=models.UniqueConstraint(
                fields=("case", "category", "standing", "minor", "danger_now", "since"),
                name="case_tally_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="crowdnode",
            index=models.Index(fields=["case", "root"], name="crowd_root"),
        ),
        migrations.AddIndex(
            model_name="crowdnode",
            index=models.Index(condition=models.Q(("source", True)), fields=["until"], name="crowd_until"),
        ),
        migrations.AddConstraint(
            model_name="crowdnode",
            constraint=models.UniqueConstraint(fields=("case", "node"), name="crowd_node_once"),
        ),
        migrations.AddConstraint(
            model_name="itemtarget",
            constraint=models.UniqueConstraint(fields=("item", "target"), name="item_target_once"),
        ),
        migrations.RunSQL(TALLIES, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
