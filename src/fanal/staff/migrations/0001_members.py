"""Members of staff and the keys of machines, and who may touch them."""

import django.contrib.auth.validators
import django.core.validators
from django.db import migrations, models

import fanal.wire.clock

GRANT = """
GRANT ALL ON staff_member, staff_apikey TO fanal_owner;
GRANT SELECT, UPDATE (last_login, password) ON staff_member TO fanal_desk;
GRANT SELECT ON staff_apikey TO fanal_api;
"""
REVOKE = """
REVOKE ALL ON staff_apikey FROM fanal_api;
REVOKE ALL ON staff_member FROM fanal_desk;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Member",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(
                        default=fanal.wire.clock.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        max_length=64, unique=True, validators=[django.contrib.auth.validators.ASCIIUsernameValidator()]
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        max_length=8,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[A-Z]-[0-9]{2,4}$")],
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("analyst", "analyst"), ("supervisor", "supervisor"), ("auditor", "auditor")],
                        max_length=16,
                    ),
                ),
                ("language", models.CharField(choices=[("en", "en"), ("fr", "fr")], default="en", max_length=8)),
                ("is_active", models.BooleanField(db_column="active", default=True)),
                ("joined_at", models.DateTimeField(default=fanal.wire.clock.now, editable=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["analyst", "supervisor", "auditor"])),
                        name="staff_member_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[A-Z]-[0-9]{2,4}$")), name="staff_member_code_shape"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ("en", "fr"))), name="staff_member_language_known"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=fanal.wire.clock.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=100, unique=True)),
                ("owner", models.CharField(max_length=200)),
                ("key_digest", models.BinaryField(max_length=32, unique=True)),
                ("rights", models.JSONField(default=list)),
                ("per_minute", models.PositiveIntegerField(default=600)),
                ("created_at", models.DateTimeField(default=fanal.wire.clock.now, editable=False)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("per_minute__gte", 1)), name="staff_apikey_some_per_minute"
                    )
                ],
            },
        ),
        migrations.RunSQL(GRANT, REVOKE),
    ]
