"""What lists say of reported fingerprints, our own list of them, and what people think of an entry."""

import django.db.models.deletion
from django.db import migrations, models

import fanal.core.lifecycle

RIGHTS = """
GRANT SELECT ON store_hashmatch, store_bankentry, store_hashopinion, store_listseen TO fanal_desk, fanal_worker;
GRANT INSERT ON store_hashmatch, store_listseen TO fanal_worker;
GRANT UPDATE ON store_listseen TO fanal_worker;
GRANT INSERT, UPDATE ON store_bankentry TO fanal_desk;
GRANT INSERT, DELETE ON store_hashopinion TO fanal_desk;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("store", "0006_own_first"),
    ]

    operations = [
        migrations.CreateModel(
            name="ListSeen",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="BankEntry",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("ref", models.CharField(max_length=24, unique=True)),
                ("signal", models.CharField(max_length=16)),
                ("index", models.BinaryField(max_length=16, unique=True)),
                ("value", models.BinaryField()),
                ("category", models.CharField(max_length=32)),
                ("state", models.CharField(default=fanal.core.lifecycle.BankState["PROPOSED"], max_length=16)),
                ("grounds", models.BinaryField()),
                ("proposed_by", models.CharField(max_length=16)),
                ("proposed_at", models.DateTimeField()),
                ("decided_by", models.CharField(blank=True, default="", max_length=16)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_by", models.CharField(blank=True, default="", max_length=16)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["proposed", "published", "refused", "withdrawn"])),
                        name="bank_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                        name="bank_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HashOpinion",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("index", models.BinaryField(max_length=16)),
                ("opinion", models.CharField(max_length=16)),
                ("person", models.CharField(max_length=16)),
                ("grounds", models.BinaryField(default=b"")),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("index", "person"), name="hash_opinion_once"),
                    models.CheckConstraint(
                        condition=models.Q(("opinion__in", ["seen", "disputed", "false-positive"])), name="hash_opinion"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HashMatch",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("origin", models.CharField(max_length=64)),
                ("ref", models.CharField(max_length=200)),
                ("classification", models.CharField(max_length=200)),
                ("category", models.CharField(blank=True, default="", max_length=32)),
                ("distance", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("orientation", models.PositiveSmallIntegerField(default=0)),
                ("negative", models.BooleanField(default=False)),
                ("aside", models.BooleanField(default=False)),
                ("reasons", models.JSONField(default=list)),
                ("at", models.DateTimeField()),
                (
                    "target",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="matches", to="store.target"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("target", "origin", "ref"), name="hash_match_once")],
            },
        ),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
