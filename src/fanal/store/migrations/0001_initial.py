"""The tables of the working file."""

import django.db.models.deletion
from django.db import migrations, models

import fanal.core.lifecycle


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Target",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("index", models.BinaryField(max_length=16, unique=True)),
                ("kind", models.CharField(max_length=16)),
                ("platform", models.CharField(blank=True, default="", max_length=64)),
                ("identity", models.BinaryField()),
                ("first_seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=32)),
                ("at", models.DateTimeField()),
                ("subject", models.CharField(max_length=24)),
                ("case", models.CharField(blank=True, default="", max_length=24)),
                ("actor", models.CharField(blank=True, default="", max_length=16)),
            ],
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("typed", models.BinaryField()),
                ("unread", models.JSONField(blank=True, default=list)),
            ],
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("submission", models.BinaryField(max_length=16, unique=True)),
                ("content", models.BinaryField(max_length=16)),
                ("code", models.BinaryField(max_length=16, unique=True)),
                ("received_at", models.DateTimeField()),
                ("channel", models.CharField(max_length=16)),
                ("source", models.CharField(blank=True, default="", max_length=64)),
                ("category", models.CharField(max_length=32)),
                ("standing", models.CharField(max_length=16)),
                ("minor", models.BooleanField(default=False)),
                ("danger_now", models.BooleanField(default=False)),
                ("language", models.CharField(max_length=16)),
                ("seen_on", models.DateField(blank=True, null=True)),
                ("body", models.BinaryField()),
                ("state", models.CharField(default=fanal.core.lifecycle.ReportState["RECEIVED"], max_length=16)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReporterAnswer",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("person", models.CharField(max_length=16)),
                ("text", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("state", models.CharField(default=fanal.core.lifecycle.CaseState["WAITING"], max_length=16)),
                ("round", models.PositiveSmallIntegerField(default=1)),
                ("grade", models.PositiveSmallIntegerField()),
                ("reasons", models.JSONField(default=list)),
                ("category", models.CharField(max_length=32)),
                ("opened_at", models.DateTimeField()),
                ("report_count", models.PositiveIntegerField(default=0)),
                ("target_count", models.PositiveIntegerField(default=0)),
                ("unread_count", models.PositiveIntegerField(default=0)),
                ("taken_by", models.CharField(blank=True, default="", max_length=16)),
                ("taken_at", models.DateTimeField(blank=True, null=True)),
                ("outcome", models.CharField(blank=True, default="", max_length=16)),
                ("offence", models.CharField(blank=True, default="", max_length=64)),
                ("law_digest", models.CharField(blank=True, default="", max_length=64)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("answered_no_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["state", "grade", "opened_at"], name="case_queue")],
                "constraints": [
                    models.CheckConstraint(
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
                                ],
                            )
                        ),
                        name="case_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["", "illegal", "not-illegal", "out-of-remit"])),
                        name="case_outcome",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("round", models.PositiveSmallIntegerField()),
                ("person", models.CharField(max_length=16)),
                ("outcome", models.CharField(max_length=16)),
                ("offence", models.CharField(blank=True, default="", max_length=64)),
                ("law_digest", models.CharField(blank=True, default="", max_length=64)),
                ("ticks", models.JSONField(default=dict)),
                ("grounds", models.BinaryField()),
                ("given_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assessments", to="store.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseReport",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("reasons", models.JSONField(default=list)),
                ("joined_at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="links", to="store.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseTarget",
            fields=[
                (
                    "target",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="place",
                        serialize=False,
                        to="store.target",
                    ),
                ),
                ("position", models.PositiveIntegerField()),
                ("since", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("round", models.PositiveSmallIntegerField()),
                ("recipient", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=16)),
                ("connector", models.CharField(blank=True, default="", max_length=64)),
                ("state", models.CharField(default=fanal.core.lifecycle.DispatchState["PLANNED"], max_length=16)),
                ("reasons", models.JSONField(default=list)),
                ("obstacles", models.JSONField(default=list)),
                ("clock", models.CharField(blank=True, default="", max_length=64)),
                ("due_hours", models.PositiveIntegerField(default=0)),
                ("planned_at", models.DateTimeField()),
                ("grounds", models.BinaryField(blank=True, null=True)),
                ("prepared_by", models.CharField(blank=True, default="", max_length=16)),
                ("prepared_at", models.DateTimeField(blank=True, null=True)),
                ("approved_by", models.CharField(blank=True, default="", max_length=16)),
                ("approved_at", models.DateTimeField(blank=True, null=True)),
                ("message", models.BinaryField(blank=True, null=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=16)),
                ("answer_text", models.BinaryField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="dispatches", to="store.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("key", models.CharField(max_length=64)),
                ("claimed_at", models.DateTimeField()),
                ("noted_at", models.DateTimeField(blank=True, null=True)),
                ("how", models.CharField(blank=True, default="", max_length=16)),
                ("reference", models.CharField(blank=True, default="", max_length=128)),
                (
                    "dispatch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="attempts", to="store.dispatch"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="EventBody",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="body",
                        serialize=False,
                        to="store.event",
                    ),
                ),
                ("salt", models.BinaryField(max_length=16)),
                ("body", models.BinaryField()),
            ],
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["case", "at"], name="event_case"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["name", "at"], name="event_name"),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(fields=["subject"], name="event_subject"),
        ),
        migrations.AddField(
            model_name="item",
            name="target",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="items",
                to="store.target",
            ),
        ),
        migrations.AddIndex(
            model_name="report",
            index=models.Index(fields=["received_at"], name="report_received"),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["received", "harmonised", "linked"])), name="report_state"
            ),
        ),
        migrations.AddField(
            model_name="item",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="store.report"
            ),
        ),
        migrations.AddField(
            model_name="casereport",
            name="report",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="links", to="store.report"
            ),
        ),
        migrations.AddField(
            model_name="reporteranswer",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="store.case"
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(fields=("case", "round", "person"), name="assessment_once"),
        ),
        migrations.AddField(
            model_name="casetarget",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="store.case"
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(fields=["state", "planned_at"], name="dispatch_waiting"),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "planned",
                            "prepared",
                            "approved",
                            "sending",
                            "sent",
                            "refused",
                            "uncertain",
                            "answered",
                            "cancelled",
                        ],
                    )
                ),
                name="dispatch_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.UniqueConstraint(fields=("case", "round", "recipient", "kind"), name="dispatch_once"),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by", ""),
                    models.Q(("approved_by", models.F("prepared_by")), _negated=True),
                    _connector="OR",
                ),
                name="dispatch_two_people",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ["approved", "sending", "sent", "refused", "uncertain", "answered"]),
                        _negated=True,
                    ),
                    models.Q(
                        models.Q(("approved_by", ""), _negated=True), models.Q(("prepared_by", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="dispatch_approved_before_leaving",
            ),
        ),
        migrations.AddConstraint(
            model_name="item",
            constraint=models.UniqueConstraint(fields=("report", "position"), name="item_place"),
        ),
        migrations.AddIndex(
            model_name="casereport",
            index=models.Index(fields=["case", "joined_at"], name="case_report_time"),
        ),
        migrations.AddConstraint(
            model_name="casereport",
            constraint=models.UniqueConstraint(fields=("case", "report"), name="case_report_once"),
        ),
    ]
