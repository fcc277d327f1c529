"""The role of those who speak for the house in public."""

from django.db import migrations, models

ROLES = ["analyst", "supervisor", "auditor", "press"]


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0002_desk_rights"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="member", name="staff_member_role_known"),
        migrations.AlterField(
            model_name="member",
            name="role",
            field=models.CharField(choices=[(one, one) for one in ROLES], max_length=16),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(condition=models.Q(("role__in", ROLES)), name="staff_member_role_known"),
        ),
    ]
