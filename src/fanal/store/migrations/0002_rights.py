"""Who may touch which table, and what can never be changed: said to the database, not only in code."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME USING ERRCODE = '42501';
END
$$;
CREATE TRIGGER store_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON store_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- The body of an event may be erased, and never rewritten.
CREATE TRIGGER store_eventbody_no_rewrite BEFORE UPDATE ON store_eventbody
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
-- An opinion was given or it was not.
CREATE TRIGGER store_assessment_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON store_assessment
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

DOORS = """
-- The portal and the API read nothing but through these: a nonce that was used, and a status by its code.
CREATE FUNCTION received_before(nonces bytea[])
RETURNS TABLE (submission bytea, ref varchar, content bytea, received_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.submission, r.ref, r.content, r.received_at FROM store_report r WHERE r.submission = ANY(nonces)
$$;

CREATE FUNCTION reporter_status(codes bytea[])
RETURNS TABLE (received_at timestamptz, items bigint, state varchar, outcome varchar, sent bigint, removed bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT r.received_at,
           (SELECT count(*) FROM store_item i WHERE i.report_id = r.id),
           COALESCE(c.state, r.state), COALESCE(c.outcome, ''),
           (SELECT count(*) FROM store_dispatch d WHERE d.case_id = c.id AND d.sent_at IS NOT NULL),
           (SELECT count(*) FROM store_dispatch d WHERE d.case_id = c.id AND d.answer = 'removed')
    FROM store_report r
    LEFT JOIN store_casereport l ON l.report_id = r.id
    LEFT JOIN store_case c ON c.id = l.case_id
    WHERE r.code = ANY(codes)
    ORDER BY c.opened_at DESC NULLS LAST
    LIMIT 1
$$;

CREATE FUNCTION reporter_answers(codes bytea[])
RETURNS TABLE (id uuid, at timestamptz, text bytea)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT DISTINCT a.id, a.at, a.text
    FROM store_report r
    JOIN store_casereport l ON l.report_id = r.id
    JOIN store_reporteranswer a ON a.case_id = l.case_id
    WHERE r.code = ANY(codes)
    ORDER BY a.at
$$;
CREATE FUNCTION reporter_event(codes bytea[]) RETURNS TABLE (id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT e.id FROM store_report r JOIN store_event e ON e.subject = r.ref AND e.name = 'report.received'
    WHERE r.code = ANY(codes)
$$;
REVOKE ALL ON FUNCTION received_before(bytea[]), reporter_status(bytea[]), reporter_answers(bytea[]),
    reporter_event(bytea[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION received_before(bytea[]), reporter_status(bytea[]), reporter_answers(bytea[]),
    reporter_event(bytea[]) TO fanal_portal, fanal_api;

-- Deferring a job is possible to all, reading or changing one only to the worker: the function acts as its owner.
ALTER FUNCTION procrastinate_defer_jobs_v1(procrastinate_job_to_defer_v1[])
    SECURITY DEFINER SET search_path = public, pg_temp;
"""

RIGHTS = """
GRANT INSERT ON store_report, store_item, store_event, store_eventbody TO fanal_portal, fanal_api;

GRANT SELECT ON store_report, store_item, store_target, store_case, store_casetarget, store_casereport,
    store_assessment, store_dispatch, store_attempt, store_reporteranswer, store_event, store_eventbody
    TO fanal_desk, fanal_worker;
GRANT INSERT ON store_event, store_eventbody, store_assessment, store_reporteranswer TO fanal_desk;
GRANT UPDATE ON store_case, store_dispatch TO fanal_desk;

GRANT INSERT ON store_event, store_eventbody, store_target, store_case, store_casetarget, store_casereport,
    store_dispatch, store_attempt TO fanal_worker;
GRANT UPDATE ON store_report, store_item, store_case, store_dispatch, store_attempt TO fanal_worker;
GRANT DELETE ON store_eventbody TO fanal_worker;

GRANT SELECT, INSERT, UPDATE, DELETE ON procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers,
    procrastinate_workers TO fanal_worker;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO fanal_worker;
GRANT SELECT ON django_migrations TO fanal_portal, fanal_api, fanal_desk, fanal_worker, fanal_sequencer;
"""


class Migration(migrations.Migration):
    """Rights after tables, in one transaction with the doors."""

    dependencies = [
        ("store", "0001_initial"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(APPEND_ONLY, migrations.RunSQL.noop),
        migrations.RunSQL(DOORS, migrations.RunSQL.noop),
        migrations.RunSQL(RIGHTS, migrations.RunSQL.noop),
    ]
