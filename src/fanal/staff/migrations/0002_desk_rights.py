"""What the desk may do to the tables of login, second factor, brute-force watch and sessions."""

from django.db import migrations

GRANT = """
GRANT SELECT ON account_emailaddress TO fanal_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON mfa_authenticator TO fanal_desk;
GRANT SELECT, INSERT, UPDATE, DELETE
    ON axes_accessattempt, axes_accessattemptexpiration, axes_accessfailurelog, axes_accesslog TO fanal_desk;
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO fanal_desk;
GRANT USAGE ON SEQUENCE
    mfa_authenticator_id_seq, axes_accessattempt_id_seq, axes_accessfailurelog_id_seq, axes_accesslog_id_seq
    TO fanal_desk;
"""
REVOKE = """
REVOKE ALL ON account_emailaddress, mfa_authenticator, axes_accessattempt, axes_accessattemptexpiration,
    axes_accessfailurelog, axes_accesslog, django_session FROM fanal_desk;
REVOKE ALL ON SEQUENCE
    mfa_authenticator_id_seq, axes_accessattempt_id_seq, axes_accessfailurelog_id_seq, axes_accesslog_id_seq
    FROM fanal_desk;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0001_members"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("axes", "0010_accessattemptexpiration"),
        ("sessions", "0001_initial"),
    ]

    operations = [migrations.RunSQL(GRANT, REVOKE)]
